"""PDF by typst: a template of this package, and data that is never part of the source.

Text reaches the template as JSON, so nothing that a user wrote can be taken for markup. The
files follow PDF/UA-1 (tagged, with title and language) where the fonts have every letter, and
are the same bytes for the same input on one machine. System fonts are left out: a plan must
look alike everywhere.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst

SANS = "font_source_sans_pro"  # without it typst's own serif is used


def typeset(template: str, data: Mapping[str, Any], made: date) -> bytes:
    """A PDF of the data.

    Args:
        template: name of a file in `templates`; `shared.typ` comes before it.
        data: what can be JSON; the template finds it as `data`.
        made: the day that the file says it was made.

    Raises:
        typst.TypstError: the template is wrong (a fault of ours).
    """
    try:
        return _compile(template, data, made, "ua-1")
    except typst.TypstError:
        # A name in a script that no font at hand can show: better a box than no paper.
        return _compile(template, data, made, None)


def _compile(
    template: str, data: Mapping[str, Any], made: date, standard: Literal["ua-1"] | None
) -> bytes:
    return typst.compile(
        (_template("shared.typ") + _template(template)).encode(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=datetime.combine(made, time(), tzinfo=UTC),
    )


def _template(name: str) -> str:
    return (files("scheduler.writing") / "templates" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    found = find_spec(SANS)
    own = [Path(found.origin).parent / "files"] if found and found.origin else []
    return typst.Fonts(include_system_fonts=False, font_paths=own)
