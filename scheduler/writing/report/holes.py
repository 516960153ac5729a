"""What is uncovered, and for each hole which rule stops which doctor."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.checking import Candidate, Hole
from scheduler.writing.legality import LegalityReport
from scheduler.writing.phrases import counted, duty_text, listed

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
        told = 0 < len(hole.candidates) <= left
        if told:
            left -= len(hole.candidates)
        elif hole.candidates:
            unexplained += 1
        items.append(_item(legality, hole, told=told))
    others = tuple(legality.sentence(case) for case in report.other_holes)
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
    for own in hole.candidates:
        by_title.setdefault((own.stop is None, _title(legality, own)), []).append(
            legality.name(own.doctor)
        )
    reasons = [Reason(title, tuple(doctors), free) for (free, title), doctors in by_title.items()]
    reasons.sort(key=lambda reason: (not reason.free, -len(reason.doctors)))
    order = {(reason.free, reason.title): place for place, reason in enumerate(reasons)}
    candidates = sorted(
        hole.candidates, key=lambda own: order[own.stop is None, _title(legality, own)]
    )
    return HoleItem(
        listed([duty_text(duty) for duty in hole.duties]),
        f"{counted(hole.missing, 'lege', 'leger')} mangler",
        tuple(reasons),
        tuple(_line(legality, own) for own in candidates) if told else (),
    )


def _title(legality: LegalityReport, candidate: Candidate) -> str:
    if candidate.stop is None:
        return FREE
    return legality.title(candidate.stop.rule)


def _line(legality: LegalityReport, own: Candidate) -> StopLine:
    sentence = legality.sentence(own.stop.case) if own.stop else own.sentence
    return StopLine(legality.name(own.doctor), _title(legality, own), sentence)
