"""What a doctor is told when duties move, in bokmål."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.duty import Duty
from scheduler.writing.phrases import counted, duty_text

_MOST = 60  # duties of a kind in one message


@dataclass(frozen=True, slots=True)
class Telling:
    """What there is to tell one doctor.

    Attributes:
        name: of the doctor.
        title: of the roster.
        first: it was not published before.
        gained, lost: in order of time; future ones only.
    """

    name: str
    title: str
    first: bool
    gained: tuple[Duty, ...]
    lost: tuple[Duty, ...]


def told(telling: Telling) -> tuple[str, str]:
    """Subject and body."""
    if telling.first:
        subject = f"Vaktplanen «{telling.title}» er publisert"
        opening = f"Vaktplanen «{telling.title}» er publisert. Du har {_many(telling.gained)}:"
    else:
        subject = f"Vaktene dine i «{telling.title}» er endret"
        opening = f"Vaktplanen «{telling.title}» er endret. Dette gjelder dine vakter:"
    lines = [f"Hei, {telling.name}!", "", opening, ""]
    lines += _listed("+", telling.gained)
    lines += _listed("−", telling.lost)
    lines += [
        "",
        "Vaktplanen i Rettvakt er den som gjelder. Abonnerer du på kalenderen, kan det ta inntil "
        "et døgn før endringen vises der.",
    ]
    return " ".join(subject.split()), "\n".join(lines) + "\n"


def _many(duties: tuple[Duty, ...]) -> str:
    return counted(len(duties), "vakt eller økt", "vakter og økter")


def _listed(sign: str, duties: tuple[Duty, ...]) -> Iterator[str]:
    for duty in duties[:_MOST]:
        yield f"{sign} {duty_text(duty)}"
    if len(duties) > _MOST:
        yield f"{sign} og {len(duties) - _MOST} til"
