"""Phrases of bokmål that several papers print: counts, lists, duties, what is uncovered."""

from collections.abc import Iterable

from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, local
from scheduler.writing.wording import clock, on_day


def counted(number: int, one: str, many: str) -> str:
    """«1 vakt», «2 vakter»."""
    return f"{number} {one if number == 1 else many}"


def listed(words: Iterable[str], last: str = "og") -> str:
    """«a, b og c», or with another word before the last; empty for none."""
    own = list(words)
    return f"{', '.join(own[:-1])} {last} {own[-1]}" if len(own) > 1 else "".join(own)


def uncovered(timetable: Timetable) -> str:
    """«3 vakter og 1 økt»: the duties that lack at least one doctor; empty if none does."""
    shifts = sum(duty.is_shift for duty in timetable.holes)
    sessions = len(timetable.holes) - shifts
    words = [counted(shifts, "vakt", "vakter")] if shifts else []
    words += [counted(sessions, "økt", "økter")] if sessions else []
    return listed(words)


def duty_text(duty: Duty) -> str:
    """«Natt lørdag 27. mars 2027 kl. 23:00–08:00», with the last day where it is not the next."""
    return f"{' '.join(duty.type.name.split())} {time_text(duty)}"


def time_text(duty: Duty) -> str:
    """«lørdag 27. mars 2027 kl. 23:00–08:00», with the last day where it is not the next."""
    first, last = local(duty.start).date(), local(duty.end).date()
    end = clock(duty.end) if last - first <= DAY else f"{on_day(last)} kl. {clock(duty.end)}"
    return f"{on_day(first)} kl. {clock(duty.start)}–{end}"
