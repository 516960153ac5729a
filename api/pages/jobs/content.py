"""What a job told so far, as its page shows it: what it does now, and a curve for each level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.pages.page import Page
from api.pages.subjects import CATALOGUE
from api.service.jobs import store
from api.service.jobs.event import EventOut
from api.service.jobs.tables import Job, JobEvent

WIDTH, HEIGHT = 160.0, 40.0  # of a curve, in units of its picture
_EDGE = 3.0
_MOST_POINTS = 200


@dataclass(frozen=True, slots=True)
class Point:
    """Value and bound of a level at one time; None where there is none yet."""

    seconds: float
    value: float
    bound: float | None


@dataclass
class Level:
    """One level of the objective as it went.

    Attributes:
        key: of the engine: «cover», «ordered», ...
        title, unit: in bokmål, as the engine says them.
    """

    key: str
    title: str
    unit: str
    proven: bool = False
    points: list[Point] = field(default_factory=list)

    @property
    def last(self) -> Point:
        """How it stands now."""
        return self.points[-1]

    def add(self, point: Point) -> None:
        """One point more; of too many, every second one between the ends goes."""
        self.points.append(point)
        if len(self.points) > _MOST_POINTS:
            self.points[1:-1] = self.points[1:-1:2]

    def lines(self) -> tuple[str, str]:
        """The points of the polylines of value and bound."""
        values = [own.value for own in self.points]
        bounds = [own.bound for own in self.points if own.bound is not None]
        low, high = min([*values, *bounds[-1:]]), max(values)
        first, last = self.points[0].seconds, self.points[-1].seconds
        across, up = max(last - first, 1e-9), max(high - low, 1e-9)

        def at(seconds: float, number: float) -> tuple[float, float]:
            x = _EDGE + (WIDTH - 2 * _EDGE) * (seconds - first) / across
            share = (min(max(number, low), high) - low) / up
            return round(x, 1), round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * share, 1)

        value = [at(own.seconds, own.value) for own in self.points]
        bound = [at(own.seconds, own.bound) for own in self.points if own.bound is not None]
        return _steps(value), _steps(bound)


@dataclass
class Progress:
    """What a job told, taken up an event at a time.

    Attributes:
        seen: number of the last event.
        latest: the newest progress; None before the first.
    """

    seen: int = 0
    latest: dict[str, Any] | None = None
    levels: dict[str, Level] = field(default_factory=dict)

    def take(self, events: Iterable[JobEvent | EventOut]) -> None:
        """Take up new events, in order."""
        for event in events:
            self.seen = event.number
            if event.kind == "state" and event.data.get("attempt"):
                self.levels.clear()  # another attempt begins: its clock begins anew
            if event.kind != "progress":
                continue
            if self.latest and event.data.get("plan") != self.latest.get("plan"):
                self.levels.clear()  # a comparison: the next alternative, with a clock of its own
            self.latest = event.data
            for own in event.data.get("levels", ()):  # only searches have levels
                if own["value"] is None:
                    continue
                known = self.levels.setdefault(
                    own["level"], Level(own["level"], own["title"], own["unit"])
                )
                known.proven = own["proven"]
                known.add(Point(event.data["seconds"], own["value"], own["bound"]))


@dataclass(frozen=True, slots=True)
class Told:
    """One level in the words of the page.

    Attributes:
        lang: of title and unit, where they could not be said in the page's language.
        summary: of the curve, for those who do not see it.
    """

    title: str
    lang: str | None
    value: str
    bound: str
    proven: bool
    summary: str
    value_line: str
    bound_line: str


def told(page: Page, progress: Progress) -> Sequence[Told]:
    """The levels in order."""
    found = []
    number = page.clock.number
    for level in progress.levels.values():
        title, lang = title_of(page, level.key, level.title)
        low = None if level.last.bound is None else number(level.last.bound)
        lines = level.lines()
        found.append(
            Told(
                title=title,
                lang=lang,
                value=f"{number(level.last.value)} {unit_of(page, level.unit)}",
                bound=low or page.say("jobs.unproven"),
                proven=level.proven,
                summary=page.say(
                    "jobs.curve_of",
                    title=title,
                    first=number(level.points[0].value),
                    last=number(level.last.value),
                    bound=low or page.say("jobs.unproven"),
                ),
                value_line=lines[0],
                bound_line=lines[1],
            )
        )
    return found


def doing(page: Page, job: Job, progress: Progress) -> str:
    """What the job does now, in a sentence."""
    if job.state == store.QUEUED:
        return page.say("jobs.waits")
    if job.state == store.STOPPING:
        return page.say("jobs.stopping")
    if progress.latest is None:
        return page.say("jobs.begins")
    step = progress.latest["step"]
    if "doing" not in progress.latest:  # no search: its own words are all there is
        return f"{step}."
    key = next((own.key for own in progress.levels.values() if own.title == step), "")
    said = title_of(page, key, step)[0]
    return page.say(f"jobs.doing_{progress.latest['doing']}", step=said.lower())


def title_of(page: Page, key: str, title: str) -> tuple[str, str | None]:
    """A level's title in the page's language; else as the engine says it, with its language."""
    own = f"jobs.level_{key}"
    return (page.say(own), None) if own in CATALOGUE.texts else (title, "nb")


def unit_of(page: Page, unit: str) -> str:
    """A unit in the page's language; else as the engine says it."""
    own = f"jobs.unit_{unit.replace(' ', '_')}"
    return page.say(own) if own in CATALOGUE.texts else unit


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """A line that stays until the next point: nothing was known in between."""
    found: list[tuple[float, float]] = []
    for x, y in points:
        if found and found[-1][1] != y:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return " ".join(f"{x:g},{y:g}" for x, y in found)
