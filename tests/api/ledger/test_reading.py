"""Accounts and statements as they are read, and the help of the commands."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.api.ledger.books import ON, Said, worked_file
from tests.api.plans import Document, plan_file, rettvakt


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


COMMANDS = ("close", "open", "show", "correct", "reverse", "leave", "check", "settings")


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
