"""Ønsker: duties that a doctor would like to have, or would rather not (policy).

A wish for some time is granted by one duty in it, a wish against it only by none; a wish as a
block for several duties is granted by all of them. A wish against several days counts as one
wish a day. «Kan ikke» is not a wish: another rule keeps it.

All doctors weigh alike. A refused wish costs a point, and the weights that a doctor gives
divide the doctor's own points only: emphasis on one wish takes from the others. Whoever has
more wishes than `full_wishes` has them all priced down in proportion, so that many wishes do
not win over few.

What was refused in earlier periods (`Account.refused`, which the ledger lets fade) makes the
doctor's wishes dearer to refuse now, and inside the period each further refusal of the same
doctor is dearer than the one before, so that refusals are spread and taken in turn.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.wishes import FULL_WISHES, parts, receipt, refused_wishes
from constraints.law import POLICY
from constraints.wording import days, duty_named, listed, name
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Attitude, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval, local_day, whole_days
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE, Term, collect

FULL_PRICE = Level.WISHES.scale  # of refusing one wish, in hundredths of a point
MOST_DEARER = 200  # per cent that earlier refusals can add
STEPS = (1, 2, 3)  # so many wishes refused, and each one beyond costs `spread` more


@dataclass(frozen=True)
class Wishes(Rule):
    """As many wishes granted as can be, every doctor's weighing the same."""

    id: ClassVar = "wishes"
    title: ClassVar = "Ønsker om vakt og fri"
    title_en: ClassVar = "Wishes"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    normalise: bool = parameter(True, "Alle legers ønsker veier likt, uansett antall og vekt")
    full_wishes: int = parameter(
        FULL_WISHES, "Ønsker per lege som teller fullt ut", unit="ønsker", low=1, high=100
    )
    memory: int = parameter(
        25,
        "Hvor mye mer ønskene veier for hvert avslag fra tidligere perioder (høyst 200 % i alt)",
        unit="prosent",
        low=0,
        high=MOST_DEARER,
    )
    spread: int = parameter(
        50,
        "Hvor mye mer hvert nytt avslag til samme lege i perioden veier",
        unit="prosent",
        low=0,
        high=200,
    )

    def encode(self, draft: Draft) -> None:
        """A price for each wish that is refused, and more where one doctor has several."""
        for doctor in draft.problem.doctors:
            dearer = 100 + self.dearer(draft.problem, doctor.id)
            several: list[Term] = []
            for wish, price in self.refusal_prices(draft.problem, doctor.id):
                for terms in _refusals(draft, wish):
                    full, extra = price * dearer // 100, price * self.spread // 100
                    draft.penalise(Level.WISHES, [(full * count, var) for count, var in terms])
                    several += [(extra * count, var) for count, var in terms]
            own, settled = collect(several)
            for wishes in STEPS:
                over = wishes * self.spread * FULL_PRICE // 100
                if own:
                    draft.penalise(Level.WISHES, [(1, draft.excess(several, over))])
                else:  # all that is wished for is impossible: the same price, but nothing to search
                    draft.penalise(Level.WISHES, (), max(0, settled - over))

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Read the receipt of each wish; a wish that means nothing is a notice."""
        return self._judged(timetable, timetable.problem.wishes_of.get(doctor.id, ()))

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterator[Case]:
        """Only the wishes that speak of the time of the change."""
        wishes = timetable.problem.wishes_of.get(doctor.id, ())
        near = [wish for wish in wishes if wish.interval.overlaps(changed)]
        return self._judged(timetable, near)

    def _judged(self, timetable: Timetable, wishes: Iterable[Wish]) -> Iterator[Case]:
        for wish in wishes:
            if wish.attitude is Attitude.CANNOT:
                continue
            own = receipt(timetable, wish)
            if not own.meant:
                outcome = Outcome.NOTICE
            else:
                outcome = Outcome.KEPT if own.granted else Outcome.EXCEPTION
            wanted = wish.attitude is Attitude.WANT
            yield self.case(
                outcome,
                wish.doctor,
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

    def refusal_prices(self, problem: Problem, doctor: str) -> Iterator[tuple[Wish, int]]:
        """Each wish of the doctor that means a duty, and what refusing it once costs.

        Hundredths of a point, at least 1, before what `dearer` and `spread` add.
        """
        own = [
            (wish, len(parts(problem, wish)))
            for wish in problem.wishes_of.get(doctor, ())
            if wish.attitude is not Attitude.CANNOT
        ]
        stated = sum(count for _, count in own)
        emphasis = sum(wish.weight * count for wish, count in own)
        points = FULL_PRICE * min(self.full_wishes, stated)
        for wish, count in own:
            if count:
                price = FULL_PRICE * wish.weight
                if self.normalise:
                    price = points * wish.weight // max(1, emphasis)
                yield wish, max(1, price)

    def dearer(self, problem: Problem, doctor: str) -> int:
        """How many per cent more the doctor's wishes weigh, for what was refused before."""
        refused = problem.account_of[doctor].refused
        return min(MOST_DEARER, self.memory * refused // 100)

    def refused(self, timetable: Timetable) -> Mapping[str, int]:
        """Refused wishes of each doctor under these settings, in hundredths, for the ledger."""
        return refused_wishes(timetable, self.full_wishes if self.normalise else None)


def _refusals(draft: Draft, wish: Wish) -> Iterator[list[Term]]:
    """For each part of the wish a sum that is 1 where it is refused, else 0."""
    for duties in parts(draft.problem, wish):
        given = {draft.works(wish.doctor, duty) for duty in duties}
        if wish.attitude is not Attitude.WANT:
            yield [(1, draft.any_of(given))]
        else:
            granted = draft.all_of(given) if wish.as_block else draft.any_of(given)
            yield [(1, TRUE), (-1, granted)]


def _when(interval: Interval | None) -> str:
    """«17.07.2027» or «fra 17.07.2027 til 18.07.2027»: the days that the wish touches."""
    if interval is None:
        return ""
    return days(whole_days(local_day(interval.start), local_day(interval.end - MINUTE)))
