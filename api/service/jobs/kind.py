"""What a kind of job is: a wish, what it works on, and who may ask and see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.service import Service
from api.service.shapes import Shape


@dataclass(frozen=True, slots=True)
class Placed:
    """A wish that was understood.

    Attributes:
        subject: id of the plan version or roster version that the job works on.
        options: plain values, for the runner.
        seconds: wall time that it is expected to need at most.
    """

    subject: str
    options: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. What does it is `run` in `api.service.jobs.running.<name>`.

    Attributes:
        name: for ever: it stands in the database.
        wish: what is sent to ask for one.
        right: what one needs to ask for it and to follow it.
        place: understands a wish; raises what a request may raise, and writes nothing.
        private: names of options that only those see who see grounds of exemption and absence.
        private_result: whether the result is for those alone.
    """

    name: str
    wish: type[Shape]
    place: Callable[[Service, Actor, Any], Placed]
    right: Right = Right.JOBS
    private: frozenset[str] = field(default_factory=frozenset)
    private_result: bool = False
