"""Damaged books and rosters through the commands of fairness: as `test_fuzz` does for plans."""

from pathlib import Path

import pytest

from api import library
from api.outputs import export_one
from scheduler.reading.roster import read_roster
from tests.api.ledger.books import ON, worked_file
from tests.api.plans import Document, plan_file
from tests.api.test_fuzz import BYTES, LINES, VALUES, damaged, of_json, of_yaml, timed, told
from tests.support import few

Said = pytest.CaptureFixture[str]
JSON = (*BYTES, *LINES, *map(of_json, VALUES))
YAML = (*BYTES, *LINES, *map(of_yaml, VALUES))


def wishing(document: Document) -> None:
    document["wishes"] = [
        {"id": "ø1", "doctor": "kari", "attitude": "rather_not", "start": "2027-03-02"},
        {"id": "ø2", "doctor": "siv", "attitude": "want", "start": "2027-03-04"},
    ]


@pytest.mark.parametrize("many", few((20, 60), 1))
@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_damaged_books_are_refused_by_every_command_and_stay_as_they_are(
    kind: str, many: int, tmp_path: Path, capsys: Said
) -> None:
    plan, worked, book = plan_file(tmp_path), worked_file(tmp_path), tmp_path / f"bok.{kind}"
    assert timed("ledger", "close", plan, worked, "--book", book, *ON) == 0
    whole, before = book.read_bytes(), plan.read_bytes()
    capsys.readouterr()
    refused = 0
    for number in range(many):
        book.write_bytes(damaged(kind, whole, JSON if kind == "json" else YAML, number))
        stood = book.read_bytes()
        if timed("ledger", "show", "--book", book) == 0:  # the damage says the same, or less
            capsys.readouterr()
            continue
        refused += 1
        told(capsys.readouterr().err)
        post = ("ledger", "leave", "kari", "--reason", "Sluttet", "--book", book, *ON)
        assert timed(*post) == timed("ledger", "open", plan, "--book", book) == 2
        assert timed("ledger", "check", "--book", book) in (1, 2)
        assert "Traceback" not in capsys.readouterr().err
        assert (book.read_bytes(), plan.read_bytes()) == (stood, before)
    assert refused > many * 2 / 3
    assert not list(tmp_path.glob(".*"))


def test_damaged_rosters_are_refused_by_every_command_or_taken_as_they_are(
    tmp_path: Path, capsys: Said
) -> None:
    plan, file, book = plan_file(tmp_path, wishing), tmp_path / "v.json", tmp_path / "bok.json"
    loaded = library.read(plan)
    whole = export_one(loaded, read_roster(worked_file(tmp_path), loaded.problem), "json")
    codes = []
    for number in range(40):
        file.write_bytes(damaged("json", whole, JSON, number))
        for command in (
            ("wishes", plan, file),
            ("ledger", "close", plan, file, "--book", book, *ON),
        ):
            codes.append(timed(*command))
            said = capsys.readouterr()
            assert codes[-1] in (0, 2), (number, said.err)
            if codes[-1] == 2:
                told(said.err)
        assert book.exists() == (codes[-1] == 0)
        book.unlink(missing_ok=True)
    assert 20 < codes.count(2) < len(codes)
