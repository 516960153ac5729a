"""Tables of pages as files that a Norwegian spreadsheet opens by a double click."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from fastapi.responses import Response, StreamingResponse

from scheduler.writing.rows import Cell
from scheduler.writing.table_csv import csv_text

_TYPE = "text/csv; charset=utf-8"


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
    return Response(_written(lines).encode("utf-8-sig"), media_type=_TYPE, headers=_headers(name))


def as_long_csv(
    name: str, head: Sequence[str], parts: Iterable[Iterable[Sequence[Cell]]]
) -> Response:
    """A table of any length as a file, sent part by part; see `as_csv`.

    Args:
        name: of the file, without its ending; of ASCII.
        head: names of the columns.
        parts: some rows at a time, made while the file is sent.
    """
    return StreamingResponse(_lines(head, parts), media_type=_TYPE, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "no-store",
    }


def _lines(head: Sequence[str], parts: Iterable[Iterable[Sequence[Cell]]]) -> Iterator[bytes]:
    """The head, then each part."""
    yield _written([head]).encode("utf-8-sig")
    for rows in parts:
        yield _written([csv_text(cell) for cell in row] for row in rows).encode()


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()
