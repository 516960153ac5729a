"""Somebody is away, or a duty has nobody: asked on a roster, answered by a job, chosen here."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.rosters.standing import part_shown
from api.service.accounts.roles import Right
from api.service.dependencies import Versioned
from api.service.errors import NotFoundError, StaleError
from api.service.jobs import results, wishes
from api.service.jobs.asking.events import EventIn
from api.service.jobs.asking.explain import EXPLAIN, ExplainIn
from api.service.jobs.asking.repair import REPAIR, RepairIn
from api.service.rosters import routes, store
from api.service.rosters.asked import version_asked
from api.service.rosters.shapes import AssignmentIn, Edit, VerdictOut
from api.service.shapes import Id
from scheduler.explaining.ways import WayKind
from scheduler.reading.faults import PlanError

router = APIRouter(tags=["pages"], include_in_schema=False)

_EVENT: TypeAdapter[EventIn] = TypeAdapter(EventIn)
Text = Annotated[str, Field(max_length=100)]
Number = Annotated[int, Path(ge=1, le=10_000)]
What = Annotated[Literal["sick", "leave", "resigns"], Field()]


@router.get("/vaktplaner/{roster}/reparer")
def ask(page: PageDep, roster: Id) -> Response:
    """The form: who is away, and from when."""
    return _form(page, roster, Form({"fra": page.clock.today.isoformat(), "hva": "sick"}))


def _form(page: Page, roster: str, form: Form, faults: Any = ()) -> Response:
    page.actor.need(Right.ROSTERS_WRITE)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    return page.show(
        "repairs/ask",
        422 if form.faults or faults else 200,
        roster=asked.found,
        doctors=[(own.id, own.name) for own in asked.loaded.problem.doctors],
        form=form,
        faults=faults,
        **part_shown(page, asked.found),
    )


@router.post("/vaktplaner/{roster}/reparer")
def repair(
    page: PageDep,
    roster: Id,
    lege: Text = "",
    hva: What = "sick",
    fra: Text = "",
    til: Text = "",
) -> Response:
    """Look for the smallest lawful ways out."""
    page.actor.need(Right.ROSTERS_WRITE)
    faults = {}
    if not lege:
        faults["lege"] = page.say("repairs.choose_doctor")
    for name, value in (("fra", fra), ("til", til)):
        if (value or name == "fra") and not _is_day(value):
            faults[name] = page.say("repairs.choose_day")
    if not faults and til and til < fra:
        faults["til"] = page.say("repairs.ends_early")
    form = Form({"lege": lege, "hva": hva, "fra": fra, "til": til}, faults)
    if faults:
        return _form(page, roster, form)
    item: dict[str, str] = {hva: lege, "from": fra}
    if til and hva != "resigns":
        # The day that is named last is one of the days away.
        item["to"] = til
    try:
        wanted = RepairIn(roster=roster, at=page.clock.now, events=[_EVENT.validate_python(item)])
        job = wishes.repair(page.service, page.actor, Response(), wanted)
    except ValidationError:
        return _form(page, roster, Form(form.values, {"lege": page.say("repairs.choose_doctor")}))
    except PlanError as error:
        return _form(page, roster, form, error.faults)
    return page.go(f"/jobber/{job.id}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@router.post("/vaktplaner/{roster}/forklar")
def explain(
    page: PageDep, roster: Id, duty: Annotated[str, Field(min_length=1, max_length=100)]
) -> Response:
    """Ask why nobody has a duty, and what would have to give."""
    page.actor.need(Right.ROSTERS_WRITE)
    wanted = ExplainIn(roster=roster, duty=duty)
    job = wishes.explain(page.service, page.actor, Response(), wanted)
    return page.go(f"/jobber/{job.id}")


@router.get("/jobber/{job}/svar")
def answer(page: PageDep, job: Id) -> Response:
    """What came of a repair or an explanation."""
    found = results.result(page.service, page.actor, job)
    if found.document is None or found.job.kind not in (REPAIR.name, EXPLAIN.name):
        raise NotFoundError
    roster = str(found.job.options.get("roster", ""))
    if not roster:  # why a plan has no roster at all
        return page.show(
            "repairs/answers",
            job=found.job,
            roster=None,
            answers=found.document["answers"],
            may_change=False,
        )
    with page.service.database.reading() as session:
        stored = store.roster_of(session, page.actor, roster)
    same = stored.version == found.job.options.get("version")
    common = {**part_shown(page, stored), "job": found.job, "roster": stored, "same": same}
    if found.job.kind == REPAIR.name:
        return page.show("repairs/options", found=found.document, **common)
    return page.show("repairs/answers", answers=found.document["answers"], **common)


@router.post("/jobber/{job}/forslag/{number}")
def choose(
    page: PageDep, job: Id, number: Number, version: Annotated[int, Field(ge=1, le=2_000_000_000)]
) -> Response:
    """Choose an option of a repair: the next version of the roster and of its plan."""
    versioned = Versioned(f'"{version}"')
    done = results.choose(page.service, page.actor, Response(), versioned, job, number)
    return page.go(f"/vaktplaner/{done.roster}", "repairs.chosen", n=done.holes)


@router.post("/jobber/{job}/svar/{number}/utvei/{way}")
def try_way(
    page: PageDep,
    job: Id,
    number: Number,
    way: Number,
    revision: Annotated[str, Field(max_length=40, pattern=r"^[0-9]{1,10}(\.[0-9]{1,10})?$")],
    lagre: Annotated[bool, Field()] = False,
) -> Response:
    """Try a way out: what the checkers say of it, and then perhaps let it stand."""
    page.actor.need(Right.ROSTERS_WRITE)
    found = results.result(page.service, page.actor, job)
    if (
        found.document is None
        or found.job.kind != EXPLAIN.name
        or "roster" not in found.job.options
    ):
        raise NotFoundError
    answers = found.document["answers"]
    if number > len(answers) or way > len(answers[number - 1].get("ways", ())):
        raise NotFoundError
    chosen = answers[number - 1]["ways"][way - 1]
    if not chosen["assignments"] or WayKind.LOCUM in chosen["kinds"]:
        raise NotFoundError  # one more doctor must come into the plan first
    roster = str(found.job.options["roster"])
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    if asked.found.version != found.job.options["version"]:
        raise StaleError(version=asked.found.version)
    wanted = Edit(
        off=_pairs(chosen["removed"]),
        on=_pairs(chosen["assignments"]),
        note=page.say("repairs.note"),
    )
    verdict = _edit(page, roster, revision, wanted, only_try=not lagre)
    if lagre:
        return page.go(f"/vaktplaner/{roster}", "repairs.way_taken", n=verdict.holes)
    return page.show(
        "repairs/try",
        roster=asked.found,
        job=found.job,
        number=number,
        way=way,
        chosen=chosen,
        verdict=verdict,
        **part_shown(page, asked.found),
    )


def _edit(page: Page, roster: str, revision: str, wanted: Edit, *, only_try: bool) -> VerdictOut:
    versioned = Versioned(f'"{revision}"')
    return routes.edit(
        page.service, page.actor, Response(), versioned, roster, wanted, only_try=only_try
    )


def _pairs(pairs: list[list[str]]) -> list[AssignmentIn]:
    return [AssignmentIn(duty=duty, doctor=doctor) for duty, doctor in pairs]
