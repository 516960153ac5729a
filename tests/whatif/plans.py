"""A small plan of two municipalities, and a change as a file would write it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.whatif import TERMS
from scheduler.reading.places import TextPlaces
from scheduler.reading.plan import Plan
from scheduler.reading.shape import parse_plan
from scheduler.whatif.applying import Means, apply
from scheduler.whatif.changes import KINDS
from scheduler.whatif.refusal import RefusalError
from tests.api.plans import tiny

Document = dict[str, Any]


def two_towns(change: Callable[[Document], object] | None = None) -> Document:
    """Fjell with its three doctors, and Dal with one of 61, a station and a municipal duty."""

    def more(document: Document) -> None:
        document["municipalities"].append({"id": "dal", "name": "Dal", "inhabitants": 1000})
        document["places"] += [
            {"id": "dal-lv", "name": "Dal legevakt", "municipality": "dal"},
            {"id": "dal-hjem", "name": "Dal sykehjem", "municipality": "dal"},
        ]
        document["doctors"].append(
            {
                **document["doctors"][0],
                "id": "gro",
                "name": "Gro Dalen",
                "municipality": "dal",
                "born": "1965-05-05",
                "reach": ["dal-lv", "dal-hjem"],
            }
        )
        document["patterns"].append(
            {
                "id": "dal-natt",
                "name": "Dal natt",
                "presence": "home",
                "place": "dal-lv",
                "start": "20:00",
                "end": "08:00",
                "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "duty_class": 1,
                "burden": 12,
            }
        )
        document["municipal_duties"] = [
            {"id": "tilsyn", "name": "Tilsyn", "municipality": "dal", "place": "dal-hjem"}
        ]
        document["sessions"] = [
            {"duty": "tilsyn", "weekdays": ["tue"], "start": "12:00", "end": "14:00"}
        ]
        document["agreements"] = [{"doctor": "gro", "duty": "tilsyn", "hours_per_week": 2}]
        document["absences"] = [{"doctor": "gro", "kind": "course", "start": "2027-03-03"}]
        document["wishes"] = [
            {
                "id": "ø1",
                "doctor": "gro",
                "attitude": "rather_not",
                "start": "2027-03-05",
                "patterns": ["dal-natt"],
            }
        ]
        document["tail"].append({"doctor": "gro", "pattern": "dal-natt", "date": "2027-02-27"})
        document["ledger"] = [{"doctor": "gro", "points": 5, "holidays": {"easter": 2026}}]
        if change:
            change(document)

    return tiny(more)


def plan_of(change: Callable[[Document], object] | None = None) -> Plan:
    """The plan of two municipalities in memory."""
    return parse_plan(two_towns(change), TextPlaces())


def done(plan: Plan, /, **change: Any) -> Plan:
    """The plan with one change made, seen as the file would be read back."""
    own = KINDS[change["change"]].model_validate(change)
    found = apply(own, plan, Means(TERMS, lambda name: _other(name)))
    again = Plan.model_validate(found.to_document())
    assert again == found  # what comes out can be written and read
    return found


def refused(plan: Plan, /, **change: Any) -> RefusalError:
    """The refusal of a change that cannot be made."""
    with pytest.raises(RefusalError) as told:
        done(plan, **change)
    assert told.value.problem.endswith(".")
    assert told.value.remedy.endswith(".")
    return told.value


def _other(name: str) -> Plan:
    from api.library import read_plan

    return read_plan(Path(name))[0]
