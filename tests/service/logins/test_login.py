"""Logging in at a provider: whose account it is, and where one comes back."""

from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError
from sqlalchemy import select, update

from api.service.accounts import store
from api.service.accounts.tables import Account, Identity, PendingLogin, Visit
from api.service.settings import RoleOfClaim
from tests.service import databases
from tests.service.logins.going import MATCHING, approved, back, begun, slug
from tests.service.test_races import _at_once, _statuses
from tests.service.world import PASSWORD, V1, World


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_login_at_a_real_provider_joins_the_account_with_the_verified_email(
    make: Any, address: str, kind: str
) -> None:
    try:
        world: World = make(kind, oidc_issuer=address)
    except databases.NoPostgresError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    client = world.client()
    path = approved(client, "s-kari", "/vakter?uke=10")
    answer = back(client, path)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/vakter?uke=10"
    me = client.get(f"{V1}/me").json()
    assert (me["id"], me["role"]) == (world.actors["doctor"].account, "doctor")
    assert slug(back(client, path)) == "login-lost"  # it counts once
    with world.service.database.writing() as session:
        [linked] = session.scalars(select(Identity)).all()
        assert (linked.issuer, linked.subject) == (address, "s-kari")
        session.execute(update(Account).where(Account.id == me["id"]).values(email="gift@x.no"))
    again = world.client()
    assert back(again, approved(again, "s-kari")).status_code == 303
    assert again.get(f"{V1}/me").json()["id"] == me["id"]  # the subject counts from now on
    entries = world["coordinator"].get("/audit").json()["items"]
    assert [own["action"] for own in entries].count("account.linked") == 1


def test_what_goes_to_the_provider_cannot_be_used_by_who_sees_it(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    sent = begun(client)
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
    answer = back(client, approved(client, subject))
    assert (answer.status_code, slug(answer)) == (403, "login-refused")
    assert reason in answer.json()["detail"]
    assert client.get(f"{V1}/me").status_code == 401


def test_another_person_with_the_same_email_does_not_get_a_linked_account(
    make: Any, address: str
) -> None:
    world = make(oidc_issuer=address)
    first, second = world.client(), world.client()
    assert back(first, approved(first, "s-kari")).status_code == 303
    answer = back(second, approved(second, "s-other"))
    assert (answer.status_code, slug(answer)) == (403, "login-refused")


def test_who_has_a_claim_for_a_role_gets_an_account_and_no_stronger_one(
    make: Any, address: str
) -> None:
    world = make(oidc_issuer=address, oidc_roles=MATCHING)
    client = world.client()
    assert back(client, approved(client, "s-new")).status_code == 303
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
    paths = [approved(client, subject) for client in clients]
    gate, known = Barrier(2), store.account_with
    waiting = iter([gate, gate])

    def both_have_looked(session: Any, email: str) -> Account | None:
        found = known(session, email)
        if own := next(waiting, None):
            own.wait(60)
        return found

    monkeypatch.setattr(store, "account_with", both_have_looked)
    answers = _at_once(lambda number: back(clients[number], paths[number]), 2)
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
    assert back(client, approved(client, "s-kari")).status_code == 303
    own = world.actors["doctor"].account
    assert world["coordinator"].ask("DELETE", f"/accounts/{own}").status_code == 204
    assert client.get(f"{V1}/me").status_code == 401
    answer = back(client, approved(client, "s-kari"))
    assert (answer.status_code, slug(answer)) == (403, "login-refused")


def test_a_login_ends_in_the_browser_in_which_it_began_and_in_time(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client, other = world.client(), world.client()
    path = approved(client, "s-kari")
    begun(other)  # has a cookie too, of another login
    assert slug(back(world.client(), path)) == "login-lost"
    assert slug(back(other, path)) == "login-lost"
    assert back(client, path).status_code == 303  # the strangers' tries did not end it
    late = approved(client, "s-kari")
    with world.service.database.writing() as session:
        session.execute(
            update(PendingLogin).values(created_at=datetime.now(UTC) - timedelta(minutes=11))
        )
    assert slug(back(client, late)) == "login-lost"


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
        assert back(client, approved(client, "s-kari")).status_code == 303
        secrets.append(client.cookies["rettvakt"])
    assert secrets[0] != secrets[1]
    old = world.client()
    old.cookies.set("rettvakt", secrets[0])
    assert old.get(f"{V1}/me").status_code == 401


def test_who_logs_out_is_sent_to_log_out_there_too(make: Any, address: str) -> None:
    world = make(oidc_issuer=address)
    client = world.client()
    assert back(client, approved(client, "s-kari")).status_code == 303
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
