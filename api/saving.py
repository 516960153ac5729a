"""Files on disk: whole or not at all, several of them all or none, and nothing old is lost.

Light on purpose: the command line knows `WriteError` before anything else is imported.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

EARLIER = "tidligere"
"""Folder beside the files into which what they replace is moved."""

_CLOSE = "Lukk filen hvis den er åpen i et annet program, eller velg en annen mappe."
_REASONS = {
    errno.ENOSPC: "Disken er full. Rydd plass, eller velg en annen mappe.",
    errno.EDQUOT: "Kvoten på disken er brukt opp. Rydd plass, eller velg en annen mappe.",
    errno.EROFS: "Disken er skrivebeskyttet. Velg en annen mappe.",
    errno.ENAMETOOLONG: "Navnet er for langt. Velg et kortere.",
    errno.EXDEV: "Filen er en snarvei til en annen disk. Slett den, eller velg et annet navn.",
}


class WriteError(Exception):
    """Something could not be written. Nothing new is there, and what was there still is.

    Attributes:
        path: what could not be written.
        reason: why, and what to do, in bokmål.
    """

    def __init__(self, path: Path, reason: str) -> None:
        """Keep both."""
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written.

    Attributes:
        names: of all files, also of those that were there already with the same content.
        earlier: the folder that holds what was replaced, or None.
    """

    names: tuple[str, ...]
    earlier: Path | None


def check_folder(folder: Path) -> None:
    """See that files can be put into a folder, before any work is done.

    Raises:
        WriteError: it is a file, or it cannot be made or written to.
    """
    with _told(folder):
        near = folder.absolute()
        while not near.exists():
            near = near.parent
        if not near.is_dir():
            raise WriteError(near, "Dette er en fil, ikke en mappe. Velg en mappe med --out.")
        with tempfile.TemporaryFile(dir=near):
            pass


def save(file: Path, content: bytes, *, keep: bool = True) -> Saved:
    """Write one file, as `save_all` does it."""
    return save_all(file.parent, {file.name: content}, keep=keep)


def save_all(folder: Path, files: Mapping[str, bytes], *, keep: bool = True) -> Saved:
    """Write files into a folder: all of them, or none.

    They are written aside first and then put in place; if that fails half-way, what was there
    is put back.

    Args:
        folder: made if it is not there.
        files: path inside the folder -> content.
        keep: move files that are replaced by others into `EARLIER` instead of deleting them.

    Raises:
        WriteError: nothing was written.
    """
    with _told(folder), _made(folder), _aside(folder) as aside:
        for number, content in enumerate(files.values()):
            _write(aside / str(number), content)
        earlier = _unused(folder / EARLIER) if keep else aside / "old"
        swap = _Swap()
        try:
            for number, (name, content) in enumerate(files.items()):
                target = (folder / name).resolve()
                if not _holds(target, content):
                    swap.put(aside / str(number), target, earlier / name)
        except BaseException:
            swap.undo()
            for place in (earlier, earlier.parent) if keep else ():
                _remove_empty(place)
            raise
        return Saved(tuple(files), earlier if keep and earlier.exists() else None)


class _Swap:
    """Puts files in place one by one, and can put everything back."""

    def __init__(self) -> None:
        self._moved: list[tuple[Path, Path | None]] = []
        self._folders: list[Path] = []

    def put(self, new: Path, target: Path, old: Path) -> None:
        """Put a file in place; what stands there is moved to `old` first."""
        self._folders += [p for p in target.parents if not p.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            self._moved.append((target, None))
        elif target.is_file():
            old.parent.mkdir(parents=True, exist_ok=True)
            self._moved.append((target, old))
            target.rename(old)
        else:
            raise WriteError(target, "Dette er ikke en vanlig fil. Velg et annet navn.")
        new.replace(target)

    def undo(self) -> None:
        """Put everything back, the last one first."""
        for target, old in reversed(self._moved):
            if old is None:
                target.unlink(missing_ok=True)
            elif old.exists():
                old.replace(target)
        for folder in self._folders:
            _remove_empty(folder)


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())  # or a power cut leaves an empty file under the right name


def _holds(target: Path, content: bytes) -> bool:
    return target.is_file() and target.read_bytes() == content


def _unused(folder: Path) -> Path:
    """A folder named by the time, that is not there yet."""
    stamp = f"{datetime.now():%Y-%m-%d-%H%M%S}"
    number = 1
    while (folder / (own := stamp if number == 1 else f"{stamp}-{number}")).exists():
        number += 1
    return folder / own


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder with all above it; what was made is removed again if the work fails."""
    new = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for place in new:
            _remove_empty(place)
        raise


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder for files that are not yet in place, on the same disk."""
    place = Path(tempfile.mkdtemp(prefix=".rettvakt-", dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    """Remove a folder and the empty folders in it; one that holds a file stays."""
    if not folder.is_dir():
        return
    for inside in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        with suppress(OSError):
            inside.rmdir()
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the operating system refuses, in bokmål."""
    try:
        yield
    except OSError as error:
        at = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else path
        if any(part.startswith(".rettvakt-") for part in at.parts):
            at = path
        raise WriteError(at, _reason(error)) from error


def _reason(error: OSError) -> str:
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    if isinstance(error, PermissionError):
        return f"Du har ikke tilgang til å skrive her. {_CLOSE}"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return "Det står en fil der det må være en mappe, eller omvendt. Velg et annet navn."
    if isinstance(error, FileNotFoundError):
        return "Mappen kan ikke lages her. Velg en annen mappe."
    return f"Operativsystemet svarte «{error.strerror or error}». {_CLOSE}"
