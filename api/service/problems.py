"""Errors as problem documents (RFC 9457), in bokmål or English as the caller prefers."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from api.service import errors
from api.service.observing.connection import seen_of
from api.service.observing.context import REQUEST_ID
from api.service.problem_kinds import KINDS
from api.service.state_words import STATE_WORDS
from scheduler.reading.faults import PlanError, shown

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:rettvakt:problem:"


class Place(BaseModel):
    """One fault of what was sent."""

    place: str = Field(description="Sheet, row and column, or path: where it stands")
    value: str = Field(description="What stands there, shortened")
    problem: str = Field(description="What is wrong, in bokmål")
    remedy: str = Field(description="What to do about it, in bokmål")


class ProblemDocument(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(examples=[f"{TYPES}stale"])
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    faults: list[Place] = Field(default_factory=list)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: these answers are problem documents."""
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
        }
        for status in statuses
    }


_DESCRIPTIONS = {
    400: "The request cannot be read",
    401: "Not logged in",
    403: "No right to it",
    404: "Does not exist, or belongs to others",
    409: "Cannot be done in the present state",
    412: "Changed since it was read",
    413: "Larger than what is accepted",
    422: "Something in it must be put right",
    428: "If-Match is missing",
    429: "Too often, or too many",
    502: "The login provider failed",
}


def describe(app: FastAPI) -> None:
    """Let OpenAPI know the shape of problem documents, also for requests that are not valid."""
    generate = app.openapi

    def described() -> dict[str, Any]:
        document = generate()
        schemas = document["components"]["schemas"]
        _, own = models_json_schema(
            [(ProblemDocument, "serialization")], ref_template="#/components/schemas/{model}"
        )
        schemas.update(own["$defs"])
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for operations in document["paths"].values():
            for operation in operations.values():
                answers = operation["responses"]
                if "422" in answers:
                    answers["422"] = documented(422)[422]
                if "requestBody" in operation:
                    answers |= {str(code): own for code, own in documented(400, 413).items()}
        return document

    app.openapi = described  # type: ignore[method-assign]


def install(app: FastAPI) -> None:
    """Let every error leave as a problem document."""
    app.add_exception_handler(errors.ServiceError, _refused)
    app.add_exception_handler(PlanError, _faulty)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _internal)


def answer(
    request: Request,
    slug: str,
    values: Mapping[str, object] | None = None,
    *,
    faults: list[Place] | None = None,
    status: int | None = None,
) -> JSONResponse:
    """The problem document of one kind."""
    kind = KINDS[slug]
    english = _prefers_english(request.headers.get("accept-language", ""))
    document = ProblemDocument(
        type=f"{TYPES}{slug}",
        title=kind.title[english],
        status=status or kind.status,
        detail=kind.detail[english].format(**(values or {})),
        faults=faults or [],
    )
    headers = {"Content-Language": "en" if english else "nb"}
    if values and "seconds" in values:
        headers["Retry-After"] = str(values["seconds"])
    if document.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="rettvakt"'
    return JSONResponse(
        document.model_dump(), document.status, headers=headers, media_type=MEDIA_TYPE
    )


def _prefers_english(accepted: str) -> bool:
    """Whether English stands before every Norwegian in the header; browsers send it in order."""
    for part in accepted.casefold().split(","):
        language = part.split(";")[0].strip().split("-")[0]
        if language in ("nb", "no", "nn"):
            return False
        if language == "en":
            return True
    return False


def _refused(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, errors.StateError):
        words = STATE_WORDS[error.of][error.state]
        standing = words[_prefers_english(request.headers.get("accept-language", ""))]
        return answer(request, error.slug, {"standing": standing})
    if not isinstance(error, errors.ServiceError):
        raise error
    return answer(request, error.slug, error.values)


def _faulty(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, PlanError):
        raise error
    places = [
        Place(place=f.place, value=f.value, problem=f.problem, remedy=f.remedy)
        for f in error.faults
    ]
    return answer(request, "faults", faults=places)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    places = [
        Place(
            place=".".join(str(step) for step in found["loc"]),
            value=_repeated(found["loc"], found.get("input")),
            problem=str(found["msg"]),
            remedy="Se beskrivelsen i /api/v1/openapi.json.",
        )
        for found in error.errors()
    ]
    return answer(request, "invalid-request", faults=places)


def _repeated(place: tuple[Any, ...], value: object) -> str:
    """What was sent, where it can be told again: no secret, and nothing that may hold one."""
    if _SECRETS.intersection(place) or isinstance(value, dict | list):
        return ""
    return shown(value)


_SECRETS = frozenset({"password", "old", "new", "secret", "code", "state", "logout_token"})


def _http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return answer(request, "not-found")
    if error.status_code == 413:
        most = request.app.state.service.settings.max_upload_mb
        return answer(request, "too-large", {"most": f"{most:g}"})
    response = answer(request, "http", {"reason": error.detail}, status=error.status_code)
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """All methods of an address: each route knows only its own.

    What stands as it is goes before what has a place for an id: `/plans/empty` is no plan.
    """
    found: set[str] = set()
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    paths = request.app.openapi()["paths"]
    for template, operations in {path: paths[path]}.items() if path in paths else paths.items():
        parts = (re.escape(part) for part in _VARIABLE.split(template))
        if re.fullmatch("[^/]+".join(parts), path):
            found |= {method.upper() for method in operations}
    return sorted(found)


_VARIABLE = re.compile(r"\{[^}]*\}")


def _internal(request: Request, _error: Exception) -> JSONResponse:
    response = answer(request, "internal")
    response.headers["Cache-Control"] = "no-store"  # nothing else sees this answer
    response.headers["X-Content-Type-Options"] = "nosniff"
    seen = seen_of(request)
    if seen is not None:
        response.headers[REQUEST_ID] = seen.request
    return response
