"""Occasions and what excludes what are read off the model; a move empties an occasion."""

from itertools import permutations

import numpy as np
import pytest

from scheduler.solving import grid as grid_of
from scheduler.solving.cool import Annealer
from scheduler.solving.emptying import empty
from scheduler.solving.grid import LONGEST, Grid, filled, grid
from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.packed import Numbers, pack
from scheduler.solving.state import Index, State
from tests.solving.models import random_model

DOCTORS, DAYS, PLACES = 4, 4, 2
PRICE = 5  # of a doctor's having a part in some two days


def two_days_by_two(off: int = 1) -> Model:
    """Two places a day; each two days are an occasion, and whoever works at all should do four.

    A doctor has one place a day. Two doctors for each occasion are the least, and all work alike.
    """
    model = Model()
    own = [
        [[2 + (d * DAYS + t) * PLACES + p for p in range(PLACES)] for t in range(DAYS)]
        for d in range(DOCTORS)
    ]
    model.decisions = DOCTORS * DAYS * PLACES
    model.uppers += [1] * model.decisions

    def define(kind: str, terms: tuple[tuple[int, int], ...], threshold: int, upper: int) -> int:
        model.uppers.append(upper)
        var = len(model.uppers) - 1
        model.define(Definition(var, kind, terms, threshold, upper))
        return var

    missing, prices = [], []
    for t in range(DAYS):
        for p in range(PLACES):
            terms = tuple((1, own[d][t][p]) for d in range(DOCTORS))
            model.demand(Constraint(terms, None, 1, TRUE, 0))
            missing.append((1, define(EXCESS, tuple((-1, v) for _, v in terms), -1, 1)))
    for d in range(DOCTORS):
        for t in range(DAYS):
            model.demand(Constraint(tuple((1, v) for v in own[d][t]), None, 1, TRUE, 0))
        for first in range(0, DAYS, 2):
            both = [v for t in (first, first + 1) for v in own[d][t]]
            part = define(AT_LEAST, tuple((1, v) for v in both), 1, 1)
            prices.append((PRICE, part))
        everything = tuple((1, v) for t in range(DAYS) for v in own[d][t])
        prices.append((off, define(EXCESS, everything, 2, DAYS)))
        prices.append((off, define(EXCESS, tuple((-c, v) for c, v in everything), -2, DAYS)))
    model.steps = [
        Step(1, "cover", "", "", 1, terms=tuple(missing)),
        Step(4, "fairness", "", "", 1, terms=tuple(prices)),
    ]
    model.groups = {
        "doctors": [[v for day in doctor for v in day] for doctor in own],
        "units": [
            [own[d][t][p] for d in range(DOCTORS)] for t in range(DAYS) for p in range(PLACES)
        ],
        "days": [list(range(t * PLACES, (t + 1) * PLACES)) for t in range(DAYS)],
    }
    return model


def test_long_sums_name_no_rivals_and_short_ones_do_in_any_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a sum of very many excludes is left to the model to judge."""
    size = 1000
    model = Model(decisions=size, uppers=[0, 1] + [1] * size)
    own = list(range(2, size + 2))
    model.demand(Constraint(tuple((1, v) for v in own), None, 1, TRUE, 0))
    longest = own[:LONGEST]
    model.demand(Constraint(tuple((1, v) for v in longest), None, 1, TRUE, 0))
    model.demand(Constraint(((1, own[-1]), (1, own[-2])), None, 1, TRUE, 0))
    model.demand(Constraint(((1, own[-1]), (1, own[-3])), None, 1, TRUE, 0))
    model.steps = [Step(1, "sum", "", "", 1, terms=())]
    model.groups = {"doctors": [own], "units": [[v] for v in own]}
    packed = pack(model)
    for pairs in (1, 3, 10**6):
        monkeypatch.setattr(grid_of, "_PAIRS", pairs)
        g = grid(packed)
        rivals = [g.rivals[g.rival_at[v] : g.rival_at[v + 1]].tolist() for v in own]
        assert rivals[:LONGEST] == [[w for w in longest if w != v] for v in longest]
        assert rivals[-1] == [own[-3], own[-2]]
        assert rivals[-3:-1] == [[own[-1]], [own[-1]]]
        assert sum(map(len, rivals)) == LONGEST * (LONGEST - 1) + 4
    monkeypatch.setattr(grid_of, "_MOST_PAIRS", LONGEST**2)  # and the two of the pairs are more
    assert not len(grid(packed).rivals)


@pytest.mark.parametrize("seed", range(10))
def test_rivals_and_occasions_are_what_the_model_says(seed: int) -> None:
    model = random_model(seed) if seed else two_days_by_two()
    g = grid(Index(model).packed)
    doctor_of = {v: n for n, own in enumerate(model.groups["doctors"]) for v in own}
    excluded = set()
    for c in model.constraints:
        one_at_most = c.only_if == TRUE and c.high == 1 and (c.low is None or c.low <= 0)
        owners = {doctor_of.get(v, -1) for _, v in c.terms}
        if one_at_most and len(owners) == 1 and all(a == 1 for a, _ in c.terms):
            excluded |= set(permutations([v for _, v in c.terms], 2)) if -1 not in owners else set()
    decisions = range(2, model.decisions + 2)
    assert {
        (v, w) for v in decisions for w in g.rivals[g.rival_at[v] : g.rival_at[v + 1]].tolist()
    } == excluded
    occasions = [
        [v for _, v in d.terms]
        for d in model.definitions
        if d.kind == AT_LEAST
        and d.threshold == 1
        and len(d.terms) > 1
        and all(c == 1 for c, _ in d.terms)
        and len({doctor_of.get(v, -v) for _, v in d.terms}) == 1
        and all(v in doctor_of for _, v in d.terms)
    ]
    found = [
        g.occasion_decisions[low:high].tolist()
        for low, high in zip(g.occasion_at[:-1], g.occasion_at[1:], strict=True)
    ]
    assert found == occasions
    for v in decisions:
        parts = g.part_of[g.part_at[v] : g.part_at[v + 1]].tolist()
        assert parts == [n for n, own in enumerate(occasions) if v in own]


def moves_of(g: Grid, many: int) -> list[list[int]]:
    """What `empty` draws from the roster of a grid."""
    chance: Numbers = np.array([12345], dtype=np.int64)
    picked = np.zeros(LONGEST, dtype=np.int64)
    found = []
    for n in range(many):
        held = int(g.chosen[n % g.held[0]])
        count = empty(held, g, chance, picked)
        if count:
            found.append(picked[:count].tolist())
    return found


def test_an_occasion_is_emptied_and_every_duty_still_has_its_doctor() -> None:
    model = two_days_by_two()
    index = Index(model)
    own = model.groups["doctors"]
    # On each of the days doctor t has one place, and the next doctor the other.
    chosen = [own[(t + p) % DOCTORS][PLACES * t + p] for t in range(DAYS) for p in range(PLACES)]
    g = filled(grid(index.packed), np.array(chosen, dtype=np.int64))
    moves = moves_of(g, 400)
    assert moves
    repaid = 0
    for move in moves:
        assert len(set(move)) == len(move)
        after = set(chosen) ^ set(move)
        state = State(index, after)
        assert state.score()[0] == 0
        emptied = [
            d
            for d in model.definitions
            if d.kind == AT_LEAST
            and any(v in chosen for _, v in d.terms)
            and not any(v in after for _, v in d.terms)
        ]
        assert emptied
        before = {d: sum(v in chosen for v in every) for d, every in enumerate(own)}
        now = {d: sum(v in after for v in every) for d, every in enumerate(own)}
        repaid += before == now
    assert 0 < repaid < len(moves)


def test_annealing_finds_the_least_many_parts() -> None:
    index = Index(two_days_by_two())
    reached = set()
    for seed in range(1, 5):
        state = State(index)
        annealer = Annealer(index, seed)
        for step in range(2):
            annealer.run(state, step, proposals=20_000, over=lambda _: False)
        reached.add(state.score())
    assert reached == {(0, 4 * PRICE)}
