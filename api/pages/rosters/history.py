"""Findings of the checkers, and versions with what changed from one to the next."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.page import Page, PageDep
from api.pages.rosters.standing import part_shown
from api.service.accounts.roles import Right
from api.service.advice.report_routes import opened
from api.service.rosters import routes, store
from api.service.rosters.asked import LARGEST, version_asked
from api.service.rosters.shapes import Finding, ReportOut
from api.service.shapes import Id
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.rule import Outcome
from scheduler.writing.phrases import duty_text

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

_ORDER = ("breach", "hole", "exception", "departure", "notice")
MOST = 200
"""Findings of one kind that are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind; no more than `MOST` of them.

    Attributes:
        kind: an outcome, or «departure» for an exception that is a matter of quality.
    """

    kind: str
    many: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a doctor got and lost."""

    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@router.get("/{roster}/funn")
def findings(page: PageDep, roster: Id) -> Response:
    """What the independent checkers say of the newest version."""
    page.actor.need(Right.ROSTERS_WRITE)
    with opened(page.service, page.actor, roster, None) as own:
        report = ReportOut.of(own.desk.report)
        priced = {one.rule.id for one in own.desk.report.rules if one.rule.prices}
        found = own.asked.found
    part = "hx-request" in page.request.headers
    return page.show(
        "rosters/findings_part" if part else "rosters/findings",
        roster=found,
        groups=grouped(report.findings, priced),
        most=MOST,
        **part_shown(page, found),
    )


def grouped(findings: Iterable[Finding], priced: Container[str]) -> list[Group]:
    """The findings by kind, what is worst first.

    Args:
        findings: of a roster.
        priced: rules on whose exceptions the municipality has put a price.
    """

    def kind(one: Finding) -> str:
        quality = one.outcome is Outcome.EXCEPTION and one.rule in priced
        return "departure" if quality else one.outcome.value

    groups = []
    for own, some in groupby(sorted(findings, key=lambda one: _ORDER.index(kind(one))), key=kind):
        listed = tuple(some)
        groups.append(Group(own, len(listed), listed[:MOST]))
    return groups


@router.get("/{roster}/versjoner")
def versions(
    page: PageDep,
    roster: Id,
    versjon: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    siden: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
) -> Response:
    """All versions; for one of them, who got and lost what since another."""
    found = routes.versions(page.service, page.actor, roster)
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, versjon)
        stored = store.roster_of(session, page.actor, roster)
    since = siden or asked.own.number - 1
    told = _differences(page, roster, since, asked.own.number, asked.loaded.problem)
    return page.show(
        "rosters/versions",
        roster=stored,
        versions=found,
        number=asked.own.number,
        since=since,
        differences=told,
        **part_shown(page, stored),
    )


def _differences(
    page: Page, roster: str, since: int, number: int, problem: Problem
) -> tuple[Difference, ...]:
    if since < 1:
        return ()
    moved = routes.differences(page.service, page.actor, roster, since, number)
    found = []
    for own in moved:
        known = problem.doctor_by_id.get(own.doctor)
        found.append(
            Difference(
                known.name if known else own.doctor,
                _told(own.gained, problem),
                _told(own.lost, problem),
            )
        )
    return tuple(sorted(found, key=lambda one: one.name))


def _told(duties: list[str], problem: Problem) -> tuple[str, ...]:
    known = [problem.duty_by_id[own] for own in duties if own in problem.duty_by_id]
    said = [duty_text(own) for own in sorted(known, key=_when)]
    return (*said, *(own for own in duties if own not in problem.duty_by_id))


def _when(duty: Duty) -> tuple[float, str]:
    return duty.start.timestamp(), duty.id
