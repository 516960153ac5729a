"""What is written: readable back, the same again, and silent about why anybody is free."""

import csv
import json
import re
import threading
import zipfile
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from pypdf import PdfReader

from api import library, outputs
from api.library import LoadedPlan
from api.outputs import calendar_names, calendars, export_one, read_package, write_all
from scheduler.checking import Report
from scheduler.domain.roster import Roster
from scheduler.engine import Update
from scheduler.reading.roster import read_roster
from scheduler.reading.shape import parse_plan
from tests.api.plans import ALL_DAYS, Document, everybody_away, tiny
from tests.support import PATIENCE, doctor

Solved = tuple[LoadedPlan, Roster, Report]
FILES = (
    "vaktplan.json",
    "vaktplan.xlsx",
    "vaktplan.csv",
    "vaktplan.pdf",
    "rapport.html",
    "rapport.pdf",
    "fordeling.html",
    "fordeling.pdf",
    "fordeling.xlsx",
)


def solved(document: Document, *, proven: bool = True) -> Solved:
    """A plan and its best roster, which is proven; or the first one that is found."""
    loaded, stop = library.understand(parse_plan(document)), threading.Event()

    def tell(update: Update) -> None:
        if update.levels and not proven:
            stop.set()

    outcome = library.solve(loaded, seconds=PATIENCE, workers=1, tell=tell, stop=stop)
    assert outcome.roster is not None
    assert outcome.report is not None
    if proven:  # and so no clock decided anything
        assert all(level.proven for level in outcome.roster.provenance.levels)
    return loaded, outcome.roster, outcome.report


@cache
def with_holes() -> Solved:
    return solved(tiny(everybody_away))


# ---- readable back ---------------------------------------------------------------------------


def test_all_files_are_there_and_can_be_opened(tmp_path: Path) -> None:
    own = with_holes()
    saved = write_all(*own, tmp_path)
    feeds = [f"kalender/{name}.ics" for name in ("kari", "ola", "siv")]
    assert list(saved.names) == [*FILES, *feeds]
    assert {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.*")} == set(saved.names)
    assert (
        json.loads((tmp_path / "vaktplan.json").read_text("utf-8"))["format"] == "rettvakt-roster"
    )
    assert openpyxl.load_workbook(tmp_path / "vaktplan.xlsx").sheetnames
    text = (tmp_path / "vaktplan.csv").read_text("utf-8-sig")
    assert len(list(csv.reader(StringIO(text), delimiter=";"))) == 1 + 14
    assert "<html" in (tmp_path / "rapport.html").read_text("utf-8")
    for name in ("vaktplan.pdf", "rapport.pdf"):
        assert len(PdfReader(tmp_path / name).pages) >= 1
    for name in feeds:
        calendar = icalendar.Calendar.from_ical((tmp_path / name).read_bytes())
        assert calendar.walk("VEVENT")


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_each_format_is_judged_as_the_roster_itself(kind: str) -> None:
    loaded, roster, report = with_holes()
    back = read_roster(export_one(loaded, roster, kind), loaded.problem)
    assert back.assignments == roster.assignments
    again = library.check(loaded, back)
    assert (again.lawful, again.complete) == (report.lawful, report.complete) == (True, False)
    assert again.uncovered == report.uncovered


def test_the_package_holds_plan_and_roster(tmp_path: Path) -> None:
    loaded, roster, _ = with_holes()
    (tmp_path / "vaktplan.json").write_bytes(export_one(loaded, roster, "json"))
    again, back = read_package(tmp_path / "vaktplan.json")
    assert again.plan == loaded.plan
    assert again.problem.content_hash == loaded.problem.content_hash
    assert back == roster
    assert library.read(tmp_path / "vaktplan.json").problem == loaded.problem  # to solve it anew


def test_the_workbook_shows_each_doctors_target() -> None:
    loaded, roster, _ = with_holes()
    content = BytesIO(export_one(loaded, roster, "xlsx"))
    cells = [c for row in openpyxl.load_workbook(content)["Summer"].iter_rows() for c in row]
    [heading] = [cell for cell in cells if cell.value == "Mål, poeng"]
    aims = [cell.value for cell in cells if cell.column == heading.column and cell is not heading]
    assert any(isinstance(aim, int | float) and aim > 0 for aim in aims)


def test_unknown_format_is_refused() -> None:
    loaded, roster, _ = with_holes()
    with pytest.raises(ValueError, match="docx"):
        export_one(loaded, roster, "docx")


# ---- the same again --------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_files() -> None:
    loaded, roster, report = with_holes()
    again = solved(tiny(everybody_away))
    for kind in ("csv", "pdf"):  # the workbook also tells how long it took
        assert export_one(*again[:2], kind) == export_one(loaded, roster, kind)
    assert calendars(*again[:2]) == calendars(loaded, roster)
    first, second = (
        json.loads(export_one(own[0], own[1], "json")) for own in ((loaded, roster), again)
    )
    first["provenance"].pop("seconds")
    second["provenance"].pop("seconds")
    assert first == second
    assert report.uncovered == again[2].uncovered


def test_nothing_is_kept_when_the_same_is_written_again(tmp_path: Path) -> None:
    own = with_holes()
    write_all(*own, tmp_path)
    assert write_all(*own, tmp_path).earlier is None


# ---- names of calendars ----------------------------------------------------------------------


def test_names_of_calendars_suit_every_system() -> None:
    ids = ["Kari", "kari", "a/b", "a:b", "CON", "nul.x", "..", "å", "a\u030a", "x" * 200, "lege"]
    names = calendar_names([doctor(own) for own in ids])
    # `doctor` makes ids of small letters, so the first two are one and the same doctor
    assert len({name.casefold() for name in names.values()}) == len(names) == len(set(ids)) - 1
    for name in names.values():
        stem = name.removesuffix(".ics")
        assert re.fullmatch(r"[^<>:\"/\\|?*\0]+", stem)
        assert stem.split(".")[0] not in ("con", "nul")
        assert len(name.encode()) < 255


# ---- why anybody is free ---------------------------------------------------------------------

# One doctor for each ground, so that each is told by itself where it is told at all.
EXEMPTIONS: tuple[Document, ...] = (
    {"kind": "age", "status": "claimed", "claimed_from": "2026-12-01"},
    {
        "kind": "pregnancy",
        "status": "claimed",
        "claimed_from": "2026-12-01",
        "term": "2027-04-20",
        "hindered": True,
    },
    {
        "kind": "nursing",
        "status": "claimed",
        "claimed_from": "2026-12-01",
        "birth": "2026-08-05",
    },
    {
        "kind": "decision",
        "status": "granted",
        "decided_on": "2026-10-01",
        "valid_from": "2026-12-01",
        "valid_until": "2027-12-31",
    },
    {
        "kind": "need",
        "status": "granted",
        "decided_on": "2026-10-01",
        "valid_from": "2026-12-01",
        "valid_until": "2027-12-31",
    },
    {"kind": "recruitment", "status": "granted", "decided_on": "2020-10-01"},
    {"kind": "decision", "status": "applied", "valid_from": "2027-03-02"},
)
ABSENCES = ("holiday", "course", "sick", "parental", "other")
TELLING = re.compile(
    r"gravid|svanger|amming|ammer|ammende|nursing|pregnan|matern|barsel|termin|fødsel|"
    r"\bsyk\b|sykdom|sykmeld|\bsick|permisjon|parental|foreldre|"
    r"\bage\b|\bneed\b|recruit|\bholiday\b|\bferie|\bclaimed|\bgranted|\bapplied|"
    r"zzgrunn|exemption|absence",
    re.IGNORECASE,
)


def _many_grounds(document: Document) -> None:
    names = [
        "Anna",
        "Bodil",
        "Cecilie",
        "Dina",
        "Eva",
        "Frida",
        "Gro",
        "Hanne",
        "Ida",
        "Jorunn",
        "Kirsten",
        "Lise",
        "Mona",
        "Nina",
    ]
    model = document["doctors"][0]
    document["doctors"] = [
        {**model, "id": name.lower(), "name": f"{name} Vik", "born": "1964-06-01"} for name in names
    ]
    document["tail"] = [
        {"doctor": "nina", "pattern": "helg", "date": "2027-02-28"},
    ]
    document["exemptions"] = [
        {
            **own,
            "id": f"zzgrunn{number}{own['kind']}",
            "doctor": names[number].lower(),
            "reference": f"2027/40{number}",
        }
        for number, own in enumerate(EXEMPTIONS)
    ]
    document["absences"] = [
        {
            "doctor": names[7 + number].lower(),
            "kind": kind,
            "start": f"2027-03-0{number + 2}",
            "end": f"2027-03-1{number}",
        }
        for number, kind in enumerate(ABSENCES)
    ]
    document["wishes"] = [
        {"id": "zzgrunnw", "doctor": "nina", "attitude": "cannot", "start": "2027-03-06"}
    ]
    # A shift that nobody may have, so that holes are explained by exemptions and absences.
    document["patterns"].append(
        {
            **document["patterns"][0],
            "id": "tilstede",
            "name": "Tilstedevakt",
            "presence": "on_site",
            "start": "22:00",
            "end": "08:00",
            "weekdays": ALL_DAYS,
            "needed": 4,
            "duty_class": 3,
        }
    )


def texts(folder: Path) -> dict[str, str]:
    """Everything that can be read in each file, metadata and hidden parts included."""
    found = {}
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = file.read_bytes()
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(BytesIO(content)) as book:
                parts = [f"{n}\n{book.read(n).decode('utf-8', 'replace')}" for n in book.namelist()]
            text = "\n".join(parts)
        elif file.suffix == ".pdf":
            reader = PdfReader(BytesIO(content))
            pages = [page.extract_text() for page in reader.pages]
            text = "\n".join([*pages, str(reader.metadata), *_joined(pages)])
        else:
            text = content.decode("utf-8").replace("\r\n ", "")  # folded lines of a calendar
        found[file.name] = " ".join(text.split())
    return found


def _joined(pages: list[str]) -> list[str]:
    """The pages once more with words that were broken at the end of a line put together."""
    return [re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", page) for page in pages]


def telling(text: str) -> list[str]:
    return [f"{text[max(0, m.start() - 60) : m.end() + 40]!r}" for m in TELLING.finditer(text)]


def test_no_output_tells_why_anybody_is_free(tmp_path: Path) -> None:
    loaded, roster, report = solved(tiny(_many_grounds), proven=False)
    assert {e.kind.value for e in loaded.problem.exemptions} == {e["kind"] for e in EXEMPTIONS}
    assert {a.kind.value for a in loaded.problem.absences} == set(ABSENCES)
    assert report.holes  # they are explained, and the explanations are read too
    write_all(loaded, roster, report, tmp_path / "own")
    found = texts(tmp_path / "own")
    package = found.pop("vaktplan.json")
    assert telling(package)  # the coordinator's own file knows, and this test can tell
    assert "Tilstedevakt" in found["vaktplan.pdf"]
    assert "Bodil" in found["rapport.pdf"]
    assert "2027/401" in found["rapport.html"]  # the case number is what a reader looks up by
    # What the rules are called and where they stand is told whatever the plan says, and as often.
    law = {text for rule in loaded.rules for text in _own_words(rule)}
    write_all(*with_holes(), tmp_path / "free")
    free = texts(tmp_path / "free")
    for name, text in found.items():
        for words in sorted(law, key=len, reverse=True):
            assert text.count(words) == free.get(name, "").count(words), (name, words)
            text = text.replace(words, "§")
        assert telling(text) == [], name


def _own_words(rule: Any) -> list[str]:
    words = [rule.title, rule.title_en, *map(str, rule.citations)]
    words += [own.title for own in rule.parameters()]
    return [word for word in words if TELLING.search(word)]


def test_frames_of_duties_do_not_either() -> None:
    loaded, roster, _ = with_holes()
    frames = library.frames(loaded, roster)
    for frame in (frames.assignments, frames.burdens):
        assert not telling(frame.to_csv().replace(",holiday,", ","))  # the red day of a duty
    assert len(frames.rules) == len(loaded.rules)
    assert len(frames.cases) >= 3


def test_gaps_without_any_duty_are_told() -> None:
    def only_weekends(document: Document) -> None:
        document["patterns"] = document["patterns"][1:]
        document["tail"] = []

    remarks = library.understand(parse_plan(tiny(only_weekends))).remarks
    assert any("ingen lege dekker" in remark for remark in remarks)


def test_calendar_feeds_are_outputs_only_of_the_doctors_own_duties() -> None:
    loaded, roster, _ = with_holes()
    for name, content in calendars(loaded, roster).items():
        own = name.removesuffix(".ics")
        number = sum(a.doctor == own for a in roster.assignments)
        assert content.count(b"BEGIN:VEVENT") == number
    assert outputs.FEEDS == "kalender"
