"""A finished roster from a file: our own JSON, csv or workbook, or a table made by hand.

Who made the roster does not matter here; whether it is lawful is for the checkers.
"""

from collections.abc import Callable
from pathlib import Path as FilePath

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.reading.faults import Path, PlanError
from scheduler.reading.places import Source, dotted
from scheduler.reading.plan import Plan
from scheduler.reading.roster_document import embedded_plan, roster_in
from scheduler.reading.roster_grids import csv_grids, workbook_grids
from scheduler.reading.roster_table import roster_of_grids
from scheduler.reading.shape import plan_of
from scheduler.reading.text import read_json

MAX_BYTES = 20_000_000
_ZIP, _OLE, _BOM = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf"


def read_roster(source: FilePath | bytes, problem: Problem, *, name: str = "") -> Roster:
    """The roster in a file, for this problem.

    The content says the format: vaktplan.json; or a csv file or workbook with the columns
    Dato, Vakt and Lege (and Fra, Vakt-ID or Lege-ID where these do not suffice). A row
    without a doctor is an uncovered duty.

    Args:
        source: the file, or its bytes.
        problem: what the roster is for; it must have the doctors and duties that are named.
        name: what to call the file in faults; the file's own name if empty.

    Returns:
        The roster. Its `problem_hash` is that which the JSON names, so that the caller can
        tell whether it was made for this very problem; bounds and other provenance are kept
        only then. A table carries neither.

    Raises:
        PlanError: with every fault of the file at once.
    """
    content, name = content_of(source, name)
    if content.startswith(_ZIP):
        return roster_of_grids(workbook_grids(content, name), problem, name)
    if _is_json(content):
        return roster_in(_json(content, name), problem, name)
    return roster_of_grids(csv_grids(content, name), problem, name)


def read_package(
    source: FilePath | bytes, *, name: str = ""
) -> tuple[Plan, Callable[[Problem], Roster]]:
    """The plan inside a vaktplan.json, and what reads the roster once the plan is understood.

    Raises:
        PlanError: it is no vaktplan.json, or holds no plan or a faulty one. The function that
            is returned raises it for faults of the roster.
    """
    content, name = content_of(source, name)
    if not _is_json(content):
        raise PlanError.of(
            name,
            "Filen er ikke en vaktplan.json.",
            "Bruk filen vaktplan.json, som inneholder både planen og vaktene.",
        )
    document = _json(content, name)
    plan = plan_of(Source(embedded_plan(document, name), _InsidePlan()))
    return plan, lambda problem: roster_in(document, problem, name)


class _InsidePlan:
    """Places of the plan inside the roster's document."""

    def name(self, path: Path) -> str:
        """«plan.doctors[2].born»."""
        return dotted(("plan", *path))


def content_of(
    source: FilePath | bytes, name: str, remedy: str = "Velg filen med vaktplanen."
) -> tuple[bytes, str]:
    """The bytes of a file that a user gives, and what to call it in faults.

    Args:
        source: the file, or its bytes.
        name: what to call it; the file's own name if empty.
        remedy: what to do where it is empty.

    Raises:
        PlanError: it cannot be read, is empty, too large or of a format that is closed to us.
    """
    if isinstance(source, bytes):
        content, name = source, name or "Vaktplanen"
    else:
        name = name or source.name or str(source)
        content = _read(source, name)
    if len(content) > MAX_BYTES:
        raise _too_large(name)
    if not content.strip(b" \t\r\n\x00" + _BOM):
        raise PlanError.of(name, "Filen er tom.", remedy)
    if content.startswith(_OLE):
        raise PlanError.of(
            name,
            "Arbeidsboken er i det gamle formatet .xls, eller beskyttet med passord.",
            "Åpne den i regnearket og lagre den som .xlsx uten passord.",
        )
    return content, name


def _read(path: FilePath, name: str) -> bytes:
    try:
        if path.is_dir():
            raise PlanError.of(name, "Dette er en mappe, ikke en fil.", "Oppgi selve filen.")
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PlanError.of(name, "Filen finnes ikke.", "Kontroller navnet og mappen.") from error
    except PermissionError as error:
        raise PlanError.of(
            name, "Du har ikke tilgang til filen.", "Be eieren om lesetilgang."
        ) from error
    except (OSError, ValueError) as error:
        raise PlanError.of(
            name, "Filen kan ikke leses.", "Kontroller at den ligger på en disk du når."
        ) from error


def _is_json(content: bytes) -> bool:
    return content.removeprefix(_BOM).lstrip()[:1] in (b"{", b"[")


def _json(content: bytes, name: str) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanError.of(
            name, "Teksten er ikke lagret som UTF-8.", "Lagre filen på nytt som UTF-8."
        ) from error
    return read_json(text).data


def _too_large(name: str) -> PlanError:
    return PlanError.of(
        name,
        f"Filen er større enn {MAX_BYTES // 1_000_000} MB.",
        "En vaktplan er langt mindre. Slett det som ikke hører til.",
    )
