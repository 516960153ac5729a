"""Sends what waits in the outbox: by SMTP, or as files where no mail server is set."""

import logging
import smtplib
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from api.service.db.database import Database
from api.service.messages import store
from api.service.messages.tables import Message
from api.service.settings import Settings

_LOOK = 2.0  # seconds between two looks at the outbox
_PATIENCE = 20  # seconds for the mail server to answer

logger = logging.getLogger(__name__)


Deliver = Callable[[EmailMessage], None]
"""Hands a message over, or raises."""


def delivery(settings: Settings) -> Deliver:
    """How messages leave."""
    return _smtp(settings) if settings.smtp_host else _files(Path(settings.outbox).expanduser())


class Sender:
    """Sends messages one after the other until it is closed.

    Each message is tried until it is handed over, and handed over once unless the process dies in
    that very moment; its Message-ID then lets the receiver see that the two are one.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        """Nothing is sent before `start`."""
        self._database = database
        self._from = settings.mail_from
        self._deliver = delivery(settings)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="messages", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def close(self) -> None:
        """Send no more; what waits, waits for the next start."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def send_one(self) -> bool:
        """Try the message that has waited longest; False if none is to be tried now."""
        with self._database.writing() as session:
            message = store.take(session)
        if message is None:
            return False
        # Outside of the transaction: a slow mail server must not hold up all who write.
        problem = self._handed_over(message)
        with self._database.writing() as session:
            store.note(session, message.id, problem)
        return True

    def _handed_over(self, message: Message) -> str:
        """Hand a message over; gives what went wrong."""
        try:
            self._deliver(as_mail(message, self._from))
        except Exception as error:  # an address that no mail can have must not stop all others
            # Without the address: what a mail server says may hold it.
            logger.warning("message %s is not sent: %s", message.id, type(error).__name__)
            return f"{type(error).__name__}: {error}"
        return ""

    def _run(self) -> None:
        while not self._closing.wait(_LOOK):
            try:
                while not self._closing.is_set() and self.send_one():
                    pass
            except SQLAlchemyError:
                # The database may be away for a while; messages wait in it and none is lost.
                logger.exception("the outbox cannot be read; trying again")


def as_mail(message: Message, sender: str) -> EmailMessage:
    """The message as mail; the same message is always the same mail."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Date"] = format_datetime(message.created_at)
    mail["From"] = sender
    mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    return mail


def _smtp(settings: Settings) -> Deliver:
    def deliver(mail: EmailMessage) -> None:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_PATIENCE) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(mail)

    return deliver


def _files(folder: Path) -> Deliver:
    def deliver(mail: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        aside = folder / f"{name}.new"
        aside.write_bytes(mail.as_bytes())
        aside.replace(folder / f"{name}.eml")

    return deliver
