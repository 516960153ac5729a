"""Providers of OpenID Connect: a real one in a process of its own, and one that lies."""

import hmac
import json
import os
import socket
import subprocess
import sys
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.support import PATIENCE

USERS: tuple[dict[str, Any], ...] = (
    {"sub": "s-kari", "email": "Doctor@fjell.example", "email_verified": True, "name": "Kari"},
    {"sub": "s-false", "email": "coordinator@fjell.example", "email_verified": False},
    {"sub": "s-silent", "email": "coordinator@fjell.example"},
    {"sub": "s-other", "email": "doctor@fjell.example", "email_verified": True},
    {"sub": "s-nobody", "email": "ukjent@fjell.example", "email_verified": True},
    {
        "sub": "s-new",
        "email": "ny@fjell.example",
        "email_verified": True,
        "name": "Ny Revisor",
        "roles": ["annet", "rettvakt-innsyn"],
    },
)


@contextmanager
def real() -> Iterator[str]:
    """The address of oidc-provider-mock, which runs in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    command += ["--require-nonce", "true"]
    for user in USERS:
        command += ["--user-claims", json.dumps(user)]
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1", "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while True:
            with suppress(httpx2.HTTPError):
                httpx2.get(f"{address}/.well-known/openid-configuration").raise_for_status()
                break
            assert process.poll() is None, "the provider did not start"
            assert time.monotonic() < until, "the provider does not answer"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Liar:
    """A provider that signs whatever a test wants to hear.

    Attributes:
        address: its issuer.
        metadata: told instead of what is true.
        claims: put into the token over what is right; None takes a claim away.
        header: of the token.
        key: that signs; another than the published one is a forger's.
        confused: signs with the public key as if it were a shared secret.
        asked: forms that the token endpoint was sent.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.right = RSAKey.generate_key(2048, {"kid": "k1"}, auto_kid=False)
        self.clear()

    def clear(self) -> None:
        self.metadata: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "k1"}
        self.key: Any = self.right
        self.confused = False
        self.status = 200
        self.nonce = ""
        self.asked: list[dict[str, list[str]]] = []

    def told(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/logout",
            **self.metadata,
        }

    def signed(self, claims: Mapping[str, Any]) -> str:
        own = {key: value for key, value in claims.items() if value is not None}
        if self.confused:
            return self._confused(own)
        algorithm = str(self.header["alg"])
        return jwt.encode(self.header, own, self.key, algorithms=[algorithm])

    def _confused(self, claims: Mapping[str, Any]) -> str:
        parts = [
            urlsafe_b64encode(json.dumps(own).encode()).rstrip(b"=")
            for own in ({"alg": "HS256", "kid": "k1"}, claims)
        ]
        signed = hmac.digest(self.right.as_pem(private=False), b".".join(parts), "sha256")
        return b".".join([*parts, urlsafe_b64encode(signed).rstrip(b"=")]).decode()

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": "rettvakt",
            "sub": "s-kari",
            "email": "doctor@fjell.example",
            "email_verified": True,
            "iat": now,
            "exp": now + 600,
            "nonce": self.nonce,
            **self.claims,
        }
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(claims)}

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.right]).as_dict(private=False))


@contextmanager
def lying() -> Iterator[Liar]:
    """A liar that listens on this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/keys": liar.keys, "/.well-known/openid-configuration": liar.told}
            path = urlsplit(self.path).path
            found = next((make for end, make in pages.items() if path.endswith(end)), None)
            self._answer(found() if found else {}, 200 if found else 404)

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            liar.asked.append(parse_qs(self.rfile.read(length).decode()))
            self._answer(liar.token(), liar.status)

        def _answer(self, document: Mapping[str, Any], status: int) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        liar = Liar(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield liar
        finally:
            server.shutdown()
            thread.join()
