"""The desk of a roster: a duty and who could take it, findings, versions."""

from collections.abc import Mapping

from api.pages.catalogue import Text

TEXTS: Mapping[str, Text] = {
    "parts": Text("Sider om vaktplanen", "Sider om vaktplanen", "Pages of the roster"),
    "part_grid": Text("Vaktplan", "Vaktplan", "Roster"),
    "part_findings": Text("Funn", "Funn", "Findings"),
    "part_legality": Text("Lovlighet", "Lovlegheit", "Legality"),
    "part_fairness": Text("Fordeling", "Fordeling", "Fairness"),
    "part_receipts": Text("Ønsker", "Ønske", "Wishes"),
    "part_versions": Text("Versjoner", "Versjonar", "Versions"),
    "part_repair": Text("Noen er borte", "Nokon er borte", "Somebody is away"),
    "part_hearing": Text("Høring", "Høyring", "Hearing"),
    "part_publish": Text("Publisering", "Publisering", "Publication"),
    "seen_from": Text("Sett fra", "Sett frå", "Seen from"),
    "side_doctors": Text("Leger", "Legar", "Doctors"),
    "side_patterns": Text("Vakttyper", "Vakttypar", "Shift patterns"),
    "by_pattern": Text(
        "Vaktplan, dager nedover og vakttyper bortover",
        "Vaktplan, dagar nedover og vakttypar bortover",
        "Roster, days down and shift patterns across",
    ),
    "day": Text("Dag", "Dag", "Day"),
    "sum_year": Text("I år", "I år", "Year"),
    "sum_year_title": Text(
        "Poeng i det året vaktplanen begynner: i denne vaktplanen, og i tidligere perioder som er "
        "avsluttet i vaktkontoen. Hver vakt regnes med i det året den begynner.",
        "Poeng i det året vaktplanen byrjar: i denne vaktplanen, og i tidlegare periodar som er "
        "avslutta i vaktkontoen. Kvar vakt er rekna med i det året ho byrjar.",
        "Points in the year in which the roster begins: in this roster, and in earlier periods "
        "that the ledger has closed. Each duty counts in the year in which it begins.",
    ),
    "sum_aim": Text("Mål", "Mål", "Target"),
    "nobody": Text("ingen", "ingen", "nobody"),
    "lacks": Text(
        ("mangler {n} lege", "mangler {n} leger"),
        ("manglar {n} lege", "manglar {n} legar"),
        ("lacks {n} doctor", "lacks {n} doctors"),
    ),
    "older": Text(
        "Du ser versjon {number}. Den nyeste er versjon {newest}.",
        "Du ser versjon {number}. Den nyaste er versjon {newest}.",
        "This is version {number}. The newest one is version {newest}.",
    ),
    "to_newest": Text("Se den nyeste", "Sjå den nyaste", "See the newest"),
    "back_to": Text(
        "Tilbake til versjon {number}", "Tilbake til versjon {number}", "Back to version {number}"
    ),
    "restored": Text(
        "Vaktplanen er igjen slik den var i versjon {number}.",
        "Vaktplanen er igjen slik han var i versjon {number}.",
        "The roster is again what it was in version {number}.",
    ),
    "nothing_restored": Text(
        "Vaktplanen er allerede slik den var i versjon {number}.",
        "Vaktplanen er allereie slik han var i versjon {number}.",
        "The roster is already what it was in version {number}.",
    ),
    "see_findings": Text("Se funnene", "Sjå funna", "See the findings"),
    "duty": Text("Vakt", "Vakt", "Duty"),
    "close": Text("Lukk", "Lukk", "Close"),
    "block": Text(
        ("{n} vakt som tas samlet.", "{n} vakter som tas samlet."),
        ("{n} vakt som blir teken samla.", "{n} vakter som blir tekne samla."),
        ("{n} duty that is taken together.", "{n} duties that are taken together."),
    ),
    "has_it": Text("Har vakten", "Har vakta", "Has the duty"),
    "asked_about": Text("vurderes nå", "blir vurdert no", "looked at now"),
    "ask_about": Text(
        "Hvem kan overta for {name}?", "Kven kan ta over for {name}?", "Who could replace {name}?"
    ),
    "choose_holder": Text(
        "Flere har vakten sammen. Velg hvem som skal byttes ut.",
        "Fleire har vakta saman. Vel kven som skal bytast ut.",
        "Several have this duty together. Choose who is to be replaced.",
    ),
    "take_away": Text("Ta vakten fra {name}", "Ta vakta frå {name}", "Take it from {name}"),
    "give_to": Text("Gi vakten til {name}", "Gi vakta til {name}", "Give it to {name}"),
    "give_anyway": Text(
        "Gi den til {name} likevel …", "Gi ho til {name} likevel …", "Give it to {name} anyway …"
    ),
    "why": Text("Hvorfor {name}?", "Kvifor {name}?", "Why {name}?"),
    "why_hole": Text(
        "Finn ut hvorfor ingen har den", "Finn ut kvifor ingen har ho", "Find out why nobody has it"
    ),
    "pinned": Text(
        "Vakten er låst til legen i planen.",
        "Vakta er låst til legen i planen.",
        "The plan pins the duty to this doctor.",
    ),
    "with_it": Text("Uten og med vakten:", "Utan og med vakta:", "Without and with the duty:"),
    "rules_asked": Text(
        "Reglene som ligger nærmest grensen:",
        "Reglane som ligg nærast grensa:",
        "The rules closest to their limit:",
    ),
    "limit": Text("grense {limit}", "grense {limit}", "limit {limit}"),
    "can_take": Text(
        ("{n} lege kan ta den", "{n} leger kan ta den"),
        ("{n} lege kan ta ho", "{n} legar kan ta ho"),
        ("{n} doctor can take it", "{n} doctors can take it"),
    ),
    "cannot_take": Text(
        ("{n} lege kan ikke ta den", "{n} leger kan ikke ta den"),
        ("{n} lege kan ikkje ta ho", "{n} legar kan ikkje ta ho"),
        ("{n} doctor cannot take it", "{n} doctors cannot take it"),
    ),
    "nobody_can": Text(
        "Ingen andre kan ta den slik planen ellers er.",
        "Ingen andre kan ta ho slik planen elles er.",
        "Nobody else can take it while all else stands.",
    ),
    "standing_can": Text("kan", "kan", "can"),
    "standing_with_exception": Text("kan med unntak", "kan med unntak", "can, with an exception"),
    "whole_later": Text(
        "Om planen blir bedre, regnes ut …",
        "Om planen blir betre, blir rekna ut …",
        "Whether the roster gets better is being worked out …",
    ),
    "whole_failed": Text(
        "Om planen blir bedre, lot seg ikke regne ut.",
        "Om planen blir betre, let seg ikkje rekne ut.",
        "Whether the roster gets better could not be worked out.",
    ),
    "whole_better": Text("planen blir bedre", "planen blir betre", "better roster"),
    "whole_equal": Text("planen blir like god", "planen blir like god", "equally good roster"),
    "whole_worse": Text("planen blir dårligere", "planen blir dårlegare", "worse roster"),
    "whole_forbidden": Text("bryter en regel", "bryt ein regel", "breaks a rule"),
    "wish_want": Text("ønsker den", "ønskjer ho", "wants it"),
    "wish_rather_not": Text("helst ikke", "helst ikkje", "rather not"),
    "wish_cannot": Text("sier nei", "seier nei", "says no"),
    "rest_before": Text(
        "Hvile før: {hours} timer.", "Kvile før: {hours} timar.", "Rest: {hours} h before."
    ),
    "rest_after": Text("Etter: {hours} timer.", "Etter: {hours} timar.", "{hours} h after."),
    "ordered": Text(
        "Pålagte timer: {hours}.", "Pålagde timar: {hours}.", "Ordered hours: {hours}."
    ),
    "points_from_to": Text(
        "{before} → {after} poeng", "{before} → {after} poeng", "{before} → {after} points"
    ),
    "aim_is": Text("(mål {aim}).", "(mål {aim}).", "(target {aim})."),
    "found_exception": Text("Unntak:", "Unntak:", "Exception:"),
    "found_wish": Text("Ønske:", "Ønske:", "Wish:"),
    "found_breach": Text("Brudd:", "Brot:", "Breach:"),
    "given_well": Text(
        "{who} har fått vakten {duty}.", "{who} har fått vakta {duty}.", "{who} now has {duty}."
    ),
    "given_with": Text(
        (
            "{who} har fått vakten {duty}. Det gir {n} unntak fra en hovedregel eller et ønske.",
            "{who} har fått vakten {duty}. Det gir {n} unntak fra hovedregler eller ønsker.",
        ),
        (
            "{who} har fått vakta {duty}. Det gir {n} unntak frå ein hovudregel eller eit ønske.",
            "{who} har fått vakta {duty}. Det gir {n} unntak frå hovudreglar eller ønske.",
        ),
        (
            "{who} now has {duty}. It brings {n} departure from a main rule or a wish.",
            "{who} now has {duty}. It brings {n} departures from main rules or wishes.",
        ),
    ),
    "given_unlawful": Text(
        (
            "{who} har fått vakten {duty}. Det gir {n} regelbrudd.",
            "{who} har fått vakten {duty}. Det gir {n} regelbrudd.",
        ),
        (
            "{who} har fått vakta {duty}. Det gir {n} regelbrot.",
            "{who} har fått vakta {duty}. Det gir {n} regelbrot.",
        ),
        (
            "{who} now has {duty}. It brings {n} breach.",
            "{who} now has {duty}. It brings {n} breaches.",
        ),
    ),
    "taken_away_well": Text(
        "{who} har ikke lenger vakten {duty}.",
        "{who} har ikkje lenger vakta {duty}.",
        "{who} no longer has {duty}.",
    ),
    "taken_away_with": Text(
        (
            "{who} har ikke lenger vakten {duty}. Det gir {n} unntak.",
            "{who} har ikke lenger vakten {duty}. Det gir {n} unntak.",
        ),
        (
            "{who} har ikkje lenger vakta {duty}. Det gir {n} unntak.",
            "{who} har ikkje lenger vakta {duty}. Det gir {n} unntak.",
        ),
        (
            "{who} no longer has {duty}. It brings {n} departure.",
            "{who} no longer has {duty}. It brings {n} departures.",
        ),
    ),
    "taken_away_unlawful": Text(
        (
            "{who} har ikke lenger vakten {duty}. Det gir {n} regelbrudd.",
            "{who} har ikke lenger vakten {duty}. Det gir {n} regelbrudd.",
        ),
        (
            "{who} har ikkje lenger vakta {duty}. Det gir {n} regelbrot.",
            "{who} har ikkje lenger vakta {duty}. Det gir {n} regelbrot.",
        ),
        (
            "{who} no longer has {duty}. It brings {n} breach.",
            "{who} no longer has {duty}. It brings {n} breaches.",
        ),
    ),
    "breaks_rules": Text(
        "Endringen bryter regler", "Endringa bryt reglar", "The change breaks rules"
    ),
    "confirm_given": Text(
        "{who} får vakten {duty}.", "{who} får vakta {duty}.", "{who} would have {duty}."
    ),
    "confirm_taken_away": Text(
        "{who} mister vakten {duty}.", "{who} mistar vakta {duty}.", "{who} would lose {duty}."
    ),
    "nothing_stored": Text(
        "Ingenting er lagret ennå.", "Ingenting er lagra enno.", "Nothing is stored yet."
    ),
    "mends": Text("Dette blir rettet:", "Dette blir retta:", "This is put right:"),
    "signature_later": Text(
        "Du kan lagre endringen likevel. Da må noen stå ansvarlig for bruddet når vaktplanen "
        "publiseres.",
        "Du kan lagre endringa likevel. Då må nokon stå ansvarleg for brotet når vaktplanen blir "
        "publisert.",
        "You can store it anyway. Somebody must then answer for the breach when the roster is "
        "published.",
    ),
    "leave_it": Text("La være", "La vere", "Leave it"),
    "do_anyway": Text("Lagre likevel", "Lagre likevel", "Store anyway"),
    "stale": Text("Noen andre var raskere", "Nokon andre var raskare", "Somebody else was quicker"),
    "stale_text": Text(
        "Vaktplanen er endret siden du åpnet vakten: nå gjelder versjon {number}. Ingenting av "
        "ditt er lagret. Se på vakten slik den er nå, og velg på nytt.",
        "Vaktplanen er endra sidan du opna vakta: no gjeld versjon {number}. Ingenting av ditt er "
        "lagra. Sjå på vakta slik ho er no, og vel på nytt.",
        "The roster has changed since you opened the duty: version {number} stands now. Nothing "
        "of yours is stored. Look at the duty as it is now, then choose again.",
    ),
    "see_duty_now": Text(
        "Se vakten slik den er nå", "Sjå vakta slik ho er no", "See the duty as it is now"
    ),
    "see_changes": Text("Se hva som er endret", "Sjå kva som er endra", "See what has changed"),
    "to_grid": Text("Til vaktplanen", "Til vaktplanen", "To the roster"),
    "findings_intro": Text(
        "Dette fant de uavhengige kontrollene i den nyeste versjonen.",
        "Dette fann dei uavhengige kontrollane i den nyaste versjonen.",
        "What the independent checkers found in the newest version.",
    ),
    "no_findings": Text(
        "Ingen funn: alle vakter er fylt, og alle regler er holdt.",
        "Ingen funn: alle vakter er fylte, og alle reglar er haldne.",
        "No findings: every duty is filled and every rule is kept.",
    ),
    "outcome_breach": Text("Regelbrudd", "Regelbrot", "Breaches"),
    "outcome_hole": Text("Vakter uten lege", "Vakter utan lege", "Duties without a doctor"),
    "outcome_exception": Text(
        "Unntak fra hovedregler", "Unntak frå hovudreglar", "Departures from main rules"
    ),
    "outcome_departure": Text("Avvik i kvalitet", "Avvik i kvalitet", "Departures in quality"),
    "outcome_notice": Text("Merknader", "Merknader", "Notices"),
    "to_duty": Text("Se vakten", "Sjå vakta", "See the duty"),
    "more_findings": Text(
        (
            "Og {n} til. Alle står i lovlighetsrapporten.",
            "Og {n} til. Alle står i lovlighetsrapporten.",
        ),
        (
            "Og {n} til. Alle står i lovlegheitsrapporten.",
            "Og {n} til. Alle står i lovlegheitsrapporten.",
        ),
        ("And {n} more, in the legality report.", "And {n} more, in the legality report."),
    ),
    "changed_between": Text(
        "Endret fra versjon {since} til versjon {number}",
        "Endra frå versjon {since} til versjon {number}",
        "Changed from version {since} to version {number}",
    ),
    "gained": Text("Fikk", "Fekk", "Got"),
    "lost": Text("Mistet", "Mista", "Lost"),
    "no_difference": Text(
        "Ingen vakter har skiftet lege.",
        "Inga vakt har skifta lege.",
        "No duty has changed hands.",
    ),
    "all_versions": Text("Alle versjoner", "Alle versjonar", "All versions"),
    "number": Text("Versjon", "Versjon", "Version"),
    "author": Text("Av", "Av", "By"),
    "note": Text("Merknad", "Merknad", "Note"),
    "doings": Text("Gjør", "Gjer", "Do"),
    "what_changed": Text(
        "Hva ble endret i versjon {number}?",
        "Kva vart endra i versjon {number}?",
        "What changed in version {number}?",
    ),
}
