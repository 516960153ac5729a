"""What files are called that somebody downloads: told apart among many, and safe on any disk."""

import re
import unicodedata

_LONGEST = 40  # characters of a title
_SPELT = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d", "ŋ": "n", "ß": "ss"})


def numbered(kind: str, title: str, number: int, ending: str) -> str:
    """The name of a version of something, with what it is about.

    Args:
        kind: what it is, as a part of a name: «vaktplan».
        title: of the plan, as people wrote it.
        number: of the version.
        ending: without the dot; may hold one.
    """
    about = plain(title)
    return "-".join([kind, *([about] if about else []), f"v{number}"]) + f".{ending}"


def plain(title: str) -> str:
    """A title in small letters from a to z, digits and hyphens; cut where it is long."""
    spelt = unicodedata.normalize("NFKD", title.lower().translate(_SPELT))
    letters = "".join(own for own in spelt if not unicodedata.combining(own))
    own = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if len(own) > _LONGEST:
        own = own[: _LONGEST + 1].rpartition("-")[0] or own[:_LONGEST]
    return own
