"""Duties as they are named on the command line: by id, or by kind and day as people say them."""

import re
from collections.abc import Iterable
from datetime import date

from scheduler.calendar_words import MONTHS, WEEKDAYS
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.time import MINUTE, local_day
from scheduler.reading.faults import listed, meant
from scheduler.writing.phrases import duty_text
from scheduler.writing.wording import clock, short_day

_MOST = 12
_NUMBERED = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}(?![\d:.])))?")
_SLASHED = re.compile(r"(?<![\d/-])(\d{1,2})[./](\d{1,2})\b(?![:.\d])()")
_WORDED = re.compile(rf"\b(\d{{1,2}})\.?\s+({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?", re.IGNORECASE)
_DAYS = (_NUMBERED, _DOTTED, _WORDED, _SLASHED)
_EXAMPLE = "Skriv vakttype og dato, for eksempel «natt 27.03.2027»."
_NOISE = {"den", "på", "i", "til", "fra", "kl", "kl.", *WEEKDAYS}


class NotOneDutyError(Exception):
    """A name that means no duty, or several.

    Attributes:
        problem, remedy: bokmål.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both."""
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


def duty_meant(problem: Problem, wanted: str) -> Duty:
    """The duty that is meant: by its id, or by kind and day.

    «natt/2027-03-27», «Natt 27.03.2027», «natt lørdag 27. mars» and, for one that ends on the day,
    «natt til søndag 28. mars» all mean the same. A clock time tells sessions of one day apart.

    Raises:
        NotOneDutyError: there is none, or there are several.
    """
    key = " ".join(wanted.split()).casefold()
    for duty in problem.duties:
        if duty.id.casefold() == key:
            return duty
    day = _day(problem, wanted)
    if day is None:
        hint = meant(wanted, [duty.id for duty in problem.duties])
        raise NotOneDutyError(f"Fant ingen vakt som heter «{wanted}».", hint or _EXAMPLE)
    if not problem.first_day <= day <= problem.last_day:
        period = f"{short_day(problem.first_day)}–{short_day(problem.last_day)}"
        raise NotOneDutyError(
            f"«{wanted}» ligger utenfor planen.", f"Planen gjelder {period}. Rett datoen."
        )
    _same_weekday(wanted, day)
    until = bool(re.search(r"\btil\b", key))
    on_day = [duty for duty in problem.duties if _on(duty, day, until=until)]
    words = _words(wanted)
    found = [duty for duty in on_day if _named(duty, words)]
    exact = [duty for duty in found if _is(duty, words)]
    found = exact or found
    if not found:
        names = [duty_text(duty) for duty in on_day[:_MOST]]
        when = ("natt til " if until else "") + short_day(day)
        raise NotOneDutyError(
            f"Fant ingen slik vakt ({when}) for «{wanted}».",
            f"Den dagen er det {listed(names)}." if names else "Planen har ingen vakt den dagen.",
        )
    if len(found) > 1:
        ids = listed([duty.id for duty in found], most=_MOST)
        raise NotOneDutyError(f"Flere vakter kan være ment med «{wanted}».", f"Skriv id-en: {ids}.")
    return found[0]


def _day(problem: Problem, text: str) -> date | None:
    """The day that stands in the text; the year is the plan's where none is told.

    Raises:
        NotOneDutyError: the calendar does not have it.
    """
    if found := _NUMBERED.search(text):
        day = _valid(*map(int, found.groups()))
    elif found := _DOTTED.search(text) or _SLASHED.search(text):
        day = _in_plan(problem, int(found[1]), int(found[2]), found[3])
    elif found := _WORDED.search(text):
        day = _in_plan(problem, int(found[1]), MONTHS.index(found[2].lower()) + 1, found[3])
    else:
        return None
    if day is None:
        raise NotOneDutyError(f"Datoen i «{text}» finnes ikke i kalenderen.", "Rett datoen.")
    return day


def _in_plan(problem: Problem, day: int, month: int, year: str | None) -> date | None:
    if year:
        century = problem.first_day.year // 100 * 100
        return _valid(int(year) if len(year) == 4 else century + int(year), month, day)
    years = dict.fromkeys((problem.first_day.year, problem.last_day.year))
    days = [own for one in years if (own := _valid(one, month, day))]
    inside = [own for own in days if problem.first_day <= own <= problem.last_day]
    return next(iter(inside or days), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _same_weekday(text: str, day: date) -> None:
    """Whoever wrote the wrong weekday may mean another day.

    Raises:
        NotOneDutyError: the day is another weekday than the one that was written.
    """
    said = [word for word in re.split(r"[\s,]+", text.casefold()) if word in WEEKDAYS]
    if said and WEEKDAYS[day.weekday()] not in said:
        raise NotOneDutyError(
            f"«{text}» stemmer ikke: {short_day(day)} er en {WEEKDAYS[day.weekday()]}.",
            "Rett ukedagen eller datoen.",
        )


def _on(duty: Duty, day: date, *, until: bool) -> bool:
    """Whether the duty begins on the day, or ends on it and began before."""
    if not until:
        return duty.day == day
    return duty.day < day == local_day(duty.end - MINUTE)


def _words(text: str) -> list[str]:
    """What is left when the day is taken out."""
    for pattern in _DAYS:
        text = pattern.sub(" ", text)
    return [word for word in re.split(r"[\s/,]+", text.casefold()) if word and word not in _NOISE]


def _named(duty: Duty, words: Iterable[str]) -> bool:
    """Whether every word begins one of the duty's name or id, or is one of its times.

    «dag» does not mean «hverdag».
    """
    names = re.split(r"[\s/,()]+", f"{duty.type.name} {duty.type.id} {duty.id}".casefold())
    times = {clock(duty.start), f"{clock(duty.start)}–{clock(duty.end)}"}
    return all(word in times or any(own.startswith(word) for own in names) for word in words)


def _is(duty: Duty, words: list[str]) -> bool:
    """Whether the words are the duty's whole name."""
    own = " ".join(words)
    return own in (duty.type.id.casefold(), " ".join(duty.type.name.split()).casefold())
