"""`rettvakt ledger`: names and help texts of the commands of the ledger.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.norwegian import Command, Group

ledger = typer.Typer(
    name="ledger",
    cls=Group,
    help="Før vaktkontoen: hva legene har til gode eller skylder fra periode til periode.\n\n"
    "Når en periode er over, fører «rettvakt ledger close» det som faktisk ble arbeidet. "
    "«rettvakt ledger open» skriver saldoene inn i neste plan, så den jevner dem ut. Ingenting i "
    "kontoen endres etterpå; det som er feil, rettes med et nytt bilag.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO",
    context_settings={"help_option_names": ["--help", "-h"]},
)

BookFile = Annotated[
    Path,
    typer.Option("--book", "-b", metavar="FIL", help="Vaktkontoen (.json eller .yaml)."),
]
BookedOn = Annotated[
    str | None,
    typer.Option(
        "--booked-on", metavar="DATO", help="Dagen bilaget føres, som 31.08.2027. Utelatt: i dag."
    ),
]
Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="TEKST",
        help="Hvorfor. Alle som ser kontoen, kan lese det; skriv aldri helseopplysninger.",
    ),
]
BOOK = Path("vaktkonto.json")


@ledger.command(cls=Command, options_metavar="[VALG]")
def close(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Planen for perioden som er over.")],
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="Vaktene slik de ble arbeidet: vaktplan.json, eller en tabell (.xlsx, .csv) med "
            "kolonnene Dato, Vakt og Lege.",
        ),
    ],
    book: BookFile = BOOK,
    booked_on: BookedOn = None,
) -> None:
    """Lukk en periode: før det som ble arbeidet, og hver leges rettferdige andel av det.

    Rett vaktplanen først, så vaktbytter og sykdom står slik det ble. Finnes ikke vaktkontoen, blir
    den laget, og saldoene i planen føres som det legene hadde med seg.

    Eksempel: [bold]rettvakt ledger close sommer.xlsx arbeidet.csv --book vaktkonto.json[/bold]
    """

    def work() -> int:
        from api.cli.ledger import close_period

        return close_period(plan, roster, book, booked_on)

    raise typer.Exit(guarded(work, book.parent))


@ledger.command("open", cls=Command, options_metavar="[VALG]")
def open_plan(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Planen for neste periode.")],
    book: BookFile = BOOK,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FIL", help="Ny planfil. Utelatt: planen selv."),
    ] = None,
) -> None:
    """Skriv saldoene inn i neste plan; alt annet i planen blir stående.

    Den gamle utgaven av en fil som blir erstattet, flyttes til undermappen «tidligere».

    Eksempel: [bold]rettvakt ledger open høst.xlsx --book vaktkonto.json[/bold]
    """

    def work() -> int:
        from api.cli.ledger import open_plan as run

        return run(plan, book, out)

    raise typer.Exit(guarded(work))


@ledger.command(cls=Command, options_metavar="[VALG]")
def show(
    book: BookFile = BOOK,
    doctor: Annotated[
        str | None,
        typer.Option("--doctor", metavar="LEGE", help="Kontoutskrift for én lege: navn eller id."),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="HVA",
            help="Bare dette: poeng, netter, helger, høytider, pålagte timer eller ønsker.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FIL", help="Skriv alt til en fil (.xlsx eller .csv)."),
    ] = None,
) -> None:
    """Vis saldoene, eller én leges konto linje for linje.

    Over null betyr at legen har hatt mer enn sin andel.

    Eksempel: [bold]rettvakt ledger show --doctor "Kari Nordmann"[/bold]
    """

    def work() -> int:
        from api.cli.ledger import show as run

        return run(book, doctor, measure, out)

    raise typer.Exit(guarded(work))


@ledger.command(cls=Command, options_metavar="[VALG]")
def correct(
    doctor: Annotated[str, typer.Argument(metavar="LEGE", help="Navn eller id.")],
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="HVA",
            help="Poeng, netter, helger, høytider, pålagte timer eller ønsker.",
        ),
    ],
    amount: Annotated[
        str,
        typer.Option(
            "--amount", metavar="TALL", help="Hvor mye saldoen skal opp, eller ned med minus: -2,5."
        ),
    ],
    reason: Reason,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="LEGE", help="Legen som får det motsatte. Utelatt: fellesskapet."
        ),
    ] = None,
    book: BookFile = BOOK,
    booked_on: BookedOn = None,
) -> None:
    """Rett en saldo med et nytt bilag, for eksempel etter et vaktbytte som ble glemt.

    Eksempel: [bold]rettvakt ledger correct kari --measure netter --amount 1 --against ola
    --reason "Bytte 12. mai, ikke ført i planen"[/bold]
    """

    def work() -> int:
        from api.cli.ledger import correct as run

        return run(book, doctor, measure, amount, reason, against, booked_on)

    raise typer.Exit(guarded(work))


@ledger.command(cls=Command, options_metavar="[VALG]")
def reverse(
    number: Annotated[int, typer.Argument(metavar="BILAG", help="Nummeret på bilaget.")],
    reason: Reason,
    book: BookFile = BOOK,
    booked_on: BookedOn = None,
) -> None:
    """Ta tilbake et bilag med et motsatt bilag; begge blir stående.

    En periode som er lukket ved en feil, reverseres og lukkes på nytt.

    Eksempel: [bold]rettvakt ledger reverse 4 --reason "Feil vaktplan"[/bold]
    """

    def work() -> int:
        from api.cli.ledger import reverse as run

        return run(book, number, reason, booked_on)

    raise typer.Exit(guarded(work))


@ledger.command(cls=Command, options_metavar="[VALG]")
def leave(
    doctor: Annotated[str, typer.Argument(metavar="LEGE", help="Navn eller id.")],
    reason: Reason = "Har sluttet",
    book: BookFile = BOOK,
    booked_on: BookedOn = None,
) -> None:
    """Avskriv saldoene til en lege som har sluttet, mot fellesskapet.

    En lege som bare er borte en periode, skal ikke avskrives: saldoen hviler til legen er tilbake.

    Eksempel: [bold]rettvakt ledger leave "Ola Bråten" --reason "Sluttet 31. august"[/bold]
    """

    def work() -> int:
        from api.cli.ledger import leave as run

        return run(book, doctor, reason, booked_on)

    raise typer.Exit(guarded(work))


@ledger.command(cls=Command, options_metavar="[VALG]")
def check(
    book: BookFile = BOOK,
    digest: Annotated[
        str | None,
        typer.Option(
            "--digest",
            metavar="SUM",
            help="Kontrollsummen som ble skrevet ned da perioden ble lukket; de første tegnene "
            "holder.",
        ),
    ] = None,
) -> None:
    """Kontroller at ingen har endret, fjernet eller flyttet et bilag, og at alt går opp i null.

    Sluttkode: 0 alt stemmer · 1 noe stemmer ikke · 2 filen kan ikke leses.

    Eksempel: [bold]rettvakt ledger check --book vaktkonto.json --digest 3f9a0c21[/bold]
    """

    def work() -> int:
        from api.cli.ledger import check as run

        return run(book, digest)

    raise typer.Exit(guarded(work))


@ledger.command(cls=Command, options_metavar="[VALG]")
def settings(
    half_life: Annotated[
        int | None,
        typer.Option(
            "--half-life",
            metavar="MÅNEDER",
            help="Etter så mange måneder er halve saldoen igjen. 0: saldoer halveres ikke.",
        ),
    ] = None,
    ceiling: Annotated[
        int | None,
        typer.Option(
            "--ceiling",
            metavar="PROSENT",
            help="Så mye av periodens andel kan en saldo vokse til. 0: ikke noe tak.",
        ),
    ] = None,
    wish_half_life: Annotated[
        int | None,
        typer.Option(
            "--wish-half-life",
            metavar="MÅNEDER",
            help="Etter så mange måneder teller et avslått ønske halvt. 0: halveres ikke.",
        ),
    ] = None,
    reason: Reason = "Kommunens valg",
    book: BookFile = BOOK,
    booked_on: BookedOn = None,
) -> None:
    """Vis eller endre hvordan gamle saldoer avtar. Verdiene er kommunens egne valg.

    Eksempel: [bold]rettvakt ledger settings --half-life 18 --reason "Vedtak i samarbeidsutvalget
    (ALU)"[/bold]
    """

    def work() -> int:
        from api.cli.ledger import settings as run

        return run(book, half_life, ceiling, wish_half_life, reason, booked_on)

    raise typer.Exit(guarded(work))
