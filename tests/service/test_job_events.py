"""Events of jobs: one look for all readers, none missed, and nobody reads on who may not."""

import asyncio
import threading
import time
from typing import Any

import httpx2
import pytest
import uvicorn
from sqlalchemy import event as on

from api.service.jobs import store, watcher
from tests.service.jobs import asked, claim
from tests.service.world import V1, World
from tests.support import PATIENCE, in_a_loop

READERS = 40


class Served:
    """The service on a port of its own, in a thread."""

    def __init__(self, world: World) -> None:
        self._server = uvicorn.Server(
            uvicorn.Config(world.app, port=0, log_level="error", lifespan="off")
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}{V1}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(30)


def _tell(world: World, job: str, number: int) -> None:
    with world.service.database.writing() as session:
        store.held(session, job, "here")
        store.add_event(session, job, "progress", {"told": number})


def _end(world: World, job: str) -> None:
    with world.service.database.writing() as session:
        store.end(session, store.held(session, job, "here"), store.DONE)


def _running(world: World) -> str:
    job = asked(world, "solves", plan=world.plan())
    assert claim(world, "here") == job
    return job


class Reader:
    """Somebody who reads events of a job until there are no more.

    Attributes:
        ids: of the events so far.
        done: whether the stream has ended.
    """

    def __init__(self, client: httpx2.AsyncClient, address: str, headers: dict[str, str]) -> None:
        self.ids: list[str] = []
        self._task = asyncio.create_task(self._read(client, address, headers))

    async def _read(
        self, client: httpx2.AsyncClient, address: str, headers: dict[str, str]
    ) -> None:
        async with client.stream("GET", address, headers=headers) as answer:
            assert answer.status_code == 200
            async for line in answer.aiter_lines():
                if line.startswith("id: "):
                    self.ids.append(line.removeprefix("id: "))

    @property
    def done(self) -> bool:
        return self._task.done()

    async def until(self, event: str) -> None:
        """Until an event has come, or the stream has ended."""
        async with asyncio.timeout(PATIENCE):
            while event not in self.ids and not self.done:
                await asyncio.sleep(0.02)

    async def whole(self) -> list[str]:
        """All ids, when the stream has ended."""
        await asyncio.wait_for(self._task, PATIENCE)
        return self.ids


def test_many_readers_get_every_event_once_and_cost_one_look(world: World) -> None:
    job = _running(world)
    with Served(world) as address:

        async def follow() -> list[list[str]]:
            async with httpx2.AsyncClient(timeout=PATIENCE) as client:
                url, headers = f"{address}/jobs/{job}/events", world["coordinator"].headers
                late = headers | {"Last-Event-ID": "2"}
                readers = [
                    Reader(client, url, late if number % 2 else headers)
                    for number in range(READERS)
                ]
                for number in range(8):
                    await asyncio.to_thread(_tell, world, job, number)
                    await asyncio.sleep(0.05)
                for reader in readers:
                    await reader.until("9")
                begun, queries = time.monotonic(), _Queries(world)
                await asyncio.sleep(2)
                looks = (time.monotonic() - begun) / watcher.LOOK  # a busy machine sleeps longer
                assert queries.end() <= 4 * (looks + 3)  # whatever the readers' number
                await asyncio.to_thread(_end, world, job)
                return [await reader.whole() for reader in readers]

        found = in_a_loop(follow())
    every = [str(number) for number in range(1, 11)]
    assert found == [every[2:] if number % 2 else every for number in range(READERS)]


class _Queries:
    """Counts what is asked of the database."""

    def __init__(self, world: World) -> None:
        self._engine, self._count = world.service.database.engine, 0
        on.listen(self._engine, "before_cursor_execute", self._one_more)

    def _one_more(self, *_: Any) -> None:
        self._count += 1

    def end(self) -> int:
        on.remove(self._engine, "before_cursor_execute", self._one_more)
        return self._count


def test_a_reader_that_logs_out_or_whose_token_is_revoked_reads_no_further(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "ASK", 0.5)
    job = _running(world)
    browser, staying = world.browser("coordinator"), world["coordinator"]
    made = world.browser("coordinator").post("/tokens", json={"label": "x", "scopes": ["jobs"]})
    cookie = {"Cookie": f"rettvakt={browser._client.cookies['rettvakt']}"}
    token = {"Authorization": f"Bearer {made.json()['secret']}"}
    with Served(world) as address:

        async def follow() -> list[list[str]]:
            async with httpx2.AsyncClient(timeout=PATIENCE) as client:
                url = f"{address}/jobs/{job}/events"
                gone = [Reader(client, url, own) for own in (cookie, token)]
                stays = Reader(client, url, staying.headers)
                for reader in (*gone, stays):
                    await reader.until("1")
                await asyncio.sleep(1)  # twice as long as until it is asked who may read
                assert not any(reader.done for reader in (*gone, stays))
                await asyncio.to_thread(browser.ask, "DELETE", "/session")
                known = await asyncio.to_thread(world.browser, "coordinator")
                tokens = (await asyncio.to_thread(known.get, "/tokens")).json()
                [own] = [one["id"] for one in tokens if one["label"] == "x"]
                answer = await asyncio.to_thread(known.ask, "DELETE", f"/tokens/{own}")
                assert answer.status_code == 204
                left = [await reader.whole() for reader in gone]
                assert not stays.done
                await asyncio.to_thread(_tell, world, job, 1)
                await asyncio.to_thread(_end, world, job)
                return [await stays.whole(), *left]

        found = in_a_loop(follow())
    assert found == [["1", "2", "3"], ["1"], ["1"]]


def test_who_claims_to_have_seen_what_is_yet_to_come_holds_up_nobody(small_world: World) -> None:
    job = _running(small_world)
    with Served(small_world) as address:

        async def follow() -> bytes:
            async with httpx2.AsyncClient(timeout=PATIENCE) as client:
                url, headers = f"{address}/jobs/{job}/events", small_world["coordinator"].headers
                ahead = headers | {"Last-Event-ID": "999"}
                claims = Reader(client, url, ahead)
                await asyncio.sleep(1)
                async with client.stream("GET", url, headers=headers) as answer:
                    await asyncio.to_thread(_tell, small_world, job, 0)
                    found = b""
                    async with asyncio.timeout(PATIENCE):
                        async for piece in answer.aiter_bytes():
                            found += piece
                            if b"id: 2" in found:
                                break
                await asyncio.to_thread(_end, small_world, job)
                assert await claims.whole() == []
                return found

        assert b"id: 1" in in_a_loop(follow())


def test_more_events_than_are_read_at_a_time_all_come(small_world: World) -> None:
    job = _running(small_world)
    with small_world.service.database.writing() as session:
        held = store.held(session, job, "here")
        for number in range(watcher._PIECE + 20):
            store.add_event(session, job, "progress", {"told": number})
        store.end(session, held, store.DONE)
    text = small_world["coordinator"].get(f"/jobs/{job}/events").text
    ids = [int(line[4:]) for line in text.splitlines() if line.startswith("id: ")]
    assert ids == list(range(1, watcher._PIECE + 23))
