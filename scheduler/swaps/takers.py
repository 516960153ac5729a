"""Who could take one duty, or one block, while all else stands: every doctor, ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from fractions import Fraction

from scheduler.changes.move import Move
from scheduler.changes.stops import Stop, Verdict
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.swaps.accounts import Effect
from scheduler.swaps.judge import Judge


class Standing(IntEnum):
    """Whether a doctor could take the duty; the better comes first."""

    CAN = 0
    CAN_WITH_EXCEPTION = 1  # a main rule is departed from, as the rule itself allows
    CANNOT = 2


@dataclass(frozen=True, slots=True)
class Taker:
    """One doctor and the duty.

    Attributes:
        verdict: what the change as a whole would bring, the one who gives the duty away included.
        rest_before, rest_after: time from the work before and to the work after, of the former
            roster too; negative where they overlap, None where there is none.
        effects: the doctor's accounts, one for each measure.
        wish: what the doctor has said of the duty, the strongest word; None: nothing.
    """

    doctor: str
    verdict: Verdict
    rest_before: timedelta | None
    rest_after: timedelta | None
    effects: tuple[Effect, ...]
    wish: Attitude | None

    @property
    def standing(self) -> Standing:
        """Whether the rules allow it."""
        if not self.verdict.lawful:
            return Standing.CANNOT
        return Standing.CAN_WITH_EXCEPTION if self.verdict.exceptions else Standing.CAN

    def effect(self, measure: Measure) -> Effect:
        """The account of one measure."""
        return next(own for own in self.effects if own.measure is measure)

    @property
    def ordered(self) -> int:
        """Minutes that would have to be ordered; 0 where the work is agreed, or a shift."""
        own = self.effect(Measure.ORDERED)
        return own.after - own.before


@dataclass(frozen=True, slots=True)
class Takers:
    """Everybody who does not have the duty, the best first.

    Attributes:
        giver: who has it now and would be rid of it; None where it lacks a doctor.
        kept: what forbids the giver to be without it, whoever takes it.
    """

    duties: tuple[Duty, ...]
    giver: str | None
    kept: tuple[Stop, ...]
    takers: tuple[Taker, ...]


def takers(judge: Judge, unit: str, giver: str | None = None) -> Takers:
    """Judge every doctor on a unit.

    Args:
        judge: of the roster as it stands.
        unit: the duty or block.
        giver: who would give it away; None: it is given away in addition.
    """
    timetable = judge.timetable
    problem = timetable.problem
    off = ((giver, unit),) if giver is not None else ()
    kept: tuple[Stop, ...] = ()
    if giver is not None:
        kept = judge.stops.verdict(Move(off=off)).breaches
    found = [
        _taker(judge, Move(off, ((doctor.id, unit),)), doctor.id)
        for doctor in problem.doctors
        if not judge.has_some((doctor.id, unit))
    ]
    return Takers(problem.units[unit], giver, kept, tuple(sorted(found, key=_rank)))


def _taker(judge: Judge, move: Move, doctor: str) -> Taker:
    tried = judge.stops.tried(move)
    duties = move.taken(tried.problem, doctor)
    before, after = _rest(tried, doctor, duties)
    return Taker(
        doctor,
        judge.stops.verdict(move),
        before,
        after,
        judge.accounts.effects(tried, doctor),
        _wish(tried, doctor, duties),
    )


def _rest(
    timetable: Timetable, doctor: str, duties: Sequence[Duty]
) -> tuple[timedelta | None, timedelta | None]:
    """Time from the work before the duties to the first, and from the last to the work after."""
    own = {duty.id for duty in duties}
    others = [duty for duty in timetable.work_of(doctor) if duty.id not in own]
    first, last = duties[0], duties[-1]
    before = [other.end for other in others if other.start < first.start]
    after = [other.start for other in others if other.start >= first.start and other.end > last.end]
    within = [o for o in others if o.start >= first.start and o.end <= last.end]
    if within:  # between the duties of a block, or inside one of them
        after.append(min(other.start for other in within))
    return (
        first.start - max(before) if before else None,
        min(after) - last.end if after else None,
    )


def _wish(timetable: Timetable, doctor: str, duties: Sequence[Duty]) -> Attitude | None:
    said = {
        wish.attitude
        for wish in timetable.problem.wishes_of.get(doctor, ())
        if any(wish.means(duty) for duty in duties)
    }
    strongest = (Attitude.CANNOT, Attitude.RATHER_NOT, Attitude.WANT)
    return next((own for own in strongest if own in said), None)


def _rank(taker: Taker) -> tuple[int, int, int, int, Fraction, int, str]:
    """Lawful first, fewest departures, nothing ordered, no wish against it, most under share."""
    points = taker.effect(Measure.POINTS).over_after
    against = taker.wish in (Attitude.CANNOT, Attitude.RATHER_NOT)
    return (
        taker.standing,
        len(taker.verdict.breaches) or len(taker.verdict.exceptions),
        max(0, taker.ordered),
        1 if against else 0 if taker.wish is None else -1,
        # Who has no share of anything comes after all who have.
        Fraction(10**9) if points is None else points,
        len(taker.verdict.departures),
        taker.doctor,
    )
