"""`rettvakt takers`: every doctor on one duty, who can take it and who cannot, and why."""

from datetime import timedelta
from pathlib import Path

from api.cli.changing import (
    WrongAskedError,
    kinds_told,
    name_of,
    opened,
    placed_elsewhere,
    refused,
    sentences,
    shown,
    signed,
    unit_text,
)
from api.cli.console import FINDINGS, OK, counted, out, plain
from api.cli.duties import NotOneDutyError, duty_meant
from api.cli.people import NotOneDoctorError, named
from api.swaps import takers_of
from scheduler.domain.problem import Attitude
from scheduler.fairness.measures import Measure
from scheduler.swaps.judge import Judge
from scheduler.swaps.takers import Standing, Taker, Takers
from scheduler.writing.phrases import listed
from scheduler.writing.wording import number

_WISHES = {
    Attitude.WANT: "ønsker den",
    Attitude.RATHER_NOT: "helst ikke",
    Attitude.CANNOT: "kan ikke",
}
_NAME = 24
_COLUMNS = (
    ("Fri før", 8),
    ("Fri etter", 10),
    ("Poeng", 15),
    ("Mot andel", 11),
    ("Netter", 8),
    ("Helger", 8),
    ("Høytider", 10),
)
_COUNTS = (Measure.NIGHTS, Measure.WEEKENDS, Measure.GREAT_HOLIDAYS)


def run(plan: Path, roster_file: Path, duty: str, giver: str | None) -> int:
    """Tell who could take the duty; gives the exit code."""
    loaded, judge = opened(plan, roster_file)
    problem = loaded.problem
    try:
        meant = duty_meant(problem, duty)
        if elsewhere := placed_elsewhere(judge.timetable, meant):
            raise elsewhere
        unit = meant.unit
        who = named(problem.doctors, giver).id if giver else _holder(judge, unit)
        if who and not judge.has((who, unit)):
            told = f"{name_of(problem, who)} har ikke {unit_text(problem.units[unit])}."
            raise WrongAskedError(told, "Kontroller navnet og datoen.")
    except (NotOneDutyError, NotOneDoctorError, WrongAskedError) as error:
        return refused(error)
    return tell(judge, takers_of(judge, unit, who))


def _holder(judge: Judge, unit: str) -> str | None:
    """Who has the duty; None where it lacks a doctor.

    Raises:
        WrongAskedError: several have it.
    """
    problem = judge.timetable.problem
    first = problem.units[unit][0]
    holders = judge.timetable.doctors_on(first.id)
    if judge.timetable.missing(first) or not holders:
        return None
    if len(holders) > 1:
        names = listed([name_of(problem, own) for own in holders])
        raise WrongAskedError(
            f"{names} har vakten sammen.", "Si hvem som skal byttes ut, med --from NAVN."
        )
    return holders[0]


def tell(judge: Judge, found: Takers) -> int:
    """The table; gives the exit code."""
    problem = judge.timetable.problem
    out.print(f"[bold]{plain(unit_text(found.duties))}[/]")
    if found.giver is None:
        out.print("Vakten mangler lege.")
    else:
        out.print(f"Har den nå: {plain(name_of(problem, found.giver))}.")
    for sentence in sentences(judge, found.kept):
        out.print(f"[red]Kan ikke gis bort:[/] {plain(sentence)}")
    able = [own for own in found.takers if own.standing is not Standing.CANNOT]
    free = [own for own in able if own.standing is Standing.CAN]
    if able:
        out.print(_able_told(len(able), len(free)))
        out.print("")
        out.print(_row("Lege", [name for name, _ in _COLUMNS]), style="bold")
        for own in able:
            _tell_able(judge, own, municipal=not found.duties[0].is_shift)
    else:
        out.print("[red]Ingen kan ta den slik planen ellers er.[/]")
    unable = found.takers[len(able) :]
    if unable:
        out.print("")
        out.print(f"[bold]Kan ikke ta den ({counted(len(unable), 'lege', 'leger')})[/]")
        for own in unable:
            first = sentences(judge, own.verdict.breaches)[0]
            more = len(sentences(judge, own.verdict.breaches)) - 1
            rest = f" Og {'én grunn' if more == 1 else f'{more} grunner'} til." if more else ""
            name = name_of(problem, own.doctor)
            told = first if name in first else f"{name}: {first}"
            out.print(f"  {plain(told)}{rest}")
    return OK if able else FINDINGS


def _able_told(able: int, free: int) -> str:
    """«2 leger kan ta den, én av dem uten unntak fra en hovedregel. Spør …»"""
    if able == 1:
        how = "" if free else ", med unntak fra en hovedregel"
        return f"1 lege kan ta den{how or ' uten unntak fra noen hovedregel'}."
    which = f"{free} av dem"
    if free in (0, 1, able):
        which = {0: "ingen av dem", 1: "én av dem", able: "alle"}[free]
    return (
        f"{able} leger kan ta den, {which} uten unntak fra "
        f"{'noen' if free else 'en'} hovedregel. Den som står øverst, bør spørres først."
    )


def _tell_able(judge: Judge, own: Taker, *, municipal: bool) -> None:
    problem = judge.timetable.problem
    points = own.effect(Measure.POINTS)
    over = points.over_after
    counts = [own.effect(measure) for measure in _COUNTS]
    values = [
        _rest(own.rest_before),
        _rest(own.rest_after),
        f"{shown(points.measure, points.before)} → {shown(points.measure, points.after)}",
        "–" if over is None else signed(points.measure, float(over)),
        *(f"{c.before} → {c.after}" if c.changes else str(c.after) for c in counts),
    ]
    name = name_of(problem, own.doctor)
    said = _WISHES[own.wish] if own.wish else ""
    out.print(f"{plain(_row(name, values))}  {said}".rstrip())
    if own.ordered > 0:
        hours = shown(Measure.ORDERED, own.ordered)
        out.print(f"    [yellow]pålegg:[/] {hours} timer utover det som er avtalt eller tilbudt")
    elif municipal:
        out.print("    innenfor avtale eller tilbud")
    for sentence in sentences(judge, own.verdict.exceptions):
        out.print(f"    [yellow]unntak:[/] {plain(sentence)}")
    for sentence in sentences(judge, own.verdict.wishes):
        out.print(f"    [dim]ønske:[/] {plain(sentence)}")
    if own.verdict.departures:
        out.print(f"    [dim]avvik:[/] {plain(kinds_told(own.verdict.departures))}")


def _rest(own: timedelta | None) -> str:
    if own is None:
        return "–"
    if own < timedelta():  # other work lies inside it: a session during a home duty
        return "ingen"
    hours = round(own.total_seconds() / 3600, 1)
    return f"{number(hours)} t" if hours < 96 else f"{int(hours // 24)} d"


def _row(name: str, values: list[str]) -> str:
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"{short:<{_NAME}}" + "".join(
        f"{value:>{width}}" for value, (_, width) in zip(values, _COLUMNS, strict=True)
    )
