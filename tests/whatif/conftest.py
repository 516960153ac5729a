"""Two towns with three alternatives, solved once for all tests of comparisons."""

import json
from pathlib import Path

import pytest

from api import whatif, whatif_comparing
from api.whatif import LoadedScenarios
from api.whatif_solving import Solved
from scheduler.writing.comparison.source import Comparison
from tests.whatif.comparing import SCENARIOS, SEARCH
from tests.whatif.plans import two_towns


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("scenarier")
    (own / "plan.json").write_text(json.dumps(two_towns()), encoding="utf-8")
    (own / "s.json").write_text(json.dumps(SCENARIOS), encoding="utf-8")
    return own


@pytest.fixture(scope="session")
def loaded(folder: Path) -> LoadedScenarios:
    return whatif.read(folder / "s.json")


@pytest.fixture(scope="session")
def solved(loaded: LoadedScenarios) -> dict[str, Solved]:
    return whatif_comparing.solve(loaded, SEARCH)


@pytest.fixture(scope="session")
def named(loaded: LoadedScenarios, solved: dict[str, Solved]) -> Comparison:
    return whatif_comparing.compare(loaded, solved, SEARCH)


@pytest.fixture(scope="session")
def unnamed(loaded: LoadedScenarios, solved: dict[str, Solved]) -> Comparison:
    return whatif_comparing.compare(loaded, solved, SEARCH, anonymous=True)
