"""What a doctor is told when duties move, in bokmål, nynorsk and English."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.service.messages.words import WORDS, Changed, Words
from scheduler.domain.duty import Duty

_MOST = 60  # duties of a kind in one mail
_MOST_SMS = 3


@dataclass(frozen=True, slots=True)
class Moves:
    """How one doctor's future duties moved, in order of time.

    Attributes:
        changed: duties that the doctor keeps at another time or place, or in another form.
    """

    gained: tuple[Duty, ...] = ()
    lost: tuple[Duty, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything moved."""
        return bool(self.gained or self.lost or self.changed)


@dataclass(frozen=True, slots=True)
class Telling:
    """What there is to tell one doctor.

    Attributes:
        name: of the doctor.
        title: of the roster.
        first: it was not published before.
        moves: what is told.
        urgent: nearer than calendars read.
        calendar: the kind of calendar that reads the doctor's duties; empty: none.
        hours: within which it has read a change.
        address: of the service, for people.
        language: of the reader.
    """

    name: str
    title: str
    first: bool
    moves: Moves
    urgent: bool = False
    calendar: str = ""
    hours: int = 24
    address: str = ""
    language: str = "nb"


def told(telling: Telling) -> tuple[str, str]:
    """Subject and body of a mail."""
    words, moves = WORDS[telling.language], telling.moves
    title = " ".join(telling.title.split())
    subject = (words.published if telling.first else words.changed).format(title=title)
    if telling.urgent and not telling.first:
        subject = f"{words.urgent}: {subject}"
    opening = (
        words.opening_first.format(title=title, many=words.many(len(moves.gained)))
        if telling.first
        else words.opening.format(title=title)
    )
    lines = [words.greeting.format(name=telling.name), "", opening, ""]
    lines += _capped((f"+ {words.duty(duty)}" for duty in moves.gained), _MOST, words)
    lines += _capped((f"− {words.duty(duty)}" for duty in moves.lost), _MOST, words)
    lines += _capped((f"~ {words.change(own)}" for own in moves.changed), _MOST, words)
    if not telling.first:
        lines += ["", words.legend]
    lines += ["", words.in_force.format(address=telling.address)]
    lines.append(
        words.calendar.format(name=telling.calendar, delay=words.within(telling.hours))
        if telling.calendar
        else words.no_calendar
    )
    lines += ["", words.closing]
    return " ".join(subject.split()), "\n".join(lines) + "\n"


def told_shortly(telling: Telling) -> str:
    """The text of an SMS."""
    words, moves = WORDS[telling.language], telling.moves
    lines = [f"+ {words.short(duty)}" for duty in moves.gained]
    lines += [f"− {words.short(duty)}" for duty in moves.lost]
    lines += [words.short_change(own) for own in moves.changed]
    return "\n".join(
        [
            words.sms,
            *_capped(iter(lines), _MOST_SMS, words),
            words.see.format(address=telling.address),
        ]
    )


def _capped(lines: Iterator[str], most: int, words: Words) -> Iterator[str]:
    shown = list(lines)
    yield from shown[:most]
    if len(shown) > most:
        yield words.more.format(count=len(shown) - most)
