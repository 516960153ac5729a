"""`rettvakt solve`, `demo` and `export`: their options and help texts.

Nothing heavy is imported here, as in `main`.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.options import DEFAULT_SECONDS, OutFolder, PlanFile, Seconds, Seed, Workers

_DEMO_SECONDS = 40


class Format(StrEnum):
    """What `export` can write."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    ICS = "ics"
    JSON = "json"


def solve(
    plan: PlanFile,
    out: OutFolder = Path("ut"),
    time_limit: Seconds = DEFAULT_SECONDS,
    seed: Seed = 1,
    workers: Workers = None,
) -> None:
    """Lag en vaktplan.

    Leser planen, søker til alt er bevist eller tiden er ute, lar de uavhengige kontrollene gå
    over resultatet, og skriver vaktplanen (.xlsx, .csv, .pdf), en kalender for hver lege,
    lovlighetsrapporten og fordelingsrapporten til mappen. Det som lå der fra før og blir
    erstattet, flyttes til undermappen «tidligere».

    Ctrl-C stopper søket og skriver det beste som er funnet.

    vaktplan.json er vaktplanleggerens egen: den inneholder hele planen, også hva slags fravær og
    fritak legene har, og skal ikke deles. De andre filene sier ingenting om det.

    Eksempel: [bold]rettvakt solve vår2027.xlsx --out ut --time-limit 120[/bold]
    """

    def work() -> int:
        from api.cli.solve import run

        return run(plan, out, time_limit, seed, workers)

    raise typer.Exit(guarded(work, out))


def demo(
    out: OutFolder = Path("demo-ut"),
    time_limit: Seconds = _DEMO_SECONDS,
    seed: Seed = 1,
    workers: Workers = None,
) -> None:
    """Lag vaktplan for et oppdiktet fjelldistrikt våren 2027 og si hvor resultatet ligger.

    Sluttkoden er 0 også der planen har udekte vakter.
    """

    def work() -> int:
        from api.cli.demo import run

        return run(out, time_limit, seed, workers)

    raise typer.Exit(guarded(work, out))


def export(
    roster: Annotated[
        Path,
        typer.Argument(metavar="VAKTPLAN", help="vaktplan.json, eller mappen den ligger i."),
    ],
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="xlsx, csv, pdf (til veggen), ics (kalendere) eller json (med planen i).",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FIL",
            help="Filen (for ics: mappen). Utelatt: ved siden av vaktplanen.",
        ),
    ] = None,
    doctor: Annotated[
        str | None,
        typer.Option("--doctor", metavar="LEGE", help="Bare denne legens kalender: navn eller id."),
    ] = None,
) -> None:
    """Skriv en ferdig vaktplan i et annet format.

    Eksempel: [bold]rettvakt export ut/vaktplan.json --format ics --doctor "Kari Nordmann"[/bold]
    """

    def work() -> int:
        from api.cli.export import run

        return run(roster, format.value, out, doctor)

    raise typer.Exit(guarded(work, out.parent if out else None))
