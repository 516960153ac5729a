"""What goes over the wire about wish rounds."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field

from api.service.shapes import Moment, Note, Shape, YesNo
from api.service.wishes.store import RoundState, document_of, state_of
from api.service.wishes.tables import StatedWish, WishRound
from scheduler.domain.problem import Attitude
from scheduler.reading.parts.part import Part
from scheduler.reading.parts.terms import Wish
from scheduler.reading.plan import Plan
from scheduler.reading.scalars import End, Flag, Ids, Start, Whole

Most = Annotated[int, Field(ge=1, le=200, description="Wishes that each doctor may state")]


class WishRoundIn(Shape):
    """A round that is opened."""

    deadline: Moment = Field(examples=["2027-01-15T23:59:00+01:00"])
    most: Most = 20
    text: Note = Field("", description="What the doctors are told")


class WishRoundChanges(Shape):
    """Changes of a round; what is left out stays. A later deadline opens a closed one again."""

    deadline: Moment | None = None
    most: Most | None = None
    text: Note | None = None


class TakeIn(Shape):
    """How the wishes go into the plan."""

    replace: YesNo = Field(
        False, description="Wishes that the plan has of the same doctors go; else they stay"
    )
    note: Note = ""


class PatternName(BaseModel):
    """A kind of shift that a wish can be about."""

    id: str
    name: str


class WishRoundOut(BaseModel):
    """A round."""

    id: str
    plan: str
    title: str = Field(description="Of the plan")
    first_day: date
    last_day: date
    patterns: list[PatternName]
    deadline: datetime
    most: int
    text: str
    state: RoundState
    version: int = Field(description="Also the ETag")
    wishes: int = Field(description="Stated so far: by a doctor the own ones, else by all")
    taken_version: int | None = Field(description="The plan's version into which they went")

    @classmethod
    def of(cls, found: WishRound, plan: Plan, wishes: int) -> Self:
        """A round as it is told."""
        return cls(
            id=found.id,
            plan=found.plan_id,
            title=plan.title,
            first_day=plan.first_day,
            last_day=plan.last_day,
            patterns=[
                *(PatternName(id=own.id, name=own.name) for own in plan.patterns),
                *(PatternName(id=own.id, name=own.name) for own in plan.municipal_duties),
            ],
            deadline=found.deadline,
            most=found.most,
            text=found.text,
            state=state_of(found),
            version=found.version,
            wishes=wishes,
            taken_version=found.taken_version,
        )


class WishWords(Part):
    """A wish as it stands in a plan, without its id and doctor."""

    attitude: Attitude = Field(
        title=Wish.model_fields["attitude"].title or "",
        description=Wish.model_fields["attitude"].description,
    )
    start: Start = Field(description="A day, or a day and a time", examples=["2027-03-13"])
    end: End | None = Field(None, description="The last day, or a day and a time")
    whole_weekend: Flag = Field(False, description="From Friday 15:00 to Monday 08:00")
    patterns: Ids = Field((), description="Only duties of these patterns; all if none")
    weight: Annotated[Whole, Field(ge=1, le=10)] = Field(
        1, description="How much it means among the doctor's own wishes"
    )
    as_block: Flag = Field(False, description="Granted only as a whole")


class StatedWishOut(BaseModel):
    """A wish that was stated, or tried."""

    id: str | None = Field(description="Null if it was only tried")
    doctor: str
    doctor_name: str
    wish: WishWords
    version: int | None = Field(description="Also the ETag")
    competing: int = Field(
        description="Other doctors who want one of the same duties, or to be free from one"
    )
    remarks: list[str] = Field(description="In bokmål")
    changed_at: datetime | None

    @classmethod
    def of(cls, own: StatedWish, name: str, competing: int, remarks: tuple[str, ...] = ()) -> Self:
        """A wish as it is told."""
        return cls(
            id=own.id,
            doctor=own.doctor,
            doctor_name=name,
            wish=WishWords.model_validate(document_of(own)),
            version=own.version,
            competing=competing,
            remarks=list(remarks),
            changed_at=own.changed_at,
        )


class TakenIn(BaseModel):
    """What became of the wishes of a round."""

    version: int = Field(description="Of the plan; also the ETag")
    wishes: int
    doctors: int
    remarks: list[str]
    round: WishRoundOut
