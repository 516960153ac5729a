"""What happened, written into the plan, so that the new roster can be read with its own plan."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from scheduler.domain.doctor import ExemptionKind
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import local
from scheduler.reading.faults import Fault, PlanError, meant, shown
from scheduler.reading.parts.duties import ChangedDuty
from scheduler.reading.parts.people import Absence, Doctor, Exemption
from scheduler.reading.plan import Plan
from scheduler.repairing.events import Added, Away, Claims, Dropped, Event, Moved, Resigns

CLAIMED = (ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING)
GRANTED = (ExemptionKind.DECISION,)
_GROUNDS = {
    ExemptionKind.AGE: "alder",
    ExemptionKind.PREGNANCY: "graviditet",
    ExemptionKind.NURSING: "amming",
    ExemptionKind.DECISION: "vedtak",
}
_NEW_TIMES = "Oppgi nye klokkeslett, for eksempel natt/2027-03-12=22:00-07:00."


def amended(plan: Plan, timetable: Timetable, moment: datetime, events: Iterable[Event]) -> Plan:
    """The plan after what happened; nothing before the moment changes.

    Args:
        plan: the plan that the roster was made of.
        timetable: the roster laid out on its problem.
        moment: from when on things can change, UTC.
        events: what happened.

    Raises:
        PlanError: an event names what is not there, or says nothing.
    """
    work = _Amending(plan, timetable, moment)
    for number, event in enumerate(events, start=1):
        work.take(event, f"Hendelse {number}")
    if work.faults:
        raise PlanError(work.faults)
    return work.plan


def released(
    plan: Plan, problem: Problem, lost: Iterable[tuple[str, Duty]], alone: Collection[str]
) -> Plan:
    """The plan without the pins of those who lost their duties, and with blocks cut.

    Args:
        plan: the amended plan.
        problem: what it means.
        lost: doctor and duty.
        alone: ids of duties that are no longer taken with their block.
    """
    gone = tuple(lost)
    pins = tuple(
        pin
        for pin in plan.pins
        if not pin.works
        or not any(
            pin.doctor == doctor and _names(pin, (duty.type.id, duty.day), duty)
            for doctor, duty in gone
        )
    )
    plan = plan if len(pins) == len(plan.pins) else plan.model_copy(update={"pins": pins})
    for duty_id in sorted(alone):
        plan = _with_change(plan, problem.duty_by_id[duty_id], {"alone": True})
    return plan


class _Amending:
    """One event after the other."""

    def __init__(self, plan: Plan, timetable: Timetable, moment: datetime) -> None:
        self.plan = plan
        self.timetable = timetable
        self.problem = timetable.problem
        self.moment = moment
        self.faults: list[Fault] = []
        self._told: dict[str, str] = {}

    def take(self, event: Event, place: str) -> None:
        """Write one event into the plan, or note what is wrong with it."""
        if isinstance(event, Away):
            self._away(event, place)
        elif isinstance(event, Resigns):
            self._resigns(event, place)
        elif isinstance(event, Claims):
            self._claims(event, place)
        elif isinstance(event, Dropped):
            self._dropped(event, place)
        elif isinstance(event, Added):
            self._added(event, place)
        else:
            self._moved(event, place)

    def _fault(self, place: str, value: object, problem: str, remedy: str) -> None:
        self.faults.append(Fault(place, shown(value), problem, remedy))

    def _knows(self, doctor: str, place: str) -> bool:
        if doctor in self.problem.doctor_by_id:
            return True
        known = self.problem.doctor_by_id
        self._fault(place, doctor, "Planen har ingen lege med denne id-en.", meant(doctor, known))
        return False

    def _away(self, event: Away, place: str) -> None:
        """An absence from when on things can change; a duty that has begun stands as it is."""
        if not self._knows(event.doctor, place):
            return
        running = [
            duty.end
            for duty in self.timetable.duties_of(event.doctor)
            if duty.start < self.moment < duty.end
        ]
        start = max([event.start, self.moment, *running])
        last = event.end or self.problem.period.end
        if event.end is not None and event.end <= event.start:
            self._fault(
                place,
                f"{local(event.end):%d.%m.%Y kl. %H:%M}",
                "Fraværet slutter før det begynner.",
                "Rett tidspunktene.",
            )
            return
        if start >= last:
            self._fault(
                place,
                f"{local(last):%d.%m.%Y kl. %H:%M}",
                "Fraværet ligger helt før det som kan endres, eller etter perioden.",
                "Rett tidspunktene, eller --now.",
            )
            return
        own = Absence.model_validate(
            {
                "doctor": event.doctor,
                "kind": event.kind.value,
                "start": _written(start),
                "end": _written(last),
            }
        )
        kept = [one for one in self.plan.absences if one != own]
        self._update(absences=(*kept, own))

    def _resigns(self, event: Resigns, place: str) -> None:
        if not self._knows(event.doctor, place):
            return
        last = event.first_day - timedelta(days=1)
        doctors: list[Doctor] = []
        for own in self.plan.doctors:
            if own.id != event.doctor:
                doctors.append(own)
                continue
            if own.agreement_from and last < own.agreement_from:
                self._fault(
                    place,
                    event.first_day,
                    f"{own.name} slutter før avtalen begynner.",
                    "Rett datoen.",
                )
            until = min(filter(None, (last, own.agreement_until)))
            doctors.append(own.model_copy(update={"agreement_until": until}))
        self._update(doctors=tuple(doctors))

    def _claims(self, event: Claims, place: str) -> None:
        if not self._knows(event.doctor, place):
            return
        if event.kind not in (*CLAIMED, *GRANTED):
            known = (*CLAIMED, *GRANTED)
            kinds = f"{', '.join(_GROUNDS[own] for own in known[:-1])} eller {_GROUNDS[known[-1]]}"
            self._fault(
                place, event.kind.value, "Dette er ikke noe som kan kreves.", f"Velg {kinds}."
            )
            return
        lacking = {
            ExemptionKind.NURSING: event.birth is None and "barnets fødselsdato (--birth)",
            ExemptionKind.PREGNANCY: event.term is None and "termindatoen (--term)",
        }.get(event.kind)
        if lacking:
            ground = _GROUNDS[event.kind]
            self._fault(place, ground, "Kravet mangler en dato.", f"Oppgi {lacking}.")
            return
        taken = {own.id for own in self.plan.exemptions}
        number = next(n for n in range(1, len(taken) + 2) if f"krav-{n}" not in taken)
        own: dict[str, Any] = {"id": f"krav-{number}", "doctor": event.doctor, "kind": event.kind}
        if event.kind in GRANTED:
            own |= {
                "status": "granted",
                "decided_on": local(self.moment).date(),
                "valid_from": event.first_day,
                "valid_until": event.last_day,
            }
        else:
            own |= {
                "status": "claimed",
                "claimed_from": event.first_day,
                "claimed_until": event.last_day,
                "term": event.term,
                "birth": event.birth,
                "hindered": event.hindered,
            }
        self._update(exemptions=(*self.plan.exemptions, Exemption.model_validate(own)))

    def _duty(self, duty_id: str, place: str) -> Duty | None:
        duty = self.problem.duty_by_id.get(duty_id)
        if duty is None:
            hint = meant(duty_id, self.problem.duty_by_id)
            self._fault(
                place,
                duty_id,
                "Planen har ingen slik vakt.",
                hint or "Skriv vakttypens id og dagen, for eksempel natt/2027-03-12.",
            )
        elif duty.start < self.moment:
            self._fault(
                place,
                duty_id,
                "Vakten begynte før planen kan endres.",
                "Velg en senere vakt, eller rett --now.",
            )
            return None
        return duty

    def _once(self, duty: Duty, place: str) -> bool:
        """Whether nothing else is said of the duty: it cannot both go and stay."""
        earlier = self._told.setdefault(duty.id, place)
        if earlier != place:
            remedy = f"Behold enten dette eller {earlier[:1].lower()}{earlier[1:]}."
            self._fault(place, duty.id, "To hendelser gjelder den samme vakten.", remedy)
        return earlier == place

    def _dropped(self, event: Dropped, place: str) -> None:
        duty = self._duty(event.duty, place)
        if duty is None or not self._once(duty, place):
            return
        self.plan = _with_change(self.plan, duty, {"needed": 0})
        named = (duty.type.id, duty.day)
        self._update(
            pins=tuple(own for own in self.plan.pins if not _names(own, named, duty)),
            published=tuple(own for own in self.plan.published if not _names(own, named, duty)),
        )

    def _added(self, event: Added, place: str) -> None:
        kind = self.problem.type_by_id.get(event.kind)
        if kind is None:
            hint = meant(event.kind, self.problem.type_by_id)
            self._fault(place, event.kind, "Planen har ingen slik vakttype eller oppgave.", hint)
            return
        clock = f"/{event.start:%H:%M}" if event.start else ""
        there = self.problem.duty_by_id.get(f"{event.kind}/{event.day}") or (
            self.problem.duty_by_id.get(f"{event.kind}/{event.day}{clock}")
        )
        if there:
            duty = self._duty(there.id, place)
            if duty is not None and self._once(duty, place):
                more: dict[str, object] = {"needed": there.needed + event.needed}
                if len(self.problem.units[duty.unit]) > 1:
                    more["alone"] = True  # the rest of the block has enough doctors
                self.plan = _with_change(self.plan, duty, more)
            return
        own = ChangedDuty.model_validate(
            {
                "pattern": event.kind,
                "date": event.day,
                "start": event.start,
                "end": event.end,
                "needed": event.needed,
            }
        )
        self._update(changed_duties=(*self.plan.changed_duties, own))

    def _moved(self, event: Moved, place: str) -> None:
        duty = self._duty(event.duty, place)
        if duty is None or not self._once(duty, place):
            return
        times = {"start": event.start, "end": event.end}
        given = {name: value for name, value in times.items() if value is not None}
        if not given:
            self._fault(place, event.duty, "Vakten flyttes ikke.", _NEW_TIMES)
            return
        self.plan = _with_change(self.plan, duty, given)

    def _update(self, **parts: object) -> None:
        self.plan = self.plan.model_copy(update=parts)


def _written(moment: datetime) -> str:
    return local(moment).strftime("%Y-%m-%dT%H:%M")


def _session(duty: Duty) -> str | None:
    """The clock in a session's id; shifts have none."""
    return None if duty.is_shift else duty.id.rpartition("/")[2]


def _names(own: Any, named: tuple[str, object], duty: Duty) -> bool:
    """Whether a row of pins or of the published roster means the duty."""
    clock = _session(duty)
    return (own.pattern, own.date) == named and (
        clock is None or own.start is None or f"{own.start:%H:%M}" == clock
    )


def _with_change(plan: Plan, duty: Duty, change: Mapping[str, object]) -> Plan:
    """The plan with one duty changed; what was changed of it before stays."""
    clock = _session(duty)

    def rows() -> Iterator[ChangedDuty]:
        found = False
        for own in plan.changed_duties:
            at = own.session or own.start
            same = (own.pattern, own.date) == (duty.type.id, duty.day) and (
                clock is None or at is None or f"{at:%H:%M}" == clock
            )
            found = found or same
            yield own.model_copy(update=dict(change)) if same else own
        if not found:
            yield ChangedDuty.model_validate(
                {"pattern": duty.type.id, "date": duty.day, "session": clock, **change}
            )

    return plan.model_copy(update={"changed_duties": tuple(rows())})
