"""A duty is pinned to the doctor who has it, or set free: a row of the plan, written from the desk.

The plan gets the next version. A roster that stands on the plan as it is goes along as a version
of its own, so that undo takes the pin back and the checkers know of it at once. One that was made
of an earlier version stays where it is, since it would be judged by other changes too; so does one
that is published, since a new version would hold back the doctors' swaps until it is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import Versioned
from api.service.errors import NotFoundError, StaleError
from api.service.plans import changing, parts
from api.service.plans.tables import PlanVersion
from api.service.rosters import store
from api.service.rosters.amendments import PINS
from api.service.rosters.asked import version_asked
from api.service.service import Service
from scheduler.domain.problem import Pin
from scheduler.domain.roster import Roster


@dataclass(frozen=True, slots=True)
class Pinned:
    """What became of it.

    Attributes:
        changed: False where it stood so already.
        plan_version: number of the version of the plan that has it.
        together: the roster went along.
        published: the roster is, and so stays where it is.
    """

    changed: bool
    plan_version: int
    together: bool
    published: bool = False


def pin(
    service: Service,
    actor: Actor,
    versioned: Versioned,
    roster: str,
    wanted: Pin,
    *,
    note: str,
) -> Pinned:
    """Pin a duty, with all that is taken together with it, or set it free.

    Args:
        service: where the roster is.
        actor: who does it; may write plans and rosters.
        versioned: the roster that the caller has seen.
        roster: id.
        wanted: doctor and duty; `works` is False where a pin that stands is taken away.
        note: why.

    Raises:
        NotFoundError: there is no such roster or duty, or the doctor does not have it.
        StaleError: somebody was quicker.
        scheduler.reading.faults.PlanError: the plan as it is now cannot have the pin.
    """
    actor.need_all(frozenset({Right.PLANS_WRITE, Right.ROSTERS_WRITE}))
    with service.database.reading() as session:
        asked = version_asked(service, session, actor, roster, None)
        versioned.check(asked.found.version, asked.found.moves)
        made_of = session.get_one(PlanVersion, asked.own.plan_version_id).digest
        published = asked.found.state == store.PUBLISHED
    duty = asked.timetable.problem.duty_by_id.get(wanted.duty)
    if duty is None or (wanted.works and wanted.doctor not in asked.timetable.doctors_on(duty.id)):
        raise NotFoundError
    rows = [_row(wanted.doctor, own.id) for own in asked.timetable.problem.units[duty.unit]]

    def edit(document: parts.Document) -> parts.Edited:
        there = list(document.get(PINS, ()))
        others = [own for own in there if not any(_is(own, row) for row in rows)]
        if wanted.works:
            return parts.added({**document, PINS: others}, PINS, rows, parts.Mode.ADD)
        return parts.Edited({**document, PINS: others})

    plan = asked.found.plan_id
    own = changing.understood(service, actor, plan, lambda _: None, edit)
    if not own.changed:
        return Pinned(changed=False, plan_version=own.base, together=False)
    together = made_of == own.standing.digest and not published
    content = Roster.of(own.loaded.problem, asked.content.assignments, asked.content.provenance)
    report = library.check(own.loaded, content) if together else None
    with service.database.writing() as session:
        stored, version = changing.kept(session, actor, own, note=note)
        found = store.roster_of(session, actor, roster, to_change=True)
        versioned.check(found.version, found.moves)
        if found.version != asked.own.number or (found.state == store.PUBLISHED) != published:
            raise StaleError(version=found.version)
        if report is not None:
            store.add_version(session, actor, found, version, content, report, note=note)
        number = stored.version
    service.plans.keep(version.id, own.loaded)
    return Pinned(changed=True, plan_version=number, together=together, published=published)


def _row(doctor: str, duty: str) -> dict[str, Any]:
    """The row of a plan that pins a duty; its id is pattern, day and, of a session, its start."""
    pattern, day, *start = duty.split("/")
    row: dict[str, Any] = {"doctor": doctor, "pattern": pattern, "date": day, "works": True}
    return {**row, "start": start[0]} if start else row


def _is(own: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a row of the plan pins the same; its start may be left out."""
    same = all(own.get(name) == row[name] for name in ("doctor", "pattern", "date"))
    starts = own.get("start") in (None, row.get("start"))
    return same and starts and own.get("works", True) is True
