"""Which duties of a pattern go together: weekends, weeks and great holidays."""

from datetime import date, time, timedelta

from scheduler.domain.calendar import GreatHoliday, holiday_blocks
from scheduler.domain.time import (
    DAY,
    FRIDAY,
    MONDAY,
    SATURDAY,
    Interval,
    IsoWeek,
    local_day,
    moment,
)
from scheduler.reading.scalars import Block

_HOLIDAYS = {
    Block.CHRISTMAS: GreatHoliday.CHRISTMAS,
    Block.NEW_YEAR: GreatHoliday.NEW_YEAR,
    Block.EASTER: GreatHoliday.EASTER,
    Block.LABOUR_DAY: GreatHoliday.LABOUR_DAY,
    Block.CONSTITUTION_DAY: GreatHoliday.CONSTITUTION_DAY,
    Block.ASCENSION: GreatHoliday.ASCENSION,
    Block.WHITSUN: GreatHoliday.WHITSUN,
}
_NAMES = {holiday: block.value.partition(":")[2] for block, holiday in _HOLIDAYS.items()}
WEEKEND_STARTS, WEEKEND_ENDS = time(15), time(8)  # Friday, Monday


def block_name(kinds: tuple[Block, ...], interval: Interval, change_day: int) -> str | None:
    """The block in which a duty falls: a great holiday before a weekend before a week.

    A duty belongs to a weekend or a holiday if at least half of it lies there, and to the
    week (from `change_day`, Monday = 0) in which it starts.

    Returns:
        «easter-2027», «weekend-2027-03-27» (the Saturday), «week-2027-W13», or
        «week-2027-03-26» where weeks do not change on Mondays; None outside all blocks.
    """
    wanted = {_HOLIDAYS[kind] for kind in kinds if kind in _HOLIDAYS}
    if Block.HOLIDAY in kinds:
        wanted |= set(GreatHoliday)
    first = local_day(interval.start)
    found = [
        block
        for block in holiday_blocks(first - DAY, local_day(interval.end) + DAY)
        if block.holiday in wanted and _mostly(interval, block.interval)
    ]
    if found:
        longest = max(found, key=lambda block: (block.interval.minutes, block.holiday.value))
        return f"{_NAMES[longest.holiday]}-{longest.year}"
    if Block.WEEKEND in kinds and (saturday := _weekend(first, interval)):
        return f"weekend-{saturday}"
    if Block.WEEK in kinds:
        start = first - timedelta(days=(first.weekday() - change_day) % 7)
        week = IsoWeek.of(start)
        return f"week-{week.year}-W{week.number:02}" if change_day == MONDAY else f"week-{start}"
    return None


def _weekend(first: date, interval: Interval) -> date | None:
    """The Saturday of the weekend (Friday 15 to Monday 08) in which most of the duty lies."""
    nearest = first + timedelta(days=SATURDAY - first.weekday())
    for saturday in (nearest - timedelta(days=7), nearest):
        friday, monday = saturday + (FRIDAY - SATURDAY) * DAY, saturday + 2 * DAY
        weekend = Interval(moment(friday, WEEKEND_STARTS), moment(monday, WEEKEND_ENDS))
        if _mostly(interval, weekend):
            return saturday
    return None


def _mostly(interval: Interval, inside: Interval) -> bool:
    return interval.overlap_minutes(inside) * 2 >= interval.minutes
