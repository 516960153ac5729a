"""What is written to a child process, in a thread of its own.

A pipe holds little, and who writes more waits until it is read. A child that hangs must hold up
nobody but this thread, which ends when the child is ended.
"""

import contextlib
import threading
from collections.abc import Iterable
from queue import SimpleQueue
from typing import IO

from scheduler.solving.lean import give_back

Part = bytes | bytearray | memoryview

_LARGE = 4 << 20  # bytes; a model of so many leaves much behind


class Sender:
    """Writes one thing after the other, in the order in which they were sent.

    Attributes:
        error: what kept it from writing, unless it was that the child is gone.
    """

    def __init__(self, sink: IO[bytes]) -> None:
        """Begin; the sink is closed at the end."""
        self.error: Exception | None = None
        self._sink = sink
        self._waiting: SimpleQueue[Iterable[Part] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def send(self, parts: Iterable[Part]) -> None:
        """Write this when all before it has been written; never waits.

        Args:
            parts: they may be made while they are written, and none of them is kept.
        """
        self._waiting.put(parts)

    def close(self) -> None:
        """Nothing more comes."""
        self._waiting.put(None)

    def join(self) -> None:
        """Wait until all is written, or until the child is gone; after `close`."""
        self._thread.join()

    def _run(self) -> None:
        try:
            while (parts := self._waiting.get()) is not None:
                poured = self._pour(parts)
                del parts
                if poured >= _LARGE:
                    give_back()  # what was sent is by far the largest thing that was kept here
        except BrokenPipeError:
            pass  # the child is gone: that is told when it is asked for its result
        except Exception as error:
            self.error = error
        finally:
            with contextlib.suppress(BrokenPipeError):  # what was left unread is of no use
                self._sink.close()

    def _pour(self, parts: Iterable[Part]) -> int:
        """Write them; gives how many bytes they were."""
        poured = 0
        for part in parts:
            self._sink.write(part)
            poured += memoryview(part).nbytes
        self._sink.flush()
        return poured
