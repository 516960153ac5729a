"""Numbers of things in bokmål, and what a roster leaves uncovered."""

from scheduler.domain.roster import Timetable


def counted(number: int, one: str, many: str) -> str:
    """«1 vakt», «2 vakter»."""
    return f"{number} {one if number == 1 else many}"


def listed(words: list[str]) -> str:
    """«a, b og c»; empty for none."""
    return f"{', '.join(words[:-1])} og {words[-1]}" if len(words) > 1 else "".join(words)


def uncovered(timetable: Timetable) -> str:
    """«3 vakter og 1 økt»: the duties that lack at least one doctor; empty if none does."""
    shifts = sum(duty.is_shift for duty in timetable.holes)
    sessions = len(timetable.holes) - shifts
    words = [counted(shifts, "vakt", "vakter")] if shifts else []
    words += [counted(sessions, "økt", "økter")] if sessions else []
    return listed(words)
