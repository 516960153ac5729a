"""A doctor's duties in the rosters that are in force."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from api.pages.page import Page
from api.service.rosters import store
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion, StoredRoster
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.writing.rows import place_name

_ROSTERS = 50  # the newest ones; older ones lie in the past
_IN_FORCE = (store.PUBLISHED, store.AMENDED)


@dataclass(frozen=True, slots=True)
class Own:
    """One duty of the doctor.

    Attributes:
        roster: id.
    """

    duty: Duty
    place: str
    roster: str

    @property
    def path(self) -> str:
        """Of the duty's page."""
        return duty_path(self.roster, self.duty.id)


def duty_path(roster: str, duty: str) -> str:
    """Where a duty has its page."""
    return f"/mine-vakter/vakt?{urlencode({'vaktplan': roster, 'vakt': duty})}"


def own_duties(page: Page) -> tuple[Sequence[Own], Sequence[Own]]:
    """The doctor's duties: those that have not ended, the next first; the past, the last first."""
    with page.service.database.reading() as session:
        found = sorted(_all(page, session), key=lambda own: (own.duty.start, own.duty.id))
    coming = [own for own in found if own.duty.end > page.clock.now]
    past = [own for own in reversed(found) if own.duty.end <= page.clock.now]
    return coming, past


def by_month(duties: Sequence[Own]) -> list[tuple[object, list[Own]]]:
    """The first day of each month, with its duties in the order they have."""
    return [
        (first, list(own))
        for first, own in groupby(duties, lambda own: own.duty.day.replace(day=1))
    ]


def in_hearing(page: Page) -> Sequence[StoredRoster]:
    """Rosters of which the doctor is asked what she means."""
    return own_rosters(page, _ROSTERS, lambda state: state == store.HEARING)


def own_rosters(page: Page, most: int, wanted: Callable[[str], bool]) -> Sequence[StoredRoster]:
    """Rosters of plans in which the doctor is, the newest first.

    Args:
        page: of the doctor.
        most: so many rosters are looked at.
        wanted: whether rosters in this state are.
    """
    with page.service.database.reading() as session:
        found = []
        for own in store.rosters(session, page.actor, None, None, most)[:most]:
            if not wanted(own.state):
                continue
            version = store.version_of(session, page.actor, own)
            if _is_in(page, session, version):
                found.append(own)
        return found


def _all(page: Page, session: Session) -> Iterator[Own]:
    for roster in store.rosters(session, page.actor, None, None, _ROSTERS)[:_ROSTERS]:
        publication = store.last_publication(session, roster)
        if roster.state not in _IN_FORCE or publication is None:
            continue
        version = session.get_one(RosterVersion, publication.roster_version_id)
        if not _is_in(page, session, version):
            continue
        loaded = page.service.plans.of(session, version.plan_version_id)
        timetable = Timetable(loaded.problem, read(version.document, loaded.problem))
        for duty in timetable.duties_of(page.actor.doctor):
            yield Own(duty, place_name(timetable, duty), roster.id)


def _is_in(page: Page, session: Session, version: RosterVersion) -> bool:
    """Whether the doctor is in the plan of a roster; it need not be understood for that."""
    plan = page.service.plans.written(session, version.plan_version_id)
    return any(own.id == page.actor.doctor for own in plan.doctors)
