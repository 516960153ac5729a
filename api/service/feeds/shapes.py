"""What goes over the wire about feeds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.service.feeds import clients
from api.service.feeds.clients import FAMILIES, OTHER, State
from api.service.feeds.parts import Part
from api.service.feeds.store import OF_ALL
from api.service.feeds.tables import FeedClient, FeedDuty, StoredFeed
from api.service.shapes import ForeignId, Label, Shape, YesNo

FeedKind = Literal["doctor", "place", "district", "holes", "busy"]
Language = Literal["nb", "nn", "en"]


class FeedIn(Shape):
    """An address that is asked for."""

    kind: FeedKind = Field(
        description="A doctor's duties, a place's, the whole district's, what is uncovered in it, "
        "or a doctor's as busy time"
    )
    subject: ForeignId = Field(
        "",
        description="Id of the doctor or place in the plans; empty for the district and its holes",
    )
    label: Label = Field(description="What you call it: «telefonen»")
    language: Language = Field("nb", description="Of what it says beside names")
    drafts: YesNo = Field(False, description="Show rosters in hearing too, as tentative")
    home_busy: YesNo = Field(False, description="Show home duty as busy, as on-site duty is")
    alarm_minutes: Annotated[
        int | None, Field(ge=0, le=10_080, description="Remind so long before; null: never")
    ] = None

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if (self.kind in OF_ALL) == bool(self.subject):
            raise ValueError("subject must be given, but for the district and its holes")
        return self


class SeenOut(Shape):
    """A roster in a feed, and what a client has of it."""

    roster: str
    title: str
    read: int | None = Field(description="Number of the version that it read; null: none of it")
    current: int = Field(description="Number of the version in force")


class ClientOut(Shape):
    """A kind of calendar client that reads a feed."""

    family: str = Field(examples=["google"])
    name: str = Field(description="As its users call it", examples=["Google Kalender"])
    user_agent: str
    first_at: datetime
    fetched_at: datetime
    delay_minutes: int = Field(description="Within which it usually has read a change")
    state: State
    rosters: list[SeenOut]
    told: str = Field(
        description="The same in a sentence, in the language of the feed",
        examples=["Google Kalender leste sist versjon 12; gjeldende er 14."],
    )

    @classmethod
    def of(cls, client: FeedClient, language: str, parts: Sequence[Part], now: datetime) -> Self:
        """A client as it is told.

        Args:
            client: what is kept of it.
            language: of the sentence.
            parts: the published rosters of the feed.
            now: the present moment.
        """
        current = {part.roster: part.number for part in parts}
        seen = [
            SeenOut(
                roster=part.roster,
                title=part.title,
                read=client.seen.get(part.roster),
                current=part.number,
            )
            for part in parts
        ]
        family = FAMILIES.get(client.family, OTHER)
        return cls(
            family=client.family,
            name=family.name,
            user_agent=client.user_agent,
            first_at=client.first_at,
            fetched_at=client.fetched_at,
            delay_minutes=round(clients.delay(client).total_seconds() / 60),
            state=clients.state(client, current, now),
            rosters=seen,
            told=_told(family.name, language, seen),
        )


_READ = {
    "nb": (
        "leste sist versjon {read}; gjeldende er {current}",
        "har ikke lest «{title}»",
        "har lest det som gjelder",
    ),
    "nn": (
        "las sist versjon {read}; gjeldande er {current}",
        "har ikkje lese «{title}»",
        "har lese det som gjeld",
    ),
    "en": (
        "last read version {read}; {current} is in force",
        "has not read “{title}”",
        "has read what is in force",
    ),
}


def _told(name: str, language: str, seen: Sequence[SeenOut]) -> str:
    """What lacks, roster by roster; or that nothing does."""
    behind, unread, current = _READ[language]
    told = [
        (behind if own.read else unread).format(read=own.read, current=own.current, title=own.title)
        for own in seen
        if own.read is None or own.read < own.current
    ]
    sentence = f"{name} {', '.join(told) or current}."
    return sentence[:1].upper() + sentence[1:]


class FeedOut(Shape):
    """An address, without its secret, and who reads it."""

    id: str
    kind: FeedKind
    subject: str
    label: str
    language: Language
    drafts: bool
    home_busy: bool
    alarm_minutes: int | None
    created_at: datetime
    revoked_at: datetime | None
    state: State | None = Field(
        description="Of the client that has most of it; null before the first visit"
    )
    clients: list[ClientOut] = Field(description="The latest visitor first")

    @classmethod
    def of(
        cls,
        feed: StoredFeed,
        readers: Sequence[FeedClient],
        parts: Sequence[Part],
        now: datetime,
    ) -> Self:
        """A feed as it is told.

        Args:
            feed: what is kept of it.
            readers: its clients.
            parts: the published rosters in it.
            now: the present moment.
        """
        found = [ClientOut.of(own, feed.language, parts, now) for own in readers]
        order = list(State)
        return cls(
            id=feed.id,
            kind=feed.kind,
            subject=feed.subject,
            label=feed.label,
            language=feed.language,
            drafts=feed.drafts,
            home_busy=feed.home_busy,
            alarm_minutes=feed.alarm_minutes,
            created_at=feed.created_at,
            revoked_at=feed.revoked_at,
            state=min((own.state for own in found), key=order.index, default=None),
            clients=found,
        )


class NewFeed(FeedOut):
    """An address with its secret, which is told this once."""

    url: str = Field(description="For Google and most others")
    webcal: str = Field(description="The same; opens the calendar on a telephone")


class EventOut(Shape):
    """A doctor's hold on a duty, as the link in a calendar names it."""

    id: str
    plan: str
    duty: str = Field(description="Id in the plan")
    doctor: str = Field(description="Id in the plan; empty: a place that is uncovered")
    sequence: int = Field(description="How often it has been changed since it was first published")
    created_at: datetime
    changed_at: datetime
    gone_at: datetime | None = Field(description="When the doctor lost it; null while it stands")

    @classmethod
    def of(cls, event: FeedDuty) -> Self:
        """An event as it is told."""
        return cls(
            id=event.id,
            plan=event.plan_id,
            duty=event.duty,
            doctor=event.doctor,
            sequence=event.sequence,
            created_at=event.created_at,
            changed_at=event.changed_at,
            gone_at=event.gone_at,
        )
