"""`rapport.pdf`: the legality report for the archive, A4, PDF/UA-1."""

from dataclasses import asdict

from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.content import Limits, content
from scheduler.writing.report.findings import Depth

LIMITS = Limits(Depth(first=10, more=0), stop_lines=0)


def to_pdf(legality: LegalityReport) -> bytes:
    """The same report as the page, with ten sentences of each rule and the rest counted.

    Holes tell which rule stops which doctors; the single sentences stand on the page.
    """
    # Imported late: typst takes its time, and only those who print need it.
    from scheduler.writing.typeset import typeset

    return typeset("report.typ", asdict(content(legality, LIMITS)), legality.problem.judged_on)
