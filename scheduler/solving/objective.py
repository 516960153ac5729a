"""What is to be made small, as the rules post it, and the steps that come of it."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import lcm

import numpy as np

from scheduler.rule import Level
from scheduler.solving.model import Step, Terms
from scheduler.solving.packed import Numbers, Sums
from scheduler.solving.store import Family, extend, growing, narrow, seen


@dataclass(frozen=True, slots=True)
class Priced:
    """What one rule adds to a level: the terms' sum and the constant, `fine` times as fine."""

    rule: str
    level: Level
    terms: Terms
    constant: int
    fine: int


@dataclass(slots=True)
class _Part:
    """What one rule posted in a row: the terms from `begin` to `end`."""

    rule: str
    begin: int
    end: int
    constant: int


@dataclass(slots=True)
class _Sum:
    """What a level holds in one fineness."""

    coefficients: "array[int]" = field(default_factory=growing)
    variables: "array[int]" = field(default_factory=narrow)
    parts: list[_Part] = field(default_factory=list)

    def note(self, rule: str, constant: int) -> None:
        """Note that the rule has added its terms up to the end."""
        end = len(self.variables)
        if self.parts and self.parts[-1].rule == rule:
            self.parts[-1].end = end
            self.parts[-1].constant += constant
        else:
            begin = self.parts[-1].end if self.parts else 0
            self.parts.append(_Part(rule, begin, end, constant))


@dataclass(frozen=True, slots=True)
class _Worst:
    """What `Draft.minimise_worst` was told."""

    level: Level
    title: str
    depth: int
    entries: tuple[tuple[Terms, int], ...]
    scale: float
    unit: str

    def steps(self) -> Iterator[Step]:
        """One for each of the worst-off that is looked at, without the entries."""
        for k in range(1, min(self.depth, len(self.entries)) + 1):
            yield Step(
                level=self.level,
                key=f"{self.level.name.lower()}_worst_{k}",
                title=self.title,
                unit=self.unit,
                scale=self.scale,
                worst=k,
            )


class Objective:
    """Penalties by level, and the worst-off who come before them.

    Attributes:
        rule: who is posting.
    """

    def __init__(self) -> None:
        """Nothing to be made small."""
        self.rule = ""
        self._sums: dict[tuple[Level, int], _Sum] = {}
        self._worst: list[_Worst] = []

    def add(self, level: Level, fine: int, terms: Terms, constant: int) -> None:
        """One sum more, without repeats, and its constant."""
        own = self._sums.setdefault((level, fine), _Sum())
        for coefficient, var in terms:
            own.coefficients.append(coefficient)
            own.variables.append(var)
        own.note(self.rule, constant)

    def extend(self, level: Level, fine: int, sums: Family, constant: int) -> None:
        """Many sums more, and their constants together."""
        own = self._sums.setdefault((level, fine), _Sum())
        extend(own.coefficients, sums.coefficients)
        extend(own.variables, sums.variables)
        own.note(self.rule, constant)

    def compare(
        self,
        level: Level,
        title: str,
        entries: tuple[tuple[Terms, int], ...],
        depth: int,
        scale: float,
        unit: str,
    ) -> None:
        """See `Draft.minimise_worst`."""
        self._worst.append(_Worst(level, title, depth, entries, scale, unit))

    @property
    def stamp(self) -> int:
        """A number that changes when something is added."""
        parts = [part for own in self._sums.values() for part in own.parts]
        return sum(part.end + 31 * part.constant for part in parts) + len(parts) + len(self._worst)

    def priced(self) -> Iterator[Priced]:
        """What each rule adds to each level, in parts."""
        for (level, fine), own in self._sums.items():
            for part in own.parts:
                place = slice(part.begin, part.end)
                terms = zip(own.coefficients[place], own.variables[place], strict=True)
                yield Priced(part.rule, level, tuple(terms), part.constant, fine)

    def outline(self) -> tuple[Step, ...]:
        """The steps in their order, without what they sum."""
        return tuple(step for step, _, _ in self._laid())

    def _laid(self) -> Iterator[tuple[Step, _Worst | None, Mapping[int, _Sum]]]:
        """The steps in their order, and what each is made of."""
        for level in Level:
            for worst in self._worst:
                if worst.level is level:
                    for step in worst.steps():
                        yield step, worst, {}
            parts = {fine: own for (at, fine), own in self._sums.items() if at is level}
            if parts:
                step = Step(
                    level=level,
                    key=level.name.lower(),
                    title=level.title,
                    unit=level.unit,
                    scale=level.scale * lcm(*parts),
                )
                yield step, None, parts

    def packed(self) -> tuple[Sums, Numbers, Numbers, Sums, Numbers, Numbers]:
        """Steps, their constants and tops; entries, their constants and families.

        As in `packed.Packed`.
        """
        sums: list[tuple[Numbers, Numbers]] = []
        constants: list[int] = []
        tops: list[tuple[int, int]] = []
        families: list[_Worst] = []
        for step, worst, parts in self._laid():
            if worst is not None and worst not in families:
                families.append(worst)
            tops.append((step.worst, families.index(worst) if worst is not None else 0))
            finest = lcm(*parts) if parts else 1
            own = [
                (seen(o.variables), seen(o.coefficients) * (finest // fine))
                for fine, o in parts.items()
            ]
            sums.append(_added(own))
            constants.append(
                sum(
                    part.constant * (finest // fine)
                    for fine, o in parts.items()
                    for part in o.parts
                )
            )
        entries = [entry for family in families for entry in family.entries]
        begins = np.cumsum([0, *(len(family.entries) for family in families)])
        counts = np.array([len(variables) for variables, _ in sums], dtype=np.int64)
        none: Numbers = np.empty(0, dtype=np.int64)
        return (
            Sums(
                np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
                np.concatenate((none, *(coefficients for _, coefficients in sums))),
                np.concatenate((none, *(variables for variables, _ in sums))),
            ),
            np.array(constants, dtype=np.int64),
            np.array(tops, dtype=np.int64).reshape(-1, 2),
            Sums.of([terms for terms, _ in entries]),
            np.array([constant for _, constant in entries], dtype=np.int64),
            begins.astype(np.int64),
        )


def _added(parts: list[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """The variables in order, each once, with what their coefficients come to; zeros left out."""
    none: Numbers = np.empty(0, dtype=np.int64)
    variables = np.concatenate((none, *(variables for variables, _ in parts)))
    coefficients = np.concatenate((none, *(coefficients for _, coefficients in parts)))
    order = np.argsort(variables, kind="stable")
    variables, coefficients = variables[order], coefficients[order]
    begins = np.flatnonzero(np.diff(variables, prepend=-1))
    if len(begins):
        coefficients, variables = np.add.reduceat(coefficients, begins), variables[begins]
    kept = coefficients != 0
    return variables[kept], coefficients[kept]
