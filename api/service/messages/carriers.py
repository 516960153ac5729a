"""How messages leave: mail by SMTP, SMS by a gateway or by mail, or all of it as files."""

import smtplib
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import httpx2

from api.service.messages.tables import EMAIL, SMS, Message
from api.service.settings import Settings

_PATIENCE = 20  # seconds for a server to answer
_PERMANENT = range(500, 600)
_WORTH_ANOTHER_TRY = frozenset({401, 403, 408, 425, 429})  # our key or its load, not the message

Carrier = Callable[[Message], None]
"""Hands a message over, or raises."""


class RefusedError(Exception):
    """The receiver will not have this message, however often it is tried."""


def carriers(settings: Settings) -> Mapping[str, Carrier]:
    """Channel -> how its messages leave."""
    folder = Path(settings.outbox).expanduser()
    files = _files(folder, settings.mail_from)
    mail = _smtp(settings) if settings.smtp_host else files
    if settings.sms_url:
        sms = _gateway(settings)
    elif settings.sms_mail_domain:
        sms = mail
    else:
        sms = files
    return {EMAIL: mail, SMS: sms}


def as_mail(message: Message, sender: str, sms_domain: str = "") -> EmailMessage:
    """The message as mail; the same message is always the same mail.

    Args:
        message: what is sent.
        sender: whose mail it is.
        sms_domain: of the gateway that makes an SMS of a mail.
    """
    mail = EmailMessage()
    own = f"{message.id}.{message.resent}" if message.resent else message.id
    mail["Message-ID"] = f"<{own}@{sender.rpartition('@')[2]}>"
    mail["Date"] = format_datetime(message.created_at)
    mail["From"] = sender
    if message.channel == SMS and sms_domain:
        mail["To"] = f"{message.address.removeprefix('+')}@{sms_domain}"
    else:
        mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Auto-Submitted"] = "auto-generated"
    if message.urgent:
        mail["Importance"] = "high"
    mail.set_content(message.body)
    return mail


def _smtp(settings: Settings) -> Carrier:
    def carry(message: Message) -> None:
        mail = as_mail(message, settings.mail_from, settings.sms_mail_domain)
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_PATIENCE) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            try:
                server.send_message(mail)
            except smtplib.SMTPRecipientsRefused as error:
                code, said = next(iter(error.recipients.values()))
                if code in _PERMANENT:
                    raise RefusedError(f"{code} {said.decode(errors='replace')}") from error
                raise

    return carry


def _gateway(settings: Settings) -> Carrier:
    """A gateway that takes {"to", "text", "id"} as JSON; the id lets it drop what comes twice."""
    headers = {}
    if token := settings.sms_token.get_secret_value():
        headers["Authorization"] = f"Bearer {token}"

    def carry(message: Message) -> None:
        own = f"{message.id}.{message.resent}" if message.resent else message.id
        answer = httpx2.post(
            settings.sms_url,
            json={"to": message.address, "text": message.body, "id": own},
            headers={**headers, "Idempotency-Key": own},
            timeout=_PATIENCE,
        )
        if answer.is_client_error and answer.status_code not in _WORTH_ANOTHER_TRY:
            raise RefusedError(f"{answer.status_code} {answer.text[:200]}")
        answer.raise_for_status()

    return carry


def _files(folder: Path, sender: str) -> Carrier:
    def carry(message: Message) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mail = as_mail(message, sender)
        name = str(mail["Message-ID"]).strip("<>").rpartition("@")[0]
        ending = "eml" if message.channel == EMAIL else "sms"
        aside = folder / f"{name}.new"
        aside.write_bytes(mail.as_bytes() if message.channel == EMAIL else _as_text(message))
        aside.replace(folder / f"{name}.{ending}")

    return carry


def _as_text(message: Message) -> bytes:
    return f"{message.address}\n\n{message.body}\n".encode()
