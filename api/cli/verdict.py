"""The judgement of a roster: what is kept, broken, uncovered, reached; nothing is cut."""

from pathlib import Path

from api.cli.console import counted, out, plain
from api.cli.progress import level_line
from api.saving import Saved
from constraints.cover import Cover
from scheduler.checking import Hole, Report
from scheduler.domain.roster import Roster
from scheduler.engine import Outcome
from scheduler.writing.phrases import duty_text, listed
from scheduler.writing.report.verdict import lacking

PACKAGE = "vaktplan.json"


def tell_verdict(report: Report, roster: Roster, seconds: float | None = None) -> None:
    """Print the verdict, the levels, and every breach and every hole with its reasons."""
    checked = sum(rule.checked for rule in report.rules)
    time = f" på {seconds:.0f} s" if seconds is not None else ""
    out.print(_sentence(report))
    out.print(f"{len(report.rules)} regler, {checked} kontroller{time}.{_follow_up(report)}")
    if roster.provenance.levels:
        out.print("Det viktigste først, og mindre er bedre:")
    for level in roster.provenance.levels:
        out.print(f"  {'✓' if level.proven else '…'} {plain(level_line(level))}")
    for case in report.breaches:
        out.print(f"[red]Brudd:[/] {plain(report.sentence(case))}")
    for unknown in report.unknown:
        who = f"{plain(unknown.doctor)} på {plain(unknown.duty)}"
        out.print(f"[red]Ukjent:[/] {who} finnes ikke i planen.")
    for hole in report.holes:
        _tell_hole(hole)
    if report.holes:
        out.print("Hvorfor, og hva som kan gjøres: «rettvakt why PLAN VAKTPLAN»")
    for own in report.rules:
        for case in own.holes if own.rule.id != Cover.id else ():
            out.print(f"[yellow]Udekket:[/] {plain(report.sentence(case))}")


def tell_cut_off(outcome: Outcome) -> None:
    """Say, as the pages do, that the search did not answer and that this is its last roster."""
    if outcome.cut_off:
        out.print(
            "[yellow]Søket svarte ikke da det skulle avsluttes, og ble avbrutt.[/] "
            "Dette er den siste vaktplanen det ga fra seg."
        )


def tell_saved(saved: Saved, folder: Path) -> None:
    """Which files were written, which of them is private, and where the former ones are."""
    feeds = [name for name in saved.names if "/" in name]
    shown = [name for name in saved.names if "/" not in name]
    if feeds:
        number = counted(len(feeds), "kalender", "kalendere")
        shown.append(f"{feeds[0].split('/')[0]}/ ({number})")
    out.print(f"Skrevet til [bold]{plain(folder)}[/]: {plain(', '.join(shown))}")
    if PACKAGE in shown:
        out.print(
            f"{PACKAGE} er din egen: den inneholder hele planen, også fravær og fritak, og skal "
            "ikke deles."
        )
    own = {name.split("/")[-1] for name in feeds}
    kept = sorted(p.name for p in (folder / "kalender").glob("*.ics") if p.name not in own)
    if feeds and kept:
        out.print(f"kalender/ har også filer for leger utenfor planen: {plain(', '.join(kept))}")
    tell_earlier(saved)


def tell_earlier(saved: Saved) -> None:
    """Where the files are that were replaced."""
    if saved.earlier:
        out.print(f"Det som ble erstattet, ligger i [bold]{plain(saved.earlier)}[/]")


def _sentence(report: Report) -> str:
    holes = lacking(report)
    if report.lawful and not holes:
        return "[bold green]Planen er full og bryter ingen ufravikelig regel.[/]"
    lacks = f"{plain(holes)} er udekket" if holes else ""
    if report.lawful:
        return f"[bold yellow]Planen bryter ingen ufravikelig regel, men {lacks}.[/]"
    number = len(report.breaches)
    judged = (
        f"Planen har {number} brudd på ufravikelige regler"
        if number
        else "Planen har vakter eller leger som ikke finnes"
    )
    return f"[bold red]{judged}{f', og {lacks}' if lacks else ''}.[/]"


def _follow_up(report: Report) -> str:
    exceptions = sum(len(rule.from_main_rule) for rule in report.rules)
    departures = sum(len(rule.departures) for rule in report.rules)
    notices = sum(len(rule.notices) for rule in report.rules)
    found = []
    if exceptions:
        found.append(counted(exceptions, "unntak fra en hovedregel", "unntak fra hovedregler"))
    if departures:
        found.append(counted(departures, "avvik i kvalitet", "avvik i kvalitet"))
    if notices:
        found.append(f"{counted(notices, 'forhold', 'forhold')} å følge opp")
    return f" Rapporten viser {listed(found)}." if found else ""


def _tell_hole(hole: Hole) -> None:
    first, last = hole.duties[0], hole.duties[-1]
    text = plain(duty_text(first))
    if first is not last:
        text += f", til og med {plain(duty_text(last))} ({len(hole.duties)} vakter samlet)"
    missing = f" – {hole.missing} leger mangler" if hole.missing > 1 else ""
    out.print(f"[yellow]Udekket:[/] {text}{missing}")
    groups: dict[str, int] = {}
    for own in hole.candidates:
        title = own.stop.rule.title if own.stop else "kan ta den uten at noen regel brytes"
        groups[title] = groups.get(title, 0) + 1
    for title, count in groups.items():
        out.print(f"    {counted(count, 'lege', 'leger')}: {plain(title)}")
