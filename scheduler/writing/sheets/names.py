"""Names that fit: sheets named after doctors, and one short code for each kind of duty."""

from collections.abc import Iterable, Mapping

from scheduler.domain.duty import MunicipalDuty, ShiftPattern

CALENDAR, DOCTORS, SUMS, ROWS, ABOUT = "Kalender", "Leger", "Summer", "Rader", "Om planen"
LONGEST = 31
# Excel keeps «History» (and its translations) for itself.
RESERVED = (CALENDAR, DOCTORS, SUMS, ROWS, ABOUT, "History", "Historikk", "Logg")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def sheet_names(wanted: Mapping[str, str]) -> dict[str, str]:
    """A sheet name for each key: at most 31 characters, allowed by Excel, no two alike.

    Args:
        wanted: key -> the name of a person, of any length and with any characters.
    """
    taken = {name.casefold() for name in RESERVED}
    found = {}
    for key, name in wanted.items():
        plain = "".join(c if c.isprintable() else " " for c in name.translate(_FORBIDDEN))
        base = _cut(" ".join(plain.split()).strip("' "), LONGEST) or "Lege"
        own, number = base, 1
        while own.casefold() in taken:
            number += 1
            ending = f" ({number})"
            own = f"{_cut(base, LONGEST - len(ending))}{ending}"
        taken.add(own.casefold())
        found[key] = own
    return found


def _cut(text: str, longest: int) -> str:
    """At most so many UTF-16 units, which is what Excel counts, and no apostrophe at the end."""
    while len(text.encode("utf-16-le")) // 2 > longest:
        text = text[:-1]
    return text.strip("' ")


def codes(types: Iterable[ShiftPattern | MunicipalDuty]) -> dict[str, str]:
    """A short code for each kind of duty, by its id: «N», or «Na» and «N2» where N is taken."""
    taken: set[str] = set()
    found = {}
    for kind in types:
        letters = [c for c in kind.name if c.isalnum()] or ["V"]
        first = letters[0].upper()
        wanted = [first, *(first + c.lower() for c in letters[1:])]
        wanted += [f"{first}{number}" for number in range(2, len(taken) + 3)]
        own = next(code for code in wanted if code.casefold() not in taken)
        taken.add(own.casefold())
        found[kind.id] = own
    return found
