"""Each municipality: what is its part, what its doctors carry, and its § 32 hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.problem import Municipality
from scheduler.fairness.measures import Measure
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.targets import fair_part
from scheduler.writing.fairness.words import NONE, counted, difference, plain, shown
from scheduler.writing.phrases import listed
from scheduler.writing.wording import LETTERS, number

COLUMNS = (
    "Leger i vakt",
    "Kommunens andel, poeng",
    "Legene har, poeng",
    "Avvik",
    "Poeng per lege",
    "Timer § 32 i planen",
    "Frivillig utført",
    "Pålagt",
)
FEWEST = 3  # doctors in a row of an anonymous report


@dataclass(frozen=True, slots=True)
class TownLine:
    """One municipality, or several that are told of together.

    Attributes:
        cells: as printed, in the order of COLUMNS: doctors who owe shifts; points that are its
            part (by the key, or the sum of its doctors' parts), that its doctors have, the
            difference, and a doctor's mean; hours of § 32 work that the plan asks for, that
            were done by agreement or offer, and that were ordered.
        values: the same as numbers; None where there is none.
        text: part and burden in short, for the chart.
    """

    name: str
    cells: tuple[str, ...]
    values: tuple[float | None, ...]
    has: float
    should: float
    text: str


@dataclass(frozen=True, slots=True)
class TownPart:
    """All municipalities.

    Attributes:
        by_key: a key divides between them before their doctors share.
        orphans: sentences about parts that no doctor of the municipality can work.
    """

    by_key: bool
    told: str
    lines: tuple[TownLine, ...]
    orphans: tuple[str, ...]
    columns: tuple[str, ...] = COLUMNS


def town_part(report: FairnessReport) -> TownPart:
    """One line a municipality; in an anonymous report small ones are put together."""
    lines = tuple(_line(report, towns) for towns in _groups(report))
    by_key = any(s.quota for share in report.shares.shares for s in share.steps)
    by_key = by_key or bool(report.shares.orphans)
    told = (
        "Vaktene er først delt mellom kommunene etter nøkkelen, og så mellom legene i hver kommune."
        if by_key
        else "Alle legene deler vaktene i én felles gruppe; ingen nøkkel deler mellom kommunene."
    )
    return TownPart(by_key, told, lines, tuple(_orphans(report)))


def _groups(report: FairnessReport) -> list[tuple[Municipality, ...]]:
    towns = report.problem.municipalities
    if not report.anonymous:
        return [(town,) for town in towns]
    alone = [(town,) for town in towns if len(_sharing(report, (town,))) >= FEWEST]
    small = [town for town in towns if (town,) not in alone]
    while small and alone and len(_sharing(report, small)) < FEWEST:
        joined = min(alone, key=lambda own: len(_sharing(report, own)))
        alone.remove(joined)
        small = [town for town in towns if town in small or town in joined]
    return [*alone, *([tuple(small)] if small else [])]


def _sharing(report: FairnessReport, towns: Sequence[Municipality]) -> list[str]:
    ids = {town.id for town in towns}
    return [
        share.doctor
        for share in report.shares.pool(Measure.POINTS)
        if report.problem.doctor_by_id[share.doctor].municipality in ids
    ]


def _line(report: FairnessReport, towns: Sequence[Municipality]) -> TownLine:
    ids = {town.id for town in towns}
    home = {doctor.id: doctor.municipality for doctor in report.problem.doctors}
    own = [s for s in report.by_measure[Measure.POINTS] if home[s.doctor] in ids]
    part = sum((fair_part(s) for s in own), Fraction(0)) + sum(
        orphan.demand
        for orphan in report.shares.orphans
        if orphan.measure is Measure.POINTS and orphan.municipality in ids
    )
    carries = sum(s.worked for s in own)
    sharing = _sharing(report, towns)
    weeks = [week for week in report.order_weeks if home[week.doctor] in ids]
    points = Measure.POINTS
    each = Fraction(carries, len(sharing)) if sharing else None
    hours = (
        sum(report.needed_hours.get(town, 0.0) for town in sorted(ids)),
        sum(week.voluntary for week in weeks) / 60,
        sum(week.ordered for week in weeks) / 60,
    )
    return TownLine(
        listed(" ".join(town.name.split()) for town in towns),
        (
            str(len(sharing)),
            plain(points, part),
            plain(points, carries),
            difference(points, carries - part),
            NONE if each is None else plain(points, each),
            *(number(round(value, 2)) for value in hours),
        ),
        (
            len(sharing),
            shown(points, part),
            shown(points, carries),
            shown(points, carries - part),
            None if each is None else shown(points, each),
            *(round(value, 2) for value in hours),
        ),
        has=shown(points, carries),
        should=shown(points, part),
        text=f"{plain(points, carries)} / {plain(points, part)} "
        f"({difference(points, carries - part)})",
    )


def _orphans(report: FairnessReport) -> Iterator[str]:
    names = {town.id: " ".join(town.name.split()) for town in report.problem.municipalities}
    for orphan in report.shares.orphans:
        yield (
            f"{names[orphan.municipality]} har etter nøkkelen en andel på "
            f"{counted(orphan.measure, orphan.demand)} av {LETTERS[orphan.letter]}, men ingen lege "
            "som kan ta den. Den er ikke lagt på de andre kommunene; avtal hvem som skal dekke den."
        )
