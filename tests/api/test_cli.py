"""The command line as a coordinator uses it: exit codes, messages, files."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api import library, outputs
from api.cli import main as entry
from api.cli import solve as solving
from api.cli.console import ALIKE, SHOWN, err, out, plain, tell_faults, tell_remarks
from api.cli.guard import TRACE, Debugging, guarded
from api.cli.progress import ProgressLine
from api.saving import EARLIER, WriteError
from constraints.catalogue import ALL_RULES, VOCABULARY
from fixtures.files import PLANS
from scheduler.domain.roster import LevelResult, Roster
from scheduler.engine import DisagreementError, Outcome, Update
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.roster import read_roster
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending
from tests.api.plans import QUICK, Document, everybody_away, plan_file, rettvakt
from tests.support import few

Said = pytest.CaptureFixture[str]
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


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    yield
    Debugging.on = False


@pytest.fixture(scope="module")
def holes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and the roster that was made of it, which has holes."""
    folder = tmp_path_factory.mktemp("holes")
    plan = plan_file(folder, everybody_away)
    assert rettvakt("solve", plan, "--out", folder / "ut", *QUICK) == 1
    return folder


def readable(text: str) -> bool:
    """Whether a log shows it as it is: no control characters, no frames."""
    return all(c.isprintable() or c == "\n" for c in text) and not set("─│┃━┏╭\x1b\r") & set(text)


# ---- exit codes ------------------------------------------------------------------------------


def test_full_and_lawful_is_0(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("solve", plan_file(tmp_path), "--out", tmp_path / "ut", *QUICK) == 0
    said = capsys.readouterr()
    assert "Planen er full og bryter ingen ufravikelig regel." in said.out
    assert "3 leger, 14 vakter, 01.03.2027–14.03.2027" in said.out
    assert "kalender/ (3 kalendere)" in said.out
    assert "skal ikke deles" in said.out
    assert "legger en første plan" in said.err
    assert readable(said.out)
    assert readable(said.err)
    assert {p.name for p in (tmp_path / "ut").iterdir()} == {
        *("vaktplan.json", "vaktplan.xlsx", "vaktplan.csv", "vaktplan.pdf"),
        *("rapport.html", "rapport.pdf", "kalender"),
        *("fordeling.html", "fordeling.pdf", "fordeling.xlsx"),
    }


def test_holes_are_1_and_all_are_listed(tmp_path: Path, capsys: Said) -> None:
    def nobody_ever(document: Document) -> None:
        document["last_day"] = "2027-04-30"
        document["absences"] = [
            {"doctor": own["id"], "kind": "course", "start": "2027-03-01", "end": "2027-05-02"}
            for own in document["doctors"]
        ]

    plan = plan_file(tmp_path, nobody_ever)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut", *QUICK) == 1
    said = capsys.readouterr().out
    assert "men 61 vakter er udekket" in said
    assert said.count("Udekket: Hjemmevakt") == 61
    assert said.count("3 leger: Ingen vakt i fravær") == 61
    assert "Udekket: Ingen lege er på vakt" in said
    assert (tmp_path / "ut" / "vaktplan.json").exists()


def test_breaches_are_1_and_all_are_listed(tmp_path: Path, capsys: Said) -> None:
    plan = plan_file(tmp_path, everybody_away)
    hand = tmp_path / "hand.csv"
    kinds = [
        "Hjemmevakt hverdag" if day % 7 not in (6, 0) else "Hjemmevakt helg" for day in range(1, 15)
    ]
    rows = [f"{day:02}.03.2027;{kind};Kari Nordmann" for day, kind in enumerate(kinds, 1)]
    hand.write_text("\n".join(["Dato;Vakt;Lege", *rows]), encoding="cp1252")
    assert rettvakt("check", plan, hand) == 1
    said = capsys.readouterr().out
    loaded = library.read(plan)
    report = library.check(loaded, read_roster(hand, loaded.problem))
    assert len(report.breaches) >= 3
    assert said.count("Brudd:") == len(report.breaches)
    for case in report.breaches:
        assert plain(report.sentence(case)) in said
    assert f"{len(report.breaches)} brudd på ufravikelige regler" in said
    assert "--report MAPPE" in said


def test_pins_against_the_law_are_1_and_nothing_is_written(tmp_path: Path, capsys: Said) -> None:
    def pinned(document: Document) -> None:
        everybody_away(document)
        document["pins"] = [{"doctor": "kari", "pattern": "kveld", "date": "2027-03-03"}]

    plan = plan_file(tmp_path, pinned)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut", *QUICK) == 1
    said = capsys.readouterr()
    assert "Låsene i planen strider mot" in said.err
    assert "«rettvakt why PLAN»" in said.err
    assert "Brudd: Kari Nordmann" in said.out
    assert not (tmp_path / "ut").exists()


def test_demands_that_contradict_each_other_are_told(tmp_path: Path, capsys: Said) -> None:
    def too_much(document: Document) -> None:
        document["settings"] = {"total_time": {"minimum": {"*": 20_000}}}

    plan = plan_file(tmp_path, too_much)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut", *QUICK) == 1
    said = capsys.readouterr()
    assert "kravene i planen ikke kan oppfylles samtidig" in said.err
    assert "Låsene" not in said.err
    assert "Brudd: Kari Nordmann har i alt" in said.out


def test_faults_are_2_with_place_value_and_remedy(tmp_path: Path, capsys: Said) -> None:
    def wrong(document: Document) -> None:
        document["doctors"][1]["born"] = "01.06.80"
        document["patterns"][0]["place"] = "legevakt"

    plan = plan_file(tmp_path, wrong)
    for command in (["solve", plan, "--out", tmp_path / "ut"], ["validate", plan], ["rules", plan]):
        assert rettvakt(*command) == 2
        said = capsys.readouterr().err
        assert "doctors[1].born" in said
        assert "Der står: 01.06.80" in said
        assert "Ingenting er skrevet." in said
        assert readable(said)
    assert not (tmp_path / "ut").exists()


def test_nothing_found_in_time_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    # No plan is out of reach for sure: a better search would find what none found before.
    monkeypatch.setattr(library, "solve", lambda *_, **__: Outcome(Ending.OUT_OF_TIME))
    plan = plan_file(tmp_path)
    code = rettvakt("solve", plan, "--out", tmp_path / "ut", "-t", "1", "--workers", "1")
    said = capsys.readouterr().err
    assert code == 3, said
    assert "Fant ingen lovlig plan innen tiden." in said
    assert "--time-limit" in said
    assert not (tmp_path / "ut").exists()


# ---- our own faults --------------------------------------------------------------------------


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


def test_a_roster_is_not_lost_with_a_report_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def fail(*_: object) -> dict[str, bytes]:
        raise RuntimeError("template")

    monkeypatch.setattr(outputs, "report_files", fail)
    plan, folder = plan_file(tmp_path), tmp_path / "ut"
    assert rettvakt("solve", plan, "--out", folder, *QUICK) == 4
    assert {p.name for p in folder.iterdir()} == {"vaktplan.json", TRACE}
    assert "tatt vare på" in capsys.readouterr().out
    assert rettvakt("export", folder, "--format", "csv") == 0


def test_a_roster_is_not_lost_with_a_folder_that_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    write_all, plan, folder = outputs.write_all, plan_file(tmp_path), tmp_path / "ut"

    def closed(*arguments: Any) -> Any:
        if arguments[-1] == folder:
            raise WriteError(folder / "vaktplan.xlsx", "Lukk filen.")
        return write_all(*arguments)

    monkeypatch.setattr(solving, "write_all", closed)
    assert rettvakt("solve", plan, "--out", folder, *QUICK) == 2
    said = capsys.readouterr()
    assert "Lukk filen." in said.err
    other = next(p for p in tmp_path.iterdir() if p.name.startswith("ut-"))
    assert str(other) in said.out
    assert (other / "vaktplan.json").exists()


def test_where_nothing_can_be_written_it_is_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def closed(*arguments: Any) -> Any:
        raise WriteError(arguments[-1], "Disken er full.")

    monkeypatch.setattr(solving, "write_all", closed)
    assert rettvakt("solve", plan_file(tmp_path), "--out", tmp_path / "ut", *QUICK) == 2
    assert "Disken er full." in capsys.readouterr().err


# ---- interruption ----------------------------------------------------------------------------


def _interrupted(plan: Path, folder: Path, log: Path, number: int) -> tuple[int, float]:
    """Solve in a process group of its own and interrupt it as a terminal does: all of it."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "api.cli.main", "solve", str(plan), "--out", str(folder)),
                *("--time-limit", "100", "--workers", "1"),
            ],
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            end = time.monotonic() + 60
            while "beviser" not in log.read_text(encoding="utf-8") and time.monotonic() < end:
                time.sleep(0.05)
            begun = time.monotonic()
            os.killpg(process.pid, number)
            return process.wait(timeout=60), time.monotonic() - begun
        finally:
            process.kill()


@pytest.mark.parametrize("number", few([signal.SIGINT, signal.SIGTERM], 1))
def test_an_interrupted_search_keeps_the_best(tmp_path: Path, number: int) -> None:
    log = tmp_path / "log.txt"
    code, seconds = _interrupted(PLANS / "umulig.yaml", tmp_path / "ut", log, number)
    said = log.read_text(encoding="utf-8")
    assert code in (0, 1), said
    assert seconds < 40
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


# ---- solve: folders --------------------------------------------------------------------------


@pytest.mark.slow
def test_a_second_run_keeps_what_it_replaces(tmp_path: Path, capsys: Said) -> None:
    plan, folder = plan_file(tmp_path), tmp_path / "ut"
    assert rettvakt("solve", plan, "--out", folder, *QUICK) == 0
    (folder / "vaktplan.xlsx").write_bytes(b"edited by hand")
    (folder / "kalender" / "gammel.ics").write_bytes(b"left")
    capsys.readouterr()
    assert rettvakt("solve", folder / "vaktplan.json", "--out", folder, *QUICK) == 0
    said = capsys.readouterr().out
    assert "Det som ble erstattet, ligger i" in said
    assert "leger utenfor planen: gammel.ics" in said
    kept = [p.read_bytes() for p in (folder / EARLIER).rglob("vaktplan.xlsx")]
    assert kept == [b"edited by hand"]


def test_a_folder_that_is_a_file_is_told_before_the_search(tmp_path: Path, capsys: Said) -> None:
    plan = plan_file(tmp_path)
    for folder in (plan, plan / "ut"):
        assert rettvakt("solve", plan, "--out", folder) == 2
        assert "en fil, ikke en mappe" in capsys.readouterr().err
    assert rettvakt("check", plan, plan, "--report", plan) == 2
    assert json.loads(plan.read_text(encoding="utf-8"))["title"] == "Fjell, mars 2027"


def test_a_plan_that_is_a_folder_or_missing_is_told(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("solve", tmp_path) == 2
    assert "Dette er en mappe, ikke en fil." in capsys.readouterr().err
    assert rettvakt("validate", tmp_path / "finnes.xlsx") == 2
    assert "Filen finnes ikke." in capsys.readouterr().err


# ---- check -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["vaktplan.json", "vaktplan.csv", "vaktplan.xlsx", ""])
def test_our_own_files_get_the_same_verdict(holes: Path, name: str, capsys: Said) -> None:
    assert rettvakt("check", holes / "plan.json", holes / "ut" / name) == 1
    said = capsys.readouterr().out
    assert "men 3 vakter er udekket" in said
    assert said.count("Udekket: Hjemmevakt") == 3


def test_a_workbook_edited_by_hand_is_judged_as_it_stands(
    holes: Path, tmp_path: Path, capsys: Said
) -> None:
    book = openpyxl.load_workbook(holes / "ut" / "vaktplan.xlsx")
    sheet = book["Rader"]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row + 1):
        if not sheet.cell(row, heads["Lege"]).value:
            sheet.cell(row, heads["Lege"]).value = "Siv Åsen"
            sheet.cell(row, heads["Lege-ID"]).value = None
    book.save(tmp_path / "min.xlsx")
    assert rettvakt("check", holes / "plan.json", tmp_path / "min.xlsx") == 1
    said = capsys.readouterr().out
    assert said.count("Brudd: Siv Åsen") == 3
    assert "Udekket: Hjemmevakt" not in said
    sheet.cell(2, heads["Lege"]).value = "Siv Aasen"
    sheet.cell(2, heads["Lege-ID"]).value = None
    book.save(tmp_path / "min.xlsx")
    assert rettvakt("check", holes / "plan.json", tmp_path / "min.xlsx") == 2
    said = capsys.readouterr().err
    assert "rad 2, kolonne «Lege»" in said
    assert "Mente du «Siv Åsen»?" in said


def test_a_roster_of_another_version_of_the_plan_is_told(
    holes: Path, tmp_path: Path, capsys: Said
) -> None:
    plan = plan_file(tmp_path)  # nobody is away
    assert rettvakt("check", plan, holes / "ut") == 1
    assert "laget av en annen utgave av planen" in capsys.readouterr().err


def test_a_roster_of_another_plan_is_told_in_short(holes: Path, capsys: Said) -> None:
    for name in ("vaktplan.json", "vaktplan.csv"):
        assert rettvakt("check", PLANS / "oy.yaml", holes / "ut" / name) == 2
        said = capsys.readouterr().err
        assert "hører til en annen plan" in said
        assert len(said.splitlines()) < 5 * SHOWN


def test_the_report_can_be_written(holes: Path, tmp_path: Path, capsys: Said) -> None:
    arguments = ("check", holes / "plan.json", holes / "ut", "--report", tmp_path / "r")
    assert rettvakt(*arguments) == 1
    assert {p.name for p in (tmp_path / "r").iterdir()} == {"rapport.html", "rapport.pdf"}
    assert "rapport.html" in capsys.readouterr().out


# ---- export ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf", "json"])
def test_export_gives_what_solve_gave(holes: Path, tmp_path: Path, kind: str, capsys: Said) -> None:
    target = tmp_path / f"min.{kind}"
    assert rettvakt("export", holes / "ut", "-f", kind, "-o", target) == 0
    assert target.read_bytes() == (holes / "ut" / f"vaktplan.{kind}").read_bytes()
    assert ("skal ikke deles" in capsys.readouterr().out) == (kind == "json")


def test_export_of_calendars(holes: Path, tmp_path: Path, capsys: Said) -> None:
    package = holes / "ut" / "vaktplan.json"
    assert rettvakt("export", package, "-f", "ics", "-o", tmp_path / "k") == 0
    assert len(list((tmp_path / "k").glob("*.ics"))) == 3
    for who, target in (("siv  åsen", tmp_path / "siv.ics"), ("SIV", tmp_path / "s")):
        assert rettvakt("export", package, "-f", "ics", "-o", target, "--doctor", who) == 0
    assert (tmp_path / "siv.ics").read_bytes() == (tmp_path / "s" / "siv.ics").read_bytes()
    capsys.readouterr()
    assert rettvakt("export", package, "-f", "ics", "-o", tmp_path / "x", "--doctor", "Siv") == 0
    assert rettvakt("export", package, "-f", "ics", "-o", tmp_path / "x", "--doctor", "Liv") == 2
    assert "Fant ingen lege som heter «Liv»." in capsys.readouterr().err


def test_export_goes_into_a_folder_and_keeps_what_was_there(holes: Path, tmp_path: Path) -> None:
    (tmp_path / "vaktplan.csv").write_bytes(b"mine")
    assert rettvakt("export", holes / "ut", "-f", "csv", "-o", tmp_path) == 0
    assert [p.read_bytes() for p in (tmp_path / EARLIER).rglob("*.csv")] == [b"mine"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-f", "json"], "skrevet over vaktplanen selv"),
        (["-f", "csv", "-o", "x.pdf"], "slutter ikke på .csv"),
        (["-f", "csv", "--doctor", "siv"], "gjelder bare --format ics"),
        (["-f", "ics", "-o", "alle.ics"], "én kalender for hver lege"),
    ],
)
def test_export_refuses_what_cannot_be_meant(
    holes: Path, arguments: Sequence[str], told: str, capsys: Said
) -> None:
    before = (holes / "ut" / "vaktplan.json").read_bytes()
    assert rettvakt("export", holes / "ut" / "vaktplan.json", *arguments) == 2
    assert told in capsys.readouterr().err
    assert (holes / "ut" / "vaktplan.json").read_bytes() == before


def test_export_of_something_else_is_told(holes: Path, tmp_path: Path, capsys: Said) -> None:
    for file in (holes / "ut" / "vaktplan.xlsx", holes / "plan.json", tmp_path):
        assert rettvakt("export", file, "-f", "csv", "-o", tmp_path / "x.csv") == 2
        assert "Ingenting er skrevet." in capsys.readouterr().err


def test_two_doctors_of_one_name_are_told_apart_by_id(tmp_path: Path, capsys: Said) -> None:
    def alike(document: Document) -> None:
        document["doctors"][1]["name"] = "Kari Nordmann"

    loaded = library.read(plan_file(tmp_path, alike))
    package = outputs.export_one(loaded, Roster.of(loaded.problem, ()), "json")
    (tmp_path / "vaktplan.json").write_bytes(package)
    asked = ("export", tmp_path, "-f", "ics", "-o", tmp_path / "k", "--doctor")
    assert rettvakt(*asked, "Kari Nordmann") == 2
    assert "Skriv id-en: «kari» og «ola»." in capsys.readouterr().err
    assert rettvakt(*asked, "ola") == 0


# ---- rules, schema, template, convert, validate, demo ----------------------------------------


@pytest.mark.parametrize("width", [80, 120])
def test_rules_are_plain_lines_that_fit(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert rettvakt("rules") == 0
    said = capsys.readouterr().out
    assert readable(said)
    assert max(map(len, said.splitlines())) <= min(width, 100)
    for kind in (*ALL_RULES, *VOCABULARY):
        assert f"{kind.title} (" in said.replace("\n      ", " ")
        assert f"  Navn: {kind.id}" in said


def test_rules_as_json_are_complete(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("rules", "--json") == 0
    listed = {own["id"]: own for own in json.loads(capsys.readouterr().out)}
    assert list(listed) == [kind.id for kind in (*ALL_RULES, *VOCABULARY)]
    for kind in (*ALL_RULES, *VOCABULARY):
        own = listed[kind.id]
        assert [setting["name"] for setting in own["settings"]] == [
            p.name for p in kind.parameters()
        ]
        assert [c["text"] for c in own["citations"]] == [str(c) for c in kind.citations]
        assert own["silent_until_set"] == (kind in VOCABULARY)

    def stricter(document: Document) -> None:
        document["settings"] = {"rest_between_work": {"min_rest": 10}}

    assert rettvakt("rules", plan_file(tmp_path, stricter), "--json") == 0
    listed = {own["id"]: own for own in json.loads(capsys.readouterr().out)}
    rest = next(s for s in listed["rest_between_work"]["settings"] if s["name"] == "min_rest")
    assert (rest["value"], rest["default"]) == (10, 8)


def test_rules_tell_the_rates_of_burden_points(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("rules") == 0
    said = capsys.readouterr().out
    assert "natt, 23–07: 2 tilstede, 0,5 hjemme og 0,29 som bakvakt hjemme (standard)" in said
    assert "S-13" in said
    assert "W-07" in said

    def own(document: Document) -> None:
        agreed, by_hour = document["patterns"][:2]
        agreed["burden"] = 12
        by_hour.pop("burden", None)
        document["points"] = [
            {"hours": "day", "on_site": 1.5},
            {"hours": "night", "pattern": by_hour["id"], by_hour["presence"]: 4},
        ]

        names.extend(kind["name"] for kind in (agreed, by_hour))

    names: list[str] = []
    assert rettvakt("rules", plan_file(tmp_path, own)) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "(kommunens egen innstilling; standarden er 1 for tilstedevakt)" in said
    assert f"«{names[0]}»: 12 poeng for hele vakten, etter avtale" in said
    assert f"natt for «{names[1]}», 23–07: 4 " in said


def test_schema_is_json(capsys: Said) -> None:
    assert rettvakt("schema") == 0
    assert json.loads(capsys.readouterr().out)["properties"]["doctors"]


def test_template_never_overwrites_unasked(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "ny.xlsx"
    assert rettvakt("template", file) == 0
    assert "rettvakt validate" in capsys.readouterr().out
    assert openpyxl.load_workbook(file).sheetnames[0] == "Veiledning"
    file.write_bytes(b"mine")
    assert rettvakt("template", file) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_bytes() == b"mine"
    assert rettvakt("template", file, "--force") == 0
    assert file.read_bytes() != b"mine"
    assert rettvakt("template", tmp_path / "ny.xls") == 2


def test_convert_loses_nothing(tmp_path: Path, holes: Path, capsys: Said) -> None:
    first = plan_file(tmp_path)
    chain = [first, *(tmp_path / f"b.{ending}" for ending in ("xlsx", "yaml", "json"))]
    for source, target in pairwise(chain):
        assert rettvakt("convert", source, target) == 0
        assert library.read(target).plan == library.read(first).plan
    assert rettvakt("convert", first, chain[-1]) == 2
    assert rettvakt("convert", first, tmp_path / "b.ods") == 2
    assert rettvakt("convert", holes / "ut" / "vaktplan.json", tmp_path / "ut.yaml") == 0
    assert library.read(tmp_path / "ut.yaml").plan == library.read(holes / "plan.json").plan
    assert rettvakt("convert", tmp_path / "nei.json", tmp_path / "c.yaml") == 2
    assert not (tmp_path / "c.yaml").exists()
    capsys.readouterr()


def test_validate_tells_size_and_remarks(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("validate", plan_file(tmp_path)) == 0
    said = capsys.readouterr()
    assert "Planen kan brukes." in said.out
    assert "3 leger, 14 vakter" in said.out
    assert said.err == ""
    assert rettvakt("validate", plan_file(tmp_path, everybody_away)) == 0
    said = capsys.readouterr()
    assert "Ingen feil og 2 merknader." in said.out
    assert said.err.count("Merk:") == 2


def test_demo_is_0_also_with_holes(
    tmp_path: Path, holes: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    from api.cli import demo

    monkeypatch.setattr(demo, "fixture", lambda _: holes / "plan.json")
    assert rettvakt("demo", "--out", tmp_path / "ut", *QUICK) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "ut" / "rapport.html") in said
    monkeypatch.setattr(library, "solve", lambda *_, **__: Outcome(Ending.OUT_OF_TIME))
    assert rettvakt("demo", "--out", tmp_path / "ut", *QUICK) == 3


# ---- help and usage --------------------------------------------------------------------------


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
        assert process.wait(timeout=60) == 0, said
        assert "Traceback" not in said
        assert "Exception" not in said


# ---- how it is told --------------------------------------------------------------------------


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


def test_progress_on_a_terminal_is_redrawn(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(err, "_force_terminal", True)
    monkeypatch.setattr(err, "is_interactive", True)
    monkeypatch.setenv("TERM", "xterm")
    with ProgressLine(60) as line:
        line.tell(_update(1))
        time.sleep(0.3)
        line.stopping()
        time.sleep(0.3)
    said = capsys.readouterr().err
    assert "Pålagte timer: alle: 12,5 timer" in said
    assert "Ctrl-C stopper" in said
    assert "avbryter uten å skrive" in said


def test_lines_are_whole_in_a_log(capsys: Said) -> None:
    rettvakt("--version")
    out.print("ord " * 100)
    assert len(capsys.readouterr().out.splitlines()[-1]) > 300
