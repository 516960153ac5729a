"""`rettvakt validate` and what else is about a plan alone, or the rules: options and help texts.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.options import Force, PlanFile


def validate(plan: PlanFile) -> None:
    """Les planen og si hva som er galt med den, uten å lage vaktplan.

    Viser alle feil med sted og råd, merknader, tidsrom uten lege, og hvor stor planen er.
    Sluttkode: 0 planen kan brukes · 2 planen har feil.

    Eksempel: [bold]rettvakt validate vår2027.xlsx[/bold]
    """

    def work() -> int:
        from api.cli.validate import run

        return run(plan)

    raise typer.Exit(guarded(work))


def shares(
    plan: PlanFile,
    doctor: Annotated[
        str | None,
        typer.Option("--doctor", metavar="LEGE", help="Bare denne legen: navn eller id."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv andelene som JSON.")] = False,
) -> None:
    """Regn ut hva som er en rettferdig andel for hver lege, før vaktplanen lages.

    Viser utregningen steg for steg, slik at den kan følges med kalkulator: hva som skal deles,
    hvem som deler det, hvor mange dager legen har del i, og hva saldoen fra før gjør med målet.
    Hvorfor en lege er borte eller fritatt, står det ikke noe om.

    Eksempel: [bold]rettvakt shares vår2027.xlsx --doctor "Kari Nordmann"[/bold]
    """

    def work() -> int:
        from api.cli.shares import run

        return run(plan, doctor, as_json)

    raise typer.Exit(guarded(work))


def rules(
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help="Vis innstillingene slik denne planen har dem."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv listen som JSON.")] = False,
) -> None:
    """List alle regler: hvor de står, hvor sikkert det er lest, og hva som kan stilles inn.

    Navnet på regelen, og navnet foran hver innstilling, er det du skriver på arket «Regler» i
    planen for å gi den en annen verdi.

    Eksempel: [bold]rettvakt rules vår2027.xlsx[/bold]
    """

    def work() -> int:
        from api.cli.rules import run

        return run(plan, as_json)

    raise typer.Exit(guarded(work))


def schema(
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="Skjemaet for scenariofiler i stedet.")
    ] = False,
) -> None:
    """Skriv JSON-skjemaet for planformatet.

    Eksempel: [bold]rettvakt schema > plan.schema.json[/bold]
    """

    def work() -> int:
        from api.cli.files import print_schema

        return print_schema(scenarios=scenarios)

    raise typer.Exit(guarded(work))


def template(
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="Arbeidsboken som skal skrives.")
    ] = Path("plan.xlsx"),
    force: Force = False,
) -> None:
    """Skriv en tom arbeidsbok med veiledning, nedtrekkslister og eksempelrader.

    Eksempel: [bold]rettvakt template vår2027.xlsx[/bold]
    """

    def work() -> int:
        from api.cli.files import write_template

        return write_template(file, force)

    raise typer.Exit(guarded(work))


def convert(
    plan: PlanFile,
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="Ny fil; endelsen .xlsx, .yaml eller .json.")
    ],
    force: Force = False,
) -> None:
    """Gjør en plan om mellom arbeidsbok, YAML og JSON uten at noe går tapt.

    Henter også planen ut av en vaktplan.json.

    Eksempel: [bold]rettvakt convert vår2027.xlsx vår2027.yaml[/bold]
    """

    def work() -> int:
        from api.cli.files import convert_plan

        return convert_plan(plan, file, force)

    raise typer.Exit(guarded(work))
