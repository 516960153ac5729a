"""`rettvakt certify` and the library behind it, on a plan that is solved in a moment."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from api import library
from api.outputs import read_package
from scheduler.domain.roster import Provenance, Roster
from scheduler.engine import Outcome
from scheduler.prices import RestrictionKind
from scheduler.solving.result import Ending
from scheduler.writing.roster_json import to_json
from tests.api.plans import QUICK, Document, plan_file, rettvakt
from tests.support import PATIENCE

Said = pytest.CaptureFixture[str]


def chosen(document: Document) -> None:
    """Things that can be let go: a wish that binds, a pin, a limit."""
    document["wishes"] = [
        {
            "id": "w1",
            "doctor": "siv",
            "attitude": "cannot",
            "start": "2027-03-01",
            "end": "2027-03-12",
        }
    ]
    document["doctors"][1]["limits"] = {"max_weekends_per_month": 1}
    document["pins"] = [{"doctor": "kari", "pattern": "kveld", "date": "2027-03-02"}]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[library.LoadedPlan, Roster, Path]:
    """A plan, its best roster, and the folder that holds both."""
    folder = tmp_path_factory.mktemp("certify")
    plan = plan_file(folder, chosen)
    rettvakt("solve", plan, "--out", folder / "ut", *QUICK)
    return *read_package(folder / "ut" / "vaktplan.json"), folder


def worse(loaded: library.LoadedPlan, roster: Roster) -> Roster:
    """The same with somebody else on as many duties as the law allows."""
    found = roster
    for own in roster.assignments:
        for doctor in loaded.problem.doctors:
            others = [a for a in found.assignments if a != own]
            tried = Roster.of(loaded.problem, [*others, replace(own, doctor=doctor.id)])
            if doctor.id == "kari" and library.check(loaded, tried).lawful:
                found = tried
    return found


def test_the_best_roster_is_proven_from_its_assignments_alone(
    made: tuple[library.LoadedPlan, Roster, Path],
) -> None:
    loaded, roster, _ = made
    bare = replace(roster, provenance=Provenance())
    found = library.certify(loaded, bare, seconds=PATIENCE, workers=1)
    assert found.certificate is not None
    assert found.better is None
    assert all(step.proven for step in found.certificate.steps)
    values = [level.value for level in roster.provenance.levels]
    assert [step.value for step in found.certificate.steps] == values
    assert found.certificate.problem_hash == loaded.problem.content_hash
    assert found.certificate.rule_set == loaded.rule_set


def test_the_vector_is_everybody_with_the_heaviest_first(
    made: tuple[library.LoadedPlan, Roster, Path],
) -> None:
    loaded, roster, _ = made
    found = library.certify(loaded, roster, seconds=PATIENCE, workers=1)
    assert found.certificate is not None
    vector = found.certificate.vector
    assert len(vector) == 3
    assert list(vector) == sorted(vector, reverse=True)
    worst = found.certificate.worst
    assert worst is not None
    assert worst.value == pytest.approx(vector[0])
    points = {own.doctor: own.points for own in found.certificate.standings}
    burdens = library.frames(loaded, roster).burdens.set_index("doctor_id")["points"]
    assert points == pytest.approx(burdens.to_dict())


@pytest.mark.slow
def test_a_worse_roster_is_told_and_the_better_one_saved(
    made: tuple[library.LoadedPlan, Roster, Path], tmp_path: Path, capsys: Said
) -> None:
    loaded, roster, folder = made
    poor = worse(loaded, roster)
    file = tmp_path / "poor.json"
    file.write_text(to_json(poor, loaded.plan.to_document()), encoding="utf-8")
    better = tmp_path / "bedre" / "vaktplan.json"
    plan = folder / "plan.json"
    assert rettvakt("certify", plan, file, *QUICK, "--save-better", better) == 1
    told = capsys.readouterr().out
    assert "Det finnes en bedre plan" in told
    assert "Ingenting" not in told
    assert rettvakt("certify", plan, better, *QUICK) == 0
    assert "Det finnes ingen rettferdigere plan" in capsys.readouterr().out
    assert rettvakt("certify", plan, file, *QUICK) == 1
    assert "--save-better FIL" in capsys.readouterr().out


def test_a_better_roster_gets_a_file_that_can_be_read_again_or_nothing_is_begun(
    made: tuple[library.LoadedPlan, Roster, Path], tmp_path: Path, capsys: Said
) -> None:
    """A workbook by name that is JSON inside helps nobody, nor does a refusal after the work."""
    loaded, roster, folder = made
    file = tmp_path / "poor.json"
    file.write_text(to_json(worse(loaded, roster), loaded.plan.to_document()), encoding="utf-8")
    plan = folder / "plan.json"
    assert rettvakt("certify", plan, file, *QUICK, "--save-better", tmp_path / "b.xlsx") == 2
    said = capsys.readouterr()
    assert "b.xlsx må slutte på .json" in said.err
    assert "Ser på" not in said.err
    assert not (tmp_path / "b.xlsx").exists()
    (tmp_path / "bedre").mkdir()
    assert rettvakt("certify", plan, file, *QUICK, "--save-better", tmp_path / "bedre") == 1
    assert (tmp_path / "bedre" / "vaktplan.json").is_file()


def test_it_is_told_where_the_search_that_finishes_the_better_roster_was_cut_off(
    made: tuple[library.LoadedPlan, Roster, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
) -> None:
    loaded, roster, folder = made

    def hung(own: library.LoadedPlan, *, start: Roster, **_: object) -> Outcome:
        return Outcome(Ending.SOLVED, start, library.check(own, start), cut_off=True)

    monkeypatch.setattr(library, "solve", hung)
    file, better = tmp_path / "poor.json", tmp_path / "vaktplan.json"
    file.write_text(to_json(worse(loaded, roster), loaded.plan.to_document()), encoding="utf-8")
    assert rettvakt("certify", folder / "plan.json", file, *QUICK, "--save-better", better) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Søket svarte ikke da det skulle avsluttes, og ble avbrutt." in said
    assert "Dette er den siste vaktplanen det ga fra seg." in said
    assert better.is_file()


def test_an_unlawful_roster_gets_no_certificate(
    made: tuple[library.LoadedPlan, Roster, Path], tmp_path: Path, capsys: Said
) -> None:
    loaded, roster, folder = made
    everything = [replace(a, doctor="siv") for a in roster.assignments]
    file = tmp_path / "ulovlig.json"
    file.write_text(to_json(Roster.of(loaded.problem, everything)), encoding="utf-8")
    cert = tmp_path / "ut"
    assert rettvakt("certify", folder / "plan.json", file, *QUICK, "--out", cert) == 1
    told = capsys.readouterr().out
    assert "Ikke noe sertifikat: vaktplanen bryter ufravikelige regler." in told
    assert "Brudd:" in told
    assert not cert.exists()


def test_the_files_are_the_same_again_but_for_the_seconds_and_name_nobody(
    made: tuple[library.LoadedPlan, Roster, Path], tmp_path: Path
) -> None:
    _, _, folder = made
    texts = []
    for name in ("en", "to"):
        out = tmp_path / name
        given = (folder / "plan.json", folder / "ut", *QUICK, "--out", out)
        assert rettvakt("certify", *given) == 0
        texts.append((out / "sertifikat.json").read_text(encoding="utf-8"))
        assert (out / "sertifikat.pdf").read_bytes().startswith(b"%PDF")
        for handed_on in ("sertifikat.json", "sertifikat.html"):
            assert "Kari" not in (out / handed_on).read_text(encoding="utf-8")
        own = (out / "sertifikat-leger.csv").read_text(encoding="utf-8-sig")
        assert "Kari Nordmann;" in own
    one, two = (re.sub(r'"seconds": [0-9.]+', "", text) for text in texts)
    assert one == two
    document = json.loads(texts[0])
    assert document["format"] == "rettvakt-certificate"
    assert [step["proven"] for step in document["steps"]] == [True] * len(document["steps"])
    assert document["prices"] is None


@pytest.mark.slow
def test_what_can_be_let_go_is_priced_and_rights_are_not(
    made: tuple[library.LoadedPlan, Roster, Path], tmp_path: Path, capsys: Said
) -> None:
    loaded, roster, folder = made
    certificate = library.certify(loaded, roster, seconds=PATIENCE, workers=1).certificate
    found = library.prices(loaded, roster, certificate=certificate, seconds=PATIENCE, workers=1)
    assert found.left == 0
    assert all(own.proven for own in found.prices)
    assert [own.estimate for own in found.prices] == sorted(
        (own.estimate for own in found.prices), reverse=True
    )
    kinds = {own.restriction.kind for own in found.prices}
    assert {RestrictionKind.WISH, RestrictionKind.PIN, RestrictionKind.LIMIT} <= kinds
    [wish] = [own for own in found.told if own.restriction.kind is RestrictionKind.WISH]
    assert wish.estimate > 0

    def without_wish(document: Document) -> None:
        chosen(document)
        del document["wishes"]

    free = library.read(plan_file(tmp_path, without_wish))
    without = library.solve(free, seconds=PATIENCE, workers=1).roster
    assert without is not None
    worst = {level.level: level for level in without.provenance.levels}["fairness_worst_1"]
    own = {level.level: level for level in roster.provenance.levels}["fairness_worst_1"]
    assert worst.proven
    assert own.proven
    assert wish.estimate == pytest.approx(own.value - worst.value)

    plan, out = folder / "plan.json", tmp_path / "ut"
    assert rettvakt("certify", plan, folder / "ut", *QUICK, "--prices", "--out", out) == 0
    told = capsys.readouterr().out
    assert "«Kan ikke» for Siv Åsen 01.03.2027–12.03.2027 koster " in told
    assert " poeng (bevist)." in told
    assert "Det som er en rett, er ikke priset." in told
    text = (out / "sertifikat-priser.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("«Kan ikke» for Siv Åsen")


def test_a_roster_of_another_edition_of_the_plan_is_told(
    made: tuple[library.LoadedPlan, Roster, Path], tmp_path: Path, capsys: Said
) -> None:
    _, _, folder = made

    def renamed(document: Document) -> None:
        chosen(document)
        document["title"] = "Ny utgave"

    other = plan_file(tmp_path, renamed)
    assert rettvakt("certify", other, folder / "ut", *QUICK) == 0
    assert "annen utgave av planen" in capsys.readouterr().out
