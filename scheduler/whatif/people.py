"""Changes of who is there: doctors who come and go, and those who claim what their age gives."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from scheduler.domain.doctor import ExemptionKind, ExemptionStatus
from scheduler.domain.time import birthday
from scheduler.reading.parts.people import CompetenceFacts, Doctor, Exemption
from scheduler.reading.plan import Plan
from scheduler.whatif.changes import AllClaimExemption, DoctorLeaves, DoctorsJoin, DoctorsLeave
from scheduler.whatif.references import without
from scheduler.whatif.refusal import RefusalError, found
from scheduler.whatif.words import Competence

AGE = {Competence.SPECIALIST: 40, Competence.SUPERVISED: 30}
"""Years: a doctor without a name is far from every age that the rules know."""

_Own = TypeVar("_Own")


def join(plan: Plan, change: DoctorsJoin) -> Plan:
    """So many doctors more, like the municipality's usual ones where nothing else is said."""
    town = found(plan, "municipalities", change.municipality, "municipality")
    for place in change.reach:
        found(plan, "places", place, "reach")
    own = [doctor for doctor in plan.doctors if doctor.municipality == town.id] or plan.doctors
    usual = [doctor for doctor in own if doctor.employment is change.employment] or own
    taken = {doctor.id for doctor in plan.doctors}
    names = {doctor.name for doctor in plan.doctors}
    more: list[Doctor] = []
    number = 0
    while len(more) < change.number:
        number += 1
        name = f"{change.name} {number} ({town.name})"
        if (own_id := f"ny-{town.id}-{number}"[:60]) in taken or name in names:
            continue
        more.append(
            Doctor(
                id=own_id,
                name=name,
                municipality=town.id,
                employment=change.employment,
                born=date(plan.judged_on.year - AGE[change.competence], 1, 1),
                practice_share=change.practice_share,
                opening_hours=change.opening_hours or _most(d.opening_hours for d in usual),
                eve_closing=_most(doctor.eve_closing for doctor in usual),
                reach=change.reach or _most(doctor.reach for doctor in own),
                competence=_facts(change.competence, plan.judged_on),
            )
        )
    return plan.model_copy(update={"doctors": plan.doctors + tuple(more)})


def _most(values: Iterable[_Own]) -> _Own:
    """The most usual value; of equally usual ones the first."""
    return Counter(values).most_common(1)[0][0]


def _facts(competence: Competence, day: date) -> CompetenceFacts:
    """All courses done; a specialist of some years, or a doctor in the first year of service."""
    before = date(day.year - 2, 1, 1)
    if competence is Competence.SPECIALIST:
        return CompetenceFacts(
            specialist_from=date(day.year - 5, 1, 1),
            clinical_months=120,
            months_counted_on=day,
            municipal_gp_from=date(day.year - 8, 1, 1),
            duties_done=200,
            emergency_course_from=before,
            violence_course_from=before,
            radio_from=before,
        )
    return CompetenceFacts(
        clinical_months=6,
        months_counted_on=day,
        emergency_course_from=before,
        violence_course_from=before,
        radio_from=before,
    )


def leaves(plan: Plan, change: DoctorLeaves) -> Plan:
    """One doctor less: at once with all that was said of them, or after a day."""
    own = found(plan, "doctors", change.doctor, "doctor")
    if change.last_day is None:
        return _without_doctors(plan, [own], "doctor")
    if not plan.first_day <= change.last_day < plan.last_day:
        raise RefusalError(
            "last_day",
            change.last_day,
            "Den siste dagen ligger ikke i perioden.",
            f"Velg en dag fra {plan.first_day:%d.%m.%Y} og før {plan.last_day:%d.%m.%Y}, "
            "eller slett feltet.",
        )
    until = min(filter(None, (own.agreement_until, change.last_day)))
    gone = own.model_copy(update={"agreement_until": until, "extension_until": None})
    return plan.model_copy(
        update={"doctors": tuple(gone if d.id == own.id else d for d in plan.doctors)}
    )


def leave(plan: Plan, change: DoctorsLeave) -> Plan:
    """So many doctors less, from the end of the municipality's list."""
    found(plan, "municipalities", change.municipality, "municipality")
    own = [doctor for doctor in plan.doctors if doctor.municipality == change.municipality]
    if len(own) < change.number:
        raise RefusalError(
            "number",
            change.number,
            f"Kommunen har bare {len(own)} leger i planen.",
            "Skriv et lavere tall.",
        )
    return _without_doctors(plan, own[-change.number :], "number")


def _without_doctors(plan: Plan, gone: Iterable[Doctor], field: str) -> Plan:
    ids = frozenset(doctor.id for doctor in gone)
    if len(ids) == len(plan.doctors):
        raise RefusalError(
            field, None, "Da er det ingen leger igjen i planen.", "La minst én lege bli igjen."
        )
    return without(plan, {"doctors": ids})


def all_claim(plan: Plan, change: AllClaimExemption, age: int) -> Plan:
    """A claim for every GP who reaches the age in the period and has not claimed already."""
    begins = change.claimed_from or plan.first_day
    if begins > plan.last_day:
        raise RefusalError(
            "claimed_from", begins, "Dagen ligger etter perioden.", "Velg en dag i perioden."
        )
    has = {
        own.doctor
        for own in plan.exemptions
        if own.kind is ExemptionKind.AGE
        and own.status is not ExemptionStatus.ENDED
        and own.claimed_until is None
    }
    taken = {own.id for own in plan.exemptions}
    more: list[Exemption] = []
    for doctor in plan.doctors:
        old_enough = birthday(doctor.born, age) <= plan.last_day
        if doctor.id in has or not doctor.employment.is_gp or not old_enough:
            continue
        own_id = next(
            name
            for number in range(len(taken) + len(more) + 2)
            if (name := f"krav-{doctor.id}-{number}"[-60:].lstrip("-._")) not in taken
        )
        more.append(
            Exemption(
                id=own_id,
                doctor=doctor.id,
                kind=ExemptionKind.AGE,
                status=ExemptionStatus.CLAIMED,
                claimed_from=begins,
            )
        )
    return plan.model_copy(update={"exemptions": plan.exemptions + tuple(more)})
