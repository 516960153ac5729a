"""What a plan means: the problem that is made of it, and remarks."""

from datetime import date
from fractions import Fraction

import pytest

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Assignment, Pin
from tests.reading.plans import (
    Change,
    Document,
    exemption,
    reading,
    small,
    the_fault,
    with_patterns,
)
from tests.support import span


def remarks(document: Document) -> list[str]:
    return [remark.text for remark in reading(document).remarks]


def test_the_small_plan_has_nothing_to_remark() -> None:
    assert remarks(small()) == []


def test_the_parts_reach_the_problem() -> None:
    problem = reading(small()).problem
    kari, ase = problem.doctors
    assert kari.practice_share == Fraction(4, 5)
    assert [(h.weekday, h.end.hour) for h in kari.opening_hours] == [
        (0, 15),
        (1, 15),
        (2, 15),
        (3, 15),
        (4, 14),
    ]
    assert kari.competence.specialist_from == date(2016, 3, 1)
    assert kari.limits.not_weekdays == {2}
    assert ase.reach is None
    assert problem.agreements[0].minutes_per_week == 180
    assert problem.absences[1].interval == span("2027-03-03 12:00", "16:30")
    assert problem.absences[0].interval == span("2027-03-08 00:00", "2027-03-13 00:00")
    assert problem.wishes[0].interval == span("2027-04-10 00:00", "2027-04-11 00:00")
    assert problem.pins == (Pin("åse", "natt/2027-03-02"),)
    assert problem.published == (Assignment("natt/2027-03-02", "åse"),)
    assert problem.ledger[0].points == 225
    assert problem.ledger[0].holidays == {GreatHoliday.CHRISTMAS: 2025}
    assert problem.type_by_id["natt"].burden == 1500
    assert problem.tail_of["kari"][0].interval == span("2027-02-27 22:30", "2027-02-28 08:00")


def test_the_order_of_the_file_does_not_change_the_problem() -> None:
    def turned(d: Document) -> None:
        for name, value in d.items():
            if isinstance(value, list):
                d[name] = value[::-1]

    assert reading(small(turned)).problem.content_hash == reading(small()).problem.content_hash


def test_a_place_has_the_district_of_its_municipality() -> None:
    def change(d: Document) -> None:
        d["districts"] = [{"id": "nord", "name": "Nord"}]
        d["municipalities"][0]["district"] = "nord"

    assert reading(small(change)).problem.places[0].district == "nord"


REMARKS: list[tuple[Change, str]] = [
    (
        lambda d: d.pop("tail"),
        "Vaktene de siste 14 dagene før perioden er ikke ført opp. Hvile og belastning inn i "
        "perioden kan derfor ikke kontrolleres.",
    ),
    (
        lambda d: d["tail"].pop(0),
        "Forrige plan er ført opp fra 27.02.2027, men bør gå tilbake til 15.02.2027 (14 dager).",
    ),
    (
        lambda d: d["wishes"][0].update(start="2028-04-10"),
        "Ønsket gjelder ingen vakt eller økt i perioden.",
    ),
    (
        lambda d: d["absences"][0].update(start="2027-06-08", end="2027-06-12"),
        "Fraværet ligger utenfor perioden.",
    ),
    (
        lambda d: d["doctors"][1].update(agreement_until="2027-02-28"),
        "Avtalen til Åse Øyen gjelder ikke i perioden.",
    ),
    (
        lambda d: d["doctors"][1].update(extension_until="2044-01-01"),
        "Forlengelsen for Åse Øyen slutter før fylte 70 år og har ingen virkning.",
    ),
    (
        lambda d: d["doctors"][1].update(name="Kari Nordmann"),
        "Flere leger heter Kari Nordmann. Skill dem fra hverandre i vaktplanen.",
    ),
    (
        lambda d: d["patterns"][1].update(backs_up=[]),
        "Det er ikke oppgitt hvem «Bakvakt» er bakvakt for.",
    ),
    (lambda d: d.pop("sessions"), "«Sykehjemmet» har ingen økter."),
    (
        lambda d: d["sessions"][0].update(every_weeks=2),
        "Ukene telles fra periodens første uke, fordi ingen uke er oppgitt.",
    ),
    (lambda d: d["meetings"][0].update(date="2028-01-01"), "Møtet ligger utenfor perioden."),
    (
        lambda d: d.update(judged_on="2027-05-01"),
        "Dagen planen vurderes, ligger etter at perioden er slutt.",
    ),
    (
        lambda d: d.update(districts=[{"id": "n", "name": "Nord"}]),
        "Fjell er ikke knyttet til noe legevaktdistrikt.",
    ),
]


@pytest.mark.parametrize(("change", "text"), REMARKS, ids=range(len(REMARKS)))
def test_remark(change: Change, text: str) -> None:
    assert text in remarks(small(change))


def test_an_application_needs_no_dates_yet() -> None:
    reading(small(lambda d: d.update(exemptions=[exemption("decision", "applied")])))


def test_a_doctor_of_exactly_twenty_and_of_almost_a_hundred() -> None:
    reading(small(lambda d: d["doctors"][1].update(born="2006-03-01", competence={})))
    reading(small(lambda d: d["doctors"][1].update(born="1927-05-01")))


def test_a_tail_of_municipal_work_and_of_kinds_without_clocks() -> None:
    past = {"doctor": "åse", "pattern": "sykehjem", "date": "2027-02-16"}
    document = small(lambda d: d["tail"].append(past))
    assert reading(document).problem.tail_of["åse"][1].interval == span("2027-02-16 12:00", "15:00")
    document.pop("sessions")
    fault = the_fault(document)
    assert (fault.place, fault.remedy) == ("tail[2].start", "Fyll ut klokkeslettene.")


def test_a_pin_of_a_session_needs_its_clock_only_where_there_are_two() -> None:
    pin = {"doctor": "kari", "pattern": "sykehjem", "date": "2027-03-02"}
    document = small(lambda d: d.update(pins=[pin]))
    assert reading(document).problem.pins[0].duty == "sykehjem/2027-03-02/12:00"
    document["sessions"].append(document["sessions"][0] | {"start": "08:00", "end": "11:00"})
    fault = the_fault(document)
    assert fault.problem == "«Sykehjemmet» har flere økter 02.03.2027."
    assert fault.remedy == "Oppgi når den begynner: «08:00» og «12:00»."
    document["pins"][0]["start"] = "08:00"
    assert reading(document).problem.pins[0].duty == "sykehjem/2027-03-02/08:00"


def test_a_fixed_parameter_may_be_repeated_with_its_own_value() -> None:
    reading(small(lambda d: d["settings"]["rest_between_work"].update(right_age=60)))


def test_settings_are_not_judged_without_a_catalogue() -> None:
    from scheduler.reading.meaning import to_problem
    from scheduler.reading.shape import parse_plan

    document = small(lambda d: d["settings"].update(unknown={"x": 1}))
    assert to_problem(parse_plan(document)).problem.settings["unknown"] == {"x": 1}


def test_a_plan_of_patterns_alone_is_enough() -> None:
    assert len(reading(with_patterns({})).problem.duties) == 61
