"""Encoder and checker of every rule agree, on thousands of random rosters at the limits.

For each rule alone: its model refuses a roster exactly where its checker finds a breach, and
puts a price on a lawful one exactly where the checker finds an exception. A check that can
never fail proves nothing, so it is counted how often each rule was broken, kept and priced.
"""

from collections import Counter
from dataclasses import dataclass

import pytest

from constraints.catalogue import ALL_RULES, VOCABULARY, rules_for
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome, Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import FALSE
from tests.properties.problems import draw_case
from tests.support import few

PROBLEMS, ROSTERS = 330, 7
SOME = 110  # of them in the fast suite
LEAST, LEAST_EXACT = 5, 2  # of all of them; of some, one
"""So often each rule must be broken, kept and priced, as far as it can be; and by a minute."""

RULES = {rule.id: rule for rule in (*ALL_RULES, *VOCABULARY)}

NEVER_DEMAND = {
    "round_the_clock": "only the plan can fill time for which no duty was planned",
    "presence_class": "looks at the patterns of the plan, not at who has them",
    "rota_size": "tells how many share a class; no roster is refused for it",
    "duty_hours_window": "looks at the patterns of the plan, not at who has them",
    "crew_on_callout": "tells of patterns without company, whoever has them",
    "publish_lead": "looks at the day on which the roster is laid before the doctors",
    "municipal_cost": "tells what municipal work costs; no roster is refused for it",
}
"""Rules that neither refuse nor price any roster, and why."""

KEPT_BY_THE_MODEL = {
    "blocks_whole": "a block is one decision, so no roster that is tried here can split it",
}
"""Hard rules that the model keeps by its very shape, and why."""

NEVER_REFUSE = NEVER_DEMAND.keys() | {
    "voluntary_first",
    "practice_hours_lost",
    "agreement_kept",
    "duty_continuity",
    "target_rest",
    "weekend_spacing",
    "total_hours",
    "overtime",
    "fair_share",
    "holiday_rotation",
    "wishes",
    "block_cohesion",
    "spacing",
    "night_spacing",
    "split_weekends",
    "holiday_after_weekend",
    "stability",
    "requests",
}
"""Rules that only weigh."""

PRICED_HOLES = {
    "cover": "a duty that lacks doctors is a hole, the dearest of all, and no exception",
    "cover_targets": "a doctor too few is a hole; one too many is an exception",
}
"""Rules that price a hole as others price an exception, and why."""

PRICED_SILENTLY = {
    "fair_share": "a share that is not met to the point is nobody's departure from a rule: the "
    "checker tells result and fair share of everybody",
}
"""Rules that price what they never call an exception, and why."""

PRICED = {
    "practice_hours_lost",
    "voluntary_first",
    "ordinary_hours",
    "agreement_kept",
    "office_presence",
    "longest_presence",
    "longest_home_duty",
    "weekly_rest",
    "weekly_load",
    "weekly_presence",
    "christmas_or_new_year",
    "duty_continuity",
    "consecutive_nights",
    "target_rest",
    "weekend_spacing",
    "sunday_off",
    "total_hours",
    "overtime",
    "holiday_rotation",
    "cannot_wish",
    "wishes",
    "block_cohesion",
    "spacing",
    "night_spacing",
    "split_weekends",
    "holiday_after_weekend",
    "stability",
    "cover_targets",
    "requests",
}
"""Rules whose checker finds exceptions."""

AT_THE_MINUTE = (
    "one_place_at_a_time",
    "claimed_exemption",
    "decided_exemption",
    "recruitment_promise",
    "need_exemption",
    "agreement_end",
    "agreement_span",
    "order_cap",
    "rest_between_work",
    "practice_after_night",
    "absence",
    "meeting_time",
    "longest_presence",
    "longest_home_duty",
    "weekly_rest",
    "weekly_presence",
)
"""Hard rules about time that must have been kept to the minute, and broken by one."""

MINUTE_OF_AN_HOUR = 1.01 / 60


@dataclass(frozen=True)
class Judged:
    """A rule's two answers about one roster."""

    cases: tuple[Case, ...]
    accepted: bool
    priced: bool

    def has(self, outcome: Outcome) -> bool:
        return any(case.outcome is outcome for case in self.cases)


def judged(rule: Rule, draft: Draft, timetable: Timetable) -> Judged:
    """What the checker finds, and what the model that holds the rule alone says."""
    problem, assignments = timetable.problem, timetable.roster.assignments
    values = settle(draft.model, set(draft.decision_indices(assignments)))
    stopped = any(draft.works(a.doctor, problem.duty_by_id[a.duty]) == FALSE for a in assignments)
    return Judged(
        tuple(rule.check(timetable)),
        accepted=not stopped and not any(broken(draft.model, values)),
        priced=any(value > 0 for value in step_values(draft.model, values)),
    )


def configured(problem: Problem, rule_id: str) -> Rule | None:
    """The rule with the problem's settings; None where they leave it out."""
    return next((rule for rule in rules_for(problem) if rule.id == rule_id), None)


def count(own: Judged, timetable: Timetable) -> Counter[str]:
    """What this roster has shown of the rule."""
    kept = own.has(Outcome.KEPT) and bool(timetable.roster.assignments)
    exact = [case for case in own.cases if case.margin is not None and case.unit == "h"]
    return Counter(
        {
            "rosters": 1,
            "broken": int(own.has(Outcome.BREACH)),
            "kept": int(kept and not own.has(Outcome.BREACH)),
            "exceptions": int(own.has(Outcome.EXCEPTION)),
            "told": int(own.has(Outcome.NOTICE) or own.has(Outcome.HOLE)),
            "kept to the minute": int(
                any(c.outcome is Outcome.KEPT and -1e-9 <= (c.margin or 0) < 1e-9 for c in exact)
            ),
            "broken by a minute": int(
                any(
                    c.outcome is Outcome.BREACH and -MINUTE_OF_AN_HOUR <= (c.margin or 0) < 0
                    for c in exact
                )
            ),
        }
    )


@pytest.mark.parametrize("many", few((SOME, PROBLEMS), 1))
@pytest.mark.parametrize("rule_id", RULES)
def test_encoder_and_checker_agree(rule_id: str, many: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(many):
        case = draw_case(seed, ROSTERS)
        rule = configured(case.problem, rule_id)
        if rule is None:
            continue
        draft = Draft(case.problem, [rule])
        for number, timetable in enumerate(case.timetables):
            own = judged(rule, draft, timetable)
            found.update(count(own, timetable))
            assert own.accepted == (not own.has(Outcome.BREACH)), (seed, number, rule, own)
            if own.accepted and rule_id not in PRICED_SILENTLY:
                hole = rule_id in PRICED_HOLES and own.has(Outcome.HOLE)
                expected = hole or own.has(Outcome.EXCEPTION)
                assert own.priced == expected, (seed, number, rule, own)
    if many == PROBLEMS:
        assert_reached(rule_id, found, LEAST, LEAST_EXACT)
    else:
        assert_reached(rule_id, found, 1, 0)


def assert_reached(rule_id: str, found: Counter[str], least: int, exact: int) -> None:
    """The rule was tried from both sides at least so often, and at its limit."""
    told = f"{rule_id}: {dict(found)}"
    wanted = {"told"} if rule_id in NEVER_DEMAND else {"kept"}
    if rule_id not in NEVER_REFUSE | KEPT_BY_THE_MODEL.keys():
        wanted.add("broken")
    if rule_id in PRICED:
        wanted.add("exceptions")
    assert all(found[what] >= least for what in wanted), told
    if rule_id in AT_THE_MINUTE:
        assert found["kept to the minute"] >= exact, told
        assert found["broken by a minute"] >= exact, told
    if rule_id in NEVER_REFUSE:
        assert not found["broken"], told
    if rule_id not in PRICED:
        assert not found["exceptions"], told


def test_rosters_enough_are_tried() -> None:
    assert PROBLEMS * ROSTERS >= 2000
    for seed in range(0, PROBLEMS, 30):
        case = draw_case(seed, ROSTERS)
        assert len(case.timetables) == ROSTERS
        for timetable in case.timetables:
            for duties in case.problem.units.values():
                doctors = {timetable.doctors_on(duty.id) for duty in duties}
                assert len(doctors) == 1, "a block must be whole"


def test_every_rule_has_its_place() -> None:
    named = {
        *NEVER_REFUSE,
        *KEPT_BY_THE_MODEL,
        *PRICED,
        *PRICED_HOLES,
        *PRICED_SILENTLY,
        *AT_THE_MINUTE,
    }
    assert named <= RULES.keys()
    assert not PRICED & (NEVER_DEMAND.keys() | PRICED_SILENTLY.keys())
    for rule_id in NEVER_REFUSE:
        rule = RULES[rule_id]
        assert not rule.hard, f"{rule_id} calls itself hard and refuses nothing"
