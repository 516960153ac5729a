"""`rettvakt schema`, `template` and `convert`: the plan format as files."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from rich.markup import escape

from api.cli.console import BAD_INPUT, OK, err, guarded, out
from api.outputs import save


@guarded
def print_schema() -> int:
    """Print the JSON Schema of the plan format."""
    from scheduler.reading.plan import schema

    sys.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
    return OK


@guarded
def write_template(file: Path, force: bool) -> int:
    """Write the empty workbook."""
    from api.cli.rules import settings_note
    from scheduler.reading.template import template

    if file.suffix.lower() != ".xlsx":
        err.print(f"[bold red]{escape(file.name)} må slutte på .xlsx.[/]")
        return BAD_INPUT
    return _write(file, template([settings_note()]), force)


@guarded
def convert_plan(plan: Path, file: Path, force: bool) -> int:
    """Write a plan in the format that the new file's ending tells."""
    from scheduler.reading.plan import Plan
    from scheduler.reading.read import read_plan
    from scheduler.reading.write import to_json, to_workbook, to_yaml

    writers: dict[str, Callable[[Plan], str | bytes]] = {
        ".xlsx": to_workbook,
        ".yaml": to_yaml,
        ".yml": to_yaml,
        ".json": to_json,
    }
    writer = writers.get(file.suffix.lower())
    if writer is None:
        err.print(f"[bold red]{escape(file.name)} må slutte på .xlsx, .yaml eller .json.[/]")
        return BAD_INPUT
    content = writer(read_plan(plan))
    return _write(file, content.encode() if isinstance(content, str) else content, force)


def _write(file: Path, content: bytes, force: bool) -> int:
    if file.exists() and not force:
        err.print(
            f"[bold red]{escape(str(file))} finnes fra før.[/] "
            "Velg et annet navn, eller bruk --force for å skrive over."
        )
        return BAD_INPUT
    save(file, content)
    out.print(f"Skrevet: [bold]{escape(str(file))}[/]")
    return OK
