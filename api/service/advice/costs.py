"""What a roster costs each municipality, as far as anybody has said what things cost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from pydantic import Field

from api.rules import CONFIDENCE
from api.service.advice.desks import Desk
from api.service.advice.readers import Reader
from api.service.shapes import Shape
from api.whatif_judging import lost_minutes
from constraints.facts.orders import order_weeks
from constraints.municipal_cost import MunicipalCost
from scheduler.domain.duty import MunicipalDuty
from scheduler.domain.roster import Roster, Timetable
from scheduler.rule import Case, Confidence

_HOURLY = ("cost_other_task_specialist", "cost_other_task_other")
NOT_PRICED = (
    "Godtgjøringen for selve vaktene er ikke regnet med: Satsene i SFS 2305 pkt. 8.3 er ikke lest "
    "i avtalen. Timene over kan ganges med kommunens egne satser."
)


class CostRow(Shape):
    """One municipality: the hours of its own doctors, and the bill."""

    municipality: str
    name: str
    doctors: int
    on_site_hours: float = Field(description="Shifts on site of its doctors, wherever they are")
    home_hours: float = Field(description="Shifts at home")
    municipal_hours: float = Field(description="Other general-practice work of its doctors (§ 32)")
    ordered_hours: float = Field(description="Of them, beyond agreements and offers")
    lost_hours: float = Field(
        description="Agreed opening hours that duties and the rest after nights take. Absences are "
        "not looked at unless you keep the plan"
    )
    kroner: float | None = Field(description="By the rates in force; null: nothing has a price")
    sentence: str | None = Field(description="What the sum is made of, in bokmål, with its source")


class CostsOut(Shape):
    """What the roster costs."""

    version: int
    rows: list[CostRow] = Field(description="A manager sees the own municipality alone")
    own_rates: bool = Field(
        description="The municipality has set both hourly rates itself; else those of 2024 count"
    )
    confidence: str = Field(description="How surely the rates are known, in bokmål")
    not_priced: str = Field(description="What the sums leave out, in bokmål")

    @classmethod
    def of(cls, desk: Desk, reader: Reader, version: int) -> Self:
        """The bill of those municipalities that the reader sees."""
        timetable = desk.timetable if reader.keeper else _without_absences(desk.timetable)
        rule = next((own for own in desk.loaded.rules if isinstance(own, MunicipalCost)), None)
        chosen = timetable.problem.settings.get(MunicipalCost.id, {})
        own_rates = all(chosen.get(name) is not None for name in _HOURLY)
        read = MunicipalCost.citations[0].confidence  # of the agreement in which the rates stand
        sure = Confidence.POLICY if own_rates else read
        return cls(
            version=version,
            rows=_rows(desk, timetable, reader, rule),
            own_rates=own_rates,
            confidence=CONFIDENCE[sure],
            not_priced=NOT_PRICED,
        )


def _rows(
    desk: Desk, timetable: Timetable, reader: Reader, rule: MunicipalCost | None
) -> list[CostRow]:
    problem = timetable.problem
    lost = lost_minutes(timetable, desk.loaded.rules)
    ordered = Counter[str]()
    for week in order_weeks(timetable):
        ordered[week.doctor] += week.ordered
    bills: dict[str, Case] = {}
    for case in rule.check_roster(timetable) if rule else ():
        bills[str(case.fact("municipality"))] = case
    found = []
    for town in problem.municipalities:
        if reader.municipality and town.id != reader.municipality:
            continue
        own = [doctor.id for doctor in problem.doctors if doctor.municipality == town.id]
        duties = [duty for who in own for duty in timetable.duties_of(who)]
        shifts = [duty for duty in duties if not isinstance(duty.type, MunicipalDuty)]
        bill = bills.get(town.id)
        found.append(
            CostRow(
                municipality=town.id,
                name=town.name,
                doctors=len(own),
                on_site_hours=_hours(duty.minutes for duty in shifts if not duty.is_home),
                home_hours=_hours(duty.minutes for duty in shifts if duty.is_home),
                municipal_hours=_hours(
                    duty.minutes for duty in duties if isinstance(duty.type, MunicipalDuty)
                ),
                ordered_hours=_hours(ordered[who] for who in own),
                lost_hours=_hours(lost[who] for who in own),
                kroner=bill.measured if bill else None,
                sentence=rule.explain(problem, bill) if rule and bill else None,
            )
        )
    return found


def _hours(minutes: Iterable[int]) -> float:
    return round(sum(minutes) / 60, 2)


def _without_absences(timetable: Timetable) -> Timetable:
    """The same work in a plan that says of nobody when they are away.

    Opening hours that a doctor is away from cost nothing; the difference would tell of it.
    """
    problem = replace(timetable.problem, absences=())
    return Timetable(problem, Roster.of(problem, timetable.roster.assignments))
