"""`rettvakt solve`: plan in, checked roster and reports out."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir

from api import library
from api.cli.console import BAD_INPUT, FINDINGS, NOTHING_FOUND, OK, err, out, plain, tell_remarks
from api.cli.guard import reading
from api.cli.interrupt import interrupt_sets
from api.cli.progress import ProgressLine
from api.cli.validate import size
from api.cli.verdict import PACKAGE, tell_cut_off, tell_saved, tell_verdict
from api.library import LoadedPlan
from api.outputs import export_one, write_all
from api.saving import Saved, WriteError, check_folder, save
from scheduler.checking import Report
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.engine import Outcome
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: wall time in seconds, seed, threads (None: what the machine gives)."""

    seconds: float
    seed: int
    workers: int | None


def run(plan: Path, folder: Path, seconds: float, seed: int, workers: int | None) -> int:
    """Solve a plan and write everything to a folder; gives the exit code."""
    with reading(plan):
        loaded = library.read(plan)
    return solve_loaded(loaded, folder, Search(seconds, seed, workers))


def solve_loaded(loaded: LoadedPlan, folder: Path, search: Search) -> int:
    """Solve a plan that has been read; gives the exit code."""
    check_folder(folder)
    tell_remarks(loaded.remarks)
    out.print(size(loaded))
    begun = time.monotonic()
    outcome = _search(loaded, folder, search)
    if outcome.ending is Ending.IMPOSSIBLE:
        return _tell_impossible(loaded.problem, outcome)
    if outcome.roster is None or outcome.report is None:
        _tell_nothing(outcome)
        return NOTHING_FOUND
    tell_cut_off(outcome)
    if outcome.stopped and not outcome.cut_off:
        out.print("Stoppet før tiden var ute. Dette er det beste som var funnet.")
    seconds = time.monotonic() - begun
    err.print("Kontrollert. Skriver filene.")
    # Written before it is told: whoever reads along may be gone.
    written = _write(loaded, outcome.roster, outcome.report, folder)
    tell_verdict(outcome.report, outcome.roster, seconds)
    tell_saved(*written)
    if written[1] != folder:
        return BAD_INPUT
    return OK if outcome.report.lawful and outcome.report.complete else FINDINGS


def _search(loaded: LoadedPlan, folder: Path, search: Search) -> Outcome:
    """Search with a progress line; if the search breaks down, its best roster is rescued."""
    stop = threading.Event()
    found: list[Roster] = []
    try:
        with (
            ProgressLine(search.seconds) as line,
            interrupt_sets(stop, line.stopping),
        ):
            return library.solve(
                loaded,
                seconds=search.seconds,
                seed=search.seed,
                workers=search.workers,
                tell=line.tell,
                keep=lambda roster: found.__setitem__(slice(None), [roster]),
                stop=stop,
            )
    except SearchError:
        if found:
            _rescue(loaded, found[-1], folder)
        raise


def _rescue(loaded: LoadedPlan, roster: Roster, folder: Path) -> None:
    """Write the package alone, so that nobody has to search again, if the roster is lawful."""
    if not library.check(loaded, roster).lawful:
        return
    saved = save(folder / PACKAGE, export_one(loaded, roster, "json"))
    out.print(
        f"Vaktplanen er tatt vare på i [bold]{plain(folder / saved.names[0])}[/]. "
        "«rettvakt export» lager de andre filene av den."
    )


def _write(loaded: LoadedPlan, roster: Roster, report: Report, folder: Path) -> tuple[Saved, Path]:
    """Write everything; where that fails, into another folder. What was written, and where."""
    try:
        return write_all(loaded, roster, report, folder), folder
    except WriteError as error:
        err.print(f"[bold red]Kan ikke skrive {plain(error.path)}.[/] {plain(error.reason)}")
        for other in _elsewhere(folder):
            with suppress(WriteError):
                return write_all(loaded, roster, report, other), other
        raise
    except Exception:
        with suppress(WriteError):
            _rescue(loaded, roster, folder)
        raise


def _elsewhere(folder: Path) -> Iterator[Path]:
    """Folders that a roster can be rescued to."""
    stamp = f"{datetime.now():%Y-%m-%d-%H%M%S}"
    yield folder.with_name(f"{folder.name or 'ut'}-{stamp}")
    yield Path(f"rettvakt-{stamp}")
    yield Path(gettempdir()) / f"rettvakt-{stamp}"


def _tell_impossible(problem: Problem, outcome: Outcome) -> int:
    """No roster at all keeps the hard rules: tell what the pins, or nothing at all, break."""
    if problem.pins:
        head = "Låsene i planen strider mot hverandre eller mot ufravikelige regler."
        remedy = "Løs opp en av låsene og prøv igjen."
    else:
        head = "Det er bevist at kravene i planen ikke kan oppfylles samtidig."
        remedy = (
            "Se over innstillingene som krever et minste antall timer eller vakter, og prøv igjen."
        )
    err.print(f"[bold red]{head}[/]")
    for sentence in outcome.conflicts:
        out.print(f"[red]Brudd:[/] {plain(sentence)}")
    err.print(f"{remedy} Ingenting er skrevet.")
    err.print("«rettvakt why PLAN» viser nøyaktig hva som motsier hverandre, og utveiene.")
    return FINDINGS


def _tell_nothing(outcome: Outcome) -> None:
    if outcome.stopped:
        err.print("[bold red]Stoppet før en lovlig plan var funnet.[/] Ingenting er skrevet.")
        return
    err.print(
        "[bold red]Fant ingen lovlig plan innen tiden.[/] Det er ikke bevist at den ikke finnes. "
        "Gi søket lengre tid med --time-limit. Ingenting er skrevet."
    )
