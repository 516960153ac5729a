"""What a rule is: identity, source, parameters, and the verbs encode, check, explain.

The engine is handed a list of rules and knows no paragraph. Each rule is a frozen
dataclass whose fields are its parameters (`parameter`), so a municipality's value is a
`dataclasses.replace` away, and two rules with equal settings are equal.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import timedelta
from enum import IntEnum, StrEnum
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval
from scheduler.kept import Kept

if TYPE_CHECKING:
    from scheduler.solving.draft import Draft


class Level(IntEnum):
    """What the search puts first; a lower level is never given up for a higher one."""

    COVER = 1
    ORDERED = 2
    HEALTH = 3
    FAIRNESS = 4
    WISHES = 5

    @property
    def title(self) -> str:
        """What the level measures, in bokmål."""
        return {
            Level.COVER: "Udekket tid",
            Level.ORDERED: "Pålagte timer",
            Level.HEALTH: "Avvik fra hovedreglene om hvile og belastning",
            Level.FAIRNESS: "Skjevhet i fordelingen",
            Level.WISHES: "Ønsker, kontinuitet og ro",
        }[self]

    @property
    def unit(self) -> str:
        """The unit in which the level's value is shown, in bokmål."""
        return {
            Level.COVER: "vektede timer",
            Level.ORDERED: "timer",
            Level.FAIRNESS: "kvadrerte vakter",
        }.get(self, "poeng")

    @property
    def scale(self) -> int:
        """How many of the model's integers make one unit: minutes an hour, or hundredths."""
        return 60 if self in (Level.COVER, Level.ORDERED) else 100


class Authority(StrEnum):
    """On whose word a rule stands, in the order in which rules are explained."""

    LAW = "law"
    AGREEMENT = "agreement"
    MUNICIPALITY = "municipality"
    HEALTH = "health"
    FAIRNESS = "fairness"
    WISH = "wish"


class Confidence(StrEnum):
    """How surely a source was read; everything but TEXT is shown as to be confirmed."""

    TEXT = "text"
    SECONDARY = "secondary"
    DERIVED = "derived"
    UNVERIFIED = "unverified"
    POLICY = "policy"  # a default without a legal source, owned by the municipality


class Citation(Protocol):
    """A source as a value with one printed form (see `constraints.law`)."""

    @property
    def confidence(self) -> Confidence:
        """How surely the source was read."""
        ...

    def __str__(self) -> str:
        """The one printed form, in bokmål."""
        ...


class Outcome(StrEnum):
    """What a checker found."""

    KEPT = "kept"
    BREACH = "breach"  # a hard rule is broken: never lawful
    HOLE = "hole"  # something is uncovered: nobody's fault, but never hidden
    EXCEPTION = "exception"  # a main rule is departed from as the rule itself allows
    NOTICE = "notice"  # something a human must do or confirm


class Case(NamedTuple):
    """One judgement: a rule applied to some work of a doctor.

    Equal cases are equal values, so two reports can be compared. A named tuple because a roster
    of a year has a hundred thousand, and no frozen class is made as quickly.

    Attributes:
        rule: id of the rule.
        duties: ids of the duties judged, in order of time.
        measured, limit: the numbers that were compared, both in `unit`.
        margin: how far inside the limit, in `unit`; negative outside. None where the rule
            measures nothing.
        facts: further named values that the sentence needs.
    """

    rule: str
    outcome: Outcome
    doctor: str | None = None
    duties: tuple[str, ...] = ()
    when: Interval | None = None
    measured: float | None = None
    limit: float | None = None
    margin: float | None = None
    unit: str = ""
    facts: tuple[tuple[str, str | int | float], ...] = ()

    def fact(self, name: str) -> Any:
        """The named value.

        Raises:
            KeyError: the case has no such fact.
        """
        return dict(self.facts)[name]


_new = tuple.__new__
_ALL = frozenset(Letter)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in which a doctor cannot have duties of some letters.

    Attributes:
        by_start: only duties that start inside are barred (default: any minute's overlap).
        prorates: the time counts as time in which no share was owed (F-33.18).
        label: what the calculation of shares calls the time, in bokmål; never why somebody is
            exempt or away.
        facts: for the sentence.
    """

    interval: Interval
    letters: frozenset[Letter] = frozenset(Letter)
    by_start: bool = False
    prorates: bool = True
    label: str = "uten andel"
    facts: tuple[tuple[str, str | int | float], ...] = ()

    @property
    def closes_all(self) -> bool:
        """Whether it bars whatever overlaps it."""
        return self.letters == _ALL and not self.by_start


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or choice that a rule takes, as shown to the municipality.

    Attributes:
        name: the field of the rule.
        title: bokmål.
        choices: the allowed values of a choice; empty for numbers and switches.
        low, high: the allowed range of a number, both included.
        fixed: set by law; shown but not changed.
        price: what a departure costs; 0 turns it off.
    """

    name: str
    title: str
    default: Any
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    fixed: bool = False
    basis: str = ""
    price: bool = False


def _default(declared: Field[Any]) -> Any:
    if declared.default_factory is not MISSING:
        return declared.default_factory()
    return declared.default


def parameter(
    default: Any,
    title: str,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    fixed: bool = False,
    basis: str = "policy",
    price: bool = False,
) -> Any:
    """Declare a rule's parameter as a dataclass field.

    Args:
        default: an int, float, bool, str or None (None: not set by the municipality).
        title: what it is, in bokmål.
        unit: of the number: "h", "år", "netter", ...
        low: smallest allowed value.
        high: largest allowed value.
        choices: the allowed words, for a choice.
        fixed: set by law and not open to the municipality.
        basis: id in the rulebook, or "policy".
        price: what a departure costs; 0 turns it off.
    """
    described = {
        "title": title,
        "unit": unit,
        "low": low,
        "high": high,
        "choices": choices,
        "fixed": fixed,
        "basis": basis,
        "price": price,
    }
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=described)
    return field(default=default, metadata=described)


def price_parameter(
    default: int, title: str, *, high: int = 10_000, unit: str = "hundredels poeng"
) -> Any:
    """Declare what a departure costs: hundredths of a point from 0, which turns it off, to `high`.

    Args:
        default: hundredths of the unit of the level that it weighs on.
        title: what it is the price of, in bokmål.
        high: largest allowed value.
        unit: in bokmål, «hundredels» first; on the level of fairness it is no point.
    """
    return parameter(default, title, unit=unit, low=0, high=high, price=True)


@dataclass(frozen=True)
class Rule(ABC):
    """One rule. Subclasses are frozen dataclasses; their fields are the parameters.

    Class attributes:
        id: stable name, equal to the file's name.
        rulebook: ids of the rulebook (docs/rulebook) that it carries out.
        title, title_en: what it demands, in bokmål and English.
        citations: where it stands; the first is the one shown in sentences.
        hard: breaking it makes a roster unlawful (False: it only weighs or informs).
        sfs_only: rests on the collective agreement SFS 2305 alone, which Oslo does not have.
    """

    id: ClassVar[str]
    rulebook: ClassVar[tuple[str, ...]] = ()
    title: ClassVar[str]
    title_en: ClassVar[str]
    authority: ClassVar[Authority]
    citations: ClassVar[tuple[Citation, ...]]
    hard: ClassVar[bool] = True
    sfs_only: ClassVar[bool] = False

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The stretches of time in which the rule keeps the doctor from duties."""
        yield from ()

    def case(
        self,
        outcome: Outcome,
        doctor: str | None = None,
        duties: tuple[str, ...] = (),
        when: Interval | None = None,
        measured: float | None = None,
        limit: float | None = None,
        margin: float | None = None,
        unit: str = "",
        facts: tuple[tuple[str, str | int | float], ...] = (),
    ) -> Case:
        """A `Case` of this rule, made in half of the time that the class takes by names."""
        return _new(
            Case,
            (self.id, outcome, doctor, duties, when, measured, limit, margin, unit, facts),
        )

    def unowed(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The stretches of time for which the doctor owes no share of the letters.

        Follows from `bars` unless overridden. A rule that closes duties by the company they
        need, and not by time, says here when nothing is left for the doctor.
        """
        return (bar for bar in self.bars(problem, doctor) if bar.prorates)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """For each duty that the doctor can under no circumstances have: why (one duty a case).

        No variable is made for these. Follows from `bars` unless overridden. Rules that
        compare several duties use `encode`.
        """
        for bar, duty in self._barred(problem, doctor):
            yield self.case(
                Outcome.BREACH, doctor.id, (duty.id,), when=bar.interval, facts=bar.facts
            )

    def closed(self, problem: Problem, doctor: Doctor) -> Sequence[Sequence[Duty]]:
        """The duties that the rule `stops`, in lists, without saying why; some perhaps twice.

        Asked of every doctor before the model is built. A rule that overrides `stops` and
        closes many duties says here which, and in `stops` why these; what is closed to several
        doctors (all work of one kind, say) is best one list, which is looked at once.
        """
        if type(self).stops is Rule.stops:
            return [barred_by(bar, problem) for bar in self.bars(problem, doctor)]
        return [[problem.duty_by_id[case.duties[0]] for case in self.stops(problem, doctor)]]

    def _barred(self, problem: Problem, doctor: Doctor) -> Iterator[tuple[Bar, Duty]]:
        """The duties in the stretches of time that are closed, with the stretch."""
        for bar in self.bars(problem, doctor):
            for duty in barred_by(bar, problem):
                yield bar, duty

    def encode(self, draft: Draft) -> None:  # noqa: B027 - most rules of one kind have none
        """Write the rule into the model. Pure `stops` rules leave this empty."""

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Judge one doctor's work; every comparison made is a case, kept ones included.

        Shares no code with `encode` and `stops` beyond the facts themselves. Where all are kept
        and that is seen without going through them, they may come as `Kept`.
        """
        return ()

    @property
    def reach(self) -> timedelta | None:
        """The longest stretch of a doctor's work that is judged together; None: any length.

        A rule that gives one promises that `check_doctor` finds each breach and each exception
        in the duties of `duties_of` and `work_of` that overlap a stretch no longer than this,
        whatever else the doctor has. Of a run that is longer, so much is enough to be found.
        """
        return None

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterable[Case]:
        """What `check_doctor` finds, as far as a change of the doctor's duties may have brought it.

        Where a change brings a breach or an exception, at least one case is given that was not
        found before the change. What is given beyond that says nothing: who finds a new case here
        asks `check_doctor`. Follows from `reach` unless overridden.

        Args:
            timetable: the roster after the change.
            doctor: whose work has changed.
            changed: a stretch in which all the duties lie that the doctor got or lost.
        """
        if self.reach is None:
            return self.check_doctor(timetable, doctor)
        return self.check_doctor(timetable.near(doctor.id, _around(changed, self.reach)), doctor)

    @property
    def is_local(self) -> bool:
        """Whether `check_doctor_nearby` looks at less than `check_doctor`."""
        overridden = type(self).check_doctor_nearby is not Rule.check_doctor_nearby
        return overridden or self.reach is not None

    def check_roster(self, timetable: Timetable) -> Iterable[Case]:
        """Judge what concerns several doctors at once (cover, backup, offices)."""
        return ()

    def check_nearby(
        self,
        timetable: Timetable,
        doctors: Set[str],
        duties: Set[str],
    ) -> Iterable[Case]:
        """What `check_roster` finds broken or departed from because of a change.

        A rule that judges many doctors or duties one after the other says here how to judge
        only those that the change can have touched. It may judge more, never fewer; what it
        finds kept, uncovered or worth a notice may be left out.

        Args:
            timetable: the roster after the change.
            doctors: ids of those whose work has changed.
            duties: ids of what has changed hands.
        """
        return self.check_roster(timetable)

    @abstractmethod
    def explain(self, problem: Problem, case: Case) -> str:
        """One sentence in bokmål for a person, with names, times and the source."""

    def check(self, timetable: Timetable) -> Iterator[Case]:
        """All judgements of the rule on a roster; a departure that costs nothing is none."""
        return chain.from_iterable(self.judgements(timetable))

    def judgements(self, timetable: Timetable) -> Iterator[Iterable[Case]]:
        """The same in the parts in which the checkers gave them."""
        parts = chain(
            (self.check_doctor(timetable, doctor) for doctor in timetable.problem.doctors),
            (self.check_roster(timetable) for _ in range(1)),
        )
        return parts if self.weighs else map(self.counting, parts)

    def counting(self, cases: Iterable[Case]) -> Iterable[Case]:
        """Of what the checkers of this rule found, what counts with the settings in force."""
        if self.weighs or (self.binds and isinstance(cases, Kept)):
            return cases
        if self.binds:
            return (case for case in cases if case.outcome is not Outcome.EXCEPTION)
        return ()

    @property
    def binds(self) -> bool:
        """Whether it can make a roster unlawful with the settings in force.

        Only such a rule may demand anything of a draft; a first roster is made of their demands.
        """
        return self.hard

    @property
    def prices(self) -> Mapping[Parameter, int]:
        """What the municipality says that departures cost, in hundredths of a point."""
        return {p: getattr(self, p.name) for p in self.parameters() if p.price}

    @property
    def weighs(self) -> bool:
        """False where the municipality has set every price to 0: it only binds, or is off."""
        return not self.prices or any(self.prices.values())

    @property
    def confidence(self) -> Confidence:
        """The weakest confidence among the citations."""
        order = list(Confidence)
        return max((c.confidence for c in self.citations), key=order.index)

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """What the municipality can read or set, in order of declaration."""
        return _parameters(cls)

    def settings(self) -> Mapping[str, Any]:
        """The values in force, by parameter name."""
        return {p.name: getattr(self, p.name) for p in self.parameters()}


def _around(changed: Interval, reach: timedelta) -> Interval:
    """All that is judged together with what is judged together with the change.

    The reach is rounded up to whole days so that rules share what is laid out for them.
    """
    wide = -2 * (-reach // DAY) * DAY
    return Interval(changed.start - wide, changed.end + wide)


def barred_by(bar: Bar, problem: Problem) -> Sequence[Duty]:
    """The duties that cannot be had because of the bar, in order of time."""

    def found() -> Sequence[Duty]:
        touching = problem.duties_touching(bar.interval)
        if bar.closes_all:
            return touching
        return [
            duty
            for duty in touching
            if duty.letter in bar.letters
            and (not bar.by_start or bar.interval.contains(duty.start))
        ]

    return problem.remembered(("barred", bar.interval, bar.letters, bar.by_start), found)


@cache
def _parameters(rule: type[Rule]) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(name=f.name, default=_default(f), **f.metadata)
        for f in fields(rule)
        if f.metadata
    )
