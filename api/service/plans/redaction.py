"""A plan as others than its coordinator see it (decision 6: grounds and kinds stay with her).

What may be seen is listed, not what may not: a part that a later version of the plan brings is
hidden until somebody decides about it.
"""

import hmac
from collections.abc import Callable, Mapping
from typing import Any

_PARTS = (
    "format",
    "version",
    "title",
    "first_day",
    "last_day",
    "judged_on",
    "districts",
    "municipalities",
    "places",
    "patterns",
    "points",
    "municipal_duties",
    "sessions",
    "school_terms",
)
_OF_DOCTOR = ("id", "name", "municipality", "office", "employment")

Naming = Callable[[str, str, str], tuple[str, str]]
"""Id, name and municipality of a doctor to the id and name that are shown."""


def redacted(document: Mapping[str, Any], naming: Naming) -> dict[str, Any]:
    """The plan without what is private: no birth dates, exemptions, absences, wishes, accounts."""
    kept = {part: document[part] for part in _PARTS if part in document}
    kept["doctors"] = [_doctor(doctor, naming) for doctor in document.get("doctors", [])]
    return kept


def is_open(part: str) -> bool:
    """Whether all who may read plans see a part whole."""
    return part in _PARTS


def open_names(doctor: str, name: str, _municipality: str) -> tuple[str, str]:
    """Every doctor by name."""
    return doctor, name


def pseudonyms(key: str, own: str) -> Naming:
    """Doctors of one municipality by name, all others by pseudonyms that stay the same.

    Args:
        key: secret of the cooperation.
        own: id of the municipality whose doctors are named.
    """

    def naming(doctor: str, name: str, municipality: str) -> tuple[str, str]:
        if municipality == own:
            return doctor, name
        code = hmac.digest(key.encode(), doctor.encode(), "sha256").hex()[:6]
        return f"lege-{code}", f"Lege {code.upper()}"

    return naming


def _doctor(doctor: Mapping[str, Any], naming: Naming) -> dict[str, Any]:
    shown = {key: doctor[key] for key in _OF_DOCTOR if key in doctor}
    shown["id"], shown["name"] = naming(doctor["id"], doctor["name"], doctor["municipality"])
    if shown["id"] != doctor["id"]:
        shown.pop("office", None)
    return shown
