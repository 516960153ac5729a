"""Whether the book is as it was posted: the chain of digests, the order, the sums."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book, balanced
from scheduler.ledger.digest import digest_of
from scheduler.ledger.entry import Entry, Event, Kind
from scheduler.ledger.wording import amount, word

_BACK = (
    "Hent fram den siste kopien som stemmer (mappen «tidligere»), og før det som er nytt, som "
    "egne bilag."
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was posted.

    Attributes:
        entry: number of the entry as it stands in the file; None: the book as a whole.
        value: what stands there.
        problem, remedy: whole sentences in bokmål.
    """

    entry: int | None
    value: str
    problem: str
    remedy: str = _BACK


def flaws(book: Book, *, length: int | None = None, digest: str | None = None) -> tuple[Flaw, ...]:
    """All that does not fit, in the order of the book.

    Args:
        book: the book as it was read.
        length: how many entries the file says that it has.
        digest: the digest that the file says that it ends with. Without these two, entries
            cut off at the end are not missed.
    """
    return tuple(_flaws(book, length, digest))


def _flaws(book: Book, length: int | None, digest: str | None) -> Iterator[Flaw]:
    above: Entry | None = None
    for place, entry in enumerate(book.entries, 1):
        if entry.number != place:
            yield Flaw(
                place,
                str(entry.number),
                f"Bilaget skulle hatt nummer {place}. Et bilag er fjernet, satt inn eller flyttet.",
            )
        if entry.digest != digest_of(entry, above.digest if above else ""):
            yield Flaw(
                place,
                entry.digest[:12],
                "Kontrollsummen stemmer ikke. Bilaget er endret etter at det ble ført, eller "
                "bilaget foran det er endret eller fjernet.",
            )
        if above and entry.booked_on < above.booked_on:
            yield Flaw(
                place,
                f"{entry.booked_on:%d.%m.%Y}",
                "Bilaget er datert før bilaget foran.",
            )
        yield from _unbalanced(place, entry)
        if entry.reverses is not None:
            yield from _wrong_reversal(book, place, entry)
        above = entry
    if length is not None and length != len(book.entries):
        yield Flaw(
            None,
            str(len(book.entries)),
            f"Filen sier at den har {length} bilag. Bilag er fjernet eller lagt til for hånd.",
        )
    if digest is not None and digest != book.digest:
        yield Flaw(
            None,
            digest[:12],
            "Filens egen kontrollsum er ikke den siste bilagets. Bilag på slutten er fjernet "
            "eller lagt til for hånd.",
        )


def _unbalanced(place: int, entry: Entry) -> Iterator[Flaw]:
    sums: Counter[tuple[Measure, Kind]] = Counter()
    for line in entry.lines:
        if line.measure is not None:
            sums[line.measure, line.kind] += line.amount
    for (measure, _), total in sums.items():
        if total:
            yield Flaw(
                place,
                amount(measure, total),
                f"Linjene for {word(measure)} går ikke opp i null.",
            )


def _wrong_reversal(book: Book, place: int, entry: Entry) -> Iterator[Flaw]:
    number = entry.reverses or 0
    taken = book.entries[number - 1] if 1 <= number < place else None
    mirrored = (
        balanced(replace(line, amount=-line.amount) for line in taken.lines) if taken else None
    )
    if entry.event is not Event.REVERSAL or mirrored != balanced(entry.lines):
        yield Flaw(place, str(number), "Bilaget er ikke det motsatte av det som det reverserer.")
