"""The fairness report as a coordinator asks for it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from api import library
from api.cli.main import run
from api.fairness import earlier, fairness, fairness_files, needed_hours
from api.outputs import export_one
from api.wishes import receipts
from constraints.fair_share import FairShare
from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Attitude, Wish
from scheduler.domain.roster import Roster, Timetable
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry, Event, HolidayLine, Kind, Line, Period
from scheduler.writing.fairness.content import content
from scheduler.writing.receipts import Answer
from tests.api.test_legality import NIGHTS, SESSION, loaded, plan_of
from tests.support import NURSING_HOME, duty, roster, span

WISHES = (
    Wish("w1", "kari", Attitude.RATHER_NOT, span("2027-04-05 00:00", "2027-04-07 00:00")),
    Wish("w2", "kari", Attitude.RATHER_NOT, span("2027-04-13 00:00", "2027-04-14 00:00")),
    Wish("w3", "ola", Attitude.WANT, span("2027-04-25 00:00", "2027-04-26 00:00")),
)
WORK = {"kari": [NIGHTS[0], SESSION], "ola": [NIGHTS[1], NIGHTS[2]], "tom": [NIGHTS[3]]}


def scene() -> tuple[library.LoadedPlan, Timetable]:
    own = loaded(plan_of(wishes=WISHES))
    return own, roster(own.problem, WORK)


def test_the_report_asks_the_rules_for_shares_accounts_and_wishes() -> None:
    own, timetable = scene()
    report = fairness(own, timetable.roster)
    rule = next(rule for rule in own.rules if isinstance(rule, FairShare))
    assert report.settlements == rule.settlements(timetable)
    assert report.rule_set == own.rule_set
    assert [(r.doctor, r.granted) for r in report.receipts] == [("kari", False), ("kari", True)]
    assert "men har fått Natt" in report.receipts[0].sentence
    assert sum(week.ordered for week in report.order_weeks) == SESSION.minutes
    assert content(report).towns.lines[0].values[5:] == (4.0, 0.0, 4.0)


def test_of_a_choice_only_the_hours_that_are_used_are_asked_for() -> None:
    days = tuple(
        duty(f"2027-04-0{n} 08:00", "12:00", NURSING_HOME, choice="uke") for n in (5, 6, 7)
    )
    own = replace(plan_of(), duties=(*days, SESSION))
    assert needed_hours(own) == {"fjell": 8.0}


def test_the_files_are_the_same_every_time_and_anonymous_ones_have_names_of_their_own() -> None:
    own, timetable = scene()
    report = fairness(own, timetable.roster)
    files = fairness_files(report)
    assert list(files) == ["fordeling.html", "fordeling.pdf", "fordeling.xlsx"]
    assert fairness_files(fairness(own, timetable.roster)) == files
    hidden = fairness_files(fairness(own, timetable.roster, anonymous=True))
    assert list(hidden) == [name.replace("fordeling", "fordeling-uten-navn") for name in files]
    assert b"Kari" in files["fordeling.html"]
    assert b"Kari" not in hidden["fordeling-uten-navn.html"]


def test_the_book_tells_the_closed_periods_of_the_year_and_all_holidays() -> None:
    own, timetable = scene()
    easter = HolidayLine("kari", GreatHoliday.EASTER, 2026)

    def closed(first: date, *lines: Line) -> Entry:
        period = Period("Vinter", first, first + timedelta(days=27), "p", "r")
        booked = date(2027, 4, 1)
        return Entry(0, booked, Event.CLOSING, "", period, lines=lines, holidays=(easter,))

    def line(doctor: str, kind: Kind, amount: int, measure: Measure = Measure.POINTS) -> Line:
        return Line(doctor, measure, kind, amount)

    book = Book()
    for entry in (
        closed(date(2026, 12, 1), line("kari", Kind.WORKED, 9900)),
        closed(
            date(2027, 1, 4),
            line("kari", Kind.WORKED, 1000),
            line("kari", Kind.SHARE, -900),
            line("kari", Kind.HALF_LIFE, -5),
            line("kari", Kind.WORKED, 150, Measure.NIGHTS),
        ),
        closed(date(2027, 2, 1), line("kari", Kind.WORKED, 500), line("ola", Kind.SHARE, -700)),
        closed(date(2027, 4, 5), line("kari", Kind.WORKED, 7777)),
    ):
        book = book.add(entry)
    found = earlier(book, own.problem)
    assert found.year == 2027
    assert found.so_far["kari"].worked == {Measure.POINTS: 1500, Measure.NIGHTS: Fraction(3, 2)}
    assert found.so_far["kari"].parts == {Measure.POINTS: 900}
    assert found.so_far["ola"].parts == {Measure.POINTS: 700}
    assert found.holidays["kari"] == {GreatHoliday.EASTER: (2026,)}
    told = content(fairness(own, timetable.roster, earlier=found))
    assert told.years is not None
    assert told.years.year == "2027"


@pytest.fixture(scope="module")
def oy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and a roster of it that nobody would call fair."""
    folder = tmp_path_factory.mktemp("oy")
    plan = Path(__file__).resolve().parents[2] / "fixtures" / "plans" / "oy.yaml"
    (folder / "plan.yaml").write_bytes(plan.read_bytes())
    own = library.read(folder / "plan.yaml")
    nobody = fairness(own, Roster.of(own.problem, ()))
    first = nobody.shares.pool(Measure.POINTS)[0].doctor
    unfair = roster(own.problem, {first: list(own.problem.duties)}).roster
    (folder / "vaktplan.json").write_bytes(export_one(own, unfair, "json"))
    return folder


def test_the_command_writes_the_report_and_tells_the_statement(
    oy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fairness", f"{oy}/plan.yaml", str(oy), "--out", str(tmp_path)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Uten bevis: Det følger ikke med noe bevis" in told
    assert "fordeling.html, fordeling.pdf, fordeling.xlsx" in told
    book = openpyxl.load_workbook(tmp_path / "fordeling.xlsx")
    assert book["Belastningspoeng"]["J5"].value == "over"


def test_a_book_that_is_not_there_is_a_fault(
    oy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["fairness", f"{oy}/plan.yaml", str(oy), "--out", str(tmp_path / "ut")]
    assert run([*arguments, "--book", f"{tmp_path}/konto.json"]) == 2
    assert "Vaktkontoen finnes ikke." in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "ut").exists()


def test_the_command_hides_names_where_it_is_asked_to(oy: Path, tmp_path: Path) -> None:
    arguments = ["fairness", f"{oy}/plan.yaml", f"{oy}/vaktplan.json", "--out", str(tmp_path)]
    assert run([*arguments, "--anonymous"]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "fordeling-uten-navn.html",
        "fordeling-uten-navn.pdf",
        "fordeling-uten-navn.xlsx",
    ]


def test_assignments_that_the_plan_does_not_know_are_told_and_left_out(
    oy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((oy / "vaktplan.json").read_text("utf-8"))
    document["problem_hash"] = "0" * 64
    other = tmp_path / "vaktplan.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    assert run(["fairness", f"{oy}/plan.yaml", str(other), "--out", str(tmp_path / "ut")]) == 0
    assert "laget av en annen utgave av planen" in " ".join(capsys.readouterr().err.split())


def test_a_roster_that_cannot_be_read_is_a_fault_and_nothing_is_written(
    oy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tom.csv").write_text("", encoding="utf-8")
    out = tmp_path / "ut"
    arguments = ["fairness", f"{oy}/plan.yaml", f"{tmp_path}/tom.csv", "--out", str(out)]
    assert run(arguments) == 2
    assert "tom.csv" in capsys.readouterr().err
    assert not out.exists()


def test_a_roster_by_hand_is_a_roster() -> None:
    own, timetable = scene()
    bare = Roster(timetable.roster.problem_hash, timetable.roster.assignments)
    assert content(fairness(own, bare)).statement.sign == "Uten bevis"


def test_a_wish_has_the_same_answer_as_on_its_receipt() -> None:
    wishes = (
        *WISHES,
        Wish("w4", "ola", Attitude.RATHER_NOT, span("2027-04-01 00:00", "2027-05-01 00:00")),
    )
    own = loaded(plan_of(wishes=wishes))
    timetable = roster(own.problem, WORK)
    told_alone = receipts(timetable, own.rules)
    answers = [one.answer for one in told_alone if one.answer is not Answer.EMPTY]
    assert Answer.PARTLY in answers
    told = fairness(own, timetable.roster).receipts
    assert [one.partly for one in told] == [answer is Answer.PARTLY for answer in answers]
    assert [one.granted for one in told] == [answer is Answer.GRANTED for answer in answers]
