"""Points of the year beside those of the period."""

from datetime import date
from fractions import Fraction

from api.pages.rosters.year_sums import earlier_in_year, points_in_year
from api.service.ledgers import store
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry, Event, Kind, Line, Period
from tests.service import databases
from tests.service.colleagues import published
from tests.service.world import World
from tests.support import NURSING_HOME, doctor, duty, problem, roster

OLD, NEW = date(2026, 11, 2), date(2027, 2, 1)


def closing(first: date, last: date, points: int) -> Entry:
    worked = Line("kari", Measure.POINTS, Kind.WORKED, points)
    period = Period("", first, last, "", "")
    return Entry(0, date(2028, 1, 1), Event.CLOSING, "", period=period, lines=(worked,))


def across() -> Timetable:
    """Kari has a shift in the old year, one that ends in the new one, and one in that."""
    duties = [
        duty("2026-12-01 16:00", "22:00"),
        duty("2026-12-31 22:00", "2027-01-01 08:00"),
        duty("2027-01-05 16:00", "22:00"),
    ]
    own = problem([doctor("Kari")], duties, first_day=OLD, last_day=date(2027, 1, 31))
    return roster(own, {"kari": duties})


def book() -> Book:
    found = Book()
    for first, last, points in (
        (date(2026, 8, 3), date(2026, 11, 1), 1000),
        (OLD, date(2027, 1, 31), 300),
        (NEW, date(2027, 4, 25), 4000),
    ):
        found = found.add(closing(first, last, points))
    return found


def test_each_duty_counts_in_the_year_in_which_it_begins() -> None:
    assert points_in_year(across(), "kari", 300, 2026) == 200
    assert points_in_year(across(), "kari", 300, 2027) == 100
    assert points_in_year(across(), "kari", 300, 2028) == 0


def test_points_of_ordered_work_go_by_its_minutes() -> None:
    duties = [
        duty("2026-12-01 16:00", "22:00"),
        duty("2026-12-02 12:00", "13:00", NURSING_HOME),
        duty("2027-01-06 12:00", "15:00", NURSING_HOME),
    ]
    own = problem([doctor("Kari")], duties, first_day=OLD, last_day=date(2027, 1, 31))
    found = roster(own, {"kari": duties})
    assert points_in_year(found, "kari", 180, 2026) == 120
    assert points_in_year(found, "kari", 180, 2027) == 60


def test_a_closed_period_across_new_year_is_shared_between_the_years() -> None:
    worked = {2: across()}
    for first, points in (
        (OLD, 1000),
        (date(2026, 12, 1), 1000),  # the period is not over: it is this one
        (NEW, 100),
        (date(2027, 4, 26), 4100),
        (date(2028, 1, 3), None),
    ):
        found = earlier_in_year(book(), first, lambda entry: worked.get(entry.number))
        assert found.get("kari") == points, first


def test_where_the_roster_is_not_at_hand_the_year_in_which_the_period_begins_counts() -> None:
    assert earlier_in_year(book(), date(2027, 4, 26), lambda _: None) == {"kari": Fraction(4000)}
    earlier = earlier_in_year(book(), NEW, lambda _: None)
    assert not any(earlier.values())


def test_the_roster_of_a_period_that_was_closed_here_is_at_hand() -> None:
    with databases.sqlite() as address:
        world = World(address)
        days = {"first_day": "2026-12-28", "last_day": "2027-01-10"}
        own, duties = published(world, {0: "kari", 7: "kari"}, tail=[], **days)
        answer = world["coordinator"].post(
            "/ledger/closings", json={"roster": own}, headers={"If-Match": '"0"'}
        )
        assert answer.status_code == 201, answer.text
        service, actor = world.service, world.actors["coordinator"]
        with service.database.reading() as session:
            closing = service.books.of(session, actor).closings[-1].number
            worked = store.worked(session, service.plans, actor, closing)
            assert store.worked(session, service.plans, actor, closing + 1) is None
        assert worked is not None
        assert {duty.id: duty.day.year for duty in worked.duties_of("kari")} == {
            duties[0]: 2026,
            duties[7]: 2027,
        }
