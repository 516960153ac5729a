"""The ledger behind the doors: a book on disk, a period closed into it, a plan opened from it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.library import LoadedPlan, read_plan
from api.saving import Saved, WriteError, save
from constraints.fair_share import FairShare
from constraints.wishes import Wishes
from scheduler.domain.roster import Roster, Timetable
from scheduler.ledger import closing
from scheduler.ledger.book import Book
from scheduler.ledger.closing import Closing
from scheduler.ledger.entry import LedgerError
from scheduler.ledger.overview import latest, measures
from scheduler.reading import opening
from scheduler.reading.faults import PlanError, listed
from scheduler.reading.ledger import MAX_BYTES, ReadBook, flaw_faults, read_book
from scheduler.reading.plan import Plan
from scheduler.writing.ledger_file import to_json, to_yaml

ENDINGS = (".json", ".yaml", ".yml")


@dataclass(frozen=True)
class BookFile:
    """A book and the file it was read from.

    Attributes:
        seen: the bytes that stood there; None: there was no file.
    """

    path: Path
    book: Book
    seen: bytes | None


def open_book(path: Path, *, may_be_new: bool = False) -> BookFile:
    """The book in a file that is as it was posted.

    Args:
        path: the file.
        may_be_new: a file that is not there is an empty book.

    Raises:
        PlanError: the file cannot be read, is no book, or was tampered with.
    """
    if may_be_new and not path.exists():
        if path.suffix.casefold() not in ENDINGS:
            raise PlanError.of(
                path.name, "Filtypen er ukjent.", "En vaktkonto slutter på .json eller .yaml."
            )
        return BookFile(path, Book(), None)
    content, found = look_into(path)
    if found.flaws:
        raise PlanError(flaw_faults(found.flaws))
    return BookFile(path, found.book, content)


def look_into(path: Path) -> tuple[bytes, ReadBook]:
    """The bytes of a book and what they say, tampered with or not.

    Raises:
        PlanError: the file cannot be read, or is no book.
    """
    name = path.name or str(path)
    try:
        if not path.exists():
            raise PlanError.of(
                name,
                "Vaktkontoen finnes ikke.",
                "Kontroller navnet. Den lages av «rettvakt ledger close».",
                str(path),
            )
        if not path.is_file():
            raise PlanError.of(name, "Dette er ikke en vanlig fil.", "Oppgi selve vaktkontoen.")
        if path.stat().st_size > MAX_BYTES:
            raise PlanError.of(name, "Filen er altfor stor.", "Oppgi selve vaktkontoen.")
        content = path.read_bytes()
    except OSError as error:
        raise PlanError.of(
            name, "Filen kan ikke leses.", "Kontroller at du har tilgang til den."
        ) from error
    return content, read_book(content, name)


def save_book(file: BookFile, book: Book) -> Saved:
    """Put the book in place of what was read; the former file is kept beside it.

    Raises:
        WriteError: somebody else has written to the file since it was read, or it cannot be
            written. Nothing was.
    """
    text = to_json(book) if file.path.suffix.casefold() == ".json" else to_yaml(book)
    with _alone(file.path):
        stands = file.path.read_bytes() if file.path.exists() else None
        if stands != file.seen:
            raise WriteError(
                file.path,
                "Vaktkontoen er endret av noen andre mens du arbeidet. Ingenting er ført; "
                "kjør kommandoen på nytt.",
            )
        return save(file.path, text.encode())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Between the comparison and the writing nobody else may write."""
    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError as error:
        raise WriteError(
            path,
            f"Noen andre fører i vaktkontoen nå. Prøv igjen. Hvis ingen gjør det, sletter du "
            f"filen {lock.name}.",
        ) from error
    except OSError as error:
        raise WriteError(path, "Du kan ikke skrive i denne mappen. Velg en annen.") from error
    try:
        yield
    finally:
        os.close(handle)
        with suppress(OSError):
            lock.unlink()


def close_period(
    loaded: LoadedPlan,
    worked: Roster,
    book: Book,
    *,
    booked_on: date,
    refused: Mapping[str, int] | None = None,
) -> Closing:
    """See `api.library.close_period`."""
    timetable = Timetable(loaded.problem, worked)
    fair = next(rule for rule in loaded.rules if isinstance(rule, FairShare))
    wishes = next(rule for rule in loaded.rules if isinstance(rule, Wishes))
    return closing.close(
        book,
        timetable,
        fair.settlements(timetable),
        booked_on=booked_on,
        refused=wishes.refused(timetable) if refused is None else refused,
    )


def open_accounts(plan: Plan, book: Book) -> Plan:
    """See `api.library.open_accounts`."""
    own = [book.account(doctor.id) for doctor in plan.doctors if doctor.id in book.known]
    return opening.with_accounts(plan, own)


def opening_remarks(book: Book, plan: Plan) -> Iterator[str]:
    """Whether the plan follows upon what is closed, and who is not in it; in bokmål."""
    there = {doctor.id for doctor in plan.doctors}
    away = [
        name
        for who, name in book.names.items()
        if who not in there and any(book.balance(who, measure) for measure in measures(book))
    ]
    if away:
        yield (
            f"I vaktkontoen, men ikke i planen: {listed(away, most=8)}. Saldoene hviler. Har en "
            "av dem fått ny id i planen, må den gamle id-en brukes."
        )
    period = latest(book)
    if period and plan.first_day <= period.last_day:
        yield (
            f"Planen begynner {plan.first_day:%d.%m.%Y}, men vaktkontoen er lukket til og med "
            f"{period.last_day:%d.%m.%Y}. Saldoene er de etter den siste lukkede perioden."
        )
    elif period and (plan.first_day - period.last_day).days > 1:
        yield (
            f"Dagene mellom {period.last_day:%d.%m.%Y} og {plan.first_day:%d.%m.%Y} er ikke "
            "lukket. Det som ble arbeidet da, er ikke med i saldoene."
        )


@dataclass(frozen=True)
class OpenedFile:
    """A plan file with the book's balances, not yet written.

    Attributes:
        plan: what it says.
        anew: the file was written anew, without the comments and notes of the old one.
        new: names of doctors who have no account yet.
    """

    plan: Plan
    content: bytes
    anew: bool
    new: tuple[str, ...]


def open_file(path: Path, book: Book, target: Path) -> OpenedFile:
    """The plan in a file with the book's balances, as the file that it shall become.

    Raises:
        PlanError: the plan cannot be read, or the ending of the target is unknown.
    """
    old, places = read_plan(path)
    if places is None and target.resolve() == path.resolve():
        raise PlanError.of(
            path.name, "Dette er en vaktplan, ikke en planfil.", "Velg en ny fil med --out."
        )
    plan = open_accounts(old, book)
    # A plan inside a vaktplan.json has no file of its own that could be changed.
    content = path.read_bytes() if places is not None else None
    opened = opening.into_file(content, path.name, plan, target.name)
    new = tuple(doctor.name for doctor in plan.doctors if doctor.id not in book.known)
    return OpenedFile(plan, opened.content, opened.anew, new)


@contextmanager
def posting(path: Path) -> Iterator[None]:
    """What cannot be posted is a fault like others, told with its field or the book's name.

    Raises:
        PlanError: instead of LedgerError.
    """
    try:
        yield
    except LedgerError as error:
        raise PlanError.of(
            error.field or path.name, error.problem, error.remedy, error.value
        ) from error
