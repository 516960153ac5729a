"""Repair of a published roster: the plan amended, the options found, the chosen one taken.

A run proposes. Nothing here writes a file, and no roster that was given is changed.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from api import library
from constraints.fair_share import FairShare
from scheduler.changes.move import Move, moved
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Provenance, Roster, Timetable
from scheduler.domain.time import local
from scheduler.fairness.closing import Worked
from scheduler.fairness.measures import Measure
from scheduler.reading.faults import PlanError
from scheduler.repairing.amending import amended, released
from scheduler.repairing.asking import Limits
from scheduler.repairing.drift import in_order, left_broken
from scheduler.repairing.events import Event, named_in
from scheduler.repairing.judging import Judge, common_breaches
from scheduler.repairing.offering import Standings
from scheduler.repairing.options import Option, Repair, Standing
from scheduler.repairing.repairs import chosen
from scheduler.repairing.repairs import repair as _repair
from scheduler.repairing.situation import Situation, cut, newly_closed, situation
from scheduler.rule import Case, Outcome, Rule
from scheduler.writing.phrases import listed
from scheduler.writing.repair import history_line

FROZEN_HOURS = 24


@dataclass(frozen=True)
class Repaired:
    """What can be done about what happened.

    Attributes:
        loaded: the plan as it is after what happened; the options are rosters of it.
        before: the roster that was given.
        found: situation, findings and options.
        remarks: what a person should know, in bokmål.
    """

    loaded: library.LoadedPlan
    before: Roster
    found: Repair
    remarks: tuple[str, ...] = ()

    def roster(self, number: int) -> Roster:
        """The roster of one option, with what was changed in its history.

        Args:
            number: of the option, from 1.

        Raises:
            IndexError: there is no such option.
        """
        if not 1 <= number <= len(self.found.options):
            raise IndexError(f"number ({number}) must be between 1 and {len(self.found.options)}")
        return self.roster_of(self.found.options[number - 1])

    def roster_of(self, option: Option) -> Roster:
        """The roster of an option."""
        made = moved(self.found.situation.left, option.move).roster
        was = self.before.provenance
        line = history_line(self.found.situation, option)
        provenance = Provenance(
            rule_set=self.loaded.rule_set,
            solver=was.solver,
            seed=was.seed,
            history=(*was.history, line),
        )
        return replace(made, provenance=provenance)


def repair(
    loaded: library.LoadedPlan,
    roster: Roster,
    events: Sequence[Event],
    *,
    moment: datetime,
    frozen_hours: float = FROZEN_HOURS,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
    current: library.LoadedPlan | None = None,
) -> Repaired:
    """The smallest lawful changes of a roster after what happened.

    Args:
        loaded: the plan that the roster was made of.
        roster: as it was published, with what was changed by hand since.
        events: what happened, one thing or several.
        moment: nothing that began before it changes, UTC.
        frozen_hours: what begins within so many hours changes only if it has lost its doctor.
        limits: how far to look.
        stop: set it to end early.
        current: the plan as it has become since, with all doctors of the roster. What it closes
            counts as having happened too.

    Raises:
        scheduler.reading.faults.PlanError: an event names what is not there, or says nothing.
    """
    after, now = _situation(loaded, current or loaded, roster, events, moment, frozen_hours)
    found = _repair(now, _standings(after), limits, stop)
    return Repaired(after, roster, found, _remarks(current or loaded, after, found))


def taken(
    loaded: library.LoadedPlan,
    roster: Roster,
    events: Sequence[Event],
    move: Move,
    *,
    moment: datetime,
    frozen_hours: float = FROZEN_HOURS,
    current: library.LoadedPlan | None = None,
) -> Repaired:
    """One option as it was found before, judged again: nothing is searched for.

    Args:
        loaded: the plan that the roster was made of.
        roster: as it was published.
        events: what happened.
        moment: nothing that began before it changes, UTC.
        frozen_hours: as they were given to `repair`.
        current: the plan as it was given to `repair`.
        move: of the option.

    Raises:
        scheduler.reading.faults.PlanError: the checkers do not take it.
    """
    after, now = _situation(loaded, current or loaded, roster, events, moment, frozen_hours)
    units = {unit for _, unit in (*move.off, *move.on)}
    doctors = set(move.doctors)
    known = units <= set(now.problem.units) and doctors <= set(now.problem.doctor_by_id)
    if known:
        now = replace(now, excused=left_broken(now, move))
    stop = Judge(now).stop(move) if known else None
    if stop is not None or not known:
        raise PlanError.of(
            "--take",
            stop.sentence(now.left) if stop else "Forslaget hører til en annen vaktplan.",
            "Kjør kommandoen på nytt uten --take, og velg blant de nye forslagene.",
        )
    found = chosen(now, move, _standings(after))
    return Repaired(after, roster, found, _remarks(current or loaded, after, found))


def _situation(
    loaded: library.LoadedPlan,
    current: library.LoadedPlan,
    roster: Roster,
    events: Sequence[Event],
    moment: datetime,
    frozen_hours: float,
) -> tuple[library.LoadedPlan, Situation]:
    """The plan after what happened, and what is left of the roster."""
    before = Timetable(loaded.problem, roster)
    plan = amended(current.plan, before, moment, events)
    after = library.understand(plan)
    closed = tuple(newly_closed(before, loaded.rules, after.problem, after.rules, moment))
    freed = released(plan, after.problem, closed, cut(before, closed, moment))
    if freed != plan:
        after = library.understand(freed)
        closed = tuple(newly_closed(before, loaded.rules, after.problem, after.rules, moment))
    now = situation(
        before,
        after.problem,
        after.rules,
        closed,
        moment=moment,
        frozen_until=moment + timedelta(hours=frozen_hours),
        fallen={doctor for event in events if (doctor := named_in(event))},
    )
    return after, replace(now, drift=_drift(before, loaded, current))


def _drift(
    before: Timetable, loaded: library.LoadedPlan, current: library.LoadedPlan
) -> frozenset[Case]:
    """What the roster as a whole breaks by the plan as it has become, and did not before."""
    if current is loaded:
        return frozenset()
    now = Timetable(current.problem, before.roster)
    known = set(common_breaches(before, loaded.rules))
    return frozenset(common_breaches(now, current.rules)) - known


def _remarks(
    loaded: library.LoadedPlan, after: library.LoadedPlan, found: Repair
) -> tuple[str, ...]:
    now = found.situation
    running = _running(now.before, now.fallen, now.moment)
    return (*running, *_notices(loaded, after, now.fallen), *_idle(now), *_left_broken(found))


def _left_broken(found: Repair) -> Iterator[str]:
    """What the plan has come to say against the roster, and which options leave it so."""
    now = found.situation
    left = [left_broken(now, option.move) for option in found.options]
    everywhere = now.drift.intersection(*left)
    if everywhere:
        told = "Planen er endret siden vaktplanen ble laget, og sier nå imot den"
        yield f"{told}. Ingen av forslagene retter på dette:" if left else f"{told}:"
        yield from (_sentence(now, case) for case in in_order(everywhere))
    for case in in_order(frozenset().union(*left) - everywhere):
        numbers = [str(n) for n, own in enumerate(left, start=1) if case not in own]
        yield f"Bare forslag {listed(numbers)} retter på dette: {_sentence(now, case)}"


def _sentence(now: Situation, case: Case) -> str:
    return next(own for own in now.rules if own.id == case.rule).explain(now.problem, case)


def _idle(now: Situation) -> Iterator[str]:
    """Those who lose nothing by what happened."""
    losing = {doctor for doctor, _ in now.lost}
    for doctor in sorted(now.fallen - losing):
        name = " ".join(now.problem.doctor_by_id[doctor].name.split())
        yield (
            f"Det som er ført på {name}, gjør at ingen vakter faller bort. Se over at det er rett."
        )


def _standings(loaded: library.LoadedPlan) -> Standings:
    """Where doctors stand, by the rule of fair shares as the plan sets it."""
    rule = next(rule for rule in loaded.rules if isinstance(rule, FairShare))
    aims: dict[str, float] = {}
    known: dict[int, tuple[Timetable, Worked]] = {}

    def standings(timetable: Timetable, doctors: Sequence[str]) -> Mapping[str, Standing]:
        if not aims:
            shares = rule.shares(loaded.problem)
            aims.update({own.doctor: float(own.aim / 100) for own in shares.pool(Measure.POINTS)})
        if id(timetable) not in known:
            known[id(timetable)] = (timetable, rule.worked(timetable))  # kept, so the id stays its
        worked = known[id(timetable)][1]
        return {
            doctor: Standing(
                worked[doctor, Measure.POINTS] / 100,
                aims.get(doctor),
                worked[doctor, Measure.ORDERED] / 60,
            )
            for doctor in doctors
        }

    return standings


def _running(before: Timetable, fallen: frozenset[str], moment: datetime) -> list[str]:
    """Duties that are under way: they are not divided."""
    found = []
    for doctor in sorted(fallen & set(before.problem.doctor_by_id)):
        for duty in before.duties_of(doctor):
            if duty.start < moment < duty.end:
                name = before.problem.doctor_by_id[doctor].name
                found.append(
                    f"{duty.type.name} som begynte {local(duty.start):%d.%m.%Y kl. %H:%M}, er i "
                    f"gang og står på {name}. Rettvakt deler ikke en vakt: avtal avløsning, og "
                    "før den opp slik den ble, før perioden gjøres opp."
                )
    return found


def _notices(
    loaded: library.LoadedPlan, after: library.LoadedPlan, fallen: frozenset[str]
) -> list[str]:
    """What the rules want a human to see of those concerned, and did not before."""
    old, new = (_notices_of(own.problem, own.rules, fallen) for own in (loaded, after))
    return [sentence for sentence in new if sentence not in old]


def _notices_of(problem: Problem, rules: Sequence[Rule], fallen: frozenset[str]) -> list[str]:
    empty = Timetable(problem, Roster.of(problem, ()))
    return [
        rule.explain(problem, case)
        for rule in rules
        for doctor in problem.doctors
        if doctor.id in fallen
        for case in rule.check_doctor(empty, doctor)
        if case.outcome is Outcome.NOTICE
    ]
