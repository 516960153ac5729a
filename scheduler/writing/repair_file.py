"""`reparasjon.json` and `reparasjon.xlsx`: the options, for machines and for a desk.

Neither says why a doctor fell out. Both tell balances by name: they are the coordinator's own.
"""

import json
from datetime import datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scheduler.changes.move import Move
from scheduler.domain.time import local
from scheduler.reading.faults import PlanError
from scheduler.repairing.options import Option, Person, Repair
from scheduler.writing.repair import (
    finding_text,
    handovers,
    level_texts,
    missing_text,
    name_of,
    unit_text,
)
from scheduler.writing.rows import Cell
from scheduler.writing.sheets.look import (
    A4,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    Look,
    height,
    page,
    put,
)

FORMAT = "rettvakt-repair"
VERSION = 1
_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Forslag", 9),
    ("Lege", 26),
    ("Får", 44),
    ("Gir", 44),
    ("Poeng før", 11),
    ("Poeng etter", 11),
    ("Andel", 11),
    ("Pålagte timer til", 12),
    ("Hvile (timer)", 10),
    ("Ønske imot", 10),
)


def to_document(found: Repair, key: str) -> dict[str, Any]:
    """The repair as plain values.

    Args:
        found: what was found.
        key: of everything that was asked, so that an option can be taken later.
    """
    now = found.situation
    problem = now.problem
    return {
        "format": FORMAT,
        "version": VERSION,
        "key": key,
        "title": problem.title,
        "moment": local(now.moment).isoformat(timespec="minutes"),
        "frozen_until": local(now.frozen_until).isoformat(timespec="minutes"),
        "open": [
            {"unit": unit, "lacks": lacks, "was": [d for d, u in now.lost if u == unit]}
            for unit, lacks in now.gaps.items()
        ],
        "findings": [
            {
                "people": own.people,
                "exists": own.exists,
                "proof": own.proof.value,
                "changes": own.changes,
                "text": finding_text(own),
            }
            for own in found.findings
        ],
        "calls": [
            {"doctor": person.doctor, "name": name_of(problem, person.doctor), "option": number}
            for person, number in found.calls
        ],
        "options": [
            _option(found, number, option) for number, option in enumerate(found.options, start=1)
        ],
    }


def to_json(found: Repair, key: str) -> str:
    """The document as JSON text, ending in a newline."""
    return json.dumps(to_document(found, key), ensure_ascii=False, indent=2) + "\n"


def _option(found: Repair, number: int, option: Option) -> dict[str, Any]:
    now = found.situation
    return {
        "number": number,
        "full": option.full,
        "changes": option.changes,
        "fewest_proven": option.fewest,
        "best_proven": option.best,
        "handovers": list(handovers(now, option)),
        "off": [list(hand) for hand in option.move.off],
        "on": [list(hand) for hand in option.move.on],
        "people": [_person(found, own) for own in (*option.people, *option.fallen)],
        "levels": [
            {
                "key": own.key,
                "title": own.title,
                "unit": own.unit,
                "before": own.before,
                "after": own.after,
            }
            for own in option.levels
        ],
        "departures": [own.rule.explain(now.problem, own.case) for own in option.departures],
        "missing": dict(option.missing),
    }


def _person(found: Repair, own: Person) -> dict[str, Any]:
    return {
        "doctor": own.doctor,
        "name": name_of(found.situation.problem, own.doctor),
        "touched": own.doctor not in found.situation.fallen,
        "takes": list(own.takes),
        "gives": list(own.gives),
        "points_before": own.before.points,
        "points_after": own.after.points,
        "aim": own.after.aim,
        "ordered_hours_more": own.ordered,
        "rest_hours": own.rest,
        "wish_against": own.against,
        "wished_for": own.wanted,
    }


def kept_moves(text: str, name: str) -> tuple[str, list[Move]]:
    """The key and the options' moves of a `reparasjon.json`.

    Raises:
        PlanError: it is not one.
    """
    remedy = "Slett filen, og kjør kommandoen på nytt uten --take."
    try:
        own = json.loads(text)
        if own["format"] != FORMAT or own["version"] != VERSION:
            raise KeyError(FORMAT)
        return str(own["key"]), [
            Move(
                tuple((str(d), str(u)) for d, u in option["off"]),
                tuple((str(d), str(u)) for d, u in option["on"]),
            )
            for option in own["options"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise PlanError.of(name, "Dette er ikke en reparasjon.json.", remedy) from error


def to_xlsx(found: Repair) -> bytes:
    """One sheet with the options, one with whom to ring."""
    problem = found.situation.problem
    buffer = BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    judged = datetime.combine(problem.judged_on, time())
    book.set_properties({"title": f"Reparasjon – {problem.title}"[:200], "created": judged})
    look = Look(book)
    _options_sheet(book.add_worksheet("Forslag"), found, look)
    _people_sheet(book.add_worksheet("Leger"), found, look)
    book.close()
    return buffer.getvalue()


def _options_sheet(sheet: Worksheet, found: Repair, look: Look) -> None:
    when = local(found.situation.moment)
    _top(sheet, f"Reparasjon fra {when:%d.%m.%Y kl. %H:%M}", look)
    row = 2
    for own in found.findings:
        put(sheet, row, 0, finding_text(own), look.of(border=0))
        row += 1
    row += 1
    columns = (("Forslag", 9), ("Leger", 7), ("Endringer", 10), ("Hva", 70), ("Koster", 60))
    for column, (title, width) in enumerate(columns):
        put(sheet, row, column, title, look.header(**TEXT))
        sheet.set_column(column, column, width)
    top = TEXT | {"valign": "top"}
    for number, option in enumerate(found.options, start=1):
        row += 1
        told = [*handovers(found.situation, option)]
        if option.missing:
            told.append(missing_text(found.situation, option))
        costs = [*level_texts(option)]
        costs += [own.rule.explain(found.situation.problem, own.case) for own in option.departures]
        what, cost = "\n".join(told), "\n".join(costs)
        cells: tuple[Cell, ...] = (number, len(option.people), option.changes, what, cost)
        for column, cell in enumerate(cells):
            put(sheet, row, column, cell, look.of(text_wrap=True, **top))
        sheet.set_row(row, height((what, 70), (cost, 60)))
    page(sheet, "Reparasjon", paper=A4)


def _people_sheet(sheet: Worksheet, found: Repair, look: Look) -> None:
    problem = found.situation.problem
    _top(sheet, "Hvem det gjelder, i ringerekkefølge i hvert forslag", look)
    for column, (title, width) in enumerate(_COLUMNS):
        put(sheet, 2, column, title, look.header(**TEXT))
        sheet.set_column(column, column, width)
    row = 2
    for number, option in enumerate(found.options, start=1):
        for own in (*option.people, *option.fallen):
            row += 1
            takes = "\n".join(unit_text(problem, unit) for unit in own.takes)
            gives = "\n".join(unit_text(problem, unit) for unit in own.gives)
            cells: tuple[Cell, ...] = (
                number,
                name_of(problem, own.doctor),
                takes,
                gives,
                own.before.points,
                own.after.points,
                "" if own.after.aim is None else own.after.aim,
                own.ordered,
                "" if own.rest is None else own.rest,
                "ja" if own.against else "nei",
            )
            for column, cell in enumerate(cells):
                aside = NUMBER if isinstance(cell, float) else TEXT
                form = look.of(num_format=NUMBER_FORMAT, text_wrap=True, **aside)
                put(sheet, row, column, cell, form)
            sheet.set_row(row, height((takes, 44), (gives, 44)))
    sheet.freeze_panes(3, 0)
    page(sheet, "Reparasjon", paper=A4)


def _top(sheet: Worksheet, title: str, look: Look) -> None:
    put(sheet, 0, 0, title, look.title)
    sheet.set_row(0, 24)
