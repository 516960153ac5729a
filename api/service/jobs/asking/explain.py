"""An explanation that is asked for: why a hole, why no roster, why this doctor."""

from pydantic import Field

from api.cli.duties import NotOneDutyError, duty_meant
from api.cli.people import NotOneDoctorError, named
from api.service.accounts.actor import Actor
from api.service.jobs.asking.rosters import Standing, standing
from api.service.jobs.asking.solve import Number, Seconds, Seed
from api.service.jobs.kind import Kind, Placed
from api.service.jobs.running.explain import (
    ASSIGNMENT,
    DOCTOR,
    HOLE,
    HOLES,
    IMPOSSIBLE,
    NOT_THIS,
)
from api.service.plans import store as plans
from api.service.service import Service
from api.service.shapes import ForeignId, Id, Shape
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.reading.faults import PlanError


class ExplainIn(Shape):
    """What is to be explained.

    A plan: why it has no roster. A roster: every hole with its ways out. With a duty: why nobody
    has it, or why its doctor has it and what others would mean. With a doctor: what makes up the
    doctor's total. With both: why the doctor does not have the duty.
    """

    plan: Id | None = Field(None, description="Id of a plan; not together with a roster")
    roster: Id | None = Field(None, description="Id of a roster")
    version: Number | None = Field(
        None, description="Number of the version of the plan or roster; the newest if not given"
    )
    duty: ForeignId | None = Field(None, description="Id of a duty, or its kind and day")
    doctor: ForeignId | None = Field(None, description="Id of a doctor, or the name")
    seconds: Seconds = Field(60.0, description="Of one proof, or of all searches about a duty")
    seed: Seed = 1


def place(service: Service, actor: Actor, wanted: ExplainIn) -> Placed:
    """What is asked, with ids that the plan has."""
    seconds = min(wanted.seconds, service.settings.job_seconds)
    common = {"seconds": seconds, "seed": wanted.seed}
    if (wanted.plan is None) == (wanted.roster is None):
        raise PlanError.of(
            "plan", "Her må det stå enten en plan eller en vaktplan.", "Send det ene av dem."
        )
    if wanted.roster is None:
        return _of_plan(service, actor, wanted, common)
    stands = standing(service, actor, wanted.roster, wanted.version)
    problem = stands.loaded.problem
    duty = _duty(problem, wanted.duty) if wanted.duty else None
    doctor = _doctor(problem, wanted.doctor) if wanted.doctor else None
    options = {**stands.told, **common, "duty": duty, "doctor": doctor}
    return Placed(stands.id, options | {"about": _about(stands, duty, doctor)}, seconds)


def _of_plan(
    service: Service, actor: Actor, wanted: ExplainIn, common: dict[str, float | int]
) -> Placed:
    if wanted.duty or wanted.doctor:
        raise PlanError.of(
            "duty" if wanted.duty else "doctor",
            "Uten vaktplan er det ingen vakter å forklare.",
            "Send id-en til vaktplanen i «roster» i stedet for «plan».",
        )
    with service.database.reading() as session:
        plan = plans.plan_of(session, actor, wanted.plan or "")
        version = plans.version_of(session, plan, wanted.version)
    told = {"plan": plan.id, "version": version.number, "about": IMPOSSIBLE}
    return Placed(version.id, {**told, **common}, float(common["seconds"]))


def _about(stands: Standing, duty: str | None, doctor: str | None) -> str:
    """Which of the questions it is.

    Raises:
        PlanError: nobody is wanted for the duty on that day.
    """
    if duty is None:
        return DOCTOR if doctor else HOLES
    timetable = Timetable(stands.loaded.problem, stands.content)
    own = stands.loaded.problem.duty_by_id[duty]
    on_duty = timetable.doctors_on(duty)
    if timetable.missing(own):
        return NOT_THIS if doctor and doctor not in on_duty else HOLE
    if not on_duty:
        raise PlanError.of(
            "duty",
            "Denne skal ingen ha: arbeidet er lagt til en annen dag.",
            "Spør om den dagen.",
            duty,
        )
    return ASSIGNMENT


def _duty(problem: Problem, wanted: str) -> str:
    try:
        return duty_meant(problem, wanted).id
    except NotOneDutyError as error:
        raise PlanError.of("duty", error.problem, error.remedy, wanted) from error


def _doctor(problem: Problem, wanted: str) -> str:
    try:
        return named(problem.doctors, wanted).id
    except NotOneDoctorError as error:
        raise PlanError.of("doctor", error.problem, error.remedy, wanted) from error


EXPLAIN = Kind(
    "explain",
    ExplainIn,
    place,
    private_result=True,  # the sentences name exemptions and absences
)
