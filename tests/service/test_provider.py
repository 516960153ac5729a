"""Logging in at a provider of OpenID Connect: a real one, and one that lies."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import ValidationError
from sqlalchemy import select, update

from api.service.accounts import store
from api.service.accounts.provider import Provider
from api.service.accounts.roles import Role
from api.service.accounts.tables import Account, Identity, PendingLogin, Visit
from api.service.settings import RoleOfClaim, Settings
from tests.service import databases, providers
from tests.service.providers import Liar
from tests.service.test_races import _at_once, _statuses
from tests.service.world import PASSWORD, V1, World

pytestmark = pytest.mark.usefixtures("insecure")
MATCHING = (RoleOfClaim(value="rettvakt-innsyn", role="auditor", cooperation="Fjellregionen"),)
ENDED = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
def insecure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library refuses http, even to this machine."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with providers.real() as found:
        yield found


@pytest.fixture(scope="module")
def liar_process() -> Iterator[Liar]:
    with providers.lying() as found:
        yield found


@pytest.fixture
def liar(liar_process: Liar) -> Liar:
    liar_process.clear()
    return liar_process


@pytest.fixture
def make() -> Iterator[Any]:
    """Makes worlds with settings, and ends them."""
    with ExitStack() as stack:

        def world(kind: str = "sqlite", **settings: Any) -> World:
            database = stack.enter_context(getattr(databases, kind)())
            usual = {"oidc_client_id": "rettvakt", "oidc_client_secret": "hemmelig"}
            made = World(database, **{**usual, **settings})
            stack.enter_context(TestClient(made.app, base_url="http://rettvakt.test"))
            return made

        yield world


def _begun(client: TestClient, after: str = "/min-side") -> dict[str, str]:
    """Begin a login; what the provider is sent."""
    answer = client.get(f"{V1}/session/provider", params={"next": after}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    sent = {key: own[0] for key, own in parse_qs(place.query).items()}
    return sent | {"address": answer.headers["location"]}


def _approved(client: TestClient, subject: str, after: str = "/min-side") -> str:
    """Begin a login and log in at the real provider; path by which the browser comes back."""
    sent = _begun(client, after)
    answer = httpx2.post(sent["address"], data={"sub": subject})
    assert answer.status_code == 302, answer.text
    place = urlsplit(answer.headers["location"])
    return f"{place.path}?{place.query}"


def _back(client: TestClient, path: str) -> Any:
    return client.get(path, follow_redirects=False)


def _lied(client: TestClient, liar: Liar, **query: str) -> Any:
    """A whole login at the liar."""
    sent = _begun(client)
    liar.nonce = sent["nonce"]
    query = {"code": "c", "state": sent["state"], **query}
    return client.get(f"{V1}/session/provider/callback", params=query, follow_redirects=False)


def _slug(answer: Any) -> str:
    return str(answer.json()["type"]).rsplit(":", 1)[-1]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_login_at_a_real_provider_joins_the_account_with_the_verified_email(
    make: Any, address: str, kind: str
) -> None:
    try:
        world: World = make(kind, oidc_issuer=address)
    except databases.NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    client = world.client()
    path = _approved(client, "s-kari", "/vakter?uke=10")
    answer = _back(client, path)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/vakter?uke=10"
    me = client.get(f"{V1}/me").json()
    assert (me["id"], me["role"]) == (world.actors["doctor"].account, "doctor")
    assert _slug(_back(client, path)) == "login-lost"  # it counts once
    with world.service.database.writing() as session:
        [linked] = session.scalars(select(Identity)).all()
        assert (linked.issuer, linked.subject) == (address, "s-kari")
        session.execute(update(Account).where(Account.id == me["id"]).values(email="gift@x.no"))
    again = world.client()
    assert _back(again, _approved(again, "s-kari")).status_code == 303
    assert again.get(f"{V1}/me").json()["id"] == me["id"]  # the subject counts from now on
    entries = world["coordinator"].get("/audit").json()["items"]
    assert [own["action"] for own in entries].count("account.linked") == 1


def test_what_goes_to_the_provider_cannot_be_used_by_who_sees_it(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    sent = _begun(client)
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert len(sent["nonce"]) >= 32 <= len(sent["state"])
    assert sent["redirect_uri"] == "http://127.0.0.1:8000/api/v1/session/provider/callback"
    with world.service.database.reading() as session:
        [pending] = session.scalars(select(PendingLogin)).all()
    assert sent["state"] not in (pending.state_digest, pending.verifier)
    assert pending.verifier not in sent.values()


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("s-false", "ikke bekreftet"),
        ("s-silent", "ikke bekreftet"),
        ("s-nobody", "ingen bruker"),
        ("s-new", "ingen bruker"),
    ],
)
def test_an_email_that_is_not_verified_or_not_known_opens_nothing(
    make: Any, address: str, subject: str, reason: str
) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    answer = _back(client, _approved(client, subject))
    assert (answer.status_code, _slug(answer)) == (403, "login-refused")
    assert reason in answer.json()["detail"]
    assert client.get(f"{V1}/me").status_code == 401


def test_another_person_with_the_same_email_does_not_get_a_linked_account(
    make: Any, address: str
) -> None:
    world = make(oidc_issuer=address)
    first, second = world.client(), world.client()
    assert _back(first, _approved(first, "s-kari")).status_code == 303
    answer = _back(second, _approved(second, "s-other"))
    assert (answer.status_code, _slug(answer)) == (403, "login-refused")


def test_who_has_a_claim_for_a_role_gets_an_account_and_no_stronger_one(
    make: Any, address: str
) -> None:
    world = make(oidc_issuer=address, oidc_roles=MATCHING)
    client = world.client()
    assert _back(client, _approved(client, "s-new")).status_code == 303
    me = client.get(f"{V1}/me").json()
    assert (me["role"], me["name"], me["must_change"]) == ("auditor", "Ny Revisor", False)
    login = {"email": "ny@fjell.example", "password": ""}
    for password in ("", " ", PASSWORD):
        login["password"] = password
        assert world.client().post(f"{V1}/session", json=login).status_code in (401, 422)
    with pytest.raises(ValidationError):
        RoleOfClaim.model_validate({"value": "x", "role": "system", "cooperation": "Y"})


@pytest.mark.parametrize("subject", ["s-kari", "s-new"])
def test_two_first_logins_of_one_person_at_once_give_one_account_and_two_logins(
    make: Any, address: str, monkeypatch: pytest.MonkeyPatch, subject: str
) -> None:
    """On PostgreSQL: SQLite lets one write at a time anyway."""
    try:
        world: World = make("postgres", oidc_issuer=address, oidc_roles=MATCHING)
    except databases.NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    clients = [world.client(), world.client()]
    paths = [_approved(client, subject) for client in clients]
    gate, known = Barrier(2), store.account_with
    waiting = iter([gate, gate])

    def both_have_looked(session: Any, email: str) -> Account | None:
        found = known(session, email)
        if own := next(waiting, None):
            own.wait(60)
        return found

    monkeypatch.setattr(store, "account_with", both_have_looked)
    answers = _at_once(lambda number: _back(clients[number], paths[number]), 2)
    assert _statuses(answers) == [303, 303], [answer.text for answer in answers]
    first, second = (client.get(f"{V1}/me").json()["id"] for client in clients)
    assert first == second
    with world.service.database.reading() as session:
        assert len(session.scalars(select(Identity)).all()) == 1
        assert len(session.scalars(select(Visit)).all()) == 2
        assert len(session.scalars(select(Account)).all()) == len(world.actors) + (
            subject == "s-new"
        )


def test_a_closed_account_stays_closed(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    assert _back(client, _approved(client, "s-kari")).status_code == 303
    own = world.actors["doctor"].account
    assert world["coordinator"].ask("DELETE", f"/accounts/{own}").status_code == 204
    assert client.get(f"{V1}/me").status_code == 401
    answer = _back(client, _approved(client, "s-kari"))
    assert (answer.status_code, _slug(answer)) == (403, "login-refused")


def test_a_login_ends_in_the_browser_in_which_it_began_and_in_time(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client, other = world.client(), world.client()
    path = _approved(client, "s-kari")
    _begun(other)  # has a cookie too, of another login
    assert _slug(_back(world.client(), path)) == "login-lost"
    assert _slug(_back(other, path)) == "login-lost"
    assert _back(client, path).status_code == 303  # the strangers' tries did not end it
    late = _approved(client, "s-kari")
    with world.service.database.writing() as session:
        session.execute(
            update(PendingLogin).values(created_at=datetime.now(UTC) - timedelta(minutes=11))
        )
    assert _slug(_back(client, late)) == "login-lost"


@pytest.mark.parametrize(
    "after",
    [
        "//ond.example",
        "https://ond.example",
        "/\\ond.example",
        "\\ond",
        "/a\\b",
        "/a\nb",
        "javascript:x",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_afterwards(make: Any, address: str, after: str) -> None:
    world = make(oidc_issuer=address)
    answer = world.client().get(
        f"{V1}/session/provider", params={"next": after}, follow_redirects=False
    )
    assert answer.status_code == 422


def test_the_session_is_another_after_each_login(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    secrets = []
    for _ in range(2):
        assert _back(client, _approved(client, "s-kari")).status_code == 303
        secrets.append(client.cookies["rettvakt"])
    assert secrets[0] != secrets[1]
    old = world.client()
    old.cookies.set("rettvakt", secrets[0])
    assert old.get(f"{V1}/me").status_code == 401


def test_who_logs_out_is_sent_to_log_out_there_too(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    assert _back(client, _approved(client, "s-kari")).status_code == 303
    cross = client.post(
        f"{V1}/session/provider/logout",
        headers={"Sec-Fetch-Site": "cross-site"},
        follow_redirects=False,
    )
    assert cross.status_code == 403
    answer = client.post(f"{V1}/session/provider/logout", follow_redirects=False)
    assert answer.status_code == 303
    place = urlsplit(answer.headers["location"])
    assert f"{place.scheme}://{place.netloc}" == address
    assert {"id_token_hint", "post_logout_redirect_uri"} <= set(parse_qs(place.query))
    assert client.get(f"{V1}/me").status_code == 401


def test_an_honest_answer_of_the_other_provider_is_believed(make: Any, liar: Liar) -> None:
    """Or what follows would prove nothing."""
    world = make(oidc_issuer=liar.address)
    assert _lied(world.client(), liar).status_code == 303


@pytest.mark.parametrize(
    ("claims", "header"),
    [
        ({"nonce": "another"}, {}),
        ({"nonce": None}, {}),
        ({"aud": "another"}, {}),
        ({"aud": ["another", "third"]}, {}),
        ({"aud": ["rettvakt", "another"], "azp": "another"}, {}),
        ({"aud": None}, {}),
        ({"iss": "https://ond.example"}, {}),
        ({"iss": None}, {}),
        ({"exp": 1_700_000_000}, {}),
        ({"exp": None}, {}),
        ({"iat": 4_000_000_000}, {}),
        ({"nbf": 4_000_000_000}, {}),
        ({"sub": None}, {}),
        ({}, {"kid": "unknown"}),
    ],
)
def test_a_token_that_is_not_for_this_login_opens_nothing(
    make: Any, liar: Liar, claims: dict[str, Any], header: dict[str, Any]
) -> None:
    world = make(oidc_issuer=liar.address)
    client = world.client()
    liar.claims, liar.header = claims, liar.header | header
    answer = _lied(client, liar)
    assert (answer.status_code, _slug(answer)) == (502, "provider-failed")
    assert client.get(f"{V1}/me").status_code == 401


def test_a_token_with_another_signature_or_none_opens_nothing(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    liar.key = RSAKey.generate_key(2048)
    assert _lied(world.client(), liar).status_code == 502
    # The public key taken for a shared secret: a known trick.
    liar.clear()
    liar.confused = True
    assert _lied(world.client(), liar).status_code == 502
    liar.clear()
    liar.status = 500
    assert _lied(world.client(), liar).status_code == 502


def test_a_provider_that_says_it_is_another_is_not_believed(make: Any, liar: Liar) -> None:
    for wrong in (
        {"issuer": "https://ond.example"},
        {"token_endpoint": "http://ond.example/token"},
        {"jwks_uri": None},
    ):
        liar.metadata = wrong
        world = make(oidc_issuer=liar.address)
        answer = world.client().get(f"{V1}/session/provider", follow_redirects=False)
        assert (answer.status_code, _slug(answer)) == (502, "provider-failed"), wrong


def test_a_provider_that_does_not_answer_is_told_as_such(make: Any) -> None:
    world = make(oidc_issuer="http://127.0.0.1:9")
    answer = world.client().get(f"{V1}/session/provider", follow_redirects=False)
    assert (answer.status_code, _slug(answer)) == (502, "provider-failed")
    assert "innloggingstjeneste" in answer.json()["detail"]


def test_who_gives_up_at_the_provider_is_told_so(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    client = world.client()
    answer = _lied(client, liar, error="access_denied")
    assert (answer.status_code, _slug(answer)) == (403, "login-refused")


def test_of_an_issuer_for_all_tenants_only_those_named_get_in(make: Any, liar: Liar) -> None:
    """Anybody can make a tenant of Entra ID and write any e-mail into it."""
    own, stranger = "11111111-aaaa", "22222222-bbbb"
    liar.metadata = {"issuer": f"{liar.address}/{{tenantid}}/v2.0"}
    world = make(oidc_issuer=f"{liar.address}/organizations/v2.0", oidc_tenants=f"{own}, 33")
    for claims, status in (
        ({"tid": own, "iss": f"{liar.address}/{own}/v2.0"}, 303),
        ({"tid": stranger, "iss": f"{liar.address}/{stranger}/v2.0"}, 502),
        ({"tid": own, "iss": f"{liar.address}/{stranger}/v2.0"}, 502),
        ({"iss": f"{liar.address}/{own}/v2.0"}, 502),
        ({"tid": own, "iss": f"{liar.address}/{{tenantid}}/v2.0"}, 502),
    ):
        liar.claims = claims
        assert _lied(world.client(), liar).status_code == status, claims


def test_a_login_with_too_low_a_level_of_security_is_refused(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address, oidc_acr="idporten-loa-high, Level4")
    assert _begun(world.client())["acr_values"] == "idporten-loa-high Level4"
    for acr, status in ((None, 403), ("Level3", 403), ("Level4", 303)):
        liar.claims = {"acr": acr}
        assert _lied(world.client(), liar).status_code == status


def test_a_key_of_our_own_signs_for_us_instead_of_a_secret(
    make: Any, liar: Liar, tmp_path: Path
) -> None:
    key = RSAKey.generate_key(2048, {"kid": "our-key"}, auto_kid=False)
    file = tmp_path / "key.json"
    file.write_text(json.dumps(key.as_dict(private=True)))
    world = make(oidc_issuer=liar.address, oidc_client_key=str(file))
    assert _lied(world.client(), liar).status_code == 303
    [form] = liar.asked
    assert "client_secret" not in form
    assert form["client_assertion_type"] == [
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    ]
    token = jwt.decode(form["client_assertion"][0], key)
    assert token.header["kid"] == "our-key"
    assert token.claims["iss"] == token.claims["sub"] == "rettvakt"
    assert token.claims["aud"] == f"{liar.address}/token"
    assert form["code_verifier"]


def test_a_missing_key_is_told_without_a_trace(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address, oidc_client_key="/nowhere/key.pem")
    answer = world.client().get(f"{V1}/session/provider", follow_redirects=False)
    assert answer.status_code == 502


def _logout_token(liar: Liar, **claims: Any) -> str:
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


def test_the_provider_can_end_a_login(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    one, two = world.client(), world.client()
    for client, session in ((one, "session-1"), (two, "session-2")):
        liar.claims = {"sid": session}
        assert _lied(client, liar).status_code == 303
    hostile = (
        _logout_token(liar, events={}),
        _logout_token(liar, nonce="x"),
        _logout_token(liar, aud="another"),
        _logout_token(liar, iss="https://ond.example"),
        _logout_token(liar, sid=None),
        _logout_token(liar, iat=1_700_000_000),
        "no token at all",
    )
    ended = f"{V1}/session/provider/ended"
    for token in hostile:
        assert world.client().post(ended, data={"logout_token": token}).status_code == 502, token
    assert one.get(f"{V1}/me").status_code == 200
    token = _logout_token(liar)
    assert world.client().post(ended, data={"logout_token": token}).status_code == 200
    assert one.get(f"{V1}/me").status_code == 401
    assert two.get(f"{V1}/me").status_code == 200
    token = _logout_token(liar, sid=None, sub="s-kari")
    assert world.client().post(ended, data={"logout_token": token}).status_code == 200
    assert two.get(f"{V1}/me").status_code == 401


def test_the_provider_ends_a_login_by_the_claim_that_people_are_known_by(
    make: Any, liar: Liar
) -> None:
    """Entra ID has another `sub` in each application; people are known by `oid` there."""
    world = make(oidc_issuer=liar.address, oidc_subject_claim="oid")
    client = world.client()
    liar.claims = {"oid": "person-1", "sid": "session-1"}
    assert _lied(client, liar).status_code == 303
    ended = f"{V1}/session/provider/ended"
    token = _logout_token(liar, sub="s-kari")  # with the session, and a name we do not know
    assert world.client().post(ended, data={"logout_token": token}).status_code == 200
    assert client.get(f"{V1}/me").status_code == 401


def test_passwords_can_be_turned_off_except_for_one_emergency_account(
    make: Any, liar: Liar
) -> None:
    world = make(
        oidc_issuer=liar.address,
        local_passwords=False,
        emergency_account="System@fjell.example",
    )
    ways = world.client().get(f"{V1}/session/ways").json()
    assert ways == {
        "passwords": False,
        "provider": "Kommunens innlogging",
        "begin": "/session/provider",
    }
    for name, status in (("coordinator", 403), ("system", 200)):
        login = {"email": f"{name}@fjell.example", "password": PASSWORD}
        assert world.client().post(f"{V1}/session", json=login).status_code == status
    client = world.client()
    assert _lied(client, liar).status_code == 303
    change = {"old": PASSWORD, "new": "et annet langt passord"}
    assert _slug(client.put(f"{V1}/me/password", json=change)) == "passwords-off"


def test_without_a_provider_there_is_none(small_world: World) -> None:
    client = small_world.client()
    assert client.get(f"{V1}/session/ways").json()["provider"] is None
    for method, path in (
        ("GET", "/session/provider"),
        ("GET", "/session/provider/callback"),
        ("POST", "/session/provider/ended"),
    ):
        answer = client.request(
            method, f"{V1}{path}", data={"logout_token": "x"} if method == "POST" else None
        )
        assert (answer.status_code, _slug(answer)) == (404, "provider-off")


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_issuer": "http://kommune.example", "oidc_client_id": "x"},
        {"oidc_issuer": "https://kommune.example"},
        {
            "oidc_issuer": "https://login.microsoftonline.com/organizations/v2.0",
            "oidc_client_id": "x",
        },
        {"local_passwords": False},
    ],
)
def test_settings_that_let_nobody_in_or_anybody_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)


def test_a_login_at_the_provider_needs_no_password_changed_first(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    with world.service.database.writing() as session:
        session.execute(update(Account).values(must_change=True))
    client = world.client()
    assert _lied(client, liar).status_code == 303
    assert client.get(f"{V1}/rosters").status_code == 200
    assert Role(client.get(f"{V1}/me").json()["role"]) is Role.DOCTOR
    with world.service.database.reading() as session:
        [visit] = session.scalars(select(Visit)).all()
    assert visit.identity_id is not None
    assert isinstance(world.service.provider, Provider)
