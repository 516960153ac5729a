"""What holds for every test."""

from pathlib import Path

import pytest
from hypothesis import settings

# A deadline is wall time, and the machine is shared: how fast code is belongs in `benchmarks/`.
settings.register_profile("rettvakt", deadline=None)
settings.load_profile("rettvakt")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files of slow tests are not even read where those are left out: some take long to read."""
    left_out = config.option.markexpr == "not slow"
    return True if left_out and collection_path.name.endswith("_slow.py") else None
