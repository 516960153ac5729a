"""Sentences of a repair, in bokmål: what changes for whom. No reason is ever told."""

from collections.abc import Mapping, Sequence

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.time import local
from scheduler.repairing.options import Finding, Option, Person, Proof
from scheduler.repairing.situation import Situation
from scheduler.writing.phrases import counted, listed
from scheduler.writing.wording import clock, number, on_day, short_day

_NEXT_WORST = tuple(f"_worst_{k}" for k in range(2, 101))
"""The worst-off and the next together: told in the file, too much for a line."""


def name_of(problem: Problem, doctor: str) -> str:
    """The doctor's name on one line."""
    return " ".join(problem.doctor_by_id[doctor].name.split())


def unit_text(problem: Problem, unit: str) -> str:
    """«Natt fredag 12. mars 2027», or the first and the last day of what is taken together."""
    duties = problem.units[unit]
    text = short_duty(duties[0])
    if len(duties) == 1:
        return text
    return f"{text} til {short_duty(duties[-1])} ({len(duties)} vakter samlet)"


def short_duty(duty: Duty) -> str:
    """«Natt fredag 12. mars 2027»; a session with its clock time."""
    day = f"{' '.join(duty.type.name.split())} {on_day(local(duty.start).date())}"
    return day if duty.is_shift else f"{day} kl. {clock(duty.start)}"


def handovers(situation: Situation, option: Option) -> tuple[str, ...]:
    """«Natt fredag 12. mars 2027: Ola Nes → Kari Li», one for each unit, in order of time."""
    problem = situation.problem
    units = {unit for _, unit in (*option.move.on, *option.move.off)}
    givers: dict[str, list[str]] = {}
    takers: dict[str, list[str]] = {}
    for doctor, unit in (*situation.lost, *option.move.off):
        givers.setdefault(unit, []).append(doctor)
    for doctor, unit in option.move.on:
        takers.setdefault(unit, []).append(doctor)
    found = []
    for unit in sorted(units, key=lambda own: (problem.units[own][0].start, own)):
        old = _names(problem, givers.get(unit, ()))
        new = _names(problem, takers.get(unit, ()))
        text = unit_text(problem, unit)
        instead = _instead(situation, unit) if not old else None
        if instead:
            doctor, day = instead
            found.append(f"{text}: {name_of(problem, doctor)} → {new} (i stedet for {day})")
        elif old and new:
            found.append(f"{text}: {old} → {new}")
        elif new:
            found.append(f"{text}: {new}")
        else:
            found.append(f"{text}: {old} → ingen")
    return tuple(found)


def _instead(situation: Situation, unit: str) -> tuple[str, str] | None:
    """Whose work of which other day is done on this one: hours that can be placed on several."""
    choice = situation.problem.units[unit][0].choice
    for doctor, other in situation.lost:
        duty = situation.problem.units[other][0]
        if choice and duty.choice == choice and other != unit:
            return doctor, on_day(local(duty.start).date())
    return None


def history_line(situation: Situation, option: Option) -> str:
    """«Endret 12.03.2027 kl. 15:00. Natt …: Ola Nes → Kari Li.»"""
    when = local(situation.moment)
    changes = "; ".join(handovers(situation, option)) or "ingen vakter flyttet"
    return f"Endret {short_day(when.date())} kl. {when:%H:%M}: {changes}."


def differences(
    old: Problem, before: Roster, new: Problem, after: Roster
) -> Mapping[str, tuple[str, ...]]:
    """For each doctor whose duties are not the same: what comes («+») and what goes («−»).

    In order of time. A duty that was moved is told as both.
    """
    was, now = _work(old, before), _work(new, after)
    found: dict[str, tuple[str, ...]] = {}
    for doctor in sorted({*was, *now}, key=lambda own: _key(new, own)):
        gone, come = was.get(doctor, {}), now.get(doctor, {})
        lines = [
            (duty.start, f"{sign} {_told(duty)}")
            for sign, own, other in (("−", gone, come), ("+", come, gone))
            for duty in own.values()
            if duty.id not in other or other[duty.id].interval != duty.interval
        ]
        if lines:
            found[doctor] = tuple(text for _, text in sorted(lines))
    return found


def difference_text(problem: Problem, lines: Mapping[str, Sequence[str]]) -> str:
    """«Kari: + fredag 12. mars 2027: Natt …», below the name where there are several."""
    return "".join(
        f"{name_of(problem, doctor)}: {own[0]}\n"
        if len(own) == 1
        else "\n  ".join((f"{name_of(problem, doctor)}:", *own)) + "\n"
        for doctor, own in lines.items()
        if doctor in problem.doctor_by_id
    )


def _told(duty: Duty) -> str:
    kind = " ".join(duty.type.name.split())
    day = on_day(local(duty.start).date())
    return f"{day} kl. {clock(duty.start)}–{clock(duty.end)}: {kind}"


def _work(problem: Problem, roster: Roster) -> dict[str, dict[str, Duty]]:
    found: dict[str, dict[str, Duty]] = {}
    for own in roster.assignments:
        if own.duty in problem.duty_by_id:
            found.setdefault(own.doctor, {})[own.duty] = problem.duty_by_id[own.duty]
    return found


def _key(problem: Problem, doctor: str) -> tuple[str, str]:
    known = problem.doctor_by_id.get(doctor)
    return (known.name if known else doctor, doctor)


def _names(problem: Problem, doctors: Sequence[str]) -> str:
    return listed(name_of(problem, doctor) for doctor in doctors)


def people_text(people: int | None) -> str:
    """«én annen lege», «to andre leger»."""
    if people is None:
        return "så mange leger som helst"
    words = ("ingen andre leger", "én annen lege", "to andre leger", "tre andre leger")
    return words[people] if people < len(words) else f"{people} andre leger"


def finding_text(own: Finding) -> str:
    """One sentence of what is known for so many people."""
    who = people_text(own.people)
    if own.exists:
        changes = counted(own.changes or 0, "vakt skifter", "vakter skifter")
        known = "" if own.fewest else "; det er ikke bevist at færre ikke er nok"
        if own.people is None:
            return f"Det lar seg gjøre med flere leger: {changes} hender{known}."
        return f"Det lar seg gjøre med {who}: {changes} hender{known}."
    if own.exists is None:
        if own.people is None:
            return (
                "Fant ingen løsning innen tiden, uansett hvor mange leger som får endringer. Det "
                "er ikke bevist at den ikke finnes: gi søket mer tid."
            )
        return (
            f"Fant ingen løsning med {who} innen tiden. Det er ikke bevist at den ikke finnes: "
            "gi søket mer tid."
        )
    how = {
        Proof.TRIED: "bevist: kontrollene har prøvd alle legene",
        Proof.SOLVER: "bevist av løseren",
        Proof.OPEN: "",
    }[own.proof]
    if own.people is None:
        return f"Ingen lovlig løsning finnes, uansett hvor mange leger som får endringer ({how})."
    return f"Ingen lovlig løsning finnes med {who} ({how})."


def person_text(situation: Situation, own: Person) -> str:
    """«Kari Li: 41,5 → 49 poeng, andel 50,2 (1,2 under). Hvile 24 timer.»"""
    aim = own.after.aim
    parts = [f"{number(own.before.points)} → {number(own.after.points)} poeng"]
    if aim is None:
        parts.append("har ingen andel")
    else:
        over = own.after.points - aim
        word = "over" if over > 0 else "under"
        parts.append(f"andel {number(aim)} ({number(abs(over))} {word})")
    text = f"{name_of(situation.problem, own.doctor)}: {', '.join(parts)}."
    if own.takes and own.rest is not None:
        text += f" Minste hvile {number(own.rest)} timer."
    if own.against:
        text += " Har ønsket seg fri."
    elif own.wanted:
        text += " Har ønsket vakten."
    return text + order_text(situation.problem, own)


def order_text(problem: Problem, own: Person) -> str:
    """Whether municipal work is ordered (§ 32) or lies within agreements; empty for shifts."""
    sessions = any(not duty.is_shift for unit in own.takes for duty in problem.units[unit])
    if own.ordered > 0.005:
        return f" Pålegges {number(own.ordered)} timer (§ 32)."
    return " Innenfor avtalt arbeid." if sessions else ""


def level_texts(option: Option) -> tuple[str, ...]:
    """The levels that are not as they were: «Pålagte timer: 133 → 135,5 timer»."""
    return tuple(
        f"{own.title}: {number(own.before)} → {number(own.after)} {own.unit}"
        for own in option.levels
        if abs(own.after - own.before) >= 0.005 and not own.key.endswith(_NEXT_WORST)
    )


def missing_text(situation: Situation, option: Option) -> str:
    """«Uten lege: natt …; kveld …»"""
    units = [unit_text(situation.problem, situation.groups[key][0]) for key in option.missing]
    return f"Fortsatt uten lege: {'; '.join(units)}"
