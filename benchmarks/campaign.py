"""Campaigns: files that say what is measured, the most important first.

A campaign is a TOML file with a list of `runs`. Each names `instances` (or suites), `engines`,
`seconds` and `seeds`; `tasks` names topics of what a person waits for, or is true for all of them.
Those in `benchmarks/campaigns` are asked for by their name, others by their path.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.record import Run
from benchmarks.running import Job
from benchmarks.suites import ENGINES, SUITES, UNLIMITED, instances, named
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
        seeds: instead of those of the campaign: the first one for the first that it names, and so
            on; runs with seeds for which there is none are left out.
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
        ValueError: there is no such campaign, the file is none, or it names fewer seeds than given.
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
    for number, entry in enumerate(entries, start=1):
        _check(entry, f"campaign ({name}), runs {number}")
    seeds = _seeds(entries, given, f"campaign ({name})")
    found: dict[object, Job | Tasks] = {}
    for entry in entries:
        for own in _tasks(entry) if "tasks" in entry else _jobs(entry, given, seeds):
            found.setdefault(own.key if isinstance(own, Job) else own, own)
    return list(found.values())


def _check(entry: object, where: str) -> None:
    """Refuse what is neither runs nor tasks.

    Raises:
        ValueError: with the place and the reason.
    """
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: must be a table")
    if "tasks" in entry:
        _check_tasks(entry, where)
        return
    if set(entry) != _KEYS:
        raise ValueError(f"{where}: must have {', '.join(sorted(_KEYS))}, or tasks")
    for key in ("instances", "engines"):
        if not _is_list(entry[key], str):
            raise ValueError(f"{where}: {key} ({entry[key]}) must be a list of names")
    for name in instances(entry["instances"]):
        try:
            named(name)
        except ValueError as fault:
            raise ValueError(f"{where}: {fault}, or a suite ({', '.join(SUITES)})") from fault
    unknown = [own for own in entry["engines"] if own not in ENGINES]
    if unknown:
        raise ValueError(f"{where}: engines ({unknown}) must be some of {', '.join(ENGINES)}")
    seconds, seeds = entry["seconds"], entry["seeds"]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < inf:
        raise ValueError(f"{where}: seconds ({seconds}) must be above 0")
    if not _is_list(seeds, int) or min(seeds) < 0:
        raise ValueError(f"{where}: seeds ({seeds}) must be a list of whole numbers from 0")


def _check_tasks(entry: dict[str, Any], where: str) -> None:
    wanted = entry["tasks"]
    if len(entry) > 1 or not (wanted is True or _is_list(wanted, str)):
        raise ValueError(f"{where}: tasks must stand alone, and be true or name topics")
    try:
        chosen([] if wanted is True else wanted)
    except ValueError as fault:
        raise ValueError(f"{where}: {fault}") from fault


def _is_list(value: object, kind: type) -> bool:
    """Whether it is a list of some of that kind; true and false are no numbers."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(own, kind) and not isinstance(own, bool) for own in value)
    )


def _tasks(entry: dict[str, Any]) -> list[Tasks]:
    return [Tasks() if entry["tasks"] is True else Tasks(chosen(entry["tasks"]))]


def _jobs(entry: dict[str, Any], given: Given, seeds: Mapping[int, int]) -> Iterator[Job]:
    for seed in entry["seeds"]:
        for instance in instances(entry["instances"]):
            for engine in entry["engines"]:
                if seed not in seeds:
                    continue
                if instance.startswith("published/") and given.published is None:
                    continue
                if engine == "timefold" and given.timefold is None:
                    continue
                yield Job(
                    instance,
                    engine,
                    float(entry["seconds"]),
                    seeds[seed],
                    published=given.published,
                    timefold=given.timefold,
                )


def _seeds(entries: Sequence[dict[str, Any]], given: Given, where: str) -> dict[int, int]:
    """Each seed of the campaign -> the one to be run instead of it, by their order."""
    own = list(dict.fromkeys(seed for entry in entries for seed in entry.get("seeds", ())))
    if not given.seeds:
        return {seed: seed for seed in own}
    if len(given.seeds) > len(own):
        raise ValueError(f"{where}: seeds {given.seeds} must be at most {len(own)}, as it names")
    return dict(zip(own, given.seeds, strict=False))


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
