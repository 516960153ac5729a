"""Why this doctor, by direct hand-overs: what spoke for it, and what another would mean."""

from collections import Counter

from pydantic import Field

from api.rules import AUTHORITY
from api.service.advice.answers import objective_of
from api.service.advice.desks import Desk
from api.service.advice.readers import Reader, known
from api.service.advice.shapes import (
    STANDINGS,
    EffectOut,
    FoundOut,
    ObjectiveOut,
    TakerOut,
    UnitOut,
)
from api.service.crowd import tells_of_one
from api.service.errors import ForbiddenError
from api.service.shapes import Shape
from api.swaps import takers_of
from scheduler.changes.move import Move
from scheduler.domain.problem import Attitude
from scheduler.reading.faults import PlanError, shown
from scheduler.rule import Outcome
from scheduler.swaps.takers import Taker, Takers
from scheduler.writing.phrases import counted
from scheduler.writing.wording import number

BASIS = (
    "Svaret er funnet ved å la vakten gå rett over til en annen, med resten av planen som den er. "
    "Hele planen er ikke regnet om, så en helt annen plan kan ha gitt et annet svar."
)


class AppliedOut(Shape):
    """A rule that judged the holder's work with the duty in it."""

    rule: str
    title: str
    authority_title: str
    outcome: Outcome
    measured: float | None
    limit: float | None
    margin: float | None = Field(description="How far inside the limit")
    unit: str
    citation: str


class WhyOut(Shape):
    """Why somebody has a duty."""

    unit: UnitOut
    holder: str | None = Field(description="Null: it lacks a doctor")
    holder_name: str | None
    pinned: bool = Field(description="Somebody decided it beforehand")
    wish: Attitude | None = Field(description="What the holder has said of it")
    accounts: list[EffectOut] | None = Field(
        description="The holder's accounts without the duty and with it; null: not for you"
    )
    applied: list[AppliedOut] = Field(description="The closest first; empty if not for you")
    others: dict[str, int] = Field(
        description="How many others can, can with_exception, and cannot take it over"
    )
    kept: list[FoundOut] = Field(description="What forbids the holder to be without it")
    better: int | None = Field(
        description="How many lawful hand-overs would make the roster better. Null: not for you"
    )
    other: TakerOut | None = Field(description="The one who was asked about")
    sentences: list[str] = Field(description="The same in bokmål")
    basis: str = BASIS


def why_told(
    desk: Desk, reader: Reader, unit: str, holder: str | None, doctor: str | None
) -> WhyOut:
    """Why somebody has a unit, and why another one does not.

    Raises:
        NotFoundError: the plan has no such doctor.
        ForbiddenError: a doctor asks about others' duties on behalf of another.
        PlanError: the doctor who is asked about has it.
    """
    problem = desk.loaded.problem
    if doctor is not None and desk.judge.has_some((known(doctor, problem), unit)):
        told = f"{desk.names[doctor]} har vakten selv."
        raise PlanError.of("doctor", told, "Spør om en annen lege.", shown(doctor))
    if reader.doctor and holder != reader.doctor and doctor not in (None, reader.doctor):
        raise ForbiddenError(right="rosters:write")
    found = takers_of(desk.judge, unit, holder)
    mine = reader.keeper or holder == reader.doctor
    other = next((own for own in found.takers if own.doctor == doctor), None)
    objective = None
    if other is not None and reader.keeper:
        objective = objective_of(desk, _move(holder, unit, other.doctor))
    counts = Counter(STANDINGS[own.standing] for own in found.takers)
    can = counts["can"] + counts["with_exception"]
    better = _better(desk, found, unit) if holder and reader.keeper else None
    partly = bool(reader.doctor) and mine and _partly_better(desk, found, unit, can)
    standings: dict[str, int] = {word: counts.get(word, 0) for word in STANDINGS.values()}
    pinned = any(
        pin.works and pin.doctor == holder and problem.duty_by_id[pin.duty].unit == unit
        for pin in problem.pins
        if pin.duty in problem.duty_by_id
    )
    return WhyOut(
        unit=UnitOut.of(problem, unit),
        holder=holder,
        holder_name=desk.names[holder] if holder else None,
        pinned=pinned and mine,
        wish=_wish(desk, holder, unit) if holder and mine else None,
        accounts=_accounts(desk, holder, unit) if holder and mine else None,
        applied=_applied(desk, holder, unit) if holder and mine else [],
        others=standings,
        kept=FoundOut.all(found.kept, desk, reader) if mine else [],
        better=better,
        other=TakerOut.of(other, desk, reader, objective) if other else None,
        sentences=_sentences(
            desk, reader, holder, standings, better, other, objective, partly=partly
        ),
    )


def _move(holder: str | None, unit: str, doctor: str) -> Move:
    return Move(((holder, unit),) if holder else (), ((doctor, unit),))


def _better(desk: Desk, found: Takers, unit: str) -> int:
    moves = (_move(found.giver, unit, own.doctor) for own in found.takers if own.verdict.lawful)
    return sum(objective_of(desk, move).is_ == "better" for move in moves)


def _partly_better(desk: Desk, found: Takers, unit: str, can: int) -> bool:
    """Whether some of the lawful hand-overs would make the roster better, and some would not.

    The doctor knows by name who could take the duty. That all of them or none would be better would
    tell of each of them, and so would it among a few. Nor is the model built for this: others who
    ask would wait for it. Where it is not at hand, nothing is said.
    """
    if tells_of_one(can + 1, can) or "trials" not in vars(desk):
        return False
    return 0 < _better(desk, found, unit) < can


def _wish(desk: Desk, holder: str, unit: str) -> Attitude | None:
    duties = desk.loaded.problem.units[unit]
    said = {
        wish.attitude
        for wish in desk.loaded.problem.wishes_of.get(holder, ())
        if any(wish.means(duty) for duty in duties)
    }
    strongest = (Attitude.CANNOT, Attitude.RATHER_NOT, Attitude.WANT)
    return next((own for own in strongest if own in said), None)


def _accounts(desk: Desk, holder: str, unit: str) -> list[EffectOut]:
    """Without the duty and with it: the effect of losing it, turned round."""
    lost = desk.judge.accounts.effects(desk.judge.stops.tried(Move(off=((holder, unit),))), holder)
    told = []
    for own in lost:
        shown_effect = EffectOut.of(own)
        over = (
            None if own.aim is None else round(float((own.before - own.aim) / own.measure.scale), 2)
        )
        told.append(
            shown_effect.model_copy(
                update={
                    "before": shown_effect.after,
                    "after": shown_effect.before,
                    "over_after": over,
                }
            )
        )
    return told


def _applied(desk: Desk, holder: str, unit: str) -> list[AppliedOut]:
    """Each rule once, with the judgement of these duties that lies closest to its limit."""
    duties = {duty.id for duty in desk.loaded.problem.units[unit]}
    own = desk.loaded.problem.doctor_by_id[holder]
    found = []
    for rule in desk.loaded.rules:
        cases = [
            case
            for case in rule.counting(rule.check_doctor(desk.timetable, own))
            if duties.intersection(case.duties)
        ]
        if not cases:
            continue
        closest = min(
            cases,
            key=lambda case: (
                case.outcome is Outcome.KEPT,
                case.margin is None,
                case.margin or 0.0,
            ),
        )
        found.append(
            AppliedOut(
                rule=rule.id,
                title=rule.title,
                authority_title=AUTHORITY[rule.authority],
                outcome=closest.outcome,
                measured=closest.measured,
                limit=closest.limit,
                margin=closest.margin,
                unit=closest.unit,
                citation=str(rule.citations[0]),
            )
        )
    return found


def _sentences(
    desk: Desk,
    reader: Reader,
    holder: str | None,
    others: dict[str, int],
    better: int | None,
    other: Taker | None,
    objective: ObjectiveOut | None,
    *,
    partly: bool,
) -> list[str]:
    told = []
    can = others["can"] + others["with_exception"]
    if can:
        many = counted(can, "annen lege", "andre leger")
        how = f", {others['with_exception']} av dem bare med unntak fra en hovedregel"
        told.append(f"{many} kan ta den{how if others['with_exception'] else ''}.")
    else:
        told.append("Ingen andre kan ta den slik planen ellers er.")
    if can and better is not None and holder is not None:
        told.append(
            f"{counted(better, 'slik overtakelse', 'slike overtakelser')} ville gjort planen bedre."
            if better
            else "Ingen slik overtakelse ville gjort planen bedre enn at "
            f"{desk.names[holder]} har den."
        )
    if partly:
        told.append("Noen slike overtakelser ville gjort planen bedre, men ikke alle.")
    if other is not None:
        name = desk.names[other.doctor]
        words = {
            "can": f"{name} kan ta den uten unntak fra noen hovedregel.",
            "with_exception": f"{name} kan ta den med unntak fra en hovedregel.",
            "cannot": f"{name} kan ikke ta den.",
        }
        told.append(words[STANDINGS[other.standing]])
        told += [own.sentence for own in FoundOut.all(other.verdict.breaches, desk, reader)]
        if objective is not None and objective.steps:
            first = objective.steps[0]
            word = {"better": "bedre", "worse": "dårligere"}.get(objective.is_, "")
            told.append(
                f"Planen som helhet ville blitt {word}: «{first.title}» fra "
                f"{number(round(first.before, 2))} til {number(round(first.after, 2))} "
                f"{first.unit}.".replace(" .", ".")
            )
    return told
