"""What comparisons tell of single doctors: nothing where they are anonymous."""

from dataclasses import replace
from datetime import date

import pytest

from api.whatif import LoadedScenarios
from api.whatif_files import comparison_files
from scheduler.whatif.pseudonyms import pseudonyms
from scheduler.writing.comparison import towns
from scheduler.writing.comparison.measures import (
    MEASURES,
    withheld,
)
from scheduler.writing.comparison.memo import content, to_memo
from scheduler.writing.comparison.sentences import (
    certain,
    means,
)
from scheduler.writing.comparison.source import Comparison
from tests.whatif.comparing import cells_of, text_of, with_towns


def test_pseudonyms_are_stable_whatever_the_scenarios_are(loaded: LoadedScenarios) -> None:
    problems = [own.problem for own in loaded.plans.values()]
    alone = pseudonyms(problems[:1])
    together = pseudonyms(problems)
    assert {own: together[own] for own in alone} == dict(alone)
    assert len(set(together.values())) == len(together)
    assert pseudonyms([problems[0], *reversed(problems[1:])]) == together
    older = replace(
        problems[0],
        doctors=tuple(replace(own, born=date(1950, 1, 1)) for own in problems[0].doctors),
    )
    assert pseudonyms([older]).keys() == alone.keys()


def test_nothing_anonymous_names_a_doctor(loaded: LoadedScenarios, unnamed: Comparison) -> None:
    files = comparison_files(unnamed)
    assert set(files) >= {
        "notat.pdf",
        "sammenligning-uten-navn.xlsx",
        "sammenligning-uten-navn.json",
    }
    texts = [
        text_of(files["notat.pdf"]),
        files["notat.html"].decode(),
        cells_of(files["sammenligning-uten-navn.xlsx"]),
        files["sammenligning-uten-navn.json"].decode(),
        *(c.decode() for name, c in files.items() if name.endswith(".svg")),
    ]
    names = {part for own in loaded.base.plan.doctors for part in own.name.split()} - {"Dalen"}
    for text in texts:
        for word in (*names, "gro", "kari", "alder", "kurs"):
            assert word not in text.split(), word


def test_the_memo_is_anonymous_also_when_the_rest_has_names(named: Comparison) -> None:
    without_question = replace(named, question="")
    text = text_of(to_memo(without_question))
    for own in ("Kari", "Nordmann", "Bråten", "Åsen", "Gro"):
        assert own not in text
    assert "Kari Nordmann" in cells_of(comparison_files(named)["sammenligning.xlsx"])


def test_what_one_or_two_claim_is_withheld_from_the_memo(named: Comparison) -> None:
    fritak = named.alternatives[2]
    assert fritak.claims == 1
    assert withheld(fritak)
    assert not withheld(replace(fritak, claims=3))
    lines = content(named)["lines"]
    heads = content(named)["heads"]
    by_head = dict(zip(heads, lines[2]["cells"], strict=True))
    for measure in MEASURES:
        if measure.in_memo and measure.title in by_head:
            assert (by_head[measure.title]["value"] == "–") is measure.personal
    sentences = " ".join(own for _, own in means(fritak, named.base.figures, discreet=True))
    assert "er ikke vist" in sentences
    assert "poeng" not in sentences
    assert "2 Fritak" not in content(named)["pictures"][0]["svg"]
    assert not [s for _, s in certain(named, discreet=True) if "sin andel («Fritak»)" in s]


def test_texts_that_name_a_doctor_are_told_before_anything_is_shared(
    loaded: LoadedScenarios,
) -> None:
    assert loaded.remarks == ()
    naming = loaded.file.model_copy(update={"question": "Hva om Gro dalen slutter?"})
    (told,) = replace(loaded, file=naming).remarks
    assert told.startswith("Spørsmålet nevner Gro Dalen.")


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([{"a": 5, "b": 4, "c": 3}], [("a",), ("b",), ("c",)]),
        # one alone could be reckoned from the rest, so the next smallest keeps it company
        ([{"a": 5, "b": 4, "c": 2}], [("a",), ("b", "c")]),
        ([{"a": 5, "b": 1, "c": 1}], [("a", "b", "c")]),
        ([{"a": 5, "b": 2, "c": 1}], [("a",), ("b", "c")]),
        ([{"a": 5, "b": 4, "c": 3}, {"a": 5, "b": 4, "c": 2}], [("a",), ("b", "c")]),
        ([{"a": 5, "b": 4, "c": 3}, {"a": 5, "b": 4}], [("a",), ("b",), ("c",)]),
    ],
)
def test_small_municipalities_are_shown_together(
    named: Comparison, sizes: list[dict[str, int]], rows: list[tuple[str, ...]]
) -> None:
    comparison = with_towns(named, *sizes)
    assert [own.members for own in towns.rows(comparison, discreet=True)] == rows
    open_rows = towns.rows(comparison, discreet=False)
    assert all(len(own.members) == 1 for own in open_rows)
    for row in towns.rows(comparison, discreet=True):
        for alternative, own in zip(comparison.alternatives, row.figures, strict=True):
            assert alternative.figures
            expected = sum(
                alternative.figures.towns[m].points
                for m in row.members
                if m in alternative.figures.towns
            )
            assert own is None or own.points == expected
