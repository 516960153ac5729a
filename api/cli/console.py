"""What every command says to the user: faults, remarks, and guarding against our own."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec

from rich.console import Console
from rich.markup import escape

from scheduler.reading.faults import PlanError

P = ParamSpec("P")

OK, FINDINGS, BAD_INPUT, NOTHING_FOUND = 0, 1, 2, 3
SHOWN = 40

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def tell_faults(error: PlanError) -> None:
    """All faults, one a line, with what to do."""
    more = error.left_out + max(0, len(error.faults) - SHOWN)
    total = len(error.faults) + error.left_out
    head = "Det er en feil" if total == 1 else f"Det er {total} feil"
    err.print(f"[bold red]{head} i det du ga inn. Ingenting er skrevet.[/]")
    for fault in error.faults[:SHOWN]:
        err.print(f"  [bold]{escape(fault.place)}[/]: {escape(fault.problem)}")
        if fault.value:
            err.print(f"    Der står: {escape(fault.value)}")
        err.print(f"    {escape(fault.remedy)}")
    if more > 0:
        err.print(f"  … og {more} til. Rett disse først.")


def tell_remarks(remarks: Iterable[str]) -> None:
    """What does not stop the work but should be known."""
    for remark in remarks:
        err.print(f"[yellow]Merk:[/] {escape(remark)}")


def guarded(command: Callable[P, int]) -> Callable[P, int]:
    """Turn faults of the input and of the file system into a message and exit code 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except PlanError as error:
            tell_faults(error)
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            err.print(
                f"[bold red]Kan ikke lese eller skrive{escape(where)}:[/] {escape(_reason(error))}"
            )
        return BAD_INPUT

    return run


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "finnes ikke. Sjekk navnet og mappen."
    if isinstance(error, PermissionError):
        return "ingen tilgang. Er filen åpen i Excel, eller skrivebeskyttet?"
    if isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        return "det er en mappe der det skulle vært en fil, eller omvendt."
    return error.strerror or "ukjent feil fra operativsystemet."
