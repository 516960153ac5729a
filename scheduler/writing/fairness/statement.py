"""The first lines: how fair the roster is, and what is proven about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from statistics import median

from scheduler.certificate import WORST
from scheduler.domain.roster import LevelResult
from scheduler.fairness.measures import Measure
from scheduler.writing import certificate
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.targets import off_aim
from scheduler.writing.fairness.words import counted, difference, shown
from scheduler.writing.phrases import uncovered
from scheduler.writing.report.verdict import Fact
from scheduler.writing.wording import number

BY_HAND = (
    "Det følger ikke med noe bevis for hvor rettferdig planen er, for eksempel fordi den er satt "
    "opp for hånd. Tallene i rapporten gjelder likevel."
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody reads who reads nothing else.

    Attributes:
        sign: «Bevist», «Grense funnet», «Ikke bevist», «Uten bevis».
        sentence: what is proven.
        more: what else must be known.
    """

    sign: str
    sentence: str
    more: tuple[str, ...]
    facts: tuple[Fact, ...]


def statement(report: FairnessReport) -> Statement:
    """The proven bound, who is worst and best off, and the spread."""
    levels = report.provenance.levels
    step = next((own for own in levels if own.level == WORST), None)
    sentence, *others = certificate.statement(levels) or (BY_HAND,)
    return Statement(_sign(step), sentence, (*others, *_more(report)), _facts(report))


def _sign(step: LevelResult | None) -> str:
    if step is None or not isfinite(step.value):
        return "Uten bevis"
    if step.proven:
        return "Bevist"
    return "Grense funnet" if isfinite(step.bound) and step.bound > 0 else "Ikke bevist"


def _more(report: FairnessReport) -> list[str]:
    found = []
    lacking = uncovered(report.timetable)
    if lacking:
        found.append(
            f"{lacking[:1].upper()}{lacking[1:]} er uten lege. Det som ingen har, er ingens byrde, "
            "og er ikke med i noens resultat."
        )
    found += _tilt(report)
    if report.anonymous:
        found.append(
            "Legene har dekknavn, og ønsker, vaktuker og utregninger for den enkelte er utelatt."
        )
    return found


def _tilt(report: FairnessReport) -> Iterator[str]:
    """Why the doctors together have more, or less, than their aims; nothing if they do not."""
    points = Measure.POINTS
    own = [s for s in report.by_measure[points] if s.target is not None]
    tilt = sum((off_aim(s) for s in own), Fraction(0))
    carried = sum((s.carried for s in own), Fraction(0))
    orphaned = sum(orphan.demand for orphan in report.shares.orphans if orphan.measure is points)
    if not shown(points, tilt):
        return
    reasons = []
    if orphaned:
        reasons.append(f"{counted(points, orphaned)} hører til kommuner uten leger som kan ta dem")
    if carried:
        reasons.append(f"saldoene fra før er til sammen {difference(points, carried)}")
    if report.timetable.holes:
        reasons.append("noen vakter er uten lege")
    if reasons:
        more = "over" if tilt > 0 else "under"
        yield (
            f"Legene ligger til sammen {counted(points, abs(tilt))} {more} målene sine: "
            f"{', og '.join(reasons)}."
        )


def _facts(report: FairnessReport) -> tuple[Fact, ...]:
    own = [s for s in report.by_measure[Measure.POINTS] if s.target is not None]
    if not own:
        return ()
    own.sort(key=lambda s: (-off_aim(s), report.names[s.doctor]))
    worst, best = own[0], own[-1]
    far = median(abs(off_aim(s)) for s in own)
    points = Measure.POINTS
    total = sum(s.worked for s in report.by_measure[points])
    return (
        Fact(str(len(own)), "leger deler vaktene"),
        Fact(number(round(shown(points, total), 1)), "poeng i alt"),
        Fact(difference(points, off_aim(worst)), f"tyngst belastet: {report.names[worst.doctor]}"),
        Fact(difference(points, off_aim(best)), f"lettest belastet: {report.names[best.doctor]}"),
        Fact(counted(points, off_aim(worst) - off_aim(best)), "fra lettest til tyngst"),
        Fact(counted(points, far), "er det vanlige avviket (median)"),
    )
