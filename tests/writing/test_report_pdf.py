from io import BytesIO
from typing import Any

from pypdf import PdfReader

from constraints.catalogue import rules_for
from scheduler.checking import check
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report_pdf import to_pdf
from tests.writing.legal import covered, legal, many_holes, stranger
from tests.writing.sample import alone, sample


def text(legality: LegalityReport) -> str:
    pages = PdfReader(BytesIO(to_pdf(legality))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_is_a4_tagged_norwegian_and_numbered() -> None:
    found = PdfReader(BytesIO(to_pdf(legal(exceptions=30))))
    box = found.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    catalogue: Any = found.root_object
    assert catalogue["/Lang"] == "nb-NO"
    assert catalogue["/MarkInfo"]["/Marked"]
    for number, page in enumerate(found.pages, 1):
        assert f"Side {number} av {len(found.pages)}" in page.extract_text()


def test_equal_reports_give_equal_bytes() -> None:
    assert to_pdf(legal()) == to_pdf(legal())


def test_it_says_the_same_as_the_page() -> None:
    told = text(legal(breaches=2, notices=3))
    assert "Vaktplanen har 2 brudd på ufravikelige regler, og 1 vakt er udekket." in told
    assert "Kveld torsdag 1. april 2027 kl. 16:00–23:00" in told
    assert "Fritak etter fastlegeforskriften § 33 (1): Tom" in told
    assert "2026/4711" in told
    assert "må avklares" in told
    assert "rettvakt check PLAN vaktplan.json --report MAPPE" in told
    assert "O'Brien" in told


def test_ten_of_many_are_shown_and_the_rest_counted() -> None:
    told = text(legal(exceptions=2000))
    assert told.count("exception nr.") == 10
    assert "Og 1990 til, som bare er talt med her." in told


def test_reasons_of_exemptions_are_not_on_paper() -> None:
    assert "HEMMELIG grunn" not in text(legal())


def test_kinds_of_verdict() -> None:
    assert "og alt er dekket" in text(legal(covered()))
    assert "ukjent på natt/1900-01-01" in text(legal(stranger()))


def test_all_rules_and_many_holes_and_an_empty_plan_can_be_printed() -> None:
    own = sample()
    told = text(LegalityReport(check(own, rules_for(own.problem))))
    assert "Hviletid mellom arbeidsperioder" in told
    assert len(to_pdf(legal(many_holes(150)))) < 3_000_000
    assert "og alt er dekket" in text(LegalityReport(check(alone(own.problem.doctors[0]), [])))
