"""Wish receipts: the planted cause is the one that is told, and nobody else's secrets are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.wish_reasons import TOLD
from api.wishes import receipts
from constraints.bars import ExemptionRule
from constraints.catalogue import ALL_RULES, VOCABULARY, rules_for
from scheduler.domain.doctor import (
    Absence,
    AbsenceKind,
    Competence,
    Exemption,
    ExemptionKind,
    ExemptionStatus,
    Span,
)
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Account, Attitude, Pin, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.writing.receipts import Answer, Receipt, by_doctor, summary
from tests.support import NIGHT, NURSING_HOME, doctor, duty, problem, roster, span

LONG_AGO = date(2015, 1, 1)
READY = Competence(
    specialist_from=LONG_AGO,
    emergency_course_from=LONG_AGO,
    violence_course_from=LONG_AGO,
    radio_from=LONG_AGO,
)
KARI, OLA, PER = (doctor(name, competence=READY) for name in ("Kari", "Ola", "Per"))
TUESDAY = duty("2027-02-02 16:00", "22:00")
THURSDAY = duty("2027-02-04 16:00", "22:00")
NEXT_WEEK = duty("2027-02-09 16:00", "22:00")
TUESDAY_NAMED = "Kveld tirsdag 2. februar 2027 kl. 16:00–22:00"


def wish(attitude: str, *duties: Duty, who: str = "kari", id: str = "w1", **more: Any) -> Wish:
    interval = Interval(duties[0].start, duties[-1].end)
    return Wish(id, who, Attitude(attitude), interval, **more)


def exempt(who: str, kind: ExemptionKind) -> Exemption:
    """An exemption that holds in February 2027."""
    decided = kind is ExemptionKind.DECISION
    return Exemption(
        "e",
        who,
        kind,
        ExemptionStatus.GRANTED if decided else ExemptionStatus.CLAIMED,
        claimed_from=None if decided else date(2027, 1, 1),
        interval=Span(date(2027, 1, 1), date(2027, 4, 30)) if decided else Span(),
        term=date(2027, 3, 1) if kind is ExemptionKind.PREGNANCY else None,
        birth=date(2026, 12, 1) if kind is ExemptionKind.NURSING else None,
    )


def receipt_of(plan: Problem, work: Mapping[str, Sequence[Duty]], number: int = 0) -> Receipt:
    return receipts(roster(plan, work), rules_for(plan))[number]


def main(plan: Problem, work: Mapping[str, Sequence[Duty]]) -> str:
    [reason] = receipt_of(plan, work).reasons
    return reason.main


# --- rather not: what stood against ---------------------------------------------------------


def test_nobody_else_and_the_duty_would_be_uncovered() -> None:
    plan = problem([KARI], [TUESDAY], wishes=(wish("rather_not", TUESDAY),))
    assert main(plan, {"kari": [TUESDAY]}) == (
        "Ingen annen kunne ta vakten ved et direkte bytte. Uten Kari ville vakten stå uten lege."
    )


def test_the_other_would_have_too_little_rest() -> None:
    late, early = duty("2027-02-02 14:00", "22:00"), duty("2027-02-03 03:00", "07:00")
    plan = problem([KARI, OLA], [late, early], wishes=(wish("rather_not", late, early),))
    own = receipt_of(plan, {"kari": [early], "ola": [late]})
    [reason] = own.reasons
    assert reason.main.startswith("Ingen annen kunne ta vakten ved et direkte bytte.")
    assert len(reason.others) == 1
    assert reason.others[0].startswith("Med Ola ville dette gjelde: Ola får 5 timer hvile")
    assert not reason.unavailable


def test_the_other_is_at_the_cap_of_orders() -> None:
    monday = duty("2027-02-01 08:00", "14:00", NURSING_HOME)
    wednesday = duty("2027-02-03 08:00", "12:00", NURSING_HOME)
    plan = problem(
        [KARI, OLA], [monday, wednesday], wishes=(wish("rather_not", monday, wednesday),)
    )
    [reason] = receipt_of(plan, {"kari": [wednesday], "ola": [monday]}).reasons
    assert reason.main.startswith("Ingen annen kunne ta økten")
    assert "7,5 timer" in reason.others[0]


def test_the_other_would_be_over_the_fair_share() -> None:
    plan = problem([KARI, OLA], [TUESDAY, NEXT_WEEK], wishes=(wish("rather_not", TUESDAY),))
    plan = replace(plan, wishes=(*plan.wishes, wish("rather_not", NEXT_WEEK, id="w2")))
    own = receipt_of(plan, {"kari": [TUESDAY], "ola": [NEXT_WEEK]})
    assert own.answer is Answer.REFUSED
    assert own.sentence == f"Kari har {TUESDAY_NAMED}."
    points = "1 poeng over sin andel, mot 0 nå"
    assert own.reasons[0].main == f"Ola kunne ha tatt vakten, men da ville Ola hatt {points}."


def test_the_others_wish_would_be_refused_instead() -> None:
    wishes = (wish("rather_not", TUESDAY), wish("rather_not", TUESDAY, who="ola", id="w2"))
    plan = problem([KARI, OLA], [TUESDAY, NEXT_WEEK], wishes=wishes)
    work = {"kari": [TUESDAY], "ola": [NEXT_WEEK]}
    even = "planen hadde vært like god. Søket valgte mellom like gode planer."
    assert main(plan, work).endswith(even)
    before = replace(plan, ledger=(Account("ola", refused=100),))
    assert main(before, work) == (
        "Ola kunne ha tatt vakten i bytte mot Kveld tirsdag 9. februar 2027 kl. 16:00–22:00, "
        "men det ville gått imot et ønske fra Ola."
    )


def test_a_lawful_exchange_that_the_search_did_not_find_is_told_as_such() -> None:
    plan = problem([KARI, OLA], [TUESDAY, NEXT_WEEK], wishes=(wish("rather_not", TUESDAY),))
    [reason] = receipt_of(plan, {"kari": [TUESDAY], "ola": [NEXT_WEEK]}).reasons
    assert reason.open
    assert reason.main == (
        "Ola kunne ha tatt vakten i bytte mot Kveld tirsdag 9. februar 2027 kl. 16:00–22:00. Det "
        "er lovlig og gjør planen bedre, men søket fant det ikke i tiden det hadde. Det kan "
        "gjøres nå."
    )


def test_what_was_pinned_cannot_be_given_away() -> None:
    plan = problem(
        [KARI, OLA],
        [TUESDAY],
        wishes=(wish("rather_not", TUESDAY),),
        pins=(Pin("kari", TUESDAY.id),),
    )
    assert main(plan, {"kari": [TUESDAY]}) == (
        f"Kari kan ikke være uten vakten. Kari skal ha {TUESDAY_NAMED}, men står ikke på den "
        "(låst av vaktplanleggeren)."
    )


def test_cannot_that_only_weighs_has_its_receipt_too() -> None:
    plan = problem(
        [KARI, OLA],
        [TUESDAY],
        wishes=(wish("cannot", TUESDAY),),
        settings={"cannot_wish": {"strength": "soft"}},
    )
    own = receipt_of(plan, {"kari": [TUESDAY]})
    assert own.answer is Answer.REFUSED
    assert own.asked.startswith("Kan ikke tirsdag 2. februar 2027 kl. 16:00–22:00")
    assert own.reasons[0].main.startswith("Ola kunne ha tatt vakten")


def test_another_day_of_the_same_choice_is_tried() -> None:
    days = [duty(f"2027-02-0{day} 09:00", "12:00", NURSING_HOME, choice="tilsyn") for day in (1, 2)]
    plan = problem([KARI], days, wishes=(wish("rather_not", days[0]),))
    assert main(plan, {"kari": [days[0]]}).startswith(
        "Kari kunne ha hatt Sykehjem tirsdag 2. februar 2027 kl. 09:00–12:00 i stedet. Det er "
        "lovlig og gjør planen bedre"
    )


# --- want -----------------------------------------------------------------------------------


def test_a_want_that_the_own_exemption_forbids() -> None:
    claim = exempt("kari", ExemptionKind.NURSING)
    days = [duty(f"2027-02-{day:02} 16:00", "22:00") for day in range(1, 7)]
    plan = problem([KARI, OLA], days, wishes=(wish("want", *days),), exemptions=(claim,))
    assert main(plan, {"ola": days[:2]}) == (
        "Kari har fritak etter fastlegeforskriften § 33 i tiden for 6 vakter 01.02.2027–06.02.2027."
    )


def test_a_want_that_another_wanted_too() -> None:
    wishes = (wish("want", TUESDAY), wish("want", TUESDAY, who="ola", id="w2"))
    plan = problem(
        [KARI, OLA],
        [TUESDAY, NEXT_WEEK],
        wishes=wishes,
        ledger=(Account("ola", refused=100),),
    )
    assert main(plan, {"kari": [NEXT_WEEK], "ola": [TUESDAY]}) == (
        "Kari kunne ha fått vakten fra Ola i bytte mot Kveld tirsdag 9. februar 2027 "
        "kl. 16:00–22:00, men Ola ønsket seg vakten også."
    )


def test_a_want_that_would_have_cost_fairness() -> None:
    plan = problem([KARI, OLA], [TUESDAY, NEXT_WEEK], wishes=(wish("want", TUESDAY, NEXT_WEEK),))
    block = replace(plan, wishes=(wish("want", TUESDAY, NEXT_WEEK, as_block=True),))
    work = {"kari": [TUESDAY], "ola": [NEXT_WEEK]}
    assert receipt_of(plan, work).answer is Answer.GRANTED
    own = receipt_of(block, work)
    assert own.answer is Answer.REFUSED
    assert own.sentence == f"Kari ønsket alle 2, men har bare {TUESDAY_NAMED}."
    assert own.reasons[0].main == (
        "Kari kunne ha fått vakten fra Ola, men da ville Kari hatt 1 poeng over sin andel, mot 0 "
        "nå."
    )


def test_a_wanted_duty_that_nobody_has() -> None:
    plan = problem([KARI], [TUESDAY], wishes=(wish("want", TUESDAY),))
    own = receipt_of(plan, {})
    assert own.sentence == "Kari har ikke fått noen slik vakt."
    assert own.reasons[0].main.startswith("Kari kunne ha fått vakten. Det er lovlig")


def test_the_duty_that_was_nearest_to_being_given_comes_first() -> None:
    early = duty("2027-02-02 07:00", "15:00")
    plan = problem([KARI, OLA], [early, TUESDAY, THURSDAY], wishes=(wish("want", early, THURSDAY),))
    away = Absence("kari", span("2027-02-02 00:00", "2027-02-03 00:00"), AbsenceKind.HOLIDAY)
    plan = replace(plan, absences=(away,))
    first, second = receipt_of(plan, {"ola": [TUESDAY, THURSDAY]}).reasons
    assert first.duties == (THURSDAY.id,)
    assert second.duties == (early.id, TUESDAY.id)
    assert second.main.startswith("Kari kan ikke ha vaktene. ")
    assert second.main.endswith(" Det samme gjelder de andre.")


# --- how it was weighed ---------------------------------------------------------------------


def test_who_was_refused_before_is_told_that_it_counted() -> None:
    wishes = (wish("rather_not", TUESDAY),)
    plan = problem([KARI, OLA], [TUESDAY], wishes=wishes, ledger=(Account("kari", refused=150),))
    own = receipt_of(plan, {"ola": [TUESDAY]})
    assert own.answer is Answer.GRANTED
    assert own.dearer == 37
    assert own.notes == (
        "Ønsket veide 37 % mer fordi Kari fikk avslag i tidligere perioder (1,5 avslåtte ønsker på "
        "vaktkontoen).",
    )
    assert receipt_of(replace(plan, ledger=()), {}).notes == ()


def test_a_wish_about_some_patterns_is_not_told_as_all_free() -> None:
    night = duty("2027-02-02 22:00", "2027-02-03 06:00", NIGHT)
    nights = wish("rather_not", TUESDAY, night, patterns=frozenset({"natt"}))
    plan = problem([KARI, OLA], [TUESDAY, night], wishes=(nights,))
    own = receipt_of(plan, {"kari": [TUESDAY], "ola": [night]})
    assert own.sentence == "Kari har ingen slik vakt i denne tiden."
    free = replace(plan, wishes=(replace(nights, patterns=frozenset()),))
    assert receipt_of(free, {}).sentence == "Kari har ingen vakt eller økt i denne tiden."


def test_a_long_list_is_told_what_each_wish_weighed() -> None:
    days = [duty(f"2027-02-{day:02} 16:00", "22:00") for day in range(1, 9)]
    plan = problem([KARI, OLA], days, wishes=(wish("rather_not", *days),))
    own = receipt_of(plan, {"kari": days[:2]})
    assert own.answer is Answer.PARTLY
    assert (own.parts, own.refused) == (8, 2)
    assert own.sentence.startswith("Kari er fri 6 av 8 dager, men har Kveld mandag 1. februar")
    assert own.notes == (
        "Kari har 8 ønsker (hver dag i et «helst ikke» er ett), og en lege har 4 ønsker som teller "
        "fullt ut. Derfor veide dette 50 % av et vanlig ønske.",
    )
    raw = replace(plan, settings={"wishes": {"normalise": False}})
    assert receipt_of(raw, {}).notes == ()


def test_a_wish_that_means_nothing_says_so() -> None:
    plan = problem([KARI], [TUESDAY], wishes=(wish("rather_not", NEXT_WEEK),))
    own = receipt_of(plan, {})
    assert own.answer is Answer.EMPTY
    assert own.sentence == "Ønsket gjelder ingen vakt eller økt i planen."
    assert not own.notes


# --- discretion -----------------------------------------------------------------------------

AWAY = span("2027-02-01 00:00", "2027-02-06 00:00")
SECRETS: list[dict[str, Any]] = [
    *({"absences": (Absence("ola", AWAY, kind),)} for kind in AbsenceKind),
    {"exemptions": (exempt("ola", ExemptionKind.NURSING),)},
    {"exemptions": (exempt("ola", ExemptionKind.PREGNANCY),)},
    {"exemptions": (exempt("ola", ExemptionKind.DECISION),)},
    {"wishes": (Wish("w2", "ola", Attitude.CANNOT, AWAY),)},
    {
        "wishes": (Wish("w2", "ola", Attitude.CANNOT, AWAY),),
        "settings": {"cannot_wish": {"strength": "soft"}},
    },
    {"pins": (Pin("ola", TUESDAY.id, works=False),)},
]


@pytest.mark.parametrize("secret", SECRETS)
def test_why_another_is_not_available_is_never_told(secret: dict[str, Any]) -> None:
    own = wish("rather_not", TUESDAY)
    more = secret | {"wishes": (own, *secret.get("wishes", ()))}
    plan = problem([KARI, OLA], [TUESDAY], **more)
    [reason] = receipt_of(plan, {"kari": [TUESDAY]}).reasons
    assert reason.main == (
        "Ingen annen kunne ta vakten ved et direkte bytte. Uten Kari ville vakten stå uten lege."
    )
    assert reason.others == ()
    assert reason.unavailable == ("Ola",)


def test_the_rules_that_are_told_of_others_are_rules_and_no_grounds_of_being_free() -> None:
    known = {rule.id: rule for rule in (*ALL_RULES, *VOCABULARY)}
    assert set(known) >= TOLD
    private = {"absence", "cannot_wish", "wishes", "personal_limits", "takes_part", "requests"}
    assert not TOLD & private
    assert not any(issubclass(known[rule], ExemptionRule) for rule in TOLD)


# --- together -------------------------------------------------------------------------------


def test_equal_input_gives_equal_receipts_and_one_doctor_only_the_own() -> None:
    days = [TUESDAY, THURSDAY, NEXT_WEEK]
    wishes = (
        wish("rather_not", TUESDAY),
        wish("want", NEXT_WEEK, who="ola", id="w2"),
        wish("want", THURSDAY, who="ola", id="w3"),
    )
    plan = problem([KARI, OLA, PER], days, wishes=wishes)
    timetable = roster(plan, {"kari": [TUESDAY], "ola": [THURSDAY], "per": [NEXT_WEEK]})
    rules = rules_for(plan)
    found = receipts(timetable, rules)
    assert found == receipts(Timetable(plan, timetable.roster), rules_for(plan))
    assert receipts(timetable, rules, "ola") == found[1:]
    assert {who: len(own) for who, own in by_doctor(found).items()} == {"kari": 1, "ola": 2}
    assert summary(found) == "3 ønsker: 1 oppfylt, 2 ikke oppfylt"
    assert found[2].holders == ((THURSDAY.id, ("ola",)),)


def test_a_wish_of_someone_who_has_left_has_no_receipt() -> None:
    plan = problem([KARI], [TUESDAY], wishes=(wish("want", TUESDAY, who="borte"),))
    assert receipts(roster(plan, {}), rules_for(plan)) == ()


def test_asked_is_told_as_it_was_meant() -> None:
    whole = span("2027-02-02 00:00", "2027-02-03 00:00")
    three = span("2027-02-02 00:00", "2027-02-05 00:00")
    evening = span("2027-02-05 15:00", "2027-02-08 08:00")
    for interval, more, text in (
        (whole, {}, "Vil gjerne 02.02.2027"),
        (three, {"as_block": True}, "Vil gjerne 02.02.2027–04.02.2027, alt eller ingenting"),
        (whole, {"patterns": frozenset({"kveld"})}, "Vil gjerne 02.02.2027 (Kveld)"),
        (TUESDAY.interval, {}, f"Vil gjerne {TUESDAY_NAMED.removeprefix('Kveld ')}"),
        (
            evening,
            {},
            "Vil gjerne fredag 5. februar 2027 kl. 15:00 – mandag 8. februar 2027 kl. 08:00",
        ),
    ):
        own = Wish("w", "kari", Attitude.WANT, interval, **more)
        plan = problem([KARI], [TUESDAY], wishes=(own,))
        assert receipt_of(plan, {}).asked == text
