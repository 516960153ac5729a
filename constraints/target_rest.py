"""Mål for hvile: eleven hours off before the next work, the own practice included (W-05).

Never hard: `rest_between_work` holds the hard minimum. A shorter pause («quick return») has
a price, for the risk of injury and sick leave that studies tie to it. As derived here:

- What is work, and that a shift later the same day continues the working day, is read as in
  `rest_between_work`. A pause lasts until whatever work comes first.
- The practice's opening ends a pause where the doctor is not absent. After a night on site
  the practice is closed (`practice_after_night`), so only shifts and sessions end that pause.
- Work that touches the next (a pause of no length) is one period and has no pause.
- A short pause before the next duty is priced on the level of health. Before the own practice
  it is priced after fairness (docs/decisions/0008): every evening before an open practice
  has it, and on the level of health those with few open days would get the evenings.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import ClassVar

from constraints.facts.openings import openings_in_order
from constraints.facts.work import (
    REST_HOME_DUTY,
    closes_practice,
    is_work,
    same_working_day,
    working_by,
)
from constraints.law import Act, LawRef, Source
from constraints.wording import at, duty_named, hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, MINUTE, Interval, local_day
from scheduler.rule import (
    Authority,
    Case,
    Confidence,
    Level,
    Outcome,
    Rule,
    parameter,
    price_parameter,
)
from scheduler.solving.draft import Draft, Var
from scheduler.solving.stencil import Stencil


@dataclass(frozen=True, slots=True)
class _Ending:
    """Where pauses may begin: the duties that are alike in all that matters to a pause."""

    end: datetime
    daytime_of: date | None  # daytime work of this day, which work later that day continues
    closes: bool
    past: bool


@dataclass(frozen=True, slots=True)
class _Practice:
    """When a practice opens and closes, in order of time."""

    opens: list[datetime]
    closes: list[datetime]


@dataclass(frozen=True)
class TargetRest(Rule):
    """A pause of less than `target_rest` hours before the next work has a price."""

    id: ClassVar = "target_rest"
    rulebook: ClassVar = ("W-05", "S-04", "W-07")
    title: ClassVar = "Mål for hvile før neste arbeid"
    title_en: ClassVar = "Target for rest before the next work"
    authority: ClassVar = Authority.HEALTH
    citations: ClassVar = (
        Source(
            "kommunens mål for hvile, etter mønster av arbeidsmiljøloven § 10-8",
            confidence=Confidence.POLICY,
        ),
        LawRef(Act.AML, "10-8", section=1, confidence=Confidence.SECONDARY),
        Source("Scandinavian Journal of Work, Environment & Health", "3770"),
    )
    hard: ClassVar = False

    target_rest: int = parameter(
        11, "Ønsket hvile før neste arbeid", unit="h", low=8, high=16, basis="W-05"
    )
    rest_counts_home_duty: str = parameter(
        "class 1",
        "Hjemmevakt som regnes som hvile (vaktklasse)",
        choices=REST_HOME_DUTY,
        basis="W-07, S-04",
    )
    price: int = price_parameter(100, "Pris for en pause som er for kort")
    price_per_hour: int = price_parameter(20, "Pris i tillegg for hver time som mangler")

    def encode(self, draft: Draft) -> None:
        """Price an end of work and the next start where nothing lies between them."""
        for own in draft.stencils():
            work = [w for w in own.work if self._is_work(w[0])]
            if not work:
                continue
            practices = [self._practice(draft.problem, doctor) for doctor in own.doctors]
            longest = max(duty.interval.end - duty.start for duty, _ in work)
            begins = [duty.start for duty, _ in work]
            endings: dict[_Ending, set[Var]] = {}
            for duty, var in work:
                endings.setdefault(_ending(duty, own.is_past(var)), set()).add(var)
            for ending, variables in endings.items():
                near = [
                    w
                    for w in work[
                        bisect_left(begins, ending.end - longest) : bisect_left(
                            begins, ending.end + self._target
                        )
                    ]
                    if w[0].end > ending.end
                ]
                self._encode_pauses(own, ending, own.any_of(variables), near, practices)

    def _encode_pauses(
        self,
        stencil: Stencil,
        ending: _Ending,
        ends: Var,
        near: Sequence[tuple[Duty, Var]],
        practices: Sequence[_Practice],
    ) -> None:
        """Price each way in which a pause that begins here may be too short.

        Args:
            stencil: where it is posted.
            ending: what the pause comes after; `ends` says whether one of these is worked.
            ends: the variable.
            near: work that runs after the pause begins and starts before it is long enough.
            practices: of the doctors, in their order.
        """
        opens: dict[datetime | None, list[int]] = {None: list(range(len(practices)))}
        if not ending.closes:
            opens = _opening_within(practices, ending.end, self._target)
        starts: dict[tuple[datetime, bool], set[Var]] = {}
        for duty, var in near:
            if duty.start > ending.end:
                starts.setdefault((duty.start, stencil.is_past(var)), set()).add(var)
        for (start, past), variables in starts.items():
            if ending.daytime_of == local_day(start) or (past and ending.past):
                continue
            concerned = [
                place
                for first, places in opens.items()
                if first is None or start <= first
                for place in places
            ]
            terms = [(1, ends), (1, stencil.any_of(variables))]
            # either way: any weight of work in between lifts the price
            terms += [(-1, var) for duty, var in near if duty.start < start]
            with stencil.only(sorted(concerned)):
                price = self._price(start - ending.end)
                stencil.penalise(Level.HEALTH, [(price, stencil.excess(terms, 1))])
        for first, places in opens.items():
            if first is None or ending.past or ending.daytime_of == local_day(first):
                continue
            # either way: as above
            between = [(-1, var) for duty, var in near if duty.start <= first]
            with stencil.only(places):
                price = self._price(first - ending.end)
                stencil.penalise(Level.WISHES, [(price, stencil.excess([(1, ends), *between], 0))])

    @property
    def reach(self) -> timedelta:
        """A pause that is too short, with a day for the daytime work that it follows."""
        return self._target + timedelta(days=1)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Walk the doctor's work in order of time and measure every pause."""
        own = timetable.ids_of(doctor.id)
        problem = timetable.problem
        opening = self._openings(problem, doctor)
        work = working_by(timetable, doctor, self.rest_counts_home_duty)
        until: datetime | None = None
        last: list[Duty] = []
        for number, duty in enumerate(work):
            if until is not None and duty.start > until:
                following = [duty]
                for other in islice(work, number + 1, None):
                    if other.start != duty.start:
                        break
                    following.append(other)
                yield from self._pauses(doctor, own, opening, last, following)
            if until is None or duty.end > until:
                until, last = duty.end, []
            if duty.end == until:
                last.append(duty)
        yield from self._pauses(doctor, own, opening, last, [])

    def _pauses(
        self,
        doctor: Doctor,
        own: frozenset[str],
        opening: Sequence[Interval],
        last: Sequence[Duty],
        following: Sequence[Duty],
    ) -> Iterator[Case]:
        """The pause from work that has ended to the work, or the opening, that comes first."""
        for ended in last:
            opens = None if closes_practice(ended) else _opens_after(opening, ended.end)
            if following and (opens is None or following[0].start <= opens):
                for started in following:
                    if same_working_day(ended, started) or not own & {ended.id, started.id}:
                        continue
                    yield self._case(doctor, ended.end, started.start, (ended.id, started.id))
            elif opens is not None and opens > ended.end and ended.id in own:
                if ended.letter is not Letter.OUT_OF_HOURS and ended.day == local_day(opens):
                    continue
                yield self._case(doctor, ended.end, opens, (ended.id,))

    def _case(
        self, doctor: Doctor, ended: datetime, started: datetime, duties: tuple[str, ...]
    ) -> Case:
        rest = (started - ended) / MINUTE / 60
        return self.case(
            Outcome.KEPT if rest >= self.target_rest else Outcome.EXCEPTION,
            doctor.id,
            duties,
            when=Interval(ended, started),
            measured=rest,
            limit=self.target_rest,
            margin=rest - self.target_rest,
            unit="h",
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li får 9 timer hvile mellom … og egen praksis …; målet er 11 timer (…).»"""
        first = duty_named(problem, case.duties[0], case.doctor)
        if len(case.duties) > 1:
            second = duty_named(problem, case.duties[1], case.doctor)
        elif case.when is not None:
            second = f"egen praksis, som åpner {at(case.when.end)}"
        else:
            second = "egen praksis"
        return (
            f"{name(problem, case.doctor)} får {hours((case.measured or 0) * 60)} hvile mellom "
            f"{first} og {second}; målet er {hours((case.limit or 0) * 60)} "
            f"{source(self.citations[0])}."
        )

    @property
    def _target(self) -> timedelta:
        return timedelta(hours=self.target_rest)

    def _price(self, rest: timedelta) -> int:
        """Hundredths of a point for a pause that is too short; at least 1."""
        return max(1, self.price + self.price_per_hour * ((self._target - rest) // MINUTE) // 60)

    def _is_work(self, duty: Duty) -> bool:
        return is_work(duty, self.rest_counts_home_duty)

    def _practice(self, problem: Problem, doctor: Doctor) -> _Practice:
        own = self._openings(problem, doctor)
        return _Practice([opening.start for opening in own], [opening.end for opening in own])

    def _openings(self, problem: Problem, doctor: Doctor) -> Sequence[Interval]:
        """When the practice is open, in order of time, a few days beyond the period."""
        past = [duty.day for duty in problem.tail_of[doctor.id]]
        first = min([problem.first_day, *past])
        # either way: nobody asks about later days
        return openings_in_order(problem, doctor, first, problem.last_day + 7 * DAY)


_END = attrgetter("end")


def _ending(duty: Duty, past: bool) -> _Ending:
    daytime_of = None if duty.letter is Letter.OUT_OF_HOURS else duty.day
    return _Ending(duty.end, daytime_of, closes_practice(duty), past)


def _opens_after(opening: Sequence[Interval], moment: datetime) -> datetime | None:
    """The start of the first opening that ends after the moment."""
    position = bisect_left(opening, moment, key=_END)
    if position < len(opening) and opening[position].end == moment:
        position += 1
    return opening[position].start if position < len(opening) else None


def _opening_within(
    practices: Sequence[_Practice], moment: datetime, target: timedelta
) -> dict[datetime | None, list[int]]:
    """When practices open after the moment, and the places of those who open then.

    Those that are open at the moment are left out; those that do not open until the target has
    passed stand under None.
    """
    found: dict[datetime | None, list[int]] = {}
    for place, own in enumerate(practices):
        position = bisect_right(own.closes, moment)
        first = own.opens[position] if position < len(own.opens) else None
        if first is None or first - moment >= target:
            found.setdefault(None, []).append(place)
        elif first > moment:
            found.setdefault(first, []).append(place)
    return found
