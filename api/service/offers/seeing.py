"""What somebody sees of offers and deals; each roster is read once, however many concern it."""

from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.errors import NotFoundError
from api.service.offers import deals, store
from api.service.offers.completing import InForce, in_force
from api.service.offers.shapes import DealOut, DealState, OfferOut
from api.service.offers.tables import SwapOffer
from api.service.paging import Page, page
from api.service.service import Service


class LastPublished:
    """The versions of rosters that were published last, in force or not; for one question."""

    def __init__(self, service: Service) -> None:
        """None has been read yet."""
        self.service = service
        self._known: dict[str, InForce] = {}

    def of(self, session: Session, roster: str) -> InForce:
        """The version of a roster.

        Raises:
            StateError: the roster was never published.
        """
        if roster not in self._known:
            self._known[roster] = in_force(self.service, session, roster, archived_too=True)
        return self._known[roster]


def concerns(standing: InForce, actor: Actor) -> bool:
    """Whether offers of a roster are for the actor: for a doctor, those of her own rota."""
    return not actor.doctor or actor.doctor in standing.desk.names


def must_concern(standing: InForce, actor: Actor) -> None:
    """Go on only with an offer of the actor's own rota.

    Raises:
        NotFoundError: the doctor is not in it.
    """
    if not concerns(standing, actor):
        raise NotFoundError


def offers_seen(
    last: LastPublished,
    actor: Actor,
    *,
    roster: str | None = None,
    only_open: bool = False,
    lawful: bool = False,
    after: str | None = None,
    most: int,
) -> Page[OfferOut]:
    """A page of the offers that concern the actor, the newest first.

    Args:
        last: the rosters, as far as they have been read.
        actor: who asks.
        roster: only of this one.
        only_open: only those that can be said yes to.
        lawful: for a doctor: only those that she could take without giving anything back.
        after: the cursor.
        most: on a page.
    """
    with last.service.database.reading() as session:
        rows = store.offers(
            session, actor, roster=roster, only_open=only_open, after=after, most=most
        )
        standing = {own.roster_id: last.of(session, own.roster_id) for own in rows[:most]}

    def told(own: SwapOffer) -> OfferOut | None:
        of = standing[own.roster_id]
        if not concerns(of, actor):
            return None
        if lawful and actor.doctor and not of.desk.may_take(actor.doctor, own.unit, own.doctor):
            return None
        return OfferOut.of(own, of.desk.loaded.problem)

    return page(rows, most, told)


def deals_seen(
    last: LastPublished,
    actor: Actor,
    *,
    roster: str | None = None,
    state: DealState | None = None,
    after: str | None = None,
    most: int,
) -> Page[DealOut]:
    """A page of the deals that concern the actor, the newest first.

    Args:
        last: the rosters, as far as they have been read.
        actor: who asks.
        roster: only of this one.
        state: only in this one.
        after: the cursor.
        most: on a page.
    """
    with last.service.database.reading() as session:
        rows = deals.deals(session, actor, roster=roster, state=state, after=after, most=most)
        standing = {own.roster_id: last.of(session, own.roster_id) for own in rows[:most]}
    return page(
        rows, most, lambda own: DealOut.of(own, standing[own.roster_id].desk.loaded.problem)
    )
