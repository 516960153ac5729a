"""Wish receipts as pages and sheets: everything escaped, nothing left out."""

from io import BytesIO

import openpyxl

from scheduler.domain.problem import Attitude
from scheduler.writing.receipts import Answer, Reason, Receipt, summary
from scheduler.writing.receipts_html import to_html
from scheduler.writing.receipts_xlsx import to_xlsx
from tests.writing.sample import sample

REASON = Reason(
    ("natt/1",),
    "Natt lørdag 6. februar",
    "Ola & co. kunne ha tatt vakten, men <ikke>.",
    ("Med Per ville dette gjelde: hvile.",),
    tuple(f"Lege {n}" for n in range(9)),
)
KARI = Receipt(
    "w1", "kari", "Kari <Ødegård>", Attitude.RATHER_NOT, Answer.REFUSED,
    "Helst ikke 06.02.2027", "Kari har natt.", 1, 1, dearer=25, notes=("Veide 25 % mer.",),
    reasons=(REASON,),
)  # fmt: skip
OLA = Receipt(
    "w2", "ola", "=1+1; Ola", Attitude.WANT, Answer.GRANTED, "Vil gjerne", "Ola har natt.", 1, 0
)
PROBLEM = sample().problem


def test_every_page_has_its_doctor_answer_and_reasons() -> None:
    page = to_html(PROBLEM, (KARI, OLA))
    assert page.count('<article class="page">') == 2
    assert "<h2>Kari &lt;Ødegård&gt;</h2>" in page
    assert "✗ Ikke oppfylt" in page
    assert "✓ Oppfylt" in page
    assert "Ola &amp; co. kunne ha tatt vakten, men &lt;ikke&gt;." in page
    assert "<li>Med Per ville dette gjelde: hvile.</li>" in page
    assert "Ikke tilgjengelig: 9 andre leger." in page
    assert page.count("direkte bytter") == 1  # where nothing was refused there is nothing to say
    assert "<script" not in page


def test_few_who_were_not_available_are_named() -> None:
    few = Receipt(
        "w1", "kari", "Kari", Attitude.WANT, Answer.REFUSED, "a", "b", 1, 1,
        reasons=(Reason((), "x", "y", (), ("Ola", "Per")),),
    )  # fmt: skip
    assert "Ikke tilgjengelig: Ola, Per." in to_html(PROBLEM, (few,))


def test_every_doctor_has_a_sheet_and_no_text_is_a_formula() -> None:
    made = to_xlsx(PROBLEM, (KARI, OLA))
    assert made == to_xlsx(PROBLEM, (KARI, OLA))
    book = openpyxl.load_workbook(BytesIO(made))
    assert len(book.sheetnames) == 2
    first, second = book.worksheets
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=5, max_row=7)]
    assert rows == [
        [
            "Helst ikke 06.02.2027",
            "✗ Ikke oppfylt",
            "Kari har natt.\nVeide 25 % mer.",
            "Natt lørdag 6. februar",
            "Ola & co. kunne ha tatt vakten, men <ikke>.",
        ],
        [None, None, None, None, "Med Per ville dette gjelde: hvile."],
        [None, None, None, None, "Ikke tilgjengelig: 9 andre leger."],
    ]
    assert second["A1"].value == "=1+1; Ola"
    assert second["A1"].data_type == "s"


def test_the_summary_counts_each_answer() -> None:
    assert summary((KARI,)) == "1 ønske: 1 ikke oppfylt"
    assert summary((KARI, OLA, OLA)) == "3 ønsker: 2 oppfylt, 1 ikke oppfylt"
