"""`rettvakt serve`, `worker`, `db`, `admin`, `backup` and `restore`."""

import logging
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError

from api.cli.console import DEFECT, OK, err, out, plain
from api.saving import WriteError
from api.service.accounts import store
from api.service.accounts.roles import Role
from api.service.accounts.secrets import new_secret
from api.service.accounts.setup import is_empty
from api.service.accounts.strength import LEAST
from api.service.db import backup, schema
from api.service.db.database import Database
from api.service.errors import NotFoundError, PasswordError, TakenError
from api.service.privacy.retention import sweep
from api.service.settings import Settings
from scheduler.reading.faults import PlanError, listed, meant

_PASSWORD = re.compile(r":[^:@/]+@")  # in the address of a database
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_STREAMS_END = 3  # seconds that open streams get when the server stops


def serve(host: str | None, port: int | None) -> int:
    """Run the server until it is told to stop."""
    import uvicorn

    from api.service.app import create_app
    from api.service.observing import logs
    from api.service.observing.stopping import Server

    given = {"host": host, "port": port}
    settings = _settings().model_copy(update={k: v for k, v in given.items() if v is not None})
    if "public_url" not in settings.model_fields_set:  # nobody named it: it is where we listen
        settings = settings.model_copy(update={"public_url": f"http://127.0.0.1:{settings.port}"})
    logs.set_up(settings)
    _free("RETTVAKT_PORT", settings.host, settings.port)
    _free("RETTVAKT_METRICS_PORT", settings.metrics_host, settings.metrics_port)
    with _database(settings) as database:
        schema.upgrade(database)
        with database.reading() as session:
            nobody = is_empty(session)
    app = create_app(settings)
    home = f"http://{settings.host}:{settings.port}"
    if nobody and settings.log_format == "text":  # the code is a secret: no log has it
        code = app.state.service.setup_code
        link = f"{settings.public_url.rstrip('/')}/velkommen?kode={code}"
        if settings.is_only_here:
            told = f"Åpne {home} og lag den første. Fra en annen maskin:"
        else:
            told = "Lag den første her:"
        _tell(settings, f"Ingen brukere ennå. {told}\n  {link}")
    _tell(settings, f"Rettvakt svarer på {home}. Stopp med Ctrl-C.")
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,  # the addresses of calendars are secrets
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=_STREAMS_END,
    )
    server = Server(config, app.state.service.stopping)
    with suppress(KeyboardInterrupt):  # uvicorn has stopped in order, and tells it once more
        server.run()
    return OK if server.started else DEFECT


def work() -> int:
    """Run jobs until told to stop."""
    from api.service.jobs import engines
    from api.service.jobs.delivery import install
    from api.service.observing import logs
    from api.service.observing.worker import observed

    settings = _settings()
    logs.set_up(settings)
    _free("RETTVAKT_METRICS_PORT", settings.metrics_host, settings.metrics_port)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with _database(settings) as database:
        schema.upgrade(database)
        engines.upgrade(settings, database)
        install(settings, database)
        keeper = engines.engine(settings, database)
        with observed(settings, database):
            keeper.start()
            _tell(settings, "Arbeider med jobbene i databasen. Stopp med Ctrl-C.")
            stop.wait()
            keeper.close()
    return OK


def _tell(settings: Settings, text: str) -> None:
    """Say it to who sits there, or in the log where everything is to be a line of JSON."""
    if settings.log_format == "json":
        logging.getLogger(__name__).info(text)
    else:
        out.print(text, highlight=False)


def _free(name: str, host: str, port: int | None) -> None:
    """Say it before anything is begun if a port cannot be listened on.

    Raises:
        PlanError: something else listens there, or the address is not ours.
    """
    if not port:  # none, or whichever is free
        return
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PlanError.of(
            name,
            f"Tjenesten kan ikke lytte på {host}:{port} ({error.strerror}).",
            "Velg en annen port eller adresse, eller stopp det som bruker den.",
            port,
        ) from error


def upgrade_database() -> int:
    """Bring the schema up to date."""
    from api.service.jobs import engines

    with _database() as database:
        before = schema.current(database)
        schema.upgrade(database)
        engines.upgrade(_settings(), database)
        after = schema.current(database)
    out.print(
        "Databasen var oppdatert." if before == after else f"Databasen er oppdatert til {after}."
    )
    return OK


def sweep_database(dry_run: bool) -> int:
    """Delete what has been kept long enough, or tell what would go."""
    settings = _settings()
    with _database(settings) as database:
        schema.upgrade(database)
        counts = sweep(database, settings, datetime.now(UTC), only_try=dry_run)
    if not counts:
        out.print("Ingenting er gammelt nok til å slettes.")
    for name, count in counts.items():
        out.print(f"{name}: {count} {'ville blitt' if dry_run else 'er'} slettet eller renset.")
    return OK


def add_cooperation(name: str) -> int:
    """Make a cooperation."""
    with _database() as database:
        schema.upgrade(database)
        try:
            with database.writing() as session:
                store.add_cooperation(session, None, " ".join(name.split()))
        except TakenError as error:
            raise PlanError.of(
                "NAVN", "Det finnes alt et samarbeid med dette navnet.", "Velg et annet.", name
            ) from error
    out.print(f"Samarbeidet «{plain(name)}» er laget.")
    return OK


def add_user(
    email: str,
    name: str,
    role: str,
    cooperation: str | None,
    municipality: str | None,
    doctor: str | None,
) -> int:
    """Make an account with a password that is changed at the first login."""
    own = _role(role)
    if not _EMAIL.fullmatch(email):
        raise PlanError.of(
            "E-POST", "Dette er ikke en e-postadresse.", "Skriv navn@sted.no.", email
        )
    _needed("--cooperation", cooperation, own is not Role.SYSTEM, own)
    _needed("--municipality", municipality, own is Role.MANAGER, own)
    _needed("--doctor", doctor, own is Role.DOCTOR, own)
    with _database() as database:
        schema.upgrade(database)
        home = _cooperation(database, cooperation) if cooperation else None
        password, invented = _password()
        try:
            with database.writing() as session:
                store.add_account(
                    session,
                    None,
                    email=email,
                    name=name,
                    role=own,
                    password=password,
                    cooperation=home,
                    municipality=municipality,
                    doctor=doctor,
                )
        except TakenError as error:
            raise PlanError.of(
                "E-POST", "En annen bruker har denne adressen.", "Bruk en annen.", email
            ) from error
        except PasswordError as error:
            raise _short_password() from error
    out.print(f"Brukeren {plain(email)} er laget.")
    if invented:
        out.print(f"Første passord: {password}", highlight=False)
    return OK


def set_password(email: str) -> int:
    """Give an account a new password, which its owner must change."""
    with _database() as database:
        schema.upgrade(database)
        password, invented = _password()
        try:
            new_hash = store.hashed(password, email)
            with database.writing() as session:
                store.reset_password(session, email, new_hash)
        except NotFoundError as error:
            raise PlanError.of(
                "E-POST",
                "Det er ingen åpen bruker med denne adressen.",
                "Kontroller adressen, eller lag brukeren: rettvakt admin create-user.",
                email,
            ) from error
        except PasswordError as error:
            raise _short_password() from error
    out.print(f"{plain(email)} har fått nytt passord, og må bytte det ved neste innlogging.")
    if invented:
        out.print(f"Passord: {password}", highlight=False)
    return OK


def _short_password() -> PlanError:
    return PlanError.of(
        "Passordet",
        f"Det må ha minst {LEAST} tegn, og kan ikke være et av dem alle prøver først.",
        "Velg et lengre passord, for eksempel flere ord som ikke hører sammen.",
    )


def save_backup(file: Path) -> int:
    """Write a copy of the database."""
    with _database() as database:
        try:
            counts = backup.save(database, file)
        except backup.BackupError as error:
            err.print(plain(str(error)))
            return 2
        except OSError as error:
            raise WriteError(file, error.strerror or "Filen kan ikke skrives.") from error
    out.print(f"{plain(file)}: {sum(counts.values())} rader fra {len(counts)} tabeller.")
    return OK


def restore_backup(file: Path) -> int:
    """Put a copy back."""
    if not file.is_file():
        raise PlanError.of(str(file), "Filen finnes ikke.", "Kontroller navnet og mappen.")
    with _database() as database:
        try:
            counts = backup.restore(database, file)
        except backup.BackupError as error:
            err.print(plain(str(error)))
            return 2
    out.print(f"Gjenopprettet {sum(counts.values())} rader i {len(counts)} tabeller.")
    return OK


def _settings() -> Settings:
    """The settings in the environment.

    Raises:
        PlanError: one of them cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        name = f"RETTVAKT_{'_'.join(map(str, found['loc'])).upper()}"
        raise PlanError.of(
            name, "Innstillingen kan ikke brukes.", "Se tabellen i docs/service.md.", found["input"]
        ) from error


@contextmanager
def _database(settings: Settings | None = None) -> Iterator[Database]:
    """The database that is set, closed afterwards.

    Raises:
        PlanError: it cannot be reached.
    """
    address = (settings or _settings()).database
    try:
        database = Database(address)
    except (ArgumentError, ValueError, ModuleNotFoundError) as error:
        raise PlanError.of(
            "RETTVAKT_DATABASE",
            "Dette er ikke adressen til en database.",
            "Skriv sqlite:///FIL eller postgresql://BRUKER@MASKIN/NAVN.",
            _PASSWORD.sub(":***@", address),
        ) from error
    try:
        yield database
    except OperationalError as error:
        raise PlanError.of(
            "RETTVAKT_DATABASE",
            "Databasen svarer ikke.",
            f"Kontroller at den går og at adressen stemmer ({_shortly(error)}).",
            address if database.is_sqlite else database.engine.url.render_as_string(),
        ) from error
    finally:
        database.close()


def _shortly(error: OperationalError) -> str:
    return str(error.orig).strip().splitlines()[0][:200]


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError as error:
        raise PlanError.of(
            "--role",
            "Det er ingen slik rolle.",
            f"{meant(word, Role)} Rollene er {listed(Role)}.".strip(),
            word,
        ) from error


def _needed(option: str, value: str | None, needed: bool, role: Role) -> None:
    if needed and not value:
        raise PlanError.of(option, f"Rollen {role} trenger {option}.", f"Gi {option}.")
    if not needed and value:
        raise PlanError.of(option, f"Rollen {role} har ikke {option}.", f"Fjern {option}.", value)


def _cooperation(database: Database, name: str) -> str:
    with database.reading() as session:
        known = {own.name: own.id for own in store.cooperations(session)}
    if name in known:
        return known[name]
    raise PlanError.of(
        "--cooperation",
        "Det er ikke noe samarbeid med dette navnet.",
        meant(name, known) or "Lag det først: rettvakt admin create-cooperation.",
        name,
    )


def _password() -> tuple[str, bool]:
    """The first password, and whether we made it up."""
    if sys.stdin.isatty():
        given = getpass("Første passord (tomt: Rettvakt lager ett): ")
        if given:
            return given, False
    return new_secret(), True
