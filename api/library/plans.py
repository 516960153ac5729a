"""Plans: read from files, understood, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.wish_remarks import impossible_by_wish
from constraints.catalogue import SettingError, parameters, rule_set_version, rules_for
from constraints.fair_share import FairShare
from constraints.round_the_clock import RoundTheClock, uncovered_by_plan
from constraints.wording import from_to, source
from scheduler.domain.problem import Problem
from scheduler.fairness.keys import Key, key_weights
from scheduler.reading.faults import PlanError
from scheduler.reading.meaning import to_problem
from scheduler.reading.places import Places, TextPlaces
from scheduler.reading.plan import Plan
from scheduler.rule import Rule

if TYPE_CHECKING:
    from scheduler.reading.places import Source


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
    rules = _rules(reading.problem, places or TextPlaces())
    _check_key(reading.problem, rules)
    remarks = [
        *map(str, reading.remarks),
        *_gaps(reading.problem, rules),
        *impossible_by_wish(reading.problem, rules),
    ]
    return LoadedPlan(plan, reading.problem, rules, tuple(remarks))


def _rules(problem: Problem, places: Places) -> tuple[Rule, ...]:
    """The rules with the plan's settings; what a rule refuses is the plan's fault, not ours."""
    try:
        return rules_for(problem)
    except SettingError as error:
        setting = error.where.partition(".")[0]
        raise PlanError.of(
            places.name(("settings", error.rule.id, setting)),
            f"«{error.rule.title}» kan ikke ha denne verdien ({error.where}).",
            "Se i regelboken hva innstillingen kan være, og rett verdien.",
            error.value,
        ) from error


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
