"""The bokmål of explanations: conflicts, ways out, and what a change would cost.

These sentences are for the coordinator: they name exemptions and absences as the rules do
(decision 6). Nothing here goes to other doctors.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from api.explaining_texts import Blame, Explanation, WayText
from constraints.law import Act, LawRef
from constraints.pins import Pins
from constraints.wording import from_to, source
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Assignment, Attitude, Problem
from scheduler.explaining.conflict import Conflict, Finding, HoleAnswer, ImpossibleAnswer
from scheduler.explaining.costs import Change
from scheduler.explaining.elements import Element, Kind
from scheduler.explaining.ways import Release, WayKind, WayOut
from scheduler.rule import Level, Outcome, Rule
from scheduler.writing.phrases import counted, duty_text, listed
from scheduler.writing.wording import number, on_day

_MOST_NAMES = 6
_MOST_MOVES = 8
_GROUPED = 3  # so many doctors, or more, whom one rule keeps away for good are told as one
_VOLUNTARY = LawRef(Act.FF, "33", section=4, remark=True)
_SMALLEST = (
    "Forklaringen er bevist ved utregning, og den er minst mulig: uten ett av punktene motsier "
    "ikke resten hverandre lenger."
)


class Words:
    """Tells answers about one plan."""

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        """Keep the rules by id."""
        self.problem = problem
        self._rules = {rule.id: rule for rule in rules}
        self._stopped: dict[str, frozenset[str]] = {}

    # --- answers -------------------------------------------------------------------------

    def hole(self, answer: HoleAnswer, ways: Iterable[WayOut]) -> Explanation:
        """Why duties lack a doctor."""
        told = tuple(self.way(way) for way in ways)
        what = self.demand(answer.duties)
        head = [*self._hole_head(answer, what)]
        if not answer.lawful:
            head.append(
                "Planen bryter regler slik den står, så her er vakten vurdert for seg, uten hensyn "
                "til hva som ellers er dekket. Rett bruddene først, og spør igjen."
            )
        explained = self._explained(what, answer.finding, head, answer.conflict, answer.duties)
        return replace(explained, duties=tuple(d.id for d in answer.duties), ways=told)

    def hand(self, answer: HoleAnswer, doctor: str) -> Explanation:
        """Why a doctor does not have duties."""
        who, what = self.name(doctor), self.demand(answer.duties)
        if answer.finding is Finding.ALONE:
            head = [f"{who} kan ikke ha {what}, hvordan resten av planen enn legges."]
        elif answer.finding is Finding.TOGETHER:
            head = [
                f"{who} kan ikke ha {what} uten at noe som er dekket nå, blir stående uten lege."
            ]
            if answer.left:
                left = listed(map(duty_text, answer.left))
                head.append(f"Nærmest kommer en plan der {left} står uten lege i stedet.")
        elif answer.finding is Finding.POSSIBLE:
            head = [f"{who} kan ha {what} i en annen plan."]
        else:
            head = [f"Det lot seg ikke avgjøre i tiden om {who} kan ha {what}."]
        explained = self._explained(what, answer.finding, head, answer.conflict, ())
        return replace(explained, duties=tuple(d.id for d in answer.duties))

    def impossible(self, answer: ImpossibleAnswer, ways: Iterable[WayOut]) -> Explanation:
        """Why a plan has no roster."""
        if answer.finding is Finding.ALONE:
            head = [
                "Ingen vaktplan kan følge alle reglene, ikke engang en der alt annet står udekket. "
                "Dette motsier hverandre:"
            ]
        elif answer.finding is Finding.POSSIBLE:
            head = [
                "Planen motsier ikke seg selv: det finnes vaktplaner som følger alle reglene. Det "
                "som ikke går opp, blir stående udekket. Gi også vaktplanen for å få vite hvorfor."
            ]
        else:
            head = ["Det lot seg ikke avgjøre i tiden om planen motsier seg selv."]
        told = tuple(self.way(way, whole=True) for way in ways)
        explained = self._explained(self.problem.title, answer.finding, head, answer.conflict, ())
        return replace(explained, ways=told)

    def _hole_head(self, answer: HoleAnswer, what: str) -> Iterator[str]:
        lacks = answer.duties[0].needed > answer.missing
        if answer.finding is Finding.ALONE:
            fully = "dekkes fullt ut" if lacks else "dekkes"
            yield f"{what} kan ikke {fully}, hvordan resten av planen enn legges."
        elif answer.finding is Finding.TOGETHER:
            yield (
                f"{what} kan bare dekkes ved at noe som er dekket nå, blir stående uten lege i "
                "stedet."
            )
            if answer.left:
                left = listed(map(duty_text, answer.left))
                yield f"Nærmest kommer en plan der den er dekket, og {left} står uten lege."
        elif answer.finding is Finding.POSSIBLE and answer.lawful:
            yield f"{what} kan dekkes uten at noe annet blir stående uten lege."
        elif answer.finding is Finding.POSSIBLE:
            yield f"Ingen regel står i veien for at {what} dekkes, sett for seg."
        else:
            yield (f"Det lot seg ikke avgjøre i tiden om {what} kan dekkes. Gi det mer tid.")
        if answer.conflict is not None:
            yield self._who_can(answer.duties)
            together = answer.finding is Finding.TOGETHER
            yield "Skulle alt dekkes, ville dette gjelde:" if together else "Dette står i veien:"

    def _who_can(self, duties: Sequence[Duty]) -> str:
        """«5 av 8 leger kan ta slike vakter i perioden; her er det ingen av dem som kan.»"""
        kind = duties[0].type.id
        able = [
            doctor.id
            for doctor in self.problem.doctors
            if any(
                duty.type.id == kind and duty.id not in self._closed(doctor.id)
                for duty in self.problem.duties
            )
        ]
        total = len(self.problem.doctors)
        what = "slike vakter" if duties[0].is_shift else "slike økter"
        if not able and total > 1:
            return f"Ingen av de {total} legene kan ta {what} i denne perioden."
        if not able:
            return f"Planens eneste lege kan ikke ta {what} i denne perioden."
        names = listed(map(self.name, able)) if len(able) <= _MOST_NAMES else ""
        told = f": {names}" if names else ""
        return f"{len(able)} av {counted(total, 'lege', 'leger')} kan ta {what} i perioden{told}."

    # --- conflicts -----------------------------------------------------------------------

    def _explained(
        self,
        about: str,
        finding: Finding,
        head: Sequence[str],
        conflict: Conflict | None,
        asked: Sequence[Duty],
    ) -> Explanation:
        if conflict is None:
            return Explanation(about, (), finding.value, tuple(head))
        grouped = dict(self._never(conflict, asked))
        blames = self._blames(e for e in conflict.elements if e not in grouped)
        return Explanation(
            about,
            (),
            finding.value,
            tuple(head),
            tuple(self._demanded(e) for e in conflict.demands[1:]),
            blames,
            tuple(self._groups(grouped, asked)),
            (),
            _SMALLEST,
        )

    def _never(
        self, conflict: Conflict, asked: Sequence[Duty]
    ) -> Iterator[tuple[Element, tuple[str, str]]]:
        """Elements that keep a doctor from all duties of the kind, where many are alike."""
        if not asked:
            return
        kind = asked[0].type.id
        alike: dict[tuple[str, str], list[Element]] = {}
        for element in conflict.elements:
            own = [e for e in conflict.elements if e.doctor == element.doctor]
            if element.kind is Kind.CLOSED and element.doctor and own == [element]:
                closed = self._closed(element.doctor)
                if all(d.id in closed for d in self.problem.duties if d.type.id == kind):
                    rule = self._rules[element.rule]
                    alike.setdefault((rule.title, source(rule.citations[0])), []).append(element)
        for key, elements in alike.items():
            told = {self.sentence(e).replace(self.name(e.doctor), "…") for e in elements}
            if len(elements) >= _GROUPED and len(told) > 1:  # one sentence would do for all else
                for element in elements:
                    yield element, key

    def _groups(
        self, grouped: dict[Element, tuple[str, str]], asked: Sequence[Duty]
    ) -> Iterator[str]:
        what = "slike vakter" if asked and asked[0].is_shift else "slike økter"
        for key in dict.fromkeys(grouped.values()):
            own = [e.doctor for e, other in grouped.items() if other == key and e.doctor]
            title, citation = key
            yield f"{listed(map(self.name, own))} tar ikke {what} i perioden: {title} {citation}."

    def _blames(self, elements: Iterable[Element]) -> tuple[Blame, ...]:
        found: dict[str | None, list[Element]] = {}
        for element in elements:
            found.setdefault(element.doctor, []).append(element)
        order = {doctor.id: n for n, doctor in enumerate(self.problem.doctors)}
        blames = [
            Blame(
                (doctor,) if doctor else (),
                self.name(doctor) if doctor else "",
                tuple(e.rule for e in found[doctor]),
                tuple(map(self.sentence, found[doctor])),
            )
            for doctor in sorted(found, key=lambda own: order.get(own or "", len(order)))
        ]
        return tuple(self._merged(blames))

    def _merged(self, blames: Sequence[Blame]) -> Iterator[Blame]:
        """Doctors of whom one and the same thing is said, told in one sentence."""
        alike: dict[tuple[str, ...], list[Blame]] = {}
        for blame in blames:
            same = tuple(own.replace(blame.name, "…") for own in blame.sentences if blame.name)
            alike.setdefault(same or blame.sentences, []).append(blame)
        for own in alike.values():
            first = own[0]
            if len(own) == 1 or len(first.sentences) > 1 or not first.name:
                yield from own
                continue
            names = listed(blame.name for blame in own)
            yield Blame(
                tuple(doctor for blame in own for doctor in blame.doctors),
                names,
                first.rules,
                (first.sentences[0].replace(first.name, names),),
            )

    def sentence(self, element: Element) -> str:
        """The rule's own sentence; of a pin, what it says."""
        rule = self._rules[element.rule]
        case = element.case
        if case is None:
            about = listed(duty_text(self.problem.duty_by_id[d]) for d in element.duties[:3])
            return f"{rule.title} {source(rule.citations[0])}" + (f": {about}." if about else ".")
        if isinstance(rule, Pins):
            case = case._replace(outcome=Outcome.KEPT)
        return rule.explain(self.problem, case)

    def _demanded(self, element: Element) -> str:
        """«Kveld lørdag 27. mars 2027 kl. 15:00–23:00 må også ha lege.»"""
        duties = tuple(self.problem.duty_by_id[duty] for duty in element.duties)
        return f"{self.demand(duties)} må også ha lege."

    # --- ways out ------------------------------------------------------------------------

    def way(self, way: WayOut, *, whole: bool = False) -> WayText:
        """One way out; what goes without saying is left out."""
        limits = {
            release.element.rule
            for release in way.releases
            if release.element and release.kind in (WayKind.LIMIT, WayKind.RULE)
        }
        asked = {release.element.doctor if release.element else None for release in way.releases}
        touched = {self._known(own.doctor) for own in (*way.added, *way.removed)}
        moved = () if touched == asked and not way.removed else (way.added, way.removed)
        return WayText(
            tuple(release.kind.value for release in way.releases),
            tuple(self._ask(release) for release in way.releases),
            tuple(
                self._rules[case.rule].explain(self.problem, case)
                for case in way.departures
                if case.rule in limits
            ),
            tuple(self.moves(*moved)) if moved and not whole else (),
            costs(way.changes),
            tuple(map(duty_text, way.left)) if whole else (),
            tuple((own.duty, own.doctor) for own in way.added),
            tuple((own.duty, own.doctor) for own in way.removed),
            way.cheapest,
        )

    def _ask(self, release: Release) -> str:
        """What is let go, in one sentence."""
        duties = [
            self.problem.duty_by_id[d] for d in release.duties if d in self.problem.duty_by_id
        ]
        what = _several(duties)
        if release.kind is WayKind.LOCUM or release.element is None:
            able = (
                "avtale om oppgaven"
                if isinstance(duties[0].type, MunicipalDuty)
                else ("kompetanse til å ha vakt alene")
            )
            return f"Skaff én lege til for {what}: en vikar med {able}."
        element = release.element
        who = self.name(element.doctor) if element.doctor else "alle"
        if release.kind is WayKind.PIN:
            own = self.problem.duty_by_id[element.duties[0]]
            works = any(
                pin.doctor == element.doctor and pin.duty == own.id and pin.works
                for pin in self.problem.pins
            )
            tie = "på" if works else "borte fra"
            return f"Fjern låsen som holder {who} {tie} {duty_text(own)}."
        if release.kind is WayKind.WISH:
            return f"Spør {who} om å trekke «kan ikke» {self._wish(element)}og ta {what}."
        if release.kind is WayKind.VOLUNTEER:
            return (
                f"Spør {who} om å ta {what} frivillig. Legen har krevd fritak etter alder og kan "
                f"si nei; både lege og kommune må ønske det {source(_VOLUNTARY)}."
            )
        if release.kind is WayKind.NEIGHBOUR:
            place = next(
                (own.name for own in self.problem.places if own.id == duties[0].type.place), ""
            )
            town = self._town(element.doctor)
            return f"Spør {who} ({town}) om å ta {what} ved {place}, utenfor sine egne steder."
        rule = self._rules[element.rule]
        if release.kind is WayKind.LIMIT:
            return f"Avtal med {who} å gå ut over det som er avtalt, for {what}."
        return f"La kommunen fravike sin egen regel «{rule.title}» for {who}, for {what}."

    def _wish(self, element: Element) -> str:
        when = element.case.when if element.case else None
        said = any(
            wish.doctor == element.doctor and wish.attitude is Attitude.CANNOT
            for wish in self.problem.wishes
        )
        return f"for {from_to(when)} " if when and said else ""

    def moves(self, added: Sequence[Assignment], removed: Sequence[Assignment]) -> Iterator[str]:
        """Who gets what, and is spared what."""
        doctors = dict.fromkeys(own.doctor for own in (*added, *removed))
        for count, doctor in enumerate(doctors):
            if count == _MOST_MOVES:
                yield f"… og {counted(len(doctors) - count, 'lege', 'leger')} til bytter vakter."
                return
            gets = [self.problem.duty_by_id[a.duty] for a in added if a.doctor == doctor]
            loses = [self.problem.duty_by_id[a.duty] for a in removed if a.doctor == doctor]
            parts = [f"får {_several(gets)}"] if gets else []
            parts += [f"slipper {_several(loses)}"] if loses else []
            yield f"{self.name(doctor)} {listed(parts)}."

    # --- words ---------------------------------------------------------------------------

    def demand(self, duties: Sequence[Duty]) -> str:
        """The duties that are covered together, in a few words."""
        first = duties[0]
        if first.choice and len(duties) > 1:
            return (
                f"{first.type.name} på en av dagene fra {on_day(first.day)} til "
                f"{on_day(duties[-1].day)}"
            )
        return _several(duties)

    def name(self, doctor: str | None) -> str:
        """The doctor's name; a locum is nobody yet."""
        own = self.problem.doctor_by_id.get(doctor or "")
        return " ".join(own.name.split()) if own else "Vikaren"

    def _known(self, doctor: str) -> str | None:
        """The id of one of the plan's doctors; None for one more."""
        return doctor if doctor in self.problem.doctor_by_id else None

    def _town(self, doctor: str | None) -> str:
        own = self.problem.doctor_by_id.get(doctor or "")
        town = own.municipality if own else ""
        return next((m.name for m in self.problem.municipalities if m.id == town), town)

    def _closed(self, doctor: str) -> frozenset[str]:
        """Ids of the duties that rules close to the doctor from the start."""
        if doctor not in self._stopped:
            own = self.problem.doctor_by_id[doctor]
            self._stopped[doctor] = frozenset(
                duty
                for rule in self._rules.values()
                for case in rule.stops(self.problem, own)
                for duty in case.duties
            )
        return self._stopped[doctor]


def costs(changes: Sequence[Change]) -> tuple[str, ...]:
    """What changes on the levels below cover, the most important first.

    Of those who are furthest over, several together are told only where the first one stays.
    """
    below = [own for own in changes if own.step != Level.COVER.name.lower()]
    worst = [own for own in below if "_worst_" in own.step]
    below = [own for own in below if own not in worst[1:]]
    return tuple(
        f"{own.title}: {number(own.before)} → {number(own.after)} {own.unit}" for own in below
    )


def _several(duties: Sequence[Duty]) -> str:
    """The duties one by one; of many, the first ones and how many more."""
    if len(duties) <= _GROUPED:
        return listed(map(duty_text, duties))
    more = len(duties) - _GROUPED + 1
    return f"{', '.join(map(duty_text, duties[: _GROUPED - 1]))} og {more} til"
