"""Short words for test cases, and `verify`, which holds encoder and checker together."""

import asyncio
import os
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import chain
from typing import Any, TypeVar

import pytest

from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.duty import Duty, Letter, MunicipalDuty, Presence, Role, ShiftPattern
from scheduler.domain.problem import Municipality, PastDuty, Place, Problem
from scheduler.domain.roster import Assignment, Roster, Timetable
from scheduler.domain.time import OSLO, Interval
from scheduler.kept import Kept, parts_of
from scheduler.rule import Case, Outcome, Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import FALSE

T = TypeVar("T")
PATIENCE = int(os.environ.get("RETTVAKT_TEST_PATIENCE", "300"))
"""Seconds until what should have come long ago is taken for lost; nothing is measured by it."""
_A, _SITE, _FIRST = Letter.OUT_OF_HOURS, Presence.ON_SITE, Role.PRIMARY
# An agreed point for each duty, so that sums can be followed by eye; None for the rates.
EVENING = ShiftPattern("kveld", "Kveld", _A, _SITE, _FIRST, "lv", burden=100)
NIGHT = ShiftPattern("natt", "Natt", _A, _SITE, _FIRST, "lv", burden=100)
HOME = ShiftPattern("hjemme", "Hjemmevakt", _A, Presence.HOME, _FIRST, "lv", burden=100)
BACKUP = ShiftPattern(
    "bak",
    "Bakvakt",
    Letter.OUT_OF_HOURS,
    Presence.HOME,
    Role.BACKUP,
    "lv",
    backs_up=frozenset({"kveld", "natt", "hjemme", "dag"}),
    burden=100,
)
DAYTIME = ShiftPattern("dag", "Daglegevakt", Letter.DAYTIME, _SITE, _FIRST, "lv", burden=100)
NURSING_HOME = MunicipalDuty("sykehjem", "Sykehjem", "fjell", "sh")


def few(items: Iterable[Any], quick: int) -> list[Any]:
    """Parameters of a test, of which all but the first `quick` are slow."""
    own = [item if isinstance(item, tuple) else (item,) for item in items]
    return [
        pytest.param(*one, marks=[pytest.mark.slow] * (n >= quick)) for n, one in enumerate(own)
    ]


def in_a_loop(own: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, in a thread of its own: Playwright keeps a loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, own).result()


def utc(text: str) -> datetime:
    """The instant at which Oslo's clocks show «2027-03-27 23:00»."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def span(start: str, end: str) -> Interval:
    """An interval between two Oslo times; the end may be a bare clock of the same day."""
    if len(end) <= 5:
        end = f"{start[:10]} {end}"
    return Interval(utc(start), utc(end))


def duty(start: str, end: str, kind: ShiftPattern | MunicipalDuty = EVENING, **more: Any) -> Duty:
    """A duty between two Oslo times; its id is pattern and start unless `id` is given."""
    more.setdefault("id", f"{kind.id}/{start.replace(' ', 'T')}")
    return Duty(type=kind, interval=span(start, end), **more)


def doctor(name: str = "Kari", **more: Any) -> Doctor:
    """A self-employed GP of the municipality «fjell», born 1980, full time."""
    more.setdefault("employment", Employment.SELF_EMPLOYED)
    more.setdefault("born", date(1980, 6, 1))
    more.setdefault("municipality", "fjell")
    if "practice_share" in more:
        more["practice_share"] = Fraction(more["practice_share"])
    return Doctor(id=name.lower(), name=name, **more)


def problem(
    doctors: Iterable[Doctor],
    duties: Iterable[Duty],
    *,
    first_day: date = date(2027, 1, 1),
    last_day: date = date(2027, 6, 30),
    tail: Iterable[tuple[Doctor, Duty]] = (),
    **more: Any,
) -> Problem:
    """A problem with these doctors and duties in one municipality."""
    own = tuple(sorted(duties, key=lambda d: (d.start, d.end, d.id)))
    more.setdefault("judged_on", date(2026, 11, 21))
    more.setdefault("municipalities", (Municipality("fjell", "Fjell", 5000),))
    more.setdefault("places", (Place("lv", "Legevakta"), Place("sh", "Sykehjemmet")))
    past = tuple(PastDuty(d.id, t) for d, t in tail)
    kinds = {t.type.id: t.type for t in (*own, *(p.duty for p in past))}
    kinds |= {k.id: k for k in more.pop("types", ())}
    return Problem(
        title="Prøve",
        first_day=first_day,
        last_day=last_day,
        doctors=tuple(doctors),
        types=tuple(kinds.values()),
        duties=own,
        tail=past,
        **more,
    )


def roster(problem: Problem, work: Mapping[str, Sequence[Duty]]) -> Timetable:
    """A timetable from doctor id -> duties."""
    pairs = [Assignment(d.id, doctor) for doctor, duties in work.items() for d in duties]
    return Timetable(problem, Roster.of(problem, pairs))


def worked_by(who: Doctor, *duties: Duty, **more: Any) -> Timetable:
    """A one-doctor problem of these duties, all of which the doctor has."""
    return roster(problem([who], duties, **more), {who.id: duties})


def encoder_accepts(rule: Rule, timetable: Timetable) -> bool:
    """Whether the model that holds this rule alone admits exactly this roster."""
    draft = Draft(timetable.problem, [rule])
    for a in timetable.roster.assignments:
        if draft.works(a.doctor, timetable.problem.duty_by_id[a.duty]) == FALSE:
            return False
    chosen = set(draft.decision_indices(timetable.roster.assignments))
    return not any(broken(draft.model, settle(draft.model, chosen)))


def cost(rule: Rule, timetable: Timetable) -> tuple[int, ...]:
    """What the rule's objective steps are worth for this roster."""
    draft = Draft(timetable.problem, [rule])
    chosen = set(draft.decision_indices(timetable.roster.assignments))
    return step_values(draft.model, settle(draft.model, chosen))


def judged(rule: Rule, timetable: Timetable) -> list[Case]:
    """All that the checker finds; what it counts without making must be what it would make."""
    found: list[Case] = []
    for cases in chain.from_iterable(map(parts_of, rule.judgements(timetable))):
        made = list(cases)
        if isinstance(cases, Kept):
            assert len(made) == cases.count, f"{rule.id}: {cases.count} counted, {made} made"
            assert all(case.outcome is Outcome.KEPT for case in made), f"{rule.id}: not kept"
            margins = [case.margin for case in made if case.margin is not None]
            least = min(margins, default=None)
            assert least is None or (cases.least is not None and cases.least <= least), (
                f"{rule.id}: least {cases.least}, margins {margins}"
            )
        found += made
    return found


def verify(rule: Rule, timetable: Timetable) -> list[Case]:
    """The breaches that the checker finds, after proving that the encoder agrees.

    The roster is fixed in a model that holds this rule alone; the encoder must refuse it
    exactly where the checker finds a breach. (Blocks must be whole in the roster.)
    """
    breaches = [c for c in judged(rule, timetable) if c.outcome is Outcome.BREACH]
    for doctor in timetable.problem.doctors:
        stopped = list(rule.stops(timetable.problem, doctor))
        assert all(case.outcome is Outcome.BREACH for case in stopped), f"{rule.id}: no breach"
        closed = {own.id for duties in rule.closed(timetable.problem, doctor) for own in duties}
        assert closed == {case.duties[0] for case in stopped}, (
            f"{rule.id}: closes other duties than it stops"
        )
    accepts = encoder_accepts(rule, timetable)
    assert accepts == (not breaches), (
        f"{rule.id}: the encoder {'accepts' if accepts else 'refuses'} "
        f"what the checker finds to have {len(breaches)} breaches: {breaches}"
    )
    return breaches


def exceptions(rule: Rule, timetable: Timetable) -> list[Case]:
    """The departures from a main rule that the checker finds.

    The encoder must put a price on the roster exactly where there is one.
    """
    found = [c for c in judged(rule, timetable) if c.outcome is Outcome.EXCEPTION]
    priced = any(value > 0 for value in cost(rule, timetable))
    assert priced == bool(found), f"{rule.id}: price {priced}, exceptions {found}"
    return found


def notices(rule: Rule, timetable: Timetable) -> list[Case]:
    """What the checker wants a human to see."""
    return [c for c in judged(rule, timetable) if c.outcome is Outcome.NOTICE]
