"""Legal citations and dated values.

A citation is a value with one printed form, never a free string, and carries how surely
its source was read. What is not confirmed in the primary text is shown so to the user.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeVar

from scheduler.rule import Confidence

T = TypeVar("T")

_ORDINALS = ("", "første", "annet", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende")


class Act(Enum):
    """An act or a regulation: Norwegian short name and Lovdata path."""

    FF = ("fastlegeforskriften", "forskrift/2025-12-02-2405")
    AMF = ("akuttmedisinforskriften", "forskrift/2015-03-20-231")
    AML = ("arbeidsmiljøloven", "lov/2005-06-17-62")
    HOTL = ("helse- og omsorgstjenesteloven", "lov/2011-06-24-30")
    HPL = ("helsepersonelloven", "lov/1999-07-02-64")
    HOLIDAYS = ("helligdagsfredloven", "lov/1995-02-24-12")
    FVL = ("forvaltningsloven", "lov/1967-02-10")

    def __init__(self, title: str, path: str) -> None:
        self.title = title
        self.path = path


@dataclass(frozen=True, slots=True)
class LawRef:
    """A place in an act: ``LawRef(Act.FF, "33", section=4, letter="a")``.

    Prints «fastlegeforskriften § 33 fjerde ledd bokstav a»; with `remark`, the official
    remark to the paragraph.
    """

    act: Act
    paragraph: str
    section: int | None = None
    letter: str | None = None
    remark: bool = False
    confidence: Confidence = Confidence.TEXT

    @property
    def url(self) -> str:
        """The paragraph at Lovdata."""
        return f"https://lovdata.no/{self.act.path}/§{self.paragraph}"

    def __str__(self) -> str:
        """The printed form in bokmål."""
        words = [f"{self.act.title} § {self.paragraph}"]
        if self.section is not None:
            words.append(f"{_ORDINALS[self.section]} ledd")
        if self.letter is not None:
            words.append(f"bokstav {self.letter}")
        text = " ".join(words)
        return f"merknad til {text}" if self.remark else text


@dataclass(frozen=True, slots=True)
class Source:
    """A source that is not an act: an agreement, a guide, a study, the municipality's policy.

    ``Source("SFS 2305", "pkt. 7.4", Confidence.SECONDARY)`` prints «SFS 2305 pkt. 7.4».
    """

    name: str
    point: str = ""
    confidence: Confidence = Confidence.SECONDARY

    @property
    def url(self) -> str | None:
        """None: no primary text is published at a stable address."""
        return None

    def __str__(self) -> str:
        """The printed form in bokmål."""
        return f"{self.name} {self.point}".strip()


POLICY = Source("kommunens egen innstilling", confidence=Confidence.POLICY)
"""The source of a default that no law or agreement gives."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value and the day on which it became known (adopted)."""

    value: T
    known: date


class Dated(Generic[T]):
    """A value that changes with time: in force from a day, known from another.

    ``Dated({date(2012, 8, 29): Entry(75, ...), date(2026, 1, 1): Entry(80, ...)})``
    """

    def __init__(self, entries: Mapping[date, Entry[T]]) -> None:
        """Take the entries by the day from which each holds.

        Raises:
            ValueError: there is no entry.
        """
        if not entries:
            raise ValueError("entries must hold at least one value")
        self._entries = dict(sorted(entries.items()))

    def on(self, day: date, *, known: date) -> T:
        """The value in force on `day`, as far as was known on `known`.

        Raises:
            ValueError: nothing was in force, or known, on that day.
        """
        found = [
            entry.value
            for from_day, entry in self._entries.items()
            if from_day <= day and entry.known <= known
        ]
        if not found:
            first = next(iter(self._entries))
            raise ValueError(f"day ({day}), as known on {known}, must not be before {first}")
        return found[-1]

    def spans(self, *, known: date) -> Iterator[tuple[date, date | None, T]]:
        """First and last day (None: still in force) and value, as far as known on `known`."""
        entries = [(day, own.value) for day, own in self._entries.items() if own.known <= known]
        ends = [day - timedelta(days=1) for day, _ in entries[1:]]
        for (first, value), last in zip(entries, [*ends, None], strict=False):  # none known: none
            yield first, last, value
