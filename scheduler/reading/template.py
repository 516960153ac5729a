"""An empty workbook with instructions, drop-downs and one worked example row a sheet."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from scheduler.domain.points import DEFAULT_RATES, HourClass
from scheduler.reading.book import Item, Note, build
from scheduler.reading.plan import FORMAT, VERSION
from scheduler.reading.rates import COLUMNS
from scheduler.reading.scalars import written
from scheduler.reading.sheets import GUIDE, PLAN, SETTINGS, all_sheets

LINES = (
    "Plan for legevakt og kommunale legeoppgaver",
    "Fyll ut ett ark om gangen, fra venstre mot høyre. Kolonner med fet overskrift må fylles ut.",
    "Hold musepekeren over en overskrift for å se hva som skal stå i kolonnen.",
    "Rader med «eksempel» i kolonnen «Merke» blir ikke lest. La dem stå, eller slett dem.",
    "En id er et kort navn du velger selv, for eksempel «kari» eller «natt». Andre ark viser til "
    "den, så bruk den samme skrivemåten overalt.",
    "Datoer skrives 27.03.2027, klokkeslett 15:30. Alle tider er norsk tid.",
    "Flere verdier i samme celle skilles med komma: «man, ons» eller «kveld, natt». "
    "«man–fre» er alle dagene fra mandag til fredag.",
    "En andel skrives 80 %, 0,8 eller 1/3.",
    "Et fravær eller ønske kan gjelde hele dager (05.07.2027) eller fra og til et klokkeslett "
    "(05.07.2027 12:00).",
    "På arket «Forrige plan» fører du opp vaktene slik de faktisk ble de siste 14 dagene før "
    "perioden. Uten dem kan hviletiden inn i perioden ikke kontrolleres.",
    "På arket «Belastningspoeng» står satsene i poeng per time. De er et forslag, og kommunen "
    "bestemmer: Endre tallene, eller sett inn en rad som gjelder én vakttype. Ett poeng er én time "
    "tilstedevakt på dagtid en vanlig hverdag.",
    "Skriv aldri diagnoser eller andre helseopplysninger. Grunnlaget for et fritak er nok.",
    "Egne notater kan du ha i ark som heter noe på «Notat». De blir ikke lest.",
)

EXAMPLES: dict[str, dict[str, Any]] = {
    PLAN: {
        "format": FORMAT,
        "version": VERSION,
        "title": "Vår 2027",
        "time_zone": "Europe/Oslo",
        "first_day": "2027-01-04",
        "last_day": "2027-06-20",
        "judged_on": "2026-11-21",
    },
    "districts": {"id": "nord", "name": "Nord legevaktdistrikt"},
    "municipalities": {
        "id": "fjell",
        "name": "Fjell",
        "inhabitants": 5000,
        "key": 0.4,
        "district": "nord",
    },
    "places": {
        "id": "legevakta",
        "name": "Fjell legevakt",
        "municipality": "fjell",
        "district": "nord",
    },
    "doctors": {
        "id": "kari",
        "name": "Kari Nordmann",
        "municipality": "fjell",
        "employment": "self_employed",
        "born": "1980-06-01",
        "office": "Fjell legesenter",
        "practice_share": 0.8,
        "opening_hours": [
            {"weekdays": ["mon", "tue", "wed", "thu"], "start": "08:00", "end": "15:30"}
        ],
        "agreement_from": "2015-08-01",
        "list_size": 950,
        "reach": ["legevakta"],
        "competence": {
            "specialist_from": "2016-03-01",
            "clinical_months": 180,
            "months_counted_on": "2026-11-21",
            "duties_done": 310,
            "emergency_course_from": "2023-05-10",
            "violence_course_from": "2023-05-12",
            "radio_from": "2020-01-15",
        },
        "limits": {"max_nights_per_month": 3, "not_weekdays": ["wed"]},
    },
    "exemptions": {
        "id": "f1",
        "doctor": "kari",
        "kind": "decision",
        "status": "granted",
        "decided_on": "2026-12-01",
        "valid_from": "2027-01-10",
        "valid_until": "2027-04-30",
        "reference": "2026/1234",
    },
    "patterns": {
        "id": "natt",
        "name": "Natt",
        "letter": "a",
        "presence": "on_site",
        "role": "primary",
        "place": "legevakta",
        "start": "23:00",
        "end": "08:00",
        "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        "red_days": "like_sunday",
        "eves": "like_weekday",
        "needed": 1,
        "duty_class": 3,
        "keep_together": ["weekend"],
    },
    "points": {"hours": "night", "pattern": "natt", "on_site": 2.5},
    "municipal_duties": {
        "id": "sykehjem",
        "name": "Tilsyn på sykehjemmet",
        "municipality": "fjell",
        "place": "legevakta",
        "kind": "nursing_home",
        "counts_in_cap": True,
        "continuity": "one_doctor",
    },
    "sessions": {
        "duty": "sykehjem",
        "weekdays": ["tue"],
        "start": "12:00",
        "end": "15:00",
        "every_weeks": 2,
        "from_week": "2027-W02",
    },
    "changed_duties": {"pattern": "natt", "date": "2027-02-13", "start": "22:00"},
    "school_terms": {
        "name": "Vår før påske",
        "first_day": "2027-01-04",
        "last_day": "2027-03-19",
    },
    "agreements": {
        "doctor": "kari",
        "duty": "sykehjem",
        "hours_per_week": 3,
        "signed": True,
        "valid_from": "2027-01-01",
    },
    "meetings": {
        "doctor": "kari",
        "kind": "administrative",
        "date": "2027-01-14",
        "start": "13:00",
        "end": "15:00",
        "every_weeks": 4,
    },
    "absences": {"doctor": "kari", "kind": "holiday", "start": "2027-02-22", "end": "2027-02-26"},
    "wishes": {
        "id": "ø1",
        "doctor": "kari",
        "attitude": "rather_not",
        "start": "2027-05-15",
        "whole_weekend": True,
        "weight": 3,
    },
    "pins": {"doctor": "kari", "pattern": "natt", "date": "2027-01-09", "works": True},
    "tail": {"doctor": "kari", "pattern": "natt", "date": "2026-12-30"},
    "ledger": {
        "doctor": "kari",
        "points": 2.5,
        "nights": 1,
        "weekends": 0,
        "great_holidays": 0,
        "holidays": {"christmas": 2025, "easter": 2024},
    },
    "published": {"doctor": "kari", "pattern": "natt", "date": "2027-01-09"},
    SETTINGS: {"rule": "rest_between_work", "parameter": "min_rest", "value": 8},
}


def template(notes: Iterable[Note] = ()) -> bytes:
    """The empty workbook, ready to be filled in.

    Args:
        notes: sheets to look things up in, such as the settings of the rules.
    """
    rows: dict[str, list[Item]] = {
        sheet.name: [(True, EXAMPLES[sheet.name])] for sheet in all_sheets()
    }
    rows["points"] += [(False, row) for row in default_points()]
    return build(rows, (GUIDE, LINES), notes)


def default_points() -> list[dict[str, Any]]:
    """The default rates as the rows of their sheet, so that a municipality sees and owns them."""
    return [
        {"hours": hours.value}
        | {name: written(Fraction(rate, 100)) for name, rate in zip(COLUMNS, rates, strict=True)}
        for hours, *rates in zip(
            HourClass,
            DEFAULT_RATES.on_site,
            DEFAULT_RATES.home,
            DEFAULT_RATES.backup,
            strict=True,
        )
    ]
