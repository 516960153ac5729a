"""Opening balances written into a plan file; all else in the file stays as it is.

Comments, blank lines, formulas and the user's own sheets are not ours to lose. So only the part
with the balances is exchanged in the file's own text, and the result is read back: it must be the
plan with these balances and nothing else. Where that cannot be done, the whole plan is written
anew, and the caller is told.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from scheduler.domain import problem as domain
from scheduler.reading.convert import HOLIDAYS, years
from scheduler.reading.faults import PlanError
from scheduler.reading.load import load_bytes
from scheduler.reading.parts.history import Account
from scheduler.reading.plan import Plan
from scheduler.reading.shape import plan_of
from scheduler.reading.sheet_xml import with_rows
from scheduler.reading.sheets import all_sheets
from scheduler.reading.write import to_json, to_workbook, to_yaml

_LEDGER = "ledger"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WRITERS: Mapping[str, Callable[[Plan], str | bytes]] = {
    ".xlsx": to_workbook,
    ".yaml": to_yaml,
    ".yml": to_yaml,
    ".json": to_json,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan file with its opening balances.

    Attributes:
        anew: a file of the same format could not be changed in place and was written anew, so
            that its comments and notes are not in it.
    """

    content: bytes
    anew: bool


def with_accounts(plan: Plan, accounts: Sequence[domain.Account]) -> Plan:
    """The plan with these accounts, and its own for doctors who have none of these.

    The memory of great holidays keeps the later year of the two.
    """
    own = {account.doctor: account for account in plan.ledger}
    given = {account.doctor: account for account in accounts}
    found = []
    for doctor in plan.doctors:
        if doctor.id in given:
            account = _part(given[doctor.id], own.get(doctor.id))
            if account != Account(doctor=doctor.id):
                found.append(account)
        elif doctor.id in own:
            found.append(own[doctor.id])
    return plan.model_copy(update={_LEDGER: tuple(found)})


def into_file(content: bytes | None, name: str, plan: Plan, new_name: str) -> Opened:
    """A plan file with the balances of this plan.

    Args:
        content: the file that the plan was read from; None writes the plan anew.
        name: its name.
        plan: the plan with its new balances.
        new_name: the file to be written; the ending says the format.

    Raises:
        PlanError: the ending is unknown.
    """
    ending, new = FilePath(name).suffix.casefold(), FilePath(new_name).suffix.casefold()
    if new not in WRITERS:
        raise PlanError.of(
            new_name,
            "Filtypen er ukjent.",
            "Velg et navn som slutter på .yaml, .json eller .xlsx.",
        )
    alike = content is not None and WRITERS.get(ending) is WRITERS[new]
    if content is not None and alike:
        changed = _EXCHANGES[new](content, plan.to_document().get(_LEDGER, []))
        if changed is not None and _says(changed, new_name, plan):
            return Opened(changed, anew=False)
    text = WRITERS[new](plan)
    return Opened(text.encode() if isinstance(text, str) else text, anew=alike)


def _part(account: domain.Account, own: Account | None) -> Account:
    """An account in the plan's own units: points, numbers, hours."""
    last = dict(account.holidays)
    for holiday, year in years(own.holidays) if own else ():
        last[holiday] = max(year, last.get(holiday, year))
    # Numbers are read as a person would write them: at most six decimals.
    return Account.model_validate(
        {
            "doctor": account.doctor,
            "points": account.points / 100,
            "nights": account.nights / 100,
            "weekends": account.weekends / 100,
            "great_holidays": account.great_holidays / 100,
            "ordered": account.ordered / 60,
            "refused": account.refused / 100,
            "holidays": {
                name: last[holiday] for name, holiday in HOLIDAYS.items() if holiday in last
            },
        }
    )


def _says(content: bytes, name: str, plan: Plan) -> bool:
    """Whether the content reads back as the plan."""
    try:
        return plan_of(load_bytes(content, name)) == plan
    except PlanError:
        return False


def _in_yaml(content: bytes, rows: list[Any]) -> bytes | None:
    """The YAML text with another list of accounts; None if its shape does not allow it."""
    text = content.decode("utf-8-sig")
    root = yaml.compose(text, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    block = yaml.safe_dump({_LEDGER: rows}, allow_unicode=True, sort_keys=False, width=100)
    for key, value in root.value:
        if key.value == _LEDGER:
            first, last = key.start_mark.line, _last_line(value)
            return "".join([*lines[:first], block, *lines[last + 1 :]]).encode()
    return "".join([*lines, "\n", block]).encode() if rows else "".join(lines).encode()


def _last_line(node: yaml.Node) -> int:
    """The line on which the last thing inside a node stands; its comments below are not its."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    return int(mark.line if mark.column or mark.line == node.start_mark.line else mark.line - 1)


def _in_json(content: bytes, rows: list[Any]) -> bytes | None:
    document = json.loads(content.decode("utf-8-sig"))
    document[_LEDGER] = rows
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _in_workbook(content: bytes, rows: list[Any]) -> bytes | None:
    sheet = next(own for own in all_sheets() if own.name == _LEDGER)
    return with_rows(content, sheet, rows)


_EXCHANGES: Mapping[str, Callable[[bytes, list[Any]], bytes | None]] = {
    ".xlsx": _in_workbook,
    ".yaml": _in_yaml,
    ".yml": _in_yaml,
    ".json": _in_json,
}
