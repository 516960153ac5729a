"""Repairs against enumeration on tiny cases, with the checkers as judge."""

import pytest

from scheduler.changes.move import moved
from scheduler.repairing.repairs import Limits, repair
from scheduler.repairing.scoring import Scores
from tests.repairing.tiny import enumerated, lawful, standings, tiny

CASES = range(160)


@pytest.mark.parametrize("first", CASES[::20])
def test_people_and_changes_are_the_fewest(first: int) -> None:
    for seed in range(first, first + 20):
        _compare(seed)


def _compare(seed: int) -> None:
    own = tiny(seed)
    if not own.gaps:
        return
    found = repair(own, standings, Limits(seconds=60, near=3))
    every = enumerated(own)
    least = min(every, default=None)
    told = {finding.people: finding for finding in found.findings}
    for people in (1, 2, 3):
        extra = least is not None and people > least
        ways = [way for way in every.get(people, []) if way[1] or not extra]
        fewest = min((changes for changes, _, _ in ways), default=None)
        if people in told:
            assert told[people].exists is (fewest is not None), (seed, people, told, fewest)
            if fewest is not None and told[people].fewest:
                assert told[people].changes == fewest, (seed, people, told, fewest)
            else:  # an exchange beyond what is needed, found near what is open
                assert fewest is None or extra, (seed, people, told, fewest)
        else:
            assert extra, (seed, people, told)
            assert fewest is None, (seed, people, told, fewest)
    for option in found.options:
        after = moved(own.left, option.move)
        assert lawful(own, after), seed
        if not option.full:
            assert least is None, seed
    if least is not None:
        best = found.options[0]
        assert len(best.people) == least, seed
        scores = Scores(own, [way[2] for way in every[least]])
        fewest = min(changes for changes, _, _ in every[least])
        values = [scores.score(m) for changes, _, m in every[least] if changes == fewest]
        if best.best:
            assert scores.score(best.move) == min(values), (seed, best.move)
