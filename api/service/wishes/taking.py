"""The wishes of a round go into the plan: all of them as one version, or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.errors import StaleError, StateError
from api.service.plans import parts
from api.service.plans.changing import Understood, kept, understood
from api.service.plans.tables import StoredPlan
from api.service.service import Service
from api.service.wishes import store
from api.service.wishes.tables import StatedWish, WishRound
from scheduler.reading.faults import PlanError

_TRIES = 5  # while doctors go on stating wishes


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it."""

    plan: StoredPlan
    own: WishRound
    understood: Understood
    wishes: Sequence[StatedWish]


def take_in(
    service: Service,
    actor: Actor,
    own: str,
    check: Callable[[int], None],
    *,
    replace: bool,
    note: str,
) -> Taken:
    """Put the wishes of a round into its plan and end the round.

    A doctor who changes a wish meanwhile is in time or too late, and never lost: what is stored is
    what stood when the round ended.

    Args:
        service: where both are.
        actor: who takes them in.
        own: id of the round.
        check: raises if the plan's version is not the one that the caller knows.
        replace: the plan's own wishes of the same doctors go.
        note: why.

    Raises:
        NotFoundError: there is no such round.
        StateError: they are in the plan already.
        StaleError: the plan was changed meanwhile.
        PlanError: the plan has become one that a wish does not fit.
    """
    version = 0
    for _ in range(_TRIES):
        try:
            return _once(service, actor, own, check, replace=replace, note=note)
        except _MovedOnError as moved:
            version = moved.version
        except PlanError:  # of the plan as it is after somebody else took the same wishes in?
            with service.database.reading() as session:
                _open(session, actor, own)
            raise
    raise StaleError(version=version)


class _MovedOnError(Exception):
    """A doctor has changed a wish since: what was judged is not what stands."""

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


def _once(
    service: Service,
    actor: Actor,
    own: str,
    check: Callable[[int], None],
    *,
    replace: bool,
    note: str,
) -> Taken:
    with service.database.reading() as session:
        found = _open(session, actor, own)
        wishes = store.wishes_of(session, found)
        statements = found.statements
    judged = understood(
        service,
        actor,
        found.plan_id,
        check,
        lambda document: _with(document, wishes, replace=replace),
    )
    with service.database.writing() as session:
        plan, version = kept(session, actor, judged, note=note)
        found = _open(session, actor, own, to_change=True)
        if found.statements != statements:
            raise _MovedOnError(judged.base)
        store.taken(session, actor, found, version.number)
    if judged.changed:
        service.plans.keep(version.id, judged.loaded)
    return Taken(plan, found, judged, wishes)


def _open(session: Session, actor: Actor, own: str, *, to_change: bool = False) -> WishRound:
    found = store.round_of(session, actor, own, to_change=to_change)
    if found.taken_version is not None:
        raise StateError("round", store.TAKEN)
    return found


def _with(document: parts.Document, wishes: Sequence[StatedWish], *, replace: bool) -> parts.Edited:
    """The plan with the wishes of a round."""
    doctors = {own.doctor for own in wishes}
    standing = [
        own for own in document.get("wishes", []) if not (replace and own["doctor"] in doctors)
    ]
    rows = [
        {"id": f"w-{own.id[:12]}", "doctor": own.doctor, **store.document_of(own)} for own in wishes
    ]
    return parts.Edited({**document, "wishes": [*standing, *rows]})
