"""How good the roster is proven to be, and what is needed to make it again."""

from dataclasses import dataclass
from math import isfinite

from scheduler.domain.roster import LevelResult
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.verdict import Fact
from scheduler.writing.report.words import amount
from scheduler.writing.wording import number, on_day


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level of the objective in words."""

    title: str
    value: str
    bound: str
    proven: bool
    judged: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """What is needed to do it again.

    Attributes:
        facts: value and name.
        commands: what to type.
    """

    facts: tuple[Fact, ...]
    commands: tuple[str, ...]
    other_plan: bool


def levels(legality: LegalityReport) -> tuple[LevelLine, ...]:
    """The levels in the order in which they hold."""
    return tuple(_level(own) for own in legality.provenance.levels)


def rerun(legality: LegalityReport) -> Rerun:
    """Checksums, versions and seed; what is not known is left out."""
    made, problem = legality.provenance, legality.problem
    roster = legality.timetable.roster
    judged = legality.rule_set or made.rule_set
    facts = (
        ("Planens kontrollsum", problem.content_hash),
        ("Regler og opplysninger per", on_day(problem.judged_on)),
        ("Regelsett ved kontrollen", judged),
        ("Regelsett da planen ble laget", made.rule_set if made.rule_set != judged else ""),
        ("Løser", made.solver),
        ("Startverdi", "" if made.seed is None else str(made.seed)),
        ("Tråder", "" if made.workers is None else str(made.workers)),
        ("Tidsgrense", "" if made.time_limit is None else f"{number(made.time_limit)} sekunder"),
        ("Tid brukt", "" if made.seconds is None else f"{number(made.seconds)} sekunder"),
    )
    solve = "rettvakt solve PLAN --out MAPPE"
    if made.time_limit is not None:
        solve += f" --time-limit {made.time_limit:g}"
    if made.seed is not None:
        solve += f" --seed {made.seed}"
    if made.workers is not None:
        solve += f" --workers {made.workers}"
    commands = ["rettvakt check PLAN vaktplan.json --report MAPPE"]
    if made.solver:
        commands.insert(0, solve)
    return Rerun(
        tuple(Fact(value, name) for name, value in facts if value),
        tuple(commands),
        roster.problem_hash != problem.content_hash,
    )


def _level(own: LevelResult) -> LevelLine:
    known = isfinite(own.bound) and (own.bound > 0 or own.proven)  # nothing is below 0 anyway
    if own.proven:
        judged = "Bevist: ingen lovlig plan er bedre her."
    elif known:
        judged = f"Ikke bevist: en bedre plan kan finnes, men ingen under {number(own.bound)}."
    else:
        judged = "Ikke bevist: søket fant ingen nedre grense."
    return LevelLine(
        own.title,
        amount(own.value, own.unit) if isfinite(own.value) else "ikke kjent",
        amount(own.bound, own.unit) if known else "ikke kjent",
        own.proven,
        judged,
    )
