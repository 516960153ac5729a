"""What each doctor has of each measure beside what the doctor should have, and the balance."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.fairness.closing import Settlement
from scheduler.fairness.measures import Measure
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.words import NONE, counted, difference, plain, shown, unit
from scheduler.writing.phrases import listed

COLUMNS = (
    "Har",
    "Rettferdig andel",
    "Fra saldo",
    "Mål",
    "Avvik",
    "Saldo før",
    "Endring",
    "Saldo etter",
)
NOTE = (
    "Saldoen endres med det legen har, minus legens andel av det alle faktisk har i vaktplanen. "
    "Lukkes perioden i vaktkontoen, blir også noe av de gamle saldoene avskrevet. "
    "Regnestykket står under «Slik er andelen din regnet ut»."
)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One doctor in one measure, as printed and as drawn.

    Attributes:
        result: what the doctor has; `part`: the fair part.
        carried: what the balance from before takes off (+) or puts on (-) in this period.
        aim: the part less what is carried; `off`: how far the result is from it.
        opening, change, closing: the balance before, what the period adds, and after.
        has, should, before, after: result, aim, opening, closing as numbers.
        values: all of them as numbers, in the order of COLUMNS.
    """

    doctor: str
    result: str
    part: str
    carried: str
    aim: str
    off: str
    opening: str
    change: str
    closing: str
    has: float
    should: float
    before: float
    after: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """One measure.

    Attributes:
        told: the chart of targets in one or two sentences.
        balances_told: the chart of balances in a sentence; empty where no balance is known
            from before and the chart would show the same as the first.
        lines: those with a share, the most over their aim first.
        outside: who has worked without owing a share; empty if nobody has.
        note: why the balance changes by something else than result less part; or empty.
    """

    slug: str
    title: str
    many: str
    meaning: str
    told: str
    balances_told: str
    lines: tuple[TargetLine, ...]
    outside: str
    note: str


def measure_parts(report: FairnessReport) -> tuple[MeasurePart, ...]:
    """One part for each measure of which somebody owes a share."""
    parts = (_part(report, measure) for measure in Measure)
    return tuple(part for part in parts if part.lines)


def fair_part(own: Settlement) -> Fraction:
    """What the roster aimed at before balances: of the plan, or of what all have.

    Of weekends and great holidays, and of what is ordered, nobody knows beforehand how much
    there will be to share.
    """
    known = own.target is not None and own.measure.total_is_known
    return own.target if known and own.target is not None else own.part


def off_aim(own: Settlement) -> Fraction:
    """How far the result is from the fair part less what is carried."""
    return own.worked - fair_part(own) + own.carried


def _part(report: FairnessReport, measure: Measure) -> MeasurePart:
    inside = [own for own in report.by_measure[measure] if own.target is not None]
    inside.sort(key=lambda own: (-off_aim(own), report.names[own.doctor]))
    own_unit = unit(measure)
    return MeasurePart(
        own_unit.slug,
        own_unit.title,
        own_unit.many,
        own_unit.meaning,
        _told(report, inside),
        _balances_told(report, inside),
        tuple(_line(report, own) for own in inside),
        _outside(report, measure),
        NOTE if any(fair_part(own) != own.part for own in inside) else "",
    )


def _outside(report: FairnessReport, measure: Measure) -> str:
    """«Uten å skylde noen andel: Kari 2,5 poeng og Ola 1 poeng.»"""
    found = [own for own in report.by_measure[measure] if own.target is None and own.worked]
    told = listed(f"{report.names[own.doctor]} {counted(measure, own.worked)}" for own in found)
    return f"Uten å skylde noen andel: {told}." if told else ""


def _line(report: FairnessReport, own: Settlement) -> TargetLine:
    measure = own.measure
    aim, off = fair_part(own) - own.carried, off_aim(own)
    return TargetLine(
        report.names[own.doctor],
        plain(measure, own.worked),
        plain(measure, fair_part(own)),
        difference(measure, -own.carried) if own.carried else NONE,
        plain(measure, aim),
        difference(measure, off),
        difference(measure, own.opening),
        difference(measure, own.change),
        difference(measure, own.closing),
        has=shown(measure, own.worked),
        should=shown(measure, aim),
        before=shown(measure, own.opening),
        after=shown(measure, own.closing),
        values=tuple(
            shown(measure, value)
            for value in (
                own.worked,
                fair_part(own),
                -own.carried,
                aim,
                off,
                own.opening,
                own.change,
                own.closing,
            )
        ),
    )


def _told(report: FairnessReport, inside: list[Settlement]) -> str:
    """«Kari er mest over målet, 1,5 poeng. Ola er lengst under, 2 poeng.»"""
    if not inside:
        return ""
    measure = inside[0].measure
    most, least = off_aim(inside[0]), off_aim(inside[-1])
    if most == least == 0:
        return "Alle har akkurat det de skal."
    sentences = []
    if most > 0:
        who = _who(report, [own for own in inside if off_aim(own) == most])
        sentences.append(f"Mest over målet: {who}, {counted(measure, most)}.")
    if least < 0:
        who = _who(report, [own for own in inside if off_aim(own) == least])
        sentences.append(f"Lengst under målet: {who}, {counted(measure, -least)}.")
    return " ".join(sentences)


def _balances_told(report: FairnessReport, inside: list[Settlement]) -> str:
    if not any(own.opening for own in inside):
        return ""
    measure = inside[0].measure
    before = max(abs(own.opening) for own in inside)
    after = max(abs(own.closing) for own in inside)
    return (
        f"Største saldo, uansett retning, går fra {plain(measure, before)} til "
        f"{counted(measure, after)}."
    )


def _who(report: FairnessReport, own: list[Settlement]) -> str:
    names = [report.names[one.doctor] for one in own]
    if len(names) > 3:
        return f"{names[0]} og {len(names) - 1} andre"
    return listed(names)
