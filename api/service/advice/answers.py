"""Takers, swaps and rings of one roster, as much of them as the reader may know."""

from collections.abc import Sequence

from api.service.advice.desks import Desk
from api.service.advice.readers import Reader
from api.service.advice.shapes import (
    AccountsOut,
    EffectOut,
    FoundOut,
    HandIn,
    HandoverOut,
    JudgedOut,
    ObjectiveOut,
    RefusedOut,
    RingOut,
    RingsOut,
    SwapIn,
    SwapOut,
    TakerOut,
    TakersOut,
    UnitOut,
)
from api.service.errors import ForbiddenError, NotFoundError
from api.swaps import rings_of, takers_of
from scheduler.changes.move import Hand, Move
from scheduler.domain.duty import Duty
from scheduler.reading.faults import Fault, PlanError, meant, shown
from scheduler.swaps.judge import Swap
from scheduler.swaps.rings import SwapOffer, rings
from scheduler.swaps.takers import Takers
from scheduler.writing.phrases import listed


def duty_known(desk: Desk, duty: str) -> Duty:
    """The duty with this id.

    Raises:
        NotFoundError: the plan has none.
    """
    found = desk.loaded.problem.duty_by_id.get(duty)
    if found is None:
        raise NotFoundError
    return found


def holder_of(desk: Desk, unit: str, giver: str | None) -> str | None:
    """Who has a unit and would give it away; None where it lacks a doctor.

    Raises:
        PlanError: several have it and none is named, or the one who is named does not have it.
    """
    timetable = desk.timetable
    first = timetable.problem.units[unit][0]
    holders = timetable.doctors_on(first.id)
    if giver is not None:
        if not desk.judge.has((giver, unit)):
            has = f"Den har {listed([desk.names[d] for d in holders])}." if holders else ""
            remedy = has or "Vakten er udekket: spør uten «giver»."
            raise PlanError.of("giver", "Legen har ikke vakten.", remedy, shown(giver))
        return giver
    if timetable.missing(first) or not holders:
        return None
    if len(holders) > 1:
        names = listed([desk.names[own] for own in holders])
        raise PlanError.of(
            "giver", f"{names} har vakten sammen.", "Si hvem som skal byttes ut, med «giver»."
        )
    return holders[0]


def takers_told(
    desk: Desk, reader: Reader, duty: str, giver: str | None, *, objective: bool
) -> TakersOut:
    """Who could take a duty.

    A doctor is told of all others where she has the duty herself, by name and not by rank, since
    the rank follows the others' accounts; where she lacks it, of herself.

    Raises:
        NotFoundError: the plan has no such duty.
        PlanError: it is not clear who gives it away.
    """
    unit = duty_known(desk, duty).unit
    if reader.doctor and desk.judge.has((reader.doctor, unit)):
        giver = reader.doctor
    who = holder_of(desk, unit, giver)
    found = takers_of(desk.judge, unit, who)
    shown_takers = list(found.takers)
    if reader.doctor:
        if who != reader.doctor:
            shown_takers = [own for own in shown_takers if own.doctor == reader.doctor]
        shown_takers.sort(key=lambda own: (own.standing, desk.names[own.doctor]))
    priced = _priced(desk, found, unit) if objective and reader.keeper else {}
    return TakersOut(
        unit=UnitOut.of(desk.loaded.problem, unit),
        giver=who,
        kept=FoundOut.all(found.kept, desk, reader),
        takers=[TakerOut.of(own, desk, reader, priced.get(own.doctor)) for own in shown_takers],
    )


def _priced(desk: Desk, found: Takers, unit: str) -> dict[str, ObjectiveOut]:
    off: tuple[Hand, ...] = ((found.giver, unit),) if found.giver else ()
    return {
        own.doctor: objective_of(desk, Move(off, ((own.doctor, unit),))) for own in found.takers
    }


def objective_of(desk: Desk, move: Move) -> ObjectiveOut:
    """What a move does to the roster as a whole."""
    changes = desk.trials.changes(move)
    return ObjectiveOut.of(None if changes is None else desk.trials.all(changes))


def move_asked(desk: Desk, wanted: SwapIn) -> Move:
    """The swap that is meant.

    Raises:
        PlanError: with every fault: somebody gives what she does not have, gets what she has, or
            it is not said who gets it.
    """
    hands = [wanted.give, *([wanted.take] if wanted.take else []), *wanted.further]
    faults = []
    if (wanted.take is None) is (wanted.to is None):
        told = "Det må være enten «take» eller «to»."
        remedy = "Bruk «take» for et bytte, og «to» når ingenting gis igjen."
        faults.append(Fault("take", "", told, remedy))
    if wanted.further and wanted.take is None:
        remedy = "Si hvem som får den første vakten, med «take»."
        faults.append(Fault("further", "", "En ring må ha «take».", remedy))
    names = ["give", "take", *(f"further[{n}]" for n in range(len(wanted.further)))]
    places = names if wanted.take else ["give", *names[2:]]
    units = [_hand(desk, own, place, faults) for own, place in zip(hands, places, strict=True)]
    if wanted.to is not None and wanted.to not in desk.loaded.problem.doctor_by_id:
        remedy = meant(wanted.to, desk.loaded.problem.doctor_by_id) or "Bruk id-en fra planen."
        faults.append(Fault("to", shown(wanted.to), "Planen har ingen slik lege.", remedy))
    if faults:
        raise PlanError(faults)
    off = tuple((own.doctor, str(unit)) for own, unit in zip(hands, units, strict=True))
    receivers = [own.doctor for own in hands[1:]] + [wanted.give.doctor]
    if wanted.to is not None:
        receivers = [wanted.to]
    on = tuple((who, unit) for who, (_, unit) in zip(receivers, off, strict=True))
    _refuse_pointless(desk, off, on)
    return Move(off, on)


def _hand(desk: Desk, hand: HandIn, place: str, faults: list[Fault]) -> str | None:
    problem = desk.loaded.problem
    before = len(faults)
    if hand.doctor not in problem.doctor_by_id:
        remedy = meant(hand.doctor, problem.doctor_by_id) or "Bruk id-en fra planen."
        faults.append(
            Fault(f"{place}.doctor", shown(hand.doctor), "Planen har ingen slik lege.", remedy)
        )
    duty = problem.duty_by_id.get(hand.duty)
    if duty is None:
        remedy = meant(hand.duty, problem.duty_by_id) or "Bruk id-en fra vaktplanen."
        told = "Planen har ingen slik vakt eller økt."
        faults.append(Fault(f"{place}.duty", shown(hand.duty), told, remedy))
    if duty is None or len(faults) > before:
        return None
    if not desk.judge.has((hand.doctor, duty.unit)):
        told = f"{desk.names[hand.doctor]} har ikke denne vakten."
        remedy = "Hent vaktplanen på nytt, og se hvem som har den."
        faults.append(Fault(place, shown(hand.duty), told, remedy))
    return duty.unit


def _refuse_pointless(desk: Desk, off: Sequence[Hand], on: Sequence[Hand]) -> None:
    faults = []
    givers = [doctor for doctor, _ in off]
    if len(set(givers)) < len(givers) or any(
        giver == taker for (giver, _), (taker, _) in zip(off, on, strict=True)
    ):
        remedy = "La hver lege være med én gang."
        faults.append(Fault("give", "", "En lege kan ikke bytte med seg selv.", remedy))
    for doctor, unit in on:
        if (doctor, unit) not in off and desk.judge.has_some((doctor, unit)):
            told = f"{desk.names[doctor]} har alt denne vakten."
            faults.append(Fault("give", "", told, "Velg en annen lege eller en annen vakt."))
    if faults:
        raise PlanError(faults)


def swap_told(desk: Desk, reader: Reader, move: Move) -> SwapOut:
    """The verdict of a swap.

    Raises:
        ForbiddenError: a doctor asks about a swap that she has no part in.
    """
    if not reader.keeper and reader.doctor not in move.doctors:
        raise ForbiddenError(right="rosters:write")
    objective = objective_of(desk, move) if reader.keeper else None
    return swap_out(desk, reader, desk.judge.swap(move), objective)


def swap_out(
    desk: Desk, reader: Reader, swap: Swap, objective: ObjectiveOut | None = None
) -> SwapOut:
    """A swap that was judged, as the reader may know it."""
    problem = desk.loaded.problem
    return SwapOut(
        handovers=[
            HandoverOut(unit=UnitOut.of(problem, unit), giver=giver, taker=taker)
            for unit, giver, taker in swap.handovers
        ],
        judged=JudgedOut.of(swap.verdict, desk, reader),
        accounts=[
            AccountsOut(
                doctor=who,
                name=desk.names[who],
                effects=[EffectOut.of(own) for own in effects],
            )
            for who, effects in swap.effects.items()
            if reader.keeper or who == reader.doctor
        ],
        objective=objective,
    )


def rings_told(
    desk: Desk, reader: Reader, offers: Sequence[tuple[str | None, SwapOffer]], most: int
) -> RingsOut:
    """The rings among offers; for a doctor those that she is in.

    Args:
        desk: of the roster.
        reader: who asks.
        offers: with the ids of those that are stored. Each is of a unit that the doctor has.
        most: how many rings are told.
    """
    ids = {offer: own for own, offer in offers}
    plain = list(ids)
    if reader.keeper:
        found = rings_of(desk.loaded, desk.judge, plain, priced=False)
        if found.rings:
            found = rings(desk.judge, plain, trials=desk.trials)
    else:
        found = rings(desk.judge, plain)
    mine = [
        own
        for own in found.rings
        if reader.keeper or any(offer.doctor == reader.doctor for offer in own.offers)
    ]
    told = []
    for own in mine[:most]:
        objective = None
        if reader.keeper and own.changes is not None:
            objective = ObjectiveOut.of(desk.trials.all(own.changes))
        told.append(
            RingOut(
                offers=[ids[offer] for offer in own.offers],
                swap=swap_out(desk, reader, own.swap, objective),
            )
        )
    return RingsOut(
        offers=len(plain),
        rings=told,
        complete=found.complete and len(mine) <= most,
        refused=[
            RefusedOut(
                doctor=own.by.doctor,
                unit=UnitOut.of(desk.loaded.problem, own.offer.unit),
                found=FoundOut.all([own.stop], desk, reader)[0],
            )
            for own in (found.refusals[:most] if reader.keeper else ())
        ],
    )
