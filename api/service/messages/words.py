"""The words of messages in bokmål, nynorsk and English; names are the municipality's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.calendar_words import MONTHS, WEEKDAYS
from scheduler.domain.duty import Duty
from scheduler.domain.time import DAY, local
from scheduler.writing.wording import WEEKDAYS_SHORT, clock


@dataclass(frozen=True, slots=True)
class Changed:
    """A duty that a doctor keeps, as it was and as it is.

    Attributes:
        left, place: names of the places where it was served, and is.
    """

    before: Duty
    after: Duty
    left: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What messages say in one language; in braces what is filled in.

    Attributes:
        published, changed: subjects.
        opening_first, opening: first sentences.
        legend: what the signs before the duties mean.
        moved: a duty that is kept, at another time or place or in another form.
        forms: duty on site, and at home.
        calendar, no_calendar: what the reader's calendar does.
        sms, see: first and last line of an SMS.
        duties: one, and several.
        hours: one, and several.
        weekdays: Monday first, in full and short.
        day: how a day is written.
        at: how a day and a clock time are put together.
    """

    published: str
    changed: str
    urgent: str
    greeting: str
    opening_first: str
    opening: str
    legend: str
    moved: str
    in_force: str
    calendar: str
    no_calendar: str
    closing: str
    more: str
    sms: str
    see: str
    duties: tuple[str, str]
    hours: tuple[str, str]
    forms: tuple[str, str]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    day: str = "{weekday} {day}. {month} {year}"
    day_short: str = "{weekday} {day}.{number}."
    at: str = "{day} kl. {clock}"

    def many(self, count: int) -> str:
        """«1 vakt eller økt», «2 vakter og økter»."""
        return f"{count} {self.duties[count != 1]}"

    def within(self, hours: int) -> str:
        """«1 time», «6 timer»."""
        return f"{hours} {self.hours[hours != 1]}"

    def duty(self, duty: Duty) -> str:
        """«Natt lørdag 27. mars 2027 kl. 23:00–08:00»."""
        return f"{_name(duty)} {self.time(duty)}"

    def time(self, duty: Duty) -> str:
        """«lørdag 27. mars 2027 kl. 23:00–08:00», with the last day where it is not the next."""
        first, last = local(duty.start).date(), local(duty.end).date()
        end = clock(duty.end)
        if last - first > DAY:
            end = self.at.format(day=self._day(last), clock=end)
        return f"{self.at.format(day=self._day(first), clock=clock(duty.start))}–{end}"

    def short(self, duty: Duty) -> str:
        """«Natt lør. 27.3. 23:00–08:00»."""
        return f"{_name(duty)} {self.short_time(duty)}"

    def short_time(self, duty: Duty) -> str:
        """«lør. 27.3. 23:00–08:00», with the last day where it is not the next."""
        first, last = local(duty.start).date(), local(duty.end).date()
        end = f"{self._short(last)} " if last - first > DAY else ""
        return f"{self._short(first)} {clock(duty.start)}–{end}{clock(duty.end)}"

    def change(self, own: Changed) -> str:
        """«Natt lørdag … kl. 22:00–08:00, Fjell (før: lørdag … kl. 23:00–08:00, Dal)»."""
        after, before = self._differing(own)
        shown = ", ".join([self.duty(own.after), *after])
        return self.moved.format(after=shown, before=", ".join(before or [self.time(own.before)]))

    def short_change(self, own: Changed) -> str:
        """The same for an SMS."""
        after, before = self._differing(own, short=True)
        shown = ", ".join([self.short(own.after), *after])
        had = ", ".join(before or [self.short_time(own.before)])
        return self.moved.format(after=shown, before=had)

    def _differing(self, own: Changed, *, short: bool = False) -> tuple[list[str], list[str]]:
        """What is said of the duty beside its name and time, and what it was before."""
        time = self.short_time if short else self.time
        after, before = own.after, own.before
        now: list[str] = []
        then: list[str] = []
        renamed = _name(after) != _name(before)
        if renamed:
            then.append(_name(before))
        if time(after) != time(before):
            then.append(time(before))
        if own.place != own.left:
            now.append(own.place)
            then.append(own.left)
        if after.is_home != before.is_home and not renamed:  # a name tells of its form
            now.append(self.forms[after.is_home])
            then.append(self.forms[before.is_home])
        return now, then

    def _day(self, day: date) -> str:
        return self.day.format(
            weekday=self.weekdays[day.weekday()],
            day=day.day,
            month=self.months[day.month - 1],
            year=day.year,
        )

    def _short(self, day: date) -> str:
        weekday = self.weekdays_short[day.weekday()]
        return self.day_short.format(weekday=weekday, day=day.day, number=day.month)


def _name(duty: Duty) -> str:
    return " ".join(duty.type.name.split())


BOKMAL = Words(
    published="Vaktplanen «{title}» er publisert",
    changed="Vaktene dine i «{title}» er endret",
    urgent="Haster",
    greeting="Hei, {name}!",
    opening_first="Vaktplanen «{title}» er publisert. Du har {many}:",
    opening="Vaktplanen «{title}» er endret. Dette gjelder dine vakter:",
    legend="+ er ny for deg, − har du ikke lenger, ~ er flyttet eller endret.",
    moved="{after} (før: {before})",
    in_force="Vaktplanen i Rettvakt er den som gjelder: {address}",
    calendar="Kalenderen din ({name}) pleier å vise endringer innen {delay}.",
    no_calendar="Vil du ha vaktene rett i kalenderen på telefonen, finner du lenken der.",
    closing="Stemmer det ikke, ta kontakt med koordinatoren. Ingen leser svar hit.",
    more="… og {count} til",
    sms="Vaktene dine er endret:",
    see="Se {address}",
    duties=("vakt eller økt", "vakter og økter"),
    hours=("time", "timer"),
    forms=("tilstedevakt", "hjemmevakt"),
    weekdays=WEEKDAYS,
    weekdays_short=WEEKDAYS_SHORT,
    months=MONTHS,
)
NYNORSK = Words(
    published="Vaktplanen «{title}» er publisert",
    changed="Vaktene dine i «{title}» er endra",
    urgent="Hastar",
    greeting="Hei, {name}!",
    opening_first="Vaktplanen «{title}» er publisert. Du har {many}:",
    opening="Vaktplanen «{title}» er endra. Dette gjeld vaktene dine:",
    legend="+ er ny for deg, − har du ikkje lenger, ~ er flytta eller endra.",
    moved="{after} (før: {before})",
    in_force="Vaktplanen i Rettvakt er den som gjeld: {address}",
    calendar="Kalenderen din ({name}) pleier å vise endringar innan {delay}.",
    no_calendar="Vil du ha vaktene rett i kalenderen på telefonen, finn du lenkja der.",
    closing="Stemmer det ikkje, ta kontakt med koordinatoren. Ingen les svar hit.",
    more="… og {count} til",
    sms="Vaktene dine er endra:",
    see="Sjå {address}",
    duties=("vakt eller økt", "vakter og økter"),
    hours=("time", "timar"),
    forms=("tilstadevakt", "heimevakt"),
    weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    weekdays_short=("mån.", "tys.", "ons.", "tor.", "fre.", "lau.", "søn."),
    months=MONTHS,
)
ENGLISH = Words(
    published="The roster “{title}” is published",
    changed="Your duties in “{title}” have changed",
    urgent="Urgent",
    greeting="Hello {name},",
    opening_first="The roster “{title}” is published. You have {many}:",
    opening="The roster “{title}” has changed. This concerns your duties:",
    legend="+ is new to you, − is no longer yours, ~ was moved or changed.",
    moved="{after} (before: {before})",
    in_force="The roster in Rettvakt is the one that counts: {address}",
    calendar="Your calendar ({name}) usually shows changes within {delay}.",
    no_calendar="There you also find a link that puts your duties into the calendar of your phone.",
    closing="If something is wrong, contact the coordinator. This address takes no replies.",
    more="… and {count} more",
    sms="Your duties have changed:",
    see="See {address}",
    duties=("duty", "duties"),
    hours=("hour", "hours"),
    forms=("on-site duty", "home duty"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day="{weekday} {day} {month} {year}",
    day_short="{weekday} {day}/{number}",
    at="{day}, {clock}",
)
WORDS: Mapping[str, Words] = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}
