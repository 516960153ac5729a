"""The words of calendar feeds in bokmål, nynorsk and English; names are the municipality's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.duty import Letter, Presence, Role
from scheduler.writing.wording import LETTERS, PRESENCES, ROLES, UNCOVERED, number


@dataclass(frozen=True, slots=True)
class Words:
    """What a feed says beside names, in one language.

    Attributes:
        duties, roster, holes, district: titles of feeds.
        busy: all that a feed of busy time tells.
        uncovered: stands where a doctor lacks.
        hours: one, and several.
        forward, back: the clocks are changed during the duty.
        decimal: sign between a number and its decimals.
    """

    language: str
    duties: str
    roster: str
    holes: str
    district: str
    busy: str
    uncovered: str
    letters: Mapping[Letter, str]
    presences: Mapping[Presence, str]
    roles: Mapping[Role, str]
    hours: tuple[str, str]
    forward: str
    back: str
    decimal: str = ","

    def lasting(self, minutes: float) -> str:
        """«7,5 timer», «1 time»."""
        value = round(minutes / 60, 2)
        word = self.hours[0] if value == 1 else self.hours[1]
        return f"{number(value).replace(',', self.decimal)} {word}"


BOKMAL = Words(
    language="nb",
    duties="Vakter",
    roster="Vaktplan",
    holes="Udekkede vakter",
    district="Legevakt",
    busy="Opptatt",
    uncovered=UNCOVERED,
    letters=LETTERS,
    presences=PRESENCES,
    roles=ROLES,
    hours=("time", "timer"),
    forward="Klokka stilles fram i løpet av vakten.",
    back="Klokka stilles tilbake i løpet av vakten.",
)
NYNORSK = Words(
    language="nn",
    duties="Vakter",
    roster="Vaktplan",
    holes="Udekte vakter",
    district="Legevakt",
    busy="Oppteken",
    uncovered="UDEKT",
    letters={
        Letter.OUT_OF_HOURS: "legevakt",
        Letter.DAYTIME: "daglegevakt",
        Letter.MUNICIPAL: "kommunal oppgåve",
    },
    presences={Presence.ON_SITE: "tilstadevakt", Presence.HOME: "heimevakt"},
    roles=ROLES,
    hours=("time", "timar"),
    forward="Klokka blir stilt fram i løpet av vakta.",
    back="Klokka blir stilt tilbake i løpet av vakta.",
)
ENGLISH = Words(
    language="en",
    duties="Duties",
    roster="Roster",
    holes="Uncovered duties",
    district="Legevakt",
    busy="Busy",
    uncovered="UNCOVERED",
    letters={
        Letter.OUT_OF_HOURS: "out-of-hours duty",
        Letter.DAYTIME: "daytime emergency duty",
        Letter.MUNICIPAL: "municipal duty",
    },
    presences={Presence.ON_SITE: "on-site duty", Presence.HOME: "home duty"},
    roles={Role.PRIMARY: "primary", Role.BACKUP: "backup"},
    hours=("hour", "hours"),
    forward="The clocks go forward during the duty.",
    back="The clocks go back during the duty.",
    decimal=".",
)
LANGUAGES: Mapping[str, Words] = {own.language: own for own in (BOKMAL, NYNORSK, ENGLISH)}
