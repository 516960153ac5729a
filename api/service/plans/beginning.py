"""How a plan begins where there is no file: the smallest one, or an example district."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from api import library
from fixtures.files import fixture
from scheduler.reading.plan import FORMAT, VERSION
from scheduler.reading.scalars import Weekday
from scheduler.reading.shape import parse_plan

_OTHER = re.compile(r"[^\w.\-]+")
_LONGEST = 40


class Example(StrEnum):
    """The example districts that are small enough to look around in."""

    OY = "oy"
    FJELL = "fjell"
    BY = "by"


def example(name: Example) -> library.LoadedPlan:
    """An invented district; see `fixtures`."""
    return library.read(fixture(name.value))


def smallest(
    head: dict[str, Any],
    municipality: dict[str, Any],
    place: str,
    doctor: dict[str, Any],
    shift: dict[str, Any],
) -> library.LoadedPlan:
    """A plan with one municipality, one place, one doctor and one shift, to go on from.

    Args:
        head: title, first_day, last_day and judged_on.
        municipality: name and inhabitants.
        place: name of the legevakt.
        doctor: name, born and employment of the first doctor.
        shift: name, presence, start and end of a shift that comes back every day.

    Raises:
        scheduler.reading.faults.PlanError: with every fault.
    """
    town = id_of(municipality["name"], ())
    station = id_of(place, ())
    document = {
        "format": FORMAT,
        "version": VERSION,
        **head,
        "municipalities": [{"id": town, **municipality}],
        "places": [{"id": station, "name": place, "municipality": town}],
        "doctors": [{"id": id_of(doctor["name"], ()), "municipality": town, **doctor}],
        "patterns": [
            {
                "id": id_of(shift["name"], ()),
                "place": station,
                "weekdays": [own.value for own in Weekday],
                **shift,
            }
        ],
    }
    return library.understand(parse_plan(document))


def id_of(name: str, taken: Iterable[str]) -> str:
    """A short id that is read off a name: «kari-nordmann», with a number if that is taken."""
    plain = unicodedata.normalize("NFC", name).casefold()
    own = _OTHER.sub("-", plain)[:_LONGEST].strip("-._") or "ny"
    used, number, found = set(taken), 1, own
    while found in used:
        number += 1
        found = f"{own}-{number}"
    return found
