"""`rettvakt fairness`: the fairness report of any roster."""

from pathlib import Path

from api import library
from api.cli.console import OK, err, out, plain, tell_remarks
from api.cli.guard import reading
from api.cli.rosters import roster_for
from api.cli.verdict import tell_saved
from api.fairness import earlier, fairness
from api.ledger import open_book
from api.outputs import write_fairness
from api.saving import check_folder
from scheduler.domain.roster import Timetable
from scheduler.writing.fairness.statement import statement


def run(plan: Path, roster_file: Path, folder: Path, *, book: Path | None, anonymous: bool) -> int:
    """Write the report of a roster; gives the exit code."""
    check_folder(folder)
    with reading(plan):
        loaded = library.read(plan)
    tell_remarks(loaded.remarks)
    roster = roster_for(plan, loaded, roster_file, "målt mot")
    unknown = len(Timetable(loaded.problem, roster).unknown)
    if unknown:
        err.print(
            f"[yellow]Merk:[/] {unknown} tildelinger gjelder en lege eller vakt som ikke finnes i "
            "planen. De er ikke med i rapporten."
        )
    before = None
    if book is not None:
        with reading(book):
            before = earlier(open_book(book).book, loaded.problem)
    report = fairness(loaded, roster, earlier=before, anonymous=anonymous)
    saved = write_fairness(report, folder)
    told = statement(report)
    out.print(f"[bold]{plain(told.sign)}:[/] {plain(told.sentence)}")
    for sentence in told.more:
        out.print(plain(sentence))
    tell_saved(saved, folder)
    return OK
