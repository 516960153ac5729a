"""Moves of a finished roster: their price is exact, and trying them leaves no trace."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from constraints.catalogue import rules_for
from scheduler.changes.move import Move, moved
from scheduler.changes.stops import Stops
from scheduler.changes.trials import Trials
from scheduler.domain.doctor import Competence
from scheduler.domain.problem import Attitude, Wish
from scheduler.domain.roster import Timetable
from scheduler.receipts.ways import Ways
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from tests.support import doctor, duty, problem, roster

LONG_AGO = date(2015, 1, 1)
READY = Competence(
    specialist_from=LONG_AGO,
    emergency_course_from=LONG_AGO,
    violence_course_from=LONG_AGO,
    radio_from=LONG_AGO,
)
NAMES = ("kari", "ola", "per")
DOCTORS = [doctor(name.title(), competence=READY) for name in NAMES]
FIRST = date(2027, 2, 1)
SHIFTS = [
    duty(f"{FIRST + timedelta(days=day)} {start}", end)
    for day in range(6)
    for start, end in (("08:00", "15:00"), ("15:00", "22:00"))
]
WISHES = tuple(
    Wish(f"w{n}", NAMES[n % 3], Attitude.RATHER_NOT, SHIFTS[n].interval) for n in range(5)
)
PLAN = problem(DOCTORS, SHIFTS, wishes=WISHES)
RULES = rules_for(PLAN)
DRAFT = Draft(PLAN, RULES)
HOLDERS = st.lists(st.sampled_from([*NAMES, None]), min_size=len(SHIFTS), max_size=len(SHIFTS))


def laid_out(holders: list[str | None]) -> Timetable:
    return roster(
        PLAN,
        {
            name: [d for d, own in zip(SHIFTS, holders, strict=True) if own == name]
            for name in NAMES
        },
    )


def judged(timetable: Timetable) -> tuple[tuple[int, ...], int]:
    """The score from nothing, and how many constraints are broken."""
    values = settle(DRAFT.model, set(DRAFT.decision_indices(timetable.roster.assignments)))
    return step_values(DRAFT.model, values), len(list(broken(DRAFT.model, values)))


def exchange(holders: list[str | None], first: int, second: int) -> Move:
    """The holders of two shifts change places."""
    pairs = ((first, second), (second, first))
    off = tuple((who, SHIFTS[n].id) for n, _ in pairs if (who := holders[n]))
    on = tuple((who, SHIFTS[m].id) for n, m in pairs if (who := holders[n]))
    return Move(off, on)


@given(HOLDERS, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=4))
def test_the_price_of_a_move_is_what_the_whole_score_says(
    holders: list[str | None], pairs: list[tuple[int, int]]
) -> None:
    timetable = laid_out(holders)
    before, violations = judged(timetable)
    trials = Trials(timetable, RULES)
    for first, second in pairs:
        if holders[first] == holders[second]:
            continue
        move = exchange(holders, first, second)
        after, then = judged(moved(timetable, move))
        changes = trials.changes(move)
        if changes is None:
            assert then  # something hard is broken
        else:
            assert changes == tuple(a - b for a, b in zip(after, before, strict=True))
        if not violations:
            assert (changes is None) == bool(then)


@given(HOLDERS, st.integers(0, 11), st.integers(0, 11))
def test_only_what_is_better_than_the_best_is_given(
    holders: list[str | None], first: int, second: int
) -> None:
    if holders[first] == holders[second]:
        return
    trials = Trials(laid_out(holders), RULES)
    move = exchange(holders, first, second)
    found = trials.changes(move)
    if found is not None:
        dearer = (*found[:-1], found[-1] + 1)
        assert trials.changes(move, dearer) == found
        assert trials.changes(move, found) is None
        assert trials.first(found) is None or trials.first(found).amount  # type: ignore[union-attr]


@given(HOLDERS, st.integers(0, 11), st.sampled_from(NAMES))
def test_checkers_and_model_agree_about_each_hand_over(
    holders: list[str | None], number: int, taker: str
) -> None:
    giver = holders[number]
    if giver in (None, taker):
        return
    timetable = laid_out(holders)
    if judged(timetable)[1]:
        return
    move = Move(((giver, SHIFTS[number].id),), ((taker, SHIFTS[number].id),))
    stops = Stops(timetable, RULES)
    forbidden = stops.own(move) or stops.common(move)
    assert (forbidden is not None) == (Trials(timetable, RULES).changes(move) is None)


def test_what_is_broken_already_is_held_against_nobody() -> None:
    double = duty("2027-02-04 09:00", "14:00", id="dobbel")
    plan = problem(DOCTORS, [*SHIFTS, double])
    work = {"kari": [SHIFTS[6], double], "ola": [SHIFTS[0]]}
    found = Ways(roster(plan, work), rules_for(plan)).without("ola", SHIFTS[0].unit)
    assert found.best is not None
    assert {way.other for way in found.ways if way.lawful} == {"kari", "per"}


def test_a_move_names_those_who_get_something_first() -> None:
    move = Move((("kari", "a"), ("ola", "b")), (("ola", "a"), ("kari", "b")))
    assert move.doctors == ("ola", "kari")
    move = Move(((NAMES[0], SHIFTS[0].id),), ((NAMES[1], SHIFTS[0].id),))
    assert move.taken(PLAN, "ola") == (SHIFTS[0],)
    assert move.given(PLAN, "kari") == (SHIFTS[0],)
    assert move.taken(PLAN, "kari") == move.given(PLAN, "ola") == ()
