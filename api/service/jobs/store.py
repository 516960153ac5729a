"""The queue of jobs, kept in the database: whoever holds a job says so, and shows that it lives.

A holder that has shown no sign of life for `LEASE` has lost its job to whoever claims it next. It
can do no harm afterwards: everything that a holder writes is written only while it still holds.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.accounts.tables import Account, Cooperation
from api.service.audit.store import log
from api.service.cursors import older
from api.service.errors import BusyError, KeyReusedError, NotFoundError, StateError
from api.service.jobs.delivery import announce
from api.service.jobs.tables import Job, JobEvent, OnceKey

QUEUED, RUNNING, STOPPING = "queued", "running", "stopping"
DONE, FAILED, CANCELLED = "done", "failed", "cancelled"
OPEN, ENDED = (QUEUED, RUNNING, STOPPING), (DONE, FAILED, CANCELLED)
FOLLOWS = Right.JOBS
"""What one needs to follow a job."""
LEASE = timedelta(seconds=20)
ATTEMPTS = 5
_KEYS_KEPT = timedelta(days=2)


class LostError(Exception):
    """The job is held by somebody else now, or by nobody."""


def enqueue(
    session: Session,
    actor: Actor,
    kind: str,
    subject: str,
    options: Mapping[str, Any],
    *,
    most: int,
    seconds: float = 0,
    once: str | None = None,
    request_digest: str = "",
) -> Job:
    """A new job; or the one that the same request started before.

    Args:
        session: to write with.
        actor: who asks.
        kind: «solve», ...
        subject: id of what it works on.
        options: plain values.
        most: jobs that the cooperation may have open.
        seconds: wall time that it is expected to need at most.
        once: the caller's key: the same key gives the same job.
        request_digest: of all that was asked.

    Raises:
        KeyReusedError: the key stands for another request.
        BusyError: the cooperation has as many jobs as it may have.
    """
    now = datetime.now(UTC)
    # One after the other: two at once would both find room, or the same key unused.
    session.get_one(Cooperation, actor.cooperation, with_for_update={"key_share": True})
    if once is not None:
        known = session.get(OnceKey, (actor.account, once))
        if known is not None and known.created_at > now - _KEYS_KEPT:
            if known.request_digest != request_digest:
                raise KeyReusedError
            return session.get_one(Job, known.job_id)
        if known is not None:
            session.delete(known)
            session.flush()
    is_open = select(func.count()).where(
        Job.cooperation_id == actor.cooperation, Job.state.in_(OPEN)
    )
    if (session.scalar(is_open) or 0) >= most:
        raise BusyError(most=most)
    job = Job(
        cooperation_id=actor.cooperation,
        kind=kind,
        subject_id=subject,
        options=dict(options),
        seconds=ceil(seconds),
        state=QUEUED,
        author=actor.name,
        author_id=actor.account,
        created_at=now,
    )
    session.add(job)
    session.flush()
    announce(session, job)
    if once is not None:
        session.add(
            OnceKey(
                account_id=actor.account,
                key=once,
                request_digest=request_digest,
                job_id=job.id,
                created_at=now,
            )
        )
    log(session, actor, "job.asked-for", f"job/{job.id}", kind=kind)
    return job


def job_of(session: Session, actor: Actor, job: str, *, to_change: bool = False) -> Job:
    """A job of the actor's cooperation.

    Raises:
        NotFoundError: there is none, or it belongs to others.
    """
    found = session.get(Job, job, with_for_update=to_change)
    if found is None:
        raise NotFoundError
    actor.within(found.cooperation_id)
    return found


def jobs(session: Session, actor: Actor, after: str | None, most: int) -> Sequence[Job]:
    """Jobs of the actor's cooperation, the newest first, one more than `most`."""
    query = select(Job).where(Job.cooperation_id == actor.cooperation)
    condition = older(Job, after)
    if condition is not None:
        query = query.where(condition)
    return session.scalars(query.order_by(Job.created_at.desc(), Job.id).limit(most + 1)).all()


def ask_to_stop(session: Session, actor: Actor, job: Job) -> None:
    """Stop a job: one that waits is cancelled, one that runs ends soon and keeps its best.

    Raises:
        StateError: it has ended.
    """
    if job.state in ENDED:
        raise StateError("job", job.state)
    if job.state == QUEUED:
        job.state = CANCELLED
        job.ended_at = datetime.now(UTC)
        add_event(session, job.id, "state", {"state": CANCELLED})
    elif job.state == RUNNING:
        job.state = STOPPING
        add_event(session, job.id, "state", {"state": STOPPING})
    log(session, actor, "job.stopped", f"job/{job.id}")


WAITS = or_(Job.state == QUEUED, and_(Job.state == STOPPING, Job.holder == ""))
"""Somebody must take the job up: to do it, or to save what is kept of it."""


def claim(
    session: Session, holder: str, *, job: str | None = None, at_once: int | None = None
) -> Job | None:
    """Take the job that has waited longest, or one that was named; None if it cannot be had.

    Args:
        session: to write with.
        holder: who takes it.
        job: id; None for the one that has waited longest.
        at_once: so many jobs of a cooperation may run at a time; None: any number.
    """
    query = select(Job).where(WAITS)
    if job is not None:
        query = query.where(Job.id == job)
    if at_once is not None:
        other = aliased(Job)
        running = (
            select(func.count())
            .where(other.cooperation_id == Job.cooperation_id, other.holder != "")
            .scalar_subquery()
        )
        query = query.where(running < at_once)
    found = session.scalar(
        query.order_by(Job.created_at, Job.id).limit(1).with_for_update(skip_locked=True, of=Job)
    )
    if found is None or (at_once is not None and not _room(session, found, at_once)):
        return None
    return _taken(session, found, holder)


def _room(session: Session, job: Job, at_once: int) -> bool:
    """Whether another job of the cooperation may run; nobody else finds out at the same time."""
    session.get_one(Cooperation, job.cooperation_id, with_for_update={"key_share": True})
    running = select(func.count()).where(Job.cooperation_id == job.cooperation_id, Job.holder != "")
    return (session.scalar(running) or 0) < at_once


def _taken(session: Session, job: Job, holder: str) -> Job:
    now = datetime.now(UTC)
    if job.state == QUEUED:
        job.state = RUNNING
    job.holder = holder
    job.attempts += 1
    job.started_at = job.started_at or now
    job.alive_at = now
    add_event(session, job.id, "state", {"state": job.state, "attempt": job.attempts})
    return job


def held(session: Session, job: str, holder: str) -> Job:
    """The job, for its holder to write to; also a sign of life.

    Raises:
        LostError: it is held by somebody else, or has ended.
    """
    found = session.get(Job, job, with_for_update=True)
    if found is None or found.holder != holder or found.state in ENDED:
        raise LostError(job)
    found.alive_at = datetime.now(UTC)
    return found


def end(
    session: Session,
    job: Job,
    state: str,
    *,
    result: str | None = None,
    message: str = "",
    details: str = "",
    cut_off: bool = False,
) -> None:
    """The job has ended: done, failed or cancelled.

    Args:
        session: to write with.
        job: of whoever ends it.
        state: in which it ends.
        result: id of the roster that came out.
        message: why it failed; all who follow it are told, now and later.
        details: what there is to tell of the plan, only for who sees grounds and absences.
        cut_off: a search did not answer when it was to end, and its last roster was taken.
    """
    job.state = state
    job.holder = ""
    job.result_id, job.cut_off = result, cut_off
    job.message, job.details = message[:2000], details[:2000]
    job.ended_at = datetime.now(UTC)
    add_event(session, job.id, "state", {"state": state, "result": result, "message": job.message})


def give_back(session: Session, job: Job, why: str) -> None:
    """The holder cannot go on: another may; after `ATTEMPTS` the job has failed."""
    if job.attempts >= ATTEMPTS:
        end(session, job, FAILED, message=f"Jobben stanset {ATTEMPTS} ganger. {why}")
        return
    job.holder = ""
    if job.state == RUNNING:
        job.state = QUEUED
    add_event(session, job.id, "state", {"state": job.state, "message": why})
    announce(session, job)


def reap(session: Session, lease: timedelta = LEASE) -> int:
    """Take jobs from holders that have shown no sign of life for so long; gives how many."""
    cutoff = datetime.now(UTC) - lease
    stale = session.scalars(
        select(Job)
        .where(Job.state.in_((RUNNING, STOPPING)), Job.holder != "", Job.alive_at < cutoff)
        .with_for_update(skip_locked=True)
    ).all()
    for job in stale:
        give_back(session, job, "Maskinen som arbeidet med den, svarte ikke lenger.")
    return len(stale)


def add_event(session: Session, job: str, kind: str, data: dict[str, Any]) -> None:
    """Tell the readers of a job something; its row is locked by whoever tells."""
    last = session.scalar(select(func.max(JobEvent.number)).where(JobEvent.job_id == job)) or 0
    session.add(JobEvent(job_id=job, number=last + 1, at=datetime.now(UTC), kind=kind, data=data))
    session.flush()


def events(session: Session, job: str, after: int, most: int = 500) -> Sequence[JobEvent]:
    """What a job told after an event, in order."""
    query = select(JobEvent).where(JobEvent.job_id == job, JobEvent.number > after)
    return session.scalars(query.order_by(JobEvent.number).limit(most)).all()


def author_of(session: Session, job: Job) -> Actor:
    """Who asked for the job.

    Raises:
        NotFoundError: the account is gone.
    """
    account = session.get(Account, job.author_id)
    if account is None:
        raise NotFoundError
    return Actor.of(account)
