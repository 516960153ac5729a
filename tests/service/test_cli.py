"""The service's commands, as from a shell."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from io import StringIO
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.service.app import create_app
from api.service.settings import Settings
from tests.api.plans import rettvakt
from tests.support import PATIENCE


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "data" / "rettvakt.db"
    monkeypatch.setenv("RETTVAKT_DATABASE", f"sqlite:///{file}")
    monkeypatch.setattr("sys.stdin", StringIO())  # nobody to ask for a password
    return file


@pytest.mark.usefixtures("database")
def test_a_cooperation_and_a_user_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert rettvakt("admin", "create-cooperation", "Fjell legevakt") == 0
    user = ("admin", "create-user", "kari@fjell.no", "--name", "Kari", "--role", "coordinator")
    assert rettvakt(*user, "--cooperation", "Fjell legevakt") == 0
    told = capsys.readouterr().out
    assert re.search(r"Første passord: \S{20,}", told)
    assert rettvakt(*user, "--cooperation", "Fjell legevakt") == 2
    assert "En annen bruker har denne adressen" in capsys.readouterr().err


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x", "--name", "K", "--role", "auditor", "--cooperation", "A"), "ikke en e-postadresse"),
        (("a@b", "--name", "K", "--role", "auditr", "--cooperation", "A"), "Mente du «auditor»"),
        (("a@b", "--name", "K", "--role", "auditor"), "trenger --cooperation"),
        (("a@b", "--name", "K", "--role", "system", "--cooperation", "A"), "Fjern --cooperation"),
        (("a@b", "--name", "K", "--role", "doctor", "--cooperation", "A"), "trenger --doctor"),
        (("a@b", "--name", "K", "--role", "auditor", "--cooperation", "Fjel"), "Mente du «Fjell»"),
    ],
)
def test_a_user_that_cannot_be_made_is_told_with_what_to_do(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rettvakt("admin", "create-cooperation", "Fjell") == 0
    assert rettvakt("admin", "create-user", *arguments) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_forgotten_password_is_set_anew(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rettvakt("admin", "create-cooperation", "Fjell") == 0
    user = ("admin", "create-user", "kari@fjell.no", "--name", "Kari", "--role", "coordinator")
    assert rettvakt(*user, "--cooperation", "Fjell") == 0
    first = capsys.readouterr().out.split()[-1]
    assert rettvakt("admin", "set-password", "Kari@Fjell.no") == 0
    second = capsys.readouterr().out.split()[-1]
    app = create_app(Settings(database=f"sqlite:///{database}", jobs_at_once=0))
    client = TestClient(app, base_url="http://rettvakt.test")
    answers = {
        password: client.post(
            "/api/v1/session", json={"email": "kari@fjell.no", "password": password}
        ).status_code
        for password in (first, second)
    }
    assert answers == {first: 401, second: 200}
    assert client.get("/api/v1/plans").status_code == 403  # the password is changed first
    app.state.service.close()
    assert rettvakt("admin", "set-password", "ola@fjell.no") == 2
    assert "ingen åpen bruker" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/x", "Databasen svarer ikke"),
        ("noe", "ikke adressen til en database"),
        ("sqlite://", "ikke adressen til en database"),
        ("postgresql:/rettvakt:hemmelig@db/x", ":***@"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(
    address: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("RETTVAKT_DATABASE", address)
    assert rettvakt("db", "upgrade") == 2
    told = capsys.readouterr().err
    assert said in told
    assert "hemmelig" not in told


def test_a_backup_is_taken_and_put_back(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = database.parent.parent / "copy.zip"
    assert rettvakt("admin", "create-cooperation", "Fjell legevakt") == 0
    assert rettvakt("backup", copy) == 0
    assert rettvakt("restore", copy) == 2
    monkeypatch.setenv("RETTVAKT_DATABASE", f"sqlite:///{database.with_name('ny.db')}")
    assert rettvakt("restore", copy) == 0
    assert "Gjenopprettet" in capsys.readouterr().out
    assert rettvakt("restore", database.with_name("mangler.zip")) == 2


def test_the_server_starts_answers_and_stops_when_told(database: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "api.cli.main", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "RETTVAKT_JOBS_AT_ONCE": "1"},
    )
    try:
        until = time.monotonic() + PATIENCE
        answer = None
        while answer is None:
            try:
                answer = httpx2.get(f"http://127.0.0.1:{port}/health/ready")
            except httpx2.ConnectError:
                assert server.poll() is None, server.communicate()
                assert time.monotonic() < until
                time.sleep(0.1)
        assert answer.json()["status"] == "ok"
        assert database.exists()
    finally:
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=PATIENCE)
    assert server.returncode in (0, -signal.SIGTERM), err
    assert "Ingen brukere ennå" in out
    assert err == ""


def test_a_sweep_tells_what_would_go_and_then_takes_it(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rettvakt("db", "sweep") == 0
    assert "Ingenting er gammelt nok" in capsys.readouterr().out
    with closing(sqlite3.connect(database)) as connection:
        old = ("1", "0" * 64, "2020-01-01 00:00:00.000000")
        connection.execute("INSERT INTO login_try (id, key_digest, at) VALUES (?, ?, ?)", old)
        connection.commit()
    assert rettvakt("db", "sweep", "--dry-run") == 0
    assert "login_try: 1 ville blitt slettet" in capsys.readouterr().out
    assert rettvakt("db", "sweep") == 0
    assert "login_try: 1 er slettet" in capsys.readouterr().out
    assert rettvakt("db", "sweep") == 0
    assert "Ingenting" in capsys.readouterr().out
