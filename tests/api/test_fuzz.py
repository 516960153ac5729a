"""Damaged files through the command line: never an exception, never a hang, always told.

Every file is made from a whole one by a seeded damage. A damaged file either is still a valid
plan, or it is refused with code 2 and at least one fault that says what to do.
"""

import copy
import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from api import library
from api.outputs import export_one
from fixtures.files import fixture
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster
from scheduler.reading.write import to_json, to_workbook, to_yaml
from tests.api.plans import rettvakt
from tests.support import few

Damage = Callable[[random.Random, bytes], bytes]
SHARE = 0.8  # of the damaged plans must be refused
HANGS = 20.0  # seconds of the processor, whatever else the machine does
ODD: Sequence[Any] = (
    *(None, True, -1, 0, 10**400, 1e308, -0.0, "", " ", "\u202e", "💉", "x" * 100_000, [], {}),
    *([[]], {"": None}, "=1+1", "27.03.2027", "2027-02-30", "25:61", "NaN", "null", "æ" * 500),
    *("../../etc/passwd", "[bold]", "\x1b[2J", "9" * 5_000, "1/0", "-1 %", "mandag", "0000-00-00"),
)


# ---- damages of bytes ------------------------------------------------------------------------


def flip(rng: random.Random, content: bytes) -> bytes:
    own = bytearray(content)
    for _ in range(rng.randint(3, 40)):
        own[rng.randrange(len(own))] ^= 1 << rng.randrange(8)
    return bytes(own)


def cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content) * 9 // 10)]


def splice(rng: random.Random, content: bytes) -> bytes:
    start, end = sorted(rng.sample(range(len(content)), 2))
    return content[:start] + content[end:]


def noise(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content))
    return content[:place] + rng.randbytes(rng.randint(1, 60)) + content[place:]


def controls(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content))
    return content[:place] + bytes(rng.choices(range(32), k=5)) + content[place:]


def encoded(rng: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8-sig")
    return text.encode(rng.choice(["latin-1", "utf-16", "utf-16-be", "utf-32", "utf-7"]), "replace")


# ---- damages of text -------------------------------------------------------------------------


def _lines(change: Callable[[random.Random, list[str]], None]) -> Damage:
    def damage(rng: random.Random, content: bytes) -> bytes:
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
        for _ in range(rng.randint(1, 3)):
            change(rng, lines)
        return "".join(lines).encode()

    return damage


def _twice(rng: random.Random, lines: list[str]) -> None:
    place = rng.randrange(len(lines))
    lines.insert(place, lines[place])


def _gone(rng: random.Random, lines: list[str]) -> None:
    if len(lines) > 1:
        lines.pop(rng.randrange(len(lines)))


def _moved(rng: random.Random, lines: list[str]) -> None:
    lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))


def _shifted(rng: random.Random, lines: list[str]) -> None:
    place = rng.randrange(len(lines))
    lines[place] = (
        rng.choice([" ", "\t", "   ", "- ", "'", "&a ", "*a ", "!x ", "? "]) + lines[place]
    )


def _swapped(rng: random.Random, lines: list[str]) -> None:
    """Two lines exchange what stands after the colon."""
    own = [number for number, line in enumerate(lines) if ": " in line]
    if len(own) > 1:
        first, second = rng.sample(own, 2)
        (a, x), (b, y) = (lines[number].split(": ", 1) for number in (first, second))
        lines[first], lines[second] = f"{a}: {y}", f"{b}: {x}"


# ---- damages of values -----------------------------------------------------------------------


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [path] if path else []
    items = list(enumerate(value)) if isinstance(value, list) else []
    for key, inside in value.items() if isinstance(value, dict) else items:
        found += _paths(inside, (*path, key))
    return found


def _at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def odd_values(rng: random.Random, document: Any) -> Any:
    for _ in range(rng.randint(1, 3)):
        path = rng.choice(_paths(document))
        _at(document, path[:-1])[path[-1]] = copy.deepcopy(rng.choice(ODD))
    return document


def swapped_values(rng: random.Random, document: Any) -> Any:
    for _ in range(2):
        (*above, last), (*others, end) = rng.sample(_paths(document), 2)
        first, second = (_at(document, tuple(own)) for own in (above, others))
        if (tuple(above), last) not in _ancestors((*others, end)):
            first[last], second[end] = copy.deepcopy(second[end]), copy.deepcopy(first[last])
            break
    return document


def _ancestors(path: tuple[Any, ...]) -> set[tuple[tuple[Any, ...], Any]]:
    return {(path[:length], path[length]) for length in range(len(path))}


def renamed_fields(rng: random.Random, document: Any) -> Any:
    fields = [path for path in _paths(document) if isinstance(path[-1], str)]
    for path in rng.sample(fields, 2):
        try:
            above = _at(document, path[:-1])
        except (KeyError, IndexError, TypeError):
            continue
        if path[-1] in above:
            above[rng.choice(["navn", "", path[-1] + "s", path[-1].upper()])] = above.pop(path[-1])
    return document


def removed_values(rng: random.Random, document: Any) -> Any:
    for _ in range(3):
        path = rng.choice(_paths(document))
        del _at(document, path[:-1])[path[-1]]
    return document


def repeated_items(rng: random.Random, document: Any) -> Any:
    lists = [path for path in _paths(document) if isinstance(_at(document, path), list)]
    own = _at(document, rng.choice(lists))
    own.extend(copy.deepcopy(own))
    return document


VALUES = (odd_values, swapped_values, renamed_fields, removed_values, repeated_items)


def of_json(change: Callable[[random.Random, Any], Any]) -> Damage:
    def damage(rng: random.Random, content: bytes) -> bytes:
        return json.dumps(change(rng, json.loads(content)), ensure_ascii=False).encode()

    return damage


def of_yaml(change: Callable[[random.Random, Any], Any]) -> Damage:
    def damage(rng: random.Random, content: bytes) -> bytes:
        document = change(rng, yaml.safe_load(content))
        return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()

    return damage


# ---- damages of workbooks --------------------------------------------------------------------


def _members(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in members:
            archive.writestr(name, part)
    return out.getvalue()


def member_removed(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    members.pop(rng.randrange(len(members)))
    return _zipped(members)


def member_damaged(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    place = rng.randrange(len(members))
    name, part = members[place]
    members[place] = name, rng.choice([flip, cut, splice, noise])(rng, part or b"x" * 20)
    return _zipped(members)


def members_swapped(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    sheets = [n for n, (name, _) in enumerate(members) if "worksheets/sheet" in name]
    first, second = rng.sample(sheets, 2)
    (a, x), (b, y) = members[first], members[second]
    members[first], members[second] = (a, y), (b, x)
    return _zipped(members)


def _book(change: Callable[[random.Random, Any], None]) -> Damage:
    def damage(rng: random.Random, content: bytes) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(content))
        for _ in range(2):
            change(rng, book)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return damage


def _filled(rng: random.Random, book: Any) -> Any:
    return rng.choice([own for own in book.worksheets if own.max_row > 1 and own.max_column > 1])


def _cell_text(rng: random.Random, book: Any) -> None:
    sheet = _filled(rng, book)
    cell = sheet.cell(rng.randint(2, sheet.max_row), rng.randint(1, sheet.max_column))
    words = [own for own in ODD if isinstance(own, str | int | float) and str(own).isprintable()]
    own = rng.choice(words)
    cell.value = str(own)[:30_000] if isinstance(own, int) and abs(own) > 2**60 else own


def _column_renamed(rng: random.Random, book: Any) -> None:
    sheet = _filled(rng, book)
    sheet.cell(1, rng.randint(1, sheet.max_column)).value = rng.choice(["Annet", "Id", 7, None])


def _column_removed(rng: random.Random, book: Any) -> None:
    sheet = _filled(rng, book)
    sheet.delete_cols(rng.randint(1, sheet.max_column))


def _rows_changed(rng: random.Random, book: Any) -> None:
    sheet = _filled(rng, book)
    row = rng.randint(1, sheet.max_row)
    if rng.random() < 0.5:
        sheet.delete_rows(row, rng.randint(1, 3))
    else:
        sheet.append([cell.value for cell in sheet[row]])


def _sheet_renamed(rng: random.Random, book: Any) -> None:
    rng.choice(book.worksheets).title = f"Ark {rng.randrange(10**6)}"


def _sheet_removed(rng: random.Random, book: Any) -> None:
    if len(book.worksheets) > 1:
        book.remove(rng.choice(book.worksheets))


# ---- the files -------------------------------------------------------------------------------

BYTES: tuple[Damage, ...] = (flip, cut, splice, noise, controls)
LINES = tuple(_lines(own) for own in (_twice, _gone, _moved, _shifted, _swapped))
BOOKS = tuple(
    _book(own)
    for own in (
        *(_cell_text, _column_renamed, _column_removed),
        *(_rows_changed, _sheet_renamed, _sheet_removed),
    )
)
MEMBERS: tuple[Damage, ...] = (member_removed, member_damaged, members_swapped)
PLANS: dict[str, tuple[tuple[Damage, ...], int]] = {
    "yaml": ((*BYTES, encoded, *LINES, *map(of_yaml, VALUES)), 200),
    "json": ((*BYTES, encoded, *LINES, *map(of_json, VALUES)), 200),
    "xlsx": ((*BYTES, *MEMBERS, *BOOKS), 120),
}
ROSTERS: dict[str, tuple[tuple[Damage, ...], int]] = {
    "json": ((*BYTES, encoded, *LINES, *map(of_json, VALUES)), 50),
    "csv": ((*BYTES, encoded, *LINES), 40),
    "xlsx": ((*BYTES, *MEMBERS, *BOOKS), 30),
}


@pytest.fixture(scope="module")
def loaded() -> library.LoadedPlan:
    return library.read(fixture("oy"))


@pytest.fixture(scope="module")
def plans(loaded: library.LoadedPlan) -> dict[str, bytes]:
    plan = loaded.plan
    return {
        "yaml": to_yaml(plan).encode(),
        "json": to_json(plan).encode(),
        "xlsx": to_workbook(plan),
    }


@pytest.fixture(scope="module")
def rosters(loaded: library.LoadedPlan) -> dict[str, bytes]:
    """A roster in which everybody takes turns; whether it is lawful does not matter here."""
    doctors = [doctor.id for doctor in loaded.problem.doctors]
    pairs = [
        Assignment(duty.id, doctors[number % len(doctors)])
        for number, duty in enumerate(loaded.problem.duties)
    ]
    roster = Roster.of(loaded.problem, pairs)
    return {kind: export_one(loaded, roster, kind) for kind in ROSTERS}


def damaged(kind: str, whole: bytes, damages: Sequence[Damage], number: int) -> bytes:
    rng = random.Random(f"{kind} {number}")
    for _ in range(50):
        try:
            content = damages[number % len(damages)](rng, whole)
        except (ValueError, LookupError, TypeError, AttributeError, UnicodeError):
            continue  # this damage does not fit here: another place
        if content != whole:
            return content
    raise AssertionError(f"damage {number} of {kind} changes nothing")


def told(said: str) -> None:
    """The messages name at least one fault, and nothing of the program's inside."""
    assert "feil i " in said
    assert said.count("\n") >= 3
    assert "Traceback" not in said
    assert "Dette er en feil i Rettvakt" not in said
    assert all(c.isprintable() or c == "\n" for c in said)
    assert len(said) < 60_000


def timed(*arguments: object) -> int:
    """The exit code, which must come at once."""
    begun = time.process_time()
    code = rettvakt(*arguments)
    assert time.process_time() - begun < HANGS
    return code


@pytest.mark.parametrize("part", few((1 / 5, 1), 1))
@pytest.mark.parametrize("kind", PLANS)
def test_damaged_plans_are_refused_or_still_plans(
    kind: str,
    part: float,
    plans: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damages, number = PLANS[kind][0], round(PLANS[kind][1] * part)
    file = tmp_path / f"plan.{kind}"
    refused = 0
    for own in range(number):
        file.write_bytes(damaged(kind, plans[kind], damages, own))
        code = timed("validate", file)
        said = capsys.readouterr()
        assert code in (0, 2), (own, said.err)
        if code == 2:
            refused += 1
            told(said.err)
        else:
            library.read(file)
    assert refused > SHARE * number
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_they_are_many_enough() -> None:
    assert sum(number for _, number in PLANS.values()) >= 500
    assert sum(number for _, number in ROSTERS.values()) >= 100


@pytest.mark.parametrize("part", few((1 / 3, 1), 1))
@pytest.mark.parametrize("kind", ROSTERS)
def test_damaged_rosters_are_refused_or_judged(
    kind: str,
    part: float,
    loaded: library.LoadedPlan,
    rosters: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(library, "read", lambda _: loaded)  # the plan is whole and the same
    damages, number = ROSTERS[kind][0], round(ROSTERS[kind][1] * part)
    file = tmp_path / f"vaktplan.{kind}"
    codes = []
    for own in range(number):
        file.write_bytes(damaged(kind, rosters[kind], damages, own))
        codes.append(timed("check", fixture("oy"), file))
        said = capsys.readouterr()
        assert codes[-1] in (0, 1, 2), (own, said.err)
        if codes[-1] == 2:
            told(said.err)
    assert codes.count(2) > number / 2
    assert [p.name for p in tmp_path.iterdir()] == [file.name]
