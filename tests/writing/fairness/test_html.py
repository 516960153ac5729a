import itertools
import re
from functools import lru_cache

from scheduler.writing.fairness.charts import pictures
from scheduler.writing.fairness.content import content
from scheduler.writing.fairness.source import Earlier, FairnessReport, Receipt
from scheduler.writing.fairness_html import to_html
from tests.writing.fairness.scene import plan, report, worst
from tests.writing.test_report_html import Page, _light

RECEIPTS = (
    Receipt("kari", False, "Kari <ønsket> fri, men har fått vakt.", ("Ola & Tom kunne ikke.",)),
    Receipt("tom", True, "Tom ønsket fri og har fått det."),
)


def html(own: FairnessReport) -> str:
    told = content(own)
    return to_html(told, pictures(told))


@lru_cache(maxsize=2)
def whole(*, anonymous: bool = False) -> str:
    earlier = Earlier(2027, {}, {})
    made = worst(1.33, 1.33, proven=True)
    return html(report(receipts=RECEIPTS, earlier=earlier, made=made, anonymous=anonymous))


def test_the_page_is_well_formed_norwegian_and_has_landmarks() -> None:
    found = Page(whole())
    assert found.open == []
    assert found.all("html") == [{"lang": "nb"}]
    for landmark in ("header", "main", "nav", "footer", "h1"):
        assert len(found.all(landmark)) == 1
    assert found.all("a")[0] == {"class": "skip", "href": "#innhold"}


def test_it_is_one_file_without_scripts_addresses_and_style_attributes() -> None:
    found = Page(whole())
    for tag in ("script", "link", "img", "iframe", "object"):
        assert not found.all(tag)
    assert "url(" not in whole()
    assert "@import" not in whole()
    assert not any("style" in attributes for _, attributes in found.elements)
    assert all(str(a["href"]).startswith("#") for a in found.all("a"))


def test_inner_links_and_labels_have_their_targets_and_ids_are_unique() -> None:
    for anonymous in (False, True):
        found = Page(whole(anonymous=anonymous))
        ids = [str(a["id"]) for _, a in found.elements if "id" in a]
        assert len(ids) == len(set(ids))
        wanted = {str(a["href"])[1:] for a in found.all("a")}
        wanted |= {
            part for _, a in found.elements for part in str(a.get("aria-labelledby") or "").split()
        }
        assert wanted <= set(ids)


def test_each_picture_has_a_table_behind_it() -> None:
    found = Page(whole())
    assert len(found.all("svg")) == 9
    captions = len(found.all("caption"))
    assert captions == len(found.all("table"))
    for slug in ("poeng", "netter", "helger", "hoytider"):
        assert f'id="tabell-{slug}"' in whole()
    for slug in ("vakter", "netter", "helger"):
        assert f'id="avstand-{slug}"' in whole()
    assert all(th.get("scope") in {"col", "row"} for th in found.all("th"))
    regions = [a for a in found.all("div") if a.get("role") == "region"]
    assert all(a["tabindex"] == "0" for a in regions)
    assert all("aria-label" in a or "aria-labelledby" in a for a in regions)


def test_headings_leave_out_no_level() -> None:
    for anonymous in (False, True):
        found = Page(whole(anonymous=anonymous)).elements
        levels = [int(tag[1]) for tag, _ in found if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_parts_stand_in_their_order() -> None:
    told = Page(whole()).text
    heads = (
        "Bevist",
        "«Rettferdig andel» er",
        "Finn navnet ditt",
        "Tallet er poengene",
        "Den siste vakten i forrige plan",
        "Avsluttede perioder i 2027",
        "1 av 2 ønsker er oppfylt.",
        "Alle legene deler vaktene",
    )
    places = [told.index(head) for head in heads]
    assert places == sorted(places)


def test_text_is_escaped() -> None:
    assert "Kari &lt;ønsket&gt; fri" in whole()
    assert "Ola &amp; Tom" in whole()
    assert "O&#39;Brien" in whole()


def test_an_anonymous_page_has_neither_names_nor_wishes() -> None:
    told = Page(whole(anonymous=True)).text
    for word in ("Kari", "Ola", "O'Brien", "ønsket fri", "Ødegård", "Uke 11"):
        assert word not in told
    assert "uten navn" in told
    assert "Lege B" in told


def test_an_empty_period_has_a_page() -> None:
    told = Page(html(report({}, plan(duties=(), ledger=())))).text
    assert "Planen har ingen vakter å fordele." in told
    assert "Rapporten er laget uten vaktkonto." in told
    assert "Ingen store høytider er kjent fra før" in told


def test_colours_have_enough_contrast_by_day_and_by_night() -> None:
    style = re.findall(r"<style>(.*?)</style>", whole(), re.DOTALL)[0]
    night = style.index("prefers-color-scheme: dark")
    for text in (style[:night], style[:night] + style[night:]):
        named = {
            name: colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])
            for name, colour in re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", text)
        }
        on_paper = ("ink", "quiet", "link", "hole", "good", "deep", "alarm")
        pairs = [(front, "paper") for front in on_paper]
        pairs += [("on-pale", f"s{n}") for n in (1, 2, 3)] + [("on-deep", f"s{n}") for n in (4, 5)]
        pairs += [("ink", "pale"), ("quiet", "pale"), ("ink", "good-pale"), ("good", "good-pale")]
        for front, back in pairs:
            lights = (_light(named[front]), _light(named[back]))
            lighter, darker = sorted(lights, reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (front, back)


def test_every_colour_of_the_pictures_is_repainted_by_night() -> None:
    style = re.findall(r"<style>(.*?)</style>", whole(), re.DOTALL)[0]
    painted = set(re.findall(r'(fill|stroke)="(#[0-9a-f]{6})"', whole()))
    assert painted
    for what, colour in painted:
        assert f'.chart [{what}="{colour}"]' in style, (what, colour)
