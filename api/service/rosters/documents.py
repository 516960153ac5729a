"""A stored roster's document: assignments and provenance, without the plan."""

import json

from api.service.documents import canonical
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Roster
from scheduler.reading.roster_document import roster_in
from scheduler.writing.roster_json import to_document


def written(roster: Roster) -> str:
    """The roster as stored text; equal rosters give equal text."""
    document = to_document(roster)
    del document["plan"]
    return canonical(document)


def read(text: str, problem: Problem) -> Roster:
    """The roster in stored text.

    Raises:
        scheduler.reading.faults.PlanError: it belongs to another plan.
    """
    return roster_in(json.loads(text), problem, "Vaktplanen")


def assignments(text: str) -> frozenset[Assignment]:
    """The assignments in stored text, whatever the plan."""
    return frozenset(
        Assignment(own["duty"], own["doctor"]) for own in json.loads(text)["assignments"]
    )
