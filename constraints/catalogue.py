"""All rules in the order in which they are explained, from law to wish.

`rules_for` puts a plan's settings into them. The general vocabulary of the rostering
literature (VOCABULARY) is silent until a plan gives it something to demand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from constraints.absence import Absence
from constraints.agreement_end import AgreementEnd
from constraints.agreement_kept import AgreementKept
from constraints.agreement_span import AgreementSpan
from constraints.backup_for_dependent import BackupForDependent
from constraints.block_cohesion import BlockCohesion
from constraints.blocks_whole import BlocksWhole
from constraints.cannot_wish import CannotWish
from constraints.christmas_or_new_year import ChristmasOrNewYear
from constraints.claimed_exemption import ClaimedExemption
from constraints.consecutive_days_off import ConsecutiveDaysOff
from constraints.consecutive_duties import ConsecutiveDuties
from constraints.consecutive_nights import ConsecutiveNights
from constraints.cover import Cover
from constraints.cover_targets import CoverTargets
from constraints.crew_on_callout import CrewOnCallout
from constraints.days_off import DaysOff
from constraints.decided_exemption import DecidedExemption
from constraints.duty_continuity import DutyContinuity
from constraints.duty_hours_window import DutyHoursWindow
from constraints.fair_share import FairShare
from constraints.forbidden_succession import ForbiddenSuccession
from constraints.holiday_after_weekend import HolidayAfterWeekend
from constraints.holiday_rotation import HolidayRotation
from constraints.longest_home_duty import LongestHomeDuty
from constraints.longest_presence import LongestPresence
from constraints.max_weekends import MaxWeekends
from constraints.meeting_time import MeetingTime
from constraints.municipal_cost import MunicipalCost
from constraints.municipal_work import MunicipalWork
from constraints.need_exemption import NeedExemption
from constraints.night_spacing import NightSpacing
from constraints.office_presence import OfficePresence
from constraints.one_place_at_a_time import OnePlaceAtATime
from constraints.one_shift_a_day import OneShiftADay
from constraints.order_cap import OrderCap
from constraints.ordinary_hours import OrdinaryHours
from constraints.overtime import Overtime
from constraints.pattern_maximum import PatternMaximum
from constraints.personal_limits import PersonalLimits
from constraints.pins import Pins
from constraints.practice_after_night import PracticeAfterNight
from constraints.practice_hours_lost import PracticeHoursLost
from constraints.presence_class import PresenceClass
from constraints.publish_lead import PublishLead
from constraints.radio_training import RadioTraining
from constraints.recruitment_promise import RecruitmentPromise
from constraints.requests import Requests
from constraints.rest_between_work import RestBetweenWork
from constraints.rota_size import RotaSize
from constraints.round_the_clock import RoundTheClock
from constraints.spacing import Spacing
from constraints.split_weekends import SplitWeekends
from constraints.stability import Stability
from constraints.sunday_off import SundayOff
from constraints.takes_part import TakesPart
from constraints.target_rest import TargetRest
from constraints.total_hours import TotalHours
from constraints.total_time import TotalTime
from constraints.travel_reach import TravelReach
from constraints.voluntary_first import VoluntaryFirst
from constraints.weekend_spacing import WeekendSpacing
from constraints.weekly_load import WeeklyLoad
from constraints.weekly_presence import WeeklyPresence
from constraints.weekly_rest import WeeklyRest
from constraints.wishes import Wishes
from scheduler.domain.problem import Problem
from scheduler.rule import Parameter, Rule

RULE_SET = "2026.2"
"""Version of the rules: the year of the regulation, and a number for each change of meaning."""

ALL_RULES: tuple[type[Rule], ...] = (
    # law
    Cover,
    RoundTheClock,
    OnePlaceAtATime,
    TakesPart,
    AgreementEnd,
    ClaimedExemption,
    RecruitmentPromise,
    DecidedExemption,
    MunicipalWork,
    OrderCap,
    VoluntaryFirst,
    BackupForDependent,
    RadioTraining,
    PracticeHoursLost,
    OrdinaryHours,
    # agreement
    AgreementSpan,
    RestBetweenWork,
    PracticeAfterNight,
    PersonalLimits,
    AgreementKept,
    PresenceClass,
    RotaSize,
    DutyHoursWindow,
    # municipality
    BlocksWhole,
    Pins,
    Absence,
    MeetingTime,
    NeedExemption,
    TravelReach,
    OfficePresence,
    LongestPresence,
    LongestHomeDuty,
    WeeklyRest,
    WeeklyLoad,
    WeeklyPresence,
    ChristmasOrNewYear,
    CrewOnCallout,
    DutyContinuity,
    PublishLead,
    MunicipalCost,
    # health
    ConsecutiveNights,
    TargetRest,
    WeekendSpacing,
    SundayOff,
    TotalHours,
    Overtime,
    # fairness
    FairShare,
    HolidayRotation,
    # wish
    CannotWish,
    Wishes,
    BlockCohesion,
    Spacing,
    NightSpacing,
    SplitWeekends,
    HolidayAfterWeekend,
    Stability,
)

VOCABULARY: tuple[type[Rule], ...] = (
    OneShiftADay,
    ForbiddenSuccession,
    PatternMaximum,
    TotalTime,
    ConsecutiveDuties,
    ConsecutiveDaysOff,
    MaxWeekends,
    DaysOff,
    CoverTargets,
    Requests,
)

_BY_ID = {rule.id: rule for rule in (*ALL_RULES, *VOCABULARY)}


def parameters() -> Mapping[str, tuple[Parameter, ...]]:
    """Every rule's parameters by rule id, for reading a plan's settings."""
    return {rule_id: rule.parameters() for rule_id, rule in _BY_ID.items()}


def rules_for(problem: Problem) -> tuple[Rule, ...]:
    """The rules with the plan's settings, in order of explanation.

    In Oslo the collective agreement SFS 2305 does not hold (P-9), so rules that rest on it
    alone are left out where the plan's municipality is Oslo.

    Raises:
        ValueError: a rule or parameter does not exist (reading a plan reports this first).
    """
    unknown = sorted(set(problem.settings) - set(_BY_ID))
    if unknown:
        raise ValueError(f"settings ({', '.join(unknown)}) must name rules of the catalogue")
    chosen = [rule for rule in ALL_RULES if not (rule.sfs_only and in_oslo(problem))]
    chosen += [rule for rule in VOCABULARY if problem.settings.get(rule.id)]
    rules = [_configured(rule, problem.settings.get(rule.id, {})) for rule in chosen]
    return tuple(
        replace(rule, others=tuple(o for o in rules if o is not rule))
        if isinstance(rule, FairShare)
        else rule
        for rule in rules
    )


def rule_set_version(problem: Problem) -> str:
    """The version of the rules with a digest of the settings in force, for provenance."""
    settings = {rule.id: dict(rule.settings()) for rule in rules_for(problem)}
    text = json.dumps(settings, sort_keys=True, default=str, ensure_ascii=False)
    return f"{RULE_SET}+{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def in_oslo(problem: Problem) -> bool:
    """Whether the plan is Oslo's, which has agreements of its own."""
    return all(m.name.strip().casefold() == "oslo" for m in problem.municipalities)


class SettingError(ValueError):
    """A rule refuses a value that a plan gives it.

    Attributes:
        rule: which.
        where: name of the setting, with its key in a table.
        value: as it was given.
    """

    def __init__(self, rule: type[Rule], told: str) -> None:
        """Keep what the rule told: «where (value) must ...»."""
        self.rule = rule
        self.where, _, rest = told.partition(" (")
        self.value = rest.partition(") must")[0].strip("'\"")
        super().__init__(f"{rule.id}: {told}")


def _configured(rule: type[Rule], settings: Mapping[str, Any]) -> Rule:
    known = {p.name for p in rule.parameters()}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ValueError(f"settings of {rule.id} ({', '.join(unknown)}) must be its parameters")
    try:
        return replace(rule(), **settings)
    except ValueError as error:
        raise SettingError(rule, str(error)) from error
