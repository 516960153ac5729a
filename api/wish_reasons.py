"""Puts in words what stood against a wish, without telling why another doctor is free.

A rule's own sentence is told where it speaks of the roster that everybody can read. What
closes a duty to another doctor from the start (absence, exemption, «kan ikke», an agreement,
competence) is told as «ikke tilgjengelig», whatever the rule (decisions 6 and 13).
"""

from collections.abc import Mapping
from fractions import Fraction

from constraints.bars import ExemptionRule
from constraints.cannot_wish import CannotWish
from constraints.fair_share import FairShare
from constraints.wishes import Wishes
from scheduler.changes.move import moved
from scheduler.changes.stops import Stop
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.receipts.ways import Obstacles, Way, Ways
from scheduler.rule import Authority, Level, Rule
from scheduler.writing.phrases import counted, duty_text, listed
from scheduler.writing.receipts import Reason
from scheduler.writing.wording import hours, number, short_day

EXEMPT = "har fritak etter fastlegeforskriften § 33 i tiden for"

TOLD = frozenset(
    {
        "blocks_whole",
        "christmas_or_new_year",
        "consecutive_days_off",
        "consecutive_duties",
        "consecutive_nights",
        "cover",
        "duty_hours_window",
        "forbidden_succession",
        "longest_home_duty",
        "longest_presence",
        "max_weekends",
        "one_place_at_a_time",
        "one_shift_a_day",
        "order_cap",
        "pattern_maximum",
        "practice_after_night",
        "rest_between_work",
        "rota_size",
        "round_the_clock",
        "sunday_off",
        "target_rest",
        "total_time",
        "weekend_spacing",
        "weekly_load",
        "weekly_presence",
        "weekly_rest",
    }
)
"""Rules whose sentences about other doctors say no more than roster and opening hours do.

A rule that is not named here is told as «ikke tilgjengelig», so a new one gives nothing away.
"""

_MOST_PRICED = 3  # lawful ways that are told; of those that cost, one more

_MOST_NAMED = 4  # duties that are named one by one


class Voice:
    """Tells obstacles of one roster to the doctor whose wish it was."""

    def __init__(self, ways: Ways, rules: tuple[Rule, ...]) -> None:
        """The fair shares are worked out when they are first spoken of."""
        self._timetable = ways.timetable
        self._problem = ways.timetable.problem
        self._stops = ways.stops
        self._fair = next((rule for rule in rules if isinstance(rule, FairShare)), None)
        self._aims: Mapping[str, Fraction] | None = None

    def reason(self, found: Obstacles, *, wanted: bool) -> Reason:
        """One reason, from the point of view of the doctor whose wish it was."""
        what = _duties(found.duties)
        duties = tuple(duty.id for duty in found.duties)
        if found.own:
            return Reason(duties, what, self._kept(found, found.own, wanted))
        gained: list[str] = []
        able: list[str] = []
        forbidden: list[str] = []
        unavailable: list[str] = []
        gains = dear = 0
        for way in found.ways:
            if way.stop:
                told = self._forbidden(found, way, way.stop)
                if told:
                    forbidden.append(told)
            elif way.better or way.equal:
                gains += 1
                if gains <= _MOST_PRICED:
                    gained.append(self._gain(found, way, wanted))
                continue
            else:
                told = self._priced(found, way, wanted) if len(able) <= _MOST_PRICED else ""
                dear += not told and told is not None
            if told is None:
                unavailable.append(self._name(way.other))
            elif told and way.lawful:
                able.append(told)
        if gains > _MOST_PRICED:
            more = counted(gains - _MOST_PRICED, "annen lege", "andre leger")
            gained.append(f"Slike bytter finnes med {more} også.")
        sentences = [*gained, *able]
        if dear:
            more = counted(dear, "lege", "leger")
            sentences.append(f"Også bytter med {more} til ville ha kostet noe.")
        if not sentences:
            sentences.append(self._nobody(found, wanted))
        others = (*sentences[1:], *forbidden)
        return Reason(duties, what, sentences[0], others, tuple(unavailable), gains > 0)

    def _kept(self, found: Obstacles, stop: Stop, wanted: bool) -> str:
        """A rule that speaks of the doctor's own work, whoever the other would be."""
        who, it = self._name(found.doctor), _it(found.duties)
        if isinstance(stop.rule, ExemptionRule):
            return f"{who} {EXEMPT} {_duties(found.duties)}."
        if not wanted:
            return f"{who} kan ikke være uten {it}. {stop.sentence(self._timetable)}"
        if stop.closed:
            same = " Det samme gjelder de andre." if len(found.duties) > 1 else ""
            return f"{who} kan ikke ha {it}. {stop.sentence(self._timetable)}{same}"
        return f"{who} kan ikke ha {it}. Da ville dette gjelde: {stop.sentence(self._timetable)}"

    def _nobody(self, found: Obstacles, wanted: bool) -> str:
        it = _it(found.duties)
        if wanted:
            return f"Ingen av dem som har {it}, kunne gi fra seg {it} ved et direkte bytte."
        return (
            f"Ingen annen kunne ta {it} ved et direkte bytte. Uten {self._name(found.doctor)} "
            f"ville {it} stå uten lege."
        )

    def _gain(self, found: Obstacles, way: Way, wanted: bool) -> str:
        """A way that would cost nothing: the best one with what to do about it."""
        able = self._able(found, way, wanted)
        if way is not found.best:
            return f"{able}, også uten at planen blir dårligere."
        if way.better:
            return (
                f"{able}. Det er lovlig og gjør planen bedre, men søket fant det ikke i tiden det "
                "hadde. Det kan gjøres nå."
            )
        return f"{able}, og planen hadde vært like god. Søket valgte mellom like gode planer."

    def _priced(self, found: Obstacles, way: Way, wanted: bool) -> str | None:
        """A way that would cost something; None: not available."""
        cost = self._cost(found, way)
        return None if cost is None else f"{self._able(found, way, wanted)}, men {cost}."

    def _forbidden(self, found: Obstacles, way: Way, stop: Stop) -> str | None:
        own = stop.case.doctor == found.doctor
        if stop.closed or (not own and stop.rule.id not in TOLD):
            return None if way.other else ""
        if own and isinstance(stop.rule, ExemptionRule):
            return ""
        sentence = stop.sentence(self._timetable)
        if way.other is None:
            return f"Da ville dette gjelde: {sentence}"
        return f"Med {self._name(way.other)} ville dette gjelde: {sentence}"

    def _able(self, found: Obstacles, way: Way, wanted: bool) -> str:
        """«Ola kunne ha tatt vakten i bytte mot Kveld …»: who could have done what."""
        problem, it = self._problem, _it(found.duties)
        who = self._name(found.doctor)
        if not wanted:
            if way.other is None:
                instead = listed(duty_text(d) for d in way.move.taken(problem, found.doctor))
                return f"{who} kunne ha hatt {instead} i stedet"
            taken = way.move.taken(problem, way.other)
            if taken and taken[0].id != found.duties[0].id:
                it = f"{it}, lagt til {listed(duty_text(duty) for duty in taken)},"
            back = way.move.taken(problem, found.doctor)
            able = f"{self._name(way.other)} kunne ha tatt {it}"
        else:
            givers = [self._name(doctor) for doctor in dict.fromkeys(d for d, _ in way.move.off)]
            if way.other is None:
                others = [name for name in givers if name != who]
                return f"{who} kunne ha fått {it}" + (f" fra {listed(others)}" if others else "")
            back = way.move.taken(problem, way.other)
            able = f"{who} kunne ha fått {it} fra {self._name(way.other)}"
        if not back:
            return able
        return f"{able} i bytte mot {listed(duty_text(duty) for duty in back)}"

    def _cost(self, found: Obstacles, way: Way) -> str | None:
        """What would have been worse; None where it would tell why another is not available."""
        change = way.first
        if change is None:
            raise ValueError("way must change something: one that does not has no cost")
        level, amount = change.step.level, change.amount
        departures = self._stops.departures(way.move)
        if any(isinstance(d.rule, CannotWish) and d.case.doctor == way.other for d in departures):
            return None
        if level == Level.COVER:
            return f"da ville {number(amount)} vektede timer til stå uten lege"
        if level == Level.ORDERED:
            return f"da måtte {hours(60 * amount)} mer pålegges"
        if level == Level.HEALTH:
            own = [
                d.sentence(self._timetable)
                for d in departures
                if d.rule.authority is Authority.HEALTH
                and (d.rule.id in TOLD or d.case.doctor == found.doctor)
            ]
            if own:
                return f"det ville ført til et avvik fra en hovedregel: {own[0].rstrip('.')}"
        if level == Level.FAIRNESS and (told := self._unfair(way)):
            return told
        if level == Level.WISHES and (told := self._crossed(found, departures)):
            return told
        before, after = (float(own / change.step.scale) for own in (change.before, change.after))
        return (
            f"da ville «{change.step.title.lower()}» gått fra {number(before)} til "
            f"{number(after)} {change.step.unit}"
        )

    def _crossed(self, found: Obstacles, departures: tuple[Stop, ...]) -> str:
        """Another doctor's wish that would have been refused instead."""
        ids = {duty.id for duty in found.duties}
        for own in departures:
            if isinstance(own.rule, Wishes) and own.case.doctor != found.doctor:
                who = self._name(own.case.doctor)
                same = own.case.fact("attitude") == Attitude.WANT and ids & set(own.case.duties)
                if same:
                    return f"{who} ønsket seg {_it(found.duties)} også"
                return f"det ville gått imot et ønske fra {who}"
        return ""

    def _unfair(self, way: Way) -> str:
        """Who would be further from the fair share than now: the one it would hit hardest."""
        now = self._balances(self._timetable)
        then = self._balances(moved(self._timetable, way.move))
        # Those who get something come first; of two who are hit alike the first is told.
        worse = [d for d in way.move.doctors if d in now and abs(then[d]) > abs(now[d])]
        if not worse:
            return ""
        hit = max(worse, key=lambda doctor: abs(then[doctor]))
        return f"da ville {self._name(hit)} hatt {_beside(then[hit], now[hit])}"

    def _balances(self, timetable: Timetable) -> Mapping[str, Fraction]:
        """Hundredths of a point over the fair share, by doctor who has a part in it."""
        if self._fair is None:
            return {}
        if self._aims is None:
            shares = self._fair.shares(self._problem).pool(Measure.POINTS)
            self._aims = {share.doctor: share.aim for share in shares}
        worked = self._fair.worked(timetable)
        return {who: worked[who, Measure.POINTS] - aim for who, aim in self._aims.items()}

    def _name(self, doctor: str | None) -> str:
        return " ".join(self._problem.doctor_by_id[doctor].name.split()) if doctor else ""


def _it(duties: tuple[Duty, ...]) -> str:
    """«vakten», «økten», «vaktene»."""
    if len(duties) > 1:
        return "vaktene" if duties[0].is_shift else "øktene"
    return "vakten" if duties[0].is_shift else "økten"


def _duties(duties: tuple[Duty, ...]) -> str:
    """The duties by name and time, or how many and when where they are many."""
    if len(duties) <= _MOST_NAMED:
        return listed(duty_text(duty) for duty in duties)
    first, last = min(d.day for d in duties), max(d.day for d in duties)
    days = f"{short_day(first)}–{short_day(last)}" if first != last else short_day(first)
    what = ("vakt", "vakter") if duties[0].is_shift else ("økt", "økter")
    return f"{counted(len(duties), *what)} {days}"


def _beside(then: Fraction, now: Fraction) -> str:
    """«3,4 poeng over sin andel, mot 1,1 nå», «… mot 1,1 under nå» where the side changes."""
    side, side_now = (("over" if own >= 0 else "under") for own in (then, now))
    points, points_now = (number(float(abs(own) / 100)) for own in (then, now))
    other = "" if side == side_now or now == 0 else f" {side_now}"
    return f"{points} poeng {side} sin andel, mot {points_now}{other} nå"
