"""`python -m benchmarks load`."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from api.service.db import schema
from api.service.db.database import Database
from benchmarks.load import measure, page, server
from benchmarks.load.measure import Figure, Wanted

RESULTS = Path("benchmarks/results/load.json")
PAGE = Path("docs/benchmarks-load.md")
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


def describe(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    usual = Wanted()
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="of each load")
    parser.add_argument("--connections", type=int, default=usual.connections, help="at once")
    parser.add_argument("--readers", type=int, default=usual.readers, help="of one job's events")
    parser.add_argument("--solve", type=float, default=usual.solve, help="seconds of that job")
    parser.add_argument(
        "--postgres",
        default=POSTGRES,
        help="a server on which a database may be made and dropped; empty: SQLite alone",
    )
    parser.add_argument("--note", default="", help="a sentence for the head of the page")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file of results")
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure on both databases, write results and page; gives the exit code."""
    wanted = Wanted(options.seconds, options.connections, options.readers, options.solve)
    before = os.getloadavg()[0]
    figures: list[Figure] = []
    for own in _measured(wanted, options.postgres):
        figures.append(own)
        # What was measured before something fails is kept.
        page.save(options.out, figures, wanted, (before, os.getloadavg()[0]))
        print(
            f"{own.what:62} {own.database:9} {own.per_second:9.1f}/s  median {own.p50:8.2f} ms  "
            f"processor {own.cpu:8.3f} ms",
            flush=True,
        )
    page.write_page(options.out, options.page, options.note)
    print(f"{options.page} written")
    return 0


def _measured(wanted: Wanted, postgres: str) -> Iterator[Figure]:
    yield from measure.bare(wanted)
    with tempfile.TemporaryDirectory() as folder:
        yield from _on("sqlite", f"sqlite:///{folder}/load.db", wanted)
    if postgres:
        with _made(postgres) as address:
            yield from _on("postgres", address, wanted)


def _on(kind: str, address: str, wanted: Wanted) -> Iterator[Figure]:
    database = Database(address)
    schema.upgrade(database)
    database.close()
    token = server.coordinator(address)
    yield from measure.measured(kind, address, token, wanted, server.filled)


@contextmanager
def _made(postgres: str) -> Iterator[str]:
    """The address of an empty database, dropped at the end."""
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    name = f"rettvakt_load_{uuid4().hex[:8]}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()
