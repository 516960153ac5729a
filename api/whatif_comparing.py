"""Scenarios solved side by side and laid beside each other."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence

from api.library import LoadedPlan
from api.whatif import BASE, LoadedScenarios
from api.whatif_judging import figures
from api.whatif_solving import Search, Solved, Tell, solve_all
from constraints.catalogue import rule_set_version
from constraints.claimed_exemption import ClaimedExemption
from constraints.order_cap import OrderCap
from constraints.practice_after_night import PracticeAfterNight
from constraints.presence_class import PresenceClass
from constraints.rest_between_work import RestBetweenWork
from constraints.rota_size import RotaSize
from constraints.round_the_clock import RoundTheClock
from constraints.takes_part import TakesPart
from scheduler.engine import solver_name
from scheduler.rule import Authority, Confidence
from scheduler.solving.result import Ending
from scheduler.whatif.changes import AllClaimExemption, Change
from scheduler.whatif.cost import in_words
from scheduler.whatif.pseudonyms import pseudonyms
from scheduler.writing.comparison.source import Alternative, Comparison, LegalNote
from scheduler.writing.report.words import CONFIDENCES

_DUTY = (RestBetweenWork.id, PracticeAfterNight.id, PresenceClass.id)
_PEOPLE = (TakesPart.id, RotaSize.id)
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "all_claim_exemption": (ClaimedExemption.id,),
    "common_night": _DUTY,
    "pattern": _DUTY,
    "pattern_added": _DUTY,
    "pattern_removed": (RoundTheClock.id,),
    "doctors_join": _PEOPLE,
    "doctors_leave": _PEOPLE,
    "doctor_leaves": _PEOPLE,
    "municipality_joins": (*_PEOPLE, OrderCap.id),
    "municipality_leaves": (*_PEOPLE, OrderCap.id),
}
"""The rules that a kind of change is about."""
_LAW = (Authority.LAW, Authority.AGREEMENT)
_TROUBLE = {
    Ending.IMPOSSIBLE: "Låser i planen bryter reglene, så det finnes ingen lovlig plan.",
    Ending.OUT_OF_TIME: "Ingen lovlig plan ble funnet innen tiden. Det er ikke bevist at det "
    "ikke finnes noen.",
}


def solve(
    scenarios: LoadedScenarios,
    search: Search,
    *,
    tell: Tell = lambda _, __: None,
    stop: threading.Event | None = None,
) -> dict[str, Solved]:
    """Solve the plan as it is and every scenario, by id."""
    return solve_all(scenarios.plans, search, tell=tell, stop=stop)


def compare(
    scenarios: LoadedScenarios,
    solved: Mapping[str, Solved],
    search: Search,
    *,
    anonymous: bool = False,
) -> Comparison:
    """Judge what was solved, and lay it side by side.

    Args:
        scenarios: the plans.
        solved: how each solve ended.
        search: how it was solved.
        anonymous: doctors have pseudonyms, the same in every scenario.
    """
    file, base = scenarios.file, scenarios.base
    alternatives = [_alternative(BASE, scenarios, solved)]
    alternatives += [
        _alternative(own.scenario.id, scenarios, solved) for own in scenarios.scenarios
    ]
    return Comparison(
        title=file.title,
        question=file.question or "",
        plan_title=base.plan.title,
        judged_on=base.plan.judged_on,
        alternatives=tuple(alternatives),
        names=names(scenarios, anonymous=anonymous),
        anonymous=anonymous,
        rates=in_words(file.hourly_cost),
        laws=tuple(_laws(scenarios, alternatives)),
        seconds=search.seconds,
        seed=search.seed,
        solver=solver_name(),
        rule_set=rule_set_version(base.problem),
        stopped=any(own.stopped for own in solved.values()),
    )


def names(scenarios: LoadedScenarios, *, anonymous: bool) -> Mapping[str, str]:
    """What each doctor of any scenario is called, by id."""
    problems = [own.problem for own in scenarios.plans.values()]
    if anonymous:
        return pseudonyms(problems)
    return {
        doctor.id: " ".join(doctor.name.split())
        for problem in reversed(problems)
        for doctor in problem.doctors
    }


def _alternative(own: str, scenarios: LoadedScenarios, solved: Mapping[str, Solved]) -> Alternative:
    loaded, made = scenarios.plans[own], solved[own]
    file = scenarios.file
    found = None
    if made.roster is not None:
        found = figures(loaded, made.roster, file.hourly_cost, scenarios.base)
    # What conflicts is told with names, so it is not for here: the memo prints this.
    trouble = _TROUBLE.get(made.ending, "")
    written = next((s for s in scenarios.scenarios if s.scenario.id == own), None)
    above = written.scenario.builds_on if written else None
    return Alternative(
        id=own,
        name=written.scenario.name if written else file.base_name,
        about=(written.scenario.about or "") if written else "",
        changes=written.changes if written else (),
        own_changes=written.own_changes if written else (),
        builds_on=file.by_id(above).name if above else "",
        first_day=loaded.problem.first_day,
        last_day=loaded.problem.last_day,
        figures=found,
        trouble="" if found else trouble,
        claims=_claims(loaded, scenarios.base)
        if written and _makes_claims(file.changes_of(written.scenario))
        else 0,
        cut_off=made.cut_off,
    )


def _makes_claims(changes: Iterable[tuple[object, Change]]) -> bool:
    return any(isinstance(change, AllClaimExemption) for _, change in changes)


def _claims(loaded: LoadedPlan, base: LoadedPlan) -> int:
    """How many have an exemption that they have not in the plan as it is."""
    before = {own.doctor for own in base.plan.exemptions}
    return len({own.doctor for own in loaded.plan.exemptions} - before)


def _laws(scenarios: LoadedScenarios, alternatives: Sequence[Alternative]) -> Iterator[LegalNote]:
    """What law and agreements the rosters were measured against.

    First the rules from which some roster departs, then those that the changes are about, last
    those that are kept everywhere.
    """
    about = {
        rule
        for own in scenarios.scenarios
        for _, change in scenarios.file.changes_of(own.scenario)
        for rule in _ABOUT.get(change.change, ())
    }
    departing = {
        own.rule
        for alternative in alternatives
        if alternative.figures
        for own in alternative.figures.exceptions
    }
    rules = [rule for rule in scenarios.base.rules if rule.authority in _LAW]
    for rule in sorted(rules, key=lambda own: (own.id not in departing, own.id not in about)):
        citation = rule.citations[0]
        yield LegalNote(
            rule.title,
            str(citation),
            CONFIDENCES[citation.confidence],
            citation.confidence is Confidence.TEXT,
        )
