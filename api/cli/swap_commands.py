"""`rettvakt takers`, `swap` and `rings`: their options and help texts.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.options import ChangedFile, PlanFile, RosterFile


def takers(
    plan: PlanFile,
    roster: RosterFile,
    duty: Annotated[
        str, typer.Argument(metavar="VAKT", help="Vakttype og dato, eller id: «natt 27.03.2027».")
    ],
    giver: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="LEGE", help="Hvem som skal byttes ut, der flere har vakten."
        ),
    ] = None,
) -> None:
    """Vis hvem som kan ta en vakt mens alt annet står, og hvem som ikke kan, og hvorfor.

    Alle legene blir prøvd mot alle regler. De som kan, står i den rekkefølgen de bør spørres:
    færrest unntak, ingen pålegg, ikke mot et ønske, og de som ligger mest under sin andel.

    Eksempel: [bold]rettvakt takers vår2027.xlsx ut "natt 27.03.2027"[/bold]
    """

    def work() -> int:
        from api.cli.takers import run

        return run(plan, roster, duty, giver)

    raise typer.Exit(guarded(work))


def swap(
    plan: PlanFile,
    roster: RosterFile,
    give: Annotated[
        str,
        typer.Option("--give", metavar="«LEGE: VAKT»", help="Hvem som gir bort hvilken vakt."),
    ],
    take: Annotated[
        str | None,
        typer.Option("--take", metavar="«LEGE: VAKT»", help="Hvem som gir hvilken vakt igjen."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="LEGE", help="Hvem som tar vakten uten å gi noe igjen."),
    ] = None,
    out: ChangedFile = None,
) -> None:
    """Prøv et vaktbytte: er det lovlig, og hva gjør det med vaktkontoene?

    Uten --take og --to vises alle som kan ta vakten. Et bytte som bryter en regel, blir aldri
    skrevet.

    Eksempel: [bold]rettvakt swap vår2027.xlsx ut --give "Kari Li: natt 27.03.2027"
    --take "Ola By: kveld 30.03.2027" --out ny/vaktplan.json[/bold]
    """

    def work() -> int:
        from api.cli.swap import run

        return run(plan, roster, give, take, to, out)

    raise typer.Exit(guarded(work, out.parent if out else None))


def rings(
    plan: PlanFile,
    roster: RosterFile,
    offers: Annotated[
        Path,
        typer.Argument(metavar="TILBUD", help="Hvem som vil bli kvitt hva (.yaml, .xlsx, .csv)."),
    ],
    choose: Annotated[
        int | None,
        typer.Option(
            "--choose", min=1, metavar="NUMMER", help="Ringen som skal skrives med --out."
        ),
    ] = None,
    out: ChangedFile = None,
) -> None:
    """Finn bytter mellom to, tre og fire leger der alle blir kvitt vakten de vil gi bort.

    TILBUD sier hvilken vakt hver lege vil gi bort, og gjerne hva som kan tas i stedet. Alle lovlige
    ringer blir funnet. De med færrest leger står først, så de med færrest unntak, og så de som er
    best for planen som helhet.

    Eksempel: [bold]rettvakt rings vår2027.xlsx ut bytter.yaml --choose 1 --out ny[/bold]
    """

    def work() -> int:
        from api.cli.rings import run

        return run(plan, roster, offers, choose, out)

    raise typer.Exit(guarded(work, out.parent if out else None))
