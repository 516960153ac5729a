"""What whoever runs the service can set, each as RETTVAKT_<NAME> in the environment."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

OWN_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})
"""What a machine calls itself."""


def _default_database() -> str:
    return f"sqlite:///{Path.home() / '.local' / 'share' / 'rettvakt' / 'rettvakt.db'}"


class RoleOfClaim(BaseModel):
    """Who has a value in the claim for roles, gets an account of a role when they first log in.

    Never of a system administrator; a doctor's account needs the id in the plans, which no provider
    knows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: str
    role: Literal["coordinator", "manager", "auditor"]
    cooperation: str
    municipality: str | None = None

    @model_validator(mode="after")
    def _belongs(self) -> Self:
        if (self.role == "manager") != (self.municipality is not None):
            raise ValueError("municipality must be given for a manager, and for no one else")
        return self


class Settings(BaseSettings):
    """The settings, read from the environment when made."""

    model_config = SettingsConfigDict(env_prefix="RETTVAKT_", extra="ignore", frozen=True)

    database: str = Field(
        default_factory=_default_database,
        description="Address of the database: sqlite:///FILE or postgresql://USER@HOST/NAME",
    )
    host: str = Field("127.0.0.1", description="Address that the server listens on")
    port: int = Field(8000, ge=0, le=65535, description="Port that the server listens on")
    public_url: str = Field(
        "http://127.0.0.1:8000", description="Address by which people and calendars reach it"
    )
    visit_hours: float = Field(12.0, gt=0, description="Hours until a login ends")
    login_tries: int = Field(
        10, ge=1, description="Tries to log in to an account from one address in five minutes"
    )
    max_upload_mb: float = Field(20.0, gt=0, description="Largest body of a request, in megabytes")
    jobs_at_once: int = Field(1, ge=0, description="Jobs that this process runs at a time; 0: none")
    job_seconds: float = Field(3600.0, gt=0, description="Longest time that a job may ask for")
    queued_per_cooperation: int = Field(
        5, ge=1, description="Jobs that a cooperation may have waiting and running"
    )
    lease_seconds: float = Field(
        20.0, ge=1, description="Seconds without a sign of life until another takes up a job"
    )
    queue: Literal["embedded", "procrastinate"] = Field(
        "embedded",
        description="How waiting jobs find a worker: embedded: a look twice a second; "
        "procrastinate: told by PostgreSQL. The same everywhere",
    )
    running_per_cooperation: int = Field(
        2, ge=1, description="Jobs of a cooperation that run at a time, on all machines together"
    )
    job_memory_mb: int | None = Field(
        None,
        ge=200,
        description="Memory that a job may take with its search, in megabytes; empty: no limit",
    )
    workers_per_job: int | None = Field(
        None, ge=1, description="Solver threads of a job; empty: the cores of the machine"
    )

    sends_messages: bool = Field(True, description="Whether this process sends messages")
    outbox: str = Field(
        "~/.local/share/rettvakt/outbox",
        description="Folder for messages while no mail server is set",
    )
    mail_from: str = Field(
        "rettvakt@localhost", description="Sender of messages", pattern=r"^[^\s@]+@[^\s@]+$"
    )
    smtp_host: str = Field("", description="Mail server; empty: messages are written as files")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server")
    smtp_starttls: bool = Field(True, description="Whether the way to the mail server is encrypted")
    smtp_user: str = Field("", description="User at the mail server; empty: none is needed")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password at the mail server")

    log_format: Literal["text", "json"] = Field(
        "text", description="Shape of the log on standard error: text or json (a line an event)"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What is logged: debug, info, warning or error, and what is graver"
    )
    metrics_host: str = Field("127.0.0.1", description="Address of the port for metrics")
    metrics_port: int | None = Field(
        None, ge=0, le=65535, description="Port on which metrics alone are told; empty: none"
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="Bearer token for /metrics on the port of the service; empty: not there",
    )
    sms_url: str = Field(
        "",
        description="SMS gateway that takes JSON by POST; empty: SMS go by mail or as files",
        pattern=r"^(https?://\S+)?$",
    )
    sms_token: SecretStr = Field(SecretStr(""), description="Sent to the SMS gateway as a bearer")
    sms_mail_domain: str = Field(
        "",
        description="Domain that makes SMS of mails to NUMBER@DOMAIN; empty: there is none",
        pattern=r"^([^\s@]+)?$",
    )
    urgent_hours: float = Field(
        12.0, ge=0, description="Changes within so many hours are told at once, also at night"
    )
    quiet_from: int = Field(22, ge=0, le=23, description="Hour from which other messages wait")
    quiet_to: int = Field(7, ge=0, le=23, description="Hour at which they go; the same: never wait")
    local_passwords: bool = Field(
        True, description="Whether people log in with passwords of our own"
    )
    emergency_account: str = Field(
        "", description="E-mail of the one account whose password works although they are off"
    )
    token_days: int = Field(
        365, ge=1, le=3650, description="Days until a token ends, at the latest"
    )
    oidc_issuer: str = Field(
        "", description="Provider of OpenID Connect; empty: passwords of our own only"
    )
    oidc_name: str = Field("Kommunens innlogging", description="What people call the provider")
    oidc_client_id: str = Field("", description="Our id at the provider")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Our secret at the provider")
    oidc_client_key: str = Field(
        "", description="File with a private key (PEM or JWK) instead of a secret"
    )
    oidc_scopes: str = Field("openid email profile", description="What is asked of the provider")
    oidc_subject_claim: str = Field(
        "sub", description="Claim by which a person is known again; `oid` for Entra ID"
    )
    oidc_email_claim: str = Field("email", description="Claim with the e-mail")
    oidc_verified_claim: str = Field(
        "email_verified",
        description="Claim that says that the e-mail is verified; `xms_edov` for "
        "Entra ID; empty: every e-mail of the provider is believed",
    )
    oidc_tenants: str = Field(
        "", description="Ids of the tenants that are let in (claim `tid`), with commas between"
    )
    oidc_acr: str = Field("", description="Levels of security that are let in, with commas between")
    oidc_acr_claim: str = Field("acr", description="Claim with the level of security")
    oidc_role_claim: str = Field("roles", description="Claim with values that stand for roles")
    oidc_roles: tuple[RoleOfClaim, ...] = Field(
        (),
        description="Who gets an account at the first login, as JSON: "
        '`[{"value": "rettvakt", "role": "auditor", "cooperation": "Fjellregionen"}]`',
    )

    keep_grounds_months: int = Field(
        36,
        ge=1,
        le=1200,
        description="Months after a period that grounds, absences, wishes and birth dates are kept",
    )
    keep_rosters_months: int = Field(
        60,
        ge=0,
        le=1200,
        description="Months after a period that an erased doctor's name stays in published rosters",
    )
    keep_audit_months: int = Field(
        60, ge=13, le=1200, description="Months that the audit log is kept"
    )
    keep_messages_months: int = Field(
        12, ge=1, le=1200, description="Months that messages are kept once they are sent"
    )
    keep_jobs_months: int = Field(
        12, ge=1, le=1200, description="Months that jobs are kept once they have ended"
    )
    keep_ended_months: int = Field(
        12,
        ge=1,
        le=1200,
        description="Months that tokens and addresses of calendars are kept once they have ended",
    )

    @model_validator(mode="after")
    def _can_log_in(self) -> Self:
        if self.oidc_issuer:
            parts = urlsplit(self.oidc_issuer)
            local = parts.hostname in ("127.0.0.1", "localhost", "::1")
            if parts.scheme != "https" and not (parts.scheme == "http" and local):
                raise ValueError("oidc_issuer must be an https address")
            if not self.oidc_client_id:
                raise ValueError("oidc_client_id must be given with oidc_issuer")
            many = {"common", "organizations", "consumers"} & set(parts.path.split("/"))
            if many and not self.tenants:
                raise ValueError("oidc_tenants must be given: anybody has a tenant at this issuer")
        elif not self.local_passwords and not self.emergency_account:
            raise ValueError("local_passwords is off and there is no oidc_issuer: nobody gets in")
        return self

    @property
    def tenants(self) -> tuple[str, ...]:
        """The tenants that are let in; none: the provider has none."""
        return _listed(self.oidc_tenants)

    @property
    def acr_values(self) -> tuple[str, ...]:
        """The levels of security that are let in; none: all."""
        return _listed(self.oidc_acr)

    @field_validator("queue")
    @classmethod
    def _queue_of_postgres(cls, queue: str, info: ValidationInfo) -> str:
        if queue == "procrastinate" and not str(info.data.get("database")).startswith("postgresql"):
            raise ValueError("procrastinate needs PostgreSQL")
        return queue

    @property
    def secure(self) -> bool:
        """Whether people reach it by https, so that cookies may demand it."""
        return self.public_url.startswith("https://")

    @property
    def is_only_here(self) -> bool:
        """Whether the address by which people reach it is this machine's own name for itself."""
        return urlsplit(self.public_url).hostname in OWN_NAMES

    def is_emergency(self, email: str) -> bool:
        """Whether it is the account whose password always works."""
        own = self.emergency_account.strip().casefold()
        return bool(own) and email.strip().casefold() == own

    @property
    def cookie(self) -> str:
        """Name of the cookie of a login; `__Host-` binds it to this host, the root and https.

        Below a path of a host `__Secure-` binds it to https, and its own path keeps it there.
        """
        if not self.secure:
            return "rettvakt"
        return "__Secure-rettvakt" if self.root_path else "__Host-rettvakt"

    @property
    def cookie_path(self) -> str:
        """Where on the host cookies are sent: not to others that have it beside us."""
        return self.root_path or "/"

    @property
    def login_cookie(self) -> str:
        """Name of the cookie of a login that is under way at the provider."""
        return f"{self.cookie}-login"

    @property
    def visit_seconds(self) -> int:
        """Seconds until a login ends."""
        return round(self.visit_hours * 3600)

    @property
    def root_path(self) -> str:
        """The path under which a proxy serves us; empty at the root of a host."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def max_upload_bytes(self) -> int:
        """The largest body of a request."""
        return int(self.max_upload_mb * 1_000_000)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(own.strip() for own in text.split(",") if own.strip())
