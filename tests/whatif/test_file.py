"""The scenario file: round trips, its schema, forks, and every fault with place and remedy."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from api import whatif
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan
from scheduler.whatif.applying import Means, apply
from scheduler.whatif.changes import KINDS
from scheduler.whatif.reading import (
    read_scenarios,
    scenarios_of,
    source_of,
    to_json,
    to_yaml,
)
from scheduler.whatif.refusal import RefusalError
from scheduler.whatif.scenarios import Scenarios, schema
from scheduler.whatif.wording import sentence
from tests.api.plans import rettvakt
from tests.whatif.plans import Document, plan_of, two_towns

IDS = st.sampled_from(["kari", "dal-natt", "natt", "åse-2", "v1.2"])
DAYS = st.dates().filter(lambda day: 1900 <= day.year < 2200).map(lambda day: day.isoformat())
CLOCKS = st.times().map(lambda clock: f"{clock:%H:%M}")
NAMES = st.text(st.sampled_from("abcæøå «:#-'\"0123 "), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
SCALARS = st.one_of(st.booleans(), st.integers(-999, 999), st.sampled_from(["posts", "ikke satt"]))


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries({}, optional=fields)


def _kind(name: str, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries({"change": st.just(name), **fields})


PATTERN = plan_of().to_document()["patterns"][0]
DOCTOR = plan_of().to_document()["doctors"][0]
POINTS = st.fixed_dictionaries(
    {"hours": st.sampled_from(["day", "night", "red_day"])},
    optional={"pattern": IDS, "home": st.sampled_from([0, 0.5, "1/3", 3])},
)
CHANGES: dict[str, st.SearchStrategy[Document]] = {
    "municipality_joins": st.one_of(
        _kind("municipality_joins", plan=NAMES, municipality=IDS, municipal_duties=st.booleans()),
        _kind(
            "municipality_joins",
            municipality=st.just({"id": "vik", "name": "Vik", "inhabitants": 5, "key": "1/3"}),
            doctors=st.just([DOCTOR | {"municipality": "vik"}]),
            reach=st.lists(IDS, unique=True),
        ),
    ),
    "municipality_leaves": _kind(
        "municipality_leaves", municipality=IDS, duty_moves_to=st.one_of(st.none(), IDS)
    ),
    "common_night": _kind(
        "common_night", keep=IDS, others=st.lists(IDS, min_size=1, unique=True), name=NAMES
    ),
    "doctors_join": _kind(
        "doctors_join",
        municipality=IDS,
        number=st.integers(1, 50),
        practice_share=st.sampled_from([1, 0.8, "1/3", "60 %"]),
        competence=st.sampled_from(["specialist", "supervised"]),
        employment=st.sampled_from(["employed", "hired"]),
        reach=st.lists(IDS, unique=True),
    ),
    "doctor_leaves": _kind("doctor_leaves", doctor=IDS, last_day=st.one_of(st.none(), DAYS)),
    "doctors_leave": _kind("doctors_leave", municipality=IDS, number=st.integers(1, 50)),
    "all_claim_exemption": _kind("all_claim_exemption", claimed_from=st.one_of(st.none(), DAYS)),
    "key": _kind(
        "key",
        key=st.sampled_from(["custom", "half", "none"]),
        shares=st.dictionaries(IDS, st.sampled_from([0.25, "1/3", 1])),
    ),
    "points": _kind("points", points=st.lists(POINTS, min_size=1, max_size=3)),
    "pattern": st.builds(
        lambda base, more: {**base, **more},
        _kind("pattern", pattern=IDS),
        _some(
            name=NAMES,
            start=CLOCKS,
            end=CLOCKS,
            needed=st.integers(1, 50),
            presence=st.sampled_from(["home", "on_site"]),
            weekdays=st.lists(st.sampled_from(["mon", "sun"]), min_size=1, unique=True),
            burden=st.sampled_from([1, 2.5]),
            block=st.sampled_from([["weekend"], ["week", "holiday"]]),
        ),
    ),
    "pattern_added": _kind("pattern_added", pattern=st.just(PATTERN)),
    "pattern_removed": _kind("pattern_removed", pattern=IDS),
    "other_year": _kind("other_year", year=st.integers(1990, 2199)),
    "setting": _kind(
        "setting",
        rule=IDS,
        parameter=IDS,
        value=st.one_of(SCALARS, st.dictionaries(IDS, SCALARS, min_size=1)),
    ),
    "dropped": _kind(
        "dropped",
        what=st.lists(
            st.sampled_from(["balances", "pins", "wishes", "published"]), min_size=1, unique=True
        ),
    ),
}


def test_every_kind_of_change_is_drawn() -> None:
    assert set(CHANGES) == set(KINDS)


@settings(max_examples=25)
@given(
    st.lists(st.one_of(*CHANGES.values()), max_size=4),
    st.lists(st.one_of(*CHANGES.values()), max_size=2),
    NAMES,
)
def test_a_file_that_is_written_reads_as_what_it_was(
    first: list[Document], second: list[Document], name: str
) -> None:
    own = Scenarios.model_validate(
        _document(
            scenarios=[
                {"id": "en", "name": name, "about": name, "changes": first},
                {"id": "to", "name": "To", "from": "en", "changes": second},
            ]
        )
    )
    assert scenarios_of(source_of(to_yaml(own).encode(), "s.yaml"))[0] == own
    assert scenarios_of(source_of(to_json(own).encode(), "s.json"))[0] == own
    Draft202012Validator(schema()).validate(json.loads(to_json(own)))
    plan = plan_of()
    for scenario in own.scenarios:
        for change in scenario.changes:
            for discreet in (False, True):
                told = sentence(change, plan, discreet=discreet)
                assert told.endswith(".")
                assert not (discreet and "Nordmann" in told)


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert rettvakt("schema", "--scenarios") == 0
    assert json.loads(capsys.readouterr().out) == schema()


def _document(**more: Any) -> Document:
    return {
        "format": "rettvakt-scenarios",
        "version": 1,
        "title": "Hva om",
        "plan": "plan.json",
        "scenarios": [{"id": "en", "name": "En", "changes": []}],
    } | more


def _faults(document: Document) -> str:
    with pytest.raises(PlanError) as told:
        scenarios_of(source_of(json.dumps(document).encode(), "s.json"))
    for fault in told.value.faults:
        assert fault.place
        assert fault.problem
        assert fault.remedy
    return str(told.value)


def test_an_unknown_kind_of_change_suggests_a_near_one() -> None:
    told = _faults(_document(scenarios=[{"id": "a", "name": "A", "changes": [{"change": "kei"}]}]))
    assert "scenarios[0].changes[0].change" in told
    assert "Mente du «key»?" in told


def test_all_faults_are_told_at_once_with_their_places() -> None:
    changes = [
        {"change": "doctors_join", "municipality": "dal", "number": 0},
        {"change": "pattern", "pattern": "natt", "sart": "22:00"},
        {"change": "key"},
        {"pattern": "natt"},
        "felles natt",
    ]
    told = _faults(_document(scenarios=[{"id": "a", "name": "A", "changes": changes}], plan=""))
    for place in ("[0].number", "[1].sart", "[2].key", "[3]", "[4]"):
        assert f"scenarios[0].changes{place}" in told
    assert "Mente du «start»?" in told
    assert "plan" in told


def test_a_file_of_another_kind_is_told_so(tmp_path: Path) -> None:
    assert "ikke en scenariofil" in _faults(two_towns())
    (tmp_path / "s.xlsx").write_bytes(b"")
    with pytest.raises(PlanError, match="Filtypen er ukjent"):
        read_scenarios(tmp_path / "s.xlsx")


def test_a_fork_of_nothing_and_of_itself_are_told() -> None:
    told = _faults(
        _document(
            scenarios=[
                {"id": "felles", "name": "A", "from": "fels"},
                {"id": "b", "name": "B", "from": "c"},
                {"id": "c", "name": "C", "from": "b"},
                {"id": "b", "name": "B igjen"},
            ]
        )
    )
    assert "Mente du «felles»?" in told
    assert "bygger på seg selv" in told
    assert "allerede brukt av et annet scenario" in told


def _loaded(folder: Path, *scenarios: Document, **more: Any) -> whatif.LoadedScenarios:
    (folder / "plan.json").write_text(json.dumps(two_towns()), encoding="utf-8")
    (folder / "s.json").write_text(
        json.dumps(_document(scenarios=list(scenarios), **more)), encoding="utf-8"
    )
    return whatif.read(folder / "s.json")


def test_a_fork_has_the_changes_of_what_it_builds_on_first(tmp_path: Path) -> None:
    own = _loaded(
        tmp_path,
        {
            "id": "b",
            "name": "B",
            "from": "a",
            "changes": [{"change": "doctors_join", "municipality": "dal"}],
        },
        {"id": "a", "name": "A", "changes": [{"change": "doctor_leaves", "doctor": "gro"}]},
    )
    fork, above = own.scenarios
    assert fork.own_changes == ("Gro Dalen slutter.", "Én lege til i Dal.")
    assert fork.changes == ("En lege slutter.", "Én lege til i Dal.")
    assert above.own_changes == ("Gro Dalen slutter.",)
    assert own.differences("a", "b") == ("Leger: + Ny lege 1 (Dal)",)
    assert "Leger: − Gro Dalen" in own.differences("base", "a")
    assert own.differences("a", "a") == ()


def test_a_difference_tells_neither_exemptions_nor_absences(tmp_path: Path) -> None:
    own = _loaded(
        tmp_path,
        {
            "id": "a",
            "name": "A",
            "changes": [
                {"change": "all_claim_exemption"},
                {"change": "doctor_leaves", "doctor": "gro"},
            ],
        },
        {"id": "b", "name": "B", "changes": [{"change": "all_claim_exemption"}]},
    )
    told = " ".join((*own.differences("base", "b"), *own.differences("base", "a")))
    assert "Fritak: 1 nye (0 → 1)" in told
    for word in ("alder", "kurs", "krevd"):
        assert word not in told.casefold()


def test_a_change_that_does_not_fit_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as told:
        _loaded(
            tmp_path,
            {"id": "a", "name": "A", "changes": [{"change": "doctor_leaves", "doctor": "grå"}]},
        )
    (fault,) = told.value.faults
    assert "scenarios[0].changes[0].doctor" in fault.place
    assert fault.value == "grå"
    assert "Mente du «gro»?" in fault.remedy


def test_faults_of_all_scenarios_are_told_at_once(tmp_path: Path) -> None:
    gone = {"change": "doctor_leaves", "doctor": "borte"}
    with pytest.raises(PlanError) as caught:
        _loaded(
            tmp_path,
            {"id": "a", "name": "A", "changes": [gone]},
            {"id": "b", "name": "B", "from": "a", "changes": []},
            {"id": "c", "name": "C", "changes": [gone]},
        )
    assert [fault.place.split(".")[0] for fault in caught.value.faults] == [
        "scenarios[0]",
        "scenarios[2]",
    ]


def test_a_setting_is_told_by_its_title(tmp_path: Path) -> None:
    change = {"change": "setting", "rule": "target_rest", "parameter": "target_rest", "value": 13}
    own = _loaded(tmp_path, {"id": "a", "name": "A", "changes": [change]})
    assert own.scenarios[0].own_changes == ("«Ønsket hvile før neste arbeid» er 13 timer.",)


def test_a_plan_that_cannot_be_understood_after_the_changes_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"Scenariet «a», etter endringene: .*Regelen er ukjent"):
        _loaded(
            tmp_path,
            {
                "id": "a",
                "name": "A",
                "changes": [{"change": "setting", "rule": "hvile", "parameter": "x", "value": 1}],
            },
        )


def test_a_pin_that_no_longer_fits_is_told_with_what_a_scenario_can_do(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(
        json.dumps(
            two_towns(
                lambda d: d.update(
                    pins=[{"doctor": "kari", "pattern": "helg", "date": "2027-03-06"}]
                )
            )
        ),
        encoding="utf-8",
    )
    change = {"change": "pattern", "pattern": "helg", "weekdays": ["sun"]}
    file = _document(scenarios=[{"id": "a", "name": "A", "changes": [change]}])
    (tmp_path / "s.json").write_text(json.dumps(file), encoding="utf-8")
    with pytest.raises(PlanError, match=r"«change: dropped» og «what: \[pins\]»"):
        whatif.read(tmp_path / "s.json")
    file["scenarios"][0]["changes"].insert(0, {"change": "dropped", "what": ["pins"]})
    (tmp_path / "s.json").write_text(json.dumps(file), encoding="utf-8")
    assert whatif.read(tmp_path / "s.json").scenarios[0].loaded.plan.pins == ()


def test_a_missing_plan_and_a_reserved_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="er dagens plan"):
        _loaded(tmp_path, {"id": "base", "name": "A"})
    with pytest.raises(PlanError, match="finnes ikke"):
        _loaded(tmp_path, {"id": "a", "name": "A"}, plan="borte.yaml")
    with pytest.raises(PlanError, match=r"borte\.yaml.*finnes ikke"):
        _loaded(
            tmp_path,
            {
                "id": "a",
                "name": "A",
                "changes": [
                    {"change": "municipality_joins", "plan": "borte.yaml", "municipality": "vik"}
                ],
            },
        )


def test_rates_that_lack_an_ordinary_hour_are_told(tmp_path: Path) -> None:
    rates = [{"hours": "day", "home": 100}, {"hours": "day", "home": 50}]
    with pytest.raises(PlanError) as told:
        _loaded(tmp_path, {"id": "a", "name": "A"}, hourly_cost=rates)
    assert "mangler kveld og natt" in str(told.value)
    assert "allerede en sats" in str(told.value)


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from(["", "x", "1/0", "2027-13-01", [], {}, [[]], {"a": {}}, ["kari", 3], 1e300]),
)


def _paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [above] if above else []
    for key, own in inner if isinstance(value, dict | list) else ():
        found += _paths(own, (*above, key)) if isinstance(own, dict | list) else [(*above, key)]
    return found


@settings(max_examples=60)
@given(st.lists(st.one_of(*CHANGES.values()), min_size=1, max_size=3), st.data())
def test_whatever_stands_in_a_file_is_read_or_told(
    changes: list[Document], data: st.DataObject
) -> None:
    document = json.loads(
        json.dumps(
            _document(
                scenarios=[
                    {"id": "en", "name": "En", "changes": changes},
                    {"id": "to", "name": "To", "from": "en"},
                ],
                hourly_cost=[{"hours": "day", "home": 1}],
            )
        )
    )
    path = data.draw(st.sampled_from(_paths(document)))
    around = document
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = data.draw(JUNK)
    told: PlanError | None = None
    try:
        own, _ = scenarios_of(source_of(json.dumps(document).encode(), "s.json"))
    except PlanError as error:
        told = error
    else:
        assert scenarios_of(source_of(to_yaml(own).encode(), "s.yaml"))[0] == own
    if told is not None:
        assert told.faults
        assert all(fault.place and fault.problem and fault.remedy for fault in told.faults)


@settings(max_examples=60)
@given(st.lists(st.one_of(*CHANGES.values()), min_size=1, max_size=3))
def test_whatever_is_changed_gives_a_plan_or_a_refusal(changes: list[Document]) -> None:
    ids = {"natt": "dal-natt", "åse-2": "dal", "v1.2": "lv"}  # so that many of them exist
    text = json.dumps(changes, ensure_ascii=False)
    for drawn, meant in ids.items():
        text = text.replace(f'"{drawn}"', f'"{meant}"')
    plan = plan_of()
    means = Means(whatif.TERMS, lambda _: plan)
    for own in json.loads(text):
        try:
            plan = apply(KINDS[own["change"]].model_validate(own), plan, means)
        except RefusalError as refusal:
            plan = plan_of()
            remedy = refusal.remedy
        else:
            remedy = "."
        assert remedy.endswith(".")
        assert Plan.model_validate(plan.to_document()) == plan
