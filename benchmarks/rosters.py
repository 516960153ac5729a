"""A finished roster of an instance in moments, for what is measured on finished rosters."""

from functools import lru_cache

from benchmarks.instances import Loaded, load
from scheduler.domain.roster import Roster, Timetable
from scheduler.solving.construct import construct
from scheduler.solving.draft import Draft
from scheduler.solving.state import Index


@lru_cache(maxsize=2)
def constructed(name: str, seed: int = 1) -> tuple[Loaded, Timetable]:
    """The instance with a lawful roster, constructed and not improved."""
    loaded = load(name, None)
    draft = Draft(loaded.problem, loaded.rules)
    chosen = construct(Index(draft.model), seed).chosen
    roster = Roster.of(loaded.problem, draft.assignments(chosen))
    return loaded, Timetable(loaded.problem, roster)
