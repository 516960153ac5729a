"""The ledger."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Vaktkonto", "Vaktkonto", "Ledger"),
    "intro": Text(
        "Hvem har gjort mer eller mindre enn den rettferdige andelen, periode for periode. En "
        "saldo over null betyr mer enn andelen.",
        "Kven har gjort meir eller mindre enn den rettferdige andelen, periode for periode. Ein "
        "saldo over null tyder meir enn andelen.",
        "Who has done more or less than their share, period by period. A balance over zero means "
        "more.",
    ),
    "none": Text("Vaktkontoen er tom", "Vaktkontoen er tom", "The ledger is empty"),
    "none_text": Text(
        "Den fylles når den første perioden avsluttes.",
        "Han blir fylt når den første perioden blir avslutta.",
        "It fills when the first period is closed.",
    ),
    "measure": Text("Hva det gjelder", "Kva det gjeld", "Of what"),
    "measure_points": Text("Belastningspoeng", "Belastningspoeng", "Burden points"),
    "measure_nights": Text("Netter", "Netter", "Nights"),
    "measure_weekends": Text("Helger", "Helger", "Weekends"),
    "measure_great_holidays": Text("Høytider", "Høgtider", "Great holidays"),
    "measure_ordered": Text("Pålagte timer", "Pålagde timar", "Ordered hours"),
    "measure_wishes": Text(
        "Ønsker som ikke ble oppfylt", "Ønske som ikkje vart oppfylte", "Wishes refused"
    ),
    "spread": Text(
        "Alle leger, uten navn: fra {low} til {high}",
        "Alle legar, utan namn: frå {low} til {high}",
        "All doctors, without names: from {low} to {high}",
    ),
    "account": Text("Konto", "Konto", "Account"),
    "opening": Text("Inngående", "Inngåande", "Opening"),
    "worked": Text("Gjort", "Gjort", "Worked"),
    "share": Text("Andel", "Andel", "Fair share"),
    "written_off": Text("Avskrevet", "Avskrive", "Written off"),
    "corrected_sum": Text("Rettet", "Retta", "Corrected"),
    "balance": Text("Saldo", "Saldo", "Balance"),
    "closings": Text("Avsluttede perioder", "Avslutta periodar", "Closed periods"),
    "close": Text("Avslutt en periode", "Avslutt ein periode", "Close a period"),
    "close_text": Text(
        "Den nyeste versjonen av vaktplanen teller. Bytter og sykdom må være ført først.",
        "Den nyaste versjonen av vaktplanen tel. Byte og sjukdom må vere ført først.",
        "The newest version of the roster counts. Swaps and sickness must be in it.",
    ),
    "nothing_to_close": Text(
        "Ingen publisert vaktplan venter på å bli avsluttet.",
        "Ingen publisert vaktplan ventar på å bli avslutta.",
        "No published roster is waiting to be closed.",
    ),
    "until": Text("til og med {day}", "til og med {day}", "until {day}"),
    "not_over": Text("ikke over før {day}", "ikkje over før {day}", "not over before {day}"),
    "roster": Text("Vaktplan", "Vaktplan", "Roster"),
    "do_close": Text("Avslutt perioden", "Avslutt perioden", "Close the period"),
    "was_closed": Text(
        "Perioden er avsluttet. Skriv gjerne kontrollsummen {digest} i møtereferatet.",
        "Perioden er avslutta. Skriv gjerne kontrollsummen {digest} i møtereferatet.",
        "The period is closed. The digest {digest} is worth writing into the minutes.",
    ),
    "correct": Text("Rett en saldo", "Rett ein saldo", "Correct a balance"),
    "correct_text": Text(
        "Ingenting i vaktkontoen viskes ut. En rettelse er et nytt bilag med en grunn.",
        "Ingenting i vaktkontoen blir viska ut. Ei retting er eit nytt bilag med ein grunn.",
        "Nothing in the ledger is wiped out. A correction is a new entry with a reason.",
    ),
    "doctor": Text("Lege", "Lege", "Doctor"),
    "amount": Text("Endring", "Endring", "Change"),
    "amount_hint": Text(
        "Med fortegn og høyst to desimaler, for eksempel -1,5.",
        "Med forteikn og høgst to desimalar, til dømes -1,5.",
        "With its sign and at most two decimals, such as -1.5.",
    ),
    "reason": Text("Grunn", "Grunn", "Reason"),
    "reason_hint": Text(
        "Legen kan lese den. Skriv aldri noe om helse.",
        "Legen kan lese han. Skriv aldri noko om helse.",
        "The doctor can read it. Never write anything about health.",
    ),
    "do_correct": Text("Før rettelsen", "Før rettinga", "Post the correction"),
    "corrected": Text("Rettelsen er ført.", "Rettinga er ført.", "The correction is posted."),
    "not_posted": Text("Ingenting er ført.", "Ingenting er ført.", "Nothing was posted."),
    "check": Text("Kontroll av vaktkontoen", "Kontroll av vaktkontoen", "Check of the ledger"),
    "intact": Text(
        ("{n} bilag, og kjeden er hel. Ingenting er endret.",) * 2,
        ("{n} bilag, og kjeda er heil. Ingenting er endra.",) * 2,
        (
            "{n} entry, and the chain is whole. Nothing was changed.",
            "{n} entries, and the chain is whole. Nothing was changed.",
        ),
    ),
    "broken": Text(
        "Kjeden er brutt: Noe er endret utenom programmet.",
        "Kjeda er broten: Noko er endra utanom programmet.",
        "The chain is broken: something was changed behind the program's back.",
    ),
    "entries": Text("De siste bilagene", "Dei siste bilaga", "The latest entries"),
    "number": Text("Nr.", "Nr.", "No."),
    "day": Text("Dag", "Dag", "Day"),
    "entry": Text("Bilag", "Bilag", "Entry"),
    "by": Text("Ført av", "Ført av", "Posted by"),
    "digest": Text("Kontrollsum", "Kontrollsum", "Digest"),
    "of": Text("Vaktkontoen til {name}", "Vaktkontoen til {name}", "The account of {name}"),
    "no_lines": Text("Ingen bilag ennå.", "Ingen bilag enno.", "No entries yet."),
}
