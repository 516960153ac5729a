"""The log of every process of the service: a line an event, as text or as JSON, on standard error.

No line holds an address that was asked for, a query, a body, an e-mail address or a secret. Our own
lines are built so; what libraries and errors say goes through `scrubbed` as well.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from api.service.observing.context import JOB, SEEN
from api.service.settings import Settings

FACTS = "facts"
_OURS = ("api", "constraints", "scheduler")
_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(/kalender/)[^/\s\"']+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',]+"), r"\1 ***"),
    (re.compile(r"(?i)\b(rettvakt|token|secret|password|code|state)=[^\s\"'&;,]+"), r"\1=***"),
    (re.compile(r"(\w+://)[^/\s\"'@]+@"), r"\1***@"),  # user and password of a database
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "***@***"),
    (re.compile(r"(/[^\s\"'?]*)\?[^\s\"']+"), r"\1?***"),
)


def set_up(settings: Settings, *, job: str = "", stream: TextIO | None = None) -> None:
    """Send all that is logged in this process to one place, in one shape.

    Args:
        settings: shape and level.
        job: id of the job that this process was started for.
        stream: where to; standard error if not given.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else Lines())
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries tell addresses, statements and what they are about to do below that.
    root.setLevel(max(level, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    if job:
        JOB.set(job)
    logging.captureWarnings(True)


def scrubbed(text: str) -> str:
    """The text without what may be a secret or an e-mail address."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what else is known."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": _moment(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
            **_belonging(),
            **_facts(record),
        }
        if record.exc_info:
            line["trace"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """«05:31:42 WARNING api.service.jobs: … job=…»: for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the trace below it."""
        known = {**_facts(record), **_belonging()}
        line = (
            f"{_moment(record).astimezone():%H:%M:%S} {record.levelname:<7} "
            f"{scrubbed(record.getMessage())}"
        )
        line += "".join(f" {name}={value}" for name, value in known.items())
        if record.exc_info:
            line += "\n" + scrubbed(self.formatException(record.exc_info))
        return line


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _facts(record: logging.LogRecord) -> Mapping[str, Any]:
    found = getattr(record, FACTS, None)
    return found if isinstance(found, Mapping) else {}


def _belonging() -> dict[str, str]:
    """The request or job that the process is at."""
    found: dict[str, str] = {}
    seen = SEEN.get()
    if seen is not None:
        found["request"] = seen.request
        if seen.actor:
            found["actor"] = seen.actor
    if JOB.get():
        found["job"] = JOB.get()
    return found
