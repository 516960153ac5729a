"""The table of burden points: own rates, defaults, rows that are doubled or do nothing."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler.domain.points import DEFAULT_RATES, HourClass
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan
from scheduler.reading.rates import general_rates
from scheduler.reading.shape import parse_plan
from scheduler.reading.template import default_points, template
from scheduler.reading.write import to_json, to_workbook, to_yaml
from tests.reading.plans import (
    Document,
    faults,
    plan_in,
    problem_in,
    reading,
    small,
    the_fault,
    with_patterns,
)

HOME = {"presence": "home"}
BACKUP = {"presence": "home", "role": "backup", "backs_up": ["p0"]}


def told(document: Document) -> list[str]:
    """What is remarked of the table and of points."""
    return [
        f"{remark.place}: {remark.text}"
        for remark in reading(document).remarks
        if remark.place.startswith("points") or "poeng" in remark.text
    ]


def with_points(*rows: Document, patterns: tuple[Document, ...] = ({},), **more: Any) -> Document:
    """A plan of one night pattern, unless told otherwise, with these rows of points."""
    return with_patterns(*patterns, points=list(rows), **more)


def test_without_a_table_the_defaults_hold() -> None:
    problem = reading(with_points()).problem
    assert problem.rates == DEFAULT_RATES
    assert problem.types[0].rates == DEFAULT_RATES  # type: ignore[union-attr]
    assert problem.duty_by_id["p0/2027-03-02"].burden == 1700


def test_a_blank_cell_leaves_the_default() -> None:
    rates = general_rates(parse_plan(with_points({"hours": "night", "on_site": "2,35"})))
    assert rates.on_site == (100, 125, 235, 150, 200, 200, 300)
    assert (rates.home, rates.backup) == (DEFAULT_RATES.home, DEFAULT_RATES.backup)


def test_a_row_for_a_pattern_holds_for_that_pattern_alone() -> None:
    problem = reading(
        with_points(
            {"hours": "day", "on_site": 1.5},
            {"hours": "night", "pattern": "p1", "on_site": 3},
            patterns=({}, {}),
        )
    ).problem
    general, own = problem.duty_by_id["p0/2027-03-02"], problem.duty_by_id["p1/2027-03-02"]
    assert general.burden == 8 * 200 + 150
    assert own.burden == 8 * 300 + 150  # what the row leaves blank is the general rate
    assert problem.rates.on_site[2] == 200


def test_agreed_points_go_before_the_table() -> None:
    problem = reading(with_points({"hours": "night", "on_site": 9}, patterns=({"burden": 20},)))
    assert problem.problem.duty_by_id["p0/2027-03-02"].burden == 2000


@pytest.mark.parametrize("row", default_points(), ids=lambda row: row["hours"])
def test_the_default_rows_are_the_defaults_and_nothing_to_remark(row: Document) -> None:
    assert reading(with_points(row)).problem.rates == DEFAULT_RATES
    assert told(with_points(row)) == []


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [*default_points(), {"hours": "night", "pattern": "p0", "on_site": 4}]
    forwards, backwards = with_points(*rows), with_points(*reversed(rows))
    one, other = reading(forwards).problem, reading(backwards).problem
    assert one.content_hash == other.content_hash


def test_the_rates_are_part_of_what_the_plan_says() -> None:
    changed = with_points({"hours": "eve", "home": 4})
    assert reading(changed).problem.content_hash != reading(with_points()).problem.content_hash


# ---- faults -------------------------------------------------------------------------------------


def test_a_class_that_stands_twice_is_a_fault() -> None:
    fault = the_fault(
        with_points({"hours": "night", "on_site": 2}, {"hours": "night", "home": 0.5})
    )
    assert (fault.place, fault.value) == ("points[1].hours", "natt")
    assert fault.problem == "Satsen står allerede (points[0])."
    assert fault.remedy == "Slett den ene raden."


def test_of_two_rows_for_a_class_the_first_counts_until_the_fault_is_mended() -> None:
    rows = ({"hours": "night", "on_site": 2.5}, {"hours": "night", "on_site": 9, "home": 9})
    rates = general_rates(parse_plan(with_points(*rows)))
    assert (rates.on_site[2], rates.home[2]) == (250, 50)


def test_a_class_that_stands_twice_for_a_pattern_is_a_fault() -> None:
    row = {"hours": "red_day", "pattern": "p0", "on_site": 2}
    fault = the_fault(with_points({"hours": "red_day", "on_site": 2}, row, row))
    assert (fault.place, fault.value) == ("points[2].hours", "rød dag")
    assert fault.problem == "Satsen for «p0» står allerede (points[1])."


def test_an_unknown_pattern_is_a_fault() -> None:
    fault = the_fault(with_points({"hours": "night", "pattern": "p00", "on_site": 2}))
    assert fault.place == "points[0].pattern"
    assert "«Vakttyper»" in fault.problem
    assert "Mente du «p0»?" in fault.remedy


def test_a_municipal_duty_has_no_rate_by_the_hour() -> None:
    plan = small(lambda d: d.update(points=[{"hours": "day", "pattern": "sykehjem", "on_site": 1}]))
    assert the_fault(plan).place == "points[0].pattern"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"hours": "natt"}, "points[0].hours"),
        ({"on_site": 1}, "points[0].hours"),
        ({"hours": "night", "on_site": -1}, "points[0].on_site"),
        ({"hours": "night", "home": 101}, "points[0].home"),
        ({"hours": "night", "backup": "mye"}, "points[0].backup"),
        ({"hours": "night", "away": 1}, "points[0].away"),
    ],
)
def test_a_row_of_the_wrong_shape_is_a_fault(row: Document, place: str) -> None:
    assert [fault.place for fault in faults(with_points(row))] == [place]


@pytest.mark.parametrize(("points", "found"), [(0, 0), (1000, 0), (1000.01, 1), (-0.01, 1)])
def test_agreed_points_lie_between_0_and_1000(points: float, found: int) -> None:
    assert len(faults(with_patterns({"burden": points}))) == found


# ---- rows without effect ------------------------------------------------------------------------


def test_a_row_without_points_is_remarked() -> None:
    assert told(with_points({"hours": "night"})) == [
        "points[0]: Raden har ingen poeng og endrer ingenting."
    ]


def test_a_row_for_a_pattern_with_agreed_points_is_remarked() -> None:
    row = {"hours": "night", "pattern": "p0", "on_site": 2.5}
    assert told(with_points(row, patterns=({"burden": 17},))) == [
        "points[0]: «P0» har avtalte poeng for hele vakten, så satsen blir ikke brukt."
    ]


@pytest.mark.parametrize(
    ("pattern", "title", "right", "wrong"),
    [
        ({}, "Tilstedevakt", "on_site", "home"),
        (HOME, "Hjemmevakt", "home", "backup"),
        (BACKUP, "Bakvakt", "backup", "on_site"),
        (BACKUP | {"presence": "on_site"}, "Tilstedevakt", "on_site", "backup"),
    ],
)
def test_a_row_in_the_wrong_column_is_remarked(
    pattern: Document, title: str, right: str, wrong: str
) -> None:
    row = {"hours": "night", "pattern": "p1"}
    assert told(with_points(row | {right: 2.5}, patterns=({}, pattern))) == []
    assert told(with_points(row | {wrong: 2.5}, patterns=({}, pattern))) == [
        f"points[0]: «P1» følger kolonnen «{title}», som er tom her. Raden har ingen virkning."
    ]


@pytest.mark.parametrize(
    ("hours", "found"),
    [("day", 0), ("night", 0), ("evening", 1), ("weekend", 0), ("red_day", 0), ("eve", 0)],
)
def test_a_row_for_hours_that_the_pattern_never_has_is_remarked(hours: str, found: int) -> None:
    row = {"hours": hours, "pattern": "p0", "on_site": 5}
    expected = ["points[0]: «P0» har ingen timer av slaget «kveld» i perioden."]
    assert told(with_points(row)) == expected[:found]


def test_a_pattern_without_duties_is_told_of_elsewhere() -> None:
    row = {"hours": "evening", "pattern": "p0", "on_site": 5}
    assert told(with_points(row, patterns=({"valid_from": "2028-01-01"},))) == []


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([{"hours": "weekend", "on_site": 1}], "points[0].on_site"),
        ([{"hours": "red_day", "home": 0.2}], "points[0].home"),
        ([{"hours": "great_holiday", "backup": 0.14}], "points[0].backup"),
        ([{"hours": "day", "on_site": 3}, {"hours": "weekend", "on_site": 1.25}], "points[1]."),
    ],
)
def test_a_special_rate_under_every_ordinary_one_is_remarked(
    rows: list[Document], place: str
) -> None:
    (sentence,) = told(with_points(*rows))
    assert sentence.startswith(place)
    assert "ikke høyere enn for dag, kveld og natt, som gjelder de samme timene" in sentence


@pytest.mark.parametrize(("rate", "found"), [(3, 1), (3.01, 0), (2, 0)])
def test_an_eve_that_is_no_dearer_than_its_holiday_is_remarked(rate: float, found: int) -> None:
    row = {"hours": "eve", "on_site": rate}  # 2 is the default, which nobody chose
    assert len(told(with_points(row))) == found
    if found:
        assert "Satsen for aften er ikke høyere enn for høytid" in told(with_points(row))[0]


@pytest.mark.parametrize("rate", [1.01, 1.25, 2])
def test_a_special_rate_over_one_ordinary_rate_counts(rate: float) -> None:
    assert told(with_points({"hours": "weekend", "on_site": rate})) == []


# ---- two scales ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "found"), [(3.39, 1), (3.4, 0), (17, 0), (85, 0), (85.01, 1), (0, 0)]
)
def test_agreed_points_of_another_scale_than_the_hours_are_remarked(
    points: float, found: int
) -> None:
    sentences = told(with_points(patterns=({}, {"burden": points})))
    assert len(sentences) == found
    if found:
        shown = f"{points:g}".replace(".", ",")
        assert sentences == [
            f"patterns[1].burden: «P1» har avtalt {shown} poeng for en vakt, mens satsene ville "
            "gitt 17. Andre vakttyper følger satsene, så kontroller at poengene er på samme "
            "skala: ett poeng er én time tilstedevakt på dagtid."
        ]


def test_agreed_points_for_every_pattern_may_have_any_scale() -> None:
    assert told(with_points(patterns=({"burden": 1}, {"burden": 1.5}))) == []


# ---- files --------------------------------------------------------------------------------------

ROWS = [
    *default_points()[:3],
    {"hours": "great_holiday", "on_site": 3.33, "home": 0.8},
    {"hours": "night", "pattern": "p0", "on_site": "7/3"},
]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("plan.yaml", lambda plan: to_yaml(plan).encode()),
        ("plan.json", lambda plan: to_json(plan).encode()),
        ("plan.xlsx", to_workbook),
    ],
)
def test_the_table_is_the_same_in_every_format(name: str, write: Any) -> None:
    plan = parse_plan(with_points(*ROWS, patterns=({}, {"burden": 12.5})))
    assert plan_in(write(plan), name) == plan


def test_a_workbook_is_filled_in_with_norwegian_words() -> None:
    book = load_workbook(BytesIO(to_workbook(parse_plan(with_points(*ROWS)))))
    sheet = book["Belastningspoeng"]
    assert [cell.value for cell in sheet[1]] == [
        "Merke",
        "Tid",
        "Vakttype",
        "Tilstedevakt",
        "Hjemmevakt",
        "Bakvakt",
    ]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [
        "dag",
        "kveld",
        "natt",
        "høytid",
        "natt",
    ]


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_fault_in_a_workbook_names_sheet_row_and_column() -> None:
    book = load_workbook(BytesIO(to_workbook(parse_plan(with_points(*ROWS)))))
    book["Belastningspoeng"].append([None, "kveld", None, "2,5"])
    with pytest.raises(PlanError) as caught:
        problem_in(saved(book), "plan.xlsx")
    (fault,) = caught.value.faults
    assert fault.place == "Ark «Belastningspoeng», rad 7, kolonne «Tid»"
    assert fault.problem == "Satsen står allerede (Ark «Belastningspoeng», rad 3)."


def test_the_template_shows_the_default_rates_as_rows_that_are_read() -> None:
    sheet = load_workbook(BytesIO(template()))["Belastningspoeng"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == ["eksempel", "natt", "natt", 2.5, None, None]
    assert rows[1:] == [
        [None, "dag", None, 1, 0.25, 0.14],
        [None, "kveld", None, 1.25, 0.31, 0.18],
        [None, "natt", None, 2, 0.5, 0.29],
        [None, "helg", None, 1.5, 0.38, 0.21],
        [None, "rød dag", None, 2, 0.5, 0.29],
        [None, "aften", None, 2, 0.5, 0.29],
        [None, "høytid", None, 3, 0.75, 0.43],
    ]


def test_the_pattern_has_a_drop_down_of_the_shift_patterns() -> None:
    sheet = load_workbook(BytesIO(template()))["Belastningspoeng"]
    sources = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert "'Vakttyper'!$B$2:$B$1001" in sources
    assert '"dag,kveld,natt,helg,rød dag,aften,høytid"' in sources


def test_every_class_has_a_default_row() -> None:
    assert [row["hours"] for row in default_points()] == [hours.value for hours in HourClass]
    document = {"points": default_points()}
    assert len(Plan.model_validate(with_patterns({}) | document).points) == 7
