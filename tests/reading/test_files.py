"""Files as people, and the ill-willed, send them: always a clear message, never a stack trace."""

import json
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from scheduler.reading import roster_grids, workbook
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.meaning import read_problem
from scheduler.reading.read import read_plan
from scheduler.reading.shape import parse_plan
from scheduler.reading.write import to_json, to_workbook, to_yaml
from tests.reading.plans import PARAMETERS, Document, plan_in, problem_in, small

SMALL_YAML = to_yaml(parse_plan(small()))
SMALL_JSON = to_json(parse_plan(small()))
SMALL_BOOK = to_workbook(parse_plan(small()))


def told(content: bytes | str, name: str = "plan.yaml") -> tuple[Fault, ...]:
    """The faults of a file's content."""
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(PlanError) as caught:
        plan_in(raw, name)
    assert caught.value.faults
    return caught.value.faults


def told_once(content: bytes | str, name: str = "plan.yaml") -> Fault:
    (fault,) = told(content, name)
    return fault


# ---- on disk -------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"plan\.yaml .*: Filen finnes ikke\."):
        read_plan(tmp_path / "plan.yaml")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"Dette er en mappe, ikke en fil\."):
        read_plan(tmp_path)


def test_a_file_that_is_closed_to_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError

    (tmp_path / "plan.yaml").write_text(SMALL_YAML)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PlanError, match=r"Du har ikke tilgang til filen\."):
        read_plan(tmp_path / "plan.yaml")


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path) -> bytes:
        raise OSError

    (tmp_path / "plan.yaml").write_text(SMALL_YAML)
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(PlanError, match=r"Filen kan ikke leses\."):
        read_plan(tmp_path / "plan.yaml")


def test_a_name_with_a_null_byte() -> None:
    with pytest.raises(PlanError):
        read_plan(Path("pl\0an.yaml"))


def test_a_file_too_large_to_be_opened_at_all(tmp_path: Path) -> None:
    with (tmp_path / "plan.yaml").open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(PlanError, match=r"Filen er større enn 20 MB\."):
        read_plan(tmp_path / "plan.yaml")


def test_a_file_is_read_to_a_problem_with_the_lines_of_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL_YAML.replace("'1975-01-15'", "'2035-01-15'"), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_problem(path, PARAMETERS)
    line = 1 + SMALL_YAML[: SMALL_YAML.index("1975-01-15")].count("\n")
    assert caught.value.faults[0].place == f"doctors[1].born (linje {line})"


# ---- what the name says --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"a: 1", "plan.txt", "Filtypen er ukjent."),
        (b"a: 1", "plan", "Filtypen er ukjent."),
        (b"", "plan.yaml", "Filen er tom."),
        (b"\xef\xbb\xbf \r\n", "plan.json", "Filen er tom."),
        (b"", "plan.xlsx", "Filen er tom."),
        (b"a;b;c\n1;2;3\n", "plan.xlsx", "Filen heter .xlsx, men er ikke en Excel-arbeidsbok."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "plan.xlsx",
            "Arbeidsboken er i det gamle formatet .xls, eller beskyttet med passord.",
        ),
        (SMALL_BOOK, "plan.yaml", "Filen er en arbeidsbok, ikke en tekstfil."),
        (b"title: a\x00b", "plan.yaml", "Filen er ikke en tekstfil."),
        (b'{"a": "\x00"}', "plan.json", "Filen er ikke en tekstfil."),
        ("title: vår".encode("utf-16"), "plan.yaml", "Filen er lagret som UTF-16."),
        (b"x" * 5_000_001, "plan.json", "Filen er større enn 5 MB."),
        (b"PK\x03\x04" + b"x" * 20_000_000, "plan.xlsx", "Filen er større enn 20 MB."),
        (b"PK\x03\x04 not a zip", "plan.xlsx", "Arbeidsboken er skadet."),
    ],
)
def test_a_file_that_is_not_what_it_is_called(content: bytes, name: str, problem: str) -> None:
    assert told_once(content, name).problem == problem


def test_latin_1_is_recognised_and_its_line_named() -> None:
    assert told_once("title: Plan\nname: Øst".encode("latin-1")) == Fault(
        "plan.yaml, linje 2",
        "",
        "Teksten er ikke lagret som UTF-8, men trolig i et eldre tegnsett (Latin-1).",
        "Åpne filen i et skriveprogram og lagre den som UTF-8.",
    )


def test_a_byte_order_mark_and_windows_lines_are_nothing_to_speak_of() -> None:
    content = b"\xef\xbb\xbf" + SMALL_YAML.replace("\n", "\r\n").encode()
    assert plan_in(content, "plan.yaml") == parse_plan(small())


# ---- YAML ----------------------------------------------------------------------------------------


def test_a_yaml_bomb_is_not_expanded() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    faults = told(bomb)
    assert len(faults) == 19
    assert faults[0] == Fault(
        "Linje 1",
        "&a",
        "Ankere, henvisninger og typemerker (&, *, !) brukes ikke i planer.",
        "Skriv verdien helt ut.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "title: !!python/object/apply:os.system ['true']",
        "title: !!str 5",
        "title: !own x",
        "<<: *base",
        "doctors: [&x {id: a}]",
    ],
)
def test_tags_and_anchors_are_refused(text: str) -> None:
    assert told(text)[0].problem.startswith("Ankere, henvisninger og typemerker")


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{b: " * 5000, "- " * 20_000, "? " * 9000])
def test_deep_yaml_is_refused(text: str) -> None:
    told_once(text)


def test_deep_yaml_is_refused_with_its_line() -> None:
    text = "\n".join(" " * n + "a:" for n in range(20))
    assert told_once(text).problem == "Filen er nøstet dypere enn noen plan er."


def test_the_same_field_twice_in_yaml() -> None:
    assert told_once("title: a\nfirst_day: '2027-01-01'\ntitle: b\n") == Fault(
        "title (linje 3)",
        "",
        "Feltet «title» står to ganger.",
        "La feltet stå bare én gang.",
    )


@pytest.mark.parametrize(
    "text", ["a: [1, 2", "a: 'b", "a: b: c", "\ta: b", "a: b\n c\n  d: e", "%x\n---", "a: @b"]
)
def test_broken_yaml_names_its_line(text: str) -> None:
    fault = told_once(text)
    assert fault.problem == "Teksten kan ikke leses som YAML."
    assert fault.place.startswith("Linje ")


def test_a_control_character_in_yaml() -> None:
    assert told_once("title: a\x07b").problem == "Teksten kan ikke leses som YAML."


def test_two_documents_in_one_file() -> None:
    assert told_once("a: 1\n---\nb: 2\n").problem == "Filen inneholder flere dokumenter (---)."


def test_a_key_that_is_a_list() -> None:
    assert told_once("? [a, b]\n: c\n").problem == "Et feltnavn må være et enkelt ord."


def test_words_that_other_readers_misread_are_words_here() -> None:
    text = SMALL_YAML.replace("start: '08:00'", "start: 08:00").replace(
        "end: '15:30'", "end: 15:30"
    )
    text = text.replace("'2027-03-01'", "2027-03-01").replace("name: Natt\n", "name: No\n")
    plan = plan_in(text.encode(), "plan.yaml")
    assert plan.doctors[0].opening_hours[0].end.hour == 15
    assert plan.patterns[0].name == "No"


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "12", "null", "--- \n..."])
def test_yaml_that_is_no_plan(text: str) -> None:
    assert told_once(text).problem == "Dette er ikke en plan."


# ---- JSON ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"title": "a", "title": "b"}', "Feltet «title» står to ganger."),
        ('{"settings": {"a": {"b": NaN}}}', "NaN er ikke et tall som kan brukes."),
        ('{"x": -Infinity}', "-Infinity er ikke et tall som kan brukes."),
        ('{"x": 1e999}', "Tallet er altfor stort."),
        ('{"x": ' + "9" * 5000 + "}", "Et tall i filen er altfor stort."),
        ("[" * 100_000, "Filen er nøstet dypere enn noen plan er."),
        ('{"a":' * 30 + "1" + "}" * 30, "Filen er nøstet dypere enn noen plan er."),
        ('{"a": 1,}', "Teksten kan ikke leses som JSON."),
        ("{'a': 1}", "Teksten kan ikke leses som JSON."),
        ('{"a": 1', "Teksten kan ikke leses som JSON."),
        ('"plan"', "Dette er ikke en plan."),
    ],
    ids=range(11),
)
def test_hostile_and_broken_json(text: str, problem: str) -> None:
    assert told_once(text, "plan.json").problem == problem


def test_lone_surrogates_do_not_reach_the_message() -> None:
    faults = told('{"title": "\\ud800", "\\udfff": 1}', "plan.json")
    assert "\n".join(map(str, faults)).encode()


def test_the_place_of_a_repeated_name_is_its_path() -> None:
    assert told_once('{"doctors": [{"id": 1, "id": 2}]}', "p.json").place == "doctors[0].id"


# ---- zip -----------------------------------------------------------------------------------------


def repacked(change: Callable[[str, bytes], bytes], **extra: bytes) -> bytes:
    """The small workbook with its parts changed."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(SMALL_BOOK)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, content in extra.items():
            new.writestr(name, content)
    return target.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = repacked(lambda name, old: old, bomb=b"\0" * 50_000_000)
    assert len(bomb) < 200_000
    assert told_once(bomb, "plan.xlsx").problem == (
        "Arbeidsboken er altfor stor når den pakkes ut."
    )


def test_a_zip_of_thousands_of_entries() -> None:
    many = repacked(lambda name, old: old, **{f"x{n}": b"" for n in range(600)})
    assert told_once(many, "plan.xlsx").problem.startswith("Arbeidsboken er altfor stor")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused(encoding: str) -> None:
    xxe = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>&e;</t></si></sst>"
    ).encode(encoding)
    book = repacked(lambda name, old: xxe if name == "xl/sharedStrings.xml" else old)
    assert told_once(book, "plan.xlsx").problem == (
        "Arbeidsboken inneholder egne XML-deklarasjoner og åpnes ikke."
    )


def test_a_zip_that_is_no_workbook() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("plan.yaml", SMALL_YAML)
    assert told_once(target.getvalue(), "plan.xlsx").problem == (
        "Filen heter .xlsx, men er ikke en Excel-arbeidsbok."
    )


@pytest.mark.slow
def test_a_million_rows_are_not_read() -> None:
    rows = b"<row><c><v>1</v></c></row>" * 1_000_000
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )
    book = repacked(lambda name, old: sheet if name.endswith("sheet5.xml") else old)
    assert "Arket har flere enn 10000 rader." in [f.problem for f in told(book, "plan.xlsx")]


def test_a_workbook_with_a_broken_part() -> None:
    book = repacked(lambda name, old: old[:50] if name.endswith("sheet1.xml") else old)
    assert told_once(book, "plan.xlsx").problem == "Arbeidsboken er skadet."


def test_a_fault_of_ours_is_not_laid_on_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(workbook, "read_cell", fail)
    with pytest.raises(ZeroDivisionError):
        plan_in(SMALL_BOOK, "plan.xlsx")
    monkeypatch.setattr(roster_grids, "shown", fail)
    with pytest.raises(ZeroDivisionError):
        roster_grids.workbook_grids(SMALL_BOOK, "plan.xlsx")


def test_a_workbook_of_rows_with_a_broken_part() -> None:
    book = repacked(lambda name, old: old[:50] if name.endswith("sheet1.xml") else old)
    with pytest.raises(PlanError, match=r"plan\.xlsx: Arbeidsboken er skadet\."):
        roster_grids.workbook_grids(book, "plan.xlsx")


def test_an_encrypted_part() -> None:
    raw = bytearray(SMALL_BOOK)
    central = raw.index(b"PK\x01\x02")
    raw[central + 8] |= 1
    assert told_once(bytes(raw), "plan.xlsx").problem == "Arbeidsboken er beskyttet med passord."


# ---- fuzz ----------------------------------------------------------------------------------------

FORMATS: dict[str, bytes] = {
    "plan.yaml": SMALL_YAML.encode(),
    "plan.json": SMALL_JSON.encode(),
    "plan.xlsx": SMALL_BOOK,
}


def only_plan_errors(content: bytes, name: str) -> None:
    """Either a problem, or an error with faults that can be printed."""
    try:
        problem_in(content, name, PARAMETERS)
    except PlanError as error:
        if not error.faults or not str(error).encode():
            raise AssertionError("an error without a message") from error


@pytest.mark.parametrize("name", FORMATS)
def test_no_mutation_of_bytes_makes_anything_but_a_plan_error(name: str) -> None:
    chance = random.Random(20270328)
    for _ in range(120 if name == "plan.xlsx" else 300):
        content = bytearray(FORMATS[name])
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            action = chance.randrange(4)
            if action == 0:
                content[at] = chance.randrange(256)
            elif action == 1:
                del content[at : at + chance.randint(1, 40)]
            elif action == 2:
                content[at:at] = bytes(chance.choices(range(256), k=chance.randint(1, 5)))
            else:
                content[at:at] = content[at : at + 60]
        only_plan_errors(bytes(content), name)


VALUES: list[Any] = [
    None,
    "",
    "x",
    0,
    -1,
    10**30,
    1.5,
    True,
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    "2027-03-28",
    "9999-12-31",
    "00:00",
    "\u0000",
    "😀" * 300,
    "natt",
    "kari",
    ["natt", "natt"],
]


def mutated(chance: random.Random) -> Document:
    """The small plan with one to three values replaced, removed, or copied elsewhere."""
    document = small()
    for _ in range(chance.randint(1, 3)):
        holder: Any = document
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = chance.choice(keys)
            inner = holder[key]
            if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
                holder = inner
                continue
            if chance.random() < 0.15:
                del holder[key]
            else:
                holder[key] = chance.choice(VALUES)
            break
    return document


def test_no_mutation_of_values_makes_anything_but_a_plan_error() -> None:
    chance = random.Random(53)
    for number in range(600):
        content = json.dumps(mutated(chance)).encode()
        only_plan_errors(content, "plan.json" if number % 2 else "plan.yaml")


def test_no_mutation_of_cells_makes_anything_but_a_plan_error() -> None:
    from openpyxl import load_workbook

    chance = random.Random(17)
    cells: list[Any] = ["", "x", -1, 1e30, True, "=1/0", "31.02.2027", "man–", "#REF!", "ja", 0.5]
    book = load_workbook(BytesIO(SMALL_BOOK))
    for _ in range(30):
        changed: list[tuple[Any, Any]] = []
        for _ in range(3):
            sheet = chance.choice(book.worksheets)
            cell = sheet.cell(chance.randint(1, 3), chance.randint(1, 12))
            changed.append((cell, cell.value))
            cell.value = chance.choice(cells)
        target = BytesIO()
        book.save(target)
        only_plan_errors(target.getvalue(), "plan.xlsx")
        for cell, value in reversed(changed):
            cell.value = value
