"""What goes over the wire about comments."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from api.service.hearings.tables import RosterComment
from api.service.shapes import ForeignId, Shape, YesNo


def _readable(text: str) -> str:
    """Several lines are well; what cannot be printed is not."""
    own = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not own:
        raise ValueError("must not be empty")
    if not all(char.isprintable() or char in "\n\t" for char in own):
        raise ValueError("must be text that can be read")
    return own


Body = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_readable)]


class Commenting(Shape):
    """A comment that is to be made."""

    body: Body = Field(
        description="What is to be said; for the coordinator alone",
        examples=["Natt til lørdag 13. mars passer dårlig. Kan jeg bytte med noen?"],
    )
    duty: Annotated[ForeignId, Field(min_length=1)] | None = Field(
        None, description="Id of the duty that it is about; null: the roster as a whole"
    )


class Answering(Shape):
    """What the coordinator answers."""

    answer: Body | None = Field(None, description="Null: the answer stays as it is")
    close: YesNo = Field(True, description="The matter is settled; false opens it again")


class CommentOut(Shape):
    """A comment and its answer."""

    id: str
    roster: str
    version: int = Field(description="Number of the version that it is about")
    revision: int = Field(description="Number of the comment's own version; also its ETag")
    duty: str | None
    doctor: str | None
    author: str
    body: str
    answer: str
    answered_by: str
    state: Literal["open", "closed"]
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, comment: RosterComment, version: int) -> Self:
        """A comment as it is told."""
        return cls(
            id=comment.id,
            roster=comment.roster_id,
            version=version,
            revision=comment.revision,
            duty=comment.duty,
            doctor=comment.doctor,
            author=comment.author,
            body=comment.body,
            answer=comment.answer,
            answered_by=comment.answered_by,
            state="closed" if comment.closed_at else "open",
            created_at=comment.created_at,
            closed_at=comment.closed_at,
        )
