"""Whether the service is alive, and whether it can work."""

from typing import Literal

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from api.service.db import schema
from api.service.dependencies import ServiceDep
from api.service.observing.state import LEAST_FREE, free_bytes
from api.service.service import Service
from api.service.shapes import Shape

router = APIRouter(prefix="/health", tags=["health"])
Check = Literal["ok", "failing"]


class Health(Shape):
    """How it is."""

    status: Literal["ok", "not ready"]


class Checks(Shape):
    """What was looked at.

    Attributes:
        database: it answers.
        tables: of the schema that this program expects.
        queue: jobs are taken up: none has waited a minute while no holder is at work.
        disk: there is room left where this process writes.
    """

    database: Check
    tables: Check
    queue: Check
    disk: Check


class Readiness(Health):
    """Whether requests can be answered; queue and disk are told and do not decide it."""

    checks: Checks


@router.get("/live")
def live() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/ready", responses={503: {"model": Readiness, "description": "Not ready"}})
def ready(service: ServiceDep, response: Response) -> Readiness:
    """The database answers and has the schema that this program expects.

    Jobs that nobody takes up and a disk that fills are told too. They make nothing unready: who
    reads a roster must not be turned away for them.
    """
    checks = _checks(service)
    if checks.database == checks.tables == "ok":
        return Readiness(status="ok", checks=checks)
    response.status_code = 503
    return Readiness(status="not ready", checks=checks)


def _checks(service: Service) -> Checks:
    state = service.watch.look()
    try:
        fits = state is not None and schema.is_current(service.database)
    except SQLAlchemyError:
        fits = False
    free = free_bytes(service.settings, service.database)
    return Checks(
        database=_word(state is not None),
        tables=_word(fits),
        queue=_word(state is not None and not state.nobody_works),
        disk=_word(free is None or free >= LEAST_FREE),
    )


def _word(well: bool) -> Check:
    return "ok" if well else "failing"
