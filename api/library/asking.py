"""Why: holes, plans without a roster, assignments and totals."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from api.library.plans import LoadedPlan
from scheduler.domain.roster import Roster, Timetable

if TYPE_CHECKING:
    from api.explaining_texts import AssignmentText, DoctorText, Explanation


def why_hole(
    loaded: LoadedPlan,
    roster: Roster,
    duty: str,
    *,
    ways: bool = True,
    seconds: float = 60.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why a duty lacks a doctor: the smallest conflict, proven, and the ways out, each proven.

    For the coordinator: the sentences name exemptions and absences.

    Args:
        loaded: the plan.
        roster: any roster of it.
        duty: id of a duty that lacks a doctor in it.
        ways: also look for ways out.
        seconds: wall time of one proof at most.
        stop: set it to end early.

    Raises:
        KeyError: the plan has no such duty.
        ValueError: the duty lacks no doctor.
    """
    from api.explaining import Effort, Why

    why = Why(loaded.problem, loaded.rules, Effort(seconds, stop=stop))
    return why.hole(roster, loaded.problem.duty_by_id[duty], ways=ways)


def why_not(
    loaded: LoadedPlan,
    roster: Roster,
    duty: str,
    doctor: str,
    *,
    seconds: float = 60.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why one doctor does not have a duty: what stands in the way, whoever has it now.

    Args:
        loaded: the plan.
        roster: any roster of it.
        duty: id.
        doctor: id of somebody who does not have the duty.
        seconds: wall time of one proof at most.
        stop: set it to end early.

    Raises:
        KeyError: the plan has no such duty.
        ValueError: the doctor has it.
    """
    from api.explaining import Effort, Why

    why = Why(loaded.problem, loaded.rules, Effort(seconds, stop=stop))
    return why.hand(roster, loaded.problem.duty_by_id[duty], doctor)


def why_impossible(
    loaded: LoadedPlan,
    *,
    ways: bool = True,
    seconds: float = 60.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Why a plan has no roster at all: which pins, limits and rules contradict each other.

    Args:
        loaded: the plan.
        ways: also look for what to let go.
        seconds: wall time of one proof at most.
        stop: set it to end early.
    """
    from api.explaining import Effort, Why

    return Why(loaded.problem, loaded.rules, Effort(seconds, stop=stop)).impossible(ways=ways)


def why_assignment(
    loaded: LoadedPlan,
    roster: Roster,
    duty: str,
    doctor: str | None = None,
    *,
    holder: str | None = None,
    seconds: float = 20.0,
    seed: int = 1,
    workers: int | None = None,
    stop: threading.Event | None = None,
) -> AssignmentText:
    """Why this doctor has a duty and not that one, and what the plan would be with the other.

    Args:
        loaded: the plan.
        roster: any roster of it.
        duty: id of a duty that somebody has.
        doctor: id of the one other doctor who is asked about; None for everybody else.
        holder: id of the one whose duty it is; the first on it if not given.
        seconds: of all searches together.
        seed: of the searches.
        workers: threads of the searches.
        stop: set it to end early.

    Raises:
        KeyError: the plan has no such duty.
        ValueError: nobody has it, the holder does not, or the other doctor has it already.
    """
    from api.explaining import Effort, Why

    on_duty = Timetable(loaded.problem, roster).doctors_on(duty)
    if holder is None and on_duty:
        holder = on_duty[0]
    if holder not in on_duty or doctor in on_duty:
        raise ValueError(f"duty ({duty}) must be the holder's ({holder}) and not {doctor}'s")
    why = Why(loaded.problem, loaded.rules, Effort(seconds, seed, workers, stop))
    return why.assignment(roster, loaded.problem.duty_by_id[duty], holder, doctor)


def why_doctor(loaded: LoadedPlan, roster: Roster, doctor: str) -> DoctorText:
    """What drives one doctor's total in a roster.

    Raises:
        KeyError: the plan has no such doctor.
    """
    from api.explaining_totals import total

    own = loaded.problem.doctor_by_id[doctor]
    return total(Timetable(loaded.problem, roster), loaded.rules, own)
