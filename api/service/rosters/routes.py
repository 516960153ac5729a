"""Rosters: upload, read, judge, change by hand, go back, hear."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response, UploadFile

from api import library
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import StaleError
from api.service.offers.lapsing import lapse_archived
from api.service.offers.telling import Teller
from api.service.paging import CursorDep, MostDep, Page, page
from api.service.plans import store as plans
from api.service.plans.tables import PlanVersion
from api.service.problems import documented
from api.service.rosters import store
from api.service.rosters.asked import LARGEST, NumberDep, RosterId, version_asked
from api.service.rosters.edits import tried
from api.service.rosters.moves import moved
from api.service.rosters.shapes import (
    Edit,
    MovedOut,
    ReportOut,
    RestoredOut,
    Restoring,
    RosterContent,
    RosterOut,
    RosterVersionOut,
    Transition,
    VerdictOut,
)
from api.service.shapes import Id, Line, Note

router = APIRouter(prefix="/rosters", tags=["rosters"])


@router.post("", status_code=201, responses=documented(401, 403, 404, 422))
def add(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    file: UploadFile,
    plan: Annotated[Id, Form(description="Id of the plan that it is for")],
    title: Annotated[Line | None, Form()] = None,
    note: Annotated[Note, Form()] = "",
) -> RosterOut:
    """Store a roster that was made elsewhere: vaktplan.json, csv or a workbook."""
    from scheduler.reading.roster import read_roster

    actor.need(Right.ROSTERS_WRITE)
    content = file.file.read()
    with service.database.reading() as session:
        version = plans.version_of(session, plans.plan_of(session, actor, plan))
        loaded = service.plans.of(session, version.id)
    roster = read_roster(content, loaded.problem, name=file.filename or "vaktplan")
    report = library.check(loaded, roster)
    with service.database.writing() as session:
        made, _ = store.add_roster(
            session,
            actor,
            plans.plan_of(session, actor, plan),
            version,
            roster,
            report,
            title=title or "",
            note=note,
        )
    tag(response, made.version, made.moves)
    response.headers["Location"] = f"/api/v1/rosters/{made.id}"
    return RosterOut.of(made)


@router.get("", responses=documented(401, 403, 422))
def rosters(
    service: ServiceDep,
    actor: ActorDep,
    plan: Annotated[Id | None, Query(description="Only rosters of this plan")] = None,
    after: CursorDep = None,
    most: MostDep = 50,
) -> Page[RosterOut]:
    """Rosters of the own cooperation, the newest first; for many only those that are published."""
    with service.database.reading() as session:
        return page(store.rosters(session, actor, plan, after, most), most, RosterOut.of)


@router.get("/{roster}", responses=documented(401, 403, 404, 422))
def roster(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    roster: RosterId,
    version: NumberDep = None,
) -> RosterContent:
    """A roster with its assignments; its ETag is what If-Match needs for a change."""
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, version)
        naming = plans.naming_for(session, actor)
        tag(response, asked.found.version, asked.found.moves)
        return RosterContent.of(
            asked.found, asked.own, asked.timetable, naming, notes=actor.sees_notes
        )


@router.get("/{roster}/versions", responses=documented(401, 403, 404, 422))
def versions(service: ServiceDep, actor: ActorDep, roster: RosterId) -> list[RosterVersionOut]:
    """All versions, the newest first."""
    with service.database.reading() as session:
        found = store.roster_of(session, actor, roster)
        return [RosterVersionOut.of(own) for own in store.versions_of(session, actor, found)]


@router.get("/{roster}/differences", responses=documented(401, 403, 404, 422))
def differences(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    since: Annotated[int, Query(ge=1, le=LARGEST, description="The version to compare with")],
    version: NumberDep = None,
) -> list[MovedOut]:
    """Who got and lost what since an earlier version."""
    actor.need(Right.ROSTERS_READ)
    with service.database.reading() as session:
        found = store.roster_of(session, actor, roster)
        new = store.version_of(session, actor, found, version)
        old = store.version_of(session, actor, found, since)
        return [MovedOut.of(own) for own in moved(old.document, new.document)]


@router.get("/{roster}/check", responses=documented(401, 403, 404, 422))
def check(
    service: ServiceDep, actor: ActorDep, roster: RosterId, version: NumberDep = None
) -> ReportOut:
    """What the independent checkers say. The sentences are for those who keep the plan."""
    actor.need_all(frozenset({Right.ROSTERS_WRITE, Right.PLANS_WRITE}))
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, version)
    return ReportOut.of(library.check(asked.loaded, asked.content))


@router.patch("/{roster}", responses=documented(401, 403, 404, 409, 412, 422, 428))
def edit(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    roster: RosterId,
    change: Edit,
    only_try: Annotated[bool, Query(description="Judge the change without storing it")] = False,
) -> VerdictOut:
    """Change assignments by hand, as many as one likes, in one new version.

    What brings breaches is stored too, and told: she decides. What changes nothing is no version.
    """
    actor.need(Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, None)
        versioned.check(asked.found.version, asked.found.moves)
        read_version = asked.found.version
    verdict = tried(
        asked.loaded,
        asked.content,
        [own.plain() for own in change.off],
        [own.plain() for own in change.on],
    )
    if not actor.sees_grounds:
        verdict = verdict.without_grounds()
    if only_try or verdict.roster.assignments == asked.content.assignments:
        tag(response, asked.found.version, asked.found.moves)
        return VerdictOut.of(verdict, None)
    with service.database.writing() as session:
        found = store.locked(session, actor, roster)
        versioned.check(found.version, found.moves)
        if found.version != read_version:  # also where any version will do: this one was judged
            raise StaleError(version=found.version)
        stored = store.add_version(
            session,
            actor,
            found,
            session.get_one(PlanVersion, asked.own.plan_version_id),
            verdict.roster,
            verdict.report,
            note=change.note,
        )
    tag(response, found.version, found.moves)
    return VerdictOut.of(verdict, stored)


@router.post(
    "/{roster}/versions", status_code=201, responses=documented(401, 403, 404, 409, 412, 422, 428)
)
def restore(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    roster: RosterId,
    wanted: Restoring,
) -> RestoredOut:
    """Undo: the newest version becomes again what an earlier one was, as a version of its own."""
    actor.need(Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, wanted.version)
        versioned.check(asked.found.version, asked.found.moves)
    report = library.check(asked.loaded, asked.content)
    with service.database.writing() as session:
        found = store.locked(session, actor, roster)
        versioned.check(found.version, found.moves)
        stored = store.restore(session, actor, found, asked.own, asked.content, report, wanted.note)
    tag(response, found.version, found.moves)
    return RestoredOut(
        roster=RosterOut.of(found), version=RosterVersionOut.of(stored) if stored else None
    )


@router.post("/{roster}/state", responses=documented(401, 403, 404, 409, 412, 422, 428))
def move(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    roster: RosterId,
    wanted: Transition,
) -> RosterOut:
    """Send a draft to hearing and back, or a published roster to the archive."""
    actor.need(Right.PUBLISH)
    with service.database.reading() as session:  # to understand it later would hold up others
        asked = version_asked(service, session, actor, roster, None)
    with service.database.writing() as session:
        found = store.locked(session, actor, roster)
        versioned.check(found.version, found.moves)
        store.move(session, actor, found, wanted.state, wanted.note)
        if found.state == store.ARCHIVED:
            lapse_archived(Teller(session, service.settings, asked.loaded.problem), found)
    tag(response, found.version, found.moves)
    return RosterOut.of(found)
