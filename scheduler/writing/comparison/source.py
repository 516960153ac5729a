"""What a comparison is made of, before it is put in words: figures, bounds, names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.domain.roster import LevelResult


@dataclass(frozen=True, slots=True)
class DoctorFigures:
    """One doctor in one alternative.

    Attributes:
        points: burden points, ordered work included as the rule of fair shares counts it.
        aim: the fair part of it; None for one who owes no share.
        lost_hours: agreed opening hours that duties and the rest after nights take.
    """

    municipality: str
    points: float
    aim: float | None
    nights: int
    weekends: int
    holidays: int
    duty_hours: float
    ordered_hours: float
    lost_hours: float

    @property
    def owes(self) -> bool:
        """Whether the doctor owes a share of anything: not exempt or away all the time."""
        return bool(self.aim)

    @property
    def over(self) -> float | None:
        """Points over the aim; None for one who has none."""
        return None if self.aim is None else self.points - self.aim


@dataclass(frozen=True, slots=True)
class TownFigures:
    """One municipality in one alternative: what its own doctors carry.

    Attributes:
        doctors: how many of them owe a share.
        municipal_cost: kroner for its own § 32 work and lost office days; None without rates.
    """

    name: str
    doctors: int
    points: float
    nights: int
    ordered_hours: float
    lost_hours: float
    municipal_cost: float | None

    @property
    def points_each(self) -> float | None:
        """Points a doctor; None where no doctor owes a share."""
        return self.points / self.doctors if self.doctors else None


@dataclass(frozen=True, slots=True)
class Cost:
    """What an alternative costs by the rates of those who ask; nothing else has a price.

    Attributes:
        duty: kroner for duties by the hour, None where no rates are given.
        municipal: kroner for § 32 work and lost office days, None where none are set.
        unpriced_hours: hours of duty for which there is no rate.
    """

    duty: float | None
    municipal: float | None
    unpriced_hours: float = 0.0

    @property
    def total(self) -> float | None:
        """All that has a price; None where nothing has."""
        priced = [own for own in (self.duty, self.municipal) if own is not None]
        return sum(priced) if priced else None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often an alternative departs from one main rule."""

    rule: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A solved alternative.

    Attributes:
        needed_hours, covered_hours: doctor hours that are asked for, and those covered.
        holes: duties that lack at least one doctor.
        exceptions: departures from main rules as the rules allow them, by rule.
        departures: departures with a price, a matter of quality.
        by_base_settings: breaches and exceptions more than its own when judged by the
            base's settings; None where they are the same.
        levels: values and bounds of the objective.
        unplanned_hours: without any doctor on duty because no duty is planned there.
        night_places: names of the places that have a doctor on duty at night.
    """

    doctors: Mapping[str, DoctorFigures]
    towns: Mapping[str, TownFigures]
    needed_hours: float
    covered_hours: float
    holes: int
    lawful: bool
    exceptions: tuple[RuleCount, ...]
    departures: int
    cost: Cost
    levels: tuple[LevelResult, ...]
    by_base_settings: int | None = None
    unplanned_hours: float = 0.0
    night_places: tuple[str, ...] = ()

    @property
    def ordered_hours(self) -> float:
        """Ordered hours of § 32 work, all doctors."""
        return sum(own.ordered_hours for own in self.doctors.values())

    @property
    def lost_hours(self) -> float:
        """Lost opening hours, all practices."""
        return sum(own.lost_hours for own in self.doctors.values())

    @property
    def sharing(self) -> int:
        """How many doctors owe a share of anything."""
        return sum(own.owes for own in self.doctors.values())

    @property
    def points_each(self) -> float | None:
        """Points a doctor who owes a share, all points over all of them."""
        total = sum(own.points for own in self.doctors.values())
        return total / self.sharing if self.sharing else None

    @property
    def heaviest(self) -> float:
        """Points of the doctor who carries most."""
        return max((own.points for own in self.doctors.values()), default=0.0)

    @property
    def most_nights(self) -> int:
        """Nights of the doctor who has most."""
        return max((own.nights for own in self.doctors.values()), default=0)

    @property
    def most_weekends(self) -> int:
        """Weekends of the doctor who has most."""
        return max((own.weekends for own in self.doctors.values()), default=0)

    @property
    def cover(self) -> float:
        """Per cent of the doctor hours that are covered; 100 where nothing is asked for."""
        return 100 * self.covered_hours / self.needed_hours if self.needed_hours else 100.0

    @property
    def worst(self) -> LevelResult | None:
        """How far the worst-off doctor lies over the fair share, with its bound."""
        return next((own for own in self.levels if own.level == "fairness_worst_1"), None)

    def level(self, key: str) -> LevelResult | None:
        """The level of the objective with the key."""
        return next((own for own in self.levels if own.level == key), None)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A scenario, or the plan as it is.

    Attributes:
        changes: what it changes, in words that name no doctor; those it builds on first.
        own_changes: the same for whoever keeps the plan, with names.
        builds_on: name of the scenario that it is a fork of, or "".
        figures: None where no roster was found.
        trouble: why there is none, in bokmål.
        first_day, last_day: its period, which a scenario can move.
        claims: how many doctors it makes claim an exemption; a few could be known again.
        cut_off: its search did not answer when it was to end; the figures are of its last roster.
    """

    id: str
    name: str
    about: str
    changes: tuple[str, ...]
    own_changes: tuple[str, ...]
    builds_on: str
    first_day: date
    last_day: date
    figures: Figures | None
    trouble: str = ""
    claims: int = 0
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class LegalNote:
    """A source that the comparison rests on, and how surely it was read."""

    title: str
    source: str
    confidence: str
    confirmed: bool


@dataclass(frozen=True)
class Comparison:
    """Alternatives side by side, the plan as it is first.

    Attributes:
        names: what each doctor is called; pseudonyms where `anonymous`.
        rates: the hourly rates that were used, in words; empty without any.
        seconds: wall time of each solve.
        stopped: somebody ended a search before its time, so they are not equal.
    """

    title: str
    question: str
    plan_title: str
    judged_on: date
    alternatives: tuple[Alternative, ...]
    names: Mapping[str, str]
    anonymous: bool
    rates: tuple[str, ...]
    laws: tuple[LegalNote, ...]
    seconds: float
    seed: int
    solver: str
    rule_set: str
    stopped: bool = False

    @property
    def base(self) -> Alternative:
        """The plan as it is."""
        return self.alternatives[0]

    @property
    def others(self) -> tuple[Alternative, ...]:
        """The scenarios."""
        return self.alternatives[1:]
