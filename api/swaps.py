"""Takers, swaps and rings for a plan that has been read: the rules meet the engine here."""

from collections.abc import Sequence
from dataclasses import replace

from api.library import LoadedPlan
from constraints.fair_share import FairShare
from scheduler.changes.move import Hand, Move, moved
from scheduler.changes.trials import Trials
from scheduler.domain.roster import Provenance, Roster, Timetable
from scheduler.swaps.judge import Judge, Swap
from scheduler.swaps.rings import Rings, SwapOffer, rings
from scheduler.swaps.takers import Takers, takers
from scheduler.writing.phrases import duty_text


def judge_of(loaded: LoadedPlan, roster: Roster) -> Judge:
    """What judges changes of the roster; keep it for several questions about one roster."""
    fair = next(rule for rule in loaded.rules if isinstance(rule, FairShare))
    timetable = Timetable(loaded.problem, roster)
    return Judge(timetable, loaded.rules, fair.shares(loaded.problem), fair.worked_by)


def takers_of(judge: Judge, unit: str, giver: str | None = None) -> Takers:
    """Everybody who could or could not take a duty.

    Args:
        judge: `judge_of` the roster.
        unit: id of the duty or block.
        giver: who gives it away; if not given, the one who has it, unless it lacks a doctor.

    Raises:
        ValueError: there is no such unit, several have it, or the giver does not.
    """
    units, timetable = judge.timetable.problem.units, judge.timetable
    if unit not in units:
        raise ValueError(f"unit ({unit}) must be a duty or block of the plan")
    if giver is not None:
        if not judge.has((giver, unit)):
            raise ValueError(f"giver ({giver}) must have {unit}")
        return takers(judge, unit, giver)
    holders = timetable.doctors_on(units[unit][0].id)
    if timetable.missing(units[unit][0]) or not holders:
        return takers(judge, unit)
    if len(holders) > 1:
        raise ValueError(f"giver (None) must be one of {', '.join(holders)}")
    return takers(judge, unit, holders[0])


def swap_of(judge: Judge, give: Hand, *, take: Hand | None = None, to: str | None = None) -> Swap:
    """Judge a swap or a give-away.

    Args:
        judge: `judge_of` the roster.
        give: who gives which unit away.
        take: who gives which unit back for it.
        to: who takes it without giving anything back.

    Raises:
        ValueError: somebody gives what she does not have or gets what she has, or neither or
            both of `take` and `to` are given.
    """
    if (take is None) is (to is None):
        raise ValueError("give either take or to, not both and not neither")
    other = take[0] if take else str(to)
    for hand in (give, take) if take else (give,):
        if not judge.has(hand):
            raise ValueError(f"hand ({hand[0]}: {hand[1]}) must be in the roster")
    if other == give[0] or judge.has_some((other, give[1])):
        raise ValueError(f"other ({other}) must not have {give[1]} already")
    if take and judge.has_some((give[0], take[1])):
        raise ValueError(f"giver ({give[0]}) must not have {take[1]} already")
    if take:
        return judge.swap(Move((give, take), ((other, give[1]), (give[0], take[1]))))
    return judge.swap(Move((give,), ((other, give[1]),)))


def rings_of(
    loaded: LoadedPlan, judge: Judge, offers: Sequence[SwapOffer], *, priced: bool = True
) -> Rings:
    """All rings of two, three and four among the offers.

    Args:
        loaded: the plan.
        judge: `judge_of` a roster of it.
        offers: what doctors want to be rid of.
        priced: rank them by what they do to the whole plan too; that takes the model, which for
            a large plan takes seconds to build.
    """
    found = rings(judge, offers)
    if priced and found.rings:
        return rings(judge, offers, trials=Trials(judge.timetable, loaded.rules))
    return found


def changed(judge: Judge, swap: Swap) -> Roster:
    """The roster after the swap, which stands in its history.

    Who found the one before is kept; what was proven of that one is not.
    """
    was = judge.timetable.roster.provenance
    provenance = Provenance(
        rule_set=was.rule_set,
        solver=was.solver,
        seed=was.seed,
        history=(*was.history, _history_line(judge, swap)),
    )
    return replace(moved(judge.timetable, swap.move).roster, provenance=provenance)


def _history_line(judge: Judge, swap: Swap) -> str:
    """«Vaktbytte: Natt …: Kari Li → Ola By; Kveld …: Ola By → Kari Li.»"""
    problem = judge.timetable.problem
    names = problem.doctor_by_id
    told = (
        f"{duty_text(problem.units[unit][0])}: {names[giver].name} → {names[taker].name}"
        for unit, giver, taker in swap.handovers
    )
    return f"Vaktbytte: {'; '.join(told)}."
