"""What each rule's departures cost together in a finished roster.

The rules' own words in the model are settled for the roster without a solver, so that what
is told of a price is what the search weighed. Only prices that a municipality sets
(`scheduler.rule.price_parameter`) are asked for.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scheduler.domain.roster import Timetable
from scheduler.rule import Level, Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, total


def costs(timetable: Timetable, rules: Sequence[Rule]) -> Mapping[str, Mapping[Level, Fraction]]:
    """Rule id -> level -> hundredths of a point, for each of the rules with a price in force.

    Exact for a lawful roster. In one that splits blocks the model has no word for the parts.
    """
    own = [rule for rule in rules if any(rule.prices.values())]
    assignments = timetable.roster.assignments
    draft = Draft(timetable.problem, own, only=assignments)
    values = settle(draft.model, draft.decision_indices(assignments))
    found: dict[str, dict[Level, Fraction]] = {rule.id: {} for rule in own}
    for priced in draft.priced:
        cost = Fraction(total(priced.terms, values) + priced.constant, priced.fine)
        levels = found[priced.rule]
        levels[priced.level] = levels.get(priced.level, Fraction(0)) + cost
    return found
