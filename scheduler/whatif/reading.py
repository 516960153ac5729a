"""A scenario file to `Scenarios`, and back; every fault at once, with its place."""

import json
from pathlib import Path as FilePath
from typing import Any

import yaml
from pydantic import ValidationError

from scheduler.reading.faults import Fault, Path, PlanError, listed, meant, shown
from scheduler.reading.load import load, load_bytes
from scheduler.reading.places import Places, Source
from scheduler.reading.shape import shape_faults
from scheduler.reading.write import PlanDumper
from scheduler.whatif.changes import KINDS
from scheduler.whatif.scenarios import FORMAT, Scenarios

_ENDINGS = (".yaml", ".yml", ".json")


_EMPTY = "Skriv «plan:» og «scenarios:»; «rettvakt schema --scenarios» viser hele formen."


def read_scenarios(path: FilePath) -> tuple[Scenarios, Places]:
    """The scenarios in a YAML or JSON file, and where their parts stand in it.

    Raises:
        PlanError: with all faults of the file.
    """
    _refuse_ending(path.name)
    return scenarios_of(load(path, _EMPTY))


def source_of(content: bytes, name: str) -> Source:
    """The document in the content of a scenario file; the ending of the name says the format.

    Raises:
        PlanError: it cannot be read.
    """
    _refuse_ending(name)
    return load_bytes(content, name, _EMPTY)


def _refuse_ending(name: str) -> None:
    if FilePath(name).suffix.casefold() not in _ENDINGS:
        raise PlanError.of(
            name, "Filtypen er ukjent.", "En scenariofil slutter på .yaml eller .json."
        )


def scenarios_of(source: Source) -> tuple[Scenarios, Places]:
    """The scenarios in a document that was read.

    Raises:
        PlanError: with all faults of shape and of names.
    """
    data = source.data
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise PlanError.of(
            source.places.name(()),
            "Dette er ikke en scenariofil.",
            f"En scenariofil begynner med format: {FORMAT}, og har feltene title, plan og "
            "scenarios.",
            data.get("format") if isinstance(data, dict) else data,
        )
    shell, faults = _without_changes(data, source)
    try:
        Scenarios.model_validate(shell)
    except ValidationError as error:
        faults = [*shape_faults(error, source, Scenarios), *faults]
    if source.faults or faults:
        raise PlanError([*source.faults, *faults])
    found = Scenarios.model_validate(data)
    if faults := list(_names(found, source.places)):
        raise PlanError(faults)
    return found, source.places


def _without_changes(data: dict[str, Any], source: Source) -> tuple[dict[str, Any], list[Fault]]:
    """The document without its changes, each of which is judged by its own kind."""
    scenarios = data.get("scenarios")
    if not isinstance(scenarios, list):
        return data, []
    faults: list[Fault] = []
    bare: list[Any] = []
    for number, scenario in enumerate(scenarios):
        changes = scenario.get("changes") if isinstance(scenario, dict) else None
        if not isinstance(changes, list):
            bare.append(scenario)
            continue
        bare.append({key: value for key, value in scenario.items() if key != "changes"})
        for place, change in enumerate(changes):
            faults += _change_faults(change, ("scenarios", number, "changes", place), source)
    return {**data, "scenarios": bare}, faults


def _change_faults(change: object, path: Path, source: Source) -> list[Fault]:
    name = source.places.name
    kinds = f"Velg mellom {listed(KINDS, most=20)}."
    if not isinstance(change, dict):
        return [
            Fault(
                name(path),
                shown(change),
                "En endring må ha underfelt med navn og verdi.",
                f"Begynn med change: og slaget. {kinds}",
            )
        ]
    kind = change.get("change")
    if kind is None:
        return [Fault(name(path), "", "Endringen sier ikke hva slags den er.", f"{kinds}")]
    if not isinstance(kind, str) or kind not in KINDS:
        near = meant(str(kind), KINDS)
        return [
            Fault(
                name((*path, "change")),
                shown(kind),
                "Dette slaget endring finnes ikke.",
                f"{near} {kinds}".strip(),
            )
        ]
    try:
        KINDS[kind].model_validate(change)
    except ValidationError as error:
        return list(shape_faults(error, source, KINDS[kind], path))
    return []


def _names(own: Scenarios, places: Places) -> list[Fault]:
    """Ids used twice, and scenarios that build on nothing or on themselves."""
    faults = []
    ids = [scenario.id for scenario in own.scenarios]
    for number, scenario in enumerate(own.scenarios):
        if scenario.id in ids[:number]:
            faults.append(
                Fault(
                    places.name(("scenarios", number, "id")),
                    scenario.id,
                    "Id-en er allerede brukt av et annet scenario.",
                    "Gi det ene en annen id.",
                )
            )
    for number, scenario in enumerate(own.scenarios):
        try:
            own.chain(scenario)
        except KeyError as error:
            unknown = str(error.args[0])
            if scenario.builds_on == unknown:
                faults.append(
                    Fault(
                        places.name(("scenarios", number, "from")),
                        unknown,
                        "Scenariet bygger på et som ikke finnes.",
                        f"{meant(unknown, ids) or f'Der finnes {listed(ids)}.'} Rett id-en.",
                    )
                )
        except ValueError:
            faults.append(
                Fault(
                    places.name(("scenarios", number, "from")),
                    str(scenario.builds_on),
                    "Scenariet bygger på seg selv, direkte eller gjennom et annet.",
                    "La ett av dem bygge på dagens plan: slett «from».",
                )
            )
    return faults


def to_yaml(own: Scenarios) -> str:
    """The file as YAML that a person can read, a blank line between the scenarios."""
    parts: list[str] = []
    for name, value in own.to_document().items():
        text = yaml.dump(
            {name: value}, Dumper=PlanDumper, allow_unicode=True, sort_keys=False, width=100
        )
        if name == "scenarios":
            text = text.replace("\n- id:", "\n\n- id:").replace(":\n\n-", ":\n-", 1)
        parts.append(f"\n{text}" if isinstance(value, list | dict) else text)
    return "".join(parts)


def to_json(own: Scenarios) -> str:
    """The file as indented JSON."""
    return json.dumps(own.to_document(), ensure_ascii=False, indent=2) + "\n"
