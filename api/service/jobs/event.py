"""One thing that a job told, as it goes over the wire."""

from datetime import datetime
from typing import Any

from api.service.shapes import Shape


class EventOut(Shape):
    """One thing that a job told."""

    number: int
    at: datetime
    kind: str
    data: dict[str, Any]
