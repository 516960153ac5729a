"""What is proven of a roster, in exact bokmål: what the bounds say, and not more.

The sentences need `Provenance.levels` alone, so every report can print them. A bound speaks
of lawful rosters that are as good on the steps before; that reservation is said every time.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Protocol

from scheduler.certificate import WORST, Certificate
from scheduler.writing.phrases import listed
from scheduler.writing.wording import number

_TOGETHER = "fairness_worst_"
_FAIRNESS = "fairness"
_EARLIER = {"cover": "dekning", "ordered": "pålegg", "health": "helse"}
_COUNT = ("", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti")


class Proven(Protocol):
    """What the sentences need of a step: `LevelResult` and `StepProof` have it."""

    @property
    def level(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def bound(self) -> float | None: ...  # noqa: D102
    @property
    def proven(self) -> bool: ...  # noqa: D102


def statement(levels: Sequence[Proven]) -> tuple[str, ...]:
    """What is proven of the fairness of a roster: the worst-off first, then those together.

    «Ingen lovlig plan som er like god på dekning, pålegg og helse, gir den tyngst belastede
    legen mindre enn 14,5 poeng over sin rettferdige andel; denne planen har 15 (avstand 0,5
    poeng).»

    Args:
        levels: of a roster's provenance or certificate, in their order. Empty for a roster
            made by hand: then nothing is known and nothing is said.
    """
    return tuple(_sentences(levels))


def _sentences(levels: Sequence[Proven]) -> Iterator[str]:
    own = {level.level: level for level in levels}
    worst = own.get(WORST)
    if worst is None or not isfinite(worst.value):
        return
    first = _worst(worst, _as_good(levels))
    fairness = [o for o in levels if o.level.startswith(_FAIRNESS)]
    if all(level.proven for level in fairness):
        yield f"Det finnes ingen rettferdigere plan: {first[:1].lower()}{first[1:]}"
    else:
        yield first
    for level in fairness:
        if level.level.startswith(_TOGETHER) and level is not worst and isfinite(level.value):
            yield _several(level)


def heaviest(certificate: Certificate) -> str:
    """«Den tyngst belastede legen har 24,1 poeng; den rettferdige andelen er 21,6.»

    With what is left to prove as a part of these points. Empty where nobody shares. Nobody is
    named.
    """
    if not certificate.standings:
        return ""
    own = certificate.standings[0]
    told = (
        f"Den tyngst belastede legen har {_points(own.points)} i planen; den rettferdige andelen, "
        f"når saldoen fra før er regnet med, er {number(own.aim)}."
    )
    worst, left = certificate.worst, certificate.load_gap_percent
    if worst is None or not says_something(worst) or not left:
        return told
    return f"{told} Det som gjenstår å bevise, tilsvarer {_percent(left)} % av disse poengene."


def bound_sentence(level: Proven) -> str:
    """What is proven of one step, for a table: «bevist best mulig», «minst 1,98; avstand 7 %»."""
    if level.proven:
        return "bevist best mulig"
    if not says_something(level):
        return "ingen nedre grense funnet"
    return f"kan ikke bli under {number(level.bound or 0)}; {gap(level)}"


def gap(level: Proven) -> str:
    """«avstand 3 %»; in units where per cent would mean nothing.

    That is so of what somebody is over a share: a third of it can be a fiftieth of a duty.
    """
    distance = level.value - (level.bound or 0)
    compared = level.level.startswith(_TOGETHER)
    if not compared and level.value > 0 and level.bound is not None and level.bound > 0:
        return f"avstand {_percent(100 * distance / level.value)} %"
    return f"avstand {number(distance)} {level.unit}".strip()


def says_something(level: Proven) -> bool:
    """Whether the bound says anything: no sum is below 0, and no worst-off far under the share."""
    least = 0 if level.level.startswith(_TOGETHER) else 1e-9
    return level.bound is not None and isfinite(level.bound) and level.bound >= least


def _worst(level: Proven, as_good: str) -> str:
    none = f"Ingen lovlig plan{as_good}"
    if level.proven:
        if level.value < 0:
            return (
                f"{none} får den tyngst belastede legen lenger ned enn {_beside(level.value)}, "
                "og det er der denne planen ligger."
            )
        return (
            f"{none} gir den tyngst belastede legen mindre enn {_beside(level.value)}, "
            "og denne planen gir ikke mer."
        )
    if not says_something(level):
        return (
            "Det er ikke bevist hvor rettferdig en lovlig plan kan bli: denne planen gir den "
            f"tyngst belastede legen {_beside(level.value)}, og ingen nedre grense er funnet."
        )
    bound = level.bound or 0
    return (
        f"{none} gir den tyngst belastede legen mindre enn {_beside(bound)}; "
        f"denne planen har {number(level.value)} ({gap(level)})."
    )


def _several(level: Proven) -> str:
    count = int(level.level.removeprefix(_TOGETHER))
    who = f"De {_COUNT[count] if count < len(_COUNT) else count} tyngst belastede har til sammen"
    has = f"{who} {_points(level.value)} over sine rettferdige andeler"
    if level.value < 0:
        has = f"{who} {_points(-level.value)} mindre enn sine rettferdige andeler"
    if level.proven:
        return f"{has}; ingen plan som er like god så langt, gir dem mindre (bevist)."
    if not says_something(level):
        return f"{has}; det er ikke bevist at det ikke kan bli mindre."
    return (
        f"{has}; ingen plan som er like god så langt, kommer under {number(level.bound or 0)} "
        f"({gap(level)})."
    )


def _as_good(levels: Sequence[Proven]) -> str:
    """« som er like god på dekning, pålegg og helse,»: what comes before fairness."""
    present = {level.level for level in levels}
    words = [word for key, word in _EARLIER.items() if key in present]
    return f" som er like god på {listed(words)}," if words else ""


def _beside(value: float) -> str:
    """«15 poeng over sin rettferdige andel»."""
    if number(abs(value)) == "0":
        return "sin rettferdige andel"
    side = "over" if value > 0 else "under"
    return f"{_points(abs(value))} {side} sin rettferdige andel"


def _points(value: float) -> str:
    return f"{number(value)} poeng"


def _percent(value: float) -> str:
    """Whole per cents; below one with a decimal, and never 0 where there is a gap."""
    return number(round(value)) if value >= 1 else number(max(0.1, round(value, 1)))
