"""What several commands take: files, folders, and how to search."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_SECONDS = 60

PlanFile = Annotated[
    Path,
    typer.Argument(
        metavar="PLAN",
        help="Planen: arbeidsbok (.xlsx), .yaml eller .json, eller en vaktplan.json fra før.",
    ),
]
OutFolder = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="MAPPE", help="Mappen filene skal skrives til."),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--time-limit", "-t", min=1, max=86_400, metavar="SEKUNDER", help="Søk så lenge, høyst."
    ),
]
SecondsEach = Annotated[
    float,
    typer.Option(
        "--seconds",
        "-s",
        "--time-limit",
        "-t",
        min=1,
        max=86_400,
        metavar="SEKUNDER",
        help="Søk så lenge i hver.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        min=0,
        max=2**31 - 1,
        metavar="TALL",
        help="Startverdi for tilfeldige valg i søket. En annen kan gi en annen, like god plan.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        max=64,
        metavar="TALL",
        help="Tråder søket bruker. Utelatt: så mange som maskinen gir.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Skriv over filen hvis den finnes.")]
RosterFile = Annotated[
    Path,
    typer.Argument(
        metavar="VAKTPLAN",
        help="vaktplan.json, mappen den ligger i, eller en tabell (.xlsx, .csv).",
    ),
]
JudgedFile = Annotated[
    Path,
    typer.Argument(
        metavar="VAKTPLAN",
        help="vaktplan.json, eller en tabell (.xlsx, .csv) med kolonnene Dato, Vakt og Lege.",
    ),
]
ChangedFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FIL",
        help="Skriv vaktplanen etter byttet hit (.json, .xlsx, .csv eller .pdf). "
        "Det som sto der, flyttes til «tidligere».",
    ),
]
