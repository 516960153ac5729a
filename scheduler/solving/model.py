"""The plain model: what the rules posted, as integers only.

A variable is an index. 0 is always false, 1 is always true; decisions (a doctor has a unit)
come next, then definitions, each of which follows from variables with smaller indices. So
a choice of decisions settles every value, a roster can be scored without a solver, and the
model travels to another process as a few arrays (`packed`).
"""

from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from functools import cached_property

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
    terms: Sequence[Term] = ()
    constant: int = 0
    worst: int = 0
    entries: tuple[tuple[Sequence[Term], int], ...] = ()


@dataclass
class Model:
    """Decisions, definitions, constraints and the steps of the objective.

    `decisions` is the number of decision variables; they have the indices 2 .. decisions+1.
    `uppers[i]` is the largest value of variable i (the smallest is 0). Definitions,
    constraints and groups may be made when they are looked at (`views`).
    """

    decisions: int = 0
    uppers: MutableSequence[int] = field(default_factory=lambda: [0, 1])
    definitions: Sequence[Definition] = field(default_factory=list)
    constraints: Sequence[Constraint] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    groups: Mapping[str, list[list[int]]] = field(default_factory=dict)

    def demand(self, constraint: Constraint) -> int:
        """Add a constraint; gives its number. Views are made into a list first."""
        if not isinstance(self.constraints, list):
            self.constraints = list(self.constraints)
        self.constraints.append(constraint)
        return len(self.constraints) - 1

    def define(self, definition: Definition) -> None:
        """Add a definition of the newest variable. Views are made into a list first."""
        if not isinstance(self.definitions, list):
            self.definitions = list(self.definitions)
        self.definitions.append(definition)
        self.__dict__.pop("definition_of", None)

    @property
    def size(self) -> int:
        """Number of variables, the two constants included."""
        return len(self.uppers)

    @cached_property
    def definition_of(self) -> Mapping[int, Definition]:
        """The definitions by their variables."""
        return {d.var: d for d in self.definitions}


def collect(terms: Iterable[Term]) -> tuple[Terms, int]:
    """Add up equal variables, drop zeros; the constant part (of 1) apart."""
    sums: dict[int, int] = {}
    constant = 0
    for coefficient, var in terms:
        if var > TRUE:
            sums[var] = sums.get(var, 0) + coefficient
        elif var == TRUE:
            constant += coefficient
    # A list first: a tuple of a generator takes twice as long, and this is called a million times.
    return tuple([(sums[var], var) for var in sorted(sums) if sums[var]]), constant
