"""The page of what was measured under load, and the file that it is written from."""

import json
import math
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.load.measure import Figure, Wanted

FORMAT = "rettvakt-load"
_PACKAGES = ("fastapi", "starlette", "uvicorn", "sqlalchemy", "psycopg")


def save(file: Path, figures: Sequence[Figure], wanted: Wanted, busy: tuple[float, float]) -> None:
    """Write what was measured, and of which machine.

    Args:
        file: of results; what stood there is replaced.
        figures: all of them.
        wanted: how hard it was tried.
        busy: the load of the machine before and after.
    """
    document = {
        "format": FORMAT,
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": os.cpu_count(),
        "load": busy,
        "packages": {name: version(name) for name in _PACKAGES},
        "wanted": asdict(wanted),
        "figures": [_plain(asdict(own)) for own in figures],
    }
    file.write_text(f"{json.dumps(document, indent=1, ensure_ascii=False)}\n", encoding="utf-8")


def write_page(results: Path, page: Path, note: str = "") -> None:
    """Write the page from a file of results.

    Raises:
        ValueError: the file is of another kind.
    """
    found = json.loads(results.read_text(encoding="utf-8"))
    if found.get("format") != FORMAT:
        raise ValueError(f"{results}: format must be {FORMAT}")
    wanted, (before, after) = found["wanted"], found["load"]
    versions = ", ".join(f"{name} {own}" for name, own in found["packages"].items())
    head = (
        "# The service under load\n\n"
        + (f"**{note}**\n\n" if note else "")
        + f"`python -m benchmarks load` measures and writes it. {found['measured']}, "
        f"{found['cores']} cores, {versions}. Each load lasted {wanted['seconds']:g} s; a solve "
        f"{wanted['solve']:g} s. The load of the machine was {before:.1f} before and {after:.1f} "
        "after: clients, databases and whatever else ran share its cores. Processor time is the "
        "server process's own, for each answer or event (of everything that it did meanwhile), "
        "and moves little with how busy the machine is; the bare endpoint of the same run is the "
        "measure of both.\n\n"
    )
    rows = [
        "| What | Database | At once | Number | A second | Median | 95 % | 99 % | Processor |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
        *(_row(own) for own in found["figures"]),
    ]
    page.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def _row(own: dict[str, Any]) -> str:
    times = " | ".join(_ms(own[name]) for name in ("p50", "p95", "p99", "cpu"))
    number = f"{own['count']:,}" if own["count"] else "–"
    rate = f"{own['per_second']:,.0f}" if own["count"] else "–"
    cells = (own["what"], own["database"], str(own["connections"]), number, rate, times)
    return f"| {' | '.join(cells)} |"


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f} ms" if value < 10 else f"{value:,.0f} ms"


def _plain(own: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no number that is none."""
    return {
        name: None
        if isinstance(value, float) and math.isnan(value)
        else round(value, 3)
        if isinstance(value, float)
        else value
        for name, value in own.items()
    }
