"""Small plans compared: the figures, and what they cost."""

from dataclasses import replace

import pytest

from api import library, whatif_comparing, whatif_judging
from api.whatif import BASE, LoadedScenarios
from api.whatif_solving import Solved
from scheduler.domain.roster import Timetable
from scheduler.whatif.cost import duty_cost
from scheduler.whatif.scenarios import CostRate
from scheduler.writing.comparison.measures import told
from scheduler.writing.comparison.memo import to_memo
from scheduler.writing.comparison.source import Comparison
from tests.whatif.comparing import SEARCH, figures_of, text_of


@pytest.mark.slow
def test_the_plan_as_it_is_comes_first_and_each_is_judged(named: Comparison) -> None:
    assert [own.id for own in named.alternatives] == [BASE, "to-til", "fritak"]
    assert named.alternatives[2].builds_on == "To leger til"
    for own in named.alternatives:
        assert own.figures
        assert own.figures.lawful
        assert own.figures.levels
    assert set(figures_of(named, "to-til").doctors) - set(figures_of(named, BASE).doctors) == {
        "ny-dal-1",
        "ny-dal-2",
    }


def test_figures_are_those_of_the_roster(
    loaded: LoadedScenarios, solved: dict[str, Solved], named: Comparison
) -> None:
    roster = solved[BASE].roster
    assert roster is not None
    timetable = Timetable(loaded.base.problem, roster)
    figures = figures_of(named, BASE)
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
    assert figures_of(named, "to-til").sharing == 6
    assert figures_of(named, "fritak").sharing == 5
    assert figures_of(named, "fritak").doctors["gro"].nights == 0


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
    cost = figures_of(named, BASE).cost
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
    text = text_of(to_memo(comparison))
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
