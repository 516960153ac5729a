"""Pictures of every page: `./run screenshots [PART OF A PLACE]` writes them into skjermbilder/.

Each as on a desk, on a telephone, in the dark and on paper. `--docs` writes the few that README
shows into docs/pictures instead.
"""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.pages import times
from tests.pages.conftest import CHROMIUM, NOW, SWITCHES, served, window
from tests.pages.site import Site
from tests.pages.test_looks import ALIKE, PLACES
from tests.service import databases

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "skjermbilder"
PICTURES = ROOT / "docs" / "pictures"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESK},
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "print": {"viewport": DESK},
}
SHOWN = {
    "overview": ("coordinator", "/", "desktop"),
    "roster": ("coordinator", "/vaktplaner/{published}?vis=periode", "desktop"),
    "job": ("coordinator", "/jobber/{running}", "desktop"),
    "duties": ("doctor", "/mine-vakter", "phone"),
}
_SMALL = {"desktop": {"width": 940, "height": 470}, "phone": {"width": 390, "height": 640}}


def everything(browser: Browser, site: Site, wanted: str) -> int:
    """Pictures of the places that hold a text; gives their number."""
    made = 0
    for look, options in LOOKS.items():
        (FOLDER / look).mkdir(parents=True, exist_ok=True)
        for who in dict.fromkeys(own for own, _ in (*PLACES, *ALIKE)):
            page = window(browser, site, who, **options)
            if look == "print":
                page.emulate_media(media="print")
            for where in (
                place for own, place in (*PLACES, *ALIKE) if own == who and wanted in place
            ):
                page.goto(where.format(**site.things))
                name = re.sub(r"[^\w]+", "-", where).strip("-") or "forside"
                file = FOLDER / look / f"{who or 'ingen'}-{name}.png"
                page.screenshot(path=file, full_page=True, animations="disabled")
                made += 1
            page.context.close()
    return made


def for_docs(browser: Browser, site: Site) -> int:
    """The pictures of README; gives their number."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, (who, where, look) in SHOWN.items():
        page = window(browser, site, who, **{**LOOKS[look], "viewport": _SMALL[look]})
        page.goto(where.format(**site.things))
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        page.context.close()
    return len(SHOWN)


def main(arguments: list[str]) -> None:
    """Make the pictures, and tell where they lie."""
    if not Path(CHROMIUM).exists():
        sys.exit("Chromium is missing. As root: apt-get install -y chromium")
    with (
        pytest.MonkeyPatch.context() as patch,
        databases.sqlite() as address,
        served(Site(address)) as site,
        sync_playwright() as playwright,
    ):
        patch.setattr(times, "now", lambda: NOW)
        site.fill()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        if arguments == ["--docs"]:
            print(f"{for_docs(browser, site)} pictures in {PICTURES.relative_to(ROOT)}")
        else:
            wanted = arguments[0] if arguments else ""
            print(f"{everything(browser, site, wanted)} pictures in {FOLDER.relative_to(ROOT)}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
