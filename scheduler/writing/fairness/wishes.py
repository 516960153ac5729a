"""Answers to wishes, doctor by doctor."""

from dataclasses import dataclass

from scheduler.writing.fairness.source import FairnessReport, Receipt
from scheduler.writing.phrases import counted


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One answer.

    Attributes:
        sign: «Oppfylt» or «Ikke oppfylt».
    """

    sign: str
    granted: bool
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WishLine:
    """One doctor's wishes, those that were refused first."""

    doctor: str
    granted: int
    refused: int
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
    lines.sort(key=lambda line: (-line.refused, -line.granted, line.doctor))
    granted = sum(line.granted for line in lines)
    wishes = counted(len(report.receipts), "ønske", "ønsker")
    return WishPart(
        f"{granted} av {wishes} er oppfylt." if lines else "Ingen har meldt ønsker.", tuple(lines)
    )


def _line(report: FairnessReport, doctor: str, own: list[Receipt]) -> WishLine:
    return WishLine(
        report.names[doctor],
        sum(receipt.granted for receipt in own),
        sum(not receipt.granted for receipt in own),
        tuple(
            ReceiptLine(
                "Oppfylt" if receipt.granted else "Ikke oppfylt",
                receipt.granted,
                receipt.sentence,
                receipt.reasons,
            )
            for receipt in sorted(own, key=lambda receipt: receipt.granted)
        ),
    )
