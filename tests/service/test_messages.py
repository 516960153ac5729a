"""Who is told what when a roster is published, and that no message is lost."""

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select, update

from api.service.messages import sender as sending
from api.service.messages.sender import Sender
from api.service.messages.store import take
from api.service.messages.tables import Message
from tests.service.world import World


def _published(world: World) -> tuple[str, list[str]]:
    """A published roster in which Kari, who has an account, and Ola, who has none, have a duty."""
    plan = world.plan()
    duties = [duty.id for duty in world.loaded(plan).problem.duties]
    roster = world.roster(plan, {duties[0]: "kari", duties[1]: "ola"})
    _publish(world, roster, 1)
    return roster, duties


def _publish(world: World, roster: str, version: int) -> None:
    answer = world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": f'"{version}"'}
    )
    assert answer.status_code == 201, answer.text


def _messages(world: World) -> list[Message]:
    with world.service.database.reading() as session:
        return list(session.scalars(select(Message).order_by(Message.created_at)))


def test_only_those_whose_duties_moved_are_told(world: World) -> None:
    roster, duties = _published(world)
    [first] = _messages(world)
    assert first.address == "doctor@fjell.example"
    assert "er publisert" in first.subject
    assert "+ Hjemmevakt hverdag mandag 1. mars 2027 kl. 15:30–08:00" in first.body
    assert "Ola" not in first.body
    change = {"on": [{"duty": duties[2], "doctor": "ola"}]}
    world["coordinator"].ask(
        "PATCH", f"/rosters/{roster}", json=change, headers={"If-Match": '"1"'}
    )
    _publish(world, roster, 2)
    assert len(_messages(world)) == 1
    change = {"off": [{"duty": duties[0], "doctor": "kari"}]}
    world["coordinator"].ask(
        "PATCH", f"/rosters/{roster}", json=change, headers={"If-Match": '"2"'}
    )
    _publish(world, roster, 3)
    _, second = _messages(world)
    assert second.subject.startswith("Vaktene dine i «")
    assert "− Hjemmevakt hverdag mandag 1. mars 2027" in second.body


def test_a_publication_that_fails_tells_nobody(small_world: World) -> None:
    plan = small_world.plan(
        absences=[{"doctor": "kari", "kind": "sick", "start": "2027-03-01", "end": "2027-03-14"}]
    )
    duty = small_world.loaded(plan).problem.duties[0].id
    roster = small_world.roster(plan, {duty: "kari"})
    answer = small_world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 409
    assert _messages(small_world) == []


def test_without_a_mail_server_messages_become_files(small_world: World, tmp_path: Path) -> None:
    _published(small_world)
    settings = small_world.settings.model_copy(update={"outbox": str(tmp_path / "ut")})
    sender = Sender(settings, small_world.service.database)
    assert sender.send_one()
    assert not sender.send_one()
    [file] = (tmp_path / "ut").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "doctor@fjell.example"
    [kept] = _messages(small_world)
    assert kept.sent_at is not None
    assert mail["Message-ID"] == f"<{kept.id}@localhost>"


@pytest.mark.parametrize("error", [OSError("no way"), smtplib.SMTPServerDisconnected("gone")])
def test_a_message_that_cannot_be_sent_waits_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    _published(world)
    went: list[EmailMessage] = []

    def fails(_: EmailMessage) -> None:
        raise error

    monkeypatch.setattr(sending, "delivery", lambda _: fails)
    assert Sender(world.settings, world.service.database).send_one()
    [kept] = _messages(world)
    assert (kept.sent_at, kept.attempts) == (None, 1)
    assert kept.next_try_at > kept.created_at
    monkeypatch.setattr(sending, "delivery", lambda _: went.append)
    sender = Sender(world.settings, world.service.database)
    assert not sender.send_one()  # its time has not come
    with world.service.database.writing() as session:
        session.execute(update(Message).values(next_try_at=Message.created_at))
    assert sender.send_one()
    assert len(went) == 1
    assert not sender.send_one()


def test_a_message_that_cannot_become_mail_does_not_stop_the_others(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _published(small_world)

    def no_mail(*_: object) -> EmailMessage:
        raise ValueError("no such address")

    monkeypatch.setattr(sending, "as_mail", no_mail)
    sender = Sender(small_world.settings, small_world.service.database)
    assert sender.send_one()
    assert not sender.send_one()
    [kept] = _messages(small_world)
    assert (kept.sent_at, kept.problem) == (None, "ValueError: no such address")


def test_a_slow_mail_server_holds_up_nobody_who_writes(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time: it must not be one that waits for a mail server."""
    _published(small_world)

    def deliver(_: EmailMessage) -> None:
        with small_world.service.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")

    monkeypatch.setattr(sending, "delivery", lambda _: deliver)
    assert Sender(small_world.settings, small_world.service.database).send_one()
    [kept] = _messages(small_world)
    assert kept.sent_at is not None, kept.problem


def test_a_message_whose_sender_died_is_sent_by_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _published(world)
    went: list[EmailMessage] = []
    monkeypatch.setattr(sending, "delivery", lambda _: went.append)
    sender = Sender(world.settings, world.service.database)
    with world.service.database.writing() as session:
        assert take(session) is not None  # and then it dies
    assert not sender.send_one()
    with world.service.database.writing() as session:
        session.execute(update(Message).values(next_try_at=Message.created_at))
    assert sender.send_one()
    assert len(went) == 1
