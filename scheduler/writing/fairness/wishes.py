"""Answers to wishes, doctor by doctor."""

from dataclasses import dataclass

from scheduler.writing.fairness.source import FairnessReport, Receipt
from scheduler.writing.phrases import counted


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One answer.

    Attributes:
        sign: «Oppfylt», «Delvis oppfylt» or «Ikke oppfylt»; `mark`: the same as a character.
    """

    sign: str
    mark: str
    granted: bool
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WishLine:
    """One doctor's wishes, those that were refused first."""

    doctor: str
    granted: int
    partly: int
    refused: int
    counts: str
    receipts: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True)
class WishPart:
    """All wishes; the doctors with most refusals first."""

    told: str
    lines: tuple[WishLine, ...]


def wish_part(report: FairnessReport) -> WishPart:
    """Counts and sentences; nothing where nobody wished."""
    by_doctor: dict[str, list[Receipt]] = {}
    for receipt in report.receipts:
        by_doctor.setdefault(receipt.doctor, []).append(receipt)
    lines = [_line(report, doctor, own) for doctor, own in by_doctor.items()]
    lines.sort(key=lambda line: (-line.refused, -line.partly, -line.granted, line.doctor))
    granted = sum(line.granted for line in lines)
    wishes = counted(len(report.receipts), "ønske", "ønsker")
    partly = sum(line.partly for line in lines)
    also = f", og {partly} delvis" if partly else ""
    told = f"{granted} av {wishes} er oppfylt{also}."
    return WishPart(told if lines else "Ingen har meldt ønsker.", tuple(lines))


def _line(report: FairnessReport, doctor: str, own: list[Receipt]) -> WishLine:
    granted = sum(receipt.granted for receipt in own)
    partly = sum(receipt.partly for receipt in own)
    refused = len(own) - granted - partly
    told = [f"{granted} oppfylt", f"{partly} delvis" if partly else "", f"{refused} ikke"]
    return WishLine(
        report.names[doctor],
        granted,
        partly,
        refused,
        ", ".join(filter(None, told)),
        tuple(
            ReceiptLine(*_sign(receipt), receipt.granted, receipt.sentence, receipt.reasons)
            for receipt in sorted(own, key=lambda receipt: (receipt.granted, receipt.partly))
        ),
    )


def _sign(receipt: Receipt) -> tuple[str, str]:
    if receipt.granted:
        return "Oppfylt", "✓"
    return ("Delvis oppfylt", "◐") if receipt.partly else ("Ikke oppfylt", "×")
