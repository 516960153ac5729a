"""Every endpoint with every role; the rows stand by subject."""

from tests.service.access import (
    rows_accounts,
    rows_feeds,
    rows_jobs,
    rows_ledger,
    rows_plans,
    rows_rosters,
    rows_swaps,
    rows_wishes,
)
from tests.service.access.things import Row

TABLE: list[Row] = [
    *rows_accounts.TABLE,
    *rows_feeds.TABLE,
    *rows_jobs.TABLE,
    *rows_plans.TABLE,
    *rows_rosters.TABLE,
    *rows_swaps.TABLE,
    *rows_wishes.TABLE,
]
STILL: list[Row] = [
    *rows_ledger.STILL,
    *rows_plans.STILL,
    *rows_wishes.STILL,
]
"""What is refused before it changes anything, or changes nothing: all of it in one world."""
OPEN = {
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/kalender/{secret}.ics"),
    ("GET", "/robots.txt"),
    ("GET", "/session/ways"),
    ("GET", "/session/provider"),
    ("GET", "/session/provider/callback"),
    ("POST", "/session/provider/ended"),
}
"""What needs no login."""

READING = [row for row in TABLE if row[0] == "GET" and not row[1].endswith("/events")]
CHANGING = [row for row in TABLE if row not in READING]
