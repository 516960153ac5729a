"""Real readers of calendars as processes of their own; none of them is ever skipped.

`package.json` and its lock, at the top, say which ical.js is installed.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.support import PATIENCE
from tools import build_assets

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CACHE = ROOT / "build" / "readers"
NOTHING: Mapping[str, str] = {}


class NoReaderError(RuntimeError):
    """A reader cannot be set up; says why, and what to do."""


@dataclass(frozen=True, order=True)
class Read:
    """An event as a reader understood it; moments in UTC."""

    start: datetime
    end: datetime
    uid: str = ""  # vdirsyncer makes its own
    summary: str = ""


def run(
    command: Sequence[str | Path],
    *,
    text: str = "",
    folder: Path,
    more: Mapping[str, str] = NOTHING,
) -> str:
    """What a command prints.

    Raises:
        NoReaderError: it fails; with all that it said.
    """
    done = subprocess.run(
        [str(part) for part in command],
        input=text,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **more},
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise NoReaderError(
            f"{Path(command[0]).name} fails ({done.returncode}): {done.stdout}{done.stderr}"
        )
    return done.stdout


# --- ical.js, with which Thunderbird reads ------------------------------------------------------


def ical_js() -> tuple[Path, Path]:
    """The command that runs JavaScript and the folder with ical.js, made once for each lock.

    Raises:
        NoReaderError: it cannot be installed.
    """
    files = [*(ROOT / name for name in build_assets.LOCKS), HERE / "read.js"]
    state = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    folder = CACHE / state
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "done"
    with _alone(folder / "lock"):
        if not done.exists():
            shutil.copyfile(HERE / "read.js", folder / "read.js")
            try:
                node = build_assets.install(folder, dev=True)
            except SystemExit as error:
                raise NoReaderError(str(error)) from error
            done.write_text(str(node), "utf-8")
    return Path(done.read_text("utf-8")), folder


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Several test processes do not install at once."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_by_ical_js(content: bytes) -> list[Read]:
    """What ical.js finds in a calendar."""
    node, folder = ical_js()
    printed = run([node, folder / "read.js"], text=content.decode(), folder=folder)
    return sorted(
        Read(
            datetime.fromisoformat(own["start"]),
            datetime.fromisoformat(own["end"]),
            own["uid"],
            own["summary"],
        )
        for own in json.loads(printed)
    )


# --- vdirsyncer and khal ------------------------------------------------------------------------


class Khal:
    """A calendar that vdirsyncer fetches by HTTP, and khal shows.

    Args:
        folder: for settings and events; empty.
        address: of the feed.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self._events = folder / "events"
        (folder / "vdirsyncer").write_text(
            f"""
[general]
status_path = "{folder}/status"
[pair duties]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "{address}"
[storage local]
type = "filesystem"
path = "{self._events}"
fileext = ".ics"
"""
        )
        (folder / "khal").write_text(
            f"""
[calendars]
[[duties]]
path = {self._events}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
        )
        self._vdirsyncer("discover", text="y\n" * 4)

    def _vdirsyncer(self, *command: str, text: str = "") -> None:
        run(
            [_installed("vdirsyncer"), "-c", self._folder / "vdirsyncer", *command],
            text=text,
            folder=self._folder,
        )

    def sync(self) -> None:
        """Fetch what is new."""
        self._vdirsyncer("sync")

    def files(self) -> dict[str, bytes]:
        """What lies in the calendar's folder, by name."""
        return {file.name: file.read_bytes() for file in self._events.iterdir()}

    def shown(self, first: str, last: str) -> list[Read]:
        """What khal shows between two days."""
        fields = ("uid", "title", "start-long-full", "end-long-full")
        options = [part for field in fields for part in ("--json", field)]
        command: list[str | Path] = [
            _installed("khal"),
            "-c",
            self._folder / "khal",
            "list",
            "--once",
        ]
        printed = run(
            [*command, *options, first, last],
            folder=self._folder,
            more={"HOME": str(self._folder)},
        )
        days = [json.loads(line) for line in printed.splitlines() if line.strip()]
        return sorted(
            Read(_utc(own["start-long-full"]), _utc(own["end-long-full"]), own["uid"], own["title"])
            for day in days
            for own in day
        )


def _utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def _installed(name: str) -> Path:
    """A command of the development environment.

    Raises:
        NoReaderError: it is not there.
    """
    found = Path(sys.executable).with_name(name)
    if not found.exists():
        raise NoReaderError(f"{name} is not installed: ./run sets it up")
    return found
