"""Corrections by hand, and books that others have changed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api import ledger
from api.ledger import BookFile, open_book, save_book
from api.saving import EARLIER, WriteError
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Settings
from scheduler.ledger.posting import set_settings
from scheduler.reading.faults import PlanError
from scheduler.reading.ledger import read_book
from tests.api.ledger.books import ON, Said, book_in, nights, worked_file
from tests.api.plans import Document, plan_file, rettvakt


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
