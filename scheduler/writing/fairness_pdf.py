"""`fordeling.pdf`: the fairness report for the meeting and the archive, A4, PDF/UA-1."""

from dataclasses import asdict
from datetime import date

from scheduler.writing.fairness.charts import Pictures
from scheduler.writing.fairness.content import Content


def to_pdf(content: Content, pictures: Pictures, made: date) -> bytes:
    """The same report as the page; tables and calculations stand in an appendix.

    Args:
        content: the report.
        pictures: its charts, which are the same drawings as on the page.
        made: the day that the file says it was made.
    """
    # Imported late: typst takes its time, and only those who print need it.
    from scheduler.writing.typeset import typeset

    return typeset("fairness.typ", {**asdict(content), "drawn": asdict(pictures)}, made)
