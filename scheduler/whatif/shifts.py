"""Changes of what is to be covered: patterns, and one night for several stations."""

from datetime import time
from typing import Any

from scheduler.reading.parts.duties import Pattern
from scheduler.reading.plan import Plan
from scheduler.whatif.changes import CommonNight, OtherPattern, PatternAdded, PatternRemoved
from scheduler.whatif.references import without
from scheduler.whatif.refusal import RefusalError, found, unused

_DAY = 24 * 60


def other_pattern(plan: Plan, change: OtherPattern) -> Plan:
    """One pattern with what is given put in."""
    own = found(plan, "patterns", change.pattern, "pattern")
    given = change.given
    if not given:
        raise RefusalError(
            "pattern",
            own.id,
            "Endringen sier ikke hva som skal endres ved vakttypen.",
            "Oppgi for eksempel start, end, presence eller needed.",
        )
    if "place" in given:
        found(plan, "places", given["place"], "place")
    return _replaced(_with_past_times(plan, own), own.model_copy(update=given))


def added(plan: Plan, change: PatternAdded) -> Plan:
    """A pattern more."""
    unused(plan, "patterns", change.pattern.id, "pattern")
    unused(plan, "municipal_duties", change.pattern.id, "pattern")
    found(plan, "places", change.pattern.place, "pattern")
    return plan.model_copy(update={"patterns": (*plan.patterns, change.pattern)})


def removed(plan: Plan, change: PatternRemoved) -> Plan:
    """A pattern less.

    Its past duties go too: a plan can only remember duties of patterns that it has.
    """
    own = found(plan, "patterns", change.pattern, "pattern")
    return without(plan, {"patterns": {own.id}})


def common_night(plan: Plan, change: CommonNight) -> Plan:
    """The others end when the common night begins, or go away if they lie inside it."""
    night = found(plan, "patterns", change.keep, "keep")
    others = [found(plan, "patterns", own, "others") for own in change.others]
    if night in others:
        raise RefusalError(
            "others",
            night.id,
            "Nattevakten kan ikke kortes til fordel for seg selv.",
            "Ta den ut av listen.",
        )
    for other in others:
        _see_that_days_agree(night, other)
    gone = set()
    for other in others:
        plan = _with_past_times(plan, other)
        left = _left(night, other)
        if left is None:
            gone.add(other.id)
        else:
            plan = _replaced(plan, left)
    plan = _within_reach(plan, night, others) if change.reach_all else plan
    plan = _spoken_of(plan, night, {other.id for other in others}, gone)
    if change.name:
        plan = _replaced(plan, night.model_copy(update={"name": change.name}))
    return without(plan, {"patterns": gone})


def _see_that_days_agree(night: Pattern, other: Pattern) -> None:
    same_kind = (night.red_days, night.eves) == (other.red_days, other.eves)
    every_day = len(night.weekdays) == 7
    if not set(other.weekdays) <= set(night.weekdays) or not (same_kind or every_day):
        raise RefusalError(
            "others",
            other.id,
            f"Vakten begynner på dager der «{night.id}» ikke går.",
            "La den felles nattevakten gå alle dager vakten går, også på røde dager og aftener.",
        )


def _left(night: Pattern, other: Pattern) -> Pattern | None:
    """What is left of a shift when the night takes its part; None if nothing is."""
    begins, ends = _span(night)
    first, last = _span(other)
    if first >= begins and last <= ends:
        return None
    if last <= begins or first >= ends:
        raise RefusalError(
            "others",
            other.id,
            f"Vakten har ingen timer felles med «{night.id}».",
            "Ta den ut av listen.",
        )
    if first < begins and last > ends:
        raise RefusalError(
            "others",
            other.id,
            "Vakten begynner før natten og slutter etter den, og ville blitt delt i to.",
            "Del vakttypen i to med «pattern» og «pattern_added» først.",
        )
    if first < begins:
        return other.model_copy(
            update={"end": night.start, "ends_after_days": None, "burden": _part(night, other)}
        )
    return other.model_copy(
        update={"start": night.end, "ends_after_days": None, "burden": _part(night, other)}
    )


def _part(night: Pattern, other: Pattern) -> Any:
    """Agreed points for the whole shift follow the hours that are left."""
    if other.burden is None:
        return None
    first, last = _span(other)
    begins, ends = _span(night)
    left = (begins - first) if first < begins else (last - ends)
    return round(other.burden * left / (last - first), 2)


def _span(pattern: Pattern) -> tuple[int, int]:
    """Minutes from the midnight before the shift to its start and its end, by the clock."""
    first = _minute(pattern.start)
    days = pattern.ends_after_days
    if days is None:
        days = int(pattern.end <= pattern.start)
    return first, _minute(pattern.end) + days * _DAY


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _within_reach(plan: Plan, night: Pattern, others: list[Pattern]) -> Plan:
    """Whoever could have one of the other shifts can get to the common night."""
    places = {other.place for other in others}
    doctors = tuple(
        own.model_copy(update={"reach": (*own.reach, night.place)})
        if own.reach and night.place not in own.reach and places & set(own.reach)
        else own
        for own in plan.doctors
    )
    return plan.model_copy(update={"doctors": doctors})


def _spoken_of(plan: Plan, night: Pattern, others: set[str], gone: set[str]) -> Plan:
    """Wishes, limits, backups and past duties speak of the common night as well or instead."""
    wishes = tuple(
        own.model_copy(update={"patterns": _with(own.patterns, night.id, others)})
        for own in plan.wishes
    )
    doctors = tuple(
        own.model_copy(
            update={
                "limits": own.limits.model_copy(
                    update={"not_patterns": _with(own.limits.not_patterns, night.id, gone)}
                )
            }
        )
        for own in plan.doctors
    )
    patterns = tuple(
        own.model_copy(update={"backs_up": _with(own.backs_up, night.id, gone)})
        if own.id != night.id
        else own
        for own in plan.patterns
    )
    tail = tuple(
        own.model_copy(update={"pattern": night.id}) if own.pattern in gone else own
        for own in plan.tail
    )
    return plan.model_copy(
        update={"wishes": wishes, "doctors": doctors, "patterns": patterns, "tail": tail}
    )


def _with(ids: tuple[str, ...], more: str, where: set[str]) -> tuple[str, ...]:
    return (*ids, more) if where & set(ids) and more not in ids else ids


def _replaced(plan: Plan, pattern: Pattern) -> Plan:
    return plan.model_copy(
        update={
            "patterns": tuple(pattern if own.id == pattern.id else own for own in plan.patterns)
        }
    )


def _with_past_times(plan: Plan, pattern: Pattern) -> Plan:
    """Past duties keep the hours that the pattern had when they were worked."""
    if pattern.ends_after_days is not None:
        return plan
    tail = tuple(
        own.model_copy(update={"start": own.start or pattern.start, "end": own.end or pattern.end})
        if own.pattern == pattern.id
        else own
        for own in plan.tail
    )
    return plan.model_copy(update={"tail": tail})
