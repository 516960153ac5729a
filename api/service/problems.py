"""Errors as problem documents (RFC 9457), in bokmål or English as the caller prefers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of problem is told.

    Attributes:
        title, detail: bokmål and English; the detail is filled with the error's values.
        headers: names of values that also go into a header of the answer.
    """

    status: int
    title: tuple[str, str]
    detail: tuple[str, str]


KINDS: Mapping[str, _Kind] = {
    "not-found": _Kind(
        404,
        ("Finnes ikke", "Not found"),
        (
            "Det du ba om, finnes ikke, eller du har ikke tilgang til det.",
            "What you asked for does not exist, or you have no access to it.",
        ),
    ),
    "stale": _Kind(
        412,
        ("Endret av en annen", "Changed by somebody else"),
        (
            "Dette er endret siden du hentet det, og er nå i versjon {version}. "
            "Hent det på nytt, og gjør endringen om igjen.",
            "This was changed since you read it and is now version {version}. "
            "Read it again, then repeat your change.",
        ),
    ),
    "version-needed": _Kind(
        428,
        ("Versjonen mangler", "The version is missing"),
        (
            'Send If-Match med versjonen du endrer, nå "{version}", '
            "så ingen skriver over andres arbeid.",
            'Send If-Match with the version that you change, now "{version}", so that nobody '
            "overwrites the work of others.",
        ),
    ),
    "forbidden": _Kind(
        403,
        ("Ikke tilgang", "No access"),
        (
            "Brukeren din har ikke rett til dette ({right}). Be koordinatoren om hjelp.",
            "Your account has no right to this ({right}). Ask the coordinator.",
        ),
    ),
    "not-logged-in": _Kind(
        401,
        ("Ikke innlogget", "Not logged in"),
        (
            "Logg inn, eller send et gyldig token (Authorization: Bearer).",
            "Log in, or send a valid token (Authorization: Bearer).",
        ),
    ),
    "login-needed": _Kind(
        403,
        ("Krever innlogging", "Log in for this"),
        (
            "Passord og tokener endres bare av den som er logget inn, ikke med et token.",
            "Passwords and tokens are changed only by who is logged in, not with a token.",
        ),
    ),
    "still-rostered": _Kind(
        409,
        ("Står i en plan som ikke er over", "Still in a plan that has not ended"),
        (
            "Legen står i planen «{title}», som ikke er over. Ta legen ut av planen først.",
            "The doctor is in the plan “{title}”, which has not ended. Take the doctor out of it "
            "first.",
        ),
    ),
    "provider-failed": _Kind(
        502,
        ("Innloggingstjenesten svarer ikke som den skal", "The login provider failed"),
        (
            "Kommunens innloggingstjeneste svarte ikke, eller svaret kunne ikke godtas. Prøv igjen "
            "om litt. Varer det, så si fra til den som driver Rettvakt.",
            "The login provider did not answer, or its answer cannot be accepted. Try again in a "
            "while. If that does not help, tell whoever runs Rettvakt.",
        ),
    ),
    "login-refused": _Kind(
        403,
        ("Du slipper ikke inn", "You may not come in"),
        (
            "Innloggingen lyktes, men den gir ikke tilgang til Rettvakt ({reason}). Be "
            "koordinatoren eller den som driver Rettvakt, om hjelp.",
            "You are logged in at the provider, but that opens nothing here ({reason}). Ask the "
            "coordinator or whoever runs Rettvakt.",
        ),
    ),
    "login-lost": _Kind(
        400,
        ("Innloggingen må begynne på nytt", "The login must begin again"),
        (
            "Innloggingen ble ikke begynt i denne nettleseren, er brukt før eller tok for lang "
            "tid. Begynn på nytt.",
            "The login was not begun in this browser, has been used before or took too long. "
            "Begin again.",
        ),
    ),
    "passwords-off": _Kind(
        403,
        ("Logg inn på en annen måte", "Log in another way"),
        (
            "Rettvakt bruker ikke egne passord her. Logg inn med kommunens innlogging.",
            "Rettvakt has no passwords of its own here. Log in with your organisation's login.",
        ),
    ),
    "provider-off": _Kind(
        404,
        ("Ingen innloggingstjeneste", "No login provider"),
        (
            "Rettvakt er ikke koblet til noen innloggingstjeneste. Logg inn med e-post og passord.",
            "Rettvakt is connected to no login provider. Log in with e-mail and password.",
        ),
    ),
    "token-end": _Kind(
        422,
        ("Nøkkelen kan ikke vare så lenge", "The token cannot last so long"),
        (
            "En nøkkel må slutte å gjelde i framtiden, og senest om {days} dager.",
            "A token must end in the future, and within {days} days.",
        ),
    ),
    "wrong-login": _Kind(
        401,
        ("Feil e-post eller passord", "Wrong e-mail or password"),
        (
            "E-post og passord hører ikke sammen. Prøv igjen, eller be om et nytt passord.",
            "E-mail and password do not belong together. Try again, or ask for a new password.",
        ),
    ),
    "weak-password": _Kind(
        422,
        ("Passordet kan ikke brukes", "The password cannot be used"),
        (
            "Passordet må ha minst {least} tegn, være et annet enn det forrige og ikke være lett å "
            "gjette. Flere ord som ikke hører sammen, er både sterkt og lett å huske.",
            "The password must have at least {least} characters, differ from the former one and be "
            "hard to guess. Several words that have nothing to do with each other will do.",
        ),
    ),
    "password-change-needed": _Kind(
        403,
        ("Bytt passord først", "Change the password first"),
        (
            "Passordet ble satt av noen andre. Bytt det (PUT /api/v1/me/password) før du gjør "
            "noe annet.",
            "The password was set by somebody else. Change it (PUT /api/v1/me/password) before "
            "anything else.",
        ),
    ),
    "too-many-tries": _Kind(
        429,
        ("For mange forsøk", "Too many tries"),
        (
            "Vent {seconds} sekunder før neste forsøk.",
            "Wait {seconds} seconds before the next try.",
        ),
    ),
    "cross-site": _Kind(
        403,
        ("Forespørselen kommer fra et annet nettsted", "The request comes from another site"),
        (
            "Endringer må gjøres fra Rettvakts egne sider, eller med et token.",
            "Changes must be made from Rettvakt's own pages, or with a token.",
        ),
    ),
    "too-large": _Kind(
        413,
        ("For stort", "Too large"),
        (
            "Det du sendte, er større enn {most} MB. Slett det som ikke hører til.",
            "What you sent is larger than {most} MB. Remove what does not belong there.",
        ),
    ),
    "taken": _Kind(
        409,
        ("Finnes fra før", "Exists already"),
        ("«{value}» er i bruk. Velg noe annet.", "“{value}” is in use. Choose something else."),
    ),
    "wrong-state": _Kind(
        409,
        ("Kan ikke gjøres nå", "Cannot be done now"),
        (
            "{standing}. Derfor kan ikke dette gjøres nå.",
            "{standing}, so this cannot be done now.",
        ),
    ),
    "last-one": _Kind(
        409,
        ("Ingen andre har rollen", "Nobody else has the role"),
        (
            "Noen må ha denne rollen, og ingen andre har den. Gi den til en annen først.",
            "Somebody must have this role, and nobody else has it. Give it to another first.",
        ),
    ),
    "wishes-closed": _Kind(
        409,
        ("Ønskerunden er slutt", "The wish round is over"),
        (
            "Ønsker kunne meldes til {deadline}, og runden er slutt. Snakk med koordinatoren hvis "
            "noe må endres.",
            "Wishes could be stated until {deadline}, and the round is over. Talk to the "
            "coordinator if something must be changed.",
        ),
    ),
    "too-many-wishes": _Kind(
        409,
        ("Ikke plass til flere ønsker", "No room for more wishes"),
        (
            "Hver lege kan melde {most} ønsker i denne runden. Endre eller trekk et av dem du har.",
            "Each doctor may state {most} wishes in this round. Change or withdraw one of yours.",
        ),
    ),
    "breaches-not-signed": _Kind(
        409,
        ("Planen bryter regler", "The roster breaks rules"),
        (
            "Planen har {breaches} regelbrudd. Rett dem, eller skriv i «signed» hvorfor den "
            "likevel publiseres og hvem som svarer for det.",
            "The roster has {breaches} breaches. Mend them, or write in “signed” why it is "
            "published all the same and who answers for it.",
        ),
    ),
    "too-many-jobs": _Kind(
        429,
        ("For mange jobber", "Too many jobs"),
        (
            "Samarbeidet har alt {most} jobber i gang eller i kø. Vent til en er ferdig, "
            "eller stopp en.",
            "The cooperation has {most} jobs running or waiting. Wait until one is done, "
            "or stop one.",
        ),
    ),
    "already-offered": _Kind(
        409,
        ("Alt tilbudt", "Already offered"),
        (
            "Vakten er alt lagt ut. Trekk det gamle tilbudet først, om du vil endre det.",
            "The duty is offered already. Withdraw that offer first if you want to change it.",
        ),
    ),
    "offer-gone": _Kind(
        409,
        ("Tilbudet gjelder ikke lenger", "The offer has ended"),
        (
            "Byttetilbudet er ikke åpent lenger: en annen var raskere, eller det er trukket eller "
            "utløpt. Hent listen på nytt.",
            "The swap offer is no longer open: somebody was quicker, or it was withdrawn or has "
            "expired. Read the list again.",
        ),
    ),
    "swap-unlawful": _Kind(
        409,
        ("Byttet er ikke lovlig", "The swap is not lawful"),
        (
            "Ingenting er byttet. {sentences}",
            "Nothing was swapped. In the rules' own words: {sentences}",
        ),
    ),
    "roster-being-changed": _Kind(
        409,
        ("Vaktplanen er under endring", "The roster is being changed"),
        (
            "Vaktplanen har endringer som ikke er publisert. Byttet står, og kan fullføres når de "
            "er publisert.",
            "The roster has changes that are not published. The swap stands, and can be completed "
            "once they are.",
        ),
    ),
    "approval-needed": _Kind(
        409,
        ("Byttet må godkjennes", "The swap needs approval"),
        (
            "Byttet venter på vaktplanleggeren, som er den som kan fullføre det.",
            "The swap waits for the coordinator, who alone can complete it.",
        ),
    ),
    "key-reused": _Kind(
        422,
        ("Nøkkelen er brukt", "The key has been used"),
        (
            "Denne Idempotency-Key hører til en annen forespørsel. Lag en ny nøkkel.",
            "This Idempotency-Key belongs to another request. Make a new one.",
        ),
    ),
    "bad-cursor": _Kind(
        422,
        ("Ukjent fortsettelse", "Unknown cursor"),
        (
            "«{value}» er ikke en fortsettelse som denne listen har gitt.",
            "“{value}” is no cursor that this list gave.",
        ),
    ),
    "faults": _Kind(
        422,
        ("Noe må rettes", "Something must be put right"),
        (
            "Ingenting er lagret. Rett det som står i «faults», og send på nytt.",
            "Nothing was stored. Put right what “faults” names, then send it again.",
        ),
    ),
    "invalid-request": _Kind(
        422,
        ("Forespørselen er ikke gyldig", "The request is not valid"),
        (
            "Ingenting er lagret. Rett det som står i «faults», og send på nytt.",
            "Nothing was stored. Put right what “faults” names, then send it again.",
        ),
    ),
    "http": _Kind(
        400,
        ("Forespørselen kan ikke besvares", "The request cannot be answered"),
        ("{reason}", "{reason}"),
    ),
    "internal": _Kind(
        500,
        ("Feil i Rettvakt", "A fault in Rettvakt"),
        (
            "Dette er en feil hos oss. Ingenting er lagret. Prøv igjen, og si fra om det "
            "gjentar seg.",
            "This is our fault. Nothing was stored. Try again, and tell us if it happens again.",
        ),
    ),
}


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
