"""`rettvakt serve` and its like: names and help texts of the commands of the service.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.norwegian import Command, Group


def _group(name: str, told: str) -> typer.Typer:
    """A command with commands of its own, made like the others."""
    return typer.Typer(
        name=name,
        help=told,
        cls=Group,
        no_args_is_help=True,
        rich_markup_mode="rich",
        options_metavar="[VALG]",
        subcommand_metavar="KOMMANDO",
        context_settings={"help_option_names": ["--help", "-h"]},
    )


db = _group("db", "Databasen til tjenesten.")
admin = _group("admin", "Samarbeid og brukere i tjenesten.")


def serve(
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADRESSE", help="Adressen tjenesten lytter på.")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Porten.")
    ] = None,
) -> None:
    """Start tjenesten: planer, vaktplaner, jobber og kalendere for flere brukere samtidig.

    Alt lagres i én fil, om ikke RETTVAKT_DATABASE sier noe annet. Innstillingene står i
    docs/service.md. Stopp med Ctrl-C; jobber som er i gang, fortsetter neste gang.

    Eksempel: [bold]rettvakt serve --port 8080[/bold]
    """
    from api.cli.service import serve

    raise typer.Exit(guarded(lambda: serve(host, port)))


def worker() -> None:
    """Arbeid med jobbene i databasen, uten å ta imot forespørsler.

    Kan kjøres på så mange maskiner som en vil mot samme PostgreSQL-database.

    Eksempel: [bold]RETTVAKT_DATABASE=postgresql://rettvakt@db/rettvakt rettvakt worker[/bold]
    """
    from api.cli.service import work

    raise typer.Exit(guarded(work))


def backup(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Sikkerhetskopien (.zip).")],
) -> None:
    """Ta sikkerhetskopi av databasen mens tjenesten går.

    Kopien inneholder alt, også fritaksgrunner og passordsummer: oppbevar den som databasen selv.

    Eksempel: [bold]rettvakt backup rettvakt-2027-03-12.zip[/bold]
    """
    from api.cli.service import save_backup

    raise typer.Exit(guarded(lambda: save_backup(file)))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En sikkerhetskopi.")],
) -> None:
    """Legg en sikkerhetskopi tilbake i en tom database.

    Kopien kan legges i SQLite eller PostgreSQL, uansett hvor den er tatt.

    Eksempel: [bold]RETTVAKT_DATABASE=sqlite:///ny.db rettvakt restore kopi.zip[/bold]
    """
    from api.cli.service import restore_backup

    raise typer.Exit(guarded(lambda: restore_backup(file)))


@db.command(cls=Command, options_metavar="[VALG]")
def upgrade() -> None:
    """Oppdater databasen til denne utgaven av Rettvakt. «serve» gjør det også selv.

    Eksempel: [bold]rettvakt db upgrade[/bold]
    """
    from api.cli.service import upgrade_database

    raise typer.Exit(guarded(upgrade_database))


@db.command(cls=Command, options_metavar="[VALG]")
def sweep(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fortell hva som ville blitt slettet, og behold det.")
    ] = False,
) -> None:
    """Slett det som er gammelt nok: grunner, meldinger, jobber, innlogginger og gammel logg.

    Tjenesten gjør det også selv, hver time. Fristene står i docs/access.md.

    Eksempel: [bold]rettvakt db sweep --dry-run[/bold]
    """
    from api.cli.service import sweep_database

    raise typer.Exit(guarded(lambda: sweep_database(dry_run)))


@admin.command("create-cooperation", cls=Command, options_metavar="[VALG]")
def create_cooperation(
    name: Annotated[str, typer.Argument(metavar="NAVN", help="Navnet på samarbeidet.")],
) -> None:
    """Lag et samarbeid. Det som hører til ett samarbeid, kan ingen i et annet se.

    Eksempel: [bold]rettvakt admin create-cooperation "Fjellregionen legevakt"[/bold]
    """
    from api.cli.service import add_cooperation

    raise typer.Exit(guarded(lambda: add_cooperation(name)))


@admin.command("create-user", cls=Command, options_metavar="[VALG]")
def create_user(
    email: Annotated[str, typer.Argument(metavar="E-POST", help="Det brukeren logger inn med.")],
    name: Annotated[str, typer.Option("--name", metavar="NAVN", help="Brukerens navn.")],
    role: Annotated[
        str,
        typer.Option(
            "--role",
            metavar="ROLLE",
            help="system, coordinator, manager (én kommunes leder), doctor eller auditor (innsyn).",
        ),
    ],
    cooperation: Annotated[
        str | None,
        typer.Option("--cooperation", metavar="NAVN", help="Samarbeidet. Ikke for system."),
    ] = None,
    municipality: Annotated[
        str | None,
        typer.Option("--municipality", metavar="ID", help="Kommunens id i planene, for manager."),
    ] = None,
    doctor: Annotated[
        str | None,
        typer.Option("--doctor", metavar="ID", help="Legens id i planene, for doctor."),
    ] = None,
) -> None:
    """Lag en bruker. Det første passordet leses fra tastaturet, eller lages hvis du ikke gir noe.

    Brukeren må bytte det ved første innlogging.

    Eksempel: [bold]rettvakt admin create-user kari@kommune.no --name "Kari Moe" --role coordinator
    --cooperation "Fjellregionen legevakt"[/bold]
    """
    from api.cli.service import add_user

    raise typer.Exit(
        guarded(lambda: add_user(email, name, role, cooperation, municipality, doctor))
    )


@admin.command("set-password", cls=Command, options_metavar="[VALG]")
def set_password(
    email: Annotated[str, typer.Argument(metavar="E-POST", help="Det brukeren logger inn med.")],
) -> None:
    """Gi en bruker nytt passord når det gamle er glemt. Alle innlogginger avsluttes.

    Passordet leses fra tastaturet, eller lages hvis du ikke gir noe, og må byttes ved neste
    innlogging.

    Eksempel: [bold]rettvakt admin set-password kari@kommune.no[/bold]
    """
    from api.cli.service import set_password

    raise typer.Exit(guarded(lambda: set_password(email)))


def register(app: typer.Typer) -> None:
    """Make them commands of `rettvakt`."""
    for command in (serve, worker, backup, restore):
        app.command(cls=Command, options_metavar="[VALG]")(command)
    app.add_typer(db)
    app.add_typer(admin)
