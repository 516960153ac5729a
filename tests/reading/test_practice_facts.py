"""Offices that are places, early closing on eves, and agreements on daytime duty."""

from datetime import date

from constraints.facts.practice import openings
from tests.reading.plans import Document, faults, reading, small
from tests.support import span


def with_doctor(**changes: object) -> Document:
    plan = small()
    plan["doctors"][0] |= changes
    return plan


def test_an_office_named_as_a_place_is_that_place() -> None:
    kari = reading(with_doctor(office="LEGEVAKTA")).problem.doctor_by_id["kari"]
    assert kari.office == "lv"
    other = reading(with_doctor(office="Fjell legesenter")).problem.doctor_by_id["kari"]
    assert other.office == "Fjell legesenter"


def test_an_eve_that_is_a_working_day_has_its_own_closing_time() -> None:
    kari = reading(with_doctor(eve_closing="12:00")).problem.doctor_by_id["kari"]
    before, eve = date(2027, 3, 23), date(2027, 3, 24)  # the Wednesday before Maundy Thursday
    assert openings(kari, before) == (span("2027-03-23 08:00", "15:30"),)
    assert openings(kari, eve) == (span("2027-03-24 08:00", "12:00"),)
    assert openings(kari, date(2027, 3, 27)) == ()  # Easter Eve is a Saturday


def test_without_an_agreed_closing_time_an_eve_is_as_other_days() -> None:
    kari = reading(small()).problem.doctor_by_id["kari"]
    assert openings(kari, date(2027, 3, 24)) == (span("2027-03-24 08:00", "15:30"),)


def test_a_practice_that_opens_after_the_eve_has_closed_is_closed() -> None:
    kari = reading(with_doctor(eve_closing="08:00")).problem.doctor_by_id["kari"]
    assert openings(kari, date(2027, 3, 24)) == ()


def test_an_agreement_may_name_daytime_duty_but_not_out_of_hours_duty() -> None:
    plan = small()
    plan["patterns"].append(
        plan["patterns"][0] | {"id": "dagvakt", "name": "Daglegevakt", "letter": "b"}
    )
    plan["agreements"] = [{"doctor": "åse", "duty": "dagvakt", "hours_per_week": 8}]
    assert reading(plan).problem.agreements[0].duty == "dagvakt"
    plan["agreements"][0]["duty"] = plan["patterns"][0]["id"]
    [fault] = faults(plan)
    assert fault.problem == "Avtalen gjelder en vakt utenom kontortid."
