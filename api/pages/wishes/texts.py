"""Wishes and receipts."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Ønsker", "Ønske", "Wishes"),
    "none": Text("Ingen ønskerunder", "Ingen ønskerundar", "No wish rounds"),
    "none_text": Text(
        "Når koordinatoren ber om ønsker til en ny plan, skriver du dem her.",
        "Når koordinatoren ber om ønske til ein ny plan, skriv du dei her.",
        "When the coordinator asks for wishes for a new plan, you state them here.",
    ),
    "state_open": Text("åpen", "open", "open"),
    "state_closed": Text("fristen er ute", "fristen er ute", "closed"),
    "state_taken": Text("tatt inn i planen", "teke inn i planen", "taken into the plan"),
    "deadline": Text(
        "Frist: {when} ({away})", "Frist: {when} ({away})", "Deadline: {when} ({away})"
    ),
    "stated": Text(
        ("{n} ønske av høyst {most}", "{n} ønsker av høyst {most}"),
        ("{n} ønske av høgst {most}", "{n} ønske av høgst {most}"),
        ("{n} wish of {most} at most", "{n} wishes of {most} at most"),
    ),
    "receipts": Text("Svar på ønskene dine", "Svar på ønska dine", "Answers to your wishes"),
    "receipts_of": Text(
        "Svar på ønskene i «{title}»", "Svar på ønska i «{title}»", "Answers in “{title}”"
    ),
    "no_receipts": Text(
        "Du hadde ingen ønsker i denne planen.",
        "Du hadde ingen ønske i denne planen.",
        "You had no wishes in this plan.",
    ),
    "yours": Text("Ønskene dine", "Ønska dine", "Your wishes"),
    "none_yet": Text("Ingen ønsker ennå.", "Ingen ønske enno.", "No wishes yet."),
    "want": Text("Vil gjerne", "Vil gjerne", "Would like"),
    "rather_not": Text("Helst ikke", "Helst ikkje", "Rather not"),
    "cannot": Text("Kan ikke", "Kan ikkje", "Cannot"),
    "weekend": Text("hele helgen", "heile helga", "the whole weekend"),
    "block": Text("alt eller ingenting", "alt eller ingenting", "all or nothing"),
    "weighs": Text("vekt {weight}", "vekt {weight}", "weight {weight}"),
    "competing": Text(
        ("{n} annen lege ønsker det samme", "{n} andre leger ønsker det samme"),
        ("{n} annan lege ønskjer det same", "{n} andre legar ønskjer det same"),
        ("{n} other wants the same", "{n} others want the same"),
    ),
    "alone": Text("Ingen andre ønsker det samme", "Ingen andre ønskjer det same", "Nobody else"),
    "who_sees": Text(
        "De andre legene ser hvor mange som ønsker de samme dagene, aldri hvem. Er dere bare to, "
        "vet hver av dere likevel hva den andre ønsker.",
        "Dei andre legane ser kor mange som ønskjer dei same dagane, aldri kven. Er de berre to, "
        "veit kvar av dykk likevel kva den andre ønskjer.",
        "The other doctors see how many wish the same days, never who. If you are only two, each "
        "of you knows what the other wishes all the same.",
    ),
    "change": Text("Endre", "Endre", "Change"),
    "change_one": Text("Endre ønsket {what}", "Endre ønsket {what}", "Change the wish {what}"),
    "withdraw": Text("Trekk", "Trekk", "Withdraw"),
    "withdraw_one": Text("Trekk ønsket {what}", "Trekk ønsket {what}", "Withdraw the wish {what}"),
    "new": Text("Nytt ønske", "Nytt ønske", "New wish"),
    "changing": Text("Endre ønsket", "Endre ønsket", "Change the wish"),
    "attitude": Text("Hva gjelder det?", "Kva gjeld det?", "What is it?"),
    "start": Text("Fra og med", "Frå og med", "From"),
    "start_wrong": Text(
        "Velg en dag i perioden.", "Vel ein dag i perioden.", "Choose a day in the period."
    ),
    "end": Text("Til og med (tomt: bare én dag)", "Til og med (tomt: berre éin dag)", "Until"),
    "end_wrong": Text(
        "Velg en dag som ikke er før den første.",
        "Vel ein dag som ikkje er før den første.",
        "Choose a day that is not before the first one.",
    ),
    "whole_weekend": Text(
        "Hele helgen: fredag kl. 15 til mandag kl. 08",
        "Heile helga: fredag kl. 15 til måndag kl. 08",
        "The whole weekend: Friday 15:00 to Monday 08:00",
    ),
    "patterns": Text(
        "Bare disse vaktene (ingen valgt: alle)",
        "Berre desse vaktene (ingen vald: alle)",
        "Only these duties (none chosen: all)",
    ),
    "weight": Text(
        "Hvor viktig er det blant dine egne ønsker?",
        "Kor viktig er det blant dine eigne ønske?",
        "How much does it mean among your own wishes?",
    ),
    "weight_hint": Text(
        "Fra 1 til 10. Alle legers ønsker teller likt til sammen.",
        "Frå 1 til 10. Ønska til alle legar tel likt til saman.",
        "From 1 to 10. All doctors' wishes count the same in total.",
    ),
    "weight_wrong": Text(
        "Skriv et helt tall fra 1 til 10.",
        "Skriv eit heilt tal frå 1 til 10.",
        "Enter a whole number from 1 to 10.",
    ),
    "attitude_wrong": Text(
        "Velg hva ønsket gjelder.", "Vel kva ønsket gjeld.", "Choose what the wish is."
    ),
    "patterns_wrong": Text(
        "Velg vakter fra listen.", "Vel vakter frå lista.", "Choose duties from the list."
    ),
    "as_block": Text(
        "Alt eller ingenting: teller som ett ønske",
        "Alt eller ingenting: tel som eitt ønske",
        "All or nothing: counts as one wish",
    ),
    "try": Text(
        "Se hvor mange som ønsker det samme",
        "Sjå kor mange som ønskjer det same",
        "See how many want the same",
    ),
    "save": Text("Lagre ønsket", "Lagre ønsket", "Save the wish"),
    "tried": Text("Ikke lagret ennå.", "Ikkje lagra enno.", "Not saved yet."),
    "saved": Text("Ønsket er lagret.", "Ønsket er lagra.", "The wish is saved."),
    "withdrawn": Text("Ønsket er trukket.", "Ønsket er trekt.", "The wish is withdrawn."),
    "more": Text("Flere valg", "Fleire val", "More choices"),
    "answer_granted": Text("Oppfylt", "Oppfylt", "Granted"),
    "answer_partly": Text("Delvis oppfylt", "Delvis oppfylt", "Partly granted"),
    "answer_refused": Text("Ikke oppfylt", "Ikkje oppfylt", "Not granted"),
    "answer_empty": Text("Gjelder ingen vakt", "Gjeld inga vakt", "Means no duty"),
    "reasons": Text("Hva som sto i veien", "Kva som stod i vegen", "What stood against it"),
}
