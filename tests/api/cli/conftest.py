"""A roster with holes that several tests look at, and what is put back between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.guard import Debugging
from tests.api.plans import QUICK, everybody_away, plan_file, rettvakt


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    yield
    Debugging.on = False


@pytest.fixture(scope="package")
def holes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and the roster that was made of it, which has holes."""
    folder = tmp_path_factory.mktemp("holes")
    plan = plan_file(folder, everybody_away)
    assert rettvakt("solve", plan, "--out", folder / "ut", *QUICK) == 1
    return folder
