"""Doctors and municipalities that accounts and calendars can belong to, by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.page import Page
from api.service.accounts.roles import Right
from api.service.plans import store as plans

_PLANS = 5  # the newest, so far back


@dataclass(frozen=True, slots=True)
class Belonging:
    """What one plan knows that no newer plan does; all of the newest plan.

    Attributes:
        plan: its title.
        doctors, towns: names by id.
    """

    plan: str
    doctors: Mapping[str, str]
    towns: Mapping[str, str]


def belonging(page: Page) -> Sequence[Belonging]:
    """Of the newest plans, the newest first; none for who must not read plans with names.

    Several: who began a plan for the next year, or tried the example, still has the doctors of
    the plan at work.
    """
    if Right.PLANS_WRITE not in page.actor.rights:
        return ()
    with page.service.database.reading() as session:
        newest = plans.plans(session, page.actor, None, _PLANS)[:_PLANS]
        known = [
            (own.title, page.service.plans.of(session, plans.version_of(session, own).id).plan)
            for own in newest
        ]
    doctors: dict[str, str] = {}
    towns: dict[str, str] = {}
    found = []
    for title, plan in known:
        own = Belonging(
            title,
            {one.id: one.name for one in plan.doctors if one.id not in doctors},
            {one.id: one.name for one in plan.municipalities if one.id not in towns},
        )
        doctors.update(own.doctors)
        towns.update(own.towns)
        found.append(own)
    return found


def doctor_names(known: Sequence[Belonging]) -> dict[str, str]:
    """Names by id of all doctors."""
    return {id_: name for own in known for id_, name in own.doctors.items()}


def town_names(known: Sequence[Belonging]) -> dict[str, str]:
    """Names by id of all municipalities."""
    return {id_: name for own in known for id_, name in own.towns.items()}
