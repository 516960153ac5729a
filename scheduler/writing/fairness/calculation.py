"""The pocket calculation: how each doctor's share came about, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.duty import Letter
from scheduler.fairness.closing import Settlement
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShare, ShareStep
from scheduler.writing.fairness.source import FairnessReport
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
    pool = report.shares.pool(measure)
    planned = sum((other.target for other in pool), Fraction(0))
    total = sum(own.worked for own in report.by_measure[measure])
    if planned and total != planned:
        yield (
            f"Vaktplanen har {counted(measure, total)} i alt, mot {plain(measure, planned)} i "
            f"regnestykket: {_product(measure, share.target, total, planned)} = "
            f"{plain(measure, settled.part)}."
        )
    if settled.carried:
        yield (
            f"Saldo fra før er {difference(measure, settled.opening)}, og av den jevnes "
            f"{difference(measure, settled.carried)} ut nå: målet blir "
            f"{plain(measure, settled.part - settled.carried)}."
        )
    yield (
        f"Har i vaktplanen: {plain(measure, settled.worked)}. Ny saldo: "
        f"{difference(measure, settled.opening)} + ({plain(measure, settled.worked)} − "
        f"{plain(measure, settled.part)}) = {difference(measure, settled.closing)}."
    )


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


def _product(measure: Measure, target: Fraction, total: int, planned: Fraction) -> str:
    return f"{plain(measure, target)} × {plain(measure, total)} / {plain(measure, planned)}"


def exact(value: Fraction) -> str:
    """«0,8287»: to the decimals that a pocket calculator needs."""
    return f"{float(value):.{EXACT}f}".rstrip("0").rstrip(".").replace(".", ",")
