"""What browsers get of Designsystemet: the parts that pages have, and no others."""

import re
from pathlib import Path

from api.pages import static, templates
from tools.build_assets import UNUSED, without

PAGES = Path(templates.__file__).resolve().parent


def test_a_part_that_is_left_out_is_on_no_page() -> None:
    sources = "".join(
        own.read_text("utf-8") for own in PAGES.rglob("*") if own.suffix in (".jinja", ".py")
    )
    used = set(re.findall(r"\bds-([a-z]+(?:-[a-z]+)*)", sources))
    assert {"button", "table"} <= used
    assert sorted(used & UNUSED) == []
    styles = static.assets()["vendor/designsystemet.css"].content.decode()
    assert ".ds-table" in styles
    assert ".ds-suggestion{" not in styles


def test_whole_blocks_are_left_out() -> None:
    styles = "@layer a, b;@layer b{.ds-x{y:z}}@layer b{.ds-tabs{a{b:c}}}@layer b{.ds-tag{d:e}}"
    kept = "@layer a, b;@layer b{.ds-x{y:z}}@layer b{.ds-tag{d:e}}"
    assert without(styles, {"tabs"}) == kept
