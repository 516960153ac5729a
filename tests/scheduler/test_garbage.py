"""The search for cyclic garbage, held back and taken up again."""

import gc

import pytest

from scheduler.garbage import uncollected


def _fails() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
        raise KeyError


def test_garbage_is_collected_again_afterwards_whatever_happens() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError):
        _fails()
    assert gc.isenabled()


def test_it_is_held_back_until_the_last_that_asks_for_it_ends() -> None:
    """Threads end in any order."""
    first, last = uncollected(), uncollected()
    first.__enter__()
    last.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    last.__exit__(None, None, None)
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_not_looked_through_at_once() -> None:
    with uncollected():
        made = [[number] for number in range(5_000)]
    young = {id(own) for age in (0, 1) for own in gc.get_objects(generation=age)}
    assert not young.intersection(map(id, made))
    assert gc.get_freeze_count() == 0


def test_what_is_frozen_stays_so() -> None:
    gc.freeze()
    try:
        with uncollected():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
