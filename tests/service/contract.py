"""What invented requests are, and how their answers are judged."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.service.world import World

LIMITS: dict[str, Any] = {"login_tries": 100_000, "queued_per_cooperation": 100_000}


def schema(world: World) -> OpenApiSchema:
    """The description that a service gives of itself, to draw requests from."""
    world.app.openapi()  # takes a while the first time, and the loader waits only so long
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", world.app)


def drawn(many: int) -> settings:
    """So many requests to each endpoint, the same each time."""
    return settings(
        max_examples=many,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )


def answers_as_described(case: schemathesis.Case[Any], world: World) -> None:
    """No 5xx, no answer that is not described, no body of another shape."""
    case.call_and_validate(
        headers=world["coordinator"].headers,
        app=world.app,
        excluded_checks=[
            # It takes away a cookie and wonders that the token still opens the door; who may do
            # what is in `tests/service/access`.
            ignored_auth,
            # Files, texts and cursors are judged by their meaning, which no schema tells.
            positive_data_acceptance,
        ],
    )
