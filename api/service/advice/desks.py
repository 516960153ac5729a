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
from api.wishes import ReceiptWriter
from constraints.fair_share import FairShare
from scheduler.changes.move import Move
from scheduler.changes.trials import Ground, Trials
from scheduler.checking import Report
from scheduler.domain.roster import Roster, Timetable
from scheduler.swaps.accounts import Effect
from scheduler.swaps.judge import Judge
from scheduler.writing.legality import LegalityReport
from scheduler.writing.receipts import Receipt

KEPT = 8
MOST = 200_000
"""Doctors x duties of all desks together: see `docs/decisions/0024-advice.md` for the bytes."""


class PlanModel:
    """The model of a plan, which the desks of all its rosters share.

    It takes seconds to build for a large plan, and whoever wants it waits. So it is asked for
    before a desk's lock is taken: those who ask the desk for other things need not wait too.
    """

    def __init__(self, loaded: LoadedPlan, building: threading.Lock) -> None:
        """Build nothing yet.

        Args:
            loaded: the plan.
            building: held while a model is built, so that one is built at a time.
        """
        self._loaded = loaded
        self._building = building
        self._ground: Ground | None = None

    @property
    def ready(self) -> bool:
        """Whether it is at hand."""
        return self._ground is not None

    def ground(self) -> Ground:
        """The model, built now if it is not at hand."""
        with self._building:
            if self._ground is None:
                self._ground = Ground(self._loaded.problem, self._loaded.rules)
            return self._ground

    @property
    def weight(self) -> int:
        """Roughly what it takes: doctors x duties."""
        problem = self._loaded.problem
        return len(problem.doctors) * len(problem.duties)


class Desk:
    """One version of a roster on the table; whoever asks it holds `lock`.

    Attributes:
        lock: judge and trials are tried out and put back, so one asks at a time.
        model: of the plan.
    """

    def __init__(self, loaded: LoadedPlan, roster: Roster, model: PlanModel | None = None) -> None:
        """Nothing is judged or built before it is asked for."""
        self.model = model or PlanModel(loaded, threading.Lock())
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
        """The model of the plan with the roster in it; seconds where the model is not ready."""
        return Trials(self.timetable, self.loaded.rules, self.model.ground())

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

    @cached_property
    def _receipt_writer(self) -> ReceiptWriter:
        return ReceiptWriter(self.timetable, self.loaded.rules, lambda: self.trials)

    def receipts_try(self, doctor: str) -> bool:
        """Whether a doctor's receipts are still to be written, and need the model for it."""
        return doctor not in self._receipts and self._receipt_writer.tries(doctor)

    def receipts(self, doctor: str) -> tuple[Receipt, ...]:
        """What became of a doctor's wishes; seconds where one was refused."""
        if doctor not in self._receipts:
            self._receipts[doctor] = self._receipt_writer.of(doctor)
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
        self._models: Recent[PlanModel] = Recent(kept, weigh=lambda own: own.weight, most=most)
        self._building = threading.Lock()

    def of(self, version: str, digest: str, loaded: LoadedPlan, roster: Roster) -> Desk:
        """The desk of a version, made now if it is not at hand; two who ask at once share one."""

        def desk() -> Desk:
            # A model keeps its plan, so that while it is known no other plan has this id.
            model = self._models.get(id(loaded), lambda: PlanModel(loaded, self._building))
            return Desk(loaded, roster, model)

        return self._recent.get((version, digest), desk)

    def forget(self) -> None:
        """Know none any more: something has been erased from them."""
        self._recent.forget()
        self._models.forget()
