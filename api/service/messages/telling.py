"""Who is told what when a roster is published, and whether it is still needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from api.service.accounts.roles import Role
from api.service.accounts.tables import Account
from api.service.feeds import clients
from api.service.feeds.clients import FAMILIES, OTHER
from api.service.feeds.store import doctor_clients
from api.service.messages.tables import Contact, Message
from api.service.messages.text import Moves, Telling, told, told_shortly
from api.service.messages.timing import Policy, timing
from api.service.messages.words import Changed
from api.service.messages.writing import Draft, receivers, written
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from api.service.settings import Settings
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.writing.rows import place_name

_ABOUT = "publication/"


@dataclass(frozen=True, slots=True)
class News:
    """A publication, and what it changes.

    Attributes:
        before: the roster by which the doctors worked until now; None: there was none.
        after: the one that is published.
    """

    roster: StoredRoster
    publication: Publication
    before: Timetable | None
    after: Timetable


def tell_of_publication(session: Session, settings: Settings, news: News) -> int:
    """Put messages in the outbox for each doctor whose future duties moved; gives how many doctors.

    Args:
        session: of the publication.
        settings: quiet hours, what is urgent, and the address of the service.
        news: what is told of.
    """
    now = datetime.now(UTC)
    count = 0
    cooperation = news.roster.cooperation_id
    for account, contact, moves in who_is_told(session, cooperation, news.before, news.after, now):
        session.add_all(_messages(session, settings, news, account, contact, moves, now))
        count += 1
    return count


def who_is_told(
    session: Session, cooperation: str, before: Timetable | None, after: Timetable, now: datetime
) -> Iterator[tuple[Account, Contact | None, Moves]]:
    """Each doctor with an account whose duties that have not ended move, and how.

    Args:
        session: to read with.
        cooperation: id.
        before: the roster by which the doctors work until now; None: there is none.
        after: the one that is published, or would be.
        now: the present moment.
    """
    for account, contact in receivers(session, cooperation, Role.DOCTOR):
        moves = moves_of(account.doctor or "", before, after, now)
        if moves:
            yield account, contact, moves


def moves_of(doctor: str, before: Timetable | None, after: Timetable, now: datetime) -> Moves:
    """How a doctor's duties that have not ended moved.

    Args:
        doctor: id in the plans.
        before: the roster until now; None: there was none.
        after: the roster from now on.
        now: the present moment.
    """
    had = {duty.id: duty for duty in _duties(before, doctor)}
    has = {duty.id: duty for duty in _duties(after, doctor)}
    return Moves(
        gained=_coming((duty for key, duty in has.items() if key not in had), now),
        lost=_coming((duty for key, duty in had.items() if key not in has), now),
        changed=tuple(
            Changed(had[key], duty, place_name(before, had[key]), place_name(after, duty))
            for key, duty in has.items()
            if key in had
            and before is not None
            and max(had[key].end, duty.end) > now
            and _seen(before, had[key]) != _seen(after, duty)
        ),
    )


def has_been_read(session: Session, message: Message) -> bool:
    """Whether a calendar of the receiver has read the publication that a message tells of."""
    publication = session.get(Publication, message.about.removeprefix(_ABOUT))
    account = session.get(Account, message.account_id)
    if publication is None or account is None or not account.doctor:
        return False
    version = session.get_one(RosterVersion, publication.roster_version_id)
    readers = doctor_clients(session, message.cooperation_id, account.doctor)
    return any(clients.has_read(own, {version.roster_id: version.number}) for own in readers)


def _messages(
    session: Session,
    settings: Settings,
    news: News,
    account: Account,
    contact: Contact | None,
    moves: Moves,
    now: datetime,
) -> list[Message]:
    readers = doctor_clients(session, news.roster.cooperation_id, account.doctor or "")
    reader = clients.quickest(readers, now)
    delay = clients.delay(reader) if reader else None
    when = timing(_nearest(moves), now, delay, Policy.of(settings))
    telling = Telling(
        name=account.name,
        title=news.roster.title,
        first=news.before is None,
        moves=moves,
        urgent=when.urgent,
        calendar=FAMILIES.get(reader.family, OTHER).name if reader else "",
        hours=max(1, round(delay.total_seconds() / 3600)) if delay else 0,
        address=settings.public_url,
        language=contact.language if contact else "nb",
    )
    subject, body = told(telling)
    draft = Draft(f"{_ABOUT}{news.publication.id}", subject, body, told_shortly(telling))
    return written(account, contact, draft, when, now)


def _nearest(moves: Moves) -> datetime:
    """When the first of the duties begins, as it was or as it is."""
    changed = (duty for own in moves.changed for duty in (own.before, own.after))
    return min(duty.start for duty in (*moves.gained, *moves.lost, *changed))


def _duties(timetable: Timetable | None, doctor: str) -> tuple[Duty, ...]:
    if timetable is None or doctor not in timetable.problem.doctor_by_id:
        return ()
    return timetable.duties_of(doctor)


def _seen(timetable: Timetable, duty: Duty) -> tuple[object, ...]:
    """What a doctor goes by."""
    return duty.start, duty.end, duty.type.name, place_name(timetable, duty), duty.is_home


def _coming(duties: Iterable[Duty], now: datetime) -> tuple[Duty, ...]:
    coming = (duty for duty in duties if duty.end > now)
    return tuple(sorted(coming, key=lambda duty: (duty.start, duty.id)))
