"""Whatever goes wrong becomes a message and an exit code, never a stack trace.

Faults of the input and of the disk are told with what to do. What is our own fault is told as
such; the trace goes to a file, or to the terminal with `--debug`.
"""

import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from api.cli.console import (
    BAD_INPUT,
    DEFECT,
    INTERRUPTED,
    OK,
    err,
    fall_silent,
    plain,
    tell_faults,
)
from api.saving import WriteError
from scheduler.reading.faults import PlanError

TRACE = "rettvakt-feil.txt"
# By name, so that telling of an error imports nothing that could itself fail.
_OWN = {
    "DisagreementError": (
        "Den uavhengige kontrollen underkjente planen som søket laget. Derfor er den ikke skrevet."
    ),
    "SearchError": (
        "Søket stanset før det var ferdig. Maskinen kan ha gått tom for minne; lukk andre "
        "programmer, eller bruk --workers 1."
    ),
    "MemoryError": "Maskinen gikk tom for minne. Lukk andre programmer og prøv igjen.",
}


class Debugging:
    """Whether traces go to the terminal."""

    on = False


class InputError(Exception):
    """A file that was given cannot be used.

    Attributes:
        file: which one.
        error: its faults.
        hint: what they come from, if all have one reason.
    """

    def __init__(self, file: Path, error: PlanError, hint: str = "") -> None:
        """Keep all three."""
        self.file = file
        self.error = error
        self.hint = hint
        super().__init__(f"{file}: {error}")


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Faults that are found here are faults of this file.

    Raises:
        InputError: instead of PlanError.
    """
    try:
        yield
    except PlanError as error:
        raise InputError(file, error) from error


def guarded(work: Callable[[], int], beside: Path | None = None) -> int:
    """Do the work; gives its exit code, or that of the message it ended with.

    Args:
        work: a command.
        beside: the folder its files go to, if any.
    """
    try:
        return work()
    except InputError as found:
        tell_faults(found.error, found.file)
        if found.hint:
            err.print(plain(found.hint))
        return BAD_INPUT
    except PlanError as found:
        tell_faults(found)
        return BAD_INPUT
    except WriteError as found:
        err.print(f"[bold red]Kan ikke skrive {plain(found.path)}.[/] {plain(found.reason)}")
        return BAD_INPUT
    except KeyboardInterrupt:
        err.print("Avbrutt.")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has heard enough
        fall_silent()
        return OK
    except Exception as error:
        tell_defect(error, beside)
        return DEFECT


def tell_defect(error: Exception, beside: Path | None = None) -> None:
    """Our own fault: a short message, and the trace where somebody can find it."""
    err.print("[bold red]Dette er en feil i Rettvakt, ikke i det du ga inn.[/]")
    sentence = _OWN.get(type(error).__name__)
    if sentence:
        err.print(sentence)
    trace = _trace(error)
    if Debugging.on:
        sys.stderr.write(trace)
        return
    file = _save(trace, beside)
    if file is None:
        err.print("Kjør kommandoen på nytt med --debug, og send det som da står, til utviklerne.")
        return
    err.print(f"Det som skjedde, står i [bold]{plain(file)}[/].")
    err.print("Send filen til utviklerne. Se over den først: den kan nevne navn fra planen.")


def own_version() -> str:
    """The version that is installed."""
    try:
        return version("rettvakt")
    except PackageNotFoundError:
        return "fra kildekoden"


def _trace(error: Exception) -> str:
    head = f"Rettvakt {own_version()}, Python {platform.python_version()}, {platform.system()}\n\n"
    return head + "".join(traceback.format_exception(error))


def _save(trace: str, beside: Path | None) -> Path | None:
    """The file that holds the trace: in the folder, else here, else where all may write."""
    for folder in (beside, Path(), Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / TRACE).write_text(trace, encoding="utf-8", errors="replace")
        except OSError:
            continue
        return folder / TRACE
    return None
