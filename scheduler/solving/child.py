"""The search in a process of its own: a packed model in, JSON lines out.

First line of standard input: the task; the model's arrays follow it. A later line «stop», or
the end of input (the parent is gone), ends the search early; the best so far is still written.
Standard output carries one JSON object a line: ready, progress, roster (an improvement), result.
"""

import json
import sys
import threading
import time
from typing import IO, Any

from scheduler.solving.cool import warm_up
from scheduler.solving.packed import from_bytes
from scheduler.solving.result import Progress
from scheduler.solving.search import Search
from scheduler.solving.views import looked_into

_QUIET = 0.25  # seconds between two lines of one kind


def serve(source: IO[bytes], sink: IO[str]) -> None:
    """Run one task read from `source`, writing to `sink`."""
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

    def tell(progress: Progress) -> None:
        news = (progress.step, progress.doing)
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
        if due("roster"):
            write({"kind": "roster", "chosen": chosen})

    warm_up()
    write({"kind": "ready"})
    line = source.readline()
    begun = time.monotonic()
    task = json.loads(line)
    packed = from_bytes(task["model"], source.read(task["bytes"]))
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


def listen(source: IO[bytes], stop: threading.Event) -> None:
    """Wait for «stop» or for the end of input."""
    source.readline()
    stop.set()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout)
