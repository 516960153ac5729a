"""What goes over the wire about the ledger."""

from collections.abc import Set
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from api.service.crowd import tells_of_one
from api.service.problems import Place
from api.service.shapes import Day, ForeignId, Line, Shape, Whole
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.digest import WISHES
from scheduler.ledger.entry import Entry, Event, Kind
from scheduler.ledger.overview import Row, measures, row, statement, title
from scheduler.ledger.wording import per_unit, word
from scheduler.reading.parts.history import Account

MeasureName = Literal["points", "nights", "weekends", "great_holidays", "ordered", "wishes"]
Amount = Annotated[
    Decimal,
    Field(ge=-1000, le=1000, decimal_places=2, description="At most two decimals; with its sign"),
]
BookedOn = Annotated[
    Day | None,
    Field(description="Day of the entry, not before the entry above; today if left out"),
]
Reason = Annotated[
    Line, Field(description="Whoever sees the account can read it: nothing about health")
]


def measure_of(name: MeasureName) -> Measure | None:
    """The engine's word for it; refused wishes are None."""
    return None if name == WISHES else Measure(name)


def name_of(measure: Measure | None) -> MeasureName:
    """The word over the wire."""
    found: MeasureName = WISHES if measure is None else measure.value  # type: ignore[assignment]
    return found


class PeriodOut(BaseModel):
    """A period that is closed."""

    entry: int
    title: str
    first_day: date
    last_day: date


class LedgerSettings(BaseModel):
    """How old balances are kept from exploding; the municipality's own choice. 0 turns one off."""

    half_life: int = Field(description="Months after which half of an old balance is left")
    ceiling: int = Field(description="How far a balance may grow, % of a period's fair part")
    wish_half_life: int = Field(description="Months after which a refused wish counts half")


class BalanceOut(BaseModel):
    """One account since the latest closing and with it; the first five make the balance."""

    doctor: str | None = Field(description="Null: the common account")
    name: str
    opening: float
    worked: float
    share: float
    written_off: float
    corrected: float
    balance: float = Field(description="Over zero: has done more than the fair share")

    @classmethod
    def of(cls, doctor: str | None, name: str, measure: Measure | None, own: Row) -> Self:
        """An account in what people reckon with: points, nights, hours."""
        unit = per_unit(measure)
        return cls(
            doctor=doctor,
            name=name,
            opening=own.opening / unit,
            worked=own.worked / unit,
            share=own.share / unit,
            written_off=own.written_off / unit,
            corrected=own.corrected / unit,
            balance=own.closing / unit,
        )


class MeasureOut(BaseModel):
    """The balances of one measure."""

    measure: MeasureName
    word: str = Field(description="In bokmål")
    accounts: list[BalanceOut] = Field(description="Those that are for you to see by name")
    doctors: int = Field(description="How many have an account")
    spread: list[float] | None = Field(
        description="The balances of all doctors, without names, in order; null where it would "
        "tell you of single doctors"
    )


class LedgerOut(BaseModel):
    """The book as it stands."""

    length: int = Field(description="Number of entries; also the ETag")
    digest: str | None = Field(description="Of the last entry; null if not for you")
    settings: LedgerSettings
    closings: list[PeriodOut]
    measures: list[MeasureOut]

    @classmethod
    def of(cls, book: Book, named: Set[str], *, whole: bool) -> Self:
        """A book as it is told to somebody.

        Args:
            book: the book.
            named: ids of the doctors who are told by name.
            whole: also the digest and the common account.
        """
        return cls(
            length=len(book.entries),
            digest=book.digest if whole else None,
            settings=settings_of(book),
            closings=[_period(own) for own in book.closings],
            measures=[_measure(book, own, named, whole=whole) for own in measures(book)],
        )


class PostingOut(BaseModel):
    """One line of a statement."""

    entry: int
    booked_on: date
    event: Event
    kind: Kind
    title: str = Field(description="In bokmål")
    text: str
    period: str | None
    amount: float
    balance: float = Field(description="After it")


class StatementOut(BaseModel):
    """A doctor's account in one measure, line by line."""

    measure: MeasureName
    word: str
    balance: float
    lines: list[PostingOut]


class AccountStatement(BaseModel):
    """A doctor's whole account."""

    doctor: str
    name: str
    statements: list[StatementOut]
    holidays: dict[str, list[int]] = Field(description="Great holiday -> the years of it")

    @classmethod
    def of(cls, book: Book, doctor: str) -> Self:
        """The account as it is told to the doctor and those who keep the book."""
        return cls(
            doctor=doctor,
            name=book.names[doctor],
            statements=[_statement(book, doctor, own) for own in measures(book)],
            holidays={
                holiday.name.lower(): list(years)
                for holiday, years in book.holidays(doctor).items()
            },
        )


class LedgerLine(BaseModel):
    """One movement of one balance."""

    doctor: str | None
    measure: MeasureName
    kind: Kind
    amount: float


class LedgerEntryOut(BaseModel):
    """One entry."""

    number: int
    booked_on: date
    event: Event
    text: str
    period: PeriodOut | None
    reverses: int | None
    reversed: bool
    settings: LedgerSettings | None
    doctors: dict[str, str] = Field(description="Id -> name of those it is about")
    lines: list[LedgerLine]
    digest: str
    author: str
    created_at: datetime

    @classmethod
    def of(cls, book: Book, entry: Entry, author: str, created_at: datetime) -> Self:
        """An entry as it is told to those who keep the book."""
        return cls(
            number=entry.number,
            booked_on=entry.booked_on,
            event=entry.event,
            text=entry.text,
            period=_period(entry) if entry.period else None,
            reverses=entry.reverses,
            reversed=entry.number in book.reversed,
            settings=LedgerSettings.model_validate(entry.settings, from_attributes=True)
            if entry.settings
            else None,
            doctors=dict(entry.doctors),
            lines=[
                LedgerLine(
                    doctor=own.doctor,
                    measure=name_of(own.measure),
                    kind=own.kind,
                    amount=own.amount / per_unit(own.measure),
                )
                for own in entry.lines
            ],
            digest=entry.digest,
            author=author,
            created_at=created_at,
        )


class LedgerEntries(BaseModel):
    """Entries, the newest first."""

    items: list[LedgerEntryOut]
    next: int | None = Field(description="Send as `before` for the next page; null on the last one")


class ClosingIn(Shape):
    """A period that is over."""

    roster: ForeignId = Field(description="A roster that was published, as it was worked")
    booked_on: BookedOn = None


class CorrectionIn(Shape):
    """A balance that is put right by hand."""

    doctor: ForeignId = Field(examples=["kari"])
    measure: MeasureName
    amount: Amount
    reason: Reason
    against: ForeignId | None = Field(
        None, description="The doctor whose balance moves the other way; the common account if none"
    )
    booked_on: BookedOn = None


class ReversalIn(Shape):
    """An entry that is taken back."""

    entry: Annotated[Whole, Field(ge=1, le=1_000_000)]
    reason: Reason
    booked_on: BookedOn = None


class LeavingIn(Shape):
    """A doctor who has left for good."""

    doctor: ForeignId
    reason: Reason = "Har sluttet"
    booked_on: BookedOn = None


class LedgerSettingsIn(Shape):
    """Other settings; what is left out stays."""

    half_life: Annotated[Whole, Field(ge=0, le=240)] | None = None
    ceiling: Annotated[Whole, Field(ge=0, le=1000)] | None = None
    wish_half_life: Annotated[Whole, Field(ge=0, le=240)] | None = None
    reason: Reason = "Kommunens valg"
    booked_on: BookedOn = None


class Posted(BaseModel):
    """What was posted."""

    length: int = Field(description="Number of entries; also the ETag")
    digest: str = Field(description="Worth writing into the minutes: `check` finds it again")
    entries: list[int] = Field(description="Numbers of the new entries")
    remarks: list[str] = Field(description="What a person should know, in bokmål")


class CheckOut(BaseModel):
    """Whether the book is as it was posted."""

    intact: bool
    flaws: list[Place]
    entries: int
    lines: int
    closings: int
    found: int | None = Field(description="Number of the entry with the digest that was asked for")


class OpeningOut(BaseModel):
    """The balances that a plan would open with."""

    version: int = Field(description="Of the plan; also the ETag")
    changes: bool = Field(description="Whether the plan says otherwise now")
    accounts: list[Account]
    new: list[str] = Field(description="Names of doctors who have no account yet")
    remarks: list[str]


def settings_of(book: Book) -> LedgerSettings:
    """Those in force."""
    return LedgerSettings.model_validate(book.settings, from_attributes=True)


def _period(entry: Entry) -> PeriodOut:
    own = entry.period
    if own is None:
        raise ValueError(f"entry ({entry.number}) must be a closing")
    return PeriodOut(
        entry=entry.number, title=own.title, first_day=own.first_day, last_day=own.last_day
    )


def _measure(book: Book, measure: Measure | None, named: Set[str], *, whole: bool) -> MeasureOut:
    accounts = [
        BalanceOut.of(who, name, measure, row(book, who, measure))
        for who, name in book.names.items()
        if who in named
    ]
    if whole and measure is not None:
        accounts.append(BalanceOut.of(None, "Fellesskapet", measure, row(book, None, measure)))
    unit = per_unit(measure)
    # Who has left stands in the book with balances of nothing, and hides nobody.
    active = set(book.closings[-1].doctors) if book.closings else set()
    hidden = tells_of_one(len(active), len(active - named))
    return MeasureOut(
        measure=name_of(measure),
        word=word(measure),
        accounts=accounts,
        doctors=len(book.names),
        spread=None if hidden else sorted(book.balance(who, measure) / unit for who in book.names),
    )


def _statement(book: Book, doctor: str, measure: Measure | None) -> StatementOut:
    unit = per_unit(measure)
    return StatementOut(
        measure=name_of(measure),
        word=word(measure),
        balance=book.balance(doctor, measure) / unit,
        lines=[
            PostingOut(
                entry=own.entry.number,
                booked_on=own.entry.booked_on,
                event=own.entry.event,
                kind=own.line.kind,
                title=title(own.entry, own.line.kind, is_wish=measure is None),
                text=own.entry.text,
                period=own.entry.period.title if own.entry.period else None,
                amount=own.line.amount / unit,
                balance=own.balance / unit,
            )
            for own in statement(book, doctor, measure)
        ],
    )
