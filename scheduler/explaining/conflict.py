"""Why a hole cannot be filled, and why a plan has no roster at all."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.explaining.elements import Demand, Element, Ground, Kind, demands
from scheduler.rule import Rule
from scheduler.solving.conflict import Conflicts, Core, Group, UnsettledError, Waiver
from scheduler.solving.model import TRUE

RINGS: tuple[int | None, ...] = (2, 8, 30, None)
"""How many days around the duties are looked at, one after the other; None: the whole plan."""


class Finding(StrEnum):
    """What was found out about a hole, or about a plan without a roster."""

    ALONE = "alone"  # no roster whatever fills it
    TOGETHER = "together"  # every roster that fills it leaves something else that is filled now
    POSSIBLE = "possible"  # another roster fills it, and leaves nothing else
    UNSETTLED = "unsettled"  # neither was found out in the time


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set of things that cannot be together: without any one of them they can.

    Attributes:
        demands: duties that are to be filled; of a hole, the one that was asked about first.
        elements: rules and what they close, in the order of the rules.
        solves: how many solves it took.
    """

    demands: tuple[Element, ...]
    elements: tuple[Element, ...]
    solves: int


@dataclass(frozen=True, slots=True)
class HoleAnswer:
    """Why duties lack a doctor, or why one doctor does not have them.

    Attributes:
        duties: the duties that are given away together, or that one choice is among.
        missing: how many doctors they lack; 0 where it is asked about one doctor.
        conflict: what stands in the way; None where another roster fills them, or nothing is
            settled.
        roster: one that fills them: without a new hole (POSSIBLE), or with as little left as was
            found (TOGETHER; None where none was).
        left: what that roster leaves that is filled now.
        lawful: the roster as it stands keeps every rule; if not, only the hole by itself is
            looked at.
    """

    duties: Demand
    missing: int
    finding: Finding
    conflict: Conflict | None = None
    roster: Roster | None = None
    left: tuple[Duty, ...] = ()
    lawful: bool = True


@dataclass(frozen=True, slots=True)
class ImpossibleAnswer:
    """Why a plan has no roster.

    Attributes:
        finding: ALONE (it has none), POSSIBLE (it has one) or UNSETTLED.
    """

    finding: Finding
    conflict: Conflict | None = None


class Explainer:
    """Answers for one plan; the model is built once."""

    def __init__(
        self,
        problem: Problem,
        rules: Sequence[Rule],
        *,
        seconds: float = 60.0,
        stop: threading.Event | None = None,
    ) -> None:
        """Build the model.

        Args:
            problem: the plan.
            rules: in the order in which they are explained.
            seconds: wall time of one solve at most.
            stop: set it to end early.
        """
        self.problem = problem
        self.ground = Ground(problem, rules)
        self.conflicts = Conflicts(self.ground.model, seconds=seconds, stop=stop)
        self._rules = self.ground.law

    # --- holes ---------------------------------------------------------------------------

    def hole(self, timetable: Timetable, duty: Duty) -> HoleAnswer:
        """Why a duty lacks a doctor.

        Args:
            timetable: a roster of the plan.
            duty: one that lacks a doctor in it.

        Raises:
            ValueError: the duty lacks none.
        """
        asked = next(own for own in demands(self.problem) if duty in own)
        missing = timetable.missing(duty)
        if not missing:
            raise ValueError(f"duty ({duty.id}) must lack a doctor")
        chosen = self.ground.chosen(timetable.roster)
        lawful = self.ground.keeps(chosen) and not timetable.unknown
        wanted = self.ground.demand(asked, duty.needed, asked=True)
        others = self._covered(timetable, asked) if lawful else ()
        try:
            return self._hole(asked, missing, chosen, wanted, others, lawful)
        except UnsettledError:
            return HoleAnswer(asked, missing, Finding.UNSETTLED, lawful=lawful)

    def _hole(
        self,
        asked: Demand,
        missing: int,
        chosen: frozenset[int],
        wanted: Element,
        others: Sequence[Element],
        lawful: bool,
    ) -> HoleAnswer:
        for days in RINGS:
            ring = self.ground.near(asked, days)
            conflict = self._conflict(ring, [wanted, *others], asked)
            if conflict is not None:
                if not conflict.demands[1:]:
                    return HoleAnswer(asked, missing, Finding.ALONE, conflict, lawful=lawful)
                roster, left = self._instead(asked, chosen, wanted, others)
                return HoleAnswer(asked, missing, Finding.TOGETHER, conflict, roster, left, lawful)
            if lawful:
                found = self._around(ring, chosen, [wanted, *others])
                if found is not None:
                    roster = self.ground.roster(found)
                    return HoleAnswer(asked, missing, Finding.POSSIBLE, None, roster)
        # Everything was free and nothing conflicts: a roster that was not lawful was asked about.
        return HoleAnswer(asked, missing, Finding.POSSIBLE, lawful=lawful)

    def _covered(
        self, timetable: Timetable, asked: Demand, *, itself: bool = False
    ) -> tuple[Element, ...]:
        """What is filled now, as far as it is; the farthest from what is asked about first."""
        start = asked[0].start
        own = [d for d in demands(self.problem) if itself or d[0] is not asked[0]]
        own.sort(key=lambda d: (-abs(d[0].start - start), d[0].id))
        found = []
        for duties in own:
            placed = duties[0].needed - timetable.missing(duties[0])
            if placed > 0:
                found.append(self.ground.demand(duties, placed))
        return tuple(found)

    def _instead(
        self,
        asked: Demand,
        chosen: frozenset[int],
        wanted: Element,
        others: Sequence[Element],
    ) -> tuple[Roster | None, tuple[Duty, ...]]:
        """A roster that fills the hole and leaves as little else as can be, and what it leaves."""
        by_id = self.problem.duty_by_id
        waivers = [
            Waiver(other.numbers, max(1, sum(by_id[duty].minutes for duty in other.duties) // 60))
            for other in others
        ]
        for days in RINGS:
            ring = self.ground.near(asked, days)
            touched = self.ground.touching(ring)
            numbers = [*(n for n in touched if n in self._rules), *wanted.numbers]
            own = [n for n, other in enumerate(others) if touched.intersection(other.numbers)]
            found = self.conflicts.repair(numbers, [waivers[n] for n in own], ring, chosen)
            if found is not None:
                left = [others[own[place]] for place in found.waived]
                return (
                    self.ground.roster(found.chosen),
                    tuple(by_id[other.duties[0]] for other in left),
                )
        return None, ()

    def _around(
        self, ring: frozenset[int], chosen: frozenset[int], wanted: Iterable[Element]
    ) -> frozenset[int] | None:
        """A roster with all of this that differs from the one that stands only in the ring."""
        touched = self.ground.touching(ring)
        numbers = [n for n in touched if n in self._rules]
        numbers += [n for own in wanted for n in own.numbers if n in touched]
        return self.conflicts.meet_around(numbers, ring, chosen)

    def hand(self, timetable: Timetable, doctor: str, unit: str) -> HoleAnswer:
        """Why a doctor does not have a unit in a roster, or a roster in which the doctor does.

        Raises:
            ValueError: the doctor has it.
        """
        duties = self.problem.units[unit]
        if doctor in timetable.doctors_on(duties[0].id):
            raise ValueError(f"doctor ({doctor}) must not have the unit ({unit})")
        chosen = self.ground.chosen(timetable.roster)
        lawful = self.ground.keeps(chosen) and not timetable.unknown
        wanted = self.ground.hand(doctor, duties)
        others = self._covered(timetable, duties, itself=True) if lawful else ()
        try:
            return self._hole(duties, 0, chosen, wanted, others, lawful)
        except UnsettledError:
            return HoleAnswer(duties, 0, Finding.UNSETTLED, lawful=lawful)

    # --- plans ---------------------------------------------------------------------------

    def impossible(self) -> ImpossibleAnswer:
        """Why the plan has no roster, not even an empty one."""
        try:
            for days in RINGS:
                for centre in self._centres(days):
                    ring = self.ground.near(centre, days)
                    conflict = self._conflict(ring, (), centre)
                    if conflict is not None:
                        return ImpossibleAnswer(Finding.ALONE, conflict)
        except UnsettledError:
            return ImpossibleAnswer(Finding.UNSETTLED)
        return ImpossibleAnswer(Finding.POSSIBLE)

    def _centres(self, days: int | None) -> Iterator[Demand]:
        """Where a conflict can begin: the duties of what cannot be met by doing nothing."""
        if days is None:
            yield ()
            return
        seen: set[tuple[str, ...]] = set()
        for element in self.ground.elements:
            if element.duties not in seen and any(map(self._wants, element.numbers)):
                seen.add(element.duties)
                yield tuple(self.problem.duty_by_id[duty] for duty in element.duties)

    def _wants(self, number: int) -> bool:
        """Whether the empty roster could break the constraint."""
        constraint = self.ground.model.constraints[number]
        return constraint.low is not None and constraint.low > 0 and constraint.only_if == TRUE

    # --- both ----------------------------------------------------------------------------

    def _conflict(
        self, ring: frozenset[int], wanted: Sequence[Element], asked: Sequence[Duty]
    ) -> Conflict | None:
        """The smallest conflict that touches a ring of decisions, if there is one."""
        touched = self.ground.touching(ring)
        if not touched:
            return None
        near = [e for e in (*wanted, *self.ground.elements) if touched.intersection(e.numbers)]
        if self.conflicts.meet({n for e in near for n in e.numbers}) is not None:
            return None
        near.sort(key=lambda e: -self._distance(e, asked))
        core = self.conflicts.smallest([Group(e.numbers, e.rank) for e in near])
        if core is None:
            return None
        return self._told(near, core, asked)

    def _distance(self, element: Element, asked: Sequence[Duty]) -> float:
        """Seconds between the first duties of both."""
        if not asked or not element.duties:
            return 0.0
        by_id = self.problem.duty_by_id
        starts = [by_id[duty].start for duty in element.duties if duty in by_id]
        return min((abs((s - asked[0].start).total_seconds()) for s in starts), default=0.0)

    def _told(self, near: Sequence[Element], core: Core, asked: Sequence[Duty]) -> Conflict:
        wanted_duties = {duty.id for duty in asked}
        spoken_of = {
            duty for n in core.groups if near[n].kind is not Kind.CLOSED for duty in near[n].duties
        }
        own = [
            self.ground.told(near[n], without, wanted_duties, spoken_of)
            for n, without in zip(core.groups, core.without, strict=True)
        ]
        order = {rule: n for n, rule in enumerate(self.ground.rules)}
        wanted = sorted((e for e in own if e.kind is Kind.DEMAND), key=lambda e: (e.rank, e.duties))
        blamed = [e for e in own if e.kind is not Kind.DEMAND]
        blamed.sort(key=lambda e: (order[e.rule], e.doctor or "", e.duties))
        return Conflict(tuple(wanted), tuple(blamed), self.conflicts.solves)
