"""`rettvakt shares`: fair shares as the user meets them."""

import json
from pathlib import Path

import pytest

from fixtures.files import PLANS
from tests.api.plans import rettvakt

FJELL = PLANS / "fjell.yaml"
Said = pytest.CaptureFixture[str]


def test_everybody_is_told_and_the_lines_fit(capsys: Said) -> None:
    assert rettvakt("shares", FJELL) == 0
    said = capsys.readouterr()
    assert not said.err
    text = said.out.splitlines()
    assert text[0].endswith(": rettferdige andeler")
    assert "Til sammen" in text
    assert max(map(len, text)) <= 100
    flat = " ".join(said.out.split())
    assert " avtalen" not in flat
    for word in ("pregnancy", "gravid", "sykdom", "sykmeldt", "amming", "permisjon"):
        assert word not in flat.lower()
    assert "av legevakt, men ingen av kommunens leger" not in flat
    assert "netter deles på" in flat
    assert "pålagte timer" in flat.lower()


def test_one_doctor_by_name_in_any_case(capsys: Said) -> None:
    assert rettvakt("shares", FJELL, "--doctor", "njål  DIMMVANG") == 0
    told = capsys.readouterr().out
    assert "Njål Dimmvang" in told
    assert "Ola Einerrud" not in told
    assert "Til sammen" not in told.splitlines()


def test_a_doctor_who_is_not_there_is_asked_about(capsys: Said) -> None:
    assert rettvakt("shares", FJELL, "--doctor", "Njål Dimvang") == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err.split("\n")[0] == (
        "Fant ingen lege som heter «Njål Dimvang». Mente du «Njål Dimmvang»?"
    )


def test_json_has_every_doctor_and_measure_or_those_of_one(capsys: Said) -> None:
    assert rettvakt("shares", FJELL, "--json") == 0
    everybody = json.loads(capsys.readouterr().out)
    assert {line["measure"] for line in everybody} == {
        "points",
        "nights",
        "weekends",
        "great_holidays",
        "ordered",
    }
    name = everybody[0]["name"]
    assert rettvakt("shares", FJELL, "--json", "--doctor", name) == 0
    own = json.loads(capsys.readouterr().out)
    assert own == [line for line in everybody if line["name"] == name]


def test_a_plan_with_faults_is_told_as_everywhere(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("shares", tmp_path / "ingen.yaml") == 2
    assert "ingen.yaml" in capsys.readouterr().err
