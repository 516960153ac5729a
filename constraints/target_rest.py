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

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from constraints.facts.load import OpenHours, open_hours
from constraints.facts.work import REST_HOME_DUTY, closes_practice, is_work, same_working_day
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
from scheduler.solving.model import TRUE


@dataclass(frozen=True, slots=True)
class _Ending:
    """Where pauses may begin: the duties that are alike in all that matters to a pause."""

    end: datetime
    daytime_of: date | None  # daytime work of this day, which work later that day continues
    closes: bool
    past: bool


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
        problem = draft.problem
        for doctor in problem.doctors:
            work = [w for w in draft.work_of(doctor.id) if self._is_work(w[0])]
            if not work:
                continue
            opening = self._openings(problem, doctor)
            longest = max(duty.interval.end - duty.start for duty, _ in work)
            begins = [duty.start for duty, _ in work]
            endings: dict[_Ending, set[Var]] = {}
            for duty, var in work:
                endings.setdefault(_ending(duty, var == TRUE), set()).add(var)
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
                self._encode_pauses(draft, ending, draft.any_of(variables), near, opening)

    def _encode_pauses(
        self,
        draft: Draft,
        ending: _Ending,
        ends: Var,
        near: Sequence[tuple[Duty, Var]],
        opening: Sequence[Interval],
    ) -> None:
        """Price each way in which a pause that begins here may be too short.

        Args:
            draft: the draft.
            ending: what the pause comes after; `ends` says whether one of these is worked.
            ends: the variable.
            near: work that runs after the pause begins and starts before it is long enough.
            opening: when the practice is open, in order of time.
        """
        opens = None if ending.closes else _opens_after(opening, ending.end)
        if opens is not None and opens <= ending.end:
            return
        starts: dict[tuple[datetime, bool], set[Var]] = {}
        for duty, var in near:
            if duty.start > ending.end and (opens is None or duty.start <= opens):
                starts.setdefault((duty.start, var == TRUE), set()).add(var)
        for (start, past), variables in starts.items():
            if ending.daytime_of == local_day(start) or (past and ending.past):
                continue
            terms = [(1, ends), (1, draft.any_of(variables))]
            # either way: any weight of work in between lifts the price
            terms += [(-1, var) for duty, var in near if duty.start < start]
            draft.penalise(
                Level.HEALTH, [(self._price(start - ending.end), draft.excess(terms, 1))]
            )
        if opens is None or opens - ending.end >= self._target or ending.past:
            return
        if ending.daytime_of != local_day(opens):
            # either way: as above
            between = [(-1, var) for duty, var in near if duty.start <= opens]
            terms = [(1, ends), *between]
            draft.penalise(
                Level.WISHES, [(self._price(opens - ending.end), draft.excess(terms, 0))]
            )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Walk the doctor's work in order of time and measure every pause."""
        own = {duty.id for duty in timetable.duties_of(doctor.id)}
        problem = timetable.problem
        opening: Sequence[Interval] = problem.remembered(
            (self.id, doctor.id), lambda: self._openings(problem, doctor)
        )
        work = [duty for duty in timetable.work_of(doctor.id) if self._is_work(duty)]
        until: datetime | None = None
        last: list[Duty] = []
        for number, duty in enumerate(work):
            if until is not None and duty.start > until:
                following = [other for other in work[number:] if other.start == duty.start]
                yield from self._pauses(doctor, own, opening, last, following)
            if until is None or duty.end > until:
                until, last = duty.end, []
            if duty.end == until:
                last.append(duty)
        yield from self._pauses(doctor, own, opening, last, [])

    def _pauses(
        self,
        doctor: Doctor,
        own: set[str],
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
        return Case(
            self.id,
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
        first = duty_named(problem, case.duties[0])
        if len(case.duties) > 1:
            second = duty_named(problem, case.duties[1])
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

    def _openings(self, problem: Problem, doctor: Doctor) -> list[Interval]:
        """When the practice is open, in order of time, a few days beyond the period."""
        past = [duty.day for duty in problem.tail_of[doctor.id]]
        first = min([problem.first_day, *past])
        # either way: nobody asks about later days
        found: OpenHours = open_hours(problem, doctor, first, problem.last_day + 7 * DAY)
        return [own for day in sorted(found) for own in found[day]]


def _ending(duty: Duty, past: bool) -> _Ending:
    daytime_of = None if duty.letter is Letter.OUT_OF_HOURS else duty.day
    return _Ending(duty.end, daytime_of, closes_practice(duty), past)


def _opens_after(opening: Sequence[Interval], moment: datetime) -> datetime | None:
    """The start of the first opening that ends after the moment."""
    position = bisect_left(opening, moment, key=lambda own: own.end)
    if position < len(opening) and opening[position].end == moment:
        position += 1
    return opening[position].start if position < len(opening) else None
