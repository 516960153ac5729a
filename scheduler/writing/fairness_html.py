"""`fordeling.html`: the fairness report as one page without scripts and without other files."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from scheduler.writing.fairness.charts import Pictures
from scheduler.writing.fairness.content import Content


def to_html(content: Content, pictures: Pictures) -> str:
    """The page: UTF-8 text, every value escaped; the pictures stand in it as they are."""
    return _template().render(report=content, drawn=pictures)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("scheduler.writing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("fairness.html.jinja")
