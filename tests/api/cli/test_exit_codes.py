"""What a command ends with, and what it says of holes, breaches and faults."""

from pathlib import Path

import pytest

from api import library
from api.cli.console import plain
from scheduler.engine import Outcome
from scheduler.reading.roster import read_roster
from scheduler.solving.result import Ending
from tests.api.cli.said import Said, readable
from tests.api.plans import QUICK, Document, everybody_away, plan_file, rettvakt


def test_full_and_lawful_is_0(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("solve", plan_file(tmp_path), "--out", tmp_path / "ut", *QUICK) == 0
    said = capsys.readouterr()
    assert "Planen er full og bryter ingen ufravikelig regel." in said.out
    assert "3 leger, 14 vakter, 01.03.2027–14.03.2027" in said.out
    assert "kalender/ (3 kalendere)" in said.out
    assert "skal ikke deles" in said.out
    assert "legger en første plan" in said.err
    assert readable(said.out)
    assert readable(said.err)
    assert {p.name for p in (tmp_path / "ut").iterdir()} == {
        *("vaktplan.json", "vaktplan.xlsx", "vaktplan.csv", "vaktplan.pdf"),
        *("rapport.html", "rapport.pdf", "kalender"),
        *("fordeling.html", "fordeling.pdf", "fordeling.xlsx"),
    }


def test_holes_are_1_and_all_are_listed(tmp_path: Path, capsys: Said) -> None:
    def nobody_ever(document: Document) -> None:
        document["last_day"] = "2027-04-30"
        document["absences"] = [
            {"doctor": own["id"], "kind": "course", "start": "2027-03-01", "end": "2027-05-02"}
            for own in document["doctors"]
        ]

    plan = plan_file(tmp_path, nobody_ever)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut", *QUICK) == 1
    said = capsys.readouterr().out
    assert "men 61 vakter er udekket" in said
    assert said.count("Udekket: Hjemmevakt") == 61
    assert said.count("3 leger: Ingen vakt i fravær") == 61
    assert "Udekket: Ingen lege er på vakt" in said
    assert (tmp_path / "ut" / "vaktplan.json").exists()


def test_breaches_are_1_and_all_are_listed(tmp_path: Path, capsys: Said) -> None:
    plan = plan_file(tmp_path, everybody_away)
    hand = tmp_path / "hand.csv"
    kinds = [
        "Hjemmevakt hverdag" if day % 7 not in (6, 0) else "Hjemmevakt helg" for day in range(1, 15)
    ]
    rows = [f"{day:02}.03.2027;{kind};Kari Nordmann" for day, kind in enumerate(kinds, 1)]
    hand.write_text("\n".join(["Dato;Vakt;Lege", *rows]), encoding="cp1252")
    assert rettvakt("check", plan, hand) == 1
    said = capsys.readouterr().out
    loaded = library.read(plan)
    report = library.check(loaded, read_roster(hand, loaded.problem))
    assert len(report.breaches) >= 3
    assert said.count("Brudd:") == len(report.breaches)
    for case in report.breaches:
        assert plain(report.sentence(case)) in said
    assert f"{len(report.breaches)} brudd på ufravikelige regler" in said
    assert "--report MAPPE" in said


def test_pins_against_the_law_are_1_and_nothing_is_written(tmp_path: Path, capsys: Said) -> None:
    def pinned(document: Document) -> None:
        everybody_away(document)
        document["pins"] = [{"doctor": "kari", "pattern": "kveld", "date": "2027-03-03"}]

    plan = plan_file(tmp_path, pinned)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut", *QUICK) == 1
    said = capsys.readouterr()
    assert "Låsene i planen strider mot" in said.err
    assert "«rettvakt why PLAN»" in said.err
    assert "Brudd: Kari Nordmann" in said.out
    assert not (tmp_path / "ut").exists()


def test_demands_that_contradict_each_other_are_told(tmp_path: Path, capsys: Said) -> None:
    def too_much(document: Document) -> None:
        document["settings"] = {"total_time": {"minimum": {"*": 20_000}}}

    plan = plan_file(tmp_path, too_much)
    assert rettvakt("solve", plan, "--out", tmp_path / "ut", *QUICK) == 1
    said = capsys.readouterr()
    assert "kravene i planen ikke kan oppfylles samtidig" in said.err
    assert "Låsene" not in said.err
    assert "Brudd: Kari Nordmann har i alt" in said.out


def test_faults_are_2_with_place_value_and_remedy(tmp_path: Path, capsys: Said) -> None:
    def wrong(document: Document) -> None:
        document["doctors"][1]["born"] = "01.06.80"
        document["patterns"][0]["place"] = "legevakt"

    plan = plan_file(tmp_path, wrong)
    for command in (["solve", plan, "--out", tmp_path / "ut"], ["validate", plan], ["rules", plan]):
        assert rettvakt(*command) == 2
        said = capsys.readouterr().err
        assert "doctors[1].born" in said
        assert "Der står: 01.06.80" in said
        assert "Ingenting er skrevet." in said
        assert readable(said)
    assert not (tmp_path / "ut").exists()


def test_nothing_found_in_time_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    # No plan is out of reach for sure: a better search would find what none found before.
    monkeypatch.setattr(library, "solve", lambda *_, **__: Outcome(Ending.OUT_OF_TIME))
    plan = plan_file(tmp_path)
    code = rettvakt("solve", plan, "--out", tmp_path / "ut", "-t", "1", "--workers", "1")
    said = capsys.readouterr().err
    assert code == 3, said
    assert "Fant ingen lovlig plan innen tiden." in said
    assert "--time-limit" in said
    assert not (tmp_path / "ut").exists()
