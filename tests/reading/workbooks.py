"""A small workbook, changed cell by cell, and what becomes of it."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.plan import Plan
from scheduler.reading.shape import parse_plan
from scheduler.reading.write import to_workbook
from tests.reading.plans import PARAMETERS, plan_in, problem_in, small

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
