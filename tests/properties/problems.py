"""Small random problems whose times and numbers stand at the limits of the rules.

Plain `random.Random`, so a seed gives the same problem everywhere, at once. What is drawn
is what a plan could say: blocks can be worked, a choice is of sessions, the former roster
does not overlap itself. Lengths and pauses are drawn at a limit or a minute beside it.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from scheduler.domain.calendar import GreatHoliday, holiday_blocks
from scheduler.domain.doctor import (
    Absence,
    AbsenceKind,
    Competence,
    Doctor,
    Employment,
    Exemption,
    ExemptionKind,
    ExemptionStatus,
    OpeningHours,
    PersonalLimits,
    Span,
)
from scheduler.domain.duty import (
    Continuity,
    Duty,
    Letter,
    MunicipalDuty,
    Presence,
    Role,
    ShiftPattern,
)
from scheduler.domain.problem import (
    Account,
    Agreement,
    Assignment,
    Attitude,
    Meeting,
    MeetingKind,
    Municipality,
    PastDuty,
    Pin,
    Place,
    Problem,
    Wish,
)
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import DAY, MINUTE, Interval, add_months, birthday, local_day, moment

T = TypeVar("T")
Kind = ShiftPattern | MunicipalDuty

_A, _B = Letter.OUT_OF_HOURS, Letter.DAYTIME
_SITE, _HOME = Presence.ON_SITE, Presence.HOME
_FIRST, _SECOND = Role.PRIMARY, Role.BACKUP

EVENING = ShiftPattern("kveld", "Kveld", _A, _SITE, _FIRST, "lv", 3, burden=100)
NIGHT = ShiftPattern("natt", "Natt", _A, _SITE, _FIRST, "lv", 3, burden=150, drivers=1)
FLANK = ShiftPattern("flanke", "Flanke", _A, _SITE, _FIRST, "lv", 2, burden=80)
ALONE = ShiftPattern("alene", "Alene", _A, _SITE, _FIRST, "lv2", independent=True)
HOME_1 = ShiftPattern("hjemme", "Hjemmevakt", _A, _HOME, _FIRST, "lv", burden=40)
HOME_2 = ShiftPattern("hjemme2", "Hjemmevakt 2", _A, _HOME, _FIRST, "lv", 2, burden=60)
HOME_3 = ShiftPattern("hjemme3", "Hjemmevakt 3", _A, _HOME, _FIRST, "lv2", 3, burden=75)
DAYTIME = ShiftPattern("dag", "Daglegevakt", _B, _SITE, _FIRST, "lv", 3, burden=50)
BACKUP = ShiftPattern(
    "bak",
    "Bakvakt",
    _A,
    _HOME,
    _SECOND,
    "lv",
    1,
    backs_up=frozenset({"kveld", "natt", "flanke", "hjemme", "hjemme2", "dag"}),
    burden=25,
)
NURSING_HOME = MunicipalDuty("sykehjem", "Sykehjem", "fjell", "sh", burden=10)
SCHOOL = MunicipalDuty(
    "skole", "Skolehelsetjeneste", "fjell", "k1", continuity=Continuity.ONE_DOCTOR
)
PRISON = MunicipalDuty(
    "fengsel", "Fengsel", "fjell", "sh", counts_in_cap=False, continuity=Continuity.FEW_DOCTORS
)
SPECIAL = MunicipalDuty("veiledning", "Veiledning", "fjell", "k2", specialist_only=True)
ELSEWHERE = MunicipalDuty("dalen", "Sykehjem i Dal", "dal", "sh")

ON_SITE: tuple[ShiftPattern, ...] = (EVENING, NIGHT, FLANK, ALONE)
AT_HOME: tuple[ShiftPattern, ...] = (HOME_1, HOME_2, HOME_3)
SHIFTS: tuple[ShiftPattern, ...] = (*ON_SITE, *AT_HOME, DAYTIME, BACKUP)
SESSIONS: tuple[MunicipalDuty, ...] = (NURSING_HOME, SCHOOL, PRISON, SPECIAL, ELSEWHERE)
KINDS: tuple[Kind, ...] = (*SHIFTS, *SESSIONS)
NAMES = ("Anne", "Bjørn", "Cato", "Dina")
HOUR = 60

PERIODS: tuple[tuple[date, int], ...] = (
    (date(2026, 12, 21), 17),  # Christmas, New Year, week 53
    (date(2026, 12, 28), 7),
    (date(2025, 12, 22), 21),  # the regulation of 2026 comes into force
    (date(2027, 3, 22), 14),  # Easter with the spring change
    (date(2027, 3, 26), 5),
    (date(2026, 10, 19), 14),  # the autumn change
    (date(2027, 5, 10), 21),  # 17 May on Whit Monday
    (date(2027, 4, 28), 14),  # 1 May, Ascension Day
    (date(2027, 1, 25), 28),  # the end of a month
    (date(2027, 2, 3), 9),
)
"""First day and number of days."""

# Lengths and pauses in minutes: at the limits of the rules, and beside them.
PAUSES = (
    *(0, 0, 1, -1, -60),
    *(479, 480, 481, 659, 660, 661, 16 * HOUR),
    *(24 * HOUR - 1, 24 * HOUR, 1679, 1680, 1681, 2099, 2100, 2101, 48 * HOUR),
)
ON_SITE_LENGTHS = (
    *(180, 240, 7 * HOUR, 8 * HOUR, 9 * HOUR, 15 * HOUR),
    *(779, 780, 781, 959, 960, 961),
)
HOME_LENGTHS = (8 * HOUR, 16 * HOUR, 24 * HOUR, 4319, 4320, 4321, 10079, 10080, 10081)
SESSION_LENGTHS = (60, 120, 224, 225, 226, 240, 360, 449, 450, 451, 540, 541)


@dataclass(frozen=True)
class Case:
    """A problem with the rosters to try on it."""

    problem: Problem
    timetables: tuple[Timetable, ...]


class Drawing:
    """One problem in the making."""

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
        return self.one(HOME_LENGTHS if kind.presence is _HOME else ON_SITE_LENGTHS)

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
            kind = self.one((EVENING, NIGHT, DAYTIME, NURSING_HOME, FLANK))
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
        kind = self.one((EVENING, NIGHT, NURSING_HOME, HOME_2))
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
                self.add(self.one((DAYTIME, *SESSIONS)), start, self.one((120, 225, 450)))

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
                replace(duty, **{what: f"{what}-1"}) if duty in joined else duty
                for duty in self.duties
            ]

    # --- doctors --------------------------------------------------------------------------

    def draw_doctors(self) -> tuple[Doctor, ...]:
        """Two doctors or more; the first is a GP, for a key by posts must have one."""
        number = self.chance.randint(2, self.most_doctors)
        return tuple(self._doctor(name) for name in NAMES[:number])

    def _doctor(self, name: str) -> Doctor:
        others = (Employment.LIS1, Employment.HIRED) if name != NAMES[0] else ()
        employment = self.one(
            (
                *[Employment.SELF_EMPLOYED] * 5,
                *[Employment.EMPLOYED] * 3,
                Employment.LOCUM,
                *others,
            )
        )
        born = date(1980, 6, 1)
        if self.maybe(0.35):
            turning = self.edge()
            born = date(turning.year - self.one((60, 70, 70, 75, 80)), turning.month, 1)
            born += (turning.day - 1) * DAY
        extension = None
        if birthday(born, 70) <= self.last and self.maybe(0.6):
            extension = self.one((self.edge(), self.day(0, 400)))
        lunch = self.one((False, False, True))
        weekdays = self.one((range(5), range(5), (0, 2, 4), ()))
        hours = [("08:00", "15:30")] if not lunch else [("08:00", "11:30"), ("12:00", "15:00")]
        return Doctor(
            id=name.lower(),
            name=name,
            municipality=self.one(("fjell", "fjell", "fjell", "dal")),
            employment=employment,
            born=born,
            practice_share=self.one((Fraction(1), Fraction(1), Fraction(4, 5), Fraction(1, 2))),
            office=self.one(("k1", "k1", "k2", None)),
            shared_list=self.one((None, None, "Nord")),
            opening_hours=tuple(
                OpeningHours(day, time.fromisoformat(start), time.fromisoformat(end))
                for day in weekdays
                for start, end in hours
            ),
            agreement=self.span() if self.maybe(0.15) else Span(),
            extension_until=extension,
            competence=self._competence(),
            share_weight=self.one((Fraction(1), Fraction(1), Fraction(1, 2), Fraction(0))),
            list_size=self.one((None, 800, 1200)),
            limits=self._limits() if self.maybe(0.3) else PersonalLimits(),
            reach=frozenset(self.some(("lv", "lv2", "sh", "k1"), 4)) if self.maybe(0.15) else None,
        )

    def _competence(self) -> Competence:
        long_ago = date(2015, 1, 1)
        if self.maybe(0.6):
            return Competence(
                specialist_from=long_ago,
                emergency_course_from=long_ago,
                violence_course_from=long_ago,
                radio_from=self.edge() if self.maybe(0.12) else long_ago,
            )
        near = self.edge()
        return Competence(
            specialist_from=near if self.maybe(0.1) else None,
            approved_gp_from=near if self.maybe(0.1) else None,
            clinical_months=self.one((0, 29, 29, 30, 40)),
            as_of=self.one((None, near - timedelta(days=30))),
            municipal_gp_from=self.one((None, None, near - timedelta(days=365))),
            duties_done=self.one((0, 37, 38, 39, 39, 40)),
            lis1_completed_from=self.one((None, long_ago, near)),
            emergency_course_from=self.one((long_ago, long_ago, near, None)),
            violence_course_from=self.one((long_ago, long_ago, long_ago, near)),
            radio_from=self.one((long_ago, long_ago, long_ago, near, None)),
        )

    def _limits(self) -> PersonalLimits:
        return PersonalLimits(
            no_nights=self.maybe(0.3),
            max_duties_per_month=self.one((None, None, 1, 2, 3)),
            max_nights_per_month=self.one((None, None, 1, 2)),
            max_weekends_per_month=self.one((None, None, 0, 1)),
            not_weekdays=frozenset(self.some(range(7), 2)) if self.maybe(0.3) else frozenset(),
            not_patterns=frozenset(self.some([kind.id for kind in SHIFTS], 2))
            if self.maybe(0.3)
            else frozenset(),
        )

    def exemptions(self, doctor: Doctor) -> Iterable[Exemption]:
        """An exemption of any kind and status, its days near the period."""
        kind, status = self.one(tuple(ExemptionKind)), self.one(tuple(ExemptionStatus))
        if self.maybe(0.7):
            claims = (ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING)
            status = ExemptionStatus.CLAIMED if kind in claims else ExemptionStatus.GRANTED
        decided = self.edge()
        term = self.one((self.day(0, 90), add_months(self.edge(), 3)))
        yield Exemption(
            f"f-{doctor.id}",
            doctor.id,
            kind,
            status,
            claimed_from=self.one((None, self.edge(), self.edge(), self.day(20, 0))),
            claimed_until=self.one((None, None, self.edge())),
            decided_on=decided,
            interval=self.span(),
            term=self.one((None, term, term)),
            birth=self.one((None, self.day(3, 0), add_months(self.edge(), -12))),
            hindered=self.maybe(0.3),
            released_on=self.one((None, None, self.edge())),
        )

    def tail(self, doctor: Doctor) -> Iterable[Duty]:
        """Work of the former roster, some of it up to or across the first midnight."""
        until = moment(self.first) + self.one((0, 0, 1, 480)) * MINUTE
        if self.duties and self.maybe(0.6):
            first = min(duty.start for duty in self.duties)
            until = first - self.one([p for p in PAUSES if p >= 0]) * MINUTE
        for number in range(self.chance.randint(1, 4)):
            kind = self.one((*KINDS, NIGHT, HOME_1, EVENING))
            start = until - self.length(kind) * MINUTE
            if local_day(start) < self.first and local_day(start) >= self.first - 21 * DAY:
                together = "together-1" if self.maybe(0.15) else None
                name = f"tail/{doctor.id}/{number}"
                yield Duty(name, kind, Interval(start, until), together=together)
            until = start - self.one([p for p in PAUSES if p >= 0]) * MINUTE

    # --- the rest -------------------------------------------------------------------------

    def agreements(self, doctor: Doctor) -> Iterable[Agreement]:
        """Signed work and offers, at times renewed in the middle of a week."""
        for _ in range(self.chance.randint(0, 3)):
            yield Agreement(
                doctor.id,
                self.one((*SESSIONS, NURSING_HOME, DAYTIME)).id,
                self.one((0, 120, 225, 240, 450, 600)),
                self.span() if self.maybe(0.5) else Span(),
                signed=self.maybe(0.6),
            )

    def wishes(self, doctor: Doctor) -> Iterable[Wish]:
        """A few wishes of every sort."""
        for number in range(self.chance.randint(0, 2)):
            yield Wish(
                f"ø-{doctor.id}-{number}",
                doctor.id,
                self.one(tuple(Attitude)),
                self.around_duty(),
                frozenset({self.one(SHIFTS).id}) if self.maybe(0.2) else frozenset(),
                weight=self.one((1, 1, 2, 3)),
                as_block=self.maybe(0.3),
            )

    def assignment(self, doctors: Sequence[Doctor]) -> Assignment:
        """Somebody on some duty."""
        return Assignment(self.one(self.duties).id, self.one(doctors).id)

    def settings(self, doctors: Sequence[Doctor]) -> dict[str, dict[str, Any]]:
        """Some rules with other settings than the default ones, all within their ranges."""
        found: dict[str, dict[str, Any]] = {}
        for rule, choices in RULES.items():
            own = {name: self.one(values) for name, values in choices.items() if self.maybe(0.3)}
            if own:
                found[rule] = own
        applies = self.one(("off", "employed", "all", "all"))
        for rule in ("ordinary_hours", "sunday_off", "total_hours", "overtime"):
            found.setdefault(rule, {})["applies"] = applies
        for rule, own in self._vocabulary(doctors).items():
            if self.maybe(0.6):
                found[rule] = own
        return found

    def _vocabulary(self, doctors: Sequence[Doctor]) -> dict[str, dict[str, Any]]:
        """Settings for the rules that demand nothing until something is given."""
        who = [*(doctor.id for doctor in doctors), "*"]
        kinds = [*dict.fromkeys(duty.type.id for duty in self.duties), "*"]
        dates = [str(duty.day) for duty in self.duties]
        weekdays = ("mandag", "lørdag", "søndag")

        def by_doctor(*values: int | None) -> dict[str, int | None]:
            return {own: self.one(values) for own in self.some(who, 3)}

        return {
            "one_shift_a_day": {"doctors": {own: self.maybe(0.8) for own in self.some(who, 3)}},
            "forbidden_succession": {
                "successions": {
                    f"{self.one(kinds)}/{self.one(kinds)}": self.maybe(0.8) for _ in range(3)
                }
            },
            "pattern_maximum": {
                "maxima": {
                    f"{self.one(who)}/{self.one(kinds)}": self.one((0, 1, 1, 2, 3))
                    for _ in range(3)
                }
            },
            "total_time": {
                "minimum": by_doctor(None, 0, 480, 960) if self.maybe(0.4) else {},
                "maximum": by_doctor(480, 960, 1440, 2880),
                "window_minimum": by_doctor(0, 240, 480) if self.maybe(0.4) else {},
                "window_maximum": by_doctor(480, 960, 1440),
                "window_weeks": self.one((1, 1, 2, 3)),
            },
            "consecutive_duties": {
                "minimum": by_doctor(1, 2, 2, 3) if self.maybe(0.6) else {},
                "maximum": by_doctor(0, 1, 2, 3),
            },
            "consecutive_days_off": {"minimum": by_doctor(1, 2, 2, 3)},
            "max_weekends": {"maximum": by_doctor(0, 1, 1, 2)},
            "days_off": {
                "days": {f"{self.one(who)}/{self.one(dates)}": self.maybe(0.8) for _ in range(3)},
                "overlap": self.one(("any", "start")),
            },
            "cover_targets": {
                "needed": {
                    self.one((kind, f"{kind}/{self.one(weekdays)}")): self.one((0, 1, 1, 2))
                    for kind in kinds
                },
                "under": {self.one(kinds): self.one((0, 1, 3))},
                "over": {self.one(kinds): self.one((0, 1, 3))},
                "level": self.one(("cover", "health", "wishes")),
                "price": self.one((None, 1, 100)),
            },
            "requests": {
                side: {
                    "/".join(
                        (self.one(who[:-1]), self.one(dates), *self.some(kinds[:-1], 1))
                    ): self.one((1, 2, 5))
                    for _ in range(self.chance.randint(0, 3))
                }
                for side in ("wanted", "unwanted")
            }
            | {"level": self.one(("wishes", "health"))},
        }

    def problem(self) -> Problem:
        """Everything together."""
        duties = self.draw_duties()
        doctors = self.draw_doctors()
        tail = [
            PastDuty(doctor.id, duty)
            for doctor in doctors
            if self.maybe(0.35)
            for duty in self.tail(doctor)
        ]
        pinned = {self.assignment(doctors) for _ in range(self.one((0, 0, 0, 1, 2)))}
        meeting_kinds = tuple(MeetingKind)
        return Problem(
            title="Tilfeldig",
            first_day=self.first,
            last_day=self.last,
            judged_on=self.one((self.first - timedelta(days=30), self.day())),
            municipalities=(
                Municipality("dal", "Dal", 1400, key=Fraction(1, 4)),
                Municipality("fjell", "Fjell", 6000, key=Fraction(3, 4)),
            ),
            places=tuple(Place(own, own) for own in ("k1", "k2", "lv", "lv2", "sh")),
            doctors=doctors,
            types=KINDS,
            duties=duties,
            agreements=tuple(a for d in doctors if self.maybe(0.5) for a in self.agreements(d)),
            meetings=tuple(
                Meeting(doctor.id, self._meeting(), self.one(meeting_kinds))
                for doctor in doctors
                if self.maybe(0.25)
            ),
            exemptions=tuple(e for d in doctors if self.maybe(0.6) for e in self.exemptions(d)),
            absences=tuple(
                Absence(doctor.id, self.around_duty(), self.one(tuple(AbsenceKind)))
                for doctor in doctors
                for _ in range(self.one((0, 0, 1, 2)))
                if self.maybe(0.5)
            ),
            wishes=tuple(w for d in doctors if self.maybe(0.6) for w in self.wishes(d)),
            pins=tuple(Pin(own.doctor, own.duty, self.maybe(0.6)) for own in sorted(pinned)),
            tail=tuple(tail),
            ledger=tuple(self._account(d) for d in doctors if self.maybe(0.4)),
            published=tuple(
                sorted({self.assignment(doctors) for _ in range(self.one((0, 0, 1, 3)))})
            ),
            settings=self.settings(doctors),
        )

    def _meeting(self) -> Interval:
        """A meeting of an hour or two, in the daytime or at the edge of a duty."""
        if self.maybe(0.5):
            start = self.clock(self.day(), "08:00", "12:00", "14:00")
        else:
            duty = self.one(self.duties)
            start = self.one((self.beside(duty.end), self.beside(duty.start) - 90 * MINUTE))
        return Interval(start, start + 90 * MINUTE)

    def _account(self, doctor: Doctor) -> Account:
        return Account(
            doctor.id,
            points=self.one((0, 100, -150)),
            nights=self.one((0, 1, -1)),
            weekends=self.one((0, 1)),
            great_holidays=self.one((0, 1)),
            holidays={
                own: self.last.year - self.one((1, 1, 2, 3, 4))
                for own in self.some(tuple(GreatHoliday), 4)
            },
        )


RULES: dict[str, dict[str, tuple[Any, ...]]] = {
    "cover": {"primary_weight": (1, 9), "backup_weight": (1, 5), "municipal_weight": (1, 2)},
    "round_the_clock": {"min_doctors_24_7": (1, 2), "offices_cover_daytime": (False,)},
    "takes_part": {"lis1_daytime": (True,)},
    "claimed_exemption": {"overlap": ("start",)},
    "recruitment_promise": {"overlap": ("start",)},
    "decided_exemption": {"overlap": ("start",)},
    "need_exemption": {"overlap": ("start",)},
    "order_cap": {"cap_averaging_weeks": (1, 2, 3), "daytime_counts_in_cap": (True,)},
    "backup_for_dependent": {"lis1_completed_needs_bakvakt": (False,)},
    "radio_training": {"required": (False,)},
    "practice_hours_lost": {"free_hours_per_week": (0, 2, 4)},
    "ordinary_hours": {"max_day": (7, 8, 9), "max_week": (30, 38, 40)},
    "rest_between_work": {
        "min_rest": (8, 9, 11),
        "rest_counts_home_duty": ("none", "class 1", "class 1-2"),
    },
    "practice_after_night": {"free_after_onsite_night": (8, 9, 15, 24)},
    "agreement_kept": {"least_share": (0, 50, 100)},
    "presence_class": {"class_2_on_site": (True,)},
    "rota_size": {"min_doctors_in_rota": ({"1": 2, "3": 2}, {"2": 1})},
    "absence": {"long_sick_days": (1, 3), "prorates_holiday": (True,)},
    "office_presence": {"min_present": (1, 2), "strictness": ("hard", "hard", "soft")},
    "longest_presence": {"onsite_shift_target": (8, 13, 16), "max_onsite_shift": (8, 13, 16, 24)},
    "longest_home_duty": {"home_duty_target": (16, 24, 72), "max_home_duty_block": (24, 72, 168)},
    "weekly_rest": {
        "weekly_rest_target": (28, 35, 48),
        "weekly_rest": (24, 28, 35),
        "practice_is_work": (False,),
        "rest_counts_home_duty": ("none", "class 1", "class 1-2"),
    },
    "weekly_load": {
        "total_week_target": (40, 48),
        "max_total_week": (40, 45, 60, 69),
        "mean_weeks": (1, 2, 8),
        "standby_divisor": (1, 4, 7),
    },
    "weekly_presence": {
        "presence_target": (0, 3, 7),
        "max_week_presence": (7, 16, 24),
        "standby_divisor": (1, 4, 7),
        "home_counts_in_limit": (True,),
        "mean_counts": ("gps",),
    },
    "christmas_or_new_year": {"strictness": ("hard",)},
    "crew_on_callout": {"crew_required": (1, 2)},
    "consecutive_nights": {
        "consecutive_nights_target": (1, 2, 3),
        "max_consecutive_nights": (1, 2, 3, 4),
        "counts": ("on_site", "all"),
    },
    "target_rest": {
        "target_rest": (8, 11, 16),
        "rest_counts_home_duty": ("none", "class 1", "class 1-2"),
    },
    "weekend_spacing": {"weekend_spacing": (2, 3, 4)},
    "sunday_off": {"strictness": ("hard",)},
    "total_hours": {"max_day": (9, 13), "max_mean_week": (37, 48), "mean_weeks": (1, 2, 8)},
    "overtime": {
        "ordinary_week": (30, 40),
        "max_week": (0, 5, 10),
        "max_four_weeks": (0, 10, 25),
        "max_year": (0, 20, 200),
    },
    "fair_share": {
        "weight": ("equal", "practice_share", "list_size"),
        "prorate": (False,),
        "key": ("none", "posts", "population", "half", "custom"),
        "carry": (0, 100, 300),
        "leximin_depth": (1, 2),
    },
    "ordered_spread": {"free_share": (5, 10, 50)},
    "holiday_rotation": {"memory_years": (1, 2, 3)},
    "cannot_wish": {"strength": ("soft",), "price": (1, 5)},
    "wishes": {"normalise": (False,), "full_wishes": (1, 4)},
    "spacing": {"min_days": (1, 2, 4), "price": (1, 5)},
    "stability": {"price": (1, 300)},
}
"""Settings that are drawn from, within the ranges of the rules' parameters."""


def draw_problem(seed: int, *, doctors: int = 4, duties: int = 14, days: int = 99) -> Problem:
    """The problem of this seed, with at most so many doctors, duties and days."""
    return Drawing(seed, doctors=doctors, duties=duties, days=days).problem()


def draw_roster(problem: Problem, chance: random.Random, style: str) -> Timetable:
    """A roster in which blocks are whole.

    Args:
        problem: the problem.
        chance: where it is drawn from.
        style: "random", "dense" (one doctor has much of everything), "one" (has all of it),
            or "sparse".
    """
    doctors = [doctor.id for doctor in problem.doctors]
    busy = chance.choice(doctors)
    pairs: list[Assignment] = []
    for duties in problem.units.values():
        needed = duties[0].needed
        if style == "sparse":
            number = needed if chance.random() < 0.35 else 0
        else:
            number = chance.choice((0, needed, needed, needed, needed, needed + 1))
        on_duty = set(chance.sample(doctors, min(number, len(doctors))))
        if style == "one" or (style == "dense" and chance.random() < 0.75):
            on_duty = {busy}
        pairs += [Assignment(duty.id, who) for duty in duties for who in sorted(on_duty)]
    return Timetable(problem, Roster.of(problem, pairs))


STYLES = ("random", "random", "dense", "dense", "one", "sparse", "random", "dense")


@lru_cache(maxsize=None)
def draw_case(seed: int, rosters: int = 7) -> Case:
    """The problem of this seed and some rosters."""
    problem = draw_problem(seed)
    chance = random.Random(-1 - seed)
    return Case(problem, tuple(draw_roster(problem, chance, s) for s in STYLES[:rosters]))
