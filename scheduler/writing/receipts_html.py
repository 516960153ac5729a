"""`ønskekvittering.html`: a page for each doctor, to be printed and handed out one by one."""

from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from scheduler.domain.problem import Problem
from scheduler.writing.receipts import ANSWERS, BASIS, SIGNS, Receipt, by_doctor, summary
from scheduler.writing.wording import period, short_day

MOST_NAMES = 8  # of doctors who were not available; more are counted


def to_html(problem: Problem, receipts: Sequence[Receipt]) -> str:
    """The pages in the doctors' order: UTF-8 text, every value escaped, no scripts."""
    return _template().render(
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


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("scheduler.writing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("receipts.html.jinja")
