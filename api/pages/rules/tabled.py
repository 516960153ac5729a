"""A setting that is a table, as lines that are written or pasted: «Kari Nordmann; Natt; 3».

The last cell of a line is the value; those before it say for whom or what, by name or id.
"""

from collections.abc import Mapping
from typing import Any

ALL = "*"
_ALL_WORD = "alle"
_WORDS: Mapping[str, Any] = {"ja": True, "nei": False, "ikke satt": None}


class LineError(ValueError):
    """A line that is no entry.

    Attributes:
        number: of the line, from 1.
    """

    def __init__(self, number: int) -> None:
        """Keep the number."""
        self.number = number
        super().__init__(f"line ({number}) must have a value after what it is for")


def lines(value: Mapping[str, Any] | None, names: Mapping[str, str]) -> str:
    """The table as lines.

    Args:
        value: by key; the steps of a key have `/` between: «kari/natt».
        names: id -> name of what a step may mean.
    """
    found = []
    for key, own in (value or {}).items():
        words = [_ALL_WORD if step == ALL else names.get(step, step) for step in key.split("/")]
        found.append("; ".join([*words, _shown(own)]))
    return "\n".join(found)


def _shown(value: object) -> str:
    for word, own in _WORDS.items():
        if value is own:
            return word
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def table(text: str, names: Mapping[str, str]) -> dict[str, Any]:
    """The table that the lines say; names become ids.

    Raises:
        LineError: the first line without a key or a value, or with the key of one above it.
    """
    by_name = {name.casefold(): own for own, name in reversed(list(names.items()))}
    by_name[_ALL_WORD] = ALL
    found: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [own.strip() for own in line.split("\t" if "\t" in line else ";")]
        if not any(cells):
            continue
        key = "/".join(by_name.get(own.casefold(), own) for own in cells[:-1])
        if len(cells) == 1 or not all(cells) or key in found:
            raise LineError(number)
        found[key] = _read(cells[-1])
    return found


def _read(text: str) -> Any:
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    try:
        number = float(text.replace("\u2212", "-").replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
