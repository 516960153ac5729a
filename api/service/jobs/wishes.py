"""Asking for jobs: a solve, a repair, a comparison, a certificate, an explanation."""

from fastapi import APIRouter, Response

from api.service.dependencies import ActorDep, ServiceDep
from api.service.jobs.ask import OnceDep, ask
from api.service.jobs.asking.certify import CERTIFY, CertifyIn
from api.service.jobs.asking.compare import COMPARE, CompareIn
from api.service.jobs.asking.explain import EXPLAIN, ExplainIn
from api.service.jobs.asking.repair import REPAIR, RepairIn
from api.service.jobs.asking.solve import SOLVE, SolveIn
from api.service.jobs.shapes import JobOut
from api.service.problems import documented

router = APIRouter(tags=["jobs"])
_ANSWERS = documented(401, 403, 404, 422, 429)


@router.post("/solves", status_code=202, responses=_ANSWERS)
def solve(
    service: ServiceDep, actor: ActorDep, response: Response, wanted: SolveIn, once: OnceDep = None
) -> JobOut:
    """Ask for a roster of a plan. It is made in the background; follow the job."""
    return ask(service, actor, response, SOLVE, wanted, once)


@router.post("/repairs", status_code=202, responses=_ANSWERS)
def repair(
    service: ServiceDep, actor: ActorDep, response: Response, wanted: RepairIn, once: OnceDep = None
) -> JobOut:
    """Ask for the smallest lawful changes of a roster after what happened.

    The options are the job's result; nothing is changed until one of them is chosen.
    """
    return ask(service, actor, response, REPAIR, wanted, once)


@router.post("/comparisons", status_code=202, responses=_ANSWERS)
def compare(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    wanted: CompareIn,
    once: OnceDep = None,
) -> JobOut:
    """Ask what would be otherwise: the plan as it is and alternatives, solved and compared."""
    return ask(service, actor, response, COMPARE, wanted, once)


@router.post("/certificates", status_code=202, responses=_ANSWERS)
def certify(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    wanted: CertifyIn,
    once: OnceDep = None,
) -> JobOut:
    """Ask how good a roster is proven to be."""
    return ask(service, actor, response, CERTIFY, wanted, once)


@router.post("/explanations", status_code=202, responses=_ANSWERS)
def explain(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    wanted: ExplainIn,
    once: OnceDep = None,
) -> JobOut:
    """Ask why: holes with their ways out, a plan without a roster, why this doctor."""
    return ask(service, actor, response, EXPLAIN, wanted, once)
