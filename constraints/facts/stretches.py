"""Stretches of work without a pause, of two kinds.

A cover (`segments`, `longer_than`, `merged`) has something run at every moment: pieces that
touch or overlap are one. A chain (`chains`, `longest_chains`) has each piece begin where the
one before ends, and asks much less of a model; overlaps are left to others.

Generic over what a duty carries along (a variable of the model, or nothing), so that a
question about possible stretches is asked without knowing the model.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise
from typing import Generic, TypeVar

from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Segment(Generic[T]):
    """A span in which the same duties run all the time; never empty."""

    start: datetime
    end: datetime
    holders: tuple[tuple[Duty, T], ...]

    @property
    def begins(self) -> bool:
        """Whether one of the duties starts here."""
        return any(duty.start == self.start for duty, _ in self.holders)

    @property
    def surely_until(self) -> datetime:
        """The moment to which the duty that stops first runs."""
        return min(duty.end for duty, _ in self.holders)


def segments(work: Sequence[tuple[Duty, T]]) -> list[Segment[T]]:
    """The work, which is in order of time, cut wherever a duty starts or ends."""
    cuts = sorted({cut for duty, _ in work for cut in (duty.start, duty.end)})
    found: list[Segment[T]] = []
    running: list[tuple[Duty, T]] = []
    position = 0
    for start, end in pairwise(cuts):
        running = [held for held in running if held[0].end > start]
        while position < len(work) and work[position][0].start == start:
            running.append(work[position])
            position += 1
        if running:
            found.append(Segment(start, end, tuple(running)))
    return found


def longer_than(
    cut: Sequence[Segment[T]],
    too_long: Callable[[datetime, datetime], bool],
    past: Callable[[T], bool],
) -> Iterator[tuple[Segment[T], ...]]:
    """Each way in which a stretch can last longer than allowed, as segments all of which run.

    Args:
        cut: the segments, in order of time.
        too_long: whether a stretch from a first moment to a last is longer than allowed.
        past: whether what a duty carries says that it has been worked already. Where the
            past alone is too long, the way goes on to what would prolong it.
    """
    for first, segment in enumerate(cut):
        if not segment.begins:
            continue
        way: list[Segment[T]] = []
        settled = True
        for own in islice(cut, first, None):
            if way and own.start != way[-1].end:
                break
            way.append(own)
            settled = settled and any(past(carried) for _, carried in own.holders)
            if not settled and too_long(segment.start, own.end):
                yield tuple(way)
                break


def merged(duties: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
    """The duties, which are in order of time, gathered into stretches without a pause."""
    own: list[Duty] = []
    for duty in duties:
        if own and duty.start > max(held.end for held in own):
            yield tuple(own)
            own = []
        own.append(duty)
    if own:
        yield tuple(own)


def chains(
    groups: Sequence[tuple[Interval, T]],
    too_long: Callable[[datetime, datetime], bool],
    past: Callable[[T], bool],
) -> Iterator[tuple[tuple[Interval, T], ...]]:
    """Each shortest chain that lasts longer than allowed.

    Args:
        groups: stretches of time and what they carry.
        too_long: as in `longer_than`.
        past: as in `longer_than`.
    """
    begins: dict[datetime, list[tuple[Interval, T]]] = {}
    for group in groups:
        begins.setdefault(group[0].start, []).append(group)
    for group in groups:
        open_chains: list[tuple[tuple[tuple[Interval, T], ...], bool]]
        open_chains = [((group,), past(group[1]))]
        while open_chains:
            chain, settled = open_chains.pop()
            end = chain[-1][0].end
            if not settled and too_long(group[0].start, end):
                yield chain
                continue
            open_chains.extend(
                ((*chain, own), settled and past(own[1])) for own in begins.get(end, ())
            )


def longest_chains(duties: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
    """For each duty, in order of time, that no other continues: the chain from farthest back."""
    chain_to: dict[datetime, tuple[Duty, ...]] = {}
    starts = {duty.start for duty in duties}
    for duty in duties:
        chain = (*chain_to.get(duty.start, ()), duty)
        known = chain_to.get(duty.end)
        # either way: of two as long the first is as good as the other
        if known is None or chain[0].start < known[0].start:
            chain_to[duty.end] = chain
        if duty.end not in starts:
            yield chain
