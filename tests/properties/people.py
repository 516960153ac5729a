"""The doctors of a random problem, with their exemptions and the work that they have done."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from fractions import Fraction

from scheduler.domain.doctor import (
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
from scheduler.domain.duty import Duty
from scheduler.domain.time import DAY, MINUTE, Interval, add_months, birthday, local_day, moment
from tests.properties.palette import (
    EVENING,
    HOME_1,
    KINDS,
    NAMES,
    NIGHT,
    PAUSES,
    SHIFTS,
)
from tests.properties.scenes import Scenes


class People(Scenes):
    """The doctors of one problem in the making."""

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
            eve_closing=self.one((None, None, time(12))),
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
