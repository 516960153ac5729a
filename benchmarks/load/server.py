"""The processes that are measured, and what is in their database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from api import library
from api.service.accounts import store as accounts
from api.service.accounts import tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.db.database import Database
from benchmarks.districts import district
from scheduler.domain.roster import Assignment, Roster
from scheduler.writing.roster_json import to_json

V1 = "/api/v1"
EVENTS = 400  # of the feed: a doctor's calendar of several years
SIZE = (10, 26)  # doctors, weeks
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Process:
    """A running process that listens on a port (0: it does not)."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor that it has had so far."""
        told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Things:
    """What is asked for.

    Attributes:
        token: of a coordinator.
        plan, roster: ids; the roster is published.
        duty: id of a duty, and the two doctors between whom it goes to and fro.
        feed: path of the calendar with `EVENTS` events.
    """

    token: str
    plan: str
    roster: str
    duty: str
    doctors: tuple[str, str]
    feed: str

    @property
    def bearer(self) -> dict[str, str]:
        """The header that opens the door."""
        return {"Authorization": f"Bearer {self.token}"}


@contextmanager
def running(
    *command: str, port: int = 0, environment: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """A Python module as a process; told to stop at the end.

    Raises:
        RuntimeError: it has ended, or does not answer.
    """
    own = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + _PATIENCE
        while port and not _answers(port):
            if own.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{' '.join(command)} does not answer on port {port}")
            time.sleep(0.1)
        yield Process(port, own.pid)
    finally:
        own.terminate()
        own.wait(_PATIENCE)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with suppress(httpx2.HTTPError):
        return httpx2.get(f"http://127.0.0.1:{port}/").status_code < 500
    return False


@contextmanager
def served(address: str) -> Iterator[Process]:
    """The server on a database; it takes no jobs and sends nothing."""
    port = free_port()
    with running(
        *("api.cli.main", "serve", "--port", str(port)),
        port=port,
        environment={
            "RETTVAKT_DATABASE": address,
            "RETTVAKT_JOBS_AT_ONCE": "0",
            "RETTVAKT_SENDS_MESSAGES": "0",
            "RETTVAKT_LOG_LEVEL": "warning",
        },
    ) as process:
        yield process


def coordinator(address: str) -> str:
    """A token of a new cooperation's coordinator."""
    database = Database(address)
    with database.writing() as session:
        home = accounts.add_cooperation(session, None, "Måling").id
        made = accounts.add_account(
            session,
            None,
            email="maaling@rettvakt.example",
            name="Måling",
            role=Role.COORDINATOR,
            password="et langt passord",
            cooperation=home,
            must_change=False,
        )
        actor = Actor.of(made)
        scopes = [Right(right) for right in actor.rights]
        token, _ = tokens.add_token(session, actor, label="måling", scopes=scopes, ends_at=None)
    database.close()
    return token


def filled(process: Process, token: str) -> Things:
    """Put a plan, a published roster and a feed into the service, over HTTP."""
    loaded = district(*SIZE)
    problem = loaded.problem
    one, other = (doctor.id for doctor in problem.doctors[:2])
    shifts = [duty.id for duty in problem.duties][: EVENTS + 1]
    given = [Assignment(duty, one) for duty in shifts[:EVENTS]]
    roster = to_json(Roster.of(problem, given)).encode()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(
        base_url=f"http://127.0.0.1:{process.port}", headers=headers, timeout=_PATIENCE
    ) as client:
        plan = _sure(client.post(f"{V1}/plans", files={"file": ("plan.json", _document(loaded))}))
        plan_id = str(plan["plan"]["id"])
        made = _sure(
            client.post(
                f"{V1}/rosters", data={"plan": plan_id}, files={"file": ("vaktplan.json", roster)}
            )
        )
        publish(client, str(made["id"]), "1")
        feed = {"kind": "doctor", "subject": one, "label": "måling"}
        url = str(_sure(client.post(f"{V1}/feeds", json=feed))["url"])
    path = f"/{url.split('/', 3)[3]}"
    return Things(token, plan_id, str(made["id"]), shifts[EVENTS], (one, other), path)


def publish(client: httpx2.Client, roster: str, version: str) -> None:
    """Publish a version, whatever it breaks."""
    _sure(
        client.post(
            f"{V1}/rosters/{roster}/publications",
            json={"signed": "Måling"},
            headers={"If-Match": f'"{version}"'},
        )
    )


def _document(loaded: library.LoadedPlan) -> bytes:
    return loaded.plan.model_dump_json(exclude_none=True, by_alias=True).encode()


def _sure(answer: httpx2.Response) -> dict[str, Any]:
    """The answer's document.

    Raises:
        RuntimeError: it was refused.
    """
    if not answer.is_success:
        raise RuntimeError(f"{answer.request.method} was refused: {answer.text[:300]}")
    found: dict[str, Any] = answer.json()
    return found
