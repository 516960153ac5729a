"""What an offer asks for, held against the roster in force, with every fault at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.service.advice.desks import Desk
from api.service.offers.shapes import Offering
from scheduler.domain.duty import Duty
from scheduler.reading.faults import Fault, PlanError, meant, shown


@dataclass(frozen=True, slots=True)
class Wanted:
    """An offer in the roster's own words.

    Attributes:
        unit: what is given.
        accepts: units that would be taken in return; None: none is named.
    """

    unit: str
    accepts: tuple[str, ...] | None
    ends_at: datetime


def wanted(desk: Desk, doctor: str, asked: Offering) -> Wanted:
    """Read an offer.

    Raises:
        PlanError: with every fault.
    """
    problem = desk.loaded.problem
    faults: list[Fault] = []
    unit = own_unit(desk, doctor, asked.duty, "duty", faults)
    if asked.to_doctor is not None:
        if asked.to_doctor not in problem.doctor_by_id:
            remedy = meant(asked.to_doctor, problem.doctor_by_id) or "Bruk id-en fra planen."
            told = "Planen har ingen slik lege."
            faults.append(Fault("to_doctor", shown(asked.to_doctor), told, remedy))
        elif asked.to_doctor == doctor or (unit and desk.judge.has_some((asked.to_doctor, unit))):
            told = "Legen har vakten selv."
            faults.append(Fault("to_doctor", asked.to_doctor, told, "Velg en annen lege."))
    if asked.accepts is not None and not asked.in_return:
        told = "«accepts» gjelder bare når du vil ha en vakt igjen."
        faults.append(Fault("accepts", "", told, "Sett «in_return», eller ta bort listen."))
    accepts = _accepted(desk, doctor, asked.accepts or (), faults)
    ends_at = asked.ends_at
    if unit is not None:
        start = problem.units[unit][0].start
        ends_at = ends_at or start
        if not datetime.now(UTC) < ends_at <= start:
            told = "Tilbudet må ende etter nå og senest når vakten begynner."
            remedy = f"Velg et tidspunkt før {start.isoformat()}, eller la feltet stå tomt."
            faults.append(Fault("ends_at", ends_at.isoformat(), told, remedy))
    if faults or unit is None or ends_at is None:
        raise PlanError(faults)
    return Wanted(unit, None if asked.accepts is None else accepts, ends_at)


def own_unit(desk: Desk, doctor: str, duty: str, place: str, faults: list[Fault]) -> str | None:
    """The unit of a duty that the doctor has and that has not begun; else a fault more."""
    own = _known(desk, duty, place, faults)
    if own is None:
        return None
    if not desk.judge.has((doctor, own.unit)):
        remedy = "Hent vaktplanen på nytt, og velg en av dine egne vakter."
        faults.append(Fault(place, shown(duty), "Du har ikke denne vakten.", remedy))
        return None
    if desk.loaded.problem.units[own.unit][0].start <= datetime.now(UTC):
        told = "Vakten har begynt."
        remedy = "Ring vaktplanleggeren om den ikke kan gjøres ferdig."
        faults.append(Fault(place, shown(duty), told, remedy))
        return None
    return own.unit


def _accepted(
    desk: Desk, doctor: str, duties: Sequence[str], faults: list[Fault]
) -> tuple[str, ...]:
    found = []
    for number, duty in enumerate(duties):
        place = f"accepts[{number}]"
        own = _known(desk, duty, place, faults)
        if own is not None and desk.judge.has_some((doctor, own.unit)):
            faults.append(Fault(place, shown(duty), "Du har denne vakten selv.", "Ta den bort."))
        elif own is not None:
            found.append(own.unit)
    return tuple(dict.fromkeys(found))


def _known(desk: Desk, duty: str, place: str, faults: list[Fault]) -> Duty | None:
    own = desk.loaded.problem.duty_by_id.get(duty)
    if own is None:
        remedy = meant(duty, desk.loaded.problem.duty_by_id) or "Bruk id-en fra vaktplanen."
        told = "Planen har ingen slik vakt eller økt."
        faults.append(Fault(place, shown(duty), told, remedy))
    return own
