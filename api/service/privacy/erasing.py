"""Erasing a person: what is only about them goes, what others need stays without saying who.

Duties in published rosters are what colleagues were paid and rostered by. There the name stays as
long as that has to be shown, and goes afterwards by itself (`finish`).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.audit.store import log
from api.service.documents import canonical
from api.service.errors import ForbiddenError
from api.service.jobs.store import ENDED, FAILED, OPEN, end
from api.service.jobs.tables import Job, JobFile
from api.service.privacy import ledgers, rows
from api.service.privacy.inventory import Fate, Held
from api.service.privacy.redacting import GONE, Person, coded, replaced
from api.service.privacy.rewriting import Rewriting
from api.service.privacy.tables import Erasure

NOBODY = "Slettet bruker"
"""What an erased account is called."""
_ENDED_BY_US = (
    "Jobben ble stanset fordi opplysninger om en person ble slettet imens. Start den på nytt."
)


def erase(
    session: Session, actor: Actor, person: Person, rewriting: Rewriting, why: str
) -> Erasure:
    """Erase a person, all in this transaction.

    Args:
        session: to write with.
        actor: who decides it.
        person: of the actor's cooperation.
        rewriting: of plans and rosters, as `rewriting.of_person` worked it out.
        why: for the log.

    Raises:
        ForbiddenError: it is the actor.
        StaleError: plans or rosters were changed meanwhile.
    """
    if actor.account in person.accounts:
        raise ForbiddenError(right="privacy")
    made = open_erasure(session, actor.cooperation, "person", author=actor.name, why=why)
    made.account_id, made.code = person.account or None, person.code
    ended = _open_jobs(session, actor.cooperation) if person.doctor else set()
    rewriting.store(session, actor.cooperation)
    touched = rewriting.touched | {"job": ended}
    held = rewriting.held_until is not None
    # Before the texts are looked through: what is said about it may name the person too.
    subject = f"account/{person.account}" if person.account else f"doctor/{person.code}"
    log(session, actor, "person.erased", subject, why=why, erasure=made.id)
    session.flush()
    for table, own in rows.tables():
        rows_of = touched.setdefault(table.name, set())
        rows_of |= _own_rows(session, table, own, person, actor.cooperation, held)
        rows_of |= _texts(session, table, own, person, actor.cooperation)
    touched["ledger_entry"] |= ledgers.rewritten(
        session, actor.cooperation, rewriting.meanings, person, name_too=not held
    )
    if person.doctor:
        touched["job"] |= _best_rosters(session, actor.cooperation)
        touched["job_file"] |= _files(session, actor.cooperation)
    session.refresh(made)
    if held:
        made.held = {"doctor": person.doctor, "names": sorted(person.names)}
        made.held_until = rewriting.held_until
    close(session, made, touched)
    return made


def finish(session: Session, erasure: Erasure, rewriting: Rewriting) -> Erasure:
    """Erase what had to be kept about a person who was erased before, all in this transaction."""
    person = held_person(erasure)
    cooperation = erasure.cooperation_id or ""
    made = open_erasure(session, cooperation, "person")
    made.account_id, made.code = erasure.account_id, erasure.code
    rewriting.store(session, cooperation)
    touched = rewriting.touched
    if rewriting.held_until is None:
        for table, own in rows.tables():
            if own.fate is Fate.REPLACED and table.name != "account":
                rows_of = touched.setdefault(table.name, set())
                rows_of |= _own_rows(session, table, own, person, cooperation, False)
        touched["ledger_entry"] |= ledgers.rewritten(
            session, cooperation, rewriting.meanings, person, name_too=True
        )
        erasure.held = None
    erasure.held_until = rewriting.held_until
    close(session, made, touched)
    return made


def held_person(erasure: Erasure) -> Person:
    """Whose name is still kept."""
    held = erasure.held or {}
    return Person(
        doctor=held.get("doctor", ""), names=frozenset(held.get("names", ())), code=erasure.code
    )


def open_erasure(
    session: Session, cooperation: str, kind: str, *, author: str = "", why: str = ""
) -> Erasure:
    """The door through what is otherwise never changed; `close` it in the same transaction."""
    made = Erasure(
        cooperation_id=cooperation or None,
        kind=kind,
        code="",
        author=author,
        why=why,
        counts={},
        began_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    return made


def close(session: Session, erasure: Erasure, touched: Mapping[str, Collection[Any]]) -> None:
    """From here on nothing kept can be changed any more.

    Args:
        session: of the erasure.
        erasure: that is open.
        touched: keys of the rows that were changed or deleted, by table.
    """
    erasure.counts = {name: len(keys) for name, keys in sorted(touched.items()) if keys}
    erasure.ended_at = datetime.now(UTC)
    session.flush()


def erasures(session: Session, cooperation: str) -> Sequence[Erasure]:
    """The erasures of a cooperation, the newest first."""
    query = select(Erasure).where(Erasure.cooperation_id == cooperation)
    return session.scalars(query.order_by(Erasure.began_at.desc(), Erasure.id)).all()


def due(session: Session, today: date) -> Sequence[Erasure]:
    """Erasures of which something may go now that had to be kept."""
    query = select(Erasure).where(Erasure.held_until <= today)
    return session.scalars(query.order_by(Erasure.began_at, Erasure.id)).all()


def _own_rows(
    session: Session, table: Table, held: Held, person: Person, cooperation: str, names_stay: bool
) -> set[Any]:
    """Delete a person's own rows, or take out of them what says who it was."""
    where = rows.own(table, held, person, cooperation)
    touched: set[Any] = set()
    if held.fate is Fate.DELETED:
        gone = session.execute(
            delete(table).where(where, rows.certain(table, held)).returning(*table.primary_key)
        )
        touched.update(map(tuple, gone))
    if held.fate is Fate.UNTOUCHED:
        return touched
    for row in list(rows.read(session, table, where)):
        values: dict[str, Any] = {name: GONE for name in held.own if row[name]}
        if not (names_stay and table.name == "feed_duty"):
            values |= {
                name: person.code
                for name in held.doctor
                if person.doctor and row[name] == person.doctor
            }
        if table.name == "account":
            values |= _closed(person, row["id"])
        if table.name == "audit_entry" and row["account_id"] not in person.accounts:
            values.pop("actor", None)  # somebody else did it, to this account
        if values:
            touched.add(_set(session, table, row, values))
    return touched


def _set(session: Session, table: Table, row: Mapping[str, Any], values: dict[str, Any]) -> Any:
    """Change a row; gives its key."""
    session.execute(update(table).where(rows.key_of(table, row)).values(**values))
    return tuple(row[column.name] for column in table.primary_key)


def _closed(person: Person, account: str) -> dict[str, Any]:
    place = person.accounts.index(account) if account in person.accounts else 0
    return {
        "name": NOBODY,
        "email": f"{person.code}{f'-{place + 1}' if place else ''}@slettet.invalid",
        "password_hash": "",
        "active": False,
    }


def _texts(
    session: Session, table: Table, held: Held, person: Person, cooperation: str
) -> set[Any]:
    """Take out texts that name the person, wherever they stand."""
    touched: set[Any] = set()
    columns = dict.fromkeys(held.texts, person.pattern)
    columns |= dict.fromkeys(held.labels, person.strict)
    needed = {*columns, *held.authors, *held.documents}
    if not needed:
        return touched
    for row in list(rows.read(session, table, rows.within(table, cooperation), needed)):
        values = {}
        for name, pattern in columns.items():
            anew = replaced(row[name], pattern)
            if anew != row[name]:
                values[name] = anew
        for name in held.authors:
            if person.account and row[name] in person.names:
                values[name] = NOBODY
        for name in held.documents:
            said = json.loads(row[name])
            anew = coded(said, person)
            if anew != said:
                values[name] = canonical(anew)
        if values:
            touched.add(_set(session, table, row, values))
    return touched


def _open_jobs(session: Session, cooperation: str) -> set[Any]:
    """End what is under way: it has read what is erased now, and would bring it back at its end."""
    query = select(Job).where(Job.cooperation_id == cooperation, Job.state.in_(OPEN))
    found = session.scalars(query.order_by(Job.id).with_for_update()).all()
    for job in found:
        end(session, job, FAILED, message=_ENDED_BY_US)
    session.flush()
    return {(job.id,) for job in found}


def _best_rosters(session: Session, cooperation: str) -> set[Any]:
    """Forget what jobs that have ended would have gone on from."""
    done = session.execute(
        update(Job)
        .where(Job.cooperation_id == cooperation, Job.state.in_(ENDED), Job.best.is_not(None))
        .values(best=None)
        .returning(Job.id)
    )
    return set(map(tuple, done))


def _files(session: Session, cooperation: str) -> set[Any]:
    """Delete the files of jobs: names stand deep inside some kinds, and they can be made anew."""
    jobs = select(Job.id).where(Job.cooperation_id == cooperation, Job.state.in_(ENDED))
    gone = session.execute(
        delete(JobFile).where(JobFile.job_id.in_(jobs)).returning(JobFile.job_id, JobFile.name)
    )
    return set(map(tuple, gone))
