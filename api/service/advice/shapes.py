"""What goes over the wire about changes of a roster."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field

from api.service.advice.desks import Desk
from api.service.advice.readers import Reader
from api.service.shapes import ForeignId, Shape
from scheduler.changes.stops import Stop, Verdict
from scheduler.changes.trials import Change
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Problem
from scheduler.engine import step_title
from scheduler.fairness.measures import Measure
from scheduler.swaps.accounts import Effect
from scheduler.swaps.takers import Standing, Taker
from scheduler.writing.phrases import duty_text

DutyId = Annotated[ForeignId, Field(min_length=1, max_length=200)]
DoctorId = Annotated[ForeignId, Field(min_length=1, max_length=100)]
STANDINGS: dict[Standing, Literal["can", "with_exception", "cannot"]] = {
    Standing.CAN: "can",
    Standing.CAN_WITH_EXCEPTION: "with_exception",
    Standing.CANNOT: "cannot",
}


class UnitOut(Shape):
    """A duty, or the duties of a block, which change hands together."""

    unit: str
    duties: list[str]
    text: str

    @classmethod
    def of(cls, problem: Problem, unit: str) -> Self:
        """A unit as it is told."""
        duties = problem.units[unit]
        return cls(unit=unit, duties=[duty.id for duty in duties], text=unit_text(duties))


def unit_text(duties: Sequence[Duty]) -> str:
    """A duty, or a block with how many duties it holds."""
    first, last = duties[0], duties[-1]
    if first is last:
        return duty_text(first)
    return f"{duty_text(first)}, til og med {duty_text(last)} ({len(duties)} vakter samlet)"


class FoundOut(Shape):
    """What one rule says of a change."""

    rule: str | None = Field(description="Null: which rule it is, is between others")
    title: str
    sentence: str

    @classmethod
    def all(cls, stops: Iterable[Stop], desk: Desk, reader: Reader) -> list[Self]:
        """What the rules say, each sentence once, as much as the reader may know."""
        found: dict[str, Self] = {}
        for stop in stops:
            told = reader.sentence(stop, desk.timetable)
            if told is None:
                who = desk.names.get(stop.case.doctor or "", "En annen lege")
                told = f"{who} er ikke tilgjengelig."
                found.setdefault(told, cls(rule=None, title="Ikke tilgjengelig", sentence=told))
            else:
                own = cls(rule=stop.rule.id, title=stop.rule.title, sentence=told)
                found.setdefault(told, own)
        return list(found.values())


class KindOut(Shape):
    """How many departures there would be from a rule on which the municipality has put a price."""

    rule: str
    title: str
    count: int

    @classmethod
    def all(cls, stops: Iterable[Stop]) -> list[Self]:
        """Counted by rule, in the order of the rules."""
        counts = Counter((stop.rule.id, stop.rule.title) for stop in stops)
        return [cls(rule=rule, title=title, count=n) for (rule, title), n in counts.items()]


class JudgedOut(Shape):
    """What the independent checkers say of a change."""

    lawful: bool = Field(description="No rule forbids it")
    breaches: list[FoundOut]
    exceptions: list[FoundOut] = Field(description="Departures from main rules, as these allow")
    departures: list[KindOut] = Field(description="Of rules with a price; empty if not for you")
    wishes: list[FoundOut] = Field(description="Wishes that it refuses: those you may know")

    @classmethod
    def of(cls, verdict: Verdict, desk: Desk, reader: Reader) -> Self:
        """A verdict as the reader may know it."""
        wishes = [
            stop
            for stop in verdict.wishes
            if reader.keeper or (reader.doctor and stop.case.doctor == reader.doctor)
        ]
        return cls(
            lawful=verdict.lawful,
            breaches=FoundOut.all(verdict.breaches, desk, reader),
            exceptions=FoundOut.all(verdict.exceptions, desk, reader),
            departures=KindOut.all(verdict.departures) if reader.keeper else [],
            wishes=FoundOut.all(wishes, desk, reader),
        )


class EffectOut(Shape):
    """What a change does to one account of a doctor."""

    measure: Measure
    unit: str = Field(description="In bokmål")
    before: float
    after: float
    aim: float | None = Field(description="What the doctor should have; null: no part in it")
    over_after: float | None = Field(description="How far over the aim; negative: under")

    @classmethod
    def of(cls, effect: Effect) -> Self:
        """An effect as it is told: points, duties or hours, to a hundredth."""
        scale = effect.measure.scale
        over = effect.over_after
        return cls(
            measure=effect.measure,
            unit=UNITS[effect.measure],
            before=effect.before / scale,
            after=effect.after / scale,
            aim=None if effect.aim is None else round(float(effect.aim / scale), 2),
            over_after=None if over is None else round(float(over / scale), 2),
        )


UNITS = {
    Measure.POINTS: "poeng",
    Measure.NIGHTS: "netter",
    Measure.WEEKENDS: "helger",
    Measure.GREAT_HOLIDAYS: "høytider",
    Measure.ORDERED: "pålagte timer",
}


class StepOut(Shape):
    """One step of the objective before and after a change."""

    title: str
    unit: str
    before: float
    after: float

    @classmethod
    def of(cls, change: Change) -> Self:
        """A step as it is told."""
        step = change.step
        return cls(
            title=step_title(step),
            unit=step.unit,
            before=change.before / step.scale,
            after=change.after / step.scale,
        )


class ObjectiveOut(Shape):
    """What a change does to the roster as a whole, all else as it is."""

    is_: Literal["better", "equal", "worse", "forbidden"] = Field(
        alias="is", description="By the first step that changes; forbidden: a hard rule is broken"
    )
    steps: list[StepOut] = Field(description="Those that change, the most important first")

    @classmethod
    def of(cls, changes: tuple[Change, ...] | None) -> Self:
        """Changes as they are told; None where the model forbids the move."""
        if changes is None:
            return cls(**{"is": "forbidden"}, steps=[])
        first = changes[0] if changes else None
        word = "equal" if first is None else "better" if first.after < first.before else "worse"
        return cls(**{"is": word}, steps=[StepOut.of(own) for own in changes])


class TakerOut(Shape):
    """A doctor judged on a duty while all else stands."""

    doctor: str
    name: str
    standing: Literal["can", "with_exception", "cannot"]
    judged: JudgedOut
    rest_before_hours: float | None = Field(
        description="From the work before; negative: overlap. Null: none, or not for you"
    )
    rest_after_hours: float | None
    effects: list[EffectOut] | None = Field(description="The doctor's accounts; null: not for you")
    ordered_hours: float | None = Field(description="Beyond what is agreed; null: not for you")
    wish: Attitude | None = Field(description="What the doctor has said; null also: not for you")
    objective: ObjectiveOut | None = Field(description="Null: not asked for, or not for you")

    @classmethod
    def of(
        cls, taker: Taker, desk: Desk, reader: Reader, objective: ObjectiveOut | None = None
    ) -> Self:
        """A taker as the reader may know it."""
        full = reader.keeper or taker.doctor == reader.doctor
        effects = [EffectOut.of(own) for own in taker.effects]
        return cls(
            doctor=taker.doctor,
            name=desk.names[taker.doctor],
            standing=STANDINGS[taker.standing],
            judged=JudgedOut.of(taker.verdict, desk, reader),
            rest_before_hours=hours(taker.rest_before) if full else None,
            rest_after_hours=hours(taker.rest_after) if full else None,
            effects=effects if full else None,
            ordered_hours=taker.ordered / 60 if full else None,
            wish=taker.wish if full else None,
            objective=objective if reader.keeper else None,
        )


def hours(own: timedelta | None) -> float | None:
    """Hours to a hundredth."""
    return None if own is None else round(own.total_seconds() / 3600, 2)


class TakersOut(Shape):
    """Everybody on one duty, the best first."""

    unit: UnitOut
    giver: str | None = Field(description="Who has it; null: it lacks a doctor")
    kept: list[FoundOut] = Field(description="What forbids the giver to be without it")
    takers: list[TakerOut] = Field(
        description="Ranked: lawful, fewest exceptions, nothing ordered, no wish against it, most "
        "under the share. For a doctor: by name, and of a duty that she lacks herself alone"
    )


class HandIn(Shape):
    """A doctor and a duty of hers; with a duty of a block the whole block is meant."""

    doctor: DoctorId
    duty: DutyId


class SwapIn(Shape):
    """A swap that is to be judged: a duty is given, for another one, to somebody, or round."""

    give: HandIn = Field(examples=[{"doctor": "kari", "duty": "natt/2027-03-12"}])
    take: HandIn | None = Field(None, description="Who gives which duty back for it")
    to: DoctorId | None = Field(None, description="Who takes it without giving anything back")
    further: Annotated[list[HandIn], Field(max_length=2)] = Field(
        default_factory=list,
        description="More of a ring: the first duty goes to the doctor of `take`, hers to the "
        "first of these, and so on; the last one's to the doctor of `give`",
    )


class HandoverOut(Shape):
    """A unit that goes from one doctor to another."""

    unit: UnitOut
    giver: str
    taker: str


class AccountsOut(Shape):
    """What a change does to one doctor's accounts."""

    doctor: str
    name: str
    effects: list[EffectOut]


class SwapOut(Shape):
    """A swap, judged while all else stands."""

    handovers: list[HandoverOut]
    judged: JudgedOut
    accounts: list[AccountsOut] = Field(description="For a doctor: the own ones alone")
    objective: ObjectiveOut | None = Field(description="Null: not for you")


class RingOut(Shape):
    """A ring of offers, lawful as a whole."""

    offers: list[str | None] = Field(
        description="Ids of the swap offers in order, each one's duty goes to the next; null: the "
        "one that was asked about and is not offered yet"
    )
    swap: SwapOut


class RefusedOut(Shape):
    """A duty that somebody would take in return, but cannot have."""

    doctor: str
    unit: UnitOut
    found: FoundOut


class RingsOut(Shape):
    """What could go round among the open offers."""

    offers: int = Field(description="How many were looked at")
    rings: list[RingOut] = Field(description="Fewest people first, then fewest exceptions")
    complete: bool = Field(description="Every ring there is has been looked at")
    refused: list[RefusedOut] = Field(description="For the coordinator alone")
