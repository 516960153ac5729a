"""A roster as somebody sees it who is not to know all doctors by name."""

from dataclasses import replace

from api.service.plans.redaction import Naming
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable


def masked(timetable: Timetable, naming: Naming) -> Timetable:
    """The same duties with doctors called as the reader knows them, and nothing else of the plan.

    What a plan says of its doctors besides (exemptions, absences, wishes, accounts) is left out.

    Args:
        timetable: of the roster.
        naming: id, name and municipality of a doctor to the id and name that are shown.
    """
    problem = timetable.problem
    shown = {own.id: naming(own.id, own.name, own.municipality) for own in problem.doctors}
    doctors = (
        replace(own, id=shown[own.id][0], name=shown[own.id][1], office=None)
        for own in problem.doctors
    )
    bare = replace(
        problem,
        doctors=tuple(sorted(doctors, key=lambda own: own.id)),
        agreements=(),
        meetings=(),
        exemptions=(),
        absences=(),
        wishes=(),
        pins=(),
        tail=(),
        ledger=(),
        published=(),
    )
    assignments = sorted(
        Assignment(own.duty, shown[own.doctor][0])
        for own in timetable.roster.assignments
        if own.doctor in shown
    )
    # Its own hash would take long to reckon and nobody asks for it.
    return Timetable(bare, Roster(timetable.roster.problem_hash, tuple(assignments)))
