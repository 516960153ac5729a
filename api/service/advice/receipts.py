"""What became of wishes, told to the doctor whose they are and to who keeps the plan."""

from typing import Self

from pydantic import Field

from api.service.shapes import Shape
from scheduler.domain.problem import Attitude
from scheduler.writing.receipts import ANSWERS, BASIS, Answer, Receipt


class ReasonOut(Shape):
    """What stood against one duty, or one block, of a refused wish."""

    duties: list[str]
    what: str
    main: str
    others: list[str]
    unavailable: list[str] = Field(description="Doctors to whom the duty was closed; never why")
    open: bool = Field(description="A lawful exchange exists that would not make the plan worse")


class ReceiptOut(Shape):
    """The answer to one wish."""

    wish: str
    doctor: str
    name: str
    attitude: Attitude
    answer: Answer
    answer_title: str
    asked: str
    sentence: str
    parts: int = Field(description="Things that can be refused by themselves")
    refused: int
    meant: list[str] = Field(description="Duties that the wish means")
    given: list[str] = Field(description="Those of them that the doctor has")
    notes: list[str]
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, own: Receipt) -> Self:
        """A receipt as it is told."""
        return cls(
            wish=own.wish,
            doctor=own.doctor,
            name=own.name,
            attitude=own.attitude,
            answer=own.answer,
            answer_title=ANSWERS[own.answer],
            asked=own.asked,
            sentence=own.sentence,
            parts=own.parts,
            refused=own.refused,
            meant=list(own.meant),
            given=list(own.given),
            notes=list(own.notes),
            reasons=[
                ReasonOut(
                    duties=list(reason.duties),
                    what=reason.what,
                    main=reason.main,
                    others=list(reason.others),
                    unavailable=list(reason.unavailable),
                    open=reason.open,
                )
                for reason in own.reasons
            ],
        )


class ReceiptsOut(Shape):
    """Wish receipts."""

    version: int
    receipts: list[ReceiptOut]
    basis: str = BASIS
