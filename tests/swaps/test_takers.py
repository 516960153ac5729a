"""Takers agree with the full checkers, and stand in the order in which they should be asked."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from api import library
from api.swaps import changed, judge_of, swap_of, takers_of
from constraints.catalogue import rules_for
from constraints.fair_share import FairShare
from fixtures.files import fixture
from scheduler.changes.move import Move, moved
from scheduler.changes.stops import Stops
from scheduler.domain.doctor import Absence, AbsenceKind, Doctor, PersonalLimits
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Attitude, Pin, Wish
from scheduler.domain.roster import Roster, Timetable
from scheduler.fairness.measures import Measure
from scheduler.rule import Case, Outcome, Rule
from scheduler.swaps.judge import Judge
from scheduler.swaps.takers import Standing
from tests.support import doctor, duty, problem, roster, span
from tests.swaps.cases import EASY, READY, after, new_breaches, new_exceptions
from tests.swaps.cases import judge_of as random_judge


@pytest.mark.parametrize("seed", [*range(10), *range(EASY, EASY + 6)])
def test_takers_agree_with_the_full_checkers_on_every_doctor(seed: int) -> None:
    judge, chance = random_judge(seed), random.Random(seed)
    timetable = judge.timetable
    for unit in chance.sample(sorted(timetable.problem.units), 3):
        holders = timetable.doctors_on(timetable.problem.units[unit][0].id)
        giver = holders[0] if holders else None
        found = takers_of(judge, unit, giver)
        without = {
            own.id for own in timetable.problem.doctors if not judge.has_some((own.id, unit))
        }
        assert {own.doctor for own in found.takers} == without
        for own in found.takers:
            move = Move(((giver, unit),) if giver else (), ((own.doctor, unit),))
            breaches, crossed = new_breaches(seed, move), new_exceptions(seed, move)
            assert {stop.case for stop in own.verdict.breaches} == breaches
            unpriced = {stop.case for stop in own.verdict.exceptions}
            assert unpriced <= crossed
            assert own.standing is (
                Standing.CANNOT
                if breaches
                else Standing.CAN_WITH_EXCEPTION
                if unpriced
                else Standing.CAN
            )
        standings = [own.standing for own in found.takers]
        assert standings == sorted(standings)


def breaches_in(timetable: Timetable, rules: Sequence[Rule]) -> set[Case]:
    return {
        case for rule in rules for case in rule.check(timetable) if case.outcome is Outcome.BREACH
    }


def filled(loaded: library.LoadedPlan, chance: random.Random) -> Roster:
    """Each shift in turn to a doctor to whom no rule objects, by chance."""
    timetable = Timetable(loaded.problem, Roster.of(loaded.problem, []))
    doctors = [own.id for own in loaded.problem.doctors]
    for unit, duties in loaded.problem.units.items():
        stops = Stops(timetable, loaded.rules)
        for who in chance.sample(doctors, len(doctors)) if duties[0].is_shift else ():
            move = Move(on=((who, unit),))
            if not (stops.own(move) or stops.common(move)):
                timetable = moved(timetable, move)
                break
    return timetable.roster


def agreement(name: str, share: float) -> tuple[int, int]:
    """Compare takers with the full checkers on some of all pairs; lawful and not."""
    loaded = library.read(fixture(name))
    chance = random.Random(4)
    judge = judge_of(loaded, filled(loaded, chance))
    binding = [rule for rule in loaded.rules if rule.binds]
    before = breaches_in(judge.timetable, binding)
    lawful = unlawful = 0
    for unit, duties in loaded.problem.units.items():
        if chance.random() >= share or not duties[0].is_shift:
            continue
        found = takers_of(judge, unit)
        off = ((found.giver, unit),) if found.giver else ()
        for own in found.takers:
            tried = after(judge.timetable, Move(off, ((own.doctor, unit),)))
            broken = breaches_in(tried, binding) - before
            assert {stop.case for stop in own.verdict.breaches} == broken
            lawful += not broken
            unlawful += bool(broken)
    return lawful, unlawful


def test_takers_agree_on_some_shifts_of_a_fixture() -> None:
    lawful, unlawful = agreement("oy", 0.04)
    assert lawful
    assert unlawful


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "share", "least"), [("oy", 1, 20), ("fjell", 0.05, 100)], ids=("oy", "fjell")
)
def test_takers_agree_on_every_doctor_of_every_shift(name: str, share: float, least: int) -> None:
    """Of every shift on the island, and of every twentieth in a district of the usual size."""
    lawful, unlawful = agreement(name, share)
    assert lawful > least
    assert unlawful > least


SHIFTS = [
    duty("2027-02-01 16:00", "23:00"),
    duty("2027-02-03 16:00", "23:00"),
    duty("2027-02-05 16:00", "23:00"),
    duty("2027-02-09 16:00", "23:00"),
]
KARI, OLA, PER, ANNE = (doctor(own, competence=READY) for own in ("Kari", "Ola", "Per", "Anne"))


def judged(
    work: dict[str, list[Duty]], doctors: Sequence[Doctor] = (KARI, OLA, PER, ANNE), **more: Any
) -> Judge:
    plan = problem(list(doctors), SHIFTS, **more)
    rules = rules_for(plan)
    fair = next(rule for rule in rules if isinstance(rule, FairShare))
    return Judge(roster(plan, work), rules, fair.shares(plan), fair.worked_by)


def test_the_one_who_is_most_under_the_share_comes_first() -> None:
    judge = judged({"kari": [SHIFTS[0], SHIFTS[1], SHIFTS[2]], "ola": [SHIFTS[3]]})
    found = takers_of(judge, SHIFTS[1].id)
    assert found.giver == "kari"
    assert [own.doctor for own in found.takers] == ["anne", "per", "ola"]
    points = found.takers[2].effect(Measure.POINTS)
    assert (points.before, points.after) == (100, 200)
    assert points.aim == 100
    assert points.over_after == 100
    assert found.takers[0].ordered == 0


def test_a_wish_comes_before_the_share() -> None:
    wishes = [
        Wish("a", "anne", Attitude.RATHER_NOT, SHIFTS[1].interval),
        Wish("b", "ola", Attitude.WANT, SHIFTS[1].interval),
    ]
    judge = judged({"kari": [SHIFTS[1]], "ola": [SHIFTS[3]]}, wishes=wishes)
    found = takers_of(judge, SHIFTS[1].id)
    assert [own.doctor for own in found.takers] == ["ola", "per", "anne"]
    assert [own.wish for own in found.takers] == [Attitude.WANT, None, Attitude.RATHER_NOT]


def test_rest_is_told_on_both_sides() -> None:
    judge = judged({"kari": [SHIFTS[1]], "ola": [SHIFTS[0], SHIFTS[2]]})
    ola = next(own for own in takers_of(judge, SHIFTS[1].id).takers if own.doctor == "ola")
    assert ola.rest_before == ola.rest_after == timedelta(hours=41)
    per = next(own for own in takers_of(judge, SHIFTS[1].id).takers if own.doctor == "per")
    assert (per.rest_before, per.rest_after) == (None, None)


def test_who_is_away_cannot_and_the_rule_is_told() -> None:
    away = Absence("per", span("2027-02-03 00:00", "23:59"), AbsenceKind.HOLIDAY)
    judge = judged({"kari": [SHIFTS[1]]}, absences=[away])
    last = takers_of(judge, SHIFTS[1].id).takers[-1]
    assert (last.doctor, last.standing) == ("per", Standing.CANNOT)
    assert [stop.rule.id for stop in last.verdict.breaches] == ["absence"]


def test_a_duty_without_a_doctor_is_given_to_somebody() -> None:
    judge = judged({"kari": [SHIFTS[0]]})
    found = takers_of(judge, SHIFTS[2].id)
    assert found.giver is None
    assert len(found.takers) == 4
    assert found.kept == ()


def test_a_pinned_duty_cannot_be_given_away() -> None:
    judge = judged({"kari": [SHIFTS[0]]}, pins=[Pin("kari", SHIFTS[0].id)])
    found = takers_of(judge, SHIFTS[0].id)
    assert [stop.rule.id for stop in found.kept] == ["pins"]
    assert all(own.standing is Standing.CANNOT for own in found.takers)


def test_a_swap_cannot_push_a_doctor_past_a_ceiling() -> None:
    few = doctor("Ola", competence=READY, limits=PersonalLimits(max_duties_per_month=1))
    work = {"kari": [SHIFTS[0]], "ola": [SHIFTS[1]], "per": [SHIFTS[2]]}
    judge = judged(work, doctors=(KARI, few, PER, ANNE))
    kari, ola = ("kari", SHIFTS[0].id), ("ola", SHIFTS[1].id)
    given = swap_of(judge, kari, to="ola")
    assert not given.lawful
    assert [stop.rule.id for stop in given.verdict.breaches] == ["personal_limits"]
    assert swap_of(judge, kari, take=ola).lawful
    assert swap_of(judge, kari, to="anne").lawful


def test_both_accounts_are_told_and_the_new_roster_keeps_its_history() -> None:
    judge = judged({"kari": [SHIFTS[0]], "ola": [SHIFTS[1]]})
    found = swap_of(judge, ("kari", SHIFTS[0].id), to="anne")
    moved_points = {who: (own[0].before, own[0].after) for who, own in found.effects.items()}
    assert moved_points == {"anne": (0, 100), "kari": (100, 0)}
    after_swap = changed(judge, found)
    assert set(after_swap.assignments) == {
        Assignment(SHIFTS[0].id, "anne"),
        Assignment(SHIFTS[1].id, "ola"),
    }
    assert after_swap.problem_hash == judge.timetable.roster.problem_hash
    assert after_swap.provenance.levels == ()
    assert after_swap.provenance.history == (
        "Vaktbytte: Kveld mandag 1. februar 2027 kl. 16:00–23:00: Kari → Anne.",
    )
    assert judge.has(("kari", SHIFTS[0].id))  # the roster itself is as it was


def test_what_makes_no_sense_is_refused() -> None:
    judge = judged({"kari": [SHIFTS[0]], "ola": [SHIFTS[1]]})
    kari, ola = ("kari", SHIFTS[0].id), ("ola", SHIFTS[1].id)
    with pytest.raises(ValueError, match="not both and not neither"):
        swap_of(judge, kari)
    with pytest.raises(ValueError, match="not both and not neither"):
        swap_of(judge, kari, take=ola, to="ola")
    with pytest.raises(ValueError, match="must be in the roster"):
        swap_of(judge, ("kari", SHIFTS[2].id), to="ola")
    with pytest.raises(ValueError, match="must not have"):
        swap_of(judge, kari, to="kari")
    with pytest.raises(ValueError, match="must have"):
        takers_of(judge, SHIFTS[0].id, "ola")
    with pytest.raises(ValueError, match="must be a duty"):
        takers_of(judge, "ukjent")
