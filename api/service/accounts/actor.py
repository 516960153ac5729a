"""Who asks, and what they may."""

from dataclasses import dataclass

from api.service.accounts.roles import (
    COVERED_BY,
    RIGHTS,
    SEES_GROUNDS,
    SEES_NAMES,
    SEES_NOTES,
    Right,
    Role,
)
from api.service.accounts.tables import Account
from api.service.errors import ForbiddenError, LoginNeededError, NotFoundError


@dataclass(frozen=True, slots=True)
class Actor:
    """An account at work.

    Attributes:
        rights: of the role; of a token, those that it was given of them.
        cooperation: id; empty for a system administrator.
        municipality, doctor: ids in the plans; empty where the role has none.
        by_token: a machine with a token, not somebody who is logged in.
    """

    account: str
    name: str
    email: str
    role: Role
    rights: frozenset[Right]
    cooperation: str = ""
    municipality: str = ""
    doctor: str = ""
    must_change: bool = False
    by_token: bool = False

    @classmethod
    def of(cls, account: Account, scopes: frozenset[Right] | None = None) -> "Actor":
        """Who an account is."""
        role = Role(account.role)
        rights = RIGHTS[role]
        return cls(
            account=account.id,
            name=account.name,
            email=account.email,
            role=role,
            rights=rights if scopes is None else rights & scopes,
            cooperation=account.cooperation_id or "",
            municipality=account.municipality or "",
            doctor=account.doctor or "",
            must_change=account.must_change,
            by_token=scopes is not None,
        )

    def need(self, *rights: Right) -> None:
        """Go on only with one of these rights.

        Raises:
            ForbiddenError: the actor has none of them.
        """
        if not self.rights.intersection(rights):
            raise ForbiddenError(right=rights[0].value)

    def need_all_of(self, role: Role) -> None:
        """Go on only if the actor may do all that an account of this role may.

        Else a token with few rights could make an account with all of them and log in with it.

        Raises:
            ForbiddenError: the actor lacks a right of it.
            LoginNeededError: a token makes no system administrators.
        """
        if role is Role.SYSTEM:
            self.need_login()
        elif self.role is Role.SYSTEM:  # makes accounts for all, if all its rights are there
            self.need_all(RIGHTS[Role.SYSTEM])
            return
        for right in sorted(RIGHTS[role]):
            if right not in self.rights and COVERED_BY.get(right) not in self.rights:
                raise ForbiddenError(right=right.value)

    def need_all(self, rights: frozenset[Right]) -> None:
        """Go on only with all of these rights.

        Raises:
            ForbiddenError: one is missing.
        """
        for right in sorted(rights - self.rights):
            raise ForbiddenError(right=right.value)

    def need_login(self) -> None:
        """Go on only if somebody is logged in: a token must not make more of itself.

        Raises:
            LoginNeededError: the actor is a token.
        """
        if self.by_token:
            raise LoginNeededError

    def within(self, cooperation: str | None) -> None:
        """Go on only with what belongs to the actor's own cooperation.

        Raises:
            NotFoundError: it belongs to others.
        """
        if not self.cooperation or cooperation != self.cooperation:
            raise NotFoundError

    @property
    def sees_grounds(self) -> bool:
        """Whether birth dates, grounds and kinds of absence are shown."""
        return self.role in SEES_GROUNDS and Right.PLANS_WRITE in self.rights

    @property
    def sees_notes(self) -> bool:
        """Whether notes and digests of versions are shown.

        A note may say who is ill; a digest lets guesses at names be tried.
        """
        return self.role in SEES_NOTES

    @property
    def sees_names(self) -> bool:
        """Whether the names of doctors of other municipalities are shown."""
        return self.role in SEES_NAMES
