"""Talks with the provider of OpenID Connect: Entra ID of a municipality, HelseID, or another.

Authorisation code with PKCE, state and nonce. What the provider says is believed only if it is
signed by its own keys, is for us, is fresh, and is an answer to the very login that was begun.
"""

import re
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from api.service.accounts.client_key import assertion_by, private_key
from api.service.errors import ProviderError
from api.service.settings import Settings

PATIENCE = 10.0  # seconds for an answer of the provider
LEEWAY = 60  # seconds that its clock may be wrong
_FRESH = 3600.0  # seconds that what it tells about itself is believed
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
_TENANT = "{tenantid}"
_ANY_TENANT = re.compile(r"/(?:common|organizations|consumers)(?=/)")
_CALLBACK = "/api/v1/session/provider/callback"
_ENDED = "http://schemas.openid.net/event/backchannel-logout"


class Provider:
    """One provider, as the settings describe it. May be used by several threads."""

    def __init__(self, settings: Settings) -> None:
        """Ask nothing yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._told: tuple[float, dict[str, Any]] | None = None
        self._keys: KeySet | None = None

    @property
    def callback(self) -> str:
        """Where the browser comes back to; registered with the provider."""
        return self._settings.public_url.rstrip("/") + _CALLBACK

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Where a browser is sent to log in.

        Raises:
            ProviderError: the provider does not say where.
        """
        own = self._settings
        more = {"acr_values": " ".join(own.acr_values)} if own.acr_values else {}
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **more,
            )
        return str(address)

    def claims(self, code: str, nonce: str, verifier: str) -> tuple[Mapping[str, Any], str]:
        """What the provider says of who logged in, and its signed word for it.

        Raises:
            ProviderError: it does not answer, refuses the code, or says what cannot be believed.
        """
        with self._client() as client:
            try:
                token = client.fetch_token(
                    self._metadata()["token_endpoint"], code=code, code_verifier=verifier
                )
            except (httpx2.HTTPError, AuthlibBaseError, ValueError) as error:
                raise ProviderError from error
        signed = token.get("id_token")
        if not isinstance(signed, str):
            raise ProviderError
        decoded = self._decoded(signed)
        params = {
            "nonce": nonce,
            "client_id": self._settings.oidc_client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(decoded.claims, decoded.header, self._options(decoded.claims), params)
        try:
            claims.validate(leeway=LEEWAY)
        except JoseError as error:
            raise ProviderError from error
        return dict(claims), signed

    def logout_address(self, id_token: str) -> str | None:
        """Where a browser is sent to log out there too; None if the provider has no such place.

        Raises:
            ProviderError: it does not answer.
        """
        place = self._metadata().get("end_session_endpoint")
        if not isinstance(place, str):
            return None
        query = {
            "id_token_hint": id_token,
            "client_id": self._settings.oidc_client_id,
            "post_logout_redirect_uri": self._settings.public_url.rstrip("/") + "/",
        }
        return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}"

    def ended(self, logout_token: str) -> tuple[str, str, str]:
        """Issuer, subject and session that a token of back-channel logout ends; one may be empty.

        Raises:
            ProviderError: it is none, or cannot be believed.
        """
        decoded = self._decoded(logout_token)
        claims = decoded.claims
        registry = jwt.JWTClaimsRegistry(leeway=LEEWAY, **self._options(claims))
        try:
            registry.validate(claims)
        except JoseError as error:
            raise ProviderError from error
        events = claims.get("events")
        # By another claim than the one that people are known by, nobody would be found.
        subject = claims.get(self._settings.oidc_subject_claim, "")
        session = claims.get("sid", "")
        fresh = (
            isinstance(claims.get("iat"), int | float)
            and abs(time.time() - claims["iat"]) <= _FRESH
        )
        meant = isinstance(events, Mapping) and _ENDED in events and "nonce" not in claims
        if not (fresh and meant and (subject or session)):
            raise ProviderError
        return str(claims["iss"]), str(subject), str(session)

    def _client(self) -> OAuth2Client:
        own = self._settings
        secret: Any = own.oidc_client_secret.get_secret_value() or None
        method = "client_secret_basic" if secret else "none"
        client = OAuth2Client(
            client_id=own.oidc_client_id,
            client_secret=secret,
            token_endpoint_auth_method=method,
            scope=own.oidc_scopes,
            redirect_uri=self.callback,
            code_challenge_method="S256",
            timeout=PATIENCE,
        )
        if own.oidc_client_key:
            key = private_key(Path(own.oidc_client_key))
            client.client_secret = key
            client.register_client_auth_method(assertion_by(key))
            client.token_endpoint_auth_method = "private_key_jwt"
            client.client_auth_methods = ["private_key_jwt"]
        return client

    def _options(self, claims: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self._issuer(claims)},
            "aud": {"essential": True, "value": self._settings.oidc_client_id},
        }

    def _issuer(self, claims: Mapping[str, Any]) -> str:
        """Who must have signed it. An issuer for many tenants is made exact by a tenant we allow.

        Raises:
            ProviderError: it comes from a tenant that is not allowed.
        """
        issuer = str(self._metadata()["issuer"])
        tenants = self._settings.tenants
        tenant = claims.get("tid")
        if tenants and tenant not in tenants:
            raise ProviderError
        return issuer.replace(_TENANT, str(tenant))

    def _metadata(self) -> dict[str, Any]:
        """What the provider tells of itself; asked once an hour.

        Raises:
            ProviderError: nothing that can be used, or it says that it is another.
        """
        with self._lock:
            if self._told is not None and time.monotonic() - self._told[0] < _FRESH:
                return self._told[1]
        issuer = self._settings.oidc_issuer.rstrip("/")
        found = _fetched(f"{issuer}/.well-known/openid-configuration")
        told = str(found.get("issuer", "")).rstrip("/")
        general = _ANY_TENANT.sub(f"/{_TENANT}", issuer)
        many = bool(self._settings.tenants) and told == general
        if any(not isinstance(found.get(key), str) for key in _NEEDED) or not (
            told == issuer or many
        ):
            raise ProviderError
        if any(not acceptable(found[key]) for key in _NEEDED[1:]):
            raise ProviderError
        with self._lock:
            self._told = (time.monotonic(), found)
        return found

    def _decoded(self, signed: str) -> jwt.Token:
        """What is signed by the provider's keys, with one of the methods that are safe.

        Raises:
            ProviderError: it is not.
        """
        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        for again in (False, True):
            try:
                return jwt.decode(signed, self._key_set(again=again), registry=registry)
            except InvalidKeyIdError as error:
                if again:  # the keys are new, and it is none of them
                    raise ProviderError from error
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise ProviderError from error
        raise ProviderError

    def _key_set(self, *, again: bool) -> KeySet:
        with self._lock:
            known = self._keys
        if known is None or again:
            raw: Any = _fetched(str(self._metadata()["jwks_uri"]))
            known = KeySet.import_key_set(raw)
            with self._lock:
                self._keys = known
        return known


def acceptable(address: str) -> bool:
    """Whether secrets may be sent there: https, or this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    )


def _fetched(address: str) -> dict[str, Any]:
    try:
        answer = httpx2.get(address, timeout=PATIENCE).raise_for_status()
        found = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise ProviderError from error
    if not isinstance(found, dict):
        raise ProviderError
    return found
