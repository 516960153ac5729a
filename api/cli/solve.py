"""`rettvakt solve`: plan in, checked roster and reports out."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.markup import escape

from api import library
from api.cli.console import (
    BAD_INPUT,
    FINDINGS,
    NOTHING_FOUND,
    err,
    guarded,
    out,
    tell_remarks,
)
from api.cli.progress import ProgressLine
from api.cli.verdict import tell_verdict
from api.outputs import check_folder, write_all
from scheduler.solving.search import Ending


@guarded
def run(plan: Path, folder: Path, seconds: float, seed: int, workers: int | None) -> int:
    """Solve a plan and write everything to a folder; gives the exit code."""
    loaded = library.read(plan)
    return solve_loaded(loaded, folder, seconds, seed, workers)


def solve_loaded(
    loaded: library.LoadedPlan, folder: Path, seconds: float, seed: int, workers: int | None
) -> int:
    """Solve a plan that has been read; gives the exit code."""
    if not check_folder(folder):
        err.print(f"[bold red]{escape(str(folder))} er ikke en mappe som kan skrives til.[/]")
        return BAD_INPUT
    tell_remarks(loaded.remarks)
    problem = loaded.problem
    out.print(
        f"[bold]{escape(problem.title)}[/]: {len(problem.doctors)} leger, "
        f"{len(problem.duties)} vakter og økter, "
        f"{problem.first_day:%d.%m.%Y}–{problem.last_day:%d.%m.%Y}."
    )
    stop = threading.Event()
    begun = time.monotonic()
    with ProgressLine(seconds) as line, _interrupt_sets(stop):
        outcome = library.solve(
            loaded, seconds=seconds, seed=seed, workers=workers, tell=line.tell, stop=stop
        )
    if outcome.ending is Ending.IMPOSSIBLE:
        err.print(
            "[bold red]Låsene i planen strider mot hverandre eller mot ufravikelige regler.[/]"
        )
        for sentence in outcome.conflicts:
            err.print(f"  {escape(sentence)}")
        err.print("Løs opp en av dem og prøv igjen. Ingenting er skrevet.")
        return FINDINGS
    if outcome.roster is None or outcome.report is None:
        err.print(
            "[bold red]Fant ingen lovlig plan innen tiden.[/] "
            "Det er ikke bevist at den ikke finnes. Gi søket lengre tid med --time-limit."
        )
        return NOTHING_FOUND
    written = write_all(loaded, outcome.roster, outcome.report, folder)
    tell_verdict(outcome.report, outcome.roster, time.monotonic() - begun)
    out.print(f"Skrevet til [bold]{escape(str(folder))}[/]: {', '.join(written)}")
    return 0 if outcome.report.lawful and outcome.report.complete else FINDINGS


@contextmanager
def _interrupt_sets(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C ends the search and keeps the best; the second one ends the program."""
    before = signal.getsignal(signal.SIGINT)

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
