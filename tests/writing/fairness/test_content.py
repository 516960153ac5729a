"""The words and numbers of the report, against sums made by hand."""

from dataclasses import asdict, replace
from fractions import Fraction
from math import inf
from typing import Any

import pytest

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Absence, AbsenceKind, Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.problem import Account, Municipality
from scheduler.fairness.keys import Key
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import OrderedDemand, fair_shares
from scheduler.writing import certificate
from scheduler.writing.fairness.content import content
from scheduler.writing.fairness.gaps import gap_parts
from scheduler.writing.fairness.municipalities import town_part
from scheduler.writing.fairness.names import letters, pseudonyms
from scheduler.writing.fairness.source import Earlier, FairnessReport, Receipt, YearToDate
from scheduler.writing.fairness.statement import statement
from scheduler.writing.fairness.targets import MeasurePart, measure_parts, off_aim
from scheduler.writing.fairness.weeks import SHADES, WEEKS_A_PAGE, _shade, week_pages
from scheduler.writing.fairness.wishes import wish_part
from scheduler.writing.fairness.words import unit
from scheduler.writing.fairness.years import year_part
from tests.support import doctor, duty, span
from tests.writing.fairness.scene import (
    DOCTORS,
    DUTIES,
    EVENINGS,
    KARI,
    ONE,
    WORK,
    plan,
    report,
    worst,
)

OLA_TOLD = "=1+1; «Ola» O'Brien"


def part(slug: str, own: FairnessReport | None = None) -> MeasurePart:
    return next(one for one in measure_parts(own or report()) if one.slug == slug)


# --- targets and balances ----------------------------------------------------------------------


def test_targets_are_shares_less_balances_and_the_most_over_comes_first() -> None:
    lines = [(one.doctor, one.result, one.part, one.aim, one.off) for one in part("poeng").lines]
    assert lines == [
        (OLA_TOLD, "5", "2,67", "3,67", "+1,33"),
        ("Kari Ødegård", "2", "2,67", "1,67", "+0,33"),
        ("Tom", "1", "2,67", "2,67", "−1,67"),
    ]


def test_balances_before_and_after_add_up() -> None:
    for line in part("poeng").lines:
        has, fair, carried, aim, off, before, change, after = line.values
        assert after == pytest.approx(before + change, abs=0.011)
        assert aim == pytest.approx(fair + carried, abs=0.011)
        assert off == pytest.approx(has - aim, abs=0.011)
    closing = {line.doctor: line.closing for line in part("poeng").lines}
    assert closing == {OLA_TOLD: "+1,33", "Kari Ødegård": "+0,33", "Tom": "−1,66"}


def test_the_chart_is_told_in_words() -> None:
    told = part("poeng").told
    assert told == f"Mest over målet: {OLA_TOLD}, 1,33 poeng. Lengst under målet: Tom, 1,67 poeng."
    assert part("poeng").balances_told == (
        "Største saldo, uansett retning, går fra 1 til 1,66 poeng."
    )
    assert part("netter").balances_told == ""


def test_many_at_the_same_place_are_counted() -> None:
    doctors = tuple(doctor(name) for name in ("Ada", "Bo", "Cecilie", "Dag"))
    own = plan(doctors, ledger=(), duties=EVENINGS)
    even = report({d.id: [EVENINGS[n]] for n, d in enumerate(doctors)}, own)
    assert part("poeng", even).told == "Alle har akkurat det de skal."
    uneven = report({"ada": list(EVENINGS)}, own)
    assert "Lengst under målet: Bo, Cecilie og Dag, 1 poeng." in part("poeng", uneven).told
    nobody = report({}, own)
    assert "Lengst under målet: Ada og 3 andre, 1 poeng." in part("poeng", nobody).told


def test_nights_weekends_and_holidays_have_parts_of_their_own() -> None:
    titles = [one.title for one in measure_parts(report())]
    assert titles == ["Belastningspoeng", "Netter", "Helger", "Store høytider"]
    first = {one.slug: one.lines[0] for one in measure_parts(report())}
    assert (first["netter"].result, first["netter"].part) == ("2", "0,67")
    assert (first["helger"].result, first["hoytider"].result) == ("2", "1")


def test_work_of_a_doctor_who_owes_nothing_is_told_beside_the_chart() -> None:
    own = report()
    settled = tuple(
        replace(s, target=None, part=Fraction(0)) if s.doctor == "kari" else s
        for s in own.settlements
    )
    told = part("poeng", replace(own, settlements=settled))
    assert told.outside == "Uten å skylde noen andel: Kari Ødegård 2 poeng."
    assert len(told.lines) == 2


def test_every_measure_has_its_words() -> None:
    assert all(unit(measure).title for measure in Measure)
    assert len({unit(measure).slug for measure in Measure}) == len(Measure)


# --- statement -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "bound", "proven", "sign"),
    [
        (1.5, 1.5, True, "Bevist"),
        (1.5, 1.2, False, "Grense funnet"),
        (1.5, 0.0, False, "Ikke bevist"),
        (1.5, -inf, False, "Ikke bevist"),
    ],
)
def test_the_statement_is_that_of_the_certificate(
    value: float, bound: float, proven: bool, sign: str
) -> None:
    made = worst(value, bound, proven=proven)
    found = statement(report(made=made))
    assert found.sign == sign
    assert (found.sentence, *found.more) == certificate.statement(made.levels)


def test_a_roster_made_by_hand_has_no_proof_and_says_so() -> None:
    found = statement(report())
    assert found.sign == "Uten bevis"
    assert "satt opp for hånd" in found.sentence


def test_facts_name_the_heaviest_and_the_lightest_loaded() -> None:
    facts = {fact.label: fact.value for fact in statement(report()).facts}
    assert facts["leger deler vaktene"] == "3"
    assert facts["poeng i alt"] == "8"
    assert facts[f"tyngst belastet: {OLA_TOLD}"] == "+1,33"
    assert facts["lettest belastet: Tom"] == "−1,67"
    assert facts["fra lettest til tyngst"] == "3 poeng"
    assert facts["er det vanlige avviket (median)"] == "1,33 poeng"


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    two = report(WORK | {"tom": []}, plan(DOCTORS[:2], ledger=()))
    gone = [abs(float(off_aim(own))) for own in two.by_measure[Measure.POINTS]]
    facts = {fact.label: fact.value for fact in statement(two).facts}
    middle = round(sum(gone) / 200, 2)
    assert facts["er det vanlige avviket (median)"] == f"{middle:g} poeng".replace(".", ",")


def test_uncovered_shifts_are_told_and_owed_by_nobody() -> None:
    work = WORK | {"ola": WORK["ola"][1:]}
    more = " ".join(statement(report(work)).more)
    assert "1 vakt er uten lege. Det som ingen har, er ingens byrde" in more
    assert "Legene ligger til sammen 1 poeng under målene sine: noen vakter er uten lege." in more


def test_balances_that_do_not_cancel_out_are_told() -> None:
    own = plan(ledger=(replace(plan().ledger[0], points=50),))
    more = " ".join(statement(report(own=own)).more)
    assert "til sammen 0,5 poeng over målene sine: saldoene fra før er til sammen +0,5." in more
    assert statement(report()).more == ()


# --- calculation ---------------------------------------------------------------------------------


def test_the_pocket_calculation_can_be_followed() -> None:
    own = next(one for one in content(report()).calculations if one.doctor == "Kari Ødegård")
    points = own.measures[0]
    assert points.title == "Belastningspoeng"
    assert points.lines == (
        "Legevakt: vekt 1, del i 21 av 21 dager.",
        "8 poeng × 21 : 63 = 2,67 poeng.",
        "Saldo fra før +1; +1 jevnes ut. Mål 2,67 − 1 = 1,67 poeng.",
        "Har 2 i vaktplanen: +0,33 fra målet.",
        "Ny saldo: 1 + (2 − 2,67) = +0,33.",
    )


def test_what_was_not_covered_is_shared_when_the_period_is_settled() -> None:
    own = content(report(WORK | {"ola": []})).calculations[0].measures[0]
    assert "Når perioden gjøres opp, har alle til sammen 3, mot 8 å dele: 2,67 × 3 / 8 = 1." in (
        own.lines
    )


def test_a_balance_below_zero_is_written_in_brackets() -> None:
    own = plan(ledger=(Account("ola", weekends=-50),))
    ola = content(report(own=own)).calculations[1].measures[2]
    assert "Saldo fra før −0,5; −0,5 jevnes ut. Mål 0,67 + 0,5 = 1,17." in (ola.lines)


def test_a_key_names_the_municipality_whose_part_is_shared() -> None:
    tom = content(report(key=Key.POPULATION)).calculations[2].measures[0]
    assert tom.lines[1].startswith("Dal skal ha 1/3 av 8 poeng = 2,6667, rundet av til 2,67 poeng")


# --- weeks ---------------------------------------------------------------------------------------


def test_a_week_has_points_letters_and_a_shade() -> None:
    (page,) = week_pages(report())
    assert page.title == "Uke 11–13"
    assert [week.holidays for week in page.weeks] == ["", "påske", "påske"]
    ola = next(row for row in page.rows if row.doctor == OLA_TOLD)
    assert [(c.points, c.letters, c.shade) for c in ola.cells] == [
        ("3", "NH", 5),
        ("2", "NHF", 4),
        ("", "", 0),
    ]
    assert ola.total == "5"
    assert page.red_days == (
        "tor. 25.03. Skjærtorsdag",
        "fre. 26.03. Langfredag",
        "man. 29.03. Andre påskedag",
    )


def test_a_year_is_cut_into_pages_of_whole_weeks() -> None:
    own = replace(plan(), first_day=plan().first_day.replace(month=1, day=4))
    own = replace(own, last_day=own.first_day.replace(month=12, day=31))
    pages = week_pages(report(own=own))
    widths = [len(page.weeks) for page in pages]
    assert sum(widths) == len(own.weeks) == 52
    assert max(widths) <= WEEKS_A_PAGE
    assert max(widths) - min(widths) <= 1
    shifts = [cell.value for page in pages for row in page.rows for cell in row.cells]
    assert sum(shifts) == pytest.approx(8)


# --- spacing -------------------------------------------------------------------------------------


def test_gaps_are_days_between_shifts_and_weeks_between_weekends() -> None:
    days, nights, weeks = gap_parts(report())
    found = {line.doctor: (line.shortest, line.middle, line.longest) for line in days.lines}
    assert found == {OLA_TOLD: ("4", "5", "6"), "Kari Ødegård": ("7", "7", "7")}
    assert days.few == 1
    assert [line.counts for line in weeks.lines] == [((1, 1),)]
    assert [part.slug for part in (days, nights, weeks)] == ["vakter", "netter", "helger"]
    assert "Tettest, målt med medianen" in days.told


def test_days_in_a_row_are_one_stretch_and_the_former_roster_is_the_first_distance() -> None:
    row = [duty(f"2027-03-{day} 16:00", "23:00", ONE) for day in (15, 16, 17)]
    later = [duty("2027-03-20 08:00", "15:00", ONE), duty("2027-03-20 16:00", "23:00", ONE)]
    before = [(KARI, duty(f"2027-03-{day} 16:00", "23:00", ONE)) for day in ("01", "10")]
    own = plan((KARI,), duties=(*row, *later), ledger=(), tail=before)
    days = gap_parts(report({"kari": [*row, *later]}, own))[0]
    assert days.lines[0].counts == ((3, 1), (5, 1))


# --- the year ------------------------------------------------------------------------------------


def test_holidays_are_remembered_and_those_of_this_roster_marked() -> None:
    own = year_part(report())
    assert own.lines == ()
    assert own.holiday_columns == ("jul", "påske")
    found = {line.doctor: line.cells for line in own.holidays}
    assert found["Kari Ødegård"] == ("2024", "2025")
    assert found[OLA_TOLD] == ("–", "2027*")
    assert found["Tom"] == ("–", "–")


def test_the_year_so_far_adds_closed_periods_and_this_roster() -> None:
    earlier = Earlier(
        2027,
        {"kari": YearToDate({Measure.POINTS: Fraction(1000)}, {Measure.POINTS: Fraction(900)})},
        {"kari": {GreatHoliday.CHRISTMAS: (2021, 2024)}},
    )
    own = year_part(report(earlier=earlier))
    assert own.year == "2027"
    found = {line.doctor: line.cells[0] for line in own.lines}
    assert found["Kari Ødegård"] == "12 (+0,33)"
    assert found["Tom"] == "1 (−1,66)"
    kari = next(line for line in own.holidays if line.doctor == "Kari Ødegård")
    assert kari.cells == ("2021, 2024", "2025")


# --- wishes --------------------------------------------------------------------------------------


def test_wishes_are_counted_and_refusals_come_first() -> None:
    receipts = (
        Receipt("tom", True, "Tom ønsket fri og har fått det."),
        Receipt("kari", True, "Kari ønsket vakt og har fått det."),
        Receipt("kari", False, "Kari ønsket fri, men har fått vakt.", ("Ola er bortreist.",)),
    )
    own = wish_part(report(receipts=receipts))
    assert own.told == "2 av 3 ønsker er oppfylt."
    assert [(line.doctor, line.granted, line.refused) for line in own.lines] == [
        ("Kari Ødegård", 1, 1),
        ("Tom", 1, 0),
    ]
    assert [one.sign for one in own.lines[0].receipts] == ["Ikke oppfylt", "Oppfylt"]
    assert own.lines[0].receipts[0].reasons == ("Ola er bortreist.",)
    assert wish_part(report()).told == "Ingen har meldt ønsker."


def test_a_wish_that_was_granted_in_part_is_not_called_refused() -> None:
    own = wish_part(report(receipts=(Receipt("tom", False, "Tom ønsket fri.", partly=True),)))
    assert own.told == "0 av 1 ønske er oppfylt, og 1 delvis."
    [line] = own.lines
    assert line.counts == "0 oppfylt, 1 delvis, 0 ikke"
    assert [(one.mark, one.sign) for one in line.receipts] == [("◐", "Delvis oppfylt")]


# --- municipalities ------------------------------------------------------------------------------


def test_without_a_key_a_municipality_has_its_doctors_parts() -> None:
    own = town_part(report(needed_hours={"fjell": 7.5}))
    assert not own.by_key
    fjell, dal = own.lines
    assert fjell.cells == ("2", "5,33", "7", "+1,67", "3,5", "7,5", "0", "0")
    assert dal.cells == ("1", "2,67", "1", "−1,67", "1", "0", "0", "0")


def test_the_municipalitys_own_orders_are_no_key_between_municipalities() -> None:
    orders = (OrderedDemand("fjell", 300, 300, {"kari": Fraction(1), "ola": Fraction(1)}),)
    own = report()
    own = replace(own, shares=fair_shares(own.problem, (), orders=orders))
    assert any(step.municipality for share in own.shares.shares for step in share.steps)
    assert not town_part(own).by_key


def test_a_part_that_no_doctor_can_work_stays_with_its_municipality() -> None:
    towns = (*plan().municipalities, Municipality("vik", "Vik", 2500))
    own = report(own=plan(municipalities=towns), key=Key.POPULATION)
    told = town_part(own)
    assert told.by_key
    vik = told.lines[2]
    assert vik.cells[:4] == ("0", "2", "0", "−2")
    assert vik.values[4] is None
    assert told.orphans[0].startswith("Vik har etter nøkkelen en andel på 2 poeng av legevakt")
    more = " ".join(statement(own).more)
    assert "2 poeng hører til kommuner uten leger som kan ta dem." in more


def test_an_anonymous_report_puts_small_municipalities_together() -> None:
    doctors = (
        *(doctor(name) for name in ("Ada", "Bo", "Cecilie", "Dag")),
        *(doctor(name, municipality="dal") for name in ("Eva", "Finn", "Gro")),
        doctor("Hans", municipality="vik"),
    )
    towns = (*plan().municipalities, Municipality("vik", "Vik", 100))
    own = plan(doctors, municipalities=towns, ledger=())
    work = {"ada": list(DUTIES)}
    assert [one.name for one in town_part(report(work, own)).lines] == ["Fjell", "Dal", "Vik"]
    told = town_part(report(work, own, anonymous=True))
    assert [(one.name, one.cells[0]) for one in told.lines] == [("Fjell", "4"), ("Dal og Vik", "4")]


# --- privacy -------------------------------------------------------------------------------------


def test_pseudonyms_are_the_same_every_time_and_do_not_follow_the_names() -> None:
    doctors = tuple(doctor(f"Lege{number:02}") for number in range(40))
    own = plan(doctors, ledger=())
    found = pseudonyms(own)
    assert found == pseudonyms(own)
    assert len(set(found.values())) == 40
    order = sorted(found, key=lambda who: (len(found[who]), found[who]))
    assert order != sorted(found)
    born = tuple(replace(d, born=d.born.replace(year=1971)) for d in doctors)
    assert pseudonyms(replace(own, doctors=born)) != found


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_an_anonymous_report_has_nothing_personal() -> None:
    receipts = (Receipt("kari", True, "Kari ønsket fri."),)
    own = content(report(receipts=receipts, anonymous=True))
    assert (own.calculations, own.weeks, own.gaps) == ((), (), ())
    assert own.years is None
    assert own.wishes is None
    text = str(asdict(own))
    for person in DOCTORS:
        for word in person.name.split():
            assert word not in text
    assert "Lege A" in text
    assert "dekknavn" in text


def _told(own: FairnessReport) -> dict[str, Any]:
    """The report without the checksums of the plan."""
    found = asdict(content(own))
    return {key: value for key, value in found.items() if key not in ("foot", "made")}


def test_no_ground_of_an_exemption_and_no_kind_of_absence_can_be_read() -> None:
    time = span("2027-03-18 00:00", "2027-03-19 00:00")
    told = [
        _told(
            report(
                own=plan(
                    absences=(Absence("tom", time, kind),),
                    exemptions=(
                        Exemption("e", "tom", ground, ExemptionStatus.APPLIED, reference="27/9"),
                    ),
                )
            )
        )
        for kind, ground in (
            (AbsenceKind.SICK, ExemptionKind.PREGNANCY),
            (AbsenceKind.COURSE, ExemptionKind.DECISION),
        )
    ]
    assert told[0] == told[1]
    assert "27/9" not in str(told[0])


def test_an_empty_period_has_a_report() -> None:
    own = content(report({}, plan(duties=())))
    assert own.measures == ()
    assert own.statement.facts == ()
    assert own.gaps == ()


def test_the_heaviest_week_has_the_darkest_shade_whatever_its_points() -> None:
    points = [number / 100 for number in range(1, 30_000)]
    assert {_shade(most, most) for most in points} == {SHADES}
    assert (_shade(0, 1), _shade(0.01, 300), _shade(60, 300), _shade(60.01, 300)) == (0, 1, 1, 2)
