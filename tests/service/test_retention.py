"""What is kept goes when its time is up."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from api.service.accounts.tables import Account, Visit
from api.service.audit.tables import AuditEntry
from api.service.privacy import retention
from api.service.privacy.sweeper import Sweeper
from tests.service.tuva import Full
from tests.service.world import World


def _with(world: World, **settings: Any) -> None:
    changed = world.settings.model_copy(update=settings)
    world.settings = world.service.settings = changed


def test_a_name_stays_in_published_rosters_while_it_has_to_and_goes_by_itself(
    small_full: Full,
) -> None:
    _with(small_full.world, keep_grounds_months=1200)
    told = small_full.erase().json()
    assert told["held_until"] == "2029-03-17"
    left = small_full.found()
    assert set(left) == {"plan_version", "roster_version", "feed_duty", "ledger_entry", "erasure"}
    # Grounds, absences, wishes, birth date and everything of the account are gone at once.
    assert set().union(*left.values()) == {"Tuva", "Øksendal", "tuva-o"}
    world = small_full.world
    early = datetime(2029, 3, 16, tzinfo=UTC)
    assert "plan_version" not in retention.sweep(world.service.database, world.settings, early)
    assert small_full.found() == left
    late = datetime(2029, 3, 18, tzinfo=UTC)
    assert retention.sweep(world.service.database, world.settings, late)["plan_version"] >= 1
    assert small_full.found() == {}
    content = world.browser("coordinator").get(f"/rosters/{small_full.roster}").json()
    assert told["code"] in {own["doctor"] for own in content["assignments"]}


def test_grounds_go_some_time_after_the_period_and_everybody_keeps_their_name(
    small_full: Full,
) -> None:
    world = small_full.world
    database = world.service.database
    day = datetime(2027, 3, 17, tzinfo=UTC)
    before = small_full.found()
    assert retention.sweep_plans(database, world.settings, day - timedelta(days=1)) == {}
    tried = retention.sweep_plans(database, world.settings, day, only_try=True)
    assert small_full.found() == before
    assert retention.sweep_plans(database, world.settings, day) == tried
    assert tried == {
        "plan_version": 1,
        "roster_version": 1,
        "stated_wish": 1,
        "roster_comment": 1,
        "scenario_set": 1,
        "swap_offer": 1,
        "swap_deal": 1,
        "ledger_entry": 2,
    }
    assert small_full.world["coordinator"].get("/ledger/check").json()["flaws"] == []
    assert small_full.found()["plan_version"] == {"Tuva", "Øksendal", "tuva-o"}
    assert retention.sweep_plans(database, world.settings, day) == {}
    assert world["coordinator"].get(f"/rosters/{small_full.roster}/check").status_code == 200


def test_what_has_been_kept_long_enough_is_swept(full: Full) -> None:
    world = full.world
    database = world.service.database
    later = datetime.now(UTC) + timedelta(days=400)
    tried = retention.sweep_rows(database, world.settings, later, only_try=True)
    assert full.found()["job"]
    assert retention.sweep_rows(database, world.settings, later) == tried
    assert tried["message"] == 2
    assert tried["job"] == 1
    assert tried["visit"] == 1
    assert tried["audit_entry"] == 0
    assert not {"message", "job", "visit"} & set(full.found())
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
        assert session.scalar(select(func.count()).select_from(Account)) > 0


def test_old_entries_of_the_log_go_and_young_ones_stay(world: World) -> None:
    database = world.service.database
    now = datetime.now(UTC)
    with database.writing() as session:
        for years in (1, 6):
            session.add(
                AuditEntry(
                    at=now - timedelta(days=366 * years),
                    actor="X",
                    action=f"old.{years}",
                    subject="x/1",
                    why="",
                    details={},
                )
            )
    retention.sweep(database, world.settings, now)
    with database.reading() as session:
        left = set(session.scalars(select(AuditEntry.action)))
    assert "old.1" in left
    assert "old.6" not in left
    assert "account.created" in left


def test_of_all_processes_one_sweeps_and_once_an_hour(world: World) -> None:
    one, other = (Sweeper(world.settings, world.service.database) for _ in range(2))
    now = datetime.now(UTC)
    assert [own.once(now) for own in (one, other, one)] == [True, False, False]
    assert not other.once(now + timedelta(minutes=59))
    assert [own.once(now + timedelta(minutes=61)) for own in (other, one)] == [True, False]
