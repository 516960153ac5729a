"""Opening balances go into a plan file, and nothing else in it moves."""

import json
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Account
from scheduler.reading import opening
from scheduler.reading.convert import account
from scheduler.reading.faults import PlanError
from scheduler.reading.load import load_bytes
from scheduler.reading.opening import Opened, into_file, with_accounts
from scheduler.reading.plan import Plan
from scheduler.reading.shape import parse_plan, plan_of
from scheduler.reading.write import to_json, to_workbook, to_yaml
from tests.api.plans import Document, tiny

GIVEN = Account(
    "kari",
    points=-989,
    nights=150,
    weekends=-67,
    great_holidays=100,
    ordered=-20,
    refused=179,
    holidays={GreatHoliday.EASTER: 2027, GreatHoliday.CHRISTMAS: 2024},
)


def old_balances(document: Document) -> None:
    document["ledger"] = [
        {"doctor": "siv", "points": 3},
        {"doctor": "kari", "points": 2, "holidays": {"christmas": 2025}},
    ]
    document["settings"] = {"fair_share": {"carry": 50}}


def plan(change: Any = old_balances) -> Plan:
    return parse_plan(tiny(change))


def opened(content: bytes, name: str, own: Plan, new_name: str = "") -> Opened:
    return into_file(content, name, with_accounts(own, [GIVEN]), new_name or name)


def read(content: bytes, name: str) -> Plan:
    return plan_of(load_bytes(content, name))


def test_balances_survive_the_plan_to_the_last_hundredth_and_minute() -> None:
    [siv, kari] = sorted(with_accounts(plan(), [GIVEN]).ledger, key=lambda own: own.points)[::-1]
    assert siv.doctor == "siv"  # not in the book: what the plan says stands
    found = account(kari)
    assert found == Account(
        **{name: getattr(GIVEN, name) for name in Account.__slots__ if name != "holidays"},
        holidays={GreatHoliday.EASTER: 2027, GreatHoliday.CHRISTMAS: 2025},  # the later year
    )


@pytest.mark.parametrize("minutes", [*range(-61, 62), 12_345, -12_345])
def test_every_minute_survives(minutes: int) -> None:
    [own] = with_accounts(plan(None), [Account("kari", ordered=minutes, points=1)]).ledger
    [again] = parse_plan(tiny(lambda d: d.update(ledger=[own.model_dump(mode="json")]))).ledger
    assert account(again).ordered == minutes


def test_an_empty_account_takes_no_row_and_doctors_outside_the_plan_none() -> None:
    accounts = [Account("kari"), Account("borte", points=100)]
    assert with_accounts(plan(None), accounts).ledger == ()


@pytest.mark.parametrize(
    ("name", "write"), [("a.yaml", to_yaml), ("a.json", to_json), ("a.xlsx", to_workbook)]
)
@pytest.mark.parametrize("change", [None, old_balances])
def test_all_else_in_the_plan_stays(name: str, write: Any, change: Any) -> None:
    own = plan(change)
    text = write(own)
    content = text if isinstance(text, bytes) else text.encode()
    done = opened(content, name, own)
    assert not done.anew
    found = read(done.content, name)
    assert found == with_accounts(own, [GIVEN])
    assert found.model_copy(update={"ledger": ()}) == own.model_copy(update={"ledger": ()})
    again = into_file(done.content, name, found, name)
    assert again.content == done.content
    assert opened(content, name, own).content == done.content


YAML = """\
# Vaktplan for Fjell, laget av Per
{head}
ledger: # fra i fjor
# Siv først
- doctor: siv
  points: 3   # husk henne
- doctor: kari
  points: 2
  holidays:
    christmas: 2025

# Innstillinger, vedtatt i ALU
settings:
  fair_share: {{carry: 50}} # halvparten
"""


def yaml_text(own: Plan) -> str:
    parts = to_yaml(own).split("\nledger:")
    return YAML.format(head=parts[0])


def test_comments_of_a_yaml_plan_are_kept() -> None:
    own = plan()
    text = yaml_text(own)
    assert read(text.encode(), "a.yaml") == own
    done = opened(text.encode(), "a.yaml", own)
    assert not done.anew
    before, after = text.splitlines(), done.content.decode().splitlines()
    start = before.index("ledger: # fra i fjor")
    assert after[:start] == before[:start]
    assert after[-4:] == before[-4:]
    assert "# Innstillinger, vedtatt i ALU" in after


def test_a_plan_from_windows_keeps_its_comments_too() -> None:
    own = plan()
    content = b"\xef\xbb\xbf" + yaml_text(own).replace("\n", "\r\n").encode()
    done = opened(content, "a.yaml", own)
    assert not done.anew
    assert b"# Innstillinger, vedtatt i ALU\r\n" in done.content
    assert read(done.content, "a.yaml") == with_accounts(own, [GIVEN])


@pytest.mark.parametrize(
    "ledger",
    [
        "ledger: []",
        "ledger: [{doctor: kari, points: 2}]",
        "ledger:\n  - {doctor: kari,\n     points: 2}\n",
        "ledger:\n- doctor: kari\n  points: 2",
        "ledger:\n- {doctor: kari}\n\n\n# slutt",
    ],
)
def test_every_way_of_writing_the_list_is_exchanged(ledger: str) -> None:
    for text in (f"{to_yaml(plan(None))}\n{ledger}", f"{ledger}\n{to_yaml(plan(None))}"):
        done = opened(text.encode(), "a.yaml", read(text.encode(), "a.yaml"))
        assert not done.anew
        assert read(done.content, "a.yaml") == with_accounts(plan(None), [GIVEN])
        assert ("# slutt" in done.content.decode()) == ("# slutt" in text)


def test_a_yaml_plan_in_one_line_is_written_anew_and_told() -> None:
    own = plan()
    text = json.dumps(own.to_document(), ensure_ascii=False)  # JSON is YAML
    done = opened(text.encode(), "a.yaml", own)
    assert done.anew
    assert read(done.content, "a.yaml") == with_accounts(own, [GIVEN])


def test_a_plan_in_another_format_is_written_whole() -> None:
    own = plan()
    done = opened(to_yaml(own).encode(), "a.yaml", own, "b.xlsx")
    assert not done.anew
    assert read(done.content, "b.xlsx") == with_accounts(own, [GIVEN])
    package = into_file(None, "vaktplan.json", with_accounts(own, [GIVEN]), "b.json")
    assert read(package.content, "b.json") == with_accounts(own, [GIVEN])


def test_an_unknown_ending_is_told() -> None:
    own = plan()
    with pytest.raises(PlanError, match="Filtypen er ukjent"):
        opened(to_yaml(own).encode(), "a.yaml", own, "b.docx")


# --- workbooks -----------------------------------------------------------------------------


def workbook(change: Any) -> bytes:
    """The plan as a workbook that a user has worked in."""
    book = load_workbook(BytesIO(to_workbook(plan())))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows(content: bytes) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(content))
    return list(book["Vaktkonto"].iter_rows(values_only=True))


def test_only_the_sheet_of_the_ledger_is_touched() -> None:
    def notes(book: Any) -> None:
        sheet = book.create_sheet("Notat mine")
        sheet["A1"] = "=1+1"
        sheet["A2"] = "Husk Per"

    content = workbook(notes)
    done = opened(content, "a.xlsx", plan())
    assert not done.anew
    with ZipFile(BytesIO(content)) as old, ZipFile(BytesIO(done.content)) as new:
        assert old.namelist() == new.namelist()
        touched = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert len(touched) == 1
        assert touched[0].startswith("xl/worksheets/sheet")
    assert load_workbook(BytesIO(done.content))["Notat mine"]["A1"].value == "=1+1"


def test_example_rows_stay_and_the_new_ones_come_below() -> None:
    def with_example(book: Any) -> None:
        sheet = book["Vaktkonto"]
        sheet.insert_rows(2)
        sheet["A2"], sheet["B2"], sheet["C2"] = "eksempel", "kari", 99

    done = opened(workbook(with_example), "a.xlsx", plan())
    assert not done.anew
    found = rows(done.content)
    assert found[1][:3] == ("eksempel", "kari", 99)
    assert [row[1:4] for row in found[2:]] == [("kari", -9.89, 1.5), ("siv", 3, None)]


def test_columns_may_stand_in_another_order() -> None:
    def turned(book: Any) -> None:
        sheet = book["Vaktkonto"]
        sheet.delete_rows(1, 9)
        sheet.append(["Netter", "Lege", "Poeng"])
        sheet.append([1, "kari", 2])

    own = parse_plan(
        tiny(lambda d: d.update(ledger=[{"doctor": "kari", "points": 2, "nights": 1}]))
    )
    given = [Account("kari", points=-5, nights=25)]
    content = workbook(turned)
    done = into_file(content, "a.xlsx", with_accounts(own, given), "a.xlsx")
    # The settings of the plan are those of `old_balances`, so the whole differs: written anew.
    assert done.anew
    whole = read(content, "a.xlsx")
    done = into_file(content, "a.xlsx", with_accounts(whole, given), "a.xlsx")
    assert not done.anew
    assert rows(done.content)[1] == (0.25, "kari", -0.05)


@pytest.mark.parametrize("why", ["gone", "formula", "lacks"])
def test_a_sheet_that_cannot_be_changed_safely_is_written_anew(why: str) -> None:
    def change(book: Any) -> None:
        sheet = book["Vaktkonto"]
        if why == "gone":
            del book["Vaktkonto"]
        elif why == "formula":
            sheet["C2"] = "=1+1"
        else:
            sheet.delete_cols(8)  # no place for refused wishes

    done = opened(workbook(change), "a.xlsx", plan())
    assert done.anew
    assert read(done.content, "a.xlsx") == with_accounts(plan(), [GIVEN])


def test_what_holds_dates_is_not_written_into_cells_of_numbers() -> None:
    from scheduler.reading import sheet_xml

    with pytest.raises(TypeError, match="must be text or a number"):
        sheet_xml._cell('r="A1"', date(2027, 1, 1))
    assert sheet_xml._cell('r="A1"', "<&>") == (
        '<c r="A1" t="inlineStr"><is><t>&lt;&amp;&gt;</t></is></c>'
    )
    assert set(opening.WRITERS) == {".xlsx", ".yaml", ".yml", ".json"}
