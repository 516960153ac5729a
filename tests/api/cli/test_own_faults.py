"""Our own faults: a code, a trace in a file, and no roster lost."""

from pathlib import Path
from typing import Any

import pytest

from api import library, outputs
from api.cli import main as entry
from api.cli import solve as solving
from api.cli.guard import TRACE, guarded
from api.saving import WriteError
from scheduler.engine import DisagreementError, Outcome
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending
from tests.api.cli.said import Said
from tests.api.plans import everybody_away, plan_file, rettvakt


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RuntimeError("zzz"), ""),
        (DisagreementError("zzz"), "underkjente planen"),
        (SearchError("zzz"), "Søket stanset"),
        (MemoryError("zzz"), "tom for minne"),
    ],
)
def test_our_own_fault_is_4_with_the_trace_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, error: Exception, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> Outcome:
        raise error

    monkeypatch.setattr(library, "solve", fail)
    plan, folder = plan_file(tmp_path), tmp_path / "ut"
    assert rettvakt("solve", plan, "--out", folder) == 4
    said = capsys.readouterr().err
    assert "Dette er en feil i Rettvakt" in said
    assert sentence in said
    assert "Traceback" not in said
    assert str(folder / TRACE) in said
    assert "zzz" in (folder / TRACE).read_text(encoding="utf-8")
    for arguments in (["--debug", "solve", plan], ["solve", plan, "--debug"]):
        assert rettvakt(*arguments, "--out", folder) == 4
        assert "Traceback" in capsys.readouterr().err


def test_the_trace_goes_where_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def fail() -> int:
        raise KeyError("zzz")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert guarded(fail, tmp_path / "file") == 4  # cannot be a folder
    assert (tmp_path / TRACE).exists()
    (tmp_path / TRACE).unlink()

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError("no")

    monkeypatch.setattr(Path, "write_text", refuse)
    capsys.readouterr()
    assert guarded(fail) == 4
    assert "--debug" in capsys.readouterr().err


def test_a_fault_outside_of_every_command_is_4_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Said
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(entry, "app", fail)
    assert rettvakt("rules") == 4
    assert "Dette er en feil i Rettvakt" in capsys.readouterr().err


def test_a_search_that_dies_leaves_its_best_roster(
    tmp_path: Path, holes: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    found = outputs.read_package(holes / "ut" / "vaktplan.json")[1]

    def die(*_: object, keep: Any, **__: object) -> Outcome:
        keep(found)
        raise SearchError("killed")

    monkeypatch.setattr(library, "solve", die)
    plan = plan_file(tmp_path, everybody_away)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut") == 4
    assert "rettvakt export" in capsys.readouterr().out
    again = outputs.read_package(tmp_path / "ut" / "vaktplan.json")[1]
    assert again.assignments == found.assignments


def test_a_search_that_hangs_gives_its_last_roster_and_says_so(
    tmp_path: Path, holes: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    loaded, roster = outputs.read_package(holes / "ut" / "vaktplan.json")
    outcome = Outcome(Ending.SOLVED, roster, library.check(loaded, roster), cut_off=True)
    monkeypatch.setattr(library, "solve", lambda *_, **__: outcome)
    plan = plan_file(tmp_path, everybody_away)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut") == 1  # it has holes
    said = capsys.readouterr().out
    assert "Søket svarte ikke da det skulle avsluttes, og ble avbrutt." in said
    again = outputs.read_package(tmp_path / "ut" / "vaktplan.json")[1]
    assert again.assignments == roster.assignments


@pytest.fixture
def solved_at_once(holes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that has its roster at once: what comes after it is tried here."""
    loaded, roster = outputs.read_package(holes / "ut" / "vaktplan.json")
    outcome = Outcome(Ending.SOLVED, roster, library.check(loaded, roster))
    monkeypatch.setattr(library, "solve", lambda *_, **__: outcome)


@pytest.mark.usefixtures("solved_at_once")
def test_a_roster_is_not_lost_with_a_report_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def fail(*_: object) -> dict[str, bytes]:
        raise RuntimeError("template")

    monkeypatch.setattr(outputs, "report_files", fail)
    plan, folder = plan_file(tmp_path, everybody_away), tmp_path / "ut"
    assert rettvakt("solve", plan, "--out", folder) == 4
    assert {p.name for p in folder.iterdir()} == {"vaktplan.json", TRACE}
    assert "tatt vare på" in capsys.readouterr().out
    assert rettvakt("export", folder, "--format", "csv") == 0


@pytest.mark.usefixtures("solved_at_once")
def test_a_roster_is_not_lost_with_a_folder_that_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    write_all, plan, folder = (
        outputs.write_all,
        plan_file(tmp_path, everybody_away),
        tmp_path / "ut",
    )

    def closed(*arguments: Any) -> Any:
        if arguments[-1] == folder:
            raise WriteError(folder / "vaktplan.xlsx", "Lukk filen.")
        return write_all(*arguments)

    monkeypatch.setattr(solving, "write_all", closed)
    assert rettvakt("solve", plan, "--out", folder) == 2
    said = capsys.readouterr()
    assert "Lukk filen." in said.err
    other = next(p for p in tmp_path.iterdir() if p.name.startswith("ut-"))
    assert str(other) in said.out
    assert (other / "vaktplan.json").exists()


@pytest.mark.usefixtures("solved_at_once")
def test_where_nothing_can_be_written_it_is_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def closed(*arguments: Any) -> Any:
        raise WriteError(arguments[-1], "Disken er full.")

    monkeypatch.setattr(solving, "write_all", closed)
    assert rettvakt("solve", plan_file(tmp_path, everybody_away), "--out", tmp_path / "ut") == 2
    assert "Disken er full." in capsys.readouterr().err
