import itertools
import re
from html.parser import HTMLParser

import pytest

from constraints.catalogue import rules_for
from scheduler.checking import check
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report_html import to_html
from tests.writing.legal import covered, legal, many_holes, stranger
from tests.writing.sample import alone, sample

VOID = {"meta", "link", "br", "path", "rect", "img"}


class Page(HTMLParser):
    """Elements, text and ids of a page, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page(legality: LegalityReport | None = None) -> Page:
    return Page(to_html(legality or legal(breaches=2, exceptions=30, notices=3)))


def test_the_page_is_well_formed_norwegian_and_has_landmarks() -> None:
    found = page()
    assert found.open == []
    assert found.all("html") == [{"lang": "nb"}]
    for landmark in ("header", "main", "nav", "footer", "h1"):
        assert len(found.all(landmark)) == 1
    assert found.all("a")[0] == {"class": "skip", "href": "#innhold"}


def test_it_is_one_file_without_scripts_and_without_other_addresses() -> None:
    text = to_html(legal())
    found = Page(text)
    assert not found.all("script")
    assert not found.all("link")
    assert not found.all("img")
    assert "url(" not in text
    assert "@import" not in text
    outside = {a["href"] for a in found.all("a") if not str(a["href"]).startswith("#")}
    assert outside
    assert all(str(address).startswith("https://lovdata.no/") for address in outside)


def test_every_inner_link_and_label_has_its_target_and_ids_are_unique() -> None:
    found = page()
    ids = [str(a["id"]) for _, a in found.elements if "id" in a]
    assert len(ids) == len(set(ids))
    wanted = {str(a["href"])[1:] for a in found.all("a") if str(a["href"]).startswith("#")}
    wanted |= {
        part for _, a in found.elements for part in str(a.get("aria-labelledby") or "").split()
    }
    assert wanted <= set(ids)


def test_tables_have_captions_and_headings_have_scope() -> None:
    found = page()
    assert len(found.all("table")) == len(found.all("caption"))
    assert all(th.get("scope") in {"col", "row", "rowgroup"} for th in found.all("th"))
    assert len(found.all("svg")) == len(found.all("title")) - 1 == len(found.all("desc"))
    regions = [a for a in found.all("div") if a.get("role") == "region"]
    assert all(a["tabindex"] == "0" for a in regions)
    assert all("aria-label" in a or "aria-labelledby" in a for a in regions)


def test_headings_leave_out_no_level() -> None:
    levels = [int(tag[1]) for tag, _ in page().elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_verdict_comes_before_everything_else() -> None:
    told = page(legal()).text
    sentence = "Vaktplanen bryter ingen ufravikelige regler, men 1 vakt er udekket."
    assert told.index(sentence) < told.index("I rapporten")
    assert "▲ Udekket" in told
    assert "✓ Ingen brudd" in page(legal(covered())).text
    assert "× Brudd" in page(legal(stranger())).text


def test_text_is_escaped() -> None:
    text = to_html(legal(exceptions=1))
    assert "Hvile &amp; &lt;ro&gt;" in text
    assert "fant &lt;ingen&gt; tid &amp; sted" in text
    assert "O&#39;Brien" in text
    assert "<ro>" not in text


def test_long_lists_are_folded_and_the_rest_counted() -> None:
    found = page(legal(exceptions=2000))
    assert "Vis 390 til" in found.text
    assert "Og 1600 til, som bare er talt med her." in found.text
    assert found.text.count("exception nr.") == 400


def test_a_report_of_many_findings_stays_small() -> None:
    assert len(to_html(legal(many_holes(200), exceptions=2000)).encode()) < 3_000_000


def test_the_reasons_of_a_hole_are_folded_under_it() -> None:
    found = page(legal())
    assert "Hva som stopper hver lege" in found.text
    assert "Tom har fritak etter fastlegeforskriften § 33" in found.text
    assert "kan ta dette uten at noen regel brytes" in found.text


def test_reasons_of_exemptions_are_not_in_the_page() -> None:
    told = page().text
    assert told.count("HEMMELIG") == 1  # the rule's own title among the rules
    assert "HEMMELIG grunn" not in told


def test_an_empty_plan_has_a_report() -> None:
    own = alone(sample().problem.doctors[0])
    bare = LegalityReport(check(own, []))
    told = page(bare).text
    assert "og alt er dekket" in told
    assert "Ingen ufravikelig regel er brutt." in told
    assert "Ingen fritak gjelder i perioden." in told


@pytest.mark.parametrize("timetable", [sample()])
def test_all_rules_of_the_catalogue_are_told(timetable: object) -> None:
    own = sample()
    rules = rules_for(own.problem)
    told = page(LegalityReport(check(own, rules))).text
    for rule in rules:
        assert rule.title in told
        for setting in rule.parameters():
            assert setting.title in told


def test_colours_have_enough_contrast() -> None:
    text = to_html(legal())
    named = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", text))
    pairs = [
        ("ink", "#ffffff"),
        ("quiet", "#ffffff"),
        ("good", named["good-pale"]),
        ("hole", named["hole-pale"]),
        ("breach", named["breach-pale"]),
        ("hole", "#ffffff"),
        ("breach", "#ffffff"),
    ]
    for front, back in pairs:
        lighter, darker = sorted((_light(named[front]), _light(back)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (front, back)


def _light(colour: str) -> float:
    """Relative luminance by WCAG."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
