"""What a line of the log belongs to: a request or a job. Knows no HTTP: jobs log too."""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

REQUEST_ID = "X-Request-ID"
_USABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(slots=True)
class Seen:
    """What is known of a request so far; filled in while it is answered.

    Attributes:
        request: its id, the caller's own if it had a usable one.
        actor: id of the account that asks; empty until it is known.
    """

    request: str
    actor: str = ""


SEEN: ContextVar[Seen | None] = ContextVar("seen", default=None)
JOB: ContextVar[str] = ContextVar("job", default="")


def request_id(given: str | None) -> str:
    """The caller's id of a request if it can stand in a log, else a new one."""
    return given if given and _USABLE.fullmatch(given) else uuid4().hex
