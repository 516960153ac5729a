"""The format itself: values read strictly, written in one way, published as JSON Schema."""

from datetime import date, datetime, time
from fractions import Fraction

import jsonschema
import pytest

from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.fields import described, sheets
from scheduler.reading.plan import Plan, schema
from scheduler.reading.scalars import Block
from scheduler.reading.shape import parse_plan
from scheduler.reading.template import EXAMPLES
from tests.reading.plans import Document, faults, small, the_fault, with_patterns


def test_a_plan_is_equal_to_what_is_parsed_from_its_document() -> None:
    plan = parse_plan(small())
    assert Plan.model_validate(plan.to_document()) == plan


def test_the_document_leaves_defaults_out_but_names_format_and_version() -> None:
    document = parse_plan(with_patterns({})).to_document()
    assert list(document)[:3] == ["format", "version", "title"]
    assert "pins" not in document
    assert "practice_share" not in document["doctors"][0]


@pytest.mark.parametrize(
    "change", [{}, {"block": "weekend"}, {"block": "none"}, {"weekdays": "mon"}]
)
def test_the_schema_accepts_what_the_reader_accepts(change: Document) -> None:
    document = small(lambda d: d["patterns"][0].update(change))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)
    parse_plan(document)


def test_the_schema_accepts_every_plan_as_it_is_written() -> None:
    jsonschema.validate(parse_plan(small()).to_document(), schema())


def test_the_schema_refuses_an_unknown_field() -> None:
    with pytest.raises(jsonschema.ValidationError, match="diagnosis"):
        jsonschema.validate(small(lambda d: d["exemptions"][0].update(diagnosis="x")), schema())


def test_every_field_has_a_norwegian_title_and_a_description() -> None:
    for definition in [schema(), *schema()["$defs"].values()]:
        for name, field in definition.get("properties", {}).items():
            assert field.get("title"), name
            assert field.get("description"), name


def test_the_examples_of_the_template_make_a_plan() -> None:
    document = dict(EXAMPLES[""])
    document |= {sheet.name: [EXAMPLES[sheet.name]] for sheet in sheets()}
    example = EXAMPLES["settings"]
    document["settings"] = {example["rule"]: {example["parameter"]: example["value"]}}
    document["municipalities"][0]["key"] = 1
    parse_plan(document)
    jsonschema.validate(document, schema())


def test_no_field_invites_a_diagnosis() -> None:
    assert not {"diagnosis", "reason", "note", "comment"} & {
        field.name for sheet in sheets() if sheet.model for field in described(sheet.model)
    }


@pytest.mark.parametrize(
    ("written", "share"),
    [
        (0.8, Fraction(4, 5)),
        (1, Fraction(1)),
        ("80 %", Fraction(4, 5)),
        ("33,3 %", Fraction(333, 1000)),
        ("0,5", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        (0, Fraction(0)),
    ],
)
def test_a_share_is_read_as_people_write_it(written: object, share: Fraction) -> None:
    plan = parse_plan(small(lambda d: d["doctors"][0].update(practice_share=written)))
    assert plan.doctors[0].practice_share == share


@pytest.mark.parametrize(
    "written", [80, -0.1, "1.01", "101 %", "mye", True, None, "1/0", "1e3", ""]
)
def test_a_share_out_of_range_is_a_fault(written: object) -> None:
    fault = the_fault(small(lambda d: d["doctors"][0].update(practice_share=written)))
    assert fault.place == "doctors[0].practice_share"


def test_a_share_that_is_a_percentage_without_its_sign_is_told_how_to_write_it() -> None:
    assert the_fault(small(lambda d: d["doctors"][0].update(practice_share=80))) == Fault(
        "doctors[0].practice_share",
        "80",
        "Tallet må være mellom 0 og 1.",
        "Rett tallet. En andel skrives 0,8 eller 80 %.",
    )


@pytest.mark.parametrize(
    ("written", "clock"),
    [("08:00", time(8)), ("8:05", time(8, 5)), ("15.30", time(15, 30)), ("24:00", time(0))],
)
def test_clocks(written: str, clock: time) -> None:
    assert parse_plan(with_patterns({"end": written})).patterns[0].end == clock


@pytest.mark.parametrize("written", ["24:01", "8", "25:00", "08:60", "08:00:00", 800, None, "kl 8"])
def test_wrong_clocks(written: object) -> None:
    assert the_fault(with_patterns({"end": written})).place == "patterns[0].end"


@pytest.mark.parametrize(
    "written",
    ["2027-02-29", "01.03.2027", "2027-3-1", 20270301, "2027-03-01T08:00", "0001-01-01", None],
)
def test_wrong_dates(written: object) -> None:
    assert the_fault(small(lambda d: d.update(judged_on=written))).place == "judged_on"


def test_midnight_at_the_end_is_the_whole_day_before() -> None:
    document = small(
        lambda d: d.update(
            absences=[
                {
                    "doctor": "kari",
                    "kind": "sick",
                    "start": "2027-03-01T00:00",
                    "end": "2027-03-04 24:00",
                }
            ]
        )
    )
    own = parse_plan(document).absences[0]
    assert (own.start, own.end) == (date(2027, 3, 1), date(2027, 3, 4))


def test_a_moment_keeps_its_minutes() -> None:
    assert parse_plan(small()).absences[1].end == datetime(2027, 3, 3, 16, 30)


def test_words_are_composed_and_stripped() -> None:
    document = small(lambda d: d["doctors"][1].update(name="  A\u030ase \u00ad Øyen "))
    assert parse_plan(document).doctors[1].name == "Åse Øyen"


def test_weekdays_are_put_in_order_and_one_block_may_stand_alone() -> None:
    document = with_patterns({"weekdays": ["sun", "mon", "sun"], "block": "holiday:easter"})
    pattern = parse_plan(document).patterns[0]
    assert [d.value for d in pattern.weekdays] == ["mon", "sun"]
    assert pattern.block == (Block.EASTER,)


def test_ja_and_nei_are_switches() -> None:
    document = small(lambda d: d["doctors"][0]["limits"].update(no_nights="Nei"))
    assert not parse_plan(document).doctors[0].limits.no_nights


def test_settings_are_read_in_one_way() -> None:
    written = {"r": {"a": "7,5", "b": "JA", "c": "ikke satt", "d": 2.0, "e": {}}, "tom": {}}
    assert parse_plan(small(lambda d: d.update(settings=written))).settings == {
        "r": {"a": 7.5, "b": True, "c": None, "d": 2}
    }


def test_all_faults_of_shape_are_told_at_once_each_with_its_place() -> None:
    def spoil(d: Document) -> None:
        d["doctors"][0]["employment"] = "self employed"
        d["doctors"][1].pop("born")
        d["doctors"][1]["brn"] = "1975-01-15"
        d["patterns"][0]["needed"] = 0
        d["patterns"][1]["weekdays"] = ["sat", "son"]
        d["version"] = 2
        d["municipalities"] = []

    told = {
        fault.place: (fault.value, fault.problem, fault.remedy) for fault in faults(small(spoil))
    }
    assert told == {
        "version": ("2", "«Versjon» har en verdi som ikke kan brukes her.", "Skriv 1."),
        "municipalities": ("", "«Kommuner» er tom.", "Fyll ut minst én. Kommunene i samarbeidet."),
        "doctors[0].employment": (
            "self employed",
            "Verdien er ukjent.",
            "Mente du «self_employed»? Velg mellom «self_employed», «employed», «locum», «lis1» "
            "og «hired».",
        ),
        "doctors[1].born": ("", "«Født» mangler.", "Fyll ut feltet. Fødselsdato."),
        "doctors[1].brn": (
            "1975-01-15",
            "Feltet «brn» er ukjent.",
            "Mente du «born»? Rett navnet, eller slett feltet.",
        ),
        "patterns[0].needed": ("0", "Tallet må være minst 1.", "Rett tallet."),
        "patterns[1].weekdays[1]": (
            "son",
            "Verdien er ukjent.",
            "Mente du «sun»? Velg mellom «mon», «tue», «wed», «thu», «fri», «sat» og «sun».",
        ),
    }


@pytest.mark.parametrize("document", [None, [], "plan", 7, True])
def test_what_is_not_a_plan_at_all(document: object) -> None:
    assert the_fault(document).problem == "Dette er ikke en plan."


def test_an_error_holds_a_limited_number_of_faults_and_counts_the_rest() -> None:
    document = small(lambda d: d.update(wishes=[{}] * 400))
    with pytest.raises(PlanError) as caught:
        parse_plan(document)
    assert len(caught.value.faults) == 500
    assert caught.value.left_out == 1100
