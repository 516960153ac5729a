"""What somebody may be told about doctors in a roster (decisions 6, 13 and 24)."""

from dataclasses import dataclass

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.errors import ForbiddenError, NotFoundError
from api.wish_reasons import TOLD
from scheduler.changes.stops import Stop
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads answers about a roster.

    Attributes:
        keeper: keeps the plan, and is told everything.
        doctor: id of the doctor who reads; empty for others.
        municipality: of the manager who reads; empty for others.
    """

    keeper: bool
    doctor: str = ""
    municipality: str = ""

    @classmethod
    def of(cls, actor: Actor) -> "Reader":
        """Somebody who asks about a roster."""
        return cls(
            keeper=Right.ROSTERS_WRITE in actor.rights and actor.sees_grounds,
            doctor=actor.doctor if actor.role is Role.DOCTOR else "",
            municipality=actor.municipality if actor.role is Role.MANAGER else "",
        )

    def rows(self, problem: Problem, *, all_names: bool) -> tuple[str, ...]:
        """The doctors of whom the reader sees a row: all, those of a municipality, or oneself.

        Args:
            problem: with the doctors.
            all_names: who is neither a doctor nor a manager sees everybody.
        """
        if self.doctor:
            return (self.doctor,) if self.doctor in problem.doctor_by_id else ()
        if self.municipality:
            own = self.municipality
            return tuple(d.id for d in problem.doctors if d.municipality == own)
        return tuple(d.id for d in problem.doctors) if all_names else ()

    def sentence(self, stop: Stop, timetable: Timetable) -> str | None:
        """The rule's sentence, where it says no more than the reader may know; else None.

        Of oneself everything is told. Of others a doctor is told what roster and opening hours
        say anyhow; what closes a duty to them from the start is «ikke tilgjengelig» to her.
        """
        about = stop.case.doctor
        mine = bool(self.doctor) and about == self.doctor
        open_to_all = not stop.closed and stop.rule.id in TOLD
        return stop.sentence(timetable) if self.keeper or mine or open_to_all else None

    def may_all(self, doctor: str) -> bool:
        """Whether the reader may know all about a doctor."""
        return self.keeper or (bool(self.doctor) and doctor == self.doctor)

    def must_be(self, doctor: str) -> None:
        """Go on only with what is the reader's own, or with everything for who keeps the plan.

        Raises:
            ForbiddenError: it is about somebody else.
        """
        if not self.keeper and doctor != self.doctor:
            raise ForbiddenError(right=Right.ROSTERS_WRITE.value)


def need_advice(actor: Actor) -> Reader:
    """Who asks for advice on duties: who keeps the plan, or a doctor about her own.

    Raises:
        ForbiddenError: neither.
    """
    reader = Reader.of(actor)
    if not reader.keeper:
        actor.need(Right.SWAPS_OWN)
    return reader


def known(doctor: str, problem: Problem) -> str:
    """The id, if the plan has such a doctor.

    Raises:
        NotFoundError: it has not.
    """
    if doctor not in problem.doctor_by_id:
        raise NotFoundError
    return doctor
