"""The words: every one there in each language, every one used, filled with the same values."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from api.pages import templates
from api.pages.audit.words import UNTOLD
from api.pages.catalogue import Catalogue, Forms, Language, MissingTextError, Text, preferred
from api.pages.subjects import CATALOGUE
from scheduler.ledger.entry import Event

PAGES = Path(templates.__file__).resolve().parent
SERVICE = PAGES.parent / "service"
# Keys that are put together of a part that is written here and one that is not.
WHOLE = re.compile(r"""["']([a-z_]+\.[a-z0-9_]+)["'](?! ~)""")
BEGUN = re.compile(r"""["']([a-z_]+\.[a-z0-9_]*)(?:["'] ~|\{)""")


def _sources() -> dict[str, str]:
    files = [*PAGES.rglob("*.py"), *PAGES.rglob("*.html.jinja")]
    return {str(own.relative_to(PAGES)): own.read_text("utf-8") for own in files}


def test_every_text_that_is_asked_for_is_there() -> None:
    subjects = {key.split(".")[0] for key in CATALOGUE.texts}
    missing = []
    for name, source in _sources().items():
        asked = [own for own in re.findall(_CALL, source) if own.split(".")[0] in subjects]
        missing += [f"{name}: {key}" for key in asked if key not in CATALOGUE.texts]
        missing += [f"{name}: {key}" for key in BEGUN.findall(source) if not _begins(key)]
    assert missing == []


def test_the_log_has_words_for_whatever_is_done() -> None:
    sources = "".join(own.read_text("utf-8") for own in SERVICE.rglob("*.py"))
    done = set(re.findall(r'log\(\s*session,\s*[\w.]+,\s*"([a-z-]+\.[a-z-]+)"', sources))
    done |= {f"ledger.{own}" for own in Event}
    done |= {f"roster.{own}" for own in ("draft", "hearing", "archived")}
    assert len(done) > 30
    keys = {f"audit.{own.replace('.', '_').replace('-', '_')}" for own in done}
    assert sorted(keys - CATALOGUE.texts.keys()) == []


def test_the_log_has_words_for_every_detail() -> None:
    """Details that are put in by name; those that hold ids alone are named in `UNTOLD`."""
    kept = {"cooperation", "why"}
    told = set()
    for file in SERVICE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log":
                told |= {own.arg for own in node.keywords if own.arg} - kept
    assert {"version", "holes", "need_approval", "kind"} <= told
    texts = {key.removeprefix("audit.detail_") for key in CATALOGUE.texts if "detail_" in key}
    texts |= {own.removesuffix("_yes") for own in texts if own.endswith("_yes")}
    assert sorted(told - texts - UNTOLD) == []


_CALL = r"""\b(?:t|say)\(\s*["']([a-z_]+\.[a-z0-9_]+)["']\s*[,)]"""


def _begins(prefix: str) -> bool:
    return any(key.startswith(prefix) for key in CATALOGUE.texts)


def test_every_text_is_used() -> None:
    sources = "\n".join(_sources().values())
    whole, begun = set(WHOLE.findall(sources)), tuple(set(BEGUN.findall(sources)))
    # «t("plans." ~ presence)» may ask for any text of a subject.
    unused = [key for key in CATALOGUE.texts if key not in whole and not key.startswith(begun)]
    assert unused == []


@pytest.mark.parametrize("key", CATALOGUE.texts)
def test_all_languages_are_filled_with_the_same_values(key: str) -> None:
    text = CATALOGUE.texts[key]
    wanted = {language: _values(text.in_(language)) for language in Language}
    assert len(set(wanted.values())) == 1, wanted
    for language in Language:
        for form in _forms(text.in_(language)):
            assert form == form.strip() != ""


def _forms(forms: Forms) -> tuple[str, ...]:
    return forms if isinstance(forms, tuple) else (forms,)


def _values(forms: Forms) -> frozenset[str]:
    return frozenset(
        name for form in _forms(forms) for _, name, _, _ in Formatter().parse(form) if name
    )


def test_one_and_many() -> None:
    own = Catalogue({"x": {"duties": Text(("{n} vakt", "{n} vakter"), "{n}", "{n}")}})
    assert [own.say(Language.NB, "x.duties", n=n) for n in (0, 1, 2)] == [
        "0 vakter",
        "1 vakt",
        "2 vakter",
    ]


def test_a_missing_text_is_no_text() -> None:
    with pytest.raises(MissingTextError):
        CATALOGUE.say(Language.NB, "frame.missing")


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        (None, "", "nb"),
        (None, "no", "nb"),
        (None, "nn-NO,nn;q=0.9,nb;q=0.8,en;q=0.5", "nn"),
        (None, "en;q=0.2,nn;q=0.8", "nn"),
        (None, "de-DE,de;q=0.9", "nb"),
        (None, "de,en;q=0.7", "en"),
        (None, "nn;q=0,en;q=0.1", "en"),
        (None, "nn;q=x", "nb"),
        ("en", "nn", "en"),
        ("xx", "nn", "nn"),
    ],
)
def test_the_language_of_a_request(chosen: str | None, accepted: str, language: str) -> None:
    assert preferred(chosen, accepted) == language
