"""Logging in, passwords, tokens: who gets in, and who does not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.service.accounts import passwords, store
from api.service.accounts.roles import RIGHTS, Right, Role
from api.service.accounts.secrets import digest, password_is
from api.service.accounts.tables import Account, ApiToken, Visit
from api.service.audit.tables import AuditEntry
from api.service.errors import TooManyTriesError
from tests.service.world import PASSWORD, REAL_HASH, V1, World

EMAIL = "coordinator@fjell.example"


def _logged_in(world: World, email: str = EMAIL, password: str = PASSWORD) -> TestClient:
    client = world.client()
    answer = client.post(f"{V1}/session", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return client


def test_a_password_is_kept_as_argon2id_that_takes_as_much_as_owasp_asks_for() -> None:
    # OWASP's Password Storage Cheat Sheet: at least 19 MiB and two rounds.
    found = re.fullmatch(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$.+", REAL_HASH)
    assert found is not None
    assert int(found[1]) >= 19 * 1024
    assert int(found[2]) >= 2


def test_a_login_lasts_until_it_is_ended(world: World) -> None:
    client = _logged_in(world, EMAIL.upper())
    me = client.get(f"{V1}/me").json()
    assert me["email"] == EMAIL
    assert me["rights"] == sorted(RIGHTS[Role.COORDINATOR])
    assert client.delete(f"{V1}/session").status_code == 204
    assert client.get(f"{V1}/me").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_kept_as_a_digest(small_world: World) -> None:
    answer = small_world.client().post(f"{V1}/session", json={"email": EMAIL, "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    with small_world.service.database.reading() as session:
        [kept] = session.scalars(select(Visit.secret_digest)).all()
    assert kept == digest(answer.cookies["rettvakt"])
    assert kept not in cookie


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "feil passord her"), ("ingen@fjell.example", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(
    small_world: World, email: str, password: str
) -> None:
    answer = small_world.client().post(f"{V1}/session", json={"email": email, "password": password})
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:rettvakt:problem:wrong-login"


def test_an_old_login_opens_nothing(small_world: World) -> None:
    client = _logged_in(small_world)
    with small_world.service.database.writing() as session:
        session.execute(update(Visit).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert client.get(f"{V1}/me").status_code == 401


def test_a_password_from_somebody_else_is_changed_before_anything_else(world: World) -> None:
    answer = world["coordinator"].post(
        "/accounts",
        json={
            "email": "ny@fjell.example",
            "name": "Ny Lege",
            "role": "doctor",
            "doctor": "ola",
            "password": "midlertidig passord",
        },
    )
    assert answer.status_code == 201
    client = _logged_in(world, "ny@fjell.example", "midlertidig passord")
    refused = client.get(f"{V1}/rosters")
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:rettvakt:problem:password-change-needed"
    for new, status in (("kort", 422), ("midlertidig passord", 422), ("mitt eget passord", 204)):
        change = {"old": "midlertidig passord", "new": new}
        assert client.put(f"{V1}/me/password", json=change).status_code == status
    assert client.get(f"{V1}/me").status_code == 401  # all logins have ended
    assert (
        _logged_in(world, "ny@fjell.example", "mitt eget passord").get(f"{V1}/rosters").is_success
    )


def test_guessing_is_braked_for_the_account_and_told_when_to_go_on(small_world: World) -> None:
    client = small_world.client()
    wrong = {"email": EMAIL, "password": "gjetning nummer en"}
    statuses = [client.post(f"{V1}/session", json=wrong).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    braked = client.post(f"{V1}/session", json={"email": EMAIL, "password": PASSWORD})
    assert braked.status_code == 429
    assert 1 <= int(braked.headers["retry-after"]) <= 300
    other = {"email": "doctor@fjell.example", "password": PASSWORD}
    assert client.post(f"{V1}/session", json=other).status_code == 200


def test_guessing_from_one_address_is_braked_whatever_the_account(small_world: World) -> None:
    for number in range(50):
        small_world.service.brake(f"{number}@x", "192.0.2.1")
        small_world.service.missed("192.0.2.1")
    with pytest.raises(TooManyTriesError):
        small_world.service.brake("en@x", "192.0.2.1")
    small_world.service.brake("en@x", "192.0.2.2")


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://rettvakt.test"}, True),
        ({"Origin": "https://ond.example"}, False),
        ({"Origin": "null"}, False),
        ({}, True),
    ],
)
def test_changes_in_the_name_of_who_is_logged_in_come_from_our_own_pages(
    small_world: World, headers: dict[str, str], passes: bool
) -> None:
    client = _logged_in(small_world)
    wanted = {"label": "maskin", "scopes": ["plans:read"]}
    answer = client.post(f"{V1}/tokens", json=wanted, headers=headers)
    assert answer.status_code == (201 if passes else 403)
    assert client.get(f"{V1}/me", headers=headers).status_code == 200


def test_a_token_has_the_rights_that_it_was_given_and_ends(world: World) -> None:
    ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = world.browser("coordinator").post(
        "/tokens", json={"label": "lønn", "scopes": ["plans:read"], "ends_at": ends}
    )
    assert made.status_code == 201
    client = world.client()
    headers = {"Authorization": f"Bearer {made.json()['secret']}"}
    assert client.get(f"{V1}/plans", headers=headers).status_code == 200
    assert client.get(f"{V1}/audit", headers=headers).status_code == 403
    with world.service.database.writing() as session:
        own = session.get_one(ApiToken, made.json()["id"])
        own.ends_at = datetime.now(UTC) - timedelta(seconds=1)
    assert client.get(f"{V1}/plans", headers=headers).status_code == 401


def test_a_revoked_token_opens_nothing_and_others_cannot_revoke_it(small_world: World) -> None:
    made = small_world.browser("coordinator").post(
        "/tokens", json={"label": "lønn", "scopes": ["plans:read"]}
    )
    own = made.json()["id"]
    assert small_world.browser("stranger").ask("DELETE", f"/tokens/{own}").status_code == 404
    assert small_world.browser("coordinator").ask("DELETE", f"/tokens/{own}").status_code == 204
    headers = {"Authorization": f"Bearer {made.json()['secret']}"}
    assert small_world.client().get(f"{V1}/plans", headers=headers).status_code == 401


def test_nobody_gives_a_token_more_rights_than_they_have(small_world: World) -> None:
    doctor = small_world.browser("doctor")
    for right in set(Right) - RIGHTS[Role.DOCTOR]:
        answer = doctor.post("/tokens", json={"label": "x", "scopes": [right]})
        assert answer.status_code == 403


def test_a_closed_account_gets_in_no_more(world: World) -> None:
    doctor = world.actors["doctor"].account
    client = _logged_in(world, "doctor@fjell.example")
    assert world["coordinator"].ask("DELETE", f"/accounts/{doctor}").status_code == 204
    assert client.get(f"{V1}/me").status_code == 401
    assert world["doctor"].get("/rosters").status_code == 401
    own = world.actors["coordinator"].account
    assert world["coordinator"].ask("DELETE", f"/accounts/{own}").status_code == 403
    assert world["stranger"].ask("DELETE", f"/accounts/{own}").status_code == 404


def test_a_coordinator_makes_accounts_at_home_only_and_no_administrators(
    small_world: World,
) -> None:
    there = small_world.actors["stranger"].cooperation
    wanted = {"email": "x@fjell.example", "name": "X", "password": "et langt passord til"}
    coordinator = small_world["coordinator"]
    away = wanted | {"role": "auditor", "cooperation": there}
    assert coordinator.post("/accounts", json=away).status_code == 404
    assert coordinator.post("/accounts", json=wanted | {"role": "system"}).status_code == 403
    assert coordinator.post("/accounts", json=wanted | {"role": "auditor"}).status_code == 201
    again = coordinator.post("/accounts", json=wanted | {"role": "auditor"})
    assert again.status_code == 409


def test_logins_and_changes_stand_in_the_log_without_secrets(small_world: World) -> None:
    _logged_in(small_world)
    made = small_world.browser("coordinator").post(
        "/tokens", json={"label": "lønn", "scopes": ["plans:read"]}
    )
    with small_world.service.database.reading() as session:
        entries = session.scalars(select(AuditEntry)).all()
        told = " ".join(f"{own.action} {own.subject} {own.details}" for own in entries)
    assert "account.logged-in" in told
    assert "token.created" in told
    assert made.json()["secret"] not in told
    assert PASSWORD not in told


def test_only_a_system_administrator_makes_another(small_world: World) -> None:
    with small_world.service.database.writing() as session:
        made = store.add_account(
            session,
            small_world.actors["system"],
            email="to@fjell.example",
            name="To",
            role=Role.SYSTEM,
            password=PASSWORD,
        )
        assert made.must_change


def test_a_token_makes_no_other_and_changes_no_password(small_world: World) -> None:
    """Else one with few rights, once it is lost, could become one with all."""
    made = small_world.browser("coordinator").post(
        "/tokens", json={"label": "visning", "scopes": ["plans:read"]}
    )
    headers = {"Authorization": f"Bearer {made.json()['secret']}"}
    client = small_world.client()
    for method, path, body in (
        ("POST", "/tokens", {"label": "x", "scopes": ["publish"]}),
        ("POST", "/tokens", {"label": "x", "scopes": ["plans:read"]}),
        ("PUT", "/me/password", {"old": PASSWORD, "new": "et annet langt passord"}),
        ("DELETE", f"/tokens/{made.json()['id']}", None),
    ):
        answer = client.request(method, f"{V1}{path}", json=body, headers=headers)
        assert answer.status_code == 403, (method, path)
        assert answer.json()["type"] == "urn:rettvakt:problem:login-needed"
    _logged_in(small_world)  # with the old password


def test_a_changed_password_ends_tokens_where_that_is_asked_for(small_world: World) -> None:
    for end, status in ((False, 200), (True, 401)):
        change = {"old": PASSWORD, "new": "et annet langt passord", "end_tokens": end}
        browser = small_world.browser("coordinator")
        assert browser.ask("PUT", "/me/password", json=change).status_code == 204
        assert small_world["coordinator"].get("/plans").status_code == status
        back = {"old": change["new"], "new": PASSWORD}
        client = _logged_in(small_world, EMAIL, str(change["new"]))
        assert client.put(f"{V1}/me/password", json=back).status_code == 204


def test_a_login_that_a_password_change_overtakes_fails(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old password was judged right, and then it was changed, before the login was made."""

    def slow(password: str, kept: str | None) -> bool:
        with small_world.service.database.writing() as session:
            session.execute(update(Account).values(password_hash="another"))
        return password_is(password, kept)

    monkeypatch.setattr(passwords, "password_is", slow)
    answer = small_world.client().post(f"{V1}/session", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 401


def test_nobody_waits_while_a_password_is_judged(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time: who guesses passwords must not be that one."""

    def judged(password: str, kept: str | None) -> bool:
        with small_world.service.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")
        return password_is(password, kept)

    monkeypatch.setattr(passwords, "password_is", judged)
    browser = small_world.browser("coordinator")
    change = {"old": PASSWORD, "new": "et annet langt passord"}
    assert browser.ask("PUT", "/me/password", json=change).status_code == 204


def test_who_guesses_from_one_address_does_not_lock_the_owner_out(small_world: World) -> None:
    for _ in range(10):
        small_world.service.brake(EMAIL, "192.0.2.1")
    with pytest.raises(TooManyTriesError):
        small_world.service.brake(EMAIL, "192.0.2.1")
    small_world.service.brake(EMAIL, "198.51.100.7")
    for number in range(39):
        small_world.service.brake(EMAIL, f"203.0.113.{number}")
    with pytest.raises(TooManyTriesError):  # nor do many addresses help who guesses for ever
        small_world.service.brake(EMAIL, "203.0.113.99")


def test_an_office_with_one_address_may_log_in_all_at_once(small_world: World) -> None:
    for number in range(200):
        small_world.service.brake(f"{number}@x", "192.0.2.1")


def test_a_problem_tells_no_password_back(small_world: World) -> None:
    secret = "hemmelig" * 40
    for path, body in (
        ("/session", {"email": EMAIL, "password": secret}),
        ("/session", {"email": EMAIL, "password": PASSWORD, "extra": {"password": secret}}),
    ):
        answer = small_world.client().post(f"{V1}{path}", json=body)
        assert answer.status_code == 422
        assert "hemmelig" not in answer.text


def test_a_closed_account_takes_its_own_calendars_with_it(small_world: World) -> None:
    browser = small_world["doctor"]
    made = browser.post("/feeds", json={"kind": "doctor", "subject": "kari", "label": "x"})
    path = made.json()["url"].removeprefix("http://127.0.0.1:8000")
    assert small_world.client().get(path).status_code == 200
    own = small_world.actors["doctor"].account
    assert small_world["coordinator"].ask("DELETE", f"/accounts/{own}").status_code == 204
    assert small_world.client().get(path).status_code == 404


def test_people_see_where_they_are_logged_in_and_end_it_there(small_world: World) -> None:
    here, there, third = (small_world.browser("doctor") for _ in range(3))
    others = small_world.browser("auditor").get("/sessions").json()
    assert [own["current"] for own in others] == [True]
    told = here.get("/sessions").json()
    assert [own["current"] for own in told] == [False, False, True]  # the newest first
    assert not any(own["by_provider"] for own in told)
    [known] = [own["id"] for own in there.get("/sessions").json() if own["current"]]
    stranger = small_world.browser("auditor").ask("DELETE", f"/sessions/{known}")
    assert stranger.status_code == 404
    assert here.ask("DELETE", f"/sessions/{known}").status_code == 204
    assert there.get("/me").status_code == 401
    assert third.get("/me").status_code == 200
    assert here.ask("DELETE", "/sessions").status_code == 204
    assert third.get("/me").status_code == 401
    assert [own["current"] for own in here.get("/sessions").json()] == [True]
    assert small_world.browser("auditor").get("/me").status_code == 200
    entries = small_world["coordinator"].get("/audit").json()["items"]
    ended = [own for own in entries if own["action"] == "account.logins-ended"]
    assert [own["details"] for own in ended] == [{"count": 1}, {"count": 1}]
