"""What each rule's departures cost together in a finished roster.

The rules' own words in the model are settled for the roster without a solver, so that what
is told of a price is what the search weighed. Only prices that a municipality sets
(`scheduler.rule.price_parameter`) are asked for.
"""

from collections.abc import Mapping, Sequence

from scheduler.domain.roster import Timetable
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, total


def costs(timetable: Timetable, rules: Sequence[Rule]) -> Mapping[str, int]:
    """Rule id -> hundredths of a point, for each of the rules that has a price in force.

    Exact for a lawful roster. In one that splits blocks the model has no word for the parts.
    """
    own = [rule for rule in rules if any(rule.prices.values())]
    draft = Draft(timetable.problem, own)
    values = settle(draft.model, draft.decision_indices(timetable.roster.assignments))
    found = dict.fromkeys((rule.id for rule in own), 0)
    for priced in draft.priced:
        found[priced.rule] += total(priced.terms, values) + priced.constant
    return found
