"""The empty workbook, filled in, and what is given in place of a workbook."""

from typing import Any

import pytest

from scheduler.reading.faults import PlanError
from scheduler.reading.roster import read_roster
from scheduler.reading.shape import parse_plan
from scheduler.reading.sheets import all_sheets
from scheduler.reading.template import default_points, template
from scheduler.reading.words import WORDS, word
from scheduler.writing import workbook
from tests.reading.plans import problem_in, small
from tests.reading.rosters import PROBLEM
from tests.reading.workbooks import SMALL, column, opened, read, saved, told
from tests.writing.sample import sample


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
