"""The child process: same result as in this one, stops when told, dies loudly."""

import sys
import threading
import time
from typing import Any

import pytest

from scheduler.solving.model import Definition, Model
from scheduler.solving.process import Budget, SearchError, SearchProcess
from scheduler.solving.result import Ending, Progress, Result
from scheduler.solving.search import Search
from tests.solving.models import random_model


def search_in_child(model: Model, budget: Budget, **more: Any) -> Result:
    with SearchProcess() as process:
        return process.search(model, budget, **more)


def hard_model() -> Model:
    """Large enough that the optimum is not proven within seconds."""
    return random_model(11, doctors=14, units=160)


def test_child_gives_the_same_as_a_search_here() -> None:
    model = random_model(5)
    here = Search(model, seconds=20, workers=1, seed=1, stop=threading.Event()).run()
    told: list[Progress] = []
    there = search_in_child(model, Budget(20, 1, 1), tell=told.append)
    assert there == here
    assert told
    assert told[0].values is None
    assert told[-1].values is not None


def test_stop_keeps_the_best_so_far() -> None:
    stop = threading.Event()
    kept: list[tuple[int, ...]] = []

    def tell(progress: Progress) -> None:
        if progress.values is not None:
            stop.set()

    begun = time.monotonic()
    result = search_in_child(
        hard_model(), Budget(120, 1, 1), tell=tell, keep=kept.append, stop=stop
    )
    assert time.monotonic() - begun < 60
    assert result.ending is Ending.SOLVED
    assert result.stopped
    assert result.chosen is not None
    assert kept


def test_a_start_is_taken_up() -> None:
    model = random_model(5)
    best = search_in_child(model, Budget(20, 1, 1))
    assert best.chosen is not None
    again = search_in_child(model, Budget(20, 1, 1), start=best.chosen)
    assert again.chosen == best.chosen


def test_death_of_the_child_is_an_error_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = random_model(5)
    strange = Definition(9999, "excess", ((1, 2),), 0, 1)
    broken.definitions = [strange, *broken.definitions[1:]]
    with pytest.raises(SearchError, match="IndexError"):
        search_in_child(broken, Budget(5, 1, 1))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SearchError, match="ended with 1"):
        search_in_child(random_model(5), Budget(5, 1, 1))
