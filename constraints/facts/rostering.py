"""What the general rostering rules share: settings by doctor, days of work, known days.

The rules of the rostering literature (cover, succession, runs, requests) take their values
as flat mappings, which a cell of a workbook or a YAML plan can hold: the key is an id or a
path of ids, "*" is everybody (or every pattern), and a path is written with slashes, as in
``{"kari/2027-03-05/natt": 2}``. None takes back what is said more generally. What is
misspelt must not go unnoticed, so a wrong shape is refused at once and names that the
problem lacks are told (`strangers`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, TypeVar

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.rule import Case, Level, Outcome

T = TypeVar("T")

EVERY = "*"
LEVELS = tuple(level.name.lower() for level in Level)


# --- reading settings -----------------------------------------------------------------------


def own_value(values: Mapping[str, T | None], *path: str) -> T | None:
    """The value for exactly this path, else for a more general one, else None.

    The earlier part weighs more: "kari/*" goes before "*/natt".
    """
    for parts in product(*((part, EVERY) for part in path)):
        key = "/".join(parts)
        if key in values:
            return values[key]
    return None


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


def as_day(where: str, text: str) -> date:
    """The date that an ISO text «2027-03-28» names.

    Raises:
        ValueError: it names none.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"{where} ({text!r}) must be a date such as 2027-03-28")
    return day


def paths(
    where: str, values: object, least: int = 1, most: int | None = None
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """The name of each entry for messages, the parts of its key, and its value.

    Args:
        where: the setting's name.
        values: what was set.
        least: the smallest number of parts.
        most: the largest; `least` unless given.

    Raises:
        ValueError: it is no mapping, or a key has another number of parts.
    """
    if not isinstance(values, Mapping):
        raise ValueError(f"{where} ({values!r}) must be a mapping from id (or *) to value")
    for key, value in values.items():
        parts = tuple(str(key).split("/"))
        if not isinstance(key, str) or not least <= len(parts) <= (most or least) or "" in parts:
            wanted = f"{least} to {most}" if most else str(least)
            raise ValueError(f"{where} has the key {key!r}, which must have {wanted} parts")
        yield f"{where}.{key}", parts, value


def whole(where: str, value: object, *, low: int = 0) -> None:
    """Refuse all but None and whole numbers that are at least `low`.

    Raises:
        ValueError: it is something else.
    """
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < low):
        raise ValueError(f"{where} ({value!r}) must be a whole number, at least {low}")


def switch(where: str, value: object) -> None:
    """Refuse all but None, true and false.

    Raises:
        ValueError: it is something else.
    """
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{where} ({value!r}) must be true or false")


def numbers(where: str, values: object, *, low: int = 0) -> None:
    """Refuse all but a mapping from doctor to whole numbers.

    Raises:
        ValueError: a value is no whole number, or is below `low`.
    """
    for name, _, value in paths(where, values):
        whole(name, value, low=low)


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
        for stranger in sorted(set(names) - {EVERY} - present.keys()):
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
