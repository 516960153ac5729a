"""Bokmål for what the command-line library says by itself: headings and usage errors."""

import inspect
import re
from collections.abc import Sequence
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Det du oppgir",
    "OPTIONS_PANEL_TITLE": "Valg",
    "COMMANDS_PANEL_TITLE": "Kommandoer",
    "ERRORS_PANEL_TITLE": "Feil",
    "REQUIRED_LONG_STRING": "[må oppgis]",
    "DEFAULT_STRING": "[ellers {}]",
    "RANGE_STRING": "",  # the help text tells it in words
}
_HELP = "Vis denne hjelpen."


def speak_norwegian() -> None:
    """Put the library's headings into bokmål."""
    for name, text in _HEADINGS.items():
        setattr(rich_utils, name, text)


class Command(TyperCommand):
    """A command whose help is bokmål all through, its paragraphs wrapped by the terminal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help = _unwrapped(self.help)
        for parameter in self.params:
            _without_type(parameter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return _in_bokmål(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """«Bruk: rettvakt solve [VALG] PLAN»."""
        return _usage(super().get_usage(ctx))


class Group(TyperGroup):
    """The command that holds the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in self.params:
            _without_type(parameter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return _in_bokmål(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        """«Bruk: rettvakt [VALG] KOMMANDO»."""
        return _usage(super().get_usage(ctx))


def told(error: typer.TyperException, arguments: Sequence[str]) -> str:
    """What the user typed wrong, where, and what to do, in bokmål."""
    kind = type(error).__name__
    found: dict[str, Any] = vars(error)
    context = found.get("ctx")
    path = context.command_path if context else "rettvakt"
    advice = f"Se «{path} --help»."
    parameter = found.get("param")
    name = _name(parameter)
    if kind == "MissingParameter":
        return f"{name} mangler. {_expected(parameter)}{advice}"
    if kind == "NoSuchOption":
        near = found.get("possibilities") or []
        meant = f" Mente du {near[0]}?" if near else ""
        return f"Valget {found.get('option_name', '')} finnes ikke.{meant} {advice}"
    if "No such command" in error.message:
        quoted = re.findall(r"'([^']*)'", error.message)
        meant = f" Mente du {quoted[1]}?" if len(quoted) > 1 else ""
        return f"Kommandoen {quoted[0] if quoted else ''} finnes ikke.{meant} {advice}"
    if kind == "BadParameter" and name:
        value = _given(parameter, arguments)
        return f"Verdien{value} for {name} kan ikke brukes. {_expected(parameter)}{advice}"
    if kind == "BadOptionUsage":
        wrong = (
            "skal ikke ha noen verdi" if "does not take" in error.message else "mangler en verdi"
        )
        return f"{found.get('option_name', '')} {wrong}. {advice}"
    extra = re.search(r"unexpected extra arguments? \((.*)\)|argument\(s\) \((.*)\)", error.message)
    if extra:
        words = extra[1] or extra[2]
        return f"For mange ord: {words}. Navn med mellomrom må stå i anførselstegn. {advice}"
    return f"Kommandoen ble ikke forstått. {advice}"


def _name(parameter: Any) -> str:
    """«--out» for an option, «PLAN» for an argument."""
    if parameter is None:
        return ""
    name: str = parameter.opts[0] if parameter.opts else ""
    return name if name.startswith("-") else str(parameter.metavar or parameter.name).strip("[]")


def _given(parameter: Any, arguments: Sequence[str]) -> str:
    """« «docx»»: what was typed for an option; empty if it cannot be told."""
    for number, word in enumerate(arguments):
        for name in parameter.opts:
            if word == name and number + 1 < len(arguments):
                return f" «{arguments[number + 1]}»"
            if word.startswith(f"{name}="):
                return f" «{word.removeprefix(f'{name}=')}»"
    return ""


def _expected(parameter: Any) -> str:
    """What a parameter takes, with a space after it; empty if anything goes."""
    known = getattr(getattr(parameter, "type_descriptor", None), "choices", None) or ()
    choices = [str(getattr(own, "value", own)) for own in known]
    if choices:
        return f"Velg mellom {', '.join(choices[:-1])} og {choices[-1]}. "
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if low is not None and high is not None:
        return f"Skriv et tall fra {low} til {high}. "
    return ""


def _unwrapped(text: str | None) -> str | None:
    """Each paragraph on one line."""
    if text is None:
        return None
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _in_bokmål(option: Any) -> Any:
    if option is not None:
        option.help = _HELP
        _without_type(option)
    return option


def _without_type(parameter: Any) -> None:
    """Leave «<path>» and «<bool>» out of the help: they are English and teach nothing."""
    original = parameter.display_type_rich

    def display(ctx: Any) -> str | None:
        text: str | None = original(ctx=ctx)
        return None if text is None or text.startswith("<") else text

    parameter.display_type_rich = display


def _usage(text: str) -> str:
    return re.sub(r"\{([^{}]*)\}", r"\1", text.replace("Usage:", "Bruk:", 1))
