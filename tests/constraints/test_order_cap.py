"""Fastlegeforskriften § 32: taket for pålegg. Cases E13, E14, E15, E16, E18 and week 53."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.facts.orders import CAP, cap_of, in_force, order_weeks
from constraints.order_cap import OrderCap
from scheduler.domain.doctor import Doctor, Employment, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Agreement, Meeting, MeetingKind
from scheduler.domain.time import Interval, IsoWeek
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    DAYTIME,
    EVENING,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    span,
    utc,
    verify,
    worked_by,
)

RULE = OrderCap()
KARI = doctor("Kari")
OLA = doctor("Ola")
HIRED = doctor("Ida", employment=Employment.HIRED)
NEIGHBOUR = doctor("Nils", municipality="dal")
SCHOOL = replace(NURSING_HOME, id="skole", name="Skolehelse")
OUTSIDE = replace(NURSING_HOME, id="kommunelege", name="Kommuneoverlege", counts_in_cap=False)
WEEK = IsoWeek(2027, 5)  # 1 to 7 February


def session(start: str, minutes: int, kind: Any = NURSING_HOME, **more: Any) -> Duty:
    """A session of so many real minutes."""
    first = utc(start)
    more.setdefault("id", f"{kind.id}/{start}")
    return Duty(type=kind, interval=Interval(first, first + timedelta(minutes=minutes)), **more)


def agreed(
    hours: float,
    *,
    kind: Any = NURSING_HOME,
    who: Doctor = KARI,
    signed: bool = True,
    first: str = "2026-01-01",
    last: str = "2028-01-01",
) -> Agreement:
    days = Span(date.fromisoformat(first), date.fromisoformat(last))
    return Agreement(who.id, kind.id, round(60 * hours), days, signed)


def meeting(start: str, end: str, kind: MeetingKind = MeetingKind.ADMINISTRATIVE) -> Meeting:
    return Meeting(KARI.id, span(start, end), kind)


@pytest.mark.parametrize(("minutes", "breaches"), [(450, 0), (451, 1)])
def test_seven_and_a_half_hours_can_be_ordered_and_a_minute_more_cannot(
    minutes: int, breaches: int
) -> None:
    two = session("2027-02-01 08:00", 240), session("2027-02-07 08:00", minutes - 240)
    assert len(verify(RULE, worked_by(KARI, *two))) == breaches


@pytest.mark.parametrize(
    ("share", "minutes"), [("1/2", 225), ("4/5", 360), ("0", 0), ("0.55", 247), ("1/3", 150)]
)
def test_e13_the_cap_follows_the_practice_share(share: str, minutes: int) -> None:
    kari = doctor("Kari", practice_share=share)
    assert cap_of(kari, WEEK, date(2026, 11, 21)) == 450 * Fraction(share)
    if minutes:
        assert not verify(RULE, worked_by(kari, session("2027-02-01 08:00", minutes)))
    [case] = verify(RULE, worked_by(kari, session("2027-02-01 08:00", minutes + 1)))
    assert case.limit == pytest.approx(float(450 * Fraction(share)) / 60)


def test_the_cap_is_not_read_from_the_opening_hours() -> None:
    closed = doctor("Kari", opening_hours=())
    assert not verify(RULE, worked_by(closed, session("2027-02-01 08:00", 450)))


@pytest.mark.parametrize(("minutes", "breaches"), [(330, 0), (331, 1)])
def test_e14_administrative_meetings_use_up_the_hours(minutes: int, breaches: int) -> None:
    own = (meeting("2027-02-02 12:00", "14:00"),)
    timetable = worked_by(KARI, session("2027-02-01 08:00", minutes), meetings=own)
    assert len(verify(RULE, timetable)) == breaches
    before = order_weeks(worked_by(KARI, meetings=own))
    assert [row.left for row in before if row.week == WEEK] == [330]


@pytest.mark.parametrize("kind", [MeetingKind.PATIENT, MeetingKind.DIALOGUE])
def test_e15_meetings_on_patients_do_not(kind: MeetingKind) -> None:
    own = (meeting("2027-02-02 12:00", "14:00", kind),)
    assert not verify(RULE, worked_by(KARI, session("2027-02-01 08:00", 450), meetings=own))
    [row] = [r for r in order_weeks(worked_by(KARI, meetings=own)) if r.week == WEEK]
    assert (row.meetings, row.left) == (0, 450)


def test_a_meeting_over_monday_midnight_is_divided() -> None:
    own = (meeting("2027-02-07 23:00", "2027-02-08 01:30"),)
    rows = {row.week: row.meetings for row in order_weeks(worked_by(KARI, meetings=own))}
    assert (rows[WEEK], rows[WEEK.plus(1)], rows[WEEK.plus(2)]) == (60, 90, 0)


def test_the_meetings_of_one_take_nothing_from_another() -> None:
    longer, shorter = (meeting("2027-02-02 12:00", end) for end in ("14:00", "13:00"))
    own = longer, replace(shorter, doctor="ola")
    plan = problem([KARI, OLA, doctor("Per")], [session("2027-02-01 08:00", 451)], meetings=own)
    draft = Draft(plan, [RULE])
    highs = {draft.reasons[c.reason].doctor: c.high for c in draft.model.constraints}
    assert highs == {"kari": 330, "ola": 390, "per": 450}


def test_meetings_beyond_the_cap_leave_nothing() -> None:
    own = (meeting("2027-02-02 08:00", "16:00"),)
    assert len(verify(RULE, worked_by(KARI, session("2027-02-01 08:00", 1), meetings=own))) == 1
    assert not verify(RULE, worked_by(KARI, session("2027-02-08 08:00", 450), meetings=own))


def test_e16_more_may_be_agreed_but_then_nothing_is_ordered() -> None:
    ten = session("2027-02-01 08:00", 300), session("2027-02-02 08:00", 300)
    own = (agreed(10),)
    assert not verify(RULE, worked_by(KARI, *ten, agreements=own))
    [row] = [r for r in order_weeks(worked_by(KARI, *ten, agreements=own)) if r.week == WEEK]
    assert (row.agreed, row.voluntary, row.ordered, row.left) == (600, 600, 0, 0)
    one_more = session("2027-02-03 08:00", 1, SCHOOL)
    assert len(verify(RULE, worked_by(KARI, *ten, one_more, agreements=own))) == 1
    assert len(verify(RULE, worked_by(KARI, *ten))) == 1  # ended: at most 7.5 hours
    assert not verify(RULE, worked_by(KARI, session("2027-02-01 08:00", 450)))


@pytest.mark.parametrize(("minutes", "breaches"), [(150, 0), (151, 1)])
def test_agreed_work_narrows_the_room_for_orders(minutes: int, breaches: int) -> None:
    five = session("2027-02-01 08:00", 300)
    school = session("2027-02-02 08:00", minutes, SCHOOL)
    timetable = worked_by(KARI, five, school, agreements=(agreed(6),))
    assert len(verify(RULE, timetable)) == breaches


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(("minutes", "breaches"), [(600, 0), (601, 1)])
def test_an_offer_is_as_good_as_an_agreement(signed: bool, minutes: int, breaches: int) -> None:
    own = (agreed(10, signed=signed),)
    timetable = worked_by(KARI, session("2027-02-01 08:00", minutes), agreements=own)
    assert len(verify(RULE, timetable)) == breaches


def test_an_agreement_on_one_duty_does_not_cover_another() -> None:
    timetable = worked_by(KARI, session("2027-02-01 08:00", 451, SCHOOL), agreements=(agreed(10),))
    assert len(verify(RULE, timetable)) == 1


@pytest.mark.parametrize(
    ("first", "last", "breaches"),
    [
        ("2027-02-03", "2027-02-03", 0),
        ("2027-02-04", "2027-12-31", 1),
        ("2026-01-01", "2027-02-02", 1),
    ],
)
def test_the_agreement_must_hold_on_the_day(first: str, last: str, breaches: int) -> None:
    own = (agreed(10, first=first, last=last),)
    timetable = worked_by(KARI, session("2027-02-03 08:00", 600), agreements=own)
    assert len(verify(RULE, timetable)) == breaches


def test_an_agreement_renewed_in_midweek_gives_the_week_once() -> None:
    own = (agreed(5, last="2027-02-03"), agreed(5, first="2027-02-04"))
    early, late = session("2027-02-03 08:00", 300), session("2027-02-04 08:00", 300)
    [row] = [r for r in order_weeks(worked_by(KARI, early, late, agreements=own)) if r.ordered]
    assert (row.agreed, row.voluntary, row.ordered) == (300, 300, 300)
    assert len(verify(RULE, worked_by(KARI, early, late, agreements=own))) == 1


def test_an_agreement_that_grows_in_midweek_is_used_day_by_day() -> None:
    own = (agreed(2), agreed(3, first="2027-02-04"))
    early, late = session("2027-02-01 08:00", 200), session("2027-02-04 08:00", 240)
    [row] = [r for r in order_weeks(worked_by(KARI, early, late, agreements=own)) if r.ordered]
    assert (row.voluntary, row.ordered) == (300, 140)
    assert not verify(RULE, worked_by(KARI, early, late, agreements=own))
    assert in_force(own, "sykehjem", date(2027, 2, 4)) == (300, 0)


def test_e18_legevakt_never_uses_the_cap() -> None:
    week = (
        duty("2027-02-02 16:00", "2027-02-03 00:00", EVENING),
        duty("2027-02-05 16:00", "2027-02-06 00:00", EVENING),
        duty("2027-02-04 08:00", "16:00", DAYTIME),
    )
    assert not verify(RULE, worked_by(KARI, *week, session("2027-02-01 08:00", 450)))
    assert len(verify(RULE, worked_by(KARI, *week, session("2027-02-01 08:00", 451)))) == 1


@pytest.mark.parametrize(("minutes", "breaches"), [(90, 0), (91, 1)])
def test_daytime_duty_counts_where_the_municipality_says_so(minutes: int, breaches: int) -> None:
    rule = OrderCap(daytime_counts_in_cap=True)
    six = duty("2027-02-04 08:00", "14:00", DAYTIME)
    assert len(verify(rule, worked_by(KARI, six, session("2027-02-01 08:00", minutes)))) == breaches
    long = duty("2027-02-04 08:00", "16:00", DAYTIME)
    assert not verify(rule, worked_by(KARI, long))  # itself never limited


def test_week_53_has_one_cap_across_new_year() -> None:
    old, new = session("2026-12-30 08:00", 240), session("2027-01-02 08:00", 211)
    more: dict[str, Any] = {"first_day": date(2026, 12, 1)}
    [case] = verify(RULE, worked_by(KARI, old, new, **more))
    assert case.fact("weeks") == "uke 53 (2026)"
    assert not verify(RULE, worked_by(KARI, old, session("2027-01-04 08:00", 450), **more))
    assert not verify(RULE, worked_by(KARI, old, session("2027-01-03 08:00", 210), **more))


def test_a_session_over_sunday_midnight_is_divided_by_real_minutes() -> None:
    night = session("2027-02-07 20:00", 480)  # four hours each side
    assert not verify(RULE, worked_by(KARI, night, session("2027-02-08 08:00", 210)))
    assert len(verify(RULE, worked_by(KARI, night, session("2027-02-08 08:00", 211)))) == 1
    assert len(verify(RULE, worked_by(KARI, night, session("2027-02-01 08:00", 211)))) == 1


def test_the_last_night_of_the_period_runs_into_a_week_of_its_own() -> None:
    night = session("2027-02-07 20:00", 240 + 451)
    found = verify(RULE, worked_by(KARI, night, last_day=date(2027, 2, 7)))
    assert [case.fact("weeks") for case in found] == ["uke 6 (2027)"]


def test_the_account_has_every_week_of_the_period_and_no_more() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}
    rows = order_weeks(roster(problem([KARI, HIRED], [], **more), {}))
    assert [(row.doctor, row.week) for row in rows] == [("kari", WEEK), ("kari", WEEK.plus(1))]
    timetable = worked_by(HIRED, session("2027-02-14 20:00", 241), **more)
    assert [(row.week, row.cap, row.ordered, row.left) for row in order_weeks(timetable)] == [
        (WEEK.plus(1), Fraction(0), 240, 0),
        (WEEK.plus(2), Fraction(0), 1, 0),
    ]


def test_the_account_tells_agreed_and_offered_hours_of_counting_duties() -> None:
    own = (
        agreed(2),
        agreed(3, signed=False),
        agreed(1, kind=SCHOOL, first="2027-02-07"),
        agreed(4, kind=OUTSIDE),
    )
    timetable = worked_by(KARI, agreements=own, types=(NURSING_HOME, SCHOOL, OUTSIDE))
    [row] = [row for row in order_weeks(timetable) if row.week == WEEK]
    assert (row.agreed, row.offered, row.cap, row.left) == (180, 180, Fraction(450), 450)


def test_clock_changes_count_real_time() -> None:
    spring = duty("2027-03-28 00:00", "08:30", NURSING_HOME)  # 7.5 h
    assert not verify(RULE, worked_by(KARI, spring))
    autumn = duty("2027-10-31 00:00", "07:00", NURSING_HOME)  # 8 h
    timetable = worked_by(KARI, autumn, last_day=date(2027, 12, 31))
    assert [(case.measured, case.margin) for case in verify(RULE, timetable)] == [(8, -0.5)]


def test_two_weeks_too_full_are_two_breaches() -> None:
    first, second = session("2027-02-01 08:00", 451), session("2027-02-08 08:00", 460)
    found = verify(RULE, worked_by(KARI, first, second))
    assert [case.duties for case in found] == [(first.id,), (second.id,)]
    assert [case.margin for case in found] == pytest.approx([-1 / 60, -10 / 60])


def test_no_carry_over_unless_agreed() -> None:
    first, second = session("2027-02-01 08:00", 300), session("2027-02-08 08:00", 600)
    assert len(verify(RULE, worked_by(KARI, first, second))) == 1
    assert not verify(OrderCap(cap_averaging_weeks=2), worked_by(KARI, first, second))
    later = session("2027-02-15 08:00", 301)
    rule = OrderCap(cap_averaging_weeks=2)
    found = verify(rule, worked_by(KARI, first, second, later))
    assert [case.fact("weeks") for case in found] == ["uke 6 (2027) til uke 7 (2027)"]
    assert not verify(OrderCap(cap_averaging_weeks=3), worked_by(KARI, first, second, later))


@pytest.mark.parametrize("kind", [Employment.HIRED, Employment.LIS1])
def test_only_gps_can_be_ordered(kind: Employment) -> None:
    ida = doctor("Ida", employment=kind)
    hour = session("2027-02-01 08:00", 60)
    assert len(verify(RULE, worked_by(ida, hour))) == 1
    assert not verify(RULE, worked_by(ida, hour, agreements=(agreed(1, who=ida),)))
    longer = session("2027-02-01 08:00", 61)
    [case] = verify(RULE, worked_by(ida, longer, agreements=(agreed(1, who=ida),)))
    assert (case.measured, case.limit, case.margin) == (1 / 60, 0, -1 / 60)


@pytest.mark.parametrize("kind", [Employment.EMPLOYED, Employment.LOCUM])
def test_employed_gps_and_locums_can(kind: Employment) -> None:
    ida = doctor("Ida", employment=kind)
    assert not verify(RULE, worked_by(ida, session("2027-02-01 08:00", 450)))


def test_a_neighbouring_municipality_cannot_order() -> None:
    hour = session("2027-02-01 08:00", 60)
    assert len(verify(RULE, worked_by(NEIGHBOUR, hour))) == 1
    assert not verify(RULE, worked_by(NEIGHBOUR, hour, agreements=(agreed(1, who=NEIGHBOUR),)))


def test_former_roster_counts_in_its_week_but_is_no_breach_alone() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 4), "last_day": date(2027, 2, 28)}
    past, much = session("2027-02-01 08:00", 300), session("2027-02-01 08:00", 600)
    thursday = session("2027-02-04 08:00", 151)
    assert len(verify(RULE, worked_by(KARI, thursday, tail=[(KARI, past)], **more))) == 1
    assert not verify(RULE, worked_by(KARI, tail=[(KARI, much)], **more))
    monday = session("2027-02-08 08:00", 450)
    assert not verify(RULE, worked_by(KARI, monday, tail=[(KARI, much)], **more))
    assert not verify(RULE, worked_by(HIRED, tail=[(HIRED, past)], **more))
    assert len(verify(RULE, worked_by(HIRED, thursday, tail=[(HIRED, past)], **more))) == 1


def test_one_session_of_the_former_roster_may_be_longer_for_one_than_for_another() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 3), "last_day": date(2027, 2, 28)}
    hour, seven = session("2027-02-01 08:00", 60), session("2027-02-01 08:00", 420)
    assert hour.id == seven.id
    new = session("2027-02-03 08:00", 240)
    plan = problem([KARI, OLA], [new], tail=[(KARI, hour), (OLA, seven)], **more)
    assert not verify(RULE, roster(plan, {"kari": [new]}))
    [case] = verify(RULE, roster(plan, {"ola": [new]}))
    assert case.measured == 11


def test_former_roster_of_another_duty_and_of_who_cannot_be_ordered() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 4), "last_day": date(2027, 2, 28)}
    past = session("2027-02-01 08:00", 300, SCHOOL)
    thursday = session("2027-02-04 08:00", 151)
    own = (agreed(10),)
    assert len(verify(RULE, worked_by(KARI, thursday, tail=[(KARI, past)], agreements=own, **more)))
    two = (agreed(1, who=HIRED), agreed(1, who=HIRED, kind=SCHOOL))
    hour = session("2027-02-04 08:00", 60)
    assert not verify(RULE, worked_by(HIRED, hour, tail=[(HIRED, past)], agreements=two, **more))
    again = session("2027-02-05 08:00", 1, SCHOOL)
    offered = problem([HIRED], [hour, again], tail=[(HIRED, past)], agreements=two, **more)
    assert not verify(RULE, roster(offered, {"ida": [hour]}))  # what was ordered then stands
    both = worked_by(HIRED, hour, again, tail=[(HIRED, past)], agreements=two, **more)
    assert len(verify(RULE, both)) == 1


def test_another_doctor_is_not_affected() -> None:
    first, second = session("2027-02-01 08:00", 450), session("2027-02-02 08:00", 450)
    both = problem([KARI, OLA], [first, second], agreements=(agreed(9, who=OLA),))
    assert not verify(RULE, roster(both, {"kari": [first], "ola": [second]}))


def test_work_outside_the_cap_takes_no_room_but_must_rest_on_agreement() -> None:
    full, outside = session("2027-02-01 08:00", 450), session("2027-02-02 08:00", 480, OUTSIDE)
    timetable = worked_by(KARI, full, outside)
    assert not verify(RULE, timetable)
    [case] = notices(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 8 timer Kommuneoverlege uten avtale. Oppgaven regnes ikke med i taket for "
        "pålegg og må derfor bygge på avtale (fastlegeforskriften § 32 annet ledd)."
    )
    own = (agreed(8, kind=OUTSIDE),)
    assert not notices(RULE, worked_by(KARI, full, outside, agreements=own))


def test_sessions_of_a_block_are_added() -> None:
    first = session("2027-02-01 08:00", 240, block="b")
    second = session("2027-02-02 08:00", 211, block="b")
    assert len(verify(RULE, worked_by(KARI, first, second))) == 1
    shorter = session("2027-02-02 08:00", 210, block="b")
    assert not verify(RULE, worked_by(KARI, first, shorter))


def test_the_number_is_the_one_of_the_law() -> None:
    assert OrderCap().cap_other_tasks == 7.5
    for day in (date(2025, 12, 29), date(2026, 1, 1)):
        assert CAP.on(day, known=date(2026, 1, 1)) == 450
    first = (date(2013, 1, 1), date(2025, 12, 31), 450)
    assert list(CAP.spans(known=date(2025, 12, 2))) == [first, (date(2026, 1, 1), None, 450)]
    for known in (date(2012, 8, 29), date(2025, 12, 1)):
        assert list(CAP.spans(known=known)) == [(date(2013, 1, 1), None, 450)]
    assert not list(CAP.spans(known=date(2012, 8, 28)))
    lower = OrderCap(cap_other_tasks=5)  # a municipality may ask: what if we ordered less?
    assert len(verify(lower, worked_by(KARI, session("2027-02-01 08:00", 301)))) == 1
    higher = OrderCap(cap_other_tasks=9)
    assert len(verify(higher, worked_by(KARI, session("2027-02-01 08:00", 451)))) == 1


def test_sentences() -> None:
    sessions = session("2027-02-01 08:00", 240), session("2027-02-02 08:00", 120, SCHOOL)
    own: dict[str, Any] = {
        "agreements": (agreed(3),),
        "meetings": (meeting("2027-02-03 08:00", "11:00"),),
    }
    timetable = worked_by(KARI, *sessions, **own)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "I uke 5 (2027) pålegges Kari 3 timer, men kan bare pålegges 1,5 timer: taket er "
        "7,5 timer, og møter og avtalt arbeid tar 6 timer (fastlegeforskriften § 32 første ledd)."
    )
    timetable = worked_by(HIRED, sessions[1])
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "I uke 5 (2027) får Ida 2 timer uten avtale, men bare kommunens egne fastleger kan "
        "pålegges kommunale oppgaver (fastlegeforskriften § 32 første ledd)."
    )
    timetable = worked_by(KARI, sessions[1])
    [case] = [c for c in RULE.check(timetable) if c.outcome is Outcome.KEPT]
    assert RULE.explain(timetable.problem, case) == (
        "I uke 5 (2027) pålegges Kari 2 timer, og kan pålegges inntil 7,5 timer "
        "(fastlegeforskriften § 32 første ledd)."
    )
    assert case.margin == 5.5


MINUTES = st.sampled_from([1, 149, 150, 151, 225, 299, 300, 301, 449, 450, 451])


@given(
    work=st.lists(st.tuples(st.integers(0, 13), MINUTES, st.booleans()), max_size=5),
    past=st.lists(st.tuples(st.integers(0, 2), MINUTES, st.booleans()), max_size=2),
    terms=st.lists(
        st.tuples(
            st.sampled_from([60, 150, 300]), st.integers(0, 6), st.integers(0, 8), st.booleans()
        ),
        max_size=3,
    ),
    met=st.sampled_from([0, 120, 150, 600]),
    who=st.sampled_from([KARI, doctor("Kari", practice_share="1/2"), replace(HIRED, id="kari")]),
    weeks=st.sampled_from([1, 2]),
    daytime=st.booleans(),
)
def test_encoder_and_checker_agree(
    work: list[tuple[int, int, bool]],
    past: list[tuple[int, int, bool]],
    terms: list[tuple[int, int, int, bool]],
    met: int,
    who: Doctor,
    weeks: int,
    daytime: bool,
) -> None:
    def made(number: int, day: int, minutes: int, school: bool, mark: str) -> Duty:
        start = f"2027-02-{1 + day:02d} {8 + number:02d}:00"
        return session(start, minutes, SCHOOL if school else NURSING_HOME, id=f"{mark}{number}")

    duties = [made(n, 3 + d, m, s, "d") for n, (d, m, s) in enumerate(work)]
    before = [(who, made(n, d, m, s, "t")) for n, (d, m, s) in enumerate(past)]
    own = tuple(
        Agreement(
            "kari",
            "skole" if school else "sykehjem",
            minutes,
            Span(date(2027, 2, 1 + first), date(2027, 2, 1 + first + more)),
            signed=school,
        )
        for minutes, first, more, school in terms
    )
    met_at = utc("2027-02-02 08:00")
    meetings = (
        (
            Meeting(
                "kari",
                Interval(met_at, met_at + timedelta(minutes=met)),
                MeetingKind.ADMINISTRATIVE,
            ),
        )
        if met
        else ()
    )
    day = duty("2027-02-05 08:00", "15:30", DAYTIME)
    timetable = worked_by(
        who,
        *duties,
        *([day] if daytime else []),
        tail=before,
        agreements=own,
        meetings=meetings,
        first_day=date(2027, 2, 4),
        last_day=date(2027, 2, 28),
    )
    verify(OrderCap(cap_averaging_weeks=weeks, daytime_counts_in_cap=daytime), timetable)
