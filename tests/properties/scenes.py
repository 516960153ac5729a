"""The duties of a random problem, scene by scene: each brings some rules to their limits."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from scheduler.domain.calendar import holiday_blocks
from scheduler.domain.doctor import Span
from scheduler.domain.duty import Duty, MunicipalDuty, Presence
from scheduler.domain.time import DAY, MINUTE, Interval, local_day, moment
from tests.properties.palette import (
    ALONE,
    AT_WORK,
    BACKUP,
    DAY_WORK,
    DAYTIME,
    EVENING,
    FLANK,
    HOME_1,
    HOME_2,
    HOME_3,
    HOME_LENGTHS,
    HOUR,
    KINDS,
    NIGHT,
    NURSING_HOME,
    ON_SITE,
    ON_SITE_LENGTHS,
    PAUSES,
    PERIODS,
    SESSION_LENGTHS,
    SESSIONS,
    SHIFTS,
    Kind,
)

T = TypeVar("T")


class Scenes:
    """The period and the duties of one problem in the making."""

    def __init__(self, seed: int, *, doctors: int, duties: int, days: int = 99) -> None:
        """Choose the period; at most so many doctors, duties and days."""
        self.chance = random.Random(seed)
        self.most_doctors, self.most_duties = doctors, duties
        first, length = self.one(PERIODS)
        self.first = first + timedelta(days=self.one((0, 0, 0, 1, 2)))
        self.last = self.first + timedelta(days=min(length, days) - 1)
        self.duties: list[Duty] = []

    # --- chance ---------------------------------------------------------------------------

    def one(self, choices: Sequence[T]) -> T:
        """One of these."""
        return self.chance.choice(choices)

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """A few of these, at most `most`."""
        return self.chance.sample(choices, self.chance.randint(0, min(most, len(choices))))

    def maybe(self, probability: float) -> bool:
        """Whether it happens."""
        return self.chance.random() < probability

    def day(self, before: int = 0, after: int = 0) -> date:
        """A day of the period, or so many days around it."""
        days = (self.last - self.first).days
        return self.first + timedelta(days=self.chance.randint(-before, days + after))

    def edge(self) -> date:
        """A day at whose midnight some duty begins or ends, or another day."""
        moments = [m for duty in self.duties for m in (duty.start + MINUTE, duty.end + MINUTE)]
        days = [day for m in moments if m - moment(day := local_day(m)) <= 2 * MINUTE]
        if days and self.maybe(0.5):
            return self.one(days) - self.one((0, 0, 1)) * DAY
        if self.maybe(0.4):
            return self.day(5, 5)
        duty = self.one(self.duties)
        return local_day(self.one((duty.start, duty.end))) + self.one((0, 0, 1)) * DAY

    def span(self) -> Span:
        """Days around the period, open at an end or not."""
        first, last = sorted((self.edge(), self.edge()))
        return Span(first if self.maybe(0.7) else None, last if self.maybe(0.7) else None)

    def clock(self, day: date, *choices: str) -> datetime:
        """One of some clock times on the day."""
        return moment(day, time.fromisoformat(self.one(choices)))

    def beside(self, instant: datetime) -> datetime:
        """The moment, or a minute from it."""
        return instant + self.one((-1, 0, 0, 1)) * MINUTE

    def around_duty(self) -> Interval:
        """Time at the edges of a duty: that touches it, takes a minute of it, or covers it."""
        duty = self.one(self.duties)
        start, end = self.beside(duty.start), self.beside(duty.end)
        return self.one(
            (
                Interval(start, end) if end > start else duty.interval,
                Interval(end, end + 8 * HOUR * MINUTE),
                Interval(start - 8 * HOUR * MINUTE, start),
                Interval(duty.start - 36 * HOUR * MINUTE, duty.end + 36 * HOUR * MINUTE),
            )
        )

    # --- duties ---------------------------------------------------------------------------

    def add(self, kind: Kind, start: datetime, minutes: int, **more: Any) -> Duty | None:
        """A duty of the period, if there is room for it."""
        inside = self.first <= local_day(start) <= self.last
        if minutes < 1 or not inside or len(self.duties) >= self.most_duties:
            return None
        name = f"{kind.id}/{start:%m-%dT%H:%M}/{len(self.duties)}"
        more.setdefault("needed", 2 if self.maybe(0.12) else 1)
        duty = Duty(name, kind, Interval(start, start + minutes * MINUTE), **more)
        self.duties.append(duty)
        return duty

    def length(self, kind: Kind) -> int:
        """A length for this kind, in minutes."""
        if isinstance(kind, MunicipalDuty):
            return self.one(SESSION_LENGTHS)
        return self.one(HOME_LENGTHS if kind.presence is Presence.HOME else ON_SITE_LENGTHS)

    def chain(self) -> None:
        """Duties one after the other, with pauses at the limits."""
        start = self.clock(self.day(), "00:00", "08:00", "15:30", "16:00", "22:00", "23:00")
        for _ in range(self.chance.randint(3, 5)):
            duty = self.add(kind := self.one(KINDS), start, self.length(kind))
            if duty is None:
                return
            start = duty.end + self.one(PAUSES) * MINUTE

    def touching(self) -> None:
        """Work on site without a pause, up to the longest stretch."""
        start = self.clock(self.day(), "07:00", "08:00", "16:00")
        for minutes in self.one(((480, 480), (300, 480, 60), (420, 360), (480, 481), (420, 361))):
            kind = self.one(AT_WORK)
            duty = self.add(kind, start, minutes)
            if duty is None:
                return
            start = duty.end

    def nights(self) -> None:
        """Nights in a row, at times one left out or just too short to count."""
        first, kind = self.day(), self.one((NIGHT, NIGHT, HOME_2, HOME_3, HOME_1))
        for number in range(self.chance.randint(3, 6)):
            clock, minutes = self.one((("23:00", 540), ("22:00", 600), ("20:00", 360)))
            if self.maybe(0.1):
                minutes = 179
            if not self.maybe(0.1):
                self.add(kind, self.clock(first + number * DAY, clock), minutes)

    def midnights(self) -> None:
        """Shifts that end or begin at midnight, or a minute beside it."""
        for _ in range(self.chance.randint(2, 4)):
            midnight, minutes = self.beside(moment(self.day())), self.one((240, 480))
            start = self.one((midnight, midnight - minutes * MINUTE))
            self.add(self.one((*ON_SITE, HOME_1)), start, minutes)

    def weekends(self) -> None:
        """Weekends near each other; Friday evenings that just reach Saturday or do not."""
        day, kind = self.day(), self.one((EVENING, HOME_1, FLANK, BACKUP))
        friday = day + timedelta(days=(4 - day.weekday()) % 7)
        for week in range(4):
            if self.maybe(0.75):
                offset, clock, minutes = self.one(
                    (
                        (0, "16:00", 480),
                        (0, "16:00", 481),
                        (1, "08:00", 480),
                        (2, "16:00", 480),
                        (2, "23:59", 300),
                    )
                )
                self.add(kind, self.clock(friday + (7 * week + offset) * DAY, clock), minutes)

    def holidays(self) -> None:
        """Shifts at the edges of the great holidays."""
        for block in holiday_blocks(self.first, self.last):
            if self.maybe(0.8):
                kind, minutes = self.one(SHIFTS), self.one((240, 480, 540))
                edge = self.beside(self.one((block.interval.start, block.interval.end)))
                start = self.one((edge, edge - minutes * MINUTE, block.interval.start))
                self.add(kind, start, minutes)

    def sessions(self) -> None:
        """Municipal work of one week or two, around what can be ordered."""
        kind, day = self.one(SESSIONS), self.day()
        choice = self.maybe(0.35)
        needed = self.one((1, 1, 2))
        for number in range(self.chance.randint(2, 4)):
            minutes = self.one(SESSION_LENGTHS)
            start = self.clock(day + number * self.one((1, 1, 2, 7)) * DAY, "08:00", "08:30")
            if choice:
                same = [d for d in self.duties if d.choice == kind.id]
                minutes = same[0].minutes if same else minutes
                week = local_day(start).isocalendar().week
                if any(d.day.isocalendar().week != week for d in same):
                    continue
                self.add(kind, start, minutes, choice=kind.id, needed=needed)
            else:
                self.add(self.one((kind, kind, NURSING_HOME)), start, minutes)

    def home_stretch(self) -> None:
        """Home duty day after day: touching, overlapping, up to the longest stretch."""
        start = self.clock(self.day(), "08:00", "15:00", "00:00")
        wanted = self.one((4320, 10080)) + self.one((-1, 0, 1, 60))
        pieces = self.chance.randint(2, 4)
        kind = self.one((HOME_1, HOME_2, BACKUP))
        for number in range(pieces):
            minutes = wanted // pieces if number else wanted - wanted // pieces * (pieces - 1)
            duty = self.add(kind, start, minutes)
            if duty is None:
                return
            start = duty.end + self.one((0, 0, 0, -30, 1)) * MINUTE

    def heavy_week(self) -> None:
        """A week's hours on site, just at or over what a week may hold."""
        day = self.day()
        monday = day - timedelta(days=day.weekday())
        wanted = self.one((24, 24, 31, 32, 33, 45, 69)) * HOUR + self.one((-1, 0, 1, 30))
        kind = self.one((EVENING, FLANK, NIGHT))
        for number in range(6):
            minutes = min(wanted, self.one((8, 10, 12, 15)) * HOUR)
            self.add(kind, self.clock(monday + number * DAY, "16:00", "17:00"), minutes)
            wanted -= minutes

    def no_long_rest(self) -> None:
        """Work at even distances, so that no long stretch of a week is free."""
        pause = self.one((24, 28, 28, 35, 35, 48)) * HOUR + self.one((-1, -1, 0, 1))
        start = self.clock(self.first, "00:00", "08:00")
        kind = self.one(AT_WORK)
        while duty := self.add(kind, start, self.one((60, 180))):
            start = duty.end + pause * MINUTE

    def team(self) -> None:
        """Shifts at the same time, and backup that covers them or lacks a minute."""
        day = self.day()
        for number in range(self.chance.randint(1, 3)):
            start = self.clock(day + number * DAY, "08:00", "16:00", "23:00")
            kind = self.one((EVENING, NIGHT, DAYTIME, HOME_1, HOME_2))
            duty = self.add(kind, start, self.one((420, 480)))
            if duty is None:
                return
            for guard in self.chance.sample((BACKUP, BACKUP, FLANK, ALONE), 2):
                begins = duty.start + self.one((0, 0, 0, 1, -60)) * MINUTE
                ends = duty.end + self.one((0, 0, 0, -1, 60)) * MINUTE
                self.add(guard, begins, (ends - begins) // MINUTE, needed=1)

    def after_night(self) -> None:
        """A night, and day work that begins when it ends or eight hours later."""
        duty = self.add(
            self.one((NIGHT, NIGHT, HOME_3)), self.clock(self.day(), "23:00", "22:00"), 540
        )
        for _ in range(self.chance.randint(1, 2)):
            if duty:
                start = duty.end + self.one((0, 60, 479, 480, 481, 900)) * MINUTE
                self.add(self.one(DAY_WORK), start, self.one((120, 225, 450)))

    def month_end(self) -> None:
        """Short shifts close together, of one kind or two."""
        day, kinds = self.day(), self.chance.sample(SHIFTS, 2)
        for number in range(self.chance.randint(3, 6)):
            start = self.clock(day + self.one((0, 1, 1)) * number * DAY, "09:00", "16:00", "22:00")
            self.add(self.one(kinds), start, self.one((120, 240, 480)))

    def draw_duties(self) -> tuple[Duty, ...]:
        """The duties of the period, some of them given away together."""
        scenes: list[Callable[[], None]] = [
            self.chain,
            self.touching,
            self.nights,
            self.midnights,
            self.midnights,
            self.midnights,
            self.weekends,
            self.holidays,
            self.sessions,
            self.sessions,
            self.home_stretch,
            self.heavy_week,
            self.no_long_rest,
            self.team,
            self.team,
            self.after_night,
            self.month_end,
        ]
        tries = 0
        while len(self.duties) < min(4, self.most_duties) or tries < 2:
            self.one(scenes)()
            tries += 1
        if self.maybe(0.3):
            self._join("block")
        if self.maybe(0.4):
            self._join("together")
        self.duties.sort(key=lambda duty: (duty.start, duty.end, duty.id))
        return tuple(self.duties)

    def _join(self, what: str) -> None:
        """Let two or three shifts be one block, or duties that had better go together."""
        joined: list[Duty] = []
        for duty in self.some([duty for duty in self.duties if duty.is_shift], 4):
            apart = all(not duty.interval.overlaps(own.interval) for own in joined)
            alike = all(duty.needed == own.needed for own in joined)
            if what == "together" or (apart and alike and len(joined) < 3):
                joined.append(duty)
        if len(joined) > 1:
            self.duties = [
                duty
                if duty not in joined
                else replace(duty, block="block-1")
                if what == "block"
                else replace(duty, together="together-1")
                for duty in self.duties
            ]
