"""A book as a file: `rettvakt-ledger`, version 1, in JSON or YAML.

Equal books give equal bytes. One line of the file is one line of the book, so that a person can
read it and a version control system can show what is new.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from scheduler.ledger.book import Book
from scheduler.ledger.digest import entry_document

FORMAT = "rettvakt-ledger"
VERSION = 1
_WIDE = 10_000


def to_document(book: Book) -> dict[str, Any]:
    """The book as plain values."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "length": len(book.entries),
        "digest": book.digest,
        "entries": [entry_document(own) | {"digest": own.digest} for own in book.entries],
    }


def to_json(book: Book) -> str:
    """The book as JSON, one line of it a line."""
    document = to_document(book)
    entries = ",\n".join(_entry(own) for own in document.pop("entries"))
    head = "".join(f"  {_plain(name)}: {_plain(value)},\n" for name, value in document.items())
    return f'{{\n{head}  "entries": [{f"{chr(10)}{entries}{chr(10)}  " if entries else ""}]\n}}\n'


def _entry(document: Mapping[str, Any]) -> str:
    return "    {\n" + ",\n".join(_fields(document)) + "\n    }"


def _fields(document: Mapping[str, Any]) -> Iterator[str]:
    for name, value in document.items():
        if isinstance(value, list):
            rows = ",\n".join(f"        {_plain(row)}" for row in value)
            yield f"      {_plain(name)}: [\n{rows}\n      ]"
        else:
            yield f"      {_plain(name)}: {_plain(value)}"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Row(dict[str, Any]):
    """What stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Rows on one line; dates and times in quotes, for other readers take them for numbers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    _Row,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True),
)
_Dumper.add_representer(
    str,
    lambda dumper, data: dumper.represent_scalar(
        "tag:yaml.org,2002:str", data, style="'" if data[:1].isdigit() else None
    ),
)


def to_yaml(book: Book) -> str:
    """The book as YAML, one line of it a line."""
    document = to_document(book)
    document["entries"] = [
        {name: _rows(value) for name, value in own.items()} for own in document["entries"]
    ]
    return yaml.dump(
        document,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDE,
        default_flow_style=False,
    )


def _rows(value: Any) -> Any:
    if isinstance(value, list):
        return [_Row(row) for row in value]
    return _Row(value) if isinstance(value, dict) else value
