"""`fordeling.html`: the fairness report as one page without scripts and without other files."""

from scheduler.writing.fairness.charts import Pictures
from scheduler.writing.fairness.content import Content
from scheduler.writing.html_template import template


def to_html(content: Content, pictures: Pictures) -> str:
    """The page: UTF-8 text, every value escaped; the pictures stand in it as they are."""
    return template("fairness.html.jinja").render(report=content, drawn=pictures)
