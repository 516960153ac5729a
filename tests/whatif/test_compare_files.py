"""The memo, the other files and the command."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from api import library
from api.cli import compare as comparing
from api.whatif import BASE, LoadedScenarios
from api.whatif_files import comparison_files, roster_files
from api.whatif_solving import Solved
from scheduler.writing.comparison.memo import to_memo
from scheduler.writing.comparison.source import (
    Comparison,
    LegalNote,
)
from tests.api.plans import rettvakt
from tests.whatif.comparing import (
    SCENARIOS,
    cells_of,
    comparison_of,
    made,
    text_of,
    with_towns,
)


def test_the_memo_has_two_pages_and_says_what_it_must(named: Comparison) -> None:
    pdf = to_memo(named)
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    text = text_of(pdf)
    for part in (
        "Notat til kommunestyret",
        "Hva om Dal får to leger til?",
        "Kort sagt",
        "Alternativene side om side",
        "Innbyggerne",
        "Legene",
        "Kostnad",
        "Hva er sikkert, og hva er ikke",
        "Forutsetninger",
        "Rettslig grunnlag",
        "fastlegeforskriften",
        "må bekreftes av kommunen",
    ):
        assert part in text, part
    assert to_memo(named) == pdf


def test_the_longest_memo_still_has_two_pages() -> None:
    long = "En svært omstendelig løsning som alle kommunene må bli enige om " * 3
    many = [
        replace(
            made(f"{n} {long}"[:200], (10 + n, 5), holes=n),
            about=(long * 4)[:600],
        )
        for n in range(7)
    ]
    sizes = {f"Kommune nummer {n} med et langt navn": 4 for n in range(16)}
    own = replace(
        with_towns(comparison_of(*many), *[sizes] * 7),
        question=(long * 5)[:600],
        laws=tuple(LegalNote(long[:90], long[:60], long[:60], False) for _ in range(20)),
        rates=(long, long, long),
    )
    assert len(PdfReader(BytesIO(to_memo(own))).pages) == 2


def test_the_json_holds_values_bounds_and_verdicts(named: Comparison) -> None:
    found = json.loads(comparison_files(named)["sammenligning.json"])
    assert found["format"] == "rettvakt-comparison"
    base, other, _ = found["alternatives"]
    assert base["measures"]["cover"]["verdict"] is None
    assert other["measures"]["ordered_hours"]["verdict"] in (
        "same",
        "certain",
        "within",
        "conditional",
    )
    assert {own["name"] for own in base["doctors"]} >= {"Kari Nordmann", "Gro Dalen"}
    assert base["levels"][0]["level"] == "cover"
    assert found["municipalities"][0]["alternatives"].keys() == {BASE, "to-til", "fritak"}


def test_every_alternative_has_its_roster_as_a_package(
    loaded: LoadedScenarios, solved: dict[str, Solved], tmp_path: Path
) -> None:
    files = roster_files(loaded, solved)
    assert set(files) == {f"alternativer/{own}/vaktplan.json" for own in (BASE, "to-til", "fritak")}
    file = tmp_path / "vaktplan.json"
    file.write_bytes(files["alternativer/to-til/vaktplan.json"])
    assert len(library.read(file).problem.doctors) == 6


@pytest.mark.slow
def test_the_command_solves_side_by_side_and_writes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ut"
    file = folder / "kort.json"
    short = SCENARIOS | {"scenarios": [{"id": "a", "name": "Uendret"}], "plan": "plan.json"}
    file.write_text(json.dumps(short), encoding="utf-8")
    code = rettvakt("compare", file, "--seconds", 1, "--parallel", 2, "--out", out, "--anonymous")
    said = capsys.readouterr().out
    assert code in (0, 1)
    assert "Dagens ordning" in said
    assert "Sikkert" in said or "Likt" in said
    assert {p.name for p in out.iterdir()} == {
        "notat.pdf",
        "notat.html",
        "sammenligning-uten-navn.xlsx",
        "sammenligning-uten-navn.json",
        "figur-belastning.svg",
        "figur-bevist.svg",
    }


def test_the_command_and_its_files_say_of_which_alternative_the_search_was_cut_off(
    folder: Path,
    solved: dict[str, Solved],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hung = solved | {"to-til": replace(solved["to-til"], cut_off=True)}
    monkeypatch.setattr(comparing, "solve", lambda *_, **__: hung)
    out = tmp_path / "ut"
    assert rettvakt("compare", folder / "s.json", "--out", out) in (0, 1)
    said = " ".join(capsys.readouterr().out.split())
    told = "For «To leger til» svarte ikke søket da det skulle avsluttes, og ble avbrutt."
    assert told in said
    assert told in text_of((out / "notat.pdf").read_bytes())
    assert told in cells_of((out / "sammenligning.xlsx").read_bytes())
    found = json.loads((out / "sammenligning.json").read_text(encoding="utf-8"))
    assert [own["cut_off"] for own in found["alternatives"]] == [False, True, False]


def test_the_command_shows_a_difference_without_solving(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rettvakt("compare", folder / "s.json", "--diff", "to-til,fritak") == 0
    assert "Fritak: 1 nye (0 → 1)" in capsys.readouterr().out
    assert rettvakt("compare", folder / "s.json", "--diff", "to-til,fritakk") == 2
    assert rettvakt("compare", folder / "s.json", "--diff", "to-til") == 2
    assert "Mente du «fritak»?" in capsys.readouterr().err
