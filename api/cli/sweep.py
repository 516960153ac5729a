"""`rettvakt sweep`: how the roster changes as one thing of the plan is turned."""

import re
import threading
from pathlib import Path

from rich.table import Table

from api import library
from api.cli.compare import Board, tell_cut_off
from api.cli.console import FINDINGS, NOTHING_FOUND, OK, err, out, plain
from api.cli.guard import reading
from api.cli.interrupt import interrupt_sets
from api.cli.verdict import tell_earlier
from api.saving import check_folder, save_all
from api.whatif_solving import Search
from api.whatif_sweep import MOST, Value, dial_of, scenarios, sweep
from scheduler.reading.faults import PlanError
from scheduler.reading.values import UNSET
from scheduler.writing.comparison.measures import amount
from scheduler.writing.comparison.source import Comparison
from scheduler.writing.comparison.sweep import CURVE_LEGEND, Sweep, in_short, measures

NAME = "folsomhet"
_NUMBER = r"-?[0-9]+(?:[.,][0-9]+)?"
_RANGE = re.compile(rf"({_NUMBER})\.\.({_NUMBER})(?:\.\.({_NUMBER}))?")
_WIDE = 110  # columns of a terminal that has room for all
_FIRST = ("uncovered", "ordered_hours", "points_each", "heaviest", "worst")
_WORDS: dict[str, Value] = {"ja": True, "nei": False, UNSET: None}


def run(
    file: Path,
    folder: Path,
    what: tuple[str | None, str | None, str | None],
    values: str,
    search: Search,
    *,
    anonymous: bool,
) -> int:
    """Solve the plan with every value, tell and write; gives the exit code."""
    check_folder(folder)
    given = read_values(values)
    with reading(file):
        loaded = library.read(file)
    dial = dial_of(loaded, *what)
    made = scenarios(loaded, dial, given)
    ids, names = made.plans, {own.scenario.id: own.scenario.name for own in made.scenarios}
    out.print(f"[bold]{plain(dial.title)}[/]: {len(ids)} planer, {search.seconds:g} s hver.")
    stop = threading.Event()
    with Board(ids, search, names) as board, interrupt_sets(stop, board.stopping):
        curve, comparison = sweep(
            loaded, dial, given, search, anonymous=anonymous, tell=board.tell, stop=stop
        )
    err.print("Kontrollerer og regner ut.")
    saved = save_all(folder, sweep_files(curve, comparison))
    out.print(table(curve, out.width))
    out.print(f"[dim]Tall etter «≥»: bevist nedre grense der den ikke er nådd. {CURVE_LEGEND}[/]")
    for sentence in in_short(curve):
        out.print(plain(sentence))
    tell_cut_off(comparison)
    out.print(f"Skrevet til [bold]{plain(folder)}[/]: {plain(', '.join(saved.names))}")
    tell_earlier(saved)
    found = [own.figures for own in curve.alternatives if own.figures]
    if not found:
        return NOTHING_FOUND
    full = len(found) == len(curve.alternatives) and not any(own.holes for own in found)
    return OK if full else FINDINGS


def read_values(text: str) -> list[Value]:
    """«1,2,5», «1..6», «0..100..25», «ja,nei», also mixed.

    Raises:
        PlanError: something is none of these.
    """
    found: list[Value] = []
    for part in (own.strip() for own in text.replace(";", ",").split(",")):
        if span := _RANGE.fullmatch(part):
            found += _span(part, *(float(own or 1) for own in span.groups()))
        elif part.casefold() in _WORDS:
            found.append(_WORDS[part.casefold()])
        elif re.fullmatch(_NUMBER, part):
            found.append(_tidy(float(part)))
        elif part:
            found.append(part)
    if not found:
        raise PlanError.of(
            "--values", "Det er ingen verdier.", "Skriv for eksempel 1..6 eller 10,20,30.", text
        )
    return found


def _span(part: str, first: float, last: float, step: float) -> list[Value]:
    if step <= 0 or last < first or (last - first) / step > MOST:
        raise PlanError.of(
            "--values",
            f"Rekken må gå oppover og ha høyst {MOST} verdier.",
            "Skriv den som fra..til eller fra..til..steg, for eksempel 0..100..25.",
            part,
        )
    return [
        _tidy(first + step * n)
        for n in range(round((last - first) / step + 1e-9) + 1)
        if first + step * n <= last + 1e-9
    ]


def _tidy(value: float) -> float | int:
    value = round(value, 6)
    return int(value) if value == int(value) else value


def sweep_files(curve: Sweep, comparison: Comparison) -> dict[str, bytes]:
    """The curve, the workbook and the JSON."""
    from scheduler.writing.comparison.sweep import curve as drawn
    from scheduler.writing.comparison.sweep import to_json
    from scheduler.writing.comparison.workbook import to_workbook

    return {
        f"{NAME}.svg": f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn(curve).svg}\n'.encode(),
        f"{NAME}.xlsx": to_workbook(comparison),
        f"{NAME}.json": to_json(curve, comparison).encode(),
    }


def table(curve: Sweep, width: int = 80) -> Table:
    """A row for each value; a narrow terminal has room for what matters most."""
    found = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    found.add_column("Verdi", justify="right", no_wrap=True)
    own = [
        measure
        for measure in measures()
        if (width >= _WIDE or measure.key in _FIRST)
        and any(a.figures and measure.value(a.figures) is not None for a in curve.alternatives)
    ]
    for measure in own:
        found.add_column(measure.title, justify="right", overflow="fold")
    for place, (label, alternative) in enumerate(
        zip(curve.labels, curve.alternatives, strict=True)
    ):
        cells = []
        for measure in own:
            if alternative.figures is None:
                cells.append("–")
                continue
            value = measure.value(alternative.figures)
            text = amount(value, measure.decimals)
            level = alternative.figures.level(measure.level) if measure.level else None
            if level and not level.proven:
                text += f" [dim]≥ {amount(level.bound, measure.decimals)}[/]"
            cells.append(text)
        name = f"{label} (i dag)" if place == curve.current else label
        found.add_row(plain(name), *cells)
    return found
