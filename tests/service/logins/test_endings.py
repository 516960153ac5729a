"""A provider ends logins; passwords beside it, and settings that are refused."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select, update

from api.service.accounts.provider import Provider
from api.service.accounts.roles import Role
from api.service.accounts.tables import Account, Visit
from api.service.settings import Settings
from tests.service.logins.going import lied, logout_token, slug
from tests.service.providers import Liar
from tests.service.world import PASSWORD, V1, World


def test_the_provider_can_end_a_login(make: Any, liar: Liar) -> None:
    world = make(oidc_issuer=liar.address)
    one, two = world.client(), world.client()
    for client, session in ((one, "session-1"), (two, "session-2")):
        liar.claims = {"sid": session}
        assert lied(client, liar).status_code == 303
    hostile = (
        logout_token(liar, events={}),
        logout_token(liar, nonce="x"),
        logout_token(liar, aud="another"),
        logout_token(liar, iss="https://ond.example"),
        logout_token(liar, sid=None),
        logout_token(liar, iat=1_700_000_000),
        "no token at all",
    )
    ended = f"{V1}/session/provider/ended"
    for token in hostile:
        assert world.client().post(ended, data={"logout_token": token}).status_code == 502, token
    assert one.get(f"{V1}/me").status_code == 200
    token = logout_token(liar)
    assert world.client().post(ended, data={"logout_token": token}).status_code == 200
    assert one.get(f"{V1}/me").status_code == 401
    assert two.get(f"{V1}/me").status_code == 200
    token = logout_token(liar, sid=None, sub="s-kari")
    assert world.client().post(ended, data={"logout_token": token}).status_code == 200
    assert two.get(f"{V1}/me").status_code == 401


def test_the_provider_ends_a_login_by_the_claim_that_people_are_known_by(
    make: Any, liar: Liar
) -> None:
    """Entra ID has another `sub` in each application; people are known by `oid` there."""
    world = make(oidc_issuer=liar.address, oidc_subject_claim="oid")
    client = world.client()
    liar.claims = {"oid": "person-1", "sid": "session-1"}
    assert lied(client, liar).status_code == 303
    ended = f"{V1}/session/provider/ended"
    token = logout_token(liar, sub="s-kari")  # with the session, and a name we do not know
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
    assert lied(client, liar).status_code == 303
    change = {"old": PASSWORD, "new": "et annet langt passord"}
    assert slug(client.put(f"{V1}/me/password", json=change)) == "passwords-off"


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
        assert (answer.status_code, slug(answer)) == (404, "provider-off")


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
    assert lied(client, liar).status_code == 303
    assert client.get(f"{V1}/rosters").status_code == 200
    assert Role(client.get(f"{V1}/me").json()["role"]) is Role.DOCTOR
    with world.service.database.reading() as session:
        [visit] = session.scalars(select(Visit)).all()
    assert visit.identity_id is not None
    assert isinstance(world.service.provider, Provider)
