"""The pocket calculation: how each doctor's share came about, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.duty import Letter
from scheduler.fairness.closing import Settlement
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShare, ShareStep
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.targets import fair_part, off_aim
from scheduler.writing.fairness.words import difference, plain, unit
from scheduler.writing.share_lines import MeasureText, share_texts
from scheduler.writing.share_words import WORK, decimal


@dataclass(frozen=True, slots=True)
class MeasureCalculation:
    """The lines of one measure."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """One doctor's calculations."""

    doctor: str
    measures: tuple[MeasureCalculation, ...]


def calculations(report: FairnessReport) -> tuple[Calculation, ...]:
    """One for each doctor who has a share, in the doctors' order."""
    found = []
    for told in share_texts(report.problem, report.shares):
        own = []
        shares = [share for m in Measure if (share := report.shares.of(told.doctor, m))]
        for share, text in zip(shares, told.measures, strict=True):
            of = report.by_measure[share.measure]
            settled = next(one for one in of if one.doctor == told.doctor)
            lines = tuple(calculation(report, share, settled, text))
            own.append(MeasureCalculation(unit(share.measure).title, lines))
        if own:
            found.append(Calculation(report.names[told.doctor], tuple(own)))
    return tuple(found)


def calculation(
    report: FairnessReport, share: FairShare, settled: Settlement, text: MeasureText
) -> Iterator[str]:
    """From the demand to the new balance; every number can be reckoned again by hand.

    The steps and the aim are those of `rettvakt shares`; what the roster gave comes after.
    """
    measure = share.measure
    for step in {own.letter: own for own in share.steps}.values():
        yield _weight(step)
    yield from (f"{line}." for line in text.steps)
    if measure.total_is_known:
        yield f"{text.aim}."
    part = _part_of_worked(report, share, settled)
    if part and not measure.total_is_known:
        yield f"Alle har til sammen {part}."
    fair = fair_part(settled)
    if settled.carried and not measure.total_is_known:
        carried, sign = plain(measure, abs(settled.carried)), "+" if settled.carried < 0 else "−"
        yield (
            f"Saldo fra før {difference(measure, settled.opening)}; "
            f"{difference(measure, settled.carried)} jevnes ut. Mål {plain(measure, fair)} "
            f"{sign} {carried} = {plain(measure, fair - settled.carried)}."
        )
    worked = plain(measure, settled.worked)
    yield f"Har {worked} i vaktplanen: {difference(measure, off_aim(settled))} fra målet."
    if part and measure.total_is_known:
        yield f"Når perioden gjøres opp, har alle til sammen {part}."
    yield (
        f"Ny saldo: {plain(measure, settled.opening)} + ({worked} − "
        f"{plain(measure, settled.part)}) = {difference(measure, settled.closing)}."
    )


def _weight(step: ShareStep) -> str:
    """«Legevakt: vekt 1, del i 150 av 181 dager.» Which days, and why, is not told here."""
    ordered = step.letter is Letter.MUNICIPAL
    weight = decimal(step.weight, 4)
    what = f"{weight} timer i uka kan pålegges" if ordered else f"vekt {weight}"
    days = f"{step.available_days} av {step.days} dager"
    return f"{WORK[step.letter]}: {what}, del i {days}."


def _part_of_worked(report: FairnessReport, share: FairShare, settled: Settlement) -> str:
    """«476,5, mot 452,16 å dele: 18,57 × 476,5 / 452,16 = 19,57»; empty where both are equal."""
    measure = share.measure
    planned = sum((own.target for own in report.shares.pool(measure)), Fraction(0))
    total = sum(own.worked for own in report.by_measure[measure])
    if not planned or total == planned:
        return ""
    return (
        f"{plain(measure, total)}, mot {plain(measure, planned)} å dele: "
        f"{plain(measure, share.target)} × {plain(measure, total)} / {plain(measure, planned)} = "
        f"{plain(measure, settled.part)}"
    )
