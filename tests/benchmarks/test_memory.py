"""The peak of a process and what it starts."""

import subprocess
import sys
import time

import pytest

from benchmarks.memory import Watched

LARGE = "import time; kept = b'x' * (64 << 20); print(len(kept), flush=True); time.sleep(30)"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere sizes are not shared out")
def test_a_child_that_holds_much_is_in_the_peak() -> None:
    with Watched() as alone:
        pass
    with (
        Watched() as both,
        subprocess.Popen([sys.executable, "-c", LARGE], stdout=subprocess.PIPE) as child,
    ):
        assert child.stdout is not None
        child.stdout.readline()
        before = both.looks
        while both.looks < before + 2:  # one that began after it had all
            time.sleep(0.01)
        child.kill()
    assert both.peak_mb > alone.peak_mb + 60
