"""Two rosters of one plan side by side: how good each is, and who bears what in each."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.jobs.content import title_of, unit_of
from api.pages.page import Page, PageDep
from api.pages.rosters.standing import burdens_of, part_shown
from api.service.accounts.roles import Right
from api.service.cursors import cursor
from api.service.errors import NotFoundError
from api.service.rosters import store
from api.service.rosters.asked import Asked, version_asked
from api.service.shapes import Id
from scheduler.tallies import tally

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

_OFFERED = 25  # rosters of the plan, the newest; beside them the one before, and the one asked for


@dataclass(frozen=True, slots=True)
class Worth:
    """One level of the objective in both rosters; empty where a roster was not searched for.

    Attributes:
        lang: of title and unit, where they could not be said in the page's language.
        better: «this», «other», or empty where they are alike or one is not known.
    """

    title: str
    lang: str | None
    this: str
    other: str
    better: str


@dataclass(frozen=True, slots=True)
class Bears:
    """One doctor: shifts, nights, weekends and points in this roster and in the other.

    Attributes:
        this, other: as the page writes them.
        more: how many points more in this one, with its sign; empty where it is the same.
    """

    name: str
    this: tuple[str, ...]
    other: tuple[str, ...]
    more: str


@router.get("/{roster}/sammenlign")
def compare(page: PageDep, roster: Id, med: Annotated[Id | None, Query()] = None) -> Response:
    """A roster beside another of its plan; beside the one made before it if none is named."""
    page.actor.need(Right.ROSTERS_WRITE)
    with page.service.database.reading() as session:
        this = version_asked(page.service, session, page.actor, roster, None)
        plan = this.found.plan_id
        listed = store.rosters(session, page.actor, plan, None, _OFFERED)
        before = store.rosters(session, page.actor, plan, cursor(this.found), 1)[:1]
        others = [own for own in (*listed, *before) if own.id != roster]
        chosen = med or next((own.id for own in (*before, *others)), None)
        other = None
        if chosen:
            other = version_asked(page.service, session, page.actor, chosen, None)
            if other.found.plan_id != plan or other.found.id == roster:
                raise NotFoundError
            others.append(other.found)
    return page.show(
        "rosters/compare",
        roster=this.found,
        this=this,
        other=other,
        others=list(dict.fromkeys(others)),
        worths=_worths(page, this, other) if other else (),
        doctors=_doctors(page, this, other) if other else (),
        moved=_moved(this, other) if other else 0,
        **part_shown(page, this.found),
    )


def _worths(page: Page, this: Asked, other: Asked) -> list[Worth]:
    ours = {own.level: own for own in this.content.provenance.levels}
    theirs = {own.level: own for own in other.content.provenance.levels}
    found = []
    for level in dict.fromkeys([*ours, *theirs]):
        one, two = ours.get(level), theirs.get(level)
        any_ = one or two
        if any_ is None:
            continue
        title, lang = title_of(page, level, any_.title)
        unit = unit_of(page, any_.unit)
        better = ""
        if one and two and one.value != two.value:
            better = "this" if one.value < two.value else "other"
        shown = [f"{page.clock.number(own.value)} {unit}" if own else "–" for own in (one, two)]
        found.append(Worth(title, lang, shown[0], shown[1], better))
    return found


def _doctors(page: Page, this: Asked, other: Asked) -> list[Bears]:
    ours, theirs = (_sums(page, own) for own in (this, other))
    names = {own.id: own.name for asked in (other, this) for own in asked.timetable.problem.doctors}
    found = []
    for doctor, name in sorted(names.items(), key=lambda own: own[1].casefold()):
        one, two = ours.get(doctor), theirs.get(doctor)
        more = round((one.points if one else 0.0) - (two.points if two else 0.0), 1)
        signed = page.clock.signed(more) if more else ""
        shown = [own.cells if own else ("–",) * 4 for own in (one, two)]
        found.append(Bears(name, shown[0], shown[1], signed))
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    points: float
    cells: tuple[str, ...]


def _sums(page: Page, asked: Asked) -> dict[str, _Sums]:
    """What each doctor has in a roster; points as on the desk and the page of fairness."""
    burdens = burdens_of(page, asked.found.id, asked.own.number)
    found = {}
    for own in tally(asked.timetable):
        points = burdens[own.doctor].period
        counts = (own.shifts, own.nights, len(own.weekends))
        found[own.doctor] = _Sums(points, (*map(str, counts), page.clock.number(points)))
    return found


def _moved(this: Asked, other: Asked) -> int:
    """How many duties one has otherwise than the other."""
    ours, theirs = (
        {(own.duty, own.doctor) for own in asked.content.assignments} for asked in (this, other)
    )
    return len({duty for duty, _ in ours ^ theirs})
