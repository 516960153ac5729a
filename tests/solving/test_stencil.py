"""A stencil gives what the rule would have posted for each doctor alone."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np
import pytest

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Level, Rule
from scheduler.solving.draft import Draft, Var
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import TRUE, Definition, Model
from scheduler.solving.packed import from_bytes, pack, to_bytes, unpack
from scheduler.solving.posting import Posting, Reason
from scheduler.solving.store import Definitions, Family
from scheduler.solving.views import Constraints, Defined, looked_into
from scheduler.solving.views import Definitions as SeenDefinitions
from tests.properties.problems import STYLES, draw_problem, draw_roster
from tests.solving.models import random_model
from tests.support import BACKUP, NIGHT, doctor, duty, problem

Work = tuple[tuple[Duty, Var], ...]
Post = Callable[[Posting, Work, Callable[[Var], bool]], None]


def post_days(posting: Posting, work: Work, is_past: Callable[[Var], bool]) -> None:
    """Sums, thresholds and prices over days, one upon the other."""
    days: dict[date, list[tuple[Duty, Var]]] = {}
    for own, var in work:
        days.setdefault(own.day, []).append((own, var))
    worked = {day: posting.any_of(var for _, var in held) for day, held in days.items()}
    for day, held in days.items():
        minutes = posting.excess([(own.minutes, var) for own, var in held], 500)
        posting.penalise(Level.HEALTH, [(1, minutes), (7, worked[day])])
        posting.at_most(1, [var for _, var in held], duties=[own for own, _ in held])
        if day + DAY in days:
            both = posting.all_of([worked[day], worked[day + DAY]])
            run = posting.at_least([(1, worked[day]), (2, worked[day + DAY]), (1, both)], 3)
            posting.penalise(Level.WISHES, [(5, run), (-2, both)])
            posting.linear(
                [(1, worked[day + DAY])],
                high=0,
                only_if=worked[day],
                duties=[own for own, _ in (*held, *days[day + DAY])],
            )
    ahead = [var for _, var in work if not is_past(var)]
    posting.penalise(
        Level.WISHES, [(3, posting.excess([(1, var) for _, var in work], 2, spares_past=True))]
    )
    posting.penalise(Level.HEALTH, (), 3)
    posting.linear([(-1, var) for var in ahead], low=-3)


@dataclass(frozen=True)
class Posted(Rule):
    """Posts the same for each doctor, alone or in a stencil."""

    id: ClassVar = "posted"
    title: ClassVar = "Prøve"
    title_en: ClassVar = "Trial"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = ()
    together: bool = True

    def encode(self, draft: Draft) -> None:
        """For all at once, or for each."""
        if self.together:
            for stencil in draft.stencils():
                post_days(stencil, stencil.work, stencil.is_past)
            return
        for own in draft.problem.doctors:
            post_days(draft, draft.work_of(own.id), lambda var: var == TRUE)

    def check_doctor(self, timetable: Timetable, doctor: object) -> Iterator[Case]:
        """Nothing is judged."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """Never asked."""
        raise NotImplementedError


def rows(draft: Draft) -> Counter[tuple[object, ...]]:
    """The constraints with definitions written out, so that numbers of variables do not matter."""
    spelled: dict[int, object] = {}

    def spell(terms: tuple[tuple[int, int], ...]) -> tuple[object, ...]:
        return tuple(sorted(((c, spelled.get(v, v)) for c, v in terms), key=repr))

    for d in draft.model.definitions:
        spelled[d.var] = (d.kind, spell(d.terms), d.threshold, d.upper)
    return Counter(
        (spell(c.terms), c.low, c.high, spelled.get(c.only_if, c.only_if))
        for c in draft.model.constraints
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_stencil_posts_what_each_doctor_would_get_alone(seed: int) -> None:
    plan = draw_problem(seed, doctors=5, duties=24)
    alone, together = Draft(plan, [Posted(together=False)]), Draft(plan, [Posted()])
    assert rows(alone) == rows(together)
    assert len(alone.model.definitions) == len(together.model.definitions)
    chance = random.Random(seed)
    for style in STYLES[:4]:
        roster = draw_roster(plan, chance, style).roster.assignments
        found = []
        for draft in (alone, together):
            values = settle(draft.model, draft.decision_indices(roster))
            found.append((step_values(draft.model, values), len(list(broken(draft.model, values)))))
        assert found[0] == found[1]


def two() -> Problem:
    """Two nights, of which the second doctor has worked the one before."""
    kari, ola = doctor("Kari"), doctor("Ola")
    nights = [duty(f"2027-02-0{day} 23:00", f"2027-02-0{day + 1} 08:00", NIGHT) for day in (2, 3)]
    before = duty("2027-02-01 23:00", "2027-02-02 08:00", NIGHT)
    return problem([kari, ola], nights, first_day=date(2027, 2, 2), tail=[(ola, before)])


def test_the_tail_of_one_is_not_the_tail_of_another() -> None:
    draft = Draft(two(), [])
    [stencil] = draft.stencils()
    assert [stencil.is_past(var) for _, var in stencil.work] == [True, False, False]
    past = stencil.work[0][1]
    assert stencil.has(past).tolist() == [False, True]
    assert stencil.without_past([past, stencil.work[1][1]]) == [0]


def test_numbers_may_differ_from_doctor_to_doctor() -> None:
    draft = Draft(two(), [])
    for stencil in draft.stencils():
        (_, first), (_, second) = stencil.work[1:]
        stencil.linear([(np.array([2, 3]), first), (1, second)], high=np.array([2, 3]))
        with stencil.only([1]):
            stencil.linear([(1, first), (1, second)], low=np.array([9, 1]))
    found = [(c.terms, c.low, c.high) for c in draft.model.constraints]
    kari, ola = [list(draft.work_of(who)[-2:]) for who in ("kari", "ola")]
    (_, one), (_, two_) = kari
    (_, three), (_, four) = ola
    assert found == [
        (((2, one), (1, two_)), None, 2),
        (((3, three), (1, four)), None, 3),
        (((1, three), (1, four)), 1, None),
    ]


def test_what_nothing_is_asked_of_is_not_drawn() -> None:
    draft = Draft(two(), [])
    for stencil in draft.stencils():
        stencil.any_of([var for _, var in stencil.work[1:]])
    assert not draft.model.definitions


def test_reasons_name_the_doctor_and_the_own_duties() -> None:
    draft = Draft(two(), [])
    for stencil in draft.stencils():
        stencil.at_most(1, [v for _, v in stencil.work[1:]], duties=[d for d, _ in stencil.work])
    ids = [own.id for own in draft.problem.duties]
    past = draft.problem.tail[0].duty.id
    assert draft.reasons[0] == Reason("", "kari", tuple(ids))
    assert draft.reasons[1:] == [Reason("", "ola", (past, *ids))]
    assert draft.reasons[-1].doctor == "ola"
    with pytest.raises(IndexError, match=r"place \(2\) must be below 2"):
        draft.reasons[2]


def test_doctors_with_other_shifts_have_a_stencil_of_their_own() -> None:
    here, there = doctor("Kari", reach=frozenset({"lv"})), doctor("Ola", reach=frozenset({"x"}))
    own = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    other = duty("2027-02-02 16:00", "23:00", BACKUP)
    plan = problem([here, there], [own, other])
    draft = Draft(plan, [], only=())
    assert not list(draft.stencils())
    from constraints.travel_reach import TravelReach

    both = Draft(plan, [TravelReach()])
    assert [[d.id for d in s.doctors] for s in both.stencils()] == [["kari"]]
    assert [[d.id for d in s.doctors] for s in both.stencils({"ola"})] == []


def test_definitions_that_are_alike_are_one() -> None:
    found = Definitions()
    terms = ((1, 2), (1, 3))
    key, known = found.known(1, terms, 1)
    assert known is None
    found.add(key, 10, 1, terms, 1)
    counts = np.array([2, 2, 2, 2])
    family = Family(counts, np.array([1, 1, 1, 1, 2, 1, 1, 1]), np.array([2, 3] * 4))
    kinds, thresholds = np.array([1, 0, 1, 0]), np.ones(4, dtype=np.int64)
    given, new = found.extend(family, kinds, thresholds, 11)
    assert given.tolist() == [10, 11, 12, 11]
    assert new.tolist() == [1, 2]
    assert found.known(1, ((2, 2), (1, 3)), 1)[1] == 12


def test_equal_hashes_do_not_make_definitions_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "scheduler.solving.store._hashes",
        lambda new, kinds, thresholds: np.zeros(len(kinds), dtype=np.uint64),
    )
    found = Definitions()
    family = Family(np.array([1, 1, 1]), np.array([1, 2, 1]), np.array([2, 2, 2]))
    ones = np.ones(3, dtype=np.int64)
    first, _ = found.extend(family, ones, ones, 10)
    assert first[0] == first[2] != first[1]
    again, new = found.extend(family, ones, ones + 1, 20)
    assert again.min() >= 20
    assert len(new) == 2


@pytest.mark.parametrize("seed", range(5))
def test_a_model_that_is_looked_into_is_the_same(seed: int) -> None:
    model: Model = random_model(seed, doctors=4, units=9)
    packed = from_bytes(*to_bytes(pack(model)))
    seen = SeenDefinitions(packed)
    assert list(seen) == model.definitions == unpack(packed).definitions
    assert seen[-1] == model.definitions[-1]
    assert seen[1:3] == model.definitions[1:3]
    assert list(Constraints(packed)) == model.constraints
    with pytest.raises(IndexError):
        seen[len(seen)]
    looked = looked_into(packed, whole=0)
    assert list(looked.uppers) == model.uppers
    assert dict(looked.groups) == model.groups
    assert len(looked.groups) == len(model.groups)
    steps = looked.steps
    assert [tuple(own.terms) for own in steps] == [own.terms for own in model.steps]
    entries = [[(tuple(terms), k) for terms, k in own.entries] for own in steps]
    assert entries == [list(own.entries) for own in model.steps]
    assert len(steps[0].terms) == len(model.steps[0].terms)
    assert steps[0].terms[-1] == model.steps[0].terms[-1]
    assert tuple(steps[0].terms[1:]) == model.steps[0].terms[1:]
    by_variable = Defined(seen, packed)
    assert dict(by_variable) == {d.var: d for d in model.definitions}
    assert len(by_variable) == len(model.definitions)
    assert by_variable.get(2) is None
    assert isinstance(by_variable[model.definitions[0].var], Definition)
