"""What is noted of a request while it is answered."""

from starlette.requests import HTTPConnection

from api.service.accounts.actor import Actor
from api.service.observing.context import Seen


def seen_of(connection: HTTPConnection) -> Seen | None:
    """What is known of the request; None where nothing observes."""
    found = getattr(connection.state, "seen", None)
    return found if isinstance(found, Seen) else None


def asked_by(connection: HTTPConnection, actor: Actor) -> Actor:
    """Note who asks, for the log; gives the same actor."""
    seen = seen_of(connection)
    if seen is not None:
        seen.actor = actor.account
    return actor
