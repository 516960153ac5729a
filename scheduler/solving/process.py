"""The parent's side of a search: start the child, read its lines, stop it, never lose a roster."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from scheduler.solving.model import Model
from scheduler.solving.packed import Packed, pack, to_arrays, to_bytes
from scheduler.solving.result import Ending, Progress, Result, StepResult
from scheduler.solving.sender import Sender

_Result = TypeVar("_Result")
_Message = dict[str, Any]

First = Callable[[tuple[int, ...], int], None]
"""Takes the decisions of a first lawful roster, and the value of its first step."""

FIRST = "--first"
"""Makes the child wait for an `offer` before anything else."""

_ROOM = {"MALLOC_MMAP_THRESHOLD_": str(1 << 18), "MALLOC_ARENA_MAX": "2"}
"""Has the C library of Linux give large arrays back when they are let go; it would keep a few, and
a store of free pieces for each thread that ever ran."""

_START_UP = 180.0  # seconds until the child is ready, at the very most
_GRACE = 20.0  # seconds over the limit before the child is taken for hung
_FAREWELL = 5.0  # seconds to end by itself when all is said


class SearchError(RuntimeError):
    """The child process died; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a search may use.

    Attributes:
        seconds: wall time at most, from the moment the child has the model.
        workers: solver threads.
    """

    seconds: float
    workers: int
    seed: int


class SearchProcess:
    """A child process that waits for one search; use as a context manager.

    It starts at once, so that the solver's own start-up runs beside the building of the model.

    Attributes:
        module: what the child runs.
    """

    module = "scheduler.solving.child"

    def __init__(self, *arguments: str) -> None:
        """Start the child with these arguments."""
        self._errors: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._child = subprocess.Popen(
            [sys.executable, "-m", self.module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**_ROOM, **os.environ},
            # In a group of its own: Ctrl-C on the terminal must reach us alone, or the child dies
            # with the best roster.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        if self._child.stdin is None:
            raise SearchError("search process has no pipes")
        self._sender = Sender(self._child.stdin)
        self._watcher: threading.Thread | None = None
        self._ready = threading.Event()
        self._done = threading.Event()
        self._stop = threading.Event()  # the caller's own, once there is one
        self._hung = threading.Event()
        self._heard: SimpleQueue[bytes | None] = SimpleQueue()
        self._reader = threading.Thread(
            target=_read, args=(self._child.stdout, self._heard), daemon=True
        )
        self._reader.start()
        self._first: First = lambda _, __: None

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child, whatever it does."""
        self._done.set()
        self._sender.close()
        self._end()
        # Only now: as long as the child lives they may wait for it.
        self._sender.join()
        self._reader.join()
        if self._watcher:
            self._watcher.join()
        if self._child.stdout:
            self._child.stdout.close()
        self._errors.close()

    def _end(self) -> int:
        """Let the child end, or end it; gives its exit code."""
        try:
            return self._child.wait(timeout=_FAREWELL)
        except subprocess.TimeoutExpired:
            self._child.kill()
            return self._child.wait()

    def offer(self, model: Packed, seed: int, found: First) -> None:
        """Have a first roster made of a model that has all demands, before the search begins.

        The child must have been started with `FIRST`. Nothing of the model is kept.

        Args:
            model: the same decisions and constraints as the model to come.
            seed: of every random choice.
            found: called by `listen` or during the search, where a lawful roster was found.
        """
        self._first = found
        head, body = to_bytes(model)
        task = json.dumps({"model": head, "seed": seed}, separators=(",", ":"))
        self._sender.send([task.encode() + b"\n", body])

    def listen(self) -> None:
        """Pass on what was offered and found by now; to be called before the search."""
        with contextlib.suppress(Empty):
            while (line := self._heard.get_nowait()) is not None:
                self._noted(json.loads(line))
            self._heard.put(None)  # the search will find that the child is gone

    def search(
        self,
        model: Model | Packed,
        budget: Budget,
        *,
        start: tuple[int, ...] = (),
        tell: Callable[[Progress], None] = lambda _: None,
        keep: Callable[[tuple[int, ...]], None] = lambda _: None,
        stop: threading.Event | None = None,
    ) -> Result:
        """Run one `Search` in the child: `hand` it over, and `follow` it.

        Raises:
            SearchError: the child died before its result.
        """
        self.hand(model, budget, start=start, stop=stop)
        return self.follow(tell=tell, keep=keep)

    def hand(
        self,
        model: Model | Packed,
        budget: Budget,
        *,
        start: tuple[int, ...] = (),
        stop: threading.Event | None = None,
    ) -> None:
        """Hand over a search, and watch the child from now on; never waits for it.

        Args:
            model: what the rules posted; it may not change any more, and is let go when sent.
            budget: time, threads, seed.
            start: decisions of a former roster.
            stop: set it to end early and keep the best.
        """
        self._begin(
            {
                "model": model,
                "seconds": budget.seconds,
                "workers": budget.workers,
                "seed": budget.seed,
                "start": start,
            },
            budget.seconds,
            stop,
        )

    def follow(
        self,
        *,
        tell: Callable[[Progress], None] = lambda _: None,
        keep: Callable[[tuple[int, ...]], None] = lambda _: None,
    ) -> Result:
        """What becomes of the search that was handed over.

        Of a child that does not answer in time, and is ended, the last roster that it handed on is
        the result.

        Args:
            tell: called with progress.
            keep: called with the decisions of each improvement, seldom.

        Raises:
            SearchError: the child died before its result, or handed nothing on.
        """
        result: Result | None = None
        last: _Message | None = None
        for message in self._told():
            if message["kind"] == "progress":
                tell(_progress(message))
            elif message["kind"] == "roster":
                last = message
                keep(tuple(message["chosen"]))
            elif message["kind"] == "result":
                result = _result(message)
        if result is None and last is not None and self._hung.is_set():
            return _cut_off(last, stopped=self._stop.is_set())
        return self._whole(result)

    def _messages(
        self, task: dict[str, Any], seconds: float, stop: threading.Event | None
    ) -> Iterator[dict[str, Any]]:
        """Hand over the task and give the child's messages up to its result."""
        self._begin(task, seconds, stop)
        yield from self._told()

    def _told(self) -> Iterator[dict[str, Any]]:
        """The child's messages up to its result, or as many as there are before it dies."""
        while (line := self._heard.get()) is not None:
            message = json.loads(line)
            if self._noted(message):
                continue
            yield message
            if message["kind"] == "result":
                break
        self._done.set()

    def _begin(self, task: _Message, seconds: float, stop: threading.Event | None) -> None:
        """Hand over a task, whose model goes as bytes, and watch the child from now on.

        That the child is not there to take it is told when it is asked for its result.
        """
        model: Model | Packed = task["model"]
        head, arrays = to_arrays(model if isinstance(model, Packed) else pack(model))
        plain = json.dumps(task | {"model": head}, separators=(",", ":"))
        self._sender.send(chain([plain.encode() + b"\n"], (array.data for array in arrays)))
        self._stop = stop or self._stop
        self._watcher = threading.Thread(target=self._watch, args=(seconds,), daemon=True)
        self._watcher.start()

    def _watch(self, seconds: float) -> None:
        """Pass a stop on to the child; end a child that outlives its time by far.

        Its time begins when it is ready: on its first start on a machine it compiles its inner
        loops.
        """
        deadline = time.monotonic() + _START_UP + seconds + _GRACE
        begun = told = False
        while not self._done.wait(0.1):
            if self._ready.is_set() and not begun:
                begun = True
                deadline = min(deadline, time.monotonic() + seconds + _GRACE)
            if self._stop.is_set() and not told:
                told = True
                deadline = min(deadline, time.monotonic() + _GRACE + (0 if begun else _START_UP))
                self._sender.send([b"stop\n"])
            if time.monotonic() > deadline:
                self._hung.set()
                self._child.kill()
                return

    def _noted(self, message: _Message) -> bool:
        """Whether a message was for this process itself."""
        if message["kind"] == "ready":
            self._ready.set()
        elif message["kind"] == "first":
            self._first(tuple(message["chosen"]), message["missing"])
        else:
            return False
        return True

    def _whole(self, result: _Result | None) -> _Result:
        """The result, if the child lived to tell it.

        Raises:
            SearchError: it did not.
        """
        if result is None:
            if self._sender.error:
                raise self._sender.error
            code = self._end()
            self._errors.seek(0)
            raise SearchError(
                f"search process ended with {code} before its result: "
                f"{self._errors.read()[-2000:].strip()}"
            )
        return result


def _read(source: IO[bytes] | None, heard: "SimpleQueue[bytes | None]") -> None:
    """Pass on what the child says, line by line; None when it has ended."""
    for line in source or ():
        heard.put(line)
    heard.put(None)


def _progress(message: dict[str, Any]) -> Progress:
    values = message["values"]
    return Progress(
        message["seconds"],
        message["step"],
        tuple(values) if values is not None else None,
        tuple(message["bounds"]),
        message["doing"],
    )


def _result(message: dict[str, Any]) -> Result:
    chosen = message["chosen"]
    return Result(
        Ending(message["ending"]),
        tuple(chosen) if chosen is not None else None,
        tuple(StepResult(*step) for step in message["steps"]),
        message["stopped"],
    )


def _cut_off(message: _Message, *, stopped: bool) -> Result:
    """An improvement as the end of the search, with what was known of it when it was handed on."""
    steps = tuple(
        StepResult(value, min(bound, value), value <= bound)
        for value, bound in zip(message["values"], message["bounds"], strict=True)
    )
    return Result(Ending.SOLVED, tuple(message["chosen"]), steps, stopped, cut_off=True)
