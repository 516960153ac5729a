"""The settings as they are documented."""

import re
from pathlib import Path

from api.service.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "service.md"


def test_the_table_of_settings_is_the_settings() -> None:
    rows = re.findall(r"^\| `RETTVAKT_(\w+)` \| (.+?) \| (.+?) \|$", PAGE.read_text(), re.MULTILINE)
    documented = {name.lower(): (default, told) for name, default, told in rows}
    assert list(documented) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        default, told = documented[name]
        assert told == field.description
        if field.default_factory is None:
            shown = f"`{field.default}`" if str(field.default or "") else "empty"
            if field.default in (False, 0):
                shown = f"`{field.default}`"
            assert default == shown.replace(".0`", "`")
