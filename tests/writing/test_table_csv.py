import csv
from io import StringIO

from scheduler.writing.rows import COLUMNS
from scheduler.writing.table_csv import csv_text, to_csv
from tests.support import doctor, duty, problem, roster
from tests.writing.sample import LACKING, SPRING, alone, nobody, sample


def read(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_excel_is_told_that_it_is_utf8_and_lines_end_as_windows_wants() -> None:
    content = to_csv(sample())
    assert content.startswith(b"\xef\xbb\xbfDato;Ukedag;")
    assert content.endswith(b"\r\n")


def test_one_row_an_assignment_and_one_for_what_lacks() -> None:
    found = read(to_csv(sample()))
    assert len(found) == 7
    assert [row["Lege-ID"] for row in found if row["Vakt-ID"] == LACKING.id] == ["ola", ""]


def test_the_row_of_the_spring_night_has_real_hours_and_both_dates() -> None:
    row = read(to_csv(sample()))[0]
    assert row["Vakt-ID"] == SPRING.id
    assert (row["Dato"], row["Fra"], row["Til dato"], row["Til"]) == (
        "27.03.2027",
        "23:00",
        "28.03.2027",
        "08:00",
    )
    assert (row["Ukedag"], row["Timer"], row["Poeng"]) == ("lørdag", "8", "1,33")
    assert (row["Natt"], row["Helg"], row["Høytid"]) == ("ja", "ja", "påske")
    assert (row["Lege"], row["Kommune"], row["Sted"]) == ("Kari Ødegård", "Fjell", "Legevakta")


def test_the_autumn_night_has_ten_hours() -> None:
    assert read(to_csv(sample()))[-1]["Timer"] == "10"


def test_a_municipal_session_has_no_role() -> None:
    row = next(row for row in read(to_csv(sample())) if row["Vakt"] == "Sykehjem")
    assert (row["Oppgave"], row["Vaktform"], row["Rolle"], row["Timer"]) == (
        "kommunal oppgave",
        "",
        "",
        "7,5",
    )


def test_a_name_that_would_be_a_formula_is_text_and_survives_semicolon_and_newline() -> None:
    names = {row["Lege"] for row in read(to_csv(sample()))}
    assert "'=1+1; «Ola»\nO'Brien" in names


def test_a_number_below_zero_is_one_for_a_spreadsheet_too() -> None:
    assert csv_text(-1.5) == "-1,5"


def test_every_start_of_a_formula_is_guarded() -> None:
    for start in "=+-@\t\r":
        who = doctor(f"{start}cmd")
        row = read(to_csv(alone(who, duty("2027-01-04 16:00", "23:00"))))[0]
        assert row["Lege"] == f"'{start}cmd"


def test_an_empty_roster_is_all_holes_and_no_duties_leave_the_headings() -> None:
    assert [row["Lege"] for row in read(to_csv(nobody()))] == [""] * 7
    without = roster(problem([doctor()], []), {})
    assert to_csv(without).decode("utf-8-sig") == ";".join(COLUMNS) + "\r\n"


def test_of_a_choice_only_one_row_is_a_hole() -> None:
    either = [duty(f"2027-01-0{day} 08:00", "15:00", choice="uke1") for day in (4, 5)]
    assert len(read(to_csv(roster(problem([doctor()], either), {})))) == 1
    assert len(read(to_csv(roster(problem([doctor()], either), {"kari": either[1:]})))) == 1


def test_equal_rosters_give_equal_bytes() -> None:
    assert to_csv(sample()) == to_csv(sample())
