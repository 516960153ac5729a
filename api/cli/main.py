"""The command `rettvakt`: names and help texts of its subcommands.

Nothing heavy is imported here, so `rettvakt --help` answers at once.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from api.cli.console import BAD_INPUT, DEFECT, INTERRUPTED, OK, fall_silent, set_up
from api.cli.guard import Debugging, own_version, tell_defect
from api.cli.judging_commands import certify, check, fairness, why, wishes
from api.cli.ledger_commands import ledger
from api.cli.making_commands import demo, export, solve
from api.cli.norwegian import Command, Group, speak_norwegian, told
from api.cli.plan_commands import convert, rules, schema, shares, template, validate
from api.cli.repair_commands import repair
from api.cli.service_commands import register as register_service
from api.cli.swap_commands import rings, swap, takers
from api.cli.whatif_commands import compare, sweep

EXIT_CODES = (
    "Sluttkode: 0 full og lovlig plan · 1 udekte vakter eller brudd, alle listet · "
    "2 feil i det du ga inn, eller filene kunne ikke skrives · 3 ingen plan funnet innen tiden · "
    "4 feil i Rettvakt"
)
CHANGE_CODES = (
    "Sluttkode: 0 noe lovlig er funnet · 1 ingenting er lovlig, og hvorfor er sagt · "
    "2 feil i det du ga inn, eller filen kunne ikke skrives · 4 feil i Rettvakt"
)

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
# In the order of the help, each with what its help ends with.
COMMANDS: tuple[tuple[Callable[..., None], str | None], ...] = (
    (solve, EXIT_CODES),
    (check, EXIT_CODES),
    (certify, EXIT_CODES),
    (fairness, None),
    (validate, None),
    (shares, None),
    (export, None),
    (wishes, None),
    (repair, EXIT_CODES),
    (why, None),
    (rules, None),
    (schema, None),
    (takers, CHANGE_CODES),
    (swap, CHANGE_CODES),
    (rings, CHANGE_CODES),
    (template, None),
    (convert, None),
    (compare, EXIT_CODES),
    (sweep, EXIT_CODES),
    (demo, EXIT_CODES),
)


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


for command, epilog in COMMANDS:
    app.command(cls=Command, options_metavar="[VALG]", epilog=epilog)(command)
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
