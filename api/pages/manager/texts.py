"""The manager's page."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Min kommune", "Kommunen min", "My municipality"),
    "none": Text("Ingen publiserte vaktplaner", "Ingen publiserte vaktplanar", "No rosters yet"),
    "none_text": Text(
        "Når en vaktplan er publisert, ser du her hvor belastet kommunens leger er, og om planen "
        "er lovlig.",
        "Når ein vaktplan er publisert, ser du her kor belasta legane i kommunen er, og om planen "
        "er lovleg.",
        "When a roster is published, you see here what your doctors bear, and whether it is "
        "lawful.",
    ),
    "roster": Text("Vaktplan", "Vaktplan", "Roster"),
    "show": Text("Vis", "Vis", "Show"),
    "grid": Text("Se hele vaktplanen", "Sjå heile vaktplanen", "See the whole roster"),
    "legality": Text("Lovlighet", "Lovlegheit", "Legality"),
    "lawful": Text(
        "Ingen regel er brutt. Kontrollen er gjort uavhengig av beregningen.",
        "Ingen regel er broten. Kontrollen er gjord uavhengig av utrekninga.",
        "No rule is broken. The check is independent of the calculation.",
    ),
    "unlawful": Text("Minst én regel er brutt.", "Minst éin regel er broten.", "A rule is broken."),
    "incomplete": Text(
        "Noen vakter står uten lege.", "Nokre vakter står utan lege.", "Some time is uncovered."
    ),
    "rule": Text("Regel", "Regel", "Rule"),
    "breaches": Text("Brudd", "Brot", "Broken"),
    "exceptions": Text("Unntak", "Unntak", "Exceptions"),
    "departures": Text("Avvik med pris", "Avvik med pris", "Priced departures"),
    "all_kept": Text(
        "Alle regler er fulgt uten unntak.",
        "Alle reglar er følgde utan unntak.",
        "All rules are kept without exception.",
    ),
    "burden": Text(
        "Belastningen på kommunens leger",
        "Belastinga på legane i kommunen",
        "What your doctors bear",
    ),
    "doctor": Text("Lege", "Lege", "Doctor"),
    "duties": Text("Vakter", "Vakter", "Duties"),
    "sum": Text("Kommunen", "Kommunen", "Municipality"),
    "of_all": Text("Alle kommuner", "Alle kommunar", "All municipalities"),
    "aim": Text("(mål {aim})", "(mål {aim})", "(aim {aim})"),
    "scenarios": Text("Scenarier", "Scenario", "Scenarios"),
    "no_scenarios": Text(
        "Koordinatoren har ikke delt noen scenarier.",
        "Koordinatoren har ikkje delt nokon scenario.",
        "The coordinator has shared no scenarios.",
    ),
    "changed": Text("Sist endret {when}", "Sist endra {when}", "Last changed {when}"),
}
