"""Bemanning: every duty has the doctors it needs, or is shown as a hole (M-01, M-02).

A municipality's duty to offer legevakt is never given up, but a plan that cannot be filled
must not fail: a hole is allowed at a price before all others, and never hidden.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import Act, LawRef, Source
from constraints.wording import duty_named
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class Cover(Rule):
    """As many doctors on each duty as it needs, and never more."""

    id: ClassVar = "cover"
    rulebook: ClassVar = ("M-01", "M-02", "F-16.2")
    title: ClassVar = "Bemanning av hver vakt og økt"
    title_en: ClassVar = "Cover of every shift and session"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.HOTL, "3-2", confidence=Confidence.SECONDARY),
        Source("Helsedirektoratets veileder for legevakt og legevaktsentral"),
    )

    primary_weight: int = parameter(8, "Vekt på udekket forvakt", low=1, high=100)
    daytime_weight: int = parameter(6, "Vekt på udekket daglegevakt", low=1, high=100)
    backup_weight: int = parameter(3, "Vekt på udekket bakvakt", low=1, high=100)
    municipal_weight: int = parameter(1, "Vekt på udekket kommunal oppgave", low=1, high=100)

    def encode(self, draft: Draft) -> None:
        """At most as many as needed; each minute and doctor that lacks has its price."""
        for duties in _demands(draft.problem).values():
            first = duties[0]
            variables = {var for duty in duties for _, var in draft.candidates(duty)}
            terms = [(1, var) for var in sorted(variables)]
            draft.linear(terms, high=first.needed, duties=duties[:1])
            if not terms:
                draft.penalise(Level.COVER, (), first.needed * self._price(duties))
                continue
            missing = draft.excess([(-1, var) for _, var in terms], -first.needed)
            draft.penalise(Level.COVER, [(self._price(duties), missing)])

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Count the doctors on each duty, or on each choice of duties."""
        seen: set[str] = set()
        for duty in timetable.problem.duties:
            key = duty.choice or duty.id
            if key in seen:
                continue
            seen.add(key)
            group = timetable.choices[duty.choice] if duty.choice else (duty,)
            present = sum(len(timetable.doctors_on(member.id)) for member in group)
            outcome = Outcome.KEPT if present == duty.needed else Outcome.HOLE
            yield Case(
                self.id,
                outcome if present <= duty.needed else Outcome.BREACH,
                duties=(duty.id,),
                when=duty.interval,
                measured=present,
                limit=duty.needed,
                unit="leger",
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """Say which duty lacks how many: «Natt lørdag … mangler 1 lege (0 av 1).»."""
        present, needed = int(case.measured or 0), int(case.limit or 0)
        duty = duty_named(problem, case.duties[0])
        if present > needed:
            return f"{duty} har {present} leger, men trenger {needed}."
        lacking = needed - present
        noun = "lege" if lacking == 1 else "leger"
        return f"{duty} mangler {lacking} {noun} ({present} av {needed})."

    def _price(self, duties: tuple[Duty, ...]) -> int:
        """Weighted minutes lost when one doctor lacks in the block, or in one of a choice."""
        first = duties[0]
        minutes = first.minutes if first.choice else sum(duty.minutes for duty in duties)
        if not first.is_shift:
            weight = self.municipal_weight
        elif first.is_backup:
            weight = self.backup_weight
        elif first.letter.value == "b":
            weight = self.daytime_weight
        else:
            weight = self.primary_weight
        return weight * minutes


def _demands(problem: Problem) -> dict[str, tuple[Duty, ...]]:
    """Duties by what is to be covered together: a choice, a block, or a single duty."""
    found: dict[str, list[Duty]] = {}
    for duty in problem.duties:
        found.setdefault(duty.choice or duty.unit, []).append(duty)
    return {key: tuple(duties) for key, duties in found.items()}
