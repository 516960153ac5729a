"""What goes over the wire about feeds."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.service.feeds.store import DISTRICT
from api.service.feeds.tables import StoredFeed
from api.service.shapes import ForeignId, Label, Shape

FeedKind = Literal["doctor", "place", "district", "busy"]


class FeedIn(Shape):
    """An address that is asked for."""

    kind: FeedKind = Field(
        description="A doctor's duties, a place's, the whole district's, or a doctor's as busy time"
    )
    subject: ForeignId = Field(
        "", description="Id of the doctor or place in the plans; empty for the district"
    )
    label: Label = Field(description="What you call it: «telefonen»")
    drafts: bool = Field(False, description="Show rosters in hearing too, as tentative")
    alarm_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if (self.kind == DISTRICT) == bool(self.subject):
            raise ValueError("subject must be given, but for the district")
        return self


class FeedOut(Shape):
    """An address, without its secret."""

    id: str
    kind: FeedKind
    subject: str
    label: str
    drafts: bool
    alarm_minutes: int | None
    created_at: datetime
    revoked_at: datetime | None
    fetched_at: datetime | None = Field(description="When a client last read it")
    client: str = Field(description="What that client calls itself")
    up_to_date: bool | None = Field(
        description="Whether it has read what was published last; null before its first visit"
    )

    @classmethod
    def of(cls, feed: StoredFeed, newest: str | None) -> Self:
        """A feed as it is told.

        Args:
            feed: what is kept of it.
            newest: id of the newest publication in it.
        """
        return cls(
            id=feed.id,
            kind=feed.kind,
            subject=feed.subject,
            label=feed.label,
            drafts=feed.drafts,
            alarm_minutes=feed.alarm_minutes,
            created_at=feed.created_at,
            revoked_at=feed.revoked_at,
            fetched_at=feed.fetched_at,
            client=feed.client,
            up_to_date=None if feed.fetched_at is None else feed.seen_publication == newest,
        )


class NewFeed(FeedOut):
    """An address with its secret, which is told this once."""

    url: str = Field(description="For Google and most others")
    webcal: str = Field(description="The same; opens the calendar on a telephone")
