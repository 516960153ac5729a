"""Whatever is changed, removed or moved in a book is found, with place and remedy."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Account
from scheduler.fairness.measures import Measure
from scheduler.ledger import posting
from scheduler.ledger.audit import Flaw, flaws
from scheduler.ledger.book import Book
from scheduler.ledger.digest import digest_of, roster_digest
from scheduler.ledger.entry import Entry, Event, Settings
from scheduler.reading.faults import PlanError
from scheduler.reading.ledger import flaw_faults, read_book
from scheduler.writing.ledger_file import to_document, to_json, to_yaml
from tests.scheduler.books import closed, period, worked

Place = tuple[str | int, ...]


def whole_book() -> Book:
    """A book in which everything occurs that can be written down."""
    plan = period(ledger=(Account("kari", points=250, holidays={GreatHoliday.EASTER: 2024}),))
    book = closed(Book(), worked(plan, {"kari": 6, "ola": 2}), refused={"ola": 100}).book
    day = plan.last_day + timedelta(days=1)
    book = posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", day, against="ola")
    book = posting.reverse(book, 3, "Var ført fra før", day)
    book = posting.set_settings(book, Settings(18, 150, 6), "Vedtak", day)
    later = period(first=day)
    book = closed(book, worked(later, {"kari": 2, "ola": 6})).book
    return posting.leave(book, "ola", "Sluttet", date(2027, 5, 1))


BOOK = whole_book()


def scalars(value: object, place: Place = ()) -> Iterator[Place]:
    """Where everything stands that is no list and no object."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from scalars(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from scalars(inner, (*place, number))
    else:
        yield place


PLACES = sorted(scalars(to_document(BOOK)), key=str)


def changed(place: Place, change: Any) -> Any:
    """The document of the book with another value in one place."""
    document = json.loads(to_json(BOOK))
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = change(inner[place[-1]])
    return document


def is_refused(document: object) -> bool:
    """Whether the document is not taken for a book as it was posted."""
    content = json.dumps(document, ensure_ascii=False).encode()
    try:
        return bool(read_book(content, "konto.json").flaws)
    except PlanError:
        return True


def found(entries: tuple[Entry, ...], **head: Any) -> list[tuple[int | None, str]]:
    return [(flaw.entry, flaw.problem.split(".")[0]) for flaw in flaws(Book(entries), **head)]


def other(value: object) -> object:
    """A different value of the same kind."""
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "kari"
    text = str(value)
    if len(text) == 10 and text[4] == "-":
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    return {"kari": "ola", "ola": "kari"}.get(text, f"{text[:-1]}{'0' if text[-1] != '0' else '1'}")


def test_a_book_as_it_was_posted_has_no_flaw() -> None:
    assert flaws(BOOK, length=len(BOOK.entries), digest=BOOK.digest) == ()
    assert flaws(Book(), length=0, digest="") == ()


@pytest.mark.parametrize("write", [to_json, to_yaml])
def test_a_file_reads_back_as_the_same_book(write: Any) -> None:
    name = "konto.json" if write is to_json else "konto.yaml"
    again = read_book(write(BOOK).encode(), name)
    assert again.book == BOOK
    assert again.flaws == ()
    assert write(again.book) == write(BOOK)
    assert read_book(write(Book()).encode(), name).book == Book()


def test_a_line_of_the_book_is_a_line_of_the_file() -> None:
    for text in (to_json(BOOK), to_yaml(BOOK)):
        for line in text.splitlines():
            assert line.count("amount") <= 1
    assert max(map(len, to_json(BOOK).splitlines())) < 400


@pytest.mark.parametrize("place", PLACES, ids=lambda own: ".".join(map(str, own)))
def test_every_value_that_is_changed_is_found(place: Place) -> None:
    assert is_refused(changed(place, other))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False),
)
def test_no_other_value_passes_unseen(place: Place, value: object) -> None:
    document = changed(place, lambda _: value)
    same = json.dumps(document) == json.dumps(to_document(BOOK))
    assert is_refused(document) or same or _means_the_same(document)


def _means_the_same(document: object) -> bool:
    """A blank around a date, say: it reads as the very same book."""
    content = json.dumps(document, ensure_ascii=False).encode()
    return read_book(content, "konto.json").book == BOOK


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_entries_and_lines_that_are_removed_moved_or_doubled_are_found(data: st.DataObject) -> None:
    document = json.loads(to_json(BOOK))
    entries = document["entries"]
    lists = [entries, *(own["lines"] for own in entries if own.get("lines"))]
    chosen = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(chosen) - 1))
    what = data.draw(st.sampled_from(["remove", "double", "swap"]))
    if what == "remove":
        del chosen[at]
    elif what == "double":
        chosen.insert(at, chosen[at])
    elif len(chosen) > 1:
        other_place = (at + 1) % len(chosen)
        chosen[at], chosen[other_place] = chosen[other_place], chosen[at]
    assert is_refused(document) or document == to_document(BOOK)


def test_what_is_cut_off_at_the_end_is_missed() -> None:
    short = BOOK.entries[:-1]
    assert found(short) == []  # the chain alone cannot know
    assert found(short, length=len(BOOK.entries), digest=BOOK.digest) == [
        (None, f"Filen sier at den har {len(BOOK.entries)} bilag"),
        (None, "Filens egen kontrollsum er ikke den siste bilagets"),
    ]


def test_an_entry_in_the_middle_that_is_gone_is_named() -> None:
    gone = (*BOOK.entries[:2], *BOOK.entries[3:])
    assert found(gone)[:2] == [
        (3, "Bilaget skulle hatt nummer 3"),
        (3, "Kontrollsummen stemmer ikke"),
    ]


def test_a_changed_entry_with_a_new_digest_breaks_the_chain_below() -> None:
    entry = replace(BOOK.entries[1], text="Pyntet på")
    entry = replace(entry, digest=digest_of(entry, BOOK.entries[0].digest))
    forged = (BOOK.entries[0], entry, *BOOK.entries[2:])
    assert found(forged) == [(3, "Kontrollsummen stemmer ikke")]


def rechained(*entries: Entry) -> tuple[Entry, ...]:
    """Entries with digests that fit, so that only their content can be wrong."""
    done: list[Entry] = []
    for entry in entries:
        above = done[-1].digest if done else ""
        done.append(replace(entry, digest=digest_of(entry, above)))
    return tuple(done)


def test_lines_that_do_not_balance_are_found_behind_fitting_digests() -> None:
    closing = BOOK.entries[1]
    forged = replace(closing, lines=closing.lines[1:])
    assert (2, "Linjene for poeng går ikke opp i null") in found(rechained(BOOK.entries[0], forged))


def test_a_day_that_goes_backwards_is_found_behind_fitting_digests() -> None:
    late = replace(BOOK.entries[0], booked_on=date(2027, 12, 1))
    assert found(rechained(late, BOOK.entries[1])) == [(2, "Bilaget er datert før bilaget foran")]


@pytest.mark.parametrize("wrong", ["lines", "event", "number"])
def test_a_reversal_that_is_none_is_found_behind_fitting_digests(wrong: str) -> None:
    reversal = BOOK.entries[3]
    forged = {
        "lines": replace(reversal, lines=BOOK.entries[2].lines),
        "event": replace(reversal, event=Event.CORRECTION),
        "number": replace(reversal, reverses=9),
    }[wrong]
    assert found(rechained(*BOOK.entries[:3], forged)) == [
        (4, "Bilaget er ikke det motsatte av det som det reverserer")
    ]


def test_flaws_are_told_with_place_and_remedy() -> None:
    [one, whole] = flaw_faults((Flaw(3, "x", "Galt."), Flaw(None, "y", "Også galt.")))
    assert one.place == "Bilag 3"
    assert whole.place == "Hele vaktkontoen"
    assert "tidligere" in one.remedy


def test_equal_rosters_have_equal_digests() -> None:
    plan = period()
    first, second = worked(plan, {"kari": 6, "ola": 2}), worked(plan, {"kari": 2, "ola": 6})
    assert roster_digest(first) == roster_digest(worked(plan, {"kari": 6, "ola": 2}))
    assert roster_digest(first) != roster_digest(second)


# --- the shape of the file -----------------------------------------------------------------


def faults(content: bytes, name: str = "konto.json") -> list[str]:
    with pytest.raises(PlanError) as error:
        read_book(content, name)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "konto.json", "Filen er tom."),
        (b"{}", "konto.txt", "Filtypen er ukjent."),
        (b"[]", "konto.json", "Dette er ikke en vaktkonto."),
        (b'{"format": "rettvakt-plan"}', "konto.json", "Dette er ikke en vaktkonto."),
        (b'{"format": "rettvakt-ledger", "version": 2}', "konto.json", "Utgaven av formatet"),
        (b'{"format"', "konto.json", "kan ikke leses som JSON"),
        (b"format: [", "konto.yaml", "kan ikke leses som YAML"),
        (b"\xff\xfe", "konto.yaml", "UTF-16"),
    ],
)
def test_what_is_no_book_is_told(content: bytes, name: str, told: str) -> None:
    [fault] = faults(content, name)
    assert told in fault


def test_all_faults_of_the_shape_are_told_with_their_place() -> None:
    document = json.loads(to_json(BOOK))
    document["entries"][1]["lines"][0] |= {"amount": "mye", "measure": "penger", "extra": 1}
    del document["entries"][1]["period"]["title"]
    document["entries"][0]["event"] = "fest"
    document["entries"][0]["booked_on"] = "i går"
    document["entries"][0]["text"] = 5
    document["entries"][1]["holidays"][0]["holiday"] = "bursdag"
    document["entries"][1]["lines"][1]["kind"] = None
    document["entries"][2]["lines"] = 3
    told = faults(json.dumps(document).encode())
    for part in (
        "entries[1].lines[0].amount (mye): Her må det stå et helt tall.",
        "entries[1].lines[0].measure (penger): Dette er ikke noe som fordeles.",
        "entries[1].lines[0].extra (1): Feltet «extra» er ukjent.",
        "entries[1].period.title: Feltet «title» mangler.",
        "entries[0].event (fest): Verdien er ukjent.",
        "entries[0].booked_on (i går): Dette er ikke en dato.",
        "entries[0].text (5): Her må det stå tekst.",
        "entries[1].holidays[0].holiday (bursdag): Dette er ikke en høytid.",
        "entries[1].lines[1].kind: Verdien er ukjent.",
        "entries[2].lines (3): Feltet «lines» har en verdi som ikke kan brukes.",
    ):
        assert any(own.startswith(part) for own in told), part
