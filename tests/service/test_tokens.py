"""Tokens give no more than their maker has and end; cookies, passwords and tries hold."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.service.accounts import store
from api.service.accounts.actor import Actor
from api.service.accounts.roles import RIGHTS, Right, Role
from api.service.accounts.strength import judge
from api.service.accounts.tables import Account
from api.service.db.database import Database
from api.service.errors import ForbiddenError, LoginNeededError, PasswordError, TooManyTriesError
from api.service.rosters.edits import UNTOLD
from api.service.service import Service
from tests.service import databases
from tests.service.world import PASSWORD, V1, World

EMAIL = "coordinator@fjell.example"


def _token(world: World, name: str, *scopes: Right) -> dict[str, str]:
    made = world.browser(name).post(
        "/tokens", json={"label": "x", "scopes": [own.value for own in scopes]}
    )
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['secret']}"}


def _wanted(role: Role) -> dict[str, str]:
    body = {"email": f"{role}@ny.example", "name": "Ny", "role": role, "password": PASSWORD}
    more = {Role.MANAGER: {"municipality": "fjell"}, Role.DOCTOR: {"doctor": "ola"}}
    return body | more.get(role, {})


def test_a_token_without_the_plans_is_told_no_grounds(small_world: World) -> None:
    """Sentences of checkers name exemptions and absences, and files hold whole plans."""
    roster = small_world.roster(small_world.plan())
    content = small_world["coordinator"].get(f"/rosters/{roster}").json()
    client = small_world.client()
    headers = _token(small_world, "coordinator", Right.ROSTERS_READ, Right.ROSTERS_WRITE)
    for place in ("check", "exports/json", "exports/report.html"):
        answer = client.get(f"{V1}/rosters/{roster}/{place}", headers=headers)
        assert answer.status_code == 403, place
    taken = [own for own in content["assignments"] if own["doctor"]][:1]
    told = client.patch(
        f"{V1}/rosters/{roster}?only_try=true",
        json={"off": [{key: own[key] for key in ("duty", "doctor")} for own in taken]},
        headers=headers | {"If-Match": '"1"'},
    )
    assert told.status_code == 200, told.text
    verdict = told.json()
    said = [*verdict["breaches"], *verdict["departures"], *verdict["wishes"], *verdict["mended"]]
    assert set(said) <= {UNTOLD}


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        ({Right.ACCOUNTS}, set()),
        (
            {
                Right.ACCOUNTS,
                Right.PUBLISHED_READ,
                Right.FEEDS_ALL,
                Right.ROSTERS_READ,
                Right.ROSTERS_WRITE,
                Right.PLANS_WRITE,
                Right.LEDGER_READ,
            },
            {Role.DOCTOR},
        ),
        ({Right.ACCOUNTS, Right.PUBLISHED_READ, Right.FEEDS_ALL}, set()),
        (
            {Right.ACCOUNTS, Right.PUBLISHED_READ, Right.PLANS_READ, Right.LEDGER_READ},
            {Role.MANAGER},
        ),
        (
            RIGHTS[Role.COORDINATOR],
            {Role.COORDINATOR, Role.MANAGER, Role.DOCTOR, Role.AUDITOR},
        ),
    ],
)
def test_a_token_makes_only_accounts_that_may_do_no_more_than_itself(
    small_world: World, scopes: set[Right], may: set[Role]
) -> None:
    headers = _token(small_world, "coordinator", *scopes)
    client = small_world.client()
    made = {
        role
        for role in Role
        if client.post(f"{V1}/accounts", json=_wanted(role), headers=headers).status_code == 201
    }
    assert made == may


def test_a_system_administrator_is_made_by_one_who_is_logged_in(small_world: World) -> None:
    with small_world.service.database.reading() as session:
        account = session.get_one(Account, small_world.actors["system"].account)
    Actor.of(account).need_all_of(Role.SYSTEM)
    Actor.of(account).need_all_of(Role.COORDINATOR)
    with pytest.raises(LoginNeededError):
        Actor.of(account, RIGHTS[Role.SYSTEM]).need_all_of(Role.SYSTEM)
    with pytest.raises(ForbiddenError):
        Actor.of(account, frozenset({Right.ACCOUNTS})).need_all_of(Role.AUDITOR)
    with pytest.raises(ForbiddenError):
        small_world.actors["coordinator"].need_all_of(Role.SYSTEM)


def test_a_token_ends_and_says_when_it_was_last_used(world: World) -> None:
    browser = world.browser("coordinator")
    made = browser.post("/tokens", json={"label": "x", "scopes": ["plans:read"]}).json()
    left = datetime.fromisoformat(made["ends_at"]) - datetime.now(UTC)
    assert timedelta(days=364) < left <= timedelta(days=365)
    assert made["used_at"] is None
    headers = {"Authorization": f"Bearer {made['secret']}"}
    used = []
    for _ in range(2):
        assert world.client().get(f"{V1}/plans", headers=headers).status_code == 200
        own = next(own for own in browser.get("/tokens").json() if own["id"] == made["id"])
        used.append(own["used_at"])
    assert used[0] is not None
    assert used[0] == used[1]  # not written down each time


@pytest.mark.parametrize("days", [-1, 366])
def test_a_token_does_not_end_in_the_past_nor_too_late(small_world: World, days: int) -> None:
    ends = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    answer = small_world.browser("coordinator").post(
        "/tokens", json={"label": "x", "scopes": ["plans:read"], "ends_at": ends}
    )
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:rettvakt:problem:token-end"
    assert "365" in answer.json()["detail"]


def test_below_a_path_of_a_host_the_cookie_stays_there() -> None:
    with databases.sqlite() as address:
        world = World(address, public_url="https://host.example/vakt")
        with TestClient(world.app, base_url="https://host.example") as client:
            login = {"email": EMAIL, "password": PASSWORD}
            answer = client.post(f"/vakt{V1}/session", json=login)
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Secure-rettvakt=")
            assert "Path=/vakt;" in cookie
            assert client.get(f"/vakt{V1}/me").status_code == 200
            out = client.delete(f"/vakt{V1}/session")
            assert "Path=/vakt;" in out.headers["set-cookie"]
            assert client.get(f"/vakt{V1}/me").status_code == 401


def test_over_https_the_cookie_belongs_to_this_host_alone() -> None:
    with databases.sqlite() as address:
        world = World(address, public_url="https://rettvakt.example")
        with TestClient(world.app, base_url="https://rettvakt.example") as client:
            login = {"email": EMAIL, "password": PASSWORD}
            answer = client.post(f"{V1}/session", json=login)
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Host-rettvakt=")
            for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
                assert part in cookie
            assert "Domain" not in cookie
            assert client.get(f"{V1}/me").status_code == 200
            out = client.delete(f"{V1}/session")
            assert "__Host-rettvakt=" in out.headers["set-cookie"]
            assert "Secure" in out.headers["set-cookie"]
            assert client.get(f"{V1}/me").status_code == 401


def test_a_new_login_ends_the_one_that_the_browser_had(small_world: World) -> None:
    """Else who planted a cookie, or found an old one, would be logged in too."""
    client = small_world.client()
    login = {"email": EMAIL, "password": PASSWORD}
    secrets = [client.post(f"{V1}/session", json=login).cookies["rettvakt"] for _ in range(2)]
    assert secrets[0] != secrets[1]
    old = small_world.client()
    old.cookies.set("rettvakt", secrets[0])
    assert old.get(f"{V1}/me").status_code == 401
    planted = small_world.client()
    planted.cookies.set("rettvakt", "planted-by-somebody")
    answer = planted.post(f"{V1}/session", json=login)
    assert answer.cookies["rettvakt"] != "planted-by-somebody"


def test_tries_count_for_all_processes_and_keep_no_address(world: World) -> None:
    other = Service(world.settings)
    try:
        for service in [world.service, other] * 5:
            service.brake(EMAIL, "192.0.2.1")
        for service in (world.service, other):
            with pytest.raises(TooManyTriesError):
                service.brake(EMAIL, "192.0.2.1")
    finally:
        other.close()
    assert "192.0.2.1" not in _kept(world.service.database)
    assert EMAIL not in _kept(world.service.database)


def _kept(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT * FROM login_try").all())


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "fjorten tegn..",
        "passordpassord1",
        "123456789012345",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaaaa",
        "Sommer2026Sommer2026",
        "rettvaktrettvakt",
        "kari@fjell.example",
        "Kari Nordmann Kari",
    ],
)
def test_a_password_that_is_short_or_tried_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordError):
        judge(password, "kari@fjell.example", "Kari Nordmann")


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "fire ord uten mening", "blåbær-traktor-himmel-17", "x" + "ø9K_" * 49],
)
def test_a_long_password_of_any_kind_is_taken(password: str) -> None:
    judge(password, "kari@fjell.example", "Kari Nordmann")


def test_an_account_of_a_provider_has_no_password_that_opens_it(small_world: World) -> None:
    with small_world.service.database.writing() as session:
        store.add_account(
            session,
            None,
            email="uten@fjell.example",
            name="Uten",
            role=Role.AUDITOR,
            password=None,
            cooperation=small_world.actors["coordinator"].cooperation,
        )
    for password in (" ", PASSWORD, "None"):
        login = {"email": "uten@fjell.example", "password": password}
        assert small_world.client().post(f"{V1}/session", json=login).status_code == 401
