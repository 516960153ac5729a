"""The ways out: one person by the checkers, several by the exact search, all judged and ranked."""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from scheduler.changes.move import Move
from scheduler.repairing.asking import Answer, Asking, Limits
from scheduler.repairing.direct import direct
from scheduler.repairing.drift import in_order
from scheduler.repairing.judging import Judge
from scheduler.repairing.offering import Draw, Offering, Standings
from scheduler.repairing.options import Finding, Option, Proof, Repair
from scheduler.repairing.scoring import Scores
from scheduler.repairing.situation import Situation
from scheduler.solving.smallest_change import Aim, Wanted


def repair(
    situation: Situation,
    standings: Standings,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
) -> Repair:
    """The smallest lawful changes that give everything that is open a doctor again.

    What the plan has come to break since the roster was made is mended too. Where not all of it
    can be, no more is excused than is needed, and the situation of the answer says what.

    Args:
        situation: what is left of the roster.
        standings: tells where doctors stand, by the rule of fair shares.
        limits: how far to look.
        stop: set it to end early.
    """
    own, ends = limits or Limits(), stop or threading.Event()
    until = time.monotonic() + own.seconds

    def repairing(now: Situation, part: float) -> "_Repairing":
        left = max(0.0, until - time.monotonic())
        return _Repairing(now, standings, replace(own, seconds=left * part), ends)

    if not situation.drift:
        return repairing(situation, 1.0).run()
    found = repairing(situation, 0.5).run()
    if found.options or found.nothing_open:
        return found
    excused = situation.drift
    if len(excused) > 1:  # else mending it has just been tried
        for case in in_order(situation.drift):
            fewer = replace(situation, excused=excused - {case})
            if repairing(fewer, 0.5 / len(situation.drift)).mends():
                excused -= {case}
    return repairing(replace(situation, excused=excused), 1.0).run()


def chosen(situation: Situation, move: Move, standings: Standings) -> Repair:
    """One lawful move as the only option: nothing is looked for.

    Args:
        situation: what is left of the roster.
        move: what changes hands.
        standings: tells where doctors stand.
    """
    return _Repairing(situation, standings, Limits(), threading.Event()).only(move)


class _Repairing:
    def __init__(
        self, situation: Situation, standings: Standings, limits: Limits, stop: threading.Event
    ) -> None:
        self._situation = situation
        self._standings = standings
        self._limits = limits
        self._judge = Judge(situation)
        self._asking = Asking(situation, self._judge, limits, stop)
        self._findings: list[Finding] = []
        self._draws: list[Draw] = []
        self._scores: Scores | None = None
        self._scored: frozenset[Move] = frozenset()

    def run(self) -> Repair:
        """One person, two, three; then any number; then as much as can be filled."""
        situation = self._situation
        if not situation.gaps and not self._judge.caused:
            return Repair(situation, (), (), ())
        tried = direct(situation, self._judge)
        fits = not self._judge.caused  # else somebody may have to give something away too
        lawful = [move for move in tried.moves if fits or self._judge.common(move) is None]
        self._alone(lawful, all_tried=tried.all_tried and fits and self._nothing_back())
        for people in range(2, self._limits.people + 1):
            self._several(people)
        if not self._draws:
            self._any_number()
        if not self._draws:
            self._partial()
        return Repair(situation, self._options(), tuple(self._findings), tried.refused)

    def mends(self) -> bool:
        """Whether what must be mended can be, near what is open or broken, whatever is filled."""
        return self._asking.near(Wanted(Aim.MOST)).move is not None

    def only(self, move: Move) -> Repair:
        """What a move does."""
        self._draws.append(Draw(move))
        return Repair(self._situation, self._options(), (), ())

    # --- one person --------------------------------------------------------------------------

    def _alone(self, moves: Sequence[Move], *, all_tried: bool) -> None:
        """The lawful moves by one doctor; where there is none, whether that is proven."""
        ranked = self._ranked(moves)
        sure: list[Move] = []
        for move in ranked:
            if any(move.doctors == other.doctors for other in sure):
                continue  # the same doctor, with work placed on another day: the best is enough
            if len(sure) < self._most_alone and self._judge.common(move) is None:
                sure.append(move)
        if sure:
            changes = len(sure[0].on)
            self._findings.append(Finding(1, True, Proof.TRIED, changes, fewest=True))
            self._draws += [
                Draw(move, fewest=True, best=all_tried and number == 0)
                for number, move in enumerate(sure)
            ]
        elif all_tried:
            self._findings.append(Finding(1, False, Proof.TRIED))
        else:
            self._several(1)

    @property
    def _most_alone(self) -> int:
        """More are shown of those with one person: any of them may say no."""
        return 2 * self._limits.options

    def _nothing_back(self) -> bool:
        """Whether those who fell out can take nothing, so that nobody can exchange with them."""
        situation = self._situation
        return not any(
            self._judge.stops.closed(doctor, unit) is None
            for doctor in situation.fallen
            if doctor in situation.problem.doctor_by_id
            for unit in situation.open_units
        )

    def _ranked(self, moves: Sequence[Move]) -> list[Move]:
        """By what they cost."""
        if len(moves) < 2:
            return list(moves)
        scores = self._scores_of(moves)
        return sorted(moves, key=lambda move: (len(move.on), scores.score(move), move.on))

    def _scores_of(self, moves: Sequence[Move]) -> Scores:
        """A model that can score all of these; the last one, if it can."""
        if self._scores is None or not self._scored.issuperset(moves):
            self._scores, self._scored = Scores(self._situation, moves), frozenset(moves)
        return self._scores

    # --- several people ----------------------------------------------------------------------

    def _several(self, people: int) -> None:
        """Options with exactly so many people; first near what is open, then everywhere."""
        extra = bool(
            self._draws
        )  # fewer suffice: only exchanges in which everybody takes something
        wanted = Wanted(people=people, paid=extra)
        answer = self._asking.search(wanted, wide=not extra)
        if answer.move is None:
            if not extra:
                self._none(people, answer)
            return
        self._some(people, answer)
        together: list[frozenset[str]] = []
        while answer.move is not None:
            self._draw(answer)
            together.append(frozenset(answer.move.doctors) - self._situation.fallen)
            if len(together) >= self._limits.options or self._asking.left() <= 0:
                return
            answer = self._asking.search(replace(wanted, without=tuple(together)), wide=False)

    def _any_number(self) -> None:
        """The fewest people that suffice, however many."""
        answer = self._asking.search(Wanted())
        if answer.move is None:
            self._none(None, answer)
            return
        self._some(None, answer)
        self._draw(answer)

    def _partial(self) -> None:
        """As much as can be filled."""
        self._draw(self._asking.search(Wanted(Aim.MOST)))

    def _none(self, people: int | None, answer: Answer) -> None:
        """So many people do not suffice, or it is not known."""
        exists = False if answer.proof is Proof.SOLVER else None
        self._findings.append(Finding(people, exists, answer.proof))

    def _some(self, people: int | None, answer: Answer) -> None:
        """So many people suffice."""
        found = answer.found
        self._findings.append(Finding(people, True, Proof.SOLVER, found.changes, found.fewest))

    def _draw(self, answer: Answer) -> None:
        if answer.move is not None:
            self._draws.append(Draw(answer.move, answer.found.fewest, answer.found.best))

    def _options(self) -> tuple[Option, ...]:
        draws = list({own.move: own for own in reversed(self._draws)}.values())
        if not draws:
            return ()
        scores = self._scores_of([own.move for own in draws])
        return Offering(self._situation, self._judge, self._standings).options(draws, scores)
