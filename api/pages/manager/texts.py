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
    "departures": Text("Avvik i kvalitet", "Avvik i kvalitet", "Departures in quality"),
    "kinds": Text(
        "Et brudd er en regel som ikke er fulgt: lov, avtale eller kommunens egen. En vakt uten "
        "lege teller også som brudd. Et unntak fra en hovedregel er lovlig der regelen selv åpner "
        "for det. Et avvik i kvalitet er også lovlig, men noe kommunen helst vil unngå.",
        "Eit brot er ein regel som ikkje er følgd: lov, avtale eller kommunen sin eigen. Ei vakt "
        "utan lege tel òg som brot. Eit unntak frå ein hovudregel er lovleg der regelen sjølv "
        "opnar for det. Eit avvik i kvalitet er òg lovleg, men noko kommunen helst vil unngå.",
        "A rule is broken where it is not kept: of law, of an agreement or of the municipality. "
        "A duty without a doctor counts as that too. An exception from a main rule is lawful where "
        "the rule itself allows it. A departure in quality is lawful too, but something that the "
        "municipality would rather avoid.",
    ),
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
    "others": Text(
        "Leger i andre kommuner har dekknavn i vaktplanen: «Lege A» er den samme hver gang.",
        "Legar i andre kommunar har dekknamn i vaktplanen: «Lege A» er den same kvar gong.",
        "Doctors of other municipalities have pseudonyms in the roster, the same each time.",
    ),
    "costs": Text(
        "Timer og utgifter for kommunen",
        "Timar og utgifter for kommunen",
        "Hours and costs of the municipality",
    ),
    "own_rates": Text("Kommunens egne satser", "Eigne satsar i kommunen", "Our own rates"),
    "unconfirmed": Text("Ikke bekreftet", "Ikkje stadfesta", "Not confirmed"),
    "no_costs": Text(
        "Ingenting i vaktplanen har en pris etter satsene i planen.",
        "Ingenting i vaktplanen har ein pris etter satsane i planen.",
        "Nothing in the roster has a price by the plan's rates.",
    ),
    "set_rates": Text(
        "Kommunen har ikke lagt inn egne timesatser. Be koordinatoren gjøre det under «Regler» på "
        "planens side, i «Utgifter til kommunalt arbeid».",
        "Kommunen har ikkje lagt inn eigne timesatsar. Be koordinatoren gjere det under «Reglar» "
        "på sida til planen, i «Utgifter til kommunalt arbeid».",
        "The municipality has not set hourly rates. Ask the coordinator to do so under “Rules” on "
        "the plan's page, in “Utgifter til kommunalt arbeid”.",
    ),
    "hours": Text("{hours} timer", "{hours} timar", "{hours} hours"),
    "hours_on_site": Text("Tilstedevakt", "Tilstadevakt", "Duty on site"),
    "hours_home": Text("Hjemmevakt", "Heimevakt", "Duty at home"),
    "hours_municipal": Text("Kommunalt arbeid", "Kommunalt arbeid", "Municipal work"),
    "hours_ordered": Text("Pålagt av dette", "Pålagt av dette", "Ordered of these"),
    "hours_lost": Text("Tapt kontortid", "Tapt kontortid", "Opening hours lost"),
    "lost_hint": Text(
        "Tapt kontortid er åpningstid som går med til vakt og hvile; fravær er ikke trukket fra.",
        "Tapt kontortid er opningstid som går med til vakt og kvile; fråvær er ikkje trekt frå.",
        "Opening hours lost are those that duties and rest take; absences are not deducted.",
    ),
    "memo_html": Text(
        "Les notatet til politisk behandling",
        "Les notatet til politisk behandling",
        "Read the memo for the council",
    ),
    "memo_pdf": Text("Last ned som PDF", "Last ned som PDF", "Download as PDF"),
    "compared": Text("Sammenlignet {when}", "Samanlikna {when}", "Compared {when}"),
    "old_memo": Text(
        "Planen eller alternativene er endret siden. Be koordinatoren sammenligne på nytt.",
        "Planen eller alternativa er endra sidan. Be koordinatoren samanlikne på nytt.",
        "The plan or the alternatives have changed since. Ask the coordinator to compare again.",
    ),
    "not_compared": Text(
        "Alternativene er ikke sammenlignet ennå, så det er ikke noe notat.",
        "Alternativa er ikkje samanlikna enno, så det er ikkje noko notat.",
        "The alternatives have not been compared yet, so there is no memo.",
    ),
    "alternatives": Text(
        ("{n} alternativ", "{n} alternativer"),
        ("{n} alternativ", "{n} alternativ"),
        ("{n} alternative", "{n} alternatives"),
    ),
    "scenarios": Text("Scenarier", "Scenario", "Scenarios"),
    "no_scenarios": Text(
        "Koordinatoren har ikke delt noen scenarier.",
        "Koordinatoren har ikkje delt nokon scenario.",
        "The coordinator has shared no scenarios.",
    ),
    "changed": Text("Sist endret {when}", "Sist endra {when}", "Last changed {when}"),
}
