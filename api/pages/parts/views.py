"""The parts of a plan: look, search, change, add, take away, paste, undo."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.cells import (
    HEAD,
    choices,
    field_name,
    form_of,
    input_type,
    item_of,
    page_hint,
    shown,
    slug,
    with_id,
)
from api.pages.parts.content import (
    OpenPlan,
    counted,
    open_plan,
    rows_of,
    sheet_of,
    table_of,
)
from api.pages.parts.filled import FilledDep, FilledIn
from api.pages.parts.history import steps_of
from api.pages.parts.pasted import Pasted, pasted, unknown_names
from api.pages.parts.places import Telling
from api.service.accounts.roles import Right
from api.service.plans import parts
from api.service.plans.changing import change, understood
from api.service.shapes import ForeignId, Id
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.sheets import Sheet

router = APIRouter(prefix="/planer/{plan}", tags=["pages"], include_in_schema=False)

_HEAD = ("title", "first_day", "last_day", "judged_on")
_PREVIEWED = 20
Search = Annotated[str, Query(max_length=100)]
Number = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/deler")
def index(page: PageDep, plan: Id) -> Response:
    """All parts of a plan."""
    page.actor.need(Right.PLANS_READ)
    own = open_plan(page, plan)
    return page.show(
        "parts/index",
        plan=own,
        parts=counted(page, own.document),
        may_write=Right.PLANS_WRITE in page.actor.rights,
    )


@router.get("/deler/{part}")
def part(
    page: PageDep,
    plan: Id,
    part: str,
    sok: Search = "",
    side: Number = 1,
    endre: Annotated[ForeignId | None, Query()] = None,
    ny: Annotated[bool, Query()] = False,
    lege: Annotated[ForeignId | None, Query()] = None,
) -> Response:
    """One part: its rows, and the form of the one that is changed or added."""
    sheet = sheet_of(page, part)
    own = open_plan(page, plan)
    if endre is not None or ny:
        page.actor.need(Right.PLANS_WRITE)
    form = None
    if endre is not None:
        index = parts.index_of(dict(own.document), sheet.name, endre)
        form = form_of(sheet, own.document[sheet.name][index])
    elif ny:
        form = Form({"doctor": lege or ""})
    return _shown(page, own, sheet, form, key=endre or "", search=sok, number=side)


@router.post("/deler/{part}")
def add(page: PageDep, plan: Id, part: str, filled: FilledDep) -> Response:
    """Put in a row."""
    return _save(page, plan, part, "", filled)


@router.post("/deler/{part}/{key}")
def put(page: PageDep, plan: Id, part: str, key: ForeignId, filled: FilledDep) -> Response:
    """Change a row."""
    return _save(page, plan, part, key, filled)


@router.post("/deler/{part}/{key}/slett")
def remove(page: PageDep, plan: Id, part: str, key: ForeignId, filled: FilledDep) -> Response:
    """Take a row away."""
    page.actor.need(Right.PLANS_WRITE)
    sheet = sheet_of(page, part)
    own = open_plan(page, plan)
    edit = Telling(lambda document: parts.without(document, sheet.name, key))
    try:
        change(page.service, page.actor, plan, filled.versioned().check, edit, note="")
    except PlanError as error:
        return _shown(page, own, sheet, None, faults=list(error.faults), status=422)
    return page.go(f"{own.path}/deler/{part}", "parts.removed")


@router.get("/lim-inn/{part}")
def paste_form(page: PageDep, plan: Id, part: str) -> Response:
    """Where rows of a spreadsheet are pasted."""
    page.actor.need(Right.PLANS_WRITE)
    sheet = sheet_of(page, part)
    return _pasting(page, open_plan(page, plan), sheet, "", [])


@router.post("/lim-inn/{part}")
def paste(page: PageDep, plan: Id, part: str, filled: FilledDep) -> Response:
    """Show what pasted rows would become, with all faults; store them if that was asked for."""
    page.actor.need(Right.PLANS_WRITE)
    sheet = sheet_of(page, part)
    own = open_plan(page, plan)
    text = (filled.values.get("text") or [""])[0]
    check = filled.versioned().check
    try:
        found = pasted(sheet, text, own.document)
    except PlanError as error:
        return _pasting(page, own, sheet, text, list(error.faults), status=422)
    if found.faults:
        faults = [*found.faults, *unknown_names(sheet, found, own.document)]
        return _pasting(page, own, sheet, text, faults, found, status=422)

    def edit(document: parts.Document) -> parts.Edited:
        return parts.added(document, sheet.name, found.items, parts.Mode.ADD)

    telling = Telling(edit, found.lines)
    try:
        if filled.one("lagre"):
            note = page.say("parts.pasted_note", n=len(found.items), part=sheet.title)
            change(page.service, page.actor, plan, check, telling, note=note)
            path = f"{own.path}/deler/{part}"
            return page.go(path, "parts.pasted", n=len(found.items))
        understood(page.service, page.actor, plan, check, telling)
    except PlanError as error:
        return _pasting(page, own, sheet, text, list(error.faults), found, status=422)
    return _pasting(page, own, sheet, text, [], found)


@router.get("/periode")
def period(page: PageDep, plan: Id) -> Response:
    """Title, days and day of judgement of a plan."""
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    return _period(page, own, form_of(HEAD, own.document), [])


@router.post("/periode")
def set_period(page: PageDep, plan: Id, filled: FilledDep) -> Response:
    """Change them."""
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    head, form = item_of(HEAD, filled.values)
    given = {name: head.get(name, "") for name in _HEAD}
    telling = Telling(lambda document: parts.with_head(document, given))
    check = filled.versioned().check
    try:
        change(page.service, page.actor, plan, check, telling, note="")
    except PlanError as error:
        form, elsewhere = telling.sorted(error, HEAD, form, None)
        return _period(page, own, form, elsewhere, 422)
    return page.go(f"{own.path}/periode", "parts.saved")


def _save(page: Page, plan: str, part: str, key: str, filled: FilledIn) -> Response:
    """Store a row; with faults, its form again and nothing stored."""
    page.actor.need(Right.PLANS_WRITE)
    sheet = sheet_of(page, part)
    own = open_plan(page, plan)
    check = filled.versioned().check
    check(own.version)
    item, form = item_of(sheet, filled.values)
    rows = own.document.get(sheet.name, ())
    index = parts.index_of(dict(own.document), sheet.name, key) if key else len(rows)
    item = with_id(sheet, item, {str(row["id"]) for row in rows if "id" in row})

    def edit(document: parts.Document) -> parts.Edited:
        if key:
            return parts.put(document, sheet.name, key, item)
        return parts.added(document, sheet.name, [item], parts.Mode.ADD)

    telling = Telling(edit)
    try:
        if form.faults:  # what cannot be read is told together with what else is wrong
            understood(page.service, page.actor, plan, check, telling)
            raise PlanError([])
        done = change(page.service, page.actor, plan, check, telling, note="")
    except PlanError as error:
        form, elsewhere = telling.sorted(error, sheet, form, index)
        return _shown(page, own, sheet, form, key=key, faults=elsewhere, status=422)
    items = done.loaded.plan.to_document().get(sheet.name, [])
    anchor = f"#rad-{parts.keys_of(items)[done.touched[0]]}" if done.touched else ""
    told = "parts.saved" if done.changed else "parts.unchanged"
    return page.go(f"{own.path}/deler/{part}{anchor}", told, "success" if done.changed else "info")


def _shown(
    page: Page,
    plan: OpenPlan,
    sheet: Sheet,
    form: Form | None,
    *,
    key: str = "",
    search: str = "",
    number: int = 1,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    table = table_of(plan.document, sheet, search, number)
    if key and key not in {own.key for own in table.rows}:
        # The row that is changed is on another page or not among those that were searched for.
        _, rows = rows_of(plan.document, sheet)
        at = next(n for n, own in enumerate(rows) if own.key == key)
        search, table = "", table_of(plan.document, sheet, "", at // 100 + 1)
    return page.show(
        "parts/part",
        status,
        plan=plan,
        sheet=sheet,
        slug=slug(sheet),
        parts=counted(page, plan.document),
        table=table,
        form=form,
        key=key,
        search=search,
        faults=faults or [],
        fields=_fields(plan, sheet) if form is not None else [],
        may_write=Right.PLANS_WRITE in page.actor.rights,
        steps=steps_of(page, plan.id),
    )


def _fields(plan: OpenPlan, sheet: Sheet) -> list[dict[str, object]]:
    """What the template needs of each field; the id, which makes itself, stands last."""
    columns = sorted(sheet.columns, key=lambda own: own.path == ("id",))
    return [
        {
            "name": field_name(own),
            "title": own.title,
            "hint": page_hint(own.field),
            "required": own.field.required and own.path != ("id",),
            "many": own.field.many,
            "type": input_type(own.field),
            "choices": choices(plan.document, own.field),
        }
        for own in columns
    ]


def _period(
    page: Page, plan: OpenPlan, form: Form, faults: list[Fault], status: int = 200
) -> Response:
    fields = [own for own in _fields(plan, HEAD) if own["name"] in _HEAD]
    return page.show("parts/period", status, plan=plan, form=form, faults=faults, fields=fields)


def _pasting(
    page: Page,
    plan: OpenPlan,
    sheet: Sheet,
    text: str,
    faults: list[Fault],
    found: Pasted | None = None,
    *,
    status: int = 200,
) -> Response:
    rows = found.items[:_PREVIEWED] if found else ()
    columns = found.columns if found else ()
    return page.show(
        "parts/paste",
        status,
        plan=plan,
        sheet=sheet,
        slug=slug(sheet),
        text=text,
        faults=faults,
        found=found,
        columns=columns,
        rows=[[shown(plan.document, column, own) for column in columns] for own in rows],
        ready=found is not None and not faults,
        titles=[own.title for own in sheet.columns if own.path != ("id",)],
    )
