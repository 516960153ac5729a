"""The judgement of a roster in a few lines: what is kept, broken, uncovered, reached."""

from rich.markup import escape

from api.cli.console import err, out
from api.cli.progress import level_line
from scheduler.checking import Hole, Report
from scheduler.domain.roster import Roster
from scheduler.writing.wording import on_day

_MOST = 20


def tell_verdict(report: Report, roster: Roster, seconds: float | None = None) -> None:
    """Print the verdict, the levels, every breach and every hole with its reasons."""
    checked = sum(rule.checked for rule in report.rules)
    if report.lawful and report.complete:
        out.print("[bold green]Planen er full og bryter ingen ufravikelig regel.[/]")
    elif report.lawful:
        out.print(
            f"[bold yellow]Planen bryter ingen ufravikelig regel, men har "
            f"{_count(len(report.uncovered), 'udekket vakt', 'udekte vakter')}.[/]"
        )
    else:
        out.print(
            f"[bold red]Planen har {_count(len(report.breaches), 'brudd', 'brudd')} "
            f"på ufravikelige regler.[/]"
        )
    time = f" på {seconds:.0f} s" if seconds is not None else ""
    out.print(f"{len(report.rules)} regler, {checked} kontroller{time}.")
    for level in roster.provenance.levels:
        out.print(f"  {'✓' if level.proven else '…'} {escape(level_line(level))}")
    _tell_breaches(report)
    for hole in report.holes[:_MOST]:
        _tell_hole(hole)
    if len(report.holes) > _MOST:
        err.print(f"… og {len(report.holes) - _MOST} hull til; alle står i rapporten.")


def _tell_breaches(report: Report) -> None:
    for case in report.breaches[: 2 * _MOST]:
        err.print(f"[red]Brudd:[/] {escape(report.sentence(case))}")
    if len(report.breaches) > 2 * _MOST:
        err.print(f"… og {len(report.breaches) - 2 * _MOST} brudd til.")
    for unknown in report.unknown[:_MOST]:
        err.print(f"[red]Ukjent:[/] {escape(unknown.doctor)} på {escape(unknown.duty)}")


def _tell_hole(hole: Hole) -> None:
    first = hole.duties[0]
    err.print(f"[yellow]Udekket:[/] {escape(first.type.name)} {on_day(first.day)}")
    groups: dict[str, int] = {}
    for stop in hole.stops:
        title = stop.rule.title if stop.rule else "ingen regel stopper"
        groups[title] = groups.get(title, 0) + 1
    for title, count in groups.items():
        err.print(f"    {_count(count, 'lege', 'leger')}: {escape(title)}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
