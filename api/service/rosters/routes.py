"""Rosters: upload, read, judge, change by hand, publish, export."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Response, UploadFile
from sqlalchemy.orm import Session

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import ForbiddenError, StaleError
from api.service.feeds.history import revise
from api.service.messages.store import tell_of_publication
from api.service.paging import CursorDep, MostDep, Page, page
from api.service.plans import store as plans
from api.service.plans.tables import PlanVersion
from api.service.problems import documented
from api.service.rosters import store
from api.service.rosters.documents import read
from api.service.rosters.edits import tried
from api.service.rosters.moves import moved
from api.service.rosters.shapes import (
    Edit,
    MovedOut,
    PublicationOut,
    Publish,
    ReportOut,
    RosterContent,
    RosterOut,
    RosterVersionOut,
    Transition,
    VerdictOut,
)
from api.service.rosters.tables import RosterVersion, StoredRoster
from api.service.service import Service
from api.service.shapes import Id, Line, Note
from scheduler.domain.roster import Roster, Timetable

router = APIRouter(prefix="/rosters", tags=["rosters"])

RosterId = Annotated[Id, Path(description="Id of the roster")]
LARGEST = 2_000_000_000
NumberDep = Annotated[
    int | None,
    Query(ge=1, le=LARGEST, description="Number of the version; the newest if not given"),
]


class Kind(StrEnum):
    """What a roster can be exported as."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    JSON = "json"
    REPORT_HTML = "report.html"
    REPORT_PDF = "report.pdf"


_MEDIA = {
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.PDF: "application/pdf",
    Kind.JSON: "application/json",
    Kind.REPORT_HTML: "text/html; charset=utf-8",
    Kind.REPORT_PDF: "application/pdf",
}


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
    tag(response, made.version)
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
        found, own, loaded, content = _version(service, session, actor, roster, version)
        naming = plans.naming_for(session, actor)
        tag(response, found.version)
        return RosterContent.of(
            found,
            own,
            Timetable(loaded.problem, content),
            naming,
            notes=actor.sees_notes,
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
    actor.need(Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        _, _, loaded, content = _version(service, session, actor, roster, version)
    return ReportOut.of(library.check(loaded, content))


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
    """Change assignments by hand. What brings breaches is stored too, and told: she decides."""
    actor.need(Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        found, own, loaded, content = _version(service, session, actor, roster, None)
        versioned.check(found.version)
        read_version = found.version
    verdict = tried(
        loaded, content, [a.plain() for a in change.off], [a.plain() for a in change.on]
    )
    if only_try or verdict.roster.assignments == content.assignments:
        tag(response, found.version)
        return VerdictOut.of(verdict, None)
    with service.database.writing() as session:
        found = store.roster_of(session, actor, roster, to_change=True)
        if found.version != read_version:  # also where any version will do: this one was judged
            raise StaleError(version=found.version)
        stored = store.add_version(
            session,
            actor,
            found,
            session.get_one(PlanVersion, own.plan_version_id),
            verdict.roster,
            verdict.report,
            note=change.note,
        )
    tag(response, found.version)
    return VerdictOut.of(verdict, stored)


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
    with service.database.writing() as session:
        found = store.roster_of(session, actor, roster, to_change=True)
        versioned.check(found.version)
        store.move(session, actor, found, wanted.state, wanted.note)
    tag(response, found.version)
    return RosterOut.of(found)


@router.post(
    "/{roster}/publications",
    status_code=201,
    responses=documented(401, 403, 404, 409, 412, 422, 428),
)
def publish(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    roster: RosterId,
    wanted: Publish,
) -> PublicationOut:
    """Publish the newest version. Calendars follow at once; doctors whose duties moved are told."""
    actor.need(Right.PUBLISH)
    with service.database.reading() as session:  # to understand it later would hold up others
        _version(service, session, actor, roster, None)
    with service.database.writing() as session:
        store.lock_plan(session, store.roster_of(session, actor, roster))
        found = store.roster_of(session, actor, roster, to_change=True)
        versioned.check(found.version)
        publication, version, before = store.publish(
            session, actor, found, signed=wanted.signed, note=wanted.note
        )
        loaded = service.plans.of(session, version.plan_version_id)
        revise(session, found, Timetable(loaded.problem, read(version.document, loaded.problem)))
        changes = moved(before.document if before else None, version.document)
        former = service.plans.of(session, before.plan_version_id).problem if before else None
        tell_of_publication(session, found, publication, changes, former, loaded.problem)
    tag(response, found.version)
    return PublicationOut.of(publication, version, changes)


@router.get(
    "/{roster}/exports/{kind}",
    response_class=Response,
    responses={
        200: {
            "description": "The file",
            "content": {media.split(";")[0]: {} for media in _MEDIA.values()},
        },
        **documented(401, 403, 404, 422),
    },
)
def export(
    service: ServiceDep,
    actor: ActorDep,
    roster: RosterId,
    kind: Kind,
    version: NumberDep = None,
) -> Response:
    """A file of the roster. The package (json) and the reports are for those who keep the plan."""
    from api.outputs import export_one, report_files

    if not actor.sees_names:
        raise ForbiddenError(right=Right.ROSTERS_READ.value)
    if kind in (Kind.JSON, Kind.REPORT_HTML, Kind.REPORT_PDF):
        actor.need(Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        found, own, loaded, content = _version(service, session, actor, roster, version)
    if kind in (Kind.REPORT_HTML, Kind.REPORT_PDF):
        files = report_files(loaded, content, library.check(loaded, content))
        body = files[kind.value.replace("report", "rapport")]
    else:
        body = export_one(loaded, content, kind.value)
    ending = kind.value.removeprefix("report.")
    name = f"{'rapport' if kind.value.startswith('report') else 'vaktplan'}-v{own.number}.{ending}"
    return Response(
        body,
        media_type=_MEDIA[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": f'"{found.version}"',
            # A report is a page of its own: nothing in it may run in our name.
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
            "img-src data:",
        },
    )


def _version(
    service: Service, session: Session, actor: Actor, roster: str, number: int | None
) -> tuple[StoredRoster, RosterVersion, library.LoadedPlan, Roster]:
    """A roster, the version asked for, its plan, and its assignments."""
    found = store.roster_of(session, actor, roster)
    own = store.version_of(session, actor, found, number)
    loaded = service.plans.of(session, own.plan_version_id)
    return found, own, loaded, read(own.document, loaded.problem)
