"""The bokmål of prices: what a restriction costs whom, and how surely."""

from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, Interval, local_day
from scheduler.prices import Price, PriceList, Restriction, RestrictionKind
from scheduler.writing.phrases import counted, duty_text
from scheduler.writing.wording import number, short_day


def price_line(problem: Problem, price: Price, doctor: str | None = None) -> str:
    """«Ønsket «kan ikke» til Kari Li 17.05.2027 koster den tyngst belastede 0,4 poeng (bevist).»

    Args:
        problem: what the roster is for.
        price: what it costs.
        doctor: id of the one who bears it, where that may be told.
    """
    bearer = _name(problem, doctor) if doctor else "den tyngst belastede legen"
    return f"{what(problem, price.restriction)} koster {bearer} {_amount(price)}."


def price_note(prices: PriceList) -> str:
    """How many were looked at, how many cost nothing, and how many there was no time for."""
    if not prices.prices and not prices.left:
        return "Planen har ingen «kan ikke», låser eller egne grenser som kan prises."
    free = [own for own in prices.prices if not own.estimate]
    proven = sum(own.proven for own in free)
    found = [f"{counted(len(prices.prices), 'begrensning', 'begrensninger')} er vurdert"]
    if free:
        found.append(f"{len(free)} av dem ser ikke ut til å koste noe (bevist for {proven})")
    if prices.left:
        found.append(f"{prices.left} ble ikke vurdert på denne tiden")
    return (
        f"{'; '.join(found)}. Prisen er hvor mye mindre den tyngst belastede legen kunne hatt om "
        "begrensningen ble sluppet alene. Det som er en rett, er ikke priset."
    )


def _amount(price: Price) -> str:
    if price.proven:
        return f"{number(price.estimate)} poeng (bevist)"
    shown = f"{number(price.estimate)} poeng (anslag"
    return f"{shown}; mellom {number(price.low)} og {number(price.high)})"


def what(problem: Problem, own: Restriction) -> str:
    """«Låsen av Kari Li på Natt lørdag 27. mars 2027 kl. 23:00–08:00»."""
    who = _name(problem, own.doctor)
    if own.kind is RestrictionKind.WISH:
        return f"«Kan ikke» for {who} {_days(own.when)}".rstrip()
    if own.kind is RestrictionKind.LIMIT:
        return f"De avtalte grensene for {who}"
    if own.kind is RestrictionKind.PIN:
        kind = "Låsen av" if own.works else "Sperren mot"
        return f"{kind} {who} på {duty_text(problem.duty_by_id[own.duty or ''])}"
    return f"Regelen «{own.title}»"


def _days(when: Interval | None) -> str:
    if when is None:
        return ""
    first = local_day(when.start)
    last = max(first, local_day(when.end - DAY / 1440))
    return short_day(first) if first == last else f"{short_day(first)}–{short_day(last)}"


def _name(problem: Problem, doctor: str | None) -> str:
    found = problem.doctor_by_id.get(doctor or "")
    return " ".join(found.name.split()) if found else ""
