"""Ways out of a hole or of a contradiction, each of them proven by a roster.

What may be let go, by whose leave and in which order, is handed in (`WayKind`, prices): the engine
knows no law. Everything else holds: the solver looks for the cheapest set of things to let go, then
for the next that is not among those found, and the checkers judge every roster.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.checking import check
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Agreement, Assignment, Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.engine import DisagreementError
from scheduler.explaining.conflict import Conflict, Explainer
from scheduler.explaining.costs import Change, Scorer
from scheduler.explaining.elements import Demand, Element, Kind, demands
from scheduler.rule import Case, Rule
from scheduler.solving.conflict import UnsettledError, Waiver

MOST_WAYS = 6
_RINGS = (8, 30)
_SMALL = 2_500  # decisions up to which a plan is filled by the solver, and not step by step


class WayKind(StrEnum):
    """What is let go, or who is asked."""

    PIN = "pin"  # the coordinator's own decision
    WISH = "wish"  # a doctor takes back a «kan ikke»
    VOLUNTEER = "volunteer"  # a doctor who may stay away says yes
    NEIGHBOUR = "neighbour"  # a doctor from elsewhere says yes
    LIMIT = "limit"  # a limit that is agreed with the doctor
    RULE = "rule"  # a limit that the municipality has set itself
    LOCUM = "locum"  # one more doctor


@dataclass(frozen=True, slots=True)
class Release:
    """One thing that is let go.

    Attributes:
        element: what; None for one more doctor.
        duties: the duties for which it is needed: of a volunteer those to be said yes to.
    """

    kind: WayKind
    element: Element | None
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to let go, and the roster that then fills the hole and opens none.

    Attributes:
        releases: together they are enough; empty where nothing has to be let go.
        roster: assignments of the plan; one more doctor has the plan's `Locum.doctor` as id.
        added, removed: what is changed in the roster that was asked about.
        departures: what the checkers say of what is let go; nothing else is broken.
        left: duties that still lack a doctor.
        changes: what it does to the levels of the objective; only what changes.
        cheapest: it is proven that nothing is cheaper, other ways of the list apart.
    """

    releases: tuple[Release, ...]
    price: int
    roster: Roster
    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]
    departures: tuple[Case, ...]
    left: tuple[Duty, ...]
    changes: tuple[Change, ...]
    cheapest: bool


@dataclass(frozen=True, slots=True)
class Locum:
    """One more doctor who could be taken in.

    Attributes:
        agreements: those that would have to be made.
        price: see `Leave`.
    """

    doctor: Doctor
    agreements: tuple[Agreement, ...]
    price: int


@dataclass(frozen=True, slots=True)
class Leave:
    """By whose leave things may be let go.

    Attributes:
        kind: of an element, or None where it may never be let go.
        prices: of each kind, at least 1; what is cheaper is proposed first.
        locum: for some duties.
    """

    kind: Callable[[Element], WayKind | None]
    prices: Mapping[WayKind, int]
    locum: Callable[[Demand], Locum | None]


class WaysOut:
    """Looks for ways out in one plan."""

    def __init__(self, explainer: Explainer, rules: Sequence[Rule], leave: Leave) -> None:
        """Nothing is searched before it is asked for."""
        self.explainer = explainer
        self.ground = explainer.ground
        self.problem = explainer.problem
        self.leave = leave
        self._rules = tuple(rules)
        self._kinds = {
            element: kind for element in self.ground.elements if (kind := leave.kind(element))
        }

    # --- a hole --------------------------------------------------------------------------

    def of_hole(self, timetable: Timetable, asked: Demand) -> tuple[WayOut, ...]:
        """Ways to fill a hole of a lawful roster without a new hole, the best first.

        A search that is not settled in its time adds nothing: the list then may be shorter.
        """
        chosen = self.ground.chosen(timetable.roster)
        missing = timetable.missing(asked[0])
        found: list[WayOut] = []
        seen: list[frozenset[Element | None]] = []
        locum = self.leave.locum(asked) if missing == 1 else None
        if locum and not self._lawful(timetable, asked, locum):
            locum = None
        for days in _RINGS:
            while len(found) < MOST_WAYS and frozenset() not in seen:
                try:
                    way = self._next(timetable, asked, chosen, days, seen, locum)
                except UnsettledError:
                    break
                if way is None:
                    break
                found.append(way)
        return tuple(sorted(self._priced(timetable.roster, found), key=_order))

    def _priced(self, before: Roster, ways: Sequence[WayOut]) -> Iterator[WayOut]:
        """The ways with what they do to the levels; one more doctor leaves them as they are."""
        moving = [way.roster for way in ways if not _more(way)]
        scorer = Scorer(self.problem, self._rules, [before, *moving]) if moving else None
        for way in ways:
            told = scorer.changes(before, way.roster) if scorer and not _more(way) else ()
            yield replace(way, changes=told)

    def _next(
        self,
        timetable: Timetable,
        asked: Demand,
        chosen: frozenset[int],
        days: int,
        seen: list[frozenset[Element | None]],
        locum: Locum | None,
    ) -> WayOut | None:
        """The cheapest way that is none of those seen, or None."""
        wanted = self.ground.demand(asked, asked[0].needed, asked=True)
        kept = list(self._kept(timetable))
        ring = self.ground.near(asked, days)
        touched = self.ground.touching(ring)
        near = [e for e in self._kinds if touched.intersection(e.numbers)]
        own: list[Element | None] = [*near]
        waivers = [Waiver(e.numbers, self.leave.prices[self._kinds[e]]) for e in near]
        held = [n for other in kept for n in other.numbers if n in touched]
        if locum:
            own.append(None)
            waivers.append(Waiver(wanted.numbers, locum.price))
        else:
            held += wanted.numbers
        loose = {n for waiver in waivers for n in waiver.numbers}
        held += [n for n in touched if n in self.ground.law and n not in loose]
        place = {element: n for n, element in enumerate(own)}
        but = [[place[e] for e in one] for one in seen if all(e in place for e in one)]
        repair = self.explainer.conflicts.repair(held, waivers, ring, chosen, but=but)
        if repair is None:
            return None
        waived = [own[n] for n in repair.waived]
        seen.append(frozenset(waived))
        price = sum(waivers[n].price for n in repair.waived)
        return self._way(timetable, asked, repair.chosen, waived, price, locum, repair.cheapest)

    def _lawful(self, timetable: Timetable, asked: Demand, locum: Locum) -> bool:
        """Whether one more doctor on the duties breaks no rule that is kept now.

        A locum is the cheapest way by itself, so the roster is the one that stands.
        """
        problem = with_locum(self.problem, locum)
        own = (Assignment(duty.id, locum.doctor.id) for duty in _one(asked))
        roster = Roster.of(problem, [*timetable.roster.assignments, *own])
        return check(Timetable(problem, roster), self._rules, explain_holes=False).lawful

    def _kept(self, timetable: Timetable) -> Iterator[Element]:
        """What is filled now, of the hole itself too."""
        for duties in demands(self.problem):
            placed = duties[0].needed - timetable.missing(duties[0])
            if placed > 0:
                yield self.ground.demand(duties, placed)

    # --- a plan without a roster ---------------------------------------------------------

    def of_plan(self, conflict: Conflict) -> tuple[WayOut, ...]:
        """What to let go so that a plan has a roster, as full as was found; the best first.

        Args:
            conflict: why it has none; what lies around its duties is looked at first.
        """
        by_id = self.problem.duty_by_id
        wanted = [e for e in conflict.elements if e.kind is Kind.RULE]
        asked = [by_id[duty] for e in wanted for duty in e.duties if duty in by_id]
        start = self._wanted_from_the_start()
        for days in (*_RINGS, None):
            found = list(self._contradiction(asked, days, start))
            if found:
                return tuple(sorted(found, key=_order))
        return ()

    def _contradiction(
        self, asked: Sequence[Duty], days: int | None, start: frozenset[int]
    ) -> Iterator[WayOut]:
        """Ways that change nothing farther away than so many days."""
        ring = self.ground.near(asked, days)
        touched = self.ground.touching(ring)
        near = [e for e in self._kinds if touched.intersection(e.numbers)]
        waivers = [Waiver(e.numbers, self.leave.prices[self._kinds[e]]) for e in near]
        loose = {n for waiver in waivers for n in waiver.numbers}
        held = [n for n in touched if n in self.ground.law and n not in loose]
        seen: list[tuple[int, ...]] = []
        while len(seen) < MOST_WAYS and () not in seen:
            try:
                repair = self.explainer.conflicts.repair(held, waivers, ring, start, but=seen)
                if repair is None:
                    return
                seen.append(repair.waived)
                waived = [near[n] for n in repair.waived]
                filled = self._filled(repair.chosen, waived)
            except UnsettledError:
                return
            if filled is not None:
                empty = Timetable(self.problem, Roster.of(self.problem, ()))
                price = sum(self.leave.prices[self._kinds[e]] for e in waived)
                yield self._way(empty, (), filled, waived, price, None, repair.cheapest)

    def _wanted_from_the_start(self) -> frozenset[int]:
        """The decisions that a constraint demands by itself, such as a pin."""
        constraints = (self.ground.model.constraints[n] for n in self.ground.law)
        return frozenset(
            c.terms[0][1]
            for c in constraints
            if len(c.terms) == 1 and c.low == 1 and c.terms[0][1] <= self.ground.model.decisions + 1
        )

    def _filled(self, chosen: frozenset[int], waived: Sequence[Element]) -> frozenset[int] | None:
        """A roster as full as is found, in which no more is let go than in the smallest one."""
        broken_now = set(self.ground.unkept(chosen))
        let_go = {n for e in waived for n in e.numbers if n in broken_now}
        held = [n for n in self.ground.law if n not in let_go]
        if self.ground.model.decisions > _SMALL:
            return self.explainer.conflicts.filled(held)
        wanted = [self.ground.demand(own, own[0].needed) for own in demands(self.problem)]
        everything = self.ground.near((), None)
        waivers = [Waiver(own.numbers, 1) for own in wanted]
        repair = self.explainer.conflicts.repair(held, waivers, everything, chosen)
        return repair.chosen if repair else None

    # --- both ----------------------------------------------------------------------------

    def _way(
        self,
        before: Timetable,
        asked: Demand,
        chosen: frozenset[int],
        waived: Sequence[Element | None],
        price: int,
        locum: Locum | None,
        cheapest: bool,
    ) -> WayOut:
        """The way, judged by the checkers.

        Raises:
            DisagreementError: they find a breach of something else, or a new hole.
        """
        own = [*self.ground.draft.assignments(sorted(chosen))]
        problem, roster = self.problem, Roster.of(self.problem, own)
        taken = _one(asked)
        if None in waived and locum:
            problem = with_locum(self.problem, locum)
            extra = [Assignment(duty.id, locum.doctor.id) for duty in taken]
            roster = Roster.of(problem, [*own, *extra])
        report = check(Timetable(problem, roster), self._rules, explain_holes=False)
        let_go = [element for element in waived if element]
        departures = [case for case in report.breaches if _covered(case, let_go)]
        others = [case for case in report.breaches if not _covered(case, let_go)]
        left = report.timetable.holes
        new = [duty for duty in left if asked and not before.missing(duty)]
        if others or new or (asked and report.timetable.missing(asked[0])):
            raise DisagreementError(
                "checkers refuse a way out: "
                + "; ".join([*map(report.sentence, others[:5]), *(duty.id for duty in new)])
            )
        was, now = set(before.roster.assignments), set(roster.assignments)
        releases = [Release(self._kinds[e], e, _for(departures, e)) for e in let_go]
        if None in waived:
            releases.append(Release(WayKind.LOCUM, None, tuple(duty.id for duty in taken)))
        return WayOut(
            tuple(sorted(releases, key=lambda r: (self.leave.prices[r.kind], r.duties))),
            price,
            roster,
            tuple(sorted(now - was)),
            tuple(sorted(was - now)),
            tuple(departures),
            left,
            (),
            cheapest,
        )


def with_locum(problem: Problem, locum: Locum) -> Problem:
    """The plan with one more doctor."""
    return replace(
        problem,
        doctors=tuple(sorted((*problem.doctors, locum.doctor), key=lambda own: own.id)),
        agreements=(*problem.agreements, *locum.agreements),
    )


def _more(way: WayOut) -> bool:
    """Whether it is one more doctor and nothing else."""
    return [release.kind for release in way.releases] == [WayKind.LOCUM]


def _one(asked: Demand) -> Demand:
    """What one doctor has of it: all of a block, one day of a choice."""
    return asked[:1] if asked and asked[0].choice else asked


def _covered(case: Case, let_go: Iterable[Element]) -> bool:
    """Whether a breach is of something that is let go.

    Checkers may name other duties than encoders (those around a pause, say), so rule and doctor
    decide: what else the rule demands of the doctor was held in the solve.
    """
    return any(
        case.rule == element.rule and element.doctor in (None, case.doctor) for element in let_go
    )


def _for(departures: Collection[Case], element: Element) -> tuple[str, ...]:
    """The duties for which an element must be let go."""
    own = [duty for case in departures if _covered(case, [element]) for duty in case.duties]
    near = [duty for duty in own if duty in element.duties]
    return tuple(dict.fromkeys(near or own)) or element.duties


def _order(way: WayOut) -> tuple[int, int, tuple[Assignment, ...]]:
    """What is let go counts first, then how much changes."""
    return (way.price, len(way.added) + len(way.removed), way.added)
