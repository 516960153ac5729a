"""What results say of each kind of target: one function a kind, all of our own engine."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from benchmarks.record import ENOUGH, Results, Run
from benchmarks.report import growth, peers
from benchmarks.report.closing import middle, scales, total
from benchmarks.report.published import BEST_KNOWN, geometric, score
from benchmarks.suites import SUITES
from scheduler.certificate import WORST

OURS = "rettvakt"
OTHERS = frozenset({"cp-sat-whole", "highs", "timefold"})
"""Those that must have been compared before anything is said of the others."""
_COVER = "cover"
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached of a target.

    Attributes:
        value: None where nothing was measured; infinite where a run came to nothing.
        seeds: the fewest that a median in it is over; 0 where seeds mean nothing.
        whole: all was measured that the target speaks of.
        note: what a reader must know of the value.
        starved: a run in it had too little processor.
        sooner: nothing was run so long; a goal that was met sooner is met, else nothing is known.
    """

    value: float | None = None
    seeds: int = 0
    whole: bool = False
    note: str = ""
    starved: bool = False
    sooner: bool = False


def ratio(names: Sequence[str], limit: float, results: Results) -> Reached:
    """Geometric mean over published instances of the median value over the best known.

    Where nothing was run at the limit, runs at the longest shorter one stand for it. If all of them
    ended proven they would have ended with the same value; others show what is reached sooner.
    """
    found = {name: _at(_ours(results.runs, f"published/{name}"), limit) for name in names}
    groups = {f"published/{name}": own for name, own in found.items() if own}
    ratios = [
        median(map(score, own)) / BEST_KNOWN[instance.partition("/")[2]]
        for instance, own in groups.items()
    ]
    value = geometric(ratios) if ratios else None
    early = [
        f"{name} after {own[0].limit:g} s"
        for name, own in found.items()
        if own and own[0].limit < limit and not all(run.proven for run in own)
    ]
    whole = _of(groups, value, len(names), "instances")
    told = "; ".join(note for note in (whole.note, ", ".join(early)) if note)
    return replace(whole, note=told, sooner=bool(early))


def with_roster(names: Sequence[str], limit: float, results: Results) -> Reached:
    """Of how many published instances each seed found a lawful roster."""
    return _counted(names, limit, results, lambda runs: all(run.found for run in runs))


def proven(names: Sequence[str], limit: float, results: Results) -> Reached:
    """How many published instances most seeds proved."""
    return _counted(
        names, limit, results, lambda runs: sum(run.proven for run in runs) * 2 > len(runs)
    )


def _counted(
    names: Sequence[str], limit: float, results: Results, good: Callable[[list[Run]], bool]
) -> Reached:
    """An instance counts at any shorter limit too; it is lost only at the limit itself."""
    decided: dict[str, list[Run]] = {}
    count = 0
    for name in names:
        by_limit: dict[float, list[Run]] = {}
        for run in _ours(results.runs, f"published/{name}"):
            if run.limit <= limit:
                by_limit.setdefault(run.limit, []).append(run)
        reached = [own for own in by_limit.values() if good(own)]
        if reached:
            count += 1
            decided[name] = max(reached, key=len)
        elif limit in by_limit:
            decided[name] = by_limit[limit]
    return _of(decided, float(count) if decided else None, len(names), "instances")


def first_full(names: Sequence[str], results: Results) -> Reached:
    """The slowest median until a full lawful roster, over districts up to the largest named."""
    return _largest(
        [run for run in results.runs if run.instance.startswith("district/")],
        names,
        lambda run: math.inf if run.full is None or run.broken else run.full,
    )


def memory(names: Sequence[str], results: Results) -> Reached:
    """The largest median peak over districts and the table, up to the largest named, in MB."""
    own = [run for run in results.runs if run.instance.startswith(("district/", "table/"))]
    return _largest(own, names, lambda run: run.peak_mb)


def _largest(runs: Iterable[Run], names: Sequence[str], figure: Callable[[Run], float]) -> Reached:
    """The largest median of those named, which must all be there, and of others no larger."""
    groups: dict[tuple[str, float], list[Run]] = {}
    doctors, weeks = (max(sides) for sides in zip(*map(_size, names), strict=True))
    for run in runs:
        people, long = _size(run.instance)
        if run.engine == OURS and people <= doctors and long <= weeks:
            groups.setdefault((run.instance, run.limit), []).append(run)
    if not groups:
        return Reached()
    medians = {group: median(map(figure, own)) for group, own in groups.items()}
    worst = max(medians, key=lambda group: medians[group])
    there = {instance for instance, _ in groups}
    missing = [name for name in names if name not in there]
    return Reached(
        medians[worst],
        min(map(len, groups.values())),
        not missing,
        f"{worst[0]}; {_part(names, missing) or f'of {len(there)}'}",
        any(run.starved for own in groups.values() for run in own),
    )


def closed(instance: str, limit: float, results: Results) -> Reached:
    """The median part of the way from the greedy start to the bound, in percent."""
    scale = scales(results.runs).get(instance)
    own = [run for run in _ours(results.runs, instance) if run.limit == limit]
    if scale is None or not own:
        return Reached()
    part = middle(scale.closed(total(run)) for run in own)
    value = -math.inf if part is None else 100 * part
    return Reached(value, len(own), True, "", any(run.starved for run in own))


def proven_after(instance: str, limit: float, results: Results) -> Reached:
    """The median of seconds until the optimum was proven; never counts as infinite."""
    own = [run for run in _ours(results.runs, instance) if run.limit == limit]
    if not own:
        return Reached()
    value = median(run.seconds if run.proven else math.inf for run in own)
    return Reached(value, len(own), True, "", any(run.starved for run in own))


def gap(instance: str, title: str, limit: float, results: Results) -> Reached:
    """The median of (value − bound) / value of one step, in percent.

    Levels are lexicographic: the bound is of rosters as good as the run's own on those before, so
    the gap is given their values. A roster with holes that are not proven to be needed is
    infinitely far away.
    """
    own = [run for run in _ours(results.runs, instance) if run.limit == limit]
    if not own:
        return Reached()
    value = median(_gap(run, title) for run in own)
    return Reached(100 * value, len(own), True, "", any(run.starved for run in own))


def load_gap(instance: str, limit: float, results: Results) -> Reached:
    """The median of what is left to prove of the heaviest load, in percent of that load.

    The step tells how far the worst-off doctor is over the fair share, which is small beside the
    load: a fifth of a point beside some eighty. Runs that do not tell the load are not counted.
    """
    runs = [run for run in _ours(results.runs, instance) if run.limit == limit]
    own = [run for run in runs if run.heaviest is not None or not run.found]
    if not own:
        return Reached()
    value = median(_load_gap(run) for run in own)
    return Reached(100 * value, len(own), True, "", any(run.starved for run in own))


def _load_gap(run: Run) -> float:
    if not run.found or WORST not in run.titles or not run.heaviest or _holes(run):
        return math.inf
    place = run.titles.index(WORST)
    bound = run.bounds[place]
    return math.inf if bound is None else max(0.0, run.values[place] - bound) / run.heaviest


def _gap(run: Run, title: str) -> float:
    if not run.found or title not in run.titles or _holes(run):
        return math.inf
    place = run.titles.index(title)
    value, bound = run.values[place], run.bounds[place]
    if bound is None:
        return math.inf
    far = value - bound
    return 0.0 if far <= _NEAR else far / abs(value) if value else math.inf


def _holes(run: Run) -> bool:
    """Whether there are holes, and more than are proven to be needed."""
    if _COVER not in run.titles:
        return False
    place = run.titles.index(_COVER)
    return run.values[place] - max(0.0, run.bounds[place] or 0.0) > _NEAR


def worse(people: int, names: Sequence[str], results: Results) -> Reached:
    """In how many comparisons with others ours was worse, on instances with more people.

    On those named, each of the others must have been compared.
    """
    own = [duel for duel in peers.duels(results.runs) if duel.people > people]
    if not own:
        return Reached()
    lost = [f"{duel.peer} on {duel.instance}" for duel in own if duel.worse]
    return _compared(own, float(len(lost)), names, "; ".join(lost))


def nearer(people: int, names: Sequence[str], results: Results) -> Reached:
    """How many times nearer to the bound ours was than the best of others, the least of all.

    On those named, each of the others must have been compared.
    """
    own = [duel for duel in peers.duels(results.runs) if duel.people >= people]
    near = {(d.instance, d.peer, d.limit): d for d in own if d.nearer is not None}
    if not near:
        return Reached()
    least = min(near.values(), key=lambda duel: duel.nearer or 0.0)
    return _compared(near.values(), least.nearer, names, f"{least.peer} on {least.instance}")


def _compared(
    duels: Collection[peers.Duel], value: float | None, names: Sequence[str], note: str
) -> Reached:
    """With the fewest seeds of all comparisons, and what is missing."""
    there = {(duel.instance, duel.peer) for duel in duels}
    missing = [name for name in names if any((name, peer) not in there for peer in OTHERS)]
    told = [note, f"of {len(duels)}", f"without {', '.join(missing)}" if missing else ""]
    return Reached(
        value,
        min(duel.seeds for duel in duels),
        not missing,
        "; ".join(own for own in told if own),
        any(duel.starved for duel in duels),
    )


def task(name: str, instance: str, results: Results) -> Reached:
    """Seconds of the quickest run, by the clock; such tasks use one core of this process."""
    for own in results.tasks:
        if (own.task, own.instance) == (name, instance):
            note = f"{own.cpu_seconds:.2f} s of processor"
            return Reached(own.seconds, 0, True, note, own.cpu_seconds < ENOUGH * own.seconds)
    return Reached()


def tenfold(what: str, results: Results) -> Reached:
    """What ten times the work costs, by the fit of growth."""
    fit = growth.growth(growth.sizes(results.runs), what)
    if fit is None:
        return Reached()
    whole = fit.points >= len(SUITES["growth"])
    return Reached(fit.tenfold, 0, whole, f"{fit.points} sizes")


def _ours(runs: Iterable[Run], instance: str) -> list[Run]:
    return [run for run in runs if run.engine == OURS and run.instance == instance]


def _at(runs: Sequence[Run], limit: float) -> list[Run]:
    """The runs at a limit, or else those at the longest shorter one."""
    longest = max((run.limit for run in runs if run.limit <= limit), default=None)
    return [run for run in runs if run.limit == longest]


def _of(groups: Mapping[str, list[Run]], value: float | None, wanted: int, what: str) -> Reached:
    """With the fewest seeds, and how much of it was measured."""
    if value is None:
        return Reached()
    note = "" if len(groups) == wanted else f"{len(groups)} of {wanted} {what}"
    starved = any(run.starved for own in groups.values() for run in own)
    return Reached(value, min(map(len, groups.values())), not note, note, starved)


def _part(names: Sequence[str], missing: Sequence[str]) -> str:
    """How many are there of those that must be; empty where all are."""
    return f"{len(names) - len(missing)} of {len(names)} instances" if missing else ""


def _size(instance: str) -> tuple[int, int]:
    """Doctors and weeks of «district/40x52» or «table/40x52/3»."""
    doctors, weeks = instance.split("/")[1].split("x")
    return int(doctors), int(weeks)
