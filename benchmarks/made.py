"""Made-up staff-scheduling instances of any size, in the form of the published ones.

``python -m benchmarks.made PEOPLExDAYSxTYPES`` (or ``…/SEED``) writes one as text.

A lawful roster is drawn first; limits, days off, requests and cover are then put around it. So
there always is a roster, and what the drawn one costs is more than or equal to the least. Nobody
has tuned anything to them: they tell what an engine does with instances that it has not met.
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from benchmarks.curtois import Cover, Employee, Instance, Plan, Request, Shift, score

_REST = 11 * 60  # minutes between two shifts, from which the forbidden successions come
_DAY = 24 * 60
_STARTS = (6, 7, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22)
_LENGTHS = (480, 480, 480, 540, 600, 720)
_SHARES = (1.0, 1.0, 1.0, 0.8, 0.6, 0.5)  # of full time
_FULL = 5 / 7  # days of work a day, full time
_UNDER, _OVER = 100, 1  # as in the published instances


@dataclass(frozen=True, slots=True)
class Made:
    """An instance, the roster around which it was made, and what that costs."""

    instance: Instance
    drawn: Plan
    cost: int


@dataclass(frozen=True, slots=True)
class _Person:
    """How one employee works: the limits that are drawn before the row."""

    share: float
    types: tuple[str, ...]
    min_run: int
    max_run: int
    min_off: int
    weekends: int


@lru_cache(maxsize=2)
def made(people: int, days: int, types: int, seed: int = 1) -> Made:
    """An instance; the same for the same sizes and seed.

    Raises:
        ValueError: a size outside 2–200 people, 14–364 days in whole weeks, or 1–32 shift types.
    """
    if not (2 <= people <= 200 and 14 <= days <= 364 and days % 7 == 0 and 1 <= types <= 32):
        raise ValueError(
            f"size ({people} people, {days} days, {types} types) must be within 2–200 people, "
            "14–364 days in whole weeks, and 1–32 types"
        )
    chance = Random(f"{people}/{days}/{types}/{seed}")
    shifts = _shifts(chance, types)
    staff: dict[str, Employee] = {}
    plan: dict[tuple[str, int], str] = {}
    for number in range(1, people + 1):
        person = _person(chance, shifts, days)
        row = _row(chance, person, shifts, days)
        own = _around(chance, f"p{number}", person, row, shifts)
        staff[own.id] = own
        plan.update({(own.id, day): shift for day, shift in enumerate(row) if shift})
    instance = Instance(
        days,
        shifts,
        staff,
        _days_off(chance, staff, plan, days),
        tuple(_wanted(chance, staff, plan, days)),
        tuple(_unwanted(chance, staff, plan, days)),
        tuple(_cover(chance, shifts, plan, days)),
    )
    cost, broken = score(instance, plan)
    if broken:
        raise AssertionError(f"the drawn roster must break nothing: {broken[0]}")
    return Made(instance, plan, cost)


def _shifts(chance: Random, types: int) -> dict[str, Shift]:
    """Types by their start; one cannot follow another where the rest between is too short."""
    times = sorted((chance.choice(_STARTS) * 60, chance.choice(_LENGTHS)) for _ in range(types))
    ids = [f"s{number}" for number in range(1, types + 1)]
    return {
        own: Shift(
            own,
            length,
            frozenset(
                after
                for after, (later, _) in zip(ids, times, strict=True)
                if later + _DAY - (start + length) < _REST
            ),
        )
        for own, (start, length) in zip(ids, times, strict=True)
    }


def _person(chance: Random, shifts: Mapping[str, Shift], days: int) -> _Person:
    known = [own for own in shifts if chance.random() < 0.7]
    min_run = chance.choice((1, 2, 2, 3))
    return _Person(
        share=chance.choice(_SHARES),
        types=tuple(known or [chance.choice(list(shifts))]),
        min_run=min_run,
        max_run=min_run + chance.choice((2, 3, 3)),
        min_off=chance.choice((1, 2, 2, 3)),
        weekends=max(1, days // 7 * chance.choice((3, 4, 5)) // 10),
    )


def _row(
    chance: Random, person: _Person, shifts: Mapping[str, Shift], days: int
) -> list[str | None]:
    """Runs of work and of days off in turn, near the share; weekends only as long as they last."""
    row: list[str | None] = [None] * days
    day = chance.randrange(person.min_off + 2)
    worked, weekends = 0, set[int]()
    while day < days:
        length = chance.randint(person.min_run, person.max_run)
        end = min(days, day + length)
        used = weekends | {own // 7 for own in range(day, end) if own % 7 >= 5}
        if len(used) > person.weekends:
            day += 1  # wait until the weekend is over, or a shorter run fits before it
            continue
        weekends = used
        row[day:end] = _run(chance, person, shifts, end - day)
        worked += end - day
        day = end + person.min_off
        # Whoever is ahead of the share rests longer.
        while day < days and worked > person.share * _FULL * day:
            day += 1
    return row


def _run(
    chance: Random, person: _Person, shifts: Mapping[str, Shift], length: int
) -> list[str | None]:
    """A type for each day of a run; mostly that of the day before."""
    found: list[str | None] = []
    for _ in range(length):
        before = found[-1] if found else None
        barred = shifts[before].not_before if before else frozenset()
        open_types = [own for own in person.types if own not in barred]
        if before in open_types and chance.random() < 0.7:
            found.append(before)
        elif open_types:
            found.append(chance.choice(open_types))
        else:
            return _steady(chance, person, shifts, length)
    return found


def _steady(
    chance: Random, person: _Person, shifts: Mapping[str, Shift], length: int
) -> list[str | None]:
    """One type all the way: every type may follow itself, as none is longer than 13 hours."""
    return [chance.choice(person.types)] * length


def _around(
    chance: Random, name: str, person: _Person, row: list[str | None], shifts: Mapping[str, Shift]
) -> Employee:
    """The employee whose limits the row keeps, some of them just so."""
    minutes = sum(shifts[own].minutes for own in row if own)
    slack = 480 + 60 * chance.randrange(8)
    rare = {own for own in person.types if chance.random() < 0.2}
    return Employee(
        name,
        {
            own: 0
            if own not in person.types
            else row.count(own) + chance.randrange(2)
            if own in rare
            else len(row)
            for own in shifts
        },
        minutes + slack // 2,
        max(0, minutes - slack // 2),
        person.max_run,
        person.min_run,
        person.min_off,
        person.weekends,
    )


def _days_off(
    chance: Random, staff: Mapping[str, Employee], plan: Plan, days: int
) -> dict[str, frozenset[int]]:
    """About one fixed day off in four weeks, of those that are off anyway."""
    found = {}
    for own in staff:
        free = [day for day in range(days) if (own, day) not in plan]
        found[own] = frozenset(chance.sample(free, min(len(free), max(1, days // 28))))
    return found


def _wanted(
    chance: Random, staff: Mapping[str, Employee], plan: Plan, days: int
) -> Iterator[Request]:
    """Some days in a row on which a type is asked for; two in three are what was drawn."""
    for own in staff.values():
        asked = set[int]()
        for _ in range(max(1, days // 14)):
            first, weight = chance.randrange(days), chance.randint(1, 3)
            other = chance.choice(list(own.max_shifts))
            as_drawn = chance.random() < 2 / 3
            for day in range(first, min(days, first + chance.randint(1, 4))):
                shift = plan.get((own.id, day)) if as_drawn else other
                if shift and day not in asked:
                    asked.add(day)
                    yield Request(own.id, day, shift, weight)


def _unwanted(
    chance: Random, staff: Mapping[str, Employee], plan: Plan, days: int
) -> Iterator[Request]:
    """Types on days that are not wanted; one in four stands against what was drawn."""
    for own in staff.values():
        for day in chance.sample(range(days), max(1, days // 14)):
            drawn = plan.get((own.id, day))
            types = [shift for shift in own.max_shifts if shift != drawn]
            if drawn and (chance.random() < 0.25 or not types):
                yield Request(own.id, day, drawn, chance.randint(1, 3))
            elif types:
                yield Request(own.id, day, chance.choice(types), chance.randint(1, 3))


def _cover(chance: Random, shifts: Mapping[str, Shift], plan: Plan, days: int) -> Iterator[Cover]:
    """What the drawn roster has, but here and there: one less in twenty, one more in fifty."""
    present: dict[tuple[int, str], int] = {}
    for (_, day), shift in plan.items():
        present[day, shift] = present.get((day, shift), 0) + 1
    for day in range(days):
        for shift in shifts:
            [moved] = chance.choices((-1, 0, 1), (5, 93, 2))
            needed = max(0, present.get((day, shift), 0) + moved)
            yield Cover(day, shift, needed, _UNDER, _OVER)


def text(instance: Instance) -> str:
    """The instance as a file of the published form; `benchmarks.curtois.read` reads it back."""
    sections = {
        "HORIZON": [str(instance.days)],
        "SHIFTS": [
            f"{own.id},{own.minutes},{'|'.join(sorted(own.not_before))}"
            for own in instance.shifts.values()
        ],
        "STAFF": [_staff_line(own) for own in instance.staff.values()],
        "DAYS_OFF": [
            ",".join([own, *map(str, sorted(days))]) for own, days in instance.days_off.items()
        ],
        "SHIFT_ON_REQUESTS": [_request_line(own) for own in instance.on],
        "SHIFT_OFF_REQUESTS": [_request_line(own) for own in instance.off],
        "COVER": [
            f"{own.day},{own.shift},{own.needed},{own.under},{own.over}" for own in instance.cover
        ],
    }
    return "\n".join(
        line for name, lines in sections.items() for line in (f"SECTION_{name}", *lines, "")
    )


def _staff_line(own: Employee) -> str:
    most = "|".join(f"{shift}={number}" for shift, number in own.max_shifts.items())
    limits = (own.max_minutes, own.min_minutes, own.max_run, own.min_run, own.min_off)
    return ",".join([own.id, most, *map(str, (*limits, own.max_weekends))])


def _request_line(own: Request) -> str:
    return f"{own.employee},{own.day},{own.shift},{own.weight}"


def sizes(name: str) -> tuple[int, int, int, int]:
    """People, days, types and seed of «50x182x6» or «50x182x6/3».

    Raises:
        ValueError: the name is neither.
    """
    size, slash, seed = name.partition("/")
    numbers = [*size.split("x"), seed if slash else "1"]
    if len(numbers) != 4 or not all(own.isascii() and own.isdigit() for own in numbers):
        raise ValueError(f"size ({name}) must be PEOPLExDAYSxTYPES or …/SEED")
    people, days, types, number = map(int, numbers)
    return people, days, types, number


def main() -> None:
    """Write an instance to standard output."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("size", help="PEOPLExDAYSxTYPES, or …/SEED")
    try:
        own = made(*sizes(parser.parse_args().size))
    except ValueError as fault:
        parser.error(str(fault))
    print(f"# Made up. A roster of {own.cost} is known.")
    print(text(own.instance), end="")


if __name__ == "__main__":
    main()
