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
