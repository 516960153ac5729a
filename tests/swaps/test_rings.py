"""Every ring is found, and none that the full checkers would refuse: by brute force."""

import random
from functools import cache
from itertools import permutations

import pytest

from constraints.catalogue import rules_for
from constraints.fair_share import FairShare
from scheduler.changes.move import Move
from scheduler.changes.trials import Trials
from scheduler.domain.roster import Timetable
from scheduler.swaps.judge import Judge
from scheduler.swaps.rings import Rings, SwapOffer, rings
from tests.support import doctor, duty, problem, roster
from tests.swaps.cases import EASY, judge_of, new_breaches

SEEDS = (*range(12), *range(EASY, EASY + 48))


@cache
def offers(seed: int) -> tuple[SwapOffer, ...]:
    """Up to six offers; half of them say what they would take."""
    judge, chance = judge_of(seed), random.Random(1000 + seed)
    plan = judge.timetable.problem
    held = [(who.id, u) for who in plan.doctors for u in plan.units if judge.has((who.id, u))]
    found = []
    for who, unit in chance.sample(held, min(6, len(held))):
        others = [own for _, own in held if own != unit]
        accepts = frozenset(chance.sample(others, len(others) // 2)) if others else frozenset()
        found.append(SwapOffer(who, unit, accepts if chance.random() < 0.5 else None))
    return tuple(found)


@cache
def found(seed: int) -> Rings:
    return rings(judge_of(seed), offers(seed))


def turned(ring: tuple[SwapOffer, ...]) -> tuple[SwapOffer, ...]:
    """The same ring told from one fixed offer."""
    start = min(range(len(ring)), key=lambda n: (ring[n].doctor, ring[n].unit))
    return ring[start:] + ring[:start]


def brute_force(seed: int) -> set[tuple[SwapOffer, ...]]:
    """Every order of two, three and four offers, each judged as a whole by the full checkers."""
    judge, lawful = judge_of(seed), set()
    for size in (2, 3, 4):
        for ring in permutations(offers(seed), size):
            if ring != turned(ring) or len({own.doctor for own in ring}) < size:
                continue
            nexts = (*ring[1:], ring[0])
            pairs = list(zip(ring, nexts, strict=True))
            if not all(other.takes(own.unit) for own, other in pairs):
                continue
            if any(judge.has_some((other.doctor, own.unit)) for own, other in pairs):
                continue
            off = tuple((own.doctor, own.unit) for own in ring)
            on = tuple((other.doctor, own.unit) for own, other in pairs)
            if not new_breaches(seed, Move(off, on)):
                lawful.add(ring)
    return lawful


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rings_are_those_of_brute_force(seed: int) -> None:
    own = found(seed)
    assert own.complete
    assert {turned(ring.offers) for ring in own.rings} == brute_force(seed)
    assert len(own.rings) == len({turned(ring.offers) for ring in own.rings})


def test_rings_of_every_size_were_found() -> None:
    sizes = [ring.people for seed in SEEDS for ring in found(seed).rings]
    assert all(sizes.count(size) >= 5 for size in (2, 3, 4))
    assert sum(not found(seed).rings for seed in SEEDS) >= 5


def test_fewest_people_come_first_and_then_fewest_departures() -> None:
    for seed in SEEDS:
        ranks = [(r.people, len(r.swap.verdict.exceptions)) for r in found(seed).rings]
        assert ranks == sorted(ranks)


SHIFTS = [duty(f"2027-02-{day:02} 16:00", "23:00") for day in (1, 4, 8, 11)]
NAMES = ("kari", "ola", "per", "anne")
PLAN = problem([doctor(name.title()) for name in NAMES], SHIFTS)
RULES = tuple(r for r in rules_for(PLAN) if r.id not in {"backup_for_dependent", "radio_training"})


def four() -> Judge:
    """Four doctors with one evening each."""
    work = {who: [shift] for who, shift in zip(NAMES, SHIFTS, strict=True)}
    fair = next(rule for rule in RULES if isinstance(rule, FairShare))
    timetable: Timetable = roster(PLAN, work)
    return Judge(timetable, RULES, fair.shares(PLAN), fair.worked_by)


def round_of(*takes: int) -> list[SwapOffer]:
    """Each doctor in turn offers her own, and would take only that of this number."""
    return [
        SwapOffer(NAMES[n], SHIFTS[n].id, frozenset({SHIFTS[take].id}))
        for n, take in enumerate(takes)
    ]


def test_a_ring_of_four_where_no_two_could_swap() -> None:
    own = rings(four(), round_of(3, 0, 1, 2))
    [ring] = own.rings
    assert ring.people == 4
    assert ring.swap.lawful
    got = dict(ring.swap.move.on)
    assert got == {"ola": SHIFTS[0].id, "per": SHIFTS[1].id, "anne": SHIFTS[2].id} | {
        "kari": SHIFTS[3].id
    }
    assert own.without() == ()
    assert rings(four(), round_of(3, 0, 1, 2), most_people=3).rings == ()


def test_an_offer_that_nobody_wants_is_told() -> None:
    own = rings(four(), round_of(1, 0, 0))
    assert [ring.people for ring in own.rings] == [2]
    assert [offer.doctor for offer in own.without()] == ["per"]


def test_the_search_ends_where_there_are_too_many() -> None:
    all_welcome = [SwapOffer(name, shift.id) for name, shift in zip(NAMES, SHIFTS, strict=True)]
    own = rings(four(), all_welcome)
    assert len(own.rings) == 6 + 8 + 6  # pairs, both ways round of three, and of four
    few = rings(four(), all_welcome, most_rings=5)
    assert len(few.rings) == 5
    assert not few.complete
    assert rings(four(), all_welcome, most_rings=20).complete


def test_what_the_whole_plan_gains_decides_among_as_many() -> None:
    judge = four()
    all_welcome = [SwapOffer(name, shift.id) for name, shift in zip(NAMES, SHIFTS, strict=True)]
    own = rings(judge, all_welcome, trials=Trials(judge.timetable, RULES))
    for size in (2, 3, 4):
        changes = [ring.changes for ring in own.rings if ring.people == size]
        assert None not in changes
        assert changes == sorted(changes, key=lambda c: c or ())
    for ring in own.rings:
        assert (ring.first is None) is not any(ring.changes or ())


def test_a_duty_that_is_not_held_is_refused() -> None:
    with pytest.raises(ValueError, match="must be of a duty she has"):
        rings(four(), [SwapOffer("kari", SHIFTS[1].id)])
