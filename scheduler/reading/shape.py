"""A document in memory to a `Plan`: every value of the wrong shape is told at once."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ValidationError

from scheduler.reading.faults import (
    MOST_NEAR,
    Fault,
    Path,
    PlanError,
    listed,
    meant,
    nearest,
    shown,
)
from scheduler.reading.fields import described, field_at
from scheduler.reading.places import Places, Source, TextPlaces
from scheduler.reading.plan import Plan
from scheduler.reading.scalars import NO_ID


def parse_plan(document: object, places: Places | None = None) -> Plan:
    """The plan in a document of plain values.

    Raises:
        PlanError: with all values of the wrong shape.
    """
    return plan_of(Source(document, places or TextPlaces()))


def plan_of(source: Source) -> Plan:
    """The plan in a document that was read from a file.

    Raises:
        PlanError: with all values of the wrong shape.
    """
    if not isinstance(source.data, dict):
        raise PlanError.of(
            source.places.name(()),
            "Dette er ikke en plan.",
            "En plan har felt som title, first_day, doctors og patterns. Begynn med en tom mal.",
            source.data,
        )
    try:
        plan = Plan.model_validate(source.data)
    except ValidationError as error:
        raise PlanError([*source.faults, *shape_faults(error, source)]) from error
    if source.faults:
        raise PlanError(source.faults)
    return plan


def shape_faults(
    error: ValidationError, source: Source, root: type[BaseModel] = Plan, above: Path = ()
) -> Iterator[Fault]:
    """The faults of a failed validation, without those whose cell was already told of.

    Args:
        error: what pydantic found.
        source: the document.
        root: the model that was asked for.
        above: where in the document its value stands.
    """
    yield from detail_faults(error.errors(include_url=False), source, root, above)


def detail_faults(
    details: Iterable[Any], source: Source, root: type[BaseModel] = Plan, above: Path = ()
) -> Iterator[Fault]:
    """The faults in pydantic's own list of them, wherever it was kept; see `shape_faults`."""
    around = _around(source.unread)
    for detail in details:
        path: Path = tuple(step for step in detail["loc"] if step != "[key]")
        if _already_told(above + path, source.unread, around) or _all_told(detail):
            continue
        problem, remedy = _sentences(detail["type"], path, detail, root)
        if problem == NO_ID and (field := field_at(path, root)) and field.refers:
            remedy = _id_of(str(detail["input"]), field.refers, source.data)
        yield Fault(source.places.name(above + path), shown(detail["input"]), problem, remedy)


def _around(paths: frozenset[Path]) -> frozenset[Path]:
    """The paths and all that lies on the way to them."""
    return frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))


def _already_told(path: Path, unread: frozenset[Path], around: frozenset[Path]) -> bool:
    inside = any(path[:length] in unread for length in range(1, len(path) + 1))
    return inside or path in around


def _all_told(detail: Any) -> bool:
    """Whether a list counts as empty only because each of its items has a fault."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _sentences(kind: str, path: Path, detail: Any, root: type[BaseModel]) -> tuple[str, str]:
    """What is wrong and what to do, in bokmål."""
    context: dict[str, Any] = detail.get("ctx", {})
    field = field_at(path, root)
    title = f"«{field.title}»" if field else f"«{path[-1]}»" if path else "«plan»"
    describe = f"{field.description}" if field else "Kontroller verdien."
    if kind == "plan_value":
        return context["problem"], context["remedy"]
    if kind == "missing":
        what = "minst én" if field and field.many else "feltet"
        return f"{title} mangler.", f"Fyll ut {what}. {describe}"
    if kind == "extra_forbidden":
        return _unknown_field(path, root)
    if kind == "enum" and field and field.words:
        return _unknown_word(field.words, detail["input"])
    if kind == "literal_error":
        return f"{title} har en verdi som ikke kan brukes her.", f"Skriv {context['expected']}."
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{title} må ha underfelt med navn og verdi.", describe
    if kind in ("tuple_type", "list_type"):
        return f"{title} må være en liste.", describe
    if kind == "too_short":
        return f"{title} er tom.", f"Fyll ut minst én. {describe}"
    if kind == "greater_than_equal":
        return f"Tallet må være minst {context['ge']}.", "Rett tallet."
    if kind == "less_than_equal":
        return f"Tallet kan være høyst {context['le']}.", "Rett tallet."
    return f"{title} har en verdi som ikke kan brukes.", describe


def _id_of(given: str, lists: Collection[str], document: object) -> str:
    """What to write in place of what can be no id: that of the item whose name it may be."""
    ids: dict[str, str] = {}
    for name in lists:
        listed_there = document.get(name) if isinstance(document, dict) else None
        for item in listed_there if isinstance(listed_there, list) else ():
            if isinstance(item, dict) and isinstance(item.get("name"), str):
                ids.setdefault(item["name"], shown(item.get("id")))
    own = nearest(given, ids) if len(ids) < MOST_NEAR else ""
    if own and ids[own]:
        return f"Skriv id-en i stedet for navnet. «{shown(own)}» har id-en «{ids[own]}»."
    there = " eller ".join(f"«{own.title}»" for own in described(Plan) if own.name in lists)
    return f"Skriv id-en slik den står under {there}."


def _unknown_field(path: Path, root: type[BaseModel]) -> tuple[str, str]:
    above = field_at(path[:-1], root)
    model = root if len(path) == 1 else above.model if above else None
    known = [field.name for field in described(model)] if model else []
    hint = meant(str(path[-1]), known) or f"Feltene her er {listed(known, most=40)}."
    return f"Feltet «{shown(path[-1])}» er ukjent.", f"{hint} Rett navnet, eller slett feltet."


def _unknown_word(words: type[StrEnum], given: object) -> tuple[str, str]:
    known = [member.value for member in words]
    hint = meant(given, known) if isinstance(given, str) else ""
    return "Verdien er ukjent.", f"{hint} Velg mellom {listed(known)}.".strip()
