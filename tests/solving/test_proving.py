"""Bounds against enumeration of every roster: never above what can be reached."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest

from scheduler.solving.bounding import Bounder, Method
from scheduler.solving.cliques import cover
from scheduler.solving.envelope import Envelope, lattice_bound
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.focus import focus, glance
from scheduler.solving.lattice import Lattice
from scheduler.solving.linear import Program
from scheduler.solving.model import Model
from scheduler.solving.proving import Proofs, Prover
from tests.solving.models import random_model

Roster = tuple[tuple[int, ...], tuple[int, ...]]  # step values, chosen decisions


@cache
def rosters(seed: int) -> tuple[Model, tuple[Roster, ...]]:
    """A tiny model and every lawful roster of it, the best one first."""
    model = random_model(seed, doctors=2 + seed % 2, units=4 - seed % 2)
    variables = range(2, model.decisions + 2)
    found = []
    for bits in itertools.product((False, True), repeat=model.decisions):
        own = tuple(itertools.compress(variables, bits))
        values = settle(model, own)
        if not any(broken(model, values)):
            found.append((step_values(model, values), own))
    return model, tuple(sorted(found))


def some(seed: int) -> Iterator[tuple[Model, Roster, tuple[Roster, ...]]]:
    """The best roster, and others by chance: bounds must hold under any values held."""
    model, all_of_them = rosters(seed)
    if all_of_them:
        picked = random.Random(seed).choices(all_of_them, k=2)
        for roster in dict.fromkeys((all_of_them[0], *picked)):
            yield model, roster, all_of_them


def least(number: int, scores: Sequence[int], all_of_them: tuple[Roster, ...]) -> int:
    """The smallest value of a step among rosters as good on each of the steps before."""
    return min(
        own[number] for own, _ in all_of_them if all(own[n] <= scores[n] for n in range(number))
    )


def proven(model: Model, chosen: Sequence[int], seconds: float = 20) -> Proofs:
    stop = threading.Event()
    return Prover(model, chosen, seconds=seconds, workers=1, seed=1, stop=stop).run()


@pytest.mark.parametrize("seed", range(120))
def test_linear_bounds_are_never_above_the_best_with_earlier_steps_held(seed: int) -> None:
    for model, (scores, _), all_of_them in some(seed):
        for number, step in enumerate(model.steps):
            best = least(number, scores, all_of_them)
            for look in (focus, glance):
                envelope = Envelope(look(model, number, scores))
                bound = envelope.bound(10)
                assert bound is not None
                assert bound <= best, (number, look.__name__)
                if step.worst:
                    ceiling = scores[1] if number == 2 else None
                    rounded = lattice_bound(envelope, bound, scores[number], 10, ceiling)
                    assert bound <= rounded <= best, (number, look.__name__)


@pytest.mark.parametrize("seed", range(120))
def test_a_roster_is_proven_exactly_as_far_as_it_is_the_best(seed: int) -> None:
    for model, (scores, chosen), all_of_them in some(seed):
        found = proven(model, chosen)
        assert tuple(proof.value for proof in found.steps) == scores
        for number, proof in enumerate(found.steps):
            assert proof.bound == least(number, scores, all_of_them), number
            assert proof.proven == (proof.bound == proof.value)
            assert proof.proven == (proof.better is None)
        if found.better is None:
            assert scores == all_of_them[0][0]
        else:
            values = settle(model, found.better)
            assert not any(broken(model, values))
            assert step_values(model, values) < scores


def test_whole_duties_say_more_than_fractions() -> None:
    raised = 0
    for seed in range(60):
        for model, (scores, _), _ in some(seed):
            envelope = Envelope(glance(model, 1, scores))
            bound = envelope.bound(10)
            assert bound is not None
            raised += lattice_bound(envelope, bound, scores[1], 10) > bound
    assert raised >= 10


def test_nothing_is_solved_once_laying_it_out_took_all_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, all_of_them = rosters(1)
    _, chosen = all_of_them[-1]
    bounder = Bounder(model, settle(model, chosen), workers=1, seed=1)
    clock = iter(range(0, 1_000, 10))
    monkeypatch.setattr("scheduler.solving.bounding.time.monotonic", lambda: next(clock))
    monkeypatch.setattr(Envelope, "bound", lambda *_: pytest.fail("it was solved"))
    assert bounder.linear(1, 5.0) is None
    assert bounder.whole_duties(1, 3, 5.0) == 3


def test_what_was_stopped_at_once_claims_nothing_but_what_ranges_say() -> None:
    model, all_of_them = rosters(1)
    stop = threading.Event()
    stop.set()
    scores, chosen = all_of_them[-1]
    found = Prover(model, chosen, seconds=5, workers=1, seed=1, stop=stop).run()
    assert found.stopped
    assert {proof.method for proof in found.steps} == {Method.RANGES}
    for number, proof in enumerate(found.steps):
        assert proof.bound <= least(number, scores, all_of_them)


def test_an_unlawful_roster_is_refused() -> None:
    model, _ = rosters(1)
    everything = range(2, model.decisions + 2)
    with pytest.raises(ValueError, match="chosen"):
        proven(model, everything)


def test_proving_again_gives_the_same() -> None:
    model, all_of_them = rosters(5)
    assert proven(model, all_of_them[-1][1]) == proven(model, all_of_them[-1][1])


def test_a_bound_holds_whatever_multipliers_are_proposed() -> None:
    program = Program()
    x, y = program.column(0, 5), program.column(0, 5)
    program.add([(2, x), (1, y)], 7, None)
    program.add([(1, x), (-1, y)], -2, 2)
    program.costs = {x: 3, y: 2}
    points = [(a, b) for a in range(6) for b in range(6) if 2 * a + b >= 7 and -2 <= a - b <= 2]
    best = min(3 * a + 2 * b for a, b in points)
    chance = random.Random(1)
    for _ in range(300):
        bound = program.certified([chance.uniform(-4, 4), chance.uniform(-4, 4)])
        assert bound <= best
    assert program.certified([float("nan"), float("inf")]) == 0
    assert program.bound(5) == best == 11


def test_three_pairs_become_one_clique() -> None:
    assert cover([(2, 3), (3, 4), (2, 4), (4, 5)]) == ((2, 3, 4), (4, 5))


@pytest.mark.parametrize("seed", range(30))
def test_cliques_forbid_the_same_pairs(seed: int) -> None:
    chance = random.Random(seed)
    rows = [chance.sample(range(2, 12), chance.choice([2, 2, 3])) for _ in range(12)]

    def pairs(cliques: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
        return {pair for own in cliques for pair in itertools.combinations(sorted(own), 2)}

    assert pairs(cover(rows)) == pairs(rows)


def test_a_lattice_knows_its_sums() -> None:
    lattice = Lattice(((9, 2), (9, 3), (10, 4)), [0, 1, 1, 1, 1], -12, 30)
    sums = [0, 9, 10, 18, 19, 28]
    for limit in range(-12, 31):
        assert lattice.most(limit) == max(s - 12 for s in sums if s - 12 <= limit)
    assert lattice.most(-13) == -13


def test_a_lattice_looks_no_further_than_it_is_asked() -> None:
    terms, uppers = ((9, 2), (9, 3), (10, 4)), [0, 1, 1, 1, 1]
    short, long = Lattice(terms, uppers, -12, 5), Lattice(terms, uppers, -12, 50)
    assert [short.most(limit) for limit in range(-12, 6)] == [
        long.most(limit) for limit in range(-12, 6)
    ]
    assert Lattice(terms, uppers, 12, 5).most(5) == 5


def test_a_lattice_counts_a_variable_as_often_as_it_can() -> None:
    lattice = Lattice(((3, 2), (10, 3)), [0, 1, 7, 1], 0, 40)
    sums = [3 * n + 10 * b for n in range(8) for b in (0, 1)]
    for limit in range(41):
        assert lattice.most(limit) == max(s for s in sums if s <= limit)


def test_a_lattice_with_what_takes_away_knows_nothing() -> None:
    assert Lattice(((-3, 2),), [0, 1, 1], 0, 9).most(5) == 5


def test_a_focus_keeps_the_numbers_of_the_variables() -> None:
    model, all_of_them = rosters(1)
    scores, chosen = all_of_them[0]
    seen = focus(model, 3, scores)
    assert [d.var for d in seen.model.definitions] == sorted(d.var for d in seen.model.definitions)
    assert {d.var for d in seen.model.definitions} <= {d.var for d in model.definitions}
    whole = replace(seen.model, definitions=model.definitions)
    assert not any(broken(whole, settle(model, chosen)))


def test_bisection_ends_when_it_is_told_to_stop() -> None:
    """Each program may take seconds, and a search that does not end in time is killed."""
    stop = threading.Event()
    raised = 0
    for model, (scores, _), _ in (own for seed in range(40) for own in some(seed)):
        envelope = Envelope(glance(model, 1, scores))
        bound = envelope.bound(10)
        if bound is None or not model.steps[1].worst or bound >= scores[1]:
            continue
        stop.clear()
        raised += lattice_bound(envelope, bound, scores[1], 10, stop=stop) > bound
        stop.set()
        assert lattice_bound(envelope, bound, scores[1], 10, stop=stop) == bound
    assert raised


def test_what_is_counted_together_has_a_part_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on when it is asked for the bound: the limit is a tenth of what is left."""
    model, all_of_them = rosters(3)
    now = [0.0]
    late: list[tuple[bool, bool]] = []

    def counted(self: Bounder, number: int, over: Callable[[], bool]) -> None:
        left = 100 - now[0]
        now[0] += 0.09 * left
        early = over()
        now[0] += 0.02 * left
        late.append((early, over()))

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(Bounder, "counted", counted)
    monkeypatch.setattr(Bounder, "tallies", lambda *_: None)
    stop = threading.Event()
    prover = Prover(model, all_of_them[-1][1], seconds=100, workers=1, seed=1, stop=stop)
    for number, step in enumerate(model.steps):
        if not step.worst:
            prover._counted(number)
    assert late
    assert set(late) == {(False, True)}
