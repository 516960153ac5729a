"""Certify a roster: let the checkers judge it, score it from nothing, and prove how good it is."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.certificate import Certificate, StepProof, roster_hash, with_claims
from scheduler.checking import Report, check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.engine import (
    DisagreementError,
    Options,
    cores,
    solver_name,
    step_title,
    time_left,
)
from scheduler.rule import Rule
from scheduler.solving.bounding import Method
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import Step
from scheduler.solving.process import Budget
from scheduler.solving.proof_process import ProofProcess
from scheduler.solving.proving import Proof, Proofs
from scheduler.standings import standings


@dataclass(frozen=True, slots=True)
class Certified:
    """What came of it.

    Attributes:
        report: the checkers' judgement.
        certificate: None where the roster is not lawful.
        better: a better roster that was met on the way, lawful by the checkers; or None.
    """

    report: Report
    certificate: Certificate | None = None
    better: Roster | None = None


def certify(
    problem: Problem,
    rules: Sequence[Rule],
    roster: Roster,
    options: Options | None = None,
    *,
    rule_set: str = "",
    tell: Callable[[str, Sequence[StepProof]], None] = lambda _, __: None,
    stop: threading.Event | None = None,
) -> Certified:
    """Judge a roster, score it, and find a bound for each step on this machine.

    Args:
        problem: what the roster is for.
        rules: in the order in which they are explained.
        roster: by whomever; only its assignments are used, and its bounds to compare with.
        options: time, threads, seed.
        rule_set: version of the rules.
        tell: called with the title of the step that is worked on and the proofs so far.
        stop: set it to end early and keep what is proven.

    Raises:
        DisagreementError: the checkers take the roster for lawful and the model does not.
        scheduler.solving.process.SearchError: the proving process died.
    """
    options = options or Options()
    workers = options.workers or cores()
    begun = time.monotonic()
    report = check(Timetable(problem, roster), rules)
    if not report.lawful:
        return Certified(report)
    with ProofProcess() as process:
        draft = Draft(problem, rules)
        steps = draft.model.steps
        chosen = sorted(set(draft.decision_indices(roster.assignments)))
        values = settle(draft.model, chosen)
        for constraint in broken(draft.model, values):
            rule = draft.reasons[constraint.reason].rule
            raise DisagreementError(f"the model refuses a roster that the checkers take: {rule}")
        proofs = process.prove(
            draft.model,
            chosen,
            Budget(time_left(options.seconds, begun), workers, options.seed),
            tell=lambda number, own: tell(step_title(steps[number]), _proofs(steps, own)),
            stop=stop,
        )
    if tuple(proof.value for proof in proofs.steps) != step_values(draft.model, values):
        raise DisagreementError("the proving process scores the roster otherwise than we do")
    own = roster.problem_hash == problem.content_hash
    certificate = Certificate(
        problem_hash=problem.content_hash,
        roster_hash=roster_hash(problem, roster),
        rule_set=rule_set,
        solver=solver_name(),
        seed=options.seed,
        workers=workers,
        time_limit=options.seconds,
        seconds=round(time.monotonic() - begun, 1),
        judged_on=problem.judged_on,
        steps=tuple(
            with_claims(_proofs(steps, proofs.steps), roster.provenance.levels if own else ())
        ),
        standings=standings(draft, values),
        other_plan=not own,
        stopped=proofs.stopped,
    )
    return Certified(report, certificate, _better(problem, rules, draft, proofs))


def _proofs(steps: Sequence[Step], proofs: Sequence[Proof]) -> list[StepProof]:
    """The model's integers in the units that are shown."""
    return [
        StepProof(
            level=step.key,
            title=step_title(step),
            unit=step.unit,
            value=proof.value / step.scale,
            bound=_bound(step, proof),
            proven=proof.proven,
            method=proof.method.value,
            better=None if proof.better is None else proof.better / step.scale,
        )
        for step, proof in zip(steps, proofs, strict=True)
    ]


def _bound(step: Step, proof: Proof) -> float | None:
    """A bound of nothing but ranges, below 0, is as good as none."""
    if proof.method is Method.RANGES and proof.bound < 0 and not proof.proven:
        return None
    return proof.bound / step.scale


def _better(problem: Problem, rules: Sequence[Rule], draft: Draft, proofs: Proofs) -> Roster | None:
    """The better roster, if the checkers take it."""
    if proofs.better is None:
        return None
    found = Roster.of(problem, draft.assignments(proofs.better))
    judged = check(Timetable(problem, found), rules, explain_holes=False)
    if not judged.lawful:
        raise DisagreementError(
            "checkers refuse a roster that the model admits: "
            + "; ".join(judged.sentence(case) for case in judged.breaches[:5])
        )
    return found
