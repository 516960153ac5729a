"""Hvem som deltar i legevakt: whom the municipality may put on which shifts.

F-2.1, F-33.1 to F-33.3, F-33.5 and P-8. As read here:

- A GP, employed or self-employed, and a locum for one, owes letter a and letter b and may be
  given both; a right to duties does not exist, nor a legal cap on them, so none is checked.
- A hired duty doctor is not bound by § 33 but takes shifts of both letters by contract; the
  contract's days are kept by `agreement_span`.
- A LIS1 takes part in letter a as part of the post. Letter b is the duty of the GP's own
  practice (the GP must arrange the practice for emergencies), so a LIS1 has it only with a
  signed agreement for that kind of shift, or where the municipality opens it for all.
- Daytime duty must be laid down by agreement with each who takes part: where none is recorded
  for the shifts given, that is shown, once for each doctor and kind of shift.

Who may serve alone is for the rules of competence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import ClassVar

from constraints.facts.agreements import is_agreed
from constraints.law import Act, LawRef, Source
from constraints.wording import duty_named, name, source
from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter


@dataclass(frozen=True)
class TakesPart(Rule):
    """A shift goes only to doctors who owe it or have agreed to it."""

    id: ClassVar = "takes_part"
    rulebook: ClassVar = ("F-2.1", "F-33.1", "F-33.2", "F-33.3", "F-33.5", "P-8")
    title: ClassVar = "Hvem som deltar i legevakt"
    title_en: ClassVar = "Who takes part in the duty rota"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "33", section=1),
        LawRef(Act.FF, "33", section=1, letter="b", confidence=Confidence.DERIVED),
        Source("Helsedirektoratets veileder for legevakt og legevaktsentral"),
    )

    lis1_daytime: bool = parameter(False, "LIS1 kan settes på daglegevakt uten egen avtale")

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Daytime duty for a LIS1 without an agreement."""
        if doctor.employment is not Employment.LIS1 or self.lis1_daytime:
            return
        for duty in problem.duties:
            if duty.letter is Letter.DAYTIME and not is_agreed(problem, doctor.id, duty):
                yield self._case(doctor, duty, Outcome.BREACH)

    @property
    def reach(self) -> timedelta:
        """Each duty is judged by itself."""
        # either way: who looks farther finds the same
        return timedelta(0)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Judge each shift the doctor has; collect the daytime shifts without agreement."""
        letters = [duty.letter for duty in timetable.duties_of(doctor.id)]
        if Letter.DAYTIME in letters:
            return self._judged(timetable, doctor)
        shifts = letters.count(Letter.OUT_OF_HOURS)
        return Kept(shifts, partial(self._judged, timetable, doctor))

    def _judged(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        unrecorded: dict[str, list[Duty]] = {}
        bound = doctor.employment is not Employment.LIS1 or self.lis1_daytime
        for duty in timetable.duties_of(doctor.id):
            if not duty.is_shift:
                continue
            lacks = duty.letter is Letter.DAYTIME and not is_agreed(
                timetable.problem, doctor.id, duty
            )
            if lacks and bound:
                unrecorded.setdefault(duty.type.id, []).append(duty)
            breach = lacks and not bound
            yield self._case(doctor, duty, Outcome.BREACH if breach else Outcome.KEPT)
        for duties in unrecorded.values():
            yield self.case(Outcome.NOTICE, doctor.id, tuple([duty.id for duty in duties]))

    def explain(self, problem: Problem, case: Case) -> str:
        """«Ola By er LIS1 og har ikke avtale om daglegevakt, så … kan ikke gis til Ola By (…).»"""
        who = name(problem, case.doctor)
        duty = duty_named(problem, case.duties[0])
        if case.outcome is Outcome.NOTICE:
            kind = problem.duty_by_id[case.duties[0]].type.name
            return (
                f"{who} er satt opp på {kind} uten at det er registrert en avtale om det; slik "
                f"vakt skal være avtalt med hver lege som deltar {source(self.citations[2])}."
            )
        if case.outcome is Outcome.KEPT:
            return f"{who} kan settes opp på {duty} {source(self.citations[0])}."
        return (
            f"{who} er LIS1 og kan ikke settes opp på {duty} uten avtale om daglegevakt "
            f"{source(self.citations[1])}."
        )

    def _case(self, doctor: Doctor, duty: Duty, outcome: Outcome) -> Case:
        return self.case(outcome, doctor.id, (duty.id,), when=duty.interval)
