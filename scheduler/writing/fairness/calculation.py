"""The pocket calculation: how each doctor's share came about, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.duty import Letter
from scheduler.fairness.closing import Settlement
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShare, ShareStep
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.targets import PLANNED, fair_part, off_aim
from scheduler.writing.fairness.words import counted, difference, plain, unit
from scheduler.writing.wording import LETTERS

EXACT = 4  # decimals of what is reckoned on with


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
    for doctor in report.problem.doctors:
        own = []
        for measure in Measure:
            share = report.shares.of(doctor.id, measure)
            settled = next((s for s in report.by_measure[measure] if s.doctor == doctor.id), None)
            if share is not None and settled is not None:
                lines = tuple(calculation(report, share, settled))
                own.append(MeasureCalculation(unit(measure).title, lines))
        if own:
            found.append(Calculation(report.names[doctor.id], tuple(own)))
    return tuple(found)


def calculation(report: FairnessReport, share: FairShare, settled: Settlement) -> Iterator[str]:
    """From the demand to the new balance; every number can be reckoned again by hand."""
    measure = share.measure
    for step in share.steps:
        yield _step(report, measure, step)
    if len(share.steps) > 1:
        yield f"Til sammen: {plain(measure, share.target)}."
    part = _part_of_worked(report, share, settled)
    if part and measure not in PLANNED:
        yield f"Alle har til sammen {part}."
    fair, opening = fair_part(settled), difference(measure, settled.opening)
    if settled.carried:
        carried = plain(measure, settled.carried)
        yield (
            f"Saldo fra før er {opening}, og {difference(measure, settled.carried)} jevnes ut nå. "
            f"Målet blir {plain(measure, fair)} − {_bracketed(carried)} = "
            f"{plain(measure, fair - settled.carried)}."
        )
    worked = plain(measure, settled.worked)
    yield f"Har {worked} i vaktplanen: {difference(measure, off_aim(settled))} fra målet."
    if part and measure in PLANNED:
        yield f"Når perioden gjøres opp, har alle til sammen {part}."
    yield (
        f"Ny saldo: {plain(measure, settled.opening)} + ({worked} − "
        f"{plain(measure, settled.part)}) = {difference(measure, settled.closing)}."
    )


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


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _step(report: FairnessReport, measure: Measure, step: ShareStep) -> str:
    """«Legevakt: 1240 poeng × (1 × 150/181 = 0,8287) / 21,4365 = 47,94.»"""
    what = LETTERS[step.letter] if step.letter is not Letter.MUNICIPAL else "kommunale oppgaver"
    town = next((m.name for m in report.problem.municipalities if m.id == step.municipality), "")
    quota = f" etter nøkkelen for {' '.join(town.split())}" if town else ""
    return (
        f"{what[:1].upper()}{what[1:]}{quota}: {counted(measure, step.demand)} å dele. "
        f"Egen vekt {exact(step.weight)} × {step.available_days} av {step.days} dager = "
        f"{exact(step.own)}; alles vekter til sammen {exact(step.total)}. "
        f"{plain(measure, step.demand)} × {exact(step.own)} / {exact(step.total)} = "
        f"{plain(measure, step.part)}."
    )


def exact(value: Fraction) -> str:
    """«0,8287»: to the decimals that a pocket calculator needs."""
    return f"{float(value):.{EXACT}f}".rstrip("0").rstrip(".").replace(".", ",")
