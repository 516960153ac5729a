"""What a stated wish means in its plan, and with how many others it competes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api import library
from api.service.plans.parts import KeyPlaces
from scheduler.domain.problem import Attitude, Wish
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.meaning import to_problem
from scheduler.reading.parts import terms
from scheduler.reading.wishes import wish_span

_ID = "ny"
# Nothing of this changes what a wish means, and to read it takes time.
_ASIDE = ("exemptions", "absences", "meetings", "agreements", "pins", "published", "tail", "ledger")


@dataclass(frozen=True, slots=True)
class Stated:
    """A wish that was understood.

    Attributes:
        duties: ids of the duties that it speaks of.
        remarks: what the doctor should know, in bokmål.
    """

    doctor: str
    attitude: Attitude
    duties: frozenset[str]
    remarks: tuple[str, ...] = ()

    @property
    def wants(self) -> bool:
        """It asks for duties; the others ask to be free."""
        return self.attitude is Attitude.WANT


def judged(loaded: library.LoadedPlan, doctor: str, wish: Mapping[str, Any]) -> Stated:
    """A wish that is about to be stated.

    Args:
        loaded: the plan.
        doctor: id of the doctor, who is in it.
        wish: of the right shape, as in a plan; without id and doctor.

    Raises:
        PlanError: with every fault; also where no duty of the period is meant.
    """
    own = terms.Wish.model_validate({**wish, "id": _ID, "doctor": doctor})
    alone = loaded.plan.model_copy(
        update={"wishes": (own,), "settings": {}} | dict.fromkeys(_ASIDE, ())
    )
    reading = to_problem(alone, None, KeyPlaces({"wishes": [""]}, {}))
    [found] = reading.problem.wishes
    remarks = tuple(own.text for own in reading.remarks if own.place.startswith("wishes"))
    stated = _stated(loaded, found, remarks)
    if not stated.duties:
        raise PlanError(
            [
                Fault(
                    "wishes.start",
                    str(wish.get("start", "")),
                    "Ønsket gjelder ingen vakt i perioden.",
                    f"Velg dager fra {loaded.problem.first_day:%d.%m.%Y} til "
                    f"{loaded.problem.last_day:%d.%m.%Y} med vakter av typen du mener.",
                )
            ]
        )
    return stated


def meant(loaded: library.LoadedPlan, doctor: str, wish: Mapping[str, Any]) -> Stated | None:
    """A wish that was stated earlier; None if it makes no sense."""
    own = terms.Wish.model_validate({**wish, "id": _ID, "doctor": doctor})
    span = wish_span(own)
    if span is None:
        return None
    return _stated(loaded, Wish(own.id, doctor, own.attitude, span, frozenset(own.patterns)))


def in_plan(loaded: library.LoadedPlan) -> list[Stated]:
    """The wishes that stand in the plan already."""
    return [_stated(loaded, own) for own in loaded.problem.wishes]


def competing(own: Stated, others: Iterable[Stated]) -> int:
    """How many other doctors want the same: one of the same duties, or to be free from one."""
    return len(
        {
            other.doctor
            for other in others
            if other.doctor != own.doctor
            and other.wants == own.wants
            and not own.duties.isdisjoint(other.duties)
        }
    )


def _stated(loaded: library.LoadedPlan, wish: Wish, remarks: tuple[str, ...] = ()) -> Stated:
    duties = frozenset(duty.id for duty in loaded.problem.duties if wish.means(duty))
    return Stated(wish.doctor, wish.attitude, duties, remarks)
