"""The engine's front: three outcomes that are never mixed, holes with reasons, provenance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest

from constraints.catalogue import rule_set_version, rules_for
from constraints.cover import Cover
from constraints.law import POLICY
from constraints.one_place_at_a_time import OnePlaceAtATime
from constraints.rest_between_work import RestBetweenWork
from scheduler.changes.stops import Stop, Stops
from scheduler.checking import check
from scheduler.domain.doctor import Absence, AbsenceKind, Competence
from scheduler.domain.problem import Assignment, Pin, Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.engine import DisagreementError, Options, Outcome, Update, solve
from scheduler.rule import Authority, Case, Rule
from scheduler.rule import Outcome as Judgement
from scheduler.solving.result import Ending
from tests.support import NIGHT, doctor, duty, problem, span

DAY = date(2020, 1, 1)
ABLE = Competence(
    specialist_from=DAY, emergency_course_from=DAY, violence_course_from=DAY, radio_from=DAY
)
KARI, OLA = doctor("Kari", competence=ABLE), doctor("Ola", competence=ABLE)
EVENING = duty("2027-02-02 16:00", "23:00")
EARLY = duty("2027-02-03 05:00", "12:00", NIGHT)
FEW = (Cover(), OnePlaceAtATime(), RestBetweenWork())


def solved(plan: Problem, *rules: Rule) -> Outcome:
    return solve(plan, rules or rules_for(plan), Options(seconds=20, workers=1, seed=1))


def test_a_full_lawful_roster_with_everything_to_make_it_again() -> None:
    plan = problem([KARI, OLA], [EVENING, EARLY])
    told: list[Update] = []
    kept: list[Roster] = []
    outcome = solve(
        plan,
        rules_for(plan),
        Options(seconds=20, workers=1, seed=7),
        rule_set=rule_set_version(plan),
        tell=told.append,
        keep=kept.append,
    )
    assert outcome.ending is Ending.SOLVED
    assert outcome.roster is not None
    assert outcome.report is not None
    assert outcome.report.lawful
    assert len(outcome.roster.assignments) == 2
    assert len({a.doctor for a in outcome.roster.assignments}) == 2
    made = outcome.roster.provenance
    assert (made.seed, made.workers, made.rule_set) == (7, 1, rule_set_version(plan))
    assert outcome.roster.problem_hash == plan.content_hash
    assert made.levels[0].level == "cover"
    assert all(level.proven for level in made.levels)
    assert all(level.bound <= level.value for level in made.levels)
    assert told[-1].levels
    assert kept


def test_what_cannot_be_filled_is_a_hole_with_what_stops_each_doctor() -> None:
    away = Absence("ola", span("2027-02-03 00:00", "23:00"), AbsenceKind.HOLIDAY)
    plan = problem([KARI, OLA], [EVENING, EARLY], absences=[away], pins=[Pin("kari", EVENING.id)])
    outcome = solved(plan)
    assert outcome.ending is Ending.SOLVED
    assert outcome.report is not None
    assert outcome.report.lawful
    assert not outcome.report.complete
    [hole] = outcome.report.holes
    assert [d.id for d in hole.duties] == [EARLY.id]
    assert {own.doctor: own.stop.rule.id if own.stop else None for own in hole.candidates} == {
        "kari": "rest_between_work",
        "ola": "absence",
    }
    assert all(own.sentence for own in hole.candidates)


def test_pins_that_break_a_rule_are_proven_impossible_and_told() -> None:
    pins = [Pin("kari", EVENING.id), Pin("kari", EARLY.id)]
    outcome = solved(problem([KARI, OLA], [EVENING, EARLY], pins=pins))
    assert outcome.ending is Ending.IMPOSSIBLE
    assert outcome.roster is None
    assert outcome.report is None
    assert any("kravet er 8 timer" in sentence for sentence in outcome.conflicts)


def test_a_pin_on_an_absent_doctor_is_told_with_its_rule() -> None:
    away = Absence("ola", span("2027-02-02 00:00", "23:59"), AbsenceKind.HOLIDAY)
    plan = problem([KARI, OLA], [EVENING], absences=[away], pins=[Pin("ola", EVENING.id)])
    outcome = solved(plan)
    assert outcome.ending is Ending.IMPOSSIBLE
    assert any("fravær" in sentence for sentence in outcome.conflicts)


def test_a_former_roster_is_taken_as_start() -> None:
    plan = problem([KARI, OLA], [EVENING])
    start = (Assignment(EVENING.id, "ola"),)
    outcome = solve(plan, FEW, Options(seconds=20, workers=1, start=start))
    assert outcome.roster is not None
    assert outcome.roster.assignments == start


def test_same_seed_same_roster() -> None:
    duties = [duty(f"2027-02-{day:02} 16:00", "23:00") for day in range(1, 15)]
    plan = problem([KARI, OLA, doctor("Per", competence=ABLE)], duties)
    first, second = solved(plan), solved(plan)
    assert first.roster is not None
    assert second.roster is not None
    assert first.roster.assignments == second.roster.assignments
    # Alike doctors in whole duties are proven before the time is out, so no clock decides.
    assert all(level.proven for level in first.roster.provenance.levels)


@dataclass(frozen=True)
class OnlyTheCheckerKnows(Rule):
    """A faulty rule: its checker finds a breach that its encoder never forbade."""

    id: ClassVar = "only_the_checker_knows"
    title: ClassVar = "Uenig"
    title_en: ClassVar = "Disagreeing"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        yield Case(self.id, Judgement.BREACH)

    def explain(self, problem: Problem, case: Case) -> str:
        return "Kontrollen er uenig."


def test_a_roster_that_the_checkers_refuse_is_never_handed_out() -> None:
    plan = problem([KARI], [EVENING])
    with pytest.raises(DisagreementError, match="Kontrollen er uenig"):
        solved(plan, *FEW, OnlyTheCheckerKnows())


def test_nothing_to_give_away_is_solved() -> None:
    outcome = solved(problem([KARI], []))
    assert outcome.ending is Ending.SOLVED
    assert outcome.roster is not None
    assert outcome.roster.assignments == ()


def test_an_almost_empty_roster_is_not_explained_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scheduler.checking._MOST_TRIES", 3)
    plan = problem([KARI, OLA], [duty(f"2027-02-{day:02} 16:00", "23:00") for day in range(1, 6)])
    holes = check(Timetable(plan, Roster.of(plan, ())), FEW).holes
    assert len(holes) == 5
    assert [len(hole.candidates) for hole in holes] == [2, 2, 0, 0, 0]
    assert all(own.stop is None for own in holes[0].candidates)


def test_what_stops_each_doctor_is_found_out_once_and_only_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    class Counted(Stops):
        def closed(self, doctor: str, unit: str) -> Stop | None:
            asked.append(doctor)
            return super().closed(doctor, unit)

    monkeypatch.setattr("scheduler.checking.Stops", Counted)
    plan = problem([KARI, OLA], [duty("2027-02-01 16:00", "23:00")])
    report = check(Timetable(plan, Roster.of(plan, ())), FEW)
    assert not report.complete
    assert not asked
    first = report.holes
    assert [own.doctor for own in first[0].candidates] == [KARI.id, OLA.id]
    assert {*asked} == {KARI.id, OLA.id}
    told = len(asked)
    assert report.holes is first
    assert len(asked) == told
