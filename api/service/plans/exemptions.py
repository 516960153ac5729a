"""An exemption on its way: claimed or applied for, decided, ended; its dates as the rules say.

Age over 60, late pregnancy and nursing are rights: they hold from the claim, and the decision only
puts them on record (constraints.claimed_exemption). The others hold when they are decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, cast

from api.service.errors import NotFoundError, StateError
from api.service.plans import parts
from constraints.claimed_exemption import ClaimedExemption
from constraints.facts.exemptions import decided_days
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.problem import Problem

RIGHTS = (ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING)
WAITING = (ExemptionStatus.CLAIMED, ExemptionStatus.APPLIED)
EXPIRES_SOON = timedelta(days=60)
Trouble = Literal["", "not_gp", "incomplete", "refused"]
_RULE = ClaimedExemption()


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of an exemption, both ends included; None is open or unknown.

    Attributes:
        right_first, right_last: the days of the right itself: from the 60th birthday, three months
            before term, from birth to the day before the first birthday. Of other kinds nothing.
        holds: whether it frees the doctor on any day.
        first, last: the days on which it does.
        trouble: why a claim does not work by itself: «not_gp», «incomplete», «refused»; or empty.
    """

    right_first: date | None
    right_last: date | None
    holds: bool
    first: date | None
    last: date | None
    trouble: Trouble


def dates_of(problem: Problem, exemption: Exemption) -> Dates:
    """The days of an exemption of a plan.

    Raises:
        NotFoundError: the plan does not have the doctor.
    """
    doctor = problem.doctor_by_id.get(exemption.doctor)
    if doctor is None:
        raise NotFoundError
    if exemption.kind not in RIGHTS:
        span = decided_days(exemption)
        first, last = (span.first, span.last) if span else (None, None)
        return Dates(None, None, span is not None, first, last, "")
    right = _RULE.right(doctor, exemption)
    span = _RULE.claimed(doctor, exemption)
    frees = (
        span is not None
        and doctor.employment.is_gp
        and exemption.status is not ExemptionStatus.REFUSED
    )
    return Dates(
        right[0] if right else None,
        right[1] if right else None,
        frees,
        span.first if span and frees else None,
        span.last if span and frees else None,
        cast(Trouble, _RULE.trouble(problem, doctor, exemption)),
    )


def expires(exemption: Exemption, dates: Dates, problem: Problem, today: date) -> bool:
    """Whether it ends by itself within the plan's period, or soon."""
    if exemption.status is ExemptionStatus.ENDED:
        return False
    if not dates.holds or dates.last is None or dates.last < today:
        return False
    return dates.last <= max(problem.last_day, today + EXPIRES_SOON)


def claimed(document: parts.Document, claim: Mapping[str, Any]) -> parts.Edited:
    """The plan with a claim or an application more.

    Args:
        document: the plan.
        claim: doctor and kind; from and until; term, birth, hindered, reference where they apply.
    """
    kind = ExemptionKind(claim["kind"])
    right = kind in RIGHTS
    # The rules read the days that are applied for where they read those of the decision.
    names = ("claimed_from", "claimed_until") if right else ("valid_from", "valid_until")
    taken = {own["id"] for own in document.get("exemptions", [])}
    number = next(n for n in range(1, len(taken) + 2) if f"f{n}" not in taken)
    row = {
        "id": f"f{number}",
        "doctor": claim["doctor"],
        "kind": kind.value,
        "status": (ExemptionStatus.CLAIMED if right else ExemptionStatus.APPLIED).value,
        names[0]: claim.get("first"),
        names[1]: claim.get("last"),
        **{name: claim.get(name) for name in ("term", "birth", "hindered", "reference")},
    }
    row = {name: value for name, value in row.items() if value not in (None, False)}
    edited = parts.added(document, "exemptions", [row], parts.Mode.ADD)
    return parts.Edited(edited.document, edited.touched)


def decided(document: parts.Document, key: str, decision: Mapping[str, Any]) -> parts.Edited:
    """The plan with a decision on a claim or an application.

    Args:
        document: the plan.
        key: id of the exemption.
        decision: status (granted or refused), decided_on, decided_by, reference; valid_from and
            valid_until where they differ from what was claimed.

    Raises:
        NotFoundError: there is no such exemption.
        StateError: it waits for no decision.
    """
    row = _row(document, key, *WAITING)
    right = ExemptionKind(row["kind"]) in RIGHTS
    changes = dict(decision)
    if right:  # the days of a right are those of the claim
        for claim, decide in (("claimed_from", "valid_from"), ("claimed_until", "valid_until")):
            if changes.get(decide) is not None:
                changes[claim] = changes[decide]
            changes.pop(decide, None)
    changes = {name: value for name, value in changes.items() if value is not None}
    return parts.patched(document, "exemptions", key, changes)


def ended(document: parts.Document, key: str, last_day: date) -> parts.Edited:
    """The plan with an exemption that holds no longer than to a day.

    Raises:
        NotFoundError: there is no such exemption.
        StateError: it was refused, or has ended already.
    """
    row = _row(document, key, ExemptionStatus.GRANTED, ExemptionStatus.CLAIMED)
    field = "claimed_until" if ExemptionKind(row["kind"]) in RIGHTS else "valid_until"
    changes = {"status": ExemptionStatus.ENDED.value, field: last_day.isoformat()}
    return parts.patched(document, "exemptions", key, changes)


def _row(document: parts.Document, key: str, *states: ExemptionStatus) -> parts.Item:
    row: parts.Item = document["exemptions"][parts.index_of(document, "exemptions", key)]
    if row["status"] not in states:
        raise StateError("exemption", row["status"])
    return row
