"""A stencil: what a rule posts once for many doctors, and where it is drawn for each.

Most of what rules say of a doctor's work follows from the duties alone. A rule that posts into
a stencil (`Draft.stencils`) looks at the duties that any of its doctors could have, as if one
doctor could have them all; `draw` then puts each doctor's own variables in the place of the
stencil's, all doctors at once. A duty that a doctor cannot have is FALSE there, and a duty
of the doctor's own tail is TRUE, so that what comes out is what the rule would have posted for
the doctor alone.

Where a number differs from doctor to doctor (an opening hour, a limit) it is given as an array
with one number for each of `doctors`; what concerns only some of them is posted inside `only`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.rule import Level
from scheduler.solving.model import FALSE, TRUE
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.posting import Posting, Var
from scheduler.solving.stencil_rows import (
    Amount,
    Column,
    Defined,
    Demanded,
    Drawn,
    Rows,
    gathered,
    is_plain,
)
from scheduler.solving.store import AT_LEAST_KIND, EXCESS_KIND, places_of

if TYPE_CHECKING:
    from scheduler.solving.draft import Draft

_CHUNK = 100_000
"""Terms that are drawn at a time, so that memory stays small."""

_ALL = 0
"""The number of the circle that holds every doctor."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the stencil's doctors could have, and which variables stand for it in the draft.

    Attributes:
        doctors: for whom it is drawn.
        work: duties with the stencil's own variables, in order of time.
        past: the variables that stand for work of the tail.
        values: doctor x variable: the draft's variable.
    """

    doctors: tuple[Doctor, ...]
    work: tuple[tuple[Duty, Var], ...]
    past: range
    values: Numbers


class Stencil(Posting):
    """A draft for many doctors at once; see the module.

    Attributes:
        doctors: for whom it is drawn.
        work: what any of them did or could do, in order of time; as `Draft.work_of`.
    """

    def __init__(self, draft: "Draft", held: Held) -> None:
        """Nothing is posted yet."""
        self.problem = draft.problem
        self.doctors = held.doctors
        self.work = held.work
        self._draft = draft
        self._past = held.past
        self._values = held.values
        self._drawn: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)  # as `_depth`
        self._decided = int(held.values.shape[1])
        self._depth: list[int] = []  # of each variable beyond the decisions and the past
        self._wide: set[Var] = set()  # variables that may be more than 1
        self._circles: list[Numbers] = [np.arange(len(held.doctors))]
        self._circle_known: dict[tuple[int, ...], int] = {tuple(range(len(held.doctors))): _ALL}
        self._circle = _ALL
        self._known: dict[tuple[object, ...], Var] = {}
        self._later: list[tuple[int, Callable[[], None]]] = []  # circle, post
        self._defined: list[Defined] = []
        self._demanded = Demanded()
        self._priced: dict[tuple[Level, int], tuple[Rows, Column]] = {}

    def is_past(self, variable: Var) -> bool:
        """Whether it stands for work of the former roster, which cannot be undone."""
        return variable in self._past

    def has(self, variable: Var) -> NDArray[np.bool_]:
        """For each doctor: whether a duty of `work` could be had, or has been had."""
        found: NDArray[np.bool_] = self._values[:, variable] != FALSE
        return found

    def has_each(self, variables: Sequence[Var]) -> NDArray[np.bool_]:
        """The same of many duties, a row each."""
        found: NDArray[np.bool_] = self._values[:, variables].T != FALSE
        return found

    def without_past(self, variables: Iterable[Var]) -> list[int]:
        """The places of those of whom none of these duties is work of the tail."""
        own = [var for var in variables if var in self._past]
        places: list[int] = np.flatnonzero(~self._values[:, own].any(axis=1)).tolist()
        return places

    def afterwards(self, post: Callable[[], None]) -> None:
        """Post what only has a price: later, where demands come first (`Draft.complete`).

        It is posted for those for whom this is called.

        Raises:
            ValueError: something is demanded, which may come too late. It is raised when posted.
        """
        if self._draft.demands_first:
            self._later.append((self._circle, post))
        else:
            self._post_priced(self._circle, post)

    def _post_priced(self, circle: int, post: Callable[[], None]) -> None:
        before, demands = self._circle, self._demands
        self._circle = circle
        try:
            post()
        finally:
            self._circle = before
        if self._demands > demands:
            raise ValueError(
                f"rule ({self._draft.rule}) must demand nothing afterwards: "
                "a first roster may have been made by then"
            )

    @property
    def _demands(self) -> int:
        """How much is demanded, here and of the draft."""
        return len(self._demanded.guards) + len(self._draft.reasons)

    @contextmanager
    def only(self, doctors: Sequence[int]) -> Iterator[None]:
        """Post for some of the doctors, given by their places in `doctors`.

        A variable that is made inside means nothing to the others.
        """
        before, own = self._circle, tuple(doctors)
        if own not in self._circle_known:
            self._circle_known[own] = len(self._circles)
            self._circles.append(np.array(own, dtype=np.int64))
        self._circle = self._circle_known[own]
        try:
            yield
        finally:
            self._circle = before

    # --- the words of `Posting` ----------------------------------------------------------

    def linear(
        self,
        terms: Iterable[tuple[Amount, Var]],
        *,
        low: Amount | None = None,
        high: Amount | None = None,
        only_if: Var = TRUE,
        doctor: str | None = None,
        duties: Iterable[Duty] = (),
    ) -> None:
        """As in `Posting`, for each doctor; `doctor` is known."""
        if only_if == FALSE:
            return
        own = self._demanded
        own.rows.add(terms, self._circle)
        own.lows.add(-NO_LIMIT if low is None else low)
        own.highs.add(NO_LIMIT if high is None else high)
        own.guards.append(only_if)
        own.duties.append(tuple(duties))

    def at_least(self, terms: Iterable[tuple[Amount, Var]], threshold: Amount) -> Var:
        """As in `Posting`, for each doctor."""
        return self._define(AT_LEAST_KIND, terms, threshold)

    def any_of(self, variables: Iterable[Var]) -> Var:
        """As in `Posting`, for each doctor."""
        own = set(variables)
        own.discard(FALSE)
        if TRUE in own:
            return TRUE
        if len(own) == 1:
            [var] = own
            if var not in self._wide:
                return var
        if not own:
            return FALSE
        return self._define(AT_LEAST_KIND, [(1, var) for var in sorted(own)], 1)

    def excess(
        self, terms: Iterable[tuple[Amount, Var]], over: Amount, *, spares_past: bool = False
    ) -> Var:
        """As in `Posting`, for each doctor."""
        return self._define(EXCESS_KIND, terms, over, spares_past)

    def penalise(
        self,
        level: Level,
        terms: Iterable[tuple[Amount, Var]],
        constant: Amount = 0,
        *,
        fine: int = 1,
    ) -> None:
        """As in `Posting`, for each doctor."""
        rows, constants = self._priced.setdefault((level, fine), (Rows(), Column()))
        rows.add(terms, self._circle)
        constants.add(constant)

    def _define(
        self,
        kind: int,
        terms: Iterable[tuple[Amount, Var]],
        threshold: Amount,
        spares: bool = False,
    ) -> Var:
        own = tuple(terms)
        key = None
        if is_plain([threshold, *[coefficient for coefficient, _ in own]]):
            key = (self._circle, kind, own, threshold, spares)
            known = self._known.get(key)
            if known is not None:
                return known
        depth = 1 + max(
            [self._depth[v - self._decided] for _, v in own if v >= self._decided], default=0
        )
        var = self._decided + len(self._depth)
        self._depth.append(depth)
        if kind == EXCESS_KIND:
            self._wide.add(var)
        while len(self._defined) < depth:
            self._defined.append(Defined())
        at = self._defined[depth - 1]
        at.rows.add(own, self._circle)
        at.variables.append(var)
        at.kinds.append(kind)
        at.thresholds.add(threshold)
        at.spares.append(spares)
        if key is not None:
            self._known[key] = var
        return var

    # --- drawing -------------------------------------------------------------------------

    @property
    def prices(self) -> bool:
        """Whether anything is to be made small."""
        return bool(self._priced or self._later)

    def draw(self) -> None:
        """Give everything that was posted to the draft, for each doctor."""
        self._draw_definitions(
            [self._demanded.rows.variables, self._demanded.guards, *self._priced_variables()]
        )
        self._draw_demanded()
        self._draw_priced()

    def draw_demanded(self) -> None:
        """Give what is demanded to the draft, and what it follows from."""
        self._draw_definitions([self._demanded.rows.variables, self._demanded.guards])
        self._draw_demanded()

    def draw_priced(self) -> None:
        """Give to the draft what `draw_demanded` left: what is to be made small."""
        for circle, post in self._later:
            self._post_priced(circle, post)
        self._later.clear()
        self._draw_definitions(self._priced_variables())
        self._draw_priced()

    def _priced_variables(self) -> list[list[Var]]:
        return [rows.variables for rows, _ in self._priced.values()]

    def _draw_definitions(self, asked: Iterable[Sequence[Var]]) -> None:
        """Give to the draft what these variables follow from, if it has not been given yet."""
        lacking = self._decided + len(self._depth) - self._values.shape[1]
        if lacking:
            more = np.zeros((len(self.doctors), lacking), dtype=np.int64)
            self._values = np.concatenate((self._values, more), axis=1)
            self._drawn = np.concatenate((self._drawn, np.zeros(lacking, dtype=np.bool_)))
        needed = self._needed(asked)
        for at in self._defined:
            kinds = np.array(at.kinds, dtype=np.int64)
            spares = np.array(at.spares, dtype=np.bool_)
            variables = np.array(at.variables, dtype=np.int64)
            due = needed[variables] & ~self._drawn[variables - self._decided]
            self._drawn[variables[due] - self._decided] = True
            for drawn in self._draw(at.rows, np.flatnonzero(due)):
                over = at.thresholds.of(drawn.rows, drawn.doctors)
                over = np.where(spares[drawn.rows], np.maximum(over, drawn.constants), over)
                found = self._draft.define_all(
                    kinds[drawn.rows], drawn.sums, over - drawn.constants
                )
                self._values[drawn.doctors, variables[drawn.rows]] = found

    def _draw_demanded(self) -> None:
        own = self._demanded
        guards = np.array(own.guards, dtype=np.int64)
        for drawn in self._draw(own.rows):
            lows = own.lows.of(drawn.rows, drawn.doctors)
            highs = own.highs.of(drawn.rows, drawn.doctors)
            self._draft.demand_all(
                drawn.sums,
                np.where(lows == -NO_LIMIT, lows, lows - drawn.constants),
                np.where(highs == NO_LIMIT, highs, highs - drawn.constants),
                self._values[drawn.doctors, guards[drawn.rows]],
                Origins(self.doctors, own.duties, drawn.rows, drawn.doctors),
            )

    def _draw_priced(self) -> None:
        for (level, fine), (rows, constants) in self._priced.items():
            for drawn in self._draw(rows):
                constant = constants.of(drawn.rows, drawn.doctors) + drawn.constants
                self._draft.penalise_all(level, fine, drawn.sums, int(constant.sum()))

    def _needed(self, asked: Iterable[Sequence[Var]]) -> NDArray[np.bool_]:
        """Which variables these follow from, and they: not all that a rule defines it uses."""
        needed = np.zeros(self._values.shape[1], dtype=np.bool_)
        for variables in asked:
            needed[variables] = True
        for at in reversed(self._defined):
            counts = np.array(at.rows.counts, dtype=np.int64)
            own = np.repeat(needed[np.array(at.variables, dtype=np.int64)], counts)
            needed[np.array(at.rows.variables, dtype=np.int64)[own]] = True
        return needed

    def _draw(self, rows: Rows, wanted: Numbers | None = None) -> Iterator[Drawn]:
        """The rows with the doctors' variables, some at a time; all, or those that are wanted."""
        counts = np.array(rows.counts, dtype=np.int64)
        circles = np.array(rows.circles, dtype=np.int64)
        sizes = np.array([len(circle) for circle in self._circles], dtype=np.int64)
        members = np.concatenate(self._circles)
        begins = np.cumsum(sizes) - sizes
        chosen = np.arange(len(counts)) if wanted is None else wanted
        weights = np.cumsum(np.maximum(counts, 1)[chosen] * sizes[circles[chosen]])
        first = 0
        variables = np.array(rows.variables, dtype=np.int64)
        term_begins = np.cumsum(counts) - counts
        # In order here, most of them are in order when they are drawn.
        order = np.lexsort((variables, np.repeat(np.arange(len(counts)), counts)))
        variables = variables[order]
        while first < len(chosen):
            done = weights[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(weights, done + _CHUNK, side="right")))
            own = chosen[first:last]
            first = last
            many = sizes[circles[own]]
            pairs = np.repeat(own, many)
            doctors = members[places_of(begins[circles[own]], many)]
            terms = places_of(term_begins[pairs], counts[pairs])
            sums = np.repeat(np.arange(len(pairs)), counts[pairs])
            doctor_of = doctors[sums]
            drawn = self._values[doctor_of, variables[terms]]
            kept = np.flatnonzero(drawn)
            terms, sums, doctor_of, drawn = terms[kept], sums[kept], doctor_of[kept], drawn[kept]
            yield gathered(
                pairs, doctors, sums, rows.coefficients.of(order[terms], doctor_of), drawn
            )


@dataclass(frozen=True, slots=True)
class Origins:
    """What stands behind constraints that were drawn: a row of the stencil, and a doctor.

    Attributes:
        duties: of each row.
        rows, places: of each constraint: its row, and the doctor's place in `doctors`.
    """

    doctors: tuple[Doctor, ...]
    duties: Sequence[tuple[Duty, ...]]
    rows: Numbers
    places: Numbers

    def of(self, numbers: Numbers) -> "Origins":
        """Those of some of the constraints, in less room."""
        rows, places = self.rows[numbers], self.places[numbers]
        return Origins(self.doctors, self.duties, rows.astype(np.int32), places.astype(np.int32))
