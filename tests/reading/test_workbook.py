"""The workbook: cells as people fill them, faults with sheet, row and column, the template."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.plan import Plan
from scheduler.reading.roster import read_roster
from scheduler.reading.shape import parse_plan
from scheduler.reading.sheets import all_sheets
from scheduler.reading.template import default_points, template
from scheduler.reading.words import WORDS, word
from scheduler.reading.write import to_workbook
from scheduler.writing import workbook
from tests.reading.plans import PARAMETERS, plan_in, problem_in, small
from tests.reading.rosters import PROBLEM
from tests.writing.sample import sample

SMALL = to_workbook(parse_plan(small()))


def opened(content: bytes = SMALL) -> Workbook:
    return load_workbook(BytesIO(content))


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def column(book: Workbook, sheet: str, title: str) -> int:
    return next(cell.column for cell in book[sheet][1] if cell.value == title and cell.column)


def with_cell(sheet: str, row: int, title: str, value: Any) -> bytes:
    """The small workbook with one cell changed."""
    book = opened()
    book[sheet].cell(row, column(book, sheet, title)).value = value
    return saved(book)


def read(content: bytes) -> Plan:
    return plan_in(content, "plan.xlsx")


def told(content: bytes) -> tuple[Fault, ...]:
    with pytest.raises(PlanError) as caught:
        problem_in(content, "plan.xlsx", PARAMETERS)
    return caught.value.faults


# ---- cells as people fill them -------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["15.01.1975", "15.1.1975", "1975-01-15", date(1975, 1, 15), datetime(1975, 1, 15), 27409],
)
def test_dates(value: object) -> None:
    assert read(with_cell("Leger", 3, "Født", value)).doctors[1].born == date(1975, 1, 15)


@pytest.mark.parametrize(
    "value", ["08:00", "8.00", time(8), 1 / 3, timedelta(hours=8), datetime(1899, 12, 31, 8)]
)
def test_clocks(value: object) -> None:
    assert read(with_cell("Vakttyper", 2, "Slutter", value)).patterns[0].end == time(8)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("03.03.2027 16:30", datetime(2027, 3, 3, 16, 30)),
        ("3.3.2027 kl. 16.30", datetime(2027, 3, 3, 16, 30)),
        (datetime(2027, 3, 3, 16, 30), datetime(2027, 3, 3, 16, 30)),
        (datetime(2027, 3, 4), date(2027, 3, 4)),
        ("04.03.2027", date(2027, 3, 4)),
        ("04.03.2027 24:00", date(2027, 3, 4)),
    ],
)
def test_moments(value: object, expected: date) -> None:
    assert read(with_cell("Fravær", 3, "Til og med", value)).absences[1].end == expected


@pytest.mark.parametrize("value", ["80 %", "0,8", 0.8, "4/5", "80,0%"])
def test_shares(value: object) -> None:
    assert (
        float(read(with_cell("Leger", 2, "Praksisandel", value)).doctors[0].practice_share) == 0.8
    )


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("man–fre", "mon tue wed thu fri"),
        ("Mandag - Fredag", "mon tue wed thu fri"),
        ("fre–man", "mon fri sat sun"),
        ("lør, søn", "sat sun"),
        ("SØN;ons.", "wed sun"),
        ("hver dag", "mon tue wed thu fri sat sun"),
    ],
)
def test_weekdays(value: str, days: str) -> None:
    pattern = read(with_cell("Vakttyper", 2, "Ukedager", value)).patterns[0]
    assert [day.value for day in pattern.weekdays] == days.split()


@pytest.mark.parametrize("value", ["Næringsdrivende", " næringsdrivende ", "NÆRINGSDRIVENDE"])
def test_words_are_tolerant_of_capitals_and_spaces(value: str) -> None:
    assert (
        read(with_cell("Leger", 3, "Tilknytning", value)).doctors[1].employment == "self_employed"
    )


def test_numbers_as_ids_and_thousands_with_spaces() -> None:
    book = opened()
    for sheet, title in (("Kommuner", "Id"), ("Steder", "Kommune"), ("Oppgaver", "Kommune")):
        book[sheet].cell(2, column(book, sheet, title)).value = 4601
    for row in (2, 3):
        book["Leger"].cell(row, column(book, "Leger", "Kommune")).value = "4601"
    book["Kommuner"].cell(2, column(book, "Kommuner", "Innbyggere")).value = "10 000"
    plan = read(saved(book))
    assert (plan.municipalities[0].id, plan.municipalities[0].inhabitants) == ("4601", 10_000)


def test_opening_hours_on_one_line() -> None:
    content = with_cell("Leger", 3, "Åpningstid", "man-tor 8:00-15:30; Fre 08.00–14.00")
    hours = read(content).doctors[1].opening_hours
    assert [len(h.weekdays) for h in hours] == [4, 1]
    assert hours[1].end == time(14)


def test_a_sheet_and_its_columns_may_be_written_in_capitals_and_stand_in_any_order() -> None:
    book = opened()
    doctors = book["Leger"]
    doctors.title = "x"  # openpyxl takes «LEGER» for a second sheet of the same name
    doctors.title = "LEGER"
    book.move_sheet(doctors, -3)
    sheet = book["Kommuner"]
    for cell in sheet[1]:
        cell.value = str(cell.value).upper()
    assert read(saved(book)) == parse_plan(small())


def test_own_notes_are_left_alone() -> None:
    book = opened()
    book.create_sheet("Notater fra møtet")["A1"] = "Husk kaffe"
    assert read(saved(book)) == parse_plan(small())


def test_empty_rows_and_formatted_empty_cells_are_skipped() -> None:
    book = opened()
    sheet = book["Leger"]
    sheet.insert_rows(3, 40)
    sheet["C20"] = "   "
    assert read(saved(book)) == parse_plan(small())


# ---- faults --------------------------------------------------------------------------------------

CELLS: list[tuple[str, int, str, object, Fault]] = [
    (
        "Leger", 2, "Født", "31.02.1980",
        Fault(
            "Ark «Leger», rad 2, kolonne «Født»",
            "31.02.1980",
            "Denne datoen finnes ikke i kalenderen.",
            "Skriv datoen som 27.03.2027.",
        ),
    ),
    (
        "Leger", 3, "Tilknytning", "fastansat",
        Fault(
            "Ark «Leger», rad 3, kolonne «Tilknytning»",
            "fastansat",
            "Ordet «fastansat» er ukjent.",
            "Mente du «fast ansatt»? Velg mellom «næringsdrivende», «fast ansatt», «vikar», «LIS1» "
            "og «innleid».",
        ),
    ),
    (
        "Leger", 2, "Spesialist fra", "i fjor",
        Fault(
            "Ark «Leger», rad 2, kolonne «Spesialist fra»",
            "i fjor",
            "Dette er ikke en dato.",
            "Skriv datoen som 27.03.2027.",
        ),
    ),
    (
        "Leger", 2, "Åpningstid", "hele uka",
        Fault(
            "Ark «Leger», rad 2, kolonne «Åpningstid»",
            "hele uka",
            "Åpningstiden «hele uka» kan ikke leses.",
            "Skriv den som «man–tor 08:00–15:30; fre 08:00–14:00».",
        ),
    ),
    (
        "Leger", 2, "Ingen nattevakter", "kanskje",
        Fault(
            "Ark «Leger», rad 2, kolonne «Ingen nattevakter»",
            "kanskje",
            "Her må det stå ja eller nei.",
            "Skriv ja eller nei.",
        ),
    ),
    (
        "Vakttyper", 2, "Sted", None,
        Fault(
            "Ark «Vakttyper», rad 2, kolonne «Sted»",
            "",
            "«Sted» mangler.",
            "Fyll ut feltet. Id til stedet vakten hører til.",
        ),
    ),
    (
        "Vakttyper", 2, "Leger", datetime(2027, 1, 1),
        Fault(
            "Ark «Vakttyper», rad 2, kolonne «Leger»",
            "01.01.2027",
            "Dette er ikke et helt tall.",
            "Skriv et helt tall uten desimaler.",
        ),
    ),
    (
        "Plan", 2, "Tittel", None,
        Fault(
            "Ark «Plan», rad 2, kolonne «Tittel»",
            "",
            "«Tittel» mangler.",
            "Fyll ut feltet. Navnet på planen, for eksempel «Vår 2027».",
        ),
    ),
    (
        "Ønsker", 2, "Lege", "ase",
        Fault(
            "Ark «Ønsker», rad 2, kolonne «Lege»",
            "ase",
            "Id-en finnes ikke under «Leger».",
            "Mente du «åse»? Rett id-en, eller legg den til.",
        ),
    ),
    (
        "Ønsker", 2, "Lege", "Åse Oyen",
        Fault(
            "Ark «Ønsker», rad 2, kolonne «Lege»",
            "Åse Oyen",
            "Dette er ikke en gyldig id.",
            "Skriv id-en i stedet for navnet. «Åse Øyen» har id-en «åse».",
        ),
    ),
    (
        "Ønsker", 2, "Lege", "dr. X",
        Fault(
            "Ark «Ønsker», rad 2, kolonne «Lege»",
            "dr. X",
            "Dette er ikke en gyldig id.",
            "Skriv id-en slik den står under «Leger».",
        ),
    ),
    (
        "Leger", 2, "Id", "Kari Nordmann",
        Fault(
            "Ark «Leger», rad 2, kolonne «Id»",
            "Kari Nordmann",
            "Dette er ikke en gyldig id.",
            "Bruk høyst 60 tegn: bokstaver, tall, bindestrek, understrek og punktum, og begynn "
            "med en bokstav eller et tall.",
        ),
    ),
    (
        "Regler", 2, "Regel", "hviletid",
        Fault(
            "Ark «Regler», rad 2",
            "hviletid",
            "Regelen er ukjent.",
            "Se listen over regler. Rett id-en, eller slett den.",
        ),
    ),
    (
        "Regler", 2, "Verdi", "åtte",
        Fault(
            "Ark «Regler», rad 2",
            "åtte",
            "«Hvile» må være et tall.",
            "Skriv et tall (timer).",
        ),
    ),
    (
        "Regler", 2, "Verdi", 40,
        Fault(
            "Ark «Regler», rad 2",
            "40",
            "«Hvile» må være mellom 8 og 11 timer.",
            "Rett tallet.",
        ),
    ),
    (
        "Vakttyper", 2, "Navn", "#REF!",
        Fault(
            "Ark «Vakttyper», rad 2, kolonne «Navn»",
            "#REF!",
            "Cellen inneholder en formel som har feilet.",
            "Skriv selve verdien.",
        ),
    ),
    (
        "Leger", 2, "Merke", "ferdig",
        Fault(
            "Ark «Leger», rad 2, kolonne «Merke»",
            "ferdig",
            "Her kan bare ordet «eksempel» stå.",
            "Slett det, eller skriv «eksempel» for å hoppe over raden.",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "row", "title", "value", "expected"),
    CELLS,
    ids=[f"{c[0]} {c[2]} {c[3]}" for c in CELLS],
)
def test_a_fault_names_its_cell(
    sheet: str, row: int, title: str, value: object, expected: Fault
) -> None:
    (fault,) = told(with_cell(sheet, row, title, value))
    assert fault == expected


@pytest.mark.parametrize(
    ("sheet", "title", "value"),
    [
        ("Leger", "Navn", True),
        ("Leger", "Navn", date(2027, 5, 17)),
        ("Leger", "Kan tjenestegjøre ved", date(2027, 5, 17)),
        ("Leger", "Praksisandel", date(2027, 5, 17)),
        ("Leger", "Født", 0.5),
        ("Leger", "Åpningstid", "mxn 08:00–15:30"),
        ("Vakttyper", "Begynner", "kl åtte"),
        ("Vakttyper", "Begynner", True),
        ("Fravær", "Fra", "05.07.2027 25:00"),
        ("Plan", "Versjon", 2),
    ],
)
def test_a_cell_of_the_wrong_kind(sheet: str, title: str, value: Any) -> None:
    faults = told(with_cell(sheet, 2, title, value))
    assert [f.place for f in faults] == [f"Ark «{sheet}», rad 2, kolonne «{title}»"]


def test_no_block_may_be_written_out() -> None:
    assert read(with_cell("Vakttyper", 3, "Tas samlet", "ingen")).patterns[1].block == ()


def test_several_cells_are_told_at_once_and_none_of_them_twice() -> None:
    book = opened()
    book["Leger"].cell(2, column(book, "Leger", "Tilknytning")).value = "x"
    book["Leger"].cell(3, column(book, "Leger", "Født")).value = "x"
    book["Møter"].cell(2, column(book, "Møter", "Slag")).value = None
    assert [fault.place for fault in told(saved(book))] == [
        "Ark «Leger», rad 2, kolonne «Tilknytning»",
        "Ark «Leger», rad 3, kolonne «Født»",
        "Ark «Møter», rad 2, kolonne «Slag»",
    ]


def test_an_unknown_sheet() -> None:
    book = opened()
    book["Leger"].title = "Lege"
    problems = {(f.place, f.problem) for f in told(saved(book))}
    assert ("Ark «Lege»", "Arket er ukjent.") in problems
    assert ("Ark «Leger»", "«Leger» mangler.") in problems


def test_an_unknown_column_and_one_that_is_missing_are_told_once() -> None:
    book = opened()
    book["Leger"].cell(1, column(book, "Leger", "Født")).value = "Fød"
    assert told(saved(book)) == (
        Fault(
            "Ark «Leger», rad 1",
            "Fød",
            "Kolonnen er ukjent.",
            "Mente du «Født»? Rett overskriften, eller slett kolonnen.",
        ),
        Fault("Ark «Leger», rad 1", "", "Kolonnen «Født» mangler.", "Sett den inn. Fødselsdato."),
    )


def test_a_column_twice() -> None:
    book = opened()
    sheet = book["Leger"]
    sheet.cell(1, sheet.max_column + 1).value = "Navn"
    assert told(saved(book))[0].problem == "Kolonnen står to ganger."


def test_two_plans_in_one_workbook() -> None:
    book = opened()
    sheet = book["Plan"]
    for cell in sheet[2]:
        sheet.cell(3, cell.column or 1).value = cell.value
    (fault,) = told(saved(book))
    assert fault.problem == "Arket kan bare ha én utfylt rad."


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("rest_between_work", "hours", None, 8), "Innstillingen står to ganger."),
        (("weights", "by_class", "1", 2), "Innstillingen står to ganger."),
        (("rest_between_work", "hours", "a", 8), "Innstillingen står to ganger."),
        (("weights", "by_class", None, 8), "Innstillingen står to ganger."),
        (("weights", None, None, 8), "Raden er ikke fullstendig."),
        (("weights", "on", None, None), "Raden er ikke fullstendig."),
        (("weights", "x", None, date(2027, 1, 1)), None),
    ],
)
def test_settings_rows(row: tuple[Any, ...], problem: str | None) -> None:
    book = opened()
    sheet = book["Regler"]
    for number, value in enumerate(row, start=2):
        sheet.cell(8, number).value = value
    (fault,) = told(saved(book))
    assert fault.problem == (
        problem or "Regnearket har gjort om verdien til en dato eller et klokkeslett."
    )


def test_a_sheet_has_ten_thousand_rows_at_most() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Leger")
    sheet.append(["Id", "Navn"])
    for number in range(12_000):
        sheet.append([f"d{number}", "x"])
    faults = told(saved(book))
    assert any(f.problem == "Arket har flere enn 10000 rader." for f in faults)


def test_a_cell_in_the_very_last_row_is_not_overlooked() -> None:
    book = opened()
    book["Leger"]["A1048576"] = "x"
    (fault,) = told(saved(book))
    assert fault.problem == "Arket har flere enn 10000 rader."


def test_what_stands_in_a_column_without_a_header_is_told_once() -> None:
    book = opened()
    sheet = book["Leger"]
    for row in (2, 3):
        sheet.cell(row, sheet.max_column + (row == 2)).value = "x"
    (fault,) = told(saved(book))
    assert fault.place.startswith("Ark «Leger», rad 2, kolonne A")
    assert fault.problem == "Kolonnen har ingen overskrift."


def test_a_workbook_without_any_sheet_of_ours() -> None:
    book = Workbook()
    book.active.title = "Ark1"  # type: ignore[union-attr]
    assert told(saved(book))[0].problem == "Arket er ukjent."


def test_a_formula_gives_its_last_value_and_text_stays_text() -> None:
    plan = parse_plan(small(lambda d: d["doctors"][1].update(name="=1+1")))
    assert read(to_workbook(plan)).doctors[1].name == "=1+1"


# ---- the template --------------------------------------------------------------------------------


def test_the_untouched_template_is_told_to_be_empty() -> None:
    assert told(template())[0].problem == "Arbeidsboken er tom."


def test_the_template_explains_itself() -> None:
    book = opened(template())
    assert book.sheetnames[0] == "Veiledning"
    assert book.sheetnames[1:] == [sheet.title for sheet in all_sheets()]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes
        assert sheet["A2"].value == "eksempel"
        for cell in sheet[1]:
            assert cell.comment, (sheet.title, cell.value)


def test_the_template_has_drop_downs_for_choices_and_for_ids() -> None:
    sheet = opened(template())["Vakttyper"]
    sources = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert '"tilstedevakt,hjemmevakt"' in sources
    assert '"ja,nei"' in sources
    assert "'Steder'!$B$2:$B$1001" in sources


def test_the_examples_of_the_template_are_read_once_their_mark_is_gone() -> None:
    book = opened(template())
    for sheet in book.worksheets[1:]:
        sheet["A2"] = None
    book["Kommuner"].cell(2, column(book, "Kommuner", "Fordelingsnøkkel")).value = "100 %"
    reading = problem_in(saved(book), "mal.xlsx")
    assert len(reading.problem.duties) > 150


def test_a_filled_in_template_is_a_plan() -> None:
    filled, book = opened(), opened(template())
    for name in filled.sheetnames:
        for row in filled[name].iter_rows(min_row=2):
            for cell in row:
                if cell.value is not None:
                    book[name].cell(cell.row + 1, cell.column).value = cell.value
    expected = small(lambda plan: plan.update(points=default_points()))
    assert read(saved(book)) == parse_plan(expected)


def test_headers_are_unique_on_each_sheet() -> None:
    for sheet in all_sheets():
        titles = [column.title.casefold() for column in sheet.columns]
        assert len(set(titles)) == len(titles), sheet.title


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_choice_has_its_own_word(kind: Any) -> None:
    words = [word(member).casefold() for member in kind]
    assert len(set(words)) == len(words)
    assert sum(map(len, words)) + len(words) < 255  # what a drop-down can hold


def test_a_finished_roster_in_place_of_a_plan_is_one_fault() -> None:
    (fault,) = told(workbook.to_workbook(sample()))
    assert fault.place == "plan.xlsx"
    assert fault.problem == "Dette er en ferdig vaktplan, ikke en plan."
    assert "vaktplan.json" in fault.remedy


def test_a_plan_in_place_of_a_roster_is_one_fault() -> None:
    with pytest.raises(PlanError) as caught:
        read_roster(SMALL, PROBLEM, name="plan.xlsx")
    (fault,) = caught.value.faults
    assert fault.problem == "Dette er arbeidsboken med planen, ikke en vaktplan."
