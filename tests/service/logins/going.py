"""How a browser goes to the provider of OpenID Connect and comes back."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from fastapi.testclient import TestClient

from api.service.settings import RoleOfClaim
from tests.service.providers import Liar
from tests.service.world import V1

MATCHING = (RoleOfClaim(value="rettvakt-innsyn", role="auditor", cooperation="Fjellregionen"),)
ENDED = "http://schemas.openid.net/event/backchannel-logout"


def begun(client: TestClient, after: str = "/min-side") -> dict[str, str]:
    """Begin a login; what the provider is sent."""
    answer = client.get(f"{V1}/session/provider", params={"next": after}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    sent = {key: own[0] for key, own in parse_qs(place.query).items()}
    return sent | {"address": answer.headers["location"]}


def approved(client: TestClient, subject: str, after: str = "/min-side") -> str:
    """Begin a login and log in at the real provider; path by which the browser comes back."""
    sent = begun(client, after)
    answer = httpx2.post(sent["address"], data={"sub": subject})
    assert answer.status_code == 302, answer.text
    place = urlsplit(answer.headers["location"])
    return f"{place.path}?{place.query}"


def back(client: TestClient, path: str) -> Any:
    return client.get(path, follow_redirects=False)


def lied(client: TestClient, liar: Liar, **query: str) -> Any:
    """A whole login at the liar."""
    sent = begun(client)
    liar.nonce = sent["nonce"]
    query = {"code": "c", "state": sent["state"], **query}
    return client.get(f"{V1}/session/provider/callback", params=query, follow_redirects=False)


def slug(answer: Any) -> str:
    return str(answer.json()["type"]).rsplit(":", 1)[-1]


def logout_token(liar: Liar, **claims: Any) -> str:
    now = int(time.time())
    own = {
        "iss": liar.address,
        "aud": "rettvakt",
        "iat": now,
        "exp": now + 60,
        "jti": "1",
        "events": {ENDED: {}},
        "sid": "session-1",
    }
    return liar.signed(own | claims)
