"""The search in a process of its own: a packed model in, JSON lines out.

First line of standard input: the task; the model's arrays follow it. A later line «stop», or
the end of input (the parent is gone), ends the search early; the best so far is still written.
Standard output carries one JSON object a line: ready, progress, roster (an improvement, with the
values and bounds of the steps), result.

Started with `--first` it is given another model before that, of the demands alone, and constructs
a roster of it at once: `first`. What only the search needs is imported after that.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from scheduler.garbage import uncollected
from scheduler.solving.lean import give_back, leave_compiler, without, without_frames
from scheduler.solving.packed import from_stream
from scheduler.solving.result import Progress
from scheduler.solving.views import looked_into

# A first roster waits for this. The compiler asks for packages of which it makes no use here.
with uncollected(), without("coverage", "yaml"):
    from scheduler.solving.construct import construct
    from scheduler.solving.construct import warm_up as warm_construct
    from scheduler.solving.state import Index

_QUIET = 0.25  # seconds between two lines of one kind


class _Messages:
    """What goes to the parent, a line each; of progress and of rosters not more than it can use."""

    def __init__(self, sink: IO[str]) -> None:
        """Nothing is told yet."""
        self._sink = sink
        self._lock = threading.Lock()
        self._last = {"progress": 0.0, "roster": 0.0}
        self._news = (-1, "")
        self._kept: list[list[int]] = []  # an improvement, until its values are told

    def write(self, message: dict[str, Any]) -> None:
        """Send one line at once."""
        with self._lock:
            self._sink.write(json.dumps(message, separators=(",", ":")) + "\n")
            self._sink.flush()

    def keep(self, chosen: list[int]) -> None:
        """Take an improvement, which goes out with the next progress."""
        self._kept[:] = [chosen]

    def tell(self, progress: Progress) -> None:
        """Send what is kept and how far the search is, where that is due or another step begins."""
        news = (progress.step, progress.doing)
        if news != self._news:
            give_back()  # what was worked on before
            leave_compiler()
        values, bounds = progress.values, progress.bounds
        if self._kept and self._due("roster"):
            chosen = self._kept[0]
            self.write({"kind": "roster", "chosen": chosen, "values": values, "bounds": bounds})
        self._kept.clear()
        if self._due("progress") or news != self._news:
            self._news = news
            self.write(
                {
                    "kind": "progress",
                    "seconds": round(progress.seconds, 2),
                    "step": progress.step,
                    "values": values,
                    "bounds": bounds,
                    "doing": progress.doing,
                }
            )

    def _due(self, kind: str) -> bool:
        now = time.monotonic()
        if now - self._last[kind] < _QUIET:
            return False
        self._last[kind] = now
        return True


def serve(source: IO[bytes], sink: IO[str], *, first: bool = False) -> None:
    """Run one task read from `source`, writing to `sink`.

    Args:
        source: where the task is read from.
        sink: where messages go.
        first: whether a model of the demands comes before the task.
    """
    stop = threading.Event()
    told = _Messages(sink)
    with uncollected():
        spare = _construct(source, told.write) if first else ()
    # Solvers take their time to load; a first roster need not wait for them.
    with without_frames():
        from scheduler.solving.cool import warm_up
        from scheduler.solving.search import Search

    warm_up()
    give_back()
    leave_compiler()
    told.write({"kind": "ready"})
    line = source.readline()
    begun = time.monotonic()
    task = json.loads(line)
    packed = from_stream(task["model"], source)
    threading.Thread(target=listen, args=(source, stop), daemon=True).start()
    model = looked_into(packed)
    search = Search(
        model,
        seconds=max(task["seconds"] / 10, task["seconds"] - (time.monotonic() - begun)),
        workers=task["workers"],
        seed=task["seed"],
        stop=stop,
        tell=told.tell,
        keep=told.keep,
        start=tuple(task["start"]),
        spare=spare,
        packed=packed,
    )
    result = search.run()
    told.write(
        {
            "kind": "result",
            "ending": result.ending,
            "chosen": result.chosen,
            "stopped": result.stopped,
            "steps": [[s.value, s.bound, s.proven] for s in result.steps],
        }
    )


def _construct(source: IO[bytes], write: Callable[[dict[str, Any]], None]) -> tuple[int, ...]:
    """Make a roster of the demands that come first, and tell it if it is lawful; its decisions."""
    warm_construct()  # before the model is there: nobody waits for it yet
    task = json.loads(source.readline())
    packed = from_stream(task["model"], source)
    state = construct(Index(looked_into(packed, whole=0), packed), task["seed"])
    if state.violation:
        return ()
    missing = state.score()[0] if packed.titles else 0
    write({"kind": "first", "chosen": state.chosen, "missing": missing})
    return tuple(state.chosen)


def listen(source: IO[bytes], stop: threading.Event) -> None:
    """Wait for «stop» or for the end of input."""
    source.readline()
    stop.set()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout, first="--first" in sys.argv[1:])
