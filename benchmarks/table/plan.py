"""An invented legevakt with three to five duties a day, of any number of doctors and weeks.

One municipality with offices of four, one station with evening, night and backup (at weekends
also a day shift), and three sessions of municipal work a week that no agreement covers. A week
away each quarter, wishes for and against duty, every second doctor over sixty exempt.
"""

from datetime import timedelta
from random import Random
from typing import Any

from api import library
from benchmarks.districts import FIRST, JUDGED, PER_OFFICE, absences, claims, wishes
from fixtures.parts import ALL_DAYS, WEEKEND, WORKDAYS, Item, at_home, item, session, shift
from fixtures.people import Office, People, ages
from scheduler.reading.plan import Plan

TOWN, STATION = "kommune-1", "legevakt"
WORK = (("sykehjem", "Sykehjem", "nursing_home"), ("helsestasjon", "Helsestasjon", "child_health"))


def table_plan(doctors: int, weeks: int, seed: int = 1) -> library.LoadedPlan:
    """The district as a plan that has been read.

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
    rng = Random(f"table/{doctors}/{weeks}/{seed}")
    gps = _gps(rng, doctors)
    return {
        "title": f"Måletabell, {doctors} leger, {weeks} uker",
        "first_day": FIRST.isoformat(),
        "last_day": (FIRST + timedelta(weeks=weeks, days=-1)).isoformat(),
        "judged_on": JUDGED.isoformat(),
        "municipalities": [item(id=TOWN, name="Kommune 1", inhabitants=1000 * doctors)],
        "places": [
            item(id=STATION, name="Legevakten"),
            *(item(id=own, name=name, municipality=TOWN) for own, name, _ in WORK),
        ],
        "doctors": gps,
        "exemptions": claims(gps),
        "patterns": _patterns(),
        "municipal_duties": [
            item(
                id=own,
                name=name,
                municipality=TOWN,
                place=own,
                kind=kind,
                continuity="few_doctors",
            )
            for own, name, kind in WORK
        ],
        "sessions": [
            session("sykehjem", ["tue", "thu"], "12:30-15:00"),
            session("helsestasjon", ["wed"], "12:30-15:00"),
        ],
        "absences": absences(rng, gps, weeks),
        "wishes": wishes(rng, gps, weeks),
        # Refusals cost the same one by one, and weekdays nothing: every peer can say that.
        "settings": {"wishes": {"spread": 0}, "duty_continuity": {"weekday_price": 0}},
    }


def _gps(rng: Random, doctors: int) -> list[Item]:
    people, drawn = People(rng, FIRST, JUDGED), ages(rng, doctors)
    reach = [STATION, *(own for own, _, _ in WORK)]
    return [
        people.gp(
            Office(f"Legekontor {1 + place // PER_OFFICE}", TOWN, PER_OFFICE),
            age,
            share=people.share(),
            reach=reach,
        )
        for place, age in enumerate(drawn)
    ]


def _patterns() -> list[Item]:
    own = [
        shift("kveld", "Kveldsvakt", STATION, WORKDAYS, "15:30-23:00"),
        shift("helgedag", "Helgevakt dag", STATION, WEEKEND, "08:00-15:30"),
        shift("helgekveld", "Helgevakt kveld", STATION, WEEKEND, "15:30-23:00"),
        # The offices close at noon on working eves.
        shift("aften", "Ettermiddag", STATION, WORKDAYS, "12:00-15:30", eves="only"),
        shift("natt", "Nattevakt", STATION, ALL_DAYS, "23:00-08:00"),
    ]
    backed = Item(role="backup", backs_up=[str(pattern["id"]) for pattern in own])
    return [*own, at_home("bakvakt", "Bakvakt", STATION, ALL_DAYS, "15:30-23:00", **backed)]
