"""Campaigns: files that say what is measured, the most important first.

A campaign is a TOML file with a list of `runs`. Each names `instances` (or suites), `engines`,
`seconds` and `seeds`; `tasks` names topics of what a person waits for, or is true for all of them.
Those in `benchmarks/campaigns` are asked for by their name, others by their path.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.record import Run
from benchmarks.running import Job
from benchmarks.suites import ENGINES, UNLIMITED, instances
from benchmarks.topics import chosen

FOLDER = Path(__file__).resolve().parent / "campaigns"
_BESIDE = 6.0  # seconds that a run takes beside its limit: start-up, judging
_LARGE_BESIDE = 20.0  # also where Java is started
_LARGE = ("100x52", "200x13", "40x52", "published/21", "published/23")
_AGAIN = 1.5  # another run may need so much longer to prove what one has proven
_KEYS = {"instances", "engines", "seconds", "seeds"}


@dataclass(frozen=True, slots=True)
class Tasks:
    """Here tasks are measured.

    Attributes:
        topics: so many; all, and what rules cost, where none is named.
    """

    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What only whoever measures can say; what needs a missing one is left out.

    Attributes:
        published: folder of the published instances.
        timefold: a Python that has Timefold.
        seeds: instead of those of the campaign.
    """

    published: Path | None = None
    timefold: str | None = None
    seeds: tuple[int, ...] = ()


def names() -> list[str]:
    """The campaigns that are here."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def read(name: str, given: Given) -> list[Job | Tasks]:
    """A campaign in its order, each run once.

    Args:
        name: of a campaign that is here, or a path that ends in .toml.
        given: what only whoever measures can say.

    Raises:
        ValueError: there is no such campaign, or the file is none.
    """
    file = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not file.is_file():
        raise ValueError(f"campaign ({name}) must be one of {', '.join(names())}, or a .toml file")
    with file.open("rb") as opened:
        try:
            document = tomllib.load(opened)
        except tomllib.TOMLDecodeError as fault:
            raise ValueError(f"campaign ({name}): {fault}") from fault
    entries = document.get("runs")
    if set(document) != {"runs"} or not isinstance(entries, list) or not entries:
        raise ValueError(f"campaign ({name}) must be a list [[runs]] and nothing else")
    found: dict[object, Job | Tasks] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"campaign ({name}), runs {number}"
        for own in _tasks(entry, where) if "tasks" in entry else _jobs(entry, given, where):
            found.setdefault(own.key if isinstance(own, Job) else own, own)
    return list(found.values())


def _tasks(entry: dict[str, Any], where: str) -> list[Tasks]:
    wanted = entry["tasks"]
    if len(entry) > 1 or not (wanted is True or (wanted and isinstance(wanted, list))):
        raise ValueError(f"{where}: tasks must stand alone, and be true or name topics")
    try:
        return [Tasks() if wanted is True else Tasks(chosen(wanted))]
    except ValueError as fault:
        raise ValueError(f"{where}: {fault}") from fault


def _jobs(entry: dict[str, Any], given: Given, where: str) -> Iterator[Job]:
    if set(entry) != _KEYS:
        raise ValueError(f"{where}: must have {', '.join(sorted(_KEYS))}, or tasks")
    unknown = [own for own in entry["engines"] if own not in ENGINES]
    if unknown:
        raise ValueError(f"{where}: engines ({unknown}) must be some of {', '.join(ENGINES)}")
    seconds = entry["seconds"]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
        raise ValueError(f"{where}: seconds ({seconds}) must be above 0")
    for seed in _seeds(entry["seeds"], given):
        for instance in instances(entry["instances"]):
            for engine in entry["engines"]:
                if instance.startswith("published/") and given.published is None:
                    continue
                if engine == "timefold" and given.timefold is None:
                    continue
                yield Job(
                    instance,
                    engine,
                    float(seconds),
                    seed,
                    published=given.published,
                    timefold=given.timefold,
                )


def _seeds(own: list[int], given: Given) -> list[int]:
    """Those of the campaign; of other ones as many as it wants."""
    return list(given.seeds[: len(own)]) if given.seeds else own


def needs(job: Job, known: Iterable[Run] = ()) -> float:
    """About how many seconds a job takes: its limit, start-up and judging.

    Args:
        job: what is to be run.
        known: runs that were made; where the engine proved the instance before its limit, another
            run is taken to do so in not much more.
    """
    slow = job.instance.endswith(_LARGE) or job.engine == "timefold"
    beside = _LARGE_BESIDE if slow else _BESIDE
    if job.engine in UNLIMITED:
        return beside
    early = [
        run.seconds
        for run in known
        if (run.instance, run.engine) == (job.instance, job.engine)
        and run.proven
        and run.seconds < run.limit
    ]
    return beside + (min(job.seconds, _AGAIN * max(early)) if early else job.seconds)
