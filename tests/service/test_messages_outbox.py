"""That no message is lost, none is sent twice unseen, and what cannot be sent is told."""

import smtplib
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from api.service.messages import sender as sending
from api.service.messages.sender import Sender
from api.service.messages.store import WAITS, note, take
from api.service.messages.tables import Message
from tests.service.published import Published
from tests.service.servers import Mailbox, mail_server, sms_gateway
from tests.service.world import World
from tests.support import PATIENCE


def _message(world: World) -> Message:
    with world.service.database.reading() as session:
        found: Message = session.scalars(select(Message)).one()
        return found


def _now(world: World, **values: Any) -> None:
    """Let the time of all messages have come."""
    due = datetime.now(UTC) - timedelta(minutes=1)
    with world.service.database.writing() as session:
        session.execute(update(Message).values(next_try_at=due, **values))


def _waiting(world: World, **values: Any) -> None:
    """Publish something of which one doctor is told."""
    Published(world)
    _now(world, **values)


def _sender(world: World, **settings: Any) -> Sender:
    return Sender(world.settings.model_copy(update=settings), world.service.database)


def _carrying(
    world: World, monkeypatch: pytest.MonkeyPatch, carry: Callable[[Message], object]
) -> Sender:
    """A sender whose messages go this way."""
    monkeypatch.setattr(sending, "carriers", lambda _: {"email": carry, "sms": carry})
    return _sender(world)


def test_without_a_mail_server_messages_become_files(small_world: World, tmp_path: Path) -> None:
    _waiting(small_world)
    sender = _sender(small_world, outbox=str(tmp_path / "ut"))
    assert sender.send_one()
    assert not sender.send_one()
    [file] = (tmp_path / "ut").iterdir()
    assert file.suffix == ".eml"
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "doctor@fjell.example"
    kept = _message(small_world)
    assert kept.state == "sent"
    assert kept.sent_at is not None
    assert mail["Message-ID"] == f"<{kept.id}@localhost>"


def test_without_a_gateway_sms_become_files(small_world: World, tmp_path: Path) -> None:
    _waiting(small_world, channel="sms", address="+4790000000", body="Vaktene dine er endret")
    assert _sender(small_world, outbox=str(tmp_path)).send_one()
    [file] = tmp_path.iterdir()
    assert file.suffix == ".sms"
    assert file.read_text() == "+4790000000\n\nVaktene dine er endret\n"


def test_a_gateway_is_handed_number_text_and_an_id_that_stays(small_world: World) -> None:
    _waiting(small_world, channel="sms", address="+4790000000", body="Vaktene dine er endret")
    with sms_gateway() as gateway:
        gateway.status = 503
        sender = _sender(small_world, sms_url=gateway.address, sms_token=SecretStr("hemmelig"))
        assert sender.send_one()
        assert _message(small_world).state == "waiting"
        gateway.status = 202
        _now(small_world)
        assert sender.send_one()
    kept = _message(small_world)
    assert kept.state == "sent"
    (headers, first), (_, second) = gateway.asked
    assert first == second == {"to": "+4790000000", "text": kept.body, "id": kept.id}
    assert headers["idempotency-key"] == kept.id
    assert headers["authorization"] == "Bearer hemmelig"


@pytest.mark.parametrize(
    ("status", "state"), [(400, "dead"), (404, "dead"), (401, "waiting"), (429, "waiting")]
)
def test_what_the_gateway_will_never_take_is_given_up_at_once(
    small_world: World, status: int, state: str
) -> None:
    _waiting(small_world, channel="sms", address="+4790000000")
    with sms_gateway() as gateway:
        gateway.status = status
        assert _sender(small_world, sms_url=gateway.address).send_one()
    kept = _message(small_world)
    assert kept.state == state
    assert str(status) in kept.problem


def test_sms_can_go_by_mail_to_a_domain_that_makes_sms_of_it(small_world: World) -> None:
    _waiting(small_world, channel="sms", address="+4790000000")
    with mail_server() as box:
        assert _by_mail(small_world, box, sms_mail_domain="sms.example").send_one()
    [mail] = box.mails
    assert message_from_bytes(mail)["To"] == "4790000000@sms.example"


def _by_mail(world: World, box: Mailbox, **more: Any) -> Sender:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_starttls": False}
    return _sender(world, **mail, **more)


def test_an_urgent_mail_says_so_and_the_text_arrives_whole(small_world: World) -> None:
    _waiting(small_world, urgent=True)
    with mail_server() as box:
        assert _by_mail(small_world, box).send_one()
    mail = message_from_bytes(box.mails[0], policy=policy.default)
    assert mail["Importance"] == "high"
    assert mail["Auto-Submitted"] == "auto-generated"
    kept = _message(small_world)
    assert mail["Subject"] == kept.subject
    content = mail.get_body()
    assert content is not None
    assert content.get_content().replace("\r\n", "\n") == kept.body


@pytest.mark.parametrize(("answer", "state"), [("550 nobody", "dead"), ("450 later", "waiting")])
def test_a_receiver_that_does_not_exist_is_told_and_tried_no_more(
    world: World, answer: str, state: str
) -> None:
    _waiting(world)
    with mail_server() as box:
        box.refuses, box.refused_with = {"doctor@"}, answer
        assert _by_mail(world, box).send_one()
    kept = _message(world)
    assert (kept.state, kept.sent_at, kept.attempts) == (state, None, 1)
    assert answer[:3] in kept.problem
    [told] = world["coordinator"].get("/messages", params={"state": state}).json()["items"]
    assert (told["name"], told["body"], told["problem"]) == ("Doctor", None, kept.problem)


@pytest.mark.parametrize("error", [OSError("no way"), smtplib.SMTPServerDisconnected("gone")])
def test_a_message_that_cannot_be_sent_waits_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    _waiting(world)
    went: list[Message] = []

    def fails(_: Message) -> None:
        raise error

    assert _carrying(world, monkeypatch, fails).send_one()
    kept = _message(world)
    assert (kept.state, kept.attempts) == ("waiting", 1)
    sender = _carrying(world, monkeypatch, went.append)
    assert not sender.send_one()  # its time has not come
    _now(world)
    assert sender.send_one()
    assert len(went) == 1
    assert not sender.send_one()


def test_pauses_grow_and_after_some_days_a_message_is_given_up(small_world: World) -> None:
    _waiting(small_world)
    waits = []
    while True:
        with small_world.service.database.writing() as session:
            taken = take(session)
            assert taken is not None
            note(session, taken.id, "OSError: no way")
        kept = _message(small_world)
        if kept.state == "dead":
            break
        waits.append(round((kept.next_try_at - datetime.now(UTC)) / timedelta(minutes=1)))
        _now(small_world)
    assert tuple(waits) == WAITS
    assert sum(waits) > 60 * 60  # minutes: a weekend is no reason to lose it
    with small_world.service.database.writing() as session:
        assert take(session) is None


def test_urgent_messages_go_first(small_world: World) -> None:
    published = Published(small_world)
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "kari"}])
    _now(small_world)
    with small_world.service.database.writing() as session:
        first, second = session.scalars(select(Message).order_by(Message.created_at))
        second.urgent = True
        wanted = [second.id, first.id]
    with small_world.service.database.writing() as session:
        assert [own.id for own in (take(session), take(session)) if own] == wanted


def test_a_message_that_cannot_become_mail_does_not_stop_the_others(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _waiting(small_world)

    def no_mail(_: Message) -> None:
        raise ValueError("no such address")

    sender = _carrying(small_world, monkeypatch, no_mail)
    assert sender.send_one()
    assert not sender.send_one()
    kept = _message(small_world)
    assert (kept.sent_at, kept.problem) == (None, "ValueError: no such address")


def test_a_slow_mail_server_holds_up_nobody_who_writes(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time: it must not be one that waits for a mail server."""
    _waiting(small_world)

    def deliver(_: Message) -> None:
        with small_world.service.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")

    assert _carrying(small_world, monkeypatch, deliver).send_one()
    assert _message(small_world).state == "sent", _message(small_world).problem


_SENDS_ONE = """
from api.service.db.database import Database
from api.service.messages.sender import Sender
from api.service.settings import Settings
settings = Settings()
Sender(settings, Database(settings.database)).send_one()
"""


@pytest.mark.parametrize("accepted", [False, True])
def test_a_killed_sender_loses_nothing_and_a_second_mail_is_known_as_the_same(
    world: World, accepted: bool
) -> None:
    """It dies while the server has the mail, which is then accepted, or not."""
    _waiting(world)
    with mail_server() as box:
        box.go_on.clear()
        process = subprocess.Popen(
            [sys.executable, "-c", _SENDS_ONE],
            env={
                "RETTVAKT_DATABASE": world.address,
                "RETTVAKT_SMTP_HOST": "127.0.0.1",
                "RETTVAKT_SMTP_PORT": str(box.port),
                "RETTVAKT_SMTP_STARTTLS": "false",
            },
        )
        try:
            assert box.begun.wait(PATIENCE), "the sender does not come"
        finally:
            process.kill()
            process.wait()
        box.drops = not accepted
        box.go_on.set()
        kept = _message(world)
        assert (kept.state, kept.attempts) == ("waiting", 1)
        another = _by_mail(world, box)
        assert not another.send_one()  # the first one might still be at it
        _now(world)
        box.drops = False
        assert another.send_one()
        assert not another.send_one()
    assert _message(world).state == "sent"
    assert len(box.mails) == 1 + accepted
    assert len(set(box.mails)) == 1
    assert message_from_bytes(box.mails[0])["Message-ID"] == f"<{kept.id}@localhost>"


def test_two_senders_at_once_take_no_message_both(world: World) -> None:
    published = Published(world)
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "kari"}])
    _now(world)
    if world.service.database.is_sqlite:  # one writer at a time
        with world.service.database.writing() as session:
            first = take(session)
        with world.service.database.writing() as session:
            second = take(session)
    else:
        with world.service.database.writing() as one, world.service.database.writing() as two:
            first, second = take(one), take(two)
    assert first is not None
    assert second is not None
    assert first.id != second.id


# --- what is told of messages ---------------------------------------------------------------------


def test_who_publishes_sees_what_became_of_messages_and_the_receiver_what_they_say(
    world: World,
) -> None:
    _waiting(world)
    [shown] = world["coordinator"].get("/messages").json()["items"]
    assert (shown["state"], shown["channel"], shown["name"]) == ("waiting", "email", "Doctor")
    assert shown["body"] is None
    assert shown["about"].startswith("publication/")
    [own] = world["doctor"].get("/messages").json()["items"]
    assert "Hei, Doctor!" in own["body"]
    assert world["stranger"].get("/messages").json()["items"] == []
    assert world["auditor"].get("/messages").json()["items"] == []
    assert world["coordinator"].get("/messages?state=dead").json()["items"] == []


def test_the_list_of_messages_is_paged(small_world: World) -> None:
    published = Published(small_world)
    for number in (2, 3):
        published.edit(on=[{"duty": published.duties[number].id, "doctor": "kari"}])
    first = small_world["coordinator"].get("/messages?most=2").json()
    second = small_world["coordinator"].get(f"/messages?most=2&after={first['next']}").json()
    ids = [own["id"] for own in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == 3
    assert second["next"] is None


def test_a_message_that_was_given_up_is_sent_again_to_the_address_of_now(world: World) -> None:
    _waiting(world, address="gammel@fjell.example")
    own = _message(world).id
    path = f"/messages/{own}/resend"
    waiting = world["coordinator"].post(path)
    assert (waiting.status_code, waiting.json()["type"][-11:]) == (409, "wrong-state")
    with world.service.database.writing() as session:
        assert take(session) is not None
        note(session, own, "RefusedError: 550", refused=True)
    assert world["stranger"].post(path).status_code == 404
    assert world["doctor"].post(path).status_code == 403
    answer = world["coordinator"].post(path)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    with mail_server() as box:
        assert _by_mail(world, box).send_one()
    mail = message_from_bytes(box.mails[0])
    assert mail["To"] == "doctor@fjell.example"
    assert mail["Message-ID"] == f"<{own}@localhost>"  # as if it had never been tried
    # One that arrived goes as a new mail: a mail program would drop the same one.
    assert world["coordinator"].post(path).status_code == 202
    with mail_server() as box:
        assert _by_mail(world, box).send_one()
    assert message_from_bytes(box.mails[0])["Message-ID"] == f"<{own}.1@localhost>"
    assert world["coordinator"].get("/audit").text.count("message.resent") == 2


def test_nothing_is_sent_again_to_a_closed_account(small_world: World) -> None:
    _waiting(small_world)
    own = _message(small_world).id
    with small_world.service.database.writing() as session:
        assert take(session) is not None
        note(session, own, "", refused=False)
    account = small_world.actors["doctor"].account
    assert small_world["coordinator"].ask("DELETE", f"/accounts/{account}").status_code == 204
    assert small_world["coordinator"].post(f"/messages/{own}/resend").status_code == 404
