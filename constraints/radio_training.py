"""Nødnett: nobody is on duty without training in the emergency radio (AMF § 18, M-07, M-08).

Derived here: the training must be done before a shift begins, so a shift that touches the
days before `radio_from` is closed, whatever its letter and role.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.bars import Bar, BarRule, whole
from constraints.law import Act, LawRef
from constraints.wording import duty_named, name, short_day, source
from scheduler.domain.doctor import Doctor, Span
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Confidence, Outcome, parameter


@dataclass(frozen=True)
class RadioTraining(BarRule):
    """No shift before the doctor is trained in the emergency radio."""

    id: ClassVar = "radio_training"
    rulebook: ClassVar = ("M-07", "M-08")
    title: ClassVar = "Opplæring i nødnett før første vakt"
    title_en: ClassVar = "Emergency radio training before the first shift"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (LawRef(Act.AMF, "18", confidence=Confidence.SECONDARY),)

    required: bool = parameter(True, "Krev opplæring i nødnett av alle på vakt", basis="M-07")

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """All time before the first day with training."""
        trained = doctor.competence.radio_from
        # either way: a bar that ends when the period begins closes nothing
        if self.required and (trained is None or trained > problem.first_day):
            yield Bar(
                whole(Span(last=trained - DAY if trained else None)),
                frozenset({Letter.OUT_OF_HOURS, Letter.DAYTIME}),
                label="uten opplæring i nødnett",
                facts=(("trained", trained.isoformat() if trained else ""),),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har opplæring i nødnett først fra 15.02.2027 og kan ikke ha … (…).»"""
        trained = case.fact("trained")
        known = (
            f"har opplæring i nødnett først fra {short_day(date.fromisoformat(trained))}"
            if trained
            else "er ikke registrert med opplæring i nødnett"
        )
        can = "kan" if case.outcome is Outcome.KEPT else "kan ikke"
        return (
            f"{name(problem, case.doctor)} {known} og {can} ha "
            f"{duty_named(problem, case.duties[0])} {source(self.citations[0])}."
        )
