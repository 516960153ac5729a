"""The parent's side of a search: start the child, read its lines, stop it, never lose a roster."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scheduler.solving.model import Model
from scheduler.solving.search import Ending, Progress, Result, StepResult

_GRACE = 20.0  # seconds over the limit before the child is taken for hung


class SearchError(RuntimeError):
    """The child process died; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a search may use.

    Attributes:
        seconds: wall time at most, model building not counted.
        workers: solver threads.
    """

    seconds: float
    workers: int
    seed: int


def search_in_child(
    model: Model,
    budget: Budget,
    *,
    start: tuple[int, ...] = (),
    tell: Callable[[Progress], None] = lambda _: None,
    keep: Callable[[tuple[int, ...]], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Result:
    """Run `Search` in a child process.

    Args:
        model: what the rules posted.
        budget: time, threads, seed.
        start: decisions of a former roster.
        tell: called with progress.
        keep: called with the decisions of each improvement, seldom.
        stop: set it to end early and keep the best.

    Raises:
        SearchError: the child died before its result.
    """
    stop = stop or threading.Event()
    task = {
        "model": model.to_plain(),
        "seconds": budget.seconds,
        "workers": budget.workers,
        "seed": budget.seed,
        "start": start,
    }
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        child = subprocess.Popen(
            [sys.executable, "-m", "scheduler.solving.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        )
        done = threading.Event()
        watcher = threading.Thread(
            target=_watch, args=(child, stop, done, budget.seconds), daemon=True
        )
        try:
            result = _converse(child, task, tell, keep, watcher)
        finally:
            done.set()
            if child.stdin and not child.stdin.closed:
                child.stdin.close()
            if child.poll() is None:
                try:
                    child.wait(timeout=5)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
            if child.stdout:
                child.stdout.close()
            if watcher.ident is not None:
                watcher.join()
        if result is None:
            errors.seek(0)
            raise SearchError(
                f"search process ended with {child.returncode} before its result: "
                f"{errors.read()[-2000:].strip()}"
            )
        return result


def _converse(
    child: "subprocess.Popen[str]",
    task: dict[str, Any],
    tell: Callable[[Progress], None],
    keep: Callable[[tuple[int, ...]], None],
    watcher: threading.Thread,
) -> Result | None:
    """Hand over the task and read lines until the result."""
    if child.stdin is None or child.stdout is None:
        raise SearchError("search process has no pipes")
    try:
        json.dump(task, child.stdin, separators=(",", ":"))
        child.stdin.write("\n")
        child.stdin.flush()
    except BrokenPipeError:
        return None
    watcher.start()
    for line in child.stdout:
        message = json.loads(line)
        if message["kind"] == "progress":
            values = message["values"]
            tell(
                Progress(
                    message["seconds"],
                    message["step"],
                    tuple(values) if values is not None else None,
                    tuple(message["bounds"]),
                    message["doing"],
                )
            )
        elif message["kind"] == "roster":
            keep(tuple(message["chosen"]))
        elif message["kind"] == "result":
            chosen = message["chosen"]
            return Result(
                Ending(message["ending"]),
                tuple(chosen) if chosen is not None else None,
                tuple(StepResult(*step) for step in message["steps"]),
                message["stopped"],
            )
    return None


def _watch(
    child: "subprocess.Popen[str]", stop: threading.Event, done: threading.Event, seconds: float
) -> None:
    """Pass a stop on to the child; end a child that outlives its time by far."""
    deadline = time.monotonic() + seconds + _GRACE
    told = False
    while not done.wait(0.1):
        if stop.is_set() and not told and child.stdin:
            told = True
            deadline = min(deadline, time.monotonic() + _GRACE)
            try:
                child.stdin.write("stop\n")
                child.stdin.flush()
            except (BrokenPipeError, ValueError):
                return  # the child has ended by itself
        if time.monotonic() > deadline:
            child.kill()
            return
