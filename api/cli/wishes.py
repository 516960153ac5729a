"""`rettvakt wishes`: what became of the doctors' wishes, and what stood against."""

from pathlib import Path

from api import library
from api.cli.console import BAD_INPUT, OK, counted, err, out, plain
from api.cli.guard import reading
from api.cli.people import NotOneDoctorError, named
from api.cli.rosters import roster_for
from api.cli.verdict import tell_earlier
from api.outputs import RECEIPT_KINDS, receipt_file
from api.saving import check_folder, save
from scheduler.writing.phrases import listed
from scheduler.writing.receipts import (
    ANSWERS,
    BASIS,
    SIGNS,
    Answer,
    Reason,
    Receipt,
    by_doctor,
    summary,
)

_SHOWN = 3  # so many of the others' obstacles; the file has them all
_STYLES = {Answer.GRANTED: "green", Answer.PARTLY: "yellow", Answer.REFUSED: "red"}
_BESIDE = "ønskekvittering.html"


def run(plan: Path, roster_file: Path, doctor: str | None, target: Path | None) -> int:
    """Tell the receipts, and write them where asked; gives the exit code."""
    file = target / _BESIDE if target and (target.is_dir() or not target.suffix) else target
    if file:
        if file.suffix.lower() not in RECEIPT_KINDS:
            kinds = " eller ".join(RECEIPT_KINDS)
            err.print(f"[bold red]{plain(file.name)} må slutte på {kinds}.[/] Rett navnet.")
            return BAD_INPUT
        check_folder(file.parent)
    with reading(plan):
        loaded = library.read(plan)
    own = None
    if doctor is not None:
        try:
            own = named(loaded.problem.doctors, doctor)
        except NotOneDoctorError as error:
            err.print(f"[bold red]{plain(error.problem)}[/] {plain(error.remedy)}")
            return BAD_INPUT
    roster = roster_for(plan, loaded, roster_file, "lest sammen med")
    found = library.receipts(loaded, roster, own.id if own else None)
    if not found:
        out.print(f"{plain(own.name)} har ingen ønsker." if own else "Planen har ingen ønsker.")
        return OK
    for mine in by_doctor(found).values():
        _tell(mine)
    out.print(f"[bold]{plain(summary(found))}.[/]")
    if any(receipt.reasons for receipt in found):
        out.print(BASIS)
    if file is None:
        out.print("Med --out FIL får du kvitteringene som fil, én side for hver lege.")
        return OK
    saved = save(file, receipt_file(loaded, found, file.suffix.lower()))
    out.print(f"Skrevet: [bold]{plain(file)}[/]")
    out.print("En side er mellom legen og vaktplanleggeren. Gi hver lege bare sin egen.")
    tell_earlier(saved)
    return OK


def _tell(receipts: list[Receipt]) -> None:
    out.print(f"[bold]{plain(receipts[0].name)}[/]")
    for own in receipts:
        style = _STYLES.get(own.answer, "dim")
        out.print(f"  [{style}]{SIGNS[own.answer]} {ANSWERS[own.answer]}[/]: {plain(own.asked)}")
        out.print(f"      {plain(own.sentence)}")
        for note in own.notes:
            out.print(f"      {plain(note)}")
        for reason in own.reasons:
            _tell_reason(reason)


def _tell_reason(reason: Reason) -> None:
    out.print(f"      [bold]{plain(reason.what)}[/]")
    out.print(f"        {plain(reason.main)}")
    for sentence in reason.others[:_SHOWN]:
        out.print(f"        – {plain(sentence)}")
    if len(reason.others) > _SHOWN:
        out.print(f"        – … og {len(reason.others) - _SHOWN} til")
    if reason.unavailable:
        if len(reason.unavailable) <= _SHOWN:
            who = listed(reason.unavailable)
        else:
            who = counted(len(reason.unavailable), "annen lege", "andre leger")
        out.print(f"        Ikke tilgjengelig: {plain(who)}.")
