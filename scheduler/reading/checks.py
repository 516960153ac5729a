"""What must hold inside each part of a plan, apart from ids and duties."""

from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise

from scheduler.domain.doctor import ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Role
from scheduler.domain.time import DAY, birthday, moment
from scheduler.reading.convert import backwards
from scheduler.reading.faults import Path
from scheduler.reading.findings import Findings, no
from scheduler.reading.parts.people import CompetenceFacts, Doctor, Exemption, Opening
from scheduler.reading.plan import Plan
from scheduler.reading.recurrence import moment_span, named_week
from scheduler.reading.scalars import ShiftLetter

LONGEST = 800  # days
YOUNGEST, OLDEST = 20, 100
_SWAP = "Bytt om datoene, eller rett den ene."
_CLOCKS = "Rett klokkeslettene."


def check_period(plan: Plan, findings: Findings) -> bool:
    """Tell whether the period can be used at all."""
    days = (plan.last_day - plan.first_day).days + 1
    if days < 1:
        findings.fault(
            ("last_day",), no(plan.last_day), "Perioden slutter før den begynner.", _SWAP
        )
    elif days > LONGEST:
        findings.fault(
            ("last_day",),
            no(plan.last_day),
            f"Perioden er på {days} dager; en plan kan ha {LONGEST}.",
            "Del den i flere planer.",
        )
    if plan.judged_on > plan.last_day:
        findings.remark(("judged_on",), "Dagen planen vurderes, ligger etter at perioden er slutt.")
    return 1 <= days <= LONGEST


def check_parts(plan: Plan, findings: Findings) -> None:
    """Every check of single parts."""
    for check in (
        _check_keys,
        _check_districts,
        _check_doctors,
        _check_exemptions,
        _check_patterns,
        _check_sessions,
        _check_terms,
        _check_agreements,
        _check_meetings,
        _check_stretches,
        _check_ledger,
    ):
        check(plan, findings)


def _span(
    findings: Findings, path: Path, names: tuple[str, str], first: date | None, last: date | None
) -> None:
    if backwards(first, last):
        findings.fault(
            (*path, names[1]),
            no(last),
            f"Siste dag ligger før første dag ({no(first)}).",
            _SWAP,
        )


def _check_keys(plan: Plan, findings: Findings) -> None:
    keys = [own.key for own in plan.municipalities]
    if all(key is None for key in keys):
        return
    if None in keys:
        findings.fault(
            ("municipalities", keys.index(None), "key"),
            None,
            "Fordelingsnøkkelen mangler for denne kommunen, men er oppgitt for andre.",
            "Oppgi den for alle kommunene, eller for ingen.",
        )
    elif abs(sum((key for key in keys if key), Fraction(0)) - 1) > Fraction(1, 1000):
        percent = f"{float(sum(key for key in keys if key) * 100):.4g}".replace(".", ",")
        findings.fault(
            ("municipalities", 0, "key"),
            f"{percent} %",
            "Fordelingsnøklene blir til sammen ikke 100 %.",
            "Rett nøklene. En tredel kan skrives 1/3.",
        )


def _check_districts(plan: Plan, findings: Findings) -> None:
    if plan.districts:
        for number, own in enumerate(plan.municipalities):
            if own.district is None:
                findings.remark(
                    ("municipalities", number),
                    f"{own.name} er ikke knyttet til noe legevaktdistrikt.",
                )


def _check_doctors(plan: Plan, findings: Findings) -> None:
    for number, own in enumerate(plan.doctors):
        path: Path = ("doctors", number)
        _check_age(plan, own, path, findings)
        _span(
            findings,
            path,
            ("agreement_from", "agreement_until"),
            own.agreement_from,
            own.agreement_until,
        )
        outside = (own.agreement_from and own.agreement_from > plan.last_day) or (
            own.agreement_until and own.agreement_until < plan.first_day
        )
        if outside:
            findings.remark(path, f"Avtalen til {own.name} gjelder ikke i perioden.")
        if own.extension_until and own.extension_until < birthday(own.born, 70):
            findings.remark(
                (*path, "extension_until"),
                f"Forlengelsen for {own.name} slutter før fylte 70 år og har ingen virkning.",
            )
        for index, hours in enumerate(own.opening_hours):
            if hours.end <= hours.start:
                findings.fault(
                    (*path, "opening_hours", index, "end"),
                    f"{hours.start:%H:%M}–{hours.end:%H:%M}",
                    "Kontoret stenger før det åpner.",
                    _CLOCKS,
                )
        _check_openings(own.opening_hours, path, findings)
    names = Counter(own.name for own in plan.doctors)
    for number, own in enumerate(plan.doctors):
        if names[own.name] > 1:
            findings.remark(
                ("doctors", number, "name"),
                f"Flere leger heter {own.name}. Skill dem fra hverandre i vaktplanen.",
            )


def _check_age(plan: Plan, own: Doctor, path: Path, findings: Findings) -> None:
    if own.born > plan.judged_on:
        findings.fault(
            (*path, "born"), no(own.born), "Fødselsdatoen ligger fram i tid.", "Rett datoen."
        )
        return
    if birthday(own.born, YOUNGEST) > plan.first_day or birthday(own.born, OLDEST) <= plan.last_day:
        findings.fault(
            (*path, "born"),
            no(own.born),
            f"Legen er under {YOUNGEST} eller over {OLDEST} år i perioden.",
            "Kontroller fødselsdatoen.",
        )
    for name in CompetenceFacts.model_fields:
        day = getattr(own.competence, name)
        if isinstance(day, date) and day < birthday(own.born, YOUNGEST):
            findings.fault(
                (*path, "competence", name),
                no(day),
                f"Dagen ligger før legen fylte {YOUNGEST} år.",
                "Kontroller datoen og fødselsdatoen.",
            )


def _check_openings(openings: tuple[Opening, ...], path: Path, findings: Findings) -> None:
    hours = sorted(
        (weekday.number, own.start, own.end, index)
        for index, own in enumerate(openings)
        for weekday in own.weekdays
    )
    for earlier, later in pairwise(hours):
        if earlier[0] == later[0] and later[1] < earlier[2]:
            findings.fault(
                (*path, "opening_hours", later[3]),
                f"{later[1]:%H:%M}–{later[2]:%H:%M}",
                "To åpningstider samme dag overlapper.",
                "Slå dem sammen, eller rett klokkeslettene.",
            )
            return


_Needs = tuple[tuple[str, str], ...]  # field, and what it is in a sentence
_CLAIM: _Needs = (("claimed_from", "første dag retten er krevd for"),)
_DECISION: _Needs = (
    ("decided_on", "datoen for vedtaket"),
    ("valid_from", "første dag vedtaket gjelder"),
)


def _needs(own: Exemption) -> _Needs:
    """The dates without which an exemption of this kind says nothing."""
    standing = own.status in (ExemptionStatus.CLAIMED, ExemptionStatus.GRANTED)
    granted: _Needs = _DECISION if own.status is ExemptionStatus.GRANTED else ()
    claim: _Needs = _CLAIM if standing else ()
    return {
        ExemptionKind.AGE: claim,
        ExemptionKind.PREGNANCY: (*claim, ("term", "termindatoen")),
        ExemptionKind.NURSING: (*claim, ("birth", "barnets fødselsdato")),
        ExemptionKind.DECISION: granted,
        ExemptionKind.NEED: granted,
        ExemptionKind.RECRUITMENT: (("decided_on", "datoen for det skriftlige løftet"),)
        if standing
        else (),
    }[own.kind]


def _check_exemptions(plan: Plan, findings: Findings) -> None:
    for number, own in enumerate(plan.exemptions):
        path: Path = ("exemptions", number)
        for name, words in _needs(own):
            if getattr(own, name) is None:
                findings.fault(
                    (*path, name),
                    None,
                    f"Et fritak av dette slaget trenger {words}.",
                    "Fyll ut datoen.",
                )
        _span(findings, path, ("valid_from", "valid_until"), own.valid_from, own.valid_until)
        _span(
            findings, path, ("claimed_from", "claimed_until"), own.claimed_from, own.claimed_until
        )
        if own.birth and own.birth > plan.judged_on:
            findings.fault(
                (*path, "birth"),
                no(own.birth),
                "Fødselsdatoen ligger fram i tid.",
                "Oppgi termindatoen fram til barnet er født.",
            )
        if own.decided_on and own.decided_on > plan.judged_on:
            findings.remark(
                (*path, "decided_on"), "Avgjørelsen er datert etter dagen planen vurderes."
            )


def _check_patterns(plan: Plan, findings: Findings) -> None:
    if not plan.patterns and not plan.municipal_duties:
        findings.fault(
            ("patterns",),
            None,
            "Planen har verken vakttyper eller kommunale oppgaver.",
            "Legg inn minst én vakttype.",
        )
    for number, own in enumerate(plan.patterns):
        path: Path = ("patterns", number)
        if own.ends_after_days == 0 and own.end <= own.start:
            findings.fault(
                (*path, "end"),
                f"{own.start:%H:%M}–{own.end:%H:%M}",
                "Vakten slutter før eller idet den begynner.",
                "Rett klokkeslettene, eller la «Slutter etter dager» stå tomt.",
            )
        _span(findings, path, ("valid_from", "valid_until"), own.valid_from, own.valid_until)
        if own.id in own.backs_up:
            findings.fault(
                (*path, "backs_up"),
                own.id,
                "En vakttype kan ikke være bakvakt for seg selv.",
                "Slett id-en fra listen.",
            )
        if own.role is Role.BACKUP and not own.backs_up:
            findings.remark(
                (*path, "backs_up"), f"Det er ikke oppgitt hvem «{own.name}» er bakvakt for."
            )
        if own.role is Role.PRIMARY and own.backs_up:
            findings.fault(
                (*path, "role"),
                "forvakt",
                "Bare en bakvakt kan være bakvakt for andre.",
                "Sett rollen til bakvakt, eller tøm «Bakvakt for».",
            )
        if own.block_group and not own.block:
            findings.remark(
                (*path, "block_group"),
                f"«{own.name}» har et navn i «Samles med», men tas ikke samlet.",
            )


def _check_sessions(plan: Plan, findings: Findings) -> None:
    for number, own in enumerate(plan.sessions):
        path: Path = ("sessions", number)
        if own.end <= own.start:
            findings.fault(
                (*path, "end"),
                f"{own.start:%H:%M}–{own.end:%H:%M}",
                "Økten slutter før eller idet den begynner.",
                _CLOCKS,
            )
        _span(findings, path, ("valid_from", "valid_until"), own.valid_from, own.valid_until)
        if own.from_week and named_week(own.from_week) is None:
            findings.fault(
                (*path, "from_week"),
                own.from_week,
                "Denne uken finnes ikke.",
                "Skriv år og uke, for eksempel 2027-W02. Bare noen år har uke 53.",
            )
        if own.every_weeks > 1 and own.from_week is None:
            findings.remark(
                (*path, "from_week"),
                "Ukene telles fra periodens første uke, fordi ingen uke er oppgitt.",
            )
        if own.term_only and not plan.school_terms:
            findings.fault(
                (*path, "term_only"),
                "ja",
                "Økten holdes bare i skoletiden, men skoletiden er ikke oppgitt.",
                "Fyll ut skoletiden, eller svar nei her.",
            )
    with_sessions = {own.duty for own in plan.sessions}
    for number, duty in enumerate(plan.municipal_duties):
        if duty.id not in with_sessions:
            findings.remark(("municipal_duties", number), f"«{duty.name}» har ingen økter.")


def _check_terms(plan: Plan, findings: Findings) -> None:
    for number, own in enumerate(plan.school_terms):
        names = ("first_day", "last_day")
        _span(findings, ("school_terms", number), names, own.first_day, own.last_day)


def _check_agreements(plan: Plan, findings: Findings) -> None:
    out_of_hours = {p.id for p in plan.patterns if p.letter is ShiftLetter.A}
    for number, own in enumerate(plan.agreements):
        path: Path = ("agreements", number)
        _span(findings, path, ("valid_from", "valid_until"), own.valid_from, own.valid_until)
        if own.hours_per_week == 0:
            findings.remark((*path, "hours_per_week"), "Avtalen gjelder null timer i uka.")
        if own.duty in out_of_hours:
            findings.fault(
                (*path, "duty"),
                own.duty,
                "Avtalen gjelder en vakt utenom kontortid.",
                "Avtaler gjelder kommunale oppgaver og daglegevakt. Bruk en slik id.",
            )


def _check_meetings(plan: Plan, findings: Findings) -> None:
    for number, own in enumerate(plan.meetings):
        path: Path = ("meetings", number)
        if own.end <= own.start:
            findings.fault(
                (*path, "end"),
                f"{own.start:%H:%M}–{own.end:%H:%M}",
                "Møtet slutter før eller idet det begynner.",
                _CLOCKS,
            )
        _span(findings, path, ("date", "until"), own.date, own.until)
        over = own.date < plan.first_day and own.every_weeks is None
        if over or own.date > plan.last_day:
            findings.remark((*path, "date"), "Møtet ligger utenfor perioden.")


_Stretch = tuple[Path, date | datetime, date | datetime | None]


def _check_stretches(plan: Plan, findings: Findings) -> None:
    absences: list[_Stretch] = [
        (("absences", number), own.start, own.end) for number, own in enumerate(plan.absences)
    ]
    wishes: list[_Stretch] = [
        (("wishes", number), own.start, own.end) for number, own in enumerate(plan.wishes)
    ]
    for path, start, end in absences + wishes:
        interval = moment_span(start, end)
        if interval is None:
            findings.fault(
                (*path, "end"), end, "Tidsrommet slutter før eller idet det begynner.", _SWAP
            )
        elif path[0] == "absences" and (
            interval.end <= moment(plan.first_day) or interval.start >= moment(plan.last_day + DAY)
        ):
            findings.remark(path, "Fraværet ligger utenfor perioden.")


def _check_ledger(plan: Plan, findings: Findings) -> None:
    seen: set[str] = set()
    for number, own in enumerate(plan.ledger):
        path: Path = ("ledger", number)
        if own.doctor in seen:
            findings.fault(
                (*path, "doctor"), own.doctor, "Legen har to kontoer.", "Slå dem sammen til én."
            )
        seen.add(own.doctor)
        for name in type(own.holidays).model_fields:
            year = getattr(own.holidays, name)
            if year is not None and year > plan.first_day.year:
                findings.fault(
                    (*path, "holidays", name), year, "Året ligger fram i tid.", "Rett året."
                )
