"""The templates of the pages that leave the program: one environment for all of them."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """A template of `templates/` that escapes every value."""
    environment = Environment(
        loader=PackageLoader("scheduler.writing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
