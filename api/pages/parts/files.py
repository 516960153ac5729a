"""A part of a plan as a file, such that it can be pasted back."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.page import PageDep
from api.pages.parts.cells import Document, in_file
from api.pages.parts.content import open_plan, sheet_of
from api.pages.tables import as_file
from api.service.shapes import Id
from scheduler.reading.sheets import Sheet

router = APIRouter(prefix="/planer/{plan}", tags=["pages"], include_in_schema=False)


@router.get("/deler/{part}/fil.csv")
def part_file(page: PageDep, plan: Id, part: str) -> Response:
    """All rows of a part with all columns, under the headings that pasting knows."""
    sheet = sheet_of(page, part)
    return as_file(part, table(sheet, open_plan(page, plan).document))


def table(sheet: Sheet, document: Document) -> list[list[str]]:
    """The headings and all rows, but for the ids that people do not write."""
    columns = [own for own in sheet.columns if own.path != ("id",)]
    rows = [
        [in_file(document, column, item) for column in columns]
        for item in document.get(sheet.name, ())
    ]
    return [[own.title for own in columns], *rows]
