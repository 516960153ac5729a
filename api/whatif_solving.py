"""Several plans solved side by side: one process each, one worker, one seed, equal time.

The engine builds its model in the process that asks, so each plan gets a process of its own;
`parallel` of them run at once. With one at a time no process is made.
"""

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from api import library
from api.library import LoadedPlan
from scheduler.domain.roster import Roster
from scheduler.engine import Outcome, Update, cores
from scheduler.reading.plan import Plan
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending

_EVERY = 0.2  # seconds between two looks at what the processes tell


@dataclass(frozen=True, slots=True)
class Search:
    """How each plan is solved.

    Attributes:
        seconds: wall time of each.
        seed: the same for all.
        parallel: how many at once; None for as many as there are cores.
    """

    seconds: float = 60.0
    seed: int = 1
    parallel: int | None = None

    @property
    def at_once(self) -> int:
        """How many at once."""
        return self.parallel or cores()


@dataclass(frozen=True, slots=True)
class Solved:
    """How one solve ended; the roster is that of its own plan.

    Attributes:
        stopped: somebody ended it before its time.
        cut_off: the search did not answer when it was to end; the roster is the last it had.
    """

    ending: Ending
    roster: Roster | None
    conflicts: tuple[str, ...] = ()
    stopped: bool = False
    cut_off: bool = False

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """What is kept of an outcome; the roster is judged again when it is compared."""
        return cls(
            outcome.ending, outcome.roster, outcome.conflicts, outcome.stopped, outcome.cut_off
        )


@dataclass(frozen=True, slots=True)
class _Task:
    """What a process is handed: a chain of plans, each started from the roster before it."""

    ids: tuple[str, ...]
    documents: tuple[dict[str, Any], ...]
    seconds: float
    seed: int


Tell = Callable[[str, Update | None], None]
"""Called with the id of a plan and its progress; None when it is done."""

_shared: dict[str, Any] = {}


def solve_all(
    plans: Mapping[str, LoadedPlan],
    search: Search,
    *,
    tell: Tell = lambda _, __: None,
    stop: threading.Event | None = None,
) -> dict[str, Solved]:
    """Solve every plan by itself, none knowing of the others.

    Args:
        plans: by id.
        search: time, seed, how many at once.
        tell: called with progress from this thread.
        stop: set it to end all early and keep the best of each.

    Raises:
        SearchError: a process died.
    """
    return solve_chains(plans, [(own,) for own in plans], search, tell=tell, stop=stop)


def solve_chains(
    plans: Mapping[str, LoadedPlan],
    chains: Sequence[Sequence[str]],
    search: Search,
    *,
    tell: Tell = lambda _, __: None,
    stop: threading.Event | None = None,
) -> dict[str, Solved]:
    """Solve chains of plans side by side, each plan started from the one before it in its chain.

    Raises:
        SearchError: a process died.
    """
    end = stop or threading.Event()
    if search.at_once == 1 or len(chains) == 1:
        found: dict[str, Solved] = {}
        for chain in chains:
            found |= _here([(own, plans[own]) for own in chain], search, tell, end)
    else:
        found = _beside(plans, chains, search, tell, end)
    return {own: found[own] for own in plans}


def _here(
    chain: Sequence[tuple[str, LoadedPlan]], search: Search, tell: Tell, stop: threading.Event
) -> dict[str, Solved]:
    found: dict[str, Solved] = {}
    former: Roster | None = None
    for own, loaded in chain:
        outcome = library.solve(
            loaded,
            seconds=search.seconds,
            seed=search.seed,
            workers=1,
            start=former,
            tell=lambda update, own=own: tell(own, update),  # type: ignore[misc]
            stop=stop,
        )
        found[own] = Solved.of(outcome)
        former = outcome.roster or former
        tell(own, None)
    return found


def _beside(
    plans: Mapping[str, LoadedPlan],
    chains: Sequence[Sequence[str]],
    search: Search,
    tell: Tell,
    stop: threading.Event,
) -> dict[str, Solved]:
    context = multiprocessing.get_context("spawn")
    told, ends = context.Queue(), context.Event()
    tasks = [
        _Task(
            tuple(chain),
            tuple(plans[own].plan.to_document() for own in chain),
            search.seconds,
            search.seed,
        )
        for chain in chains
    ]
    found: dict[str, Solved] = {}
    with ProcessPoolExecutor(
        min(search.at_once, len(chains)), context, initializer=_begin, initargs=(told, ends)
    ) as pool:
        waiting: set[Future[dict[str, Solved]]] = {pool.submit(_run, task) for task in tasks}
        try:
            while waiting:
                done, waiting = wait(waiting, _EVERY, FIRST_COMPLETED)
                if stop.is_set():
                    ends.set()
                for own, update in _heard(told):
                    tell(own, update)
                for future in done:
                    found |= future.result()
        except BrokenProcessPool as error:
            raise SearchError("a solve beside the others died") from error
        finally:
            ends.set()
            for future in waiting:
                future.cancel()
    for own, update in _heard(told):
        tell(own, update)
    return found


def _heard(told: Any) -> Iterator[tuple[str, Update | None]]:
    """What has been told since the last time."""
    with suppress(queue.Empty):
        while True:
            yield told.get_nowait()


def _begin(told: Any, ends: Any) -> None:
    """A process starts: Ctrl-C is for the parent, who passes it on by `ends`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _shared.update(told=told, ends=ends, parent=os.getppid())


def _run(task: _Task) -> dict[str, Solved]:
    """In a process of its own: the plans are understood anew, and solved one after another."""
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(stop,), daemon=True)
    watch.start()
    chain = [
        (own, library.understand(Plan.model_validate(document)))
        for own, document in zip(task.ids, task.documents, strict=True)
    ]
    search = Search(task.seconds, task.seed, 1)
    try:
        return _here(chain, search, lambda own, update: _shared["told"].put((own, update)), stop)
    finally:
        stop.set()
        watch.join()


def _watch(stop: threading.Event) -> None:
    """Pass a stop of the parent on, and stop by ourselves if the parent is gone."""
    while not stop.wait(_EVERY):
        if _shared["ends"].is_set() or os.getppid() != _shared["parent"]:
            stop.set()
