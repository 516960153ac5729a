"""The words of the pages in three languages: one typed entry a text, one file a subject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Forms = str | tuple[str, str]
"""A text, or one and many: which of the two is decided by the value `n`."""


class Language(StrEnum):
    """A language of the pages, as `lang` and Babel call it."""

    NB = "nb"
    NN = "nn"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One text. A language cannot be left out: the type checker sees it."""

    nb: Forms
    nn: Forms
    en: Forms

    def in_(self, language: Language) -> Forms:
        """The text in a language."""
        forms: Forms = getattr(self, language.value)
        return forms


Texts = Mapping[str, Text]


class MissingTextError(KeyError):
    """A page asks for a text that no subject has."""


class Catalogue:
    """The texts of all subjects by «subject.key»."""

    def __init__(self, subjects: Mapping[str, Texts]) -> None:
        """Join the texts of the subjects."""
        self.texts: Mapping[str, Text] = {
            f"{subject}.{key}": text
            for subject, own in subjects.items()
            for key, text in own.items()
        }

    def say(self, language: Language, key: str, **values: object) -> str:
        """A text, filled with values.

        Args:
            language: of the text.
            key: «subject.key».
            values: by the names in the text; `n` chooses between one and many.

        Raises:
            MissingTextError: there is no such text.
            KeyError: the text names a value that is not given.
        """
        found = self.texts.get(key)
        if found is None:
            raise MissingTextError(key)
        forms = found.in_(language)
        if isinstance(forms, tuple):
            forms = forms[0] if values["n"] == 1 else forms[1]
        return forms.format(**values) if values else forms


def preferred(chosen: str | None, accepted: str) -> Language:
    """The language of a request: the one that was chosen, or the first that the browser names.

    Args:
        chosen: what the cookie says, if anything.
        accepted: the header Accept-Language.
    """
    known = {own.value for own in Language}
    for wanted in (chosen or "", *_in_order(accepted)):
        code = wanted.casefold().split("-")[0]
        if code == "no":
            return Language.NB
        if code in known:
            return Language(code)
    return Language.NB


def _in_order(accepted: str) -> Iterable[str]:
    """The languages of the header, the best liked first."""
    liked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            liked.append((-float(quality or 1), name.strip()))
        except ValueError:
            continue  # not a weight: browsers do not send it, and nothing depends on it
    return (name for weight, name in sorted(liked, key=lambda own: own[0]) if weight < 0)
