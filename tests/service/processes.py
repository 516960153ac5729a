"""The service as real processes that can be killed, and what is found of them in /proc."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import httpx2

from tests.support import PATIENCE


class Fleet:
    """A server and workers on one database; whatever is killed is started again.

    Args:
        address: of the database.
        settings: more of the environment, such as RETTVAKT_LEASE_SECONDS.
        workers: how many processes beside the server run jobs; with none, the server does.
        folder: for what they write.
    """

    def __init__(
        self, address: str, settings: Mapping[str, str], workers: int, folder: Path
    ) -> None:
        self._mark = f"RETTVAKT_DATABASE={address}".encode()
        self._log = (folder / "log.txt").open("ab")
        self._environment = {
            **os.environ,
            "RETTVAKT_DATABASE": address,
            "RETTVAKT_JOBS_AT_ONCE": "1",
            "RETTVAKT_OUTBOX": str(folder / "outbox"),
            **settings,
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        server = ("serve", "--port", str(self.port))
        quiet = {"RETTVAKT_JOBS_AT_ONCE": "0"} if workers else {}
        self._commands: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
            "server": (server, quiet)
        }
        self._commands |= {f"worker {n}": (("worker",), {}) for n in range(workers)}
        self.processes = {name: self._started(name) for name in self._commands}

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        command, own = self._commands[name]
        return subprocess.Popen(
            [sys.executable, "-m", "api.cli.main", *command],
            stdout=self._log,
            stderr=self._log,
            env=self._environment | own,
        )

    def kill(self, name: str) -> None:
        """Kill -9, and start it again."""
        self.processes[name].kill()
        self.processes[name].wait()
        self.processes[name] = self._started(name)

    def ready(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + PATIENCE
        while True:
            with suppress(httpx2.HTTPError):
                if httpx2.get(f"http://127.0.0.1:{self.port}/health/ready").is_success:
                    return
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)

    def found(self, module: str = "") -> list[int]:
        """All living processes on this database, also children of children, that run a module."""
        return sorted(pid for pid, line in self._ours() if module.encode() in line)

    def _ours(self) -> Iterator[tuple[int, bytes]]:
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                with suppress(OSError):
                    if self._mark in (folder / "environ").read_bytes().split(b"\0"):
                        yield int(folder.name), (folder / "cmdline").read_bytes()

    def close(self) -> list[int]:
        """Tell all to stop; gives the processes that were still there long after."""
        for own in self.processes.values():
            own.terminate()
        for own in self.processes.values():
            own.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while (left := self.found()) and time.monotonic() < until:
            time.sleep(0.2)
        for pid in left:
            kill(pid)
        self._log.close()
        return left


def kill(pid: int) -> None:
    """Kill -9; it may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
