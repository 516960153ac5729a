"""The rows of a person in every table, found by the inventory."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, or_, select
from sqlalchemy.orm import Session

from api.service.db.tables import METADATA
from api.service.privacy.inventory import INVENTORY, Held
from api.service.privacy.redacting import Person


def tables() -> Iterator[tuple[Table, Held]]:
    """All tables with what they hold, parents first."""
    for table in METADATA.sorted_tables:
        yield table, INVENTORY[table.name]


def within(table: Table, cooperation: str) -> ColumnElement[bool]:
    """Rows that belong to a cooperation."""
    if "cooperation_id" in table.c:
        return table.c.cooperation_id == cooperation
    for column, parent_name in INVENTORY[table.name].of:
        parent = METADATA.tables[parent_name]
        ids = select(parent.c.id).where(within(parent, cooperation))
        return table.c[column].in_(ids)
    return false()


def own(table: Table, held: Held, person: Person, cooperation: str) -> ColumnElement[bool]:
    """Rows that are about the person: by the account, or by the doctor's id in the cooperation."""
    found: list[ColumnElement[bool]] = []
    found += [table.c[name].in_(person.accounts) for name in held.account]
    about = [f"account/{own}" for own in person.accounts]
    found += [table.c[name].in_(about) for name in held.about]
    if held.under:
        parent = METADATA.tables[dict(held.of)[held.under]]
        theirs = and_(
            own(parent, INVENTORY[parent.name], person, cooperation),
            certain(parent, INVENTORY[parent.name]),
        )
        found.append(table.c[held.under].in_(select(parent.c.id).where(theirs)))
    if person.doctor and cooperation:
        by_doctor = [table.c[name] == person.doctor for name in held.doctor]
        narrower = [certain(table, held), within(table, cooperation)]
        found += [and_(is_doctor, *narrower) for is_doctor in by_doctor]
    return or_(false(), *found)


def certain(table: Table, held: Held) -> ColumnElement[bool]:
    """Of these rows, those that are a doctor's own by their kind; all of them in most tables."""
    if held.only is None:
        return true_of(table)
    column, values = held.only
    return table.c[column].in_(values)


def true_of(table: Table) -> ColumnElement[bool]:
    """Every row: a primary key is never null."""
    return next(iter(table.primary_key.columns)).is_not(None)


def key_of(table: Table, row: Mapping[str, Any]) -> ColumnElement[bool]:
    """Exactly this row."""
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def read(
    session: Session,
    table: Table,
    where: ColumnElement[bool],
    columns: Iterable[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Rows by column (all columns, or the key and those that are named), in the order of keys."""
    wanted = [table.c[name] for name in columns or () if name not in table.primary_key.columns]
    query = select(*table.primary_key.columns, *wanted) if columns is not None else select(table)
    query = query.where(where).order_by(*table.primary_key.columns)
    for row in session.execute(query).mappings():
        yield dict(row)
