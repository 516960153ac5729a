"""Asks a server as fast as it answers, over connections that stay open.

By hand on asyncio's streams: a comfortable client would take more of the machine than the server.
"""

import asyncio
import json
import math
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(slots=True)
class Load:
    """What came back.

    Attributes:
        seconds: of wall time.
        waits: seconds of each request.
        statuses: how many answers of each.
    """

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Heard:
    """What readers of a stream of events heard.

    Attributes:
        readers: that were connected.
        lags: seconds from an event's own moment to its arrival, of each event and reader.
    """

    readers: int = 0
    lags: list[float] = field(default_factory=list)


def request(method: str, path: str, headers: dict[str, str] | None = None) -> bytes:
    """A request without a body, as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def load(port: int, asked: bytes, connections: int, seconds: float) -> Load:
    """Ask the same again and again over so many connections at once."""
    found = Load()
    begun = time.perf_counter()
    workers = (_asks(port, asked, begun + seconds, found) for _ in range(connections))
    await asyncio.gather(*workers)
    found.seconds = time.perf_counter() - begun
    return found


async def _asks(port: int, asked: bytes, until: float, found: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (begun := time.perf_counter()) < until:
            writer.write(asked)
            status = await _answer(reader)
            found.waits.append(time.perf_counter() - begun)
            found.statuses[status] += 1
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read one answer whole; gives its status.

    Raises:
        ValueError: it does not say how long it is.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    if status not in (204, 304):
        _, mark, rest = head.partition(b"content-length: ")
        if not mark:
            raise ValueError(f"answer ({status}) must say how long it is")
        await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
    return status


async def listen(port: int, asked: bytes, readers: int, heard: Heard) -> None:
    """Read a stream of events with so many at once, until it ends for all of them."""
    await asyncio.gather(*(_listens(port, asked, heard) for _ in range(readers)))


async def _listens(port: int, asked: bytes, heard: Heard) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise ValueError(f"stream ({head[:40]!r}) must be answered with 200")
        heard.readers += 1
        with suppress(asyncio.IncompleteReadError):
            while True:
                line = await reader.readuntil(b"\n")
                if line.startswith(b"data: "):
                    told = datetime.fromisoformat(json.loads(line[6:])["at"])
                    heard.lags.append((datetime.now(UTC) - told).total_seconds())
                elif line == b"0\r\n":
                    return
    finally:
        writer.close()


def quantile(numbers: Sequence[float], part: float) -> float:
    """The number below or at which this part of them lies; nothing of none is not a number."""
    if not numbers:
        return math.nan
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]
