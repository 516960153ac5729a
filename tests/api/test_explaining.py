"""What explanations say, in the words of the coordinator."""

from dataclasses import replace

import pytest

from api.explaining import Effort, Why
from scheduler.domain.problem import Pin
from tests.scheduler.explaining.planted import PLANTED
from tests.scheduler.explaining.planting import (
    KARI,
    NIGHT_10,
    NIGHT_12,
    OLA,
    SIV,
    Planted,
    able,
)
from tests.support import NURSING_HOME, doctor, duty, problem, roster

_NIGHT = "Natt onsdag 10. mars 2027 kl. 23:00–08:00"


def _named(name: str) -> Planted:
    return next(own for own in PLANTED if own.name == name)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda own: own.name)
def test_every_planted_cause_is_told_with_its_source(planted: Planted) -> None:
    why = Why(planted.problem, planted.rules)
    if planted.asked:
        told = why.hole(planted.timetable.roster, planted.asked, ways=False)
    else:
        told = why.impossible(ways=False)
    sentences = [*told.groups, *(own for blame in told.blames for own in blame.sentences)]
    assert all(own.endswith(").") for own in sentences)
    text = " ".join(sentences)
    for _, who in planted.causes:
        if who:
            assert planted.problem.doctor_by_id[who].name in text
    assert "minst mulig" in told.proof
    assert bool(told.demands) is bool(planted.demands)


def test_what_must_be_left_instead_is_told() -> None:
    planted = _named("two nights at once")
    assert planted.asked
    told = Why(planted.problem, planted.rules).hole(planted.timetable.roster, planted.asked)
    assert told.head == (
        "Nordvakt onsdag 10. mars 2027 kl. 23:00–08:00 kan bare dekkes ved at noe som er dekket "
        "nå, blir stående uten lege i stedet.",
        f"Nærmest kommer en plan der den er dekket, og {_NIGHT} står uten lege.",
        "1 av 1 lege kan ta slike vakter i perioden: Kari.",
        "Skulle alt dekkes, ville dette gjelde:",
    )
    assert told.demands == (f"{_NIGHT} må også ha lege.",)


def test_a_roster_that_would_fill_it_is_the_first_way_out() -> None:
    own = problem([KARI, OLA], [NIGHT_10])
    planted = Planted("empty", own, frozenset())
    told = Why(own, planted.rules).hole(roster(own, {}).roster, NIGHT_10)
    assert told.head == (f"{_NIGHT} kan dekkes uten at noe annet blir stående uten lege.",)
    [way] = told.ways
    assert way.asks == ()
    assert way.moves in ((f"Kari får {_NIGHT}.",), (f"Ola får {_NIGHT}.",))


def test_a_roster_that_breaks_rules_is_told_so() -> None:
    planted = _named("absence")
    own = planted.problem
    broken = roster(own, {"kari": [NIGHT_10], "ola": []})
    two = replace(own, duties=(replace(NIGHT_10, needed=2),))
    told = Why(two, planted.rules).hole(replace(broken.roster), two.duties[0])
    assert "Planen bryter regler slik den står" in told.head[-1]
    assert told.ways == ()


def test_doctors_whom_one_rule_keeps_away_for_different_reasons_are_one_group() -> None:
    """Sentences that differ in more than the name are told as one, with the rule's title."""
    asked = duty("2027-03-10 08:00", "2027-03-10 12:00", NURSING_HOME)
    far = [doctor(name, municipality="dal") for name in ("Kari", "Ola", "Siv")]
    own = problem(far, [asked])
    planted = Planted("far", own, frozenset(), asked)
    told = Why(own, planted.rules).hole(planted.timetable.roster, asked, ways=False)
    assert told.head[1] == "Ingen av de 3 legene kan ta slike økter i denne perioden."
    assert len(told.blames) + len(told.groups) == 1
    [text] = [*told.groups, *(s for blame in told.blames for s in blame.sentences)]
    assert "Kari, Ola og Siv" in text


def test_who_could_have_it_in_another_plan_is_told() -> None:
    limited = able("Ola", limits=replace(OLA.limits, max_nights_per_month=1))
    own = problem(
        [KARI, limited, SIV], [NIGHT_10, NIGHT_12], pins=(Pin("kari", NIGHT_12.id, works=False),)
    )
    planted = Planted("chain", own, frozenset(), None, {"kari": [NIGHT_10], "ola": [NIGHT_12]})
    why = Why(own, planted.rules, Effort(0.0))
    told = why.assignment(planted.timetable.roster, NIGHT_10, "kari")
    assert told.head == (
        f"Kari har {_NIGHT}.",
        "1 annen lege kan ta det ved et direkte bytte.",
        told.head[2],
        "1 lege til kan ta det hvis planen legges om.",
    )
    siv, ola = told.others
    assert siv.verdict == "Siv kan ta det uten at andre vakter flyttes."
    assert ola.able
    assert ola.verdict.startswith("Ola kan ikke ta det ved et direkte bytte, men i en annen plan.")
    assert "avtalt grense er 1" in ola.verdict
    assert told.as_plain()["others"][1]["able"] is True


def test_who_is_barred_in_every_plan_is_told() -> None:
    limited = able("Ola", limits=replace(OLA.limits, max_nights_per_month=1))
    own = problem([KARI, limited], [NIGHT_10, NIGHT_12], pins=(Pin("ola", NIGHT_12.id),))
    planted = Planted("pinned", own, frozenset(), None, {"kari": [NIGHT_10], "ola": [NIGHT_12]})
    told = Why(own, planted.rules, Effort(0.0)).assignment(
        planted.timetable.roster, NIGHT_10, "kari"
    )
    assert told.head[1] == "Ingen annen kan ta det ved et direkte bytte."
    [ola] = told.others
    assert not ola.able
    assert ola.verdict.endswith("Ingen annen plan retter på det.")
