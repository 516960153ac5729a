"""Validators of HTTP: whether a client has the bytes already (RFC 9110, 13.2.2)."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def http_date(moment: datetime) -> str:
    """«Thu, 26 Nov 2026 02:15:14 GMT»."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def is_known(
    etag: str, changed: datetime, if_none_match: str | None, if_modified_since: str | None
) -> bool:
    """Whether the client's validators say that it has these bytes. A tag wins over a date."""
    if if_none_match is not None:
        given = [own.strip().removeprefix("W/") for own in if_none_match.split(",")]
        return etag in given or "*" in given
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False  # no date at all: as if it were not there (RFC 9110, 13.1.3)
    since = since.replace(tzinfo=UTC) if since.tzinfo is None else since
    return changed.replace(microsecond=0) <= since
