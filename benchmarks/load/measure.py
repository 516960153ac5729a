"""What is measured of a running server."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx2

from benchmarks.load.client import Heard, Load, listen, load, quantile, request
from benchmarks.load.server import V1, Process, Things, free_port, publish, running, served

Fill = Callable[[Process, str], Things]
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured on one database.

    Attributes:
        what: «calendar, known (304)», ...
        database: «sqlite», «postgres», or «none» for the bare endpoint.
        connections: that asked at once.
        count: requests answered, or events that arrived.
        per_second: of them.
        p50, p95, p99: milliseconds from question to answer, or from event to reader.
        cpu: milliseconds of the server's processor for each; of everything that it did meanwhile.
        statuses: how many answers of each status.
    """

    what: str
    database: str
    connections: int
    count: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float
    statuses: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long and how hard.

    Attributes:
        seconds: of each load.
        connections: at once.
        readers: of a stream of events.
        solve: seconds of the solve that they follow.
    """

    seconds: float = 10.0
    connections: int = 8
    readers: int = 200
    solve: float = 20.0


def bare(wanted: Wanted) -> Iterator[Figure]:
    """An endpoint that does nothing."""
    port = free_port()
    with running("benchmarks.load.bare", str(port), port=port) as process:
        yield _loaded("bare endpoint", "none", process, request("GET", "/bare"), wanted)


def measured(kind: str, address: str, token: str, wanted: Wanted, fill: Fill) -> Iterator[Figure]:
    """Everything, on one database."""
    with served(address) as process:
        things = fill(process, token)
        etag = httpx2.get(f"http://127.0.0.1:{process.port}{things.feed}").headers["etag"]
        roster = f"{V1}/rosters/{things.roster}"
        for what, asked in (
            ("alive", request("GET", "/health/live")),
            ("calendar of 400 events", request("GET", things.feed)),
            ("calendar, known (304)", request("GET", things.feed, {"If-None-Match": etag})),
            ("roster", request("GET", roster, things.bearer)),
        ):
            yield _loaded(what, kind, process, asked, wanted)
        yield from _publishing(kind, process, things, wanted)
        yield from _following(kind, address, process, things, wanted)


def _loaded(what: str, kind: str, process: Process, asked: bytes, wanted: Wanted) -> Figure:
    asyncio.run(load(process.port, asked, wanted.connections, min(1.0, wanted.seconds)))  # warm
    before = process.cpu()
    found = asyncio.run(load(process.port, asked, wanted.connections, wanted.seconds))
    return _figure(what, kind, wanted.connections, found, process.cpu() - before)


def _figure(what: str, kind: str, connections: int, found: Load, cpu: float) -> Figure:
    number = len(found.waits)
    p50, p95, p99 = (1000 * quantile(found.waits, part) for part in (0.5, 0.95, 0.99))
    return Figure(
        what,
        kind,
        connections,
        number,
        number / found.seconds if found.seconds else 0.0,
        p50,
        p95,
        p99,
        1000 * cpu / max(1, number),
        {str(status): many for status, many in sorted(found.statuses.items())},
    )


def _publishing(kind: str, process: Process, things: Things, wanted: Wanted) -> Iterator[Figure]:
    """Change and publish a roster again and again while its calendar is read."""
    published, closing = Load(), threading.Event()
    writer = threading.Thread(target=_publishes, args=(process, things, published, closing))
    before = process.cpu()
    writer.start()
    asked = request("GET", things.feed)
    read = asyncio.run(load(process.port, asked, wanted.connections, wanted.seconds))
    closing.set()
    writer.join(_PATIENCE)
    cpu = process.cpu() - before
    published.seconds = read.seconds
    yield _figure("calendar while it is published anew", kind, wanted.connections, read, cpu)
    yield _figure("publication under that load", kind, 1, published, cpu)


def _publishes(process: Process, things: Things, found: Load, closing: threading.Event) -> None:
    base = f"http://127.0.0.1:{process.port}"
    path = f"{V1}/rosters/{things.roster}"
    holder: str | None = None
    with httpx2.Client(base_url=base, headers=things.bearer, timeout=_PATIENCE) as client:
        while not closing.is_set():
            etag = client.get(path).headers["etag"]
            taker = things.doctors[holder == things.doctors[0]]
            change = {
                "off": [{"duty": things.duty, "doctor": holder}] if holder else [],
                "on": [{"duty": things.duty, "doctor": taker}],
            }
            changed = client.patch(path, json=change, headers={"If-Match": etag})
            if not changed.is_success:
                raise RuntimeError(f"the change was refused: {changed.text[:300]}")
            holder = taker
            begun = time.perf_counter()
            publish(client, things.roster, changed.headers["etag"].strip('"'))
            found.waits.append(time.perf_counter() - begun)
            found.statuses[HTTPStatus.CREATED] += 1


def _following(
    kind: str, address: str, process: Process, things: Things, wanted: Wanted
) -> Iterator[Figure]:
    """Many follow one solve, which runs in a process of its own, while calendars are read."""
    with httpx2.Client(
        base_url=f"http://127.0.0.1:{process.port}", headers=things.bearer, timeout=_PATIENCE
    ) as client:
        solve = {"plan": things.plan, "seconds": wanted.solve}
        job = str(client.post(f"{V1}/solves", json=solve).json()["id"])
    stream = request("GET", f"{V1}/jobs/{job}/events", things.bearer)
    heard = Heard()

    async def both() -> tuple[Load, float, float]:
        listening = asyncio.create_task(listen(process.port, stream, wanted.readers, heard))
        while heard.readers < wanted.readers and not listening.done():
            await asyncio.sleep(0.05)
        before, begun = process.cpu(), time.perf_counter()
        await asyncio.sleep(wanted.seconds)  # they only wait
        idle = (process.cpu() - before) / (time.perf_counter() - begun)
        environment = {"RETTVAKT_DATABASE": address, "RETTVAKT_WORKERS_PER_JOB": "1"}
        with running("api.cli.main", "worker", environment=environment):
            before = process.cpu()
            asked = request("GET", things.feed)
            read = await load(process.port, asked, 1, wanted.solve)
            await asyncio.wait_for(listening, _PATIENCE + wanted.solve)
            return read, idle, process.cpu() - before

    read, idle, cpu = asyncio.run(both())
    readers = wanted.readers
    nan = float("nan")
    what = f"{readers} readers of a job that waits, each second"
    yield Figure(what, kind, readers, 0, 0.0, nan, nan, nan, 1000 * idle)
    told = Load(read.seconds, heard.lags)
    yield _figure(f"event to {readers} readers during a solve", kind, readers, told, cpu)
    # What the server spent meanwhile, it spent on the readers.
    yield _figure("calendar meanwhile", kind, 1, read, nan)
