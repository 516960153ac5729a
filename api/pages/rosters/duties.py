"""One duty of a roster: who has it and why, who could take it, and the change by hand."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from fastapi import Form as Field
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.pages.page import Page, PageDep
from api.pages.rosters.standing import part_shown
from api.service.accounts.roles import Right
from api.service.advice import routes as advice
from api.service.advice.shapes import TakersOut
from api.service.advice.why import WhyOut
from api.service.dependencies import Versioned
from api.service.errors import NotFoundError, StaleError
from api.service.plans import store as plans
from api.service.rosters import restoring, routes
from api.service.rosters.asked import version_asked
from api.service.rosters.shapes import AssignmentIn, Edit, Restoring, VerdictOut
from api.service.rosters.tables import StoredRoster
from api.service.shapes import Id
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Pin, Problem

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

DutyPath = Annotated[str, Path(min_length=1, max_length=200)]
Doctor = Annotated[str, Field(max_length=100)]
Back = Annotated[str, Field(max_length=300)]
Revision = Annotated[str, Field(max_length=40, pattern=r"^[0-9]{1,10}(\.[0-9]{1,10})?$")]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has the duty; perhaps it is locked to her in the plan as it is now."""

    doctor: str
    name: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """What is told of a duty.

    Attributes:
        holders: who has it now.
        giver: whose place in it the takers are judged for; None: the empty place.
        lacks: how many doctors it lacks.
        takers, why: None while several have it and nobody is pointed out.
        back: the query of the grid that it was opened from.
    """

    roster: StoredRoster
    revision: str
    duty: Duty
    holders: tuple[Holder, ...]
    giver: Holder | None
    lacks: int
    takers: TakersOut | None
    why: WhyOut | None
    back: str


def shown_duty(page: Page, roster: str, duty: str, giver: str | None) -> ShownDuty:
    """A duty of the newest version, with advice.

    Raises:
        NotFoundError: the plan has no such duty.
    """
    page.actor.need(Right.ROSTERS_WRITE)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
        pins = pins_now(page, session, asked.found)
    problem = asked.loaded.problem
    own = problem.duty_by_id.get(duty)
    if own is None:
        raise NotFoundError
    timetable = asked.timetable
    holders = tuple(
        Holder(who, problem.doctor_by_id[who].name, Pin(who, duty) in pins)
        for who in timetable.doctors_on(duty)
    )
    lacks = timetable.missing(own)
    which = next((one for one in holders if one.doctor == giver), None)
    if which is None and not lacks and len(holders) == 1:
        which = holders[0]
    takers = why = None
    if which or lacks:
        asks = which.doctor if which else None
        takers = advice.takers(page.service, page.actor, roster, duty, asks)
        if which:
            why = advice.why(page.service, page.actor, roster, duty, asks)
    return ShownDuty(
        asked.found,
        f"{asked.found.version}.{asked.found.moves}",
        own,
        holders,
        which,
        lacks,
        takers,
        why,
        _back(page, own),
    )


def pins_now(page: Page, session: Session, roster: StoredRoster) -> Collection[Pin]:
    """What the plan of a roster locks as it is now, whichever version the roster was made of."""
    newest = plans.version_of(session, plans.plan_of(session, page.actor, roster.plan_id))
    return page.service.plans.of(session, newest.id).problem.pins


def _back(page: Page, duty: Duty) -> str:
    """The query of the grid: as it was, or around the duty."""
    asked = page.request.query_params
    kept = {name: asked[name] for name in ("vis", "fra", "som") if name in asked}
    return urlencode({"fra": duty.day.isoformat(), **kept})


@router.get("/{roster}/vakter/{duty:path}")
def duty(
    page: PageDep,
    roster: Id,
    duty: DutyPath,
    fra_lege: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """A duty: beside the grid, or as a page of its own."""
    shown = shown_duty(page, roster, duty, fra_lege)
    values = {"opened": shown, "roster": shown.roster, **part_shown(page, shown.roster)}
    part = "hx-request" in page.request.headers
    return page.show("rosters/duty_part" if part else "rosters/duty", **values)


@router.post("/{roster}/endre")
def change(
    page: PageDep,
    roster: Id,
    duty: Annotated[str, Field(min_length=1, max_length=200)],
    revision: Revision,
    fra_lege: Doctor = "",
    til: Doctor = "",
    bytte: Annotated[str, Field(max_length=200)] = "",
    likevel: Annotated[bool, Field()] = False,
    tilbake: Back = "",
) -> Response:
    """Give a duty to somebody, swap it, or take it away; breaches are asked about first.

    Args:
        page: who changes it.
        roster: of which the newest version is changed.
        duty: that changes hands.
        revision: that the page was made with.
        fra_lege: who has it; empty for the place that lacks a doctor.
        til: who gets it; empty: it is taken away.
        bytte: what `til` gives back for it; empty: nothing.
        likevel: store it though it breaks rules.
        tilbake: the query of the grid to go back to.
    """
    page.actor.need(Right.ROSTERS_WRITE)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    problem = asked.loaded.problem
    if duty not in problem.duty_by_id or (bytte and bytte not in problem.duty_by_id):
        raise NotFoundError
    own = problem.duty_by_id[duty]
    wanted = Edit(
        off=[*_hands(problem, duty, fra_lege), *_hands(problem, bytte, til)],
        on=[*_hands(problem, duty, til), *_hands(problem, bytte, fra_lege)],
    )
    versioned = Versioned(f'"{revision}"')
    names = {one.id: one.name for one in problem.doctors}
    done_how = "swapped" if bytte else "given" if til else "taken_away"
    said = {"who": names.get(til or fra_lege, ""), "duty": page.clock.when(own)}
    if bytte:
        back = page.clock.when(problem.duty_by_id[bytte])
        said |= {"giver": names.get(fra_lege, ""), "back": back}
    place = f"/vaktplaner/{roster}?{tilbake}"
    try:
        tried = _edit(page, versioned, roster, wanted, only_try=True)
        if not tried.lawful and not likevel:
            return page.show(
                "rosters/confirm",
                roster=asked.found,
                duty=own,
                verdict=tried,
                form={
                    "duty": duty,
                    "revision": revision,
                    "fra_lege": fra_lege,
                    "til": til,
                    "bytte": bytte,
                    "tilbake": tilbake,
                },
                place=place,
                question=page.say(f"rosters.confirm_{done_how}", **said),
                **part_shown(page, asked.found),
            )
        done = _edit(page, versioned, roster, wanted, only_try=False)
    except StaleError:
        return left_behind(page, roster, duty, place)
    told, many = _told(done)
    key = f"rosters.{done_how}_{told}"
    return page.go(place, key, "success" if done.lawful else "warning", n=many, **said)


def left_behind(page: Page, roster: str, duty: str, place: str) -> Response:
    """The page for who was too late: the roster has been changed since the form was made."""
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    return page.show(
        "rosters/stale",
        412,
        roster=asked.found,
        duty=asked.loaded.problem.duty_by_id.get(duty),
        place=place,
        **part_shown(page, asked.found),
    )


def _hands(problem: Problem, duty: str, doctor: str) -> list[AssignmentIn]:
    """The doctor on the duty, and on what is taken together with it; nothing where one is empty."""
    if not duty or not doctor:
        return []
    block = problem.units[problem.duty_by_id[duty].unit]
    return [AssignmentIn(duty=one.id, doctor=doctor) for one in block]


def _told(done: VerdictOut) -> tuple[str, int]:
    """How well a change went, and how many things there are to say of it."""
    many = len(done.departures) + len(done.wishes)
    if not done.lawful:
        return "unlawful", len(done.breaches)
    return ("with", many) if many else ("well", 0)


def _edit(
    page: Page, versioned: Versioned, roster: str, wanted: Edit, *, only_try: bool
) -> VerdictOut:
    return routes.edit(
        page.service, page.actor, Response(), versioned, roster, wanted, only_try=only_try
    )


@router.post("/{roster}/tilbake")
def restore(
    page: PageDep,
    roster: Id,
    revision: Revision,
    version: Annotated[int, Field(ge=1, le=2_000_000_000)],
    tilbake: Back = "",
) -> Response:
    """Let an earlier version stand again, with the locks that the plan had for it."""
    versioned = Versioned(f'"{revision}"')
    place = f"/vaktplaner/{roster}?{tilbake}".rstrip("?")
    note = page.say("rosters.back_to", number=version)
    if restoring.restore(page.service, page.actor, versioned, roster, version, note=note):
        return page.go(place, "rosters.restored_pins", number=version)
    wanted = Restoring(version=version)
    done = routes.restore(page.service, page.actor, Response(), versioned, roster, wanted)
    key = "rosters.restored" if done.version else "rosters.nothing_restored"
    return page.go(place, key, number=version)
