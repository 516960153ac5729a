"""A live progress line on a terminal; now and then a plain line in a log."""

import time
from types import TracebackType

from rich.live import Live
from rich.table import Table

from api.cli.console import err, plain
from scheduler.domain.roster import LevelResult
from scheduler.engine import Update
from scheduler.writing.wording import number

_DOING = {
    "construct": "legger en første plan",
    "improve": "forbedrer",
    "prove": "beviser hvor godt det kan bli",
}
_EVERY = 5.0  # seconds between two lines in a log, at least
_SHARE = 0.05  # of the time so far, so that the log of a long search stays short


def level_line(level: LevelResult) -> str:
    """«Pålagte timer: 12 timer (bevist best mulig)»."""
    unit = f" {level.unit}" if level.unit else ""
    floor = f"kan ikke bli under {number(level.bound)}" if level.bound > 0 else "ikke bevist"
    known = "bevist best mulig" if level.proven else floor
    return f"{level.title}: {number(level.value)}{unit} ({known})"


class ProgressLine:
    """Shows updates of a search; use as a context manager.

    Args:
        limit: the search's time limit in seconds.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._begun = time.monotonic()
        self._live: Live | None = None
        self._latest: Update | None = None
        self._stopping = False
        self._last = -_EVERY
        self._heard = ("", "")

    def __enter__(self) -> "ProgressLine":
        """Begin; on a terminal with a live display."""
        if err.is_terminal:
            self._live = Live(
                console=err, refresh_per_second=4, transient=True, get_renderable=self._table
            )
            self._live.start()
        else:
            self._log("bygger modellen")
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
        self._latest = update
        if self._live:
            return  # it looks by itself
        passed = self._passed()
        heard = (update.step, update.doing)
        pause = max(_EVERY, passed * _SHARE)
        if passed - self._last >= pause or (heard != self._heard and update.levels):
            self._last, self._heard = passed, heard
            self._log(_what(update))

    def stopping(self) -> None:
        """Somebody asked the search to end."""
        self._stopping = True
        if not self._live:
            self._log("stopper og tar vare på det beste som er funnet")

    def _passed(self) -> float:
        return time.monotonic() - self._begun

    def _log(self, text: str) -> None:
        err.print(f"{self._passed():6.0f} s  {plain(text)}")

    def _table(self) -> Table:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        update = self._latest
        doing = f"{_DOING[update.doing]} – {update.step.lower()}" if update else "bygger modellen"
        table.add_row(f"[bold]{self._passed():.0f} av {self._limit:.0f} s[/]", plain(doing))
        for level in update.levels if update else ():
            style = "bold" if update and level.title == update.step else "dim"
            table.add_row("✓" if level.proven else "…", plain(level_line(level)), style=style)
        if self._stopping:
            table.add_row("", "Stopper. Ctrl-C en gang til avbryter uten å skrive noe.")
        else:
            table.add_row("", "[dim]Ctrl-C stopper og skriver det beste som er funnet.[/]")
        return table


def _what(update: Update) -> str:
    """«forbedrer – pålagte timer: 12 timer (kan ikke bli under 3)»."""
    current = next((x for x in update.levels if x.title == update.step), None)
    value = level_line(current).removeprefix(current.title) if current else ""
    return f"{_DOING[update.doing]} – {update.step.lower()}{value}"
