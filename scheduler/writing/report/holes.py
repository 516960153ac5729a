"""What is uncovered, and for each hole which rule stops which doctor."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.checking import Hole, Stop
from scheduler.writing.legality import LegalityReport
from scheduler.writing.phrases import counted, duty_text, listed
from scheduler.writing.report.verdict import other_holes

FREE = "Ingen regel stopper"


@dataclass(frozen=True, slots=True)
class Reason:
    """The doctors that one rule stops.

    Attributes:
        free: nothing stops them.
    """

    title: str
    doctors: tuple[str, ...]
    free: bool


@dataclass(frozen=True, slots=True)
class StopLine:
    """One doctor and the sentence that tells why not."""

    doctor: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class HoleItem:
    """One hole.

    Attributes:
        what: the duties that would be given away together.
        lacking: «1 lege mangler».
        reasons: most doctors first; those whom nothing stops before all.
        lines: a line a doctor; empty where the report would grow too long.
    """

    what: str
    lacking: str
    reasons: tuple[Reason, ...]
    lines: tuple[StopLine, ...]


@dataclass(frozen=True, slots=True)
class HolesPart:
    """All that is uncovered.

    Attributes:
        others: sentences about time that no duty of the plan covers.
        unexplained: how many holes have no line a doctor.
    """

    items: tuple[HoleItem, ...]
    others: tuple[str, ...]
    unexplained: int


def holes(legality: LegalityReport, most_lines: int) -> HolesPart:
    """Every hole, explained doctor by doctor until so many lines are used."""
    report = legality.report
    found = report.holes or tuple(_unexplained(legality))
    items = []
    left = most_lines
    unexplained = 0
    for hole in found:
        told = 0 < len(hole.stops) <= left
        if told:
            left -= len(hole.stops)
        elif hole.stops:
            unexplained += 1
        items.append(_item(legality, hole, told=told))
    others = tuple(legality.sentence(case) for case in other_holes(report))
    return HolesPart(tuple(items), others, unexplained)


def _unexplained(legality: LegalityReport) -> Iterator[Hole]:
    """The holes of a report that was made without looking for explanations."""
    timetable = legality.timetable
    units = dict.fromkeys(duty.unit for duty in timetable.holes)
    for unit in units:
        duties = legality.problem.units[unit]
        missing = max(timetable.missing(duty) for duty in duties)
        yield Hole(duties, missing, ())


def _item(legality: LegalityReport, hole: Hole, *, told: bool) -> HoleItem:
    by_title: dict[tuple[bool, str], list[str]] = {}
    for stop in hole.stops:
        by_title.setdefault((stop.rule is None, _title(legality, stop)), []).append(
            legality.name(stop.doctor)
        )
    reasons = [Reason(title, tuple(own), free) for (free, title), own in by_title.items()]
    reasons.sort(key=lambda reason: (not reason.free, -len(reason.doctors)))
    order = {(reason.free, reason.title): place for place, reason in enumerate(reasons)}
    stops = sorted(hole.stops, key=lambda stop: order[stop.rule is None, _title(legality, stop)])
    return HoleItem(
        listed([duty_text(duty) for duty in hole.duties]),
        f"{counted(hole.missing, 'lege', 'leger')} mangler",
        tuple(reasons),
        tuple(_line(legality, stop) for stop in stops) if told else (),
    )


def _title(legality: LegalityReport, stop: Stop) -> str:
    if stop.rule is None:
        return FREE
    return legality.title(stop.rule)


def _line(legality: LegalityReport, stop: Stop) -> StopLine:
    sentence = legality.sentence(stop.case) if stop.case else stop.sentence
    return StopLine(legality.name(stop.doctor), _title(legality, stop), sentence)
