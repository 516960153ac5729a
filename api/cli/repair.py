"""`rettvakt repair`: what can be done about a published roster when something happens."""

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api import library
from api.cli.console import FINDINGS, OK, counted, err, out, plain, tell_remarks
from api.cli.guard import reading
from api.cli.interrupt import interrupt_sets
from api.cli.rosters import roster_for
from api.cli.verdict import tell_earlier, tell_saved, tell_verdict
from api.outputs import package_in, write_all
from api.repair import FROZEN_HOURS, Repaired, repair, taken
from api.repair_events import Happened, event_of, read_events, start_of
from api.saving import check_folder, save_all
from scheduler.domain.roster import Roster
from scheduler.domain.time import local
from scheduler.reading.faults import PlanError
from scheduler.repairing.asking import Limits
from scheduler.repairing.options import Option, Repair
from scheduler.writing.phrases import listed
from scheduler.writing.repair import (
    difference_text,
    differences,
    finding_text,
    handovers,
    level_texts,
    missing_text,
    name_of,
    people_text,
    person_text,
    unit_text,
)
from scheduler.writing.repair_file import kept_moves, to_json, to_xlsx

JSON, XLSX, CHANGES = "reparasjon.json", "reparasjon.xlsx", "endringer.txt"
_SHOWN = 6  # reasons why somebody cannot


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to look, and what to do with it.

    Attributes:
        frozen_hours: None: what the events say, or the usual.
        take: number of the option to write, or None to list them.
    """

    folder: Path
    limits: Limits
    frozen_hours: float | None = None
    take: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says of what happened.

    Attributes:
        start: from when it holds, as it was written.
        now: from when on the roster can change, if that is another time.
        items: as in a file of events, each with the option it came from.
    """

    start: str | None
    now: str | None
    items: tuple[tuple[str, Mapping[str, Any]], ...]
    file: Path | None = None


def run(plan: Path, roster_file: Path, said: Said, wanted: Wanted) -> int:
    """List the options, or write one of them; gives the exit code."""
    check_folder(wanted.folder)
    with reading(plan):
        loaded = library.read(plan)
    roster = roster_for(plan, loaded, roster_file, "lest sammen med")
    happened = _happened(said, loaded)
    hours = wanted.frozen_hours
    hours = happened.frozen_hours if hours is None else hours
    hours = FROZEN_HOURS if hours is None else hours
    key = _key(loaded, roster, happened, hours)
    if wanted.take is not None:
        kept = _kept(wanted.folder / JSON, key, wanted.take)
        if kept is not None:
            found = taken(
                loaded, roster, happened.events, kept, moment=happened.moment, frozen_hours=hours
            )
            return _write(plan, found, found.found.options[0], wanted)
    err.print("Leter etter løsninger …")
    stop = threading.Event()
    with interrupt_sets(stop, lambda: err.print("Stopper. Viser det som er funnet.")):
        found = repair(
            loaded,
            roster,
            happened.events,
            moment=happened.moment,
            frozen_hours=hours,
            limits=wanted.limits,
            stop=stop,
        )
    if wanted.take is not None:
        return _write(plan, found, _option(found.found, wanted.take), wanted)
    _tell(found)
    files = {JSON: to_json(found.found, key).encode(), XLSX: to_xlsx(found.found)}
    saved = save_all(wanted.folder, files)
    out.print(f"Skrevet til [bold]{plain(wanted.folder)}[/]: {plain(', '.join(saved.names))}")
    out.print("Filene viser legenes poeng med navn. De er dine egne, og skal ikke deles.")
    tell_earlier(saved)
    full = any(option.full for option in found.found.options)
    return OK if found.found.nothing_open or full else FINDINGS


def _happened(said: Said, loaded: library.LoadedPlan) -> Happened:
    """What the file and the command line say together."""
    problem = loaded.problem
    told = read_events(said.file, problem) if said.file else None
    first = start_of(said.start, "--from") if said.start is not None else None
    begins = start_of(said.now, "--now") if said.now is not None else first
    begins = begins or (told.moment if told else None)
    if begins is None:
        raise PlanError.of(
            "--from",
            "Det står ikke fra når planen kan endres.",
            "Skriv tidspunktet, for eksempel --from 2027-03-12T15:00.",
        )
    events = tuple(event_of(item, place, problem, first or begins) for place, item in said.items)
    events = (*(told.events if told else ()), *events)
    if not events:
        raise PlanError.of(
            "Det du ga inn",
            "Det står ikke hva som har hendt.",
            "Bruk --sick, --leave, --resigns, --claims, --remove-duty, --add-duty, --move-duty "
            "eller --events.",
        )
    if begins >= problem.period.end:
        raise PlanError.of(
            "--from",
            "Perioden er over på dette tidspunktet, så ingenting kan endres.",
            "Rett tidspunktet.",
            f"{local(begins):%d.%m.%Y kl. %H:%M}",
        )
    return Happened(begins, events, told.frozen_hours if told else None)


def _key(loaded: library.LoadedPlan, roster: Roster, happened: Happened, hours: float) -> str:
    """Of everything that was asked: an option is taken as it was listed only if that is equal."""
    told = json.dumps(
        [
            loaded.problem.content_hash,
            loaded.rule_set,
            [[own.duty, own.doctor] for own in roster.assignments],
            [repr(event) for event in happened.events],
            happened.moment.isoformat(),
            hours,
        ]
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _kept(file: Path, key: str, number: int) -> Any:
    """The move of an option as it was listed, or None if something else was asked then."""
    if not file.is_file():
        return None
    then, moves = kept_moves(file.read_text(encoding="utf-8"), file.name)
    if then != key:
        return None
    if not 1 <= number <= len(moves):
        raise _no_such(number, len(moves))
    return moves[number - 1]


def _option(found: Repair, number: int) -> Option:
    if not 1 <= number <= len(found.options):
        raise _no_such(number, len(found.options))
    return found.options[number - 1]


def _no_such(number: int, last: int) -> PlanError:
    numbers = f"Velg et nummer fra 1 til {last}." if last else "Det er ingen forslag å velge."
    return PlanError.of("--take", "Dette forslaget finnes ikke.", numbers, number)


# --- what is told ------------------------------------------------------------------------------


def _tell(found: Repaired) -> None:
    now = found.found.situation
    problem = now.problem
    tell_remarks(found.remarks)
    out.print(
        f"Det som har begynt før {local(now.moment):%d.%m.%Y kl. %H:%M}, står som det er. Vakter "
        f"som begynner før {local(now.frozen_until):%d.%m.%Y kl. %H:%M}, blir bare rørt hvis de "
        "mangler lege."
    )
    if found.found.nothing_open:
        out.print("[bold green]Ingen vakt mangler lege etter dette. Ingenting må endres.[/]")
        if now.lost or found.loaded.plan.changed_duties:
            out.print("Se over med «rettvakt check» før du går videre.")
        return
    _tell_open(found.found)
    shown = {len(option.people) for option in found.found.options}
    for own in found.found.findings:
        style = "green" if own.exists else "yellow"
        text = finding_text(own)
        if own.exists and own.people is not None and own.people not in shown:
            text += " Det blir ikke bedre enn med færre, og er ikke tatt med."
        out.print(f"[{style}]{plain(text)}[/]")
    for number, option in enumerate(found.found.options, start=1):
        _tell_option(found.found, number, option)
    _tell_refused(found.found)
    if found.found.options and not any(option.full for option in found.found.options):
        out.print(
            "Hvorfor ingen kan fylle resten, sier «rettvakt why»: skriv først et forslag med "
            "--take, og spør om hullet."
        )
    calls = found.found.calls
    names = [f"{name_of(problem, own.doctor)} (forslag {number})" for own, number in calls]
    first = found.found.options[0] if found.found.options else None
    if not calls and first:
        names = [name_of(problem, own.doctor) for own in first.people]
    if names:
        what = "" if calls else " for forslag 1"
        out.print(f"[bold]Ring i denne rekkefølgen{what}:[/] {plain(', '.join(names))}.")
    if found.found.options:
        out.print(
            "Ingenting er endret. Med --take NUMMER skriver du den nye vaktplanen med rapporter."
        )


def _tell_open(found: Repair) -> None:
    now = found.situation
    held: dict[str, list[str]] = {}
    for doctor, unit in now.lost:
        held.setdefault(unit, []).append(name_of(now.problem, doctor))
    if not now.gaps:
        out.print("[bold]Det som har hendt, gjør at andre vakter bryter en regel.[/]")
        return
    out.print("[bold]Uten lege:[/]")
    for key in now.gaps:
        units = now.groups[key]
        unit = next((own for own in units if own in held), units[0])
        was = f" ({listed(held[unit])})" if unit in held else ""
        out.print(f"  {plain(unit_text(now.problem, unit))}{plain(was)}")


def _tell_option(found: Repair, number: int, option: Option) -> None:
    now = found.situation
    changes = counted(option.changes, "vakt skifter hender", "vakter skifter hender")
    out.print(f"\n[bold]Forslag {number}:[/] {people_text(len(option.people))}, {changes}")
    for line in handovers(now, option):
        out.print(f"  {plain(line)}")
    if option.missing:
        out.print(f"  [yellow]{plain(missing_text(now, option))}[/]")
    for own in (*option.people, *option.fallen):
        out.print(f"    {plain(person_text(now, own))}")
    for text in level_texts(option):
        out.print(f"    {plain(text)}", style="dim")
    for stop in option.departures:
        out.print(f"    [yellow]Unntak:[/] {plain(stop.rule.explain(now.problem, stop.case))}")


def _tell_refused(found: Repair) -> None:
    """Why others cannot take all of it, by rule: kinds of absence and exemption are not told."""
    if not found.refused:
        return
    groups: dict[str, int] = {}
    for _, stop in found.refused:
        groups[stop.rule.title] = groups.get(stop.rule.title, 0) + 1
    told = sorted(groups.items(), key=lambda own: -own[1])
    who = counted(len(found.refused), "lege", "leger")
    out.print(f"\n{who} kan ikke ta alt alene:", style="dim")
    for title, number in told[:_SHOWN]:
        out.print(f"  {counted(number, 'lege', 'leger')}: {plain(title)}", style="dim")
    if len(told) > _SHOWN:
        rest = sum(number for _, number in told[_SHOWN:])
        out.print(f"  {counted(rest, 'lege', 'leger')}: andre regler", style="dim")


# --- what is written ---------------------------------------------------------------------------


def _write(plan: Path, found: Repaired, option: Option, wanted: Wanted) -> int:
    """Write the new roster with everything that belongs to it, and who has what instead."""
    now = found.found.situation
    roster = found.roster_of(option)
    report = library.check(found.loaded, roster)
    lines = differences(now.before.problem, found.before, now.problem, roster)
    changes = difference_text(now.problem, lines)
    more = {CHANGES: changes.encode(), **_plan_file(plan, found.loaded)}
    saved = write_all(found.loaded, roster, report, wanted.folder, more)
    tell_verdict(report, roster)
    out.print("[bold]Endringene for hver lege:[/]")
    for line in changes.splitlines():
        out.print(f"  {plain(line)}")
    tell_saved(saved, wanted.folder)
    out.print(
        f"{CHANGES} kan sendes ut: den sier hvem som får hva, og ikke hvorfor. Planen med det som "
        f"har hendt, ligger i [bold]{plain(next(iter(_plan_file(plan, found.loaded))))}[/]. Bruk "
        "den fra nå av."
    )
    return OK if report.lawful and report.complete else FINDINGS


def _plan_file(plan: Path, loaded: library.LoadedPlan) -> dict[str, bytes]:
    """The amended plan in the format in which it was given."""
    from scheduler.reading.write import to_json as plan_json
    from scheduler.reading.write import to_workbook, to_yaml

    suffix = package_in(plan).suffix.lower()
    if suffix == ".xlsx":
        return {"plan.xlsx": to_workbook(loaded.plan)}
    if suffix in (".yaml", ".yml"):
        return {f"plan{suffix}": to_yaml(loaded.plan).encode()}
    return {"plan.json": plan_json(loaded.plan).encode()}


def items_of(
    *,
    sick: Sequence[str],
    leave: Sequence[str],
    resigns: Sequence[str],
    claims: Sequence[str],
    details: Mapping[str, Any],
    removed: Sequence[str],
    added: Sequence[str],
    moved: Sequence[str],
) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The options of the command line as items of a file of events."""
    until = {"to": details["to"]} if details.get("to") is not None else {}
    kind = {"kind": details["kind"]} if details.get("kind") is not None else {}
    facts = {key: details[key] for key in ("term", "birth") if details.get(key) is not None}
    if details.get("hindered"):
        facts["hindered"] = True
    found: list[tuple[str, Mapping[str, Any]]] = []
    found += [("--sick", {"sick": own, **until}) for own in sick]
    found += [("--leave", {"leave": own, **until, **kind}) for own in leave]
    found += [("--resigns", {"resigns": own}) for own in resigns]
    found += [("--claims", {"claims": own, **until, **kind, **facts}) for own in claims]
    found += [("--remove-duty", {"remove_duty": own}) for own in removed]
    found += [("--add-duty", {"add_duty": own.partition("=")[0], **_times(own)}) for own in added]
    found += [("--move-duty", {"move_duty": own.partition("=")[0], **_times(own)}) for own in moved]
    return tuple(found)


def _times(text: str) -> dict[str, str]:
    """«natt/2027-03-12=22:00-07:30»: the times behind the sign."""
    start, _, end = text.partition("=")[2].replace("–", "-").partition("-")
    given = {"start": start.strip(), "end": end.strip()}
    return {key: value for key, value in given.items() if value}
