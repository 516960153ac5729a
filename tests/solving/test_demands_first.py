"""Demands before prices: the same model in the end, and a lawful roster before it is there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pytest

from constraints.catalogue import rules_for
from constraints.cover import Cover
from scheduler import engine
from scheduler.checking import check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Provenance, Roster, Timetable
from scheduler.engine import Options, Update, solve
from scheduler.rule import Authority, Case, Level, Rule
from scheduler.solving.construct import construct
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle
from scheduler.solving.model import TRUE, Constraint, Term
from scheduler.solving.state import Index
from tests.properties.problems import draw_problem
from tests.solving.models import random_model
from tests.solving.test_first import first, rostered
from tests.support import NIGHT, duty, problem
from tests.test_engine import KARI, OLA

Spelled = tuple[object, ...]


def spelled(draft: Draft) -> tuple[Counter[Spelled], list[Spelled]]:
    """Constraints and steps with definitions written out: no number of a variable matters."""
    model = draft.model
    known: dict[int, object] = {}

    def spell(terms: Iterable[Term]) -> Spelled:
        return tuple(sorted(((c, known.get(v, v)) for c, v in terms), key=repr))

    for d in model.definitions:
        known[d.var] = hash((d.kind, spell(d.terms), d.threshold, d.upper))
    demands: Counter[Spelled] = Counter()
    for c in model.constraints:
        guard = known.get(c.only_if, c.only_if)
        demands[spell(c.terms), c.low, c.high, guard, draft.reasons[c.reason].rule] += 1
    steps: list[Spelled] = [
        (s.key, s.constant, spell(s.terms), tuple((spell(t), k) for t, k in s.entries))
        for s in model.steps
    ]
    return demands, steps


def two_nights() -> Problem:
    """Two doctors and two nights with enough between them."""
    nights = [duty(f"2027-02-0{day} 23:00", f"2027-02-0{day + 1} 08:00", NIGHT) for day in (2, 5)]
    return problem([KARI, OLA], nights)


@pytest.mark.parametrize("seed", range(6))
def test_the_model_is_the_same_in_the_end(seed: int) -> None:
    plan = draw_problem(seed, doctors=5, duties=20)
    rules = rules_for(plan)
    draft = Draft(plan, rules, demands_first=True)
    demands = len(draft.model.constraints)
    told: list[int] = []
    draft.complete(lambda: told.append(len(draft.model.constraints)))
    assert spelled(draft) == spelled(Draft(plan, rules))
    assert set(told) == {demands}


@pytest.mark.parametrize("seed", range(6))
def test_a_roster_of_the_demands_is_lawful(seed: int) -> None:
    plan = draw_problem(seed, doctors=6, duties=20)
    rules = rules_for(plan)
    draft = Draft(plan, rules, demands_first=True)
    state = construct(Index(draft.model), 1)
    draft.complete()
    values = settle(draft.model, state.chosen)
    assert any(broken(draft.model, values)) == (state.violation > 0)
    if not state.violation:
        made = Provenance(rule_set="", solver="", seed=1, workers=1, time_limit=1.0)
        roster = Roster.of(plan, draft.assignments(state.chosen), made)
        assert check(Timetable(plan, roster), rules).lawful


@dataclass(frozen=True)
class Soft(Rule):
    """Demands something, though it only weighs."""

    id: ClassVar = "soft"
    title: ClassVar = "Prøve"
    title_en: ClassVar = "Trial"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = ()
    hard: ClassVar = False

    def encode(self, draft: Draft) -> None:
        """Nobody works."""
        for doctor in draft.problem.doctors:
            draft.at_most(0, [var for _, var in draft.work_of(doctor.id)])

    def explain(self, problem: Problem, case: Case) -> str:
        """Never asked."""
        raise NotImplementedError


@pytest.mark.parametrize("demands_first", [False, True])
def test_what_does_not_bind_may_demand_nothing(demands_first: bool) -> None:
    plan = draw_problem(1)
    with pytest.raises(ValueError, match=r"rule \(soft\) must bind"):
        Draft(plan, [Cover(), Soft()], demands_first=demands_first).complete()


@dataclass(frozen=True)
class Afterwards(Rule):
    """Posts something for one of the doctors when the demands are there."""

    id: ClassVar = "afterwards"
    title: ClassVar = "Prøve"
    title_en: ClassVar = "Trial"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = ()
    does: str = "weigh"

    def encode(self, draft: Draft) -> None:
        """One night each; what more is posted is up to `does`."""
        for stencil in draft.stencils():
            nights = [var for _, var in stencil.work]
            stencil.at_most(1, nights)
            posts = {
                "weigh": partial(stencil.penalise, Level.HEALTH, [(3, var) for var in nights]),
                "demand": partial(stencil.at_most, 0, nights),
                "demand beside": partial(draft.at_most, 0, [draft.openings.decisions + 1]),
            }
            with stencil.only([1]):
                stencil.afterwards(posts[self.does])

    def explain(self, problem: Problem, case: Case) -> str:
        """Never asked."""
        raise NotImplementedError


def test_what_is_posted_afterwards_is_for_those_for_whom_it_was_meant() -> None:
    plan = two_nights()
    first, now = (Draft(plan, [Afterwards()], demands_first=own) for own in (True, False))
    first.complete()
    assert spelled(first) == spelled(now)
    [step] = now.model.steps
    assert {now.openings.owner(var)[0] for _, var in step.terms} == {OLA.id}


@pytest.mark.parametrize("does", ["demand", "demand beside"])
@pytest.mark.parametrize("demands_first", [False, True])
def test_nothing_is_demanded_afterwards(demands_first: bool, does: str) -> None:
    with pytest.raises(ValueError, match=r"rule \(afterwards\) must demand nothing afterwards"):
        Draft(two_nights(), [Afterwards(does)], demands_first=demands_first).complete()


def test_a_large_plan_shows_a_roster_before_it_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "LARGE", 0)
    plan = two_nights()
    told: list[Update] = []
    kept: list[Roster] = []
    outcome = solve(
        plan,
        rules_for(plan),
        Options(seconds=10, workers=1, seed=1),
        tell=told.append,
        keep=kept.append,
    )
    begun = told[0]
    assert (begun.step, begun.doing) == (Level.COVER.title, "construct")
    assert [level.level for level in begun.levels] == ["cover"]
    draft = Draft(plan, rules_for(plan), demands_first=True)
    made = construct(Index(draft.model), 1)
    assert set(kept[0].assignments) == set(draft.assignments(made.chosen))
    assert begun.levels[0].value == made.score()[0] / draft.steps[0].scale
    assert check(Timetable(plan, kept[0]), rules_for(plan)).lawful
    assert outcome.roster is not None
    assert outcome.roster.provenance.levels[0].value <= begun.levels[0].value


def test_a_lawful_roster_is_at_hand_where_the_construction_breaks_something() -> None:
    model = rostered(2)
    found = first(model, 1)
    own = tuple(found.chosen) if not isinstance(found, str) else ()
    assert own
    again = first(model, 1, spare=own)
    assert not isinstance(again, str)
    assert tuple(again.chosen) == own
    # One that breaks something is no better than what was constructed.
    model.demand(Constraint(((1, own[0]),), None, 0, TRUE, 0))
    other = first(model, 1, spare=own)
    assert isinstance(other, str) or not other.violation


def test_a_model_that_ends_too_early_is_told() -> None:
    from io import BytesIO

    from scheduler.solving.packed import from_stream, pack, to_bytes

    head, body = to_bytes(pack(random_model(1)))
    with pytest.raises(EOFError, match=f"lacks {len(body) - 7}"):
        from_stream(head, BytesIO(bytes(body[:7])))
    assert from_stream(head, BytesIO(bytes(body))).decisions == head["decisions"]
