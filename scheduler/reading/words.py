"""The bokmål words of the workbook for the format's English ones, each way."""

from collections.abc import Mapping
from enum import StrEnum

from scheduler.calendar_words import WEEKDAYS
from scheduler.domain.doctor import AbsenceKind, Employment, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Continuity, Presence, Role
from scheduler.domain.points import HourClass
from scheduler.domain.problem import Attitude, MeetingKind
from scheduler.reading.faults import listed, meant
from scheduler.reading.scalars import Block, Eves, RedDays, ShiftLetter, Weekday, Work, tidy

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Weekday: {
        Weekday.MON: "man",
        Weekday.TUE: "tir",
        Weekday.WED: "ons",
        Weekday.THU: "tor",
        Weekday.FRI: "fre",
        Weekday.SAT: "lør",
        Weekday.SUN: "søn",
    },
    ShiftLetter: {ShiftLetter.A: "a", ShiftLetter.B: "b"},
    Presence: {Presence.ON_SITE: "tilstedevakt", Presence.HOME: "hjemmevakt"},
    HourClass: {
        HourClass.DAY: "dag",
        HourClass.EVENING: "kveld",
        HourClass.NIGHT: "natt",
        HourClass.WEEKEND: "helg",
        HourClass.RED_DAY: "rød dag",
        HourClass.EVE: "aften",
        HourClass.GREAT_HOLIDAY: "høytid",
    },
    Role: {Role.PRIMARY: "forvakt", Role.BACKUP: "bakvakt"},
    Employment: {
        Employment.SELF_EMPLOYED: "næringsdrivende",
        Employment.EMPLOYED: "fast ansatt",
        Employment.LOCUM: "vikar",
        Employment.LIS1: "LIS1",
        Employment.HIRED: "innleid",
    },
    ExemptionKind: {
        ExemptionKind.AGE: "alder",
        ExemptionKind.PREGNANCY: "graviditet",
        ExemptionKind.NURSING: "amming",
        ExemptionKind.DECISION: "vedtak",
        ExemptionKind.NEED: "flere leger enn behovet",
        ExemptionKind.RECRUITMENT: "lovet ved ansettelsen",
    },
    ExemptionStatus: {
        ExemptionStatus.CLAIMED: "krevd",
        ExemptionStatus.APPLIED: "søkt",
        ExemptionStatus.GRANTED: "innvilget",
        ExemptionStatus.REFUSED: "avslått",
        ExemptionStatus.ENDED: "avsluttet",
    },
    AbsenceKind: {
        AbsenceKind.HOLIDAY: "ferie",
        AbsenceKind.COURSE: "kurs",
        AbsenceKind.SICK: "sykdom",
        AbsenceKind.PARENTAL: "foreldrepermisjon",
        AbsenceKind.OTHER: "annet",
    },
    Continuity: {
        Continuity.ANY: "uten betydning",
        Continuity.FEW_DOCTORS: "få leger",
        Continuity.ONE_DOCTOR: "én fast lege",
    },
    MeetingKind: {
        MeetingKind.ADMINISTRATIVE: "administrativt møte",
        MeetingKind.PATIENT: "pasientmøte",
        MeetingKind.DIALOGUE: "dialogmøte",
    },
    Attitude: {
        Attitude.WANT: "vil gjerne",
        Attitude.RATHER_NOT: "helst ikke",
        Attitude.CANNOT: "kan ikke",
    },
    RedDays: {
        RedDays.LIKE_SUNDAY: "som søndag",
        RedDays.LIKE_WEEKDAY: "som ukedagen",
        RedDays.NEVER: "aldri",
        RedDays.ONLY: "bare da",
    },
    Eves: {
        Eves.LIKE_WEEKDAY: "som ukedagen",
        Eves.LIKE_SATURDAY: "som lørdag",
        Eves.LIKE_SUNDAY: "som søndag",
        Eves.NEVER: "aldri",
        Eves.ONLY: "bare da",
    },
    Block: {
        # No «1. mai» or «17. mai»: a spreadsheet would turn them into dates.
        Block.WEEKEND: "helg",
        Block.WEEK: "uke",
        Block.HOLIDAY: "hver høytid",
        Block.CHRISTMAS: "jul",
        Block.NEW_YEAR: "nyttår",
        Block.EASTER: "påske",
        Block.LABOUR_DAY: "arbeidernes dag",
        Block.CONSTITUTION_DAY: "grunnlovsdagen",
        Block.ASCENSION: "Kristi himmelfart",
        Block.WHITSUN: "pinse",
    },
    Work: {
        Work.NURSING_HOME: "sykehjem",
        Work.CHILD_HEALTH: "helsestasjon",
        Work.SCHOOL_HEALTH: "skolehelsetjeneste",
        Work.REFUGEE_HEALTH: "flyktninghelsetjeneste",
        Work.PRISON: "fengsel",
        Work.EMERGENCY_WARD: "kommunal akutt døgnenhet",
        Work.REHABILITATION: "rehabilitering",
        Work.OTHER: "annet",
    },
}


class UnknownWordError(ValueError):
    """A word that the workbook does not know.

    Attributes:
        remedy: what could have been meant.
    """

    def __init__(self, word: str, known: tuple[str, ...]) -> None:
        """Offer the nearest word, and all of them."""
        self.word = word
        self.remedy = f"{meant(word, known)} Velg mellom {listed(known)}.".strip()
        super().__init__(word)


def word(member: StrEnum) -> str:
    """The bokmål word of a member."""
    return WORDS[type(member)][member]


def member(kind: type[StrEnum], text: str) -> StrEnum:
    """The member that a bokmål word means; capitals and spaces do not matter.

    Raises:
        UnknownWordError: no member has this word.
    """
    asked = tidy(text).casefold()
    known = {w.casefold(): m for m, w in WORDS[kind].items()}
    if kind is Weekday:
        known |= dict(zip(WEEKDAYS, Weekday, strict=True))
        asked = asked.removesuffix(".")
    if asked in known:
        return known[asked]
    raise UnknownWordError(tidy(text), tuple(WORDS[kind].values()))
