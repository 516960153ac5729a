"""A duty that is held over the grid: what each doctor's taking it, and each swap, would mean.

Asked when somebody lifts a duty, once for all doctors and once for all swaps. The verdicts are
those of the checkers, and none is binding: what is dropped is judged anew before it is stored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.pages.page import HEADERS, Page, PageDep
from api.pages.rosters.duties import Doctor, DutyPath, Revision
from api.service.accounts.roles import Right
from api.service.advice.answers import (
    duty_known,
    holder_of,
    objective_of,
    swap_out,
    takers_told,
)
from api.service.advice.desks import Desk
from api.service.advice.readers import Reader
from api.service.advice.routes import desk_for
from api.service.advice.shapes import EffectOut, JudgedOut, ObjectiveOut
from api.service.dependencies import Versioned
from api.service.rosters import store
from api.service.shapes import Id
from scheduler.changes.move import Move
from scheduler.domain.duty import Duty
from scheduler.fairness.measures import Measure

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

MOST_SWAPS = 150
"""Swaps that are judged beforehand, the nearest in time first: a few milliseconds each."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a change would mean, in the page's words but for the rules' own sentences.

    Attributes:
        kind: «can», «exception» or «breach».
        title: what would be done: «Gi vakten til Ola».
        word: lawful or not.
        cost: what it does to the accounts of those whom it touches; may be empty.
        whole: whether the roster becomes better; None while that is not known.
        rules: sentences of the rules in bokmål: breaches, or else departures and wishes.
    """

    kind: str
    title: str
    word: str
    cost: str
    whole: str | None
    rules: list[str]


@router.get("/{roster}/flytting/{duty:path}")
def lifted(
    page: PageDep,
    roster: Id,
    duty: DutyPath,
    revision: Annotated[Revision, Query()],
    fra_lege: Annotated[Doctor, Query()] = "",
    helhet: Annotated[bool, Query()] = False,
) -> Response:
    """What each doctor's taking a duty would mean, by doctor.

    Whether the roster becomes better as a whole is told where the plan's model is at hand. Else the
    page asks once more, with `helhet`, after it has the rest.

    Args:
        page: who asks.
        roster: of which the newest version is meant.
        duty: that is lifted.
        revision: that the page was made with.
        fra_lege: who has it; empty for the place that lacks a doctor.
        helhet: build the model, whatever it takes.
    """
    _check(page, roster, revision)
    with desk_for(page.service, page.actor, roster, None, priced=helhet) as (desk, reader):
        own = duty_known(desk, duty)
        whole = helhet or desk.model.ready
        found = takers_told(desk, reader, duty, fra_lege or None, objective=whole)
    told = {}
    for one in found.takers:
        title = page.say("rosters.do_give", name=one.name)
        cost = [_account(page, one.effects or ())]
        told[one.doctor] = asdict(_told(page, title, one.judged, cost, one.objective))
    key = "rosters.lifted" if fra_lege else "rosters.lifted_hole"
    return _answer({"said": page.say(key, what=_duty(page, own)), "give": told, "whole": whole})


@router.get("/{roster}/bytte/{duty:path}")
def swapped(
    page: PageDep,
    roster: Id,
    duty: DutyPath,
    revision: Annotated[Revision, Query()],
    fra_lege: Annotated[Doctor, Query(min_length=1)],
    fra: date,
    til: date,
) -> Response:
    """What each swap of a duty would mean, by «doctor duty»; asked after `lifted`: it is slower.

    Args:
        page: who asks.
        roster: of which the newest version is meant.
        duty: that is lifted.
        revision: that the page was made with.
        fra_lege: who has it.
        fra: first day that is shown.
        til: last day that is shown; swaps with duties of these days alone are judged.
    """
    _check(page, roster, revision)
    with desk_for(page.service, page.actor, roster, None) as (desk, reader):
        own = duty_known(desk, duty)
        holder_of(desk, own.unit, fra_lege)
    # The desk is held for one swap at a time: others need not wait for all of them.
    told = {key: asdict(one) for key, one in _swaps(page, desk, reader, own, fra_lege, fra, til)}
    return _answer({"swap": told})


def _check(page: Page, roster: str, revision: str) -> None:
    """Refuse who looks at a roster that has been changed since: the verdicts would mislead.

    Raises:
        StaleError: it has been changed.
    """
    page.actor.need(Right.ROSTERS_WRITE)
    with page.service.database.reading() as session:
        found = store.roster_of(session, page.actor, roster)
    Versioned(f'"{revision}"').check(found.version, found.moves)


def _answer(told: Mapping[str, Any]) -> Response:
    return JSONResponse(told, headers={**HEADERS, "Cache-Control": "no-store"})


def _swaps(
    page: Page, desk: Desk, reader: Reader, duty: Duty, giver: str, first: date, last: date
) -> Iterator[tuple[str, Told]]:
    problem = desk.loaded.problem
    hand = (giver, duty.unit)
    seen: set[tuple[str, str]] = set()
    shown = [own for own in problem.duties if first <= own.day <= last and own.unit != duty.unit]
    for other in sorted(shown, key=lambda own: (abs(own.start - duty.start), own.id)):
        for who in desk.timetable.doctors_on(other.id):
            back = (who, other.unit)
            if who == giver or back in seen or not _can_change(desk, hand, back):
                continue
            if len(seen) == MOST_SWAPS:
                return
            seen.add(back)
            move = Move((hand, back), ((who, duty.unit), (giver, other.unit)))
            with desk.lock:
                objective = objective_of(desk, move) if reader.keeper and desk.model.ready else None
                swap = swap_out(desk, reader, desk.judge.swap(move), objective)
            title = page.say("rosters.do_swap", name=desk.names[who], duty=_duty(page, other))
            costs = [
                f"{one.name}: {account}"
                for one in swap.accounts
                if (account := _account(page, one.effects))
            ]
            told = _told(page, title, swap.judged, costs, swap.objective)
            for each in problem.units[other.unit]:
                yield f"{who} {each.id}", told


def _can_change(desk: Desk, hand: tuple[str, str], back: tuple[str, str]) -> bool:
    """Each has all of the own unit and nothing of the other's."""
    (giver, unit), (who, other) = hand, back
    judge = desk.judge
    return (
        judge.has(back) and not judge.has_some((who, unit)) and not judge.has_some((giver, other))
    )


def _told(
    page: Page, title: str, judged: JudgedOut, cost: list[str], objective: ObjectiveOut | None
) -> Told:
    if not judged.lawful:
        rules = [own.sentence for own in judged.breaches]
        return Told("breach", title, page.say("rosters.word_breach"), "", "", rules)
    rules = [own.sentence for own in (*judged.exceptions, *judged.wishes)]
    kind = "exception" if rules else "can"
    whole = f"{page.say(f'rosters.whole_{objective.is_}').capitalize()}." if objective else None
    text = " ".join(f"{own}." for own in cost if own)
    return Told(kind, title, page.say(f"rosters.word_{kind}"), text, whole, rules)


def _account(page: Page, effects: list[EffectOut] | tuple[EffectOut, ...]) -> str:
    """«12 → 13,5 poeng (mål 13)», or nothing where no points change."""
    number = page.clock.number
    for own in effects:
        if own.measure is Measure.POINTS and own.before != own.after:
            told = page.say(
                "rosters.points_from_to", before=number(own.before), after=number(own.after)
            )
            aim = "" if own.aim is None else page.say("rosters.aim_short", aim=number(own.aim))
            return f"{told} {aim}".strip()
    return ""


def _duty(page: Page, duty: Duty) -> str:
    """«hjemmevakt hverdag, onsdag 10. mars»."""
    return f"{duty.type.name[:1].lower()}{duty.type.name[1:]}, {page.clock.when(duty)}"
