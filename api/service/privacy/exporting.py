"""All that is kept about a person, for the person (GDPR articles 15 and 20).

Others are not told of in it: those who did something to the account are left out of the log, and of
a plan only the person's own parts are there.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.ledgers.tables import LedgerEntry
from api.service.plans.tables import PlanVersion
from api.service.privacy import persons, rows
from api.service.privacy.redacting import Person
from api.service.rosters.documents import read
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Timetable

FORMAT, VERSION = "rettvakt-person", 1
_DOCUMENTS = frozenset({"plan_version", "roster_version", "ledger_entry"})
_STAMP = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file
_README = """\
Dette er alt Rettvakt har lagret om deg, etter personvernforordningen artikkel 15 og 20.

person.json   alt, i et format som maskiner kan lese
  tables      det som står i hver tabell, og hva den er til
  plans       det planene sier om deg: arbeidsforhold, kurs, fravær, fritak, ønsker og saldo
  duties      vaktene dine i publiserte vaktplaner, med tid og sted
  ledger      bevegelsene på vaktkontoen din

Klokkeslett er i UTC hvis ikke annet står. Passord og hemmelige adresser lagres bare som
kontrollsummer, og er ikke med. Utkast til vaktplaner får du hos koordinatoren.
"""


def export(
    session: Session, plans: UnderstoodPlans, cooperation: str, person: Person, now: datetime
) -> dict[str, Any]:
    """Everything about a person as plain values.

    Args:
        session: to read with.
        plans: plans that have been understood, by which duties get their times.
        cooperation: id; empty for a system administrator.
        person: of the cooperation.
        now: when it is made.
    """
    found: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "tables": dict(_tables(session, cooperation, person)),
        "plans": [],
        "duties": [],
        "ledger": [],
    }
    if person.doctor and cooperation:
        found["plans"] = list(_plans(session, cooperation, person.doctor))
        found["duties"] = list(_duties(session, plans, cooperation, person.doctor))
        found["ledger"] = list(_ledger(session, cooperation, person.doctor))
    return found


def zipped(content: Mapping[str, Any]) -> bytes:
    """The export as a zip with a text that says what it is."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
        for name, body in (("LES-MEG.txt", _README), ("person.json", f"{text}\n")):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _tables(session: Session, cooperation: str, person: Person) -> Iterator[tuple[str, Any]]:
    for table, held in rows.tables():
        if table.name in _DOCUMENTS:
            continue
        own = []
        for row in rows.read(session, table, rows.own(table, held, person, cooperation)):
            shown = {key: _plain(row[key]) for key in row if key not in held.secret}
            if table.name == "audit_entry" and row["account_id"] not in person.accounts:
                shown = {key: shown[key] for key in shown if key not in ("actor", "account_id")}
            own.append(shown)
        if own:
            yield table.name, {"told": held.told, "rows": own}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _plans(session: Session, cooperation: str, doctor: str) -> Iterator[dict[str, Any]]:
    """What each version says; a version that says the same as the one before is left out."""
    before: tuple[str, Any] = ("", None)
    for version, document in persons.versions(session, cooperation):
        said = {
            part: own
            for part, items in document.items()
            if isinstance(items, list) and (own := _about(items, doctor, part))
        }
        if not said or before == (version.plan_id, said):
            continue
        before = (version.plan_id, said)
        yield {
            "plan": version.plan_id,
            "title": document["title"],
            "first_day": document["first_day"],
            "last_day": document["last_day"],
            "version": version.number,
            "created_at": version.created_at.isoformat(),
            "said": said,
        }


def _about(items: list[Any], doctor: str, part: str) -> list[Any]:
    key = "id" if part == "doctors" else "doctor"
    return [own for own in items if isinstance(own, dict) and own.get(key) == doctor]


def _duties(
    session: Session, plans: UnderstoodPlans, cooperation: str, doctor: str
) -> Iterator[dict[str, Any]]:
    """The duties of each publication of each roster."""
    query = (
        select(StoredRoster, Publication, RosterVersion)
        .join(Publication, Publication.roster_id == StoredRoster.id)
        .join(RosterVersion, RosterVersion.id == Publication.roster_version_id)
        .join(PlanVersion, PlanVersion.id == RosterVersion.plan_version_id)
        .where(StoredRoster.cooperation_id == cooperation)
        .order_by(Publication.created_at, Publication.id)
    )
    for roster, publication, version in session.execute(query):
        if f'"{doctor}"' not in version.document:  # cheaper than to understand the plan
            continue
        problem = plans.of(session, version.plan_version_id).problem
        if doctor not in problem.doctor_by_id:
            continue
        timetable = Timetable(problem, read(version.document, problem))
        yield {
            "roster": roster.id,
            "title": roster.title,
            "state": roster.state,
            "publication": publication.number,
            "published_at": publication.created_at.isoformat(),
            "duties": [
                {
                    "duty": own.id,
                    "name": own.type.name,
                    "start": own.start.isoformat(),
                    "end": own.end.isoformat(),
                }
                for own in timetable.duties_of(doctor)
            ],
        }


def _ledger(session: Session, cooperation: str, doctor: str) -> Iterator[dict[str, Any]]:
    """The own lines of each entry of the book; the reason where it is about nobody else."""
    entries = session.scalars(
        select(LedgerEntry.document)
        .where(LedgerEntry.cooperation_id == cooperation)
        .order_by(LedgerEntry.number)
    )
    for document in entries:
        entry = json.loads(document)
        own = {
            part: found
            for part in ("lines", "holidays")
            if (found := _about(entry.get(part, []), doctor, part))
        }
        alone = set(entry.get("doctors", ())) == {doctor}
        if own or alone:
            said = {
                key: entry[key]
                for key in ("number", "booked_on", "event", "period")
                if key in entry
            }
            yield said | ({"text": entry["text"]} if alone else {}) | own
