"""Invented districts of any size, for measuring: from 5 to 200 doctors, from 4 to 52 weeks.

The shape is that of the example districts: offices of four or five in municipalities of about
eight doctors, one station for every forty doctors with evening, weekend and night duty on site
and a backup at home, and municipal work on fixed days. The number of duties a day follows the
number of stations, so that the load of a doctor falls as a district grows within one station.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from api import library
from fixtures.parts import ALL_DAYS, WEEKEND, WORKDAYS, Item, absence, at_home, item, session, shift
from fixtures.people import Office, People, ages
from scheduler.reading.plan import Plan

FIRST, JUDGED = date(2027, 1, 4), date(2026, 11, 21)
PER_STATION, PER_MUNICIPALITY, PER_OFFICE = 40, 8, 4
ON_SITE_FROM = 12
"""From so many doctors on the nights are on site and there is a backup; fewer wait at home."""


def district(doctors: int, weeks: int, seed: int = 1) -> library.LoadedPlan:
    """A district as a plan that has been read.

    Raises:
        ValueError: a size outside 5–200 doctors or 1–52 weeks.
    """
    if not 5 <= doctors <= 200 or not 1 <= weeks <= 52:
        raise ValueError(
            f"size ({doctors} doctors, {weeks} weeks) must be within 5–200 doctors and 1–52 weeks"
        )
    return library.understand(Plan.model_validate(document(doctors, weeks, seed)))


def document(doctors: int, weeks: int, seed: int = 1) -> dict[str, Any]:
    """The plan as it would be written down."""
    rng = Random(f"{doctors}/{weeks}/{seed}")
    people = People(rng, FIRST, JUDGED)
    last = FIRST + timedelta(weeks=weeks, days=-1)
    stations = 1 + (doctors - 1) // PER_STATION
    towns = _towns(doctors, stations)
    gps = _gps(rng, people, towns)
    return {
        "title": f"Måledistrikt, {doctors} leger, {weeks} uker",
        "first_day": FIRST.isoformat(),
        "last_day": last.isoformat(),
        "judged_on": JUDGED.isoformat(),
        "municipalities": [
            item(id=town, name=town.capitalize(), inhabitants=1000 * size)
            for town, size, _ in towns
        ],
        "places": [
            *(item(id=_station(n), name=f"Legevakt {n + 1}") for n in range(stations)),
            *(
                item(id=f"{town}-sykehjem", name=f"{town.capitalize()} sykehjem", municipality=town)
                for town, _, _ in towns
            ),
        ],
        "doctors": gps,
        "exemptions": claims(gps),
        "patterns": [own for n in range(stations) for own in _patterns(n, doctors)],
        "municipal_duties": [
            item(
                id=f"{town}-sykehjem",
                name=f"{town.capitalize()} sykehjem",
                municipality=town,
                place=f"{town}-sykehjem",
                kind="nursing_home",
                continuity="few_doctors",
            )
            for town, _, _ in towns
        ],
        "sessions": [
            session(f"{town}-sykehjem", ["tue", "thu"], "12:30-15:00") for town, _, _ in towns
        ],
        "agreements": [
            item(doctor=_first_of(gps, town), duty=f"{town}-sykehjem", hours_per_week=2.5)
            for town, _, _ in towns
        ],
        "absences": absences(rng, gps, weeks),
        "wishes": wishes(rng, gps, weeks),
    }


def _station(number: int) -> str:
    return f"legevakt-{number + 1}"


def _towns(doctors: int, stations: int) -> list[tuple[str, int, int]]:
    """Municipalities: id, number of doctors, station; each station has its own."""
    found: list[tuple[str, int, int]] = []
    for station in range(stations):
        here = doctors // stations + (station < doctors % stations)
        while here:
            # A rest of fewer than half a municipality joins the last one.
            size = here if here < 1.5 * PER_MUNICIPALITY else PER_MUNICIPALITY
            found.append((f"kommune-{len(found) + 1}", size, station))
            here -= size
    return found


def _gps(rng: Random, people: People, towns: list[tuple[str, int, int]]) -> list[Item]:
    drawn = ages(rng, sum(size for _, size, _ in towns))
    found: list[Item] = []
    for town, size, station in towns:
        reach = [_station(station), f"{town}-sykehjem"]
        for place in range(size):
            office = Office(
                f"{town.capitalize()} legekontor {1 + place // PER_OFFICE}", town, PER_OFFICE
            )
            share = people.share() if place else 1.0
            found.append(people.gp(office, drawn[len(found)], share=share, reach=reach))
    return found


def _first_of(gps: list[Item], town: str) -> str:
    return next(str(gp["id"]) for gp in gps if gp["municipality"] == town)


def claims(gps: list[Item]) -> list[Item]:
    """Every second doctor over sixty has claimed the right."""
    old = [str(gp["id"]) for gp in gps if str(gp["born"]) < "1966-06-01"]
    return [
        item(id=f"f{n}", doctor=own, kind="age", status="claimed", claimed_from=JUDGED)
        for n, own in enumerate(old[::2], start=1)
    ]


def _patterns(number: int, doctors: int) -> list[Item]:
    place, tag = _station(number), f"-{number + 1}"
    own = [
        shift(f"kveld{tag}", "Kveldsvakt", place, WORKDAYS, "15:30-23:00"),
        shift(f"helgedag{tag}", "Helgevakt dag", place, WEEKEND, "08:00-15:30"),
        shift(f"helgekveld{tag}", "Helgevakt kveld", place, WEEKEND, "15:30-23:00"),
        # The offices close at noon on working eves.
        shift(f"aften{tag}", "Ettermiddag", place, WORKDAYS, "12:00-15:30", eves="only"),
    ]
    if doctors < ON_SITE_FROM:
        own.append(at_home(f"natt{tag}", "Nattevakt", place, ALL_DAYS, "23:00-08:00"))
    else:
        own.append(shift(f"natt{tag}", "Nattevakt", place, ALL_DAYS, "23:00-08:00"))
        backed = [str(pattern["id"]) for pattern in own]
        more = Item(role="backup", backs_up=backed)
        own.append(at_home(f"bakvakt{tag}", "Bakvakt", place, ALL_DAYS, "15:30-23:00", **more))
    return own


def absences(rng: Random, gps: list[Item], weeks: int) -> list[Item]:
    """A week away for each in every quarter that the plan covers, by turns."""
    found = []
    for turn, gp in enumerate(gps):
        for quarter in range(weeks // 13):
            week = 13 * quarter + (turn + rng.randrange(3)) % 13
            first = FIRST + timedelta(weeks=week)
            found.append(absence(str(gp["id"]), "holiday", first, first + timedelta(days=6)))
    return found


def wishes(rng: Random, gps: list[Item], weeks: int) -> list[Item]:
    """Two for each, for or against duty on some days in a row."""
    found: list[Item] = []
    for gp in gps:
        for _ in range(2):
            day = FIRST + timedelta(days=rng.randrange(7 * weeks))
            found.append(
                item(
                    id=f"ø{len(found) + 1}",
                    doctor=gp["id"],
                    attitude=("rather_not", "want", "rather_not")[rng.randrange(3)],
                    start=day,
                    end=day + timedelta(days=rng.randrange(3)),
                )
            )
    return found
