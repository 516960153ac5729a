"""A change that cannot be made, and the look-ups that refuse what a plan does not have."""

from typing import Any

from scheduler.reading.faults import listed, meant
from scheduler.reading.plan import Plan

_NOUNS = {
    "municipalities": "Kommunen",
    "doctors": "Legen",
    "patterns": "Vakttypen",
    "places": "Stedet",
}


class RefusalError(Exception):
    """A change does not fit the plan.

    Attributes:
        field: of the change.
        value: what stands there.
        problem, remedy: whole sentences in bokmål.
    """

    def __init__(self, field: str, value: object, problem: str, remedy: str) -> None:
        """Keep all four."""
        self.field = field
        self.value = value
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field}: {problem} {remedy}")


def found(plan: Plan, items: str, own: str, field: str) -> Any:
    """The item of a list of the plan that has the id.

    Raises:
        RefusalError: there is none; near names are suggested.
    """
    known = {item.id: item for item in getattr(plan, items)}
    if own in known:
        return known[own]
    by_name = {item.name: item.id for item in known.values()}
    near = meant(own, known)
    if not near and (name := meant(own, by_name)):
        word = name.removeprefix("Mente du «").removesuffix("»?")
        near = f"Mente du «{by_name[word]}»?" if word in by_name else ""
    raise RefusalError(
        field,
        own,
        f"{_NOUNS[items]} finnes ikke i planen på dette stedet i scenariet.",
        f"{near or f'Der finnes {listed(known)}.'} Rett id-en.",
    )


def unused(plan: Plan, items: str, own: str, field: str) -> None:
    """See that an id is new to a list of the plan.

    Raises:
        RefusalError: it is there already.
    """
    if any(item.id == own for item in getattr(plan, items)):
        raise RefusalError(
            field,
            own,
            f"Id-en «{own}» er allerede brukt i planen.",
            "Gi den nye en annen id.",
        )
