"""Feeds as real calendar programs read them over loopback: the same instants as in the roster.

Nothing here is skipped: a reader that cannot be set up is a failure.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from icalendar import Calendar
from recurring_ical_events import of

from scheduler.domain.duty import Duty
from tests.service.published import Published, Subscription, seasons
from tests.service.readers import Khal, NoReaderError, Read, read_by_ical_js, run
from tests.service.world import World


@contextmanager
def served(world: World) -> Iterator[str]:
    """The address at which a world answers over loopback."""
    server = uvicorn.Server(uvicorn.Config(world.app, port=0, lifespan="off", log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server does not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _instants(duties: Sequence[Duty]) -> list[tuple[datetime, datetime]]:
    return sorted((duty.start, duty.end) for duty in duties)


def _read(found: Sequence[Read]) -> list[tuple[datetime, datetime]]:
    return sorted((own.start, own.end) for own in found)


def test_three_readers_find_the_instants_of_the_roster_over_clock_changes_and_holidays(
    small_world: World, tmp_path: Path
) -> None:
    """Both clock changes of 2027 (the one in spring in the night to Easter Sunday), Christmas."""
    duties = seasons(small_world)
    expected = _instants(duties)
    assert {end - start for start, end in expected} >= {timedelta(hours=23), timedelta(hours=25)}
    feed = Subscription(small_world, alarm_minutes=60)
    content = feed.get().content
    expanded = of(Calendar.from_ical(content)).between(datetime(2027, 1, 1), datetime(2028, 2, 1))
    assert expected == sorted(
        (own["DTSTART"].dt.astimezone(UTC), own["DTEND"].dt.astimezone(UTC)) for own in expanded
    )
    by_javascript = read_by_ical_js(content)
    assert _read(by_javascript) == expected
    with served(small_world) as address:
        khal = Khal(tmp_path, f"{address}{feed.path}")
        khal.sync()
    shown = khal.shown("2027-01-01", "2028-02-01")
    assert _read(shown) == expected
    assert {own.summary for own in shown} == {own.summary for own in by_javascript}


def test_a_change_a_hand_over_and_a_removal_are_synced_and_nothing_else_is_touched(
    small_world: World, tmp_path: Path
) -> None:
    published = Published(small_world)
    moved, handed, dropped, kept = own = published.duties[:4]
    published.replan({duty.id: "kari" for duty in own})
    feed = Subscription(small_world)
    with served(small_world) as address:
        khal = Khal(tmp_path, f"{address}{feed.path}")
        khal.sync()
        files = khal.files()
        assert _read(khal.shown("2027-03-01", "2027-04-30")) == _instants(own)
        khal.sync()
        assert khal.files() == files
        published.replan(
            {moved.id: "kari", handed.id: "ola", kept.id: "kari"},
            changed_duties=[
                {"pattern": "kveld", "date": str(moved.day), "start": "18:00", "end": "08:00"},
                {"pattern": "kveld", "date": str(dropped.day), "needed": 0},
            ],
        )
        khal.sync()
        later = moved.start + timedelta(hours=2, minutes=30)
        assert _read(khal.shown("2027-03-01", "2027-04-30")) == [
            (later, moved.end),
            (kept.start, kept.end),
        ]
        # The one that stayed is the same file: vdirsyncer names files by what is in them.
        assert len(files.items() & khal.files().items()) == 1
        published.replan({duty.id: "kari" for duty in own})
        khal.sync()
        assert _read(khal.shown("2027-03-01", "2027-04-30")) == _instants(own)
    assert feed.told()["clients"][0]["family"] == "vdirsyncer"
    assert feed.told()["state"] == "current"


def test_every_kind_of_feed_is_read_without_losing_an_event(
    small_world: World, tmp_path: Path
) -> None:
    name = "Ærø; «5\\7», Å"
    published = Published(small_world, places=[{"id": "lv", "name": name, "municipality": "fjell"}])
    for kind in ("place", "district", "holes", "busy"):
        content = Subscription(small_world, kind=kind).get().content
        found = read_by_ical_js(content)
        assert len(found) == content.count(b"BEGIN:VEVENT")
        assert len({own.uid for own in found}) == len(found)
        assert set(_read(found)) <= set(_instants(published.duties))
    district = Subscription(small_world, kind="district")
    with served(small_world) as address:
        khal = Khal(tmp_path, f"{address}{district.path}")
        khal.sync()
    shown = khal.shown("2027-03-01", "2027-04-30")
    assert _read(shown) == _instants(published.duties)
    titles = [own.summary for own in shown]
    assert titles.count(f"Kari Nordmann: Hjemmevakt hverdag, forvakt – {name}") == 1


def test_a_reader_that_fails_is_no_reader_that_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(NoReaderError, match=r"sh fails \(3\): og sier hvorfor"):
        run(["sh", "-c", "echo og sier hvorfor; exit 3"], folder=tmp_path)
