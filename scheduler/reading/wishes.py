"""The doctors' wishes: which stretch of time a row means, and what looks half entered."""

from datetime import date, datetime, timedelta

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Wish
from scheduler.domain.time import DAY, FRIDAY, MONDAY, SATURDAY, SUNDAY, Interval, local, moment
from scheduler.reading.blocks import WEEKEND_ENDS, WEEKEND_STARTS
from scheduler.reading.findings import Findings
from scheduler.reading.parts import terms
from scheduler.reading.plan import Plan
from scheduler.reading.recurrence import moment_span


def wish_span(own: terms.Wish) -> Interval | None:
    """The time that a row means; None if it ends too early, or lies in no weekend but should.

    Whole weekends are from Friday 15:00 before the first day to Monday 08:00 after the last.
    """
    if not own.whole_weekend:
        return moment_span(own.start, own.end)
    first, last = _day(own.start), _day(own.end or own.start)
    if last < first or not _in_weekend(first) or not _in_weekend(last):
        return None
    friday = first - timedelta(days=first.weekday() - FRIDAY)
    monday = last + timedelta(days=SUNDAY - last.weekday()) + DAY
    return Interval(moment(friday, WEEKEND_STARTS), moment(monday, WEEKEND_ENDS))


def check_wishes(plan: Plan, findings: Findings) -> None:
    """Refuse whole weekends of days that lie in none."""
    for number, own in enumerate(plan.wishes):
        for name, value in (("start", own.start), ("end", own.end)):
            if own.whole_weekend and value is not None and not _in_weekend(_day(value)):
                findings.fault(
                    ("wishes", number, name),
                    value,
                    "Ønsket gjelder hele helgen, men dagen er ikke fredag, lørdag eller søndag.",
                    "Skriv en dag i helgen, eller sett «Hele helgen» til nei.",
                )


def remark_wishes(plan: Plan, duties: tuple[Duty, ...], findings: Findings) -> None:
    """Tell of wishes that mean no duty, and of weekends that lack the Friday."""
    by_start = sorted(duties, key=lambda duty: duty.start)
    for number, own in enumerate(plan.wishes):
        interval = wish_span(own)
        if interval is None:
            continue
        wish = Wish(own.id, own.doctor, own.attitude, interval, frozenset(own.patterns))
        if not any(wish.means(duty) for duty in by_start):
            findings.remark(("wishes", number), "Ønsket gjelder ingen vakt eller økt i perioden.")
        elif _lacks_friday(wish, by_start):
            findings.remark(
                ("wishes", number),
                "Ønsket gjelder lørdag og søndag, men ikke fredag kveld. Sett «Hele helgen» til "
                "ja hvis fredagen skal være med.",
            )


def _lacks_friday(wish: Wish, duties: list[Duty]) -> bool:
    """Exactly Saturday and Sunday, and a shift of the Friday evening that is not meant."""
    start, end = local(wish.interval.start), local(wish.interval.end)
    if (start.weekday(), end.weekday()) != (SATURDAY, MONDAY):
        return False
    saturday = start.date()
    if wish.interval != Interval(moment(saturday), moment(saturday + 2 * DAY)):
        return False
    evening = Interval(moment(saturday - DAY, WEEKEND_STARTS), moment(saturday))
    return any(
        duty.is_shift
        and evening.contains(duty.start)
        and not wish.means(duty)
        and (not wish.patterns or duty.type.id in wish.patterns)
        for duty in duties
    )


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _in_weekend(day: date) -> bool:
    return day.weekday() >= FRIDAY
