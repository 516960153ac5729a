"""What keeps a child small: OR-Tools without data frames, and memory given back."""

import subprocess
import sys

import pytest

from scheduler.solving import lean

ALONE = """
import sys
from scheduler.solving.lean import without_frames
with without_frames():
    import scheduler.solving.search
    from scheduler.solving.linear import Program
assert "pandas" not in sys.modules
program = Program()
one, other = program.column(0, 5), program.column(0, 5)
program.add([(1, one), (1, other)], 3, None)
program.costs = {one: 2, other: 7}
assert program.bound(10.0) == 6, program.bound(10.0)
import pandas
assert pandas.Series([1, 2]).sum() == 3
"""


def test_solvers_load_without_data_frames_and_a_linear_program_is_bounded_there() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


LOADED = """
from scheduler.solving import lean
from scheduler.solving.construct import warm_up

def held():
    found, own = 0, False
    for line in open("/proc/self/smaps"):
        if "-" in line.split()[0]:
            own = "libllvmlite" in line
        elif line.startswith("Rss:") and own:
            found += int(line.split()[1])
    return found

warm_up()
before = held()
lean.leave_compiler()
assert held() < before / 2, (before, held())
import numba
assert numba.njit(lambda one: one + 1)(1) == 2
lean.leave_compiler()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is let go")
def test_a_compiler_that_was_left_takes_little_room_and_compiles_on() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_pandas_that_is_there_stays() -> None:
    import pandas

    with lean.without_frames():
        assert sys.modules["pandas"] is pandas
    assert sys.modules["pandas"] is pandas


def test_memory_is_given_back_again_and_again() -> None:
    lean.give_back()
    lean.give_back()


def test_a_package_that_can_be_done_without_seems_absent_and_is_there_afterwards() -> None:
    sys.modules.pop("wave", None)
    with lean.without("wave"), pytest.raises(ModuleNotFoundError):
        import wave
    import wave

    assert issubclass(wave.Error, Exception)


def test_a_first_roster_is_waited_for_without_what_the_compiler_can_do_without() -> None:
    code = "import sys, scheduler.solving.child; assert not {'coverage', 'yaml'} & {*sys.modules}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
