"""What explanations say, as plain values for a page, a terminal or a program."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Blame:
    """What stands in the way with one doctor, with some alike, or with nobody in particular.

    Attributes:
        doctors: ids.
        name: of all of them; empty for nobody in particular.
        rules: ids of the rules, one for each sentence.
    """

    doctors: tuple[str, ...]
    name: str
    rules: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayText:
    """One way out.

    Attributes:
        kinds: what is let go, or who is asked (`scheduler.explaining.ways.WayKind`).
        asks: a sentence for each of them; empty where nothing has to be let go.
        departures: what the rules say of what is let go.
        moves: who gets what and is spared what.
        costs: what it does to the levels of the objective.
        left: of a plan without a roster: duties that still lack a doctor.
        assignments: duty and doctor of each assignment that the way adds to the roster as it is.
        removed: the same of each that it takes away; of a plan without a roster there is none.
        proven: nothing cheaper does, the other ways of the list apart.
    """

    kinds: tuple[str, ...]
    asks: tuple[str, ...]
    departures: tuple[str, ...]
    moves: tuple[str, ...]
    costs: tuple[str, ...]
    left: tuple[str, ...]
    assignments: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why duties lack a doctor, why a plan has no roster, or why a doctor cannot have a duty.

    Attributes:
        about: what is explained, in bokmål.
        duties: ids of the duties that lack a doctor.
        finding: `scheduler.explaining.conflict.Finding`.
        head: the answer in a few sentences.
        demands: what must be filled at the same time, where that is a part of the conflict.
        blames: what stands in the way, by doctor.
        groups: the same for doctors whom one rule keeps from all duties of the kind.
        ways: the best first.
        proof: how surely it is known.
    """

    about: str
    duties: tuple[str, ...]
    finding: str
    head: tuple[str, ...]
    demands: tuple[str, ...] = ()
    blames: tuple[Blame, ...] = ()
    groups: tuple[str, ...] = ()
    ways: tuple[WayText, ...] = ()
    proof: str = ""

    def as_plain(self) -> dict[str, Any]:
        """The same for a program."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class OtherText:
    """One other doctor for a duty.

    Attributes:
        able: lawfully, by an exchange or in another roster.
        verdict: one sentence.
        costs: what the exchange does to the levels.
        resolved: what a search with the change fixed found, a sentence for each level that
            differs; empty where none was made.
        label: «bevist» or «anslag», for `resolved`.
        why_not: what stands in the way, where there is more to it than the verdict.
    """

    doctor: str
    name: str
    able: bool
    verdict: str
    costs: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    label: str = ""
    why_not: Explanation | None = None


@dataclass(frozen=True, slots=True)
class AssignmentText:
    """Why a doctor has a duty, and what others would mean."""

    about: str
    duties: tuple[str, ...]
    holder: str
    head: tuple[str, ...]
    others: tuple[OtherText, ...]

    def as_plain(self) -> dict[str, Any]:
        """The same for a program."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DoctorText:
    """What drives one doctor's total.

    Attributes:
        head: the total beside the fair share.
        hours: points by class of hours, the largest first.
        patterns: duties by kind.
        share: what the share is made of, by municipality and key, and the balance from before.
        pushes: what others' exemptions, absences and wishes do to it.
    """

    doctor: str
    name: str
    head: tuple[str, ...]
    hours: tuple[str, ...]
    patterns: tuple[str, ...]
    share: tuple[str, ...]
    pushes: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """The same for a program."""
        return asdict(self)
