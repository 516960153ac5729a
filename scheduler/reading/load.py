"""A file on disk, or its bytes, to a document of plain values with their places."""

from collections.abc import Callable
from pathlib import Path as FilePath

from scheduler.reading.faults import PlanError
from scheduler.reading.places import Source
from scheduler.reading.text import read_json, read_yaml
from scheduler.reading.workbook import read_workbook

MAX_TEXT_BYTES = 5_000_000
MAX_WORKBOOK_BYTES = 20_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AS_TEMPLATE = "Begynn med en tom mal, og fyll den ut."


def load(path: FilePath, empty: str = _AS_TEMPLATE) -> Source:
    """Read a plan file; the ending of its name says the format.

    Args:
        path: the file.
        empty: what to do about one that is empty.

    Raises:
        PlanError: the file is missing, closed to us, empty, too large or not what its name says.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise PlanError.of(name, "Dette er en mappe, ikke en fil.", "Oppgi selve planfilen.")
        if path.exists() and not path.is_file():  # a pipe or a device could keep us for ever
            raise PlanError.of(name, "Dette er ikke en vanlig fil.", "Oppgi selve planfilen.")
        if path.stat().st_size > MAX_WORKBOOK_BYTES:
            raise _too_large(name, MAX_WORKBOOK_BYTES)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise PlanError.of(
            name, "Filen finnes ikke.", "Kontroller navnet og mappen.", str(path)
        ) from error
    except PermissionError as error:
        raise PlanError.of(
            name, "Du har ikke tilgang til filen.", "Be eieren om lesetilgang."
        ) from error
    except (OSError, ValueError) as error:
        raise PlanError.of(
            name, "Filen kan ikke leses.", "Kontroller at den ligger på en disk du når."
        ) from error
    return load_bytes(content, name, empty)


def load_bytes(content: bytes, name: str, empty: str = _AS_TEMPLATE) -> Source:
    """Read the content of a plan file, for example one that was uploaded.

    Args:
        content: the bytes of the file.
        name: its name; the ending says the format.
        empty: what to do if there is nothing in it.

    Raises:
        PlanError: it is empty, too large or not what its name says.
    """
    ending = FilePath(name).suffix.casefold()
    if ending not in _READERS:
        raise PlanError.of(
            name, "Filtypen er ukjent.", "Bruk en fil som slutter på .yaml, .json eller .xlsx."
        )
    if not content.strip(b" \t\r\n\xef\xbb\xbf"):
        raise PlanError.of(name, "Filen er tom.", empty)
    return _READERS[ending](content, name)


def _workbook(content: bytes, name: str) -> Source:
    if len(content) > MAX_WORKBOOK_BYTES:
        raise _too_large(name, MAX_WORKBOOK_BYTES)
    if content.startswith(_OLE):
        raise PlanError.of(
            name,
            "Arbeidsboken er i det gamle formatet .xls, eller beskyttet med passord.",
            "Åpne den i regnearket og lagre den som .xlsx uten passord.",
        )
    if not content.startswith(_ZIP):
        raise PlanError.of(
            name,
            "Filen heter .xlsx, men er ikke en Excel-arbeidsbok.",
            "Åpne den i regnearket og lagre den som .xlsx.",
        )
    return read_workbook(content, name)


def as_text(content: bytes, name: str, most: int = MAX_TEXT_BYTES) -> str:
    """The text in the content of a file.

    Args:
        content: its bytes.
        name: its name, for faults.
        most: bytes.

    Raises:
        PlanError: it is too large, a workbook, or not UTF-8.
    """
    if len(content) > most:
        raise _too_large(name, most)
    if content.startswith((_ZIP, _OLE)):
        raise PlanError.of(
            name, "Filen er en arbeidsbok, ikke en tekstfil.", "Gi den endelsen .xlsx."
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PlanError.of(name, "Filen er lagret som UTF-16.", "Lagre den som UTF-8.")
    if b"\x00" in content:
        raise PlanError.of(name, "Filen er ikke en tekstfil.", _AS_TEMPLATE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PlanError.of(
            f"{name}, linje {line}",
            "Teksten er ikke lagret som UTF-8, men trolig i et eldre tegnsett (Latin-1).",
            "Åpne filen i et skriveprogram og lagre den som UTF-8.",
        ) from error


def _too_large(name: str, limit: int) -> PlanError:
    return PlanError.of(
        name,
        f"Filen er større enn {limit // 1_000_000} MB.",
        "Filen skal være langt mindre. Slett det som ikke hører til.",
    )


_READERS: dict[str, Callable[[bytes, str], Source]] = {
    ".yaml": lambda content, name: read_yaml(as_text(content, name)),
    ".yml": lambda content, name: read_yaml(as_text(content, name)),
    ".json": lambda content, name: read_json(as_text(content, name)),
    ".xlsx": _workbook,
}
