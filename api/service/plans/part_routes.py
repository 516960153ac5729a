"""Every part of a plan as a resource of its own, made from the shape of the plan format.

A part that the format gets later has its endpoints at once, with real shapes in OpenAPI.
"""

import json
from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, VersionedDep, tag
from api.service.errors import BadCursorError
from api.service.plans import parts, store
from api.service.plans.changing import PlanChange, change
from api.service.plans.part_shapes import Row, Rows, RowsChanged, partial
from api.service.plans.redaction import is_open
from api.service.plans.routes import LARGEST, PlanId
from api.service.problems import documented
from api.service.service import Service
from api.service.shapes import ForeignId, Note
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.fields import Described, sheets
from scheduler.reading.places import Source
from scheduler.reading.shape import detail_faults

MOST_ROWS = 5000
"""Rows that can be sent at once."""

Key = Annotated[ForeignId, Path(description="Key of the row")]
Why = Annotated[Note, Query(description="Why it is changed")]
NumberDep = Annotated[
    int | None, Query(alias="version", ge=1, le=LARGEST, description="The newest if left out")
]
AfterDep = Annotated[
    ForeignId | None, Query(description="`next` of the page before; none for the first")
]
MostDep = Annotated[int, Query(ge=1, le=1000, description="Rows on a page")]


class _Changing:
    """A change of a plan that somebody asks for: of which version, and why.

    Raises:
        ForbiddenError: the actor changes no plans.
    """

    def __init__(
        self,
        service: ServiceDep,
        actor: ActorDep,
        response: Response,
        versioned: VersionedDep,
        plan: PlanId,
        note: Why = "",
    ) -> None:
        """Keep what was sent."""
        actor.need(Right.PLANS_WRITE)
        self.response = response
        self._asked = (service, actor, plan, versioned.check)
        self._note = note

    def done(self, step: Callable[[parts.Document], parts.Edited]) -> PlanChange:
        """Change the plan; raises what `change` raises."""
        return change(*self._asked, step, note=self._note)


ChangingDep = Annotated[_Changing, Depends()]


def router_of(part: Described) -> APIRouter:
    """The endpoints of one part."""
    model = part.model
    if model is None:
        raise TypeError(f"part ({part.name}) must be a list of rows")
    name, path = part.name, f"/{{plan}}/{part.name.replace('_', '-')}"
    router = APIRouter(prefix="/plans", tags=["parts"], route_class=route_of(part))
    read_right = Right.PLANS_READ if is_open(name) else Right.PLANS_WRITE

    def found(
        service: Service, actor: Actor, response: Response, plan: str, number: int | None
    ) -> tuple[int, list[Any]]:
        actor.need(read_right)
        with service.database.reading() as session:
            own = store.plan_of(session, actor, plan)
            version = store.version_of(session, own, number)
        tag(response, own.version)
        return version.number, json.loads(version.document).get(name, [])

    def rows(
        service: ServiceDep,
        actor: ActorDep,
        response: Response,
        plan: PlanId,
        version: NumberDep = None,
        after: AfterDep = None,
        most: MostDep = 200,
    ) -> Any:
        number, items = found(service, actor, response, plan, version)
        keys = parts.keys_of(items)
        if after is not None and after not in keys:
            raise BadCursorError(value=after[:60])
        first = keys.index(after) + 1 if after is not None else 0
        shown = _rows(model, items, range(first, min(first + most, len(items))))
        more = first + most < len(items)
        return Rows(
            version=number,
            total=len(items),
            items=shown,
            next=shown[-1].key if more else None,
        )

    def row(
        service: ServiceDep,
        actor: ActorDep,
        response: Response,
        plan: PlanId,
        key: Key,
        version: NumberDep = None,
    ) -> Any:
        _, items = found(service, actor, response, plan, version)
        return _rows(model, items, [parts.index_of({name: items}, name, key)])[0]

    def changed(own: _Changing, step: Callable[[parts.Document], parts.Edited]) -> Any:
        return _changed(part, model, own.done(step), own.response)

    def add(
        own: ChangingDep,
        rows: Any,
        mode: Annotated[
            parts.Mode, Query(description="What becomes of the rows that are there")
        ] = parts.Mode.ADD,
    ) -> Any:
        plain = [_plain(row) for row in rows]
        return changed(own, lambda document: parts.added(document, name, plain, mode))

    def put(own: ChangingDep, key: Key, row: Any) -> Any:
        return changed(own, lambda document: parts.put(document, name, key, _plain(row)))

    def edit(own: ChangingDep, key: Key, changes: Any) -> Any:
        given = changes.model_dump(mode="json", exclude_unset=True)
        return changed(own, lambda document: parts.patched(document, name, key, given))

    def remove(own: ChangingDep, key: Key) -> Any:
        return changed(own, lambda document: parts.without(document, name, key))

    many = Annotated[list[model], Body(max_length=MOST_ROWS)]  # type: ignore[valid-type]
    _takes(add, rows=many)
    _takes(put, row=Annotated[model, Body()])
    _takes(edit, changes=Annotated[partial(model), Body()])
    what = f"«{part.title}»: {part.description}"
    one, all_rows = f"{path}/{{key}}", path
    for verb, address, endpoint, answer, told in (
        ("GET", all_rows, rows, Rows[model], "The rows"),  # type: ignore[valid-type]
        ("POST", all_rows, add, RowsChanged[model], "Put in many rows"),  # type: ignore[valid-type]
        ("GET", one, row, Row[model], "One row"),  # type: ignore[valid-type]
        ("PUT", one, put, RowsChanged[model], "Replace a row"),  # type: ignore[valid-type]
        ("PATCH", one, edit, RowsChanged[model], "Change a row"),  # type: ignore[valid-type]
        ("DELETE", one, remove, RowsChanged[model], "Take a row away"),  # type: ignore[valid-type]
    ):
        reads = verb == "GET"
        router.add_api_route(
            address,
            endpoint,
            methods=[verb],
            name=f"{endpoint.__name__}_{name}",
            response_model=answer,
            description=f"{told}. {what}",
            responses=documented(401, 403, 404, *(() if reads else (412,)), 422)
            | (documented() if reads else documented(428)),
        )
    return router


def _takes(endpoint: Callable[..., Any], **annotations: Any) -> None:
    """Say what an endpoint takes where it is only known at run time."""
    endpoint.__annotations__.update(annotations)


def _plain(row: BaseModel) -> parts.Item:
    found: parts.Item = row.model_dump(mode="json", exclude_defaults=True)
    return found


def _rows(model: type[BaseModel], items: Sequence[Any], which: Sequence[int]) -> list[Row[Any]]:
    keys = parts.keys_of(items)
    return [
        Row[model](key=keys[own], value=model.model_validate(items[own]))  # type: ignore[valid-type]
        for own in which
    ]


def _changed(part: Described, model: type[BaseModel], done: PlanChange, response: Response) -> Any:
    tag(response, done.plan.version)
    items = done.loaded.plan.to_document().get(part.name, [])
    return RowsChanged(
        version=done.plan.version,
        changed=done.changed,
        items=_rows(model, items, done.touched),
        remarks=list(done.loaded.remarks),
    )


def route_of(part: Described) -> type[APIRoute]:
    """A route whose body is judged as the same rows in a file are: place, value, remedy."""

    class PartRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def told_as_a_plan(request: Request) -> Response:
                try:
                    return await handle(request)
                except RequestValidationError as error:
                    raise _as_faults(part, request, error) from error

            return told_as_a_plan

    return PartRoute


def _as_faults(
    part: Described, request: Request, error: RequestValidationError
) -> RequestValidationError | PlanError:
    """The same error in the words of the reader, if it is about values of rows."""
    details = [dict(own) for own in error.errors()]
    of_body = [own for own in details if own["loc"][0] == "body" and own["type"] != "json_invalid"]
    many = isinstance(error.body, list)
    if len(of_body) < len(details) or part.model is None:
        return error
    if not (many or isinstance(error.body, dict)) or any(len(own["loc"]) < 2 for own in of_body):
        return error
    rows = error.body if many else [error.body]
    keys = [_named(own) for own in rows]
    if not many:
        keys = [str(request.path_params.get("key", ""))]
    sent = {(part.name, index): index + 1 for index in range(len(rows))} if many else {}
    source = Source(error.body, parts.KeyPlaces({part.name: keys}, sent))
    faults: list[Fault] = []
    for own in of_body:
        at, inner = (own["loc"][1], own["loc"][2:]) if many else (0, own["loc"][1:])
        faults += detail_faults([{**own, "loc": inner}], source, part.model, (part.name, at))
    return PlanError(faults)


def _named(row: Any) -> str:
    own = row.get("id") if isinstance(row, dict) else None
    return own[:60] if isinstance(own, str) else ""


router = APIRouter()
for _part in sheets():
    router.include_router(router_of(_part))
