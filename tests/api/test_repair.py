"""What happens to a roster when something happens: each kind of event, and what must stand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from api import library
from api import repair as repairs
from api.repair import Repaired, taken
from scheduler.changes.move import Move
from scheduler.domain.doctor import AbsenceKind, ExemptionKind
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from scheduler.reading.faults import PlanError
from scheduler.reading.shape import parse_plan
from scheduler.repairing.asking import Limits
from scheduler.repairing.events import Added, Away, Claims, Dropped, Event, Moved, Resigns
from scheduler.repairing.options import Proof
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle
from tests.api.plans import Document, tiny
from tests.support import utc

WHO = ("kari", "ola", "siv", "per")
MONDAY = utc("2027-03-08 12:00")


def plan(change: Callable[[Document], object] | None = None) -> library.LoadedPlan:
    """Four doctors, two weeks of home duty."""
    document = tiny(change)
    document["doctors"].append(document["doctors"][0] | {"id": "per", "name": "Per Lie"})
    return library.understand(parse_plan(document))


def by_turns(loaded: library.LoadedPlan, **instead: str) -> Roster:
    """Everybody in turn, whole blocks at a time; `kveld_10="siv"` puts somebody else there."""
    given = []
    for turn, duties in enumerate(loaded.problem.units.values()):
        for duty in duties:
            key = f"{duty.type.id}_{duty.day.day:02}"
            given.append(Assignment(duty.id, instead.get(key, WHO[turn % len(WHO)])))
    return Roster.of(loaded.problem, given)


def repair(
    loaded: library.LoadedPlan,
    roster: Roster,
    *events: Event,
    moment: datetime = MONDAY,
    frozen_hours: float = 0,
    **more: Any,
) -> Repaired:
    limits = Limits(**({"seconds": 30, "people": 1} | more))
    return library.repair(
        loaded, roster, events, moment=moment, frozen_hours=frozen_hours, limits=limits
    )


def held(roster: Roster, doctor: str) -> set[str]:
    return {own.duty for own in roster.assignments if own.doctor == doctor}


def weekends_in_blocks(document: Document) -> None:
    document["patterns"][1]["block"] = ["weekend"]


def test_a_sick_doctor_keeps_the_past_and_loses_the_rest() -> None:
    loaded = plan()
    roster = by_turns(loaded)
    found = repair(loaded, roster, Away("kari", MONDAY), people=3)
    option = found.found.options[0]
    after = found.roster_of(option)
    was, now = held(roster, "kari"), held(after, "kari")
    assert now == {own for own in was if loaded.problem.duty_by_id[own].start < MONDAY}
    assert option.full
    report = library.check(found.loaded, after)
    assert report.complete
    assert {case.doctor for case in report.breaches} <= {
        case.doctor for case in library.check(loaded, roster).breaches
    }


def test_a_duty_that_has_begun_stands_and_is_told() -> None:
    loaded = plan()
    roster = by_turns(loaded, kveld_08="kari")
    begun = utc("2027-03-08 20:00")
    found = repair(loaded, roster, Away("kari", begun), moment=begun)
    assert "kveld/2027-03-08" in held(found.roster(1), "kari")
    [remark] = found.remarks
    assert "er i gang og står på Kari Nordmann" in remark
    [absence] = found.loaded.problem.absences
    assert absence.interval.start == utc("2027-03-09 08:00")


def test_a_leave_takes_what_lies_in_it() -> None:
    loaded = plan()
    leave = Away("ola", utc("2027-03-09 00:00"), utc("2027-03-11 00:00"), AbsenceKind.COURSE)
    found = repair(loaded, by_turns(loaded, kveld_09="ola", kveld_10="siv"), leave)
    assert {unit for _, unit in found.found.situation.lost} == {"kveld/2027-03-09"}


def test_a_resignation_ends_the_agreement_the_day_before() -> None:
    loaded = plan()
    found = repair(loaded, by_turns(loaded), Resigns("siv", date(2027, 3, 11)), people=3)
    assert found.loaded.problem.doctor_by_id["siv"].agreement.last == date(2027, 3, 10)
    left = held(found.roster(1), "siv")
    assert all(own < "kveld/2027-03-10" or own.startswith("helg/2027-03-0") for own in left)


def test_case_e4_a_claim_after_publication_moves_later_duties_only() -> None:
    """Aged 63, claims from a day: duties from then on are replanned, earlier ones stay."""

    def old(document: Document) -> None:
        document["doctors"][0]["born"] = "1963-05-01"

    loaded = plan(old)
    roster = by_turns(loaded)
    claim = Claims("kari", ExemptionKind.AGE, date(2027, 3, 8))
    found = repair(loaded, roster, claim, people=3)
    lost = {unit for _, unit in found.found.situation.lost}
    assert lost == {
        own for own in held(roster, "kari") if loaded.problem.duty_by_id[own].start >= MONDAY
    }
    option = found.found.options[0]
    assert option.full
    assert option.changes == len(lost)


@pytest.mark.parametrize("event", ["claim", "resignation"])
def test_a_duty_that_runs_into_it_stands_in_no_repairs_way(event: str) -> None:
    """What has begun cannot be mended, and so is held against no proposal."""

    def old(document: Document) -> None:
        document["doctors"][0]["born"] = "1963-05-01"

    loaded = plan(old)
    roster = by_turns(loaded, kveld_09="kari", kveld_11="kari")
    day = date(2027, 3, 10)
    claim, goes = Claims("kari", ExemptionKind.AGE, day), Resigns("kari", day)
    happened = goes if event == "resignation" else claim
    found = repair(loaded, roster, happened, moment=utc("2027-03-10 00:00"), people=3)
    option = found.found.options[0]
    assert option.full
    assert "kveld/2027-03-09" in held(found.roster_of(option), "kari")
    assert "kveld/2027-03-11" not in held(found.roster_of(option), "kari")


def test_a_claim_that_closes_nothing_is_told_and_moves_nothing() -> None:
    loaded = plan()
    claim = Claims("kari", ExemptionKind.AGE, date(2027, 3, 8))  # of a doctor of 46
    found = repair(loaded, by_turns(loaded), claim)
    assert found.found.nothing_open
    [remark] = found.remarks
    assert remark.startswith("Det som er ført på Kari Nordmann, gjør at ingen vakter faller bort.")


def test_a_dropped_duty_takes_its_pin_along() -> None:
    def pinned(document: Document) -> None:
        document["pins"] = [{"doctor": "siv", "pattern": "kveld", "date": "2027-03-10"}]

    loaded = plan(pinned)
    found = repair(loaded, by_turns(loaded, kveld_10="siv"), Dropped("kveld/2027-03-10"))
    assert found.found.nothing_open
    assert "kveld/2027-03-10" not in found.loaded.problem.duty_by_id
    assert found.loaded.problem.pins == ()


def test_pins_of_others_stand_and_those_of_the_sick_fall() -> None:
    def pinned(document: Document) -> None:
        document["pins"] = [
            {"doctor": "siv", "pattern": "kveld", "date": "2027-03-12"},
            {"doctor": "kari", "pattern": "kveld", "date": "2027-03-10"},
        ]

    loaded = plan(pinned)
    roster = by_turns(loaded, kveld_12="siv", kveld_10="kari")
    found = repair(loaded, roster, Away("kari", MONDAY, utc("2027-03-12 00:00")), people=3)
    [pin] = found.loaded.problem.pins
    assert (pin.doctor, pin.duty) == ("siv", "kveld/2027-03-12")
    for number in range(1, len(found.found.options) + 1):
        assert "kveld/2027-03-12" in held(found.roster(number), "siv")


def test_a_block_that_has_begun_is_cut() -> None:
    loaded = plan(weekends_in_blocks)
    roster = by_turns(loaded)
    [doctor] = [own.doctor for own in roster.assignments if own.duty == "helg/2027-03-13"]
    sunday = utc("2027-03-14 06:00")
    found = repair(loaded, roster, Away(doctor, sunday), moment=sunday)
    after = found.roster(1)
    assert "helg/2027-03-13" in held(after, doctor)
    assert "helg/2027-03-14" not in held(after, doctor)
    assert library.check(found.loaded, after).complete
    assert not [case for case in library.check(found.loaded, after).breaches if case.duties]


def test_a_block_that_has_not_begun_goes_as_a_whole() -> None:
    loaded = plan(weekends_in_blocks)
    roster = by_turns(loaded)
    [doctor] = [own.doctor for own in roster.assignments if own.duty == "helg/2027-03-13"]
    away = Away(doctor, utc("2027-03-14 00:00"))
    found = repair(loaded, roster, away)
    weekend = {"helg/2027-03-13", "helg/2027-03-14"}
    assert not weekend & held(found.roster(1), doctor)
    assert weekend <= held(found.roster(1), found.found.options[0].people[0].doctor)


def test_a_duty_that_is_moved_stays_with_its_doctor() -> None:
    loaded = plan()
    roster = by_turns(loaded)
    found = repair(loaded, roster, Moved("kveld/2027-03-10", start=time(17)))
    assert found.found.nothing_open
    assert found.loaded.problem.duty_by_id["kveld/2027-03-10"].start == utc("2027-03-10 17:00")


def test_a_duty_that_is_moved_into_the_doctors_other_work_loses_its_doctor() -> None:
    loaded = plan()
    roster = by_turns(loaded, kveld_10="siv", kveld_11="siv")
    found = repair(loaded, roster, Moved("kveld/2027-03-11", start=time(7)), people=2)
    assert found.found.situation.lost == (("siv", "kveld/2027-03-11"),)
    assert "kveld/2027-03-11" not in held(found.roster(1), "siv")


def test_another_doctor_on_a_duty() -> None:
    loaded = plan()
    roster = by_turns(loaded)
    found = repair(loaded, roster, Added("kveld", date(2027, 3, 10)))
    assert found.loaded.problem.duty_by_id["kveld/2027-03-10"].needed == 2
    after = Timetable(found.loaded.problem, found.roster(1))
    assert len(after.doctors_on("kveld/2027-03-10")) == 2
    assert found.found.situation.fallen == frozenset()


def test_the_frozen_window_moves_only_what_lacks_a_doctor() -> None:
    loaded = plan()
    roster = by_turns(loaded)
    found = repair(loaded, roster, Away("kari", MONDAY), frozen_hours=96, people=3)
    frozen = found.found.situation.frozen_until
    lost = {unit for _, unit in found.found.situation.lost}
    for number in range(1, len(found.found.options) + 1):
        changed = set(found.roster(number).assignments) ^ set(roster.assignments)
        for own in changed:
            duty = loaded.problem.duty_by_id[own.duty]
            assert duty.start >= MONDAY
            assert duty.start >= frozen or duty.unit in lost


def test_nobody_can_be_there_twice() -> None:
    """Two doctors of one duty fall ill: that one person does not suffice needs no search."""

    def double(document: Document) -> None:
        document["patterns"][0]["needed"] = 2

    loaded = plan(double)
    both = [Assignment("kveld/2027-03-10", who) for who in ("kari", "ola")]
    roster = Roster.of(loaded.problem, both)
    away = [Away(who, MONDAY, utc("2027-03-12 00:00")) for who in ("kari", "ola")]
    found = repair(loaded, roster, *away, people=2, frozen_hours=0)
    one, two = found.found.findings
    assert (one.people, one.exists) == (1, False)
    assert (two.people, two.exists, two.changes) == (2, True, 1)
    assert {own.doctor for own in found.found.options[0].people} == {"siv", "per"}


def test_what_is_broken_already_counts_against_nobody() -> None:
    def limited(document: Document) -> None:
        document["doctors"][1]["limits"] = {"max_duties_per_month": 1}
        document["pins"] = [{"doctor": "per", "pattern": "kveld", "date": "2027-03-02"}]

    loaded = plan(limited)
    roster = by_turns(loaded, kveld_02="siv", kveld_10="kari")
    broken = library.check(loaded, roster).breaches
    assert {case.rule for case in broken} == {"personal_limits", "pins"}
    found = repair(loaded, roster, Away("kari", MONDAY, utc("2027-03-12 00:00")), people=3)
    assert found.found.options
    for number in range(1, len(found.found.options) + 1):
        after = found.roster(number)
        assert library.check(found.loaded, after).complete
        assert len(held(after, "ola")) <= len(held(roster, "ola"))
        now = library.check(found.loaded, after).breaches
        assert {case.rule for case in now} <= {"personal_limits", "pins"}


def guarded(document: Document) -> None:
    """An evening on site with a backup at home; Liv may be alone on neither."""
    document["patterns"] = [
        {
            "id": "kveld",
            "name": "Kveld",
            "presence": "on_site",
            "place": "lv",
            "start": "16:00",
            "end": "22:00",
            "weekdays": ["wed"],
        },
        {
            "id": "bak",
            "name": "Bakvakt",
            "presence": "home",
            "role": "backup",
            "place": "lv",
            "start": "16:00",
            "end": "22:00",
            "weekdays": ["wed"],
            "backs_up": ["kveld"],
        },
    ]
    document["tail"] = []
    courses = dict(document["doctors"][0]["competence"])
    del courses["specialist_from"]
    new = {"id": "liv", "name": "Liv Ny", "employment": "lis1", "competence": courses}
    document["doctors"].append(document["doctors"][0] | new)


def with_liv_on_duty() -> tuple[library.LoadedPlan, Roster]:
    """Liv has the evening of the tenth with Kari behind her, Ola and Siv that of the third."""
    loaded = plan(guarded)
    given = [("kveld/2027-03-10", "liv"), ("bak/2027-03-10", "kari")]
    given += [("kveld/2027-03-03", "ola"), ("bak/2027-03-03", "siv")]
    roster = Roster.of(loaded.problem, [Assignment(duty, who) for duty, who in given])
    report = library.check(loaded, roster)
    assert not [report.sentence(case) for case in report.breaches]
    return loaded, roster


def test_a_dependent_doctor_gets_another_backup() -> None:
    loaded, roster = with_liv_on_duty()
    found = repair(loaded, roster, Away("kari", MONDAY), people=2)
    option = found.found.options[0]
    assert (len(option.people), option.changes) == (1, 1)
    assert option.people[0].takes == ("bak/2027-03-10",)
    assert option.people[0].doctor != "liv"
    assert library.check(found.loaded, found.roster(1)).lawful


def test_what_the_event_breaks_for_others_is_mended() -> None:
    """The backup is no longer held: Liv cannot be alone, though nothing lacks a doctor."""
    loaded, roster = with_liv_on_duty()
    found = repair(loaded, roster, Dropped("bak/2027-03-10"), people=2)
    assert found.found.situation.gaps == {}
    assert not found.found.nothing_open
    one, two = found.found.findings
    assert (one.people, one.exists, one.proof) == (1, False, Proof.SOLVER)
    assert (two.people, two.exists, two.changes) == (2, True, 1)
    option = found.found.options[0]
    assert option.move.off == (("liv", "kveld/2027-03-10"),)
    assert library.check(found.loaded, found.roster(1)).lawful


def test_everybody_is_told_how_they_stand_and_rung_in_order() -> None:
    loaded = plan()
    away = Away("kari", MONDAY, utc("2027-03-11 00:00"))
    found = repair(loaded, by_turns(loaded, kveld_10="kari", kveld_09="ola"), away).found
    for option in found.options:
        [person] = option.people
        assert person.after.points > person.before.points
        assert person.takes == ("kveld/2027-03-10",)
        assert person.ordered == 0
    [first, *rest] = [person for person, _ in found.calls]
    assert all(first.before.over <= own.before.over + 15 for own in rest)
    assert [number for _, number in found.calls] != []
    assert found.findings[0].proof is Proof.TRIED


def test_a_claim_without_its_facts_is_a_fault() -> None:
    loaded = plan()
    for kind, word in ((ExemptionKind.NURSING, "birth"), (ExemptionKind.PREGNANCY, "term")):
        with pytest.raises(PlanError, match=f"--{word}"):
            repair(loaded, by_turns(loaded), Claims("kari", kind, date(2027, 3, 8)))


def test_the_new_roster_can_start_a_search() -> None:
    """All of it has decisions in the model of the plan as it is now, and breaks nothing there."""
    loaded = plan(weekends_in_blocks)
    sunday = utc("2027-03-14 06:00")
    roster = by_turns(loaded)
    [doctor] = [own.doctor for own in roster.assignments if own.duty == "helg/2027-03-13"]
    found = repair(loaded, roster, Away(doctor, sunday), moment=sunday)
    after, now = found.roster(1), found.loaded.problem
    draft = Draft(now, found.loaded.rules)
    chosen = set(draft.decision_indices(after.assignments))
    assert set(draft.assignments(chosen)) == set(after.assignments)
    assert not list(broken(draft.model, settle(draft.model, chosen)))


def test_an_event_about_nobody_is_a_fault() -> None:
    loaded = plan()
    with pytest.raises(PlanError, match="ingen lege med denne id-en"):
        repair(loaded, by_turns(loaded), Away("finn", MONDAY))
    with pytest.raises(PlanError, match="ikke noe som kan kreves"):
        repair(loaded, by_turns(loaded), Claims("kari", ExemptionKind.NEED, date(2027, 3, 8)))


def test_what_a_changed_plan_breaks_beyond_repair_is_told_and_holds_back_no_option() -> None:
    """A pin came after the publication, on a duty so near that nobody gives way there."""
    loaded = plan()
    roster = by_turns(loaded)
    pin = {"doctor": "siv", "pattern": "kveld", "date": "2027-03-09"}
    current = plan(lambda document: document.update(pins=[pin]))
    sick = Away("kari", utc("2027-03-12 00:00"), utc("2027-03-15 00:00"))
    found = library.repair(
        loaded,
        roster,
        [sick],
        moment=MONDAY,
        frozen_hours=48,
        limits=Limits(seconds=30, people=1),
        current=current,
    )
    [option] = found.found.options[:1]
    assert option.full
    assert any(text.startswith("Planen er endret siden vaktplanen") for text in found.remarks)
    assert any("Siv Åsen skal ha" in text for text in found.remarks)
    again = taken(
        loaded, roster, [sick], option.move, moment=MONDAY, frozen_hours=48, current=current
    )
    assert again.roster(1).assignments == found.roster(1).assignments
    assert again.remarks == found.remarks
    intro, _ = repairs._left_broken(replace(found.found, options=()))
    assert intro == "Planen er endret siden vaktplanen ble laget, og sier nå imot den:"


def _with_late_pins(*pins: tuple[str, str]) -> tuple[library.LoadedPlan, Roster, Repaired]:
    """Kari is away from the 12th; Wednesday's and Friday's evening are hers and Ola's."""
    loaded = plan()
    roster = by_turns(loaded, kveld_12="kari")
    told = [{"doctor": who, "pattern": "kveld", "date": f"2027-03-{day}"} for who, day in pins]
    found = library.repair(
        loaded,
        roster,
        [Away("kari", utc("2027-03-12 00:00"), utc("2027-03-13 08:00"))],
        moment=MONDAY,
        frozen_hours=48,
        limits=Limits(seconds=30, people=1),
        current=plan(lambda document: document.update(pins=told)),
    )
    return loaded, roster, found


def test_of_two_late_pins_the_one_that_can_be_kept_is_kept_by_every_option() -> None:
    _, _, found = _with_late_pins(("siv", "09"), ("per", "12"))
    assert found.found.options
    for number in range(1, len(found.found.options) + 1):
        assert "kveld/2027-03-12" in held(found.roster(number), "per")
    intro, pin = found.remarks
    assert intro.endswith("Ingen av forslagene retter på dette:")
    assert pin.startswith("Siv Åsen skal ha")
    assert {case.doctor for case in found.found.situation.excused} == {"siv"}


def test_what_only_some_options_mend_is_told_with_their_numbers() -> None:
    _, _, found = _with_late_pins(("per", "12"))
    kept = found.found.options
    assert [option.people[0].doctor for option in kept] == ["per"]
    assert not found.remarks
    other = replace(kept[0], move=Move(on=(("siv", "kveld/2027-03-12"),)))
    both = replace(found.found, options=(other, *kept))
    [remark] = repairs._left_broken(both)
    assert remark.startswith("Bare forslag 2 retter på dette: Per Lie skal ha")


def test_the_given_roster_is_not_touched() -> None:
    loaded = plan()
    roster = by_turns(loaded)
    before: Sequence[Assignment] = tuple(roster.assignments)
    found = repair(loaded, roster, Away("kari", MONDAY), people=3)
    assert tuple(roster.assignments) == before
    with pytest.raises(IndexError, match="must be between"):
        found.roster(0)
    assert MONDAY.tzinfo is UTC
