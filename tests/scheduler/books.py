"""Small periods and how they are closed, for tests of the ledger."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Problem
from scheduler.domain.roster import Timetable
from scheduler.fairness.closing import settle, worked_shifts
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import fair_shares
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.closing import Closing, close
from scheduler.ledger.entry import Settings
from tests.support import NIGHT, doctor, duty, problem, roster

KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per")


def nights(first: date, count: int, every: int = 7) -> list[Duty]:
    """So many nights of 100 hundredths, so many days apart."""
    days = [first + timedelta(days=every * number) for number in range(count)]
    return [duty(f"{day} 23:00", f"{day + timedelta(days=1)} 08:00", NIGHT) for day in days]


def period(
    doctors: Sequence[Doctor] = (KARI, OLA),
    *,
    first: date = date(2027, 1, 4),
    days: int = 56,
    count: int = 8,
    ledger: tuple[Account, ...] = (),
) -> Problem:
    """A period of Monday nights, one a week."""
    return problem(
        doctors,
        nights(first, count),
        first_day=first,
        last_day=first + timedelta(days=days - 1),
        ledger=ledger,
    )


def worked(plan: Problem, counts: Mapping[str, int]) -> Timetable:
    """The first doctor has the first so many duties, and so on."""
    left = list(plan.duties)
    work = {}
    for who, count in counts.items():
        work[who], left = left[:count], left[count:]
    return roster(plan, work)


def closed(
    book: Book,
    timetable: Timetable,
    *,
    booked_on: date | None = None,
    refused: Mapping[str, int] | None = None,
) -> Closing:
    """The period closed by equal shares, the day after it ended."""
    plan = timetable.problem
    return close(
        book,
        timetable,
        settle(plan, fair_shares(plan, []), worked_shifts(timetable)),
        booked_on=booked_on or plan.last_day + timedelta(days=1),
        refused=refused,
    )


NEVER = Settings(half_life=0, ceiling=0, wish_half_life=0)
DAY = date(2027, 6, 1)


def without_fading(start: date = date(2026, 1, 1)) -> Book:
    """A book in which balances stand as they are."""
    return posting.set_settings(posting.opened(Book(), start), NEVER, "Prøve", start)


def two_periods() -> Book:
    """Kari has six of eight nights, then two of eight."""
    first = period()
    book = closed(without_fading(), worked(first, {"kari": 6, "ola": 2})).book
    second = period(first=first.last_day + timedelta(days=1))
    return closed(book, worked(second, {"kari": 2, "ola": 6})).book


def sums_to_zero(book: Book) -> bool:
    """Every measure over all doctors and the common account."""
    everybody = [*book.names, None]
    return all(sum(book.balance(who, measure) for who in everybody) == 0 for measure in Measure)
