"""A search that did not answer when it was to end, and whose last roster was taken, is told of."""

import json
import threading
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest

from api import library
from api.service.jobs import store
from api.service.jobs.running import compare as comparing
from api.service.jobs.task import Task
from api.whatif_solving import Solved
from scheduler.domain.roster import Roster
from scheduler.engine import Outcome
from scheduler.solving.result import Ending
from tests.service.jobs import asked, claim, done, result
from tests.service.test_job_kinds import ONE_MORE
from tests.service.world import World


def _outcome(loaded: library.LoadedPlan, *, cut_off: bool) -> Outcome:
    roster = Roster.of(loaded.problem, ())
    return Outcome(Ending.SOLVED, roster, library.check(loaded, roster), cut_off=cut_off)


@pytest.mark.parametrize("cut_off", [True, False])
def test_a_solve_says_whether_its_search_was_cut_off(
    small_world: World, monkeypatch: pytest.MonkeyPatch, cut_off: bool
) -> None:
    monkeypatch.setattr(library, "solve", lambda loaded, **_: _outcome(loaded, cut_off=cut_off))
    job = asked(small_world, "solves", plan=small_world.plan(), seconds=1)
    assert small_world["coordinator"].get(f"/jobs/{job}").json()["cut_off"] is False
    told = done(small_world, job)
    assert (told["state"], told["cut_off"]) == ("done", cut_off)
    assert small_world["coordinator"].get(f"/rosters/{told['roster']}").status_code == 200
    assert result(small_world, job)["job"]["cut_off"] is cut_off


def test_a_comparison_says_it_of_one_alternative_though_another_attempt_solved_the_rest(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(small_world, "comparisons", plan=small_world.plan(), scenarios=ONE_MORE, seconds=1)
    begun: list[library.LoadedPlan] = []

    def solve(loaded: library.LoadedPlan, **_: Any) -> Outcome:
        begun.append(loaded)
        if len(begun) == 2:
            raise store.LostError(job)
        return _outcome(loaded, cut_off=len(begun) == 1)

    monkeypatch.setattr(library, "solve", solve)
    monkeypatch.setattr(comparing, "comparison_files", lambda _: {})  # the memo takes a while
    assert claim(small_world, "first") == job
    first = Task(
        small_world.settings, small_world.service.database, job, "first", threading.Event()
    )
    with pytest.raises(store.LostError):
        comparing.run(first)
    with small_world.service.database.writing() as session:
        store.give_back(session, store.held(session, job, "first"), "Borte.")
    told = done(small_world, job)
    assert len(begun) == 3
    assert (told["state"], told["cut_off"]) == ("done", True)


def test_what_an_earlier_version_kept_of_a_comparison_is_read_as_not_cut_off(
    small_world: World,
) -> None:
    loaded = small_world.loaded(small_world.plan())
    made = Solved(Ending.SOLVED, Roster.of(loaded.problem, ()), cut_off=True)
    written = json.loads(comparing._written(made))
    assert comparing._read(json.dumps(written), loaded).cut_off
    del written["cut_off"]
    assert not comparing._read(json.dumps(written), loaded).cut_off


def test_a_certificate_says_it_of_the_better_roster(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_world.plan()
    duties = small_world.loaded(plan).problem.duties
    turns = zip((duty.id for duty in duties), cycle(["kari", "ola", "siv"]), strict=False)
    roster = small_world.roster(plan, dict(turns))
    certify = library.certify

    def with_a_better(loaded: library.LoadedPlan, own: Roster, **options: Any) -> Any:
        return replace(certify(loaded, own, **options), better=own)

    monkeypatch.setattr(library, "certify", with_a_better)
    monkeypatch.setattr(library, "solve", lambda loaded, **_: _outcome(loaded, cut_off=True))
    job = asked(small_world, "certificates", roster=roster, seconds=1, better=True)
    told = done(small_world, job)
    assert (told["state"], told["cut_off"]) == ("done", True)
    assert told["roster"]
