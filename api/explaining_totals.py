"""What drives one doctor's total: hours, kinds of duty, the fair share, and what others' do to it.

The share is the one of `rettvakt shares`; here it is told in short, with what the other doctors'
days without a share add to it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from api.explaining_texts import DoctorText
from constraints.fair_share import FairShare
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShare as Share
from scheduler.fairness.shares import FairShares, ShareStep
from scheduler.rule import Rule
from scheduler.writing.phrases import counted
from scheduler.writing.share_lines import share_texts
from scheduler.writing.share_words import TITLES, UNITS, decimal, hundredth, signed
from scheduler.writing.wording import HOUR_CLASSES

_AGREED = "avtalte poeng for hele vakten"
_OTHER_MEASURES = (Measure.NIGHTS, Measure.WEEKENDS, Measure.GREAT_HOLIDAYS, Measure.ORDERED)


def total(timetable: Timetable, rules: Sequence[Rule], doctor: Doctor) -> DoctorText:
    """Why a doctor's total is what it is."""
    fair = next(rule for rule in rules if isinstance(rule, FairShare))
    problem = timetable.problem
    shares = fair.shares(problem)
    worked = fair.worked(timetable)
    own = timetable.duties_of(doctor.id)
    name = " ".join(doctor.name.split())
    ordered = worked[doctor.id, Measure.POINTS] - sum(d.burden for d in own if d.is_shift)
    return DoctorText(
        doctor.id,
        name,
        tuple(_head(name, shares, worked, doctor.id)),
        tuple(_hours(own, ordered)),
        tuple(_patterns(own)),
        tuple(_share(timetable, shares, doctor.id)),
        tuple(_pushes(timetable, shares, doctor.id)),
    )


def _head(
    name: str, shares: FairShares, worked: Mapping[tuple[str, Measure], int], doctor: str
) -> Iterator[str]:
    share = shares.of(doctor, Measure.POINTS)
    points = Fraction(worked[doctor, Measure.POINTS], 100)
    if share is None:
        yield f"{name} har {decimal(points)} poeng, og skylder ingen andel av vaktene."
        return
    aim = share.aim / 100
    off = points - aim
    side = "over" if off >= 0 else "under"
    yield (
        f"{name} har {decimal(points)} poeng. Målet er {decimal(aim)}, så det er "
        f"{decimal(abs(hundredth(off)))} poeng {side}."
    )
    told = []
    for measure in _OTHER_MEASURES:
        own = shares.of(doctor, measure)
        has = Fraction(worked[doctor, measure], measure.scale)
        if own is None and not has:
            continue
        one, many = UNITS[measure]
        goal = f" (mål {decimal(own.aim / measure.scale)})" if own else ""
        unit = TITLES[measure].lower() if measure is Measure.ORDERED else one if has == 1 else many
        told.append(f"{decimal(has)} {unit}{goal}")
    if told:
        yield f"Ellers: {'; '.join(told)}."


def _hours(duties: Sequence[Duty], ordered: int) -> Iterator[str]:
    """Points by class of hours, the largest first."""
    found: Counter[str] = Counter()
    exact: dict[str, Fraction] = {}
    for duty in duties:
        if not duty.is_shift:
            continue
        if not duty.pieces:
            exact[_AGREED] = exact.get(_AGREED, Fraction(0)) + duty.burden
            found[_AGREED] += duty.minutes
        for piece in duty.pieces:
            title = HOUR_CLASSES[piece.hours]
            exact[title] = exact.get(title, Fraction(0)) + piece.burden
            found[title] += piece.minutes
    if ordered:
        exact["pålagt kommunalt arbeid"] = Fraction(ordered)
    whole = sum(exact.values(), Fraction(0))
    for title in sorted(exact, key=lambda own: (-exact[own], own)):
        part = f" ({decimal(100 * exact[title] / whole, 0)} %)" if whole else ""
        minutes = found[title]
        time = f" på {decimal(Fraction(minutes, 60))} timer" if minutes else ""
        yield f"{title[:1].upper()}{title[1:]}: {decimal(exact[title] / 100)} poeng{time}{part}"


def _patterns(duties: Sequence[Duty]) -> Iterator[str]:
    """Duties by kind, what weighs most first."""
    number: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for duty in duties:
        title = " ".join(duty.type.name.split())
        number[title] += 1
        points[title] += duty.burden
    for title in sorted(number, key=lambda own: (-points[own], own)):
        times = counted(number[title], "gang", "ganger")
        yield f"{title}: {times}, {decimal(Fraction(points[title], 100))} poeng"


def _share(timetable: Timetable, shares: FairShares, doctor: str) -> Iterator[str]:
    """The pocket calculation of points, as `rettvakt shares` prints it."""
    for text in share_texts(timetable.problem, shares):
        if text.doctor == doctor:
            yield from text.days
            for measure in text.measures:
                if measure.title == TITLES[Measure.POINTS]:
                    yield from measure.steps
                    yield measure.aim


def _pushes(timetable: Timetable, shares: FairShares, doctor: str) -> Iterator[str]:
    """What others' days without a share, balances and wishes do to the doctor's total."""
    share = shares.of(doctor, Measure.POINTS)
    if share is not None:
        yield from _lost(shares, share)
        yield from _balances(shares, share)
    yield from _wishes(timetable, doctor)


def _lost(shares: FairShares, share: Share) -> Iterator[str]:
    """How much larger the share is because others owe none for a part of the period."""
    more = Fraction(0)
    days = 0
    doctors: set[str] = set()
    for step in share.steps:
        others = [
            (other.doctor, own)
            for other in shares.pool(Measure.POINTS)
            if other.doctor != share.doctor
            for own in other.steps
            if _same(own, step)
        ]
        lost = [(who, own) for who, own in others if own.available_days < own.days and own.weight]
        if not lost or not step.total:
            continue
        missing = sum((own.weight - own.own for _, own in lost), Fraction(0))
        more += step.part - step.demand * step.own / (step.total + missing)
        days += sum(own.days - own.available_days for _, own in lost)
        doctors |= {who for who, _ in lost}
    if doctors:
        yield (
            f"{counted(len(doctors), 'annen lege', 'andre leger')} har til sammen "
            f"{counted(days, 'dag', 'dager')} uten andel (fritak, fravær, avtaletid eller "
            f"kompetanse). Det gjør andelen {decimal(hundredth(more / 100))} poeng større."
        )


def _same(own: ShareStep, step: ShareStep) -> bool:
    return own.letter is step.letter and own.municipality == step.municipality


def _balances(shares: FairShares, share: Share) -> Iterator[str]:
    if share.carried:
        word = "mindre" if share.carried > 0 else "mer"
        yield (
            f"Saldoen fra før er {signed(hundredth(share.opening / 100))} poeng; derfor er målet "
            f"{decimal(abs(hundredth(share.carried / 100)))} poeng {word} enn andelen."
        )
    pool = shares.pool(Measure.POINTS)
    owed = sum((other.carried for other in pool if other is not share), Fraction(0))
    if owed:
        word = "mindre" if owed > 0 else "mer"
        yield (
            f"De andres saldoer gjør at de til sammen skal ha "
            f"{decimal(abs(hundredth(owed / 100)))} poeng {word} enn andelene sine."
        )


def _wishes(timetable: Timetable, doctor: str) -> Iterator[str]:
    """How many of the duties others had asked to be spared."""
    wishes = [
        wish
        for wish in timetable.problem.wishes
        if wish.doctor != doctor and wish.attitude is not Attitude.WANT
    ]
    duties = timetable.duties_of(doctor)
    spared = sum(any(wish.means(duty) for wish in wishes) for duty in duties)
    if spared:
        yield (
            f"{spared} av {counted(len(duties), 'vakt', 'vakter')} ligger på tider da andre har "
            "meldt «kan ikke» eller «helst ikke»."
        )
    own = [
        wish
        for wish in timetable.problem.wishes
        if wish.doctor == doctor and wish.attitude is Attitude.WANT
    ]
    wanted = sum(any(wish.means(duty) for wish in own) for duty in duties)
    if wanted:
        word = counted(wanted, "vakt", "vakter")
        yield f"{word} har legen selv ønsket seg."
