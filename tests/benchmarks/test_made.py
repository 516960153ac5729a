"""Made-up instances: lawful by construction, in the published form, scored independently."""

import pytest

from benchmarks.curtois import assignments_of, read, score
from benchmarks.instances import load
from benchmarks.made import made, main, sizes, text
from scheduler.checking import check
from scheduler.domain.roster import Roster, Timetable

SIZES = [(2, 14, 1), (5, 14, 32), (18, 28, 3), (24, 56, 8)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_drawn_roster_is_lawful_and_its_cost_is_known(
    size: tuple[int, int, int], seed: int
) -> None:
    own = made(*size, seed)
    assert score(own.instance, own.drawn) == (own.cost, [])
    assert (len(own.instance.staff), own.instance.days, len(own.instance.shifts)) == size
    assert own.drawn
    assert own.cost < score(own.instance, {})[0]


@pytest.mark.parametrize("size", SIZES)
def test_the_text_is_read_back_as_the_instance(size: tuple[int, int, int]) -> None:
    own = made(*size).instance
    assert read(text(own)) == own


def test_our_own_rules_take_the_drawn_roster() -> None:
    loaded = load("made/18x28x3/2", None)
    own = made(18, 28, 3, 2)
    assert loaded.drawn == own.cost
    roster = Roster.of(loaded.problem, tuple(assignments_of(own.drawn)))
    assert check(Timetable(loaded.problem, roster), loaded.rules, explain_holes=False).lawful
    assert loaded.score(roster.assignments) == (own.cost, [])


def test_sizes_and_seed_make_the_instance() -> None:
    assert made(6, 14, 2) == made(6, 14, 2, 1)
    assert made(6, 14, 2).instance != made(6, 14, 2, 2).instance
    assert sizes("50x182x6") == (50, 182, 6, 1)
    assert sizes("50x182x6/3") == (50, 182, 6, 3)


@pytest.mark.parametrize("name", ["50x182", "50x182x6/", "50xax6", "50x182x6x1", ""])
def test_a_name_that_is_no_size_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"must be PEOPLExDAYSxTYPES"):
        sizes(name)


@pytest.mark.parametrize(
    "size", [(1, 28, 3), (10, 27, 3), (10, 371, 3), (10, 28, 33), (201, 28, 3)]
)
def test_sizes_outside_the_range_are_refused(size: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"must be within 2–200 people"):
        made(*size)


def test_the_command_writes_an_instance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["made", "6x14x2"])
    main()
    assert read(capsys.readouterr().out) == made(6, 14, 2).instance
