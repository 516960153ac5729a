"""What goes over the wire about accounts."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.shapes import Id, Label, Line, Moment, Note, Shape, YesNo

Password = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^\s@\x00]+@[^\s@\x00]+$")]


class Login(Shape):
    """E-mail and password."""

    email: Email
    password: Password


class Me(Shape):
    """Who is logged in, and what they may do."""

    id: str
    name: str
    email: str
    role: Role
    rights: list[Right]
    cooperation: str
    municipality: str
    doctor: str
    must_change: bool

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """The actor as it is told."""
        return cls(
            id=actor.account,
            name=actor.name,
            email=actor.email,
            role=actor.role,
            rights=sorted(actor.rights),
            cooperation=actor.cooperation,
            municipality=actor.municipality,
            doctor=actor.doctor,
            must_change=actor.must_change,
        )


class WaysIn(Shape):
    """How people log in."""

    passwords: bool = Field(description="With e-mail and password, under /session")
    provider: str | None = Field(description="What the provider is called; null if there is none")
    begin: str | None = Field(description="Path under /api/v1 that leads to the provider")


class PasswordChange(Shape):
    """The old password and the new one."""

    old: Password
    new: Password
    end_tokens: YesNo = Field(False, description="Revoke all tokens too: somebody else may know")


class CooperationIn(Shape):
    """A cooperation that is to be made."""

    name: Line


class CooperationOut(Shape):
    """A cooperation."""

    id: str
    name: str
    created_at: datetime


class AccountIn(Shape):
    """An account that is to be made."""

    email: Email
    name: Line
    role: Role
    password: Password
    cooperation: Id | None = Field(None, description="Only a system administrator says which")
    municipality: Label | None = Field(None, description="Id in the plans; for a manager only")
    doctor: Label | None = Field(None, description="Id in the plans; for a doctor only")

    @model_validator(mode="after")
    def _belongs(self) -> Self:
        _must_belong(self.role, self.municipality, self.doctor)
        return self


def _must_belong(role: Role, municipality: str | None, doctor: str | None) -> None:
    if (role is Role.MANAGER) != (municipality is not None):
        raise ValueError("municipality must be given for a manager, and for no one else")
    if (role is Role.DOCTOR) != (doctor is not None):
        raise ValueError("doctor must be given for a doctor, and for no one else")


class RoleIn(Shape):
    """What an account is to be in its cooperation."""

    role: Literal[Role.COORDINATOR, Role.MANAGER, Role.DOCTOR, Role.AUDITOR]
    municipality: Label | None = Field(None, description="Id in the plans; for a manager only")
    doctor: Label | None = Field(None, description="Id in the plans; for a doctor only")
    why: Note = Field("", description="For the audit log")

    @model_validator(mode="after")
    def _belongs(self) -> Self:
        _must_belong(self.role, self.municipality, self.doctor)
        return self


class AccountOut(Shape):
    """An account."""

    id: str
    email: str
    name: str
    role: Role
    municipality: str | None
    doctor: str | None
    active: bool
    must_change: bool
    revision: int = Field(description="Whoever changes the role must know it: If-Match")
    created_at: datetime


class VisitOut(Shape):
    """A login of one's own."""

    id: str
    created_at: datetime
    ends_at: datetime
    by_provider: bool = Field(description="With the municipality's login; else with a password")
    current: bool = Field(description="The one that asks")


class TokenIn(Shape):
    """A token that is to be made."""

    label: Label
    scopes: list[Right] = Field(
        min_length=1,
        description="`accounts` makes accounts only of roles whose rights are all here too",
    )
    ends_at: Moment | None = Field(None, description="As late as it may, if not given")


class TokenOut(Shape):
    """A token, without its secret."""

    id: str
    label: str
    scopes: list[Right]
    created_at: datetime
    ends_at: datetime | None
    used_at: datetime | None = Field(description="Within ten minutes; null if never")
    revoked_at: datetime | None


class NewToken(TokenOut):
    """A token with its secret, which is told this once."""

    secret: str
