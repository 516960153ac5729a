"""Stored plans, rosters and texts without a person, or without what only rules of the time needed.

Duties stay: by who worked when, the others were paid and rostered. The person becomes a code.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GONE = "[slettet]"
"""What stands where a text was."""
_BORN = "1970-01-01"  # the format needs a date; nobody is of the age of an exemption by it
_LISTS = ("exemptions", "absences", "wishes", "meetings")
_KEPT_OF_DOCTOR = (
    "id",
    "name",
    "municipality",
    "employment",
    "born",
    "practice_share",
    "opening_hours",
    "eve_closing",
    "share_weight",
    "reach",
    "competence",
)
_LEAST = 3  # letters of a part of a name that is looked for


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to be told about, or erased.

    Attributes:
        accounts: ids, the one that was asked for first; none for a doctor without one.
        doctor: id in the plans; empty for who has no duties.
        emails: of the accounts.
        names: as they are called in the account and in plans.
        code: what they are called once they are erased.
    """

    accounts: tuple[str, ...] = ()
    doctor: str = ""
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    code: str = ""

    @property
    def account(self) -> str:
        """The account that was asked for; empty for a doctor without one."""
        return self.accounts[0] if self.accounts else ""

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds a text that names the person: e-mail, id, or any part of a name, as a word."""
        words = {part for name in self.names for part in name.split() if len(part) >= _LEAST}
        words |= {own for own in (*self.emails, self.doctor, *self.accounts) if len(own) >= _LEAST}
        return _any_of(words)

    @property
    def strict(self) -> re.Pattern[str] | None:
        """Finds a text with the whole name or the e-mail."""
        return _any_of({own for own in {*self.names, *self.emails} if len(own) >= _LEAST})


def _any_of(words: set[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    found = "|".join(re.escape(own) for own in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def without_person(
    document: Mapping[str, Any], person: Person, *, name_too: bool
) -> dict[str, Any]:
    """A plan without what is private about one doctor; other plans are returned as they are.

    Args:
        document: the plan.
        person: with the doctor's id.
        name_too: the doctor is called by the code from now on, duties too.
    """
    found = _without_grounds(document, {person.doctor})
    if not name_too:
        return found
    found["doctors"] = [
        _nameless(own, person.code) if own["id"] == person.doctor else own
        for own in found.get("doctors", [])
    ]
    return dict(_renamed(found, person))


def without_grounds(document: Mapping[str, Any]) -> dict[str, Any]:
    """A plan without anybody's birth date, grounds of exemption, absences, wishes and meetings."""
    return _without_grounds(document, {own["id"] for own in document.get("doctors", [])})


def without_name(roster: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """A roster in which the doctor is called by the code."""
    return dict(_renamed(roster, person))


def replaced(value: Any, pattern: re.Pattern[str] | None) -> Any:
    """A text, or plain values with texts in them; each that names the person is gone."""
    if isinstance(value, str):
        return GONE if pattern and pattern.search(value) else value
    if isinstance(value, Mapping):
        return {replaced(key, pattern): replaced(own, pattern) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [replaced(own, pattern) for own in value]
    return value


def coded(value: Any, person: Person) -> Any:
    """Plain values with the code for the doctor's id, and without texts that name the person.

    Unlike `replaced`, what reads the values still finds one and the same doctor in them.
    """
    if isinstance(value, str):
        if person.doctor and value == person.doctor:
            return person.code
        return replaced(value, person.pattern)
    if isinstance(value, Mapping):
        return {coded(key, person): coded(own, person) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [coded(own, person) for own in value]
    return value


def _without_grounds(document: Mapping[str, Any], doctors: set[str]) -> dict[str, Any]:
    found = dict(document)
    for part in _LISTS:
        if part in found:
            found[part] = [own for own in found[part] if own.get("doctor") not in doctors]
    found["doctors"] = [
        {**_without(own, ("limits",)), "born": _BORN} if own["id"] in doctors else own
        for own in found.get("doctors", [])
    ]
    return found


def _nameless(doctor: Mapping[str, Any], code: str) -> dict[str, Any]:
    own = {key: doctor[key] for key in _KEPT_OF_DOCTOR if key in doctor}
    return {**own, "name": f"Slettet lege ({code})"}


def _without(item: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in keys}


def _renamed(value: Any, person: Person) -> Any:
    """The same with the code wherever the doctor is named: `doctor`, and the doctor's `id`."""
    if isinstance(value, Mapping):
        found = {key: _renamed(own, person) for key, own in value.items()}
        if found.get("doctor") == person.doctor:
            found["doctor"] = person.code
        if isinstance(value.get("doctors"), list):
            for own in found["doctors"]:
                if isinstance(own, dict) and own.get("id") == person.doctor:
                    own["id"] = person.code
        return found
    if isinstance(value, list):
        return [_renamed(own, person) for own in value]
    return value
