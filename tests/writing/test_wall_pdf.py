from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Municipality, Place
from scheduler.domain.roster import Timetable
from scheduler.domain.time import days_between
from scheduler.writing.wall import grid, weeks
from scheduler.writing.wall.days import mark, named_days
from scheduler.writing.wall.names import LONGEST, district, shown_names
from scheduler.writing.wall.paper import ROOMS, divide
from scheduler.writing.wall_pdf import Paper, contents, to_wall_pdf
from tests.support import (
    BACKUP,
    DAYTIME,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
)
from tests.writing.sample import AUTUMN, KARI, LACKING, SPRING, alone, nobody, sample

MILLIMETRE = 72 / 25.4


def read(timetable: Timetable, **more: Any) -> PdfReader:
    return PdfReader(BytesIO(to_wall_pdf(timetable, **more)))


def text(timetable: Timetable, **more: Any) -> str:
    joined = " ".join(page.extract_text() for page in read(timetable, **more).pages)
    return " ".join(joined.split())


def district_of(doctors: int, last: date, *, needed: int = 1) -> Timetable:
    """Night duties round the doctors from 1 March 2027."""
    people = [doctor(f"Lege{n:03}") for n in range(doctors)]
    nights = [
        duty(f"{day} 15:00", "23:00", NIGHT, needed=needed)
        for day in days_between(date(2027, 3, 1), last)
    ]
    work: dict[str, list[Duty]] = {person.id: [] for person in people}
    for number, night in enumerate(nights):
        work[people[number % doctors].id].append(night)
    own = problem(people, nights, first_day=date(2027, 3, 1), last_day=last)
    return roster(own, work)


def lines(timetable: Timetable, paper: Paper = Paper.A3) -> dict[str, grid.Line]:
    found = grid.pages(timetable, ROOMS[paper])
    return {line.name: line for page in found for line in page.lines}


def cells(timetable: Timetable) -> list[grid.Cell]:
    """The cells that are not empty."""
    return [
        cell
        for page in grid.pages(timetable, ROOMS[Paper.A3])
        for line in page.lines
        for cell in line.cells
        if cell.text
    ]


@pytest.mark.parametrize(("paper", "width"), [(Paper.A3, 420), (Paper.A4, 297)])
def test_the_paper_lies_on_its_side(paper: Paper, width: int) -> None:
    box = read(sample(), paper=paper).pages[0].mediabox
    assert float(box.width) == pytest.approx(width * MILLIMETRE, abs=1)
    assert box.width > box.height


def test_it_is_tagged_norwegian_and_dated_by_the_day_it_was_judged() -> None:
    found = read(sample())
    catalogue: Any = found.root_object
    assert catalogue["/Lang"] == "nb-NO"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert found.metadata is not None
    assert found.metadata.creation_date is not None
    assert found.metadata.creation_date.date() == date(2026, 11, 21)
    assert found.metadata.title == "Prøve, vaktplan"


def test_equal_rosters_give_equal_bytes() -> None:
    assert to_wall_pdf(sample()) == to_wall_pdf(sample())
    assert to_wall_pdf(sample()) != to_wall_pdf(nobody())


def test_every_page_has_title_period_checksum_and_number() -> None:
    pages = read(sample()).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        own = " ".join(page.extract_text().split())
        assert "Prøve" in own
        assert "22. mars–31. oktober 2027 · uke 12–43" in own
        assert sample().roster.problem_hash[:12] in own
        assert f"Side {number} av {len(pages)}" in own


def test_holes_are_counted_in_the_head_the_grid_and_the_weeks() -> None:
    told = text(sample())
    assert "1 VAKT UDEKKET" in told
    assert told.replace("1 VAKT UDEKKET", "").count("UDEKKET") == 2  # grid and week
    page = next(page for page in grid.pages(sample(), ROOMS[Paper.A3]) if page.holes)
    days = [(day.number, day.letter) for day in page.days]
    assert [day for day, count in zip(days, page.holes, strict=True) if count] == [(1, "T")]
    assert [count for count in page.holes if count] == ["1"]


def test_two_who_lack_are_two() -> None:
    late = next(
        cell
        for part in weeks.parts(nobody(), ROOMS[Paper.A3])
        for week in part.weeks
        for day in week.days
        for cell in day.cells
        if any("(2)" in entry.text for entry in cell)
    )
    assert [(entry.text, entry.hole) for entry in late] == [("UDEKKET (2)", True)]


def test_a_roster_with_holes_is_a_draft_unless_told_otherwise() -> None:
    covered = alone(KARI, SPRING)
    assert "UTKAST" in text(sample())
    assert "UTKAST" not in text(sample(), draft=False)
    assert "UTKAST" not in text(covered)
    assert "UTKAST" in text(covered, draft=True)
    assert "Alt er dekket" in text(covered)


def test_a_doctor_has_letters_on_the_days_and_sums_beside_the_name() -> None:
    kari = next(
        line
        for page in grid.pages(sample(), ROOMS[Paper.A3])
        for line in page.lines
        if line.name == "Kari Ødegård" and any(cell.text for cell in line.cells)
    )
    assert [cell.text for cell in kari.cells if cell.text] == ["N", "S"]
    assert kari.sums == ("2", "2", "2", "18")


def test_real_hours_are_summed_over_the_clock_changes() -> None:
    assert lines(alone(KARI, SPRING))["Kari Ødegård"].sums[3] == "8"
    assert lines(alone(KARI, AUTUMN))["Kari Ødegård"].sums[3] == "10"


def test_two_duties_of_one_day_stand_in_one_cell_in_smaller_print() -> None:
    morning = duty("2027-04-01 08:00", "12:00", DAYTIME)
    (both,) = cells(alone(KARI, morning, LACKING))
    (single,) = cells(alone(KARI, LACKING))
    assert both.text == "D+K"
    assert both.size < single.size


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([NIGHT], "night"),
        ([EVENING], "day"),
        ([HOME], "home"),
        ([BACKUP], "backup"),
        ([HOME, BACKUP], "home"),
        ([EVENING, NIGHT], "night"),
        ([NURSING_HOME], "municipal"),
        ([NURSING_HOME, EVENING], "day"),
        ([], ""),
    ],
)
def test_the_look_of_a_cell_tells_the_kind_of_duty(kinds: list[Any], expected: str) -> None:
    own = [
        duty("2027-03-01 23:00", "2027-03-02 08:00", kind)
        if kind is NIGHT
        else duty("2027-03-01 15:00", "22:00", kind)
        for kind in kinds
    ]
    assert grid.look(own) == expected


def test_the_legend_explains_every_letter_with_its_clock_once() -> None:
    told = {key.code: key.text for key in grid.legend(sample())}
    assert told == {
        "N": "Natt 23–08",
        "H": "Hjemmevakt 08–15",
        "B": "Bakvakt 15–23",
        "K": "Kveld 16–23",
        "S": "Sykehjem 08:00–15:30",
    }
    assert grid.legend(sample())[-1].look == "municipal"


def test_red_days_and_eves_have_shade_and_sign() -> None:
    assert (mark(date(2027, 3, 25)).shade, mark(date(2027, 3, 25)).sign) == ("red", "●")
    assert (mark(date(2027, 3, 27)).shade, mark(date(2027, 3, 27)).sign) == ("eve", "○")
    assert (mark(date(2027, 4, 3)).shade, mark(date(2027, 4, 3)).sign) == ("weekend", "")
    assert (mark(date(2027, 4, 6)).shade, mark(date(2027, 4, 6)).sign) == ("", "")
    assert named_days([date(2027, 3, 28), date(2027, 4, 6)]) == ["● 28. mars: Første påskedag"]
    assert "● 28. mars: Første påskedag" in text(sample())


def test_the_weeks_name_the_doctors_under_each_pattern() -> None:
    part = next(weeks.parts(sample(), ROOMS[Paper.A3]))
    easter = part.weeks[0]
    assert easter.title == "Uke 12 · 22.–28. mars 2027"
    heads = [head.name for head in easter.heads]
    assert "Sykehjem" not in heads  # legevakt alone
    saturday = easter.days[5]
    assert saturday.day == "lør. 27. mar."
    assert [e.text for e in saturday.cells[heads.index("Natt")]] == ["Kari Ødegård"]


def test_clocks_that_vary_stand_beside_the_name() -> None:
    early = duty("2027-03-01 16:00", "22:00", EVENING)
    late = duty("2027-03-02 17:00", "23:30", EVENING)
    part = next(weeks.parts(alone(KARI, early, late), ROOMS[Paper.A3]))
    cells = [entry.text for w in part.weeks for d in w.days for c in d.cells for entry in c]
    assert cells == ["16–22 Kari Ødegård", "17:00–23:30 Kari Ødegård"]


def test_a_plan_of_municipal_work_alone_is_shown_too() -> None:
    session = duty("2027-03-31 08:00", "15:30", NURSING_HOME)
    part = next(weeks.parts(alone(KARI, session), ROOMS[Paper.A3]))
    assert [head.name for head in part.weeks[0].heads] == ["Sykehjem"]


@pytest.mark.parametrize(("doctors", "pages"), [(1, 1), (45, 1), (46, 1), (47, 2), (100, 3)])
def test_many_doctors_are_divided_between_pages(doctors: int, pages: int) -> None:
    own = list(grid.pages(district_of(doctors, date(2027, 3, 28)), ROOMS[Paper.A3]))
    assert len(own) == pages
    assert [line.name for page in own for line in page.lines] == [
        f"Lege{n:03}" for n in range(doctors)
    ]
    assert max(len(p.lines) for p in own) - min(len(p.lines) for p in own) <= 1


@pytest.mark.parametrize(("paper", "doctors"), [(Paper.A3, 3), (Paper.A3, 45), (Paper.A4, 24)])
def test_a_page_of_the_grid_fits_on_one_sheet(paper: Paper, doctors: int) -> None:
    timetable = district_of(doctors, date(2027, 4, 11), needed=2)
    planned = len(list(grid.pages(timetable, ROOMS[paper])))
    printed = [page.extract_text() for page in read(timetable, paper=paper).pages]
    first_week_page = next(n for n, own in enumerate(printed) if "uke for uke" in own)
    assert first_week_page == planned
    assert all("Summene gjelder hele perioden" in own for own in printed[:planned])


def test_weeks_are_divided_evenly() -> None:
    own = list(grid.pages(district_of(2, date(2027, 6, 27)), ROOMS[Paper.A3]))  # 17 weeks
    assert [len(page.weeks) for page in own] == [6, 6, 5]
    assert own[0].title == "Uke 9–14"
    assert own[0].weeks[0].title == "Uke 9 · 1.–7. mars"


@pytest.mark.parametrize(
    ("count", "most", "sizes"),
    [(0, 5, []), (5, 5, [5]), (6, 5, [3, 3]), (7, 3, [3, 2, 2]), (1, 1, [1])],
)
def test_parts_are_few_and_of_nearly_equal_size(count: int, most: int, sizes: list[int]) -> None:
    parts = divide(range(count), most)
    assert [len(part) for part in parts] == sizes
    assert [item for part in parts for item in part] == list(range(count))


def test_odd_names_stay_text_and_long_ones_are_cut() -> None:
    long = replace(doctor("Lang"), name="Anne-Margrethe " * 12)
    markup = replace(doctor("Rar"), name='#panic("x") $a$ *b* <c> Æ\nØ')
    night = duty("2027-03-27 23:00", "2027-03-28 08:00", NIGHT)
    own = roster(problem([long, markup], [night]), {"rar": [night]})
    names = shown_names(own.problem)
    assert names["lang"].endswith("…")
    assert len(names["lang"]) <= LONGEST
    assert names["rar"] == '#panic("x") $a$ *b* <c> Æ Ø'
    assert '#panic("x") $a$ *b* <c> Æ Ø' in text(own)


def test_a_name_that_no_font_can_show_does_not_stop_the_print() -> None:
    emoji = replace(doctor("Glad"), name="Glad 🩺 Lege")
    assert "Lege" in text(alone(emoji, SPRING))


def test_namesakes_are_told_apart_by_id() -> None:
    first, second = doctor("Kari"), replace(doctor("Kari2"), name="Kari")
    names = shown_names(problem([first, second], [SPRING]))
    assert names == {"kari": "Kari (kari)", "kari2": "Kari (kari2)"}


def test_the_district_is_named_by_place_or_municipality() -> None:
    own = sample().problem
    assert district(own) == "Fjell kommune"
    two = replace(own, municipalities=(*own.municipalities, Municipality("sund", "Sund", 1)))
    assert district(two) == "Fjell og Sund kommuner"
    assert district(replace(own, places=(Place("lv", "Vakta", district="Nordhordland"),))) == (
        "Nordhordland"
    )


def test_a_roster_without_duties_or_doctors_can_be_printed() -> None:
    assert "Planen har ingen vakter" in text(alone(KARI))
    empty = problem([], [], first_day=date(2027, 3, 1), last_day=date(2027, 3, 7))
    assert "Planen har ingen leger." in text(roster(empty, {}))


def test_absences_and_exemptions_are_not_on_the_wall() -> None:
    told = str(contents(sample())).casefold()
    assert "fravær" not in told
    assert "fritak" not in told
