"""Pins, the published roster and the tail name duties by kind and date: whether they exist."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.problem import Assignment, Pin
from scheduler.reading.changed import Kinds
from scheduler.reading.convert import past_interval
from scheduler.reading.expand import duty_id
from scheduler.reading.faults import Path, listed
from scheduler.reading.findings import Findings, no
from scheduler.reading.parts.history import Published
from scheduler.reading.parts.terms import Pin as PinRow
from scheduler.reading.plan import Plan

TAIL_DAYS = 14


def pins(plan: Plan, duties: Mapping[str, Duty], kinds: Kinds, findings: Findings) -> Iterator[Pin]:
    """The pins; one that names no duty, or contradicts another, is a fault."""
    seen: dict[tuple[str, str], bool] = {}
    for number, own in enumerate(plan.pins):
        path: Path = ("pins", number)
        duty = _duty(plan, own, path, duties, kinds, findings)
        if duty is None:
            continue
        key = (own.doctor, duty)
        if key in seen:
            same = seen[key] == own.works
            findings.fault(
                path,
                None,
                "Låsen står to ganger." if same else "To låser sier det motsatte av hverandre.",
                "Slett den ene.",
            )
            continue
        seen[key] = own.works
        yield Pin(own.doctor, duty, own.works)


def published(
    plan: Plan, duties: Mapping[str, Duty], kinds: Kinds, findings: Findings
) -> Iterator[Assignment]:
    """The published assignments; one that names no duty, or stands twice, is a fault."""
    seen: set[Assignment] = set()
    for number, own in enumerate(plan.published):
        path: Path = ("published", number)
        duty = _duty(plan, own, path, duties, kinds, findings)
        if duty is None:
            continue
        assignment = Assignment(duty, own.doctor)
        if assignment in seen:
            findings.fault(path, None, "Vakten står to ganger.", "Slett den ene raden.")
            continue
        seen.add(assignment)
        yield assignment


def _duty(
    plan: Plan,
    own: PinRow | Published,
    path: Path,
    duties: Mapping[str, Duty],
    kinds: Kinds,
    findings: Findings,
) -> str | None:
    """The id of the duty that is named, or None after telling what is wrong."""
    if own.pattern not in kinds:
        return None  # told with the other unknown ids
    if not plan.first_day <= own.date <= plan.last_day:
        findings.fault(
            (*path, "date"),
            no(own.date),
            f"Dagen ligger utenfor perioden ({no(plan.first_day)}–{no(plan.last_day)}).",
            "Rett datoen, eller slett raden.",
        )
        return None
    name = kinds[own.pattern].name
    if isinstance(kinds[own.pattern], ShiftPattern):
        found = [duty_id(own.pattern, own.date)]
    else:
        start = f"{own.pattern}/{own.date}/"
        found = [duty for duty in duties if duty.startswith(start)]
        if own.start:
            found = [duty_id(own.pattern, own.date, own.start)]
    found = [duty for duty in found if duty in duties]
    if len(found) == 1:
        return found[0]
    if found:
        clocks = listed(duty.rpartition("/")[2] for duty in sorted(found))
        findings.fault(
            (*path, "start"),
            None,
            f"«{name}» har flere økter {no(own.date)}.",
            f"Oppgi når den begynner: {clocks}.",
        )
        return None
    findings.fault(
        (*path, "date"),
        no(own.date),
        f"«{name}» har ingen vakt eller økt som begynner da.",
        "Rett datoen eller vakttypen. Vakter navngis etter dagen de begynner.",
    )
    return None


def check_tail(plan: Plan, kinds: Kinds, findings: Findings) -> None:
    """The tail lies before the period, does not overlap itself, and is long enough."""
    needed_from = plan.first_day - timedelta(days=TAIL_DAYS)
    by_doctor: dict[str, list[tuple[Path, Duty]]] = {}
    for number, own in enumerate(plan.tail):
        path: Path = ("tail", number)
        if own.pattern not in kinds:
            continue
        if own.date >= plan.first_day:
            findings.fault(
                (*path, "date"),
                no(own.date),
                f"Forrige plan må ligge før perioden begynner ({no(plan.first_day)}).",
                "Rett datoen. Det som er bestemt i perioden, føres opp som låser.",
            )
            continue
        interval = past_interval(plan, own)
        if interval is None:
            findings.fault(
                (*path, "start"),
                None,
                "Det går ikke fram når vakten begynte og sluttet.",
                "Fyll ut klokkeslettene.",
            )
            continue
        duty = Duty(duty_id(own.pattern, own.date), kinds[own.pattern], interval)
        by_doctor.setdefault(own.doctor, []).append((path, duty))
    _check_overlaps(by_doctor, findings)
    first = min((own.date for own in plan.tail), default=None)
    if first is None:
        findings.remark(
            ("tail",),
            f"Vaktene de siste {TAIL_DAYS} dagene før perioden er ikke ført opp. Hvile og "
            "belastning inn i perioden kan derfor ikke kontrolleres.",
        )
    elif first > needed_from:
        findings.remark(
            ("tail",),
            f"Forrige plan er ført opp fra {no(first)}, men bør gå tilbake til {no(needed_from)} "
            f"({TAIL_DAYS} dager).",
        )


def _check_overlaps(by_doctor: Mapping[str, list[tuple[Path, Duty]]], findings: Findings) -> None:
    for own in by_doctor.values():
        latest: tuple[Path, Duty] | None = None
        for path, duty in sorted(own, key=lambda pair: (pair[1].start, pair[0][1:])):
            if latest and duty.start < latest[1].end:
                findings.fault(
                    (*path, "date"),
                    no(duty.day),
                    "Vakten overlapper en annen vakt som samme lege hadde "
                    f"({findings.places.name(latest[0])}).",
                    "Før opp vaktene slik de faktisk ble.",
                )
            if latest is None or duty.end > latest[1].end:
                latest = (path, duty)
