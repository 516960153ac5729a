"""Rows of wishes: whole weekends in one row, and what looks half entered."""

from typing import Any

import pytest

from tests.reading.plans import Document, reading, small, the_fault
from tests.support import span

FRIDAY_EVENING: Document = {
    "id": "fredag",
    "name": "Fredagskveld",
    "presence": "on_site",
    "place": "lv",
    "start": "15:30",
    "end": "23:00",
    "weekdays": ["fri"],
}
LACKS_FRIDAY = (
    "Ønsket gjelder lørdag og søndag, men ikke fredag kveld. Sett «Hele helgen» til ja hvis "
    "fredagen skal være med."
)


def with_wish(**fields: Any) -> Document:
    """The small plan with an evening shift on Fridays and this one wish."""

    def change(document: Document) -> None:
        document["patterns"].append(FRIDAY_EVENING)
        own = {"id": "ø1", "doctor": "åse", "attitude": "rather_not"} | fields
        document["wishes"] = [own]

    return small(change)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2027-04-09", None, "2027-04-09", "2027-04-12"),
        ("2027-04-10", None, "2027-04-09", "2027-04-12"),
        ("2027-04-11", None, "2027-04-09", "2027-04-12"),
        ("2027-04-10", "2027-04-11", "2027-04-09", "2027-04-12"),
        ("2027-04-10T12:00", "2027-04-11T20:00", "2027-04-09", "2027-04-12"),
        ("2027-04-09", "2027-04-18", "2027-04-09", "2027-04-19"),
    ],
)
def test_a_whole_weekend_is_one_row(start: str, end: str | None, first: str, last: str) -> None:
    more = {"end": end} if end else {}
    document = with_wish(start=start, whole_weekend=True, **more)
    [wish] = reading(document).problem.wishes
    assert wish.interval == span(f"{first} 15:00", f"{last} 08:00")
    assert [remark.text for remark in reading(document).remarks] == []


def test_a_whole_weekend_over_the_change_of_the_clocks() -> None:
    [wish] = reading(with_wish(start="2027-03-27", whole_weekend=True)).problem.wishes
    assert wish.interval == span("2027-03-26 15:00", "2027-03-29 08:00")
    assert wish.interval.minutes == (3 * 24 - 7 - 1) * 60


@pytest.mark.parametrize(
    ("fields", "place", "value"),
    [
        ({"start": "2027-04-08"}, "wishes[0].start", "2027-04-08"),
        ({"start": "2027-04-12"}, "wishes[0].start", "2027-04-12"),
        ({"start": "2027-04-10", "end": "2027-04-12"}, "wishes[0].end", "2027-04-12"),
    ],
)
def test_a_whole_weekend_needs_a_day_of_one(fields: Document, place: str, value: str) -> None:
    fault = the_fault(with_wish(whole_weekend=True, **fields))
    assert fault.place == place
    assert fault.value == value
    assert fault.problem == (
        "Ønsket gjelder hele helgen, men dagen er ikke fredag, lørdag eller søndag."
    )


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({"start": "2027-04-10", "end": "2027-04-11"}, True),
        ({"start": "2027-04-10", "end": "2027-04-11", "patterns": ["fredag", "natt"]}, True),
        ({"start": "2027-04-10", "end": "2027-04-11", "patterns": ["natt"]}, False),
        ({"start": "2027-04-10"}, False),
        ({"start": "2027-04-11"}, False),
        ({"start": "2027-04-09", "end": "2027-04-11"}, False),
        ({"start": "2027-04-10", "end": "2027-04-12"}, False),
        ({"start": "2027-04-10", "end": "2027-04-18"}, False),
        ({"start": "2027-04-10T08:00", "end": "2027-04-11"}, False),
        ({"start": "2027-04-10", "end": "2027-04-11", "whole_weekend": True}, False),
    ],
)
def test_a_weekend_without_its_friday_is_remarked(fields: Document, lacks: bool) -> None:
    remarks = [remark.text for remark in reading(with_wish(**fields)).remarks]
    assert remarks == ([LACKS_FRIDAY] if lacks else [])


def test_without_a_shift_on_friday_evening_nothing_lacks() -> None:
    document = small(lambda d: d["wishes"][0].update(start="2027-04-10", end="2027-04-11"))
    assert not reading(document).remarks


def test_a_wish_that_means_no_duty_is_remarked_and_not_more() -> None:
    document = with_wish(start="2028-04-08", end="2028-04-09")
    assert [remark.text for remark in reading(document).remarks] == [
        "Ønsket gjelder ingen vakt eller økt i perioden."
    ]
