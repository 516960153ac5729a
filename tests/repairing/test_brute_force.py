"""Repairs against enumeration on tiny cases, with the checkers as judge."""

from collections import Counter

import pytest

from scheduler.changes.move import Move, moved
from scheduler.repairing.asking import Limits
from scheduler.repairing.options import Option, Proof
from scheduler.repairing.repairs import repair
from scheduler.repairing.scoring import Scores
from scheduler.repairing.situation import Situation
from tests.repairing.tiny import Checkers, enumerated, standings, tiny
from tests.support import few

SEEDS, ENOUGH = 290, 100  # cases drawn, and how many of them have something to repair
SOME, OF_SOME = 90, 30  # in the fast suite
_LIMITS = Limits(seconds=60, near=3, options=1)


@pytest.mark.parametrize(("seeds", "enough"), few([(SOME, OF_SOME), (SEEDS, ENOUGH)], 1))
def test_people_and_changes_are_the_fewest(seeds: int, enough: int) -> None:
    """Some in rosters that break rules already."""
    seen: Counter[str] = Counter()
    for seed in range(seeds):
        own = tiny(seed)
        if own.gaps and (every := enumerated(own)) is not None:
            seen[_compare(seed, own, every)] += 1
    assert seen.total() >= enough
    assert min(seen["1"], seen["2"], seen["none"]) >= enough // 10, seen


Ways = dict[int, list[tuple[int, bool, Move]]]


def _compare(seed: int, own: Situation, every: Ways) -> str:
    """How many people the case takes."""
    found = repair(own, standings, _LIMITS)
    least = min(every, default=None)
    told = {finding.people: finding for finding in found.findings}
    for people in (1, 2, 3):
        extra = least is not None and people > least
        ways = [way for way in every.get(people, []) if way[1] or not extra]
        fewest = min((changes for changes, _, _ in ways), default=None)
        if people not in told:
            assert extra, (seed, people)  # not looked for beyond what is near
            continue
        assert told[people].exists is (fewest is not None), (seed, people, told, fewest)
        if fewest is not None and told[people].fewest:
            assert told[people].changes == fewest, (seed, people, told, fewest)
        else:  # an exchange beyond what is needed, found near what is open
            assert fewest is None or extra, (seed, people, told, fewest)
    checkers = Checkers(own)
    for option in found.options:
        assert checkers.take(moved(own.left, option.move)), (seed, option.move)
        assert option.full is (least is not None), (seed, option.move)
        _nothing_else_moves(own, option)
    if least is None:
        return "none"
    for more in found.options:  # nobody is disturbed for nothing
        assert all(more.score < o.score for o in found.options if len(o.people) < len(more.people))
    best = found.options[0]
    fewest = min(changes for changes, _, _ in every[least])
    assert (len(best.people), best.changes) == (least, fewest), seed
    scores = Scores(own, [move for _, _, move in every[least]])
    values = [scores.score(move) for changes, _, move in every[least] if changes == fewest]
    if best.best:
        assert scores.score(best.move) == min(values), (seed, best.move)
    return str(least)


def _nothing_else_moves(own: Situation, option: Option) -> None:
    """The past, the frozen window and pins stand."""
    plain, after = own.problem, moved(own.left, option.move)
    for duty in plain.duties:
        was, now = set(own.left.doctors_on(duty.id)), set(after.doctors_on(duty.id))
        if duty.start < own.moment:
            assert set(own.before.doctors_on(duty.id)) == was == now
        elif duty.start < own.frozen_until:
            assert was <= now
            assert was == now or duty.unit in own.fillable
    for pin in plain.pins:
        assert pin.doctor in after.doctors_on(pin.duty)


def test_without_time_nothing_is_called_proven() -> None:
    own = next(
        case
        for case in map(tiny, range(SEEDS))
        if case.gaps and any(f.proof is Proof.SOLVER for f in repair(case, standings).findings)
    )
    hurried = repair(own, standings, Limits(seconds=0))
    assert any(finding.exists is None for finding in hurried.findings)
    tried = [own for own in hurried.findings if own.proof is Proof.TRIED]
    assert all(own.exists is not False for own in hurried.findings if own not in tried)


@pytest.mark.parametrize("seed", [54])
def test_an_exchange_with_the_doctor_who_fell_out_touches_one_person(seed: int) -> None:
    """Nobody can take it as things are, but one can if the sick doctor takes something back."""
    found = repair(tiny(seed), standings, _LIMITS)
    first = found.findings[0]
    assert (first.people, first.exists, first.proof) == (1, True, Proof.SOLVER)
    assert [own.doctor for own in found.options[0].fallen] == ["cato"]
