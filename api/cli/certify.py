"""`rettvakt certify`: how good a roster is proven to be, found again on this machine."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from api import library
from api.cli.console import BAD_INPUT, FINDINGS, OK, err, out, plain, tell_remarks
from api.cli.guard import reading
from api.cli.interrupt import interrupt_sets
from api.cli.rosters import read_given
from api.cli.verdict import tell_cut_off, tell_earlier, tell_verdict
from api.library import LoadedPlan
from api.outputs import PACKAGE, certificate_files, export_one
from api.saving import Saved, check_folder, save, save_all
from scheduler.certificate import Certificate, StepProof
from scheduler.certifying import Certified
from scheduler.domain.roster import Roster
from scheduler.prices import PriceList
from scheduler.solving.result import Ending
from scheduler.writing.certificate import bound_sentence, heaviest, statement
from scheduler.writing.certificate_page import command, remarks
from scheduler.writing.prices import price_line, price_note
from scheduler.writing.wording import number


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        seconds: wall time of the proofs; prices and a better roster get as much each.
        workers: solver threads; None: what the machine gives.
        prices: whether restrictions are priced.
        folder: where the certificate is written, or None.
        better: the file for a better roster, or the folder for its package; or None.
    """

    seconds: float
    seed: int
    workers: int | None
    prices: bool
    folder: Path | None
    better: Path | None


def run(plan: Path, roster_file: Path, wanted: Wanted) -> int:
    """Certify a roster; gives the exit code."""
    if wanted.better is not None and wanted.better.is_dir():
        wanted = replace(wanted, better=wanted.better / PACKAGE)
    if wanted.better is not None and wanted.better.suffix.casefold() != ".json":
        err.print(f"[bold red]{plain(wanted.better.name)} må slutte på .json.[/] Rett navnet.")
        return BAD_INPUT
    for folder in (wanted.folder, wanted.better and wanted.better.parent):
        if folder is not None:
            check_folder(folder)
    with reading(plan):
        loaded = library.read(plan)
    roster = read_given(roster_file, loaded)
    tell_remarks(loaded.remarks)
    stop = threading.Event()
    with interrupt_sets(stop, lambda: err.print("Stopper og tar vare på det som er bevist.")):
        found = library.certify(
            loaded,
            roster,
            seconds=wanted.seconds,
            seed=wanted.seed,
            workers=wanted.workers,
            tell=_tell_progress,
            stop=stop,
        )
        if found.certificate is None:
            return _tell_unlawful(found, roster)
        prices = _prices(loaded, roster, found.certificate, wanted, stop)
        # Written before it is told: whoever reads along may be gone.
        files = certificate_files(loaded, found.certificate, prices) if wanted.folder else {}
        saved = save_all(wanted.folder, files) if wanted.folder else None
        _tell(loaded, found.certificate, prices)
        _tell_files(wanted.folder, saved)
        if found.better is not None:
            _tell_better(loaded, found.better, wanted, stop)
    return OK if found.report.complete and found.better is None else FINDINGS


def _prices(
    loaded: LoadedPlan,
    roster: Roster,
    certificate: Certificate,
    wanted: Wanted,
    stop: threading.Event,
) -> PriceList | None:
    if not wanted.prices or stop.is_set():
        return None
    err.print("Priser det som kan slippes.")
    return library.prices(
        loaded,
        roster,
        certificate=certificate,
        seconds=wanted.seconds,
        seed=wanted.seed,
        workers=wanted.workers,
        stop=stop,
    )


def _tell(loaded: LoadedPlan, certificate: Certificate, prices: PriceList | None) -> None:
    """The statement, what must be known, the steps, the prices, and how to do it again."""
    for sentence in (*statement(certificate.steps), heaviest(certificate)):
        if sentence:
            out.print(f"[bold]{plain(sentence)}[/]")
    for remark in remarks(certificate):
        out.print(f"[yellow]Merk:[/] {plain(remark)}")
    out.print("Trinn for trinn, det viktigste først, og mindre er bedre:")
    for step in certificate.steps:
        sign = "✓" if step.proven else "…"
        unit = f" {step.unit}" if step.unit else ""
        line = f"{step.title}: {number(step.value)}{unit} ({bound_sentence(step)})"
        out.print(f"  {sign} {plain(line)}")
    if prices is not None:
        for price in prices.told:
            out.print(f"  {plain(price_line(loaded.problem, price, prices.doctor))}")
        out.print(plain(price_note(prices)))
    out.print(f"Kontrollsum plan {certificate.problem_hash[:12]}, vaktplan ", end="")
    out.print(f"{certificate.roster_hash[:12]}. Gjenta med: {plain(command(certificate))}")


def _tell_files(folder: Path | None, saved: Saved | None) -> None:
    """Which files were written, and which of them are not to be shared."""
    if saved is None:
        out.print("Med --out MAPPE får du sertifikatet som fil.")
        return
    out.print(f"Skrevet til [bold]{plain(folder)}[/]: {plain(', '.join(saved.names))}")
    out.print(
        "Filene som slutter på .csv, nevner leger ved navn. De er dine egne, og skal ikke deles."
    )
    tell_earlier(saved)


def _tell_unlawful(found: Certified, roster: Roster) -> int:
    out.print("[bold red]Ikke noe sertifikat: vaktplanen bryter ufravikelige regler.[/]")
    tell_verdict(found.report, roster)
    return FINDINGS


def _tell_better(loaded: LoadedPlan, better: Roster, wanted: Wanted, stop: threading.Event) -> None:
    """Say that there is a better roster; make the rest of it good too, and save it, if asked."""
    if wanted.better is None:
        out.print(
            "[bold yellow]Det finnes en bedre plan enn denne.[/] Med --save-better FIL blir den "
            "gjort ferdig og lagret."
        )
        return
    err.print("Gjør den bedre planen ferdig.")
    outcome = library.solve(
        loaded,
        seconds=wanted.seconds,
        seed=wanted.seed,
        workers=wanted.workers,
        start=better,
        stop=stop,
    )
    tell_cut_off(outcome)
    made = outcome.roster if outcome.ending is Ending.SOLVED else None
    saved = save(wanted.better, export_one(loaded, made or better, "json"))
    out.print(
        f"[bold yellow]Det finnes en bedre plan enn denne.[/] Den er lagret som "
        f"[bold]{plain(wanted.better)}[/]; «rettvakt export» lager de andre filene av den."
    )
    tell_earlier(saved)


def _tell_progress(title: str, proofs: Sequence[StepProof]) -> None:
    """One line for each step that is begun."""
    proven = sum(proof.proven for proof in proofs)
    err.print(f"{proven} av {len(proofs)} trinn er bevist. Ser på: {plain(title.lower())}")
