"""The pocket calculation: everybody's fair share in lines that can be followed by hand.

Days and weights are shown so exactly that what is printed gives what is printed: a doctor's
part of a demand is demand x weighted days : everybody's weighted days. Parts are rounded to a
hundredth such that they add up, and all that follows is reckoned from the rounded numbers. Why
somebody is exempt or away is never told (decision 6).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.fairness.availability import LostDays
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShare, FairShares, ShareStep
from scheduler.writing.phrases import counted, listed
from scheduler.writing.share_rounding import (
    Parts,
    key,
    printed_carried,
    printed_parts,
    printed_target,
)
from scheduler.writing.share_words import TITLES, UNITS, WORK, decimal, hundredth, signed
from scheduler.writing.wording import short_day

_MOST_STRETCHES = 3
_LARGEST_DENOMINATOR = 1000
_DECIDES = {
    Measure.WEEKENDS: "etter hvor mange helger legene deler vaktene på",
    Measure.GREAT_HOLIDAYS: "etter hvor mange høytider legene deler vaktene på",
    Measure.ORDERED: "etter hvor mye som må pålegges",
}
HOW = (
    "Andelen er det som skal deles × legens vektede dager : alles vektede dager til sammen. "
    "Vektede dager er vekten × dagene legen har del i. Delene rundes av til hundredeler slik at de "
    "til sammen gir det som skal deles. Målet er andelen minus den delen av "
    "saldoen som jevnes ut."
)


@dataclass(frozen=True, slots=True)
class MeasureText:
    """One measure of one doctor: its title, the steps, and the line with the aim."""

    title: str
    steps: tuple[str, ...]
    aim: str


@dataclass(frozen=True, slots=True)
class ShareText:
    """One doctor's calculation.

    Attributes:
        days: one line for each sort of work that the doctor has a part in.
    """

    doctor: str
    name: str
    days: tuple[str, ...]
    measures: tuple[MeasureText, ...]


def share_texts(problem: Problem, shares: FairShares) -> tuple[ShareText, ...]:
    """The calculation of every doctor, in the doctors' order."""
    towns = {town.id: town.name for town in problem.municipalities}
    parts = printed_parts(shares)
    found = []
    for doctor in problem.doctors:
        own = [share for m in Measure if (share := shares.of(doctor.id, m))]
        steps = {step.letter: step for share in own for step in share.steps}
        found.append(
            ShareText(
                doctor.id,
                " ".join(doctor.name.split()),
                tuple(_days(steps[letter]) for letter in Letter if letter in steps),
                tuple(_measure(share, parts, towns) for share in own),
            )
        )
    return tuple(found)


def sum_lines(problem: Problem, shares: FairShares) -> tuple[str, ...]:
    """For each measure what is shared, by how many, and what the printed parts add up to."""
    parts = printed_parts(shares)
    towns = {town.id: town.name for town in problem.municipalities}
    found = []
    for measure in Measure:
        pool = [share for share in shares.pool(measure) if share.target]
        if not pool:
            continue
        pots = {(s.letter, s.municipality): s.demand for share in pool for s in share.steps}
        printed = sum((printed_target(parts, share) for share in pool), Fraction(0))
        whole = sum(pots.values(), Fraction(0)) / measure.scale
        line = (
            f"{TITLES[measure]}: {_amount(whole, measure)} deles på "
            f"{counted(len(pool), 'lege', 'leger')}; andelene er til sammen "
            f"{decimal(printed)}."
        )
        found.append(line)
    for orphan in shares.orphans:
        amount = _amount(Fraction(orphan.demand, orphan.measure.scale), orphan.measure)
        found.append(
            f"{TITLES[orphan.measure]}: {towns[orphan.municipality]} skal ha {amount} av "
            f"{WORK[orphan.letter].lower()}, men ingen av kommunens leger kan ta vaktene. "
            "Andelen er ikke flyttet til andre kommuner."
        )
    return tuple(found)


def _days(step: ShareStep) -> str:
    """«Legevakt: del i 150 av 181 dager – fritatt 01.03.2027–31.03.2027 (31 dager)»."""
    line = f"{WORK[step.letter]}: del i {step.available_days} av {step.days} dager"
    if step.weight != 1:
        what = "timer i uka kan pålegges" if step.letter is Letter.MUNICIPAL else "i vekt"
        line += f", {decimal(step.weight, 4)} {what}"
    by_label: dict[str, list[LostDays]] = {}
    for own in step.lost:
        by_label.setdefault(own.label, []).append(own)
    lost = "; ".join(_lost(label, own) for label, own in by_label.items())
    return f"{line} – {lost}" if lost else line


def _lost(label: str, stretches: Sequence[LostDays]) -> str:
    """«fritatt 01.03.2027–31.03.2027 (31 dager)»; of many stretches only first and last day."""
    days = counted(sum(own.days for own in stretches), "dag", "dager")
    if len(stretches) > _MOST_STRETCHES:
        first, last = short_day(stretches[0].first), short_day(stretches[-1].last)
        return f"{label} {days} i tiden {first}–{last}"
    told = listed(
        short_day(own.first) + (f"–{short_day(own.last)}" if own.days > 1 else "")
        for own in stretches
    )
    return f"{label} {told} ({days})"


def _measure(share: FairShare, parts: Parts, towns: dict[str, str]) -> MeasureText:
    steps = tuple(_steps(share, parts, towns))
    return MeasureText(TITLES[share.measure], steps, _aim(share, printed_target(parts, share)))


def _steps(share: FairShare, parts: Parts, towns: dict[str, str]) -> Iterator[str]:
    measure = share.measure
    for step in share.steps:
        if step.quota and step.municipality:
            whole = Fraction(step.quota.whole, measure.scale)
            exact, own = whole * step.quota.part, step.demand / measure.scale
            line = (
                f"{towns[step.municipality]} skal ha {_ratio(step.quota.part)} av "
                f"{_amount(whole, measure)} = {decimal(exact, 4)}"
            )
            if decimal(exact, 4) != decimal(own, 4):
                line += f", rundet av til {_amount(own, measure)} (største rest)"
            yield line
        yield _place(share, step, towns) + _part(step, measure, parts[key(share, step)])
    if len(share.steps) > 1:
        yield f"Til sammen {_amount(printed_target(parts, share), measure)}"


def _ratio(part: Fraction) -> str:
    """«0,25», «1/12»: such that it can be reckoned with."""
    if (part * 10_000).denominator == 1:
        return decimal(part, 4)
    return str(part) if part.denominator < _LARGEST_DENOMINATOR else decimal(part, 8)


def _place(share: FairShare, step: ShareStep, towns: dict[str, str]) -> str:
    """«Daglegevakt: », «Fjell: », or nothing where it is plain."""
    if step.letter is Letter.MUNICIPAL and step.municipality:
        town = towns[step.municipality]
        least = share.measure is Measure.POINTS
        return f"Det som minst må pålegges i {town}: " if least else f"{town}: "
    return f"{WORK[step.letter]}: " if len(share.steps) > 1 else ""


def _part(step: ShareStep, measure: Measure, part: Fraction) -> str:
    """«91 netter × 150 : 4054 = 3,37 netter», «26–52 helger × 120 : 3960 = 0,79–1,58 helger»."""
    days, whole = step.own * step.days, step.total * step.days
    most, least = step.demand / measure.scale, step.least / measure.scale
    share = f"× {decimal(days, 4)} : {decimal(whole, 4)}" if whole else "× 0"
    if most == least:
        return f"{_amount(most, measure)} {share} = {_amount(part, measure)}"
    low = hundredth(least * step.share)
    return (
        f"{decimal(least)}–{_amount(most, measure)} {share} = "
        f"{decimal(low)}–{_amount(part, measure)}"
    )


def _aim(share: FairShare, target: Fraction) -> str:
    """«Mål 3,37 netter», «Saldo fra før +1,5; 1,5 jevnes ut. Mål 3,37 − 1,5 = 1,87 netter»."""
    measure = share.measure
    carried = printed_carried(share)
    if measure.total_is_known:
        goal = _amount(target - carried, measure)
    else:
        low = sum((hundredth(s.least * s.share / measure.scale) for s in share.steps), -carried)
        low, high = max(low, Fraction(0)), max(target - carried, Fraction(0))
        goal = _amount(high, measure)
        if low != high:
            goal = f"{decimal(low)}–{goal}, {_DECIDES[measure]}"
    if not share.opening:
        return f"Mål {goal}"
    opening = hundredth(share.opening / measure.scale)
    before = f"Saldo fra før {signed(opening)}; {signed(carried)} jevnes ut."
    if not measure.total_is_known:
        return f"{before} Mål {goal}"
    sign = "−" if carried >= 0 else "+"
    return f"{before} Mål {decimal(target)} {sign} {decimal(abs(carried))} = {goal}"


def _amount(value: Fraction, measure: Measure) -> str:
    one, many = UNITS[measure]
    return f"{decimal(value)} {one if value == 1 else many}"
