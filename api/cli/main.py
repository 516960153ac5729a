"""The command `rettvakt`: names and help texts of its subcommands.

Nothing heavy is imported here, so `rettvakt --help` answers at once.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.norwegian import speak_norwegian, told

EXIT_CODES = (
    "Sluttkode: 0 full og lovlig plan · 1 udekte vakter eller brudd, alle listet · "
    "2 feil i det du ga inn · 3 ingen plan funnet innen tiden."
)

app = typer.Typer(
    name="rettvakt",
    help="Lager lovlige og rettferdige vaktplaner for legevakt.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)

PlanFile = Annotated[
    Path, typer.Argument(metavar="PLAN", help="Plan som arbeidsbok (.xlsx), .yaml eller .json.")
]
OutFolder = Annotated[Path, typer.Option("--out", "-o", help="Mappen filene skal skrives til.")]
Seconds = Annotated[
    float, typer.Option("--time-limit", "-t", min=1, max=86_400, help="Søketid i sekunder.")
]
Seed = Annotated[
    int, typer.Option("--seed", min=0, max=2**31 - 1, help="Frø for tilfeldige valg i søket.")
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=64, help="Tråder. Utelatt: så mange som maskinen gir."),
]


class Format(StrEnum):
    """What `export` can write."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    ICS = "ics"
    JSON = "json"


@app.command(epilog=EXIT_CODES)
def solve(
    plan: PlanFile,
    out: OutFolder = Path("ut"),
    time_limit: Seconds = 60,
    seed: Seed = 1,
    workers: Workers = None,
) -> None:
    """Lag en vaktplan.

    Leser planen, søker til alt er bevist eller tiden er ute, lar de uavhengige kontrollene gå
    over resultatet, og skriver vaktplan, kalenderfiler og lovlighetsrapport til mappen.
    Ctrl-C stopper søket og beholder det beste som er funnet.

    Eksempel: [bold]rettvakt solve vår2027.xlsx --out ut --time-limit 120[/bold]
    """
    from api.cli.solve import run

    raise typer.Exit(run(plan, out, time_limit, seed, workers))


@app.command(epilog=EXIT_CODES)
def check(
    plan: PlanFile,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, eller en tabell laget for hånd (.xlsx, .csv: dato, vakt, lege).",
        ),
    ],
    report: Annotated[
        Path | None, typer.Option("--report", help="Skriv lovlighetsrapporten til denne mappen.")
    ] = None,
) -> None:
    """Kontroller en vaktplan mot alle regler, uansett hvem som har laget den.

    Eksempel: [bold]rettvakt check vår2027.xlsx min_plan.xlsx[/bold]
    """
    from api.cli.check import run

    raise typer.Exit(run(plan, roster, report))


@app.command()
def export(
    roster: Annotated[Path, typer.Argument(metavar="VAKTPLAN", help="vaktplan.json.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="Hva som skal skrives.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Fil (mappe for ics). Utelatt: ved siden av vaktplanen."),
    ] = None,
    doctor: Annotated[
        str | None, typer.Option("--doctor", help="Bare denne legen (ics): navn eller id.")
    ] = None,
) -> None:
    """Skriv en ferdig vaktplan i et annet format.

    Eksempel: [bold]rettvakt export ut/vaktplan.json --format pdf[/bold]
    """
    from api.cli.export import run

    raise typer.Exit(run(roster, format.value, out, doctor))


@app.command()
def rules(
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help="Vis innstillingene slik denne planen har dem."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv listen som JSON.")] = False,
) -> None:
    """List alle regler: hva de krever, hvor det står, hvor sikkert det er lest, innstillinger."""
    from api.cli.rules import run

    raise typer.Exit(run(plan, as_json))


@app.command()
def schema() -> None:
    """Skriv JSON-skjemaet for planformatet."""
    from api.cli.files import print_schema

    raise typer.Exit(print_schema())


@app.command()
def template(
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="Arbeidsboken som skal skrives.")
    ] = Path("plan.xlsx"),
    force: Annotated[
        bool, typer.Option("--force", help="Skriv over filen hvis den finnes.")
    ] = False,
) -> None:
    """Skriv en tom arbeidsbok med veiledning, nedtrekkslister og eksempelrader."""
    from api.cli.files import write_template

    raise typer.Exit(write_template(file, force))


@app.command()
def convert(
    plan: PlanFile,
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="Ny fil; endelsen .xlsx, .yaml eller .json.")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Skriv over filen hvis den finnes.")
    ] = False,
) -> None:
    """Gjør en plan om mellom arbeidsbok, YAML og JSON uten at noe går tapt."""
    from api.cli.files import convert_plan

    raise typer.Exit(convert_plan(plan, file, force))


@app.command(epilog=EXIT_CODES)
def demo(
    out: OutFolder = Path("demo-ut"),
    time_limit: Seconds = 40,
    seed: Seed = 1,
    workers: Workers = None,
) -> None:
    """Lag vaktplan for et oppdiktet fjelldistrikt våren 2027 og si hvor resultatet ligger."""
    from api.cli.demo import run

    raise typer.Exit(run(out, time_limit, seed, workers))


def main() -> None:
    """Run the command line; what the user typed wrong ends with code 2, never a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    speak_norwegian()
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as error:
        sys.stderr.write(f"{told(error)}\n")
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("Avbrutt.\n")
        code = 130
    except BrokenPipeError:  # whoever read our output has heard enough
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
