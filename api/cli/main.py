"""The command `rettvakt`: names and help texts of its subcommands.

Nothing heavy is imported here, so `rettvakt --help` answers at once.
"""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import BAD_INPUT, DEFECT, INTERRUPTED, OK, fall_silent, set_up
from api.cli.guard import Debugging, guarded, own_version, tell_defect
from api.cli.ledger_commands import ledger
from api.cli.norwegian import Command, Group, speak_norwegian, told
from api.cli.options import (
    ChangedFile,
    Force,
    OutFolder,
    PlanFile,
    RosterFile,
    Seconds,
    Seed,
    Workers,
)
from api.cli.service_commands import register as register_service

EXIT_CODES = (
    "Sluttkode: 0 full og lovlig plan · 1 udekte vakter eller brudd, alle listet · "
    "2 feil i det du ga inn, eller filene kunne ikke skrives · 3 ingen plan funnet innen tiden · "
    "4 feil i Rettvakt"
)
CHANGE_CODES = (
    "Sluttkode: 0 noe lovlig er funnet · 1 ingenting er lovlig, og hvorfor er sagt · "
    "2 feil i det du ga inn, eller filen kunne ikke skrives · 4 feil i Rettvakt"
)
DEFAULT_SECONDS, DEMO_SECONDS, WHY_SECONDS, REPAIR_SECONDS = 60, 40, 30, 30

app = typer.Typer(
    name="rettvakt",
    cls=Group,
    help="Lager lovlige og rettferdige vaktplaner for legevakt.\n\n"
    "Begynn med «rettvakt demo», eller lag en tom arbeidsbok med «rettvakt template plan.xlsx», "
    "fyll den ut i Excel, se over den med «rettvakt validate plan.xlsx», og lag planen med "
    "«rettvakt solve plan.xlsx --out ut».",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO",
    context_settings={"help_option_names": ["--help", "-h"]},
)


class Format(StrEnum):
    """What `export` can write."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    ICS = "ics"
    JSON = "json"


def _version(wanted: bool) -> None:
    if wanted:
        from constraints.catalogue import RULE_SET

        typer.echo(f"Rettvakt {own_version()}, regelsett {RULE_SET}")
        raise typer.Exit()


@app.callback()
def common(
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Vis hele feilsporet hvis Rettvakt selv feiler."),
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Vis utgaven."),
    ] = False,
) -> None:
    """What every command takes."""
    Debugging.on = debug


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
def check(
    plan: PlanFile,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, eller en tabell (.xlsx, .csv) med kolonnene Dato, Vakt og Lege.",
        ),
    ],
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
def certify(
    plan: PlanFile,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, eller en tabell (.xlsx, .csv) med kolonnene Dato, Vakt og Lege.",
        ),
    ],
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


@app.command(cls=Command, options_metavar="[VALG]")
def fairness(
    plan: PlanFile,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, eller en tabell (.xlsx, .csv) med kolonnene Dato, Vakt og Lege.",
        ),
    ],
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]")
def wishes(
    plan: PlanFile,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, mappen den ligger i, eller en tabell (.xlsx, .csv).",
        ),
    ],
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
def repair(
    plan: PlanFile,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="VAKTPLAN",
            help="vaktplan.json, mappen den ligger i, eller en tabell (.xlsx, .csv).",
        ),
    ],
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
    time_limit: Seconds = REPAIR_SECONDS,
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
        from scheduler.repairing.repairs import Limits

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


@app.command(cls=Command, options_metavar="[VALG]")
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
    time_limit: Seconds = WHY_SECONDS,
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=CHANGE_CODES)
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=CHANGE_CODES)
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=CHANGE_CODES)
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]")
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
def compare(
    scenarios: Annotated[
        Path,
        typer.Argument(metavar="SCENARIER", help="Scenariofilen (.yaml eller .json)."),
    ],
    out: OutFolder = Path("sammenligning"),
    seconds: Annotated[
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
    ] = DEFAULT_SECONDS,
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

    Skriver en tabell her, og til mappen: notat.pdf (to sider til kommunestyret, uten navn),
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
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
    seconds: Annotated[
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
    ] = DEFAULT_SECONDS,
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


@app.command(cls=Command, options_metavar="[VALG]", epilog=EXIT_CODES)
def demo(
    out: OutFolder = Path("demo-ut"),
    time_limit: Seconds = DEMO_SECONDS,
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


app.add_typer(ledger)
register_service(app)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; gives the exit code, and never raises."""
    speak_norwegian()
    set_up()
    # `--debug` holds for everything, so it may stand anywhere.
    rest = [word for word in arguments if word != "--debug"]
    debug = ["--debug"] if len(rest) < len(arguments) else []
    try:
        code = app([*debug, *rest], prog_name="rettvakt", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # the help has been printed
            return OK
        sys.stderr.write(f"{told(error, arguments)}\n")
        return BAD_INPUT
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("Avbrutt.\n")
        return INTERRUPTED
    except BrokenPipeError:
        fall_silent()
        return OK
    except Exception as error:
        tell_defect(error)
        return DEFECT
    return code if isinstance(code, int) else OK


def main() -> None:
    """The entry point of `rettvakt`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
