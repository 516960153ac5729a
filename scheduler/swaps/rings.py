"""Rings: duties that are offered go round among two, three or four, so that all are satisfied.

Everybody in a ring is rid of the duty that she offered and gets one that she would take. A
doctor is in a ring once, so what the rules say of her own work depends only on which duty she
gives and which she gets: these single hand-overs are judged first, and only what is allowed is
put together. What concerns several doctors is judged of the whole ring. So no ring is missed,
and each that is found is lawful as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from scheduler.changes.move import Move
from scheduler.changes.stops import Stop
from scheduler.changes.trials import Change, Changes, Trials
from scheduler.swaps.judge import Judge, Swap

MOST_PEOPLE = 4
MOST_RINGS = 1_000


@dataclass(frozen=True, slots=True)
class SwapOffer:
    """A doctor who wants to be rid of a duty.

    Attributes:
        unit: the duty or block.
        accepts: units that she would take instead; None: any that is lawful.
    """

    doctor: str
    unit: str
    accepts: frozenset[str] | None = None

    def takes(self, unit: str) -> bool:
        """Whether she would take the unit."""
        return unit != self.unit and (self.accepts is None or unit in self.accepts)


@dataclass(frozen=True, slots=True)
class Ring:
    """Offers in order: each doctor's duty goes to the next, the last one's to the first.

    Attributes:
        changes: what it does to the steps of the objective; None where it was not asked for.
        first: the first step that it changes; None also where it changes none.
    """

    offers: tuple[SwapOffer, ...]
    swap: Swap
    changes: Changes | None = None
    first: Change | None = None

    @property
    def people(self) -> int:
        """How many take part."""
        return len(self.offers)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A duty that somebody would take in return for her own, but cannot have."""

    offer: SwapOffer
    by: SwapOffer
    stop: Stop


@dataclass(frozen=True, slots=True)
class Rings:
    """What could go round.

    Attributes:
        rings: fewest people first, then fewest departures, then what the roster as a whole gains.
        refusals: single hand-overs that were wished for and that a rule forbids.
        complete: every ring there is has been looked at.
    """

    offers: tuple[SwapOffer, ...]
    rings: tuple[Ring, ...]
    refusals: tuple[Refusal, ...]
    complete: bool = True

    def without(self) -> tuple[SwapOffer, ...]:
        """The offers that are in no ring."""
        helped = {offer for ring in self.rings for offer in ring.offers}
        return tuple(offer for offer in self.offers if offer not in helped)


@dataclass(frozen=True)
class _Graph:
    """For each offer (by number) the offers whose doctors would and could take its duty."""

    takers: dict[int, list[int]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def rings(
    judge: Judge,
    offers: Sequence[SwapOffer],
    *,
    most_people: int = MOST_PEOPLE,
    most_rings: int = MOST_RINGS,
    trials: Trials | None = None,
) -> Rings:
    """All rings among the offers.

    Args:
        judge: of the roster as it stands.
        offers: each of a duty that the doctor has; one that is offered twice is one offer.
        most_people: how many a ring may have at most.
        most_rings: after so many the search ends, and says so.
        trials: prices of the whole plan's model, so that rings are ranked by what they do to it.

    Raises:
        ValueError: a doctor offers what she does not have.
    """
    own = tuple(dict.fromkeys(offers))
    for offer in own:
        if not judge.has((offer.doctor, offer.unit)):
            raise ValueError(f"offer ({offer.doctor}: {offer.unit}) must be of a duty she has")
    graph = _graph(judge, own)
    found: list[Ring] = []
    complete = True
    for cycle in chain.from_iterable(
        _cycles(own, graph, people) for people in range(2, most_people + 1)
    ):
        swap = judge.swap(_move([own[number] for number in cycle]))
        if not swap.lawful:
            continue
        if len(found) == most_rings:
            complete = False
            break
        changes = trials.changes(swap.move) if trials else None
        first = trials.first(changes) if trials and changes else None
        found.append(Ring(tuple(own[number] for number in cycle), swap, changes, first))
    found.sort(key=_rank)
    return Rings(own, tuple(found), tuple(graph.refusals), complete)


def _move(offers: Sequence[SwapOffer]) -> Move:
    """Everybody's duty to the next."""
    off = tuple((offer.doctor, offer.unit) for offer in offers)
    nexts = [*offers[1:], offers[0]]
    on = tuple((other.doctor, offer.unit) for offer, other in zip(offers, nexts, strict=True))
    return Move(off, on)


def _graph(judge: Judge, offers: Sequence[SwapOffer]) -> _Graph:
    """Judge each single hand-over that somebody wishes for."""
    graph = _Graph()
    for number, offer in enumerate(offers):
        graph.takers[number] = []
        for place, other in enumerate(offers):
            if other.doctor == offer.doctor or not other.takes(offer.unit):
                continue
            if judge.has_some((other.doctor, offer.unit)):
                continue
            change = Move(off=((other.doctor, other.unit),), on=((other.doctor, offer.unit),))
            stop = judge.stops.own(change)
            if stop is None:
                graph.takers[number].append(place)
            else:
                graph.refusals.append(Refusal(offer, other, stop))
    return graph


def _cycles(offers: Sequence[SwapOffer], graph: _Graph, people: int) -> Iterator[tuple[int, ...]]:
    """The cycles of so many doctors, each told once, from its smallest number."""
    reach = _reach(graph, people)

    def grow(path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        left = people - len(path)
        if left == 0:
            if path[0] in graph.takers[path[-1]]:
                yield path
            return
        doctors = {offers[own].doctor for own in path}
        for following in graph.takers[path[-1]]:
            back = following > path[0] and path[0] in reach[left][following]
            if back and offers[following].doctor not in doctors:
                yield from grow((*path, following))

    for first in range(len(offers)):
        yield from grow((first,))


def _reach(graph: _Graph, people: int) -> list[dict[int, frozenset[int]]]:
    """For each number of steps: which offers can be reached from each in just so many."""
    found: list[dict[int, frozenset[int]]] = [{own: frozenset({own}) for own in graph.takers}]
    for _ in range(people):
        before = found[-1]
        found.append(
            {
                own: frozenset().union(*(before[other] for other in following))
                for own, following in graph.takers.items()
            }
        )
    return found


def _rank(ring: Ring) -> tuple[object, ...]:
    """Fewest people, fewest departures from main rules, then what the whole roster gains."""
    verdict = ring.swap.verdict
    return (
        ring.people,
        len(verdict.exceptions),
        ring.changes is None,
        ring.changes or (),
        len(verdict.wishes),
        len(verdict.departures),
        tuple((offer.doctor, offer.unit) for offer in ring.offers),
    )
