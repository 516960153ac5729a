"""The published benchmark instances: reader, scorer by hand, scorer against our rules."""

import random
from itertools import product
from pathlib import Path

import pytest

from benchmarks.curtois import (
    Plan,
    assignments_of,
    main,
    plan_of,
    problem_of,
    read,
    rules_of,
    score,
)
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import days_touched
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import FALSE

TEXT = """# Eight days from a Monday, so that day 5 and day 6 are a weekend.
SECTION_HORIZON
8

SECTION_SHIFTS
early,450,
late,500,early

SECTION_STAFF
ann,early=5|late=2,2250,900,3,2,3,1
bob,early=8|late=8,4000,0,8,1,1,0

SECTION_DAYS_OFF
ann,4

SECTION_SHIFT_ON_REQUESTS
ann,0,early,3
bob,7,late,2

SECTION_SHIFT_OFF_REQUESTS
ann,1,late,5

SECTION_COVER
0,early,1,100,7
1,late,2,100,7
6,late,0,100,7
"""
LINES = TEXT.splitlines()
SMALL = read(TEXT)
PROBLEM = problem_of(SMALL)
DRAFT = Draft(PROBLEM, rules_of(SMALL))
NOTHING: Plan = {}


def plan(ann: str, bob: str = "........") -> Plan:
    """A roster from one letter for each day: e, l, or a dot for a day off."""
    shifts = {"e": "early", "l": "late"}
    return {
        (employee, day): shifts[letter]
        for employee, row in (("ann", ann), ("bob", bob))
        for day, letter in enumerate(row)
        if letter != "."
    }


def our_objective(roster: Plan) -> int:
    """The value of the model's one step, from our rules alone."""
    values = settle(DRAFT.model, DRAFT.decision_indices(assignments_of(roster)))
    [value] = step_values(DRAFT.model, values)
    return value


def our_model_accepts(roster: Plan) -> bool:
    if any(
        DRAFT.works(a.doctor, PROBLEM.duty_by_id[a.duty]) == FALSE for a in assignments_of(roster)
    ):
        return False
    values = settle(DRAFT.model, DRAFT.decision_indices(assignments_of(roster)))
    return not any(broken(DRAFT.model, values))


def our_checkers_accept(roster: Plan) -> bool:
    timetable = Timetable(PROBLEM, Roster.of(PROBLEM, assignments_of(roster)))
    return not any(
        case.outcome is Outcome.BREACH for rule in rules_of(SMALL) for case in rule.check(timetable)
    )


# --- reading ----------------------------------------------------------------------------------


def test_what_is_read() -> None:
    assert (SMALL.days, list(SMALL.shifts), list(SMALL.staff)) == (
        8,
        ["early", "late"],
        ["ann", "bob"],
    )
    assert SMALL.shifts["late"].not_before == {"early"}
    ann = SMALL.staff["ann"]
    assert (ann.max_minutes, ann.min_minutes, ann.max_run, ann.min_run) == (2250, 900, 3, 2)
    assert (ann.min_off, ann.max_weekends, dict(ann.max_shifts)) == (3, 1, {"early": 5, "late": 2})
    assert SMALL.days_off == {"ann": {4}}
    assert [(own.employee, own.day, own.weight) for own in SMALL.on] == [
        ("ann", 0, 3),
        ("bob", 7, 2),
    ]
    assert [(own.shift, own.weight) for own in SMALL.off] == [("late", 5)]
    assert [(own.needed, own.under, own.over) for own in SMALL.cover][1] == (2, 100, 7)


def test_windows_line_ends_are_read_too() -> None:
    assert read(TEXT.replace("\n", "\r\n")) == SMALL


@pytest.mark.parametrize(
    ("number", "line", "message"),
    [
        (1, "8", r"line 1: '8' must stand in a section"),
        (2, "SECTION_LENGTH", r"line 2: section \(SECTION_LENGTH\) must be one of"),
        (3, "0", r"line 3: days \('0'\) must be a whole number, at least 1"),
        (3, "8\n9", r"line 4: the horizon must be one number"),
        (3, "", r"line 27: the file ends without a line in SECTION_HORIZON"),
        (6, "early,450", r"line 6: SECTION_SHIFTS must have 3 values a line, not 2"),
        (6, "early,1321,", r"line 6: minutes \('1321'\) must be .* at least 1 and below 1321"),
        (7, "early,500,", r"line 7: shift \('early'\) must be a new id"),
        (7, "late,500,night", r"line 7: the follower \('night'\) must be one of early, late"),
        (10, "ann,early:4,2400,900,3,2,2,1", r"line 10: maximum \('early:4'\) must be"),
        (10, "ann,night=4,2400,900,3,2,2,1", r"line 10: maximum \('night=4'\) must be"),
        (10, "ann,early=4,-1,900,3,2,2,1", r"line 10: max minutes \('-1'\) must be a whole number"),
        (11, "ann,early=4,1,0,3,2,2,1", r"line 11: employee \('ann'\) must be a new id"),
        (14, "eve,4", r"line 14: employee \('eve'\) must be one of ann, bob"),
        (14, "ann,8", r"line 14: day \('8'\) must be a whole number, at least 0 and below 8"),
        (17, "ann,0,early,0", r"line 17: weight \('0'\) must be a whole number, at least 1"),
        (21, "ann,1,night,5", r"line 21: shift \('night'\) must be one of early, late"),
        (25, "0,early,1,100,7", r"line 25: the cover of day 0 and shift early must be given once"),
        (25, "SECTION_COVER", r"line 25: section \(SECTION_COVER\) .* each once"),
    ],
)
def test_a_fault_is_told_with_its_line(number: int, line: str, message: str) -> None:
    text = "\n".join([*LINES[: number - 1], line, *LINES[number:]])
    with pytest.raises(ValueError, match=message):
        read(text)


def test_an_empty_file_is_no_instance() -> None:
    with pytest.raises(
        ValueError, match=r"line 1: the file ends without a line in SECTION_HORIZON"
    ):
        read("")


# --- the scorer, by hand ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ann", "bob", "objective"),
    [
        ("........", "........", 3 + 2 + 100 + 200),  # both requests missed, three lacking
        ("ee.....e", ".l.....l", 100),  # both requests granted, one lacking on day 1
        ("el......", "el......", 5 + 2 + 7),  # late against a request, one early too many
        ("......l.", "........", 3 + 2 + 100 + 200 + 7),  # a shift that nobody is to have
    ],
)
def test_objective_by_hand(ann: str, bob: str, objective: int) -> None:
    assert score(SMALL, plan(ann, bob))[0] == objective
    assert our_objective(plan(ann, bob)) == objective


@pytest.mark.parametrize(
    ("ann", "bob", "faults"),
    [
        ("eee...ee", "........", []),
        ("........", "........", ["ann: 0 min, not 900 to 2250"]),
        ("eee...ee", "le......", ["bob: early on day 1 follows late"]),
        ("eee...ee", "ll......", []),
        ("ll....ll", "........", ["ann: 4 of late, at most 2"]),
        ("eee.eee.", "........", None),
        ("eee...ee", "......e.", ["bob: 1 weekends, at most 0"]),
        ("eee...ee", ".....e..", ["bob: 1 weekends, at most 0"]),
        ("eee...ee", "e.e.e..e", []),
        (".e...ee.", "........", ["ann: 1 days of work from day 1 are too few"]),
        ("e....ee.", "........", []),
        ("ee.ee...", "........", None),
        ("e...ee..", "........", ["ann: early on day 4, which is off"]),
        ("eee..ee.", "........", None),
        ("eee...el", "........", ["ann: 2300 min, not 900 to 2250"]),
        ("eeee..e.", "........", None),
    ],
)
def test_faults_by_hand(ann: str, bob: str, faults: list[str] | None) -> None:
    found = score(SMALL, plan(ann, bob))[1]
    assert found if faults is None else found == faults
    assert our_model_accepts(plan(ann, bob)) == our_checkers_accept(plan(ann, bob)) == (not found)


def test_each_of_several_faults_is_told() -> None:
    assert score(SMALL, plan("eeee..ee"))[1] == [
        "ann: 6 of early, at most 5",
        "ann: 2700 min, not 900 to 2250",
        "ann: 4 days of work from day 0, at most 3",
        "ann: 2 days of rest from day 4 are too few",
    ]


@pytest.mark.parametrize("place", [("eve", 0, "early"), ("ann", 8, "early"), ("ann", 0, "night")])
def test_what_is_not_in_the_instance_cannot_be_scored(place: tuple[str, int, str]) -> None:
    employee, day, shift = place
    with pytest.raises(ValueError, match="must be"):
        score(SMALL, {(employee, day): shift})


# --- the scorer against our rules -------------------------------------------------------------


def test_every_row_of_one_employee_is_judged_alike() -> None:
    verdicts = set()
    for row in product(".el", repeat=SMALL.days):
        roster = plan("".join(row))
        objective, faults = score(SMALL, roster)
        assert our_objective(roster) == objective
        assert our_model_accepts(roster) == (not faults), (row, faults)
        verdicts.add(bool(faults))
    assert verdicts == {True, False}


def test_random_rosters_are_judged_alike() -> None:
    chance = random.Random(5)
    verdicts = set()
    lawful = [
        row for row in map("".join, product(".el", repeat=8)) if not score(SMALL, plan(row))[1]
    ]
    for _ in range(400):
        ann = chance.choice(lawful)
        bob = (
            "".join(chance.choice("..el") for _ in range(5)) + "..."
            if chance.random() < 0.7
            else ann
        )
        roster = plan(ann, bob)
        objective, faults = score(SMALL, roster)
        if not any("weekends" in fault for fault in faults):  # else the model has no such duty
            assert our_objective(roster) == objective
        assert our_model_accepts(roster) == our_checkers_accept(roster) == (not faults)
        verdicts.add(bool(faults))
    assert verdicts == {True, False}


def test_two_shifts_on_a_day_are_refused() -> None:
    assignments = [*assignments_of(plan("eee...ee")), *assignments_of({("ann", 0): "late"})]
    values = settle(DRAFT.model, DRAFT.decision_indices(assignments))
    assert any(broken(DRAFT.model, values))
    with pytest.raises(ValueError, match="ann must have one duty on 2027-01-04, not two"):
        plan_of(PROBLEM, assignments)


def test_a_roster_comes_back_from_its_assignments() -> None:
    roster = plan("eee...ee", "el.e...l")
    assert plan_of(PROBLEM, list(assignments_of(roster))) == roster


def test_duties_lie_inside_their_day_all_the_year() -> None:
    year = problem_of(read(TEXT.replace("\n8\n", "\n364\n").replace("late,500", "late,1320")))
    assert len(year.duties) == 728
    assert all([*days_touched(duty.interval)] == [duty.day] for duty in year.duties)
    assert {duty.minutes for duty in year.duties} == {450, 1320}


# --- command line -----------------------------------------------------------------------------


def test_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "small.txt"
    file.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["curtois", str(file)])
    main()
    assert capsys.readouterr().out == "small.txt: 2 staff x 8 days x 2 types; nobody works: 305\n"
    file.write_text("SECTION_HORIZON\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main()
    assert "line 2: the file ends without a line in SECTION_HORIZON" in capsys.readouterr().err
