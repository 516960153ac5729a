"""What can be let go: wishes that bind, agreed limits, pins, and the municipality's own limits.

Rights are none of these and never get a price: who is exempt, away or past the age limit, what
may be ordered, who is competent, rest. Nor do facts: where a doctor can serve, when meetings are.
A rule is the municipality's own limit if it binds and its first source is the municipality's
policy.
"""

from collections.abc import Iterator, Sequence

from constraints.cannot_wish import CannotWish
from constraints.facts.wishes import duties_meant
from constraints.personal_limits import PersonalLimits
from constraints.pins import Pins
from scheduler.domain.problem import Attitude, Problem
from scheduler.prices import Restriction, RestrictionKind
from scheduler.rule import Authority, Confidence, Rule

_OWN = (Authority.MUNICIPALITY, Authority.HEALTH)
_NEVER = frozenset({"absence", "meeting_time", "travel_reach", "need_exemption", "blocks_whole"})
"""Of the municipality's rules those that state a fact or somebody's right to be away."""


def restrictions(problem: Problem, rules: Sequence[Rule]) -> tuple[Restriction, ...]:
    """Everything in a plan that somebody has chosen and could let go, in a fixed order."""
    found: list[Restriction] = []
    for rule in rules:
        if isinstance(rule, CannotWish):
            found += _wishes(problem, rule) if rule.binds else ()
        elif isinstance(rule, PersonalLimits):
            found += _limits(problem, rule)
        elif isinstance(rule, Pins):
            found += _pins(problem, rule)
        elif is_own_limit(rule):
            found.append(Restriction(RestrictionKind.RULE, rule.id, rule.title))
    return tuple(found)


def is_own_limit(rule: Rule) -> bool:
    """Whether the municipality has set the limit itself and could set another."""
    return (
        rule.binds
        and rule.authority in _OWN
        and rule.id not in _NEVER
        and rule.citations[0].confidence is Confidence.POLICY
    )


def _wishes(problem: Problem, rule: CannotWish) -> Iterator[Restriction]:
    for wish in problem.wishes:
        if wish.attitude is Attitude.CANNOT:
            yield Restriction(
                RestrictionKind.WISH,
                rule.id,
                rule.title,
                doctor=wish.doctor,
                when=wish.interval,
                stops=frozenset((wish.doctor, duty.unit) for duty in duties_meant(problem, wish)),
            )


def _limits(problem: Problem, rule: PersonalLimits) -> Iterator[Restriction]:
    for doctor in problem.doctors:
        yield Restriction(
            RestrictionKind.LIMIT,
            rule.id,
            rule.title,
            doctor=doctor.id,
            stops=frozenset(
                (doctor.id, problem.duty_by_id[duty].unit)
                for case in rule.stops(problem, doctor)
                for duty in case.duties
            ),
        )


def _pins(problem: Problem, rule: Pins) -> Iterator[Restriction]:
    for pin in problem.pins:
        yield Restriction(
            RestrictionKind.PIN,
            rule.id,
            rule.title,
            doctor=pin.doctor,
            duty=pin.duty,
            works=pin.works,
        )
