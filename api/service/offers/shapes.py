"""What goes over the wire about swap offers and deals."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from api.service.advice.shapes import DoctorId, DutyId, SwapOut, TakerOut, UnitOut
from api.service.offers.store import state_of
from api.service.offers.tables import SwapDeal, SwapOffer, SwapSettings
from api.service.shapes import Id, Moment, Note, Shape, YesNo
from scheduler.domain.problem import Problem

OfferState = Literal["open", "taken", "done", "withdrawn", "declined", "lapsed", "expired"]
DealState = Literal["asked", "agreed", "done", "refused", "withdrawn", "lapsed"]


class Offering(Shape):
    """A duty that a doctor wants to be rid of."""

    roster: Id = Field(description="The roster in force", examples=["0f3c…"])
    duty: DutyId = Field(
        description="One of her own; with a duty of a block the whole block is meant",
        examples=["natt/2027-03-12"],
    )
    to_doctor: DoctorId | None = Field(None, description="Null: offered to all")
    in_return: YesNo = Field(False, description="She wants a duty back for it")
    accepts: Annotated[list[DutyId], Field(max_length=200)] | None = Field(
        None,
        description="Duties that she would take in return: who gives one of them need not ask her "
        "again. Null: none is named, and she is asked",
    )
    ends_at: Moment | None = Field(None, description="At the latest when the duty begins, as here")
    note: Note = Field("", description="Seen by those to whom it is offered")


class OfferOut(Shape):
    """A swap offer."""

    id: str
    roster: str
    revision: int = Field(description="Also the ETag")
    doctor: str
    name: str
    unit: UnitOut | None = Field(description="Null: the plan has it no longer")
    to_doctor: str | None
    in_return: bool
    accepts: list[UnitOut] | None
    note: str
    state: OfferState
    created_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, offer: SwapOffer, problem: Problem) -> Self:
        """An offer as it is told."""
        units = problem.units
        known = problem.doctor_by_id.get(offer.doctor)
        accepts = None
        if offer.accepts is not None:
            accepts = [UnitOut.of(problem, own) for own in offer.accepts if own in units]
        return cls(
            id=offer.id,
            roster=offer.roster_id,
            revision=offer.revision,
            doctor=offer.doctor,
            name=known.name if known else offer.doctor,
            unit=UnitOut.of(problem, offer.unit) if offer.unit in units else None,
            to_doctor=offer.to_doctor,
            in_return=offer.in_return,
            accepts=accepts,
            note=offer.note,
            state=state_of(offer, datetime.now(UTC)),
            created_at=offer.created_at,
            ends_at=offer.ends_at,
        )


class OfferDetail(Shape):
    """An offer, and what it would be to the one who reads."""

    offer: OfferOut
    can_take: int = Field(description="How many colleagues could lawfully take it as things stand")
    mine: TakerOut | None = Field(
        description="What taking it, without giving anything back, would be to the doctor who "
        "reads; null: it is her own, or she is none"
    )


class Ending(Shape):
    """How an open offer ends."""

    state: Literal["withdrawn", "declined"] = Field(
        description="Withdrawn by who made it or by the coordinator, declined by the one to whom "
        "it was made"
    )
    note: Note = ""


class Accepting(Shape):
    """What is given for a duty that was offered."""

    duty: DutyId | None = Field(None, description="One's own; null: nothing is given back")


class Ringing(Shape):
    """Offers that are to go round; one of them is the doctor's own."""

    offers: Annotated[list[Id], Field(min_length=2, max_length=4)] = Field(
        description="In order: each one's duty goes to the next one's doctor"
    )


class PartOut(Shape):
    """One doctor's part of a deal."""

    doctor: str
    name: str
    gives: UnitOut | None
    gets: UnitOut | None
    says: bool | None = Field(description="Null: has not answered")


class DealOut(Shape):
    """Duties that some doctors want to let change hands."""

    id: str
    roster: str
    revision: int = Field(description="Also the ETag")
    state: DealState
    parts: list[PartOut] = Field(description="In order: what one gives, the next one gets")
    reason: str
    decided_by: str
    publication: str | None
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, deal: SwapDeal, problem: Problem) -> Self:
        """A deal as it is told."""
        names: Mapping[str, str] = {own.id: own.name for own in problem.doctors}
        return cls(
            id=deal.id,
            roster=deal.roster_id,
            revision=deal.revision,
            state=deal.state,
            parts=[
                PartOut(
                    doctor=own.doctor,
                    name=names.get(own.doctor, own.doctor),
                    gives=_unit(problem, own.gives),
                    gets=_unit(problem, own.gets),
                    says=own.says,
                )
                for own in sorted(deal.parts, key=lambda part: part.place)
            ],
            reason=deal.reason,
            decided_by=deal.decided_by,
            publication=deal.publication_id,
            created_at=deal.created_at,
            closed_at=deal.closed_at,
        )


def _unit(problem: Problem, unit: str | None) -> UnitOut | None:
    """A unit of the plan, or None where there is none or the plan has it no longer."""
    return UnitOut.of(problem, unit) if unit is not None and unit in problem.units else None


class DealDetail(Shape):
    """A deal, and what the checkers say of it as the roster stands."""

    deal: DealOut
    judged: SwapOut | None = Field(description="Null: it has ended, or a duty has changed hands")


class Answer(Shape):
    """Yes or no to one's part of a deal."""

    yes: YesNo
    note: Note = ""


class Deciding(Shape):
    """What is said with a decision."""

    note: Note = Field("", description="Seen by those who take part")


class SettingsOut(Shape):
    """What a cooperation wants of swaps."""

    need_approval: bool = Field(
        description="A coordinator must approve each. Else a swap that departs from no main rule "
        "comes true when all have said yes"
    )
    revision: int = Field(description="Also the ETag")

    @classmethod
    def of(cls, settings: SwapSettings) -> Self:
        """Settings as they are told."""
        return cls(need_approval=settings.need_approval, revision=settings.revision)


class SettingsIn(Shape):
    """What a cooperation is to want of swaps."""

    need_approval: YesNo
