"""A period as it was worked, and its book, for tests of the commands of the ledger."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from api.ledger import open_book
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from tests.api.plans import Document

Said = pytest.CaptureFixture[str]
NAMES = {"kari": "Kari Nordmann", "ola": "Ola Bråten", "siv": "Siv Åsen"}
ON = ("--booked-on", "15.03.2027")


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


def book_in(folder: Path) -> Book:
    return open_book(folder / "vaktkonto.json").book


def nights(folder: Path) -> dict[str, int]:
    return {who: book_in(folder).balance(who, Measure.NIGHTS) for who in NAMES}


def next_period(document: Document) -> None:
    document["title"] = "Fjell, senere i mars 2027"
    document["first_day"], document["last_day"] = "2027-03-15", "2027-03-28"
    document["tail"] = []
