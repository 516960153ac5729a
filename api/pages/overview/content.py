"""What waits for somebody: rosters with holes or breaches, jobs that run or have failed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from fastapi.responses import Response

from api.pages.page import Page
from api.service.accounts.roles import Right
from api.service.jobs import store as jobs
from api.service.jobs.titles import titles
from api.service.plans import routes as plans
from api.service.plans import store
from api.service.plans.attention import Attention
from api.service.plans.attention_routes import AttentionOut, attention
from api.service.rosters import store as rosters
from api.service.rosters.tables import RosterVersion, StoredRoster

_LOOKED_AT = 20  # of each kind, the newest
_PLANS = 4  # whose published rosters are looked at
_NEWS = timedelta(days=2)  # for so long a failed job is told


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that waits.

    Attributes:
        kind: colour: «danger», «warning» or «info».
        lang: of the text, where it is not the page's.
    """

    kind: str
    text: str
    path: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A roster with its newest version that the reader may see."""

    roster: StoredRoster
    version: RosterVersion


def newest_rosters(page: Page, most: int = _LOOKED_AT) -> list[Listed]:
    """The newest rosters that somebody may see."""
    if not page.actor.rights & {Right.ROSTERS_READ, Right.PUBLISHED_READ}:
        return []
    with page.service.database.reading() as session:
        found = rosters.rosters(session, page.actor, None, None, most)[:most]
        return [Listed(own, rosters.version_of(session, page.actor, own)) for own in found]


def notices(page: Page, listed: list[Listed]) -> Iterator[Notice]:
    """What waits, the gravest first."""
    open_ = [own for own in listed if own.roster.state != rosters.ARCHIVED]
    for own in open_:
        if own.version.breaches:
            yield _of_roster(page, "danger", "overview.breaches", own, own.version.breaches)
    for own in open_:
        if own.version.holes:
            yield _of_roster(page, "warning", "overview.holes", own, own.version.holes)
    if Right.JOBS in page.actor.rights:
        yield from _of_jobs(page)
    if Right.PLANS_WRITE in page.actor.rights:
        yield from _of_plans(page, listed)


def _of_plans(page: Page, listed: list[Listed]) -> Iterator[Notice]:
    """Claims, wishes, calendars and law of the plans at work; rosters are told of already."""
    told = set()
    for plan, title in _at_work(page, listed).items():
        path = f"/planer/{plan}"
        for own in attention(page.service, page.actor, Response(), plan):
            if own.kind in (Attention.HOLES, Attention.BREACHES) or own.text in told:
                continue
            told.add(own.text)
            urgent = own.kind in (Attention.CLAIM_WAITING, Attention.CLAIM_TROUBLE)
            text = _about(page, title, own.text)
            yield Notice("warning" if urgent else "info", text, _where(path, own), "nb")


def _about(page: Page, title: str, what: str) -> str:
    """What is said of a plan or roster, with its title: there are several to keep apart."""
    if not title:
        return what[:1].upper() + what[1:]
    return page.say("overview.about", title=title, what=what)


def _at_work(page: Page, listed: list[Listed]) -> dict[str, str]:
    """Titles by id: the newest plan, and those whose published rosters have days to come; few."""
    newest = [own.id for own in plans.plans(page.service, page.actor, None, 1).items]
    published = {
        own.roster.plan_id: own.version.plan_version_id
        for own in listed
        if own.roster.state in (rosters.PUBLISHED, rosters.AMENDED)
    }
    with page.service.database.reading() as session:
        coming = [
            plan
            for plan, version in list(published.items())[:_PLANS]
            if page.service.plans.of(session, version).problem.last_day >= page.clock.today
        ]
        ids = dict.fromkeys([*newest, *coming])
        return {own: store.plan_of(session, page.actor, own).title for own in ids}


def _where(plan: str, own: AttentionOut) -> str:
    """The page on which something can be done about it."""
    kind, _, id_ = own.subject.partition("/")
    if kind == "roster":
        return f"/vaktplaner/{id_}"
    if kind == "exemption":
        return f"{plan}/fritak/{quote(id_, safe='')}"
    if kind == "wish-round":
        return f"{plan}/onskerunder/{id_}"
    return "/kalendere" if own.kind is Attention.FEEDS_STALE else f"{plan}/regler"


def _of_roster(page: Page, kind: str, key: str, own: Listed, number: int) -> Notice:
    text = page.say(key, title=own.roster.title, n=number)
    return Notice(kind, text, f"/vaktplaner/{own.roster.id}")


def _of_jobs(page: Page) -> Iterator[Notice]:
    with page.service.database.reading() as session:
        found = jobs.jobs(session, page.actor, None, _LOOKED_AT)
        about = titles(session, found)
    for job in found:
        path, title = f"/jobber/{job.id}", about.get(job.id, "")
        if job.state in jobs.OPEN:
            key = "overview.queued" if job.state == jobs.QUEUED else "overview.running"
            yield Notice("info", _about(page, title, page.say(key)), path)
        elif job.state == jobs.FAILED and job.ended_at and page.clock.now - job.ended_at < _NEWS:
            what = page.say("overview.failed", when=page.clock.ago(job.ended_at))
            yield Notice("warning", _about(page, title, what), path)
