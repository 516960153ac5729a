"""`ønskekvittering.html`: a page for each doctor, to be printed and handed out one by one."""

from collections.abc import Sequence

from scheduler.domain.problem import Problem
from scheduler.writing.html_template import template
from scheduler.writing.receipts import ANSWERS, BASIS, SIGNS, Receipt, by_doctor, summary
from scheduler.writing.wording import period, short_day

MOST_NAMES = 8  # of doctors who were not available; more are counted


def to_html(problem: Problem, receipts: Sequence[Receipt]) -> str:
    """The pages in the doctors' order: UTF-8 text, every value escaped, no scripts."""
    return template("receipts.html.jinja").render(
        title=" ".join(problem.title.split()),
        period=period(problem.first_day, problem.last_day),
        judged_on=short_day(problem.judged_on),
        pages=[
            {"name": own[0].name, "summary": summary(own), "receipts": own}
            for own in by_doctor(receipts).values()
        ],
        answers=ANSWERS,
        signs=SIGNS,
        basis=BASIS,
        most_names=MOST_NAMES,
    )
