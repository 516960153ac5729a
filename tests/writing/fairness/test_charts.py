import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import lru_cache

import pytest

from scheduler.writing.fairness import charts
from scheduler.writing.fairness.charts import Pictures, pictures, shortened
from scheduler.writing.fairness.content import content
from scheduler.writing.fairness.svg import SVG, Picture, picture
from tests.support import doctor
from tests.writing.fairness.scene import EVENINGS, plan, report


@lru_cache(maxsize=1)
def drawn() -> Pictures:
    return pictures(content(report()))


def every(own: Pictures) -> list[Picture]:
    parts = (*own.targets.values(), *own.balances.values(), *own.gaps.values(), own.towns)
    return [one for part in parts for one in part]


def words(own: Picture) -> list[str]:
    return [e.text or "" for e in ET.fromstring(own.svg).iter(f"{{{SVG}}}text")]


def test_there_is_a_picture_for_each_measure_balance_and_gap() -> None:
    own = drawn()
    assert list(own.targets) == ["poeng", "netter", "helger", "hoytider"]
    assert list(own.balances) == ["poeng"]
    assert list(own.gaps) == ["vakter", "netter", "helger"]
    assert len(own.towns) == 1


def test_each_is_well_formed_has_a_title_and_a_description_and_is_read_as_one_picture() -> None:
    for one in every(drawn()):
        root = ET.fromstring(one.svg)
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{one.id}-t {one.id}-d"
        title, desc = root[0], root[1]
        assert (title.tag, title.get("id"), title.text) == (
            f"{{{SVG}}}title",
            f"{one.id}-t",
            one.title,
        )
        assert (desc.tag, desc.get("id"), desc.text) == (f"{{{SVG}}}desc", f"{one.id}-d", one.told)
        inner = [e for e in root.iter() if e is not root]
        assert not any(key == "role" or key.startswith("aria") for e in inner for key in e.attrib)


def test_nothing_in_them_needs_a_lax_policy_or_the_network() -> None:
    for one in every(drawn()):
        assert not re.search(r"<style|<script|\sstyle=|\son\w+=|url\(|href|class=", one.svg)
        addresses = re.findall(r'https?://[^"]+', one.svg)
        assert set(addresses) == {SVG}


def test_ids_are_unique_over_the_whole_report() -> None:
    ids = [e.get("id") for one in every(drawn()) for e in ET.fromstring(one.svg).iter()]
    found = [own for own in ids if own]
    assert len(found) == len(set(found)) == 2 * len(every(drawn()))


def test_no_english_word_is_in_them() -> None:
    for one in every(drawn()):
        assert not re.search(r"axis|mark|container|titled|linear|scale", one.svg, re.IGNORECASE)


def test_equal_content_gives_equal_bytes() -> None:
    assert every(pictures(content(report()))) == every(drawn())


def test_names_and_numbers_stand_beside_the_marks_in_norwegian() -> None:
    told = words(drawn().targets["poeng"][0])
    assert "Kari Ødegård" in told
    assert "5 / 3,67 (+1,33)" in told
    assert not any(re.fullmatch(r"\d+\.\d+", word) for word in told)
    assert words(drawn().balances["poeng"][0]).count("−1 → +1,33") == 1


def test_direction_is_told_by_shape() -> None:
    rows = [charts._towards("A", 2, 1, ""), charts._towards("B", 1, 2, "")]
    rows.append(charts._towards("C", 1, 1, ""))
    assert [row["form"] for row in rows] == ["triangle-right", "triangle-left", "circle"]


def test_the_specifications_are_valid_vega_lite() -> None:
    part = content(report()).gaps[0]
    rows = [
        {
            "rad": place,
            "navn": line.doctor,
            "midt": line.median,
            "antall": [{"lengde": length, "ganger": times} for length, times in line.counts],
            "tekst": "",
        }
        for place, line in enumerate(part.lines)
    ]
    towards = [{"rad": 0, **charts._towards("A", 2, 1, "2 / 1 (+1)")}]
    balance = [{"rad": 0, "navn": "A", "før": 1, "etter": 0, "tekst": "+1 → 0"}]
    for layers in (
        charts._strips(rows, [0, 10]),
        charts._arrows(towards, [0, 2]),
        charts._dumbbells(balance, [-1, 1]),
    ):
        assert charts.whole(layers, 2).to_dict(validate=True)["layer"]


def test_many_doctors_are_cut_into_pictures_with_one_scale() -> None:
    doctors = tuple(doctor(f"Lege{number:03}") for number in range(50))
    own = plan(doctors, ledger=(), duties=EVENINGS)
    found = pictures(content(report({"lege001": list(EVENINGS)}, own))).targets["poeng"]
    assert [one.id for one in found] == ["mal-poeng-1", "mal-poeng-2"]
    assert found[0].title.endswith("(del 1 av 2)")
    names = [word for one in found for word in words(one) if word.startswith("Lege")]
    assert len(names) == len(set(names)) == 50
    ticks = [[word for word in words(one) if re.fullmatch(r"\d(,\d)?", word)] for one in found]
    assert ticks[0] == ticks[1] != []


def test_a_long_name_is_cut_and_a_hostile_one_is_text() -> None:
    assert shortened("Elle Máret Čuovžajohka") == "Elle Máret Čuovžajohka"
    assert shortened("Maximilian von und zu Hohenlohe") == "Maximilian von und zu H…"
    hostile = replace(doctor("Kari"), name="</svg><script>x")
    own = plan((hostile,), ledger=())
    found = pictures(content(report({"kari": list(EVENINGS)}, own))).targets["poeng"][0]
    assert "<script" not in found.svg
    assert "</svg><script>x" in words(found)


def test_what_is_no_drawing_is_a_fault() -> None:
    with pytest.raises(ET.ParseError):
        picture("no drawing", "a", "b", "c")


def test_ids_inside_a_drawing_are_renamed_with_what_points_to_them() -> None:
    raw = (
        f'<svg xmlns="{SVG}" width="1" height="1"><clipPath id="clip7"/>'
        '<g clip-path="url(#clip7)"><path d="M0,0"/></g><g><path display="none"/></g></svg>'
    )
    own = ET.fromstring(picture(raw, "a", "b", "c").svg)
    assert own[2].get("id") == "a-1"
    assert own[3].get("clip-path") == "url(#a-1)"
    assert len(own) == 4
