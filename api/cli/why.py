"""`rettvakt why`: why a hole, why no roster, why this doctor and not that one."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api import library
from api.cli.changing import placed_elsewhere, refused
from api.cli.console import BAD_INPUT, FINDINGS, OK, counted, err, out, plain
from api.cli.duties import NotOneDutyError, duty_meant
from api.cli.guard import reading
from api.cli.people import NotOneDoctorError, named
from api.cli.rosters import roster_for
from api.explaining_texts import AssignmentText, Blame, DoctorText, Explanation, OtherText, WayText
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Roster, Timetable
from scheduler.explaining.conflict import Finding

_PRIVATE = (
    "Svaret er til vaktplanleggeren: det kan nevne fritak og fravær, og skal ikke deles med andre."
)
_TRIED = "Hver utvei er regnet ut på nytt og kontrollert mot alle regler."


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Attributes:
        duty, doctor: as they were written; None for none.
        seconds: of one proof, or of all searches for one duty.
    """

    duty: str | None
    doctor: str | None
    seconds: float
    seed: int
    workers: int | None
    as_json: bool


def run(plan: Path, roster_file: Path | None, asked: Asked) -> int:
    """Explain; gives the exit code."""
    with reading(plan):
        loaded = library.read(plan)
    try:
        duty = duty_meant(loaded.problem, asked.duty) if asked.duty else None
        doctor = named(loaded.problem.doctors, asked.doctor) if asked.doctor else None
    except (NotOneDoctorError, NotOneDutyError) as error:
        return refused(error)
    if roster_file is None:
        if duty or doctor:
            return _refused(
                "Uten vaktplan er det ingen vakter å forklare.",
                "Skriv vaktplanen etter planen: rettvakt why PLAN VAKTPLAN --duty …",
            )
        return _impossible(loaded, asked)
    roster = roster_for(plan, loaded, roster_file, "lest sammen med")
    if duty:
        return _duty(loaded, roster, duty, doctor, asked)
    if doctor:
        text = library.why_doctor(loaded, roster, doctor.id)
        return _print(text.as_plain()) if asked.as_json else _tell_doctor(text)
    return _holes(loaded, roster, asked)


def _refused(problem: str, remedy: str) -> int:
    err.print(f"[bold red]{plain(problem)}[/] {plain(remedy)}")
    return BAD_INPUT


def _impossible(loaded: library.LoadedPlan, asked: Asked) -> int:
    found = library.why_impossible(loaded, seconds=asked.seconds)
    code = OK if found.finding == Finding.POSSIBLE else FINDINGS
    if asked.as_json:
        return _print(found.as_plain(), code)
    _tell(found)
    return code


def _holes(loaded: library.LoadedPlan, roster: Roster, asked: Asked) -> int:
    from api.explaining import Effort, Why

    why = Why(loaded.problem, loaded.rules, Effort(asked.seconds, asked.seed, asked.workers))
    found = why.holes(roster)
    code = FINDINGS if found else OK
    if asked.as_json:
        return _print([own.as_plain() for own in found], code)
    if not found:
        out.print(
            "Alle vakter har lege. Spør om en vakt eller en lege: --duty «natt 27.03.2027», "
            "--doctor «Kari Nordmann»."
        )
    for number, own in enumerate(found):
        if number:
            out.print()
        _tell(own, close=False)
    if found:
        out.print()
        out.print(f"{_TRIED} {_PRIVATE}")
    return code


def _duty(
    loaded: library.LoadedPlan, roster: Roster, duty: Duty, doctor: Doctor | None, asked: Asked
) -> int:
    timetable = Timetable(loaded.problem, roster)
    on_duty = timetable.doctors_on(duty.id)
    if doctor and doctor.id in on_duty and len(on_duty) == 1:
        doctor = None
    if timetable.missing(duty):
        if doctor:
            return _missing_doctor(loaded, roster, duty, doctor, asked)
        found = library.why_hole(loaded, roster, duty.id, seconds=asked.seconds)
        if asked.as_json:
            return _print(found.as_plain(), FINDINGS)
        _tell(found)
        return FINDINGS
    if elsewhere := placed_elsewhere(timetable, duty):
        return refused(elsewhere)
    own = doctor.id if doctor and doctor.id not in on_duty else None
    holder = doctor.id if doctor and doctor.id in on_duty else None
    text = library.why_assignment(
        loaded,
        roster,
        duty.id,
        own,
        holder=holder,
        seconds=asked.seconds,
        seed=asked.seed,
        workers=asked.workers,
    )
    if asked.as_json:
        return _print(text.as_plain())
    _tell_assignment(text)
    return OK


def _missing_doctor(
    loaded: library.LoadedPlan, roster: Roster, duty: Duty, doctor: Doctor, asked: Asked
) -> int:
    """Why one doctor does not fill a hole."""
    found = library.why_not(loaded, roster, duty.id, doctor.id, seconds=asked.seconds)
    if asked.as_json:
        return _print(found.as_plain(), FINDINGS)
    _tell(found)
    return FINDINGS


def _print(found: Any, code: int = OK) -> int:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    return code


def _tell(found: Explanation, *, close: bool = True) -> None:
    out.print(f"[bold]{plain(found.head[0])}[/]")
    for sentence in found.head[1:]:
        out.print(plain(sentence))
    _tell_conflict(found, "  ")
    if found.ways:
        out.print("[bold]Utveier[/], den beste først:")
        for number, way in enumerate(found.ways, start=1):
            _tell_way(number, way)
    elif found.finding in (Finding.ALONE, Finding.TOGETHER) and found.blames:
        out.print("Ingen utvei ble funnet som ikke bryter en rett, et kompetansekrav eller loven.")
    if close:
        out.print(f"{_TRIED} {_PRIVATE}" if found.ways else _PRIVATE)


def _tell_conflict(found: Explanation, indent: str) -> None:
    for demand in found.demands:
        out.print(f"{indent}– {plain(demand)}")
    for blame in found.blames:
        _tell_blame(blame, indent)
    for group in found.groups:
        out.print(f"{indent}– {plain(group)}")
    if found.proof:
        out.print(f"{indent}[dim]{plain(found.proof)}[/]")


def _tell_blame(blame: Blame, indent: str) -> None:
    if len(blame.sentences) == 1:
        out.print(f"{indent}– {plain(blame.sentences[0])}")
        return
    out.print(f"{indent}– {plain(blame.name or 'Felles')}:")
    for sentence in blame.sentences:
        out.print(f"{indent}    · {plain(sentence)}")


def _tell_way(number: int, way: WayText) -> None:
    first, *more = way.asks or ("Ingenting må fravikes: legg planen om slik.",)
    out.print(f"  {number}. {plain(first)}")
    for ask in more:
        out.print(f"     og: {plain(ask)}")
    for departure in way.departures:
        out.print(f"     Da gjelder: {plain(departure)}")
    for move in way.moves:
        out.print(f"     {plain(move)}")
    if way.costs:
        out.print(f"     Virkning: {plain('; '.join(way.costs))}.")
    if way.left:
        left = counted(len(way.left), "vakt", "vakter")
        out.print(f"     {plain(left)} står da uten lege i den beste planen som ble funnet.")


def _tell_assignment(text: AssignmentText) -> None:
    out.print(f"[bold]{plain(text.head[0])}[/]")
    for sentence in text.head[1:]:
        out.print(plain(sentence))
    able = [own for own in text.others if own.able]
    unable = [own for own in text.others if not own.able]
    if able:
        out.print("[bold]Kan ta det lovlig[/], den beste først:")
    for own in able:
        _tell_other(own)
    if unable:
        out.print("[bold]Kan ikke ta det:[/]")
    for own in unable:
        _tell_other(own)
    if any(own.resolved for own in text.others):
        out.print(
            "«Bevist»: ingen lovlig plan med denne endringen er bedre. «Anslag»: det beste som ble "
            "funnet i tiden."
        )
    out.print(_PRIVATE)


def _tell_other(own: OtherText) -> None:
    out.print(f"  – {plain(own.verdict)}")
    if own.costs:
        out.print(f"      Byttet alene: {plain('; '.join(own.costs))}.")
    if own.resolved:
        out.print(f"      Hele planen lagt om ({own.label}): {plain('; '.join(own.resolved))}")
    if own.why_not:
        for sentence in own.why_not.head:
            out.print(f"      {plain(sentence)}")
        _tell_conflict(own.why_not, "      ")


def _tell_doctor(text: DoctorText) -> int:
    out.print(f"[bold]{plain(text.head[0])}[/]")
    for sentence in text.head[1:]:
        out.print(plain(sentence))
    for title, lines in (
        ("Hva poengene kommer av", text.hours),
        ("Vakter", text.patterns),
        ("Andelen", text.share),
        ("Hva de andre gjør med summen", text.pushes),
    ):
        if lines:
            out.print(f"[bold]{title}[/]")
            for line in lines:
                out.print(f"  {plain(line)}")
    out.print("Hele utregningen av andelen: rettvakt shares. Bytter: rettvakt why … --duty.")
    return OK
