"""The pocket calculation: what is printed can be reckoned from what is printed."""

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.absence import Absence as AbsenceRule
from constraints.claimed_exemption import ClaimedExemption
from constraints.fair_share import FairShare
from scheduler.domain.doctor import (
    Absence,
    AbsenceKind,
    Doctor,
    Exemption,
    ExemptionKind,
    ExemptionStatus,
)
from scheduler.domain.problem import Account, Municipality, Problem
from scheduler.fairness.shares import FairShares
from scheduler.writing.share_document import as_plain
from scheduler.writing.share_lines import share_texts, sum_lines
from scheduler.writing.share_words import decimal, hundredth, signed
from tests.support import DAYTIME, NIGHT, NURSING_HOME, doctor, duty, problem, span

SENIOR = doctor("Senior", born=date(1967, 3, 15))
KARI, OLA = doctor("Kari"), doctor("Ola")
CLAIM = Exemption(
    "e1", "senior", ExemptionKind.AGE, ExemptionStatus.CLAIMED, claimed_from=date(2026, 11, 1)
)
OTHER = AbsenceKind.OTHER
RULE = FairShare(others=(ClaimedExemption(), AbsenceRule()))
NIGHTS = [
    duty(f"2027-02-{d:02} 23:00", f"2027-02-{d + 1:02} 08:00", replace(NIGHT, burden=250))
    for d in (1, 8, 15)
]


def lines(plan: Problem, who: str, rule: FairShare = RULE) -> dict[str, tuple[str, ...]]:
    """A doctor's lines by the title of the measure; days under «»."""
    shares = rule.shares(plan)
    text = next(own for own in share_texts(plan, shares) if own.doctor == who)
    return {"": text.days, **{m.title: (*m.steps, m.aim) for m in text.measures}}


def test_e01_the_days_before_sixty_are_shown_without_the_ground() -> None:
    plan = problem([SENIOR, KARI], NIGHTS, exemptions=(CLAIM,))
    found = lines(plan, "senior")
    assert found[""] == (
        "Legevakt: del i 73 av 181 dager – fritatt 15.03.2027–30.06.2027 (108 dager)",
    )
    assert found["Netter"] == ("3 netter × 73 : 254 = 0,86 netter", "Mål 0,86 netter")
    assert found["Poeng"] == ("7,5 poeng × 73 : 254 = 2,16 poeng", "Mål 2,16 poeng")
    assert lines(plan, "kari")["Netter"][0] == "3 netter × 181 : 254 = 2,14 netter"
    assert sum_lines(plan, RULE.shares(plan))[:2] == (
        "Poeng: 7,5 poeng deles på 2 leger; andelene er til sammen 7,5.",
        "Netter: 3 netter deles på 2 leger; andelene er til sammen 3.",
    )


def test_nothing_tells_why_a_doctor_is_away_or_exempt() -> None:
    told = set()
    for kind in (AbsenceKind.SICK, AbsenceKind.PARENTAL):
        away = Absence("ola", span("2027-03-01 00:00", "2027-05-01 00:00"), kind)
        plan = problem([KARI, OLA], NIGHTS, absences=(away,))
        told.add(lines(plan, "ola")[""])
        assert "borte 01.03.2027–30.04.2027 (61 dager)" in lines(plan, "ola")[""][0]
    assert len(told) == 1


def test_several_stretches_are_one_sum_and_many_are_not_listed() -> None:
    def told(number: int) -> str:
        away = [
            Absence("ola", span(f"2027-0{n + 1}-01 00:00", f"2027-0{n + 1}-02 00:00"), OTHER)
            for n in range(number)
        ]
        plan = problem([KARI, OLA], NIGHTS, absences=tuple(away))
        own = replace(RULE, others=(AbsenceRule(prorates_other=True),))
        return lines(plan, "ola", own)[""][0].partition(" – ")[2]

    assert told(1) == "borte 01.01.2027 (1 dag)"
    assert told(3) == "borte 01.01.2027, 01.02.2027 og 01.03.2027 (3 dager)"
    assert told(4) == "borte 4 dager i tiden 01.01.2027–01.04.2027"


def test_the_balance_is_followed_to_the_aim() -> None:
    ledger = (Account("kari", points=150, nights=-50), Account("ola", points=-9000))
    plan = problem([KARI, OLA], NIGHTS, ledger=ledger)
    assert lines(plan, "kari")["Poeng"][1] == (
        "Saldo fra før +1,5; +1,5 jevnes ut. Mål 3,75 − 1,5 = 2,25 poeng"
    )
    assert lines(plan, "kari")["Netter"][1] == (
        "Saldo fra før −0,5; −0,5 jevnes ut. Mål 1,5 + 0,5 = 2 netter"
    )
    # Half of the share at the most is moved.
    assert lines(plan, "ola", replace(RULE, carry=50))["Poeng"][1] == (
        "Saldo fra før −90; −1,88 jevnes ut. Mål 3,75 + 1,88 = 5,63 poeng"
    )


def test_weights_and_several_sorts_of_work_are_added_up() -> None:
    half = doctor("Ola", practice_share="1/2", share_weight=Fraction(4, 5))
    day = duty("2027-02-03 08:00", "15:00", DAYTIME)
    session = duty("2027-02-04 08:00", "14:00", NURSING_HOME)
    plan = problem([KARI, half], [*NIGHTS, day, session])
    found = lines(plan, "ola", replace(RULE, ordered_points=0.5))
    assert found[""] == (
        "Legevakt: del i 181 av 181 dager, 0,8 i vekt",
        "Daglegevakt: del i 181 av 181 dager, 0,8 i vekt",
        "Kommunale oppgaver: del i 181 av 181 dager, 3,75 timer i uka kan pålegges",
    )
    assert found["Poeng"] == (
        "Legevakt: 7,5 poeng × 144,8 : 325,8 = 3,33 poeng",
        "Daglegevakt: 1 poeng × 144,8 : 325,8 = 0,44 poeng",
        "Det som minst må pålegges i Fjell: 3 poeng × 678,75 : 2036,25 = 1 poeng",
        "Til sammen 4,77 poeng",
        "Mål 4,77 poeng",
    )
    assert found["Pålagte timer"] == (
        "Fjell: 6 timer × 678,75 : 2036,25 = 2 timer",
        "Mål 2 timer",
    )


def test_e25_the_key_of_the_municipalities_is_shown_with_its_rounding() -> None:
    towns = (
        Municipality("a", "A", 2600),
        Municipality("b", "B", 6000),
        Municipality("c", "C", 1400),
    )
    people = [doctor(name, municipality=name[0].lower()) for name in ("Anne", "Bo")]
    nights = [
        duty(f"2027-02-{d:02} 23:00", f"2027-02-{d + 1:02} 08:00", NIGHT, needed=9)
        for d in (1, 2, 3, 4, 8, 9, 10, 11, 15, 16)
    ]
    plan = problem(people, nights, municipalities=towns)
    rule = replace(RULE, key="half")
    assert lines(plan, "anne", rule)["Netter"] == (
        "A skal ha 89/300 av 90 netter = 26,7, rundet av til 27 netter (største rest)",
        "27 netter × 181 : 181 = 27 netter",
        "Mål 27 netter",
    )
    assert lines(plan, "anne", replace(rule, key="population"))["Netter"][0] == (
        "A skal ha 0,26 av 90 netter = 23,4, rundet av til 23 netter (største rest)"
    )
    # Nothing is rounded where nothing need be, and odd parts have decimals enough.
    assert lines(plan, "bo", rule)["Netter"][0] == "B skal ha 7/15 av 90 netter = 42"
    odd = replace(plan, municipalities=(replace(towns[0], inhabitants=2601), *towns[1:]))
    assert lines(odd, "anne", replace(rule, key="population"))["Netter"][0] == (
        "A skal ha 0,26007399 av 90 netter = 23,4067, rundet av til 23 netter (største rest)"
    )
    told = sum_lines(plan, rule.shares(plan))
    assert "Netter: 69 netter deles på 2 leger; andelene er til sammen 69." in told
    assert told[-1] == (
        "Netter: C skal ha 21 netter av legevakt, men ingen av kommunens leger kan ta vaktene. "
        "Andelen er ikke flyttet til andre kommuner."
    )


def test_what_only_the_roster_decides_is_a_range() -> None:
    weekend = [duty("2027-02-06 08:00", "16:00"), duty("2027-02-06 16:00", "23:00")]
    plan = problem([KARI, OLA], weekend, ledger=(Account("ola", weekends=25),))
    assert lines(plan, "kari")["Helger"] == (
        "1–2 helger × 181 : 362 = 0,5–1 helg",
        "Mål 0,5–1 helg, etter hvor mange helger legene deler vaktene på",
    )
    assert lines(plan, "ola")["Helger"][1] == (
        "Saldo fra før +0,25; +0,25 jevnes ut. "
        "Mål 0,25–0,75 helger, etter hvor mange helger legene deler vaktene på"
    )


def test_a_doctor_without_any_part_has_no_measures() -> None:
    none = replace(OLA, share_weight=Fraction(0))
    plan = problem([KARI, none], NIGHTS)
    assert lines(plan, "ola")["Netter"][0] == "3 netter × 0 : 181 = 0 netter"
    assert share_texts(problem([KARI], []), FairShares(()))[0].measures == ()


def test_numbers_as_a_norwegian_writes_them() -> None:
    assert [decimal(Fraction(n, 1000)) for n in (-1005, -4, 0, 5, 1000, 12340)] == [
        "−1,01",
        "0",
        "0",
        "0,01",
        "1",
        "12,34",
    ]
    assert [signed(Fraction(n, 10)) for n in (-5, 0, 5)] == ["−0,5", "0", "+0,5"]
    assert hundredth(Fraction(-1, 200)) == Fraction(-1, 100)


def test_a_program_gets_the_same_numbers() -> None:
    ledger = (Account("kari", points=50),)
    plan = problem([SENIOR, KARI], NIGHTS, exemptions=(CLAIM,), ledger=ledger)
    own = as_plain(plan, RULE.shares(plan))
    kari = next(line for line in own if (line["doctor"], line["measure"]) == ("kari", "points"))
    assert (kari["target"], kari["opening"], kari["carried"], kari["aim"]) == (5.34, 0.5, 0.5, 4.84)
    assert json.loads(json.dumps(own, allow_nan=False)) == own
    assert own[0]["steps"] == [
        {
            "letter": "a",
            "municipality": None,
            "demand": 7.5,
            "least": 7.5,
            "weight": 1.0,
            "available_days": 73,
            "days": 181,
            "weighted_days": 73.0,
            "weighted_days_of_all": 254.0,
            "part": 2.16,
            "lost": [
                {"label": "fritatt", "first": "2027-03-15", "last": "2027-06-30", "days": 108}
            ],
            "quota": None,
        }
    ]


@settings(deadline=None)
@given(
    st.lists(st.fractions(0, 3, max_denominator=20), min_size=2, max_size=4),
    st.lists(st.integers(-900, 900), min_size=4, max_size=4),
    st.sampled_from([0, 50, 100, 300]),
)
def test_what_is_printed_follows_from_what_is_printed(
    weights: list[Fraction], opening: list[int], carry: int
) -> None:
    people: list[Doctor] = [
        doctor(name, share_weight=weight)
        for name, weight in zip(("A", "B", "C", "D"), weights, strict=False)
    ]
    ledger = tuple(Account(d.id, points=p) for d, p in zip(people, opening, strict=False))
    plan = problem(people, NIGHTS, ledger=ledger)
    rule = replace(RULE, carry=carry)
    for who in people:
        *steps, aim = lines(plan, who.id, rule)["Poeng"]
        for step in steps:
            numbers = [_number(n) for n in re.findall(r"−?\d+(?:,\d+)?", step)]
            if len(numbers) == 4:
                demand, days, whole, part = numbers
                assert abs(demand * days / whole - part) < Fraction(1, 100), step
        found = re.search(r"Mål (\S+) ([−+]) (\S+) = (\S+) poeng", aim)
        if found:
            target, sign, moved, goal = found.groups()
            amount = _number(moved) if sign == "+" else -_number(moved)
            assert _number(target) + amount == _number(goal), aim


@settings(deadline=None)
@given(st.lists(st.fractions(0, 3, max_denominator=20), min_size=2, max_size=9))
def test_the_parts_add_up_to_what_is_shared_out(weights: list[Fraction]) -> None:
    people = [doctor(f"D{n}", share_weight=weight) for n, weight in enumerate(weights)]
    plan = problem(people, NIGHTS)
    own = as_plain(plan, RULE.shares(plan))
    for measure, whole in (("points", 750), ("nights", 300)):
        parts = [
            round(100 * Fraction(str(line["target"]))) for line in own if line["measure"] == measure
        ]
        assert sum(parts) == (whole if any(weights) else 0)


def _number(text: str) -> Fraction:
    return Fraction(text.replace("−", "-").replace(",", "."))
