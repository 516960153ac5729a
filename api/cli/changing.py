"""What the commands about takers, swaps and rings share: input, sentences, and the new roster."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from api import library
from api.cli.console import BAD_INPUT, OK, err, out, plain
from api.cli.duties import NotOneDutyError, duty_meant
from api.cli.guard import reading
from api.cli.people import NotOneDoctorError, named
from api.cli.rosters import roster_for
from api.cli.verdict import tell_earlier
from api.outputs import PACKAGE, export_one
from api.saving import check_folder, save
from api.swaps import changed, judge_of
from scheduler.changes.move import Hand
from scheduler.changes.stops import Stop
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.swaps.accounts import Effect
from scheduler.swaps.judge import Judge, Swap
from scheduler.writing.phrases import duty_text, listed
from scheduler.writing.wording import number

KINDS = ("json", "xlsx", "csv", "pdf")
_WORDS = {
    Measure.POINTS: "poeng",
    Measure.NIGHTS: "netter",
    Measure.WEEKENDS: "helger",
    Measure.GREAT_HOLIDAYS: "høytider",
    Measure.ORDERED: "pålagte timer",
}


class WrongAskedError(Exception):
    """What was asked for cannot be understood.

    Attributes:
        problem, remedy: bokmål.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both."""
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


def refused(error: WrongAskedError | NotOneDutyError | NotOneDoctorError) -> int:
    """Tell what could not be understood; gives the exit code."""
    err.print(f"[bold red]{plain(error.problem)}[/] {plain(error.remedy)}")
    return BAD_INPUT


def opened(plan: Path, roster_file: Path) -> tuple[library.LoadedPlan, Judge]:
    """The plan, and a judge of the roster."""
    with reading(plan):
        loaded = library.read(plan)
    return loaded, judge_of(loaded, roster_for(plan, loaded, roster_file, "vurdert mot"))


def hand(judge: Judge, text: str) -> Hand:
    """«Kari Li: natt 12.03.2027» as doctor and unit; the doctor has the duty.

    Raises:
        WrongAskedError: there is no colon, or the doctor does not have the duty.
        NotOneDoctorError: no doctor, or several, is meant.
        NotOneDutyError: no duty, or several, is meant.
    """
    who, colon, what = text.partition(":")
    if not colon or not who.strip() or not what.strip():
        raise WrongAskedError(
            f"«{text}» sier ikke både lege og vakt.",
            "Skriv navnet, kolon og vakten: «Kari Li: natt 12.03.2027».",
        )
    problem = judge.timetable.problem
    doctor = named(problem.doctors, who)
    duty = duty_meant(problem, what)
    if not judge.has((doctor.id, duty.unit)):
        holders = [name_of(problem, own) for own in judge.timetable.doctors_on(duty.id)]
        if elsewhere := placed_elsewhere(judge.timetable, duty):
            raise elsewhere
        has = f"Den har {listed(holders)}." if holders else "Vakten er udekket."
        raise WrongAskedError(f"{doctor.name} har ikke {duty_text(duty)}.", has)
    return doctor.id, duty.unit


def placed_elsewhere(timetable: Timetable, duty: Duty) -> WrongAskedError | None:
    """Nobody is wanted on this day: the work can be done on several, and is done on another."""
    if duty.choice is None or timetable.missing(duty) or timetable.doctors_on(duty.id):
        return None
    days = [own for own in timetable.choices[duty.choice] if timetable.doctors_on(own.id)]
    return WrongAskedError(
        f"{duty_text(duty)} skal ingen ha: arbeidet er lagt til en annen dag.",
        f"Spør om {listed([duty_text(own) for own in days])}.",
    )


def name_of(problem: Problem, doctor: str) -> str:
    """The doctor's name."""
    return problem.doctor_by_id[doctor].name


def unit_text(duties: Sequence[Duty]) -> str:
    """A duty, or a block with how many duties it holds."""
    first, last = duties[0], duties[-1]
    if first is last:
        return duty_text(first)
    return f"{duty_text(first)}, til og med {duty_text(last)} ({len(duties)} vakter samlet)"


def sentences(judge: Judge, stops: Iterable[Stop]) -> tuple[str, ...]:
    """The rules' own sentences, each once."""
    return tuple(dict.fromkeys(stop.sentence(judge.timetable) for stop in stops))


def shown(measure: Measure, value: float) -> str:
    """A value of the measure as people read it; points and hours always with one decimal."""
    if measure.scale == 1:
        return number(round(value, 1))
    return f"{round(value / measure.scale, 1) + 0.0:.1f}".replace("-", "−").replace(".", ",")


def signed(measure: Measure, value: float) -> str:
    """The same with its sign: «+1,5», «−0,3»."""
    text = shown(measure, value)
    return f"+{text}" if value > 0 and text.strip("0,") else text


def effects_told(effects: Iterable[Effect]) -> Iterator[str]:
    """«poeng 12,5 → 14 (+1,9 mot andelen)» for each account that moves."""
    for own in effects:
        if own.changes:
            text = f"{_WORDS[own.measure]} {shown(own.measure, own.before)}"
            text += f" → {shown(own.measure, own.after)}"
            if own.over_after is not None:
                text += f" ({signed(own.measure, float(own.over_after))} mot andelen)"
            yield text


def tell_swap(judge: Judge, swap: Swap, *, brief: bool = False) -> None:
    """What changes hands, what the rules say, and what it does to the accounts.

    Args:
        judge: of the roster before it.
        swap: what is told.
        brief: of priced departures tell only how many of which kind.
    """
    problem = judge.timetable.problem
    for unit, giver, taker in swap.handovers:
        out.print(
            f"  {plain(name_of(problem, giver))} gir {plain(unit_text(problem.units[unit]))} "
            f"til {plain(name_of(problem, taker))}"
        )
    verdict = swap.verdict
    for sentence in sentences(judge, verdict.breaches):
        out.print(f"    [red]✗[/] {plain(sentence)}")
    for sentence in sentences(judge, verdict.exceptions):
        out.print(f"    [yellow]unntak:[/] {plain(sentence)}")
    for sentence in sentences(judge, verdict.wishes):
        out.print(f"    [dim]ønske:[/] {plain(sentence)}")
    if brief and verdict.departures:
        out.print(f"    [dim]avvik:[/] {plain(kinds_told(verdict.departures))}")
    for sentence in () if brief else sentences(judge, verdict.departures):
        out.print(f"    [dim]avvik:[/] {plain(sentence)}")
    told = {who: "; ".join(effects_told(own)) for who, own in swap.effects.items()}
    for doctor, text in told.items():
        if text:
            out.print(f"    {plain(name_of(problem, doctor))}: {plain(text)}")
    if not any(told.values()):
        out.print("    vaktkontoene er uendret")


def kinds_told(stops: Iterable[Stop]) -> str:
    """«Luft mellom vaktene (2); Delte helger»: which rules, and how often where more than once."""
    counts = Counter(stop.rule.title for stop in stops)
    return "; ".join(own if n == 1 else f"{own} ({n})" for own, n in counts.items())


def check_target(target: Path | None) -> Path | None:
    """The file that is to be written, before any work is done; a folder gets vaktplan.json.

    Raises:
        WrongAskedError: its name says no format that a roster can have.
        WriteError: it cannot be written.
    """
    if target is None:
        return None
    file = target / PACKAGE if target.is_dir() or not target.suffix else target
    if file.suffix.casefold().removeprefix(".") not in KINDS:
        kinds = listed([f".{kind}" for kind in KINDS]).replace(" og ", " eller ")
        raise WrongAskedError(f"{file.name} må slutte på {kinds}.", "Rett navnet.")
    check_folder(file.parent)
    return file


def write(loaded: library.LoadedPlan, judge: Judge, swap: Swap, file: Path) -> int:
    """Write the roster after the swap; what stood there before is kept in «tidligere»."""
    kind = file.suffix.casefold().removeprefix(".")
    saved = save(file, export_one(loaded, changed(judge, swap), kind))
    out.print(f"Ny vaktplan: [bold]{plain(file)}[/]")
    tell_earlier(saved)
    return OK
