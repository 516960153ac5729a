"""What whoever runs the service can set, each as RETTVAKT_<NAME> in the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_database() -> str:
    return f"sqlite:///{Path.home() / '.local' / 'share' / 'rettvakt' / 'rettvakt.db'}"


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
    def max_upload_bytes(self) -> int:
        """The largest body of a request."""
        return int(self.max_upload_mb * 1_000_000)
