"""Whether the service is alive, and whether it can work."""

from typing import Literal

from fastapi import APIRouter, Response
from sqlalchemy import text

from api.service.db import schema
from api.service.dependencies import ServiceDep
from api.service.shapes import Shape

router = APIRouter(prefix="/health", tags=["health"])


class Health(Shape):
    """How it is."""

    status: Literal["ok", "not ready"]


@router.get("/live")
def live() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/ready", responses={503: {"model": Health, "description": "Not ready"}})
def ready(service: ServiceDep, response: Response) -> Health:
    """The database answers and has the schema that this program expects."""
    with service.database.reading() as session:
        session.execute(text("SELECT 1"))
    if schema.is_current(service.database):
        return Health(status="ok")
    response.status_code = 503
    return Health(status="not ready")
