"""A change by hand: tried, judged, and only then stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from api.library import LoadedPlan
from scheduler.checking import Report, check
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from scheduler.reading.faults import Fault, PlanError, meant
from scheduler.rule import Authority, Case

UNTOLD = "Hva det gjelder, vises bare for den som ser begrunnelser (plans:write)."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change does to a roster.

    Attributes:
        roster: after the change.
        report: the checkers' judgement of it.
        breaches: sentences about breaches that the change brings.
        departures: sentences about departures from main rules that it brings.
        wishes: sentences about wishes that it refuses.
        mended: sentences about breaches that are gone.
    """

    roster: Roster
    report: Report
    breaches: tuple[str, ...]
    departures: tuple[str, ...]
    wishes: tuple[str, ...]
    mended: tuple[str, ...]

    @property
    def lawful(self) -> bool:
        """The change brings no breach."""
        return not self.breaches

    def without_grounds(self) -> "Verdict":
        """As many of each, and not what they say: sentences name exemptions and absences."""
        return replace(
            self,
            breaches=untold(self.breaches),
            departures=untold(self.departures),
            wishes=untold(self.wishes),
            mended=untold(self.mended),
        )


def untold(sentences: Collection[str]) -> tuple[str, ...]:
    """What stands instead of sentences for who sees no grounds."""
    return (UNTOLD,) * len(sentences)


def tried(
    loaded: LoadedPlan, roster: Roster, off: Iterable[Assignment], on: Iterable[Assignment]
) -> Verdict:
    """Take some assignments away and add others.

    Raises:
        PlanError: an assignment names what the plan does not have, is taken away but not there,
            or is added but there already.
    """
    gone, come = tuple(off), tuple(on)
    _refuse_unknown(loaded, roster, gone, come)
    kept = (own for own in roster.assignments if own not in set(gone))
    changed = Roster.of(loaded.problem, [*kept, *come])
    before = check(Timetable(loaded.problem, roster), loaded.rules, explain_holes=False)
    after = check(Timetable(loaded.problem, changed), loaded.rules, explain_holes=False)
    return Verdict(
        changed,
        after,
        breaches=_new(after, after.breaches, before.breaches),
        departures=_new(after, _departures(after), _departures(before)),
        wishes=_new(after, _refused(after), _refused(before)),
        mended=_new(before, before.breaches, after.breaches),
    )


def _departures(report: Report) -> tuple[Case, ...]:
    return tuple(
        case
        for own in report.rules
        for case in own.from_main_rule
        if own.rule.authority is not Authority.WISH
    )


def _refused(report: Report) -> tuple[Case, ...]:
    return tuple(
        case
        for own in report.rules
        for case in own.from_main_rule
        if own.rule.authority is Authority.WISH
    )


def _new(report: Report, cases: tuple[Case, ...], known: tuple[Case, ...]) -> tuple[str, ...]:
    had = set(known)
    return tuple(report.sentence(case) for case in cases if case not in had)


def _refuse_unknown(
    loaded: LoadedPlan,
    roster: Roster,
    gone: tuple[Assignment, ...],
    come: tuple[Assignment, ...],
) -> None:
    has = set(roster.assignments)
    faults = []
    for part, own, there in (
        *((f"off[{n}]", own, True) for n, own in enumerate(gone)),
        *((f"on[{n}]", own, False) for n, own in enumerate(come)),
    ):
        for field, value, known, noun in (
            ("duty", own.duty, loaded.problem.duty_by_id, "vakt eller økt"),
            ("doctor", own.doctor, loaded.problem.doctor_by_id, "lege"),
        ):
            if value not in known:
                faults.append(
                    Fault(
                        f"{part}.{field}",
                        value[:60],
                        f"Planen har ingen {noun} med denne id-en.",
                        meant(value, known) or "Hent vaktplanen på nytt, og bruk id-ene der.",
                    )
                )
        if not faults and (own in has) != there:
            said = "Legen har ikke denne vakten." if there else "Legen har alt denne vakten."
            faults.append(Fault(part, "", said, "Hent vaktplanen på nytt, og prøv igjen."))
    if faults:
        raise PlanError(faults)
