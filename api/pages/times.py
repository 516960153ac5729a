"""Days and times as people say them, in the language of the page."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal

from api.pages.catalogue import Language
from scheduler.domain.duty import Duty
from scheduler.domain.time import DAY, local, local_day
from scheduler.writing.wording import MINUS

_FORTNIGHT = 14
_LONGEST_DAY = 25 * 60  # minutes, when the clock is put back
_NIGHT_BEGINS = 18  # a night duty that begins later belongs to the day on which it ends


def now() -> datetime:
    """The present moment; tests put another in its place."""
    return datetime.now(UTC)


class Clock:
    """Says moments, days and numbers in one language.

    Args:
        language: of the page.
        moment: of the request; the present one if not given.
    """

    def __init__(self, language: Language, moment: datetime | None = None) -> None:
        """Take the moment of the request."""
        self.language = language
        self.now = moment or now()
        self.today = local_day(self.now)
        # English as it is written in Europe: day before month, 24 hours.
        self._locale = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[language.value]

    def day(self, day: date) -> str:
        """«lørdag 13. mars», with the year where it is not this one."""
        pattern = "EEEE d MMMM" if self.language is Language.EN else "EEEE d. MMMM"
        pattern += "" if day.year == self.today.year else " y"
        return format_date(day, pattern, self._locale)

    def dated(self, day: date) -> str:
        """«13. mars 2027»: always with the year, for what may lie in any."""
        return format_date(
            day, "d MMMM y" if self.language is Language.EN else "d. MMMM y", self._locale
        )

    def short_day(self, day: date) -> str:
        """«lør. 13. mars»."""
        pattern = "EEE d MMM" if self.language is Language.EN else "EEE d. MMM"
        return format_date(day, pattern, self._locale)

    def weekday(self, day: date) -> str:
        """«lørdag»."""
        return format_date(day, "EEEE", self._locale)

    def initial(self, day: date) -> str:
        """«L»: the first letter of the weekday."""
        return self.weekday(day)[0].upper()

    def month(self, day: date) -> str:
        """«mars 2027»."""
        return format_date(day, "MMMM y", self._locale)

    def period(self, first: date, last: date) -> str:
        """«4. januar – 20. juni 2027»."""
        dot = "" if self.language is Language.EN else "."
        year = "" if first.year == last.year else " y"
        start = format_date(first, f"d{dot} MMMM{year}", self._locale)
        return f"{start} – {format_date(last, f'd{dot} MMMM y', self._locale)}"

    def clock(self, moment: datetime) -> str:
        """«08:00» in Oslo."""
        return f"{local(moment):%H:%M}"

    def moment(self, moment: datetime) -> str:
        """«26. november kl. 08:15» in Oslo, with the year where it is not this one."""
        own = local(moment)
        dot, at = ("", "'at'") if self.language is Language.EN else (".", "'kl.'")
        year = "" if own.year == self.today.year else " y"
        pattern = f"d{dot} MMMM{year} {at} HH:mm"
        return format_datetime(own.replace(tzinfo=None), pattern, locale=self._locale)

    def ago(self, moment: datetime) -> str:
        """«for 3 timer siden», «om 2 dager»."""
        return format_timedelta(moment - self.now, add_direction=True, locale=self._locale)

    def away(self, day: date) -> str:
        """«i dag», «i morgen», «om 3 dager»."""
        days = (day - self.today).days
        words = {
            Language.NB: {0: "i dag", 1: "i morgen"},
            Language.NN: {0: "i dag", 1: "i morgon"},
            Language.EN: {0: "today", 1: "tomorrow"},
        }[self.language]
        if days in words:
            return words[days]
        if 1 < days < _FORTNIGHT:  # the locale's data say «om 2 døgn», which nobody does
            several = {Language.NB: "om {} dager", Language.NN: "om {} dagar"}
            return several.get(self.language, "in {} days").format(days)
        return format_timedelta(
            timedelta(days=days), add_direction=True, granularity="day", locale=self._locale
        )

    def when(self, duty: Duty) -> str:
        """«natt til lørdag 13. mars», «lørdag 13. mars», «tirsdag 2. – tirsdag 9. mars»."""
        start, end = local(duty.start), local(duty.end)
        first, last = start.date(), end.date()
        if duty.is_night and start.hour >= _NIGHT_BEGINS and last - first == DAY:
            night = {
                Language.NB: "natt til {}",
                Language.NN: "natt til {}",
                Language.EN: "night before {}",
            }[self.language]
            return night.format(self.day(last))
        if last - first <= DAY:
            return self.day(first)
        return f"{self.day(first)} – {self.day(last)}"

    def hours(self, duty: Duty) -> str:
        """«23:00–08:00», and «08:00–08:00 (døgn)» where the times alone would puzzle."""
        times = f"{self.clock(duty.start)}–{self.clock(duty.end)}"
        if self.clock(duty.start) != self.clock(duty.end) or duty.minutes > _LONGEST_DAY:
            return times
        whole = {Language.NB: "døgn", Language.NN: "døgn", Language.EN: "24 hours"}[self.language]
        return f"{times} ({whole})"

    def number(self, value: float, decimals: int = 1) -> str:
        """«1 234,5», «−0,5» in bokmål: a real minus sign, and none before what is rounded to 0."""
        return _number(value, decimals, self._locale)

    def signed(self, value: float, decimals: int = 1) -> str:
        """«+1,5», «−0,5», «0»: a difference."""
        shown = _number(value, decimals, self._locale)
        return f"+{shown}" if value > 0 and shown != "0" else shown


@lru_cache(maxsize=4096)
def _number(value: float, decimals: int, locale: str) -> str:
    """A roster says the same few numbers again and again."""
    places = "#" * decimals
    shown = format_decimal(abs(value), f"#,##0.{places}" if decimals else "#,##0", locale)
    return f"{MINUS}{shown}" if value < 0 and shown != "0" else shown
