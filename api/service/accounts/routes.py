"""Logging in, own password and tokens; accounts and cooperations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.service.accounts import passwords, role, store, visits
from api.service.accounts import tokens as own_tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.accounts.shapes import (
    AccountIn,
    AccountOut,
    CooperationIn,
    CooperationOut,
    Login,
    Me,
    NewToken,
    PasswordChange,
    RoleIn,
    TokenIn,
    TokenOut,
)
from api.service.dependencies import (
    ActorDep,
    AnybodyDep,
    ServiceDep,
    VersionedDep,
    end_cookie,
    refuse_cross_site,
    secret_of,
    set_cookie,
    tag,
)
from api.service.errors import NotFoundError, PasswordsOffError, WrongLoginError
from api.service.feeds import store as feeds
from api.service.problems import documented
from api.service.shapes import Id, Note

router = APIRouter(tags=["accounts"])

TokenId = Annotated[Id, Path(description="Id of the token")]
AccountId = Annotated[Id, Path(description="Id of the account")]


@router.post("/session", responses=documented(401, 403, 422, 429))
def log_in(request: Request, response: Response, service: ServiceDep, login: Login) -> Me:
    """Log in; the answer sets a cookie that pages cannot read."""
    refuse_cross_site(request)
    address = request.client.host if request.client else ""
    own = service.settings
    if not own.local_passwords and not own.is_emergency(login.email):
        raise PasswordsOffError
    service.brake(login.email, address)
    try:
        secret, account = passwords.enter(
            service.database,
            login.email,
            login.password,
            own.visit_hours,
            former=secret_of(request, service),
        )
    except WrongLoginError:
        service.missed(address)
        raise
    set_cookie(response, service, own.cookie, secret, own.visit_seconds)
    return Me.of(Actor.of(account))


@router.delete("/session", status_code=204, responses=documented(401, 403))
def log_out(
    request: Request,
    service: ServiceDep,
    _: AnybodyDep,
    response: Response,
) -> None:
    """Log out. With a token, nothing happens: revoke the token instead."""
    secret = secret_of(request, service)
    if secret is not None:
        with service.database.writing() as session:
            visits.log_out(session, secret)
        end_cookie(response, service, service.settings.cookie)


@router.get("/me", responses=documented(401))
def me(actor: AnybodyDep) -> Me:
    """Who is logged in, and what they may do."""
    return Me.of(actor)


@router.put("/me/password", status_code=204, responses=documented(401, 403, 422, 429))
def change_password(service: ServiceDep, actor: AnybodyDep, change: PasswordChange) -> None:
    """Change the own password. All logins end, this one too: log in again. No token can."""
    actor.need_login()
    own = service.settings
    if not own.local_passwords and not own.is_emergency(actor.email):
        raise PasswordsOffError
    service.brake_change(actor.account)
    passwords.change(service.database, actor, change.old, change.new, end_tokens=change.end_tokens)


@router.get("/tokens", responses=documented(401, 403))
def tokens(service: ServiceDep, actor: ActorDep) -> list[TokenOut]:
    """The own tokens, the newest first."""
    with service.database.reading() as session:
        return [TokenOut.model_validate(own) for own in own_tokens.tokens(session, actor)]


@router.post("/tokens", status_code=201, responses=documented(401, 403, 422))
def add_token(service: ServiceDep, actor: ActorDep, wanted: TokenIn) -> NewToken:
    """Make a token with some of the own rights; no token can. Its secret is told this once."""
    with service.database.writing() as session:
        secret, made = own_tokens.add_token(
            session,
            actor,
            label=wanted.label,
            scopes=set(wanted.scopes),
            ends_at=wanted.ends_at,
            days=service.settings.token_days,
        )
        return NewToken(secret=secret, **TokenOut.model_validate(made).model_dump())


@router.delete("/tokens/{token}", status_code=204, responses=documented(401, 403, 404, 422))
def revoke_token(service: ServiceDep, actor: ActorDep, token: TokenId) -> None:
    """Revoke one of the own tokens; no token can."""
    actor.need_login()
    with service.database.writing() as session:
        own_tokens.revoke_token(session, actor, token)


@router.get("/cooperations", responses=documented(401, 403))
def cooperations(service: ServiceDep, actor: ActorDep) -> list[CooperationOut]:
    """All cooperations, by name."""
    actor.need(Right.COOPERATIONS)
    with service.database.reading() as session:
        return [CooperationOut.model_validate(own) for own in store.cooperations(session)]


@router.post("/cooperations", status_code=201, responses=documented(401, 403, 409, 422))
def add_cooperation(service: ServiceDep, actor: ActorDep, wanted: CooperationIn) -> CooperationOut:
    """Make a cooperation."""
    actor.need(Right.COOPERATIONS)
    with service.database.writing() as session:
        return CooperationOut.model_validate(store.add_cooperation(session, actor, wanted.name))


@router.get("/accounts", responses=documented(401, 403))
def accounts(service: ServiceDep, actor: ActorDep) -> list[AccountOut]:
    """The accounts of the own cooperation; for a system administrator, those of their kind."""
    actor.need(Right.ACCOUNTS)
    with service.database.reading() as session:
        found = store.accounts(session, actor.cooperation or None)
        return [AccountOut.model_validate(own) for own in found]


@router.post("/accounts", status_code=201, responses=documented(401, 403, 404, 409, 422))
def add_account(service: ServiceDep, actor: ActorDep, wanted: AccountIn) -> AccountOut:
    """Make an account. Its password is changed at the first login."""
    actor.need(Right.ACCOUNTS)
    cooperation = actor.cooperation or wanted.cooperation
    if wanted.role is Role.SYSTEM:
        cooperation = None
    elif cooperation is None or (
        actor.cooperation and wanted.cooperation not in (None, cooperation)
    ):
        raise NotFoundError
    with service.database.writing() as session:
        made = store.add_account(
            session,
            actor,
            email=wanted.email,
            name=wanted.name,
            role=wanted.role,
            password=wanted.password,
            cooperation=cooperation,
            municipality=wanted.municipality,
            doctor=wanted.doctor,
        )
        return AccountOut.model_validate(made)


@router.put("/accounts/{account}/role", responses=documented(401, 403, 404, 409, 412, 422, 428))
def change_role(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    account: AccountId,
    wanted: RoleIn,
) -> AccountOut:
    """Give an account another role. Its logins and tokens may at once no more than that.

    The own calendars of doctors end with the role. The last coordinator keeps the role.
    """
    actor.need(Right.ACCOUNTS)
    place = role.Place(Role(wanted.role), wanted.municipality, wanted.doctor)
    with service.database.writing() as session:
        found = role.locked(session, actor, account)
        versioned.check(found.revision)
        if role.change(session, actor, found, place, wanted.why):
            feeds.revoke_own(session, actor, account)
    tag(response, found.revision)
    return AccountOut.model_validate(found)


@router.delete(
    "/accounts/{account}", status_code=204, responses=documented(401, 403, 404, 409, 422)
)
def close_account(
    service: ServiceDep,
    actor: ActorDep,
    account: AccountId,
    why: Annotated[Note, Query(description="For the audit log")] = "",
) -> None:
    """Close an account: nobody can log in with it any more, and its own calendars end."""
    actor.need(Right.ACCOUNTS)
    with service.database.writing() as session:
        store.close_account(session, actor, account, why)
        feeds.revoke_own(session, actor, account)
