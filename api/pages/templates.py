"""The templates: a folder a subject, escaped by default, no name that is not there."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages import static
from scheduler.units import in_full
from scheduler.writing.report.words import CHOICES

HERE = Path(__file__).resolve().parent
ENDING = ".html.jinja"


@cache
def environment() -> Environment:
    """The templates by «subject/name»."""
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["asset"] = static.address
    made.filters["sentence"] = _sentence
    made.filters["lower_first"] = _lower_first
    made.filters["choice"] = _choice
    made.filters["unit"] = _unit
    return made


def _sentence(text: str) -> str:
    """The text with a capital at its beginning, the rest untouched."""
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    """The text with a small letter at its beginning, the rest untouched."""
    return text[:1].lower() + text[1:]


def _choice(value: object) -> object:
    """What a rule may be set to, in bokmål; numbers and the like as they are."""
    return CHOICES.get(value, value) if isinstance(value, str) else value


def _unit(unit: str) -> str:
    """The unit of a setting as people write it: «timer»."""
    return in_full(unit)


def names() -> list[str]:
    """All templates."""
    return [file.relative_to(HERE).as_posix() for file in sorted(HERE.glob(f"*/*{ENDING}"))]
