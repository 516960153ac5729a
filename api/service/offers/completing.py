"""A deal comes true: judged by the checkers in that moment, published, told to people."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.advice.desks import Desk
from api.service.advice.readers import Reader
from api.service.advice.shapes import FoundOut
from api.service.errors import (
    ApprovalNeededError,
    BeingChangedError,
    OfferGoneError,
    StateError,
    SwapUnlawfulError,
)
from api.service.offers import deals
from api.service.offers.lapsing import lapse_agreed
from api.service.offers.store import settings_of
from api.service.offers.tables import AGREED, SwapDeal
from api.service.offers.telling import Teller
from api.service.offers.words import Lapse
from api.service.plans.tables import PlanVersion
from api.service.rosters import store as rosters
from api.service.rosters.documents import read
from api.service.rosters.publishing import publish
from api.service.rosters.store import ARCHIVED, PUBLISHED
from api.service.rosters.tables import RosterVersion, StoredRoster
from api.service.service import Service
from api.swaps import changed
from scheduler.changes.move import Move
from scheduler.swaps.judge import Swap

_TRIES = 5


@dataclass(frozen=True, slots=True)
class InForce:
    """The version by which a plan's doctors work, on its desk."""

    roster: StoredRoster
    version: RosterVersion
    desk: Desk

    def is_still(self, roster: StoredRoster) -> bool:
        """Whether the roster, read anew, is as it was."""
        return (roster.version, roster.moves) == (self.roster.version, self.roster.moves)


def in_force(
    service: Service, session: Session, roster: str, *, archived_too: bool = False
) -> InForce:
    """The version of a roster that was published last, or one that amends nothing of it.

    A pin that was undone since then holds no swap up.

    Args:
        service: with the desks.
        session: to read with.
        roster: id.
        archived_too: it need not be in force any more.

    Raises:
        StateError: the roster was never published, or is not in force.
    """
    found = session.get_one(StoredRoster, roster)
    last = rosters.last_publication(session, found)
    force = rosters.in_force(session, found.plan_id)
    stands = force is not None and force[0].roster_id == found.id
    if last is None or not (archived_too or (stands and found.state != rosters.ARCHIVED)):
        raise StateError("roster", found.state)
    if found.state == PUBLISHED:
        version = rosters.newest(session, found)
    else:
        version = session.get_one(RosterVersion, last.roster_version_id)
    loaded = service.plans.of(session, version.plan_version_id)
    desk = service.desks.of(
        version.id, version.digest, loaded, read(version.document, loaded.problem)
    )
    return InForce(found, version, desk)


def judged(desk: Desk, move: Move) -> Swap:
    """The verdict of a move in a roster in which everybody still has what is given.

    Raises:
        OfferGoneError: somebody has it no longer, or has already what would be got.
        StateError: a duty of it has begun.
    """
    problem = desk.loaded.problem
    now = datetime.now(UTC)
    for hand in (*move.off, *move.on):
        if hand[1] not in problem.units or hand[0] not in problem.doctor_by_id:
            raise OfferGoneError
        if problem.units[hand[1]][0].start <= now:
            raise StateError("duty", "begun")
    if not all(desk.judge.has(hand) for hand in move.off):
        raise OfferGoneError
    if any(desk.judge.has_some(hand) for hand in move.on):
        raise OfferGoneError
    return desk.judge.swap(move)


def must_be_lawful(desk: Desk, swap: Swap, reader: Reader) -> None:
    """Go on only if no rule forbids the swap.

    Raises:
        SwapUnlawfulError: with the rules' sentences, as much as the reader may know.
    """
    if not swap.lawful:
        told = (own.sentence for own in FoundOut.all(swap.verdict.breaches, desk, reader))
        raise SwapUnlawfulError(sentences=" ".join(told))


def complete(service: Service, actor: Actor, deal: str, *, why: str = "") -> SwapDeal:
    """Let an agreed deal come true.

    It is judged outside the transaction, which is tried again if the roster has moved meanwhile.
    What has become unlawful ends, with the rules' sentences as its reason; what cannot come true
    any more lapses, with its reason too, and all who take part are told.

    Raises:
        StateError: not all have said yes, it has ended, or a duty has begun.
        BeingChangedError: the roster has changes that are not published.
        ApprovalNeededError: the actor is a doctor, and a coordinator must approve it.
        SwapUnlawfulError: a rule forbids it.
        OfferGoneError: somebody has no longer what is given.
    """
    for _ in range(_TRIES):
        with service.database.reading() as session:
            own = deals.deal_of(session, actor, deal)
            if own.state != AGREED:
                raise StateError("deal", own.state)
            standing = in_force(service, session, own.roster_id, archived_too=True)
            free = not settings_of(session, actor.cooperation).need_approval
        if standing.roster.state == ARCHIVED:
            if _lapsed(service, actor, deal, standing, Lapse.ARCHIVED):
                raise StateError("roster", ARCHIVED)
            continue
        if standing.roster.state != PUBLISHED:
            raise BeingChangedError
        desk = standing.desk
        with desk.lock:
            try:
                swap = judged(desk, deals.move_of(own))
            except (OfferGoneError, StateError) as gone:
                lapse = Lapse.BEGUN if isinstance(gone, StateError) else Lapse.MOVED
                if _lapsed(service, actor, deal, standing, lapse):
                    raise
                continue
            if not swap.lawful:
                if _refused(service, actor, deal, standing, swap):
                    must_be_lawful(desk, swap, Reader.of(actor))
                continue
            if Right.PUBLISH not in actor.rights and not (free and not swap.verdict.exceptions):
                raise ApprovalNeededError
            content = changed(desk.judge, swap)
        report = library.check(desk.loaded, content)
        with service.database.writing() as session:
            roster = rosters.locked(session, actor, standing.roster.id)
            own = deals.deal_of(session, actor, deal, to_change=True)
            if own.state != AGREED:
                raise StateError("deal", own.state)
            if not standing.is_still(roster):
                continue
            note = f"Vaktbytte mellom {len(own.parts)} leger"
            rosters.add_version(
                session,
                actor,
                roster,
                session.get_one(PlanVersion, standing.version.plan_version_id),
                content,
                report,
                note=note,
            )
            deals.done(session, actor, own, why)
            session.flush()
            signed = (
                f"Som før vaktbyttet. {why}".strip() if report.breaches or report.unknown else ""
            )
            published = publish(session, service, actor, roster, signed=signed, note=note)
            own.publication_id = published.publication.id
        return own
    raise BeingChangedError


def _refused(service: Service, actor: Actor, deal: str, standing: InForce, swap: Swap) -> bool:
    """End an unlawful deal for good; False if it or the roster has changed meanwhile."""
    desk = standing.desk
    for_all = FoundOut.all(swap.verdict.breaches, desk, Reader(keeper=False))
    with service.database.writing() as session:
        roster = rosters.locked(session, actor, standing.roster.id)
        own = deals.deal_of(session, actor, deal, to_change=True)
        if (own.state, own.roster_id) != (AGREED, roster.id) or not standing.is_still(roster):
            return False
        tell = Teller(session, service.settings, desk.loaded.problem)
        deals.refuse(tell, None, own, " ".join(found.sentence for found in for_all))
    return True


def _lapsed(service: Service, actor: Actor, deal: str, standing: InForce, why: Lapse) -> bool:
    """End an agreed deal that cannot come true; False if it or the roster has changed meanwhile."""
    desk = standing.desk
    with service.database.writing() as session:
        roster = rosters.locked(session, actor, standing.roster.id)
        own = deals.deal_of(session, actor, deal, to_change=True)
        if (own.state, own.roster_id) != (AGREED, roster.id) or not standing.is_still(roster):
            return False
        tell = Teller(session, service.settings, desk.loaded.problem)
        lapse_agreed(tell, own, why, None if why is Lapse.ARCHIVED else desk.timetable)
    return True


def agreed(service: Service, actor: Actor, deal: SwapDeal) -> SwapDeal:
    """What follows once all have said yes: it comes true, or a coordinator is asked.

    A swap that departs from a main rule always waits for a coordinator.

    Raises:
        SwapUnlawfulError: a rule forbids it.
        OfferGoneError, StateError: it cannot come true any more, and has lapsed.
    """
    try:
        return complete(service, actor, deal.id)
    except (ApprovalNeededError, BeingChangedError):
        with service.database.writing() as session:
            own = deals.deal_of(session, actor, deal.id)
            problem = in_force(service, session, own.roster_id, archived_too=True)
            Teller(session, service.settings, problem.desk.loaded.problem).agreed(own)
        return own
