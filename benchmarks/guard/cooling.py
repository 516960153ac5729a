"""How far the annealing comes with a fixed number of proposals, on a tiny district."""

from math import fsum

from benchmarks.table.model import SUM, table
from scheduler.solving.cool import Annealer
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index, State

DOCTORS, WEEKS = 8, 6
SEEDS = range(1, 9)
PROPOSALS = 20_000
"""For the cover, and as many for the sum."""


def left_after_cooling() -> float:
    """The mean of the sum over some seeds, each from the empty roster; a hole costs a thousand.

    One seed is a lottery: a change that helps may still draw worse numbers. The mean of eight
    moves by a twentieth between sets of seeds, and by a quarter when the proposals are halved.
    """
    problem, rules = table(DOCTORS, WEEKS)
    draft = Draft(problem, rules)
    index, steps = Index(draft.model), draft.model.steps
    number = next(n for n, step in enumerate(steps) if step.key == SUM)
    reached = []
    for seed in SEEDS:
        state = State(index)
        annealer = Annealer(index, seed)
        for step in (0, number):
            annealer.run(state, step, proposals=PROPOSALS, over=lambda _: False)
        cover, total = state.score()[0], state.score()[number]
        reached.append(total / steps[number].scale + (1000 if cover else 0))
    return fsum(reached) / len(reached)
