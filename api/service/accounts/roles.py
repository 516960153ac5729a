"""Which role may do what."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the service."""

    SYSTEM = "system"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    DOCTOR = "doctor"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What somebody may do; also the scope of a token."""

    COOPERATIONS = "cooperations"
    ACCOUNTS = "accounts"
    PLANS_READ = "plans:read"
    PLANS_WRITE = "plans:write"
    ROSTERS_READ = "rosters:read"  # drafts and hearings too
    ROSTERS_WRITE = "rosters:write"
    PUBLISH = "publish"
    PUBLISHED_READ = "published:read"
    HEARINGS = "hearings"  # read rosters in hearing, and say what one means of them
    SWAPS_OWN = "swaps:own"
    JOBS = "jobs"
    FEEDS_OWN = "feeds:own"
    FEEDS_ALL = "feeds:all"
    AUDIT_READ = "audit:read"
    PRIVACY = "privacy"  # tell and erase what is kept about persons
    WISHES_OWN = "wishes:own"
    LEDGER_OWN = "ledger:own"  # the own account, or the own municipality's; others without names
    LEDGER_READ = "ledger:read"
    LEDGER_WRITE = "ledger:write"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.SYSTEM: frozenset({Right.COOPERATIONS, Right.ACCOUNTS}),
    Role.COORDINATOR: frozenset(Right)
    - {
        Right.COOPERATIONS,
        Right.FEEDS_OWN,
        Right.WISHES_OWN,
        Right.LEDGER_OWN,
        Right.HEARINGS,
        Right.SWAPS_OWN,
    },
    Role.MANAGER: frozenset({Right.PLANS_READ, Right.PUBLISHED_READ, Right.LEDGER_OWN}),
    Role.DOCTOR: frozenset(
        {
            Right.PUBLISHED_READ,
            Right.HEARINGS,
            Right.SWAPS_OWN,
            Right.FEEDS_OWN,
            Right.WISHES_OWN,
            Right.LEDGER_OWN,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Right.PLANS_READ,
            Right.ROSTERS_READ,
            Right.PUBLISHED_READ,
            Right.AUDIT_READ,
            Right.LEDGER_READ,
        }
    ),
}

COVERED_BY: Mapping[Right, Right] = {
    Right.FEEDS_OWN: Right.FEEDS_ALL,
    Right.HEARINGS: Right.ROSTERS_READ,
    Right.SWAPS_OWN: Right.ROSTERS_WRITE,
    Right.WISHES_OWN: Right.PLANS_WRITE,
    Right.LEDGER_OWN: Right.LEDGER_READ,
}
"""What somebody may do for themselves, and the wider right by which another does it for all: who
has the wider one may make accounts with the narrower one."""

SEES_GROUNDS = frozenset({Role.COORDINATOR})
"""Who sees birth dates, grounds of exemption, kinds of absence and wishes; a token only with
`plans:write`."""
SEES_NOTES = frozenset({Role.COORDINATOR, Role.AUDITOR})
"""Who sees what was noted about versions of plans and rosters."""
SEES_NAMES = frozenset({Role.COORDINATOR, Role.DOCTOR, Role.AUDITOR})
"""Who sees the names of all doctors; a manager sees those of the own municipality."""
