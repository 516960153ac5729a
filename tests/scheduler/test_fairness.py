"""Fair shares: apportionment (E25), available days (E1), targets step by step, the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.claimed_exemption import ClaimedExemption
from constraints.law import POLICY
from scheduler.domain.doctor import Doctor, Employment, Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Account, Municipality, Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.fairness.availability import available_days
from scheduler.fairness.closing import settle, worked_shifts
from scheduler.fairness.keys import Key, apportion, key_weights, municipal_quota
from scheduler.fairness.measures import Calendar, Measure
from scheduler.fairness.shares import WeightBy, fair_shares
from scheduler.rule import Authority, Bar, Case, Rule
from tests.support import (
    DAYTIME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    span,
)

KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per")
HEAVY = replace(NIGHT, burden=250)


def closed(timetable: Timetable, measure: Measure) -> list[Fraction]:
    """Everybody's balance after a roster, by equal shares, in the doctors' order."""
    plan = timetable.problem
    settlements = settle(plan, fair_shares(plan, []), worked_shifts(timetable))
    return [own.closing for own in settlements if own.measure is measure]


@dataclass(frozen=True)
class Away(Rule):
    """Bars given as they are, for one doctor."""

    id: ClassVar = "away"
    title: ClassVar = "Borte"
    title_en: ClassVar = "Away"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)

    who: str
    intervals: tuple[Interval, ...]
    letters: frozenset[Letter] = frozenset(Letter)
    prorates: bool = True

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        if doctor.id == self.who:
            for interval in self.intervals:
                yield Bar(interval, self.letters, prorates=self.prorates)

    def explain(self, problem: Problem, case: Case) -> str:
        return "Borte."


def nights(*days: int) -> list[Duty]:
    return [duty(f"2027-02-{d:02} 23:00", f"2027-02-{d + 1:02} 08:00", HEAVY) for d in days]


# --- whole numbers by weight ---------------------------------------------------------------


def e25(*doctors: Doctor) -> Problem:
    weekdays = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    evenings = [duty(f"2027-02-{d:02} 16:00", "23:00", needed=9) for d in weekdays]
    towns = (
        Municipality("a", "A", 2600, key=Fraction(1, 10)),
        Municipality("b", "B", 6000, key=Fraction(6, 10)),
        Municipality("c", "C", 1400, key=Fraction(3, 10)),
    )
    return problem(doctors, evenings, municipalities=towns)


def test_e25_half_equal_and_half_by_population() -> None:
    quota = municipal_quota(e25(), Key.HALF)
    assert [(q.municipality, q.duties) for q in quota] == [("a", 27), ("b", 42), ("c", 21)]
    assert [float(90 * q.part) for q in quota] == pytest.approx([26.7, 42.0, 21.3])


def test_e25_quota_stays_where_all_gps_are_exempt() -> None:
    anne, bo, cato = (doctor(n, municipality=n[0].lower()) for n in ("Anne", "Bo", "Cato"))
    plan = e25(anne, bo, cato)
    exempt = Away("anne", (plan.period,))
    found = fair_shares(plan, [exempt], key=Key.HALF)
    assert municipal_quota(plan, Key.HALF)[0].duties == 27
    assert [(o.municipality, o.measure, o.demand) for o in found.orphans] == [
        ("a", Measure.POINTS, 2670)
    ]
    assert [s.doctor for s in found.pool(Measure.POINTS)] == ["bo", "cato"]
    assert [s.target for s in found.pool(Measure.POINTS)] == [4200, 2130]
    assert not fair_shares(plan, [exempt]).orphans


def test_keys_by_posts_population_and_agreement() -> None:
    hired = doctor("Hilde", municipality="c", employment=Employment.HIRED)
    own = [doctor(f"D{n}", municipality=town) for n, town in enumerate("aab")]
    plan = e25(*own, hired)
    assert key_weights(plan, Key.POSTS) == (Fraction(2, 3), Fraction(1, 3), Fraction(0))
    assert key_weights(plan, Key.POPULATION) == tuple(Fraction(n, 100) for n in (26, 60, 14))
    assert key_weights(plan, Key.CUSTOM) == tuple(Fraction(n, 10) for n in (1, 6, 3))


@pytest.mark.parametrize("key", [Key.POSTS, Key.CUSTOM])
def test_a_key_that_gives_nobody_a_part_is_refused(key: Key) -> None:
    with pytest.raises(ValueError, match=f"key \\({key}\\) must give at least one"):
        key_weights(problem([], []), key)


def test_no_key_divides_nothing() -> None:
    with pytest.raises(ValueError, match="must be one that divides"):
        municipal_quota(e25(), Key.NONE)


def test_a_tie_goes_to_the_earlier_one() -> None:
    assert apportion(4, [Fraction(1)] * 3) == (2, 1, 1)
    assert apportion(5, [Fraction(1)] * 3) == (2, 2, 1)


def test_weights_that_cannot_share_are_refused() -> None:
    with pytest.raises(ValueError, match="must hold a positive one"):
        apportion(1, [Fraction(0)])
    with pytest.raises(ValueError, match="must not be negative"):
        apportion(1, [Fraction(-1), Fraction(2)])
    assert apportion(0, [Fraction(0)]) == (0,)


@given(
    st.integers(0, 5000),
    st.lists(st.fractions(min_value=0, max_value=50), min_size=1, max_size=8).filter(any),
)
def test_nothing_is_lost_and_nobody_is_a_whole_one_off(total: int, weights: list[Fraction]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1


# --- available days ------------------------------------------------------------------------


def test_e01_seventy_three_of_181_days_are_left_before_sixty() -> None:
    senior = doctor("Senior", born=date(1967, 3, 15))
    claim = Exemption(
        "e1",
        "senior",
        ExemptionKind.AGE,
        ExemptionStatus.CLAIMED,
        claimed_from=date(2026, 11, 1),
    )
    duties = [*nights(1, 8), duty("2027-02-03 08:00", "15:30", DAYTIME)]
    plan = problem([senior, KARI], duties, exemptions=(claim,))
    rules = [ClaimedExemption()]
    assert available_days(plan, rules, senior, Letter.OUT_OF_HOURS) == 73
    assert available_days(plan, rules, senior, Letter.DAYTIME) == 181
    found = fair_shares(plan, rules)
    own = found.of("senior", Measure.NIGHTS)
    assert own is not None
    assert own.steps[0].own == Fraction(73, 181)
    assert own.target == 2 * Fraction(73, 181 + 73)
    # Daytime duty is outside the right, so there the share is full.
    points = found.of("senior", Measure.POINTS)
    assert points is not None
    assert points.target == 500 * Fraction(73, 254) + 100 * Fraction(1, 2)
    assert fair_shares(plan, rules, prorate=False).pool(Measure.NIGHTS)[0].target == 1


@pytest.mark.parametrize(
    ("start", "end", "lost"),
    [
        ("2027-02-03 00:00", "2027-02-04 00:00", 1),
        ("2027-02-03 00:01", "2027-02-04 00:00", 0),
        ("2027-02-03 00:00", "2027-02-03 23:59", 0),
        ("2027-02-03 12:00", "2027-02-05 12:00", 1),
        ("2027-03-28 00:00", "2027-03-29 00:00", 1),  # 23 hours are a day
        ("2026-12-01 00:00", "2027-01-03 00:00", 2),
        ("2027-06-30 00:00", "2028-01-01 00:00", 1),
        ("2027-07-01 00:00", "2028-01-01 00:00", 0),
        ("2026-01-01 00:00", "2028-01-01 00:00", 181),
    ],
)
def test_only_a_whole_day_of_the_period_is_lost(start: str, end: str, lost: int) -> None:
    plan = problem([KARI], [])
    assert available_days(plan, [Away("kari", (span(start, end),))], KARI) == 181 - lost


def test_bars_that_meet_or_overlap_are_one_stretch() -> None:
    halves = (
        span("2027-02-03 00:00", "2027-02-03 12:00"),
        span("2027-02-03 12:00", "2027-02-04 00:00"),
        span("2027-02-03 06:00", "2027-02-03 07:00"),
        span("2027-02-10 00:00", "2027-02-12 00:00"),
        span("2027-02-11 00:00", "2027-02-11 12:00"),
    )
    assert available_days(problem([KARI], []), [Away("kari", halves)], KARI) == 181 - 3


def test_time_that_does_not_prorate_or_is_of_another_letter_is_not_lost() -> None:
    plan = problem([KARI, OLA], [])
    rule = Away("kari", (plan.period,))
    assert available_days(plan, [rule], KARI) == 0
    assert available_days(plan, [rule], OLA) == 181
    assert available_days(plan, [replace(rule, prorates=False)], KARI) == 181
    daytime = replace(rule, letters=frozenset({Letter.DAYTIME}))
    assert available_days(plan, [daytime], KARI) == 181


# --- targets -------------------------------------------------------------------------------


def test_equal_shares_are_the_default_whatever_the_practice() -> None:
    part_time = doctor("Deltid", practice_share="1/2", list_size=500, shared_list="felles")
    plan = problem([replace(KARI, list_size=1500, shared_list="felles"), part_time], nights(1, 8))

    def targets(weight_by: WeightBy) -> list[Fraction]:
        found = fair_shares(plan, [], weight_by=weight_by)
        return [share.target for share in found.pool(Measure.POINTS)]

    assert targets(WeightBy.EQUAL) == [250, 250]
    assert targets(WeightBy.PRACTICE_SHARE) == [Fraction(1000, 3), Fraction(500, 3)]
    assert targets(WeightBy.LIST_SIZE) == [375, 125]


def test_an_agreed_weight_holds_whatever_the_shares_follow() -> None:
    plan = problem([KARI, doctor("Ola", share_weight=Fraction(1, 4))], nights(1))
    found = fair_shares(plan, [], weight_by=WeightBy.PRACTICE_SHARE)
    assert [share.target for share in found.pool(Measure.POINTS)] == [200, 50]


def test_a_doctor_without_a_list_weighs_as_the_average() -> None:
    plan = problem(
        [doctor("A", list_size=600), doctor("B", list_size=1000), doctor("C")], nights(1)
    )
    found = fair_shares(plan, [], weight_by=WeightBy.LIST_SIZE)
    assert [s.target for s in found.pool(Measure.POINTS)] == [
        Fraction(250 * n, 24) for n in (6, 10, 8)
    ]


def test_who_can_have_no_duty_of_a_class_is_not_in_its_pool() -> None:
    duties = [*nights(1, 8), duty("2027-02-03 16:00", "23:00")]
    away = Away("ola", tuple(d.interval for d in duties[:2]), prorates=False)
    found = fair_shares(problem([KARI, OLA], duties), [away])
    assert [share.doctor for share in found.pool(Measure.NIGHTS)] == ["kari"]
    assert [share.doctor for share in found.pool(Measure.POINTS)] == ["kari", "ola"]
    assert found.of("ola", Measure.NIGHTS) is None
    assert found.of("kari", Measure.NIGHTS) == found.pool(Measure.NIGHTS)[0]


def test_a_block_is_closed_if_one_of_its_duties_is() -> None:
    block = [replace(night, block="b") for night in nights(1, 2)]
    away = Away("ola", (block[1].interval,), prorates=False)
    found = fair_shares(problem([KARI, OLA], block), [away])
    assert [share.doctor for share in found.pool(Measure.POINTS)] == ["kari"]


def test_municipal_sessions_are_outside() -> None:
    session = duty("2027-02-03 08:00", "15:30", replace(NURSING_HOME, burden=700))
    assert not fair_shares(problem([KARI], [session]), []).shares


def test_a_duty_for_two_counts_twice_and_one_of_a_choice_once() -> None:
    double = replace(nights(1)[0], needed=2)
    choice = [replace(night, choice="en av to") for night in nights(8, 10)]
    plan = problem([KARI], [double, *choice])
    assert Calendar(plan).demand(Measure.NIGHTS, Letter.OUT_OF_HOURS) == (3, 3)
    assert Calendar(plan).demand(Measure.POINTS, Letter.OUT_OF_HOURS) == (750, 750)


def test_weekends_are_asked_for_between_all_apart_and_all_joined() -> None:
    weekend = [
        duty("2027-02-06 08:00", "16:00"),
        duty("2027-02-06 16:00", "23:00"),
        duty("2027-02-07 08:00", "16:00", needed=2),
        duty("2027-02-05 16:00", "23:00"),  # Friday evening is no weekend
    ]
    plan = problem([KARI, OLA], weekend)
    assert Calendar(plan).demand(Measure.WEEKENDS, Letter.OUT_OF_HOURS) == (4, 2)
    assert Calendar(plan).worked(Measure.WEEKENDS, weekend) == 1
    own = fair_shares(plan, []).of("kari", Measure.WEEKENDS)
    assert own is not None
    assert own.target == 2
    assert own.least == 1


def test_e24_seventeenth_of_may_on_whit_monday_is_one_holiday() -> None:
    day = duty("2027-05-17 08:00", "20:00")
    easter = duty("2027-03-28 08:00", "20:00")
    ascension = duty("2027-05-06 08:00", "20:00")
    plan = problem([KARI, OLA], [easter, ascension, day])
    calendar = Calendar(plan)
    assert calendar.worked(Measure.GREAT_HOLIDAYS, [day]) == 1
    assert calendar.worked(Measure.GREAT_HOLIDAYS, plan.duties) == 3
    assert calendar.demand(Measure.GREAT_HOLIDAYS, Letter.OUT_OF_HOURS) == (3, 3)


def test_daytime_duty_is_no_weekend_and_no_holiday() -> None:
    saturday = duty("2027-03-27 10:00", "15:00", DAYTIME)
    measures = {share.measure for share in fair_shares(problem([KARI], [saturday]), []).shares}
    assert measures == {Measure.POINTS}
    calendar = Calendar(problem([KARI], [saturday]))
    assert calendar.worked(Measure.WEEKENDS, [saturday]) == 0
    assert calendar.worked(Measure.GREAT_HOLIDAYS, [saturday]) == 0


def test_a_municipality_without_a_quota_lacks_nobody() -> None:
    plan = e25(doctor("Anne", municipality="a"), doctor("Bo", municipality="b"))
    assert fair_shares(plan, [], key=Key.POSTS).orphans == ()


def test_opening_balance_moves_the_aim_as_far_as_the_share_allows() -> None:
    def aim(points: int, carry: int = 100) -> Fraction:
        plan = problem([KARI, OLA], nights(1, 8), ledger=(Account("kari", points=points),))
        own = fair_shares(plan, [], carry=carry).of("kari", Measure.POINTS)
        assert own is not None
        assert own.target == 250
        assert own.opening == points
        return own.aim

    assert [aim(p) for p in (0, 100, 250, 251, -250, -251)] == [250, 150, 0, 0, 500, 500]
    assert aim(250, carry=50) == 125
    assert aim(250, carry=0) == 250


def test_shares_are_values() -> None:
    plan = problem([KARI, OLA], nights(1, 8))
    assert fair_shares(plan, []) == fair_shares(replace(plan), [])


# --- the ledger ----------------------------------------------------------------------------


def test_balances_keep_their_sum() -> None:
    ledger = (Account("kari", points=30, nights=100), Account("ola", points=-30, nights=-100))
    plan = problem([KARI, OLA, PER], nights(1, 4, 8, 12), ledger=ledger)
    timetable = roster(plan, {"kari": plan.duties[:3], "per": plan.duties[3:]})
    # 1000 hundredths in three parts: 334 + 333 + 333; four nights: 134 + 133 + 133 hundredths.
    points, nights_after = (closed(timetable, m) for m in (Measure.POINTS, Measure.NIGHTS))
    assert points == [30 + 750 - 334, -30 - 333, 250 - 333]
    assert [100 * n for n in nights_after] == [100 + 300 - 134, -100 - 133, 100 - 133]


def test_what_was_not_worked_is_nobodys_debt() -> None:
    plan = problem([KARI, OLA], nights(1, 8))
    for measure in Measure:
        assert closed(roster(plan, {}), measure) == [0, 0]


def test_without_shares_balances_stand() -> None:
    nobody = replace(KARI, share_weight=Fraction(0))
    plan = problem([nobody], nights(1), ledger=(Account("kari", points=7),))
    assert closed(roster(plan, {"kari": plan.duties}), Measure.POINTS) == [7]


@given(st.lists(st.sampled_from(["kari", "ola", "per", ""]), min_size=4, max_size=4))
def test_whoever_works_the_period_balances_sum_to_nothing(holders: list[str]) -> None:
    plan = problem([KARI, OLA, PER], nights(1, 6, 13, 20))
    work: dict[str, Sequence[Duty]] = {}
    for holder, own in zip(holders, plan.duties, strict=True):
        if holder:
            work[holder] = [*work.get(holder, ()), own]
    for measure in Measure:
        assert sum(closed(roster(plan, work), measure)) == 0
