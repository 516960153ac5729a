"""A real provider of OpenID Connect, one that lies, and worlds that know them."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service import databases, providers
from tests.service.providers import Liar
from tests.service.world import World


@pytest.fixture(autouse=True)
def insecure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library refuses http, even to this machine."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    with providers.real() as found:
        yield found


@pytest.fixture(scope="package")
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
