"""The child process: same result as in this one, stops when told, dies loudly."""

import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from scheduler.solving import child
from scheduler.solving import process as parent
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.model import Definition, Model
from scheduler.solving.packed import pack, to_bytes
from scheduler.solving.process import Budget, SearchError, SearchProcess
from scheduler.solving.result import Ending, Progress, Result, StepResult
from scheduler.solving.search import Search
from scheduler.solving.sender import Sender
from tests.solving.models import random_model
from tests.support import PATIENCE


def search_in_child(model: Model, budget: Budget, **more: Any) -> Result:
    with SearchProcess() as process:
        return process.search(model, budget, **more)


@contextmanager
def open_pipe() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Both ends of a pipe."""
    read, write = os.pipe()
    with os.fdopen(read, "rb") as source, os.fdopen(write, "wb") as sink:
        yield source, sink


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

    result = search_in_child(
        hard_model(), Budget(3600, 1, 1), tell=tell, keep=kept.append, stop=stop
    )
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


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Model:
    """Has the child read nothing, ever; gives a model that is more than a pipe holds."""
    script = tmp_path / "child"
    script.write_text("#!/bin/sh\nexec sleep 3600\n")
    script.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(script))
    monkeypatch.setattr(parent, "_FAREWELL", 0.2)
    model = hard_model()
    model.constraints = [*model.constraints] * 20
    assert len(to_bytes(pack(model))[1]) > 1 << 17
    return model


@pytest.mark.parametrize("offered", [False, True])
def test_a_child_that_never_reads_is_ended_at_its_deadline(
    deaf: Model, monkeypatch: pytest.MonkeyPatch, offered: bool
) -> None:
    monkeypatch.setattr(parent, "_START_UP", 0.1)
    monkeypatch.setattr(parent, "_GRACE", 0.1)
    with SearchProcess() as process:
        if offered:
            process.offer(pack(deaf), 1, lambda _, __: None)
        with pytest.raises(SearchError, match="ended with -9"):
            process.search(deaf, Budget(0.1, 1, 1))


def test_a_child_that_never_reads_is_ended_soon_after_a_stop(
    deaf: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent, "_START_UP", 0.1)
    monkeypatch.setattr(parent, "_GRACE", 0.1)
    stop = threading.Event()
    stop.set()
    with SearchProcess() as process, pytest.raises(SearchError, match="ended with -9"):
        process.search(deaf, Budget(3600, 1, 1), stop=stop)


@pytest.mark.parametrize("stopped", [False, True])
def test_of_a_child_that_hangs_the_last_roster_is_the_result(
    deaf: Model, monkeypatch: pytest.MonkeyPatch, stopped: bool
) -> None:
    ready = '{"kind": "ready"}'
    rosters = (
        '{"kind": "roster", "chosen": [2], "values": [3, 9], "bounds": [3, 1]}',
        '{"kind": "roster", "chosen": [2, 5], "values": [3, 7], "bounds": [4, 1]}',
    )
    # Its time begins when it is ready, and it is killed when all is said.
    said = (ready, *rosters) if stopped else (*rosters, ready)
    lines = "".join(f"echo '{line}'\n" for line in said)
    Path(sys.executable).write_text(f"#!/bin/sh\n{lines}exec sleep 3600\n")
    monkeypatch.setattr(parent, "_GRACE", 0.1)
    kept: list[tuple[int, ...]] = []
    stop = threading.Event()

    def keep(chosen: tuple[int, ...]) -> None:
        kept.append(chosen)
        if stopped and len(kept) == 2:
            stop.set()

    monkeypatch.setattr(parent, "_START_UP", PATIENCE)
    with SearchProcess() as process:
        budget = Budget(3600 if stopped else 0.1, 1, 1)
        result = process.search(random_model(5), budget, keep=keep, stop=stop)
    steps = (StepResult(3, 3, proven=True), StepResult(7, 1, proven=False))
    assert result == Result(Ending.SOLVED, (2, 5), steps, stopped, cut_off=True)
    assert kept == [(2,), (2, 5)]


def test_each_improvement_is_handed_on_with_its_values(monkeypatch: pytest.MonkeyPatch) -> None:
    model = random_model(5)
    monkeypatch.setattr(child, "_QUIET", 0.0)
    task = {"seconds": 20, "workers": 1, "seed": 1, "start": []}
    head, body = to_bytes(pack(model))
    with open_pipe() as (source, sink):
        sink.write(json.dumps(task | {"model": head}).encode() + b"\n" + body)
        sink.flush()
        said = io.StringIO()
        child.serve(source, said)
    told = [json.loads(line) for line in said.getvalue().splitlines()]
    rosters = [own for own in told if own["kind"] == "roster"]
    assert rosters
    for own in rosters:
        assert tuple(own["values"]) == step_values(model, settle(model, own["chosen"]))
        assert len(own["bounds"]) == len(model.steps)


def test_a_child_that_never_reads_does_not_hold_up_who_leaves_it(deaf: Model) -> None:
    found: list[int] = []
    with SearchProcess() as process:
        process.offer(pack(deaf), 1, lambda _, missing: found.append(missing))
        process.listen()
    assert not found


def test_what_cannot_be_made_to_be_sent_is_told() -> None:
    def parts() -> Iterator[bytes]:
        yield b"one "
        raise MemoryError("no room")

    with open_pipe() as (source, sink):
        sender = Sender(sink)
        sender.send(parts())
        assert source.read() == b"one "  # and so the child ends, too
        sender.close()
        sender.join()
        assert isinstance(sender.error, MemoryError)
