"""Bemanningsmål per vakttype og dag, med vekt på for få og for mange (own policy).

«Cover requirement» of the rostering literature, for plans in which the number of doctors is
a wish and not a demand: too few and too many are both allowed, at a price. It takes the
place of `cover` in such a plan; what a duty says it needs (`Duty.needed`) is then only the
most that there is room for. Weight 1 for one doctor costs one unit of the level (a weighted
hour on the level of cover, else a point) unless `price` says otherwise. Off until given.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from constraints.facts.rostering import (
    EVERY,
    LEVELS,
    as_day,
    level_named,
    paths,
    price_of,
    stranger_told,
    strangers,
    whole,
)
from constraints.law import POLICY
from constraints.wording import WEEKDAYS, counted, duty_named, on_day, source
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import local_day, whole_days
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


class Target(NamedTuple):
    """How many doctors are wanted, and the weight of one too few and one too many."""

    needed: int
    under: int
    over: int


@dataclass(frozen=True)
class CoverTargets(Rule):
    """As many doctors as wanted on the duties of a pattern that start on a day.

    `needed`, `under`, `over`: pattern, or pattern and day or weekday -> number of doctors,
    weight of one too few and of one too many, ``{"natt": 1, "natt/lørdag": 2,
    "natt/2027-03-05": 3}``; "*" stands for any pattern. The date goes before the weekday,
    the weekday before all days, and the pattern before "*". Only what `needed` names has a
    target; the weights are 1 and 0 unless given.
    """

    id: ClassVar = "cover_targets"
    title: ClassVar = "Bemanningsmål per vakttype og dag"
    title_en: ClassVar = "Cover targets with weights for too few and too many"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    needed: Mapping[str, int | None] = parameter(
        {}, "Ønsket antall leger per vakttype og dag", unit="leger"
    )
    under: Mapping[str, int | None] = parameter({}, "Vekt på én lege for lite", unit="vekt")
    over: Mapping[str, int | None] = parameter({}, "Vekt på én lege for mye", unit="vekt")
    level: str = parameter("cover", "Nivået der bemanningen veier", choices=LEVELS)
    price: int | None = parameter(
        None, "Pris for vekt 1 (minutter, eller hundredels poeng)", low=1, high=1_000_000
    )

    def __post_init__(self) -> None:
        """Refuse all but whole numbers by pattern and day."""
        level_named(self.level)
        whole("price", self.price, low=1)
        for side, values in (("needed", self.needed), ("under", self.under), ("over", self.over)):
            for where, (_, *day), value in paths(side, values, 1, 2):
                if day and day[0] not in WEEKDAYS:
                    as_day(where, day[0])
                whole(where, value)

    def encode(self, draft: Draft) -> None:
        """Price the doctors that lack and those that are too many; never exceed the room."""
        level = level_named(self.level)
        price = price_of(level, self.price)
        for target, duties in self._demands(draft.problem):
            terms = []
            for duty in duties:
                own = [(1, var) for _, var in draft.candidates(duty)]
                draft.linear(own, high=duty.needed, duties=(duty,))
                terms += own
            if terms:
                missing = draft.excess([(-1, var) for _, var in terms], -target.needed)
                draft.penalise(level, [(price * target.under, missing)])
            else:
                draft.penalise(level, (), price * target.under * target.needed)
            surplus = draft.excess(terms, target.needed)
            draft.penalise(level, [(price * target.over, surplus)])

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Count the doctors on each duty and on each pattern and day."""
        problem = timetable.problem
        yield from self._counted(timetable, self._demands(problem))
        yield from strangers(
            self.id,
            problem,
            # either way: what has more parts has been refused above
            patterns=(parts[0] for _, parts, _ in paths("needed", self.needed, 1, 2)),
        )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the patterns and days of which something has changed hands."""
        problem = timetable.problem
        _, demands = problem.remembered(
            (self.id, id(self)), lambda: (self, tuple(self._demands(problem)))
        )
        touched = [own for own in demands if any(duty.id in duties for duty in own[1])]
        yield from self._counted(timetable, touched)

    def _counted(
        self, timetable: Timetable, demands: Iterable[tuple[Target, tuple[Duty, ...]]]
    ) -> Iterator[Case]:
        for target, duties in demands:
            present = 0
            for duty in duties:
                here = len(timetable.doctors_on(duty.id))
                present += here
                if here > duty.needed:
                    yield self._case(Outcome.BREACH, (duty,), here, duty.needed)
            outcome = Outcome.KEPT
            if present < target.needed and target.under:
                outcome = Outcome.HOLE
            elif present > target.needed and target.over:
                outcome = Outcome.EXCEPTION
            yield self._case(outcome, duties, present, target.needed)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Natt fredag 5. mars 2027 har 1 lege, men målet er 2 (…).»"""
        if case.outcome is Outcome.NOTICE or case.when is None:
            return stranger_told(self.title, case)
        present = counted(int(case.measured or 0), "lege", "leger")
        limit = int(case.limit or 0)
        if case.outcome is Outcome.BREACH:
            duty = duty_named(problem, case.duties[0])
            return f"{duty} har {present}, men plass til {limit} {source(self.citations[0])}."
        kind = problem.duty_by_id[case.duties[0]].type.name
        day = on_day(local_day(case.when.start))
        word = "og" if case.outcome is Outcome.KEPT else "men"
        return f"{kind} {day} har {present}, {word} målet er {limit} {source(self.citations[0])}."

    def _demands(self, problem: Problem) -> Iterator[tuple[Target, tuple[Duty, ...]]]:
        """The target of each pattern and day that has one, with the duties it is for."""
        found: dict[tuple[str, date], list[Duty]] = {}
        for duty in problem.duties:
            found.setdefault((duty.type.id, duty.day), []).append(duty)
        for (pattern, day), duties in found.items():
            needed = _for_day(self.needed, pattern, day)
            if needed is not None:
                under, over = _for_day(self.under, pattern, day), _for_day(self.over, pattern, day)
                yield Target(needed, 1 if under is None else under, over or 0), tuple(duties)

    def _case(self, outcome: Outcome, duties: tuple[Duty, ...], present: int, limit: int) -> Case:
        day = duties[0].day
        return self.case(
            outcome,
            duties=tuple([duty.id for duty in duties]),
            when=whole_days(day, day),
            measured=present,
            limit=limit,
            margin=-abs(limit - present),
            unit="leger",
        )


def _for_day(values: Mapping[str, int | None], pattern: str, day: date) -> int | None:
    """The value for a pattern and a day, the most special one first."""
    for kind in (pattern, EVERY):
        for key in (f"{kind}/{day}", f"{kind}/{WEEKDAYS[day.weekday()]}", kind):
            if key in values:
                return values[key]
    return None
