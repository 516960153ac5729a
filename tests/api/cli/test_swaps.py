"""`rettvakt takers`, `swap` and `rings` as a coordinator uses them."""

import json
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from api.cli.takers import _able_told, _rest
from tests.api.plans import Document, plan_file, rettvakt

Said = pytest.CaptureFixture[str]

KARI, OLA, SIV = "kari", "ola", "siv"
EVENINGS = {"2027-03-01": KARI, "2027-03-03": OLA, "2027-03-08": SIV, "2027-03-10": KARI}


def _away(document: Document) -> None:
    document["absences"] = [
        {"doctor": SIV, "kind": "holiday", "start": "2027-03-01", "end": "2027-03-02"}
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and a roster made by hand."""
    folder = tmp_path_factory.mktemp("swaps")
    plan_file(folder, _away)
    rows = [f"{day};kveld;{who}" for day, who in EVENINGS.items()]
    (folder / "vakter.csv").write_text("\n".join(["Dato;Vakt;Lege", *rows]), encoding="utf-8")
    return folder


def asked(made: Path, command: str, *rest: object) -> int:
    return rettvakt(command, made / "plan.json", made / "vakter.csv", *rest)


def offers(folder: Path, text: str) -> Path:
    file = folder / "bytter.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_takers_are_told_with_their_accounts_and_who_cannot_with_the_reason(
    made: Path, capsys: Said
) -> None:
    assert asked(made, "takers", "hjemmevakt hverdag 01.03.2027") == 0
    said = capsys.readouterr().out
    assert "Hjemmevakt hverdag mandag 1. mars 2027 kl. 15:30–08:00" in said
    assert "Har den nå: Kari Nordmann." in said
    assert "1 lege kan ta den" in said
    assert "Ola Bråten" in said.split("Kan ikke ta den")[0]
    assert "Siv Åsen er borte" in said.split("Kan ikke ta den")[1]


def test_a_refused_wish_is_told_as_a_wish_and_not_as_an_exception(
    tmp_path: Path, capsys: Said
) -> None:
    wish = {"id": "ø1", "doctor": OLA, "attitude": "rather_not"}
    wish |= {"start": "2027-03-01", "end": "2027-03-02"}
    plan_file(tmp_path, lambda document: document.update(wishes=[wish]))
    (tmp_path / "vakter.csv").write_text(f"Dato;Vakt;Lege\n2027-03-01;kveld;{KARI}\n", "utf-8")
    assert asked(tmp_path, "takers", "kveld 01.03.2027") == 0
    said = capsys.readouterr().out
    assert "2 leger kan ta den, alle uten unntak fra noen hovedregel." in said
    assert "unntak:" not in said
    assert "ønske: Ola Bråten ønsket fri " in said
    assert asked(tmp_path, "swap", "--give", "kari: kveld 1.3.", "--to", OLA) == 0
    said = capsys.readouterr().out
    assert "ønske: Ola Bråten ønsket fri" in said
    assert "unntak:" not in said


def test_rest_is_never_rounded_up_and_overlap_is_no_rest() -> None:
    assert _rest(timedelta(hours=7, minutes=30)) == "7,5 t"
    assert _rest(timedelta(hours=-23)) == "ingen"
    assert _rest(timedelta(hours=119)) == "4 d"
    assert _rest(None) == "–"


def test_how_many_can_is_told_in_grammar() -> None:
    assert _able_told(1, 1) == "1 lege kan ta den uten unntak fra noen hovedregel."
    assert _able_told(2, 0).startswith("2 leger kan ta den, ingen av dem uten unntak fra en ")
    assert _able_told(3, 3).startswith("3 leger kan ta den, alle uten unntak fra noen ")


def test_a_csv_cell_too_many_is_a_fault(made: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "b.csv"
    text = "Lege;Gir;Tar\nkari;kveld 01.03.2027;kveld 03.03.2027; kveld 08.03.2027\n"
    file.write_text(text, encoding="utf-8")
    assert asked(made, "rings", file) == 2
    assert "rad 2: Raden har flere celler enn overskriftene." in capsys.readouterr().err


def test_a_duty_without_a_doctor_has_takers_too(made: Path, capsys: Said) -> None:
    assert asked(made, "takers", "kveld/2027-03-05") == 0
    assert "Vakten mangler lege." in capsys.readouterr().out


def test_nobody_can_take_it_is_no_success(made: Path, capsys: Said) -> None:
    everybody = made / "alle.csv"
    rows = "\n".join(f"2027-03-03;kveld;{who}" for who in (KARI, OLA, SIV))
    everybody.write_text(f"Dato;Vakt;Lege\n{rows}\n2027-03-01;kveld;{OLA}", encoding="utf-8")
    code = rettvakt("takers", made / "plan.json", everybody, "kveld/2027-03-03")
    assert code == 2
    assert "har vakten sammen. Si hvem som skal byttes ut, med --from" in capsys.readouterr().err


def test_a_lawful_swap_can_be_written_and_keeps_what_was_there(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "vaktplan.json"
    file.write_text("fra før", encoding="utf-8")
    give, take = "Kari Nordmann: kveld 10.03.2027", "ola: kveld/2027-03-03"
    assert asked(made, "swap", "--give", give, "--take", take, "--out", file) == 0
    said = capsys.readouterr().out
    assert said.startswith("Lovlig.")
    assert "Kari Nordmann gir Hjemmevakt hverdag onsdag 10. mars 2027" in said
    document = json.loads(file.read_text(encoding="utf-8"))
    holders = {own["duty"]: own["doctor"] for own in document["assignments"]}
    assert holders["kveld/2027-03-10"] == OLA
    assert holders["kveld/2027-03-03"] == KARI
    [line] = document["provenance"]["history"]
    assert line.startswith("Vaktbytte: Hjemmevakt hverdag onsdag 10. mars 2027")
    assert [own.read_text(encoding="utf-8") for own in tmp_path.glob("tidligere/*/*")] == [
        "fra før"
    ]
    assert rettvakt("check", made / "plan.json", file) == 1  # lawful, with the holes it had


def test_an_unlawful_swap_is_told_and_never_written(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "ny.json"
    code = asked(made, "swap", "--give", "kari: kveld 1.3.", "--to", "siv åsen", "--out", file)
    assert code == 1
    told = capsys.readouterr()
    assert told.out.startswith("Ikke lovlig. Disse reglene ville blitt brutt:")
    assert "✗ Siv Åsen er borte" in told.out
    assert "Ingenting er skrevet, for byttet er ikke lovlig." in told.err
    assert not file.exists()


def test_a_swap_without_a_taker_shows_who_could(made: Path, capsys: Said) -> None:
    assert asked(made, "swap", "--give", "kari: kveld 01.03.2027") == 0
    assert "kan ta den" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rest", "problem"),
    [
        (("--give", "kari kveld 1.3."), "sier ikke både lege og vakt"),
        (("--give", "kari: kveld 3.3.", "--to", "siv"), "har ikke Hjemmevakt hverdag onsdag"),
        (("--give", "kari: kveld 1.3.", "--to", "kari"), "kan ikke bytte med seg selv"),
        (("--give", "kari: kveld 1.3.", "--to", "per"), "Fant ingen lege som heter «per»"),
        (("--give", "kari: natt 1.3.", "--to", "ola"), "Fant ingen slik vakt"),
        (("--give", "kari: kveld 1.3.", "--to", "ola", "--take", "ola: kveld 3.3."), "sammen"),
        (("--give", "kari: kveld 1.3.", "--to", "ola", "--out", "ny.docx"), "må slutte på"),
        (("--give", "kari: kveld 1.3.", "--out", "ny.json"), "ikke sagt hvem som skal ta"),
    ],
)
def test_what_cannot_be_understood_is_told(
    made: Path, capsys: Said, rest: tuple[str, ...], problem: str
) -> None:
    assert asked(made, "swap", *rest) == 2
    assert problem in capsys.readouterr().err


RING = """\
offers:
  - doctor: Kari Nordmann
    gives: kveld 01.03.2027
    takes: [kveld 03.03.2027]
  - doctor: ola
    gives: kveld/2027-03-03
    takes: [Hjemmevakt hverdag]
  - doctor: Siv Åsen
    gives: kveld 08.03.2027
    takes: kveld 01.03.2027
"""


def test_rings_are_told_and_one_can_be_written(made: Path, tmp_path: Path, capsys: Said) -> None:
    file = offers(tmp_path, RING)
    assert asked(made, "rings", file) == 0
    said = capsys.readouterr().out
    assert "1 lovlig ring blant 3 byttetilbud." in said
    assert "1. To leger" in said
    assert "Uten noen ring" in said
    assert "Siv Åsen: Hjemmevakt hverdag mandag 8. mars 2027" in said
    assert asked(made, "rings", file, "--choose", "1", "--out", tmp_path / "ny.csv") == 0
    table = (tmp_path / "ny.csv").read_text(encoding="utf-8-sig")
    first = next(
        line for line in table.splitlines() if "01.03.2027" in line or "2027-03-01" in line
    )
    assert "Ola Bråten" in first


def test_offers_can_stand_in_a_table(made: Path, tmp_path: Path, capsys: Said) -> None:
    rows: list[list[str | None]] = [
        ["Bytter i mars"],
        ["Lege", "Gir", "Tar"],
        ["Kari Nordmann", "kveld 01.03.2027", "kveld 03.03.2027; kveld 08.03.2027"],
        [None, None, None],
        ["ola", "kveld 03.03.2027", None],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "bytter.xlsx")
    text = "\n".join("\t".join(cell or "" for cell in row) for row in rows)
    (tmp_path / "bytter.csv").write_text(text, encoding="utf-8")
    for name in ("bytter.xlsx", "bytter.csv"):
        assert asked(made, "rings", tmp_path / name) == 0
        assert "1 lovlig ring blant 2 byttetilbud." in capsys.readouterr().out
    (tmp_path / "feil.csv").write_text("Lege;Gir\nkari;natt 1.3.\n;kveld 3.3.", encoding="utf-8")
    assert asked(made, "rings", tmp_path / "feil.csv") == 2
    told = capsys.readouterr().err
    assert "feil.csv, rad 2, kolonne «Gir»" in told
    assert "feil.csv, rad 3, kolonne «Lege»" in told
    (tmp_path / "tom.csv").write_text("a;b", encoding="utf-8")
    assert asked(made, "rings", tmp_path / "tom.csv") == 2
    assert "kolonnene Lege, Gir og Tar" in capsys.readouterr().err


def test_no_ring_is_told_with_what_is_in_the_way(made: Path, tmp_path: Path, capsys: Said) -> None:
    text = "offers:\n  - {doctor: kari, gives: kveld 1.3.}\n  - {doctor: siv, gives: kveld 8.3.}\n"
    assert asked(made, "rings", offers(tmp_path, text)) == 1
    said = capsys.readouterr().out
    assert "Ingen lovlig ring." in said
    assert "Siv Åsen ville tatt den, men: Siv Åsen er borte" in said


TWICE = "offers:\n" + 2 * "  - {doctor: kari, gives: kveld 1.3.}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("bytter: []\n", "Filen har ingen liste over tilbud."),
        ("offers: []\n", "Listen over tilbud er tom."),
        ("offers: [kari]\n", "Raden er ikke et tilbud."),
        ("offers:\n  - {doctor: kari, gives: kveld 3.3.}\n", "har ikke Hjemmevakt"),
        ("offers:\n  - {doctor: karin, gives: kveld 3.3.}\n", "Fant ingen lege som heter «karin»"),
        ("offers:\n  - {doctor: kari, gives: 12}\n", "Her må vakten stå."),
        ("offers:\n  - {doctor: kari, give: kveld 1.3.}\n", "Feltet «give» er ukjent."),
        ("offers:\n  - {doctor: kari, gives: kveld 1.3., takes: [x]}\n", "Fant ingen vakt"),
        (TWICE, "tilbudt to ganger"),
    ],
)
def test_faults_of_the_offers_have_place_and_remedy(
    made: Path, tmp_path: Path, capsys: Said, text: str, problem: str
) -> None:
    assert asked(made, "rings", offers(tmp_path, text)) == 2
    told = capsys.readouterr().err
    assert problem in told
    assert "bytter.yaml" in told


def test_choosing_needs_a_place_and_a_ring(made: Path, tmp_path: Path, capsys: Said) -> None:
    file = offers(tmp_path, RING)
    assert asked(made, "rings", file, "--choose", "1") == 2
    assert "hører sammen" in capsys.readouterr().err
    assert asked(made, "rings", file, "--choose", "9", "--out", tmp_path / "ny.json") == 2
    assert "Ring 9 finnes ikke." in capsys.readouterr().err
    assert not (tmp_path / "ny.json").exists()
