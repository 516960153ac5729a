"""The ledger as a coordinator uses it: periods closed, plans opened, accounts read."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from api import ledger, library
from api.cli.guard import Debugging
from api.ledger import BookFile, open_book, save_book
from api.saving import EARLIER, WriteError
from constraints.facts.wishes import refused_wishes, wish_receipts
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Settings
from scheduler.ledger.posting import set_settings
from scheduler.reading.faults import PlanError
from scheduler.reading.ledger import read_book
from scheduler.reading.roster import read_roster
from tests.api.plans import Document, plan_file, rettvakt

Said = pytest.CaptureFixture[str]
NAMES = {"kari": "Kari Nordmann", "ola": "Ola Bråten", "siv": "Siv Åsen"}
ON = ("--booked-on", "15.03.2027")
COMMANDS = ("close", "open", "show", "correct", "reverse", "leave", "check", "settings")


@pytest.fixture(autouse=True)
def _as_at_the_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "80")
    yield
    Debugging.on = False


def worked_file(folder: Path, holders: str = "kkkkkkkkoooooo", name: str = "arbeidet.csv") -> Path:
    """Two weeks as they were worked, one letter a day; «-» is a hole."""
    lines = ["Dato;Vakt;Lege"]
    for number, letter in enumerate(holders):
        day = date(2027, 3, 1) + timedelta(days=number)
        kind = "Hjemmevakt helg" if day.weekday() > 4 else "Hjemmevakt hverdag"
        own = {"k": "Kari Nordmann", "o": "Ola Bråten", "s": "Siv Åsen", "-": ""}[letter]
        lines.append(f"{day:%d.%m.%Y};{kind};{own}")
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Path:
    """A folder with a plan, and a book in which its period is closed."""
    monkeypatch.chdir(tmp_path)
    plan = plan_file(tmp_path)
    assert rettvakt("ledger", "close", plan, worked_file(tmp_path), *ON) == 0
    capsys.readouterr()
    return tmp_path


def book_in(folder: Path) -> Book:
    return open_book(folder / "vaktkonto.json").book


def nights(folder: Path) -> dict[str, int]:
    return {who: book_in(folder).balance(who, Measure.NIGHTS) for who in NAMES}


def next_period(document: Document) -> None:
    document["title"] = "Fjell, senere i mars 2027"
    document["first_day"], document["last_day"] = "2027-03-15", "2027-03-28"
    document["tail"] = []


# --- closing -------------------------------------------------------------------------------


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


# --- the next plan -------------------------------------------------------------------------


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


# --- reading it ----------------------------------------------------------------------------


def test_the_table_fits_80_columns_and_adds_up(folder: Path, capsys: Said) -> None:
    assert rettvakt("ledger", "show", "--measure", "netter") == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Netter, Fjell, mars 2027 (01.03.2027–14.03.2027)"
    rows = {line[:20].strip(): line[20:].replace("−", "-").split() for line in lines[3:-1]}
    assert rows["Kari Nordmann"] == ["0,00", "8,00", "-4,67", "0,00", "0,00", "3,33"]
    for column in range(6):
        assert sum(round(100 * float(own[column].replace(",", "."))) for own in rows.values()) == 0


def test_a_statement_fits_80_columns_and_explains_itself(folder: Path, capsys: Said) -> None:
    assert rettvakt("ledger", "show", "--doctor", "kari nordmann") == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert said.startswith("Kontoutskrift for Kari Nordmann\n")
    lines = [line.split() for line in said.splitlines()]
    assert ["15.03.2027", "2", "Arbeidet", "+8,00", "8,00"] in lines
    assert ["15.03.2027", "2", "Rettferdig", "andel", "−4,67", "3,33"] in lines
    assert "2. «Fjell, mars 2027». Gamle saldoer: 98,68 % igjen" in " ".join(said.split())
    assert rettvakt("ledger", "show", "--doctor", "siv", "--measure", "ønsker") == 0


def test_all_measures_are_shown_and_years_of_holidays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def memory(document: Document) -> None:
        document["ledger"] = [{"doctor": "kari", "refused": 1, "holidays": {"easter": 2024}}]

    monkeypatch.chdir(tmp_path)
    plan = plan_file(tmp_path, memory)
    assert rettvakt("ledger", "close", plan, worked_file(tmp_path), *ON) == 0
    capsys.readouterr()
    assert rettvakt("ledger", "show") == 0
    said = capsys.readouterr().out
    assert all(f"{name}, Fjell" in said for name in ("Poeng", "Netter", "Helger"))
    assert "Avslåtte ønsker, Fjell" in said
    assert rettvakt("ledger", "show", "--doctor", "kari") == 0
    assert "Påske: 2024" in capsys.readouterr().out


def test_a_book_without_periods_says_so(tmp_path: Path, capsys: Said) -> None:
    book = tmp_path / "konto.json"
    assert rettvakt("ledger", "settings", "--book", book, "--ceiling", 150, *ON) == 0
    assert rettvakt("ledger", "show", "--book", book) == 0
    assert "Ingen periode er lukket ennå." in capsys.readouterr().out


def test_the_statement_of_all_is_written_without_formulas(folder: Path, capsys: Said) -> None:
    reason = "=HYPERLINK(1)"
    moved = ("--measure", "netter", "--amount", "1", "--reason", reason, *ON)
    assert rettvakt("ledger", "correct", "kari", *moved) == 0
    for ending in ("csv", "xlsx"):
        assert rettvakt("ledger", "show", "--out", folder / f"konto.{ending}") == 0
    text = (folder / "konto.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0][:4] == ["Dato", "Bilag", "Lege", "Lege-ID"]
    assert [row[-1] for row in rows if "HYPERLINK" in row[-1]] == [f"'{reason}"] * 2
    assert sum(float(row[6].replace(",", ".")) for row in rows[1:]) == pytest.approx(0)
    assert not any(own.startswith(("=", "+", "@")) for row in rows for own in row)
    sheets = load_workbook(folder / "konto.xlsx")
    assert sheets.sheetnames == ["Saldoer", "Kontoutskrift", "Bilag"]
    cells = [own for sheet in sheets.worksheets for row in sheet.iter_rows() for own in row]
    assert reason in [own.value for own in cells]
    assert all(own.data_type != "f" for own in cells)
    balances = {(row[0], row[1]): row[7] for row in sheets["Saldoer"].iter_rows(values_only=True)}
    assert balances["Kari Nordmann", "netter"] == 4.33
    before = (folder / "konto.xlsx").read_bytes()
    assert rettvakt("ledger", "show", "--out", folder / "konto2.xlsx") == 0
    assert (folder / "konto2.xlsx").read_bytes() == before
    capsys.readouterr()
    assert rettvakt("ledger", "show", "--out", folder / "konto.pdf") == 2
    assert "må slutte på .xlsx eller .csv" in capsys.readouterr().err


# --- by hand -------------------------------------------------------------------------------


def test_a_forgotten_swap_is_corrected_and_taken_back(folder: Path, capsys: Said) -> None:
    swap = ("--measure", "Netter", "--amount", "-1", "--against", "Siv Åsen", "--reason", "Bytte")
    assert rettvakt("ledger", "correct", "KARI", *swap, *ON) == 0
    assert nights(folder) == {"kari": 233, "ola": 133, "siv": -366}
    assert "Ført som bilag 3" in capsys.readouterr().out
    assert rettvakt("ledger", "reverse", 3, "--reason", "Feil lege", *ON) == 0
    assert nights(folder) == {"kari": 333, "ola": 133, "siv": -466}
    assert rettvakt("ledger", "check") == 0


def test_who_has_left_is_written_off(folder: Path) -> None:
    assert rettvakt("ledger", "leave", "Ola Bråten", *ON) == 0
    assert nights(folder) == {"kari": 333, "ola": 0, "siv": -466}
    assert book_in(folder).balance(None, Measure.NIGHTS) == 133


def test_settings_are_shown_and_changed(folder: Path, capsys: Said) -> None:
    assert rettvakt("ledger", "settings") == 0
    said = capsys.readouterr().out
    assert "Halveringstid for saldoer: 24 måneder" in said
    assert "Tak for saldoer: 200 % av periodens andel" in said
    changed = ("--half-life", 0, "--ceiling", 0, "--wish-half-life", 0)
    assert rettvakt("ledger", "settings", *changed, "--reason", "Vedtak", *ON) == 0
    said = capsys.readouterr().out
    assert "saldoer halveres ikke" in said
    assert "ikke noe tak" in said
    assert book_in(folder).settings == Settings(0, 0, 0)
    assert rettvakt("ledger", "settings", "--ceiling", 10, *ON) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("correct anne --measure netter --amount 1 --reason x", "Fant ingen lege som heter «anne»"),
        ("correct kari --measure penger --amount 1 --reason x", "føres ikke i vaktkontoen"),
        ("correct kari --measure nettr --amount 1 --reason x", "Mente du «netter»?"),
        ("correct kari --measure netter --amount mye --reason x", "Dette er ikke et beløp."),
        ("correct kari --measure netter --amount 0 --reason x", "Beløpet kan ikke føres."),
        ("correct kari --measure netter --amount 1", "--reason mangler."),
        ("reverse 9 --reason x", "Bilaget finnes ikke."),
        ("reverse 2 --reason x --booked-on 31.02.2027", "Dette er ikke en dato."),
        ("reverse 2 --reason x --booked-on snart", "Dette er ikke en dato."),
        ("reverse 2 --reason x --booked-on 01.01.2027", "bilag føres i rekkefølge"),
        ("leave anne", "Legene er «Kari Nordmann»"),
        ("show --doctor karin", "Mente du «kari»?"),
        ("show --measure penger", "føres ikke"),
        ("show --book borte.json", "Vaktkontoen finnes ikke."),
        ("show --book .", "Dette er ikke en vanlig fil."),
        ("show --book plan.json", "Dette er ikke en vaktkonto."),
        ("close plan.json arbeidet.csv --book konto.txt", "En vaktkonto slutter på"),
        ("close plan.json borte.csv", "Filen finnes ikke."),
        ("settings --half-life 500", "Halveringstiden kan ikke brukes."),
        ("chekc", "Mente du check?"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    folder: Path, arguments: str, told: str, capsys: Said
) -> None:
    before = {own.name: own.read_bytes() for own in folder.iterdir() if own.is_file()}
    assert rettvakt("ledger", *arguments.split()) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert told in said
    assert {own.name: own.read_bytes() for own in folder.iterdir() if own.is_file()} == before


def test_a_reason_must_say_something(folder: Path, capsys: Said) -> None:
    for reason in ("  ", "x" * 201):
        assert rettvakt("ledger", "leave", "ola", "--reason", reason, *ON) == 2
        assert "Begrunnelsen kan ikke brukes." in capsys.readouterr().err


def test_two_doctors_of_one_name_are_told_apart_by_id(tmp_path: Path, capsys: Said) -> None:
    def twins(document: Document) -> None:
        document["doctors"][1]["name"] = "Kari Nordmann"

    plan, book = plan_file(tmp_path, twins), tmp_path / "konto.json"
    worked = tmp_path / "a.csv"
    worked.write_text("Dato;Vakt;Lege-ID\n01.03.2027;Hjemmevakt hverdag;kari", encoding="utf-8")
    assert rettvakt("ledger", "close", plan, worked, "--book", book, *ON) == 0
    assert rettvakt("ledger", "show", "--book", book, "--doctor", "Kari Nordmann") == 2
    assert "Skriv id-en: «kari» og «ola»." in capsys.readouterr().err
    assert rettvakt("ledger", "show", "--book", book, "--doctor", "ola") == 0


# --- tampering and other people ------------------------------------------------------------


def tamper(folder: Path) -> None:
    file = folder / "vaktkonto.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["entries"][1]["lines"][0]["amount"] += 100
    file.write_text(json.dumps(document), encoding="utf-8")


def test_a_tampered_book_is_told_and_used_by_no_command(folder: Path, capsys: Said) -> None:
    tamper(folder)
    assert rettvakt("ledger", "check") == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "Bilag 2" in said
    assert "Kontrollsummen stemmer ikke." in said
    assert "går ikke opp i null" in said
    assert "2 avvik i vaktkonto.json." in said
    before = (folder / "vaktkonto.json").read_bytes()
    for arguments in (
        ("show",),
        ("open", folder / "plan.json"),
        ("close", folder / "plan.json", folder / "arbeidet.csv"),
        ("leave", "ola"),
        ("settings",),
    ):
        assert rettvakt("ledger", *arguments) == 2
        assert "Kontrollsummen stemmer ikke." in " ".join(capsys.readouterr().err.split())
    assert (folder / "vaktkonto.json").read_bytes() == before


def test_a_digest_that_was_written_down_is_found_again(folder: Path, capsys: Said) -> None:
    digest = book_in(folder).digest
    assert rettvakt("ledger", "leave", "ola", *ON) == 0
    assert rettvakt("ledger", "check", "--digest", digest[:12].upper()) == 0
    assert "Alt til og med bilag 2" in capsys.readouterr().out
    assert rettvakt("ledger", "check", "--digest", "0123456789ab") == 1
    assert "Ingen bilag har kontrollsummen" in capsys.readouterr().err
    assert rettvakt("ledger", "check", "--digest", "abc") == 2


def test_a_book_rewritten_from_scratch_lacks_the_digest_in_the_minutes(folder: Path) -> None:
    digest = book_in(folder).digest
    (folder / "vaktkonto.json").unlink()
    forged = worked_file(folder, "oooooooooooooo", "annet.csv")
    assert rettvakt("ledger", "close", folder / "plan.json", forged, *ON) == 0
    assert rettvakt("ledger", "check") == 0  # nothing in the file gives it away
    assert rettvakt("ledger", "check", "--digest", digest[:12]) == 1


def test_nothing_is_written_over_what_somebody_else_wrote(folder: Path) -> None:
    path = folder / "vaktkonto.json"
    mine, theirs = open_book(path), open_book(path)
    day = date(2027, 3, 15)
    save_book(theirs, set_settings(theirs.book, Settings(ceiling=100), "Deres", day))
    after = path.read_bytes()
    with pytest.raises(WriteError, match="endret av noen andre"):
        save_book(mine, set_settings(mine.book, Settings(ceiling=300), "Min", day))
    assert path.read_bytes() == after
    new = BookFile(path, Book(), None)  # nor over a book that came into being meanwhile
    with pytest.raises(WriteError, match="endret av noen andre"):
        save_book(new, set_settings(Book(), Settings(ceiling=300), "Min", day))
    path.unlink()
    with pytest.raises(WriteError, match="endret av noen andre"):
        save_book(mine, mine.book)


def test_two_writers_at_once_wait_for_each_other(folder: Path, capsys: Said) -> None:
    lock = folder / ".vaktkonto.json.lock"
    lock.touch()
    before = (folder / "vaktkonto.json").read_bytes()
    assert rettvakt("ledger", "leave", "ola", *ON) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "Noen andre fører i vaktkontoen nå." in said
    assert lock.name in said
    assert (folder / "vaktkonto.json").read_bytes() == before
    lock.unlink()
    assert rettvakt("ledger", "leave", "ola", *ON) == 0
    assert not lock.exists()


def test_the_former_book_is_kept(folder: Path, capsys: Said) -> None:
    before = (folder / "vaktkonto.json").read_bytes()
    assert rettvakt("ledger", "leave", "ola", *ON) == 0
    [kept] = (folder / EARLIER).rglob("vaktkonto.json")
    assert kept.read_bytes() == before
    assert "Det som ble erstattet, ligger i" in capsys.readouterr().out


def test_a_book_that_cannot_be_read_or_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "closed")

    path = folder / "vaktkonto.json"
    file = open_book(path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", closed)
        with pytest.raises(PlanError, match="kan ikke leses"):
            open_book(path)
    with monkeypatch.context() as patch:
        patch.setattr("os.open", closed)
        with pytest.raises(WriteError, match="ikke skrive i denne mappen"):
            save_book(file, file.book)
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "MAX_BYTES", 10)
        with pytest.raises(PlanError, match="altfor stor"):
            open_book(path)
    assert read_book(path.read_bytes(), path.name).flaws == ()


# --- help ----------------------------------------------------------------------------------


def test_help_is_bokmål_and_teaches(capsys: Said) -> None:
    assert rettvakt("ledger", "--help") == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert f"│ {command} " in said
        assert rettvakt("ledger", command, "--help") == 0
        own = capsys.readouterr().out
        assert own.strip().startswith(f"Bruk: rettvakt ledger {command} [VALG]")
        for english in ("Usage", "Show this", "<path>", "<text>", "default", "required", "TEXT"):
            assert english not in own
        assert "Eksempel: rettvakt ledger" in " ".join(own.split())


def test_the_group_alone_shows_the_help(capsys: Said) -> None:
    assert rettvakt("ledger") == 0
    assert "Kommandoer" in capsys.readouterr().out
