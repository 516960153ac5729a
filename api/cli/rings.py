"""`rettvakt rings`: swaps among two, three and four that make everybody's wish come true."""

from pathlib import Path

from api.cli.changing import (
    WrongAskedError,
    check_target,
    name_of,
    opened,
    refused,
    tell_swap,
    unit_text,
    write,
)
from api.cli.console import FINDINGS, OK, counted, out, plain
from api.cli.guard import reading
from api.offers import read_offers
from api.swaps import rings_of
from scheduler.engine import step_title
from scheduler.swaps.judge import Judge
from scheduler.swaps.rings import Ring, Rings, SwapOffer
from scheduler.writing.wording import number

_SHOWN = 20
_REFUSALS = 5
_MANY = {2: "to", 3: "tre", 4: "fire"}


def run(
    plan: Path, roster_file: Path, offers_file: Path, choose: int | None, target: Path | None
) -> int:
    """Tell the rings, and write the roster after one where asked; gives the exit code."""
    try:
        file = check_target(target)
        if (choose is None) is not (file is None):
            raise WrongAskedError(
                "--choose og --out hører sammen.", "Si både hvilken ring, og hvor den skal skrives."
            )
        loaded, judge = opened(plan, roster_file)
        with reading(offers_file):
            offers = read_offers(offers_file, judge)
        found = rings_of(loaded, judge, offers)
        if choose is not None and choose > len(found.rings):
            raise WrongAskedError(
                f"Ring {choose} finnes ikke.",
                f"Det er funnet {counted(len(found.rings), 'ring', 'ringer')}.",
            )
    except WrongAskedError as error:
        return refused(error)
    if choose is not None and file is not None:
        ring = found.rings[choose - 1]
        _tell_ring(judge, choose, ring)
        return write(loaded, judge, ring.swap, file)
    _tell(judge, found)
    return OK if found.rings else FINDINGS


def _tell(judge: Judge, found: Rings) -> None:
    if found.rings:
        most = "minst " if not found.complete else ""
        total = counted(len(found.rings), "lovlig ring", "lovlige ringer")
        out.print(f"[bold]{most}{total}[/] blant {len(found.offers)} byttetilbud.")
    else:
        out.print("[red]Ingen lovlig ring.[/]")
    for place, ring in enumerate(found.rings[:_SHOWN], start=1):
        out.print("")
        _tell_ring(judge, place, ring)
    if len(found.rings) > _SHOWN:
        out.print("")
        out.print(
            f"… og {len(found.rings) - _SHOWN} til, med flere leger eller dårligere for planen."
        )
    left = found.without()
    if left:
        out.print("")
        out.print("[bold]Uten noen ring[/]")
        for offer in left:
            _tell_without(judge, found, offer)
    if found.rings:
        out.print("")
        out.print(
            "Ingenting er endret. Med --choose NUMMER --out FIL får du vaktplanen etter byttet."
        )


def _tell_ring(judge: Judge, place: int, ring: Ring) -> None:
    out.print(f"[bold]{place}. {_MANY[ring.people].capitalize()} leger[/]")
    tell_swap(judge, ring.swap, brief=True)
    if ring.first is not None:
        change = ring.first
        better = "bedre" if change.after < change.before else "dårligere"
        before, after = (number(own / change.step.scale) for own in (change.before, change.after))
        title = step_title(change.step)
        out.print(
            f"    planen som helhet: {better}, «{plain(title)}» {before} → {after} "
            f"{change.step.unit}".rstrip()
        )
    elif ring.changes is not None:
        out.print("    planen som helhet: like god")


def _tell_without(judge: Judge, found: Rings, offer: SwapOffer) -> None:
    """Why nobody could take it in return: the rules, or that nobody would have it."""
    problem = judge.timetable.problem
    what = unit_text(problem.units[offer.unit])
    out.print(f"  {plain(name_of(problem, offer.doctor))}: {plain(what)}")
    own = [refusal for refusal in found.refusals if refusal.offer == offer]
    for refusal in own[:_REFUSALS]:
        out.print(
            f"    {plain(name_of(problem, refusal.by.doctor))} ville tatt den, men: "
            f"{plain(refusal.stop.sentence(judge.timetable))}"
        )
    if len(own) > _REFUSALS:
        out.print(f"    … og {counted(len(own) - _REFUSALS, 'lege', 'leger')} til.")
    willing = [o for o in found.offers if o.doctor != offer.doctor and o.takes(offer.unit)]
    if not willing:
        out.print("    Ingen av de andre har sagt at de kan ta den.")
    elif len(own) < len(willing):
        out.print(
            "    Noen kan ta den, men kjeden lar seg ikke slutte: ingen gir noe som passer igjen."
        )
