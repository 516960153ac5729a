"""Every kind of change does exactly what it says to the plan, and nothing else."""

from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from api import library
from scheduler.domain.doctor import ExemptionKind
from scheduler.fairness.keys import Key
from scheduler.reading.parts.people import Doctor
from scheduler.reading.plan import Plan
from tests.whatif.plans import Document, done, plan_of, refused


def _ids(items: Any) -> set[str]:
    return {item.id for item in items}


def _untouched(before: Plan, after: Plan, *changed: str) -> None:
    """All other parts of the plan are what they were."""
    for name in set(Plan.model_fields) - set(changed):
        assert getattr(before, name) == getattr(after, name), name


def test_a_doctor_leaves_with_all_that_was_said_of_them() -> None:
    plan = plan_of()
    found = done(plan, change="doctor_leaves", doctor="gro")
    assert _ids(found.doctors) == {"kari", "ola", "siv"}
    for name in ("absences", "wishes", "agreements", "ledger"):
        assert getattr(found, name) == ()
    assert not [own for own in found.tail if own.doctor == "gro"]
    _untouched(plan, found, "doctors", "absences", "wishes", "agreements", "ledger", "tail")


def test_a_doctor_who_leaves_later_stays_until_then() -> None:
    plan = plan_of()
    found = done(plan, change="doctor_leaves", doctor="ola", last_day="2027-03-07")
    own = next(doctor for doctor in found.doctors if doctor.id == "ola")
    assert own.agreement_until == date(2027, 3, 7)
    _untouched(plan, found, "doctors")
    assert (
        "ikke i perioden"
        in refused(plan, change="doctor_leaves", doctor="ola", last_day="2027-03-14").problem
    )


def test_unknown_doctor_suggests_a_near_name() -> None:
    told = refused(plan_of(), change="doctor_leaves", doctor="karri")
    assert told.field == "doctor"
    assert "Mente du «kari»?" in told.remedy
    by_name = refused(plan_of(), change="doctor_leaves", doctor="Siv-Asen")
    assert "«siv»" in by_name.remedy


def test_new_doctors_are_like_the_usual_ones_of_the_municipality() -> None:
    plan = plan_of()
    found = done(plan, change="doctors_join", municipality="dal", number=2)
    more = [own for own in found.doctors if own.id not in _ids(plan.doctors)]
    assert [own.name for own in more] == ["Ny lege 1 (Dal)", "Ny lege 2 (Dal)"]
    for own in more:
        assert own.reach == ("dal-lv", "dal-hjem")
        assert own.opening_hours == plan.doctors[0].opening_hours
        assert own.competence.specialist_from
        assert plan.judged_on.year - own.born.year == 40
    again = done(found, change="doctors_join", municipality="dal")
    assert again.doctors[-1].name == "Ny lege 3 (Dal)"
    _untouched(plan, found, "doctors")
    library.understand(again)


def test_a_supervised_doctor_is_no_specialist() -> None:
    found = done(
        plan_of(),
        change="doctors_join",
        municipality="fjell",
        competence="supervised",
        employment="lis1",
        practice_share="50 %",
    )
    own: Doctor = found.doctors[-1]
    assert own.competence.specialist_from is None
    assert own.practice_share == Fraction(1, 2)
    assert own.employment == "lis1"


def test_some_doctors_less_go_from_the_end_of_the_list() -> None:
    plan = plan_of()
    found = done(plan, change="doctors_leave", municipality="fjell", number=2)
    assert _ids(found.doctors) == {"kari", "gro"}
    assert (
        "bare 3 leger"
        in refused(plan, change="doctors_leave", municipality="fjell", number=4).problem
    )
    alone = done(
        done(plan, change="doctors_leave", municipality="dal"),
        change="doctors_leave",
        municipality="fjell",
        number=2,
    )
    assert (
        "ingen leger igjen"
        in refused(alone, change="doctors_leave", municipality="fjell", number=1).problem
    )


def test_all_who_are_old_enough_claim_once() -> None:
    plan = plan_of()
    found = done(plan, change="all_claim_exemption")
    (own,) = found.exemptions
    assert (own.doctor, own.kind, own.claimed_from) == (
        "gro",
        ExemptionKind.AGE,
        plan.first_day,
    )
    _untouched(plan, found, "exemptions")
    assert done(found, change="all_claim_exemption") == found


@pytest.mark.parametrize(
    ("born", "claims"), [("1967-03-14", True), ("1967-03-15", False), ("1930-01-01", True)]
)
def test_old_enough_is_who_turns_sixty_in_the_period(born: str, claims: bool) -> None:
    plan = plan_of(lambda d: d["doctors"][0].update(born=born))
    found = done(plan, change="all_claim_exemption")
    assert ("kari" in {own.doctor for own in found.exemptions}) is claims


def test_a_hired_doctor_has_no_right_to_claim() -> None:
    plan = plan_of(lambda d: d["doctors"][3].update(employment="hired"))
    assert done(plan, change="all_claim_exemption") == plan


def test_a_municipality_leaves_with_doctors_duties_and_places() -> None:
    plan = plan_of()
    told = refused(plan, change="municipality_leaves", municipality="dal")
    assert "«dal-natt» har sted" in told.problem
    bare = done(plan, change="pattern_removed", pattern="dal-natt")
    found = done(bare, change="municipality_leaves", municipality="dal")
    assert _ids(found.municipalities) == {"fjell"}
    assert _ids(found.places) == {"lv"}
    assert _ids(found.doctors) == {"kari", "ola", "siv"}
    for name in ("municipal_duties", "sessions", "agreements"):
        assert getattr(found, name) == ()
    library.understand(found)


def test_duties_of_a_municipality_that_leaves_can_move() -> None:
    plan = plan_of(lambda d: d["doctors"][0].update(reach=["dal-lv"]))
    found = done(plan, change="municipality_leaves", municipality="dal", duty_moves_to="lv")
    assert {own.place for own in found.patterns} == {"lv"}
    kari = next(own for own in found.doctors if own.id == "kari")
    assert kari.reach
    assert "lv" in kari.reach
    library.understand(found)
    assert (
        "i kommunen som går ut"
        in refused(
            plan, change="municipality_leaves", municipality="dal", duty_moves_to="dal-hjem"
        ).problem
    )


def test_the_only_municipality_cannot_leave() -> None:
    alone = done(plan_of(), change="municipality_leaves", municipality="dal", duty_moves_to="lv")
    assert (
        "eneste kommunen"
        in refused(alone, change="municipality_leaves", municipality="fjell").problem
    )


def test_a_municipality_joins_from_another_plan(tmp_path: Path) -> None:
    plan = plan_of()
    base = done(plan, change="municipality_leaves", municipality="dal", duty_moves_to="lv")
    from scheduler.reading.write import write_plan

    write_plan(plan, tmp_path / "dal.yaml")
    found = done(
        base,
        change="municipality_joins",
        plan=str(tmp_path / "dal.yaml"),
        municipality="dal",
        reach=["lv"],
    )
    gro = found.doctors[-1]
    assert gro.id == "gro"
    assert gro.reach == ("lv", "dal-hjem", "dal-lv")
    assert _ids(found.municipal_duties) == {"tilsyn"}
    assert [own.doctor for own in found.agreements] == ["gro"]
    assert [own.doctor for own in found.absences] == ["gro"]
    assert found.ledger[-1].points == 5
    assert _ids(found.patterns) == _ids(base.patterns)  # its own shifts are not brought
    library.understand(found)
    without = done(
        base,
        change="municipality_joins",
        plan=str(tmp_path / "dal.yaml"),
        municipality="dal",
        municipal_duties=False,
    )
    assert without.municipal_duties == ()
    assert without.agreements == ()
    assert (
        "allerede brukt"
        in refused(
            plan, change="municipality_joins", plan=str(tmp_path / "dal.yaml"), municipality="dal"
        ).problem
    )


def test_a_municipality_joins_as_written_in_the_change() -> None:
    plan = plan_of()
    doctor: Document = {
        "id": "nils",
        "name": "Nils Vik",
        "municipality": "vik",
        "employment": "employed",
        "born": "1980-01-01",
    }
    town = {"id": "vik", "name": "Vik", "inhabitants": 500}
    found = done(plan, change="municipality_joins", municipality=town, doctors=[doctor])
    assert found.municipalities[-1].name == "Vik"
    assert found.doctors[-1].id == "nils"
    _untouched(plan, found, "municipalities", "doctors", "places")
    wrong = {**doctor, "municipality": "dal"}
    assert (
        "annen kommune"
        in refused(plan, change="municipality_joins", municipality=town, doctors=[wrong]).problem
    )
    assert "mangler" in refused(plan, change="municipality_joins", municipality="vik").problem


def test_a_common_night_takes_a_shift_inside_it_away() -> None:
    def night(document: Document) -> None:
        document["patterns"].append(
            {**document["patterns"][2], "id": "natt", "place": "lv", "start": "20:00"}
        )

    plan = plan_of(night)
    found = done(plan, change="common_night", keep="natt", others=["dal-natt"], name="Felles")
    assert _ids(found.patterns) == {"kveld", "helg", "natt"}
    gro = next(own for own in found.doctors if own.id == "gro")
    assert gro.reach == ("dal-lv", "dal-hjem", "lv")
    assert found.wishes[0].patterns == ("natt",)
    own = next(own for own in found.tail if own.doctor == "gro")
    assert (own.pattern, own.start, own.end) == ("natt", time(20), time(8))
    assert next(own for own in found.patterns if own.id == "natt").name == "Felles"
    library.understand(found)


def test_a_common_night_shortens_a_shift_that_begins_before_it() -> None:
    def night(document: Document) -> None:
        document["patterns"].append(
            {**document["patterns"][2], "id": "natt", "place": "lv", "start": "23:00"}
        )

    plan = plan_of(night)
    found = done(
        plan, change="common_night", keep="natt", others=["dal-natt", "helg"], reach_all=False
    )
    by_id = {own.id: own for own in found.patterns}
    assert (by_id["dal-natt"].start, by_id["dal-natt"].end) == (time(20), time(23))
    assert by_id["dal-natt"].burden == 3  # 12 points for twelve hours: three are left
    assert (by_id["helg"].start, by_id["helg"].end) == (time(8), time(23))
    assert set(found.wishes[0].patterns) == {"dal-natt", "natt"}
    assert found.doctors == plan.doctors
    past = [own for own in found.tail if own.pattern == "helg"]
    assert past
    assert all((own.start, own.end) == (time(8), time(8)) for own in past)
    library.understand(found)


def test_a_common_night_refuses_what_it_cannot_cut() -> None:
    def more(document: Document) -> None:
        base = document["patterns"][2]
        document["patterns"] += [
            {**base, "id": "natt", "place": "lv", "start": "23:00", "weekdays": ["mon"]},
            {**base, "id": "hele", "start": "16:00", "end": "15:00"},
            {**base, "id": "dag", "start": "09:00", "end": "15:00"},
            {**base, "id": "sein", "place": "lv", "start": "23:00"},
        ]

    plan = plan_of(more)
    assert (
        "ikke går" in refused(plan, change="common_night", keep="natt", others=["dal-natt"]).problem
    )
    assert "delt i to" in refused(plan, change="common_night", keep="sein", others=["hele"]).problem
    assert (
        "ingen timer felles"
        in refused(plan, change="common_night", keep="sein", others=["dag"]).problem
    )
    assert "seg selv" in refused(plan, change="common_night", keep="sein", others=["sein"]).problem


def test_another_key_with_agreed_shares() -> None:
    plan = plan_of()
    found = done(plan, change="key", key="custom", shares={"fjell": "60 %", "dal": 0.4})
    assert found.settings["fair_share"]["key"] == Key.CUSTOM
    assert [own.key for own in found.municipalities] == [Fraction(3, 5), Fraction(2, 5)]
    _untouched(plan, found, "settings", "municipalities")
    assert "trenger andelene" in refused(plan, change="key", key="custom").problem
    assert "avtalt" in refused(plan, change="key", key="posts", shares={"dal": 1}).problem
    assert refused(plan, change="key", key="custom", shares={"dahl": 1}).remedy.startswith(
        "Mente du «dal»?"
    )


def test_other_points_replace_what_is_given_and_leave_the_rest() -> None:
    plan = plan_of(lambda d: d.update(points=[{"hours": "night", "home": 1, "on_site": 3}]))
    found = done(
        plan,
        change="points",
        points=[{"hours": "night", "home": 2}, {"hours": "day", "pattern": "helg", "home": 1}],
    )
    night, day = found.points
    assert night.home == 2
    assert night.on_site == 3
    assert day.pattern == "helg"
    _untouched(plan, found, "points")
    assert (
        "Mente du «helg»?"
        in refused(
            plan, change="points", points=[{"hours": "day", "pattern": "hellg", "home": 1}]
        ).remedy
    )


def test_another_pattern_changes_what_is_given_and_past_duties_keep_their_hours() -> None:
    plan = plan_of()
    found = done(plan, change="pattern", pattern="kveld", end="07:00", needed=2, presence="on_site")
    own = found.patterns[0]
    assert (own.end, own.needed, own.presence) == (time(7), 2, "on_site")
    assert (own.start, own.place, own.weekdays) == (
        plan.patterns[0].start,
        "lv",
        plan.patterns[0].weekdays,
    )
    assert all(past.end == time(8) for past in found.tail if past.pattern == "kveld")
    _untouched(plan, found, "patterns", "tail")
    assert "sier ikke hva" in refused(plan, change="pattern", pattern="kveld").problem
    assert "Mente du «kveld»?" in refused(plan, change="pattern", pattern="kvelld", needed=2).remedy


def test_a_pattern_more_and_a_pattern_less() -> None:
    plan = plan_of()
    new = plan.to_document()["patterns"][0] | {"id": "dagvakt", "backs_up": ["dal-natt"]}
    more = done(plan, change="pattern_added", pattern=new)
    assert more.patterns[-1].id == "dagvakt"
    _untouched(plan, more, "patterns")
    less = done(more, change="pattern_removed", pattern="dal-natt")
    assert _ids(less.patterns) == {"kveld", "helg", "dagvakt"}
    assert less.patterns[-1].backs_up == ()
    assert less.wishes == ()  # it was about that pattern alone, and would else be about all
    assert not [own for own in less.tail if own.pattern == "dal-natt"]
    assert (
        "allerede brukt"
        in refused(plan, change="pattern_added", pattern=new | {"id": "helg"}).problem
    )


def test_another_year_keeps_weekdays_and_moves_all_that_has_a_day() -> None:
    plan = plan_of(lambda d: d["sessions"][0].update(every_weeks=2, from_week="2027-W09"))
    found = done(plan, change="other_year", year=2028)
    shift = timedelta(weeks=52)
    assert found.first_day == plan.first_day + shift
    assert found.last_day == plan.last_day + shift
    assert found.judged_on == plan.judged_on + shift
    assert [own.date for own in found.tail] == [own.date + shift for own in plan.tail]
    assert found.absences[0].start == plan.absences[0].start + shift
    assert found.sessions[0].from_week == "2028-W09"
    assert found.doctors[0].born == plan.doctors[0].born
    assert found.doctors[0].competence == plan.doctors[0].competence
    assert found.ledger[0].holidays.easter == 2027
    assert found.first_day.weekday() == plan.first_day.weekday()
    library.understand(found)
    assert done(found, change="other_year", year=2027) == plan
    assert "allerede i dette året" in refused(plan, change="other_year", year=2027).problem
    assert "år unna" in refused(plan, change="other_year", year=2190).problem


def test_another_year_leaves_decisions_about_single_duties_behind() -> None:
    pinned = {"doctor": "kari", "pattern": "helg", "date": "2027-03-06"}
    plan = plan_of(lambda d: d.update(pins=[pinned], published=[pinned]))
    found = done(plan, change="other_year", year=2029)
    assert found.pins == ()
    assert found.published == ()
    library.understand(found)


def test_another_setting_of_a_table_keeps_its_other_keys() -> None:
    plan = plan_of(
        lambda d: d.update(settings={"rota_size": {"min_doctors_in_rota": {"1": 3, "3": 8}}})
    )
    found = done(
        plan, change="setting", rule="rota_size", parameter="min_doctors_in_rota", value={"1": 2}
    )
    assert found.settings["rota_size"]["min_doctors_in_rota"] == {"1": 2, "3": 8}
    one = done(plan, change="setting", rule="target_rest", parameter="target_rest", value=12)
    assert one.settings["target_rest"] == {"target_rest": 12}
    assert one.settings["rota_size"] == plan.settings["rota_size"]
    _untouched(plan, one, "settings")


@pytest.mark.parametrize(
    ("what", "name"), [("balances", "ledger"), ("wishes", "wishes"), ("pins", "pins")]
)
def test_what_is_left_out_is_gone(what: str, name: str) -> None:
    plan = plan_of(
        lambda d: d.update(pins=[{"doctor": "gro", "pattern": "dal-natt", "date": "2027-03-01"}])
    )
    found = done(plan, change="dropped", what=[what])
    assert getattr(plan, name)
    assert getattr(found, name) == ()
    _untouched(plan, found, name)


def test_a_place_that_others_use_outlives_its_municipality() -> None:
    def shared(document: Document) -> None:
        document["doctors"][0]["reach"] = ["lv", "dal-hjem"]

    plan = done(plan_of(shared), change="pattern_removed", pattern="dal-natt")
    found = done(plan, change="municipality_leaves", municipality="dal")
    kept = next(own for own in found.places if own.id == "dal-hjem")
    assert kept.municipality is None
    library.understand(found)
