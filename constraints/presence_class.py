"""Vaktklasse og tilstedevakt: on-site duty presumes class 3 or 4 (S-06, S-07).

Class 2 on site takes a local agreement; home duty is class 1. The classes decide pay, so a
departure is something for the municipality to look at, never a reason to refuse a roster.
Looks at the patterns that the plan uses, once each. A home duty without a class counts as
class 1; an on-site pattern without one is told, never called «kept».
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import Source
from constraints.wording import source
from scheduler.domain.duty import Presence, ShiftPattern
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Outcome, Rule, parameter

_ON_SITE = frozenset({3, 4})


@dataclass(frozen=True)
class PresenceClass(Rule):
    """Each pattern has a duty class that fits where its doctor waits."""

    id: ClassVar = "presence_class"
    rulebook: ClassVar = ("S-06", "S-07")
    title: ClassVar = "Vaktklasse for tilstedevakt og hjemmevakt"
    title_en: ClassVar = "Duty class of on-site and home duty"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (Source("SFS 2305", "pkt. 8.2 og 8.4"),)
    hard: ClassVar = False
    sfs_only: ClassVar = True

    class_2_on_site: bool = parameter(
        False, "Lokal avtale om tilstedevakt i vaktklasse 2", basis="S-07"
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Look at each pattern used."""
        patterns = {
            duty.type.id: duty.type
            for duty in timetable.problem.duties
            if isinstance(duty.type, ShiftPattern)
        }
        for pattern in patterns.values():
            yield self.case(
                Outcome.KEPT if self._fits(pattern) else Outcome.NOTICE,
                facts=(
                    ("pattern", pattern.name),
                    ("presence", pattern.presence.value),
                    ("class", pattern.duty_class or 0),
                ),
            )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: the plan is judged, whoever works."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kveld er tilstedevakt i vaktklasse 2; det krever lokal avtale (…).»"""
        at_home, duty_class = case.fact("presence") == Presence.HOME, case.fact("class")
        kind = "hjemmevakt" if at_home else "tilstedevakt"
        if case.outcome is Outcome.KEPT:
            judged = f"i vaktklasse {duty_class or 1}, i samsvar med avtalen"
        elif duty_class == 0:
            judged = "uten oppgitt vaktklasse; tilstedevakt forutsetter klasse 3 eller 4"
        elif at_home:
            judged = f"i vaktklasse {duty_class}; hjemmevakt er vaktklasse 1"
        elif duty_class == 1:
            judged = "i vaktklasse 1, som bare gjelder hjemmevakt"
        else:
            judged = f"i vaktklasse {duty_class}, som krever lokal avtale"
        return f"{case.fact('pattern')} er {kind} {judged} {source(self.citations[0])}."

    def _fits(self, pattern: ShiftPattern) -> bool:
        if pattern.presence is Presence.HOME:
            return pattern.duty_class in (None, 1)
        return pattern.duty_class in _ON_SITE or (pattern.duty_class == 2 and self.class_2_on_site)
