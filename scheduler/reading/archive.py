"""Whether a workbook's zip archive can be opened without danger, and what stands in it."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TypeVar

from scheduler.reading.faults import PlanError

MAX_UNPACKED = 30_000_000
MAX_ENTRIES = 500
_LATER = "Lagre arbeidsboken på nytt fra regnearket, uten makroer og bilder."
_DECLARED = (b"<!DOCTYPE", b"<!ENTITY")

T = TypeVar("T")


def refuse_hostile(content: bytes, name: str) -> None:
    """Look through the archive before anything is unpacked into memory as a whole.

    Raises:
        PlanError: it is broken, unpacks to too much, is encrypted, or declares entities.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _look_through(archive, name)
    except PlanError:
        raise
    except Exception as error:  # zipfile answers broken archives with many kinds of errors
        raise PlanError.of(name, "Arbeidsboken er skadet.", _LATER) from error


def _look_through(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
        raise PlanError.of(
            name,
            "Arbeidsboken er altfor stor når den pakkes ut.",
            f"Slett det overflødige. {_LATER}",
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise PlanError.of(name, "Filen heter .xlsx, men er ikke en Excel-arbeidsbok.", _LATER)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise PlanError.of(
                name, "Arbeidsboken er beskyttet med passord.", "Lagre den uten passord."
            )
        if entry.filename.endswith((".xml", ".rels")):
            text = archive.read(entry).replace(b"\x00", b"")  # also where it is UTF-16
            if any(word in text for word in _DECLARED):
                raise PlanError.of(
                    name, "Arbeidsboken inneholder egne XML-deklarasjoner og åpnes ikke.", _LATER
                )


def unbroken(parts: Iterable[T], name: str) -> Iterator[T]:
    """What openpyxl reads from a workbook, one by one.

    Only its own faults are taken for those of the file: what is done with a part between two
    is not done in here, and fails as what it is.

    Raises:
        PlanError: the workbook is broken.
    """
    reading = iter(parts)
    while True:
        try:
            part = next(reading)
        except StopIteration:
            return
        except PlanError:
            raise
        except Exception as error:  # openpyxl answers broken workbooks with many kinds of errors
            raise PlanError.of(
                name, "Arbeidsboken er skadet.", "Lagre den på nytt fra regnearket."
            ) from error
        yield part
