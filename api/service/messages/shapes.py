"""What goes over the wire about messages."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from api.service.messages.contacts import Wanted
from api.service.messages.tables import Message
from api.service.shapes import Shape


class MessageState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    UNNEEDED = "unneeded"


class Channel(StrEnum):
    """How it goes."""

    EMAIL = "email"
    SMS = "sms"


def _international(text: str) -> str:
    """«+4790000000», also of «900 00 000»."""
    number = re.sub(r"[\s().-]", "", text)
    if re.fullmatch(r"[2-9]\d{7}", number):
        number = f"+47{number}"
    number = re.sub(r"^00", "+", number)
    if number and not re.fullmatch(r"\+[1-9]\d{6,13}", number, re.ASCII):
        raise ValueError("must be a telephone number such as 900 00 000 or +46 70 000 00 00")
    return number


Phone = Annotated[str, Field(max_length=30), AfterValidator(_international)]


class ContactShape(Shape):
    """How a person wants messages."""

    language: Literal["nb", "nn", "en"] = Field("nb", description="Of mails and SMS")
    phone: Phone = Field(
        "",
        description="For SMS about changes that are nearer than calendars read; empty: none",
        examples=["900 00 000"],
    )

    @classmethod
    def of(cls, wanted: Wanted) -> Self:
        """A contact as it is told."""
        return cls.model_validate(wanted)

    def plain(self) -> Wanted:
        """Without the wire."""
        return Wanted(self.language, self.phone)


class MessageOut(Shape):
    """A message, and what became of it."""

    id: str
    account: str = Field(description="Id of the receiver's account")
    name: str = Field(description="Of the receiver")
    about: str = Field(description="What it tells of", examples=["publication/ID"])
    channel: Channel
    urgent: bool = Field(description="What it tells of is nearer than calendars read")
    state: MessageState = Field(
        description="dead: given up until it is sent again; unneeded: a calendar of the receiver "
        "has read of it before"
    )
    subject: str
    body: str | None = Field(description="For the receiver alone")
    created_at: datetime
    next_try_at: datetime | None = Field(description="While it waits: not before")
    attempts: int
    problem: str = Field(description="Why the last try failed")
    sent_at: datetime | None

    @classmethod
    def of(cls, message: Message, name: str, reader: str) -> Self:
        """A message as it is told.

        Args:
            message: what is kept.
            name: of the receiver.
            reader: id of the account that asks.
        """
        return cls(
            id=message.id,
            account=message.account_id,
            name=name,
            about=message.about,
            channel=Channel(message.channel),
            urgent=message.urgent,
            state=MessageState(message.state),
            subject=message.subject,
            body=message.body if message.account_id == reader else None,
            created_at=message.created_at,
            next_try_at=message.next_try_at if message.state == MessageState.WAITING else None,
            attempts=message.attempts,
            problem=message.problem,
            sent_at=message.sent_at,
        )
