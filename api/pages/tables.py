"""Tables of pages as files that a Norwegian spreadsheet opens by a double click."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from fastapi.responses import Response

from scheduler.writing.rows import Cell
from scheduler.writing.table_csv import csv_text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A table as a file: `;` between cells, decimal comma, UTF-8 with a byte order mark.

    Args:
        name: of the file, without its ending; of ASCII.
        head: names of the columns.
        rows: their cells; text that a spreadsheet would take for a formula is marked as text.
    """
    return as_file(name, [head, *([csv_text(cell) for cell in row] for row in rows)])


def as_file(name: str, lines: Iterable[Sequence[str]]) -> Response:
    """The same of cells that are written already, the heading first."""
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return Response(
        out.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "no-store",
        },
    )
