"""Repairs and explanations."""

from api.pages.catalogue import Text

TEXTS = {
    "intro": Text(
        "Rettvakt leter etter de minste lovlige endringene som fyller vaktene. Ingenting endres "
        "før du har valgt et forslag.",
        "Rettvakt leitar etter dei minste lovlege endringane som fyller vaktene. Ingenting blir "
        "endra før du har valt eit forslag.",
        "Rettvakt looks for the smallest lawful changes that fill the duties. Nothing changes "
        "before you choose an option.",
    ),
    "who": Text("Hvem er borte?", "Kven er borte?", "Who is away?"),
    "choose_doctor": Text("Velg en lege", "Vel ein lege", "Choose a doctor"),
    "choose_day": Text("Velg en dag", "Vel ein dag", "Choose a day"),
    "ends_early": Text(
        "Siste dag kan ikke være før den første.",
        "Siste dag kan ikkje vere før den første.",
        "The last day cannot be before the first one.",
    ),
    "what": Text("Hva har skjedd?", "Kva har skjedd?", "What has happened?"),
    "what_sick": Text("Er blitt syk", "Er blitt sjuk", "Has fallen ill"),
    "what_leave": Text("Har fått fri", "Har fått fri", "Is given leave"),
    "what_resigns": Text("Slutter", "Sluttar", "Leaves"),
    "from": Text("Fra og med", "Frå og med", "From"),
    "to": Text("Til og med", "Til og med", "Until"),
    "to_hint": Text(
        "La stå tomt hvis det gjelder resten av perioden.",
        "La stå tomt viss det gjeld resten av perioden.",
        "Leave empty for the rest of the period.",
    ),
    "look": Text("Finn løsninger", "Finn løysingar", "Find ways out"),
    "options": Text("Forslag", "Forslag", "Options"),
    "option": Text("Forslag {number}", "Forslag {number}", "Option {number}"),
    "full": Text("fyller alle vaktene", "fyller alle vaktene", "fills every duty"),
    "not_full": Text("fyller ikke alle", "fyller ikkje alle", "does not fill all"),
    "fewest": Text(
        "færrest endringer, bevist", "færrast endringar, prova", "fewest changes, proven"
    ),
    "points": Text("Poeng", "Poeng", "Points"),
    "plan_counts": Text(
        "Planen er endret etter at vaktplanen ble laget. Vakter som noen ikke lenger kan ha, er "
        "tatt med i forslagene.",
        "Planen er endra etter at vaktplanen vart laga. Vakter som nokon ikkje lenger kan ha, er "
        "tekne med i forslaga.",
        "The plan has changed since the roster was made. Duties that somebody can no longer have "
        "are part of the options.",
    ),
    "aim": Text("(mål {aim})", "(mål {aim})", "(target {aim})"),
    "rest": Text("Korteste hvile (timer)", "Kortaste kvile (timar)", "Shortest rest (hours)"),
    "wish": Text("Ønske", "Ønske", "Wish"),
    "against": Text("imot", "imot", "against"),
    "wanted": Text("ønsket", "ønskt", "wanted"),
    "departures": Text(
        "Unntak fra hovedregler:", "Unntak frå hovudreglar:", "Departures from main rules:"
    ),
    "choose": Text("Velg forslag {number}", "Vel forslag {number}", "Choose option {number}"),
    "chosen": Text(
        (
            "Forslaget er lagret som ny versjon. {n} vakt står uten lege. "
            "Publiser for å gi beskjed.",
            "Forslaget er lagret som ny versjon. {n} vakter står uten lege. "
            "Publiser for å gi beskjed.",
        ),
        (
            "Forslaget er lagra som ny versjon. {n} vakt står utan lege. "
            "Publiser for å gi beskjed.",
            "Forslaget er lagra som ny versjon. {n} vakter står utan lege. "
            "Publiser for å gi beskjed.",
        ),
        (
            "The option is stored as a new version. {n} duty lacks a doctor. "
            "Publish to tell people.",
            "The option is stored as a new version. {n} duties lack a doctor. Publish to tell "
            "people.",
        ),
    ),
    "moved_on": Text(
        "Vaktplanen er endret siden dette ble regnet ut. Svaret gjelder den forrige versjonen.",
        "Vaktplanen er endra sidan dette vart rekna ut. Svaret gjeld den førre versjonen.",
        "The roster has changed since this was computed. The answer is about the former version.",
    ),
    "again": Text("Regn ut på nytt", "Rekn ut på nytt", "Compute again"),
    "nothing_open": Text(
        "Ingen vakter mister legen sin. Det er ingenting å reparere.",
        "Inga vakt mistar legen sin. Det er ikkje noko å reparere.",
        "No duty loses its doctor. There is nothing to repair.",
    ),
    "no_options": Text(
        "Ingen lovlig endring fyller vaktene.",
        "Inga lovleg endring fyller vaktene.",
        "No lawful change fills the duties.",
    ),
    "ways_on": Text("Slik kommer du videre", "Slik kjem du vidare", "How to go on"),
    "way_by_hand": Text("Flytt vakter for hånd", "Flytt vakter for hand", "Move duties by hand"),
    "way_by_hand_text": Text(
        "på vaktplanen. Den viser hvem som kan ta hver vakt, og hva som hindrer de andre.",
        "på vaktplanen. Han viser kven som kan ta kvar vakt, og kva som hindrar dei andre.",
        "on the roster. It shows who can take each duty, and what stops the others.",
    ),
    "way_absence": Text("Før fraværet i planen", "Før fråværet i planen", "Enter the absence"),
    "way_absence_text": Text(
        "og lag en ny vaktplan. Da letes det i hele perioden, ikke bare etter små endringer.",
        "og lag ein ny vaktplan. Då blir det leita i heile perioden, ikkje berre etter små "
        "endringar.",
        "and make a new roster. That searches the whole period, not only for small changes.",
    ),
    "way_changes": Text("Se over planen", "Sjå over planen", "Look over the plan"),
    "way_changes_text": Text(
        "hvis den er endret etter publiseringen: Låser, avtaler og regler der kan stå i veien.",
        "om han er endra etter publiseringa: Låsar, avtalar og reglar der kan stå i vegen.",
        "if it was changed after the publication: pins, agreements and rules may stand in the way.",
    ),
    "answer": Text("Forklaring", "Forklaring", "Explanation"),
    "nothing_to_explain": Text(
        "Ingen vakter står uten lege, så det er ingenting å forklare.",
        "Inga vakt står utan lege, så det er ikkje noko å forklare.",
        "No duty lacks a doctor, so there is nothing to explain.",
    ),
    "in_the_way": Text("Dette står i veien", "Dette står i vegen", "What stands in the way"),
    "ways": Text("Utveier", "Utvegar", "Ways out"),
    "try_this": Text("Prøv denne", "Prøv denne", "Try this"),
    "trying": Text("Prøver en utvei", "Prøver ein utveg", "Trying a way out"),
    "holes_then": Text(
        ("{n} vakt står uten lege etterpå.", "{n} vakter står uten lege etterpå."),
        ("{n} vakt står utan lege etterpå.", "{n} vakter står utan lege etterpå."),
        ("{n} duty would then lack a doctor.", "{n} duties would then lack a doctor."),
    ),
    "wishes_refused": Text(
        "Ønsker som ikke blir oppfylt", "Ønske som ikkje blir oppfylte", "Wishes that are refused"
    ),
    "store": Text("La den gjelde", "La han gjelde", "Let it stand"),
    "way_taken": Text(
        (
            "Utveien er lagret som ny versjon. {n} vakt står uten lege.",
            "Utveien er lagret som ny versjon. {n} vakter står uten lege.",
        ),
        (
            "Utvegen er lagra som ny versjon. {n} vakt står utan lege.",
            "Utvegen er lagra som ny versjon. {n} vakter står utan lege.",
        ),
        (
            "The way out is stored as a new version. {n} duty lacks a doctor.",
            "The way out is stored as a new version. {n} duties lack a doctor.",
        ),
    ),
    "note": Text("Utvei fra en forklaring", "Utveg frå ei forklaring", "Way out of an explanation"),
    "done_repair": Text("Forslagene er klare.", "Forslaga er klare.", "The options are ready."),
    "done_explain": Text("Svaret er klart.", "Svaret er klart.", "The answer is ready."),
    "see_repair": Text("Se forslagene", "Sjå forslaga", "See the options"),
    "see_explain": Text("Se svaret", "Sjå svaret", "See the answer"),
}
