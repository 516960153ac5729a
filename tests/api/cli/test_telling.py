"""How faults, remarks and progress are told on a terminal and in a log."""

import time
from pathlib import Path

import pytest

from api.cli.console import ALIKE, SHOWN, err, out, plain, tell_faults, tell_remarks
from api.cli.progress import ProgressLine
from scheduler.domain.roster import LevelResult
from scheduler.engine import Update
from scheduler.reading.faults import Fault, PlanError
from tests.api.cli.said import Said
from tests.api.plans import rettvakt
from tests.support import PATIENCE


def test_many_faults_that_are_alike_are_told_once(capsys: Said) -> None:
    alike = [Fault(f"rad {n}", "Ola", "Ukjent lege.", "Rett navnet.") for n in range(1, 301)]
    other = Fault("rad 301", "x", "Ikke en dato.", "Skriv den slik.")
    tell_faults(PlanError([*alike, other]), Path("min.csv"))
    said = capsys.readouterr().err
    assert "Det er 301 feil i min.csv. Ingenting er skrevet." in said
    assert said.count("Rett navnet.") == ALIKE
    assert f"og {300 - ALIKE} til med samme feil: Ukjent lege." in said
    assert "rad 301: Ikke en dato." in said


def test_of_very_many_faults_the_first_are_told(capsys: Said) -> None:
    tell_faults(PlanError(Fault(f"rad {n}", "", f"Feil {n}.", "Rett.") for n in range(600)))
    said = capsys.readouterr().err
    assert said.count("Rett.") == SHOWN
    assert f"og {600 - SHOWN} andre feil. Rett disse først." in said


def test_many_remarks_are_cut_and_counted(capsys: Said) -> None:
    tell_remarks(f"Nummer {n}" for n in range(30))
    said = capsys.readouterr().err
    assert said.count("Nummer") == 20
    assert "10 merknader til" in said


def test_nothing_that_a_user_wrote_steers_the_terminal() -> None:
    assert plain("a\x1b[31mb\n[bold]\u202e") == "a [31mb \\[bold] "


def _update(seconds: float, doing: str = "improve") -> Update:
    level = LevelResult("ordered", "Pålagte timer: alle", 12.5, 3, proven=False, unit="timer")
    return Update(seconds, level.title, (level,), doing)


def test_progress_in_a_log_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    now = [0.0]
    monkeypatch.setattr("api.cli.progress.time.monotonic", lambda: now[0])
    with ProgressLine(3600) as line:
        for second in range(3600):
            now[0] = float(second)
            line.tell(_update(second))
        line.tell(_update(3600, "prove"))
        line.stopping()
    said = capsys.readouterr().err.splitlines()
    assert said[1] == "     0 s  forbedrer – pålagte timer: alle: 12,5 timer (kan ikke bli under 3)"
    assert len(said) < 150
    assert "beviser" in said[-2]
    assert "stopper" in said[-1]


def _drawn(text: str, capsys: Said) -> None:
    """Wait until it stands on the terminal: that is redrawn now and then."""
    until, said = time.monotonic() + PATIENCE, ""
    while text not in said:
        assert time.monotonic() < until, said
        time.sleep(0.02)
        said += capsys.readouterr().err


def test_progress_on_a_terminal_is_redrawn(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(err, "_force_terminal", True)
    monkeypatch.setattr(err, "is_interactive", True)
    monkeypatch.setenv("TERM", "xterm")
    with ProgressLine(60) as line:
        _drawn("Ctrl-C stopper", capsys)
        line.tell(_update(1))
        _drawn("Pålagte timer: alle: 12,5 timer", capsys)
        line.stopping()
        _drawn("avbryter uten å skrive", capsys)


def test_lines_are_whole_in_a_log(capsys: Said) -> None:
    rettvakt("--version")
    out.print("ord " * 100)
    assert len(capsys.readouterr().out.splitlines()[-1]) > 300
