"""The book: closings, what fades and what is capped, corrections, reversals."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Account
from scheduler.fairness.closing import settle, worked_shifts
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import fair_shares
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.closing import WHOLE, capped, close, faded, kept
from scheduler.ledger.entry import Event, Kind, LedgerError, Settings
from scheduler.ledger.overview import Row, measures, row, statement, title
from scheduler.ledger.wording import amount, measure_of, per_unit, signed, steps_of, word
from tests.scheduler.books import KARI, OLA, PER, closed, period, worked
from tests.support import NURSING_HOME, doctor, duty, problem, roster

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


# --- closing -------------------------------------------------------------------------------


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


# --- once, and in order --------------------------------------------------------------------


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


# --- remarks -------------------------------------------------------------------------------


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


# --- fading and ceiling --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "months", "left"),
    [
        (731, 24, 4998),  # 730.5 days are half
        (730, 24, 5002),
        (365, 12, 5002),
        (365, 24, 7073),
        (56, 24, 9483),
        (119, 24, 8932),
        (1, 240, 9999),
        (100, 0, WHOLE),
    ],
)
def test_half_of_a_balance_is_left_after_the_half_life(days: int, months: int, left: int) -> None:
    assert kept(days, months) == left
    if months:
        assert left == round(WHOLE * 2 ** (-days / (months * 30.4375)))


@given(st.integers(-100_000, 100_000), st.integers(0, WHOLE))
def test_fading_goes_towards_zero_and_is_the_same_on_both_sides(balance: int, left: int) -> None:
    after = faded(balance, left)
    assert abs(after) <= abs(balance)
    assert after * balance >= 0
    assert faded(-balance, left) == -after
    assert abs(Fraction(abs(balance) * left, WHOLE) - abs(after)) < 1


def test_where_nothing_fades_a_hundredth_stays_a_hundredth() -> None:
    assert [faded(balance, WHOLE) for balance in (-1, 0, 1)] == [-1, 0, 1]


def test_the_ceiling_stops_growth_and_takes_nothing_else() -> None:
    assert capped(500, 0, 300) == 300
    assert capped(-500, 0, 300) == -300
    assert capped(500, 400, 300) == 400  # an old balance above it is left to fade
    assert capped(350, 400, 300) == 350
    assert capped(300, 0, 300) == 300
    assert capped(100, 400, 0) == 100


@given(
    st.integers(-5_000, 5_000),
    st.integers(-5_000, 5_000),
    st.integers(0, 5_000),
)
def test_no_balance_grows_past_the_ceiling(old: int, change: int, limit: int) -> None:
    after = capped(old + change, old, limit)
    assert abs(after) <= max(limit, abs(old))
    if abs(old + change) <= max(limit, abs(old)):
        assert after == old + change


def test_what_is_over_the_ceiling_is_written_off_against_all() -> None:
    settings = Settings(half_life=0, ceiling=50)
    start = date(2027, 1, 1)
    book = posting.set_settings(posting.opened(Book(), start), settings, "Prøve", start)
    book = closed(book, worked(period(), {"kari": 8})).book
    # Shares are four nights each; half of that is the most that a balance may grow to.
    assert book.balance("kari", Measure.NIGHTS) == 200
    assert book.balance("ola", Measure.NIGHTS) == -200
    own = [x for x in book.entries[-1].lines if x.kind is Kind.CEILING and x.doctor == "kari"]
    assert [(x.measure, x.amount) for x in own] == [
        (Measure.POINTS, -200),
        (Measure.NIGHTS, -200),
    ]
    assert sums_to_zero(book)


def test_an_absence_wipes_out_nothing() -> None:
    """The ceiling follows the mean part where the doctor's own is smaller."""
    settings = Settings(half_life=0, ceiling=100)
    start = date(2026, 1, 1)
    book = posting.set_settings(posting.opened(Book(), start), settings, "Prøve", start)
    book = closed(book, worked(period(), {"kari": 7, "ola": 1})).book
    assert book.balance("ola", Measure.NIGHTS) == -300
    nearly_away = replace(OLA, share_weight=Fraction(1, 1000))
    later = period((KARI, nearly_away), first=date(2027, 3, 1))
    after = closed(book, worked(later, {"kari": 8})).book
    assert after.balance("ola", Measure.NIGHTS) == -301  # a hundredth of a night more is owed
    assert not any(x.kind is Kind.CEILING and x.doctor == "ola" for x in after.entries[-1].lines)


def test_a_period_without_great_holidays_leaves_their_balance_to_fade() -> None:
    before = Account("kari", great_holidays=100)
    book = closed(Book(), worked(period(ledger=(before,)), {"kari": 4, "ola": 4})).book
    assert book.balance("kari", Measure.GREAT_HOLIDAYS) == 94


# --- wishes --------------------------------------------------------------------------------


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


# --- by hand -------------------------------------------------------------------------------


def test_a_correction_has_a_counterpart() -> None:
    book = posting.correct(two_periods(), "kari", Measure.NIGHTS, 100, "Bytte", DAY)
    assert book.balance("kari", Measure.NIGHTS) == 100
    assert book.balance(None, Measure.NIGHTS) == -100
    assert sums_to_zero(book)


def test_a_forgotten_swap_moves_two_balances() -> None:
    swapped = posting.correct(
        two_periods(), "kari", Measure.NIGHTS, 100, "Bytte", DAY, against="ola"
    )
    assert swapped.balance("ola", Measure.NIGHTS) == -100
    assert swapped.balance(None, Measure.NIGHTS) == 0
    assert swapped.entries[-1].doctors == {"kari": "Kari", "ola": "Ola"}


def test_refused_wishes_are_corrected_without_counterpart() -> None:
    book = posting.correct(two_periods(), "kari", None, 100, "Glemt", DAY)
    assert book.balance("kari", None) == 100
    assert book.balance(None, None) == 0


def test_the_largest_correction_and_the_last_refused_wish_can_be_taken() -> None:
    book = posting.correct(two_periods(), "kari", Measure.NIGHTS, 100_000, "Prøve", DAY)
    assert book.balance("kari", Measure.NIGHTS) == 100_000
    book = posting.correct(book, "kari", None, 100, "Glemt", DAY)
    assert posting.correct(book, "kari", None, -100, "Likevel ikke", DAY).account("kari") == (
        replace(book.account("kari"), refused=0)
    )


@pytest.mark.parametrize(
    ("who", "measure", "steps", "against", "told"),
    [
        ("anne", Measure.NIGHTS, 100, None, "Legen har ingen konto."),
        ("kari", Measure.NIGHTS, 100, "anne", "Legen har ingen konto."),
        ("kari", Measure.NIGHTS, 100, "kari", "Legen kan ikke føres mot seg selv."),
        ("kari", Measure.NIGHTS, 0, None, "Beløpet kan ikke føres."),
        ("kari", Measure.NIGHTS, 100_001, None, "Beløpet kan ikke føres."),
        ("kari", None, -1, None, "Avslåtte ønsker kan ikke bli færre enn ingen."),
        ("kari", None, 100, "ola", "Avslåtte ønsker deles ikke ut"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    who: str, measure: Measure | None, steps: int, against: str | None, told: str
) -> None:
    with pytest.raises(LedgerError, match=told):
        posting.correct(two_periods(), who, measure, steps, "Prøve", DAY, against=against)


def test_entries_come_in_order_of_their_days() -> None:
    book = two_periods()
    with pytest.raises(LedgerError, match=r"Siste bilag er ført 26\.04\.2027"):
        posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", date(2027, 4, 25))
    same_day = posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", date(2027, 4, 26))
    assert len(same_day.entries) == len(book.entries) + 1


def test_who_has_left_is_written_off_against_all() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 6, "ola": 2}), refused={"ola": 100})
    left = posting.leave(book.book, "ola", "Sluttet", DAY)
    assert left.account("ola") == Account("ola")
    assert left.balance(None, Measure.NIGHTS) == -200
    assert left.balance("kari", Measure.NIGHTS) == 200
    assert sums_to_zero(left)
    with pytest.raises(LedgerError, match="Ola har ingen saldo å avskrive"):
        posting.leave(left, "ola", "Sluttet", DAY)
    with pytest.raises(LedgerError, match="ingen konto"):
        posting.leave(left, "per", "Sluttet", DAY)


def test_a_reversal_says_the_opposite_and_both_stay() -> None:
    before = two_periods()
    wrong = posting.correct(before, "kari", Measure.NIGHTS, 100, "Feil", DAY)
    number = len(wrong.entries)
    book = posting.reverse(wrong, number, "Var ingen feil", DAY)
    assert book.account("kari") == before.account("kari")
    assert len(book.entries) == number + 1
    assert [(p.line.amount, p.balance) for p in statement(book, "kari", Measure.NIGHTS)][-2:] == [
        (100, 100),
        (-100, 0),
    ]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "Bilaget finnes ikke."),
        (8, "Bilaget finnes ikke."),
        (1, "Valg for vaktkontoen reverseres ikke."),
        (3, "Senere perioder bygger på denne; den siste er lukket i bilag 4."),
        (5, "Bilaget er allerede reversert."),
        (6, "En reversering kan ikke reverseres."),
    ],
)
def test_what_cannot_be_reversed(number: int, told: str) -> None:
    book = posting.correct(two_periods(), "kari", Measure.NIGHTS, 100, "Feil", DAY)
    book = posting.reverse(book, 5, "Var ingen feil", DAY)
    book = posting.correct(book, "ola", Measure.NIGHTS, 100, "Mer", DAY)
    with pytest.raises(LedgerError, match=told):
        posting.reverse(book, number, "Prøve", DAY)


def test_holidays_of_a_reversed_closing_are_forgotten() -> None:
    shift = duty("2027-03-28 08:00", "20:00")
    plan = problem([KARI], [shift], first_day=date(2027, 3, 1), last_day=date(2027, 4, 30))
    book = closed(Book(), roster(plan, {"kari": [shift]})).book
    assert posting.reverse(book, 2, "Feil", DAY).holidays("kari") == {}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(half_life=241), "Halveringstiden"),
        (Settings(half_life=-1), "Halveringstiden"),
        (Settings(wish_half_life=241), "Halveringstiden"),
        (Settings(ceiling=49), "Taket"),
        (Settings(ceiling=1001), "Taket"),
        (Settings(), "Slik er det allerede"),
    ],
)
def test_settings_out_of_range_are_refused(settings: Settings, told: str) -> None:
    with pytest.raises(LedgerError, match=told):
        posting.set_settings(Book(), settings, "Prøve", DAY)


@pytest.mark.parametrize(
    "settings", [Settings(240, 50, 240), Settings(0, 0, 0), Settings(1, 1000, 1)]
)
def test_settings_hold_from_the_entry_on(settings: Settings) -> None:
    book = posting.set_settings(Book(), settings, "Prøve", DAY)
    assert [own.settings for own in book.entries] == [Settings(), settings]
    assert book.settings == settings


# --- laid out for reading ------------------------------------------------------------------


def test_the_five_sums_make_the_balance_of_every_account() -> None:
    book = closed(Book(), worked(period(), {"kari": 7, "ola": 1}), refused={"kari": 100}).book
    later = period((KARI, OLA, PER), first=date(2027, 3, 1), ledger=(Account("per", points=50),))
    book = closed(book, worked(later, {"kari": 1, "ola": 7})).book
    book = posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", DAY, against="ola")
    book = posting.leave(book, "per", "Sluttet", DAY)
    for who in (*book.names, None):
        for measure in measures(book):
            assert row(book, who, measure).closing == book.balance(who, measure)
    kari = row(book, "kari", Measure.NIGHTS)
    # From 3.00, faded to 94.83 %: 2.84. One night of eight, less the third part of eight.
    assert kari == Row(300, 100, -267, -16, 100)
    assert row(book, "per", Measure.POINTS).opening == 50


def test_a_correction_of_an_earlier_period_that_is_taken_back_later_is_a_correction() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 4, "ola": 4})).book
    book = posting.correct(book, "kari", Measure.NIGHTS, 100, "Feil", date(2027, 3, 2))
    later = period(first=date(2027, 3, 2))
    book = closed(book, worked(later, {"kari": 4, "ola": 4})).book
    book = posting.reverse(book, 4, "Var feil", DAY)
    assert row(book, "kari", Measure.NIGHTS) == Row(100, 400, -400, 0, -100)
    again = posting.correct(book, "kari", Measure.NIGHTS, 50, "Mer", DAY)
    undone = posting.reverse(again, 7, "Nei", DAY)
    assert row(undone, "kari", Measure.NIGHTS) == row(book, "kari", Measure.NIGHTS)


def test_lines_are_told_in_words() -> None:
    book = posting.reverse(two_periods(), 4, "Feil", DAY)
    told = [title(p.entry, p.line.kind) for p in statement(book, "kari", Measure.NIGHTS)]
    assert told == [
        "Arbeidet",
        "Rettferdig andel",
        "Arbeidet",
        "Rettferdig andel",
        "Reversert bilag 4: arbeidet",
        "Reversert bilag 4: rettferdig andel",
    ]
    assert title(book.entries[2], Kind.HALF_LIFE, is_wish=True) == "Gamle avslag avtar"


def test_amounts_are_written_as_a_norwegian_writes_them() -> None:
    assert [amount(Measure.NIGHTS, n) for n in (0, 5, -5, 1250, -1250)] == [
        "0,00",
        "0,05",
        "−0,05",
        "12,50",
        "−12,50",
    ]
    assert [signed(Measure.NIGHTS, n) for n in (0, 5, -5)] == ["0,00", "+0,05", "−0,05"]
    assert [amount(Measure.ORDERED, minutes) for minutes in (90, -20)] == ["1,50", "−0,33"]
    assert steps_of(Measure.ORDERED, "1,5") == 90


@pytest.mark.parametrize(
    ("text", "steps"),
    [("1", 100), ("-2,5", -250), ("−2.05", -205), (" +1 ", 100), ("0,01", 1), ("9999", 999_900)],
)
def test_amounts_are_read_as_people_write_them(text: str, steps: int) -> None:
    assert steps_of(Measure.NIGHTS, text) == steps


@pytest.mark.parametrize("text", ["", "-", "1,234", "ti", "1e3", "10000", "1/2", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a number"):
        steps_of(Measure.NIGHTS, text)


def test_measures_are_found_by_their_words() -> None:
    assert [measure_of(text) for text in ("poeng", "Netter", " helger", "HØYTIDER")] == [
        Measure.POINTS,
        Measure.NIGHTS,
        Measure.WEEKENDS,
        Measure.GREAT_HOLIDAYS,
    ]
    assert measure_of("ønsker") is measure_of("avslåtte ønsker") is None
    assert measure_of("pålagt") is measure_of("pålagte timer") is Measure.ORDERED
    for unknown in ("penger", "poengg", "h", ""):
        with pytest.raises(KeyError):
            measure_of(unknown)


def test_names_follow_the_latest_plan() -> None:
    book = closed(Book(), worked(period(), {"kari": 4, "ola": 4})).book
    renamed = replace(KARI, name="Kari Bråten")
    later = period((renamed, OLA), first=date(2027, 3, 1))
    assert closed(book, worked(later, {"kari": 4})).book.names["kari"] == "Kari Bråten"
    assert doctor("Kari").name == "Kari"
