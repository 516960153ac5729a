"""Small random problems whose times and numbers stand at the limits of the rules.

Plain `random.Random`, so a seed gives the same problem everywhere, at once. What is drawn
is what a plan could say: blocks can be worked, a choice is of sessions, the former roster
does not overlap itself. Lengths and pauses are drawn at a limit or a minute beside it.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Absence, AbsenceKind, Doctor, Span
from scheduler.domain.problem import (
    Account,
    Agreement,
    Assignment,
    Attitude,
    Meeting,
    MeetingKind,
    Municipality,
    PastDuty,
    Pin,
    Place,
    Problem,
    Wish,
)
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import MINUTE, Interval
from tests.properties.palette import (
    DAY_WORK,
    KINDS,
    NURSING_HOME,
    RULES,
    SHIFTS,
)
from tests.properties.people import People


@dataclass(frozen=True)
class Case:
    """A problem with the rosters to try on it."""

    problem: Problem
    timetables: tuple[Timetable, ...]


class Drawing(People):
    """One problem in the making."""

    def agreements(self, doctor: Doctor) -> Iterable[Agreement]:
        """Signed work and offers, at times renewed in the middle of a week."""
        for _ in range(self.chance.randint(0, 3)):
            yield Agreement(
                doctor.id,
                self.one((*DAY_WORK, NURSING_HOME)).id,
                self.one((0, 120, 225, 240, 450, 600)),
                self.span() if self.maybe(0.5) else Span(),
                signed=self.maybe(0.6),
            )

    def wishes(self, doctor: Doctor) -> Iterable[Wish]:
        """A few wishes of every sort."""
        for number in range(self.chance.randint(0, 2)):
            yield Wish(
                f"ø-{doctor.id}-{number}",
                doctor.id,
                self.one(tuple(Attitude)),
                self.around_duty(),
                frozenset({self.one(SHIFTS).id}) if self.maybe(0.2) else frozenset(),
                weight=self.one((1, 1, 2, 3)),
                as_block=self.maybe(0.3),
            )

    def assignment(self, doctors: Sequence[Doctor]) -> Assignment:
        """Somebody on some duty."""
        return Assignment(self.one(self.duties).id, self.one(doctors).id)

    def settings(self, doctors: Sequence[Doctor]) -> dict[str, dict[str, Any]]:
        """Some rules with other settings than the default ones, all within their ranges."""
        found: dict[str, dict[str, Any]] = {}
        for rule, choices in RULES.items():
            own = {name: self.one(values) for name, values in choices.items() if self.maybe(0.3)}
            if own:
                found[rule] = own
        applies = self.one(("off", "employed", "all", "all"))
        for rule in ("ordinary_hours", "sunday_off", "total_hours", "overtime"):
            found.setdefault(rule, {})["applies"] = applies
        vocabulary = self._vocabulary(doctors).items()
        return found | {rule: own for rule, own in vocabulary if self.maybe(0.6)}

    def _vocabulary(self, doctors: Sequence[Doctor]) -> dict[str, dict[str, Any]]:
        """Settings for the rules that demand nothing until something is given."""
        who = [*(doctor.id for doctor in doctors), "*"]
        kinds = [*dict.fromkeys(duty.type.id for duty in self.duties), "*"]
        dates = [str(duty.day) for duty in self.duties]
        weekdays = ("mandag", "lørdag", "søndag")

        def by_doctor(*values: int | None) -> dict[str, int | None]:
            return {own: self.one(values) for own in self.some(who, 3)}

        return {
            "one_shift_a_day": {"doctors": {own: self.maybe(0.8) for own in self.some(who, 3)}},
            "forbidden_succession": {
                "successions": {
                    f"{self.one(kinds)}/{self.one(kinds)}": self.maybe(0.8) for _ in range(3)
                }
            },
            "pattern_maximum": {
                "maxima": {
                    f"{self.one(who)}/{self.one(kinds)}": self.one((0, 1, 1, 2, 3))
                    for _ in range(3)
                }
            },
            "total_time": {
                "minimum": by_doctor(None, 0, 480, 960) if self.maybe(0.4) else {},
                "maximum": by_doctor(480, 960, 1440, 2880),
                "window_minimum": by_doctor(0, 240, 480) if self.maybe(0.4) else {},
                "window_maximum": by_doctor(480, 960, 1440),
                "window_weeks": self.one((1, 1, 2, 3)),
            },
            "consecutive_duties": {
                "minimum": by_doctor(1, 2, 2, 3) if self.maybe(0.6) else {},
                "maximum": by_doctor(0, 1, 2, 3),
            },
            "consecutive_days_off": {"minimum": by_doctor(1, 2, 2, 3)},
            "max_weekends": {"maximum": by_doctor(0, 1, 1, 2)},
            "days_off": {
                "days": {f"{self.one(who)}/{self.one(dates)}": self.maybe(0.8) for _ in range(3)},
                "overlap": self.one(("any", "start")),
            },
            "cover_targets": {
                "needed": {
                    self.one((kind, f"{kind}/{self.one(weekdays)}")): self.one((0, 1, 1, 2))
                    for kind in kinds
                },
                "under": {self.one(kinds): self.one((0, 1, 3))},
                "over": {self.one(kinds): self.one((0, 1, 3))},
                "level": self.one(("cover", "health", "wishes")),
                "price": self.one((None, 1, 100)),
            },
            "requests": {
                side: {
                    "/".join(
                        (self.one(who[:-1]), self.one(dates), *self.some(kinds[:-1], 1))
                    ): self.one((1, 2, 5))
                    for _ in range(self.chance.randint(0, 3))
                }
                for side in ("wanted", "unwanted")
            }
            | {"level": self.one(("wishes", "health"))},
        }

    def problem(self) -> Problem:
        """Everything together."""
        duties = self.draw_duties()
        doctors = self.draw_doctors()
        tail = [
            PastDuty(doctor.id, duty)
            for doctor in doctors
            if self.maybe(0.35)
            for duty in self.tail(doctor)
        ]
        pinned = {self.assignment(doctors) for _ in range(self.one((0, 0, 0, 1, 2)))}
        meeting_kinds = tuple(MeetingKind)
        return Problem(
            title="Tilfeldig",
            first_day=self.first,
            last_day=self.last,
            judged_on=self.one((self.first - timedelta(days=30), self.day())),
            municipalities=(
                Municipality("dal", "Dal", 1400, key=Fraction(1, 4)),
                Municipality("fjell", "Fjell", 6000, key=Fraction(3, 4)),
            ),
            places=tuple(Place(own, own) for own in ("k1", "k2", "lv", "lv2", "sh")),
            doctors=doctors,
            types=KINDS,
            duties=duties,
            agreements=tuple(a for d in doctors if self.maybe(0.5) for a in self.agreements(d)),
            meetings=tuple(
                Meeting(doctor.id, self._meeting(), self.one(meeting_kinds))
                for doctor in doctors
                if self.maybe(0.25)
            ),
            exemptions=tuple(e for d in doctors if self.maybe(0.6) for e in self.exemptions(d)),
            absences=tuple(
                Absence(doctor.id, self.around_duty(), self.one(tuple(AbsenceKind)))
                for doctor in doctors
                for _ in range(self.one((0, 0, 1, 2)))
                if self.maybe(0.5)
            ),
            wishes=tuple(w for d in doctors if self.maybe(0.6) for w in self.wishes(d)),
            pins=tuple(Pin(own.doctor, own.duty, self.maybe(0.6)) for own in sorted(pinned)),
            tail=tuple(tail),
            ledger=tuple(self._account(d) for d in doctors if self.maybe(0.4)),
            published=tuple(
                sorted({self.assignment(doctors) for _ in range(self.one((0, 0, 1, 3)))})
            ),
            settings=self.settings(doctors),
        )

    def _meeting(self) -> Interval:
        """A meeting of an hour or two, in the daytime or at the edge of a duty."""
        if self.maybe(0.5):
            start = self.clock(self.day(), "08:00", "12:00", "14:00")
        else:
            duty = self.one(self.duties)
            start = self.one((self.beside(duty.end), self.beside(duty.start) - 90 * MINUTE))
        return Interval(start, start + 90 * MINUTE)

    def _account(self, doctor: Doctor) -> Account:
        return Account(
            doctor.id,
            points=self.one((0, 100, -150)),
            nights=self.one((0, 1, -1)),
            weekends=self.one((0, 1)),
            great_holidays=self.one((0, 1)),
            holidays={
                own: self.last.year - self.one((1, 1, 2, 3, 4))
                for own in self.some(tuple(GreatHoliday), 4)
            },
        )


def draw_problem(seed: int, *, doctors: int = 4, duties: int = 14, days: int = 99) -> Problem:
    """The problem of this seed, with at most so many doctors, duties and days."""
    return Drawing(seed, doctors=doctors, duties=duties, days=days).problem()


def draw_roster(problem: Problem, chance: random.Random, style: str) -> Timetable:
    """A roster in which blocks are whole.

    Args:
        problem: the problem.
        chance: where it is drawn from.
        style: "random", "dense" (one doctor has much of everything), "one" (has all of it),
            or "sparse".
    """
    doctors = [doctor.id for doctor in problem.doctors]
    busy = chance.choice(doctors)
    pairs: list[Assignment] = []
    for duties in problem.units.values():
        needed = duties[0].needed
        if style == "sparse":
            number = needed if chance.random() < 0.35 else 0
        else:
            number = chance.choice((0, needed, needed, needed, needed, needed + 1))
        on_duty = set(chance.sample(doctors, min(number, len(doctors))))
        if style == "one" or (style == "dense" and chance.random() < 0.75):
            on_duty = {busy}
        pairs += [Assignment(duty.id, who) for duty in duties for who in sorted(on_duty)]
    return Timetable(problem, Roster.of(problem, pairs))


STYLES = ("random", "random", "dense", "dense", "one", "sparse", "random", "dense")


@cache
def draw_case(seed: int, rosters: int = 7) -> Case:
    """The problem of this seed and some rosters."""
    problem = draw_problem(seed)
    chance = random.Random(-1 - seed)
    return Case(problem, tuple(draw_roster(problem, chance, s) for s in STYLES[:rosters]))
