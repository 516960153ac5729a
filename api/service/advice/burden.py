"""Who bears what beside the fair share of it: rows by name where they may be, else a spread."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from statistics import median
from typing import Any, Self

from pydantic import Field

from api.service.advice.desks import Desk
from api.service.advice.readers import Reader
from api.service.advice.shapes import UNITS
from api.service.crowd import tells_of_one
from api.service.shapes import Shape
from scheduler.fairness.measures import Measure
from scheduler.writing.share_document import as_plain
from scheduler.writing.share_lines import HOW, share_texts, sum_lines


class MeasureOut(Shape):
    """One doctor's account of one measure."""

    measure: Measure
    unit: str
    value: float = Field(description="What the doctor has in the roster")
    share: float | None = Field(description="The fair share; null: has no part in it")
    carried: float | None = Field(description="What balances of earlier periods take off (+)")
    aim: float | None = Field(description="Share less what is carried")
    over: float | None = Field(description="Value less aim; negative: under")


class BurdenRow(Shape):
    """One doctor's accounts."""

    doctor: str
    name: str
    municipality: str
    duties: int
    measures: list[MeasureOut]


class SpreadOut(Shape):
    """How one measure is spread over all doctors, without names."""

    measure: Measure
    unit: str
    doctors: int = Field(description="Who has a part in it")
    total: float
    least: float | None = Field(
        description="Null, like all below, where it would tell you of single doctors"
    )
    middle: float | None
    most: float | None
    least_over: float | None = Field(description="Over the aim; negative: under")
    middle_over: float | None
    most_over: float | None


class BurdenOut(Shape):
    """Who bears what."""

    version: int
    rows: list[BurdenRow] = Field(
        description="Everybody for those who see drafts, the own row for a doctor, those of the "
        "own municipality for a manager"
    )
    spread: list[SpreadOut] = Field(description="Of all doctors")


class ShareLines(Shape):
    """One measure of one doctor, reckoned step by step in bokmål."""

    title: str
    steps: list[str]
    aim: str


class ShareRow(Shape):
    """One doctor's fair share, step by step."""

    doctor: str
    name: str
    days: list[str] = Field(
        description="The days for which a share is owed; never why not. Empty if not for you"
    )
    measures: list[ShareLines]
    values: list[dict[str, Any]] = Field(description="The same numbers for a program")


class SharesOut(Shape):
    """The pocket calculation."""

    how: str
    rows: list[ShareRow]
    totals: list[str] = Field(description="What is shared, and by how many")

    @classmethod
    def of(cls, desk: Desk, reader: Reader) -> Self:
        """The calculation of those whom the reader sees."""
        problem = desk.loaded.problem
        shares = desk.fair.shares(problem)
        seen = set(reader.rows(problem, all_names=True))
        plain = as_plain(problem, shares)
        rows = [
            ShareRow(
                doctor=text.doctor,
                name=text.name,
                days=list(text.days) if reader.may_all(text.doctor) else [],
                measures=[
                    ShareLines(title=own.title, steps=list(own.steps), aim=own.aim)
                    for own in text.measures
                ],
                values=[
                    own if reader.may_all(text.doctor) else _without_lost(own)
                    for own in plain
                    if own["doctor"] == text.doctor
                ],
            )
            for text in share_texts(problem, shares)
            if text.doctor in seen
        ]
        return cls(how=HOW, rows=rows, totals=list(sum_lines(problem, shares)))


def _without_lost(values: dict[str, Any]) -> dict[str, Any]:
    """When somebody was away is between the doctor and who keeps the plan."""
    steps = [{**own, "lost": []} for own in values["steps"]]
    return {**values, "steps": steps}


def burden_told(desk: Desk, reader: Reader, version: int) -> BurdenOut:
    """The accounts of those whom the reader sees, and the spread of all."""
    problem = desk.loaded.problem
    rows = {own.id: _row(desk, own.id) for own in problem.doctors}
    named = reader.rows(problem, all_names=True)
    return BurdenOut(
        version=version,
        rows=[rows[who] for who in named],
        spread=[_spread(measure, rows, named) for measure in Measure],
    )


def _row(desk: Desk, doctor: str) -> BurdenRow:
    problem = desk.loaded.problem
    carried = desk.fair.shares(problem)
    found = []
    for own in desk.effects[doctor]:
        scale = own.measure.scale
        share = carried.of(doctor, own.measure)
        off = share.carried if share else None
        aim = own.aim
        found.append(
            MeasureOut(
                measure=own.measure,
                unit=UNITS[own.measure],
                value=own.before / scale,
                share=None if aim is None or off is None else _shown(aim + off, scale),
                carried=None if off is None else _shown(off, scale),
                aim=None if aim is None else _shown(aim, scale),
                over=None if aim is None else _shown(own.before - aim, scale),
            )
        )
    who = problem.doctor_by_id[doctor]
    return BurdenRow(
        doctor=doctor,
        name=desk.names[doctor],
        municipality=who.municipality,
        duties=len(desk.timetable.duties_of(doctor)),
        measures=found,
    )


def _shown(value: Fraction, scale: int) -> float:
    return round(float(value / scale), 2)


def _spread(measure: Measure, rows: Mapping[str, BurdenRow], named: Collection[str]) -> SpreadOut:
    own = {who: next(m for m in row.measures if m.measure is measure) for who, row in rows.items()}
    taking = {who: (m.value, m.over) for who, m in own.items() if m.over is not None}
    values = sorted(value for value, _ in taking.values())
    over = sorted(over for _, over in taking.values())
    told = bool(taking) and not tells_of_one(len(taking), len(taking.keys() - set(named)))
    return SpreadOut(
        measure=measure,
        unit=UNITS[measure],
        doctors=len(taking),
        total=round(sum(m.value for m in own.values()), 2),
        least=values[0] if told else None,
        middle=round(median(values), 2) if told else None,
        most=values[-1] if told else None,
        least_over=over[0] if told else None,
        middle_over=round(median(over), 2) if told else None,
        most_over=over[-1] if told else None,
    )
