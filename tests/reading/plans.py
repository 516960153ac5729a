"""A small plan to change in tests, and short words around it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.load import load_bytes
from scheduler.reading.meaning import Reading, to_problem
from scheduler.reading.plan import Plan
from scheduler.reading.settings import Parameters
from scheduler.reading.shape import parse_plan, plan_of
from scheduler.rule import Parameter

Document = dict[str, Any]
Change = Callable[[Document], object]

ALL_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_SMALL: Document = {
    "format": "rettvakt-plan",
    "version": 1,
    "title": "Vår 2027",
    "first_day": "2027-03-01",
    "last_day": "2027-04-30",
    "judged_on": "2026-11-21",
    "municipalities": [{"id": "fjell", "name": "Fjell", "inhabitants": 5000}],
    "places": [{"id": "lv", "name": "Legevakta", "municipality": "fjell"}],
    "doctors": [
        {
            "id": "kari",
            "name": "Kari Nordmann",
            "municipality": "fjell",
            "employment": "self_employed",
            "born": "1980-06-01",
            "practice_share": 0.8,
            "opening_hours": [
                {"weekdays": ["mon", "tue", "wed", "thu"], "start": "08:00", "end": "15:30"},
                {"weekdays": ["fri"], "start": "08:00", "end": "14:00"},
            ],
            "reach": ["lv"],
            "competence": {"specialist_from": "2016-03-01", "duties_done": 310},
            "limits": {"no_nights": True, "not_weekdays": ["wed"], "not_patterns": ["natt"]},
        },
        {
            "id": "åse",
            "name": "Åse Øyen",
            "municipality": "fjell",
            "employment": "employed",
            "born": "1975-01-15",
        },
    ],
    "exemptions": [
        {
            "id": "f1",
            "doctor": "kari",
            "kind": "decision",
            "status": "granted",
            "decided_on": "2026-10-01",
            "valid_from": "2027-01-10",
            "valid_until": "2027-04-30",
        }
    ],
    "patterns": [
        {
            "id": "natt",
            "name": "Natt",
            "presence": "on_site",
            "place": "lv",
            "start": "23:00",
            "end": "08:00",
            "weekdays": ALL_DAYS,
            "burden": 15,
        },
        {
            "id": "bak",
            "name": "Bakvakt",
            "presence": "home",
            "role": "backup",
            "place": "lv",
            "start": "08:00",
            "end": "08:00",
            "weekdays": ["sat", "sun"],
            "backs_up": ["natt"],
            "block": ["weekend"],
        },
    ],
    "municipal_duties": [
        {"id": "sykehjem", "name": "Sykehjemmet", "municipality": "fjell", "place": "lv"}
    ],
    "sessions": [{"duty": "sykehjem", "weekdays": ["tue"], "start": "12:00", "end": "15:00"}],
    "school_terms": [{"name": "Vår", "first_day": "2027-01-04", "last_day": "2027-03-19"}],
    "agreements": [{"doctor": "kari", "duty": "sykehjem", "hours_per_week": 3}],
    "meetings": [
        {
            "doctor": "kari",
            "kind": "administrative",
            "date": "2027-03-04",
            "start": "13:00",
            "end": "15:00",
        }
    ],
    "absences": [
        {"doctor": "kari", "kind": "holiday", "start": "2027-03-08", "end": "2027-03-12"},
        {"doctor": "åse", "kind": "course", "start": "2027-03-03T12:00", "end": "2027-03-03T16:30"},
    ],
    "wishes": [{"id": "ø1", "doctor": "åse", "attitude": "rather_not", "start": "2027-04-10"}],
    "pins": [{"doctor": "åse", "pattern": "natt", "date": "2027-03-02"}],
    "tail": [
        {"doctor": "åse", "pattern": "natt", "date": "2027-02-10"},
        {"doctor": "kari", "pattern": "natt", "date": "2027-02-27", "start": "22:30"},
    ],
    "ledger": [{"doctor": "kari", "points": 2.25, "holidays": {"christmas": 2025}}],
    "published": [{"doctor": "åse", "pattern": "natt", "date": "2027-03-02"}],
    "settings": {
        "rest_between_work": {"hours": 8, "counts": "none"},
        "weights": {"by_class": {"1": 0.5, "2": 1}, "on": True, "limit": None},
    },
}

PARAMETERS = {
    "rest_between_work": (
        Parameter("hours", "Hvile", 8, "timer", 8, 11),
        Parameter("counts", "Hjemmevakt som hvile", "none", choices=("none", "class 1")),
        Parameter("right_age", "Aldersgrense", 60, "år", fixed=True),
    ),
    "weights": (
        Parameter("by_class", "Vekt etter vaktklasse", {"1": 1.0, "2": 1.0}, low=0, high=5),
        Parameter("on", "I bruk", True),
        Parameter("limit", "Grense", None, "vakter", low=1, high=10),
    ),
}


def small(change: Change | None = None) -> Document:
    """A copy of the small plan, changed."""
    document = deepcopy(_SMALL)
    if change:
        change(document)
    return document


def with_patterns(*patterns: Document, **more: Any) -> Document:
    """A plan of these patterns alone."""
    document = {
        key: deepcopy(_SMALL[key])
        for key in ("title", "first_day", "last_day", "judged_on", "municipalities", "places")
    }
    usual = {"presence": "on_site", "place": "lv", "start": "23:00", "end": "08:00"}
    named = [
        usual | {"id": f"p{n}", "name": f"P{n}", "weekdays": ALL_DAYS} | own
        for n, own in enumerate(patterns)
    ]
    return document | {"doctors": [deepcopy(_SMALL["doctors"][1])], "patterns": named} | more


def reading(document: Document) -> Reading:
    """What the document means, settings judged."""
    return to_problem(parse_plan(document), PARAMETERS)


def faults(document: object) -> tuple[Fault, ...]:
    """The faults of shape or meaning."""
    try:
        to_problem(parse_plan(document), PARAMETERS)
    except PlanError as error:
        return error.faults
    return ()


def the_fault(document: object) -> Fault:
    """The only fault."""
    found = faults(document)
    assert len(found) == 1, found
    return found[0]


def plan_in(content: bytes, name: str) -> Plan:
    """The plan in the content of a file."""
    return plan_of(load_bytes(content, name))


def problem_in(content: bytes, name: str, parameters: Parameters | None = None) -> Reading:
    """What the plan in the content of a file means; faults name its places."""
    source = load_bytes(content, name)
    return to_problem(plan_of(source), parameters, source.places)


def exemption(kind: str, status: str, **dates: str) -> Document:
    """An exemption of Åse, as a plan writes it."""
    return {"id": "f2", "doctor": "åse", "kind": kind, "status": status, **dates}
