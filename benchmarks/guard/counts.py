"""What is counted: calls while reading, modelling, checking and trying moves, and model sizes.

All on districts so small that the whole takes a few seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from api import library
from benchmarks.districts import document
from benchmarks.guard.calls import calls
from benchmarks.guard.cooling import left_after_cooling
from benchmarks.instances import Loaded
from benchmarks.rules import size
from scheduler.changes.move import Move
from scheduler.changes.stops import Stops
from scheduler.checking import check
from scheduler.domain.roster import Roster, Timetable
from scheduler.reading.plan import Plan
from scheduler.solving.construct import construct
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index

SMALL, LARGE, WEEKS = 12, 24, 5
"""Two districts of one station, one with twice the doctors of the other."""

DRAFT = "Draft: calls per doctor-week"

Counts = Mapping[str, float]


def measure() -> Counts:
    """Every count by name; smaller is better throughout."""
    return dict(_counts())


def _counts() -> Iterator[tuple[str, float]]:
    for doctors in (SMALL, LARGE):
        # Uncounted: what the process keeps for good (days, clock changes) may be there or not.
        first = library.understand(Plan.model_validate(document(doctors, WEEKS)))
        Draft(first.problem, first.rules)
    plain = document(SMALL, WEEKS)
    read: list[library.LoadedPlan] = []
    per_week = SMALL * WEEKS
    yield (
        "reading: calls per doctor-week",
        calls(lambda: read.append(library.understand(Plan.model_validate(plain)))) / per_week,
    )
    small = Loaded("small", read[0].problem, read[0].rules)
    draft, drawn = drafted(small)
    yield DRAFT, drawn / per_week
    yield "Draft: calls before a first roster, per doctor-week", _demanded(plain) / per_week
    larger = library.understand(Plan.model_validate(document(LARGE, WEEKS)))
    twice, drawn_twice = drafted(Loaded("large", larger.problem, larger.rules))
    yield "Draft: calls, twice the doctors to once", drawn_twice / drawn
    for name, own, double in zip(
        ("variables", "constraints", "non-zeros"), size(draft), size(twice), strict=True
    ):
        yield f"model: {name} per doctor-week", own / per_week
        yield f"model: {name}, twice the doctors to once", double / own
    index = Index(draft.model)
    chosen = construct(index, 1).chosen
    roster = Roster.of(small.problem, draft.assignments(chosen))
    timetable = Timetable(replace(small.problem), roster)
    yield (
        "check: calls per doctor-week",
        calls(lambda: check(timetable, small.rules, explain_holes=False)) / per_week,
    )
    yield "a move judged: calls a doctor", _moves(timetable, small)
    yield "annealing: value left over after a fixed number of proposals", left_after_cooling()


def drafted(loaded: Loaded) -> tuple[Draft, int]:
    """The model, and the calls that it took."""
    made: list[Draft] = []

    def draw() -> None:
        made.append(Draft(loaded.problem, loaded.rules))

    count = calls(draw)
    return made[0], count


def _demanded(document: dict[str, Any]) -> int:
    """The calls that posting the demands alone takes."""
    plan = library.understand(Plan.model_validate(document))
    return calls(lambda: Draft(plan.problem, plan.rules, demands_first=True))


def _moves(timetable: Timetable, loaded: Loaded) -> float:
    """One duty offered to everybody, as ranked takers and repair do."""
    problem = timetable.problem
    taken = next(d for d in problem.duties if d.is_shift and timetable.doctors_on(d.id))
    [owner, *_] = timetable.doctors_on(taken.id)
    others = [own.id for own in problem.doctors if own.id != owner]

    def judge() -> None:
        stops = Stops(timetable, loaded.rules)
        for doctor in others:
            stops.own(Move(((owner, taken.unit),), ((doctor, taken.unit),)))

    return calls(judge) / len(others)
