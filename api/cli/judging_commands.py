"""`rettvakt check` and what else judges or explains a roster: their options and help texts.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.options import (
    DEFAULT_SECONDS,
    JudgedFile,
    OutFolder,
    PlanFile,
    RosterFile,
    Seconds,
    Seed,
    Workers,
)

_WHY_SECONDS = 30


def check(
    plan: PlanFile,
    roster: JudgedFile,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="MAPPE", help="Skriv lovlighetsrapporten til denne mappen."
        ),
    ] = None,
) -> None:
    """Kontroller en vaktplan mot alle regler, uansett hvem som har laget den.

    Vaktplanen kan være skrevet for hånd, laget i Excel eller endret etter at den ble laget. Hvert
    brudd og hver udekket vakt blir listet. En rad uten lege er en udekket vakt.

    Eksempel: [bold]rettvakt check vår2027.xlsx min_plan.xlsx --report ut[/bold]
    """

    def work() -> int:
        from api.cli.check import run

        return run(plan, roster, report)

    raise typer.Exit(guarded(work, report))


def certify(
    plan: PlanFile,
    roster: JudgedFile,
    time_limit: Seconds = DEFAULT_SECONDS,
    seed: Seed = 1,
    workers: Workers = None,
    prices: Annotated[
        bool,
        typer.Option("--prices", help="Regn ut hva «kan ikke», låser og egne grenser koster."),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="MAPPE", help="Skriv sertifikatet til denne mappen."),
    ] = None,
    save_better: Annotated[
        Path | None,
        typer.Option(
            "--save-better",
            metavar="FIL",
            help="Lagre en bedre plan hit (.json) hvis en blir funnet.",
        ),
    ] = None,
) -> None:
    """Bevis hvor rettferdig en vaktplan er, uansett hvem som har laget den.

    Kontrollerer vaktplanen, regner den ut på nytt fra bunnen, og finner for hvert trinn en nedre
    grense som ingen lovlig plan kan komme under. Ingenting av det som et tidligere søk har
    oppgitt, blir brukt. En plan som bryter en ufravikelig regel, får ikke sertifikat. Sluttkoden
    er 1 også når en bedre plan blir funnet.

    Med --prices ser du hva hvert «kan ikke», hver lås og hver av kommunens egne grenser koster
    den tyngst belastede legen. Prisene, og det å gjøre en bedre plan ferdig, får like lang tid
    som beviset.

    Eksempel: [bold]rettvakt certify vår2027.xlsx ut/vaktplan.json --out ut --prices[/bold]
    """

    def work() -> int:
        from api.cli.certify import Wanted, run

        return run(plan, roster, Wanted(time_limit, seed, workers, prices, out, save_better))

    raise typer.Exit(guarded(work, out))


def fairness(
    plan: PlanFile,
    roster: JudgedFile,
    book: Annotated[
        Path | None,
        typer.Option(
            "--book", metavar="FIL", help="Vaktkontoen: viser også året hittil og alle høytider."
        ),
    ] = None,
    out: OutFolder = Path("ut"),
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous",
            help="Med dekknavn og uten noe personlig: ønsker, vaktuker og utregninger er utelatt.",
        ),
    ] = False,
) -> None:
    """Skriv fordelingsrapporten: hvor rettferdig vaktene er fordelt, med figurer.

    Viser mål og resultat for hver lege, saldo før og etter, hvordan andelen er regnet ut, uke for
    uke, avstand mellom vakter, høytider, ønsker og kommunene. Skriver fordeling.html, .pdf og
    .xlsx; med --anonymous heter de fordeling-uten-navn. «rettvakt solve» skriver dem også.

    Eksempel: [bold]rettvakt fairness vår2027.xlsx ut/vaktplan.json --out møte[/bold]
    """

    def work() -> int:
        from api.cli.fairness import run

        return run(plan, roster, out, book=book, anonymous=anonymous)

    raise typer.Exit(guarded(work, out))


def wishes(
    plan: PlanFile,
    roster: RosterFile,
    doctor: Annotated[
        str | None,
        typer.Option("--doctor", metavar="LEGE", help="Bare denne legens ønsker: navn eller id."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FIL",
            help="Skriv kvitteringene til denne filen (.html eller .xlsx), én side for hver lege.",
        ),
    ] = None,
) -> None:
    """Vis hva det ble av legenes ønsker, og hva som sto i veien for dem som ikke ble oppfylt.

    For hver vakt som gikk imot et ønske, blir direkte bytter med alle de andre legene prøvd:
    hvilken regel som stanser byttet, eller hva det ville ha kostet. Det står aldri hvorfor en
    annen lege ikke er tilgjengelig, så siden kan gis til den legen den gjelder.

    Eksempel: [bold]rettvakt wishes vår2027.xlsx ut --out ønskekvittering.html[/bold]
    """

    def work() -> int:
        from api.cli.wishes import run

        return run(plan, roster, doctor, out)

    raise typer.Exit(guarded(work, out.parent if out else None))


def why(
    plan: PlanFile,
    roster: Annotated[
        Path | None,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, mappen den ligger i, eller en tabell (.xlsx, .csv). Utelatt: "
            "hvorfor planen ikke lar seg lage.",
        ),
    ] = None,
    duty: Annotated[
        str | None,
        typer.Option("--duty", metavar="VAKT", help="En vakt: id, eller «natt 27.03.2027»."),
    ] = None,
    doctor: Annotated[
        str | None,
        typer.Option("--doctor", metavar="LEGE", help="En lege: navn eller id."),
    ] = None,
    time_limit: Seconds = _WHY_SECONDS,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
) -> None:
    """Forklar hvorfor en vakt står udekket, hvorfor planen er umulig, eller hvorfor denne legen.

    Med bare vaktplanen får du hver udekket vakt forklart: det minste som står i veien, bevist, og
    utveiene, hver regnet ut på nytt og kontrollert. Med --duty gjelder det den ene vakten: hvem
    andre som kan ha den, og hva det ville kostet. Med --duty og --doctor gjelder det den ene legen.
    Med --doctor alene ser du hva som driver legens sum. Uten vaktplan får du vite hvilke låser og
    regler som motsier hverandre.

    Svaret er til vaktplanleggeren: det kan nevne fritak og fravær.

    Sluttkode: 0 ingenting er udekket · 1 udekket eller umulig, forklart · 2 feil i det du ga inn.

    Eksempel: [bold]rettvakt why vår2027.xlsx ut --duty "natt 27.03.2027"[/bold]
    """

    def work() -> int:
        from api.cli.why import Asked, run

        return run(plan, roster, Asked(duty, doctor, time_limit, seed, workers, as_json))

    raise typer.Exit(guarded(work))
