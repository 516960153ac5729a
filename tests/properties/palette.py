"""What the random problems are made of: kinds of duty, periods, lengths, settings."""

from datetime import date
from typing import Any

from scheduler.domain.duty import (
    Continuity,
    Letter,
    MunicipalDuty,
    Presence,
    Role,
    ShiftPattern,
)

Kind = ShiftPattern | MunicipalDuty

_A, _B = Letter.OUT_OF_HOURS, Letter.DAYTIME
_SITE, _HOME = Presence.ON_SITE, Presence.HOME
_FIRST, _SECOND = Role.PRIMARY, Role.BACKUP

EVENING = ShiftPattern("kveld", "Kveld", _A, _SITE, _FIRST, "lv", 3, burden=100)
NIGHT = ShiftPattern("natt", "Natt", _A, _SITE, _FIRST, "lv", 3, burden=150, drivers=1)
FLANK = ShiftPattern("flanke", "Flanke", _A, _SITE, _FIRST, "lv", 2, burden=80)
ALONE = ShiftPattern("alene", "Alene", _A, _SITE, _FIRST, "lv2", independent=True, burden=100)
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
DAY_WORK: tuple[Kind, ...] = (DAYTIME, *SESSIONS)
AT_WORK: tuple[Kind, ...] = (EVENING, NIGHT, FLANK, DAYTIME, NURSING_HOME)
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
    "longest_presence": {
        "onsite_shift_target": (8, 13, 16),
        "max_onsite_shift": (8, 13, 16, 24),
        "price": (0, 100),
    },
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
    "municipal_cost": {"cost_office_day_lost": (8000,), "standby_fee": (100,)},
    "christmas_or_new_year": {"strictness": ("hard",)},
    "crew_on_callout": {"crew_required": (1, 2)},
    "consecutive_nights": {
        "consecutive_nights_target": (1, 2, 3),
        "max_consecutive_nights": (1, 2, 3, 4),
        "counts": ("on_site", "all"),
        "price": (0, 100),
    },
    "target_rest": {
        "target_rest": (8, 11, 16),
        "price": (0, 100),
        "price_per_hour": (0, 20),
        "rest_counts_home_duty": ("none", "class 1", "class 1-2"),
    },
    "weekend_spacing": {
        "weekend_spacing": (2, 3, 4),
        "price": (0, 1, 100),
        "price_in_a_row": (0, 200),
    },
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
        "leximin_depth": (1, 2, 100),
        "ordered_points": (0, 0.5),
        "ordered_price": (0, 300),
    },
    "holiday_rotation": {"memory_years": (1, 2, 3), "price": (0, 1, 2, 100)},
    "cannot_wish": {"strength": ("soft",), "price": (1, 5)},
    "wishes": {"normalise": (False,), "full_wishes": (1, 4)},
    "block_cohesion": {"price": (0, 1, 100)},
    "duty_continuity": {"one_doctor_price": (0, 1), "weekday_price": (0, 20)},
    "spacing": {"min_days": (1, 2, 4), "price": (0, 1, 5)},
    "night_spacing": {
        "min_days": (1, 3, 7),
        "nights_together": (0, 1, 2, 3),
        "price": (0, 5),
        "short_block_price": (0, 20),
    },
    "split_weekends": {"price": (0, 50)},
    "holiday_after_weekend": {"price": (0, 100)},
    "stability": {"price": (0, 1, 300), "near_days": (1, 30, 90), "doctor_price": (0, 100)},
}
"""Settings that are drawn from, within the ranges of the rules' parameters."""
