"""What a wish receipt is made of: what was asked, what came of it, and what stood against.

Receipts are between one doctor and the coordinator: they hold nothing of why another doctor is
not available. Whoever puts them together says it in words (`api.wishes`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.problem import Attitude


class Answer(StrEnum):
    """What became of a wish."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    EMPTY = "empty"  # it means no duty of the plan


ANSWERS = {
    Answer.GRANTED: "Oppfylt",
    Answer.PARTLY: "Delvis oppfylt",
    Answer.REFUSED: "Ikke oppfylt",
    Answer.EMPTY: "Gjelder ingen vakt",
}
SIGNS = {Answer.GRANTED: "✓", Answer.PARTLY: "◐", Answer.REFUSED: "✗", Answer.EMPTY: "–"}

BASIS = (
    "Grunnene er funnet ved å prøve direkte bytter mellom to leger med resten av planen som den "
    "er. Hele planen er ikke regnet om for hvert ønske, så en helt annen plan kan ha gitt et "
    "annet svar."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """What stood against one duty, or one block, of a refused wish.

    Attributes:
        duties: ids, in order of time.
        what: the duties in words.
        main: the one sentence that matters most.
        others: what stood against each of the others who might have taken part, best first.
        unavailable: names of doctors to whom the duty was closed; never why.
        open: a lawful exchange exists that would not make the plan worse.
    """

    duties: tuple[str, ...]
    what: str
    main: str
    others: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one wish.

    Attributes:
        wish, doctor: ids.
        name: the doctor's name.
        asked: the wish in words.
        sentence: what came of it, in words.
        parts, refused: how many things could be refused by themselves (days of a wish against
            duties), and how many were.
        meant: ids of the duties that the wish means, in order of time.
        given: those of them that the doctor has.
        holders: who has each duty meant: pairs (duty, doctors).
        dearer: how many per cent more the wish weighed, for refusals of earlier periods.
        notes: how it was weighed, where that was out of the ordinary.
        reasons: what stood against, a reason for each duty; empty where all is granted.
    """

    wish: str
    doctor: str
    name: str
    attitude: Attitude
    answer: Answer
    asked: str
    sentence: str
    parts: int
    refused: int
    meant: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    holders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dearer: int = 0
    notes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def by_doctor(receipts: Iterable[Receipt]) -> dict[str, list[Receipt]]:
    """The receipts of each doctor who has any, in the doctors' order."""
    found: dict[str, list[Receipt]] = {}
    for own in receipts:
        found.setdefault(own.doctor, []).append(own)
    return found


def summary(receipts: Iterable[Receipt]) -> str:
    """«3 ønsker: 2 oppfylt, 1 ikke oppfylt»."""
    own = list(receipts)
    counts = [(answer, sum(r.answer is answer for r in own)) for answer in Answer]
    words = ", ".join(f"{count} {ANSWERS[a].lower()}" for a, count in counts if count)
    return f"{len(own)} {'ønske' if len(own) == 1 else 'ønsker'}: {words}"
