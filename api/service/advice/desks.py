"""What is kept of a roster that is asked about again and again."""

import threading
from collections.abc import Mapping
from functools import cached_property

from api import library
from api.legality import legality
from api.library import LoadedPlan
from api.service.advice.matrix import Cells, matrix
from api.service.recent import Recent
from api.swaps import judge_of
from constraints.fair_share import FairShare
from scheduler.changes.move import Move
from scheduler.changes.trials import Trials
from scheduler.checking import Report
from scheduler.domain.roster import Roster, Timetable
from scheduler.swaps.accounts import Effect
from scheduler.swaps.judge import Judge
from scheduler.writing.legality import LegalityReport
from scheduler.writing.receipts import Receipt

KEPT = 8
MOST = 200_000
"""Doctors x duties of all desks together: see `docs/decisions/0024-advice.md` for the bytes."""


class Desk:
    """One version of a roster on the table; whoever asks it holds `lock`.

    Attributes:
        lock: judge and model are tried out and put back, so one asks at a time.
    """

    def __init__(self, loaded: LoadedPlan, roster: Roster) -> None:
        """Nothing is judged or built before it is asked for."""
        self.lock = threading.RLock()
        self.loaded = loaded
        self.roster = roster
        self._receipts: dict[str, tuple[Receipt, ...]] = {}
        self._lawful: dict[tuple[str, str, str], bool] = {}

    @cached_property
    def judge(self) -> Judge:
        """Judges changes; everybody's own work as it stands has been judged already."""
        made = judge_of(self.loaded, self.roster)
        made.prepare()
        return made

    @property
    def timetable(self) -> Timetable:
        """The roster as it stands."""
        return self.judge.timetable

    @property
    def weight(self) -> int:
        """Roughly what it takes: doctors x duties."""
        problem = self.loaded.problem
        return len(problem.doctors) * len(problem.duties)

    @cached_property
    def trials(self) -> Trials:
        """The model of the plan with the roster in it; seconds for a large plan."""
        return Trials(self.timetable, self.loaded.rules)

    @cached_property
    def effects(self) -> Mapping[str, tuple[Effect, ...]]:
        """Everybody's accounts as the roster stands, by doctor: one for each measure."""
        accounts = self.judge.accounts
        return {
            own.id: accounts.effects(self.timetable, own.id) for own in self.loaded.problem.doctors
        }

    @cached_property
    def report(self) -> Report:
        """What the independent checkers say."""
        return library.check(self.loaded, self.roster)

    @cached_property
    def legal(self) -> LegalityReport:
        """The legality report before it is put in words."""
        return legality(self.loaded, self.roster, self.report)

    @cached_property
    def cells(self) -> Cells:
        """What each rule says of each doctor."""
        return matrix(self.timetable, self.loaded.rules)

    @cached_property
    def fair(self) -> FairShare:
        """The rule of fair shares with the plan's settings."""
        return next(rule for rule in self.loaded.rules if isinstance(rule, FairShare))

    def receipts(self, doctor: str) -> tuple[Receipt, ...]:
        """What became of a doctor's wishes; seconds where one was refused."""
        if doctor not in self._receipts:
            self._receipts[doctor] = library.receipts(self.loaded, self.roster, doctor)
        return self._receipts[doctor]

    def may_take(self, taker: str, unit: str, giver: str) -> bool:
        """Whether a doctor could lawfully take over a unit that another one has.

        It is judged once, with the lock held for that alone.
        """
        asked = (taker, unit, giver)
        if asked not in self._lawful:
            with self.lock:
                self._lawful[asked] = self._takes(taker, unit, giver)
        return self._lawful[asked]

    def _takes(self, taker: str, unit: str, giver: str) -> bool:
        if unit not in self.loaded.problem.units or not self.judge.has((giver, unit)):
            return False
        if self.judge.has_some((taker, unit)):
            return False
        return self.judge.stops.verdict(Move(((giver, unit),), ((taker, unit),))).lawful

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names by doctor."""
        return {own.id: " ".join(own.name.split()) for own in self.loaded.problem.doctors}


class Desks:
    """Desks by id and digest of the roster's version: it changes only if something is erased.

    The digest covers the hash of what the plan means, and by that the names and grounds in it.
    """

    def __init__(self, kept: int = KEPT, most: int = MOST) -> None:
        """Know none yet."""
        self._recent: Recent[Desk] = Recent(kept, weigh=lambda own: own.weight, most=most)

    def of(self, version: str, digest: str, loaded: LoadedPlan, roster: Roster) -> Desk:
        """The desk of a version, made now if it is not at hand; two who ask at once share one."""
        return self._recent.get((version, digest), lambda: Desk(loaded, roster))

    def forget(self) -> None:
        """Know none any more: something has been erased from them."""
        self._recent.forget()
