"""What every command says to the user, and how it may look on a terminal or in a log."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.markup import escape

from scheduler.reading.faults import PlanError

OK, FINDINGS, BAD_INPUT, NOTHING_FOUND, DEFECT, INTERRUPTED = 0, 1, 2, 3, 4, 130
SHOWN = 40  # faults that are told
ALIKE = 5  # faults that are told with one and the same sentence
REMARKS = 20


def fall_silent(stream: IO[str] | None = None) -> None:
    """Let what is written to a stream go nowhere from now on; standard output if not given."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


class _Console(Console):
    """A console that falls silent when nobody reads it any longer; the work goes on."""

    def on_broken_pipe(self) -> None:
        """Write no more, not even what is still in the buffer."""
        self.quiet = True
        fall_silent(self.file)


out = _Console(highlight=False)
err = _Console(stderr=True, highlight=False)


def set_up() -> None:
    """Lines are wrapped between words on a terminal, and left whole in a file."""
    for console in (out, err):
        console.soft_wrap = not console.is_terminal


def plain(text: object) -> str:
    """Text that can be printed as it is: no markup, nothing that steers a terminal."""
    return escape("".join(c if c.isprintable() else " " for c in str(text)))


def counted(number: int, one: str, many: str) -> str:
    """«1 lege», «2 leger»."""
    return f"{number} {one if number == 1 else many}"


def tell_faults(error: PlanError, file: Path | None = None) -> None:
    """The faults with what to do; of many that are alike, the first ones."""
    total = len(error.faults) + error.left_out
    head = "Det er en feil" if total == 1 else f"Det er {total} feil"
    where = plain(file.name) if file and file.name else "det du ga inn"
    err.print(f"[bold red]{head} i {where}. Ingenting er skrevet.[/]")
    told: Counter[str] = Counter()
    for fault in error.faults:
        if told.total() >= SHOWN:
            break
        if told[fault.problem] >= ALIKE:
            continue
        told[fault.problem] += 1
        err.print(f"  [bold]{plain(fault.place)}[/]: {plain(fault.problem)}")
        if fault.value:
            err.print(f"    Der står: {plain(fault.value)}")
        err.print(f"    {plain(fault.remedy)}")
    alike = Counter(fault.problem for fault in error.faults)
    more = {problem: alike[problem] - number for problem, number in told.items() if number >= ALIKE}
    for problem, number in more.items():
        if number:
            err.print(f"  … og {number} til med samme feil: {plain(problem)}")
    rest = total - told.total() - sum(more.values())
    if rest:
        err.print(f"  … og {counted(rest, 'annen feil', 'andre feil')}. Rett disse først.")


def tell_remarks(remarks: Iterable[str], most: int | None = REMARKS) -> None:
    """What does not stop the work but should be known."""
    own = list(remarks)
    for remark in own[:most]:
        err.print(f"[yellow]Merk:[/] {plain(remark)}")
    if most is not None and len(own) > most:
        err.print(
            f"[yellow]Merk:[/] … og {len(own) - most} merknader til. "
            "«rettvakt validate» viser alle, og de står i rapporten."
        )
