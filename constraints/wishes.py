"""Ønsker: duties that a doctor would like to have, or would rather not (policy).

A wish for some time is granted by one duty in it, a wish against it only by none; a wish as a
block for several duties is granted by all of them. A refused wish has its price, a wish
against several duties that are not meant as a block for each one given. «Kan ikke» is not a
wish: another rule keeps it.

All doctors weigh alike: whoever has more wishes than `full_wishes` (weights added) has them
all priced down in proportion, so that many wishes do not win over few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.wishes import duties_meant, receipt
from constraints.law import POLICY
from constraints.wording import days, duty_named, listed, name
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Attitude, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval, local_day, whole_days
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class Wishes(Rule):
    """As many wishes granted as can be, every doctor's weighing the same."""

    id: ClassVar = "wishes"
    title: ClassVar = "Ønsker om vakt og fri"
    title_en: ClassVar = "Wishes"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    normalise: bool = parameter(True, "Leger med mange ønsker skal ikke vinne over dem med få")
    full_wishes: int = parameter(
        4, "Ønsker per lege som teller fullt ut", unit="ønsker", low=1, high=100
    )

    def encode(self, draft: Draft) -> None:
        """A price for each wish that is not granted."""
        for doctor in draft.problem.doctors:
            for wish in draft.problem.wishes_of.get(doctor.id, ()):
                meant = duties_meant(draft.problem, wish)
                if wish.attitude is Attitude.CANNOT or not meant:
                    continue
                price = self.price(draft.problem, wish)
                # A block shares one variable and is one thing that is given.
                given = {draft.works(doctor.id, duty) for duty in meant}
                if wish.attitude is Attitude.WANT:
                    granted = draft.all_of(given) if wish.as_block else draft.any_of(given)
                    draft.penalise(Level.WISHES, [(-price, granted)], price)
                elif wish.as_block:
                    draft.penalise(Level.WISHES, [(price, draft.any_of(given))])
                else:
                    draft.penalise(Level.WISHES, [(price, var) for var in given])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Read the receipt of each wish; a wish that means nothing is a notice."""
        for wish in timetable.problem.wishes_of.get(doctor.id, ()):
            if wish.attitude is Attitude.CANNOT:
                continue
            own = receipt(timetable, wish)
            if not own.meant:
                outcome = Outcome.NOTICE
            else:
                outcome = Outcome.KEPT if own.granted else Outcome.EXCEPTION
            wanted = wish.attitude is Attitude.WANT
            yield Case(
                self.id,
                outcome,
                doctor.id,
                own.meant if wanted else own.given,
                when=wish.interval,
                measured=len(own.given),
                limit=(len(own.meant) if wish.as_block else 1) if wanted else 0,
                unit="vakter",
                facts=(("wish", wish.id), ("attitude", wish.attitude.value)),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari ønsket seg fri 17.07.2027, men har fått Natt lørdag …»"""
        who = name(problem, case.doctor)
        when = _when(case.when)
        wanted = case.fact("attitude") == Attitude.WANT
        if case.outcome is Outcome.NOTICE:
            return f"{who} har et ønske for {when} som ikke gjelder noen vakt i planen."
        if case.outcome is Outcome.KEPT:
            return f"{who} ønsket {'vakt' if wanted else 'fri'} {when} og har fått det."
        if not wanted:
            given = listed(duty_named(problem, duty) for duty in case.duties)
            return f"{who} ønsket fri {when}, men har fått {given}."
        if case.measured:
            return (
                f"{who} ønsket alle {int(case.limit or 0)} vaktene {when}, men har fått "
                f"{int(case.measured)} av dem."
            )
        return f"{who} ønsket vakt {when}, men har ikke fått det."

    def price(self, problem: Problem, wish: Wish) -> int:
        """Hundredths of a point for refusing the wish; at least 1."""
        price = 100 * wish.weight
        if self.normalise:
            own = problem.wishes_of[wish.doctor]
            counted = sum(w.weight for w in own if w.attitude is not Attitude.CANNOT)
            price = price * self.full_wishes // max(self.full_wishes, counted)
        return max(1, price)


def _when(interval: Interval | None) -> str:
    """«17.07.2027» or «fra 17.07.2027 til 18.07.2027»: the days that the wish touches."""
    if interval is None:
        return ""
    return days(whole_days(local_day(interval.start), local_day(interval.end - MINUTE)))
