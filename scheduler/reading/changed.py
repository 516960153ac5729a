"""Single duties that differ from what their pattern or session says: dropped, added, moved.

A duty keeps its id whatever happens to it, so rosters, pins and the published roster that name
it can still be read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.time import DAY, Interval, moment
from scheduler.reading.faults import Path, listed
from scheduler.reading.findings import Findings, no
from scheduler.reading.parts.duties import ChangedDuty, Pattern
from scheduler.reading.plan import Plan
from scheduler.reading.recurrence import clock_span, shift_interval

Kinds = Mapping[str, ShiftPattern | MunicipalDuty]


def with_changes(
    plan: Plan, duties: Iterable[Duty], kinds: Kinds, findings: Findings
) -> Iterator[Duty]:
    """The duties after the plan's single changes.

    A change that names no duty, or contradicts another, goes into `findings`.
    """
    found = {duty.id: duty for duty in duties}
    patterns = {pattern.id: pattern for pattern in plan.patterns}
    seen: set[str] = set()
    for number, own in enumerate(plan.changed_duties):
        path: Path = ("changed_duties", number)
        kind = kinds.get(own.pattern)
        if kind is None or not _in_period(plan, own, path, findings):
            continue  # an unknown id is told with the others
        name = _named(own, kind, found, path, findings)
        if name is None:
            continue
        if name in seen:
            findings.fault(path, None, "Vakten er endret to ganger.", "Slå sammen radene.")
            continue
        seen.add(name)
        if own.needed == 0:
            if found.pop(name, None) is None:
                _unknown(own, kind, path, findings)
            continue
        duty = found.get(name) or _new(own, kind, name, patterns, path, findings)
        interval = _interval(own, duty, path, findings) if duty else None
        if duty and interval:
            found[name] = replace(
                duty,
                interval=interval,
                needed=own.needed or duty.needed,
                block=None if own.alone else duty.block,
            )
    yield from found.values()


def _in_period(plan: Plan, own: ChangedDuty, path: Path, findings: Findings) -> bool:
    if plan.first_day <= own.date <= plan.last_day:
        return True
    findings.fault(
        (*path, "date"),
        no(own.date),
        f"Dagen ligger utenfor perioden ({no(plan.first_day)}–{no(plan.last_day)}).",
        "Rett datoen, eller slett raden.",
    )
    return False


def _named(
    own: ChangedDuty,
    kind: ShiftPattern | MunicipalDuty,
    duties: Mapping[str, Duty],
    path: Path,
    findings: Findings,
) -> str | None:
    """The id of the duty that is meant, or None after telling what is wrong."""
    if isinstance(kind, ShiftPattern):
        return f"{own.pattern}/{own.date}"
    if own.session:
        return f"{own.pattern}/{own.date}/{own.session:%H:%M}"
    sessions = [duty for duty in duties if duty.startswith(f"{own.pattern}/{own.date}/")]
    if len(sessions) > 1:
        clocks = listed(duty.rpartition("/")[2] for duty in sorted(sessions))
        findings.fault(
            (*path, "session"),
            None,
            f"«{kind.name}» har flere økter {no(own.date)}.",
            f"Oppgi hvilken økt det gjelder: {clocks}.",
        )
        return None
    if sessions:
        return sessions[0]
    if own.start and own.needed != 0:
        return f"{own.pattern}/{own.date}/{own.start:%H:%M}"
    _unknown(own, kind, path, findings)
    return None


def _unknown(
    own: ChangedDuty, kind: ShiftPattern | MunicipalDuty, path: Path, findings: Findings
) -> None:
    findings.fault(
        (*path, "date"),
        no(own.date),
        f"«{kind.name}» har ingen vakt eller økt som begynner da.",
        "Rett datoen eller vakttypen. Vakter navngis etter dagen de begynner.",
    )


def _new(
    own: ChangedDuty,
    kind: ShiftPattern | MunicipalDuty,
    name: str,
    patterns: Mapping[str, Pattern],
    path: Path,
    findings: Findings,
) -> Duty | None:
    """A duty that the pattern does not have on this day."""
    if isinstance(kind, ShiftPattern):
        pattern = patterns[own.pattern]
        start, end = own.start or pattern.start, own.end or pattern.end
        plain = own.start is None and own.end is None
        interval = shift_interval(pattern, own.date) if plain else None
        interval = interval or clock_span(own.date, start, end)
        needed = own.needed or pattern.needed
    else:
        if own.start is None or own.end is None:
            findings.fault(
                path,
                None,
                f"Det går ikke fram når «{kind.name}» begynner og slutter {no(own.date)}.",
                "Fyll ut begge klokkeslettene.",
            )
            return None
        interval, needed = clock_span(own.date, own.start, own.end, 0), own.needed or 1
    if interval is None:
        _too_short(path, findings)
        return None
    return Duty(name, kind, interval, needed)


def _interval(own: ChangedDuty, duty: Duty, path: Path, findings: Findings) -> Interval | None:
    """When the duty is, with the clock times that are given."""
    if own.start is None and own.end is None:
        return duty.interval
    first = moment(own.date, own.start) if own.start else duty.start
    last = duty.end
    if own.end:
        last = moment(own.date, own.end)
        if last <= first:  # the next time the clock shows it
            last = moment(own.date + DAY, own.end)
    if last <= first:
        _too_short(path, findings)
        return None
    return Interval(first, last)


def _too_short(path: Path, findings: Findings) -> None:
    findings.fault(path, None, "Vakten slutter før den begynner.", "Rett klokkeslettene.")
