"""Whether the municipality's settings fit the parameters that the rules have."""

from collections.abc import Mapping
from typing import Any

from scheduler.reading.faults import Path, listed, meant, shown
from scheduler.reading.findings import Findings
from scheduler.reading.plan import Plan
from scheduler.rule import Parameter
from scheduler.units import in_full

Parameters = Mapping[str, tuple[Parameter, ...]]


def check_settings(plan: Plan, parameters: Parameters, findings: Findings) -> None:
    """Tell of unknown rules and parameters, fixed ones, and values out of range.

    Args:
        plan: the plan.
        parameters: rule id -> the rule's parameters.
        findings: where to tell.
    """
    for rule, chosen in plan.settings.items():
        path: Path = ("settings", rule)
        if rule not in parameters:
            hint = meant(rule, parameters) or "Se listen over regler."
            findings.fault(path, rule, "Regelen er ukjent.", f"{hint} Rett id-en, eller slett den.")
            continue
        by_name = {parameter.name: parameter for parameter in parameters[rule]}
        for name, value in chosen.items():
            here = (*path, name)
            if name not in by_name:
                hint = meant(name, by_name) or (
                    f"Regelen har {listed(by_name)}." if by_name else "Regelen har ingen."
                )
                findings.fault(
                    here, name, "Innstillingen er ukjent.", f"{hint} Rett navnet, eller slett den."
                )
            elif problem := _unfit(by_name[name], value):
                findings.fault(here, value, *problem)


def _unfit(parameter: Parameter, value: Any) -> tuple[str, str] | None:
    """What is wrong with the value and what to do, or None."""
    if parameter.fixed:
        if value == parameter.default:
            return None
        return (
            f"«{parameter.title}» er fastsatt og kan ikke endres ({_word(parameter.default)}).",
            "Slett innstillingen.",
        )
    if isinstance(parameter.default, dict) or isinstance(value, dict):
        return _unfit_table(parameter, value)
    return _unfit_value(parameter, parameter.default, value)


def _unfit_table(parameter: Parameter, value: Any) -> tuple[str, str] | None:
    default = parameter.default
    if not isinstance(default, dict):
        return f"«{parameter.title}» har bare én verdi.", "Oppgi verdien uten nøkkel."
    if not isinstance(value, dict):
        return f"«{parameter.title}» har flere verdier.", "Oppgi en nøkkel til hver verdi."
    for key, inner in value.items():
        known = {str(name): usual for name, usual in default.items()}
        if known and key not in known:
            hint = meant(key, known) or f"Velg mellom {listed(known)}."
            return f"Nøkkelen «{shown(key)}» er ukjent.", hint
        if problem := _unfit_value(parameter, known.get(key), inner):
            return problem
    return None


def _unfit_value(parameter: Parameter, default: Any, value: Any) -> tuple[str, str] | None:
    title = f"«{parameter.title}»"
    if value is None:
        return (f"{title} må ha en verdi.", "Oppgi en verdi.") if default is not None else None
    if parameter.choices:
        if value in parameter.choices:
            return None
        hint = meant(str(value), parameter.choices)
        return f"{title} kan ikke ha denne verdien.", (
            f"{hint} Velg mellom {listed(parameter.choices)}.".strip()
        )
    is_switch = isinstance(default, bool)
    if is_switch or isinstance(value, bool):
        if is_switch and isinstance(value, bool):
            return None
        return f"{title} har en verdi av feil slag.", (
            "Skriv ja eller nei." if is_switch else "Skriv et tall eller et ord."
        )
    if isinstance(default, str):
        return None if isinstance(value, str) else (f"{title} må være et ord.", "Skriv et ord.")
    if default is None and parameter.low is None and parameter.high is None:
        return None
    return _unfit_number(parameter, default, value)


def _unfit_number(parameter: Parameter, default: Any, value: Any) -> tuple[str, str] | None:
    title, unit = f"«{parameter.title}»", f" {in_full(parameter.unit)}" if parameter.unit else ""
    if isinstance(value, str):
        return f"{title} må være et tall.", f"Skriv et tall{f' ({unit.strip()})' if unit else ''}."
    if isinstance(default, int) and value != int(value):
        return f"{title} må være et helt tall.", "Skriv tallet uten desimaler."
    low, high = parameter.low, parameter.high
    if (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            limits = f"mellom {_word(low)} og {_word(high)}{unit}"
        else:
            limits = (
                f"minst {_word(low)}{unit}" if low is not None else f"høyst {_word(high)}{unit}"
            )
        return f"{title} må være {limits}.", "Rett tallet."
    return None


def _word(value: Any) -> str:
    """The value as a Norwegian writes it."""
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else shown(value)
