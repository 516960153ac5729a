"""Each municipality: what is its part, what its doctors carry, and its § 32 hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.problem import Municipality
from scheduler.fairness.measures import Measure
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.fairness.words import NONE, counted, difference, plain, shown
from scheduler.writing.phrases import listed
from scheduler.writing.wording import number

COLUMNS = (
    "Leger i vakt",
    "Poeng, rettferdig del",
    "Poeng legene bærer",
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
        doctors: how many owe shifts.
        part, carries, off: points that are its doctors' fair part, that they have, and the
            difference.
        each: points a doctor, as a mean.
        needed, voluntary, ordered: hours of § 32 work: asked for, by agreement or offer,
            beyond that.
        has, should: `carries` and `part` as numbers.
    """

    name: str
    doctors: int
    part: str
    carries: str
    off: str
    each: str
    needed: str
    voluntary: str
    ordered: str
    has: float
    should: float

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of COLUMNS."""
        return (
            str(self.doctors),
            self.part,
            self.carries,
            self.off,
            self.each,
            self.needed,
            self.voluntary,
            self.ordered,
        )


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
    by_key = any(s.municipality for share in report.shares.shares for s in share.steps)
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
    part, carries = sum(s.part for s in own), sum(s.worked for s in own)
    sharing = _sharing(report, towns)
    weeks = [week for week in report.order_weeks if home[week.doctor] in ids]
    points = Measure.POINTS
    return TownLine(
        listed(" ".join(town.name.split()) for town in towns),
        len(sharing),
        plain(points, part),
        plain(points, carries),
        difference(points, carries - part),
        plain(points, Fraction(carries, len(sharing))) if sharing else NONE,
        number(round(sum(report.needed_hours.get(town, 0.0) for town in sorted(ids)), 2)),
        number(round(sum(week.voluntary for week in weeks) / 60, 2)),
        number(round(sum(week.ordered for week in weeks) / 60, 2)),
        has=shown(points, carries),
        should=shown(points, part),
    )


def _orphans(report: FairnessReport) -> Iterator[str]:
    names = {town.id: " ".join(town.name.split()) for town in report.problem.municipalities}
    for orphan in report.shares.orphans:
        yield (
            f"{names[orphan.municipality]} har etter nøkkelen en del på "
            f"{counted(orphan.measure, orphan.demand)}, men ingen lege som kan ta den. Den er ikke "
            "lagt på de andre kommunene; avtal hvem som skal dekke den."
        )
