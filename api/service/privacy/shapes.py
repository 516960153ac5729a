"""What goes over the wire about erasures."""

from datetime import date, datetime
from typing import Self

from pydantic import Field, model_validator

from api.service.privacy.tables import Erasure
from api.service.shapes import ForeignId, Id, Note, Shape


class ErasureIn(Shape):
    """A person who is to be erased: by account, or a doctor who has none."""

    account: Id | None = Field(None, description="Id of the account; its doctor is erased too")
    doctor: ForeignId | None = Field(None, description="Id in the plans, for who has no account")
    why: Note = Field("", description="For the audit log; name nobody")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.account) == bool(self.doctor):
            raise ValueError("account or doctor must be given, and not both")
        return self


class ErasureOut(Shape):
    """That something was erased, or would be."""

    id: str
    kind: str = Field(description="person, or retention: its time was up")
    code: str = Field(description="What the person is called in duties from now on")
    author: str
    why: str
    counts: dict[str, int] = Field(description="Rows by table")
    held_until: date | None = Field(
        description="The name stays in published rosters until then, and goes by itself"
    )
    at: datetime

    @classmethod
    def of(cls, erasure: Erasure) -> Self:
        """An erasure as it is told."""
        return cls(
            id=erasure.id,
            kind=erasure.kind,
            code=erasure.code,
            author=erasure.author,
            why=erasure.why,
            counts=erasure.counts,
            held_until=erasure.held_until,
            at=erasure.began_at,
        )
