"""Proofs and prices in the child process are those made here."""

import threading
from collections.abc import Sequence

import pytest

from scheduler.solving.bounding import Method
from scheduler.solving.pricing import Pricer, Release
from scheduler.solving.process import Budget, SearchError
from scheduler.solving.proof_process import ProofProcess
from scheduler.solving.proving import Proof, Prover
from tests.solving.models import random_model
from tests.solving.test_search import searched

BUDGET = Budget(seconds=20, workers=1, seed=1)
MODEL = random_model(2)


@pytest.fixture(scope="module")
def chosen() -> tuple[int, ...]:
    found = searched(MODEL).chosen
    assert found is not None
    return found


def test_proofs_are_those_made_in_this_process(chosen: tuple[int, ...]) -> None:
    told: list[tuple[int, Sequence[Proof]]] = []
    with ProofProcess() as process:
        found = process.prove(
            MODEL, chosen, BUDGET, tell=lambda number, own: told.append((number, own))
        )
    here = Prover(MODEL, chosen, seconds=20, workers=1, seed=1, stop=threading.Event()).run()
    assert found == here
    assert all(proof.proven for proof in found.steps)
    assert all(len(own) == len(MODEL.steps) for _, own in told)


def test_prices_are_those_made_in_this_process(chosen: tuple[int, ...]) -> None:
    forbidden = [v for v in range(2, MODEL.decisions + 2) if v not in chosen][:2]
    releases = [Release((forbidden[0],), ()), Release(tuple(forbidden), (0,))]
    places: list[int] = []
    with ProofProcess() as process:
        found = process.price(
            MODEL,
            chosen,
            BUDGET,
            number=1,
            bound=None,
            forbidden=forbidden,
            releases=releases,
            tell=places.append,
        )
    stop = threading.Event()
    pricer = Pricer(MODEL, chosen, number=1, bound=None, seconds=20, workers=1, seed=1, stop=stop)
    assert found == pricer.run(forbidden, releases)
    assert places == [0, 1]


def test_a_stop_keeps_what_is_proven(chosen: tuple[int, ...]) -> None:
    stop = threading.Event()
    stop.set()
    with ProofProcess() as process:
        found = process.prove(random_model(3, doctors=6, units=30), (), BUDGET, stop=stop)
    assert found.steps
    assert {Method(proof.method) for proof in found.steps} <= set(Method)


def test_a_child_that_dies_is_told(chosen: tuple[int, ...]) -> None:
    with ProofProcess() as process, pytest.raises(SearchError, match="chosen must keep"):
        process.prove(MODEL, range(2, MODEL.decisions + 2), BUDGET)
