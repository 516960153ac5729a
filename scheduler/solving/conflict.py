"""The smallest set of demands that cannot be met together, proven again by its own solve.

A raw core of assumptions is only a first guess here: solvers have given wrong ones (or-tools
#4109, #5141). What is left of it is shrunk by deletion, each time by a solve without
assumptions, objective or threads, and the result is proven once more: infeasible as a whole,
satisfiable without any one of its parts.
"""

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from scheduler.solving.construct import construct
from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.excerpt import Excerpt
from scheduler.solving.model import TRUE, Model, Step
from scheduler.solving.state import Index

WORK = 20.0  # CP-SAT's own measure of work for one solve, so that a seed gives one answer


class UnsettledError(RuntimeError):
    """A solve ended without a verdict: the time was out, or someone said stop."""


@dataclass(frozen=True, slots=True)
class Group:
    """Constraints that are blamed as one.

    Attributes:
        numbers: of the constraints.
        rank: groups of the highest rank are given up first, so the others take the blame.
    """

    numbers: tuple[int, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Core:
    """Groups that cannot hold together.

    Attributes:
        groups: their places in the list that was handed in, in its order.
        without: for each of them, decisions that keep all the others; as few as can be.
    """

    groups: tuple[int, ...]
    without: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """Constraints that may be let go, at a price of at least 1."""

    numbers: tuple[int, ...]
    price: int


@dataclass(frozen=True, slots=True)
class Repair:
    """Decisions that keep everything but what is waived.

    Attributes:
        waived: places in the list that was handed in.
        cheapest: it is proven that nothing cheaper does, and nothing with fewer changes.
    """

    waived: tuple[int, ...]
    chosen: frozenset[int]
    cheapest: bool


class Conflicts:
    """Questions about which constraints of one model can hold together.

    Every question has its own small solver model: the constraints that are asked about, and what
    they speak of. Everything else is free, so what is infeasible here is so in the whole model.

    Attributes:
        solves: how many were needed so far.
    """

    def __init__(
        self, model: Model, *, seconds: float = 60.0, stop: threading.Event | None = None
    ) -> None:
        """Nothing is built before it is asked for.

        Args:
            model: with all constraints that may be asked about.
            seconds: wall time of one solve at most.
            stop: set from outside to end early.
        """
        self.model = model
        self.solves = 0
        self._effort = Effort(seconds=seconds, workers=1, seed=1, deterministic=WORK)
        self._stop = stop or threading.Event()

    def meet(self, numbers: Iterable[int]) -> frozenset[int] | None:
        """Decisions that keep these constraints, or None: it is proven that there are none.

        Raises:
            UnsettledError: neither was found.
        """
        return self._solve(Excerpt(self.model, numbers), few=False)

    def meet_around(
        self, numbers: Iterable[int], free: Collection[int], chosen: Collection[int]
    ) -> frozenset[int] | None:
        """As `meet`, but only these decisions are free; the others stand as they are chosen.

        Returns:
            All decisions that are true; None: it is proven that nothing fits.

        Raises:
            UnsettledError: neither was found.
        """
        excerpt = Excerpt(self.model, numbers)
        excerpt.settle(free, chosen)
        found = self._solve(excerpt, few=False)
        if found is None:
            return None
        return found | {var for var in chosen if var not in excerpt.decisions}

    def repair(
        self,
        numbers: Iterable[int],
        waivers: Sequence[Waiver],
        free: Collection[int],
        chosen: Collection[int],
        *,
        but: Iterable[Collection[int]] = (),
    ) -> Repair | None:
        """The cheapest waivers with which everything else can hold, near a roster.

        Of what costs alike, the roster with fewest changes is preferred.

        Args:
            numbers: constraints that hold.
            waivers: what else holds unless it is waived.
            free: decisions that may change.
            chosen: the roster as it stands.
            but: sets of waivers (by place) that are not to be waived together.

        Returns:
            None: it is proven that no waivers suffice, with all else as it stands.

        Raises:
            UnsettledError: neither was found.
        """
        excerpt = Excerpt(self.model, numbers, [own.numbers for own in waivers])
        excerpt.settle(free, chosen)
        switches = excerpt.switches
        for places in but:
            excerpt.any_of([switches[place] for place in places])
        whole = 1 + len(excerpt.decisions)
        terms = [(-whole * own.price, s) for own, s in zip(waivers, switches, strict=True)]
        terms += [(-1 if v in chosen else 1, own) for v, own in excerpt.decisions.items()]
        step = Step(1, "repair", "", "", 1, tuple(terms))
        self.solves += 1
        answer = _compiled(excerpt).solve([(1, step)], self._effort, self._stop)
        if answer.verdict is Verdict.UNKNOWN:
            raise UnsettledError("solve must end with a verdict: the time was out")
        if answer.chosen is None:
            return None
        stand = {var for var in chosen if var not in excerpt.decisions}
        return Repair(
            tuple(n for n, switch in enumerate(switches) if switch not in answer.chosen),
            excerpt.chosen(answer.chosen) | stand,
            answer.verdict is Verdict.OPTIMAL,
        )

    def filled(self, numbers: Iterable[int]) -> frozenset[int] | None:
        """A choice that keeps these constraints and fills what it can, built step by step.

        Returns:
            None: none was found, which proves nothing.
        """
        kept = [self.model.constraints[number] for number in sorted(set(numbers))]
        state = construct(Index(replace(self.model, constraints=kept)), seed=1)
        return None if state.violation else frozenset(state.chosen)

    def smallest(self, groups: Sequence[Group]) -> Core | None:
        """The smallest conflict, the highest ranks given up first; None where all can hold.

        Each rank in turn is made as small as it can be while all lower ones stand: what
        must be blamed of it is then fixed, and the next is looked at. Of one rank, groups that
        come first are given up first.

        Raises:
            UnsettledError: a solve ended without a verdict.
        """
        kept: list[int] = []
        for rank in sorted({group.rank for group in groups}, reverse=True):
            now = [n for n, group in enumerate(groups) if group.rank == rank]
            rest = [n for n, group in enumerate(groups) if group.rank < rank]
            found = self._needed(groups, [*kept, *rest], now)
            if found is None:
                return None
            kept += found
        return self._proven(groups, sorted(kept))

    def _needed(
        self, groups: Sequence[Group], hard: Sequence[int], now: Sequence[int]
    ) -> list[int] | None:
        """Which of the groups are needed for a conflict with the hard ones."""
        core = self._raw(groups, hard, now)
        if core is None:
            return None
        needed = [n for n in now if n in core]
        if len(needed) < len(now) and self._together(groups, [*hard, *needed]) is not None:
            needed = list(now)  # the core was wrong
        for n in tuple(needed):
            rest = [other for other in needed if other != n]
            if self._together(groups, [*hard, *rest]) is None:
                needed = rest
        return needed

    def _proven(self, groups: Sequence[Group], core: Sequence[int]) -> Core:
        """The core with a witness for each of its parts.

        Raises:
            RuntimeError: it is no smallest conflict, which is a fault of ours.
        """
        if self._together(groups, core) is not None:
            raise RuntimeError("core must be infeasible: it was met when proven again")
        without = []
        for n in core:
            rest = _numbers(groups, (other for other in core if other != n))
            met = self._solve(Excerpt(self.model, rest), few=True)
            if met is None:
                raise RuntimeError("core must be smallest: it is infeasible without a part of it")
            without.append(met)
        return Core(tuple(core), tuple(without))

    def _together(self, groups: Sequence[Group], some: Iterable[int]) -> frozenset[int] | None:
        return self.meet(_numbers(groups, some))

    def _raw(
        self, groups: Sequence[Group], hard: Sequence[int], now: Sequence[int]
    ) -> set[int] | None:
        """A first guess by assumptions; None where everything can hold."""
        switched = [groups[n].numbers for n in now]
        excerpt = Excerpt(self.model, _numbers(groups, hard), switched)
        self.solves += 1
        verdict, core = _compiled(excerpt).core(excerpt.switches, self._effort, self._stop)
        if verdict is Verdict.UNKNOWN:
            raise UnsettledError("solve must end with a verdict: the time was out")
        if verdict is not Verdict.INFEASIBLE:
            return None
        return {n for n, switch in zip(now, excerpt.switches, strict=True) if switch in core}

    def _solve(self, excerpt: Excerpt, *, few: bool) -> frozenset[int] | None:
        """Decisions that keep an excerpt, or as few of them as are found; None: there are none."""
        own = excerpt.decisions.values()
        step = Step(1, "few", "", "", 1, tuple((1, var) for var in own))
        self.solves += 1
        objective = [(1, step)] if few and own else []
        answer = _compiled(excerpt).solve(objective, self._effort, self._stop)
        if answer.verdict is Verdict.UNKNOWN:
            raise UnsettledError("solve must end with a verdict: the time was out")
        return None if answer.chosen is None else excerpt.chosen(answer.chosen)


def _compiled(excerpt: Excerpt) -> Compiled:
    """A solver model of it in which everything starts as false."""
    values = [0] * excerpt.model.size
    values[TRUE] = 1
    return Compiled.whole(Index(excerpt.model), values)


def _numbers(groups: Sequence[Group], some: Iterable[int]) -> set[int]:
    return {number for n in some for number in groups[n].numbers}
