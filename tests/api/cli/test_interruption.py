"""A search that is interrupted keeps its best roster."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from api import library
from fixtures.files import PLANS
from scheduler.engine import Outcome
from scheduler.solving.result import Ending
from tests.api.cli.said import Said, readable
from tests.api.plans import plan_file, rettvakt
from tests.support import PATIENCE, few


def _interrupted(plan: Path, folder: Path, log: Path, number: int) -> int:
    """Solve in a process group of its own and interrupt it as a terminal does: all of it."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "api.cli.main", "solve", str(plan), "--out", str(folder)),
                *("--time-limit", str(3 * PATIENCE), "--workers", "1"),
            ],
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            end = time.monotonic() + PATIENCE
            while "beviser" not in log.read_text(encoding="utf-8") and time.monotonic() < end:
                time.sleep(0.05)
            os.killpg(process.pid, number)
            return process.wait(timeout=PATIENCE)
        finally:
            process.kill()


@pytest.mark.parametrize("number", few([signal.SIGINT, signal.SIGTERM], 1))
def test_an_interrupted_search_keeps_the_best(tmp_path: Path, number: int) -> None:
    log = tmp_path / "log.txt"
    code = _interrupted(PLANS / "umulig.yaml", tmp_path / "ut", log, number)
    said = log.read_text(encoding="utf-8")
    assert code in (0, 1), said
    assert "tar vare på det beste" in said
    assert "Stoppet før tiden var ute." in said
    assert (tmp_path / "ut" / "vaktplan.json").exists()
    assert (tmp_path / "ut" / "rapport.pdf").exists()
    assert readable(said)


def test_an_interruption_before_any_roster_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def stopped(*_: object, **__: object) -> Outcome:
        return Outcome(Ending.OUT_OF_TIME, stopped=True)

    monkeypatch.setattr(library, "solve", stopped)
    assert rettvakt("solve", plan_file(tmp_path), "--out", tmp_path / "ut") == 3
    assert "Stoppet før en lovlig plan var funnet." in capsys.readouterr().err


def test_the_second_interruption_ends_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def twice(*_: object, stop: Any, **__: object) -> Outcome:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("not reached")

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(library, "solve", twice)
    assert rettvakt("solve", plan_file(tmp_path), "--out", tmp_path / "ut") == 130
    assert "Avbrutt." in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before
    assert not (tmp_path / "ut").exists()
