"""In what surroundings an engine runs."""

import os
import subprocess
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.running import Job, RunError, run


def test_an_engine_starts_as_a_program_does_that_was_started_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no byte code may be written each start would compile all packages anew."""
    seen: list[Mapping[str, str]] = []

    def started(*_: Any, env: Mapping[str, str], **__: Any) -> SimpleNamespace:
        seen.append(env)
        return SimpleNamespace(returncode=1, stdout="", stderr="enough")

    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(subprocess, "run", started)
    with pytest.raises(RunError, match="enough"):
        run(Job("table/8x13", "greedy", 1.0))
    assert "PYTHONDONTWRITEBYTECODE" not in seen[0]
    assert seen[0]["PATH"] == os.environ["PATH"]
