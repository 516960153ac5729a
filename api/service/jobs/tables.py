"""Work that takes longer than a request, and what it told on its way."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from api.service.db.base import Base, document_column, id_column


class Job(Base):
    """A solve or another long piece of work.

    Attributes:
        kind: «solve», ...
        subject_id: id of the plan version or roster that it works on.
        options: as they were asked for.
        state: queued, running, stopping, done, failed or cancelled.
        holder: who works on it; empty unless it runs.
        alive_at: last sign of life of the holder.
        attempts: how often it was taken up.
        best: the best roster so far, from which it goes on when taken up again.
        result_id: the roster that came out.
        cut_off: a search did not answer when it was to end; its last roster is in what came out.
        message: why it failed, for a person.
        details: what there is to tell of the plan, for who sees grounds and absences.
        seconds: wall time that it is expected to need at most.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'stopping', 'done', 'failed', 'cancelled')",
            name="state",
        ),
        Index("ix_job_state_created_at", "state", "created_at"),
    )

    id: Mapped[str] = id_column()
    cooperation_id: Mapped[str] = mapped_column(ForeignKey("cooperation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(32))
    options: Mapped[dict[str, Any]]
    seconds: Mapped[int] = mapped_column(server_default="0")
    state: Mapped[str] = mapped_column(String(20))
    holder: Mapped[str] = mapped_column(String(100), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    # Large, and read only by who takes the job up again: not by each look at the job.
    best: Mapped[str | None] = mapped_column(Text, deferred=True)
    result_id: Mapped[str | None] = mapped_column(String(32))
    cut_off: Mapped[bool] = mapped_column(default=False, server_default=false())
    message: Mapped[str] = mapped_column(String(2000), default="")
    details: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    author: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    alive_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class JobEvent(Base):
    """One thing that a job told, in order.

    Attributes:
        number: 1, 2, 3 ... in the job; what a reader sends to go on after it.
    """

    __tablename__ = "job_event"

    job_id: Mapped[str] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]


class JobPart(Base):
    """One piece of a job that has several, kept so that another attempt does not begin anew.

    Attributes:
        name: of the piece, such as the id of a scenario.
        done: nothing more is to be done about it.
    """

    __tablename__ = "job_part"

    job_id: Mapped[str] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    document: Mapped[str] = document_column()
    done: Mapped[bool]


class JobResult(Base):
    """What came of a job, apart from a roster: a document."""

    __tablename__ = "job_result"

    job_id: Mapped[str] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = document_column()


class JobFile(Base):
    """A file that came of a job."""

    __tablename__ = "job_file"

    job_id: Mapped[str] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class OnceKey(Base):
    """A request that must not be carried out twice (Idempotency-Key).

    Attributes:
        request_digest: of what was asked, so that a key cannot stand for two requests.
        job_id: what it started.
    """

    __tablename__ = "once_key"

    account_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    job_id: Mapped[str] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(index=True)
