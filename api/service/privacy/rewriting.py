"""Versions of plans and rosters written anew without what is erased.

What they come to is worked out before the transaction that stores them, since to understand a plan
takes long. Nothing is stored if anything has changed meanwhile.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api import library
from api.service.documents import canonical, digest
from api.service.errors import StaleError, StillRosteredError
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.privacy import persons
from api.service.privacy.months import later
from api.service.privacy.redacting import Person, without_grounds, without_name, without_person
from api.service.rosters.tables import Publication, RosterVersion
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan


@dataclass(frozen=True, slots=True)
class _Version:
    id: str
    before: str  # digest
    document: str
    problem_hash: str = ""


@dataclass(slots=True)
class Rewriting:
    """What is to be stored.

    Attributes:
        held_until: the day on which the last name may go that still has to be shown; None if no
            name has.
        versions: number of versions of plans that there were.
        meanings: hash of what a plan meant -> the new one.
        over: ids of plans whose period ended so long ago that what was private in it goes.
    """

    plans: list[_Version] = field(default_factory=list)
    rosters: list[_Version] = field(default_factory=list)
    held_until: date | None = None
    versions: int = 0
    meanings: dict[str, str] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)

    @property
    def touched(self) -> dict[str, set[Any]]:
        """Keys of the versions that are written anew, by table."""
        return {
            "plan_version": {(own.id,) for own in self.plans},
            "roster_version": {(own.id,) for own in self.rosters},
        }

    def store(self, session: Session, cooperation: str) -> None:
        """Store it; an erasure must be open.

        Raises:
            StaleError: something was changed since it was worked out.
        """
        if _count(session, cooperation) != self.versions:
            raise StaleError(version=_count(session, cooperation))
        for table, found in ((PlanVersion, self.plans), (RosterVersion, self.rosters)):
            for own in found:
                values = {"document": own.document, "digest": digest(own.document)}
                if table is PlanVersion:
                    values["problem_hash"] = own.problem_hash
                done = session.execute(
                    update(table)
                    .where(table.id == own.id, table.digest == own.before)
                    .values(**values)
                    .returning(table.id)
                    .execution_options(synchronize_session=False)
                ).all()
                if len(done) != 1:
                    raise StaleError(version=self.versions)


def of_person(
    session: Session, cooperation: str, person: Person, today: date, months: int
) -> Rewriting:
    """All versions without what is private about a doctor, and without the name where it may go.

    Args:
        session: to read with.
        cooperation: id.
        person: with the code that they are called by afterwards.
        today: to count from.
        months: that names stay in published rosters after the period.

    Raises:
        StillRosteredError: the doctor is in a plan whose period has not ended.
    """
    found = Rewriting(versions=_count(session, cooperation))
    if not person.doctor:
        return found
    published = _published(session, cooperation)
    versions = session.execute(select(StoredPlan.id, StoredPlan.version))
    newest = {row.id: row.version for row in versions}
    for version, document in persons.versions(session, cooperation):
        if not persons.has_doctor(document, person.doctor):
            continue
        ends = date.fromisoformat(document["last_day"])
        if ends >= today and version.number == newest[version.plan_id]:
            raise StillRosteredError(title=document["title"])
        until = later(ends, months)
        held = version.id in published and until > today
        if held:
            found.held_until = max(found.held_until or until, until)
        changed = without_person(document, person, name_too=not held)
        _add(session, found, version, document, changed, None if held else person)
    return found


def of_grounds(session: Session, cooperation: str, today: date, months: int) -> Rewriting:
    """All versions whose period ended so many months ago, without grounds and birth dates."""
    found = Rewriting(versions=_count(session, cooperation))
    for version, document in persons.versions(session, cooperation):
        found.over.discard(version.plan_id)  # the newest version says when the period ends
        if later(date.fromisoformat(document["last_day"]), months) <= today:
            found.over.add(version.plan_id)
            _add(session, found, version, document, without_grounds(document), None)
    return found


def _add(
    session: Session,
    found: Rewriting,
    version: PlanVersion,
    document: dict[str, Any],
    changed: dict[str, Any],
    renamed: Person | None,
) -> None:
    text = canonical(changed)
    if text == canonical(document):
        return
    meaning = _meaning(changed, text)
    found.plans.append(_Version(version.id, version.digest, text, meaning))
    found.meanings[version.problem_hash] = meaning
    rosters = select(RosterVersion).where(RosterVersion.plan_version_id == version.id)
    for roster in session.scalars(rosters):
        own = json.loads(roster.document)
        # The old hash would let guesses be tried at what was erased.
        fits = own["problem_hash"] == version.problem_hash
        anew = {**own, "problem_hash": meaning if fits else digest(text + roster.id)}
        if renamed is not None:
            anew = without_name(anew, renamed)
        found.rosters.append(_Version(roster.id, roster.digest, canonical(anew)))


def _meaning(document: dict[str, Any], text: str) -> str:
    """The hash of what a plan means; of its text, where it means nothing any more."""
    try:
        return library.understand(Plan.model_validate(document)).problem.content_hash
    except (PlanError, ValidationError):
        return digest(text)


def _published(session: Session, cooperation: str) -> set[str]:
    """Ids of the versions of plans for which a roster was published."""
    query = (
        select(RosterVersion.plan_version_id)
        .join(Publication, Publication.roster_version_id == RosterVersion.id)
        .join(PlanVersion, PlanVersion.id == RosterVersion.plan_version_id)
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(StoredPlan.cooperation_id == cooperation)
    )
    return set(session.scalars(query))


def _count(session: Session, cooperation: str) -> int:
    """Versions of plans and of rosters: both only grow."""
    plans = (
        select(func.count(PlanVersion.id))
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(StoredPlan.cooperation_id == cooperation)
    )
    rosters = (
        select(func.count(RosterVersion.id))
        .join(PlanVersion, PlanVersion.id == RosterVersion.plan_version_id)
        .join(StoredPlan, StoredPlan.id == PlanVersion.plan_id)
        .where(StoredPlan.cooperation_id == cooperation)
    )
    return (session.scalar(plans) or 0) + (session.scalar(rosters) or 0)
