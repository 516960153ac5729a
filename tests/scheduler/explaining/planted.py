"""Tiny plans without a full roster, each with the cause that was planted in it.

All rules of the catalogue are in force, so a cause is found among everything that could be blamed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scheduler.domain.doctor import (
    Competence,
    Doctor,
    Employment,
    ExemptionKind,
    PersonalLimits,
    Span,
)
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Meeting, MeetingKind, Pin
from tests.scheduler.explaining.planting import (
    ABLE,
    ANNEX,
    DAY_10,
    EARLY,
    EVENING_10,
    KARI,
    NIGHT_10,
    NIGHT_12,
    OLA,
    PLACES,
    SESSION_10,
    SESSION_11,
    SINCE,
    SIV,
    SPECIAL,
    Cause,
    Planted,
    able,
    away,
    cannot,
    exempt,
)
from tests.support import (
    BACKUP,
    EVENING,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    span,
)


def _one(
    name: str,
    rule: str,
    asked: Duty,
    *doctors: Doctor,
    duties: Sequence[Duty] = (),
    **more: Any,
) -> Planted:
    """A hole that one rule keeps from every doctor."""
    more.setdefault("places", PLACES)
    own = problem(doctors, [asked, *duties], **more)
    return Planted(name, own, frozenset((rule, who.id) for who in doctors), asked)


def _limited(name: str, asked: Duty, **limits: Any) -> Planted:
    who = able("Kari", limits=PersonalLimits(**limits))
    return _one(name, "personal_limits", asked, who)


def _holes() -> list[Planted]:
    """Holes that nobody can have, whatever else is decided."""
    over_60 = [able(name, born=date(1964, 1, 1)) for name in ("Kari", "Ola")]
    mother = able("Siv")
    lis1 = doctor("Liv", employment=Employment.LIS1)
    hired = able("Per", employment=Employment.HIRED, agreement=Span(date(2027, 4, 1), None))
    seventy = able("Tor", born=date(1956, 1, 1))
    far = able("Kari", reach=frozenset({"nord"}))
    no_radio = able("Kari", competence=_without("radio_from"))
    no_title = able("Kari", competence=_without("specialist_from"))
    when = span("2027-03-10 09:00", "10:00")
    behind = duty("2027-03-10 08:00", "2027-03-10 15:00", BACKUP)
    return [
        _one("absence", "absence", NIGHT_10, KARI, OLA, absences=(away(KARI), away(OLA))),
        _one(
            "age",
            "claimed_exemption",
            NIGHT_10,
            *over_60,
            exemptions=tuple(exempt(own, ExemptionKind.AGE) for own in over_60),
        ),
        _one(
            "nursing",
            "claimed_exemption",
            NIGHT_10,
            mother,
            exemptions=(exempt(mother, ExemptionKind.NURSING, birth=date(2026, 12, 1)),),
        ),
        _one(
            "decision",
            "decided_exemption",
            NIGHT_10,
            KARI,
            exemptions=(exempt(KARI, ExemptionKind.DECISION),),
        ),
        _one(
            "recruitment",
            "recruitment_promise",
            NIGHT_10,
            KARI,
            exemptions=(exempt(KARI, ExemptionKind.RECRUITMENT),),
        ),
        _one(
            "need", "need_exemption", NIGHT_10, KARI, exemptions=(exempt(KARI, ExemptionKind.NEED),)
        ),
        _one("wish", "cannot_wish", NIGHT_10, KARI, OLA, wishes=(cannot(KARI), cannot(OLA))),
        _limited("no nights", NIGHT_10, no_nights=True),
        _limited("no wednesdays", NIGHT_10, not_weekdays=frozenset({2})),
        _limited("not this pattern", NIGHT_10, not_patterns=frozenset({"natt"})),
        _limited("no nights this month", NIGHT_10, max_nights_per_month=0),
        _one("before the contract", "agreement_span", NIGHT_10, hired),
        _one("over 70", "agreement_end", NIGHT_10, seventy),
        _one("out of reach", "travel_reach", NIGHT_10, far),
        _one(
            "meeting",
            "meeting_time",
            DAY_10,
            KARI,
            meetings=(Meeting("kari", when, MeetingKind.ADMINISTRATIVE),),
        ),
        Planted(
            "daytime for LIS1",
            problem([lis1, KARI], [DAY_10, behind], pins=(Pin("kari", behind.id),)),
            frozenset({("takes_part", "liv"), ("one_place_at_a_time", "kari"), ("pins", "kari")}),
            DAY_10,
            {"kari": [behind]},
        ),
        _one("no radio", "radio_training", NIGHT_10, no_radio),
        _one("alone as LIS1", "backup_for_dependent", NIGHT_10, _with_radio(lis1)),
        _one(
            "specialist wanted",
            "municipal_work",
            duty("2027-03-10 08:00", "2027-03-10 10:00", SPECIAL),
            no_title,
        ),
        _one(
            "days off",
            "days_off",
            NIGHT_10,
            KARI,
            settings={"days_off": {"days": {"kari/2027-03-10": True}}},
        ),
        _one(
            "pattern never",
            "pattern_maximum",
            NIGHT_10,
            KARI,
            settings={"pattern_maximum": {"maxima": {"kari/natt": 0}}},
        ),
        _one(
            "too long on site",
            "longest_presence",
            duty("2027-03-10 08:00", "2027-03-11 09:00", NIGHT),
            KARI,
        ),
        _one(
            "away on the second day of a block",
            "absence",
            duty("2027-03-10 15:00", "2027-03-10 22:00", EVENING, block="b"),
            KARI,
            duties=[duty("2027-03-11 15:00", "2027-03-11 22:00", EVENING, block="b")],
            absences=(away(KARI, "2027-03-11", "2027-03-12"),),
        ),
        _one(
            "away on every day of a choice",
            "absence",
            duty("2027-03-10 08:00", "2027-03-10 10:00", NURSING_HOME, choice="c"),
            KARI,
            duties=[duty("2027-03-11 08:00", "2027-03-11 10:00", NURSING_HOME, choice="c")],
            absences=(away(KARI),),
        ),
    ]


def _without(fact: str) -> Competence:
    missing: dict[str, Any] = {fact: None}
    return replace(ABLE, **missing)


def _with_radio(who: Doctor) -> Doctor:
    return replace(who, competence=Competence(radio_from=SINCE))


def _pinned_holes() -> list[Planted]:
    """Holes between which and a pin a rule stands."""
    early = duty("2027-03-11 05:00", "2027-03-11 10:00", EARLY)
    nearly = duty("2027-03-10 21:00", "2027-03-11 02:00", ANNEX)
    return [
        _pinned("two places", "one_place_at_a_time", nearly, EVENING_10),
        _pinned("six hours of rest", "rest_between_work", early, EVENING_10),
        _pinned("session after a night", "practice_after_night", SESSION_11, NIGHT_10),
        _pinned("ordered beyond the cap", "order_cap", SESSION_11, SESSION_10),
        _pinned(
            "one shift a day",
            "one_shift_a_day",
            duty("2027-03-10 08:00", "2027-03-10 12:00", EARLY),
            duty("2027-03-10 20:00", "2027-03-10 23:00", EVENING),
            settings={"one_shift_a_day": {"doctors": {"kari": True}}},
        ),
        _pinned(
            "not after an evening",
            "forbidden_succession",
            duty("2027-03-11 12:00", "2027-03-11 15:00", EARLY),
            EVENING_10,
            settings={"forbidden_succession": {"successions": {"kveld/tidlig": True}}},
        ),
        _pinned(
            "one night is enough",
            "pattern_maximum",
            NIGHT_12,
            NIGHT_10,
            settings={"pattern_maximum": {"maxima": {"kari/natt": 1}}},
        ),
        _pinned(
            "nine hours are enough",
            "total_time",
            NIGHT_12,
            NIGHT_10,
            settings={"total_time": {"maximum": {"kari": 900}}},
        ),
    ]


def _pinned(name: str, rule: str, asked: Duty, held: Duty, **more: Any) -> Planted:
    more.setdefault("places", PLACES)
    own = problem([KARI], [asked, held], pins=(Pin("kari", held.id),), **more)
    causes = frozenset({(rule, "kari"), ("pins", "kari")})
    return Planted(name, own, causes, asked, {"kari": [held]})


def _crowded_holes() -> list[Planted]:
    """Holes that could be filled if something else were left."""
    limited = able("Kari", limits=PersonalLimits(max_nights_per_month=1))
    week = [
        duty(f"2027-03-{day:02} 15:00", f"2027-03-{day:02} 23:00", EVENING) for day in range(8, 12)
    ]
    elsewhere = duty("2027-03-10 23:00", "2027-03-11 08:00", ANNEX)
    sunday = duty("2027-03-14 15:00", "2027-03-14 23:00", EVENING)
    saturday = duty("2027-03-20 15:00", "2027-03-20 23:00", EVENING)
    return [
        Planted(
            "two nights at once",
            problem([KARI], [NIGHT_10, elsewhere], places=PLACES),
            frozenset({("one_place_at_a_time", "kari")}),
            elsewhere,
            {"kari": [NIGHT_10]},
            frozenset({NIGHT_10.id}),
        ),
        Planted(
            "the month's one night is given",
            problem([limited], [NIGHT_10, NIGHT_12]),
            frozenset({("personal_limits", "kari")}),
            NIGHT_12,
            {"kari": [NIGHT_10]},
            frozenset({NIGHT_10.id}),
        ),
        Planted(
            "the second is away",
            problem([KARI, OLA], [NIGHT_10, elsewhere], places=PLACES, absences=(away(OLA),)),
            frozenset({("one_place_at_a_time", "kari"), ("absence", "ola")}),
            elsewhere,
            {"kari": [NIGHT_10]},
            frozenset({NIGHT_10.id}),
        ),
        Planted(
            "too many weekends",
            problem(
                [KARI],
                [sunday, saturday],
                settings={"max_weekends": {"maximum": {"kari": 1}}},
            ),
            frozenset({("max_weekends", "kari")}),
            saturday,
            {"kari": [sunday]},
            frozenset({sunday.id}),
        ),
        Planted(
            "a full week",
            problem([KARI], week),
            frozenset({("weekly_presence", "kari")}),
            week[3],
            {"kari": week[:3]},
            frozenset(own.id for own in week[:3]),
        ),
    ]


def _mixed_holes() -> list[Planted]:
    """Holes with a cause of its own for each doctor, and holes where one cause hides another."""
    early = duty("2027-03-11 05:00", "2027-03-11 10:00", EARLY)
    both = able("Kari", born=date(1964, 1, 1))
    two = duty("2027-03-10 23:00", "2027-03-11 08:00", NIGHT, needed=2)
    return [
        Planted(
            "everybody for another reason",
            problem(
                [KARI, OLA, SIV],
                [early, EVENING_10],
                absences=(away(KARI, "2027-03-11", "2027-03-12"),),
                wishes=(cannot(OLA),),
                pins=(Pin("siv", EVENING_10.id),),
            ),
            frozenset(
                {
                    ("absence", "kari"),
                    ("cannot_wish", "ola"),
                    ("rest_between_work", "siv"),
                    ("pins", "siv"),
                }
            ),
            early,
            {"siv": [EVENING_10]},
        ),
        Planted(
            "a wish is blamed before a right",
            problem(
                [both],
                [NIGHT_10],
                exemptions=(exempt(both, ExemptionKind.AGE),),
                wishes=(cannot(both),),
            ),
            frozenset({("cannot_wish", "kari")}),
            NIGHT_10,
        ),
        Planted(
            "a wish is blamed before an absence",
            problem([KARI], [NIGHT_10], absences=(away(KARI),), wishes=(cannot(KARI),)),
            frozenset({("cannot_wish", "kari")}),
            NIGHT_10,
        ),
        Planted(
            "the municipality is blamed before an agreement",
            problem(
                [able("Kari", limits=PersonalLimits(no_nights=True))],
                [NIGHT_10],
                settings={"pattern_maximum": {"maxima": {"kari/natt": 0}}},
            ),
            frozenset({("pattern_maximum", "kari")}),
            NIGHT_10,
        ),
        Planted(
            "an agreement is blamed before the law",
            problem(
                [able("Kari", born=date(1964, 1, 1), limits=PersonalLimits(no_nights=True))],
                [NIGHT_10],
                exemptions=(exempt(both, ExemptionKind.AGE),),
            ),
            frozenset({("personal_limits", "kari")}),
            NIGHT_10,
        ),
        Planted(
            "one of two is away",
            problem([KARI, OLA], [two], absences=(away(OLA),)),
            frozenset({("absence", "ola")}),
            two,
            {"kari": [two]},
        ),
    ]


def _impossible() -> list[Planted]:
    """Plans that have no roster, not even an empty one."""
    early = duty("2027-03-11 05:00", "2027-03-11 10:00", EARLY)
    nearly = duty("2027-03-10 21:00", "2027-03-11 02:00", ANNEX)
    return [
        _contradiction("pinned while away", [("absence", "kari")], absences=(away(KARI),)),
        _contradiction("pinned against a wish", [("cannot_wish", "kari")], wishes=(cannot(KARI),)),
        _contradiction(
            "pinned though exempt",
            [("decided_exemption", "kari")],
            exemptions=(exempt(KARI, ExemptionKind.DECISION),),
        ),
        _contradiction(
            "two pins on one duty",
            [("cover", None), ("pins", "ola")],
            doctors=[KARI, OLA],
            pins=(Pin("kari", NIGHT_10.id), Pin("ola", NIGHT_10.id)),
        ),
        _contradiction(
            "pinned without rest",
            [("rest_between_work", "kari")],
            duties=[EVENING_10, early],
            pins=(Pin("kari", EVENING_10.id), Pin("kari", early.id)),
        ),
        _contradiction(
            "pinned in two places",
            [("one_place_at_a_time", "kari")],
            duties=[EVENING_10, nearly],
            pins=(Pin("kari", EVENING_10.id), Pin("kari", nearly.id)),
        ),
        Planted(
            "a minimum that an absence forbids",
            problem(
                [KARI],
                [NIGHT_10],
                absences=(away(KARI),),
                settings={"total_time": {"minimum": {"kari": 500}}},
            ),
            frozenset({("total_time", "kari"), ("absence", "kari")}),
        ),
    ]


def _contradiction(
    name: str,
    causes: Sequence[Cause],
    *,
    doctors: Sequence[Doctor] = (KARI,),
    duties: Sequence[Duty] = (NIGHT_10,),
    **more: Any,
) -> Planted:
    more.setdefault("pins", (Pin("kari", NIGHT_10.id),))
    more.setdefault("places", PLACES)
    own = problem(doctors, duties, **more)
    return Planted(name, own, frozenset({*causes, ("pins", "kari")}))


_MAKERS: tuple[Callable[[], list[Planted]], ...] = (
    _holes,
    _pinned_holes,
    _crowded_holes,
    _mixed_holes,
    _impossible,
)
PLANTED: tuple[Planted, ...] = tuple(own for make in _MAKERS for own in make())
