"""`rapport.html`: the legality report as one page without scripts and without other files."""

from scheduler.writing.html_template import template
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.content import Limits, content
from scheduler.writing.report.findings import Depth

LIMITS = Limits(Depth(first=10, more=390), stop_lines=2500)


def to_html(legality: LegalityReport) -> str:
    """The page: UTF-8 text, every value escaped.

    Ten sentences of a rule are shown and 390 folded away; the rest is counted.
    """
    return template("report.html.jinja").render(report=content(legality, LIMITS))
