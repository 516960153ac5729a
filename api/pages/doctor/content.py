"""A doctor's duties in the rosters that are in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.pages.page import Page
from api.service.rosters import store
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion
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


def coming(page: Page) -> Sequence[Own]:
    """The doctor's duties that have not ended, in order of time."""
    with page.service.database.reading() as session:
        found = [own for own in _all(page, session) if own.duty.end > page.clock.now]
    return sorted(found, key=lambda own: (own.duty.start, own.duty.id))


def _all(page: Page, session: Session) -> Iterator[Own]:
    for roster in store.rosters(session, page.actor, None, None, _ROSTERS)[:_ROSTERS]:
        publication = store.last_publication(session, roster)
        if roster.state not in _IN_FORCE or publication is None:
            continue
        version = session.get_one(RosterVersion, publication.roster_version_id)
        loaded = page.service.plans.of(session, version.plan_version_id)
        if page.actor.doctor not in loaded.problem.doctor_by_id:
            continue
        timetable = Timetable(loaded.problem, read(version.document, loaded.problem))
        for duty in timetable.duties_of(page.actor.doctor):
            yield Own(duty, place_name(timetable, duty), roster.id)
