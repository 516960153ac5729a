"""Help that teaches, and what was typed wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import main as entry
from tests.api.cli.said import Said, readable
from tests.api.plans import plan_file, rettvakt
from tests.support import PATIENCE

COMMANDS = (
    "solve",
    "check",
    "certify",
    "validate",
    "shares",
    "export",
    "wishes",
    "why",
    "repair",
    "rules",
    "schema",
    "template",
    "convert",
    "compare",
    "sweep",
    "demo",
)


def test_help_is_bokmål_and_teaches(capsys: Said) -> None:
    assert rettvakt("--help") == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert f"│ {command} " in said
    assert "Sluttkode:" in said
    for command in COMMANDS:
        assert rettvakt(command, "--help") == 0
        own = capsys.readouterr().out
        assert own.strip().startswith(f"Bruk: rettvakt {command} [VALG]")
        for english in ("Usage", "Show this", "<path>", "default", "required", "OPTIONS", "range"):
            assert english not in own
        if command != "demo":
            assert "Eksempel: rettvakt" in own


def test_no_command_shows_the_help(capsys: Said) -> None:
    assert rettvakt() == 0
    assert "Kommandoer" in capsys.readouterr().out


def test_the_version_is_told(capsys: Said) -> None:
    assert rettvakt("--version") == 0
    assert "regelsett" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("slove", "Kommandoen slove finnes ikke. Mente du solve?"),
        ("xyzzy", "Kommandoen xyzzy finnes ikke."),
        ("solve", "PLAN mangler."),
        ("solve a b", "For mange ord: b."),
        ("solve a --otu x", "Valget --otu finnes ikke. Mente du --out?"),
        ("solve a --out", "--out mangler en verdi."),
        ("solve a --time-limit 0", "«0» for --time-limit kan ikke brukes. Skriv et tall fra 1 til"),
        ("solve a --seed=x", "«x» for --seed"),
        ("solve a --workers 65", "«65» for --workers"),
        ("rules --json=2", "--json skal ikke ha noen verdi."),
        ("export a", "--format mangler. Velg mellom xlsx, csv, pdf, ics og json."),
        ("export a -f docx", "«docx» for --format kan ikke brukes. Velg mellom"),
    ],
)
def test_what_was_typed_wrong_is_told(arguments: str, told: str, capsys: Said) -> None:
    assert rettvakt(*arguments.split()) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "rettvakt" in said.splitlines()[-1]
    assert readable(said)


def test_help_loads_nothing_heavy() -> None:
    program = """
import sys
from api.cli.main import run
assert run(["--help"]) == run(["solve", "--help"]) == 0
heavy = "ortools pandas numpy openpyxl typst jinja2 yaml holidays icalendar xlsxwriter".split()
loaded = {*heavy, "constraints", "scheduler.engine", "scheduler.reading.plan"} & set(sys.modules)
assert not loaded, loaded
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_entry_point_ends_with_the_code(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(sys, "argv", ["rettvakt", "nei"])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 2
    assert "finnes ikke" in capsys.readouterr().err


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    for arguments in ("rules", "rules --json", "schema", f"validate {plan_file(tmp_path)}"):
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli.main", *arguments.split()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        process.stderr.close()
        assert process.wait(timeout=PATIENCE) == 0, said
        assert "Traceback" not in said
        assert "Exception" not in said
