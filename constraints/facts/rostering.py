"""What the general rostering rules share: settings by doctor, days of work, known days.

The rules of the rostering literature (cover, succession, runs, requests) take their values
as mappings that can stand in a YAML plan: keys are ids, "*" is everybody, days are dates or
ISO texts. What is misspelt must not go unnoticed, so shapes are refused at once and names
that the problem lacks are told (`strangers`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.rule import Case, Level, Outcome

T = TypeVar("T")

EVERYBODY = "*"
LEVELS = tuple(level.name.lower() for level in Level)


# --- reading settings -----------------------------------------------------------------------


def own_value(values: Mapping[str, T], doctor: str) -> T | None:
    """The doctor's own value, else the one for everybody, else None."""
    return values.get(doctor, values.get(EVERYBODY))


def level_named(name: str) -> Level:
    """The level of the objective with this name.

    Raises:
        ValueError: there is none.
    """
    if name not in LEVELS:
        raise ValueError(f"level ({name!r}) must be one of {', '.join(LEVELS)}")
    return Level[name.upper()]


def price_of(level: Level, price: int | None) -> int:
    """How many of the level's integers weight 1 costs: one unit of the level unless set."""
    return level.scale if price is None else price


def as_day(where: str, value: object) -> date:
    """A date, or an ISO text «2027-03-28», as a date.

    Raises:
        ValueError: it is neither.
    """
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{where} ({value!r}) must be a date such as 2027-03-28") from None


def whole(where: str, value: object, *, low: int = 0) -> int:
    """A whole number that is at least `low`.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < low:
        raise ValueError(f"{where} ({value!r}) must be a whole number, at least {low}")
    return value


def mapping(where: str, value: object) -> Mapping[str, Any]:
    """A mapping from text.

    Raises:
        ValueError: it is not a mapping, or a key is not text.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"{where} ({value!r}) must be a mapping from id (or *) to value")
    for key in value:
        if not isinstance(key, str):
            raise ValueError(f"{where} has the key {key!r}, which must be an id in quotes")
    return value


def sequence(where: str, value: object) -> list[Any]:
    """A list.

    Raises:
        ValueError: it is not a list.
    """
    if not isinstance(value, list | tuple):
        raise ValueError(f"{where} ({value!r}) must be a list")
    return list(value)


def record(where: str, value: object, required: set[str], optional: set[str]) -> Mapping[str, Any]:
    """A mapping with these keys and no others.

    Raises:
        ValueError: a key is missing or not known.
    """
    own = mapping(where, value)
    missing, strange = required - own.keys(), own.keys() - required - optional
    if missing:
        raise ValueError(f"{where} ({dict(own)}) must have {', '.join(sorted(missing))}")
    if strange:
        known = ", ".join(sorted(required | optional))
        raise ValueError(f"{where} must not have {', '.join(sorted(strange))}; it can have {known}")
    return own


def numbers(where: str, values: object, *, low: int = 0) -> None:
    """Refuse all but a mapping from id to whole numbers.

    Raises:
        ValueError: a value is not a whole number, or is below `low`.
    """
    for key, value in mapping(where, values).items():
        whole(f"{where}.{key}", value, low=low)


# --- names that the problem does not have ---------------------------------------------------


def strangers(
    rule: str, problem: Problem, *, doctors: Iterable[str] = (), patterns: Iterable[str] = ()
) -> Iterator[Case]:
    """A notice for each name in the settings that the problem lacks: often a misspelling."""
    known: tuple[tuple[str, Iterable[str], Mapping[str, Any]], ...] = (
        ("legen", doctors, problem.doctor_by_id),
        ("vakttypen", patterns, problem.type_by_id),
    )
    for kind, names, present in known:
        for stranger in sorted(set(names) - {EVERYBODY} - present.keys()):
            yield Case(rule, Outcome.NOTICE, facts=(("kind", kind), ("name", stranger)))


def stranger_told(title: str, case: Case) -> str:
    """«Innstillingen «Faste fridager» nevner legen «karri», som ikke finnes i planen.»"""
    return (
        f"Innstillingen «{title}» nevner {case.fact('kind')} «{case.fact('name')}», "
        "som ikke finnes i planen."
    )


# --- days -----------------------------------------------------------------------------------


def by_day(work: Iterable[tuple[Duty, T]]) -> dict[date, list[tuple[Duty, T]]]:
    """Work by the Oslo day on which it starts."""
    found: dict[date, list[tuple[Duty, T]]] = {}
    for duty, value in work:
        found.setdefault(duty.day, []).append((duty, value))
    return found


def first_known_day(problem: Problem) -> date:
    """The first day of which the work is known: the tail's first, else the period's.

    Nobody knows how long a run had lasted that touches this day.
    """
    return min((past.duty.day for past in problem.tail), default=problem.first_day)
