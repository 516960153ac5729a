"""What is said of a proof, word for word: not more than the bounds say."""

from dataclasses import replace
from datetime import date
from math import inf

import pytest

from scheduler.certificate import Certificate, Standing, StepProof, with_claims
from scheduler.domain.roster import LevelResult
from scheduler.writing.certificate import bound_sentence, heaviest, statement
from scheduler.writing.certificate_page import command, remarks

WORST = "fairness_worst_1"


def level(key: str, value: float, bound: float, proven: bool | None = None) -> LevelResult:
    known = value <= bound if proven is None else proven
    return LevelResult(key, key.title(), value, bound, known, "poeng")


def before() -> list[LevelResult]:
    return [level("cover", 0, 0), level("ordered", 3, 3), level("health", 9, 0)]


def test_a_bound_below_the_value_is_told_with_the_gap() -> None:
    [sentence] = statement([*before(), level(WORST, 15, 14.5)])
    assert sentence == (
        "Ingen lovlig plan som er like god på dekning, pålegg og helse, gir den tyngst belastede "
        "legen mindre enn 14,5 poeng over sin rettferdige andel; denne planen har 15 "
        "(avstand 0,5 poeng)."
    )


def test_what_is_proven_is_said_to_be_the_fairest_only_where_all_of_fairness_is() -> None:
    proven = level(WORST, 15, 15)
    [sentence] = statement([*before(), proven])
    assert sentence == (
        "Det finnes ingen rettferdigere plan: ingen lovlig plan som er like god på dekning, "
        "pålegg og helse, gir den tyngst belastede legen mindre enn 15 poeng over sin "
        "rettferdige andel, og denne planen gir ikke mer."
    )
    sentence, several = statement([*before(), proven, level("fairness_worst_2", 20, 18)])
    assert sentence.startswith("Ingen lovlig plan")
    assert several == (
        "De to tyngst belastede har til sammen 20 poeng over sine rettferdige andeler; ingen plan "
        "som er like god så langt, kommer under 18 (avstand 2 poeng)."
    )
    open_sum = statement([*before(), proven, level("fairness", 400, 0)])
    assert open_sum[0].startswith("Ingen lovlig plan")


@pytest.mark.parametrize("bound", [-14.0, -inf])
def test_without_a_bound_nothing_is_claimed(bound: float) -> None:
    [sentence] = statement([level(WORST, 0.75, bound)])
    assert sentence == (
        "Det er ikke bevist hvor rettferdig en lovlig plan kan bli: denne planen gir den tyngst "
        "belastede legen 0,75 poeng over sin rettferdige andel, og ingen nedre grense er funnet."
    )
    assert bound_sentence(level(WORST, 0.75, bound)) == "ingen nedre grense funnet"


def test_a_bound_of_nothing_is_told_in_points() -> None:
    [sentence] = statement([level("cover", 0, 0), level(WORST, 0.75, 0)])
    assert sentence == (
        "Ingen lovlig plan som er like god på dekning, gir den tyngst belastede legen mindre enn "
        "sin rettferdige andel; denne planen har 0,75 (avstand 0,75 poeng)."
    )


def test_where_everybody_is_under_the_share_it_is_told_as_under() -> None:
    [sentence] = statement([level(WORST, -0.5, -0.5)])
    assert "lenger ned enn 0,5 poeng under sin rettferdige andel" in sentence


def test_several_are_told_together() -> None:
    proven = level("fairness_worst_2", 5.61, 5.61)
    unknown = level("fairness_worst_3", 7, -inf)
    _, two, three = statement([level(WORST, 3, 3), proven, unknown])
    assert two.endswith("; ingen plan som er like god så langt, gir dem mindre (bevist).")
    assert three.endswith("; det er ikke bevist at det ikke kan bli mindre.")
    [_, under] = statement([level(WORST, 0, 0), level("fairness_worst_2", -1, -1)])
    assert under.startswith("De to tyngst belastede har til sammen 1 poeng mindre enn sine")


def test_a_roster_without_proofs_gets_no_statement() -> None:
    assert statement(()) == ()
    assert statement([level("cover", 0, 0)]) == ()
    assert statement([level(WORST, inf, 0, proven=False)]) == ()


@pytest.mark.parametrize(
    ("value", "bound", "told"),
    [
        (15, 14.5, "kan ikke bli under 14,5; avstand 3 %"),
        (1000, 999, "kan ikke bli under 999; avstand 0,1 %"),
        (10000, 9999, "kan ikke bli under 9999; avstand 0,1 %"),
        (15, 15, "bevist best mulig"),
    ],
)
def test_gaps_are_never_rounded_to_nothing(value: float, bound: float, told: str) -> None:
    assert bound_sentence(level("x", value, bound)) == told


def proof(key: str, value: float, bound: float | None, *, better: float | None = None) -> StepProof:
    proven = bound is not None and value <= bound
    return StepProof(key, key.title(), "poeng", value, bound, proven, "linear", better=better)


def certificate(*steps: StepProof) -> Certificate:
    return Certificate(
        problem_hash="a" * 64,
        roster_hash="b" * 64,
        rule_set="2026.1",
        solver="OR-Tools 9",
        seed=7,
        workers=2,
        time_limit=60.0,
        seconds=12.3,
        judged_on=date(2026, 11, 21),
        steps=steps,
        standings=(Standing("kari", 24.1, 21.6), Standing("ola", 20, 21.1)),
    )


def test_the_heaviest_is_told_in_points_and_not_by_name() -> None:
    assert heaviest(certificate()) == (
        "Den tyngst belastede legen har 24,1 poeng i planen; den rettferdige andelen, når saldoen "
        "fra før er regnet med, er 21,6."
    )
    assert certificate().vector == (2.5, -1.1)


def test_what_is_left_to_prove_is_told_as_a_part_of_the_heaviest_load() -> None:
    left = " Det som gjenstår å bevise, tilsvarer 4 % av disse poengene."
    assert certificate(proof(WORST, 2.5, 1.536)).load_gap_percent == pytest.approx(4)
    assert heaviest(certificate(proof(WORST, 2.5, 1.536))) == heaviest(certificate()) + left
    for step in (proof(WORST, 2.5, 2.5), proof(WORST, 2.5, None), proof(WORST, 2.5, -3.0)):
        assert heaviest(certificate(step)) == heaviest(certificate())
    nothing = replace(certificate(proof(WORST, 0, -1)), standings=(Standing("kari", 0, 0),))
    assert nothing.load_gap_percent is None


def test_a_better_claim_that_was_not_found_again_is_told() -> None:
    own = [proof("cover", 0, 0), proof(WORST, 15, 14), proof("fairness", 9, None)]
    claims = [level("cover", 0, 0), level(WORST, 15, 14.5), level("fairness", 9, 3)]
    first, worst, rest = with_claims(own, claims)
    assert (first.claimed, worst.claimed, rest.claimed) == (None, 14.5, 3)
    told = remarks(certificate(first, worst, rest))
    assert told[0] == (
        f"Vaktplanen oppgir 14,5 som nedre grense for «{WORST.title()}». Det er ikke gjenfunnet "
        "på denne tiden."
    )
    assert len(told) == 2


def test_a_claim_of_another_roster_counts_for_nothing() -> None:
    own = [proof("cover", 0, 0), proof(WORST, 15, 14)]
    claims = [level("cover", 1, 1), level(WORST, 15, 14.5)]
    assert [step.claimed for step in with_claims(own, claims)] == [None, None]
    assert [step.claimed for step in with_claims(own, ())] == [None, None]


def test_a_better_roster_is_told_plainly() -> None:
    told = remarks(certificate(proof(WORST, 15, 14, better=14.25)))
    assert told == [
        f"Det finnes en bedre plan: på trinnet «{WORST.title()}» ble 14,25 funnet, mot 15 her."
    ]


def test_the_command_holds_what_it_takes_to_do_it_again() -> None:
    assert command(certificate()) == (
        "rettvakt certify PLAN VAKTPLAN --time-limit 60 --seed 7 --workers 2"
    )


def test_gaps_in_units_and_per_cent() -> None:
    assert proof("x", 15, 14.4).gap == pytest.approx(0.6)
    assert proof("x", 15, 14.4).gap_percent == pytest.approx(4)
    assert proof("x", 15, None).gap is None
    assert proof("x", 15, None).gap_percent is None
    assert proof("x", 0, 0).gap_percent == 0
