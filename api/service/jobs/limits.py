"""What a job may take: memory with its search, and time. Whoever goes beyond ends as failed.

The limit is watched and not set for the process: compiled code and the solver reserve many times
the memory that they use (RLIMIT_AS would end them at once), and Linux keeps no limit of what is
used (RLIMIT_RSS). What dies of a sudden leap between two looks is given back, as any that died.
"""

import logging
import os
import threading
import time

import psutil
from sqlalchemy.exc import SQLAlchemyError

from api.processes import together
from api.service.jobs import store
from api.service.jobs.task import Task

LOOK = 0.5  # seconds between two looks
_AGAIN = 300.0  # seconds that a job may need beyond twice what it was asked to take
_PATIENCE = 60.0  # seconds from the stop of a job until its process is ended
_FREED = 3.0  # seconds for memory to come back once the search is ended
_MB = 1_000_000

logger = logging.getLogger(__name__)


def watch(task: Task, seconds: float) -> None:
    """Watch a job from a thread of its own process.

    Args:
        task: the job; its `over` says which limit it went beyond.
        seconds: wall time that it is expected to need at most; 0: unknown.
    """
    threading.Thread(target=_watch, args=(task, seconds), name="limits", daemon=True).start()


def taken() -> int:
    """Bytes that this process and all that it started hold in memory."""
    return together(lambda process: int(process.memory_info().rss))


def _watch(task: Task, seconds: float) -> None:
    most = task.settings.job_memory_mb
    until = time.monotonic() + 2 * seconds + _AGAIN if seconds else None
    while not task.finished.wait(LOOK):
        if most is not None and taken() > most * _MB:
            _too_much(task, most)  # and go on looking: what is left has its limits too
        if until is not None and time.monotonic() > until:
            _too_long(task, seconds)
            return


def _too_much(task: Task, most: int) -> None:
    """End the search; if that frees nothing, it was us."""
    task.over = (
        f"Jobben trengte mer minne enn den kan få ({most} MB). Det beste som var funnet, er tatt "
        "vare på. Del perioden opp, eller be den som driver tjenesten om mer minne "
        "(RETTVAKT_JOB_MEMORY_MB)."
    )
    task.stop.set()
    for process in psutil.Process().children(recursive=True):
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    if not task.finished.wait(_FREED) and taken() > most * _MB:
        _end(task)


def _too_long(task: Task, seconds: float) -> None:
    task.over = (
        f"Jobben ble ikke ferdig i tide: den skulle ta {seconds:.0f} sekunder. Det beste som var "
        "funnet, er tatt vare på. Prøv igjen når det er mindre å gjøre."
    )
    task.stop.set()
    if not task.finished.wait(_PATIENCE):
        _end(task)


def _end(task: Task) -> None:
    """The runner does not end by itself: say why, and go."""
    try:
        task.end(store.FAILED, task.over)
    except store.LostError:
        pass
    except SQLAlchemyError:
        logger.exception("job %s: its end could not be stored", task.id)
    finally:
        os._exit(0)
