"""The book without a person: the balances stay, by the code, and the chain is made anew.

An entry's digest covers its doctors, so that nothing can be taken out of one without another digest
for it and for all entries below. Like everything that is kept, it is possible only while an erasure
is open. A copy of the book that was exported before is then another book.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.service.documents import canonical, digest
from api.service.ledgers.tables import LedgerEntry
from api.service.privacy.redacting import Person, coded, replaced
from scheduler.ledger.digest import document_digest


def rewritten(
    session: Session,
    cooperation: str,
    meanings: Mapping[str, str],
    person: Person | None,
    *,
    name_too: bool,
) -> set[Any]:
    """Write a book anew; an erasure must be open. Gives the keys of the entries that changed.

    Args:
        session: to write with.
        cooperation: whose book.
        meanings: old hash of what a plan means -> the new one.
        person: who goes; None: only the hashes change.
        name_too: the doctor is called by the code from now on; else only reasons go that name them.
    """
    entries = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.cooperation_id == cooperation)
        .order_by(LedgerEntry.number)
        .with_for_update()
    ).all()
    above = ""
    touched: set[Any] = set()
    for own in entries:
        before = json.loads(own.document)
        content = {key: value for key, value in before.items() if key != "digest"}
        anew = _without(content, meanings, person, name_too=name_too)
        if anew != content or touched:
            own_digest = document_digest(anew, above)
            session.execute(
                update(LedgerEntry)
                .where(LedgerEntry.id == own.id)
                .values(digest=own_digest, document=canonical(anew | {"digest": own_digest}))
                .execution_options(synchronize_session=False)
            )
            touched.add((own.id,))
            above = own_digest
        else:
            above = own.digest
    session.expire_all()
    return touched


def _without(
    entry: Mapping[str, Any], meanings: Mapping[str, str], person: Person | None, *, name_too: bool
) -> dict[str, Any]:
    found = dict(entry)
    if "period" in found:
        plan = found["period"]["plan"]
        found["period"] = found["period"] | {"plan": meanings.get(plan, plan)}
    if person is None:
        return found
    found["text"] = replaced(found["text"], person.pattern)
    if not name_too or not person.doctor or person.doctor not in _doctors(found):
        return found
    if "period" in found:
        # Guesses at who the code is could be tried at the digest of who had which duty.
        found["period"] = found["period"] | {"roster": digest(secrets.token_hex())}
    if "doctors" in found:
        found["doctors"] = {
            key: f"Slettet lege ({person.code})" if key == person.doctor else name
            for key, name in found["doctors"].items()
        }
    kept = {key: found[key] for key in ("text", "period") if key in found}
    return dict(coded(found, person)) | kept


def _doctors(entry: Mapping[str, Any]) -> set[str]:
    """Ids of those whom an entry is about."""
    lines = [*entry.get("lines", ()), *entry.get("holidays", ())]
    return {*entry.get("doctors", {}), *(own["doctor"] for own in lines if own["doctor"])}
