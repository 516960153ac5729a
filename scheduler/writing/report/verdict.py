"""The verdict in one sentence, and the numbers beside it."""

from dataclasses import dataclass

from scheduler.checking import Report
from scheduler.writing.legality import LegalityReport
from scheduler.writing.phrases import counted, listed, uncovered
from scheduler.writing.report.words import CONFIRM, confidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it comes to.

    Attributes:
        kind: "good", "holes" or "breach".
        sign: a word for the same, so that it is not told by colour alone.
        sentence: the judgement.
        more: further sentences that qualify it.
    """

    kind: str
    sign: str
    sentence: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number and what it counts."""

    value: str
    label: str


def verdict(legality: LegalityReport) -> Verdict:
    """«Vaktplanen bryter ingen ufravikelige regler, men 3 vakter er udekket.»"""
    report = legality.report
    holes = lacking(report)
    breaches = len(report.breaches)
    if report.lawful:
        kind, sign = ("holes", "Udekket") if holes else ("good", "Ingen brudd")
        sentence = "Vaktplanen bryter ingen ufravikelige regler, " + (
            f"men {holes} er udekket." if holes else "og alt er dekket."
        )
    else:
        kind, sign = "breach", "Brudd"
        judged = (
            f"har {counted(breaches, 'brudd', 'brudd')} på ufravikelige regler"
            if breaches
            else "kan ikke godkjennes"
        )
        rest = f"og {holes} er udekket." if holes else "men alt er dekket."
        sentence = f"Vaktplanen {judged}, {rest}"
    return Verdict(kind, sign, sentence, tuple(_more(legality)))


def facts(legality: LegalityReport) -> tuple[Fact, ...]:
    """The numbers of plan and control."""
    report, problem = legality.report, legality.problem
    shifts = sum(duty.is_shift for duty in problem.duties)
    rules = report.rules
    return (
        Fact(_many(len(problem.doctors)), "leger"),
        Fact(_many(shifts), "vakter"),
        Fact(_many(len(problem.duties) - shifts), "kommunale økter"),
        Fact(_many(len(legality.timetable.roster.assignments)), "tildelinger"),
        Fact(_many(len(rules)), "regler kontrollert"),
        Fact(_many(sum(own.checked for own in rules)), "enkeltkontroller"),
        Fact(_many(len(report.breaches)), "brudd"),
        Fact(_many(report.lacking), "udekket"),
        Fact(_many(sum(len(own.from_main_rule) for own in rules)), "unntak fra hovedregler"),
        Fact(_many(sum(len(own.notices) for own in rules)), "forhold å følge opp"),
    )


def _many(count: int) -> str:
    """«12 500»: with a hard space from ten thousand on."""
    return f"{count:,}".replace(",", "\u00a0") if count >= 10_000 else str(count)


def lacking(report: Report) -> str:
    """«3 vakter og 1 økt», «2 tidsrom»: all that is uncovered; empty if nothing is."""
    words = [uncovered(report.timetable)]
    others = len(report.other_holes)
    if others:
        words.append(f"{others} tidsrom")
    return listed([word for word in words if word])


def _more(legality: LegalityReport) -> list[str]:
    report = legality.report
    found = []
    unknown = len(report.unknown)
    if unknown:
        found.append(
            f"{counted(unknown, 'tildeling gjelder', 'tildelinger gjelder')} en lege eller vakt "
            "som ikke finnes i planen."
        )
    first = next(iter(legality.provenance.levels), None)
    best = first is not None and first.proven and first.level == "cover"
    if best and report.lawful and report.timetable.holes:
        found.append("Det er bevist at ingen lovlig plan dekker mer.")
    exceptions = sum(len(own.from_main_rule) for own in report.rules)
    if exceptions:
        found.append(
            f"{counted(exceptions, 'gang', 'ganger')} er en hovedregel fraveket på en måte som "
            "regelen selv åpner for."
        )
    if any(CONFIRM in confidence(own.rule.citations) for own in report.rules):
        found.append(
            "Noen av reglene bygger på kilder som kommunen må bekrefte; de står under "
            "«Rett som ikke er bekreftet»."
        )
    return found
