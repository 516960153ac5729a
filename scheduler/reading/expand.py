"""Patterns and sessions to the duties of the period, each with an id that stays the same.

A shift is «natt/2027-03-28», a session «sykehjem/2027-03-02/12:00».
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from math import ceil

from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.time import MINUTE, Interval, days_between, moment, weeks_between
from scheduler.reading.blocks import block_name
from scheduler.reading.changed import Kinds, with_changes
from scheduler.reading.faults import Path
from scheduler.reading.findings import Findings, no
from scheduler.reading.parts.duties import Pattern, Session
from scheduler.reading.plan import Plan
from scheduler.reading.recurrence import applies, clock_span, session_days, shift_interval

MOST_DUTIES = 50_000


def duty_id(kind: str, day: date, start: time | None = None) -> str:
    """The id of a shift (without start) or of a session (with)."""
    return f"{kind}/{day}" if start is None else f"{kind}/{day}/{start:%H:%M}"


def duties_of(plan: Plan, kinds: Kinds, findings: Findings) -> tuple[Duty, ...]:
    """Every duty that starts on a day of the period, in order of time.

    Too many, overlapping blocks, and sessions that cannot be placed go into `findings`.
    """
    found: dict[str, Duty] = {}
    sources: dict[str, Path] = {}
    for path, duty in _all(plan, kinds, findings):
        if len(found) >= MOST_DUTIES:
            findings.fault(
                path,
                None,
                f"Planen gir flere enn {MOST_DUTIES} vakter og økter.",
                "Kort ned perioden, eller slett vakttyper.",
            )
            break
        if duty.id in found:
            _tell_twice(path, duty, sources, findings)
            continue
        found[duty.id] = duty
        sources[duty.id] = path
    changed = list(with_changes(plan, found.values(), kinds, findings))
    _refuse_impossible_blocks(changed, sources, findings)
    return tuple(sorted(_without_lone_blocks(changed), key=lambda d: (d.start, d.end, d.id)))


def _all(plan: Plan, kinds: Kinds, findings: Findings) -> Iterator[tuple[Path, Duty]]:
    for number, pattern in enumerate(plan.patterns):
        path: Path = ("patterns", number)
        kind = kinds.get(pattern.id)
        if isinstance(kind, ShiftPattern):
            yield from ((path, duty) for duty in _shifts(plan, pattern, kind, path, findings))
    for number, session in enumerate(plan.sessions):
        path = ("sessions", number)
        work = kinds.get(session.duty)
        if isinstance(work, MunicipalDuty) and session.start < session.end:
            if session.hours_per_week is None:
                days = session_days(plan, session, plan.first_day, plan.last_day)
                yield from ((path, _session(session, work, day)) for day in days)
            else:
                yield from ((path, d) for d in _to_place(plan, session, work, path, findings))


def _shifts(
    plan: Plan, pattern: Pattern, kind: ShiftPattern, path: Path, findings: Findings
) -> Iterator[Duty]:
    group = pattern.block_group or pattern.id
    change_day = pattern.week_starts_on.number
    some = False
    for day in days_between(plan.first_day, plan.last_day):
        if not applies(pattern, day):
            continue
        interval = shift_interval(pattern, day)
        if interval is None:
            if not _has_no_length(pattern):
                findings.remark(
                    path, f"Vakten {no(day)} faller bort fordi klokken stilles fram den natten."
                )
            continue
        some = True
        block = block_name(pattern.block, interval, change_day)
        together = block_name(pattern.keep_together, interval, change_day)
        yield Duty(
            duty_id(pattern.id, day),
            kind,
            interval,
            pattern.needed,
            block=f"{group}/{block}" if block else None,
            together=f"{group}/{together}" if together else None,
        )
    if not some and not _has_no_length(pattern):
        findings.remark(path, f"Vakttypen «{pattern.name}» gir ingen vakter i perioden.")


def _has_no_length(pattern: Pattern) -> bool:
    """Whether the pattern ends before it has begun (told elsewhere)."""
    return pattern.ends_after_days == 0 and pattern.end <= pattern.start


def _session(session: Session, work: MunicipalDuty, day: date) -> Duty:
    interval = clock_span(day, session.start, session.end, 0)
    if interval is None:  # all of it falls in the hour that the spring change skips
        interval = Interval(moment(day, session.start), moment(day, session.start) + MINUTE)
    return Duty(duty_id(work.id, day, session.start), work, interval, session.needed)


def _to_place(
    plan: Plan, session: Session, work: MunicipalDuty, path: Path, findings: Findings
) -> Iterator[Duty]:
    """The hours of each week as a choice between the candidate days.

    A week that the period cuts gets its part of the sessions, by candidate days.
    """
    count, length = pieces(session)
    if not 0 < count <= len(session.weekdays):
        findings.fault(
            (*path, "hours_per_week"),
            float(session.hours_per_week or 0),
            "Timene får ikke plass på de dagene og klokkeslettene som er oppgitt.",
            "Oppgi flere ukedager, lengre tid på dagen eller færre timer.",
        )
        return
    for week in weeks_between(plan.first_day, plan.last_day):
        whole = tuple(session_days(plan, session, week.monday, week.monday + timedelta(days=6)))
        own = [day for day in whole if plan.first_day <= day <= plan.last_day]
        wanted = min(count, len(whole))
        share = (2 * wanted * len(own) + len(whole)) // (2 * len(whole)) if whole else 0
        if share < count and len(own) == len(whole) and whole:
            findings.remark(
                path,
                f"I {week} er det bare plass til {share} av {count} økter fordi dager faller bort.",
            )
        if share == 0:
            continue
        for day in own:
            start = moment(day, session.start)
            yield Duty(
                duty_id(work.id, day, session.start),
                work,
                Interval(start, start + length * MINUTE),
                share * session.needed,
                choice=f"{work.id}/{week.year}-W{week.number:02}/{session.start:%H:%M}"
                f"/{session.weekdays[0]}",
            )


def pieces(session: Session) -> tuple[int, int]:
    """Into how many sessions the hours of a week fall, and how many minutes each takes."""
    total = ceil((session.hours_per_week or 0) * 60)
    start, end = session.start, session.end
    window = (end.hour - start.hour) * 60 + end.minute - start.minute
    if total <= 0 or window <= 0:
        return 0, 0
    count = ceil(total / window)
    return count, ceil(total / count)


def _tell_twice(path: Path, duty: Duty, sources: Mapping[str, Path], findings: Findings) -> None:
    if path[0] != "sessions":
        return  # two patterns of one id: told elsewhere
    findings.fault(
        path,
        None,
        f"Økten {no(duty.day)} finnes allerede ({findings.places.name(sources[duty.id])}).",
        "Slå sammen de to radene, eller rett dager og klokkeslett.",
    )


def _refuse_impossible_blocks(
    duties: Iterable[Duty], sources: Mapping[str, Path], findings: Findings
) -> None:
    """Tell of blocks that no doctor can take: two duties at once, or different numbers."""
    told: set[tuple[Path, Path]] = set()
    for members in _blocks(duties).values():
        for earlier, later in pairwise(members):
            pair = (sources[earlier.id], sources[later.id])
            if pair in told:
                continue
            if earlier.interval.overlaps(later.interval):
                told.add(pair)
                findings.fault(
                    (*pair[1], "block"),
                    later.block,
                    f"«{earlier.type.name}» og «{later.type.name}» tas samlet, men går samtidig "
                    f"{no(later.day)}.",
                    "Rett klokkeslettene, eller gi dem hver sitt navn i «Samles med».",
                )
            elif earlier.needed != later.needed:
                told.add(pair)
                findings.fault(
                    (*pair[1], "needed"),
                    later.needed,
                    f"«{earlier.type.name}» og «{later.type.name}» tas samlet, men trenger ikke "
                    "like mange leger.",
                    "Gi dem samme antall leger, eller hver sitt navn i «Samles med».",
                )


def _blocks(duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = {}
    for duty in sorted(duties, key=lambda d: (d.start, d.end, d.id)):
        if duty.block:
            found.setdefault(duty.block, []).append(duty)
    return found


def _without_lone_blocks(duties: Iterable[Duty]) -> list[Duty]:
    """A duty that is alone in its block is simply a duty."""
    own = list(duties)
    blocks = Counter(duty.block for duty in own)
    together = Counter(duty.together for duty in own)
    return [
        replace(
            duty,
            block=duty.block if blocks[duty.block] > 1 else None,
            together=duty.together if together[duty.together] > 1 else None,
        )
        for duty in own
    ]
