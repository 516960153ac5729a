"""What measures the service under load: the client, and the page that is written of it."""

import asyncio
import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.load.client import Heard, listen, load, quantile, request
from benchmarks.load.measure import Figure, Wanted
from benchmarks.load.page import save, write_page
from tests.support import in_a_loop

SAID = {
    "/text": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "/known": b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
    "/endless": b"HTTP/1.1 200 OK\r\n\r\n",
}


async def _with_server(answers: dict[str, bytes], use: object) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                line = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
                writer.write(answers[line])
                await writer.drain()
        except asyncio.IncompleteReadError:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        assert callable(use)
        await use(server.sockets[0].getsockname()[1])


def test_answers_with_and_without_a_body_are_counted() -> None:
    async def use(port: int) -> None:
        for path, status in (("/text", 200), ("/known", 304)):
            found = await load(port, request("GET", path), 3, 0.05)
            assert len(found.waits) == found.statuses[status] > 3
            assert found.seconds >= 0.05
        with pytest.raises(ValueError, match="must say how long it is"):
            await load(port, request("GET", "/endless"), 1, 0.05)

    in_a_loop(_with_server(SAID, use))


def test_each_reader_of_a_stream_hears_how_late_each_event_is() -> None:
    then = (datetime.now(UTC) - timedelta(seconds=2)).isoformat()
    event = f"data: {json.dumps({'at': then})}\r\n".encode()
    stream = b"HTTP/1.1 200 OK\r\n\r\n" + event * 2 + b"0\r\n\r\n"

    async def use(port: int) -> None:
        heard = Heard()
        await listen(port, request("GET", "/events"), 4, heard)
        assert heard.readers == 4
        assert len(heard.lags) == 8
        assert min(heard.lags) >= 2
        with pytest.raises(ValueError, match="must be answered with 200"):
            await listen(port, request("GET", "/known"), 1, heard)

    in_a_loop(_with_server({"/events": stream, "/known": SAID["/known"]}, use))


def test_quantiles_are_numbers_that_were_measured() -> None:
    assert [quantile([4, 1, 3, 2], part) for part in (0.25, 0.5, 0.95, 1.0)] == [1, 2, 4, 4]
    assert math.isnan(quantile([], 0.5))


def test_the_page_has_a_row_a_figure_and_what_was_not_measured_is_a_dash(tmp_path: Path) -> None:
    nan = float("nan")
    figures = [
        Figure("roster", "sqlite", 8, 1234, 61.7, 12.3456, 80.0, 120.0, 3.21, {"200": 1234}),
        Figure("readers that wait", "postgres", 200, 0, 0.0, nan, nan, nan, 850.0),
    ]
    results, page = tmp_path / "load.json", tmp_path / "page.md"
    save(results, figures, Wanted(seconds=20), (1.0, 2.5))
    write_page(results, page, "On a quiet machine.")
    told = page.read_text(encoding="utf-8")
    assert "**On a quiet machine.**" in told
    assert "Each load lasted 20 s" in told
    assert "| roster | sqlite | 8 | 1,234 | 62 | 12 ms | 80 ms | 120 ms | 3.21 ms |" in told
    assert "| readers that wait | postgres | 200 | – | – | – | – | – | 850 ms |" in told
    results.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="format must be rettvakt-load"):
        write_page(results, page)
