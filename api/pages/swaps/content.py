"""What can be given and taken, in the words that forms use."""

from collections.abc import Callable, Sequence
from functools import cache

from api.pages.doctor.content import Own, own_duties
from api.pages.page import Page
from api.service.advice import routes as advice
from api.service.advice.shapes import HandIn, SwapIn, SwapOut, UnitOut
from api.service.offers.seeing import LastPublished
from api.service.offers.shapes import DealOut, OfferOut
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.reading.faults import PlanError


def duties_of(
    page: Page, last: LastPublished | None = None
) -> Callable[[str, UnitOut], Sequence[Duty]]:
    """Finds the duties of a unit, in the order of time, by roster; each roster is read once.

    Args:
        page: that shows them.
        last: the rosters that have been read for it already.
    """
    known = last or LastPublished(page.service)

    @cache
    def problem(roster: str) -> Problem:
        with page.service.database.reading() as session:
            return known.of(session, roster).desk.loaded.problem

    return lambda roster, unit: problem(roster).units[unit.unit]


def to_give(page: Page, roster: str) -> list[Own]:
    """The doctor's coming duties of a roster, each block once."""
    coming, _ = own_duties(page)
    found: dict[str, Own] = {}
    for own in coming:
        if own.roster == roster and own.duty.start > page.clock.now:
            found.setdefault(own.duty.unit, own)
    return list(found.values())


def verdict(page: Page, offer: OfferOut, gives: str) -> SwapOut | None:
    """What the checkers say if the reader took what is offered; None where it stands no more."""
    if offer.unit is None:
        return None
    give = HandIn(doctor=offer.doctor, duty=offer.unit.duties[0])
    me = page.actor.doctor
    wanted = SwapIn(give=give, to=me)
    if gives:
        wanted = SwapIn(give=give, take=HandIn(doctor=me, duty=gives))
    try:
        return advice.swap(page.service, page.actor, offer.roster, wanted, version=None)
    except PlanError:  # somebody else has it by now
        return None


def waits_for(deal: DealOut, doctor: str) -> bool:
    """Whether the doctor has not answered yet."""
    return deal.state == "asked" and any(
        own.doctor == doctor and own.says is None for own in deal.parts
    )


def takes_part(deal: DealOut, doctor: str) -> bool:
    """Whether the doctor has a part in it."""
    return any(own.doctor == doctor for own in deal.parts)
