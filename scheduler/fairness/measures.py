"""What counts as burden, and how much of it a plan asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scheduler.domain.calendar import HolidayBlock, holiday_occasions
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Account, Problem

_ONE, _HUNDREDTH = Fraction(1), Fraction(1, 100)


class Measure(StrEnum):
    """A class of burden that is shared out."""

    POINTS = "points"  # hundredths of a burden point, all shifts and what is ordered
    NIGHTS = "nights"  # night duties
    WEEKENDS = "weekends"  # weekends with at least one duty
    GREAT_HOLIDAYS = "great_holidays"  # great holidays with at least one duty
    ORDERED = "ordered"  # minutes of ordered municipal work

    @property
    def resolution(self) -> Fraction:
        """The step in which fair parts and balances are kept, in the measure's unit.

        A hundredth of a point or of a duty; a minute of ordered work.
        """
        return _ONE if self in (Measure.POINTS, Measure.ORDERED) else _HUNDREDTH

    @property
    def scale(self) -> int:
        """How many of the measure's units make one of what is shown: a point, an hour, a duty."""
        return {Measure.POINTS: 100, Measure.ORDERED: 60}.get(self, 1)

    @property
    def total_is_known(self) -> bool:
        """Whether the plan alone says how much there is to share; else the roster decides."""
        return self in (Measure.POINTS, Measure.NIGHTS)


def shifts(problem: Problem) -> Sequence[Duty]:
    """The shifts to be worked: of a choice only the first, for just so many are needed."""
    return problem.remembered(shifts, lambda: _shifts(problem))


def _shifts(problem: Problem) -> list[Duty]:
    seen: set[str] = set()
    found = []
    for duty in problem.duties:
        if duty.is_shift and (duty.choice is None or duty.choice not in seen):
            found.append(duty)
            seen.add(duty.choice or duty.id)
    return found


@dataclass(frozen=True)
class Calendar:
    """Which occasions (weekends, great holidays) each out-of-hours shift belongs to.

    Great holidays that overlap are one occasion, so 17 May on Whit Monday counts once.
    """

    problem: Problem

    @cached_property
    def _holiday_number(self) -> Mapping[HolidayBlock, int]:
        return holiday_occasions(block for duty in self.problem.duties for block in duty.holidays)

    def occasions(self, measure: Measure, duty: Duty) -> tuple[object, ...]:
        """The weekends (their Saturdays) or great holidays of which the shift is a part."""
        if duty.letter is not Letter.OUT_OF_HOURS:
            return ()
        if measure is Measure.WEEKENDS:
            return duty.weekends
        if measure is Measure.GREAT_HOLIDAYS and duty.holidays:
            return tuple(sorted({self._holiday_number[block] for block in duty.holidays}))
        return ()

    @classmethod
    def of(cls, problem: Problem) -> "Calendar":
        """The calendar of the problem, made once."""
        return problem.remembered("calendar", lambda: cls(problem))

    def counts(self, measure: Measure, duty: Duty) -> bool:
        """Whether the duty in itself bears on the measure; no duty is ordered in itself."""
        if measure is Measure.POINTS:
            return duty.is_shift
        if duty.letter is not Letter.OUT_OF_HOURS:
            return False
        if measure is Measure.NIGHTS:
            return duty.is_night
        if measure is Measure.WEEKENDS:
            return bool(duty.weekends)
        return measure is Measure.GREAT_HOLIDAYS and bool(duty.holidays)

    @cached_property
    def counted(self) -> Mapping[Measure, frozenset[str]]:
        """Ids of the duties of the plan that in themselves bear on each measure: shifts all."""
        own = [duty for duty in self.problem.duties if duty.is_shift]
        late = [duty for duty in own if duty.letter is Letter.OUT_OF_HOURS]
        found = {
            Measure.POINTS: own,
            Measure.NIGHTS: [duty for duty in late if duty.is_night],
            Measure.WEEKENDS: [duty for duty in late if duty.weekends],
            Measure.GREAT_HOLIDAYS: [duty for duty in late if duty.holidays],
            Measure.ORDERED: [],
        }
        return {own: frozenset([duty.id for duty in duties]) for own, duties in found.items()}

    def worked(self, measure: Measure, duties: Iterable[Duty]) -> int:
        """How much of the measure one doctor's shifts are."""
        if measure is Measure.POINTS:
            return sum([duty.burden for duty in duties if duty.is_shift])
        own = self.counted[measure]
        if not own:  # either way: none of the duties counts
            return 0
        if measure is Measure.NIGHTS:
            return sum([duty.id in own for duty in duties])
        counting = [duty for duty in duties if duty.id in own]
        return len({occasion for duty in counting for occasion in self.occasions(measure, duty)})

    @cached_property
    def _shifts_of(self) -> Mapping[Letter, Sequence[Duty]]:
        found: dict[Letter, list[Duty]] = {letter: [] for letter in Letter}
        for duty in shifts(self.problem):
            found[duty.letter].append(duty)
        return found

    def demand(self, measure: Measure, letter: Letter) -> tuple[int, int]:
        """What the plan asks for: at most, and at least.

        Points and nights are what they are. For weekends and great holidays the most is one
        doctor for each duty or block, the least as many doctors as are needed at once.
        """
        counted = self.counted[measure]
        own = [duty for duty in self._shifts_of[letter] if duty.id in counted] if counted else []
        if measure is Measure.POINTS:
            total = sum(duty.burden * duty.needed for duty in own)
            return total, total
        if measure is Measure.NIGHTS:
            total = sum(duty.needed for duty in own)
            return total, total
        found: dict[object, list[Duty]] = {}
        for duty in own:
            for occasion in self.occasions(measure, duty):
                found.setdefault(occasion, []).append(duty)
        most = sum(
            sum({duty.unit: duty.needed for duty in duties}.values()) for duties in found.values()
        )
        return most, sum(_peak(duties) for duties in found.values())


def _peak(duties: Iterable[Duty]) -> int:
    """The largest number of doctors needed at one time."""
    changes = sorted(
        change
        for duty in duties
        for change in ((duty.start, duty.needed), (duty.end, -duty.needed))
    )
    now = most = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most


def opening_balance(account: Account, measure: Measure) -> Fraction:
    """What the ledger says of the measure, in the measure's unit."""
    steps: int = getattr(account, measure.value)  # the ledger has them by the same names
    return steps * measure.resolution
