"""The plain model: what the rules posted, as integers only.

A variable is an index. 0 is always false, 1 is always true; decisions (a doctor has a unit)
come next, then definitions, each of which follows from variables with smaller indices. So
a choice of decisions settles every value, a roster can be scored without a solver, and the
model travels to another process as plain JSON.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

FALSE = 0
TRUE = 1

Term = tuple[int, int]  # coefficient, variable
Terms = tuple[Term, ...]

AT_LEAST = "at_least"  # 1 if the sum of the terms is at least the threshold, else 0
EXCESS = "excess"  # how much the sum of the terms exceeds the threshold, at least 0


@dataclass(frozen=True, slots=True)
class Definition:
    """A variable whose value follows from others."""

    var: int
    kind: str
    terms: Terms
    threshold: int
    upper: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """low <= sum of terms <= high, demanded only if `only_if` is true.

    `reason` indexes `Draft.reasons`.
    """

    terms: Terms
    low: int | None
    high: int | None
    only_if: int
    reason: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the lexicographic objective, to be minimised.

    Attributes:
        terms, constant: the sum to minimise, where `worst` is 0.
        worst: k > 0: minimise the sum of the k largest of `entries`.
        entries: (terms, constant) of each who is compared.
        scale: how many of the step's integers make one `unit`.
    """

    level: int
    key: str
    title: str
    unit: str
    scale: float
    terms: Terms = ()
    constant: int = 0
    worst: int = 0
    entries: tuple[tuple[Terms, int], ...] = ()


@dataclass
class Model:
    """Decisions, definitions, constraints and the steps of the objective.

    `decisions` is the number of decision variables; they have the indices 2 .. decisions+1.
    `uppers[i]` is the largest value of variable i (the smallest is 0).
    """

    decisions: int = 0
    uppers: list[int] = field(default_factory=lambda: [0, 1])
    definitions: list[Definition] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    groups: dict[str, list[list[int]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of variables, the two constants included."""
        return len(self.uppers)

    def to_plain(self) -> dict[str, Any]:
        """The model as lists and numbers, for JSON.

        Steps that compare the same entries share one list of them.
        """
        entries = list({id(s.entries): s.entries for s in self.steps}.values())
        place = {id(own): number for number, own in enumerate(entries)}
        return {
            "decisions": self.decisions,
            "uppers": self.uppers,
            "definitions": [
                [d.var, d.kind, d.terms, d.threshold, d.upper] for d in self.definitions
            ],
            "constraints": [
                [c.terms, c.low, c.high, c.only_if, c.reason] for c in self.constraints
            ],
            "steps": [
                [
                    s.level,
                    s.key,
                    s.title,
                    s.unit,
                    s.scale,
                    s.terms,
                    s.constant,
                    s.worst,
                    place[id(s.entries)],
                ]
                for s in self.steps
            ],
            "entries": entries,
            "groups": self.groups,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Model":
        """The model that `to_plain` wrote."""
        compared = [
            tuple((_terms(own), start) for own, start in entries) for entries in plain["entries"]
        ]
        return cls(
            decisions=plain["decisions"],
            uppers=plain["uppers"],
            definitions=[
                Definition(var, kind, _terms(terms), threshold, upper)
                for var, kind, terms, threshold, upper in plain["definitions"]
            ],
            constraints=[
                Constraint(_terms(terms), low, high, only_if, reason)
                for terms, low, high, only_if, reason in plain["constraints"]
            ],
            steps=[
                Step(
                    level,
                    key,
                    title,
                    unit,
                    scale,
                    _terms(terms),
                    constant,
                    worst,
                    compared[entries],
                )
                for (
                    level,
                    key,
                    title,
                    unit,
                    scale,
                    terms,
                    constant,
                    worst,
                    entries,
                ) in plain["steps"]
            ],
            groups=plain["groups"],
        )


def _terms(plain: Sequence[Sequence[int]]) -> Terms:
    return tuple((coefficient, var) for coefficient, var in plain)


def collect(terms: Iterable[Term]) -> tuple[Terms, int]:
    """Add up equal variables, drop zeros; the constant part (of 1) apart."""
    sums: dict[int, int] = {}
    constant = 0
    for coefficient, var in terms:
        if var == TRUE:
            constant += coefficient
        elif var != FALSE:
            sums[var] = sums.get(var, 0) + coefficient
    return tuple((c, v) for v, c in sorted(sums.items()) if c), constant
