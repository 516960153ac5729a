"""What a wish asks for, how much of it can be refused, and what became of it in a roster.

A wish against several days is one wish a day, for each day can be refused by itself; a wish
as a block, and a wish for a duty, is one. So ten days in one row of the plan count as much
as ten rows of one day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.domain.time import local_day

FULL_WISHES = 4  # so many wishes of a doctor count in full; policy


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

    def found() -> tuple[Duty, ...]:
        return tuple(duty for duty in problem.duties_touching(wish.interval) if wish.means(duty))

    return problem.remembered(("duties meant", wish), found)


def parts(problem: Problem, wish: Wish) -> tuple[tuple[Duty, ...], ...]:
    """The duties of each thing that can be refused by itself, in order of time."""
    meant = duties_meant(problem, wish)
    if wish.attitude is Attitude.WANT or wish.as_block:
        return (meant,) if meant else ()
    days: dict[date, list[Duty]] = {}
    for duty in meant:
        # A night that began the day before the wish is refused on the wish's first day.
        first = max(duty.start, wish.interval.start)
        days.setdefault(local_day(first), []).append(duty)
    return tuple(map(tuple, days.values()))


def refused_parts(timetable: Timetable, wish: Wish) -> int:
    """How many of the wish's parts the roster refuses."""
    own = receipt(timetable, wish)
    if own.granted or wish.attitude is Attitude.WANT:
        return 0 if own.granted or not own.meant else 1
    given = set(own.given)
    return sum(any(duty.id in given for duty in part) for part in parts(timetable.problem, wish))


def refused_wishes(
    timetable: Timetable, full_wishes: int | None = FULL_WISHES
) -> Mapping[str, int]:
    """How many wishes each doctor was refused, in hundredths, for the ledger.

    Args:
        timetable: what was worked.
        full_wishes: a doctor with more wishes than this has them counted in proportion, so
            that a long list is not remembered as many refusals; None: every one counts.

    Returns:
        Every doctor of the problem, 0 where nothing was refused. «Kan ikke» that was given
        all the same is a refusal; a wish that means no duty is none.
    """
    problem = timetable.problem
    found = {}
    for doctor in problem.doctors:
        wishes = problem.wishes_of.get(doctor.id, ())
        refused = sum(refused_parts(timetable, wish) for wish in wishes)
        stated = sum(len(parts(problem, wish)) for wish in wishes)
        full = stated if full_wishes is None else min(full_wishes, stated)
        found[doctor.id] = floor(Fraction(100 * refused * full, stated)) if stated else 0
    return found


def wish_receipts(timetable: Timetable) -> tuple[WishReceipt, ...]:
    """One receipt for each wish, in the problem's order."""
    return tuple(receipt(timetable, wish) for wish in timetable.problem.wishes)


def receipt(timetable: Timetable, wish: Wish) -> WishReceipt:
    """Read from the roster what became of the wish."""
    meant = tuple([duty.id for duty in duties_meant(timetable.problem, wish)])
    crews, who = timetable.crews, wish.doctor
    holders = tuple([(duty, crews[duty]) for duty in meant])
    given = tuple([duty for duty, doctors in holders if who in doctors])
    if wish.attitude is not Attitude.WANT:
        granted = not given
    elif wish.as_block:
        granted = bool(meant) and given == meant
    else:
        granted = bool(given)
    return WishReceipt(wish.id, wish.doctor, wish.attitude, granted, meant, given, holders)
