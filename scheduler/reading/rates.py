"""The table of burden points: the rates in force, and rows that are doubled or without effect."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.points import (
    DEFAULT_RATES,
    NUMBER,
    ORDINARY,
    Column,
    HourClass,
    Rates,
    class_minutes,
    pieces,
    rounded,
)
from scheduler.reading.faults import Path
from scheduler.reading.findings import Findings
from scheduler.reading.parts.points import HourRate
from scheduler.reading.plan import Plan
from scheduler.reading.words import word

COLUMNS = ("on_site", "home", "backup")
_TITLES = {"on_site": "Tilstedevakt", "home": "Hjemmevakt", "backup": "Bakvakt"}
_FAR = 5  # agreed points so many times the table's, or a part so small, are of another scale


def hundredths(points: Fraction) -> int:
    """Points as whole hundredths."""
    return round(points * 100)


def general_rates(plan: Plan) -> Rates:
    """The rates of the rows without a pattern, and the defaults where they are silent."""
    return _changed(DEFAULT_RATES, plan, None)


def pattern_rates(plan: Plan, general: Rates) -> Mapping[str, Rates]:
    """The rates of the patterns that have rows of their own, by pattern id."""
    own = {row.pattern for row in plan.points if row.pattern is not None}
    return {pattern: _changed(general, plan, pattern) for pattern in sorted(own)}


def _changed(rates: Rates, plan: Plan, pattern: str | None) -> Rates:
    """The rates with one pattern's rows put in; of two rows for one class the first counts."""
    rows: dict[HourClass, HourRate] = {}
    for row in plan.points:
        if row.pattern == pattern:
            rows.setdefault(row.hours, row)
    columns: dict[str, Column] = {}
    for name in COLUMNS:
        given = {hours: getattr(row, name) for hours, row in rows.items()}
        columns[name] = tuple(
            old if given.get(hours) is None else hundredths(given[hours])
            for hours, old in zip(HourClass, getattr(rates, name), strict=True)
        )
    return replace(rates, **columns)


def check_rates(
    plan: Plan,
    kinds: Mapping[str, object],
    duties: Iterable[Duty],
    findings: Findings,
) -> None:
    """Tell of rows that stand twice, rows without effect, and points of two scales."""
    by_pattern: dict[str, list[Duty]] = {}
    for duty in duties:
        by_pattern.setdefault(duty.type.id, []).append(duty)
    general = general_rates(plan)
    seen: dict[tuple[HourClass, str | None], Path] = {}
    for number, row in enumerate(plan.points):
        path: Path = ("points", number)
        key = (row.hours, row.pattern)
        if key in seen:
            whose = f" for «{row.pattern}»" if row.pattern else ""
            findings.fault(
                (*path, "hours"),
                word(row.hours),
                f"Satsen{whose} står allerede ({findings.places.name(seen[key])}).",
                "Slett den ene raden.",
            )
            continue
        seen[key] = path
        if all(getattr(row, name) is None for name in COLUMNS):
            findings.remark(path, "Raden har ingen poeng og endrer ingenting.")
        elif row.pattern is None:
            _remark_never_dearest(row, path, general, findings)
        elif isinstance(kind := kinds.get(row.pattern), ShiftPattern):
            _remark_idle(row, path, kind, by_pattern.get(row.pattern, []), findings)
    _remark_two_scales(plan, kinds, by_pattern, findings)


def _remark_never_dearest(row: HourRate, path: Path, general: Rates, findings: Findings) -> None:
    """A special class lies on top of others, of which the dearest counts."""
    if row.hours in ORDINARY:
        return
    under = (HourClass.GREAT_HOLIDAY,) if row.hours is HourClass.EVE else ORDINARY
    for name in COLUMNS:
        column: Column = getattr(general, name)
        rate = column[NUMBER[row.hours]]
        default: Column = getattr(DEFAULT_RATES, name)
        if getattr(row, name) is None or rate == default[NUMBER[row.hours]]:
            continue
        if rate <= min(column[NUMBER[hours]] for hours in under):
            others = "høytid" if row.hours is HourClass.EVE else "dag, kveld og natt"
            findings.remark(
                (*path, name),
                f"Satsen for {word(row.hours)} er ikke høyere enn for {others}, som gjelder de "
                "samme timene. Den høyeste satsen teller, så denne har ingen virkning.",
            )


def _remark_idle(
    row: HourRate, path: Path, kind: ShiftPattern, duties: list[Duty], findings: Findings
) -> None:
    name = kind.column_name
    if kind.burden is not None:
        findings.remark(
            path, f"«{kind.name}» har avtalte poeng for hele vakten, så satsen blir ikke brukt."
        )
    elif getattr(row, name) is None:
        findings.remark(
            path,
            f"«{kind.name}» følger kolonnen «{_TITLES[name]}», som er tom her. Raden har ingen "
            "virkning.",
        )
    elif (
        row.hours in (*ORDINARY, HourClass.WEEKEND)  # holidays come and go from plan to plan
        and duties
        and not any(
            row.hours in classes for duty in duties for classes in class_minutes(duty.interval)
        )
    ):
        findings.remark(
            path, f"«{kind.name}» har ingen timer av slaget «{word(row.hours)}» i perioden."
        )


def _remark_two_scales(
    plan: Plan,
    kinds: Mapping[str, object],
    by_pattern: Mapping[str, list[Duty]],
    findings: Findings,
) -> None:
    """Agreed points for some patterns beside hours for others must be of the same size."""
    if all(own.burden is not None for own in plan.patterns):
        return
    for number, own in enumerate(plan.patterns):
        kind = kinds.get(own.id)
        duties = by_pattern.get(own.id)
        if not isinstance(kind, ShiftPattern) or not kind.burden or not duties:
            continue
        by_table = rounded(pieces(duties[0].interval, kind.column))
        if kind.burden * _FAR < by_table or by_table * _FAR < kind.burden:
            findings.remark(
                ("patterns", number, "burden"),
                f"«{own.name}» har avtalt {_shown(kind.burden)} poeng for en vakt, mens satsene "
                f"ville gitt {_shown(by_table)}. Andre vakttyper følger satsene, så kontroller at "
                "poengene er på samme skala: ett poeng er én time tilstedevakt på dagtid.",
            )


def _shown(burden: int) -> str:
    return f"{burden / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
