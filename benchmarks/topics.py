"""The topics of `benchmarks/tasks`: found by looking, so that a new file is a new topic."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence

from benchmarks import tasks
from benchmarks.tasks.timing import Timing

Measure = Callable[[], Iterator[Timing]]


def topics() -> tuple[str, ...]:
    """The names of all topics, in order."""
    return tuple(
        own.name
        for own in pkgutil.iter_modules(tasks.__path__)
        if not own.name.startswith("_") and own.name != "timing"
    )


def measure_of(topic: str) -> Measure:
    """What measures the topic.

    Raises:
        ValueError: there is no such topic, or its file has no `measure`.
    """
    if topic not in topics():
        raise ValueError(f"topic ({topic}) must be one of {', '.join(topics())}")
    module = importlib.import_module(f"{tasks.__name__}.{topic}")
    found: Measure | None = getattr(module, "measure", None)
    if found is None:
        raise ValueError(f"topic ({topic}): its file must have a function `measure`")
    return found


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The topics that are asked for; all of them where none is named.

    Raises:
        ValueError: there is no such topic.
    """
    unknown = [name for name in names if name not in topics()]
    if unknown:
        raise ValueError(
            f"topics ({', '.join(unknown)}) must be some of {', '.join(topics()) or 'none'}"
        )
    return tuple(names) or topics()
