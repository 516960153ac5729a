"""Kommunens egen innstilling: samlet vakttid i perioden og i uker på rad."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.pattern_maximum import PatternMaximum
from constraints.total_time import TotalTime
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle
from tests.support import NIGHT, NURSING_HOME, doctor, duty, notices, problem, roster, verify

KARI = doctor("Kari")
OLA = doctor("Ola")
FIRST = date(2027, 3, 1)  # a Monday, week 9
WEEKS: dict[str, Any] = {"first_day": FIRST, "last_day": date(2027, 3, 28)}


def shift(day: int, minutes: int = 480) -> Duty:
    """A shift so many days after Monday 1 March."""
    when = FIRST + timedelta(days=day)
    end = f"{8 + minutes // 60:02}:{minutes % 60:02}"
    return duty(f"{when} 08:00", end, id=f"{when}/{minutes}")


def worked(*duties: Duty, spare: tuple[Duty, ...] = (), **more: Any) -> Timetable:
    """Kari works the duties in a plan of four weeks; nobody has the spare ones."""
    return roster(problem([KARI], [*duties, *spare], **WEEKS | more), {"kari": duties})


def test_off_until_given() -> None:
    assert not list(TotalTime().check(worked(shift(0))))
    assert not verify(TotalTime(), worked(shift(0)))


@pytest.mark.parametrize(("minutes", "breaches"), [(480, 0), (481, 1)])
def test_the_maximum_of_the_period_and_a_minute_more(minutes: int, breaches: int) -> None:
    rule = TotalTime(maximum={"*": 960})
    found = verify(rule, worked(shift(0), shift(20, minutes)))
    assert [(case.measured, case.margin) for case in found] == [(961, -1)] * breaches


@pytest.mark.parametrize(("minutes", "breaches"), [(480, 0), (479, 1)])
def test_the_minimum_of_the_period_and_a_minute_less(minutes: int, breaches: int) -> None:
    rule = TotalTime(minimum={"*": 960})
    found = verify(rule, worked(shift(0), shift(20, minutes), spare=(shift(9),)))
    assert [(case.measured, case.margin) for case in found] == [(959, -1)] * breaches


def test_who_works_nothing_is_below_the_minimum() -> None:
    [case] = verify(TotalTime(minimum={"*": 1}), worked(spare=(shift(0),)))
    assert (case.measured, case.duties) == (0, ())


def test_a_minimum_asks_for_nothing_where_there_is_nothing_to_give() -> None:
    assert not verify(TotalTime(minimum={"*": 1}), worked())
    weekly = TotalTime(window_minimum={"*": 480})
    assert not verify(weekly, worked(shift(0), shift(7), shift(14)))  # no duty in week 12
    assert len(verify(weekly, worked(shift(0), shift(7), shift(14), spare=(shift(27),)))) == 1


def test_a_minimum_that_other_rules_make_impossible_is_not_dropped() -> None:
    plan = problem([KARI], [shift(0)], **WEEKS)
    draft = Draft(plan, [PatternMaximum(maxima={"*/kveld": 0}), TotalTime(minimum={"*": 480})])
    assert len(list(broken(draft.model, settle(draft.model, ())))) == 1


def test_sessions_and_real_minutes_count() -> None:
    session = duty("2027-03-01 12:00", "15:00", NURSING_HOME)
    assert len(verify(TotalTime(maximum={"*": 659}), worked(shift(0), session))) == 1
    assert not verify(TotalTime(maximum={"*": 660}), worked(shift(0), session))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2027-03-27 23:00", "2027-03-28 08:00", 480),
        ("2026-10-24 23:00", "2026-10-25 08:00", 600),
    ],
)
def test_a_night_of_clock_change_counts_as_it_is(start: str, end: str, minutes: int) -> None:
    night = duty(start, end, NIGHT)
    period: dict[str, Any] = {"first_day": night.day, "last_day": night.day}
    assert not verify(TotalTime(maximum={"*": minutes}), worked(night, **period))
    assert verify(TotalTime(maximum={"*": minutes - 1}), worked(night, **period))


@pytest.mark.parametrize(("day", "breaches"), [(6, 1), (7, 0)])
def test_a_window_of_one_week_is_the_iso_week(day: int, breaches: int) -> None:
    rule = TotalTime(window_maximum={"*": 480})
    assert len(verify(rule, worked(shift(0), shift(day)))) == breaches


def test_a_night_belongs_to_the_week_in_which_it_starts() -> None:
    sunday_night = duty("2027-03-07 23:00", "2027-03-08 07:00", NIGHT)
    rule = TotalTime(window_maximum={"*": 480})
    assert not verify(rule, worked(sunday_night, shift(7)))
    assert verify(rule, worked(shift(0), sunday_night))


@pytest.mark.parametrize(("day", "breaches"), [(13, 1), (14, 0)])
def test_a_window_of_two_weeks(day: int, breaches: int) -> None:
    rule = TotalTime(window_maximum={"*": 480}, window_weeks=2)
    assert len(verify(rule, worked(shift(0), shift(day)))) == breaches


def test_each_window_over_its_maximum_is_named() -> None:
    rule = TotalTime(window_maximum={"*": 480}, window_weeks=2)
    found = verify(rule, worked(shift(0), shift(7), shift(14)))
    assert [case.duties for case in found] == [
        (shift(0).id, shift(7).id),
        (shift(7).id, shift(14).id),
    ]


def test_the_minimum_binds_only_in_whole_weeks_of_the_period() -> None:
    rule = TotalTime(window_minimum={"*": 480})
    every = tuple(shift(day) for day in (2, 8, 16, 22))
    short = {"first_day": date(2027, 3, 2), "last_day": date(2027, 3, 27)}
    found = verify(rule, worked(spare=every, **short))
    assert [case.fact("window") for case in found] == ["i uke 10 (2027)", "i uke 11 (2027)"]
    assert len(verify(rule, worked(spare=every))) == 4
    whole_weeks = shift(8), shift(16)
    assert not verify(rule, worked(*whole_weeks, spare=(shift(2), shift(22)), **short))
    two = TotalTime(window_minimum={"*": 480}, window_weeks=2)
    assert len(verify(two, worked(spare=every, **short))) == 1


def test_former_roster_counts_in_windows_but_not_in_the_period() -> None:
    before = shift(-1)
    rule = TotalTime(window_maximum={"*": 480}, window_weeks=2, maximum={"*": 480})
    found = verify(rule, worked(shift(0), tail=[(KARI, before)]))
    assert [case.duties for case in found] == [(before.id, shift(0).id)]


def test_former_roster_is_no_breach_by_itself() -> None:
    rule = TotalTime(window_maximum={"*": 480}, window_weeks=2)
    history = [(KARI, shift(-1)), (KARI, shift(-2))]
    assert not verify(rule, worked(shift(7), spare=(shift(0),), tail=history))


def test_another_doctor_is_not_affected() -> None:
    both = problem([KARI, OLA], [shift(0), shift(1)], **WEEKS)
    rule = TotalTime(maximum={"kari": 480}, minimum={"kari": 480})
    assert not verify(rule, roster(both, {"kari": [shift(0)], "ola": [shift(1)]}))
    assert not verify(rule, roster(both, {"kari": [shift(0)], "ola": []}))


def test_misspelt_doctors_and_wrong_values() -> None:
    [case] = notices(TotalTime(maximum={"karri": 480}), worked(shift(0)))
    assert TotalTime().explain(worked().problem, case).startswith("Innstillingen «Samlet vakttid»")
    with pytest.raises(ValueError, match=r"maximum\.kari \('8'\) must be a whole number"):
        TotalTime(maximum={"kari": "8"})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="window_weeks"):
        TotalTime(window_weeks=0)


def test_kept_totals_are_reported() -> None:
    rule = TotalTime(minimum={"*": 300}, maximum={"*": 500})
    assert not list(TotalTime(maximum={"*": 500}).check(worked(spare=(shift(0),))))
    cases = list(rule.check(worked(shift(0))))
    assert [(case.outcome, case.margin) for case in cases] == [
        (Outcome.KEPT, 180),
        (Outcome.KEPT, 20),
    ]


def test_sentences() -> None:
    rule = TotalTime(maximum={"*": 900}, window_maximum={"*": 480}, window_weeks=2)
    timetable = worked(shift(0), shift(7))
    assert [rule.explain(timetable.problem, case) for case in verify(rule, timetable)] == [
        "Kari har i alt 16 timer i perioden; kravet er høyst 15 timer "
        "(kommunens egen innstilling).",
        "Kari har i alt 16 timer fra uke 9 (2027) til og med uke 10 (2027); kravet er "
        "høyst 8 timer (kommunens egen innstilling).",
    ]
    less = worked(shift(0), spare=(shift(1),))
    [case] = verify(TotalTime(window_minimum={"*": 510}), less)
    assert rule.explain(less.problem, case) == (
        "Kari har i alt 8 timer i uke 9 (2027); kravet er minst 8,5 timer "
        "(kommunens egen innstilling)."
    )


@given(
    st.sets(st.integers(0, 27), max_size=8),
    st.sets(st.integers(-14, -1), max_size=3),
    st.sampled_from([479, 480, 481, 960]),
    st.sampled_from([0, 479, 480, 481]),
    st.integers(1, 3),
)
def test_encoder_and_checker_agree(
    days: set[int], past: set[int], high: int, low: int, weeks: int
) -> None:
    rule = TotalTime(
        minimum={"*": 2 * low},
        maximum={"*": 3 * high},
        window_minimum={"*": low},
        window_maximum={"*": high},
        window_weeks=weeks,
    )
    spare = tuple(shift(day) for day in range(28) if day not in days)
    tail = [(KARI, shift(day)) for day in past]
    verify(rule, worked(*(shift(day) for day in sorted(days)), spare=spare, tail=tail))
