"""What needs somebody's attention in a plan: said in one sentence each, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api import library
from api.service.feeds.tables import FeedClient, StoredFeed
from api.service.plans import exemptions
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from api.service.wishes import store as wishes
from api.service.wishes.tables import WishRound
from scheduler.domain.time import DAY, local, moment
from scheduler.rule import Authority, Confidence
from scheduler.writing.phrases import counted

STALE_AFTER = timedelta(hours=48)  # calendars fetch some times a day
_SURE = (Confidence.TEXT, Confidence.POLICY)
_LAW = (Authority.LAW, Authority.AGREEMENT)
_TROUBLE = {
    "not_gp": "er ikke fastlege og har derfor ikke krav på fritak; det må avtales",
    "incomplete": "har et krav som mangler opplysninger og ikke virker ennå",
    "refused": "har et krav som er ført som avslått, enda en rett til fritak ikke krever vedtak",
}


class Attention(StrEnum):
    """What kind of thing it is."""

    BREACHES = "breaches"
    HOLES = "holes"
    ROSTER_BEHIND = "roster_behind"  # made of an earlier version of the plan
    CLAIM_TROUBLE = "claim_trouble"
    CLAIM_WAITING = "claim_waiting"
    EXEMPTION_EXPIRES = "exemption_expires"
    WISHES_WAITING = "wishes_waiting"  # stated, and not in the plan
    WISHES_DUE = "wishes_due"
    FEEDS_STALE = "feeds_stale"
    LAW_UNCONFIRMED = "law_unconfirmed"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing.

    Attributes:
        subject: kind and id: «roster/0f3c…», «exemption/f1»; empty where it is the plan.
        count: how many; 1 for a single thing.
        due: by when, where there is such a day.
        text: one sentence in bokmål.
    """

    kind: Attention
    subject: str
    count: int
    text: str
    due: datetime | None = None


def items(
    session: Session, plan: StoredPlan, loaded: library.LoadedPlan, today: date
) -> list[Item]:
    """All that needs attention, in the order of `Attention`.

    Args:
        session: to read with.
        plan: a plan.
        loaded: its newest version.
        today: in Oslo.
    """
    found = [
        *_of_roster(session, plan),
        *_of_exemptions(loaded, today),
        *_of_wishes(session, plan),
        *_of_feeds(session, plan),
        *_of_law(loaded),
    ]
    order = list(Attention)
    return sorted(found, key=lambda own: order.index(own.kind))


def _of_roster(session: Session, plan: StoredPlan) -> Iterator[Item]:
    """Of the newest roster of the plan, in its newest version."""
    row = session.execute(
        select(StoredRoster, RosterVersion, PlanVersion.number)
        .join(RosterVersion, RosterVersion.roster_id == StoredRoster.id)
        .join(PlanVersion, PlanVersion.id == RosterVersion.plan_version_id)
        .where(StoredRoster.plan_id == plan.id, RosterVersion.number == StoredRoster.version)
        .order_by(StoredRoster.created_at.desc(), StoredRoster.id)
        .limit(1)
    ).first()
    if row is None:
        return
    roster, version, made_of = row
    subject = f"roster/{roster.id}"
    if version.breaches:
        told = counted(version.breaches, "regelbrudd", "regelbrudd")
        yield Item(Attention.BREACHES, subject, version.breaches, f"«{roster.title}» har {told}.")
    if version.holes:
        told = counted(version.holes, "hull", "hull")
        yield Item(Attention.HOLES, subject, version.holes, f"«{roster.title}» har {told}.")
    behind = plan.version - made_of
    if behind:
        yield Item(
            Attention.ROSTER_BEHIND,
            subject,
            behind,
            f"«{roster.title}» er laget av versjon {made_of} av planen, som nå er i versjon "
            f"{plan.version}.",
        )


def _of_exemptions(loaded: library.LoadedPlan, today: date) -> Iterator[Item]:
    problem = loaded.problem
    for own in problem.exemptions:
        dates = exemptions.dates_of(problem, own)
        name = problem.doctor_by_id[own.doctor].name
        subject = f"exemption/{own.id}"
        if dates.trouble:
            yield Item(Attention.CLAIM_TROUBLE, subject, 1, f"{name} {_TROUBLE[dates.trouble]}.")
        if own.status in exemptions.WAITING:
            what = "krav" if own.kind in exemptions.RIGHTS else "søknad"
            yield Item(
                Attention.CLAIM_WAITING,
                subject,
                1,
                f"{name} har {what} om fritak fra legevakt som ikke er avgjort.",
            )
        elif exemptions.expires(own, dates, problem, today) and dates.last is not None:
            yield Item(
                Attention.EXEMPTION_EXPIRES,
                subject,
                1,
                f"Fritaket til {name} gjelder til og med {dates.last:%d.%m.%Y}.",
                moment(dates.last + DAY),
            )


def _of_wishes(session: Session, plan: StoredPlan) -> Iterator[Item]:
    rounds = session.scalars(
        select(WishRound).where(WishRound.plan_id == plan.id, WishRound.taken_version.is_(None))
    )
    for own in rounds:
        stated = wishes.wishes_of(session, own)
        told = counted(len(stated), "ønske", "ønsker")
        doctors = counted(len({wish.doctor for wish in stated}), "lege", "leger")
        if wishes.state_of(own) == wishes.OPEN:
            yield Item(
                Attention.WISHES_DUE,
                f"wish-round/{own.id}",
                len(stated),
                f"Ønskerunden går til {local(own.deadline):%d.%m.%Y kl. %H:%M}; {told} fra "
                f"{doctors} så langt.",
                own.deadline,
            )
        else:
            yield Item(
                Attention.WISHES_WAITING,
                f"wish-round/{own.id}",
                len(stated),
                f"Ønskerunden er slutt, og {told} fra {doctors} er ikke tatt inn i planen.",
                own.deadline,
            )


def _of_feeds(session: Session, plan: StoredPlan) -> Iterator[Item]:
    """Calendars that have not been fetched since the roster in force was published."""
    published = session.scalar(
        select(func.max(Publication.created_at))
        .join(StoredRoster, StoredRoster.id == Publication.roster_id)
        .where(StoredRoster.plan_id == plan.id)
    )
    if published is None or datetime.now(UTC) - published < STALE_AFTER:
        return
    many = session.scalar(
        select(func.count(StoredFeed.id)).where(
            StoredFeed.cooperation_id == plan.cooperation_id,
            StoredFeed.revoked_at.is_(None),
            StoredFeed.created_at < published,
            ~select(FeedClient)
            .where(FeedClient.feed_id == StoredFeed.id, FeedClient.fetched_at >= published)
            .exists(),
        )
    )
    if many:
        told = counted(many, "kalender", "kalendere")
        yield Item(
            Attention.FEEDS_STALE,
            "",
            many,
            f"{told} har ikke hentet vaktplanen som ble publisert {local(published):%d.%m.%Y}.",
        )


def _of_law(loaded: library.LoadedPlan) -> Iterator[Item]:
    """Rules of law and agreement that nobody has read in the text itself."""
    unsure = [own for own in loaded.rules if own.authority in _LAW and own.confidence not in _SURE]
    if unsure:
        told = counted(len(unsure), "regel", "regler")
        yield Item(
            Attention.LAW_UNCONFIRMED,
            "",
            len(unsure),
            f"{told} fra lov og avtale er ikke lest i selve teksten, og må bekreftes av kommunen.",
        )
