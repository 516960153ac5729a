"""Kan ikke: the times at which a doctor has said that a duty is impossible.

No law gives the word this force; the municipality decides whether it binds (as it does by
default) or only weighs, and then how much. A wish that is to be seen as a whole (`as_block`)
costs once, however many of its duties are given; otherwise each duty has the price (duties
that are given away as one block, once). It weighs the same whoever says it: the weight of a
wish is for the wishes that can be weighed against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.wishes import duties_meant
from constraints.law import POLICY
from constraints.wording import at, duty_named, listed, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class CannotWish(Rule):
    """A doctor has no duty where the doctor has said «kan ikke»."""

    id: ClassVar = "cannot_wish"
    title: ClassVar = "Tider da legen ikke kan"
    title_en: ClassVar = "Times at which the doctor cannot"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)

    strength: str = parameter(
        "hard", "«Kan ikke» er et krav eller et sterkt ønske", choices=("hard", "soft")
    )
    price: int = parameter(5, "Pris når «kan ikke» bare er et ønske", unit="poeng", low=1, high=100)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """The duties of which the wishes speak, where the word binds."""
        if self.strength == "hard":
            for wish in _refusals(problem, doctor):
                for duty in duties_meant(problem, wish):
                    yield self._case(doctor, wish, (duty,), Outcome.BREACH)

    @property
    def binds(self) -> bool:
        """Only where the municipality has made it hard."""
        return self.strength == "hard"

    def encode(self, draft: Draft) -> None:
        """Where the word only weighs: a price on each duty, or once on a wish as a whole."""
        if self.strength == "hard":
            return
        for doctor in draft.problem.doctors:
            for wish in _refusals(draft.problem, doctor):
                meant = {draft.works(doctor.id, duty) for duty in duties_meant(draft.problem, wish)}
                variables = {draft.any_of(meant)} if wish.as_block else meant
                cost = Level.WISHES.scale * self.price
                draft.penalise(Level.WISHES, [(cost, var) for var in variables])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """For each wish: the doctor's duties in its time, or none."""
        hard = self.strength == "hard"
        for wish in _refusals(timetable.problem, doctor):
            given = [
                duty
                for duty in timetable.duties_of(doctor.id)
                if duty.interval.overlap_minutes(wish.interval)
                and (not wish.patterns or duty.type.id in wish.patterns)
            ]
            if not given:
                yield self._case(doctor, wish, (), Outcome.KEPT)
            elif hard or not wish.as_block:
                for duty in given:
                    outcome = Outcome.BREACH if hard else Outcome.EXCEPTION
                    yield self._case(doctor, wish, (duty,), outcome)
            else:
                yield self._case(doctor, wish, tuple(given), Outcome.EXCEPTION)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har sagt «kan ikke» fra … til …, men har … (…).»"""
        who, citation = name(problem, case.doctor), source(self.citations[0])
        time = f"fra {at(case.when.start)} til {at(case.when.end)}" if case.when else ""
        said = f"{who} har meldt «kan ikke» {time}"
        if case.outcome is Outcome.KEPT:
            return f"{said}, og har ingen slik vakt i den tiden {citation}."
        given = listed(duty_named(problem, duty) for duty in case.duties)
        return f"{said}, og det berører {given} {citation}."

    def _case(self, doctor: Doctor, wish: Wish, duties: tuple[Duty, ...], outcome: Outcome) -> Case:
        ids = tuple([duty.id for duty in duties])
        return self.case(outcome, doctor.id, ids, when=wish.interval)


def _refusals(problem: Problem, doctor: Doctor) -> Iterator[Wish]:
    for wish in problem.wishes_of.get(doctor.id, ()):
        if wish.attitude is Attitude.CANNOT:
            yield wish
