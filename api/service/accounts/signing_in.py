"""Logging in at a provider: begun in one browser, ended there, and joined to one account."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.service.accounts import store, visits
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Role
from api.service.accounts.secrets import digest, new_secret
from api.service.accounts.tables import Account, Cooperation, Identity, PendingLogin, Visit
from api.service.audit.store import log
from api.service.db.database import Database
from api.service.errors import LoginLostError, LoginRefusedError, TakenError
from api.service.settings import RoleOfClaim, Settings

PATIENCE = timedelta(minutes=10)
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that begins.

    Attributes:
        state: goes to the provider and back.
        browser: stays in a cookie: another browser cannot end this login.
    """

    state: str
    browser: str
    nonce: str
    verifier: str


def begin(session: Session, after: str) -> Begun:
    """A login that begins now.

    Args:
        session: to write with.
        after: path on our side to go to afterwards.
    """
    begun = Begun(new_secret(), new_secret(), new_secret(), new_secret() + new_secret())
    now = datetime.now(UTC)
    session.execute(delete(PendingLogin).where(PendingLogin.created_at <= now - PATIENCE))
    session.add(
        PendingLogin(
            state_digest=digest(begun.state),
            browser_digest=digest(begun.browser),
            nonce=begun.nonce,
            verifier=begun.verifier,
            next=after,
            created_at=now,
        )
    )
    return begun


def taken(session: Session, state: str, browser: str) -> PendingLogin:
    """The login that was begun with this state in this browser; it can be taken once.

    Raises:
        LoginLostError: there is none, or it began too long ago.
    """
    found = session.get(PendingLogin, digest(state), with_for_update=True)
    if found is None or not hmac.compare_digest(found.browser_digest, digest(browser)):
        raise LoginLostError
    session.delete(found)
    if found.created_at <= datetime.now(UTC) - PATIENCE:
        raise LoginLostError
    return found


def identity_for(session: Session, settings: Settings, claims: Mapping[str, Any]) -> Identity:
    """Whose login it is: the account that is linked, the one with the e-mail, or a new one.

    An e-mail joins an account only the first time, and only if the provider has verified it:
    whoever administers a tenant can write any e-mail into it. After that the subject alone counts.

    Raises:
        LoginRefusedError: nobody here is meant by it (values: reason).
    """
    _need_level(settings, claims)
    subject = claims.get(settings.oidc_subject_claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise LoginRefusedError(reason=f"{settings.oidc_subject_claim} mangler")
    issuer = str(claims["iss"])
    if linked := _linked(session, issuer, subject):
        return linked
    account = _account_with_email(session, settings, claims)
    if linked := _linked(session, issuer, subject):  # by a login of the same person just now
        return linked
    other = select(Identity.id).where(Identity.account_id == account.id, Identity.issuer == issuer)
    if session.scalar(other.limit(1)) is not None:
        raise LoginRefusedError(reason="brukeren hører til en annen innlogging")
    made = Identity(
        account_id=account.id, issuer=issuer, subject=subject, created_at=datetime.now(UTC)
    )
    made.account = account
    session.add(made)
    session.flush()
    actor = Actor.of(account)
    log(session, actor, "account.linked", f"account/{account.id}", issuer=issuer)
    return made


def joined(
    database: Database,
    settings: Settings,
    claims: Mapping[str, Any],
    id_token: str,
    former: str | None,
) -> str:
    """Log somebody in in a transaction of its own; gives the secret for the browser.

    Of two first logins of one person at once, one makes the account, and the other one uses it.

    Args:
        database: where accounts are.
        settings: who is let in, and for how long.
        claims: of the provider, proven.
        id_token: that they came in.
        former: secret of the login that the browser had, which ends; None: it had none.

    Raises:
        LoginRefusedError: nobody here is meant by it (values: reason).
    """
    try:
        return _joined(database, settings, claims, id_token, former)
    except (TakenError, IntegrityError):
        return _joined(database, settings, claims, id_token, former)


def _joined(
    database: Database,
    settings: Settings,
    claims: Mapping[str, Any],
    id_token: str,
    former: str | None,
) -> str:
    with database.writing() as session:
        identity = identity_for(session, settings, claims)
        if former is not None:
            visits.log_out(session, former)
        return log_in(session, identity, claims, id_token, settings.visit_hours)


def log_in(
    session: Session, identity: Identity, claims: Mapping[str, Any], id_token: str, hours: float
) -> str:
    """A secret for the browser."""
    secret, visit = visits.add_visit(session, identity.account, hours)
    visit.identity_id = identity.id
    provider_session = claims.get("sid")
    visit.provider_session = str(provider_session)[:255] if provider_session else None
    visit.id_token = id_token
    return secret


def end(session: Session, issuer: str, subject: str, provider_session: str) -> int:
    """End logins because the provider says so; gives how many."""
    identities = select(Identity.id).where(Identity.issuer == issuer)
    if subject:
        identities = identities.where(Identity.subject == subject)
    gone = delete(Visit).where(Visit.identity_id.in_(identities))
    if provider_session:
        gone = gone.where(Visit.provider_session == provider_session)
    return len(session.execute(gone.returning(Visit.id)).all())


def _need_level(settings: Settings, claims: Mapping[str, Any]) -> None:
    accepted = settings.acr_values
    if accepted and str(claims.get(settings.oidc_acr_claim)) not in accepted:
        raise LoginRefusedError(reason=f"krever sikkerhetsnivå {' eller '.join(accepted)}")


def _linked(session: Session, issuer: str, subject: str) -> Identity | None:
    query = select(Identity).where(Identity.issuer == issuer, Identity.subject == subject)
    linked = session.scalar(query)
    if linked is not None and not linked.account.active:
        raise LoginRefusedError(reason="brukeren er stengt")
    return linked


def _account_with_email(session: Session, settings: Settings, claims: Mapping[str, Any]) -> Account:
    email = claims.get(settings.oidc_email_claim)
    if not isinstance(email, str) or "@" not in email or len(email) > 254:
        raise LoginRefusedError(reason="e-postadressen mangler")
    verified = settings.oidc_verified_claim
    if verified and claims.get(verified) not in (True, "true", "1", 1):
        raise LoginRefusedError(reason="e-postadressen er ikke bekreftet")
    account = store.account_with(session, email)
    if account is None:
        return _new_account(session, settings, claims, email)
    # One after the other: two at once would both be the first with this e-mail.
    session.get_one(Account, account.id, with_for_update={"of": Account})
    return account


def _new_account(
    session: Session, settings: Settings, claims: Mapping[str, Any], email: str
) -> Account:
    """An account made just now, for who has a claim that stands for a role."""
    found = _role(settings, claims)
    if found is None:
        raise LoginRefusedError(reason="ingen bruker har denne e-postadressen")
    cooperation = session.scalar(
        select(Cooperation.id).where(Cooperation.name == found.cooperation)
    )
    if cooperation is None or store.email_is_taken(session, email):
        raise LoginRefusedError(reason="brukeren kan ikke lages")
    name = claims.get("name")
    return store.add_account(
        session,
        None,
        email=email,
        name=" ".join(str(name).split())[:200] if name else email,
        role=Role(found.role),
        password=None,
        cooperation=cooperation,
        municipality=found.municipality,
        must_change=False,
    )


def _role(settings: Settings, claims: Mapping[str, Any]) -> RoleOfClaim | None:
    own = claims.get(settings.oidc_role_claim)
    values = (
        {own} if isinstance(own, str) else set(map(str, own)) if isinstance(own, list) else set()
    )
    return next((role for role in settings.oidc_roles if role.value in values), None)
