"""Why a hole, why no roster, why this doctor: engine, rules and words put together.

`api.library` is the door (`why_hole`, `why_impossible`, `why_assignment`, `why_doctor`).
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from api.explaining_texts import AssignmentText, Explanation, OtherText
from api.explaining_words import Words, costs
from constraints.waivers import leave
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.explaining.conflict import Explainer, Finding
from scheduler.explaining.holders import Candidate, Holders, Resolved
from scheduler.explaining.ways import WaysOut
from scheduler.rule import Rule
from scheduler.writing.phrases import counted, duty_text
from scheduler.writing.wording import number

RESOLVED = 3  # other doctors for whom a whole search is made, where none is named
PROVEN = 8  # others, barred from every exchange, for whom another roster is looked for


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try.

    Attributes:
        seconds: of one proof at most, and of all searches for «why this doctor» together.
        workers: threads of these searches.
    """

    seconds: float = 60.0
    seed: int = 1
    workers: int | None = None
    stop: threading.Event | None = field(default=None, compare=False)


class Why:
    """Answers for one plan; what is slow is built once, when it is first needed."""

    def __init__(
        self, problem: Problem, rules: Sequence[Rule], effort: Effort | None = None
    ) -> None:
        """Nothing is built before it is asked for."""
        self.problem = problem
        self.rules = tuple(rules)
        self.effort = effort or Effort()
        self.words = Words(problem, rules)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(
            self.problem, self.rules, seconds=self.effort.seconds, stop=self.effort.stop
        )

    @cached_property
    def _ways(self) -> WaysOut:
        return WaysOut(self._explainer, self.rules, leave(self.problem, self.rules))

    def hole(self, roster: Roster, duty: Duty, *, ways: bool = True) -> Explanation:
        """Why a duty lacks a doctor.

        Raises:
            ValueError: it lacks none.
        """
        timetable = Timetable(self.problem, roster)
        answer = self._explainer.hole(timetable, duty)
        found = self._ways.of_hole(timetable, answer.duties) if ways and answer.lawful else ()
        return self.words.hole(answer, found)

    def hand(self, roster: Roster, duty: Duty, doctor: str) -> Explanation:
        """Why a doctor does not have a duty.

        Raises:
            ValueError: the doctor has it.
        """
        timetable = Timetable(self.problem, roster)
        return self.words.hand(self._explainer.hand(timetable, doctor, duty.unit), doctor)

    def holes(self, roster: Roster, *, ways: bool = True) -> tuple[Explanation, ...]:
        """Every hole of a roster, each block once."""
        holes = Timetable(self.problem, roster).holes
        firsts = {duty.unit: duty for duty in reversed(holes)}
        return tuple(
            self.hole(roster, duty, ways=ways) for duty in holes if firsts[duty.unit] is duty
        )

    def impossible(self, *, ways: bool = True) -> Explanation:
        """Why the plan has no roster."""
        answer = self._explainer.impossible()
        found = self._ways.of_plan(answer.conflict) if ways and answer.conflict else ()
        return self.words.impossible(answer, found)

    def assignment(
        self, roster: Roster, duty: Duty, holder: str, doctor: str | None = None
    ) -> AssignmentText:
        """Why a doctor has a duty, and what it would mean to give it to others.

        Args:
            roster: any roster of the plan.
            duty: one that the holder has.
            holder: id.
            doctor: the one other doctor who is asked about; None for all.
        """
        timetable = Timetable(self.problem, roster)
        holders = Holders(timetable, self.rules, self.__dict__.get("_explainer"))
        if doctor is None:
            found = self._everybody(holders, holder, duty)
        else:
            found = (self._closer(holders, holder, doctor, duty, self.effort.seconds),)
        duties = self.problem.units[duty.unit]
        what = self.words.demand(duties)
        head = [f"{self.words.name(holder)} har {what}."]
        if doctor is None:
            head += self._summed_up(found)
        others = tuple(self._other(timetable, duty, own, alone=bool(doctor)) for own in found)
        return AssignmentText(what, tuple(own.id for own in duties), holder, tuple(head), others)

    def _everybody(self, holders: Holders, holder: str, duty: Duty) -> tuple[Candidate, ...]:
        """All others: the best exchanges with a search each, some of the rest with a proof."""
        found = holders.others(holder, duty.unit, most=RESOLVED)
        best = [own.doctor for own in found if own.stop is None][:RESOLVED]
        barred = [own.doctor for own in found if own.stop and not own.stop.closed][:PROVEN]
        seconds = self.effort.seconds / max(1, len(best))
        closer = {who: self._closer(holders, holder, who, duty, seconds) for who in best}
        closer |= {who: self._closer(holders, holder, who, duty, 0) for who in barred}
        told = [closer.get(own.doctor, own) for own in found]
        return tuple(sorted(told, key=lambda own: (own.stop is not None, not own.able)))

    def _closer(
        self, holders: Holders, holder: str, doctor: str, duty: Duty, seconds: float
    ) -> Candidate:
        effort = self.effort
        return holders.one(
            holder,
            doctor,
            duty.unit,
            seconds=seconds,
            seed=effort.seed,
            workers=effort.workers,
            stop=effort.stop,
        )

    def _summed_up(self, found: Sequence[Candidate]) -> Iterator[str]:
        """How many others can have it, and whether that would be better."""
        exchanges = [own for own in found if own.stop is None]
        more = sum(own.able for own in found) - len(exchanges)
        if exchanges:
            who = counted(len(exchanges), "annen lege", "andre leger")
            yield f"{who} kan ta det ved et direkte bytte."
            best = next((own.changes for own in exchanges if own.changes), ())
            if best and best[0].better:
                yield "Det beste byttet gjør planen bedre: det kan gjøres nå."
            else:
                yield "Ingen av byttene gjør planen bedre."
        else:
            yield "Ingen annen kan ta det ved et direkte bytte."
        if more:
            who = counted(more, "lege", "leger")
            yield (
                f"{who} til kan ta det hvis planen legges om."
                if exchanges
                else (f"{who} kan ta det hvis planen legges om.")
            )

    # --- one other doctor ----------------------------------------------------------------

    def _other(self, timetable: Timetable, duty: Duty, own: Candidate, *, alone: bool) -> OtherText:
        name = self.words.name(own.doctor)
        why_not = None
        if alone and own.answer and own.answer.conflict and own.stop:
            why_not = self.words.hand(own.answer, own.doctor)
        return OtherText(
            own.doctor,
            name,
            own.able,
            self._verdict(timetable, duty, own, name),
            costs(own.changes),
            resolved(own.resolved) if own.resolved else (),
            ("bevist" if own.resolved.proven else "anslag") if own.resolved else "",
            why_not,
        )

    def _verdict(self, timetable: Timetable, duty: Duty, own: Candidate, name: str) -> str:
        if own.stop is None:
            given = [d for d in own.move.given(self.problem, own.doctor) if d.unit != duty.unit]
            if given and len(own.move.doctors) > 1:
                swapped = ", ".join(map(duty_text, given))
                return f"{name} kan ta det i bytte mot {swapped}."
            return f"{name} kan ta det uten at andre vakter flyttes."
        sentence = own.stop.sentence(timetable)
        if own.stop.closed:
            return sentence
        if own.able:
            return (
                f"{name} kan ikke ta det ved et direkte bytte, men i en annen plan. I denne ville "
                f"dette gjelde: {sentence}"
            )
        finding = own.answer.finding if own.answer else None
        more = {
            Finding.ALONE: " Ingen annen plan retter på det.",
            Finding.TOGETHER: " I en annen plan går det bare ved at noe annet mister legen sin.",
        }
        return f"Da ville dette gjelde: {sentence}{more.get(finding, '') if finding else ''}"


def resolved(found: Resolved) -> tuple[str, ...]:
    """What a search with the change fixed found, by level."""
    steps = [step for step in found.steps if step.differs]
    worst = [step for step in steps if step.title.endswith("samlet)")]
    steps = [step for step in steps if step not in worst or step is steps[0]]
    if not steps:
        return ("Planen blir like god på alle trinn.",)
    told = [
        f"{step.title}: {number(step.before)} → {number(step.after)} {step.unit}"
        for step in steps[:4]
    ]
    if found.better:
        told.append(
            "Søket med denne endringen fant en bedre plan enn den som står: den var ikke søkt "
            "ferdig."
        )
    return tuple(told)
