"""The parent's side of proofs and prices, which run in a child process as the search does."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from scheduler.solving.bounding import Method
from scheduler.solving.model import Model
from scheduler.solving.pricing import Prices, Release, Worst
from scheduler.solving.process import Budget, SearchProcess
from scheduler.solving.proving import Proof, Proofs


class ProofProcess(SearchProcess):
    """A child process that waits for one proof; use as a context manager."""

    module = "scheduler.solving.proof_child"

    def prove(
        self,
        model: Model,
        chosen: Sequence[int],
        budget: Budget,
        *,
        tell: Callable[[int, Sequence[Proof]], None] = lambda _, __: None,
        stop: threading.Event | None = None,
    ) -> Proofs:
        """Run one `Prover` in the child.

        Args:
            model: what the rules posted.
            chosen: the roster's decisions; they must be lawful.
            budget: time, threads, seed.
            tell: called with the number of the step and the proofs so far.
            stop: set it to end early and keep what is proven.

        Raises:
            SearchError: the child died before its result.
        """
        task = self._task("prove", model, chosen, budget)
        found: Proofs | None = None
        for message in self._messages(task, budget.seconds, stop):
            if message["kind"] == "progress":
                tell(message["step"], [_proof(own) for own in message["proofs"]])
            elif message["kind"] == "result":
                better = message["better"]
                found = Proofs(
                    tuple(_proof(own) for own in message["proofs"]),
                    tuple(better) if better is not None else None,
                    message["stopped"],
                )
        return self._whole(found)

    def price(
        self,
        model: Model,
        chosen: Sequence[int],
        budget: Budget,
        *,
        number: int,
        bound: int | None,
        forbidden: Sequence[int],
        releases: Sequence[Release],
        tell: Callable[[int], None] = lambda _: None,
        stop: threading.Event | None = None,
    ) -> Prices:
        """Run one `Pricer` in the child.

        Args:
            model: drawn up with every restriction loose.
            chosen: the roster's decisions.
            budget: time, threads, seed.
            number: of the step that compares single doctors.
            bound: what is known of it with all restrictions in force.
            forbidden: decisions that some restriction forbids.
            releases: restrictions let go, one at a time.
            tell: called with the number of the release that is looked at.
            stop: set it to end early.

        Raises:
            SearchError: the child died before its result.
        """
        task = self._task("price", model, chosen, budget) | {
            "number": number,
            "bound": bound,
            "forbidden": list(forbidden),
            "releases": [[own.held, own.dropped] for own in releases],
        }
        found: Prices | None = None
        for message in self._messages(task, budget.seconds, stop):
            if message["kind"] == "progress":
                tell(message["place"])
            elif message["kind"] == "result":
                found = Prices(
                    _worst(message["base"]),
                    tuple(own and _worst(own) for own in message["without"]),
                )
        return self._whole(found)

    @staticmethod
    def _task(kind: str, model: Model, chosen: Sequence[int], budget: Budget) -> dict[str, Any]:
        return {
            "kind": kind,
            "model": model,
            "chosen": sorted(chosen),
            "seconds": budget.seconds,
            "workers": budget.workers,
            "seed": budget.seed,
        }


def _proof(plain: list[Any]) -> Proof:
    value, bound, method, better = plain
    return Proof(value, bound, Method(method), better)


def _worst(plain: list[Any]) -> Worst:
    value, bound, chosen = plain
    return Worst(value, bound, tuple(chosen))
