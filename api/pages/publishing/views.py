"""A roster is heard, answered, published and put away."""

from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.rosters.standing import part_shown
from api.service.accounts.roles import Right
from api.service.dependencies import Versioned
from api.service.hearings import routes as hearings
from api.service.hearings.shapes import Answering, Body
from api.service.paging import CursorDep
from api.service.rosters import publication_routes, routes, store
from api.service.rosters.asked import version_asked
from api.service.rosters.publications import PUBLISHABLE
from api.service.rosters.shapes import Publish, Transition
from api.service.shapes import Id, Note

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

_MOST = 50
_NOTE: TypeAdapter[str] = TypeAdapter(Note)
_BODY: TypeAdapter[str] = TypeAdapter(Body)
Text = Annotated[str, Field(max_length=10_000)]
Revision = Annotated[str, Field(max_length=40, pattern=r"^[0-9]{1,10}(\.[0-9]{1,10})?$")]


@router.get("/{roster}/horing")
def hearing(page: PageDep, roster: Id, etter: CursorDep = None) -> Response:
    """The hearing: sent or not, and what the doctors say."""
    return _hearing(page, roster, etter)


def _hearing(
    page: Page, roster: str, after: str | None = None, *, of: str = "", form: Form | None = None
) -> Response:
    page.actor.need(Right.ROSTERS_WRITE)
    found = hearings.comments(page.service, page.actor, roster, False, after, _MOST)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    duties = asked.loaded.problem.duty_by_id
    return page.show(
        "publishing/hearing",
        422 if form else 200,
        roster=asked.found,
        comments=[(own, duties.get(own.duty or "")) for own in found.items],
        next=found.next,
        after=after,
        answered=of,
        form=form or Form(),
        **part_shown(page, asked.found),
    )


@router.post("/{roster}/horing/{comment}")
def answer(
    page: PageDep,
    roster: Id,
    comment: Id,
    revision: Annotated[int, Field(ge=1, le=2_000_000_000)],
    svar: Text = "",
    ferdig: Annotated[bool, Field()] = False,
) -> Response:
    """Answer a comment, and perhaps settle it."""
    page.actor.need(Right.ROSTERS_WRITE)
    try:
        said = _BODY.validate_python(svar) if svar.strip() or not ferdig else None
    except ValidationError:
        faults = {"svar": page.say("publishing.answer_missing")}
        return _hearing(page, roster, of=comment, form=Form({"svar": svar}, faults))
    hearings.answer(
        page.service,
        page.actor,
        Response(),
        Versioned(f'"{revision}"'),
        roster,
        comment,
        Answering(answer=said, close=ferdig),
    )
    return page.go(f"/vaktplaner/{roster}/horing", "publishing.answered")


@router.post("/{roster}/tilstand")
def move(
    page: PageDep,
    roster: Id,
    revision: Revision,
    tilstand: Annotated[Literal["draft", "hearing", "archived"], Field()],
) -> Response:
    """Send a roster to hearing or back, or put it away."""
    wanted = Transition(state=tilstand)
    versioned = Versioned(f'"{revision}"')
    routes.move(page.service, page.actor, Response(), versioned, roster, wanted)
    back = "publiser" if tilstand == "archived" else "horing"
    return page.go(f"/vaktplaner/{roster}/{back}", f"publishing.now_{tilstand}")


@router.get("/{roster}/publiser")
def look_ahead(page: PageDep, roster: Id) -> Response:
    """What publishing would do."""
    return _look_ahead(page, roster, Form())


def _look_ahead(page: Page, roster: str, form: Form, status: int = 200) -> Response:
    page.actor.need(Right.PUBLISH)
    with page.service.database.reading() as session:
        found = store.roster_of(session, page.actor, roster)
    preview = None
    if found.state in PUBLISHABLE:
        preview = publication_routes.look_ahead(page.service, page.actor, Response(), roster)
    return page.show(
        "publishing/publish",
        status,
        roster=found,
        preview=preview,
        form=form,
        **part_shown(page, found),
    )


@router.post("/{roster}/publiser")
def publish(
    page: PageDep, roster: Id, revision: Revision, signert: Text = "", merknad: Text = ""
) -> Response:
    """Publish the newest version, if nobody changed it since the page was opened."""
    page.actor.need(Right.PUBLISH)
    values, faults = {"signert": signert, "merknad": merknad}, {}
    for name, value in values.items():
        try:
            _NOTE.validate_python(value.strip())
        except ValidationError:
            faults[name] = page.say("publishing.one_line")
    with page.service.database.reading() as session:
        found = store.roster_of(session, page.actor, roster)
        version = store.version_of(session, page.actor, found)
    if version.breaches and not signert.strip():
        faults["signert"] = page.say("publishing.must_sign", n=version.breaches)
    if faults:
        return _look_ahead(page, roster, Form(values, faults), 422)
    publication_routes.add(
        page.service,
        page.actor,
        Response(),
        Versioned(f'"{revision}"'),
        roster,
        Publish(signed=signert.strip(), note=merknad.strip()),
    )
    return page.go(f"/vaktplaner/{roster}", "publishing.published")
