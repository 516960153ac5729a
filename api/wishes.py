"""Puts wish receipts together: what was asked, what came of it, and what stood against it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import time

from api.wish_reasons import Voice
from constraints.facts.wishes import WishReceipt, parts, receipt, refused_parts
from constraints.wishes import FULL_PRICE, Wishes
from scheduler.changes.trials import Trials
from scheduler.domain.problem import Attitude, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval, local
from scheduler.receipts.ways import Obstacles, Ways
from scheduler.rule import Rule
from scheduler.writing.phrases import counted, duty_text, listed
from scheduler.writing.receipts import Answer, Reason, Receipt
from scheduler.writing.wording import clock, number, on_day, short_day

_SAID = {
    Attitude.WANT: "Vil gjerne",
    Attitude.RATHER_NOT: "Helst ikke",
    Attitude.CANNOT: "Kan ikke",
}


def receipts(
    timetable: Timetable, rules: tuple[Rule, ...], doctor: str | None = None
) -> tuple[Receipt, ...]:
    """A receipt for each wish, with what stood against those that were refused.

    Seconds for a district: the model is built once if a wish is refused, and each refused duty
    tries the direct exchanges with everybody else.

    Args:
        timetable: any roster, laid out on its problem.
        rules: the plan's rules, in the order in which they are explained.
        doctor: id of the one doctor whose receipts are wanted; None for all.

    Returns:
        In the order of the plan's wishes; the same for equal input.
    """
    return ReceiptWriter(timetable, rules).of(doctor)


class ReceiptWriter:
    """Writes the receipts of one roster; what it has found out for one doctor serves the next."""

    def __init__(
        self,
        timetable: Timetable,
        rules: tuple[Rule, ...],
        trials: Callable[[], Trials] | None = None,
    ) -> None:
        """Nothing is tried before a receipt is asked for.

        Args:
            timetable: any roster, laid out on its problem.
            rules: the plan's rules, in the order in which they are explained.
            trials: gives the trials of the same roster, where they are kept; else the model is
                built for the first wish that is refused.
        """
        self._timetable = timetable
        self._problem = timetable.problem
        self._rule = next((rule for rule in rules if isinstance(rule, Wishes)), Wishes())
        self._ways = Ways(timetable, rules, trials)
        self._voice = Voice(self._ways, rules)

    def of(self, doctor: str | None = None) -> tuple[Receipt, ...]:
        """The receipts of one doctor, or of all, in the order of the plan's wishes."""
        return tuple(self.receipt(wish) for wish in self._wishes(doctor))

    def tries(self, doctor: str | None = None) -> bool:
        """Whether a wish is refused, so that exchanges must be tried, which needs the model."""
        return any(refused_parts(self._timetable, wish) for wish in self._wishes(doctor))

    def _wishes(self, doctor: str | None) -> Iterator[Wish]:
        for wish in self._problem.wishes:
            if wish.doctor in self._problem.doctor_by_id and doctor in (None, wish.doctor):
                yield wish

    def receipt(self, wish: Wish) -> Receipt:
        """The receipt of one wish."""
        own = receipt(self._timetable, wish)
        stated, refused = len(parts(self._problem, wish)), refused_parts(self._timetable, wish)
        answer = _answer(own, stated, refused)
        weighs = wish.attitude is not Attitude.CANNOT
        dearer = self._rule.dearer(self._problem, wish.doctor) if weighs else 0
        return Receipt(
            wish.id,
            wish.doctor,
            self._name(wish.doctor),
            wish.attitude,
            answer,
            _asked(self._problem, wish),
            self._sentence(wish, own, answer, stated, refused),
            stated,
            refused,
            own.meant,
            own.given,
            own.holders,
            dearer,
            tuple(self._notes(wish, dearer)) if weighs and own.meant else (),
            tuple(self._reasons(wish, own)) if refused else (),
        )

    def _sentence(
        self, wish: Wish, own: WishReceipt, answer: Answer, stated: int, refused: int
    ) -> str:
        given = listed(duty_text(self._problem.duty_by_id[duty]) for duty in own.given)
        who = self._name(wish.doctor)
        if answer is Answer.EMPTY:
            return "Ønsket gjelder ingen vakt eller økt i planen."
        if wish.attitude is Attitude.WANT:
            if answer is Answer.GRANTED:
                return f"{who} har {given}."
            if own.given:
                return f"{who} ønsket alle {len(own.meant)}, men har bare {given}."
            return f"{who} har ikke fått {'vaktene' if wish.as_block else 'noen slik vakt'}."
        if answer is Answer.GRANTED:
            what = "slik vakt" if wish.patterns else "vakt eller økt"
            return f"{who} har ingen {what} i denne tiden."
        if answer is Answer.PARTLY:
            return f"{who} er fri {stated - refused} av {stated} dager, men har {given}."
        return f"{who} har {given}."

    def _notes(self, wish: Wish, dearer: int) -> Iterator[str]:
        """How the wish was weighed, where that was out of the ordinary."""
        if dearer:
            before = self._problem.account_of[wish.doctor].refused / 100
            wishes = "avslått ønske" if before == 1 else "avslåtte ønsker"
            yield (
                f"Ønsket veide {dearer} % mer fordi {self._name(wish.doctor)} fikk avslag i "
                f"tidligere perioder ({number(before)} {wishes} på vaktkontoen)."
            )
        price = dict(self._rule.refusal_prices(self._problem, wish.doctor)).get(wish, FULL_PRICE)
        if price != FULL_PRICE:
            yield f"{self._why(wish)} Derfor veide dette {number(price)} % av et vanlig ønske."

    def _why(self, wish: Wish) -> str:
        """Why the wish weighs more or less than another."""
        if not self._rule.normalise:
            return f"Ønsket er ført opp med vekt {wish.weight}."
        stated = sum(
            len(parts(self._problem, own))
            for own in self._problem.wishes_of[wish.doctor]
            if own.attitude is not Attitude.CANNOT
        )
        full = self._rule.full_wishes
        if stated > full:
            return (
                f"{self._name(wish.doctor)} har {stated} ønsker (hver dag i et «helst ikke» er "
                f"ett), og en lege har {counted(full, 'ønske', 'ønsker')} som teller fullt ut."
            )
        return (
            f"Ønsket har vekt {wish.weight}, og vektene fordeler poengene mellom legens egne "
            f"{counted(stated, 'ønske', 'ønsker')}."
        )

    def _reasons(self, wish: Wish, own: WishReceipt) -> Iterator[Reason]:
        wanted = wish.attitude is Attitude.WANT
        for found in self._obstacles(wish, own):
            yield self._voice.reason(found, wanted=wanted)

    def _obstacles(self, wish: Wish, own: WishReceipt) -> Iterator[Obstacles]:
        """For each duty given against the wish, or not given as it asked: what stood against."""
        unit_of = {duty: self._problem.duty_by_id[duty].unit for duty in own.meant}
        if wish.attitude is not Attitude.WANT:
            for unit in dict.fromkeys(unit_of[duty] for duty in own.given):
                yield self._ways.without(wish.doctor, unit, self._unwelcome(wish.doctor))
            return
        missing = dict.fromkeys(unit_of[duty] for duty in own.meant if duty not in own.given)
        asked = [list(missing)] if wish.as_block else [[unit] for unit in missing]
        found = [self._ways.having(wish.doctor, own, self._welcome(wish.doctor)) for own in asked]
        yield from sorted(_joined(found), key=_nearest)

    def _unwelcome(self, doctor: str) -> set[str]:
        """Units that the doctor has asked to be spared."""
        return self._units(doctor, (Attitude.RATHER_NOT, Attitude.CANNOT))

    def _welcome(self, doctor: str) -> set[str]:
        """Units that the doctor has asked for."""
        return self._units(doctor, (Attitude.WANT,))

    def _units(self, doctor: str, attitudes: tuple[Attitude, ...]) -> set[str]:
        return {
            duty.unit
            for wish in self._problem.wishes_of.get(doctor, ())
            if wish.attitude in attitudes
            for duty in self._problem.duties_touching(wish.interval)
            if wish.means(duty)
        }

    def _name(self, doctor: str) -> str:
        return " ".join(self._problem.doctor_by_id[doctor].name.split())


def _joined(found: Iterable[Obstacles]) -> Iterator[Obstacles]:
    """Duties that one rule closes to the doctor from the start are told as one."""
    closed: dict[str, Obstacles] = {}
    for own in found:
        if own.own and own.own.closed:
            first = closed.setdefault(own.own.rule.id, replace(own, duties=()))
            closed[own.own.rule.id] = replace(first, duties=(*first.duties, *own.duties))
        else:
            yield own
    yield from closed.values()


def _nearest(found: Obstacles) -> tuple[bool, tuple[int, ...]]:
    """The duty that was nearest to being given comes first."""
    return (found.best is None, (found.best.changes or ()) if found.best else ())


def _answer(own: WishReceipt, stated: int, refused: int) -> Answer:
    if not own.meant:
        return Answer.EMPTY
    if not refused:
        return Answer.GRANTED
    return Answer.REFUSED if refused == stated else Answer.PARTLY


def _asked(problem: Problem, wish: Wish) -> str:
    """«Helst ikke 05.02.2027–07.02.2027 (Natt), samlet»."""
    known = (problem.type_by_id.get(own) for own in sorted(wish.patterns))
    names = [" ".join(kind.name.split()) for kind in known if kind]
    patterns = f" ({listed(names)})" if names else ""
    together = ", alt eller ingenting" if wish.as_block else ""
    return f"{_SAID[wish.attitude]} {_when(wish.interval)}{patterns}{together}"


def _when(interval: Interval) -> str:
    """«05.02.2027–07.02.2027» for whole days, else with clock times."""
    start, end = local(interval.start), local(interval.end)
    if start.time() == end.time() == time():
        first, last = start.date(), local(interval.end - MINUTE).date()
        return short_day(first) if first == last else f"{short_day(first)}–{short_day(last)}"
    if start.date() == end.date():
        return f"{on_day(start.date())} kl. {clock(interval.start)}–{clock(interval.end)}"
    return (
        f"{on_day(start.date())} kl. {clock(interval.start)} – "
        f"{on_day(end.date())} kl. {clock(interval.end)}"
    )
