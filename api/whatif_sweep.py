"""Sensitivity: one thing of a plan over several values, each solved with equal time.

A sweep is a comparison whose scenarios differ in one number. The values are solved in order,
in as many chains as there are cores; each starts from the roster of the value before it.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from api.library import LoadedPlan
from api.whatif import BASE, LoadedScenarios, understand
from api.whatif_comparing import compare
from api.whatif_solving import Search, Tell, solve_chains
from constraints.catalogue import parameters
from scheduler.reading.faults import PlanError, listed, meant
from scheduler.reading.values import UNSET
from scheduler.rule import Parameter
from scheduler.units import in_full
from scheduler.whatif.changes import (
    Change,
    DoctorsJoin,
    DoctorsLeave,
    OtherPattern,
    OtherSetting,
)
from scheduler.whatif.scenarios import Scenario, Scenarios
from scheduler.writing.comparison.source import Comparison
from scheduler.writing.comparison.sweep import Sweep
from scheduler.writing.wording import number

MOST = 24

Value = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Dial:
    """What is turned.

    Attributes:
        title: as the axis of the curve is called.
        current: the value of the plan as it is.
        change: the change that gives a value; None for the plan as it is.
    """

    title: str
    current: Value
    change: Callable[[Value], Change | None]


def dial_of(
    loaded: LoadedPlan, own_setting: str | None, municipality: str | None, pattern: str | None
) -> Dial:
    """The one thing that is turned.

    Raises:
        PlanError: none or several were given, or the plan does not have it.
    """
    given = [own for own in (own_setting, municipality, pattern) if own is not None]
    if len(given) != 1:
        raise PlanError.of(
            "Det som skal varieres",
            "Oppgi nøyaktig én ting å variere.",
            "Bruk --setting, --doctors eller --staffing.",
        )
    if own_setting is not None:
        return setting(loaded, own_setting)
    if municipality is not None:
        return doctors(loaded, municipality)
    return staffing(loaded, pattern or "")


def setting(loaded: LoadedPlan, name: str) -> Dial:
    """A parameter of a rule: «rule.parameter», or «rule.parameter.key» of a table.

    Raises:
        PlanError: there is no such setting.
    """
    rule, _, rest = name.partition(".")
    own, _, key = rest.partition(".")
    known = parameters()
    if rule not in known:
        raise _unknown("Regelen er ukjent.", rule, known, "Se «rettvakt rules».")
    by_name = {parameter.name: parameter for parameter in known[rule]}
    if not own:
        raise PlanError.of(
            "Det som skal varieres",
            "Det står ikke hvilken innstilling av regelen.",
            f"Skriv regel.innstilling, for eksempel {rule}.{next(iter(by_name), 'navn')}.",
            name,
        )
    if own not in by_name:
        raise _unknown("Innstillingen er ukjent.", own or name, by_name, "")
    parameter = by_name[own]
    value = loaded.plan.settings.get(rule, {}).get(own, parameter.default)
    table = isinstance(parameter.default, dict)
    if table:
        rows = {str(row): inner for row, inner in parameter.default.items()}
        rows |= value if isinstance(value, dict) else {}
        if not key or (parameter.default and key not in rows):
            raise _unknown(
                "Innstillingen har flere verdier.", key, rows, "Skriv regel.navn.nøkkel."
            )
        value = rows.get(key)

    def change(to: Value) -> Change | None:
        given: Any = {key: to} if table else to
        return OtherSetting(change="setting", rule=rule, parameter=own, value=given)

    return Dial(_title(parameter, key), value, change)


def _title(parameter: Parameter, key: str) -> str:
    unit = f" ({in_full(parameter.unit)})" if parameter.unit else ""
    return f"{parameter.title}{f', {key}' if key else ''}{unit}"


def doctors(loaded: LoadedPlan, municipality: str) -> Dial:
    """How many doctors a municipality has; those who come are specialists without a name.

    Those who go are the last ones of the municipality's list.

    Raises:
        PlanError: there is no such municipality.
    """
    towns = {town.id: town.name for town in loaded.plan.municipalities}
    if municipality not in towns:
        raise _unknown("Kommunen finnes ikke i planen.", municipality, towns, "")
    now = sum(doctor.municipality == municipality for doctor in loaded.plan.doctors)

    def change(to: Value) -> Change | None:
        wanted = _whole(to, "Antall leger")
        if wanted > now:
            return DoctorsJoin(
                change="doctors_join", municipality=municipality, number=wanted - now
            )
        if wanted < now:
            return DoctorsLeave(
                change="doctors_leave", municipality=municipality, number=now - wanted
            )
        return None

    return Dial(f"Leger i {towns[municipality]}", now, change)


def staffing(loaded: LoadedPlan, pattern: str) -> Dial:
    """How many doctors are on a pattern.

    Raises:
        PlanError: there is no such pattern.
    """
    known = {own.id: own for own in loaded.plan.patterns}
    if pattern not in known:
        raise _unknown("Vakttypen finnes ikke i planen.", pattern, known, "")

    def change(to: Value) -> Change | None:
        return OtherPattern(
            change="pattern", pattern=pattern, needed=_whole(to, "Antall leger på vakten")
        )

    return Dial(f"Leger på «{known[pattern].name}»", known[pattern].needed, change)


def _whole(value: Value, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 50:
        raise PlanError.of(
            "--values", f"{what} må være et helt tall fra 1 til 50.", "Rett verdien.", value
        )
    return value


def _unknown(problem: str, value: str, known: Any, more: str) -> PlanError:
    hint = meant(value, known) or (f"Velg mellom {listed(known)}." if known else "")
    return PlanError.of("Det som skal varieres", problem, f"{hint} {more}".strip(), value)


def scenarios(loaded: LoadedPlan, dial: Dial, values: Sequence[Value]) -> LoadedScenarios:
    """A scenario for each value that the plan does not have already.

    Raises:
        PlanError: too many values, or one that the plan cannot have.
    """
    own = [value for value in dict.fromkeys(values) if value != dial.current]
    if not own:
        raise PlanError.of(
            "--values", "Det er ingen andre verdier enn den planen har.", "Oppgi minst én til."
        )
    if len(own) > MOST:
        raise PlanError.of(
            "--values", f"Det er flere enn {MOST} verdier.", "Velg færre.", str(len(own))
        )
    made = []
    for place, value in enumerate(own):
        change = dial.change(value)
        made.append(
            Scenario(
                id=f"verdi-{place + 1}",
                name=word(value),
                changes=(change,) if change else (),
            )
        )
    # The limit of a file is for readers; a sweep may have more values than a memo has room for.
    file = Scenarios.model_construct(
        format="rettvakt-scenarios",
        version=1,
        title=f"{loaded.plan.title}: {dial.title}",
        question=None,
        plan="",
        base_name=f"{word(dial.current)} (i dag)",
        hourly_cost=(),
        scenarios=tuple(made),
    )
    return understand(file, folder=Path(), base=loaded)


def word(value: Value) -> str:
    """The value as a person writes it."""
    if value is None:
        return UNSET
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return number(value) if isinstance(value, int | float) else value


def sweep(
    loaded: LoadedPlan,
    dial: Dial,
    values: Sequence[Value],
    search: Search,
    *,
    anonymous: bool = False,
    tell: Tell = lambda _, __: None,
    stop: threading.Event | None = None,
) -> tuple[Sweep, Comparison]:
    """Solve the plan with each value, neighbours from one another.

    Raises:
        PlanError: a value that the plan cannot have.
        SearchError: a process died.
    """
    made = scenarios(loaded, dial, values)
    by_id: dict[str, Value] = {BASE: dial.current}
    own = [value for value in dict.fromkeys(values) if value != dial.current]
    by_id |= {f"verdi-{place + 1}": value for place, value in enumerate(own)}
    order = _in_order(by_id)
    length = ceil(len(order) / min(search.at_once, len(order)))
    chains = [order[start : start + length] for start in range(0, len(order), length)]
    solved = solve_chains(made.plans, chains, search, tell=tell, stop=stop)
    comparison = compare(made, solved, search, anonymous=anonymous)
    points = {alternative.id: alternative for alternative in comparison.alternatives}
    curve = Sweep(
        title=loaded.plan.title,
        axis=dial.title,
        values=tuple(by_id[scenario] for scenario in order),
        labels=tuple(word(by_id[scenario]) for scenario in order),
        alternatives=tuple(points[scenario] for scenario in order),
        current=order.index(BASE),
    )
    return curve, comparison


def _in_order(values: Mapping[str, Value]) -> list[str]:
    """Numbers by size, so that neighbours are alike; all else as it was given."""
    if all(isinstance(value, int | float) for value in values.values()):
        return sorted(values, key=lambda own: float(values[own] or 0))
    return list(values)
