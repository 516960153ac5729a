"""A plan to YAML, JSON or a workbook; reading it back gives an equal plan."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from scheduler.reading.book import Item, build
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan
from scheduler.reading.sheets import PLAN, SETTINGS, all_sheets


class PlanDumper(yaml.SafeDumper):
    """Writes short lists on one line, and never an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether to write the value out again where it is the same object: always."""
        return True


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    simple = not any(isinstance(item, dict | list) for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=simple)


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    """Dates and times in quotes, all of them: other readers take «15:30» for a number."""
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", data, style="'" if data[:1].isdigit() else None
    )


PlanDumper.add_representer(list, _list)
PlanDumper.add_representer(str, _text)


def to_yaml(plan: Plan) -> str:
    """The plan as YAML that a person can read, a blank line between the parts."""
    parts: list[str] = []
    for name, value in plan.to_document().items():
        text = yaml.dump(
            {name: value}, Dumper=PlanDumper, allow_unicode=True, sort_keys=False, width=100
        )
        parts.append(f"\n{text}" if isinstance(value, list | dict) else text)
    return "".join(parts)


def to_json(plan: Plan) -> str:
    """The plan as indented JSON."""
    return json.dumps(plan.to_document(), ensure_ascii=False, indent=2) + "\n"


def to_workbook(plan: Plan) -> bytes:
    """The plan as an Excel workbook."""
    document = plan.to_document()
    items: dict[str, list[Item]] = {
        sheet.name: [(False, item) for item in document.get(sheet.name, [])]
        for sheet in all_sheets()
        if sheet.name not in (PLAN, SETTINGS)
    }
    items[PLAN] = [(False, document)]
    items[SETTINGS] = [(False, row) for row in setting_rows(document.get(SETTINGS, {}))]
    return build(items, None)


def setting_rows(settings: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rule settings as the rows of their sheet."""
    for rule, chosen in settings.items():
        for name, value in chosen.items():
            row = {"rule": rule, "parameter": name}
            if isinstance(value, dict):
                yield from (row | {"key": key, "value": inner} for key, inner in value.items())
            else:
                yield row | {"value": value}


def write_plan(plan: Plan, path: Path) -> None:
    """Write the plan in the format that the ending of the name says.

    Raises:
        PlanError: the ending is unknown, or the file cannot be written.
    """
    ending = path.suffix.casefold()
    if ending == ".xlsx":
        content = to_workbook(plan)
    elif ending in (".yaml", ".yml"):
        content = to_yaml(plan).encode()
    elif ending == ".json":
        content = to_json(plan).encode()
    else:
        raise PlanError.of(
            path.name,
            "Filtypen er ukjent.",
            "Velg et navn som slutter på .yaml, .json eller .xlsx.",
        )
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PlanError.of(
            path.name, "Filen kan ikke skrives.", "Kontroller mappen og om filen er åpen hos noen."
        ) from error
