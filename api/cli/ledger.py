"""`rettvakt ledger`: the commands of the ledger, each reading the book whole before it writes."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from api import ledger, library
from api.cli.console import BAD_INPUT, FINDINGS, OK, counted, err, out, plain, tell_remarks
from api.cli.guard import reading
from api.cli.ledger_tables import balances, doctor_statement
from api.cli.people import NotOneDoctorError, id_named
from api.cli.verdict import tell_earlier
from api.ledger import BookFile
from api.outputs import package_in
from api.saving import save
from scheduler.domain.roster import Roster
from scheduler.fairness.measures import Measure
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Settings
from scheduler.ledger.overview import measures
from scheduler.ledger.wording import measure_of, measure_words, steps_of
from scheduler.reading.faults import PlanError, listed, meant
from scheduler.reading.ledger import flaw_faults
from scheduler.reading.roster import read_roster
from scheduler.reading.scalars import MAX_TEXT, tidy

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DIGEST_SHOWN = 12
_SHORTEST_DIGEST = 8


def close_period(plan: Path, roster_file: Path, book_file: Path, booked_on: str | None) -> int:
    """Post a period as it was worked; gives the exit code."""
    day = _day(booked_on)
    with reading(plan):
        loaded = library.read(plan)
    worked_file = package_in(roster_file)
    with reading(worked_file):
        worked: Roster = read_roster(worked_file, loaded.problem)
    with reading(book_file):
        file = ledger.open_book(book_file, may_be_new=True)
    with ledger.posting(book_file):
        done = library.close_period(loaded, worked, file.book, booked_on=day)
    remarks = list(done.remarks)
    if worked.problem_hash != loaded.problem.content_hash:
        remarks.insert(
            0,
            f"{roster_file.name} er laget av en annen utgave av planen enn {plan.name}. Andelene "
            "er regnet ut etter planen slik den er nå.",
        )
    tell_remarks(remarks)
    if file.seen is None:
        out.print(f"Ny vaktkonto: [bold]{plain(book_file)}[/]")
    _save(file, done.book)
    for line in balances(done.book, Measure.POINTS, _width()):
        out.print(plain(line))
    out.print("Neste plan får saldoene med «rettvakt ledger open PLAN».")
    return OK


def open_plan(plan: Path, book_file: Path, target: Path | None) -> int:
    """Write the balances into a plan; gives the exit code."""
    with reading(book_file):
        file = ledger.open_book(book_file)
    target = target or plan
    with reading(plan):
        opened = ledger.open_file(plan, file.book, target)
        library.understand(opened.plan)
    tell_remarks(ledger.opening_remarks(file.book, opened.plan))
    if opened.new:
        names = listed(opened.new, most=8)
        tell_remarks([f"Ikke i vaktkontoen fra før: {names}. De beholder det som står i planen."])
    if opened.anew:
        tell_remarks(
            ["Filen er skrevet helt på nytt. Kommentarer og egne notatark er ikke med i den nye."]
        )
    saved = save(target, opened.content)
    out.print(f"Skrevet: [bold]{plain(target)}[/] med saldoene fra {plain(book_file.name)}")
    tell_earlier(saved)
    return OK


def show(book_file: Path, doctor: str | None, measure: str | None, target: Path | None) -> int:
    """Print balances or a statement, or write all to a file; gives the exit code."""
    with reading(book_file):
        file = ledger.open_book(book_file)
    if target is not None:
        return _export(file.book, target)
    own = measures(file.book) if measure is None else (_measure(measure),)
    if not file.book.names:
        out.print("Ingen periode er lukket ennå.")
        return OK
    if doctor is not None:
        lines = list(doctor_statement(file.book, _doctor(file.book, doctor), own, _width()))
    else:
        lines = [
            line
            for number, each in enumerate(own)
            for line in (*([""] if number else []), *balances(file.book, each, _width()))
        ]
    for line in lines:
        out.print(plain(line), soft_wrap=True)
    return OK


def correct(
    book_file: Path,
    doctor: str,
    measure: str,
    amount: str,
    reason: str,
    against: str | None,
    booked_on: str | None,
) -> int:
    """Correct a balance; gives the exit code."""

    def change(book: Book) -> Book:
        kind = _measure(measure)
        try:
            steps = steps_of(kind, amount)
        except ValueError as error:
            raise PlanError.of(
                "--amount",
                "Dette er ikke et beløp.",
                "Skriv et tall med høyst to desimaler, for eksempel 1 eller -2,5.",
                amount,
            ) from error
        other = _doctor(book, against) if against is not None else None
        return posting.correct(
            book,
            _doctor(book, doctor),
            kind,
            steps,
            _reason(reason),
            _day(booked_on),
            against=other,
        )

    return _post(book_file, change)


def reverse(book_file: Path, number: int, reason: str, booked_on: str | None) -> int:
    """Take back an entry; gives the exit code."""
    return _post(
        book_file, lambda book: posting.reverse(book, number, _reason(reason), _day(booked_on))
    )


def leave(book_file: Path, doctor: str, reason: str, booked_on: str | None) -> int:
    """Write off what a doctor left behind; gives the exit code."""
    return _post(
        book_file,
        lambda book: posting.leave(book, _doctor(book, doctor), _reason(reason), _day(booked_on)),
    )


def settings(
    book_file: Path,
    half_life: int | None,
    ceiling: int | None,
    wish_half_life: int | None,
    reason: str,
    booked_on: str | None,
) -> int:
    """Show or change the settings of the book; gives the exit code."""
    given = {
        name: value
        for name, value in (
            ("half_life", half_life),
            ("ceiling", ceiling),
            ("wish_half_life", wish_half_life),
        )
        if value is not None
    }
    if not given:
        with reading(book_file):
            _tell_settings(ledger.open_book(book_file).book.settings)
        return OK
    code = _post(
        book_file,
        lambda book: posting.set_settings(
            book, replace(book.settings, **given), _reason(reason), _day(booked_on)
        ),
        may_be_new=True,
    )
    _tell_settings(ledger.open_book(book_file).book.settings)
    return code


def check(book_file: Path, digest: str | None) -> int:
    """Tell whether the book is as it was posted; gives the exit code."""
    with reading(book_file):
        _, found = ledger.look_into(book_file)
    book = found.book
    faults = list(flaw_faults(found.flaws))
    for fault in faults:
        where = f"{plain(fault.place)} ({plain(fault.value)})" if fault.value else fault.place
        err.print(f"[bold red]{where}:[/] {plain(fault.problem)}")
        err.print(f"    {plain(fault.remedy)}")
    if faults:
        err.print(f"[bold]{counted(len(faults), 'avvik', 'avvik')} i {plain(book_file.name)}.[/]")
        return FINDINGS
    if digest is not None:
        asked = digest.strip().casefold()
        if len(asked) < _SHORTEST_DIGEST:
            err.print(f"[bold red]Skriv minst {_SHORTEST_DIGEST} tegn av kontrollsummen.[/]")
            return BAD_INPUT
        at = next((own for own in book.entries if own.digest.startswith(asked)), None)
        if at is None:
            err.print(
                f"[bold red]Ingen bilag har kontrollsummen {plain(asked)}.[/] Kontoen er en annen "
                "enn den summen ble skrevet ned fra, eller den er skrevet om siden."
            )
            return FINDINGS
        out.print(f"Alt til og med bilag {at.number} er som da summen ble skrevet ned.")
    lines = sum(len(own.lines) for own in book.entries)
    out.print(
        f"[bold green]Vaktkontoen stemmer.[/] {counted(len(book.entries), 'bilag', 'bilag')}, "
        f"{counted(lines, 'linje', 'linjer')}, "
        f"{counted(len(book.closings), 'lukket periode', 'lukkede perioder')}."
    )
    out.print("Ingen bilag er endret, fjernet eller flyttet, og alle linjer går opp i null.")
    _tell_digest(book)
    return OK


def _post(book_file: Path, change: Callable[[Book], Book], *, may_be_new: bool = False) -> int:
    with reading(book_file):
        file = ledger.open_book(book_file, may_be_new=may_be_new)
    with ledger.posting(book_file):
        book = change(file.book)
    _save(file, book)
    return OK


def _save(file: BookFile, book: Book) -> None:
    saved = ledger.save_book(file, book)
    own = book.entries[-1]
    out.print(f"Ført som bilag {own.number} i [bold]{plain(file.path)}[/]")
    _tell_digest(book)
    tell_earlier(saved)


def _tell_digest(book: Book) -> None:
    out.print(
        f"Kontrollsum: [bold]{book.digest[:_DIGEST_SHOWN]}[/] (skriv den gjerne i referatet; "
        "«ledger check --digest» finner den igjen)"
    )


def _tell_settings(own: Settings) -> None:
    months = "saldoer halveres ikke" if not own.half_life else f"{own.half_life} måneder"
    wishes = "halveres ikke" if not own.wish_half_life else f"{own.wish_half_life} måneder"
    top = "ikke noe tak" if not own.ceiling else f"{own.ceiling} % av periodens andel"
    out.print(f"Halveringstid for saldoer: [bold]{months}[/]")
    out.print(f"Tak for saldoer: [bold]{top}[/]")
    out.print(f"Halveringstid for avslåtte ønsker: [bold]{wishes}[/]")
    out.print("Dette er kommunens egne valg, ikke lov eller avtale.")


def _export(book: Book, target: Path) -> int:
    from scheduler.writing.ledger_rows import to_csv, to_workbook

    writers = {".csv": to_csv, ".xlsx": to_workbook}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        err.print(f"[bold red]{plain(target.name)} må slutte på .xlsx eller .csv.[/] Rett navnet.")
        return BAD_INPUT
    saved = save(target, writer(book))
    out.print(f"Skrevet: [bold]{plain(target)}[/]")
    tell_earlier(saved)
    return OK


def _width() -> int:
    return min(out.width, 100)


def _day(text: str | None) -> date:
    """The day of an entry; today where none is given, for only here is the clock read."""
    if text is None:
        return date.today()
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            parts = found.groups()
            year, month, day = parts[:3] if parts[0] else parts[:2:-1]
            return date(int(year), int(month), int(day))
    except ValueError:
        pass  # told below
    raise PlanError.of("--booked-on", "Dette er ikke en dato.", "Skriv den som 31.08.2027.", text)


def _reason(text: str) -> str:
    own = tidy(text)
    if not own or not own.isprintable() or len(own) > MAX_TEXT:
        raise PlanError.of(
            "--reason", "Begrunnelsen kan ikke brukes.", f"Skriv 1–{MAX_TEXT} tegn.", text
        )
    return own


def _measure(text: str) -> Measure | None:
    try:
        return measure_of(text)
    except KeyError as error:
        hint = meant(text, measure_words()) or f"Velg mellom {listed(measure_words())}."
        raise PlanError.of("--measure", "Dette føres ikke i vaktkontoen.", hint, text) from error


def _doctor(book: Book, wanted: str) -> str:
    """The id of the doctor who is named by id or name."""
    try:
        return id_named(book.names, wanted)
    except NotOneDoctorError as error:
        raise PlanError.of("Lege", error.problem, error.remedy, wanted) from error
