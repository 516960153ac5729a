"""`rettvakt schema`, `template` and `convert`: the plan format as files."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from api.cli.console import BAD_INPUT, OK, err, out, plain
from api.cli.guard import reading
from api.saving import save


def print_schema(*, scenarios: bool = False) -> int:
    """Print the JSON Schema of the plan format, or of scenario files."""
    from scheduler.reading.plan import schema as of_plan
    from scheduler.whatif.scenarios import schema as of_scenarios

    found = of_scenarios() if scenarios else of_plan()
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return OK


def write_template(file: Path, force: bool) -> int:
    """Write the empty workbook."""
    from api.cli.rules import settings_note
    from scheduler.reading.template import template

    if file.suffix.lower() != ".xlsx":
        err.print(f"[bold red]{plain(file.name)} må slutte på .xlsx.[/] Rett navnet.")
        return BAD_INPUT
    if _is_taken(file, force):
        return BAD_INPUT
    _write(file, template([settings_note()]))
    out.print(
        "Åpne den i Excel og begynn på arket «Veiledning». Se over planen med "
        f"[bold]rettvakt validate {plain(file)}[/]"
    )
    return OK


def convert_plan(plan: Path, file: Path, force: bool) -> int:
    """Write a plan in the format that the new file's ending tells."""
    from api import library
    from scheduler.reading.plan import Plan
    from scheduler.reading.write import to_json, to_workbook, to_yaml

    writers: dict[str, Callable[[Plan], str | bytes]] = {
        ".xlsx": to_workbook,
        ".yaml": to_yaml,
        ".yml": to_yaml,
        ".json": to_json,
    }
    writer = writers.get(file.suffix.lower())
    if writer is None:
        err.print(
            f"[bold red]{plain(file.name)} må slutte på .xlsx, .yaml eller .json.[/] Rett navnet."
        )
        return BAD_INPUT
    if _is_taken(file, force):
        return BAD_INPUT
    with reading(plan):
        content = writer(library.read_plan(plan)[0])
    _write(file, content.encode() if isinstance(content, str) else content)
    return OK


def _is_taken(file: Path, force: bool) -> bool:
    if force or not file.exists():
        return False
    err.print(
        f"[bold red]{plain(file)} finnes fra før.[/] "
        "Velg et annet navn, eller bruk --force for å skrive over."
    )
    return True


def _write(file: Path, content: bytes) -> None:
    save(file, content, keep=False)
    out.print(f"Skrevet: [bold]{plain(file)}[/]")
