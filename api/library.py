"""Rettvakt as a Python library: read a plan, solve it, check it, look at it as pandas frames.

    from api import library

    plan = library.read("plan.yaml")
    outcome = library.solve(plan, seconds=30)
    frames = library.frames(outcome.roster, plan)
    print(frames.burdens)

`docs/examples/solve_and_check.py` is a whole program.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.wish_remarks import impossible_by_wish
from constraints.catalogue import parameters, rule_set_version, rules_for
from constraints.fair_share import FairShare
from constraints.round_the_clock import RoundTheClock, uncovered_by_plan
from constraints.wording import from_to, source
from scheduler.checking import Report
from scheduler.checking import check as _check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.fairness.keys import Key, key_weights
from scheduler.reading.faults import PlanError
from scheduler.reading.meaning import to_problem
from scheduler.reading.places import Places
from scheduler.reading.plan import Plan
from scheduler.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    import pandas as pd

    from api.explaining_texts import AssignmentText, DoctorText, Explanation
    from api.repair import Repaired
    from scheduler.certificate import Certificate, StepProof
    from scheduler.certifying import Certified
    from scheduler.engine import Outcome, Update
    from scheduler.ledger.book import Book
    from scheduler.ledger.closing import Closing
    from scheduler.prices import PriceList
    from scheduler.reading.places import Source
    from scheduler.repairing.events import Event
    from scheduler.repairing.repairs import Limits
    from scheduler.writing.comparison.source import Comparison
    from scheduler.writing.comparison.sweep import Sweep
    from scheduler.writing.receipts import Receipt


_MOST_GAPS = 10


@dataclass(frozen=True)
class LoadedPlan:
    """A plan that has been read and understood.

    Attributes:
        remarks: what a person should know of it, in bokmål; none of it stops the work.
    """

    plan: Plan
    problem: Problem
    rules: tuple[Rule, ...]
    remarks: tuple[str, ...]

    @property
    def rule_set(self) -> str:
        """The version of the rules with this plan's settings."""
        return rule_set_version(self.problem)


@dataclass(frozen=True)
class Frames:
    """A roster as tidy frames.

    Attributes:
        assignments: one row an assignment.
        burdens: one row a doctor.
        rules: one row a rule, with how often it was checked and what was found.
        cases: one row a breach, hole, exception or notice, with its sentence.
    """

    assignments: pd.DataFrame
    burdens: pd.DataFrame
    rules: pd.DataFrame
    cases: pd.DataFrame


def read(path: str | Path) -> LoadedPlan:
    """Read a plan from YAML, JSON, an Excel workbook, or the vaktplan.json of an earlier run.

    Raises:
        scheduler.reading.faults.PlanError: the file or what it says is wrong; it holds every
            fault with place, value and remedy.
    """
    return understand(*read_plan(path))


def read_plan(path: str | Path) -> tuple[Plan, Places | None]:
    """The plan as it is written, not yet understood, and where its parts stand in the file.

    Raises:
        scheduler.reading.faults.PlanError: the file or the shape of what it holds is wrong.
    """
    from scheduler.reading.load import load

    return _plan_in(load(Path(path)), Path(path))


def read_bytes(content: bytes, name: str) -> LoadedPlan:
    """Read a plan that was uploaded; the ending of its name says the format.

    Raises:
        scheduler.reading.faults.PlanError: with every fault, as `read` does.
    """
    from scheduler.reading.load import load_bytes

    return understand(*_plan_in(load_bytes(content, name), content))


def _plan_in(found: Source, again: Path | bytes) -> tuple[Plan, Places | None]:
    """The plan of a plan file, or the one inside a vaktplan.json."""
    from scheduler.reading.roster import read_package
    from scheduler.reading.roster_document import FORMAT
    from scheduler.reading.shape import plan_of

    if isinstance(found.data, dict) and found.data.get("format") == FORMAT:
        return read_package(again)[0], None
    return plan_of(found), found.places


def understand(plan: Plan, places: Places | None = None) -> LoadedPlan:
    """The problem, the rules and the remarks of a plan that is already in memory.

    Args:
        plan: a plan of the right shape.
        places: where its parts stand in a file, so that faults can name sheet and row.

    Raises:
        scheduler.reading.faults.PlanError: what it says is wrong.
    """
    reading = to_problem(plan, parameters(), places)
    rules = rules_for(reading.problem)
    _check_key(reading.problem, rules)
    remarks = [
        *map(str, reading.remarks),
        *_gaps(reading.problem, rules),
        *impossible_by_wish(reading.problem, rules),
    ]
    return LoadedPlan(plan, reading.problem, rules, tuple(remarks))


def _check_key(problem: Problem, rules: Sequence[Rule]) -> None:
    """Refuse a key between municipalities that gives none of them a part."""
    fair = next(rule for rule in rules if isinstance(rule, FairShare))
    if Key(fair.key) is Key.NONE:
        return
    try:
        key_weights(problem, Key(fair.key))
    except ValueError as error:
        raise PlanError.of(
            "Regler: fair_share.key",
            "Fordelingsnøkkelen gir ingen av kommunene noen del.",
            "Velg en annen nøkkel, eller fyll ut innbyggere, fastleger eller egen nøkkel.",
            fair.key,
        ) from error


def _gaps(problem: Problem, rules: Sequence[Rule]) -> Iterator[str]:
    """The stretches that no doctor covers even if every duty of the plan is filled."""
    clock = next(rule for rule in rules if isinstance(rule, RoundTheClock))
    gaps = uncovered_by_plan(problem, clock)
    for gap in gaps[:_MOST_GAPS]:
        yield f"Vakttyper: ingen lege dekker {from_to(gap)} {source(clock.citations[0])}."
    if len(gaps) > _MOST_GAPS:
        yield f"Vakttyper: og {len(gaps) - _MOST_GAPS} slike tidsrom til."


def solve(
    loaded: LoadedPlan,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int | None = None,
    start: Roster | None = None,
    tell: Callable[[Update], None] = lambda _: None,
    keep: Callable[[Roster], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Make the best lawful roster that the time allows, checked by the independent checkers.

    Args:
        loaded: the plan.
        seconds: wall time of the search at most.
        seed: of every random choice.
        workers: solver threads; None means the cores that the process may use.
        start: a former roster to begin with.
        tell: called with progress.
        keep: called with improved rosters that are not yet checked.
        stop: set it to end early and keep the best.
    """
    from scheduler.engine import Options
    from scheduler.engine import solve as _solve

    options = Options(seconds, workers, seed, start.assignments if start else ())
    return _solve(
        loaded.problem,
        loaded.rules,
        options,
        rule_set=loaded.rule_set,
        tell=tell,
        keep=keep,
        stop=stop,
    )


def check(loaded: LoadedPlan, roster: Roster) -> Report:
    """Let every rule judge a roster, whoever made it."""
    return _check(Timetable(loaded.problem, roster), loaded.rules)


def certify(
    loaded: LoadedPlan,
    roster: Roster,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int | None = None,
    tell: Callable[[str, Sequence[StepProof]], None] = lambda _, __: None,
    stop: threading.Event | None = None,
) -> Certified:
    """Judge a roster and prove how good it is, from the plan and its assignments alone.

    Args:
        loaded: the plan.
        roster: any roster of it.
        seconds: wall time at most.
        seed: of the solver.
        workers: solver threads; None means the cores that the process may use.
        tell: called with the step that is worked on and what is proven so far.
        stop: set it to end early and keep what is proven.
    """
    from scheduler.certifying import certify as _certify
    from scheduler.engine import Options

    options = Options(seconds, workers, seed)
    return _certify(
        loaded.problem,
        loaded.rules,
        roster,
        options,
        rule_set=loaded.rule_set,
        tell=tell,
        stop=stop,
    )


def prices(
    loaded: LoadedPlan,
    roster: Roster,
    *,
    certificate: Certificate | None = None,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int | None = None,
    stop: threading.Event | None = None,
) -> PriceList:
    """What each wish that binds, agreed limit, pin and own limit costs the worst-off doctor.

    Args:
        loaded: the plan.
        roster: a lawful roster of it.
        certificate: of the roster, so that its bounds need not be found again.
        seconds: wall time for all of them together.
        seed: of the solver.
        workers: solver threads; None means the cores that the process may use.
        stop: set it to end early.
    """
    from constraints.restrictions import restrictions
    from scheduler.engine import Options
    from scheduler.pricing import price

    return price(
        loaded.problem,
        loaded.rules,
        roster,
        restrictions(loaded.problem, loaded.rules),
        Options(seconds, workers, seed),
        certificate=certificate,
        stop=stop,
    )


def compare(
    path: str | Path,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    parallel: int | None = None,
    anonymous: bool = False,
    stop: threading.Event | None = None,
) -> Comparison:
    """Solve the scenarios of a file side by side and lay them beside each other.

    Args:
        path: a scenario file.
        seconds: wall time of each solve.
        seed: the same for all.
        parallel: how many at once, each with one worker; None for as many as there are cores.
        anonymous: doctors have pseudonyms, the same in every scenario.
        stop: set it to end early and keep the best of each.

    Raises:
        scheduler.reading.faults.PlanError: the file, a plan or a change is wrong.
    """
    from api import whatif, whatif_comparing
    from api.whatif_solving import Search

    search = Search(seconds, seed, parallel)
    scenarios = whatif.read(Path(path))
    solved = whatif_comparing.solve(scenarios, search, stop=stop)
    return whatif_comparing.compare(scenarios, solved, search, anonymous=anonymous)


def sweep(
    loaded: LoadedPlan,
    *,
    values: Sequence[float | int | str | bool | None],
    setting: str | None = None,
    doctors: str | None = None,
    staffing: str | None = None,
    seconds: float = 60.0,
    seed: int = 1,
    parallel: int | None = None,
    anonymous: bool = False,
    stop: threading.Event | None = None,
) -> tuple[Sweep, Comparison]:
    """Solve the plan once for each value of one thing; each starts from the value before it.

    Args:
        loaded: the plan.
        values: of the one thing that is given of the next three.
        setting: «rule.parameter», or «rule.parameter.key» of a table.
        doctors: id of the municipality whose number of doctors is turned.
        staffing: id of the pattern whose number of doctors is turned.
        seconds: wall time of each solve.
        seed: the same for all.
        parallel: how many at once; None for as many as there are cores.
        anonymous: doctors have pseudonyms.
        stop: set it to end early and keep the best of each.

    Returns:
        The curve, and the comparison that it is drawn from.

    Raises:
        scheduler.reading.faults.PlanError: a value or a name that the plan cannot have.
    """
    from api import whatif_sweep
    from api.whatif_solving import Search

    dial = whatif_sweep.dial_of(loaded, setting, doctors, staffing)
    search = Search(seconds, seed, parallel)
    return whatif_sweep.sweep(loaded, dial, values, search, anonymous=anonymous, stop=stop)


def receipts(loaded: LoadedPlan, roster: Roster, doctor: str | None = None) -> tuple[Receipt, ...]:
    """What became of each wish, and what stood against those that were refused.

    Args:
        loaded: the plan.
        roster: any roster of it.
        doctor: id of the one doctor whose receipts are wanted; None for all.
    """
    from api.wishes import receipts as _receipts

    return _receipts(Timetable(loaded.problem, roster), loaded.rules, doctor)


def why_hole(
    loaded: LoadedPlan,
    roster: Roster,
    duty: str,
    *,
    ways: bool = True,
    seconds: float = 60.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why a duty lacks a doctor: the smallest conflict, proven, and the ways out, each proven.

    For the coordinator: the sentences name exemptions and absences.

    Args:
        loaded: the plan.
        roster: any roster of it.
        duty: id of a duty that lacks a doctor in it.
        ways: also look for ways out.
        seconds: wall time of one proof at most.
        stop: set it to end early.

    Raises:
        KeyError: the plan has no such duty.
        ValueError: the duty lacks no doctor.
    """
    from api.explaining import Effort, Why

    why = Why(loaded.problem, loaded.rules, Effort(seconds, stop=stop))
    return why.hole(roster, loaded.problem.duty_by_id[duty], ways=ways)


def why_not(
    loaded: LoadedPlan,
    roster: Roster,
    duty: str,
    doctor: str,
    *,
    seconds: float = 60.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why one doctor does not have a duty: what stands in the way, whoever has it now.

    Args:
        loaded: the plan.
        roster: any roster of it.
        duty: id.
        doctor: id of somebody who does not have the duty.
        seconds: wall time of one proof at most.
        stop: set it to end early.

    Raises:
        KeyError: the plan has no such duty.
        ValueError: the doctor has it.
    """
    from api.explaining import Effort, Why

    why = Why(loaded.problem, loaded.rules, Effort(seconds, stop=stop))
    return why.hand(roster, loaded.problem.duty_by_id[duty], doctor)


def why_impossible(
    loaded: LoadedPlan,
    *,
    ways: bool = True,
    seconds: float = 60.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why a plan has no roster at all: which pins, limits and rules contradict each other.

    Args:
        loaded: the plan.
        ways: also look for what to let go.
        seconds: wall time of one proof at most.
        stop: set it to end early.
    """
    from api.explaining import Effort, Why

    return Why(loaded.problem, loaded.rules, Effort(seconds, stop=stop)).impossible(ways=ways)


def why_assignment(
    loaded: LoadedPlan,
    roster: Roster,
    duty: str,
    doctor: str | None = None,
    *,
    holder: str | None = None,
    seconds: float = 20.0,
    seed: int = 1,
    workers: int | None = None,
    stop: threading.Event | None = None,
) -> AssignmentText:
    """Why this doctor has a duty and not that one, and what the plan would be with the other.

    Args:
        loaded: the plan.
        roster: any roster of it.
        duty: id of a duty that somebody has.
        doctor: id of the one other doctor who is asked about; None for everybody else.
        holder: id of the one whose duty it is; the first on it if not given.
        seconds: of all searches together.
        seed: of the searches.
        workers: threads of the searches.
        stop: set it to end early.

    Raises:
        KeyError: the plan has no such duty.
        ValueError: nobody has it, the holder does not, or the other doctor has it already.
    """
    from api.explaining import Effort, Why

    on_duty = Timetable(loaded.problem, roster).doctors_on(duty)
    if holder is None and on_duty:
        holder = on_duty[0]
    if holder not in on_duty or doctor in on_duty:
        raise ValueError(f"duty ({duty}) must be the holder's ({holder}) and not {doctor}'s")
    why = Why(loaded.problem, loaded.rules, Effort(seconds, seed, workers, stop))
    return why.assignment(roster, loaded.problem.duty_by_id[duty], holder, doctor)


def why_doctor(loaded: LoadedPlan, roster: Roster, doctor: str) -> DoctorText:
    """What drives one doctor's total in a roster.

    Raises:
        KeyError: the plan has no such doctor.
    """
    from api.explaining_totals import total

    own = loaded.problem.doctor_by_id[doctor]
    return total(Timetable(loaded.problem, roster), loaded.rules, own)


def repair(
    loaded: LoadedPlan,
    roster: Roster,
    events: Sequence[Event],
    *,
    moment: datetime,
    frozen_hours: float = 24.0,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
) -> Repaired:
    """The smallest lawful changes of a published roster after what happened; nothing is written.

    Args:
        loaded: the plan that the roster was made of.
        roster: as it was published, with what was changed by hand since.
        events: from `scheduler.repairing.events`: `Away`, `Resigns`, `Claims`, `Dropped`, ...
        moment: nothing that began before it changes, UTC.
        frozen_hours: what begins within so many hours changes only if it has lost its doctor.
        limits: how far to look (`scheduler.repairing.repairs.Limits`).
        stop: set it to end early.

    Raises:
        scheduler.reading.faults.PlanError: an event names what is not there, or says nothing.
    """
    from api.repair import repair as _repaired

    return _repaired(
        loaded,
        roster,
        events,
        moment=moment,
        frozen_hours=frozen_hours,
        limits=limits,
        stop=stop,
    )


def frames(loaded: LoadedPlan, roster: Roster, report: Report | None = None) -> Frames:
    """The roster and its judgement as pandas frames.

    Args:
        loaded: the plan.
        roster: any roster of it.
        report: its judgement, made here if not given.
    """
    from scheduler.writing.frames import (
        assignments_frame,
        burdens_frame,
        cases_frame,
        rules_frame,
    )

    timetable = Timetable(loaded.problem, roster)
    report = report or check(loaded, roster)
    return Frames(
        assignments_frame(timetable),
        burdens_frame(timetable),
        rules_frame(report),
        cases_frame(report),
    )


def close_period(
    loaded: LoadedPlan,
    worked: Roster,
    book: Book,
    *,
    booked_on: date,
    refused: Mapping[str, int] | None = None,
) -> Closing:
    """Post a period into the ledger as it was worked.

    Args:
        loaded: the plan of the period.
        worked: the roster as it was worked: swaps and sickness are in it.
        book: the ledger so far; `Book()` for a new one.
        booked_on: the day of the entry.
        refused: what each doctor was refused, in hundredths of a wish; read off the roster with
            the plan's own weighing of wishes if not given.

    Returns:
        The book with one entry more (two if it was empty) and remarks in bokmål.

    Raises:
        scheduler.ledger.entry.LedgerError: the period is closed already, overlaps one that is,
            or lies before it.
    """
    from api import ledger

    return ledger.close_period(loaded, worked, book, booked_on=booked_on, refused=refused)


def open_accounts(plan: Plan, book: Book) -> Plan:
    """The plan with the ledger's balances as its opening balances.

    A doctor who is not in the book keeps what the plan says, which for one who joins is nothing.

    Args:
        plan: a plan as it is written.
        book: the ledger with all earlier periods closed.
    """
    from api import ledger

    return ledger.open_accounts(plan, book)
