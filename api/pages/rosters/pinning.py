"""A duty is locked to the doctor who has it, or set free, from its panel beside the grid."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response

from api.pages.page import PageDep
from api.pages.rosters.duties import Back, Revision, left_behind
from api.service.dependencies import Versioned
from api.service.errors import StaleError
from api.service.rosters import pinning
from api.service.rosters.asked import version_asked
from api.service.shapes import Id
from scheduler.domain.problem import Pin

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)


@router.post("/{roster}/las")
def pin(
    page: PageDep,
    roster: Id,
    duty: Annotated[str, Field(min_length=1, max_length=200)],
    lege: Annotated[str, Field(min_length=1, max_length=100)],
    revision: Revision,
    laas: Annotated[bool, Field()] = False,
    tilbake: Back = "",
) -> Response:
    """Lock a duty to a doctor in the plan, or take the lock away.

    Args:
        page: who does it.
        roster: in which the doctor has the duty.
        duty: what is taken together with it goes along.
        lege: the doctor.
        revision: that the page was made with.
        laas: lock; else set free.
        tilbake: the query of the grid to go back to.
    """
    with page.service.database.reading() as session:
        problem = version_asked(page.service, session, page.actor, roster, None).loaded.problem
    names = {own.id: own.name for own in problem.doctors}
    when = page.clock.when(problem.duty_by_id[duty]) if duty in problem.duty_by_id else ""
    said = {"who": names.get(lege, ""), "duty": when}
    note = page.say("rosters.pinned_note" if laas else "rosters.freed_note", **said)
    place = f"/vaktplaner/{roster}?{tilbake}"
    versioned = Versioned(f'"{revision}"')
    wanted = Pin(lege, duty, works=laas)
    try:
        done = pinning.pin(page.service, page.actor, versioned, roster, wanted, note=note)
    except StaleError:
        return left_behind(page, roster, duty, place)
    key = "pinned" if laas else "freed"
    if not done.changed:
        return page.go(place, f"rosters.{key}_already", "info", **said)
    where = "together" if done.together else "published" if done.published else "apart"
    return page.go(place, f"rosters.{key}_{where}", **said)
