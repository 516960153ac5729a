"""What goes over the wire about rosters."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from api.service.plans.redaction import Naming
from api.service.rosters.edits import Verdict
from api.service.rosters.moves import Moved
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from api.service.shapes import Note, Shape
from scheduler.checking import Report
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from scheduler.writing.rows import place_name, rows

State = Literal["draft", "hearing", "published", "amended", "archived"]


class RosterOut(Shape):
    """A roster in a list."""

    id: str
    plan: str
    title: str
    state: State
    version: int = Field(description="Number of the newest version")
    revision: str = Field(
        description="Version and number of changes of state, such as 3.1: what If-Match had better "
        "hold. With the version alone, changes of state since are overlooked."
    )
    created_at: datetime

    @classmethod
    def of(cls, roster: StoredRoster) -> Self:
        """A roster as it is told."""
        return cls(
            id=roster.id,
            plan=roster.plan_id,
            title=roster.title,
            state=roster.state,
            version=roster.version,
            revision=f"{roster.version}.{roster.moves}",
            created_at=roster.created_at,
        )


class RosterVersionOut(Shape):
    """A version of a roster, without its assignments."""

    number: int
    digest: str | None = Field(description="SHA-256 of the document; null if not for you")
    holes: int
    breaches: int
    note: str
    author: str
    created_at: datetime

    @classmethod
    def of(cls, version: RosterVersion, *, notes: bool = True) -> Self:
        """A version as it is told; without notes also without what guesses can be tried on."""
        return cls(
            number=version.number,
            digest=version.digest if notes else None,
            holes=version.holes,
            breaches=version.breaches,
            note=version.note if notes else "",
            author=version.author,
            created_at=version.created_at,
        )


class AssignmentOut(Shape):
    """A duty and one of its doctors, or a doctor that it lacks."""

    duty: str
    name: str
    place: str
    start: datetime
    end: datetime
    points: float
    doctor: str | None = Field(description="Null: nobody has it")
    doctor_name: str | None


class RosterContent(Shape):
    """A version of a roster with its assignments, in order of time."""

    roster: RosterOut
    version: RosterVersionOut
    assignments: list[AssignmentOut]

    @classmethod
    def of(
        cls,
        roster: StoredRoster,
        version: RosterVersion,
        timetable: Timetable,
        naming: Naming,
        *,
        notes: bool,
    ) -> Self:
        """A roster as it is told to somebody who sees doctors by these names, and notes or not."""
        found = []
        for row in rows(timetable):
            shown: tuple[str | None, str | None] = (None, None)
            if row.doctor is not None:
                shown = naming(row.doctor.id, row.doctor.name, row.doctor.municipality)
            found.append(
                AssignmentOut(
                    duty=row.duty.id,
                    name=row.duty.type.name,
                    place=place_name(timetable, row.duty),
                    start=row.duty.start,
                    end=row.duty.end,
                    points=row.duty.burden / 100,
                    doctor=shown[0],
                    doctor_name=shown[1],
                )
            )
        return cls(
            roster=RosterOut.of(roster),
            version=RosterVersionOut.of(version, notes=notes),
            assignments=found,
        )


class Finding(Shape):
    """One thing that a checker found."""

    rule: str
    outcome: Outcome
    doctor: str | None
    duties: list[str]
    sentence: str


class ReportOut(Shape):
    """The checkers' judgement."""

    lawful: bool
    complete: bool
    findings: list[Finding] = Field(description="Breaches, holes, departures and notices")

    @classmethod
    def of(cls, report: Report) -> Self:
        """A judgement as it is told to those who keep the plan."""
        return cls(
            lawful=report.lawful,
            complete=report.complete,
            findings=[
                Finding(
                    rule=case.rule,
                    outcome=case.outcome,
                    doctor=case.doctor,
                    duties=list(case.duties),
                    sentence=own.rule.explain(report.timetable.problem, case),
                )
                for own in report.rules
                for case in (*own.breaches, *own.holes, *own.exceptions, *own.notices)
            ],
        )


class AssignmentIn(Shape):
    """A doctor on a duty."""

    duty: Annotated[str, Field(min_length=1, max_length=200)]
    doctor: Annotated[str, Field(min_length=1, max_length=100)]

    def plain(self) -> Assignment:
        """The engine's word for it."""
        return Assignment(self.duty, self.doctor)


class Edit(Shape):
    """A change by hand: who no longer has which duty, and who has which instead."""

    off: Annotated[list[AssignmentIn], Field(max_length=500)] = Field(default_factory=list)
    on: Annotated[list[AssignmentIn], Field(max_length=500)] = Field(default_factory=list)
    note: Note = ""


class VerdictOut(Shape):
    """What a change does, by the checkers."""

    lawful: bool = Field(description="It brings no breach")
    breaches: list[str]
    departures: list[str] = Field(description="Departures from main rules that it brings")
    wishes: list[str] = Field(description="Wishes that it refuses")
    mended: list[str] = Field(description="Breaches that are gone")
    holes: int = Field(description="After the change")
    stored: RosterVersionOut | None = Field(
        description="Null if it was only tried, or changes nothing"
    )

    @classmethod
    def of(cls, verdict: Verdict, stored: RosterVersion | None) -> Self:
        """A verdict as it is told."""
        return cls(
            lawful=verdict.lawful,
            breaches=list(verdict.breaches),
            departures=list(verdict.departures),
            wishes=list(verdict.wishes),
            mended=list(verdict.mended),
            holes=verdict.report.lacking,
            stored=RosterVersionOut.of(stored) if stored else None,
        )


class Restoring(Shape):
    """An earlier version that is to stand again."""

    version: Annotated[int, Field(ge=1, le=2_000_000_000, description="Its number")]
    note: Note = ""


class RestoredOut(Shape):
    """The roster afterwards, and its new version."""

    roster: RosterOut
    version: RosterVersionOut | None = Field(description="Null if nothing was different")


class Transition(Shape):
    """Where a roster goes."""

    state: Literal["draft", "hearing", "archived"]
    note: Note = ""


class Publish(Shape):
    """A publication that is asked for."""

    signed: Note = Field("", description="Who answers for breaches, and why it is published so")
    note: Note = ""


class MovedOut(Shape):
    """What one doctor got and lost."""

    doctor: str
    gained: list[str]
    lost: list[str]

    @classmethod
    def of(cls, found: Moved) -> Self:
        """As it is told."""
        return cls(doctor=found.doctor, gained=list(found.gained), lost=list(found.lost))


class PublicationOut(Shape):
    """What was published, and whose duties moved."""

    number: int
    version: int
    signed: str
    author: str
    created_at: datetime
    moved: list[MovedOut]

    @classmethod
    def of(cls, publication: Publication, version: RosterVersion, found: tuple[Moved, ...]) -> Self:
        """A publication as it is told."""
        return cls(
            number=publication.number,
            version=version.number,
            signed=publication.signed,
            author=publication.author,
            created_at=publication.created_at,
            moved=[MovedOut.of(own) for own in found],
        )
