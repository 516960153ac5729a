"""Bemanning: every duty has the doctors it needs, or is shown as a hole (M-01, M-02).

A municipality's duty to offer legevakt is never given up, but a plan that cannot be filled
must not fail: a hole is allowed at a price before all others, and never hidden. More doctors
than are needed are refused. Of the duties of one choice together as many are worked as the
first of them needs; duties of one block are filled or empty together.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from constraints.law import Act, LawRef, Source
from constraints.wording import duty_named, on_day, source
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.kept import Kept
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
        demands = list(_demands(draft.problem))
        # A block shares its variables.
        crews = draft.crews([own if own[0].choice else own[:1] for own in demands])
        needed = np.array([own[0].needed for own in demands], dtype=np.int64)
        prices = np.array([self._price(own) for own in demands], dtype=np.int64)
        draft.at_most_each(needed, crews, demands)
        nobody = crews.counts == 0
        lost = int((needed * prices)[nobody].sum())
        missing = draft.shortfalls(crews, needed)
        draft.penalise_each(Level.COVER, prices[~nobody], missing[~nobody], lost)

    def check_roster(self, timetable: Timetable) -> Iterable[Case]:
        """Count the doctors on each duty, or on each choice of duties."""
        duties, crews = timetable.problem.duties, timetable.crews
        counted = partial(self._counted, timetable, duties)
        unmet = (len(crews[duty.id]) != duty.needed for duty in duties)
        # either way: what is judged one by one is judged the same
        if timetable.choices or any(unmet):
            return counted()
        return Kept(len(duties), counted)

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the duties that have changed hands."""
        known, choices = timetable.problem.duty_by_id, timetable.choices
        changed = [known[own] for own in sorted(duties & known.keys())]
        firsts = [choices[duty.choice][0] if duty.choice else duty for duty in changed]
        yield from self._counted(timetable, firsts)

    def _counted(self, timetable: Timetable, duties: Iterable[Duty]) -> Iterator[Case]:
        seen: set[str] = set()
        for duty in duties:
            if duty.choice in seen:
                continue
            if duty.choice:
                seen.add(duty.choice)
                ids = tuple([member.id for member in timetable.choices[duty.choice]])
                present = sum([len(timetable.doctors_on(member)) for member in ids])
            else:
                ids = (duty.id,)
                present = len(timetable.doctors_on(duty.id))
            if present > duty.needed:
                outcome = Outcome.BREACH
            else:
                outcome = Outcome.KEPT if present == duty.needed else Outcome.HOLE
            yield self.case(
                outcome,
                duties=ids,
                when=duty.interval,
                measured=present,
                limit=duty.needed,
                unit="leger",
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Natt lørdag … mangler 1 lege: 0 av 1 er satt opp (…).»"""
        present, needed = int(case.measured or 0), int(case.limit or 0)
        first = problem.duty_by_id[case.duties[0]]
        if len(case.duties) == 1:
            what = duty_named(problem, first.id)
        else:
            last = problem.duty_by_id[case.duties[-1]]
            what = (
                f"{first.type.name} på en av dagene fra {on_day(first.day)} til {on_day(last.day)}"
            )
        if present > needed:
            judged = f"har {_doctors(present)}, men trenger bare {needed}"
        elif present < needed:
            judged = f"mangler {_doctors(needed - present)}: {present} av {needed} er satt opp"
        else:
            judged = f"har {_doctors(present)}, som den trenger"
        return f"{what} {judged} {source(self.citations[0])}."

    def _price(self, duties: tuple[Duty, ...]) -> int:
        """Weighted minutes lost when one doctor lacks in the block, or in one of a choice."""
        first = duties[0]
        counted = duties[:1] if first.choice else duties
        return sum(self._weight(duty) * duty.minutes for duty in counted)

    def _weight(self, duty: Duty) -> int:
        if not duty.is_shift:
            return self.municipal_weight
        if duty.is_backup:
            return self.backup_weight
        return self.daytime_weight if duty.letter is Letter.DAYTIME else self.primary_weight


def _demands(problem: Problem) -> Iterator[tuple[Duty, ...]]:
    """What is covered together: a choice, or duties of one block that need equally many."""
    found: dict[tuple[str | int, ...], list[Duty]] = {}
    for duty in problem.duties:
        key = (duty.choice,) if duty.choice else (duty.unit, duty.needed)
        found.setdefault(key, []).append(duty)
    yield from map(tuple, found.values())


def _doctors(count: int) -> str:
    return f"{count} {'lege' if count == 1 else 'leger'}"
