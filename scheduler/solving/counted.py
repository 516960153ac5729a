"""A bound on a step from its longest sums together, over counts of decisions that are alike.

Points, nights and orders of one doctor come from the same duties, and points weigh duties
differently, so no sharing of one kind of count knows what they cost. Here the sums that speak of
most decisions are one small program in whole numbers (`counting`), solved by CP-SAT. What else the
step speaks of, weekends and what is too near, is shared out beside it (`sharing`): each price once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scheduler.solving.asked import Asked
from scheduler.solving.counting import Counted, Counting, reached
from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.held_sharing import Held
from scheduler.solving.model import FALSE, TRUE, Model, Step
from scheduler.solving.sharing import due_of, shared_bound
from scheduler.solving.state import Index

LARGEST = 20_000  # decisions: above it nothing is asked
_EACH = 25  # counts for each of those who can have the same unit, at most
_WORK = 4.0  # in CP-SAT's own measure, at most
_SECONDS = 60.0  # wall time, should its measure fail
_SEED = 1
_EXACT = 1 << 50  # no sum comes near it


def counted_bound(
    index: Index, number: int, scores: Sequence[int], over: Callable[[], bool] = lambda: False
) -> int | None:
    """What no roster that is as good on the first step undercuts; None where nothing is gained.

    Args:
        index: the plain model.
        number: of a step that is a sum.
        scores: of a roster; the first is what the cover may lack.
        over: asked now and then; what is not found by then is not told.
    """
    model = index.model
    step = model.steps[number]
    if step.worst or number == 0 or model.decisions > LARGEST or over():
        return None
    counting = Counting(index, scores[0])
    long, short = _parted(model, step, counting, over)
    if not long.terms or over():
        return None
    small = counting.counted(long, due_of(index, long, scores[0], over), over)
    own = None if over() else _cheapest(small, over)
    if own is None or over():
        return None
    rest = shared_bound(index, short, scores[0], over, Held.before(index, number, scores, over))
    if rest is None:
        rest = sum(min(0, price * model.uppers[var]) for price, var in short.terms)
    return own + rest


def _parted(
    model: Model, step: Step, counting: Counting, over: Callable[[], bool]
) -> tuple[Step, Step]:
    """The longest sums of a step, for as long as there are few counts, and what is left of it."""
    length = _lengths(model, step)

    def longest(size: int) -> Step:
        return replace(step, terms=tuple(own for own in step.terms if length[own[1]] >= size))

    sizes = sorted(set(length.values()) - {0, 1}, reverse=True)
    low, high = 0, len(sizes)  # so many of them are known to be few enough, and might be
    while low < high and not over():
        middle = (low + high + 1) // 2
        if counting.groups(longest(sizes[middle - 1])) <= _EACH * counting.widest:
            low = middle
        else:
            high = middle - 1
    found = longest(sizes[low - 1]) if low else replace(step, terms=(), constant=0)
    known = set(found.terms)
    beside = tuple(own for own in step.terms if own not in known)
    return found, replace(step, terms=beside, constant=0)


def _lengths(model: Model, step: Step) -> Mapping[int, int]:
    """Of how many decisions the shortest sum speaks that each variable of a step follows from."""
    found: dict[int, int] = {}
    for d in reached(model, step):  # what a definition follows from comes before it
        below = [own for _, own in d.terms if own > model.decisions + 1]
        sizes = [found.get(own, 0) for own in below]
        if len(below) < len(d.terms) or not d.terms:
            sizes.append(len(d.terms) - len(below))
        found[d.var] = min(sizes)
    return {var: found.get(var, 0) for _, var in step.terms}


def _cheapest(own: Counted, over: Callable[[], bool]) -> int | None:
    """What a sum over counts costs at least; None where that is not known."""
    if own.largest >= _EXACT:
        return None
    compiled = Compiled(
        own.uppers,
        {FALSE: 0, TRUE: 1},
        definitions=own.definitions,
        constraints=own.constraints,
        decisions=own.free,
    )
    effort = Effort(_SECONDS, 1, _SEED, deterministic=_WORK)
    found = compiled.cheapest(own.costs, effort, Asked(over))
    return None if found.bound is None else found.bound + own.constant
