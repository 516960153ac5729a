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


def serve(source: IO[bytes], sink: IO[str], *, first: bool = False) -> None:
    """Run one task read from `source`, writing to `sink`.

    Args:
        source: where the task is read from.
        sink: where messages go.
        first: whether a model of the demands comes before the task.
    """
    lock = threading.Lock()
    stop = threading.Event()
    last = {"progress": 0.0, "roster": 0.0}

    def write(message: dict[str, Any]) -> None:
        with lock:
            sink.write(json.dumps(message, separators=(",", ":")) + "\n")
            sink.flush()

    def due(kind: str) -> bool:
        now = time.monotonic()
        if now - last[kind] < _QUIET:
            return False
        last[kind] = now
        return True

    previous: list[tuple[int, str]] = [(-1, "")]
    kept: list[list[int]] = []  # an improvement, until its values are told

    def tell(progress: Progress) -> None:
        news = (progress.step, progress.doing)
        if news != previous[0]:
            give_back()  # what was worked on before
            leave_compiler()
        if kept and due("roster"):
            values, bounds = progress.values, progress.bounds
            write({"kind": "roster", "chosen": kept[0], "values": values, "bounds": bounds})
        kept.clear()
        if due("progress") or news != previous[0]:
            previous[0] = news
            write(
                {
                    "kind": "progress",
                    "seconds": round(progress.seconds, 2),
                    "step": progress.step,
                    "values": progress.values,
                    "bounds": progress.bounds,
                    "doing": progress.doing,
                }
            )

    def keep(chosen: list[int]) -> None:
        kept[:] = [chosen]

    with uncollected():
        spare = _construct(source, write) if first else ()
    # Solvers take their time to load; a first roster need not wait for them.
    with without_frames():
        from scheduler.solving.cool import warm_up
        from scheduler.solving.search import Search

    warm_up()
    give_back()
    leave_compiler()
    write({"kind": "ready"})
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
        tell=tell,
        keep=keep,
        start=tuple(task["start"]),
        spare=spare,
        packed=packed,
    )
    result = search.run()
    write(
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
