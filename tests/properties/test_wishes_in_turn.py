"""Over the periods refusals go in turn: who was last refused comes first."""

from dataclasses import replace
from datetime import date
from itertools import product

from constraints.catalogue import rules_for
from constraints.facts.wishes import refused_wishes
from scheduler.domain.doctor import Competence
from scheduler.domain.problem import Account, Assignment, Attitude, Problem, Wish
from scheduler.domain.roster import Roster, Timetable
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from tests.support import doctor, duty, problem

LONG_AGO = date(2015, 1, 1)
READY = Competence(
    specialist_from=LONG_AGO,
    emergency_course_from=LONG_AGO,
    violence_course_from=LONG_AGO,
    radio_from=LONG_AGO,
)
NAMES = ("kari", "ola", "per")
UNWELCOME, OTHERS = duty("2027-02-02 16:00", "22:00"), ("2027-02-09", "2027-02-16")


def best(plan: Problem) -> Timetable:
    """The lawful roster of least score among all, the first of those that are alike."""
    draft = Draft(plan, rules_for(plan))
    scored = []
    for holders in product(NAMES, repeat=len(plan.duties)):
        pairs = [Assignment(d.id, who) for d, who in zip(plan.duties, holders, strict=True)]
        values = settle(draft.model, set(draft.decision_indices(pairs)))
        if not any(broken(draft.model, values)):
            scored.append((step_values(draft.model, values), pairs))
    return Timetable(plan, Roster.of(plan, min(scored)[1]))


def test_three_who_want_the_same_day_off_are_refused_in_turn() -> None:
    plan = problem(
        [doctor(name.title(), competence=READY) for name in NAMES],
        [UNWELCOME, *(duty(f"{day} 16:00", "22:00") for day in OTHERS)],
        wishes=tuple(
            Wish(f"w-{name}", name, Attitude.RATHER_NOT, UNWELCOME.interval) for name in NAMES
        ),
    )
    refused: dict[str, int] = dict.fromkeys(NAMES, 0)
    turns = []
    for _ in range(6):
        accounts = tuple(Account(name, refused=refused[name]) for name in NAMES)
        period = replace(plan, ledger=accounts)
        now = refused_wishes(best(period))
        assert sum(now.values()) == 100
        turns += [name for name in NAMES if now[name]]
        refused = {name: refused[name] // 2 + now[name] for name in NAMES}
    assert len(set(turns[:3])) == 3
    assert turns[3:] == turns[:3]
