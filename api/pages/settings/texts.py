"""Settings."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Innstillinger", "Innstillingar", "Settings"),
    "intro": Text(
        "Det samarbeidet selv har valgt, og hvor det endres.",
        "Det samarbeidet sjølv har valt, og kvar det blir endra.",
        "What the cooperation has chosen, and where it is changed.",
    ),
    "in_plan": Text("Regler og poeng", "Reglar og poeng", "Rules and points"),
    "in_plan_text": Text(
        "Regler, grenser og poeng hører til den enkelte planen, så en ny verdi aldri endrer en "
        "vaktplan som er laget.",
        "Reglar, grenser og poeng høyrer til den enkelte planen, så ein ny verdi aldri endrar ein "
        "vaktplan som er laga.",
        "Rules, limits and points belong to each plan, so that a new value never changes a roster "
        "that has been made.",
    ),
    "newest_plan": Text("Den nyeste planen er", "Den nyaste planen er", "The newest plan is"),
    "points": Text("Belastningspoeng", "Belastningspoeng", "Burden points"),
    "no_plan": Text("Du har ingen plan ennå.", "Du har ingen plan enno.", "You have no plan yet."),
    "ledger_text": Text(
        "Gamle saldoer kan svinne, så de ikke vokser seg for store. Et nytt valg gjelder fra neste "
        "gang en periode avsluttes. 0 slår av.",
        "Gamle saldoar kan minke, så dei ikkje veks seg for store. Eit nytt val gjeld frå neste "
        "gong ein periode blir avslutta. 0 slår av.",
        "Old balances can fade, so that they do not grow too large. A choice counts from the next "
        "closing. 0 turns it off.",
    ),
    "half_life": Text(
        "Måneder til en saldo er halvert",
        "Månader til ein saldo er halvert",
        "Months until a balance is halved",
    ),
    "hint_half_life": Text("Fra 0 til 240.", "Frå 0 til 240.", "From 0 to 240."),
    "ceiling": Text(
        "Høyeste saldo, i prosent av andelen i en periode",
        "Høgaste saldo, i prosent av delen i ein periode",
        "Highest balance, in percent of the share of a period",
    ),
    "hint_ceiling": Text(
        "Fra 50 til 1000, eller 0 for ikke noe tak.",
        "Frå 50 til 1000, eller 0 for ikkje noko tak.",
        "From 50 to 1000, or 0 for no ceiling.",
    ),
    "wish_half_life": Text(
        "Måneder til et avslått ønske teller halvt",
        "Månader til eit avslått ønske tel halvt",
        "Months until a refused wish counts half",
    ),
    "hint_wish_half_life": Text("Fra 0 til 240.", "Frå 0 til 240.", "From 0 to 240."),
    "reason": Text("Hvorfor? (valgfritt)", "Kvifor? (valfritt)", "Why? (optional)"),
    "save_ledger": Text("Lagre valgene", "Lagre vala", "Save the choices"),
    "saved": Text(
        "Valgene er ført i vaktkontoen.",
        "Vala er førte i vaktkontoen.",
        "The choices are posted in the ledger.",
    ),
    "elsewhere": Text("Andre steder", "Andre stader", "Elsewhere"),
    "about_people": Text(
        "hvem som kan logge inn, og hva de kan",
        "kven som kan logge inn, og kva dei kan",
        "who can log in, and what they may do",
    ),
    "about_feeds": Text(
        "adresser for kalendere", "adresser for kalendrar", "addresses for calendars"
    ),
    "about_own": Text(
        "språk, mobilnummer og innlogginger for deg selv",
        "språk, mobilnummer og innloggingar for deg sjølv",
        "language, telephone number and logins of your own",
    ),
    "sends": Text(
        "Rettvakt sender meldinger. Stille timer og avsender velger den som drifter tjenesten.",
        "Rettvakt sender meldingar. Stille timar og avsendar vel den som driftar tenesta.",
        "Rettvakt sends messages. Quiet hours and sender are chosen by who runs the service.",
    ),
    "sends_not": Text(
        "Rettvakt sender ingen meldinger. Den som drifter tjenesten, kan slå det på.",
        "Rettvakt sender ingen meldingar. Den som driftar tenesta, kan slå det på.",
        "Rettvakt sends no messages. Who runs the service can turn that on.",
    ),
}
