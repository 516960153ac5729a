"""`rettvakt repair` as a coordinator uses it."""

import json
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api import library
from api.outputs import export_one
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.time import local
from tests.api.plans import Document, plan_file, rettvakt

Said = pytest.CaptureFixture[str]
FROM = ("--from", "2027-03-08T12:00")
PEOPLE = ("--people", "1")


def _with_a_fourth(document: Document) -> None:
    fourth = json.loads(json.dumps(document["doctors"][0])) | {"id": "per", "name": "Per Lie"}
    document["doctors"].append(fourth)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan of four doctors, and its roster."""
    folder = tmp_path_factory.mktemp("repair")
    loaded = library.read(plan_file(folder, _with_a_fourth))
    turns = zip(loaded.problem.duties, cycle(loaded.problem.doctors), strict=False)
    roster = Roster.of(loaded.problem, [Assignment(duty.id, who.id) for duty, who in turns])
    (folder / "ut").mkdir()
    (folder / "ut" / "vaktplan.json").write_bytes(export_one(loaded, roster, "json"))
    return folder


def _on(made: Path, duty: str, folder: str = "ut") -> str:
    """Who has a duty."""
    package = json.loads((made / folder / "vaktplan.json").read_text(encoding="utf-8"))
    [doctor] = [own["doctor"] for own in package["assignments"] if own["duty"] == duty]
    return str(doctor)


def _names(made: Path) -> dict[str, str]:
    plan = json.loads((made / "plan.json").read_text(encoding="utf-8"))
    return {own["id"]: own["name"] for own in plan["doctors"]}


def _repair(made: Path, out: Path, *more: object) -> int:
    return rettvakt("repair", made / "plan.json", made / "ut", "--out", out, *more)


def _options(out: Path) -> Any:
    return json.loads((out / "reparasjon.json").read_text(encoding="utf-8"))["options"]


def test_options_are_listed_and_nothing_is_changed(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    sick = _on(made, "kveld/2027-03-10")
    before = {own: own.read_bytes() for own in (made / "ut").rglob("*") if own.is_file()}
    day = ("--from", "2027-03-10", "--to", "2027-03-10", "--frozen", "0")
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE) == 0
    said = capsys.readouterr().out
    name = _names(made)[sick]
    assert f"  Hjemmevakt hverdag onsdag 10. mars 2027 ({name})" in said
    assert "Det lar seg gjøre med én annen lege: 1 vakt skifter hender." in said
    assert "Forslag 1: én annen lege, 1 vakt skifter hender" in said
    assert f"  Hjemmevakt hverdag onsdag 10. mars 2027: {name} → " in said
    assert "Ring i denne rekkefølgen: " in said
    assert "Ingenting er endret. Med --take NUMMER" in said
    assert before == {own: own.read_bytes() for own in (made / "ut").rglob("*") if own.is_file()}
    options = _options(tmp_path)
    assert [own["number"] for own in options] == list(range(1, len(options) + 1))
    assert all(own["full"] and len(own["people"]) == 1 for own in options)
    sheet = openpyxl.load_workbook(tmp_path / "reparasjon.xlsx")["Forslag"]
    told = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    assert f"{name} → " in told


def test_the_reason_is_told_nowhere_but_in_the_plan(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    sick = _on(made, "kveld/2027-03-10")
    day = ("--from", "2027-03-10", "--to", "2027-03-10")
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE) == 0
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE, "--take", "1") == 0
    told = capsys.readouterr().out
    told += (tmp_path / "endringer.txt").read_text(encoding="utf-8")
    told += (tmp_path / "reparasjon.json").read_text(encoding="utf-8")
    told += (tmp_path / "vaktplan.csv").read_text(encoding="utf-8-sig")
    for word in ("syk", "sick", "permisjon"):
        assert word not in told.casefold(), word
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    [absence] = plan["absences"]
    assert (absence["doctor"], absence["kind"]) == (sick, "sick")


def test_the_chosen_option_becomes_a_roster_that_everything_else_can_read(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    duty = "kveld/2027-03-10"
    sick = _on(made, duty)
    day = ("--from", "2027-03-10", "--to", "2027-03-10")
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE) == 0
    option = _options(tmp_path)[0]
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE, "--take", "1") == 0
    taker = option["people"][0]
    package = json.loads((tmp_path / "vaktplan.json").read_text(encoding="utf-8"))
    given = json.loads((made / "ut" / "vaktplan.json").read_text(encoding="utf-8"))
    was = {(own["duty"], own["doctor"]) for own in given["assignments"]}
    now = {(own["duty"], own["doctor"]) for own in package["assignments"]}
    assert was - now == {(duty, sick)}
    assert now - was == {(duty, taker["doctor"])}
    [line] = package["provenance"]["history"]
    assert line.startswith("Endret 10.03.2027 kl. 00:00: ")
    assert line.endswith(f"{_names(made)[sick]} → {taker['name']}.")
    changes = (tmp_path / "endringer.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(changes) == sorted(
        f"{_names(made)[who]}: {sign} onsdag 10. mars 2027 kl. 15:30–08:00: Hjemmevakt hverdag"
        for who, sign in ((sick, "−"), (taker["doctor"], "+"))
    )
    capsys.readouterr()
    assert rettvakt("check", tmp_path / "plan.json", tmp_path / "vaktplan.json") == 0
    assert "Merk" not in capsys.readouterr().err.replace("Merk: Forrige", "")
    book = ("-b", tmp_path / "konto.json", "--booked-on", "15.03.2027")
    assert (
        rettvakt("ledger", "close", tmp_path / "plan.json", tmp_path / "vaktplan.json", *book) == 0
    )


def test_a_second_repair_keeps_the_history_and_the_former_files(made: Path, tmp_path: Path) -> None:
    first, second = _on(made, "kveld/2027-03-10"), "helg/2027-03-13"
    day = ("--from", "2027-03-10", "--to", "2027-03-10")
    assert _repair(made, tmp_path, "--sick", first, *day, *PEOPLE, "--take", "1") == 0
    holder = json.loads((tmp_path / "vaktplan.json").read_text(encoding="utf-8"))
    [sick] = [own["doctor"] for own in holder["assignments"] if own["duty"] == second]
    again = ("--from", "2027-03-13", "--to", "2027-03-13", *PEOPLE, "--take", "1")
    plan, roster = tmp_path / "plan.json", tmp_path / "vaktplan.json"
    assert rettvakt("repair", plan, roster, "--sick", sick, *again, "--out", tmp_path) == 0
    package = json.loads((tmp_path / "vaktplan.json").read_text(encoding="utf-8"))
    assert [own[:17] for own in package["provenance"]["history"]] == [
        "Endret 10.03.2027",
        "Endret 13.03.2027",
    ]
    assert len(package["plan"]["absences"]) == 2
    assert list((tmp_path / "tidligere").rglob("vaktplan.json"))


def test_take_follows_the_list_that_was_shown(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was listed as number two is what is written, without another search."""
    sick = _on(made, "kveld/2027-03-10")
    day = ("--from", "2027-03-10", "--to", "2027-03-10")
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE) == 0
    second = _options(tmp_path)[1]["people"][0]["doctor"]

    def search(*_: object, **__: object) -> None:
        raise AssertionError("searched again")

    monkeypatch.setattr("api.cli.repair.repair", search)
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE, "--take", "2") == 0
    package = json.loads((tmp_path / "vaktplan.json").read_text(encoding="utf-8"))
    assert {"duty": "kveld/2027-03-10", "doctor": second} in package["assignments"]


def test_a_number_that_is_not_listed(made: Path, tmp_path: Path, capsys: Said) -> None:
    sick = _on(made, "kveld/2027-03-10")
    day = ("--from", "2027-03-10", "--to", "2027-03-10")
    assert _repair(made, tmp_path, "--sick", sick, *day, *PEOPLE, "--take", "99") == 2
    assert "Dette forslaget finnes ikke." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_open_when_a_duty_is_dropped(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    assert _repair(made, tmp_path, "--remove-duty", "kveld/2027-03-10", *FROM) == 0
    assert "Ingen vakt mangler lege etter dette." in capsys.readouterr().out


def test_events_come_from_a_file(made: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "hendelser.yaml"
    sick = _names(made)[_on(made, "kveld/2027-03-10")]
    file.write_text(
        "from: 2027-03-10\nfrozen_hours: 0\nevents:\n"
        f"  - {{sick: {sick}, to: 2027-03-10}}\n"
        "  - {add_duty: kveld/2027-03-12}\n",
        encoding="utf-8",
    )
    assert _repair(made, tmp_path / "ut", "--events", file) == 0
    said = capsys.readouterr().out
    assert f"onsdag 10. mars 2027 ({sick})\n" in said
    assert "  Hjemmevakt hverdag fredag 12. mars 2027\n" in said
    assert "før 10.03.2027 kl. 00:00, blir bare rørt" in said


def test_where_nobody_is_left_the_best_that_can_be_done_is_offered(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    everybody = [word for who in _names(made) for word in ("--sick", who)]
    assert _repair(made, tmp_path, *everybody, *FROM) == 1
    said = capsys.readouterr().out
    assert "Ingen lovlig løsning finnes med én annen lege" in said
    assert "finnes, uansett hvor mange leger som får endringer (bevist av løseren)." in said
    assert "rettvakt why" in said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--sick", "Finn Finnes"), "--sick: Fant ingen lege som heter «Finn Finnes»."),
        (("--claims", "kari"), "--claims, kind: Det står ikke hva slags."),
        (("--claims", "kari", "--kind", "lyst"), "--claims, kind: Dette slaget er ukjent."),
        (("--remove-duty", "dag/2027-03-10"), "--remove-duty: Fant ingen slik vakt"),
        (("--remove-duty", "helg/2027-03-10"), "--remove-duty: Fant ingen slik vakt"),
        (("--remove-duty", "kveld/2027-03-03"), "Hendelse 1: Vakten begynte før"),
        (("--move-duty", "kveld/2027-03-10"), "Hendelse 1: Vakten flyttes ikke."),
        (("--move-duty", "kveld/2027-03-10=26:00"), "Dette er ikke et klokkeslett."),
        (("--sick", "kari", "--to", "2027-03-01"), "--sick, to: Fraværet slutter før"),
        (("--claims", "kari", "--kind", "graviditet"), "Der står: graviditet"),
        (
            ("--remove-duty", "kveld 10.3.", "--move-duty", "kveld/2027-03-10=16:00-08:00"),
            "Hendelse 2: To hendelser gjelder den samme vakten.",
        ),
        ((), "Det står ikke hva som har hendt."),
    ],
)
def test_what_cannot_be_used_is_told(
    made: Path, tmp_path: Path, capsys: Said, more: tuple[str, ...], told: str
) -> None:
    assert _repair(made, tmp_path, *more, *FROM) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_moment_must_be_told_and_lie_in_the_period(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    assert _repair(made, tmp_path, "--remove-duty", "kveld/2027-03-10") == 2
    assert "--from: Det står ikke fra når" in capsys.readouterr().err
    late = ("--from", "2027-05-01")
    assert _repair(made, tmp_path, "--remove-duty", "kveld/2027-03-10", *late) == 2
    assert "Perioden er over" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("events: [{sick: kari, til: 2027-03-10}]\nfrom: 2027-03-09\n", "«til» hører ikke til"),
        ("events: [{kari: sick}]\nfrom: 2027-03-09\n", "Det står ikke hva som har hendt."),
        ("events: [{sick: kari}]\n", "Det står ikke fra når"),
        ("from: 2027-03-09\n", "Filen forteller ikke hva som har hendt."),
        ("from: i morgen\nevents: [{sick: kari}]\n", "er ikke"),
        ("from: 9999-12-31\nevents: [{sick: kari}]\n", "Året må ligge mellom"),
        ("from: 2027-02-30\nevents: [{sick: kari}]\n", "finnes ikke i kalenderen"),
        (
            "from: 2027-03-09\nevents: [{claims: kari, kind: graviditet, hindered: kanskje}]\n",
            "Her må det stå ja eller nei.",
        ),
        ("from: 2027-03-09\nevents: [{add_duty: kveld/2027-03-10, needed: 0}]\n", "antall leger"),
        ("from: 2027-03-09\nevents: [kari]\n", "Her må det stå hva som har hendt."),
        ("from: 2027-03-09\nfrozen_hours: mange\nevents: [{sick: kari}]\n", "et timetall"),
        ("from: 2027-03-09\nhvem: kari\nevents: [{sick: kari}]\n", "Feltet «hvem» er ukjent."),
    ],
)
def test_a_file_of_events_is_read_strictly(
    made: Path, tmp_path: Path, capsys: Said, text: str, told: str
) -> None:
    file = tmp_path / "hendelser.yaml"
    file.write_text(text, encoding="utf-8")
    assert _repair(made, tmp_path / "ut", "--events", file) == 2
    assert told in capsys.readouterr().err


def test_times_are_those_of_oslo() -> None:
    from api.repair_events import end_of, start_of

    assert local(start_of("12.03.2027 15:00", "")).hour == 15
    assert local(end_of("2027-03-28", "")).date().day == 29
