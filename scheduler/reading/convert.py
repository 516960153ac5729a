"""Parts of a plan to values of the domain: local clocks to UTC, points to hundredths.

Parts that do not make sense are left out here; `checks` has told of each of them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from scheduler.domain import doctor as people
from scheduler.domain import problem as domain
from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Span
from scheduler.domain.duty import Duty, Letter, MunicipalDuty, ShiftPattern
from scheduler.domain.points import Rates
from scheduler.domain.time import Interval
from scheduler.reading.changed import Kinds
from scheduler.reading.expand import duty_id
from scheduler.reading.parts.duties import Pattern
from scheduler.reading.parts.history import Account, HolidayYears, PastDuty
from scheduler.reading.parts.people import Doctor
from scheduler.reading.plan import Plan
from scheduler.reading.rates import general_rates, hundredths, pattern_rates
from scheduler.reading.recurrence import clock_span, meeting_days, moment_span, shift_interval
from scheduler.reading.wishes import wish_span

HOLIDAYS = {
    "christmas": GreatHoliday.CHRISTMAS,
    "new_year": GreatHoliday.NEW_YEAR,
    "easter": GreatHoliday.EASTER,
    "labour_day": GreatHoliday.LABOUR_DAY,
    "constitution_day": GreatHoliday.CONSTITUTION_DAY,
    "ascension": GreatHoliday.ASCENSION,
    "whitsun": GreatHoliday.WHITSUN,
}


class _Dated(Protocol):
    """A part that holds for some days."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_until(self) -> date | None: ...


def backwards(first: date | None, last: date | None) -> bool:
    """Whether a span ends before it begins."""
    return first is not None and last is not None and last < first


def _span(first: date | None, last: date | None) -> Span:
    return Span() if backwards(first, last) else Span(first, last)


def _valid(part: _Dated) -> Span:
    return _span(part.valid_from, part.valid_until)


def shift_pattern(pattern: Pattern, rates: Rates) -> ShiftPattern:
    """The kind of shift, with what an hour of it weighs."""
    return ShiftPattern(
        pattern.id,
        pattern.name,
        Letter(pattern.letter.value),
        pattern.presence,
        pattern.role,
        pattern.place,
        pattern.duty_class,
        pattern.independent,
        frozenset(pattern.backs_up),
        None if pattern.burden is None else hundredths(pattern.burden),
        pattern.drivers,
        rates,
    )


def kinds_of(plan: Plan) -> dict[str, ShiftPattern | MunicipalDuty]:
    """Shift patterns and municipal duties by id, sorted; the first of two equal ids counts."""
    general = general_rates(plan)
    own = pattern_rates(plan, general)
    found: dict[str, ShiftPattern | MunicipalDuty] = {}
    for pattern in plan.patterns:
        rates = own.get(pattern.id, general)
        found.setdefault(pattern.id, shift_pattern(pattern, rates))
    for work in plan.municipal_duties:
        found.setdefault(
            work.id,
            MunicipalDuty(
                work.id,
                work.name,
                work.municipality,
                work.place,
                work.kind.value,
                work.counts_in_cap,
                work.continuity,
                work.specialist_only,
                hundredths(work.burden),
            ),
        )
    return dict(sorted(found.items()))


def doctor(own: Doctor, plan: Plan) -> people.Doctor:
    """One doctor; an office named as one of the places is that place."""
    facts, limits = own.competence, own.limits
    place_of = {place.name.casefold(): place.id for place in plan.places}
    office = place_of.get(own.office.casefold(), own.office) if own.office else None
    return people.Doctor(
        id=own.id,
        name=own.name,
        municipality=own.municipality,
        employment=own.employment,
        born=own.born,
        practice_share=own.practice_share,
        office=office,
        shared_list=own.shared_list,
        opening_hours=tuple(
            sorted(
                people.OpeningHours(weekday.number, hours.start, hours.end)
                for hours in own.opening_hours
                for weekday in hours.weekdays
            )
        ),
        eve_closing=own.eve_closing,
        agreement=_span(own.agreement_from, own.agreement_until),
        extension_until=own.extension_until,
        competence=people.Competence(
            specialist_from=facts.specialist_from,
            approved_gp_from=facts.approved_gp_from,
            clinical_months=facts.clinical_months,
            as_of=facts.months_counted_on,
            municipal_gp_from=facts.municipal_gp_from,
            duties_done=facts.duties_done,
            lis1_completed_from=facts.lis1_completed_from,
            emergency_course_from=facts.emergency_course_from,
            violence_course_from=facts.violence_course_from,
            radio_from=facts.radio_from,
        ),
        share_weight=own.share_weight,
        list_size=own.list_size,
        limits=people.PersonalLimits(
            no_nights=limits.no_nights,
            max_duties_per_month=limits.max_duties_per_month,
            max_nights_per_month=limits.max_nights_per_month,
            max_weekends_per_month=limits.max_weekends_per_month,
            not_weekdays=frozenset(weekday.number for weekday in limits.not_weekdays),
            not_patterns=frozenset(limits.not_patterns),
        ),
        reach=None if own.reach is None else frozenset(own.reach),
    )


def municipalities(plan: Plan) -> Iterator[domain.Municipality]:
    """The municipalities."""
    for own in plan.municipalities:
        yield domain.Municipality(own.id, own.name, own.inhabitants, own.key)


def places(plan: Plan) -> Iterator[domain.Place]:
    """The places; one without a district has that of its municipality."""
    districts = {own.id: own.district for own in plan.municipalities}
    for own in plan.places:
        district = own.district or districts.get(own.municipality or "")
        yield domain.Place(own.id, own.name, own.municipality, district)


def exemptions(plan: Plan) -> Iterator[people.Exemption]:
    """The exemptions."""
    for own in plan.exemptions:
        yield people.Exemption(
            id=own.id,
            doctor=own.doctor,
            kind=own.kind,
            status=own.status,
            claimed_from=own.claimed_from,
            claimed_until=own.claimed_until,
            decided_on=own.decided_on,
            interval=_valid(own),
            term=own.term,
            birth=own.birth,
            hindered=own.hindered,
            released_on=own.released_on,
            reference=own.reference,
        )


def agreements(plan: Plan) -> Iterator[domain.Agreement]:
    """Signed agreements and offers."""
    for own in plan.agreements:
        minutes = round(own.hours_per_week * 60)
        yield domain.Agreement(own.doctor, own.duty, minutes, _valid(own), own.signed)


def meetings(plan: Plan) -> Iterator[domain.Meeting]:
    """Every meeting of the period, those that come back one by one."""
    for own in plan.meetings:
        for day in meeting_days(plan, own):
            if interval := clock_span(day, own.start, own.end, 0):
                yield domain.Meeting(own.doctor, interval, own.kind)


def absences(plan: Plan) -> Iterator[people.Absence]:
    """The absences."""
    for own in plan.absences:
        if interval := moment_span(own.start, own.end):
            yield people.Absence(own.doctor, interval, own.kind)


def wishes(plan: Plan) -> Iterator[domain.Wish]:
    """The wishes."""
    for own in plan.wishes:
        if interval := wish_span(own):
            yield domain.Wish(
                own.id,
                own.doctor,
                own.attitude,
                interval,
                frozenset(own.patterns),
                own.weight,
                own.as_block,
            )


def past_interval(plan: Plan, past: PastDuty) -> Interval | None:
    """When a duty of the former roster was: its own times, else those of its kind.

    Returns:
        None where neither says when.
    """
    pattern = next((p for p in plan.patterns if p.id == past.pattern), None)
    if pattern and past.start is None and past.end is None:
        return shift_interval(pattern, past.date)
    session = next((s for s in plan.sessions if s.duty == past.pattern), None)
    start = past.start or (pattern.start if pattern else session.start if session else None)
    end = past.end or (pattern.end if pattern else session.end if session else None)
    if start is None or end is None:
        return None
    later = pattern.ends_after_days if pattern else None
    return clock_span(past.date, start, end, later) or clock_span(past.date, start, end)


def tail(plan: Plan, kinds: Kinds) -> Iterator[domain.PastDuty]:
    """The duties of the former roster, in order of time."""
    found = []
    for past in plan.tail:
        interval = past_interval(plan, past)
        kind = kinds.get(past.pattern)
        if interval and kind:
            start = None if isinstance(kind, ShiftPattern) and not past.start else past.start
            found.append(
                domain.PastDuty(
                    past.doctor, Duty(duty_id(kind.id, past.date, start), kind, interval)
                )
            )
    return iter(sorted(found, key=lambda p: (p.duty.start, p.duty.id, p.doctor)))


def account(own: Account) -> domain.Account:
    """One doctor's account."""
    return domain.Account(
        own.doctor,
        hundredths(own.points),
        hundredths(own.nights),
        hundredths(own.weekends),
        hundredths(own.great_holidays),
        round(own.ordered * 60),
        hundredths(own.refused),
        dict(years(own.holidays)),
    )


def years(holidays: HolidayYears) -> Iterator[tuple[GreatHoliday, int]]:
    """The great holidays that a doctor has had, with the last year of each."""
    for name, holiday in HOLIDAYS.items():
        year = getattr(holidays, name)
        if year is not None:
            yield holiday, year
