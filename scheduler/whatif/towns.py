"""Municipalities that join a cooperation and leave it, with their doctors and duties."""

from collections.abc import Callable, Iterable
from typing import Any

from scheduler.reading.parts.people import Doctor
from scheduler.reading.parts.places import Municipality
from scheduler.reading.plan import Plan
from scheduler.whatif.changes import MunicipalityJoins, MunicipalityLeaves
from scheduler.whatif.references import used, without
from scheduler.whatif.refusal import RefusalError, found, unused

# What belongs to doctors and follows them; what they had promised of duties does not.
_PERSONAL = ("exemptions", "absences", "meetings", "ledger")


def leaves(plan: Plan, change: MunicipalityLeaves) -> Plan:
    """The plan without a municipality, its doctors, its municipal duties and their places."""
    town = found(plan, "municipalities", change.municipality, "municipality")
    if len(plan.municipalities) == 1:
        raise RefusalError(
            "municipality",
            town.id,
            "Dette er den eneste kommunen i planen.",
            "En plan trenger minst én kommune.",
        )
    own_places = {place.id for place in plan.places if place.municipality == town.id}
    if change.duty_moves_to is not None:
        target = found(plan, "places", change.duty_moves_to, "duty_moves_to")
        if target.id in own_places:
            raise RefusalError(
                "duty_moves_to",
                target.id,
                "Stedet ligger i kommunen som går ut.",
                "Velg et sted i en annen kommune.",
            )
        plan = _moved(plan, own_places, target.id)
    left_behind = [pattern for pattern in plan.patterns if pattern.place in own_places]
    if left_behind:
        raise RefusalError(
            "municipality",
            town.id,
            f"Vakttypen «{left_behind[0].id}» har sted i kommunen som går ut.",
            "Oppgi med duty_moves_to hvilket sted som overtar vaktene, "
            "eller ta bort vakttypen først.",
        )
    doctors = frozenset(own.id for own in plan.doctors if own.municipality == town.id)
    if len(doctors) == len(plan.doctors):
        raise RefusalError(
            "municipality",
            town.id,
            "Alle legene i planen hører til kommunen som går ut.",
            "La minst én lege bli igjen.",
        )
    duties = frozenset(own.id for own in plan.municipal_duties if own.municipality == town.id)
    plan = without(plan, {"doctors": doctors, "municipal_duties": duties})
    # A place that others still use stays where it is; it only no longer belongs to a member.
    needless = own_places - used(plan, "places")
    return without(plan, {"places": needless, "municipalities": {town.id}})


def _moved(plan: Plan, places: set[str], target: str) -> Plan:
    """The patterns of these places at another one, within reach of all who reached these."""
    patterns = tuple(
        own.model_copy(update={"place": target}) if own.place in places else own
        for own in plan.patterns
    )
    moved = any(own.place in places for own in plan.patterns)
    doctors = tuple(
        own.model_copy(update={"reach": (*own.reach, target)})
        if moved and own.reach and target not in own.reach and places & set(own.reach)
        else own
        for own in plan.doctors
    )
    return plan.model_copy(update={"patterns": patterns, "doctors": doctors})


def joins(plan: Plan, change: MunicipalityJoins, load: Callable[[str], Plan]) -> Plan:
    """The plan with a municipality more, from another plan or as written in the change."""
    for place in change.reach:
        found(plan, "places", place, "reach")
    if change.plan is None:
        return _written(plan, change)
    if not isinstance(change.municipality, str) or change.doctors or change.places:
        raise RefusalError(
            "municipality",
            None,
            "Kommunen står både her og i en annen plan.",
            "Oppgi bare id-en når kommunen hentes fra en annen plan, uten leger og steder.",
        )
    other = load(change.plan)
    found(other, "municipalities", change.municipality, "municipality")
    return _brought(plan, change, other, change.municipality)


def _written(plan: Plan, change: MunicipalityJoins) -> Plan:
    town = change.municipality
    if not isinstance(town, Municipality):
        raise RefusalError(
            "municipality",
            town,
            "Her mangler enten kommunens navn og innbyggere, eller planen den hentes fra.",
            "Oppgi plan, eller skriv hele kommunen med id, name og inhabitants.",
        )
    unused(plan, "municipalities", town.id, "municipality")
    for doctor in change.doctors:
        unused(plan, "doctors", doctor.id, "doctors")
        if doctor.municipality != town.id:
            raise RefusalError(
                "doctors",
                doctor.id,
                "Legen hører til en annen kommune enn den som kommer inn.",
                f"Skriv municipality: {town.id}.",
            )
    for place in change.places:
        unused(plan, "places", place.id, "places")
    own_places = tuple(place.id for place in change.places)
    return _more(
        plan,
        municipalities=[town],
        places=change.places,
        doctors=[_reaching(own, change.reach, own_places) for own in change.doctors],
    )


def _brought(plan: Plan, change: MunicipalityJoins, other: Plan, town_id: str) -> Plan:
    """The municipality as the other plan has it, without that plan's shifts and districts."""
    unused(plan, "municipalities", town_id, "municipality")
    town = next(own for own in other.municipalities if own.id == town_id)
    doctors = [own for own in other.doctors if own.municipality == town_id]
    people = {doctor.id for doctor in doctors}
    duties = [
        own
        for own in other.municipal_duties
        if own.municipality == town_id and change.municipal_duties
    ]
    tasks = {duty.id for duty in duties}
    at = {duty.place for duty in duties} | {p.id for p in other.places if p.municipality == town_id}
    places = [
        own.model_copy(update={"district": None})
        for own in other.places
        if own.id in at and own.id not in {known.id for known in plan.places}
    ]
    for own in doctors:
        unused(plan, "doctors", own.id, "municipality")
    for duty in duties:
        unused(plan, "municipal_duties", duty.id, "municipality")
        unused(plan, "patterns", duty.id, "municipality")
    districts = {own.id for own in plan.districts}
    district = town.district if town.district in districts else None
    known = {own.id for own in plan.patterns} | tasks
    taken = {own.id for own in plan.exemptions} | {own.id for own in plan.wishes}
    own_places = tuple(sorted(at))
    more: dict[str, Iterable[Any]] = {
        name: [_renamed(own, taken) for own in getattr(other, name) if own.doctor in people]
        for name in _PERSONAL
    }
    more["wishes"] = [
        _renamed(own, taken)
        for own in other.wishes
        if own.doctor in people and (not own.patterns or set(own.patterns) <= known)
    ]
    more["agreements"] = [
        own for own in other.agreements if own.doctor in people and own.duty in tasks
    ]
    return _more(
        plan,
        municipalities=[town.model_copy(update={"district": district})],
        places=places,
        doctors=[_reaching(_kept_limits(own, known), change.reach, own_places) for own in doctors],
        municipal_duties=duties,
        sessions=[own for own in other.sessions if own.duty in tasks],
        **more,
    )


def _kept_limits(doctor: Doctor, known: set[str]) -> Doctor:
    """The doctor without limits on patterns that only the other plan has."""
    kept = tuple(own for own in doctor.limits.not_patterns if own in known)
    limits = doctor.limits.model_copy(update={"not_patterns": kept})
    return doctor.model_copy(update={"limits": limits})


def _reaching(doctor: Doctor, reach: tuple[str, ...], own: tuple[str, ...]) -> Doctor:
    """The doctor within reach of these places and the municipality's own; of all if none."""
    wanted = tuple(dict.fromkeys((*reach, *own))) if reach else None
    return doctor.model_copy(update={"reach": wanted})


def _renamed(item: Any, taken: set[str]) -> Any:
    """The item with an id that the plan has not used."""
    if not hasattr(item, "id"):
        return item
    name, number = item.id, 1
    while name in taken:
        number += 1
        name = f"{item.id}-{number}"
    taken.add(name)
    return item.model_copy(update={"id": name})


def _more(plan: Plan, **more: Iterable[Any]) -> Plan:
    """The plan with more items in its lists."""
    return plan.model_copy(
        update={name: getattr(plan, name) + tuple(items) for name, items in more.items()}
    )
