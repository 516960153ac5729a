"""What duties cost by the hourly rates that a person has written, and nothing else.

A minute that belongs to several classes has the dearest rate, once, as burden points have. A
column without any rate has no price: its hours are told as unpriced, never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.duty import ShiftPattern
from scheduler.domain.points import NUMBER, ORDINARY, Column, HourClass, pieces
from scheduler.domain.roster import Timetable
from scheduler.reading.faults import Fault
from scheduler.reading.places import Places
from scheduler.whatif.scenarios import CostRate
from scheduler.writing.wording import HOUR_CLASSES, number

COLUMNS = {"on_site": "tilstedevakt", "home": "hjemmevakt", "backup": "bakvakt"}


@dataclass(frozen=True, slots=True)
class DutyCost:
    """The price of all duties that are worked.

    Attributes:
        kroner: None where no rate was given at all.
        unpriced_minutes: of duties in columns without rates.
    """

    kroner: Fraction | None
    unpriced_minutes: int


def columns(rates: Sequence[CostRate]) -> Mapping[str, Column]:
    """Øre an hour by class, for each column that has rates; special classes default to none."""
    found: dict[str, Column] = {}
    for name in COLUMNS:
        given = {row.hours: getattr(row, name) for row in rates if getattr(row, name) is not None}
        if given:
            found[name] = tuple(round(given.get(hours, Fraction(0)) * 100) for hours in NUMBER)
    return found


def duty_cost(timetable: Timetable, rates: Sequence[CostRate]) -> DutyCost:
    """What the doctors' shifts cost, each hour of each doctor."""
    priced = columns(rates)
    total, unpriced = Fraction(0), 0
    for doctor in timetable.problem.doctors:
        for duty in timetable.duties_of(doctor.id):
            if not isinstance(duty.type, ShiftPattern):
                continue
            column = priced.get(duty.type.column_name)
            if column is None:
                unpriced += duty.minutes
            else:
                total += sum(piece.burden for piece in pieces(duty.interval, column))
    return DutyCost(total / 100 if priced else None, unpriced)


def faults(rates: Sequence[CostRate], places: Places) -> list[Fault]:
    """Rows that are doubled, and columns that lack one of the ordinary hours."""
    found = []
    seen: set[HourClass] = set()
    for place, row in enumerate(rates):
        if row.hours in seen:
            found.append(
                Fault(
                    places.name(("hourly_cost", place, "hours")),
                    HOUR_CLASSES[row.hours],
                    "Denne tiden har allerede en sats.",
                    "La hver tid stå én gang, med alle satsene på samme sted.",
                )
            )
        seen.add(row.hours)
    for name, title in COLUMNS.items():
        given = {row.hours for row in rates if getattr(row, name) is not None}
        lacking = [HOUR_CLASSES[hours] for hours in ORDINARY if given and hours not in given]
        if lacking:
            found.append(
                Fault(
                    places.name(("hourly_cost",)),
                    "",
                    f"Satsene for {title} mangler {' og '.join(lacking)}.",
                    "Oppgi dag, kveld og natt for hver vaktform som skal ha en pris.",
                )
            )
    return found


def in_words(rates: Sequence[CostRate]) -> tuple[str, ...]:
    """«Tilstedevakt: dag 300, kveld 350, natt 500 kr per time»."""
    lines = []
    for name, title in COLUMNS.items():
        own = [
            f"{HOUR_CLASSES[row.hours]} {number(float(getattr(row, name)))}"
            for row in rates
            if getattr(row, name) is not None
        ]
        if own:
            lines.append(f"{title.capitalize()}: {', '.join(own)} kr per time")
    return tuple(lines)
