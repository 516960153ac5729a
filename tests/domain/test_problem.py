"""A plan's hash is of everything in it, and stays what it was when rosters were stored."""

import hashlib
import json
from dataclasses import asdict

import pytest

from tests.properties.problems import draw_problem


def plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)


@pytest.mark.parametrize("seed", range(4))
def test_the_hash_is_of_all_fields_written_out(seed: int) -> None:
    plan = draw_problem(seed)
    text = json.dumps(
        asdict(plan), sort_keys=True, ensure_ascii=False, default=plain, separators=(",", ":")
    )
    assert plan.content_hash == hashlib.sha256(text.encode()).hexdigest()
