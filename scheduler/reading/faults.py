"""What is wrong with a plan, where, and what to do about it; told in bokmål."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from difflib import get_close_matches

SHOWN = 60
MOST = 500
MOST_NEAR = 2_000  # known words among which a near one is looked for: it takes time

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must be put right before the plan can be used.

    Attributes:
        place: sheet, row and column, or path and line; the file's name for the whole file.
        value: what stands there, shortened; empty where nothing does.
        problem, remedy: whole sentences.
    """

    place: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line for a person."""
        value = f" ({self.value})" if self.value else ""
        return f"{self.place}{value}: {self.problem} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know, but that does not stand in the way."""

    place: str
    text: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.place}: {self.text}"


class PlanError(Exception):
    """The plan cannot be used.

    Attributes:
        faults: all that was found, in reading order, at most `MOST`.
        left_out: how many more there were.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults, each once."""
        found = tuple(dict.fromkeys(faults))
        self.faults = found[:MOST]
        self.left_out = len(found) - len(self.faults)
        super().__init__("\n".join(map(str, self.faults)))

    @classmethod
    def of(cls, place: str, problem: str, remedy: str, value: object = None) -> "PlanError":
        """An error of one fault."""
        return cls([Fault(place, shown(value), problem, remedy)])


def shown(value: object) -> str:
    """The value as a person would recognise it, on one short line."""
    if value is None or isinstance(value, dict | list | tuple):
        return ""
    words = {True: "ja", False: "nei"}
    if isinstance(value, bool):
        text = words[value]
    elif isinstance(value, datetime):  # as a cell of a spreadsheet shows it
        text = f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
    else:
        text = str(value)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{text[: SHOWN - 1]}…" if len(text) > SHOWN else text


def meant(word: str, known: Iterable[str]) -> str:
    """«Mente du «natt»?» where a known word is near, else nothing."""
    near = nearest(word, known)
    return f"Mente du «{near}»?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is near, capitals aside, or nothing."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(str(word)[:100].casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""


def listed(words: Iterable[str], most: int = 12) -> str:
    """«natt», «kveld» og «dag», cut where there are many."""
    own = [f"«{word}»" for word in words]
    if len(own) > most:
        return f"{', '.join(own[:most])} og {len(own) - most} til"
    return own[0] if len(own) == 1 else f"{', '.join(own[:-1])} og {own[-1]}" if own else ""
