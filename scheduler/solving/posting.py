"""The words in which rules post: into a `Draft`, or into a `Stencil` for many doctors at once."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.duty import Duty
from scheduler.rule import Level
from scheduler.solving.model import TRUE, Term

Var = int


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands behind a posted constraint."""

    rule: str
    doctor: str | None = None
    duties: tuple[str, ...] = ()


class Posting(ABC):
    """Hard constraints, values that follow, and what is to be made small."""

    @abstractmethod
    def linear(
        self,
        terms: Iterable[Term],
        *,
        low: int | None = None,
        high: int | None = None,
        only_if: Var = TRUE,
        doctor: str | None = None,
        duties: Iterable[Duty] = (),
    ) -> None:
        """Demand low <= sum of coefficient * variable <= high.

        Work of the tail cannot be undone: where it alone is over `high`, no more may come.
        A `low` that nothing can reach makes the model infeasible.

        Args:
            terms: pairs (coefficient, variable).
            low: smallest allowed sum, or None.
            high: largest allowed sum, or None.
            only_if: demanded only where this variable is true.
            doctor: whom it is about, for explanations.
            duties: what it is about, for explanations.
        """

    def at_most(
        self,
        limit: int,
        variables: Iterable[Var],
        *,
        doctor: str | None = None,
        duties: Iterable[Duty] = (),
    ) -> None:
        """At most `limit` of the variables are true."""
        self.linear([(1, v) for v in variables], high=limit, doctor=doctor, duties=duties)

    def not_both(
        self, first: tuple[Duty, Var], second: tuple[Duty, Var], *, doctor: str | None = None
    ) -> None:
        """A doctor has at most one of two duties."""
        self.at_most(1, (first[1], second[1]), doctor=doctor, duties=(first[0], second[0]))

    @abstractmethod
    def at_least(self, terms: Iterable[Term], threshold: int) -> Var:
        """A variable that is true exactly where the sum reaches the threshold."""

    @abstractmethod
    def any_of(self, variables: Iterable[Var]) -> Var:
        """A variable that is true exactly where one of these is."""

    def all_of(self, variables: Iterable[Var]) -> Var:
        """A variable that is true exactly where all of these are."""
        own = set(variables)
        return self.at_least([(1, v) for v in own], len(own))

    @abstractmethod
    def excess(self, terms: Iterable[Term], over: int, *, spares_past: bool = False) -> Var:
        """A number: how far the sum goes over `over`, or 0. To be made small, never large.

        Where only work of the tail is summed it is FALSE: history costs nothing.

        Args:
            terms: pairs (coefficient, variable).
            over: what costs nothing.
            spares_past: where the tail alone is over it, only what comes on top counts.
        """

    @abstractmethod
    def penalise(
        self, level: Level, terms: Iterable[Term], constant: int = 0, *, fine: int = 1
    ) -> None:
        """Add coefficient * variable to what is minimised on a level.

        Args:
            level: where it stands.
            terms: pairs (coefficient, variable).
            constant: is added as it is.
            fine: the coefficients are so many times finer than the level's own integers.
        """
