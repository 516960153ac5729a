"""`notat.html`: the memo for the municipal council as one page without scripts or other files.

It tells what `notat.pdf` tells, from the same content, on a screen of any width.
"""

from scheduler.writing.comparison.memo import content
from scheduler.writing.comparison.source import Comparison
from scheduler.writing.html_template import template


def to_memo_html(comparison: Comparison) -> str:
    """The page: UTF-8 text, every value escaped but the drawings, which are our own."""
    return template("memo.html.jinja").render(memo=content(comparison))
