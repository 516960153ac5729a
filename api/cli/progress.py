"""A live progress line on a terminal; now and then a plain line in a log."""

import time
from types import TracebackType

from rich.live import Live
from rich.table import Table

from api.cli.console import err
from scheduler.domain.roster import LevelResult
from scheduler.engine import Update

_DOING = {
    "construct": "legger en første plan",
    "improve": "forbedrer",
    "prove": "beviser hvor godt det kan bli",
}
_EVERY = 5.0  # seconds between two lines in a log


def number(value: float) -> str:
    """«14,5»."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def level_line(level: LevelResult) -> str:
    """«Pålagte timer: 12 timer (bevist best mulig)»."""
    unit = f" {level.unit}" if level.unit else ""
    floor = f"kan ikke bli under {number(level.bound)}"
    known = "bevist best mulig" if level.proven else floor
    return f"{level.title}: {number(level.value)}{unit} ({known})"


class ProgressLine:
    """Shows updates of a search; use as a context manager.

    Args:
        limit: the search's time limit in seconds.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._live: Live | None = None
        self._last = -_EVERY
        self._heard = ("", "")

    def __enter__(self) -> "ProgressLine":
        """Begin; on a terminal with a live display."""
        if err.is_terminal:
            self._live = Live(console=err, refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the live display away."""
        if self._live:
            self._live.stop()

    def tell(self, update: Update) -> None:
        """Show an update."""
        if self._live:
            self._live.update(self._table(update))
            return
        now = time.monotonic()
        heard = (update.step, update.doing)
        if now - self._last >= _EVERY or (heard != self._heard and update.levels):
            self._last, self._heard = now, heard
            err.print(self._line(update))

    def _line(self, update: Update) -> str:
        current = next((x for x in update.levels if x.title == update.step), None)
        value = f": {level_line(current).split(': ', 1)[1]}" if current else ""
        what = f"{_DOING[update.doing]} – {update.step.lower()}{value}"
        return f"{update.seconds:6.1f} s  {what}"

    def _table(self, update: Update) -> Table:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_row(
            f"[bold]{update.seconds:.0f} av {self._limit:.0f} s[/]",
            f"{_DOING[update.doing]} – {update.step.lower()}",
        )
        for level in update.levels:
            mark = "✓" if level.proven else "…"
            style = "bold" if level.title == update.step else "dim"
            table.add_row(mark, level_line(level), style=style)
        table.add_row("", "[dim]Ctrl-C stopper og beholder det beste.[/]")
        return table
