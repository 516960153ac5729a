"""What a publication would do, before it is done."""

from datetime import UTC, datetime
from typing import Self

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.library import LoadedPlan, check
from api.rules import CONFIDENCE, to_confirm
from api.service.accounts.actor import Actor
from api.service.errors import StateError
from api.service.hearings.tables import RosterComment
from api.service.messages.telling import moves_of, who_is_told
from api.service.messages.words import BOKMAL
from api.service.offers.tables import OPEN, SwapOffer
from api.service.rosters import store
from api.service.rosters.asked import Asked
from api.service.rosters.documents import read
from api.service.rosters.edits import untold
from api.service.rosters.moves import Moved, moved
from api.service.rosters.publications import PUBLISHABLE
from api.service.shapes import Shape
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Timetable
from scheduler.rule import Rule
from scheduler.writing.phrases import duty_text


class TellingOut(Shape):
    """One doctor whose duties move."""

    doctor: str
    name: str
    told: bool = Field(
        description="Gets a message; false: has no account, or only past duties move"
    )
    gained: list[str] = Field(description="Future duties, in bokmål")
    lost: list[str]
    changed: list[str] = Field(
        description="Future duties that the doctor keeps, at another time, place or in another form"
    )


class RuleToConfirm(Shape):
    """A rule that was not read in the text itself: the municipality must confirm it."""

    rule: str
    title: str
    citation: str
    confidence: str
    confidence_title: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """A rule as it is told."""
        return cls(
            rule=rule.id,
            title=rule.title,
            citation="; ".join(map(str, rule.citations)),
            confidence=rule.confidence.value,
            confidence_title=CONFIDENCE[rule.confidence],
        )


class HoleOut(Shape):
    """A duty, or a block, that lacks doctors."""

    duties: list[str]
    text: str
    missing: int


class PreviewOut(Shape):
    """What publishing the newest version would do."""

    version: int
    first: bool = Field(description="The plan's doctors have had no published roster so far")
    supersedes: str | None = Field(description="Id of the roster that is archived by it")
    tellings: list[TellingOut]
    holes: list[HoleOut]
    needs_signature: bool
    breaches: list[str] = Field(description="Each needs somebody who signs for it")
    notices: list[str] = Field(description="What a human must do or confirm")
    unconfirmed: list[RuleToConfirm]
    open_comments: int = Field(description="From the hearing, without an answer")
    swap_offers_that_lapse: int = Field(description="Of duties that the doctor then has no more")


def preview(session: Session, plans: UnderstoodPlans, actor: Actor, asked: Asked) -> PreviewOut:
    """Look ahead.

    Raises:
        StateError: it is published as it stands, or archived.
    """
    if asked.found.state not in PUBLISHABLE:
        raise StateError("roster", asked.found.state)
    problem = asked.loaded.problem
    report = check(asked.loaded, asked.content)
    before = store.in_force(session, asked.found.plan_id)
    changes = moved(before[1].document if before else None, asked.own.document)
    former = plans.of(session, before[1].plan_version_id).problem if before else problem
    breaches = [report.sentence(case) for case in report.breaches]
    breaches += [f"{own.doctor} på {own.duty} finnes ikke i planen." for own in report.unknown]
    notices = [report.sentence(case) for own in report.rules for case in own.notices]
    superseded = before[0].roster_id if before else None
    return PreviewOut(
        version=asked.own.number,
        first=before is None,
        supersedes=superseded if superseded != asked.found.id else None,
        tellings=_tellings(
            session,
            actor,
            changes,
            Timetable(former, read(before[1].document, former)) if before else None,
            asked.timetable,
        ),
        holes=[
            HoleOut(
                duties=[duty.id for duty in own.duties],
                text=duty_text(own.duties[0]),
                missing=own.missing,
            )
            for own in report.holes
        ],
        needs_signature=bool(breaches),
        breaches=breaches if actor.sees_grounds else list(untold(breaches)),
        notices=notices if actor.sees_grounds else list(untold(notices)),
        unconfirmed=[RuleToConfirm.of(rule) for rule in _unconfirmed(asked.loaded)],
        open_comments=_open_comments(session, asked),
        swap_offers_that_lapse=_lapsing(session, asked),
    )


def _unconfirmed(loaded: LoadedPlan) -> list[Rule]:
    return [rule for rule in loaded.rules if (rule.binds or rule.weighs) and to_confirm(rule)]


def _tellings(
    session: Session,
    actor: Actor,
    changes: tuple[Moved, ...],
    before: Timetable | None,
    after: Timetable,
) -> list[TellingOut]:
    now = datetime.now(UTC)
    told = {
        account.doctor
        for account, _, _ in who_is_told(session, actor.cooperation, before, after, now)
    }
    new, old = after.problem, before.problem if before else after.problem
    moved_by_id = {own.doctor for own in changes}
    found = []
    for doctor in sorted({*moved_by_id, *new.doctor_by_id, *old.doctor_by_id}):
        moves = moves_of(doctor, before, after, now)
        if not moves and doctor not in moved_by_id:
            continue
        known = new.doctor_by_id.get(doctor) or old.doctor_by_id.get(doctor)
        found.append(
            TellingOut(
                doctor=doctor,
                name=known.name if known else doctor,
                told=doctor in told,
                gained=[duty_text(duty) for duty in moves.gained],
                lost=[duty_text(duty) for duty in moves.lost],
                changed=[BOKMAL.change(own) for own in moves.changed],
            )
        )
    return found


def _open_comments(session: Session, asked: Asked) -> int:
    count = session.scalar(
        select(func.count())
        .select_from(RosterComment)
        .where(RosterComment.roster_id == asked.found.id, RosterComment.closed_at.is_(None))
    )
    return count or 0


def _lapsing(session: Session, asked: Asked) -> int:
    offers = session.scalars(
        select(SwapOffer).where(SwapOffer.plan_id == asked.found.plan_id, SwapOffer.state == OPEN)
    )
    timetable = asked.timetable
    return sum(not own.stands_in(timetable) for own in offers)
