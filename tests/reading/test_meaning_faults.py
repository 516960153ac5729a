"""Every fault of meaning that a plan can have, with its place and its sentence."""

import pytest

from tests.reading.plans import Change, Document, exemption, faults, small, the_fault

FAULTS: list[tuple[str, Change, str, str]] = [
    (
        "period that ends before it begins",
        lambda d: d.update(last_day="2027-02-28"),
        "last_day",
        "Perioden slutter før den begynner.",
    ),
    (
        "period of many years",
        lambda d: d.update(last_day="2037-02-28"),
        "last_day",
        "Perioden er på 3653 dager; en plan kan ha 800.",
    ),
    (
        "same id twice",
        lambda d: d["doctors"].append(dict(d["doctors"][1])),
        "doctors[2].id",
        "Id-en er allerede brukt (doctors[1]).",
    ),
    (
        "pattern and municipal duty of one id",
        lambda d: (
            d["municipal_duties"][0].update(id="natt"),
            d.pop("sessions"),
            d.pop("agreements"),
        ),
        "municipal_duties[0].id",
        "Id-en er allerede brukt (patterns[0]).",
    ),
    (
        "unknown doctor",
        lambda d: d["wishes"][0].update(doctor="kåri"),
        "wishes[0].doctor",
        "Id-en finnes ikke under «Leger».",
    ),
    (
        "unknown place",
        lambda d: d["doctors"][0].update(reach=["lv", "xx"]),
        "doctors[0].reach[1]",
        "Id-en finnes ikke under «Steder».",
    ),
    (
        "unknown pattern that is backed up",
        lambda d: d["patterns"][1].update(backs_up=["nat"]),
        "patterns[1].backs_up[0]",
        "Id-en finnes ikke under «Vakttyper».",
    ),
    (
        "pattern of no length",
        lambda d: d["patterns"][1].update(ends_after_days=0),
        "patterns[1].end",
        "Vakten slutter før eller idet den begynner.",
    ),
    (
        "primary that backs up",
        lambda d: d["patterns"][1].update(role="primary"),
        "patterns[1].role",
        "Bare en bakvakt kan være bakvakt for andre.",
    ),
    (
        "backup of itself",
        lambda d: d["patterns"][1].update(backs_up=["bak"]),
        "patterns[1].backs_up",
        "En vakttype kan ikke være bakvakt for seg selv.",
    ),
    (
        "no duty at all",
        lambda d: (
            [
                d.pop(k)
                for k in (
                    "patterns",
                    "municipal_duties",
                    "sessions",
                    "agreements",
                    "pins",
                    "published",
                    "tail",
                )
            ]
            and d["doctors"][0]["limits"].pop("not_patterns")
        ),
        "patterns",
        "Planen har verken vakttyper eller kommunale oppgaver.",
    ),
    (
        "born in the future",
        lambda d: d["doctors"][1].update(born="2030-01-01"),
        "doctors[1].born",
        "Fødselsdatoen ligger fram i tid.",
    ),
    (
        "a child as doctor",
        lambda d: d["doctors"][1].update(born="2007-03-02"),
        "doctors[1].born",
        "Legen er under 20 eller over 100 år i perioden.",
    ),
    (
        "over a hundred",
        lambda d: d["doctors"][1].update(born="1927-04-30"),
        "doctors[1].born",
        "Legen er under 20 eller over 100 år i perioden.",
    ),
    (
        "specialist as a child",
        lambda d: d["doctors"][0]["competence"].update(specialist_from="1990-01-01"),
        "doctors[0].competence.specialist_from",
        "Dagen ligger før legen fylte 20 år.",
    ),
    (
        "agreement that ends before it begins",
        lambda d: d["doctors"][0].update(agreement_from="2027-04-01", agreement_until="2027-03-31"),
        "doctors[0].agreement_until",
        "Siste dag ligger før første dag (01.04.2027).",
    ),
    (
        "office that closes before it opens",
        lambda d: d["doctors"][0]["opening_hours"][0].update(end="08:00"),
        "doctors[0].opening_hours[0].end",
        "Kontoret stenger før det åpner.",
    ),
    (
        "two openings at once",
        lambda d: d["doctors"][0]["opening_hours"][1].update(weekdays=["thu"]),
        "doctors[0].opening_hours[0]",
        "To åpningstider samme dag overlapper.",
    ),
    (
        "age right without its first day",
        lambda d: d.update(exemptions=[exemption("age", "claimed")]),
        "exemptions[0].claimed_from",
        "Et fritak av dette slaget trenger første dag retten er krevd for.",
    ),
    (
        "pregnancy without its term",
        lambda d: d.update(
            exemptions=[exemption("pregnancy", "claimed", claimed_from="2027-03-01")]
        ),
        "exemptions[0].term",
        "Et fritak av dette slaget trenger termindatoen.",
    ),
    (
        "nursing without the child's birth",
        lambda d: d.update(exemptions=[exemption("nursing", "claimed", claimed_from="2027-03-01")]),
        "exemptions[0].birth",
        "Et fritak av dette slaget trenger barnets fødselsdato.",
    ),
    (
        "decision without its first day",
        lambda d: d["exemptions"][0].pop("valid_from"),
        "exemptions[0].valid_from",
        "Et fritak av dette slaget trenger første dag vedtaket gjelder.",
    ),
    (
        "promise without its day",
        lambda d: d.update(exemptions=[exemption("recruitment", "granted")]),
        "exemptions[0].decided_on",
        "Et fritak av dette slaget trenger datoen for det skriftlige løftet.",
    ),
    (
        "birth in the future",
        lambda d: d.update(
            exemptions=[
                exemption("nursing", "claimed", claimed_from="2027-03-01", birth="2027-02-01")
            ]
        ),
        "exemptions[0].birth",
        "Fødselsdatoen ligger fram i tid.",
    ),
    (
        "exemption that ends before it begins",
        lambda d: d["exemptions"][0].update(valid_until="2027-01-09"),
        "exemptions[0].valid_until",
        "Siste dag ligger før første dag (10.01.2027).",
    ),
    (
        "session that ends before it begins",
        lambda d: d["sessions"][0].update(end="11:00"),
        "sessions[0].end",
        "Økten slutter før eller idet den begynner.",
    ),
    (
        "week 53 of a year that has none",
        lambda d: d["sessions"][0].update(from_week="2027-W53"),
        "sessions[0].from_week",
        "Denne uken finnes ikke.",
    ),
    (
        "school terms that nobody wrote",
        lambda d: (d["sessions"][0].update(term_only=True), d.pop("school_terms")),
        "sessions[0].term_only",
        "Økten holdes bare i skoletiden, men skoletiden er ikke oppgitt.",
    ),
    (
        "meeting of no length",
        lambda d: d["meetings"][0].update(end="13:00"),
        "meetings[0].end",
        "Møtet slutter før eller idet det begynner.",
    ),
    (
        "absence that ends before it begins",
        lambda d: d["absences"][1].update(end="2027-03-03T12:00"),
        "absences[1].end",
        "Tidsrommet slutter før eller idet det begynner.",
    ),
    (
        "pin outside the period",
        lambda d: d["pins"][0].update(date="2027-05-01"),
        "pins[0].date",
        "Dagen ligger utenfor perioden (01.03.2027–30.04.2027).",
    ),
    (
        "pin of a duty that is not",
        lambda d: d["pins"][0].update(pattern="bak"),
        "pins[0].date",
        "«Bakvakt» har ingen vakt eller økt som begynner da.",
    ),
    (
        "pins that contradict",
        lambda d: d["pins"].append(d["pins"][0] | {"works": False}),
        "pins[1]",
        "To låser sier det motsatte av hverandre.",
    ),
    (
        "pin twice",
        lambda d: d["pins"].append(dict(d["pins"][0])),
        "pins[1]",
        "Låsen står to ganger.",
    ),
    (
        "published twice",
        lambda d: d["published"].append(dict(d["published"][0])),
        "published[1]",
        "Vakten står to ganger.",
    ),
    (
        "tail in the period",
        lambda d: d["tail"].append({"doctor": "åse", "pattern": "natt", "date": "2027-03-01"}),
        "tail[2].date",
        "Forrige plan må ligge før perioden begynner (01.03.2027).",
    ),
    (
        "tail that overlaps itself",
        lambda d: d["tail"].append({"doctor": "kari", "pattern": "bak", "date": "2027-02-27"}),
        "tail[1].date",
        "Vakten overlapper en annen vakt som samme lege hadde (tail[2]).",
    ),
    (
        "two accounts",
        lambda d: d["ledger"].append({"doctor": "kari"}),
        "ledger[1].doctor",
        "Legen har to kontoer.",
    ),
    (
        "holiday of the future",
        lambda d: d["ledger"][0]["holidays"].update(christmas=2028),
        "ledger[0].holidays.christmas",
        "Året ligger fram i tid.",
    ),
    (
        "keys that do not add up",
        lambda d: d["municipalities"][0].update(key=0.9),
        "municipalities[0].key",
        "Fordelingsnøklene blir til sammen ikke 100 %.",
    ),
    (
        "key for some",
        lambda d: (
            d["municipalities"][0].update(key=1),
            d["municipalities"].append({"id": "dal", "name": "Dal", "inhabitants": 1}),
        ),
        "municipalities[1].key",
        "Fordelingsnøkkelen mangler for denne kommunen, men er oppgitt for andre.",
    ),
    (
        "unknown rule",
        lambda d: d["settings"].update(rest_between_wrk={"hours": 8}),
        "settings.rest_between_wrk",
        "Regelen er ukjent.",
    ),
    (
        "unknown parameter",
        lambda d: d["settings"]["rest_between_work"].update(hors=8),
        "settings.rest_between_work.hors",
        "Innstillingen er ukjent.",
    ),
    (
        "parameter out of range",
        lambda d: d["settings"]["rest_between_work"].update(hours=7),
        "settings.rest_between_work.hours",
        "«Hvile» må være mellom 8 og 11 timer.",
    ),
    (
        "no whole number",
        lambda d: d["settings"]["rest_between_work"].update(hours=8.5),
        "settings.rest_between_work.hours",
        "«Hvile» må være et helt tall.",
    ),
    (
        "not one of the choices",
        lambda d: d["settings"]["rest_between_work"].update(counts="class 2"),
        "settings.rest_between_work.counts",
        "«Hjemmevakt som hvile» kan ikke ha denne verdien.",
    ),
    (
        "fixed by law",
        lambda d: d["settings"]["rest_between_work"].update(right_age=62),
        "settings.rest_between_work.right_age",
        "«Aldersgrense» er fastsatt og kan ikke endres (60).",
    ),
    (
        "number for a switch",
        lambda d: d["settings"]["weights"].update(on=1),
        "settings.weights.on",
        "«I bruk» har en verdi av feil slag.",
    ),
    (
        "no value where one must be",
        lambda d: d["settings"]["rest_between_work"].update(hours=None),
        "settings.rest_between_work.hours",
        "«Hvile» må ha en verdi.",
    ),
    (
        "unknown key of a table",
        lambda d: d["settings"]["weights"].update(by_class={"5": 1}),
        "settings.weights.by_class",
        "Nøkkelen «5» er ukjent.",
    ),
    (
        "table for a number",
        lambda d: d["settings"]["weights"].update(limit={"a": 1}),
        "settings.weights.limit",
        "«Grense» har bare én verdi.",
    ),
    (
        "number for a table",
        lambda d: d["settings"]["weights"].update(by_class=1),
        "settings.weights.by_class",
        "«Vekt etter vaktklasse» har flere verdier.",
    ),
    (
        "word for a number",
        lambda d: d["settings"]["rest_between_work"].update(hours="mange"),
        "settings.rest_between_work.hours",
        "«Hvile» må være et tall.",
    ),
    (
        "table with a value out of range",
        lambda d: d["settings"]["weights"].update(by_class={"1": 6}),
        "settings.weights.by_class",
        "«Vekt etter vaktklasse» må være mellom 0 og 5.",
    ),
    (
        "open limit out of range",
        lambda d: d["settings"]["weights"].update(limit=11),
        "settings.weights.limit",
        "«Grense» må være mellom 1 og 10 vakter.",
    ),
]


@pytest.mark.parametrize(
    ("change", "place", "problem"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_fault(change: Change, place: str, problem: str) -> None:
    fault = the_fault(small(change))
    assert (fault.place, fault.problem) == (place, problem)
    assert fault.remedy.endswith((".", "?"))


def test_a_near_miss_is_offered() -> None:
    fault = the_fault(small(lambda d: d["pins"][0].update(doctor="ase")))
    assert fault.remedy == "Mente du «åse»? Rett id-en, eller legg den til."
    assert fault.value == "ase"


def test_all_faults_of_meaning_are_told_at_once() -> None:
    def spoil(d: Document) -> None:
        d["doctors"][1]["born"] = "2030-01-01"
        d["pins"][0]["date"] = "2028-01-01"
        d["settings"]["rest_between_work"]["hours"] = 40
        d["wishes"][0]["doctor"] = "ukjent"
        d["patterns"][1]["ends_after_days"] = 0

    assert [fault.place for fault in faults(small(spoil))] == [
        "wishes[0].doctor",
        "doctors[1].born",
        "patterns[1].end",
        "settings.rest_between_work.hours",
        "pins[0].date",
    ]
