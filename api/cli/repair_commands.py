"""`rettvakt repair`: its options and help texts.

Nothing heavy is imported here, as in `main`.
"""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.guard import guarded
from api.cli.options import OutFolder, PlanFile, RosterFile, Seconds, Seed

_REPAIR_SECONDS = 30


def repair(
    plan: PlanFile,
    roster: RosterFile,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="TIDSPUNKT",
            help="Når det som har hendt, begynner å gjelde: 2027-03-12T15:00 eller 2027-03-12.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="TIDSPUNKT", help="Til og med når. Utelatt: ut perioden."),
    ] = None,
    sick: Annotated[
        list[str] | None,
        typer.Option("--sick", metavar="LEGE", help="Legen er syk: navn eller id."),
    ] = None,
    leave: Annotated[
        list[str] | None, typer.Option("--leave", metavar="LEGE", help="Legen får permisjon.")
    ] = None,
    resigns: Annotated[
        list[str] | None,
        typer.Option("--resigns", metavar="LEGE", help="Legen slutter; --from er første dag uten."),
    ] = None,
    claims: Annotated[
        list[str] | None,
        typer.Option(
            "--claims", metavar="LEGE", help="Legen krever eller får fritak; si hva med --kind."
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="SLAG",
            help="Fritak: alder, graviditet, amming eller vedtak. Permisjon: ferie, kurs, "
            "foreldrepermisjon eller annet.",
        ),
    ] = None,
    term: Annotated[
        str | None, typer.Option("--term", metavar="DAG", help="Termin, ved graviditet.")
    ] = None,
    birth: Annotated[
        str | None,
        typer.Option("--birth", metavar="DAG", help="Barnets fødselsdag, ved amming."),
    ] = None,
    hindered: Annotated[
        bool,
        typer.Option("--hindered", help="Svangerskapet er til hinder for vakt allerede nå."),
    ] = False,
    remove_duty: Annotated[
        list[str] | None,
        typer.Option("--remove-duty", metavar="VAKT", help="Vakten utgår: natt/2027-03-12."),
    ] = None,
    add_duty: Annotated[
        list[str] | None,
        typer.Option(
            "--add-duty",
            metavar="VAKT",
            help="En lege til: natt/2027-03-12, eller med egne tider: natt/2027-03-12=22:00-07:00.",
        ),
    ] = None,
    move_duty: Annotated[
        list[str] | None,
        typer.Option(
            "--move-duty", metavar="VAKT", help="Nye tider: kveld/2027-03-12=16:00-23:00."
        ),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option(
            "--events", metavar="FIL", help="Det som har hendt, i en fil (.yaml eller .json)."
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(
            "--now",
            metavar="TIDSPUNKT",
            help="Fra når planen kan endres, når det er før --from. Det som har begynt da, står.",
        ),
    ] = None,
    frozen: Annotated[
        float | None,
        typer.Option(
            "--frozen",
            min=0,
            max=8784,
            metavar="TIMER",
            help="Vakter som begynner innen så mange timer, røres bare hvis de mangler lege "
            "(ellers 24).",
        ),
    ] = None,
    people: Annotated[
        int,
        typer.Option(
            "--people", min=1, max=6, metavar="TALL", help="Berør høyst så mange andre leger."
        ),
    ] = 3,
    take: Annotated[
        int | None,
        typer.Option("--take", min=1, metavar="NUMMER", help="Skriv dette forslaget."),
    ] = None,
    out: OutFolder = Path("reparasjon"),
    time_limit: Seconds = _REPAIR_SECONDS,
    seed: Seed = 1,
) -> None:
    """Finn de minste lovlige endringene når noe skjer med en publisert vaktplan.

    Sykdom, permisjon, oppsigelse, krav om fritak, eller en vakt som utgår, kommer til eller
    flyttes. Det som har begynt, og det som er låst eller endret for hånd, står. Du får en liste
    over forslag som berører én, to eller tre andre leger, hva hvert av dem gjør med fordelingen,
    og hvem du bør ringe først. Ingenting blir endret før du velger med --take.

    Eksempel: [bold]rettvakt repair vår2027.xlsx ut --sick "Kari Nordmann" --from 2027-03-12T15:00
    --to 2027-03-20[/bold]
    """

    def work() -> int:
        from api.cli.repair import Said, Wanted, items_of, run
        from scheduler.repairing.asking import Limits

        items = items_of(
            sick=sick or (),
            leave=leave or (),
            resigns=resigns or (),
            claims=claims or (),
            details={"to": to, "kind": kind, "term": term, "birth": birth, "hindered": hindered},
            removed=remove_duty or (),
            added=add_duty or (),
            moved=move_duty or (),
        )
        limits = Limits(seconds=time_limit, people=people, seed=seed)
        return run(plan, roster, Said(start, now, items, events), Wanted(out, limits, frozen, take))

    raise typer.Exit(guarded(work, out))
