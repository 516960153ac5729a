from functools import lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from scheduler.writing.fairness.charts import pictures
from scheduler.writing.fairness.content import content
from scheduler.writing.fairness.source import FairnessReport, Receipt
from scheduler.writing.fairness_pdf import to_pdf
from tests.writing.fairness.scene import plan, report, worst


def pdf(own: FairnessReport) -> bytes:
    told = content(own)
    return to_pdf(told, pictures(told), own.problem.judged_on)


@lru_cache(maxsize=2)
def whole(*, anonymous: bool = False) -> bytes:
    receipts = (Receipt("tom", True, "Tom ønsket fri og har fått det."),)
    return pdf(report(receipts=receipts, made=worst(1.33, 1.2), anonymous=anonymous))


def text(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_is_a4_tagged_norwegian_and_numbered_and_weeks_lie_on_their_side() -> None:
    found = PdfReader(BytesIO(whole()))
    sizes = {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in found.pages}
    assert sizes == {(595, 842), (842, 595)}
    catalogue: Any = found.root_object
    assert catalogue["/Lang"] == "nb-NO"
    assert catalogue["/MarkInfo"]["/Marked"]
    for number, page in enumerate(found.pages, 1):
        assert f"Side {number} av {len(found.pages)}" in page.extract_text()


def test_equal_reports_give_equal_bytes() -> None:
    again = report(
        receipts=(Receipt("tom", True, "Tom ønsket fri og har fått det."),), made=worst(1.33, 1.2)
    )
    assert pdf(again) == whole()


def test_it_says_the_same_as_the_page() -> None:
    told = text(whole())
    assert "mindre enn 1,2 poeng over sin rettferdige andel; denne planen har 1,33" in told
    assert "Mest over målet: =1+1; «Ola» O'Brien, 1,33 poeng." in told
    assert "Ny saldo: 1 + (2 − 2,67) = +0,33." in told
    assert "Oppfylt. Tom ønsket fri og har fått det." in told
    assert "Vedlegg: tallene bak figurene" in told


def test_an_anonymous_paper_has_neither_names_nor_weeks() -> None:
    told = text(whole(anonymous=True))
    for word in ("Kari", "Ola", "ønsket", "Uke 11", "regnet ut"):
        assert word not in told
    assert "Fordelingsrapport uten navn" in told
    assert "Lege C" in told


def test_an_empty_period_can_be_printed() -> None:
    assert "Planen har ingen vakter å fordele." in text(pdf(report({}, plan(duties=(), ledger=()))))
