"""What a job told so far, as its page shows it: what it does now, and a curve for each level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.pages.jobs.curve import Curve, Point, curve
from api.pages.page import Page
from api.pages.subjects import CATALOGUE
from api.service.jobs import store
from api.service.jobs.event import EventOut
from api.service.jobs.tables import Job, JobEvent

_MOST_POINTS = 200


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
        key: of the engine.
        lang: of title and unit, where they could not be said in the page's language.
        about: what it measures, and why it stands where it stands; empty where there are no words.
        unit: of value and bound.
        bound: «not proven» where there is none.
        summary: of the curve, for those who do not see it.
        now: it is what the search works on.
    """

    key: str
    title: str
    lang: str | None
    about: str
    unit: str
    value: str
    bound: str
    proven: bool
    summary: str
    curve: Curve
    now: bool


def told(page: Page, progress: Progress) -> Sequence[Told]:
    """The levels in order."""
    return [_told(page, progress, level) for level in progress.levels.values()]


def _told(page: Page, progress: Progress, level: Level) -> Told:
    number = page.clock.number
    title, lang = title_of(page, level.key, level.title)
    unit = unit_of(page, level.unit)
    bound = level.last.bound
    low = page.say("jobs.unproven") if bound is None else number(bound)
    about = f"jobs.about_{level.key}"
    return Told(
        key=level.key,
        title=title,
        lang=lang,
        about=page.say(about) if about in CATALOGUE.texts else "",
        unit=unit,
        value=f"{number(level.last.value)} {unit}",
        bound=low,
        proven=level.proven,
        summary=page.say(
            "jobs.curve_of",
            title=title,
            first=number(level.points[0].value),
            last=number(level.last.value),
            bound=low,
        ),
        curve=curve(level.points),
        now=(progress.latest or {}).get("step") == level.title,
    )


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
