"""The document of a vaktplan.json to a roster (`scheduler.writing.roster_json` writes it)."""

from collections.abc import Iterable
from math import inf
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Provenance, Roster
from scheduler.reading.faults import Fault, PlanError, meant, shown

FORMAT = "rettvakt-roster"
VERSION = 1
_PROVENANCE = TypeAdapter(Provenance)
_AGAIN = "Lag filen på nytt fra Rettvakt."


def roster_in(document: object, problem: Problem, name: str) -> Roster:
    """The roster that the document describes.

    Raises:
        PlanError: with every fault at once.
    """
    own = _checked(document, name)
    faults: list[Fault] = []
    assignments = list(_assignments(own.get("assignments"), problem, faults))
    digest = own.get("problem_hash")
    if not isinstance(digest, str) or not digest:
        faults.append(Fault("problem_hash", shown(digest), "Planens kontrollsum mangler.", _AGAIN))
    provenance = _provenance(own.get("provenance"), faults)
    if faults:
        raise PlanError(faults)
    if digest != problem.content_hash:
        provenance = Provenance(history=provenance.history)
    return Roster(str(digest), tuple(sorted(set(assignments))), provenance)


def embedded_plan(document: object, name: str) -> object:
    """The plan inside the document, as plain values.

    Raises:
        PlanError: it is no vaktplan.json, or one without a plan.
    """
    plan = _checked(document, name).get("plan")
    if plan is None:
        raise PlanError.of(
            f"{name}, plan",
            "Filen inneholder vaktene, men ikke planen de ble laget av.",
            "Oppgi planfilen i tillegg, eller lag filen på nytt.",
        )
    return plan


def _checked(document: object, name: str) -> dict[str, Any]:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        given = document.get("format") if isinstance(document, dict) else None
        raise PlanError.of(
            f"{name}, format",
            "Dette er ikke en vaktplan.json.",
            f"Feltet «format» skal være «{FORMAT}».",
            given,
        )
    if document.get("version") != VERSION:
        raise PlanError.of(
            f"{name}, version",
            f"Utgaven av formatet må være {VERSION}.",
            "Filen kan være laget av en nyere Rettvakt. Oppdater, eller lag filen på nytt.",
            document.get("version"),
        )
    return document


def _assignments(given: object, problem: Problem, faults: list[Fault]) -> Iterable[Assignment]:
    if not isinstance(given, list):
        faults.append(Fault("assignments", "", "Listen over vakter mangler.", _AGAIN))
        return
    seen: dict[Assignment, int] = {}
    for number, item in enumerate(given):
        place = f"assignments[{number}]"
        if not isinstance(item, dict):
            faults.append(Fault(place, shown(item), "Her må det stå en vakt og en lege.", _AGAIN))
            continue
        duty, doctor = item.get("duty"), item.get("doctor")
        known = (
            _is_known(f"{place}.duty", duty, problem.duty_by_id, "vakt eller økt", faults),
            _is_known(f"{place}.doctor", doctor, problem.doctor_by_id, "lege", faults),
        )
        if not all(known):
            continue
        own = Assignment(str(duty), str(doctor))
        if own in seen:
            faults.append(
                Fault(
                    place,
                    shown(f"{doctor}, {duty}"),
                    f"Det samme står i assignments[{seen[own]}].",
                    "Slett den ene.",
                )
            )
        seen.setdefault(own, number)
        yield own


def _is_known(
    place: str, value: object, known: Iterable[str], noun: str, faults: list[Fault]
) -> bool:
    if isinstance(value, str) and value in known:
        return True
    hint = meant(value, known) if isinstance(value, str) else ""
    faults.append(
        Fault(
            place,
            shown(value),
            f"Planen har ingen {noun} med denne id-en.",
            f"{hint} Kontroller at vaktplanen hører til denne planen.".strip(),
        )
    )
    return False


def _provenance(given: object, faults: list[Fault]) -> Provenance:
    """How the roster was made; null stands for a value or bound that was never found."""
    if given is None:
        return Provenance()
    try:
        if isinstance(given, dict) and isinstance(given.get("levels"), list):
            given = {**given, "levels": [_level(level) for level in given["levels"]]}
        return _PROVENANCE.validate_python(given)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = ".".join(str(step) for step in ("provenance", *detail["loc"]))
            faults.append(
                Fault(path, shown(detail["input"]), "Opplysningen kan ikke leses.", _AGAIN)
            )
        return Provenance()


def _level(level: object) -> object:
    if not isinstance(level, dict):
        return level
    plain = dict(level)
    if plain.get("value", 0) is None:
        plain["value"] = inf
    if plain.get("bound", 0) is None:
        plain["bound"] = -inf
    return plain
