"""`rettvakt compare`: scenarios solved side by side, and what their differences are worth."""

import threading
import time
from collections.abc import Mapping
from pathlib import Path

from rich.live import Live
from rich.table import Table

from api import whatif
from api.cli.console import FINDINGS, NOTHING_FOUND, OK, err, out, plain, tell_remarks
from api.cli.guard import reading
from api.cli.interrupt import interrupt_sets
from api.cli.progress import level_line
from api.cli.verdict import tell_earlier
from api.saving import check_folder, save_all
from api.whatif import BASE, LoadedScenarios
from api.whatif_comparing import compare, solve
from api.whatif_files import FOLDER, comparison_files, roster_files
from api.whatif_solving import Search
from scheduler.engine import Update
from scheduler.reading.faults import PlanError, listed, meant
from scheduler.whatif.gap import Verdict
from scheduler.writing.comparison.measures import amount, signed, told, verdict
from scheduler.writing.comparison.sentences import certain, cut_off, in_short
from scheduler.writing.comparison.source import Comparison

_THOUSANDS = {"kr": "1000 kr"}
_LARGE = 100  # from here on decimals say nothing
_SHORT_LABEL = 27
_LABEL, _CELL = 38, 14  # columns of a terminal: the names of the measures, and one alternative


def run(file: Path, folder: Path, search: Search, *, anonymous: bool) -> int:
    """Solve, judge, tell and write; gives the exit code."""
    check_folder(folder)
    with reading(file):
        scenarios = whatif.read(file)
    tell_remarks(scenarios.remarks)
    _announce(scenarios, search)
    stop = threading.Event()
    with Board(scenarios.plans, search) as board, interrupt_sets(stop, board.stopping):
        solved = solve(scenarios, search, tell=board.tell, stop=stop)
    err.print("Kontrollerer og regner ut.")
    comparison = compare(scenarios, solved, search, anonymous=anonymous)
    files = comparison_files(comparison)
    if not anonymous:
        files |= roster_files(scenarios, solved)
    saved = save_all(folder, files)
    tell(comparison)
    for own in comparison.alternatives:
        for conflict in solved[own.id].conflicts:
            out.print(f"[red]{plain(own.name)}:[/] {plain(conflict)}")
    shown = [name for name in saved.names if "/" not in name]
    if not anonymous:
        shown.append(f"{FOLDER}/ ({len(saved.names) - len(shown)} vaktplaner)")
    out.print(f"Skrevet til [bold]{plain(folder)}[/]: {plain(', '.join(shown))}")
    if anonymous:
        out.print("Ingen av filene navngir leger.")
    else:
        out.print(
            "notat.pdf og notat.html navngir ingen og kan deles. Resten har navn og er din egen; "
            "bruk --anonymous for en utgave til andre."
        )
    tell_earlier(saved)
    if all(own.figures is None for own in comparison.alternatives):
        return NOTHING_FOUND
    full = all(own.figures and not own.figures.holes for own in comparison.alternatives)
    return OK if full else FINDINGS


def show_difference(file: Path, both: str) -> int:
    """Print what the second scenario has that the first has not: «base,felles-natt»."""
    ids = [own.strip() for own in both.split(",")]
    if len(ids) != 2 or not all(ids):
        raise PlanError.of(
            "--diff",
            "Her må det stå to scenarier.",
            f"Skriv begge id-ene med komma mellom. «{BASE}» er dagens plan.",
            both,
        )
    one, other = ids
    with reading(file):
        scenarios = whatif.read(file)
        for own in (one, other):
            if own not in scenarios.plans:
                known = list(scenarios.plans)
                raise PlanError.of(
                    "--diff",
                    "Det er ikke noe scenario med denne id-en.",
                    f"{meant(own, known) or f'Der finnes {listed(known)}.'} "
                    f"«{BASE}» er dagens plan.",
                    own,
                )
    lines = scenarios.differences(one, other)
    out.print(f"[bold]Fra «{plain(one)}» til «{plain(other)}»[/]")
    for line in lines:
        out.print(f"  {plain(line)}")
    if not lines:
        out.print("  Ingen forskjell.")
    return OK


def _announce(scenarios: LoadedScenarios, search: Search) -> None:
    number = len(scenarios.plans)
    rounds = -(-number // search.at_once)
    out.print(
        f"{number} planer, {search.seconds:g} s hver, {min(search.at_once, number)} om gangen: "
        f"omtrent {max(1, round(rounds * search.seconds / 60))} min."
        if rounds * search.seconds >= 60
        else f"{number} planer, {search.seconds:g} s hver."
    )
    for number, own in enumerate(scenarios.scenarios, 1):
        out.print(
            f"  {number} [bold]{plain(own.scenario.name)}[/]: {plain(' '.join(own.own_changes))}"
        )


def tell(comparison: Comparison) -> None:
    """The table, what it means, and what is certain."""
    out.print()
    for number, own in enumerate(comparison.alternatives):
        out.print(f"  [bold]{number}[/] {plain(own.name)}")
    out.print(table(comparison, out.width))
    out.print(
        "[dim]✓ sikker  (✓) betinget  ≈ mindre enn det som gjenstår å bevise  = bevist likt[/]"
    )
    out.print()
    for sentence in in_short(comparison):
        out.print(plain(sentence))
    for head, sentence in certain(comparison):
        out.print(f"[bold]{plain(head)}:[/] {plain(sentence)}")
    for own in comparison.alternatives:
        if own.figures is None:
            out.print(f"[red]{plain(own.name)}:[/] {plain(own.trouble)}")
    tell_cut_off(comparison)


def tell_cut_off(comparison: Comparison) -> None:
    """Of which alternatives the search did not answer, where there are any."""
    if told := cut_off(comparison):
        out.print(f"[yellow]{plain(told)}[/]")


def table(comparison: Comparison, width: int = 80) -> Table:
    """Measures as rows, alternatives by number as columns, each figure with its sign.

    Args:
        comparison: the alternatives.
        width: of the terminal; a wide one has room for the differences as well.
    """
    with_changes = width >= _LABEL + _CELL * len(comparison.alternatives)
    found = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    found.add_column("", no_wrap=True, max_width=_LABEL if with_changes else _SHORT_LABEL)
    for number, _ in enumerate(comparison.alternatives):
        found.add_column(str(number), justify="right", no_wrap=True)
    base = comparison.base.figures
    for measure in told(comparison.alternatives):
        cells = []
        for own in comparison.alternatives:
            scale = 1000 if measure.unit in _THOUSANDS else 1
            value = _scaled(measure.value(own.figures) if own.figures else None, scale)
            before = measure.value(base) if base and own.figures is not base else None
            before = _scaled(before, scale)
            decimals = 0 if value is not None and abs(value) >= _LARGE else measure.decimals
            cell = amount(value, decimals)
            if own.figures and base and value is not None and before is not None:
                worth = verdict(measure, base, own.figures)
                change = signed(value - before, measure.decimals)
                added = [change] if with_changes and change != "±0" else []
                added += [worth.sign] if worth else []
                style = "yellow" if worth is Verdict.WITHIN else "dim"
                cell += f" [{style}]{' '.join(added)}[/]" if added else ""
            cells.append(cell)
        told_already = not with_changes or measure.unit.casefold() in measure.title.casefold()
        told_already &= measure.unit not in _THOUSANDS
        unit = "" if told_already else f" [dim]{_THOUSANDS.get(measure.unit, measure.unit)}[/]"
        found.add_row(f"{measure.title}{unit}", *cells)
    return found


def _scaled(value: float | None, scale: int) -> float | None:
    return None if value is None else value / scale


class Board:
    """Shows how far each solve has come; use as a context manager."""

    def __init__(
        self, plans: Mapping[str, object], search: Search, names: Mapping[str, str] | None = None
    ) -> None:
        """Begin with all of them waiting.

        Args:
            plans: what is solved, by id.
            search: how long.
            names: what they are called where the id says nothing.
        """
        self._names = names or {}
        self._state: dict[str, Update | None] = {}
        self._done: set[str] = set()
        self._ids = list(plans)
        self._search = search
        self._begun = time.monotonic()
        self._live: Live | None = None

    def __enter__(self) -> "Board":
        """On a terminal with a live display."""
        if err.is_terminal:
            self._live = Live(
                console=err, refresh_per_second=2, transient=True, get_renderable=self._table
            )
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the live display away."""
        if self._live:
            self._live.stop()

    def tell(self, own: str, update: Update | None) -> None:
        """Show an update; None when the plan is done."""
        if update is not None:
            self._state[own] = update
            return
        self._done.add(own)
        if not self._live:
            last = self._state.get(own)
            level = next((x for x in last.levels if not x.proven), None) if last else None
            told = f": {plain(level_line(level))}" if level else ""
            err.print(
                f"{time.monotonic() - self._begun:6.0f} s  {plain(self._name(own))} ferdig{told}"
            )

    def _name(self, own: str) -> str:
        return self._names.get(own, "dagens plan" if own == BASE else own)

    def stopping(self) -> None:
        """Somebody asked all to end."""
        err.print("Stopper og tar vare på det beste som er funnet.")

    def _table(self) -> Table:
        found = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for own in self._ids:
            update = self._state.get(own)
            if own in self._done:
                found.add_row("✓", plain(self._name(own)), "ferdig")
            elif update is None:
                found.add_row(
                    "·", plain(self._name(own)), "venter" if self._state else "bygger modellen"
                )
            else:
                found.add_row(
                    "…", plain(self._name(own)), f"{update.seconds:.0f} s, {plain(update.step)}"
                )
        found.add_row("", "", "[dim]Ctrl-C stopper alle og tar vare på det beste.[/]")
        return found
