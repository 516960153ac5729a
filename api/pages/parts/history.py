"""Back to an earlier version of a plan, and a step back or on among them."""

import json

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.page import Page, PageDep
from api.pages.parts.cells import BY_NAME, slug
from api.pages.parts.content import open_plan
from api.pages.parts.filled import FilledDep
from api.pages.parts.places import Telling
from api.pages.undoing import Steps, steps
from api.service.accounts.roles import Right
from api.service.plans import parts, store
from api.service.plans.changing import change
from api.service.shapes import Id

router = APIRouter(prefix="/planer/{plan}", tags=["pages"], include_in_schema=False)


def steps_of(page: Page, plan: str) -> Steps:
    """What «angre» and «gjør om» would bring back."""
    with page.service.database.reading() as session:
        found = store.plan_of(session, page.actor, plan)
        return steps(store.contents_of(session, found))


@router.post("/tilbake")
def restore(page: PageDep, plan: Id, filled: FilledDep) -> Response:
    """Make an earlier version the newest again."""
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    wanted = filled.one("til")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    with page.service.database.reading() as session:
        found = store.version_of(session, store.plan_of(session, page.actor, plan), number)
        document = json.loads(found.document)
    check = filled.versioned().check
    note = page.say("parts.restored_note", number=number)
    telling = Telling(lambda _: parts.Edited(document))
    change(page.service, page.actor, plan, check, telling, note=note)
    back = BY_NAME.get(filled.one("del"))
    path = f"{own.path}/deler/{slug(back)}" if back else own.path
    return page.go(path, "parts.restored", number=number)
