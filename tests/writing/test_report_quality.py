"""The part on quality: weights in force, departures, what they cost, the worst ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, ClassVar

from pypdf import PdfReader

from api.legality import legality
from api.library import read
from constraints.law import POLICY
from scheduler.checking import check
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.rule import (
    Authority,
    Case,
    Level,
    Outcome,
    Rule,
    parameter,
    price_parameter,
)
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.content import Content, Limits, content
from scheduler.writing.report.findings import Depth
from scheduler.writing.report.quality import QualityLine, weights
from scheduler.writing.report_html import to_html
from scheduler.writing.report_pdf import to_pdf
from tests.writing.legal import Cases, legal
from tests.writing.sample import sample

LIMITS = Limits(Depth(10, 5), 100)


@dataclass(frozen=True)
class Calm(Rule):
    """A soft rule with as many departures of the first doctor as asked for."""

    id: ClassVar = "calm"
    title: ClassVar = "Ro i planen"
    title_en: ClassVar = "Calm"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    count: int = parameter(3, "Antall avvik", unit="avvik", low=0, high=9)
    price: int = price_parameter(5, "Pris for hver dag som mangler")
    extra: int = price_parameter(100, "Pris i tillegg for to på rad")

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        if doctor is timetable.problem.doctors[0]:
            for number in range(self.count):
                yield Case(self.id, Outcome.EXCEPTION, doctor.id, margin=-float(number))
            yield Case(self.id, Outcome.KEPT, doctor.id, margin=1.0, unit="dager")

    def explain(self, problem: Problem, case: Case) -> str:
        return f"uro nr. {case.margin:g}."


def told(rule: Rule, **more: Any) -> Content:
    return content(report(rule, **more), LIMITS)


def report(*rules: Rule, **more: Any) -> LegalityReport:
    return replace(LegalityReport(check(sample(), rules)), **more)


COSTS = {"calm": {Level.WISHES: 115, Level.HEALTH: 5, Level.FAIRNESS: 0}}


def test_a_line_tells_weight_departures_cost_and_level() -> None:
    [line] = told(Calm(), costs=COSTS).quality
    assert line == QualityLine(
        "Ro i planen",
        ("0,05 poeng for hver dag som mangler", "1 poeng i tillegg for to på rad"),
        "3",
        "1,2",
        ("Avvik fra hovedreglene om hvile og belastning", "Ønsker, kontinuitet og ro"),
    )


def test_a_price_among_the_squares_is_told_in_squares_and_not_in_points() -> None:
    @dataclass(frozen=True)
    class Square(Calm):
        price: int = price_parameter(200, "Pris for igjen", unit="hundredels kvadrert vakt")
        extra: int = price_parameter(100, "Pris for nok", unit="hundredels kvadrert vakt")

    [line] = told(Square(), costs={"calm": {Level.FAIRNESS: 250}}).quality
    assert line.weights == ("2 kvadrerte vakter for igjen", "1 kvadrert vakt for nok")
    assert line.cost == "2,5 kvadrerte vakter"
    [line] = told(Square(), costs={"calm": {Level.WISHES: 50, Level.FAIRNESS: 100}}).quality
    assert line.cost == "1 kvadrert vakt og 0,5"


def test_a_price_of_nought_is_not_told_and_all_of_them_turn_the_rule_off() -> None:
    assert weights(Calm(price=0)) == ("1 poeng i tillegg for to på rad",)
    found = told(Calm(price=0, extra=0))
    assert found.quality == (QualityLine("Ro i planen", ("slått av",), "–", "–", ()),)
    assert found.departures == ()


def test_without_anything_to_judge_the_line_says_so() -> None:
    @dataclass(frozen=True)
    class Idle(Calm):
        def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
            yield from ()

    [line] = told(Idle(), costs=COSTS).quality
    assert (line.count, line.cost, line.levels) == ("ikke aktuelt", "–", ())


def test_without_costs_the_report_says_why() -> None:
    [line] = told(Calm()).quality
    assert (line.count, line.cost, line.levels) == ("3", "–", ())
    assert "bare ut for en plan uten brudd" in to_html(report(Calm()))
    assert "bare ut for en plan uten brudd" not in to_html(report(Calm(), costs=COSTS))


def test_a_departure_is_told_once_worst_first_and_not_as_an_exception() -> None:
    found = content(report(Calm(), Cases(exceptions=2)), LIMITS)
    [departures], [exceptions] = found.departures, found.exceptions
    assert departures.first == ("uro nr. -2.", "uro nr. -1.", "uro nr. -0.")
    assert (departures.count, exceptions.count) == (3, 2)
    assert "uro" not in " ".join(exceptions.first)
    facts = {fact.label: fact.value for fact in found.facts}
    assert facts["unntak fra hovedregler"] == "2"
    rules = {rule.title: rule.found for chapter in found.chapters for rule in chapter.rules}
    assert rules["Ro i planen"] == "3 avvik"
    page = to_html(report(Calm(), Cases(exceptions=2)))
    assert page.count("uro nr. -2.") == 1


def test_page_and_paper_tell_the_same() -> None:
    own = report(Calm(), costs=COSTS)
    page = to_html(own)
    paper = "\n".join(p.extract_text() for p in PdfReader(BytesIO(to_pdf(own))).pages)
    for text in ("Kvalitet", "Ro i planen", "0,05 poeng for hver dag som mangler", "1,2"):
        assert text in page
        assert text in paper
    assert '<a href="#kvalitet">Kvalitet</a>' in page
    assert "uro nr. -2." in paper


def test_a_plan_without_soft_rules_has_no_table() -> None:
    assert "Ingen kvalitetsmål gjelder." in to_html(legal())


def test_costs_come_from_the_plan_and_are_left_out_where_a_rule_is_broken() -> None:
    loaded = read("fixtures/plans/oy.yaml")
    empty = Roster.of(loaded.problem, ())
    judged = check(Timetable(loaded.problem, empty), loaded.rules, explain_holes=False)
    assert judged.lawful
    costs = legality(loaded, empty, judged).costs
    assert {"spacing", "night_spacing", "split_weekends", "target_rest"} <= set(costs)
    assert costs["spacing"] == {} or set(costs["spacing"].values()) == {0}
    broken = replace(judged, unknown=(Assignment("natt/1900-01-01", "ukjent"),))
    assert legality(loaded, empty, broken).costs == {}
