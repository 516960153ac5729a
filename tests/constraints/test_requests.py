"""Kommunens egen innstilling: vektede ønsker om vakter og fri."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.requests import Requests
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Level, Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    NIGHT,
    cost,
    doctor,
    duty,
    exceptions,
    notices,
    problem,
    roster,
    verify,
)

KARI = doctor("Kari")
OLA = doctor("Ola")
EVENING = duty("2027-03-05 16:00", "22:00")
NIGHT_5 = duty("2027-03-05 22:00", "2027-03-06 08:00", NIGHT)
EVENING_6 = duty("2027-03-06 16:00", "22:00")
WANTED = Requests(wanted={"kari/2027-03-05/kveld": 2})
UNWANTED = Requests(unwanted={"kari/2027-03-05/kveld": 2})


def worked(*duties: Duty, ola: tuple[Duty, ...] = ()) -> Timetable:
    plan = problem(
        [KARI, OLA],
        [EVENING, NIGHT_5, EVENING_6],
        first_day=date(2027, 3, 5),
        last_day=date(2027, 3, 6),
    )
    return roster(plan, {"kari": duties, "ola": ola})


def test_off_until_given() -> None:
    assert not list(Requests().check(worked(EVENING)))
    assert cost(Requests(), worked(EVENING)) == ()


def test_a_wanted_shift_costs_its_weight_unless_it_is_given() -> None:
    assert not exceptions(WANTED, worked(EVENING))
    [case] = exceptions(WANTED, worked())
    assert (case.doctor, case.duties, case.measured) == ("kari", (), 2)
    assert cost(WANTED, worked()) == (200,)
    assert [(case.measured, case.limit) for case in WANTED.check(worked(EVENING))] == [(0, 0)]


def test_an_unwanted_shift_costs_its_weight_if_it_is_given() -> None:
    assert not exceptions(UNWANTED, worked())
    [case] = exceptions(UNWANTED, worked(EVENING))
    assert (case.doctor, case.duties, case.measured) == ("kari", (EVENING.id,), 2)
    assert cost(UNWANTED, worked(EVENING)) == (200,)


@pytest.mark.parametrize("other", [NIGHT_5, EVENING_6])
def test_another_pattern_or_day_is_not_meant(other: Duty) -> None:
    assert exceptions(WANTED, worked(other))
    assert not exceptions(UNWANTED, worked(other))


def test_without_a_pattern_any_duty_of_the_day_is_meant() -> None:
    wanted, unwanted = (
        Requests(**{side: {"kari/2027-03-05": 1}})  # type: ignore[arg-type]
        for side in ("wanted", "unwanted")
    )
    assert not exceptions(wanted, worked(NIGHT_5))
    assert cost(unwanted, worked(NIGHT_5, EVENING)) == (100,)
    assert exceptions(wanted, worked(EVENING_6))


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_the_day_is_that_of_the_start_in_oslo_also_when_clocks_change(day: str) -> None:
    early, late = duty(f"{day} 00:00", "06:00", NIGHT), duty(f"{day} 23:59", f"{day[:8]}31 08:00")
    plan = problem([KARI], [early, late], first_day=date(2026, 10, 1), last_day=date(2027, 3, 31))
    for pattern, own in (("natt", early), ("kveld", late)):
        rule = Requests(unwanted={f"kari/{day}/{pattern}": 1})
        assert exceptions(rule, roster(plan, {"kari": [own]}))


def test_another_doctor_is_not_affected() -> None:
    assert not exceptions(UNWANTED, worked(ola=(EVENING,)))
    assert exceptions(WANTED, worked(ola=(EVENING,)))


def test_each_of_two_requests_is_named_and_nothing_is_forbidden() -> None:
    rule = Requests(wanted={"kari/2027-03-05/natt": 3}, unwanted={"kari/2027-03-06/kveld": 1})
    timetable = worked(EVENING_6)
    assert [case.measured for case in exceptions(rule, timetable)] == [3, 1]
    assert cost(rule, timetable) == (400,)
    assert not verify(rule, timetable)


def test_a_shift_that_does_not_exist_cannot_be_granted() -> None:
    rule = Requests(wanted={"kari/2027-03-06/natt": 1})
    assert len(exceptions(rule, worked(EVENING_6))) == 1


@pytest.mark.parametrize("day", ["2027-03-04", "2027-03-07"])
def test_days_outside_the_period_are_left_out(day: str) -> None:
    rule = Requests(wanted={f"kari/{day}/kveld": 1})
    assert not [case for case in rule.check(worked()) if case.outcome is not Outcome.NOTICE]
    assert not exceptions(rule, worked())


def test_former_roster_grants_nothing() -> None:
    before = duty("2027-03-04 16:00", "22:00")
    plan = problem([KARI], [EVENING], first_day=date(2027, 3, 5), tail=[(KARI, before)])
    assert exceptions(WANTED, roster(plan, {}))
    rule = Requests(wanted={"kari/2027-03-04/kveld": 1})
    assert not exceptions(rule, roster(plan, {}))


def test_two_duties_of_the_pattern_on_the_day_are_one_request() -> None:
    other = duty("2027-03-05 08:00", "12:00")
    plan = problem([KARI], [EVENING, other], first_day=date(2027, 3, 5))
    for own in ([EVENING], [other], [EVENING, other]):
        assert not exceptions(WANTED, roster(plan, {"kari": own}))
        assert cost(UNWANTED, roster(plan, {"kari": own})) == (200,)


@pytest.mark.parametrize(
    ("level", "price", "expected"),
    [("wishes", None, 200), ("cover", None, 120), ("cover", 1, 2), ("health", 7, 14)],
)
def test_level_and_price(level: str, price: int | None, expected: int) -> None:
    rule = Requests(wanted=WANTED.wanted, level=level, price=price)
    assert cost(rule, worked()) == (expected,)
    [step] = Draft(worked().problem, [rule]).model.steps
    assert step.level == Level[level.upper()]


def test_misspelt_names_are_told() -> None:
    rule = Requests(wanted={"karri/2027-03-05/kveld": 1, "kari/2027-03-05/kvell": 1})
    assert [case.fact("name") for case in notices(rule, worked())] == ["karri", "kvell"]
    [first, _] = notices(rule, worked())
    assert rule.explain(worked().problem, first) == (
        "Innstillingen «Vektede ønsker om vakter og fri» nevner legen «karri», "
        "som ikke finnes i planen."
    )


@pytest.mark.parametrize(
    ("key", "weight", "message"),
    [
        ("kari", 1, "must have 2 to 3 parts"),
        ("kari/fredag", 1, "must be a date"),
        ("*/2027-03-05", 1, "must name one doctor"),
        ("kari/2027-03-05/*", 1, "must name one doctor"),
        ("kari/2027-03-05/natt", 0, "must be a whole number, at least 1"),
    ],
)
def test_wrong_settings(key: str, weight: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Requests(unwanted={key: weight})


def test_unknown_level() -> None:
    with pytest.raises(ValueError, match=r"level \('wish'\) must be one of cover, ordered"):
        Requests(level="wish")


def test_sentences() -> None:
    rule = Requests(
        wanted={"kari/2027-03-05/natt": 1},
        unwanted={"kari/2027-03-05/kveld": 1, "kari/2027-03-06": 1},
    )
    timetable = worked(EVENING)
    assert [rule.explain(timetable.problem, case) for case in rule.check(timetable)] == [
        "Kari ønsket Natt fredag 5. mars 2027, men fikk den ikke (kommunens egen innstilling).",
        "Kari ønsket ikke Kveld fredag 5. mars 2027, men fikk den likevel "
        "(kommunens egen innstilling).",
        "Kari ønsket ikke vakt lørdag 6. mars 2027, og slapp den (kommunens egen innstilling).",
    ]


@given(
    st.sets(st.sampled_from([EVENING, NIGHT_5, EVENING_6])),
    st.dictionaries(
        st.sampled_from(["05/kveld", "05/natt", "06/kveld", "06/natt", "05", "06"]),
        st.integers(1, 3),
    ),
    st.booleans(),
)
def test_encoder_and_checker_agree(own: set[Duty], asked: dict[str, int], wanted: bool) -> None:
    values = {f"kari/2027-03-{key}": weight for key, weight in asked.items()}
    rule = Requests(wanted=values, price=1) if wanted else Requests(unwanted=values, price=1)
    timetable = worked(*own)
    found = exceptions(rule, timetable)
    assert sum(cost(rule, timetable)) == sum(int(case.measured or 0) for case in found)
