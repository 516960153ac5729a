"""Files of rosters made up, and what is read of them."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scheduler.domain.roster import Roster
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.roster import read_roster
from tests.writing.sample import sample

PROBLEM = sample().problem


def faults(source: bytes | Path, name: str = "vakter") -> tuple[Fault, ...]:
    with pytest.raises(PlanError) as error:
        read_roster(source, PROBLEM, name=name)
    return error.value.faults


def pairs(found: Roster) -> list[tuple[str, str]]:
    return [(a.duty, a.doctor) for a in found.assignments]


def table(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)


def sheet(*rows: Sequence[Any], title: str = "Ark1") -> bytes:
    book = Workbook()
    own = book.worksheets[0]
    own.title = title
    for row in rows:
        own.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
