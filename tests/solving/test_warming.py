"""What a bound weighs with is compiled at set-up, and not while somebody waits."""

from collections.abc import Callable
from typing import Any

import pytest
from numba import typeof

from scheduler.solving import choosing, covering, taking_part, warming, weighing
from scheduler.solving.sharing import tally_bound, weighed_bound
from scheduler.solving.state import Index
from tests.solving.posted import lawful
from tests.solving.test_weighing import by_chance

KERNELS = (
    (covering, "_cheapest"),
    (taking_part, "_cheapest"),
    (weighing, "_chosen"),
    (choosing, "_sweep"),
)


def test_what_is_weighed_is_compiled_at_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    met = set[tuple[str, tuple[object, ...]]]()

    def told(name: str, kernel: Callable[..., object]) -> Callable[..., object]:
        def asked(*given: Any) -> object:
            met.add((name, tuple(map(typeof, given))))
            return kernel(*given)

        return asked

    for module, kernel in KERNELS:
        name = f"{module.__name__}.{kernel}"
        monkeypatch.setattr(module, kernel, told(name, getattr(module, kernel)))
    warming.compile_all()
    compiled = met.copy()
    met.clear()
    for seed in range(5):
        model = by_chance(seed)
        scores = (*min(own[:-1] for own in lawful(model)), 0)
        tally_bound(Index(model), len(scores) - 1, scores)
        weighed = weighed_bound(Index(model), len(scores) - 1, scores[:2], lambda: False)
        for kind in weighed.kinds if weighed else ():
            kind.choice(1, lambda: False)
    assert len({name for name, _ in met}) == len(KERNELS)
    assert met <= compiled
