"""Scenarios understood: each a whole plan with its rules, judged by the same reader.

Here the rules' words are given to the changes that need them: which setting holds the key, and
at what age an exemption can be claimed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from api import library
from api.library import LoadedPlan
from constraints.catalogue import parameters
from constraints.claimed_exemption import ClaimedExemption
from constraints.fair_share import FairShare
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.places import Places
from scheduler.reading.plan import Plan
from scheduler.units import in_full
from scheduler.whatif.applying import Means, Terms, apply, apply_all
from scheduler.whatif.changes import KINDS, Change, OtherSetting
from scheduler.whatif.cost import faults
from scheduler.whatif.differences import differences
from scheduler.whatif.reading import read_scenarios
from scheduler.whatif.scenarios import Scenario, Scenarios
from scheduler.whatif.wording import sentence, value_text

BASE = "base"
TERMS = Terms(exempt_age=ClaimedExemption().age, key=(FairShare.id, "key"))


@dataclass(frozen=True)
class LoadedScenario:
    """One scenario as a plan that is understood.

    Attributes:
        scenario: as it is written.
        loaded: its whole plan, with rules and remarks.
        changes: what it changes from the base on, in words that name no doctor.
        own_changes: the same with names.
    """

    scenario: Scenario
    loaded: LoadedPlan
    changes: tuple[str, ...]
    own_changes: tuple[str, ...]


@dataclass(frozen=True)
class LoadedScenarios:
    """A scenario file that is understood: the plan as it is, and every scenario."""

    file: Scenarios
    base: LoadedPlan
    scenarios: tuple[LoadedScenario, ...]

    @cached_property
    def plans(self) -> Mapping[str, LoadedPlan]:
        """All plans by id of the scenario, the plan as it is first."""
        return {BASE: self.base} | {own.scenario.id: own.loaded for own in self.scenarios}

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know before the memo is shared, in bokmål."""
        texts = [("Tittelen", self.file.title), ("Spørsmålet", self.file.question or "")]
        texts += [("Navnet på dagens ordning", self.file.base_name)]
        for own in self.file.scenarios:
            texts += [
                (f"Navnet på «{own.id}»", own.name),
                (f"Teksten om «{own.id}»", own.about or ""),
            ]
        doctors = {
            doctor.name: doctor for plan in self.plans.values() for doctor in plan.plan.doctors
        }
        return tuple(
            f"{where} nevner {name}. Notatet trykker teksten slik den står."
            for where, text in texts
            for name in doctors
            if name.casefold() in text.casefold()
        )

    def differences(self, one: str, other: str) -> tuple[str, ...]:
        """What the second has that the first has not, in words, for whoever keeps the plan.

        Args:
            one: id of a scenario, or `BASE`.
            other: the same.

        Raises:
            KeyError: there is no such scenario.
        """
        return differences(self.plans[one].plan, self.plans[other].plan)


def read(path: Path) -> LoadedScenarios:
    """Read a scenario file, its plans, and make every change.

    Raises:
        PlanError: with the faults of the file, or of the first scenario that cannot be made.
    """
    file, places = read_scenarios(path)
    return understand(file, folder=path.parent, places=places)


def understand(
    file: Scenarios,
    *,
    folder: Path,
    places: Places | None = None,
    base: LoadedPlan | None = None,
    other: Callable[[str], Plan] | None = None,
) -> LoadedScenarios:
    """The plans of scenarios that are in memory.

    Args:
        file: the scenarios.
        folder: from which the files that they name are seen.
        places: where their parts stand in a file, for faults.
        base: the base plan, if it is read already; then `file.plan` is not opened.
        other: gives a plan that a change names; None: it names a file, which is opened.

    Raises:
        PlanError: a plan or a change is wrong.
    """
    from scheduler.reading.places import TextPlaces

    known = places or TextPlaces()
    for scenario in file.scenarios:
        if scenario.id == BASE:
            raise PlanError.of(
                known.name(("scenarios", file.scenarios.index(scenario), "id")),
                f"Id-en «{BASE}» er dagens plan.",
                "Gi scenariet en annen id.",
                BASE,
            )
    if wrong := faults(file.hourly_cost, known):
        raise PlanError(wrong)
    loaded = base if base is not None else _base(file, folder, known)
    means = Means(TERMS, other or (lambda name: _other(folder, name, known)))
    made: list[LoadedScenario] = []
    found: dict[Fault, None] = {}  # a scenario that builds on a wrong one has the same fault
    for own in file.scenarios:
        try:
            made.append(_loaded(file, own, loaded, means, known))
        except PlanError as error:
            found |= dict.fromkeys(error.faults)
    if found:
        raise PlanError(found)
    return LoadedScenarios(file, loaded, tuple(made))


def _base(file: Scenarios, folder: Path, places: Places) -> LoadedPlan:
    try:
        return library.read(folder / file.plan)
    except PlanError as error:
        where = places.name(("plan",))
        raise PlanError(
            Fault(f"{where} → {fault.place}", fault.value, fault.problem, fault.remedy)
            for fault in error.faults
        ) from error


def _other(folder: Path, name: str, places: Places) -> Plan:
    try:
        return library.read_plan(folder / name)[0]
    except PlanError as error:
        raise PlanError(
            Fault(f"{name} → {fault.place}", fault.value, fault.problem, fault.remedy)
            for fault in error.faults
        ) from error


def _loaded(
    file: Scenarios, scenario: Scenario, base: LoadedPlan, means: Means, places: Places
) -> LoadedScenario:
    changes = list(file.changes_of(scenario))
    plan = base.plan
    discreet: list[str] = []
    own: list[str] = []
    for path, change in changes:
        before, plan = plan, apply_all(plan, [(path, change)], means, places)
        # A municipality that joins is known by name only afterwards.
        known = plan if change.change == "municipality_joins" else before
        discreet.append(_told(change, known, discreet=True))
        own.append(_told(change, known, discreet=False))
    return LoadedScenario(scenario, _understood(plan, scenario), tuple(discreet), tuple(own))


def _told(change: Change, plan: Plan, *, discreet: bool) -> str:
    """The change in words; a setting by its title, as the council does not know its name."""
    if isinstance(change, OtherSetting):
        for parameter in parameters().get(change.rule, ()):
            if parameter.name == change.parameter:
                plain = change.value is not None and not isinstance(change.value, bool | dict)
                unit = f" {in_full(parameter.unit)}" if plain else ""
                return f"«{parameter.title}» er {value_text(change)}{unit.rstrip()}."
    return sentence(change, plan, discreet=discreet)


def _understood(plan: Plan, scenario: Scenario) -> LoadedPlan:
    try:
        return library.understand(plan)
    except PlanError as error:
        raise PlanError(
            Fault(
                f"Scenariet «{scenario.id}», etter endringene: {fault.place}",
                fault.value,
                fault.problem,
                fault.remedy + _instead(fault.place),
            )
            for fault in error.faults
        ) from error


def _instead(place: str) -> str:
    """What a scenario can do where a decision about one duty no longer fits."""
    for name in ("pins", "published"):
        if place.startswith(name):
            return f" I et scenario kan de tas bort med «change: dropped» og «what: [{name}]»."
    return ""


def changed(loaded: LoadedPlan, change: Change) -> LoadedPlan:
    """A plan with one change made, without any file.

    Raises:
        scheduler.whatif.refusal.RefusalError: the change does not fit the plan.
        PlanError: what comes out cannot be understood.
    """
    if change.change not in KINDS:
        raise TypeError(f"change ({change.change}) must be one of {', '.join(KINDS)}")
    means = Means(TERMS, lambda name: _other(Path(), name, _no_places()))
    return library.understand(apply(change, loaded.plan, means))


def _no_places() -> Places:
    from scheduler.reading.places import TextPlaces

    return TextPlaces()
