"""`rettvakt compare` and `sweep`: their options and help texts.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.options import DEFAULT_SECONDS, OutFolder, PlanFile, SecondsEach, Seed


def compare(
    scenarios: Annotated[
        Path,
        typer.Argument(metavar="SCENARIER", help="Scenariofilen (.yaml eller .json)."),
    ],
    out: OutFolder = Path("sammenligning"),
    seconds: SecondsEach = DEFAULT_SECONDS,
    seed: Seed = 1,
    parallel: Annotated[
        int | None,
        typer.Option(
            "--parallel",
            min=1,
            max=64,
            metavar="TALL",
            help="Planer som løses samtidig; færre bruker mindre minne. Utelatt: én per kjerne.",
        ),
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option("--anonymous", help="Uten navn: «Lege A», den samme i alle alternativene."),
    ] = False,
    diff: Annotated[
        str | None,
        typer.Option(
            "--diff",
            metavar="A,B",
            help="Vis bare hva scenario B har som A ikke har. «base» er dagens plan.",
        ),
    ] = None,
) -> None:
    """Hva om? Løs flere alternativer side om side og sammenlign dem.

    Scenariofilen peker på en plan og har en kort liste endringer for hvert alternativ: en kommune
    kommer inn eller går ut, felles nattevakt, flere eller færre leger, en annen nøkkel, andre
    poeng. Hver plan får like lang tid og én tråd, og måles mot de samme reglene. Forskjeller som
    er mindre enn det som gjenstår å bevise, blir merket som uten betydning.

    Skriver en tabell her, og til mappen: notat.pdf og notat.html (til kommunestyret, uten navn),
    sammenligning.xlsx og .json, figurer, og vaktplanen for hvert alternativ.

    Eksempel: [bold]rettvakt compare scenarier.yaml --seconds 120 --out sammenligning[/bold]
    """

    def work() -> int:
        from api.cli.compare import run, show_difference
        from api.whatif_solving import Search

        if diff is not None:
            return show_difference(scenarios, diff)
        return run(scenarios, out, Search(seconds, seed, parallel), anonymous=anonymous)

    raise typer.Exit(guarded(work, out))


def sweep(
    plan: PlanFile,
    values: Annotated[
        str,
        typer.Option(
            "--values",
            metavar="VERDIER",
            help="For eksempel «1..6», «0..100..25» (fra..til..steg), «8,11,13» eller «ja,nei».",
        ),
    ],
    setting: Annotated[
        str | None,
        typer.Option(
            "--setting",
            metavar="REGEL.NAVN",
            help="Varier en innstilling; alle står i «rettvakt rules».",
        ),
    ] = None,
    doctors: Annotated[
        str | None,
        typer.Option("--doctors", metavar="KOMMUNE", help="Varier antall leger i en kommune."),
    ] = None,
    staffing: Annotated[
        str | None,
        typer.Option("--staffing", metavar="VAKTTYPE", help="Varier antall leger på en vakt."),
    ] = None,
    out: OutFolder = Path("folsomhet"),
    seconds: SecondsEach = DEFAULT_SECONDS,
    seed: Seed = 1,
    parallel: Annotated[
        int | None,
        typer.Option(
            "--parallel",
            min=1,
            max=64,
            metavar="TALL",
            help="Planer som løses samtidig. Utelatt: én for hver kjerne.",
        ),
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Uten navn i arbeidsboken og JSON.")
    ] = False,
) -> None:
    """Hvor mange leger trenger vi? Hva koster denne regelen oss?

    Løser planen én gang for hver verdi av én ting, med like lang tid, og viser kurven: udekte
    timer, pålagte timer, belastning. Feltet under kurven er det som gjenstår å bevise. Hver verdi
    begynner med planen for verdien før.

    Eksempel: [bold]rettvakt sweep plan.xlsx --doctors fjell --values 3..8[/bold]

    Eksempel: [bold]rettvakt sweep plan.xlsx --setting target_rest.price --values 0,100,500[/bold]
    """

    def work() -> int:
        from api.cli.sweep import run
        from api.whatif_solving import Search

        what = (setting, doctors, staffing)
        return run(plan, out, what, values, Search(seconds, seed, parallel), anonymous=anonymous)

    raise typer.Exit(guarded(work, out))
