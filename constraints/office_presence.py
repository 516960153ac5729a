"""Noen på kontoret: an office or a shared list is never emptied by duties (F-16.1, F-16.5).

An office must be able to receive emergencies in its opening hours and arrange cover for
absence. It follows, though it is not written, that all doctors of a small office or shared
list should not be taken out at once. Read so, at each moment at which somebody of a group of
two or more has opening hours: away is who is absent, in a meeting, on a duty elsewhere, or
closed out after a night. Where absences, meetings and the former roster alone leave too few,
no duty is blamed and a human is told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import ClassVar, NamedTuple

from constraints.facts.closures import (
    AwayPart,
    Footprint,
    away_parts,
    closed_after,
    closed_hours,
    duties_with_footprints,
    hours_of,
    takes_from_practice,
    without,
)
from constraints.facts.practice import openings
from constraints.facts.work import closes_practice
from constraints.law import POLICY, Act, LawRef
from constraints.wording import at, from_to, source
from scheduler.domain.calendar import is_rest_day
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, days_between, days_touched, local_day, moment
from scheduler.kept import InParts, Kept
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE

BASE_PRICE = 100
"""Of a day on which duties leave too few at an office; each minute costs one more."""


_Hours = dict[str, tuple[Interval, ...]]
_Piece = tuple[Interval, int, frozenset[str]]
"""How many are to be there (by the opening hours) and who are, where neither changes."""
_Taken = tuple[Duty, str, Interval]
"""A duty, the doctor who has it, and a stretch for which it takes the doctor away."""
_Reached = tuple[tuple[date, Interval, bool], ...]
"""Days, the stretch that touches each, and whether the practice is open in any of it."""


class _Count(NamedTuple):
    """How many doctors had hours left before the duties, and have after them."""

    when: Interval
    had: int
    has: int
    needed: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Doctors who stand in for one another."""

    name: str
    doctors: tuple[Doctor, ...]


@dataclass(frozen=True)
class OfficePresence(Rule):
    """At least `min_present` doctors are left at the office by the duties."""

    id: ClassVar = "office_presence"
    rulebook: ClassVar = ("F-16.1", "F-16.3", "F-16.4", "F-16.5", "F-20")
    title: ClassVar = "Lege til stede på kontoret"
    title_en: ClassVar = "A doctor present at the office"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        LawRef(Act.FF, "16", section=1, confidence=Confidence.DERIVED),
        LawRef(Act.FF, "16", section=2, letter="e"),
        POLICY,
    )

    min_present: int = parameter(
        1, "Leger som minst er igjen på kontoret", unit="leger", low=1, high=5, basis="F-16.5"
    )
    strictness: str = parameter(
        "soft", "Ønske eller krav", choices=("soft", "hard"), basis="F-16.5"
    )

    @property
    def binds(self) -> bool:
        """Only where the municipality has made it hard."""
        return self.strictness == "hard"

    def encode(self, draft: Draft) -> None:
        """For each stretch of an office's day in which all could be away: not all are."""
        problem = draft.problem
        parts = away_parts(problem)
        for group in _groups(problem):
            away = {
                doctor.id: self._could_be_away(draft, doctor, parts) for doctor in group.doctors
            }
            for day in _days(problem):
                hours = {doctor.id: openings(doctor, day) for doctor in group.doctors}
                today = {who: own.get(day, []) for who, own in away.items()}
                found = self._stretches(hours, today)
                empty = []
                for (sets, limit), (minutes, duties) in found.items():
                    gone = [(1, draft.any_of(own)) for own in sets]
                    if self.strictness == "hard":
                        draft.linear(gone, high=limit, duties=duties.values())
                        continue
                    lacking = draft.at_least(gone, limit + 1)
                    draft.penalise(Level.HEALTH, [(minutes, lacking)])
                    empty.append(lacking)
                if empty:
                    draft.penalise(Level.HEALTH, [(BASE_PRICE, draft.any_of(empty))])

    def check_roster(self, timetable: Timetable) -> Iterable[Case]:
        """Take the absences and then the duties out of the opening hours, and count."""
        problem = timetable.problem
        groups = problem.remembered("offices", lambda: _groups(problem))
        return InParts(part for group in groups for part in self._of_group(timetable, group))

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the offices of these doctors, on the days of what has changed hands."""
        problem = timetable.problem
        closed = closed_hours(problem.settings)
        changed = [problem.duty_by_id[own] for own in duties if own in problem.duty_by_id]
        days = {
            day
            for duty in changed
            for day in (*days_touched(duty.interval), *days_touched(closed_after(duty, closed)))
        }
        for group in problem.remembered("offices", lambda: _groups(problem)):
            if not doctors.isdisjoint(doctor.id for doctor in group.doctors):
                for part in self._emptied(timetable, group, days):
                    if not isinstance(part, Kept):
                        yield from part

    def _of_group(self, timetable: Timetable, group: _Group) -> Iterator[Iterable[Case]]:
        """What was lacking before any duty, told, and then what the duties empty."""
        problem = timetable.problem
        key = ("too few already", self.min_present, *(doctor.id for doctor in group.doctors))
        yield problem.remembered(key, lambda: tuple(self._notices(problem, group)))
        yield from self._emptied(timetable, group, self._days(problem, group).open)

    def _notices(self, problem: Problem, group: _Group) -> Iterator[Case]:
        run: list[Interval] = []
        days = self._days(problem, group)
        for day in days.open:
            some = day not in days.away or days.surely_left(day, ()) >= self.min_present
            lacking = [] if some else days.given(day).lacking(self.min_present)
            if run and not lacking:
                yield self._notice(group, run)
                run = []
            run += lacking
        if run:
            yield self._notice(group, run)

    def _days(self, problem: Problem, group: _Group) -> "_Days":
        return problem.remembered(
            (self.id, *(d.id for d in group.doctors)), lambda: _Days(problem, group)
        )

    def _emptied(
        self, timetable: Timetable, group: _Group, among: Set[date]
    ) -> Iterator[Iterable[Case]]:
        """Judge the duties of the doctors, on these days, a part for each day that is judged."""
        problem = timetable.problem
        days = self._days(problem, group)
        taken: dict[date, list[_Taken]] = {}
        reached: dict[date, set[str]] = {}  # whose opening hours something takes from
        if not among:
            return
        closed = closed_hours(problem.settings)
        begin, end = moment(min(among)) - timedelta(hours=closed), moment(max(among) + DAY)
        among = among & days.open
        for doctor in group.doctors:
            who = doctor.id
            for duty, own in duties_with_footprints(timetable, doctor, closed):
                if duty.end < begin or duty.start >= end:
                    continue
                for day, stretch, is_open in days.reached_by(duty, own, doctor):
                    if day in among:
                        taken.setdefault(day, []).append((duty, who, stretch))
                        if is_open:
                            reached.setdefault(day, set()).add(who)
        for day, gone in sorted(reached.items(), key=itemgetter(0)):
            judged = partial(self._judged, group, days, day, taken[day])
            left = days.surely_left(day, gone)
            # either way: what is judged is judged the same
            if left >= self.min_present and days.has_some(day, gone):
                yield Kept(1, judged, left - self.min_present)
            else:
                yield judged()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Onsdag … kl. 08:00–12:00 er ingen av legene ved Fjell legesenter der …»"""
        when = ""
        if case.when:
            one_day = local_day(case.when.start) == local_day(case.when.end)
            when = from_to(case.when) if one_day else f"{at(case.when.start)} – {at(case.when.end)}"
        present, needed = int(case.measured or 0), int(case.limit or 0)
        left = f"{present} av legene" if present else "ingen av legene"
        if case.outcome is Outcome.NOTICE:
            return (
                f"{when[:1].upper()}{when[1:]} er det for få leger ved {case.fact('group')} "
                f"på grunn av fravær, møter eller forrige plan. Kontoret må ordne fraværsdekning "
                f"{source(self.citations[1])}."
            )
        if case.outcome is Outcome.KEPT:
            return (
                f"{when[:1].upper()}{when[1:]} er {left} ved {case.fact('group')} til stede; "
                f"minst {needed} skal være der {source(self.citations[0])}."
            )
        return (
            f"{when[:1].upper()}{when[1:]} er {left} ved {case.fact('group')} til stede, fordi "
            f"de andre har vakt, kommunale oppgaver eller fri etter natt; minst {needed} skal "
            f"være der {source(self.citations[0])}."
        )

    def _could_be_away(
        self,
        draft: Draft,
        doctor: Doctor,
        parts: Mapping[tuple[str, Interval], tuple[AwayPart, ...]],
    ) -> dict[date, list[tuple[Interval, Var, Duty | None]]]:
        """By day: what takes the doctor from the office, fixed things as TRUE."""
        found: dict[date, list[tuple[Interval, Var, Duty | None]]] = {}
        for interval in _fixed(draft.problem, doctor.id):
            for day in days_touched(interval):
                found.setdefault(day, []).append((interval, TRUE, None))
        for duty, var in draft.work_of(doctor.id):
            for part in parts.get((duty.id, duty.interval), ()):
                if part.closure or takes_from_practice(duty, doctor):
                    found.setdefault(part.day, []).append((part.interval, var, duty))
        return found

    def _stretches(
        self,
        hours: _Hours,
        away: dict[str, list[tuple[Interval, Var, Duty | None]]],
    ) -> dict[tuple[frozenset[frozenset[Var]], int], tuple[int, dict[str, Duty]]]:
        """What could leave too few: (who could be away how, how many may) -> minutes, duties."""
        cuts = {moment for own in hours.values() for o in own for moment in (o.start, o.end)}
        if not cuts:
            return {}
        first, last = min(cuts), max(cuts)
        for own in away.values():
            for interval, _, _ in own:
                moments = (interval.start, interval.end)
                cuts |= {m for m in moments if first < m < last}  # either way: both are cuts
        found: dict[tuple[frozenset[frozenset[Var]], int], tuple[int, dict[str, Duty]]] = {}
        if not any(duty for own in away.values() for _, _, duty in own):
            return {}  # either way: nothing of this roster takes anybody away
        for start, end in pairwise(sorted(cuts)):
            scheduled = [who for who, own in hours.items() if any(o.contains(start) for o in own)]
            needed = min(self.min_present, len(scheduled))
            if not needed:
                continue
            leaving = {
                who: [(var, duty) for i, var, duty in away[who] if i.contains(start)]
                for who in scheduled
            }
            free = [own for own in leaving.values() if all(var != TRUE for var, _ in own)]
            could = [own for own in free if own]
            limit = len(free) - needed
            if limit < 0 or len(could) <= limit:  # either way: at the limit nothing is forbidden
                continue
            key = frozenset(frozenset(var for var, _ in own) for own in could), limit
            minutes, duties = found.get(key, (0, {}))
            duties |= {duty.id: duty for own in could for _, duty in own if duty}
            found[key] = minutes + Interval(start, end).minutes, duties
        return found

    def _judged(
        self, group: _Group, days: "_Days", day: date, taken: list[_Taken]
    ) -> Iterator[Case]:
        """The stretches that the day's duties empty, or one case that they do not."""
        counts = days.given(day).counts(
            [(who, stretch) for _, who, stretch in taken], self.min_present
        )
        outcome = Outcome.BREACH if self.strictness == "hard" else Outcome.EXCEPTION
        fewest: _Count | None = None
        found = False
        for count in _lacking(counts):
            found = True
            blamed = [duty for duty, _, own in taken if own.overlaps(count.when)]
            yield self._case(group, outcome, blamed, count)
        if found:
            return
        for count in counts:
            if count.had >= count.needed and (fewest is None or count.has < fewest.has):
                fewest = count
        if fewest:
            yield self._case(group, Outcome.KEPT, [duty for duty, _, _ in taken], fewest)

    def _case(self, group: _Group, outcome: Outcome, duties: Iterable[Duty], count: _Count) -> Case:
        in_order = sorted({d.id: d for d in duties}.values(), key=lambda d: (d.start, d.end, d.id))
        return self.case(
            outcome,
            duties=tuple([duty.id for duty in in_order]),
            when=count.when,
            measured=count.has,
            limit=count.needed,
            margin=count.has - count.needed,
            unit="leger",
            facts=(("group", group.name),),
        )

    def _notice(self, group: _Group, run: list[Interval]) -> Case:
        """Too few without any duty, from the first such moment to the last."""
        return self.case(
            Outcome.NOTICE,
            when=Interval(run[0].start, run[-1].end),
            facts=(("group", group.name),),
        )


def _groups(problem: Problem) -> tuple[_Group, ...]:
    """Offices and shared lists with two doctors or more; the same doctors only once."""
    places = {place.id: place.name for place in problem.places}
    found: dict[tuple[str, str], list[Doctor]] = {}
    for doctor in problem.doctors:
        if doctor.office:
            found.setdefault(("office", doctor.office), []).append(doctor)
        if doctor.shared_list:
            found.setdefault(("list", doctor.shared_list), []).append(doctor)
    groups: dict[tuple[str, ...], _Group] = {}
    for (kind, key), doctors in sorted(
        found.items(), key=lambda item: (item[0][0] == "list", item)
    ):
        name = places.get(key, key) if kind == "office" else f"fellesliste {key}"
        if len(doctors) > 1:
            groups.setdefault(tuple([d.id for d in doctors]), _Group(name, tuple(doctors)))
    return tuple(groups.values())


def _days(problem: Problem) -> Iterator[date]:
    """The days of the period, and those after it that its duties and closures touch."""
    last_end = max((duty.end for duty in problem.duties), default=problem.period.end)
    last = max(problem.last_day, local_day(last_end) + DAY)  # either way: then nothing is closed
    yield from days_between(problem.first_day, last)


def _fixed(problem: Problem, doctor: str) -> Iterator[Interval]:
    """When the doctor is away whatever the roster."""
    for absence in problem.absences_of.get(doctor, ()):
        yield absence.interval
    for meeting in problem.meetings_of.get(doctor, ()):
        yield meeting.interval


def _away(duty: Duty, doctor: Doctor, closed: int) -> Iterator[Interval]:
    """When a duty keeps the doctor from the practice."""
    if takes_from_practice(duty, doctor):
        yield duty.interval
    if closes_practice(duty):
        yield closed_after(duty, closed)


def _less(hours: _Hours, gone: Iterable[tuple[str, Interval]]) -> _Hours:
    """The hours of each doctor without the stretches in which that doctor is gone."""
    left = dict(hours)
    for who, stretch in gone:
        left[who] = tuple(rest for own in left[who] for rest in without(own, stretch))
    return left


def _joined(gone: Sequence[tuple[str, Interval]]) -> Sequence[tuple[str, Interval]]:
    """The same with what is one stretch for one doctor as one."""
    if len({who for who, _ in gone}) == len(gone):  # as mostly
        return gone
    found: list[tuple[str, Interval]] = []
    for who, own in sorted(gone):
        if found and found[-1][0] == who and own.start <= found[-1][1].end:
            before = found[-1][1]
            found[-1] = who, Interval(before.start, max(before.end, own.end))
        else:
            found.append((who, own))
    return found


class _Given:
    """An office's day before any duty of the period is given.

    Attributes:
        opened: each doctor's opening hours.
        free: the same without absences, meetings and the former roster.
    """

    __slots__ = ("_pieces", "free", "opened")

    def __init__(self, opened: _Hours, free: _Hours) -> None:
        """Remember who has which hours."""
        self.opened, self.free = opened, free
        self._pieces: tuple[_Piece, ...] | None = None

    @property
    def pieces(self) -> tuple[_Piece, ...]:
        """What does not change, in order of time."""
        if self._pieces is None:
            self._pieces = self._cut()
        return self._pieces

    def _cut(self) -> tuple[_Piece, ...]:
        # Many keep the same hours, and then it is one row.
        rows = {id(own): own for own in self.opened.values()}
        if self.free is not self.opened:
            rows |= {id(own): own for own in self.free.values()}
        [row, *others] = rows.values()
        if not others and len(row) == 1:  # either way: nothing changes while it is open
            return ((row[0], len(self.opened), frozenset(self.opened)),)
        cuts = {moment for own in rows.values() for s in own for moment in (s.start, s.end)}
        found = []
        for start, end in pairwise(sorted(cuts)):
            holding = {row for row, own in rows.items() if _holds(own, start)}
            scheduled = len([own for own in self.opened.values() if id(own) in holding])
            if scheduled:
                had = frozenset([who for who, own in self.free.items() if id(own) in holding])
                found.append((Interval(start, end), scheduled, had))
        return tuple(found)

    def lacking(self, at_least: int) -> list[Interval]:
        """The stretches with too few already, neighbours joined."""
        if self.free is self.opened:
            return []  # either way: nobody lacks
        counts = (
            _Count(when, scheduled, len(had), min(at_least, scheduled))
            for when, scheduled, had in self.pieces
        )
        return [count.when for count in _lacking(counts)]

    def counts(self, gone: Sequence[tuple[str, Interval]], at_least: int) -> list[_Count]:
        """How many are left when these are gone; nothing where that takes nobody away."""
        away = [(who, own.start, own.end) for who, own in _joined(gone)]
        found = []
        takes = False
        for when, scheduled, had in self.pieces:
            first, last, needed = when.start, when.end, min(at_least, scheduled)
            taking = [
                (begin, end)
                for who, begin, end in away
                if begin < last and first < end and who in had
            ]
            if not taking:
                found.append(_Count(when, len(had), len(had), needed))
                continue
            takes = True
            inside = sorted({m for own in taking for m in own if first < m < last})
            for start, end in pairwise((first, *inside, last)):
                has = len(had) - sum([begin <= start < until for begin, until in taking])
                part = Interval(start, end) if inside else when
                found.append(_Count(part, len(had), has, needed))
        return found if takes else []


class _Days:
    """An office's days before any duty of the period is given, made when they are asked for.

    Attributes:
        open: the days on which one of the group is open, in order.
        away: who is away on which day, and when.
    """

    def __init__(self, problem: Problem, group: _Group) -> None:
        """Find when the office is open, and who is away."""
        closed = closed_hours(problem.settings)
        self._hours = {doctor.id: _agreed(problem, doctor) for doctor in group.doctors}
        first, *rows = {id(row): row for row in self._hours.values()}.values()
        days = sorted(set(first).union(*rows)) if rows else first
        self._all_alike, self._everybody = not rows, frozenset(self._hours)
        self.open: Set[date] = dict.fromkeys(days).keys()
        self.away: dict[date, list[tuple[str, Interval]]] = {}
        for doctor in group.doctors:
            past = (i for duty in problem.tail_of[doctor.id] for i in _away(duty, doctor, closed))
            for interval in (*_fixed(problem, doctor.id), *past):
                for day in days_touched(interval):
                    self.away.setdefault(day, []).append((doctor.id, interval))
        self._given: dict[date, _Given] = {}
        self._throughout: dict[date, frozenset[str]] = {}
        # Many have the same hours, and many duties the same time.
        self._alike: dict[str, dict[tuple[Footprint, bool], _Reached]] = {
            doctor.id: problem.remembered(("reached", hours_of(problem, doctor).agreement), dict)
            for doctor in group.doctors
        }

    def reached_by(self, duty: Duty, own: Footprint, doctor: Doctor) -> _Reached:
        """The days on which a duty with this footprint keeps the doctor away, open or not."""
        key = own, own.takes(duty, doctor)
        alike = self._alike[doctor.id]
        known = alike.get(key)
        if known is None:
            known = alike[key] = tuple(_reached(own, key[1], self._hours[doctor.id]))
        return known

    def surely_left(self, day: date, gone: Collection[str]) -> int:
        """How many are there whenever anybody is, if these are gone and whoever is away is.

        There may be more; asked so that few days need be made.
        """
        away = [who for who, _ in self.away.get(day, ())]
        return len(self._open_throughout(day).difference(gone, away))

    def has_some(self, day: date, of: Set[str]) -> bool:
        """Whether not all of these are away on the day."""
        return not of <= {who for who, _ in self.away.get(day, ())}

    def _open_throughout(self, day: date) -> frozenset[str]:
        """Who is open whenever anybody of the group is."""
        if self._all_alike:
            return self._everybody
        known = self._throughout.get(day)
        if known is None:
            held = {who: row.get(day, ()) for who, row in self._hours.items()}
            rows = list({id(row): row for row in held.values()}.values())
            widest = {id(row) for row in rows if all(_covers(row, other) for other in rows)}
            known = frozenset([who for who, row in held.items() if id(row) in widest])
            self._throughout[day] = known
        return known

    def given(self, day: date) -> _Given:
        """One of the open days."""
        known = self._given.get(day)
        if known is None:
            opened = {who: row.get(day, ()) for who, row in self._hours.items()}
            gone = self.away.get(day)
            known = self._given[day] = _Given(opened, _less(opened, gone) if gone else opened)
        return known


def _reached(
    own: Footprint, takes: bool, hours: Mapping[date, tuple[Interval, ...]]
) -> Iterator[tuple[date, Interval, bool]]:
    """The days of a duty and of the hours closed after it, and whether they touch these hours."""
    stretches = [(own.interval, own.days)] if takes else []
    if own.closed:
        stretches.append((own.closed, own.closed_days))
    for stretch, days in stretches:
        for day in days:
            yield day, stretch, any(opened.overlaps(stretch) for opened in hours.get(day, ()))


def _covers(row: Sequence[Interval], other: Sequence[Interval]) -> bool:
    """Whether who keeps the hours of the row is open whenever the other is."""
    return row is other or all(any(own.covers(part) for own in row) for part in other)


def _agreed(problem: Problem, doctor: Doctor) -> Mapping[date, tuple[Interval, ...]]:
    """The agreed hours of each day that has any, in order; one table for all who keep the same."""
    hours = hours_of(problem, doctor)
    return problem.remembered(
        ("hours of working days", hours.agreement),
        lambda: {
            day: opened
            for day in problem.remembered("working days", lambda: _working_days(problem))
            if (opened := hours.agreed_on(day))
        },
    )


def _working_days(problem: Problem) -> tuple[date, ...]:
    """The days on which a practice may be open."""
    return tuple(day for day in _days(problem) if not is_rest_day(day))


def _holds(own: Sequence[Interval], moment: datetime) -> bool:
    return True in [stretch.start <= moment < stretch.end for stretch in own]


def _lacking(counts: Iterable[_Count]) -> Iterator[_Count]:
    """The stretches with enough doctors before and too few after, neighbours joined."""
    joined: _Count | None = None
    for count in counts:
        if not count.had >= count.needed > count.has:
            continue
        if joined and joined.when.end == count.when.start:
            when = Interval(joined.when.start, count.when.end)
            joined = min(joined, count, key=lambda c: c.has - c.needed)
            joined = joined._replace(when=when)
        else:
            if joined:
                yield joined
            joined = count
    if joined:
        yield joined
