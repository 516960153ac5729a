"""What the figures say, in sentences for people who do not make rosters."""

from collections.abc import Iterator

from scheduler.whatif.gap import Verdict
from scheduler.writing.comparison.measures import (
    Measure,
    amount,
    by_key,
    signed,
    verdict,
    withheld,
)
from scheduler.writing.comparison.source import Alternative, Comparison, Figures
from scheduler.writing.phrases import counted, listed
from scheduler.writing.wording import number

_LITTLE = 0.05  # hours: less than is shown
_WEIGHED = ("cover", "ordered_hours", "worst")
_WHAT = {
    "cover": "dekningen",
    "ordered_hours": "antall pålagte timer",
    "worst": "hvor langt den hardest rammede ligger over sin andel",
}


def in_short(comparison: Comparison) -> tuple[str, ...]:
    """Three to five sentences: the answer."""
    return tuple(_in_short(comparison))


def _in_short(comparison: Comparison) -> Iterator[str]:
    solved = [own for own in comparison.alternatives if own.figures]
    if len(solved) < len(comparison.alternatives):
        names = [_quoted(own) for own in comparison.alternatives if not own.figures]
        yield f"For {listed(names)} ble det ikke funnet noen lovlig vaktplan."
    if not solved:
        return
    yield _cover(solved)
    if comparison.base.figures is None:
        return
    yield from _burden(comparison.base.figures, comparison.others)
    yield from _ordered(comparison.base.figures, comparison.others)
    yield from _price(comparison.base.figures, comparison.others)
    yield from _meaningless(comparison.base.figures, comparison.others)


def _cover(solved: list[Alternative]) -> str:
    lacking = [own for own in solved if own.figures and own.figures.holes]
    if not lacking:
        return (
            "Hver vakt er dekket i alle alternativene."
            if len(solved) > 2
            else "Hver vakt er dekket i begge alternativene."
            if len(solved) == 2
            else f"Hver vakt er dekket i {_quoted(solved[0])}."
        )
    told = [
        f"{_quoted(own)} ({counted(own.figures.holes, 'udekt vakt', 'udekte vakter')})"
        for own in lacking
        if own.figures
    ]
    rest = " De andre dekker alle vaktene." if len(lacking) < len(solved) else ""
    return f"Ikke alle vakter lar seg dekke i {listed(told)}.{rest}"


def _burden(base: Figures, others: tuple[Alternative, ...]) -> Iterator[str]:
    found = [
        (own.figures.points_each, own)
        for own in others
        if own.figures and own.figures.points_each is not None and not withheld(own)
    ]
    if not found or base.points_each is None:
        return
    low, lightest = min(found, key=lambda pair: pair[0])
    high, heaviest = max(found, key=lambda pair: pair[0])
    now = amount(base.points_each, 0)
    parts = []
    if round(low) < round(base.points_each):
        parts.append(f"{amount(low, 0)} med {_quoted(lightest)}")
    if round(high) > round(base.points_each):
        parts.append(f"{amount(high, 0)} med {_quoted(heaviest)}")
    if parts:
        yield (
            f"En lege bærer i snitt {now} belastningspoeng i dag. Det blir {' og '.join(parts)}."
        )
    else:
        yield f"En lege bærer i snitt {now} belastningspoeng, uansett alternativ."


def _ordered(base: Figures, others: tuple[Alternative, ...]) -> Iterator[str]:
    measure = by_key("ordered_hours")
    before = measure.value(base)
    certain = [
        f"{amount(measure.value(own.figures), 1)} med {_quoted(own)}"
        for own in others
        if own.figures and verdict(measure, base, own.figures) is Verdict.CERTAIN
    ]
    if certain:
        yield (
            f"Det pålegges {amount(before, 1)} timer kommunalt arbeid i dag. Det blir "
            f"{listed(certain)}, og den forskjellen er sikker."
        )


def _price(base: Figures, others: tuple[Alternative, ...]) -> Iterator[str]:
    before = base.cost.total
    if before is None:
        return
    found = [
        (_rounded(own.figures.cost.total) - _rounded(before), own)
        for own in others
        if own.figures and own.figures.cost.total is not None
    ]
    changes = [f"{_quoted(own)} {signed(change, 0)} kr" for change, own in found if change]
    if changes:
        yield f"Etter kommunenes egne satser: {listed(changes)} mot i dag."
    else:
        yield "Etter kommunenes egne satser koster alternativene det samme som i dag."


def _meaningless(base: Figures, others: tuple[Alternative, ...]) -> Iterator[str]:
    """What looks like a difference and is none."""
    measure = by_key("worst")
    names = [
        _quoted(own)
        for own in others
        if own.figures
        and not withheld(own)
        and verdict(measure, base, own.figures) is Verdict.WITHIN
    ]
    if names:
        whom = "alternativene" if len(names) == len(others) > 1 else listed(names)
        yield (
            f"Hvor jevnt vaktene blir fordelt, skiller ikke {whom} fra dagens ordning: "
            "forskjellen er mindre enn det som gjenstår å bevise."
        )


def means(
    alternative: Alternative, base: Figures | None, *, discreet: bool = False
) -> tuple[tuple[str, str], ...]:
    """What an alternative means for inhabitants, doctors and cost: heading and sentence.

    Args:
        alternative: which one.
        base: the plan as it is; what is as today is told shortly.
        discreet: withhold what would tell of one or two doctors.
    """
    own = alternative.figures
    if own is None:
        return (("Ikke løst", alternative.trouble),)
    before = base if base is not own else None
    lines = [("Innbyggerne", " ".join(_inhabitants(own, before)))]
    doctors = list(_orders(own, before))
    if discreet and withheld(alternative):
        doctors.append("Hva legene bærer, er ikke vist: det gjelder for få til at de er skjult.")
    else:
        doctors = [*_burdens(own, before), *doctors]
    lines.append(("Legene", " ".join(doctors)))
    if own.cost.total is not None:
        lines.append(("Kostnad", " ".join(_cost(own, before))))
    return tuple(lines)


def _inhabitants(own: Figures, before: Figures | None) -> Iterator[str]:
    if own.holes:
        yield (
            f"{counted(own.holes, 'vakt', 'vakter')} er udekket "
            f"({amount(own.needed_hours - own.covered_hours, 0)} timer)."
        )
    else:
        yield "Hver vakt er dekket."
    if before is not None:
        gone = [town.name for key, town in before.towns.items() if key not in own.towns]
        if gone:
            yield f"Planen gjelder ikke lenger innbyggerne i {listed(gone)}."
    if own.unplanned_hours:
        yield (
            f"I {amount(own.unplanned_hours, 0)} timer er ingen lege på vakt, for planen har ingen "
            "vakt der."
        )
    if before is not None:
        dark = [place for place in before.night_places if place not in own.night_places]
        if dark:
            yield f"{listed(dark)} har ikke lenger lege på vakt om natten."
    if before is not None and round(own.lost_hours) == round(before.lost_hours):
        yield "Legekontorene er åpne like mye som i dag."
        return
    change = _against(own.lost_hours, before.lost_hours if before else None)
    yield f"Vakt og hvile tar {amount(own.lost_hours, 0)} timer av kontorenes åpningstid{change}."


def _burdens(own: Figures, before: Figures | None) -> Iterator[str]:
    if own.points_each is not None:
        change = _against(own.points_each, before.points_each if before else None)
        yield f"I snitt {amount(own.points_each, 0)} poeng per lege{change}."
    most = f"{amount(own.heaviest, 0)} poeng"
    change = _against(own.heaviest, before.heaviest if before else None)
    yield f"Den tyngst belastede får {most}{change}."
    if before is None or own.most_nights != before.most_nights:
        change = _against(own.most_nights, before.most_nights if before else None)
        yield f"Flest netter på én lege: {own.most_nights}{change}."


def _orders(own: Figures, before: Figures | None) -> Iterator[str]:
    measure = by_key("ordered_hours")
    ordered = measure.value(own)
    then = measure.value(before) if before else None
    # What is inside the gap means nothing, and so is not told as if it meant something.
    open_still = before is not None and verdict(measure, before, own) is Verdict.WITHIN
    if ordered is not None and not open_still and (then is None or abs(ordered - then) >= _LITTLE):
        hours = f"{amount(ordered, 1)} timer" if ordered else "Ingen timer"
        yield f"{hours} pålegges{_against(ordered, then, decimals=1)}."
    count = sum(rule.count for rule in own.exceptions)
    earlier = sum(rule.count for rule in before.exceptions) if before else None
    if count != earlier and (count or earlier):
        yield f"Unntak fra hovedregler: {count}{_against(count, earlier)}."
    if own.by_base_settings:
        more = counted(own.by_base_settings, "avvik", "avvik")
        yield f"Målt med dagens innstillinger har planen {more} til."


def _cost(own: Figures, before: Figures | None) -> Iterator[str]:
    total = own.cost.total or 0.0
    change = ""
    if before is not None and before.cost.total is not None:
        change = _against(_rounded(total), _rounded(before.cost.total))
    same = before is not None and change == " (som i dag)"
    yield "Som i dag." if same else f"{amount(_rounded(total), 0)} kr{change}."
    if own.cost.unpriced_hours:
        yield f"{amount(own.cost.unpriced_hours, 0)} timer vakt har ingen sats og er ikke med."


def _rounded(kroner: float) -> float:
    """To whole thousands: the figures are no more certain than that."""
    return float(round(kroner, -3))


def _against(value: float, before: float | None, decimals: int = 0) -> str:
    """«, 12 færre enn i dag» as «(−12 mot i dag)»."""
    if before is None:
        return ""
    change = signed(value - before, decimals)
    return " (som i dag)" if change == "±0" else f" ({change} mot i dag)"


def certain(comparison: Comparison, *, discreet: bool = False) -> tuple[tuple[str, str], ...]:
    """What is certain, what is conditional and what means nothing: heading and sentence.

    Args:
        comparison: the alternatives.
        discreet: withhold what would tell of one or two doctors.
    """
    base = comparison.base.figures
    if base is None:
        return (("Ikke avgjort", "Dagens ordning ble ikke løst, så det er ingenting å måle mot."),)
    found: dict[Verdict, list[str]] = {own: [] for own in Verdict}
    for key in _WEIGHED:
        measure = by_key(key)
        by_verdict: dict[Verdict, list[str]] = {}
        for own in comparison.others:
            if discreet and measure.personal and withheld(own):
                continue
            if own.figures and (worth := verdict(measure, base, own.figures)):
                by_verdict.setdefault(worth, []).append(own.name)
        for worth, names in by_verdict.items():
            found[worth].append(_of(measure, names, len(comparison.others)))
    lines = []
    if found[Verdict.CERTAIN]:
        told = "; ".join(found[Verdict.CERTAIN])
        lines.append(
            ("Sikkert (✓)", f"Forskjell fra i dag som ingen bedre plan kan fjerne: {told}.")
        )
    if found[Verdict.SAME]:
        told = "; ".join(found[Verdict.SAME])
        lines.append(("Likt (=)", f"Bevist at det ikke blir noen forskjell: {told}."))
    if found[Verdict.CONDITIONAL]:
        told = "; ".join(found[Verdict.CONDITIONAL])
        lines.append(
            (
                "Betinget (✓)",
                "Holder bare så lenge det som veier tyngre, ikke kan bli bedre, og det er ikke "
                f"bevist: {told}.",
            )
        )
    if found[Verdict.WITHIN]:
        told = "; ".join(found[Verdict.WITHIN])
        lines.append(
            (
                "Uten betydning (≈)",
                f"Forskjellen er mindre enn det som gjenstår å bevise: {told}.",
            )
        )
    solved = [own.figures for own in comparison.alternatives if own.figures]
    by_plan = all(own.cost.duty is not None and not own.holes for own in solved)
    if by_plan:
        lines.append(
            (
                "Følger av vaktene selv",
                "Når hver vakt er dekket, er kostnaden ved vaktene den samme uansett hvem som har "
                "dem. Det samme gjelder nesten hele snittet av poeng per lege.",
            )
        )
    counted_up = ["netter", "helger", "tapt kontortid", "unntak"]
    if any(own.cost.municipal is not None for own in solved):
        counted_up.append("utgifter til kommunalt arbeid")
    lines.append(
        (
            "Bare for planene som ble funnet",
            f"{listed(counted_up).capitalize()} er talt opp i én plan for hvert alternativ. En "
            "annen, like god plan kan ha litt andre tall.",
        )
    )
    return tuple(lines)


def _of(measure: Measure, names: list[str], total: int) -> str:
    whom = "alle alternativene" if len(names) == total > 1 else listed([f"«{n}»" for n in names])
    return f"{_WHAT[measure.key]} ({whom})"


def cut_off(comparison: Comparison) -> str:
    """Of which alternatives the search was cut off, as the pages say it; "" where of none."""
    names = [_quoted(own) for own in comparison.alternatives if own.cut_off]
    if not names:
        return ""
    return (
        f"For {listed(names)} svarte ikke søket da det skulle avsluttes, og ble avbrutt. Der "
        "brukes den siste vaktplanen det ga fra seg."
    )


def assumptions(comparison: Comparison) -> tuple[str, ...]:
    """What holds for all alternatives."""
    time = f"høyst {number(comparison.seconds)} s hver"
    how = (
        "Søket ble stoppet før tiden var ute, så alternativene har ikke hatt like lang tid "
        f"({time}). De er løst hver for seg"
        if comparison.stopped
        else f"Alternativene er løst hver for seg, med like lang tid ({time})"
    )
    lines = [
        f"{how}, med samme startverdi ({comparison.seed}), og målt mot de samme reglene "
        f"(regelsett {comparison.rule_set}).",
        "Ett belastningspoeng er én time tilstedevakt på dagtid en hverdag. Satsene er kommunenes "
        "egne.",
    ]
    if told := cut_off(comparison):
        lines.insert(1, told)
    if any("til i " in change for own in comparison.others for change in own.changes):
        lines.append(
            "Nye leger antas å være som de vanligste i kommunen: samme åpningstid og rekkevidde, "
            "uten fravær og ønsker, spesialister om ikke annet er sagt."
        )
    if any(own.first_day != comparison.base.first_day for own in comparison.others):
        lines.append(
            "Et alternativ i et annet år er hele planen flyttet et helt antall uker; fravær og "
            "ønsker flytter med."
        )
    if comparison.rates:
        rates = ". ".join(comparison.rates)
        lines.append(
            f"Kostnad etter kommunenes egne timesatser. {rates}. Andre utgifter er ikke med, som "
            "lønn og tilskudd til nye leger."
        )
    else:
        lines.append("Det er ikke oppgitt timesatser, så det er ikke regnet på hva vaktene koster.")
    return tuple(lines)


def _quoted(own: Alternative) -> str:
    return f"«{own.name}»"
