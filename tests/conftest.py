"""What holds for every test."""

from hypothesis import settings

# A deadline is wall time, and the machine is shared: how fast code is belongs in `benchmarks/`.
settings.register_profile("rettvakt", deadline=None)
settings.load_profile("rettvakt")
