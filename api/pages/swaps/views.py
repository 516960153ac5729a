"""Swap offers: the list, a new one, one that is taken or ended, rings."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.swaps.content import duties_of, to_give, verdict, waits_for
from api.service.accounts.roles import Right
from api.service.advice import routes as advice
from api.service.dependencies import Versioned
from api.service.offers import deal_routes, offer_routes
from api.service.offers.seeing import LastPublished, deals_seen, offers_seen
from api.service.offers.shapes import Accepting, Ending, Offering, Ringing
from api.service.paging import CursorDep
from api.service.shapes import Id
from scheduler.reading.faults import PlanError

router = APIRouter(prefix="/bytter", tags=["pages"], include_in_schema=False)
Text = Annotated[str, Field()]
DutyId = Annotated[str, Query(alias="vakt", min_length=1, max_length=200)]
RosterId = Annotated[Id, Query(alias="vaktplan")]
MOST = 100
_DEALS = 30  # on a page


@router.get("")
def swaps(page: PageDep, etter: CursorDep = None) -> Response:
    """What waits for the reader, what others offer, the own offers, and the deals, page by page."""
    page.actor.need(Right.SWAPS_OWN, Right.PUBLISH)
    last, actor = LastPublished(page.service), page.actor
    me, decides = actor.doctor, Right.PUBLISH in actor.rights
    listed = deals_seen(last, actor, after=etter, most=_DEALS)
    awaited = deals_seen(last, actor, state="agreed" if decides else "asked", most=MOST).items
    waiting = [own for own in awaited if decides or waits_for(own, me)]
    shown = {own.id for own in waiting}
    offers = offers_seen(last, actor, most=MOST).items
    others = [own for own in offers if own.doctor != me and own.state == "open"]
    able = {own.id for own in others}
    if others and not decides:
        takes = offers_seen(last, actor, only_open=True, lawful=True, most=MOST)
        able = {own.id for own in takes.items}
    return page.show(
        "swaps/list",
        decides=decides,
        waiting=waiting,
        deals=[own for own in listed.items if own.id not in shown],
        next=listed.next,
        after=etter,
        all_wait=bool(listed.items) and all(own.id in shown for own in listed.items),
        mine=[own for own in offers if me and own.doctor == me],
        others=[own for own in others if own.id in able],
        barred=[own for own in others if own.id not in able],
        duties=duties_of(page, last),
        settings=deal_routes.settings(page.service, page.actor, Response()) if decides else None,
    )


@router.get("/ny")
def new(page: PageDep, roster: RosterId, duty: DutyId) -> Response:
    """Offer a duty: who could lawfully take it, and to whom it is offered."""
    return _new(page, roster, duty, Form())


@router.post("/ny")
def add(
    page: PageDep,
    roster: Annotated[str, Field(alias="vaktplan")] = "",
    duty: Annotated[str, Field(alias="vakt")] = "",
    to_doctor: Text = "",
    in_return: Text = "",
    note: Text = "",
) -> Response:
    """Store the offer."""
    page.actor.need(Right.SWAPS_OWN)
    values = {"to_doctor": to_doctor, "in_return": in_return, "note": note}
    try:
        wanted = Offering(
            roster=roster,
            duty=duty,
            to_doctor=to_doctor or None,
            in_return=bool(in_return),
            note=note,
        )
        made = offer_routes.add(page.service, page.actor, Response(), wanted)
    except ValidationError:
        return _new(page, roster, duty, Form(values, {"note": page.say("swaps.note_wrong")}), 422)
    except PlanError as error:
        faults = {own.place: f"{own.problem} {own.remedy}" for own in error.faults}
        return _new(page, roster, duty, Form(values, faults), 422)
    return page.go(f"/bytter/{made.id}", "swaps.offered")


@router.post("/ring")
def ring(page: PageDep, offers: Annotated[list[str] | None, Field()] = None) -> Response:
    """Let offers go round, as a ring that was found."""
    page.actor.need(Right.SWAPS_OWN)
    try:
        wanted = Ringing(offers=offers or [])
        made = deal_routes.add(page.service, page.actor, Response(), wanted)
    except (ValidationError, PlanError):
        return page.go("/bytter", "swaps.ring_gone", "warning")
    return page.go(f"/avtaler/{made.id}", "swaps.agreed_told")


@router.get("/{offer}")
def offer(page: PageDep, offer: Id, gir: Annotated[str, Query(max_length=200)] = "") -> Response:
    """One offer: for others the verdict before they say yes; for who made it, who could."""
    return _offer(page, offer, gir)


@router.post("/{offer}/ta")
def take(page: PageDep, offer: Id, revision: Text = "", gir: Text = "") -> Response:
    """Say yes."""
    page.actor.need(Right.SWAPS_OWN)
    try:
        deal = offer_routes.accept(
            page.service,
            page.actor,
            Response(),
            Versioned(f'"{revision}"'),
            offer,
            Accepting(duty=gir or None),
        )
    except (ValidationError, PlanError):
        return _offer(page, offer, "", 422)
    told = "swaps.done_told" if deal.state == "done" else "swaps.agreed_told"
    return page.go(f"/avtaler/{deal.id}", told)


@router.post("/{offer}/slutt")
def end(page: PageDep, offer: Id, revision: Text = "", state: Text = "withdrawn") -> Response:
    """Withdraw an offer, or decline it."""
    wanted = Ending(state="declined" if state == "declined" else "withdrawn")
    offer_routes.end(
        page.service, page.actor, Response(), Versioned(f'"{revision}"'), offer, wanted
    )
    return page.go("/bytter", f"swaps.told_{wanted.state}")


def _new(page: Page, roster: str, duty: str, form: Form, status: int = 200) -> Response:
    page.actor.need(Right.SWAPS_OWN)
    found = advice.takers(
        page.service, page.actor, roster, duty, giver=None, objective=False, version=None
    )
    if found.giver != page.actor.doctor:
        return page.go("/mine-vakter", "swaps.not_yours", "warning")
    able = [own for own in found.takers if own.standing != "cannot"]
    return page.show(
        "swaps/new",
        status,
        form=form,
        found=found,
        roster=roster,
        duty=duty,
        able=able,
        duties=duties_of(page),
    )


def _offer(page: Page, offer: str, gives: str, status: int = 200) -> Response:
    detail = offer_routes.offer(page.service, page.actor, Response(), offer)
    own = detail.offer
    mine = bool(page.actor.doctor) and own.doctor == page.actor.doctor
    takes = bool(page.actor.doctor) and not mine and own.state == "open"
    rings, names = None, dict[str, str]()
    seeks_rings = mine and own.state == "open" and own.in_return and own.to_doctor is None
    if seeks_rings:
        rings = advice.rings(page.service, page.actor, own.roster, doctor=None, duty=None, most=5)
        names = _names(page, own.roster)
    choices = to_give(page, own.roster) if takes else []
    gives = gives if any(choice.duty.id == gives for choice in choices) else ""
    return page.show(
        "swaps/offer",
        status,
        offer=own,
        can_take=detail.can_take,
        mine=mine,
        decides=Right.PUBLISH in page.actor.rights,
        takes=takes,
        choices=choices,
        gives=gives,
        judged=verdict(page, own, gives) if takes else None,
        names=names,
        duties=duties_of(page),
        seeks_rings=seeks_rings,
        rings=[ring for ring in rings.rings if None not in ring.offers and own.id in ring.offers]
        if rings
        else [],
    )


def _names(page: Page, roster: str) -> dict[str, str]:
    """Names of those who offer duties of a roster, by id."""
    found = offers_seen(LastPublished(page.service), page.actor, roster=roster, most=MOST).items
    return {own.doctor: own.name for own in found if own.state == "open"}
