"""What became of each doctor's wishes in a roster."""

from dataclasses import dataclass

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Problem, Wish
from scheduler.domain.roster import Timetable


@dataclass(frozen=True, slots=True)
class WishReceipt:
    """The answer to one wish.

    Attributes:
        wish, doctor: ids.
        granted: wanted and got (all of them, as a block), or not wanted and spared. A want
            that means no duty of the plan is not granted.
        meant: ids of the duties that the wish means, in order of time.
        given: those of them that the doctor has.
        holders: who has each duty meant: pairs (duty, doctors).
    """

    wish: str
    doctor: str
    attitude: Attitude
    granted: bool
    meant: tuple[str, ...]
    given: tuple[str, ...]
    holders: tuple[tuple[str, tuple[str, ...]], ...]


def duties_meant(problem: Problem, wish: Wish) -> tuple[Duty, ...]:
    """The duties of which the wish speaks, in order of time."""
    return tuple(duty for duty in problem.duties_touching(wish.interval) if wish.means(duty))


def wish_receipts(timetable: Timetable) -> tuple[WishReceipt, ...]:
    """One receipt for each wish, in the problem's order."""
    return tuple(receipt(timetable, wish) for wish in timetable.problem.wishes)


def receipt(timetable: Timetable, wish: Wish) -> WishReceipt:
    """Read from the roster what became of the wish."""
    meant = tuple(duty.id for duty in duties_meant(timetable.problem, wish))
    holders = tuple((duty, timetable.doctors_on(duty)) for duty in meant)
    given = tuple(duty for duty, doctors in holders if wish.doctor in doctors)
    if wish.attitude is not Attitude.WANT:
        granted = not given
    elif wish.as_block:
        granted = bool(meant) and given == meant
    else:
        granted = bool(given)
    return WishReceipt(wish.id, wish.doctor, wish.attitude, granted, meant, given, holders)
