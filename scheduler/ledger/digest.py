"""The chain: each entry's digest covers its content and the digest of the entry above."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from scheduler.domain.roster import Timetable
from scheduler.ledger.entry import Entry, HolidayLine, Line

WISHES = "wishes"


def entry_document(entry: Entry) -> dict[str, Any]:
    """The entry as plain values, without its digest; what is empty is left out."""
    found: dict[str, Any] = {
        "number": entry.number,
        "booked_on": entry.booked_on.isoformat(),
        "event": entry.event.value,
        "text": entry.text,
    }
    if entry.period is not None:
        found["period"] = {
            "title": entry.period.title,
            "first_day": entry.period.first_day.isoformat(),
            "last_day": entry.period.last_day.isoformat(),
            "plan": entry.period.plan,
            "roster": entry.period.roster,
        }
    if entry.reverses is not None:
        found["reverses"] = entry.reverses
    if entry.settings is not None:
        found["settings"] = {
            "half_life": entry.settings.half_life,
            "ceiling": entry.settings.ceiling,
            "wish_half_life": entry.settings.wish_half_life,
        }
    if entry.doctors:
        found["doctors"] = dict(sorted(entry.doctors.items()))
    if entry.lines:
        found["lines"] = [_line(line) for line in entry.lines]
    if entry.holidays:
        found["holidays"] = [_holiday(line) for line in entry.holidays]
    return found


def digest_of(entry: Entry, above: str) -> str:
    """SHA-256 of the entry's content and the digest above it («» for the first)."""
    return document_digest(entry_document(entry), above)


def document_digest(document: Mapping[str, Any], above: str) -> str:
    """The digest of an entry that is there as plain values, without its digest.

    The content is its canonical JSON: sorted names, no blanks, UTF-8.
    """
    content = {"above": above, "entry": document}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def roster_digest(timetable: Timetable) -> str:
    """SHA-256 of who has which duty, whatever file it was read from."""
    pairs = sorted((own.duty, own.doctor) for own in timetable.roster.assignments)
    return hashlib.sha256(json.dumps(pairs, ensure_ascii=False).encode()).hexdigest()


def _line(line: Line) -> dict[str, Any]:
    measure = WISHES if line.measure is None else line.measure.value
    return {
        "doctor": line.doctor,
        "measure": measure,
        "kind": line.kind.value,
        "amount": line.amount,
    }


def _holiday(line: HolidayLine) -> dict[str, Any]:
    return {"doctor": line.doctor, "holiday": line.holiday.name.lower(), "year": line.year}
