"""A scenario's changes, one after another, to the written plan.

The plan that comes out is a plan like any other: what it means is judged by the same reader
and the same rules as if a person had written it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import singledispatch

from pydantic import BaseModel

from scheduler.reading.faults import Fault, Path, PlanError, shown
from scheduler.reading.places import Places
from scheduler.reading.plan import Plan
from scheduler.whatif import choices, people, period, shifts, towns
from scheduler.whatif.changes import (
    AllClaimExemption,
    Change,
    CommonNight,
    DoctorLeaves,
    DoctorsJoin,
    DoctorsLeave,
    LeftOut,
    MunicipalityJoins,
    MunicipalityLeaves,
    OtherKey,
    OtherPattern,
    OtherPoints,
    OtherSetting,
    OtherYear,
    PatternAdded,
    PatternRemoved,
)
from scheduler.whatif.refusal import RefusalError


@dataclass(frozen=True, slots=True)
class Terms:
    """What some changes mean in the words of the rules; handed in by the doors.

    Attributes:
        exempt_age: the age that gives a right of exemption, in years.
        key: rule and parameter of the key between municipalities.
    """

    exempt_age: int
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Means:
    """What changes may need beside the plan.

    Attributes:
        terms: the rules' words.
        load: the plan in a file that a change names, or PlanError.
    """

    terms: Terms
    load: Callable[[str], Plan]


def apply_all(
    plan: Plan, changes: Iterable[tuple[Path, Change]], means: Means, places: Places
) -> Plan:
    """The plan with all changes made, in order.

    Args:
        plan: the base plan.
        changes: each with its place in the scenario file.
        means: what changes may need.
        places: how to name places in that file.

    Raises:
        PlanError: a change that cannot be made; those after it are not tried.
    """
    for path, change in changes:
        try:
            plan = apply(change, plan, means)
        except RefusalError as refusal:
            where = places.name((*path, refusal.field))
            raise PlanError(
                [Fault(where, shown(refusal.value), refusal.problem, refusal.remedy)]
            ) from refusal
    return plan


@singledispatch
def apply(change: BaseModel, plan: Plan, means: Means) -> Plan:
    """The plan with one change made.

    Raises:
        RefusalError: it cannot be made to this plan.
    """
    raise TypeError(f"change ({type(change).__name__}) must be one of the known kinds")


@apply.register
def _(change: MunicipalityJoins, plan: Plan, means: Means) -> Plan:
    return towns.joins(plan, change, means.load)


@apply.register
def _(change: MunicipalityLeaves, plan: Plan, means: Means) -> Plan:
    return towns.leaves(plan, change)


@apply.register
def _(change: CommonNight, plan: Plan, means: Means) -> Plan:
    return shifts.common_night(plan, change)


@apply.register
def _(change: DoctorsJoin, plan: Plan, means: Means) -> Plan:
    return people.join(plan, change)


@apply.register
def _(change: DoctorLeaves, plan: Plan, means: Means) -> Plan:
    return people.leaves(plan, change)


@apply.register
def _(change: DoctorsLeave, plan: Plan, means: Means) -> Plan:
    return people.leave(plan, change)


@apply.register
def _(change: AllClaimExemption, plan: Plan, means: Means) -> Plan:
    return people.all_claim(plan, change, means.terms.exempt_age)


@apply.register
def _(change: OtherKey, plan: Plan, means: Means) -> Plan:
    return choices.other_key(plan, change, means.terms.key)


@apply.register
def _(change: OtherPoints, plan: Plan, means: Means) -> Plan:
    return choices.other_points(plan, change)


@apply.register
def _(change: OtherPattern, plan: Plan, means: Means) -> Plan:
    return shifts.other_pattern(plan, change)


@apply.register
def _(change: PatternAdded, plan: Plan, means: Means) -> Plan:
    return shifts.added(plan, change)


@apply.register
def _(change: PatternRemoved, plan: Plan, means: Means) -> Plan:
    return shifts.removed(plan, change)


@apply.register
def _(change: OtherYear, plan: Plan, means: Means) -> Plan:
    return period.other_year(plan, change)


@apply.register
def _(change: OtherSetting, plan: Plan, means: Means) -> Plan:
    return choices.other_setting(plan, change)


@apply.register
def _(change: LeftOut, plan: Plan, means: Means) -> Plan:
    return choices.left_out(plan, change)
