"""A period is closed: what is posted, once and in order, and what is told of it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Account
from scheduler.fairness.closing import settle, worked_shifts
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import fair_shares
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.closing import WHOLE, close, kept
from scheduler.ledger.entry import Event, Kind, LedgerError, Settings
from scheduler.ledger.wording import per_unit, word
from tests.scheduler.books import (
    DAY,
    KARI,
    OLA,
    PER,
    closed,
    period,
    sums_to_zero,
    two_periods,
    without_fading,
    worked,
)
from tests.support import NURSING_HOME, duty, problem, roster


def test_what_was_worked_less_the_fair_part_is_the_balance() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 6, "ola": 2})).book
    assert book.balance("kari", Measure.POINTS) == 600 - 400
    assert book.balance("ola", Measure.POINTS) == 200 - 400
    assert book.balance("kari", Measure.NIGHTS) == 200  # hundredths of a night
    assert book.balance(None, Measure.POINTS) == 0
    assert sums_to_zero(book)
    assert book.account("kari") == Account("kari", points=200, nights=200)


def test_a_doctor_treated_badly_gets_it_back() -> None:
    book = two_periods()
    assert [book.balance(who, Measure.NIGHTS) for who in ("kari", "ola")] == [0, 0]


def test_every_entry_sums_to_zero_by_measure_and_kind() -> None:
    for entry in two_periods().entries:
        for measure in Measure:
            for kind in Kind:
                own = [x for x in entry.lines if (x.measure, x.kind) == (measure, kind)]
                assert sum(x.amount for x in own) == 0
                assert None not in [x.doctor for x in own[:-1]]  # the common account is last


def test_measures_are_the_fields_of_an_account() -> None:
    assert all(hasattr(Account("kari"), measure.value) for measure in Measure)
    assert all(word(measure) and per_unit(measure) for measure in Measure)


def test_a_new_book_opens_with_settings_and_what_the_plan_says() -> None:
    before = Account("kari", points=250, weekends=-100, holidays={GreatHoliday.EASTER: 2024})
    plan = period(ledger=(before,))
    book = closed(Book(), worked(plan, {"kari": 4, "ola": 4})).book
    assert [own.event for own in book.entries] == [Event.SETTINGS, Event.CLOSING]
    assert book.entries[0].settings == Settings(24, 200, 12)
    [line] = [x for x in book.entries[1].lines if x.kind is Kind.OPENING and x.amount == 250]
    assert line.doctor == "kari"
    assert book.balance("kari", Measure.WEEKENDS) == -94  # 94.83 % of it, towards zero
    assert book.holidays("kari") == {GreatHoliday.EASTER: (2024,)}


def test_who_joins_opens_with_nothing() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 6, "ola": 2})).book
    later = period((KARI, OLA, PER), first=date(2027, 3, 1), count=6)
    done = closed(book, worked(later, {"kari": 2, "ola": 2, "per": 2}))
    assert done.book.balance("per", Measure.NIGHTS) == 0
    assert not any(x.kind is Kind.OPENING for x in done.book.entries[-1].lines)


def test_who_is_not_in_the_plan_keeps_the_balance() -> None:
    book = closed(Book(), worked(period(), {"kari": 6, "ola": 2})).book
    alone = period((KARI,), first=date(2027, 3, 1))
    later = closed(book, worked(alone, {"kari": 8})).book
    assert later.balance("ola", Measure.NIGHTS) == book.balance("ola", Measure.NIGHTS) == -200


def test_a_volunteer_outside_the_pool_earns_all_that_was_worked() -> None:
    volunteer = replace(PER, share_weight=Fraction(0))
    plan = period((KARI, volunteer))
    book = closed(without_fading(), worked(plan, {"kari": 6, "per": 2})).book
    assert book.balance("per", Measure.NIGHTS) == 200
    assert book.balance("kari", Measure.NIGHTS) == -200


def test_the_memory_of_great_holidays_keeps_all_years() -> None:
    book = without_fading()
    for year, easter in ((2027, "2027-03-28"), (2028, "2028-04-16")):
        shift = duty(f"{easter} 08:00", "20:00")
        plan = problem([KARI, OLA], [shift], first_day=date(year, 3, 1), last_day=date(year, 4, 30))
        book = closed(book, roster(plan, {"kari": [shift]})).book
    assert book.holidays("kari") == {GreatHoliday.EASTER: (2027, 2028)}
    assert book.account("kari").holidays == {GreatHoliday.EASTER: 2028}
    assert book.holidays("ola") == {}


def test_a_holiday_in_the_former_roster_is_remembered_once() -> None:
    shift = duty("2027-01-01 08:00", "20:00")
    plan = problem(
        [KARI],
        [],
        first_day=date(2027, 1, 4),
        last_day=date(2027, 1, 31),
        tail=[(KARI, shift)],
        ledger=(Account("kari", holidays={GreatHoliday.NEW_YEAR: 2026}),),
    )
    book = closed(Book(), roster(plan, {})).book
    assert [(x.holiday, x.year) for x in book.entries[-1].holidays] == [
        (GreatHoliday.NEW_YEAR, 2026)
    ]


def test_values_that_do_not_fit_the_resolution_are_refused() -> None:
    timetable = worked(period(), {"kari": 6, "ola": 2})
    plan = timetable.problem
    own = settle(plan, fair_shares(plan, []), worked_shifts(timetable))
    broken = [replace(own[0], part=own[0].part + Fraction(1, 3)), *own[1:]]
    with pytest.raises(ValueError, match="must be in steps of 1 points"):
        close(Book(), timetable, broken, booked_on=DAY)


def refusal(book: Book, first: date, *, days: int = 56) -> LedgerError:
    plan = period(first=first, days=days)
    with pytest.raises(LedgerError) as error:
        closed(book, worked(plan, {"kari": 4, "ola": 4}), booked_on=date(2028, 1, 1))
    return error.value


def test_a_plan_is_closed_once() -> None:
    book = closed(Book(), worked(period(), {"kari": 6, "ola": 2})).book
    told = refusal(book, date(2027, 1, 4))
    assert told.problem == "Denne planen er allerede lukket (bilag 2, ført 01.03.2027)."
    assert told.remedy == "Skal det gjøres om, reverserer du bilag 2 først."


@pytest.mark.parametrize(
    ("first", "days", "fits"),
    [
        (date(2027, 2, 28), 56, False),  # the last day is closed already
        (date(2027, 3, 1), 56, True),
        (date(2027, 6, 1), 56, True),
        (date(2026, 11, 9), 56, False),  # the day before the first: in the wrong order
        (date(2026, 11, 9), 57, False),
    ],
)
def test_periods_do_not_overlap_and_come_in_order(first: date, days: int, fits: bool) -> None:
    book = closed(Book(), worked(period(), {"kari": 6, "ola": 2})).book
    if fits:
        plan = period(first=first, days=days)
        assert len(closed(book, worked(plan, {"kari": 4, "ola": 4})).book.closings) == 2
    else:
        told = refusal(book, first, days=days)
        late = first + timedelta(days=days - 1) < date(2027, 1, 4)
        assert ("En senere periode" if late else "overlapper") in told.problem


def test_after_a_reversal_it_can_be_closed_again_with_what_the_plan_said() -> None:
    plan = period(ledger=(Account("kari", points=500),))
    first = closed(Book(), worked(plan, {"kari": 6, "ola": 2})).book
    taken = posting.reverse(first, 2, "Feil vaktplan", DAY)
    assert taken.balance("kari", Measure.POINTS) == 0
    assert taken.closings == ()
    assert taken.known == frozenset()
    again = closed(taken, worked(plan, {"kari": 6, "ola": 2}), booked_on=DAY).book
    assert again.account("kari") == first.account("kari")
    assert again.account("ola") == first.account("ola")


def test_a_plan_made_with_other_balances_is_told() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 6, "ola": 2})).book
    plan = period(first=date(2027, 3, 1), ledger=(Account("kari", points=200, nights=150),))
    remarks = closed(book, worked(plan, {"kari": 4, "ola": 4})).remarks
    assert remarks == (
        "Kari: planen ble laget med en annen inngående saldo enn vaktkontoen hadde: 1,50 netter "
        "(kontoen: 2,00). Kontoens tall er brukt.",
        "Ola: planen ble laget med en annen inngående saldo enn vaktkontoen hadde: 0,00 poeng "
        "(kontoen: −2,00), 0,00 netter (kontoen: −2,00). Kontoens tall er brukt.",
    )


def test_a_plan_opened_from_the_book_is_closed_without_remarks() -> None:
    book = closed(Book(), worked(period(), {"kari": 6, "ola": 2})).book
    ledger = (book.account("kari"), book.account("ola"))
    plan = period(first=date(2027, 3, 1), ledger=ledger)
    assert closed(book, worked(plan, {"kari": 4, "ola": 4})).remarks == ()


def test_a_period_that_is_not_over_and_holes_are_told() -> None:
    plan = period()
    done = closed(Book(), worked(plan, {"kari": 6, "ola": 1}), booked_on=plan.last_day)
    assert done.remarks == (
        "Perioden varer til 28.02.2027 og er ikke over. Det som føres som arbeidet, er vaktplanen "
        "slik den er nå.",
        "1 vakt står uten lege. Det som ingen har arbeidet, er ikke fordelt på noen.",
    )
    assert sums_to_zero(done.book)


def test_shifts_and_sessions_without_a_doctor_are_counted_apart() -> None:
    sessions = [duty(f"2027-01-{day:02} 08:00", "12:00", NURSING_HOME) for day in (5, 12)]
    plan = problem(
        [KARI],
        [*period().duties[:2], *sessions],
        first_day=date(2027, 1, 4),
        last_day=date(2027, 1, 31),
    )
    told = closed(Book(), roster(plan, {})).remarks
    assert [own.split(" står")[0] for own in told] == ["2 vakter og 2 økter"]


def test_refused_wishes_are_counted_and_fade() -> None:
    book = closed(Book(), worked(period(), {"kari": 4, "ola": 4}), refused={"kari": 200}).book
    assert [book.balance(who, None) for who in ("kari", "ola")] == [200, 0]
    later = period(first=date(2027, 3, 1))
    again = closed(book, worked(later, {"kari": 4, "ola": 4}), refused={"ola": 100}).book
    assert again.balance("kari", None) == 200 * kept(56, 12) // WHOLE == 179
    assert again.account("ola").refused == 100
    assert again.balance(None, None) == 0  # nobody else has been refused less for that


def test_refused_wishes_of_the_plan_are_brought_along() -> None:
    plan = period(ledger=(Account("kari", refused=150),))
    book = closed(without_fading(), worked(plan, {"kari": 4, "ola": 4})).book
    assert book.balance("kari", None) == 150
