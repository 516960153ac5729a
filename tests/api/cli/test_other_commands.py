"""The rules, the schema, templates, conversion, validation and the demonstration."""

import json
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from api import library
from constraints.catalogue import ALL_RULES, VOCABULARY
from scheduler.engine import Outcome
from scheduler.solving.result import Ending
from tests.api.cli.said import Said, readable
from tests.api.plans import QUICK, Document, everybody_away, plan_file, rettvakt


@pytest.mark.parametrize("width", [80, 120])
def test_rules_are_plain_lines_that_fit(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert rettvakt("rules") == 0
    said = capsys.readouterr().out
    assert readable(said)
    assert max(map(len, said.splitlines())) <= min(width, 100)
    for kind in (*ALL_RULES, *VOCABULARY):
        assert f"{kind.title} (" in said.replace("\n      ", " ")
        assert f"  Navn: {kind.id}" in said


def test_rules_as_json_are_complete(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("rules", "--json") == 0
    listed = {own["id"]: own for own in json.loads(capsys.readouterr().out)}
    assert list(listed) == [kind.id for kind in (*ALL_RULES, *VOCABULARY)]
    for kind in (*ALL_RULES, *VOCABULARY):
        own = listed[kind.id]
        assert [setting["name"] for setting in own["settings"]] == [
            p.name for p in kind.parameters()
        ]
        assert [c["text"] for c in own["citations"]] == [str(c) for c in kind.citations]
        assert own["silent_until_set"] == (kind in VOCABULARY)

    def stricter(document: Document) -> None:
        document["settings"] = {"rest_between_work": {"min_rest": 10}}

    assert rettvakt("rules", plan_file(tmp_path, stricter), "--json") == 0
    listed = {own["id"]: own for own in json.loads(capsys.readouterr().out)}
    rest = next(s for s in listed["rest_between_work"]["settings"] if s["name"] == "min_rest")
    assert (rest["value"], rest["default"]) == (10, 8)


def test_rules_tell_the_rates_of_burden_points(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("rules") == 0
    said = capsys.readouterr().out
    assert "natt, 23–07: 2 tilstede, 0,5 hjemme og 0,29 som bakvakt hjemme (standard)" in said
    assert "S-13" in said
    assert "W-07" in said

    def own(document: Document) -> None:
        agreed, by_hour = document["patterns"][:2]
        agreed["burden"] = 12
        by_hour.pop("burden", None)
        document["points"] = [
            {"hours": "day", "on_site": 1.5},
            {"hours": "night", "pattern": by_hour["id"], by_hour["presence"]: 4},
        ]

        names.extend(kind["name"] for kind in (agreed, by_hour))

    names: list[str] = []
    assert rettvakt("rules", plan_file(tmp_path, own)) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "(kommunens egen innstilling; standarden er 1 for tilstedevakt)" in said
    assert f"«{names[0]}»: 12 poeng for hele vakten, etter avtale" in said
    assert f"natt for «{names[1]}», 23–07: 4 " in said


def test_schema_is_json(capsys: Said) -> None:
    assert rettvakt("schema") == 0
    assert json.loads(capsys.readouterr().out)["properties"]["doctors"]


def test_template_never_overwrites_unasked(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "ny.xlsx"
    assert rettvakt("template", file) == 0
    assert "rettvakt validate" in capsys.readouterr().out
    assert openpyxl.load_workbook(file).sheetnames[0] == "Veiledning"
    file.write_bytes(b"mine")
    assert rettvakt("template", file) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_bytes() == b"mine"
    assert rettvakt("template", file, "--force") == 0
    assert file.read_bytes() != b"mine"
    assert rettvakt("template", tmp_path / "ny.xls") == 2


def test_convert_loses_nothing(tmp_path: Path, holes: Path, capsys: Said) -> None:
    first = plan_file(tmp_path)
    chain = [first, *(tmp_path / f"b.{ending}" for ending in ("xlsx", "yaml", "json"))]
    for source, target in pairwise(chain):
        assert rettvakt("convert", source, target) == 0
        assert library.read(target).plan == library.read(first).plan
    assert rettvakt("convert", first, chain[-1]) == 2
    assert rettvakt("convert", first, tmp_path / "b.ods") == 2
    assert rettvakt("convert", holes / "ut" / "vaktplan.json", tmp_path / "ut.yaml") == 0
    assert library.read(tmp_path / "ut.yaml").plan == library.read(holes / "plan.json").plan
    assert rettvakt("convert", tmp_path / "nei.json", tmp_path / "c.yaml") == 2
    assert not (tmp_path / "c.yaml").exists()
    capsys.readouterr()


def test_validate_tells_size_and_remarks(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("validate", plan_file(tmp_path)) == 0
    said = capsys.readouterr()
    assert "Planen kan brukes." in said.out
    assert "3 leger, 14 vakter" in said.out
    assert said.err == ""
    assert rettvakt("validate", plan_file(tmp_path, everybody_away)) == 0
    said = capsys.readouterr()
    assert "Ingen feil og 2 merknader." in said.out
    assert said.err.count("Merk:") == 2


def test_demo_is_0_also_with_holes(
    tmp_path: Path, holes: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    from api.cli import demo

    monkeypatch.setattr(demo, "fixture", lambda _: holes / "plan.json")
    assert rettvakt("demo", "--out", tmp_path / "ut", *QUICK) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "ut" / "rapport.html") in said
    monkeypatch.setattr(library, "solve", lambda *_, **__: Outcome(Ending.OUT_OF_TIME))
    assert rettvakt("demo", "--out", tmp_path / "ut", *QUICK) == 3
