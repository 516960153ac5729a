"""What is kept of a job: pieces of one that is under way, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.service.documents import canonical
from api.service.errors import NotFoundError
from api.service.jobs.tables import Job, JobFile, JobPart, JobResult


def keep_part(session: Session, job: str, name: str, document: str, *, done: bool) -> None:
    """Keep one piece; one of the same name is replaced. The job's row is locked by its holder."""
    session.merge(JobPart(job_id=job, name=name, document=document, done=done))


def parts(session: Session, job: str) -> dict[str, tuple[str, bool]]:
    """Pieces that were kept: name -> (document, whether it is done)."""
    found = session.scalars(select(JobPart).where(JobPart.job_id == job))
    return {own.name: (own.document, own.done) for own in found}


def keep_result(
    session: Session, job: Job, document: Mapping[str, Any] | None, files: Mapping[str, bytes]
) -> None:
    """Keep what came of a job; its pieces are not needed any more."""
    if document is not None:
        session.add(JobResult(job_id=job.id, document=canonical(document)))
    session.add_all(JobFile(job_id=job.id, name=name, content=own) for name, own in files.items())
    session.execute(delete(JobPart).where(JobPart.job_id == job.id))


def document_of(session: Session, job: Job) -> dict[str, Any] | None:
    """The document that came of a job; None if none did."""
    found = session.get(JobResult, job.id)
    if found is None:
        return None
    document: dict[str, Any] = json.loads(found.document)
    return document


def files_of(session: Session, job: Job) -> Sequence[str]:
    """Names of the files that came of a job."""
    query = select(JobFile.name).where(JobFile.job_id == job.id)
    return session.scalars(query.order_by(JobFile.name)).all()


def file_of(session: Session, job: Job, name: str) -> bytes:
    """A file that came of a job.

    Raises:
        NotFoundError: there is none of this name.
    """
    found = session.get(JobFile, (job.id, name))
    if found is None:
        raise NotFoundError
    return found.content
