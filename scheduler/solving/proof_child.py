"""Proofs in a process of their own: a packed model and a roster in, JSON lines out.

The lines are those of `child`: first the task with the model's arrays, then perhaps «stop»;
ready, progress and the result come back.
"""

import json
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

from scheduler.solving.child import listen
from scheduler.solving.lean import without_frames
from scheduler.solving.packed import from_stream, unpack

with without_frames():
    from scheduler.solving.pricing import Pricer, Release, Worst
    from scheduler.solving.proving import Proof, Prover


def serve(source: IO[bytes], sink: IO[str]) -> None:
    """Run one task read from `source`, writing to `sink`."""
    stop = threading.Event()

    def write(message: dict[str, Any]) -> None:
        sink.write(json.dumps(message, separators=(",", ":")) + "\n")
        sink.flush()

    def tell(number: int, proofs: Sequence[Proof]) -> None:
        write({"kind": "progress", "step": number, "proofs": [_proof(proof) for proof in proofs]})

    write({"kind": "ready"})
    line = source.readline()
    begun = time.monotonic()
    task = json.loads(line)
    packed = from_stream(task["model"], source)
    threading.Thread(target=listen, args=(source, stop), daemon=True).start()
    model = unpack(packed)
    seconds = max(task["seconds"] / 10, task["seconds"] - (time.monotonic() - begun))
    if task["kind"] == "price":
        pricer = Pricer(
            model,
            task["chosen"],
            number=task["number"],
            bound=task["bound"],
            seconds=seconds,
            workers=task["workers"],
            seed=task["seed"],
            stop=stop,
            tell=lambda place: write({"kind": "progress", "place": place}),
        )
        releases = [Release(tuple(held), tuple(dropped)) for held, dropped in task["releases"]]
        prices = pricer.run(task["forbidden"], releases)
        write(
            {
                "kind": "result",
                "base": _worst(prices.base),
                "without": [own and _worst(own) for own in prices.without],
            }
        )
        return
    prover = Prover(
        model,
        task["chosen"],
        seconds=seconds,
        workers=task["workers"],
        seed=task["seed"],
        stop=stop,
        tell=tell,
    )
    proofs = prover.run()
    write(
        {
            "kind": "result",
            "proofs": [_proof(proof) for proof in proofs.steps],
            "better": proofs.better,
            "stopped": proofs.stopped,
        }
    )


def _proof(proof: Proof) -> list[Any]:
    return [proof.value, proof.bound, proof.method, proof.better]


def _worst(worst: Worst) -> list[Any]:
    return [worst.value, worst.bound, worst.chosen]


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout)
