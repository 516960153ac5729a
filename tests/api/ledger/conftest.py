"""A folder with a plan, and a book in which its period is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.guard import Debugging
from tests.api.ledger.books import ON, Said, worked_file
from tests.api.plans import plan_file, rettvakt


@pytest.fixture(autouse=True)
def _as_at_the_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "80")
    yield
    Debugging.on = False


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Path:
    """A folder with a plan, and a book in which its period is closed."""
    monkeypatch.chdir(tmp_path)
    plan = plan_file(tmp_path)
    assert rettvakt("ledger", "close", plan, worked_file(tmp_path), *ON) == 0
    capsys.readouterr()
    return tmp_path
