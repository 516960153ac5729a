"""The ledger as a coordinator uses it: periods closed, the next plan opened."""

from datetime import date
from pathlib import Path

import pytest

from api import library
from api.ledger import open_book
from api.saving import EARLIER
from constraints.facts.wishes import refused_wishes, wish_receipts
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.reading.roster import read_roster
from tests.api.ledger.books import NAMES, ON, Said, book_in, next_period, nights, worked_file
from tests.api.plans import Document, plan_file, rettvakt


def test_the_first_closing_makes_the_book(tmp_path: Path, capsys: Said) -> None:
    plan, book = plan_file(tmp_path), tmp_path / "ny" / "konto.json"
    assert rettvakt("ledger", "close", plan, worked_file(tmp_path), "-b", book, *ON) == 0
    said = capsys.readouterr().out
    assert "Ny vaktkonto:" in said
    assert "Ført som bilag 2" in said
    found = open_book(book).book
    assert found.digest[:12] in said
    assert [own.booked_on for own in found.entries] == [date(2027, 3, 15)] * 2
    # 14 nights, a third each in hundredths: 467, 467 and 466.
    assert [found.balance(who, Measure.NIGHTS) for who in NAMES] == [333, 133, -466]


def test_what_was_worked_counts_and_not_what_was_planned(folder: Path) -> None:
    assert nights(folder) == {"kari": 333, "ola": 133, "siv": -466}


def test_a_second_closing_is_refused_and_nothing_is_written(folder: Path, capsys: Said) -> None:
    before = (folder / "vaktkonto.json").read_bytes()
    arguments = ("ledger", "close", folder / "plan.json", folder / "arbeidet.csv")
    assert rettvakt(*arguments, "--booked-on", "16.03.2027") == 2
    said = capsys.readouterr().err
    assert "Denne planen er allerede lukket (bilag 2, ført 15.03.2027)." in said
    assert "reverserer du bilag 2 først" in said
    assert (folder / "vaktkonto.json").read_bytes() == before
    assert not (folder / EARLIER).exists()


def test_the_entry_is_dated_today_where_nothing_else_is_said(tmp_path: Path) -> None:
    book = tmp_path / "konto.yaml"
    before = date.today()
    plan = plan_file(tmp_path)
    assert rettvakt("ledger", "close", plan, worked_file(tmp_path), "--book", book) == 0
    assert before <= open_book(book).book.entries[-1].booked_on <= date.today()


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    plan, worked = plan_file(tmp_path), worked_file(tmp_path)
    for name in ("a", "b"):
        for ending in ("json", "yaml"):
            book = tmp_path / f"{name}.{ending}"
            assert rettvakt("ledger", "close", plan, worked, "--book", book, *ON) == 0
    for ending in ("json", "yaml"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    assert open_book(tmp_path / "a.json").book == open_book(tmp_path / "b.yaml").book


def test_holes_and_a_period_that_is_not_over_are_told(tmp_path: Path, capsys: Said) -> None:
    plan, book = plan_file(tmp_path), tmp_path / "konto.json"
    worked = worked_file(tmp_path, "kkkkkkkkooooo-")
    early = ("--book", book, "--booked-on", "2027-03-14")
    assert rettvakt("ledger", "close", plan, worked, *early) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "1 vakt står uten lege." in said
    assert "Perioden varer til 14.03.2027 og er ikke over." in said


def test_refused_wishes_are_kept(tmp_path: Path) -> None:
    def wishes(document: Document) -> None:
        document["wishes"] = [
            {"id": "w1", "doctor": "kari", "attitude": "rather_not", "start": "2027-03-02"},
            {"id": "w2", "doctor": "siv", "attitude": "want", "start": "2027-03-03"},
            {"id": "w3", "doctor": "siv", "attitude": "rather_not", "start": "2027-03-04"},
            {
                "id": "w4",
                "doctor": "ola",
                "attitude": "want",
                "start": "2027-03-07",
                "patterns": ["kveld"],  # there is none on a Sunday: nobody refused it
            },
        ]

    plan, book = plan_file(tmp_path, wishes), tmp_path / "konto.json"
    worked = worked_file(tmp_path)
    assert rettvakt("ledger", "close", plan, worked, "--book", book, *ON) == 0
    found = open_book(book).book
    assert [found.balance(who, None) for who in NAMES] == [100, 0, 100]
    loaded = library.read(plan)
    timetable = Timetable(loaded.problem, read_roster(worked, loaded.problem))
    assert [own.granted for own in wish_receipts(timetable)] == [False, False, False, True]
    assert refused_wishes(timetable) == {"kari": 100, "ola": 0, "siv": 100}


@pytest.mark.parametrize("ending", ["json", "yaml", "xlsx"])
def test_the_next_plan_opens_with_what_the_book_closes_with(
    folder: Path, ending: str, capsys: Said
) -> None:
    plan = plan_file(folder, next_period, name="neste.json")
    if ending != "json":
        assert rettvakt("convert", plan, folder / f"neste.{ending}") == 0
        plan = folder / f"neste.{ending}"
    before = plan.read_bytes()
    assert rettvakt("ledger", "open", plan) == 0
    said = capsys.readouterr()
    assert "Merk" not in said.err.replace("Merk: Vakt", "")
    problem = library.read(plan).problem
    for who in NAMES:
        assert problem.account_of[who] == book_in(folder).account(who)
    [kept] = (folder / EARLIER).rglob(f"neste.{ending}")
    assert kept.read_bytes() == before
    assert rettvakt("ledger", "open", plan, "--out", folder / "igjen.json") == 0
    assert library.read(folder / "igjen.json").problem == problem


def test_a_plan_with_its_opening_is_closed_without_remarks(folder: Path, capsys: Said) -> None:
    plan = plan_file(folder, next_period, name="neste.json")
    assert rettvakt("ledger", "open", plan) == 0
    worked = folder / "senere.csv"
    lines = worked_file(folder, "s" * 14).read_text(encoding="utf-8")
    for day in range(14, 0, -1):
        lines = lines.replace(f"{day:02}.03.", f"{day + 14:02}.03.")
    for day in (25, 26):  # Maundy Thursday and Good Friday
        lines = lines.replace(f"{day}.03.2027;Hjemmevakt hverdag", f"{day}.03.2027;Hjemmevakt helg")
    worked.write_text(lines, encoding="utf-8")
    capsys.readouterr()
    assert rettvakt("ledger", "close", plan, worked, "--booked-on", "29.03.2027") == 0
    assert capsys.readouterr().err == ""
    assert len(book_in(folder).closings) == 2
    assert nights(folder)["siv"] > 0 > nights(folder)["kari"]


def test_doctors_without_account_and_gaps_are_told(folder: Path, capsys: Said) -> None:
    def with_anne(document: Document) -> None:
        next_period(document)
        document["first_day"] = "2027-03-17"
        document["doctors"].append(document["doctors"][0] | {"id": "anne", "name": "Anne Vik"})

    assert rettvakt("ledger", "open", plan_file(folder, with_anne, name="neste.json")) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "Ikke i vaktkontoen fra før: «Anne Vik»." in said
    assert "Dagene mellom 14.03.2027 og 17.03.2027 er ikke lukket." in said
    assert "ikke i planen" not in said

    def without_siv(document: Document) -> None:
        next_period(document)
        del document["doctors"][2]

    assert rettvakt("ledger", "open", plan_file(folder, without_siv, name="uten.json")) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "I vaktkontoen, men ikke i planen: «Siv Åsen». Saldoene hviler." in said
    assert rettvakt("ledger", "open", plan_file(folder, name="samme.json")) == 0
    assert "er lukket til og med 14.03.2027" in " ".join(capsys.readouterr().err.split())


def test_a_yaml_plan_that_must_be_written_anew_is_told(folder: Path, capsys: Said) -> None:
    plan = plan_file(folder, next_period, name="neste.json").rename(folder / "neste.yaml")
    assert rettvakt("ledger", "open", plan) == 0
    assert "Filen er skrevet helt på nytt." in capsys.readouterr().err


def test_a_package_is_never_overwritten_by_a_plan(folder: Path, capsys: Said) -> None:
    loaded = library.read(folder / "plan.json")
    from api.outputs import export_one

    roster = read_roster(folder / "arbeidet.csv", loaded.problem)
    package = folder / "vaktplan.json"
    package.write_bytes(export_one(loaded, roster, "json"))
    assert rettvakt("ledger", "open", package) == 2
    assert "Velg en ny fil med --out." in capsys.readouterr().err
    assert rettvakt("ledger", "open", package, "--out", folder / "ny.yaml") == 0
    assert library.read(folder / "ny.yaml").problem.account_of["kari"].nights == 333
    # The package is a plan with its roster: it closes a period by itself.
    closed = ("ledger", "close", package, package, "-b", folder / "to.json", *ON)
    assert rettvakt(*closed) == 0
    assert open_book(folder / "to.json").book.balance("kari", Measure.NIGHTS) == 333
