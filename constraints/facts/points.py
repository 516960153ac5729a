"""What the default rates of burden points lean on, and how little of it is law (S-13, W-07)."""

from constraints.law import Act, LawRef, Source
from scheduler.rule import Citation, Confidence

RATE_BASIS: tuple[tuple[str, Citation | None], ...] = (
    (
        "Ingen lov eller avtale fastsetter belastningspoeng. Satsene er kommunens valg, også der "
        "de følger standarden.",
        None,
    ),
    (
        "Standarden for hjemmevakt er en firedel av tilstedevakt (S-13), avrundet. Forholdet "
        "kommer fra et krav i forhandlinger og er ikke rett.",
        Source("Legeforeningens krav i forhandlinger, ikke rett"),
    ),
    (
        "Standarden for bakvakt hjemme er en sjudel av tilstedevakt (W-07), avrundet. Så mye "
        "regnes vakt utenfor arbeidsstedet minst som arbeidstid; regelen gjelder ikke belastning.",
        LawRef(Act.AML, "10-4", section=3, confidence=Confidence.SECONDARY),
    ),
)
"""What is to be said beside the table of rates, with the source where there is one."""
