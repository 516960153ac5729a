"""Small plans compared: the figures, what is certain, privacy, the memo and the other files."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from api import library, whatif, whatif_comparing, whatif_judging
from api.whatif import BASE, LoadedScenarios
from api.whatif_files import comparison_files, roster_files
from api.whatif_solving import Search, Solved
from scheduler.domain.roster import LevelResult, Timetable
from scheduler.whatif.cost import duty_cost
from scheduler.whatif.pseudonyms import pseudonyms
from scheduler.whatif.scenarios import CostRate
from scheduler.writing.comparison import towns
from scheduler.writing.comparison.measures import (
    MEASURES,
    amount,
    by_key,
    signed,
    told,
    verdict,
    withheld,
)
from scheduler.writing.comparison.memo import content, to_memo
from scheduler.writing.comparison.sentences import (
    assumptions,
    certain,
    in_short,
    means,
)
from scheduler.writing.comparison.source import (
    Alternative,
    Comparison,
    Cost,
    DoctorFigures,
    Figures,
    LegalNote,
    TownFigures,
)
from tests.api.plans import rettvakt
from tests.whatif.plans import two_towns

SEARCH = Search(seconds=1, seed=1, parallel=1)
SCENARIOS = {
    "format": "rettvakt-scenarios",
    "version": 1,
    "title": "Legevakten i Fjell og Dal",
    "question": "Hva om Dal får to leger til?",
    "plan": "plan.json",
    "hourly_cost": [
        {"hours": "day", "home": 100},
        {"hours": "evening", "home": 100},
        {"hours": "night", "home": 200},
    ],
    "scenarios": [
        {
            "id": "to-til",
            "name": "To leger til",
            "changes": [{"change": "doctors_join", "municipality": "dal", "number": 2}],
        },
        {
            "id": "fritak",
            "name": "Fritak",
            "from": "to-til",
            "changes": [{"change": "all_claim_exemption"}],
        },
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("scenarier")
    (own / "plan.json").write_text(json.dumps(two_towns()), encoding="utf-8")
    (own / "s.json").write_text(json.dumps(SCENARIOS), encoding="utf-8")
    return own


@pytest.fixture(scope="module")
def loaded(folder: Path) -> LoadedScenarios:
    return whatif.read(folder / "s.json")


@pytest.fixture(scope="module")
def solved(loaded: LoadedScenarios) -> dict[str, Solved]:
    return whatif_comparing.solve(loaded, SEARCH)


@pytest.fixture(scope="module")
def named(loaded: LoadedScenarios, solved: dict[str, Solved]) -> Comparison:
    return whatif_comparing.compare(loaded, solved, SEARCH)


@pytest.fixture(scope="module")
def unnamed(loaded: LoadedScenarios, solved: dict[str, Solved]) -> Comparison:
    return whatif_comparing.compare(loaded, solved, SEARCH, anonymous=True)


def _figures(comparison: Comparison, own: str) -> Figures:
    found = next(a for a in comparison.alternatives if a.id == own).figures
    assert found is not None
    return found


@pytest.mark.slow
def test_the_plan_as_it_is_comes_first_and_each_is_judged(named: Comparison) -> None:
    assert [own.id for own in named.alternatives] == [BASE, "to-til", "fritak"]
    assert named.alternatives[2].builds_on == "To leger til"
    for own in named.alternatives:
        assert own.figures
        assert own.figures.lawful
        assert own.figures.levels
    assert set(_figures(named, "to-til").doctors) - set(_figures(named, BASE).doctors) == {
        "ny-dal-1",
        "ny-dal-2",
    }


def test_figures_are_those_of_the_roster(
    loaded: LoadedScenarios, solved: dict[str, Solved], named: Comparison
) -> None:
    roster = solved[BASE].roster
    assert roster is not None
    timetable = Timetable(loaded.base.problem, roster)
    figures = _figures(named, BASE)
    nights = {
        doctor.id: sum(duty.is_night for duty in timetable.duties_of(doctor.id))
        for doctor in loaded.base.problem.doctors
    }
    assert {own: line.nights for own, line in figures.doctors.items()} == nights
    minutes = sum(d.minutes * d.needed for d in loaded.base.problem.duties)
    missing = sum(d.minutes * timetable.missing(d) for d in timetable.holes)
    assert figures.needed_hours == pytest.approx(minutes / 60)
    assert figures.covered_hours == pytest.approx((minutes - missing) / 60)
    assert figures.holes == len(timetable.holes)
    frames = library.frames(loaded.base, roster)
    assert sum(own.duty_hours for own in figures.doctors.values()) == pytest.approx(
        sum(
            duty.minutes / 60
            for doctor in loaded.base.problem.doctors
            for duty in timetable.duties_of(doctor.id)
            if duty.is_shift
        )
    )
    assert len(frames.burdens) == len(figures.doctors)
    fjell = figures.towns["fjell"]
    assert fjell.points == pytest.approx(
        sum(own.points for own in figures.doctors.values() if own.municipality == "fjell")
    )


def test_who_is_exempt_all_the_time_owes_nothing(named: Comparison) -> None:
    assert _figures(named, "to-til").sharing == 6
    assert _figures(named, "fritak").sharing == 5
    assert _figures(named, "fritak").doctors["gro"].nights == 0


def test_cost_is_hours_by_the_given_rates_and_no_more(
    loaded: LoadedScenarios, solved: dict[str, Solved], named: Comparison
) -> None:
    roster = solved[BASE].roster
    assert roster is not None
    timetable = Timetable(loaded.base.problem, roster)
    by_hand = 0.0
    for doctor in loaded.base.problem.doctors:
        for duty in timetable.duties_of(doctor.id):
            if duty.is_shift:
                night = duty.night_minutes
                by_hand += (duty.minutes - night) / 60 * 100 + night / 60 * 200
    cost = _figures(named, BASE).cost
    assert cost.duty == pytest.approx(by_hand)
    assert cost.municipal is None  # the rates of 2024 are nobody's choice
    assert cost.unpriced_hours == 0
    on_site = [CostRate.model_validate({"hours": h, "on_site": 1}) for h in ("day", "night")]
    other = duty_cost(timetable, on_site)
    assert other.kroner == 0
    assert other.unpriced_minutes == sum(
        duty.minutes
        for doctor in loaded.base.problem.doctors
        for duty in timetable.duties_of(doctor.id)
        if duty.is_shift
    )
    assert duty_cost(timetable, []).kroner is None


def test_without_rates_nothing_is_said_of_cost(
    loaded: LoadedScenarios, solved: dict[str, Solved]
) -> None:
    bare = replace(loaded, file=loaded.file.model_copy(update={"hourly_cost": ()}))
    comparison = whatif_comparing.compare(bare, solved, SEARCH)
    assert "cost" not in {own.key for own in told(comparison.alternatives)}
    text = _text(to_memo(comparison))
    assert "Kostnad" not in text
    assert "ikke oppgitt timesatser" in text


def test_municipal_cost_is_told_when_the_municipality_has_set_a_rate(
    loaded: LoadedScenarios, solved: dict[str, Solved]
) -> None:
    roster = solved[BASE].roster
    assert roster is not None
    plan = loaded.base.plan
    own = {"municipal_cost": {"cost_other_task_specialist": 1000}}
    priced = library.understand(plan.model_copy(update={"settings": {**plan.settings, **own}}))
    timetable = Timetable(priced.problem, replace(roster))
    found = whatif_judging.municipal_cost(timetable, priced.rules)
    hours = sum(
        duty.minutes / 60
        for doctor in priced.problem.doctors
        for duty in timetable.duties_of(doctor.id)
        if not duty.is_shift
    )
    assert hours
    assert found == {"dal": hours * 1000}


def test_a_roster_is_also_judged_by_the_settings_of_today(
    loaded: LoadedScenarios, solved: dict[str, Solved]
) -> None:
    made = solved[BASE].roster
    assert made is not None
    plan = loaded.base.plan
    same = whatif_judging.figures(loaded.base, made, (), loaded.base)
    assert same.by_base_settings is None
    own = {"longest_home_duty": {"home_duty_target": 16}}
    strict = library.understand(plan.model_copy(update={"settings": {**plan.settings, **own}}))
    again = whatif_judging.figures(loaded.base, made, (), strict)
    long = sum(
        duty.minutes > 16 * 60
        for doctor in loaded.base.problem.doctors
        for duty in Timetable(loaded.base.problem, made).duties_of(doctor.id)
        if duty.is_shift
    )
    assert long
    assert again.by_base_settings
    assert again.by_base_settings <= long
    assert again.exceptions == same.exceptions


# --- privacy -----------------------------------------------------------------------------------


def test_pseudonyms_are_stable_whatever_the_scenarios_are(loaded: LoadedScenarios) -> None:
    problems = [own.problem for own in loaded.plans.values()]
    alone = pseudonyms(problems[:1])
    together = pseudonyms(problems)
    assert {own: together[own] for own in alone} == dict(alone)
    assert len(set(together.values())) == len(together)
    assert pseudonyms([problems[0], *reversed(problems[1:])]) == together
    older = replace(
        problems[0],
        doctors=tuple(replace(own, born=date(1950, 1, 1)) for own in problems[0].doctors),
    )
    assert pseudonyms([older]).keys() == alone.keys()


def test_nothing_anonymous_names_a_doctor(loaded: LoadedScenarios, unnamed: Comparison) -> None:
    files = comparison_files(unnamed)
    assert set(files) >= {
        "notat.pdf",
        "sammenligning-uten-navn.xlsx",
        "sammenligning-uten-navn.json",
    }
    texts = [
        _text(files["notat.pdf"]),
        files["notat.html"].decode(),
        _cells(files["sammenligning-uten-navn.xlsx"]),
        files["sammenligning-uten-navn.json"].decode(),
        *(c.decode() for name, c in files.items() if name.endswith(".svg")),
    ]
    names = {part for own in loaded.base.plan.doctors for part in own.name.split()} - {"Dalen"}
    for text in texts:
        for word in (*names, "gro", "kari", "alder", "kurs"):
            assert word not in text.split(), word


def test_the_memo_is_anonymous_also_when_the_rest_has_names(named: Comparison) -> None:
    without_question = replace(named, question="")
    text = _text(to_memo(without_question))
    for own in ("Kari", "Nordmann", "Bråten", "Åsen", "Gro"):
        assert own not in text
    assert "Kari Nordmann" in _cells(comparison_files(named)["sammenligning.xlsx"])


def test_what_one_or_two_claim_is_withheld_from_the_memo(named: Comparison) -> None:
    fritak = named.alternatives[2]
    assert fritak.claims == 1
    assert withheld(fritak)
    assert not withheld(replace(fritak, claims=3))
    lines = content(named)["lines"]
    heads = content(named)["heads"]
    by_head = dict(zip(heads, lines[2]["cells"], strict=True))
    for measure in MEASURES:
        if measure.in_memo and measure.title in by_head:
            assert (by_head[measure.title]["value"] == "–") is measure.personal
    sentences = " ".join(own for _, own in means(fritak, named.base.figures, discreet=True))
    assert "er ikke vist" in sentences
    assert "poeng" not in sentences
    assert "2 Fritak" not in content(named)["pictures"][0]["svg"]
    assert not [s for _, s in certain(named, discreet=True) if "sin andel («Fritak»)" in s]


def test_texts_that_name_a_doctor_are_told_before_anything_is_shared(
    loaded: LoadedScenarios,
) -> None:
    assert loaded.remarks == ()
    naming = loaded.file.model_copy(update={"question": "Hva om Gro dalen slutter?"})
    (told,) = replace(loaded, file=naming).remarks
    assert told.startswith("Spørsmålet nevner Gro Dalen.")


def _town(name: str, doctors: int) -> TownFigures:
    return TownFigures(name, doctors, 10.0 * doctors, doctors, 0.0, 0.0, None)


def _with_towns(named: Comparison, *sizes: dict[str, int]) -> Comparison:
    alternatives = []
    for own, towns_of in zip(named.alternatives, sizes, strict=False):
        assert own.figures
        figures = replace(own.figures, towns={t: _town(t, n) for t, n in towns_of.items()})
        alternatives.append(replace(own, figures=figures))
    return replace(named, alternatives=tuple(alternatives))


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([{"a": 5, "b": 4, "c": 3}], [("a",), ("b",), ("c",)]),
        # one alone could be reckoned from the rest, so the next smallest keeps it company
        ([{"a": 5, "b": 4, "c": 2}], [("a",), ("b", "c")]),
        ([{"a": 5, "b": 1, "c": 1}], [("a", "b", "c")]),
        ([{"a": 5, "b": 2, "c": 1}], [("a",), ("b", "c")]),
        ([{"a": 5, "b": 4, "c": 3}, {"a": 5, "b": 4, "c": 2}], [("a",), ("b", "c")]),
        ([{"a": 5, "b": 4, "c": 3}, {"a": 5, "b": 4}], [("a",), ("b",), ("c",)]),
    ],
)
def test_small_municipalities_are_shown_together(
    named: Comparison, sizes: list[dict[str, int]], rows: list[tuple[str, ...]]
) -> None:
    comparison = _with_towns(named, *sizes)
    assert [own.members for own in towns.rows(comparison, discreet=True)] == rows
    open_rows = towns.rows(comparison, discreet=False)
    assert all(len(own.members) == 1 for own in open_rows)
    for row in towns.rows(comparison, discreet=True):
        for alternative, own in zip(comparison.alternatives, row.figures, strict=True):
            assert alternative.figures
            expected = sum(
                alternative.figures.towns[m].points
                for m in row.members
                if m in alternative.figures.towns
            )
            assert own is None or own.points == expected


# --- words -------------------------------------------------------------------------------------


def _levels(cover: tuple[float, float], worst: tuple[float, float]) -> tuple[LevelResult, ...]:
    return (
        LevelResult("cover", "Udekket tid", *cover, proven=cover[0] == cover[1]),
        LevelResult("ordered", "Pålagte timer", 0, 0, proven=True),
        LevelResult("fairness_worst_1", "Mest over", *worst, proven=worst[0] == worst[1]),
    )


def _made(name: str, worst: tuple[float, float], holes: int = 0) -> Alternative:
    line = DoctorFigures("fjell", 100, 90, 3, 1, 0, 40, 0, 5)
    figures = Figures(
        doctors={f"d{n}": line for n in range(6)},
        towns={"fjell": _town("Fjell", 6)},
        needed_hours=200,
        covered_hours=200 - 8 * holes,
        holes=holes,
        lawful=True,
        exceptions=(),
        departures=0,
        cost=Cost(None, None),
        levels=_levels((8.0 * holes, 8.0 * holes), worst),
    )
    return Alternative(
        name.casefold(), name, "", (), (), "", date(2027, 1, 1), date(2027, 2, 1), figures
    )


def _comparison(*alternatives: Alternative) -> Comparison:
    return Comparison(
        title="Legevakten",
        question="Hva om?",
        plan_title="Plan",
        judged_on=date(2026, 11, 21),
        alternatives=alternatives,
        names={f"d{n}": f"Lege {n}" for n in range(6)},
        anonymous=False,
        rates=(),
        laws=(LegalNote("Hvile", "SFS 2305 pkt. 7.4", "må bekreftes av kommunen", False),),
        seconds=60,
        seed=1,
        solver="OR-Tools",
        rule_set="2026.2",
    )


def test_a_difference_inside_the_gap_is_told_to_mean_nothing() -> None:
    own = _comparison(_made("Base", (12, 5)), _made("Uklar", (10, 6)), _made("Klar", (4, 4)))
    words = dict(certain(own))
    assert "mindre enn det som gjenstår å bevise" in words["Uten betydning (≈)"]
    assert "(«Uklar»)" in words["Uten betydning (≈)"]
    assert "(«Klar»)" in words["Sikkert (✓)"]
    assert any("fordelt, skiller ikke «Uklar» fra dagens ordning" in s for s in in_short(own))
    base, unclear = own.base.figures, own.others[0].figures
    assert base
    assert unclear
    assert verdict(by_key("worst"), base, unclear) == "within"
    assert verdict(by_key("most_nights"), base, unclear) is None


def test_a_search_that_was_stopped_is_told_not_to_be_equal() -> None:
    own = _comparison(_made("Base", (1, 1)), _made("Annet", (1, 1)))
    assert "like lang tid (høyst 60 s hver)" in assumptions(own)[0]
    assert "ikke hatt like lang tid" in assumptions(replace(own, stopped=True))[0]


def test_holes_and_missing_rosters_are_told_first() -> None:
    lost = replace(_made("Tapt", (1, 1)), figures=None, trouble="Ingen plan.")
    own = _comparison(_made("Base", (1, 1)), _made("Hull", (1, 1), holes=2), lost)
    first, second, *_ = in_short(own)
    assert "For «Tapt» ble det ikke funnet" in first
    assert "«Hull» (2 udekte vakter)" in second
    assert means(lost, own.base.figures) == (("Ikke løst", "Ingen plan."),)
    assert "2 vakter er udekket (16 timer)" in means(own.others[0], own.base.figures)[0][1]
    assert len(PdfReader(BytesIO(to_memo(own))).pages) == 2


@pytest.mark.parametrize(
    ("value", "decimals", "text", "with_sign"),
    [
        (12345.6, 0, "12\u00a0346", "+12\u00a0346"),
        (7.25, 1, "7,2", "+7,2"),
        (7.0, 1, "7", "+7"),
        (-3.5, 1, "−3,5", "−3,5"),
        (-0.01, 1, "0", "±0"),
    ],
)
def test_numbers_are_written_as_norwegians_do(
    value: float, decimals: int, text: str, with_sign: str
) -> None:
    assert amount(value, decimals) == text
    assert signed(value, decimals) == with_sign


# --- files -------------------------------------------------------------------------------------


def _text(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _cells(book: bytes) -> str:
    return " ".join(
        str(cell.value)
        for sheet in load_workbook(BytesIO(book))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def test_the_memo_has_two_pages_and_says_what_it_must(named: Comparison) -> None:
    pdf = to_memo(named)
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    text = _text(pdf)
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
            _made(f"{n} {long}"[:200], (10 + n, 5), holes=n),
            about=(long * 4)[:600],
        )
        for n in range(7)
    ]
    sizes = {f"Kommune nummer {n} med et langt navn": 4 for n in range(16)}
    own = replace(
        _with_towns(_comparison(*many), *[sizes] * 7),
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


def test_the_command_shows_a_difference_without_solving(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rettvakt("compare", folder / "s.json", "--diff", "to-til,fritak") == 0
    assert "Fritak: 1 nye (0 → 1)" in capsys.readouterr().out
    assert rettvakt("compare", folder / "s.json", "--diff", "to-til,fritakk") == 2
    assert rettvakt("compare", folder / "s.json", "--diff", "to-til") == 2
    assert "Mente du «fritak»?" in capsys.readouterr().err
