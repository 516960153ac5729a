"""Bokmål for what the command-line library says by itself: headings and usage errors."""

from typing import Any

import typer
from typer import rich_utils

_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Det du må oppgi",
    "OPTIONS_PANEL_TITLE": "Valg",
    "COMMANDS_PANEL_TITLE": "Kommandoer",
    "ERRORS_PANEL_TITLE": "Feil",
    "REQUIRED_LONG_STRING": "[må oppgis]",
    "DEFAULT_STRING": "[ellers {}]",
}
HELP = "Vis denne hjelpen."


def speak_norwegian() -> None:
    """Put the library's headings into bokmål."""
    for name, text in _HEADINGS.items():
        setattr(rich_utils, name, text)


def told(error: typer.TyperException) -> str:
    """What the user typed wrong, where, and what to do, in bokmål."""
    kind = type(error).__name__
    found: dict[str, Any] = vars(error)
    context = found.get("ctx")
    path = context.command_path if context else "rettvakt"
    advice = f"Se «{path} --help»."
    parameter = found.get("param")
    name = parameter.opts[0] if parameter is not None and parameter.opts else ""
    if parameter is not None and not name.startswith("-"):
        name = str(getattr(parameter, "metavar", None) or parameter.name)
    if kind == "MissingParameter":
        return f"{name} mangler. {advice}"
    if kind in ("NoSuchOption", "NoSuchOptionError"):
        near = found.get("possibilities") or []
        meant = f" Mente du {near[0]}?" if near else ""
        return f"Valget {found.get('option_name', '')} finnes ikke.{meant} {advice}"
    if kind == "NoSuchCommand" or "No such command" in error.message:
        wrong = error.message.split("'")[1] if "'" in error.message else ""
        near = error.message.split("'")[3:4]
        meant = f" Mente du {near[0]}?" if near else ""
        return f"Kommandoen {wrong} finnes ikke.{meant} {advice}"
    if kind == "BadParameter" and name:
        return f"Verdien for {name} kan ikke brukes. Skriv den slik hjelpen viser. {advice}"
    return f"Kommandoen ble ikke forstått ({error.message}). {advice}"
