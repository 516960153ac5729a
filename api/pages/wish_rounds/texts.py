"""Wish rounds."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Ønskerunder", "Ønskerundar", "Wish rounds"),
    "one": Text("Ønskerunde", "Ønskerunde", "Wish round"),
    "intro": Text(
        "Legene legger inn ønskene sine selv til fristen går ut. Så tar du dem inn i planen.",
        "Legane legg inn ønska sine sjølve til fristen går ut. Så tek du dei inn i planen.",
        "The doctors state their own wishes until the deadline. Then you take them into the plan.",
    ),
    "deadline": Text("Frist", "Frist", "Deadline"),
    "state": Text("Status", "Status", "Status"),
    "state_open": Text("Åpen", "Open", "Open"),
    "state_past": Text("Fristen er ute", "Fristen er ute", "Past the deadline"),
    "state_closed": Text("Avsluttet", "Avslutta", "Ended"),
    "state_taken": Text("Tatt inn i planen", "Teken inn i planen", "Taken into the plan"),
    "stated": Text("Ønsker", "Ønske", "Wishes"),
    "doctors": Text("Leger", "Legar", "Doctors"),
    "new": Text("Åpne en ønskerunde", "Opne ein ønskerunde", "Open a wish round"),
    "most": Text("Ønsker per lege, høyst", "Ønske per lege, høgst", "Wishes each, at most"),
    "text": Text("Beskjed til legene", "Beskjed til legane", "Message to the doctors"),
    "text_hint": Text(
        "Står øverst når de legger inn ønsker.",
        "Står øvst når dei legg inn ønske.",
        "Stands on top when they state wishes.",
    ),
    "open": Text("Åpne runden", "Opne runden", "Open the round"),
    "past": Text(
        "Fristen er allerede ute. Velg et tidspunkt fram i tid.",
        "Fristen er alt ute. Vel eit tidspunkt fram i tid.",
        "The deadline has passed already. Choose a time to come.",
    ),
    "opened": Text("Ønskerunden er åpen.", "Ønskerunden er open.", "The wish round is open."),
    "changed": Text(
        "Ønskerunden er endret.", "Ønskerunden er endra.", "The wish round is changed."
    ),
    "closed": Text(
        "Ønskerunden er avsluttet.", "Ønskerunden er avslutta.", "The wish round is ended."
    ),
    "taken": Text(
        ("{n} ønske er tatt inn i planen.", "{n} ønsker er tatt inn i planen."),
        ("{n} ønske er teke inn i planen.", "{n} ønske er tekne inn i planen."),
        ("{n} wish was taken into the plan.", "{n} wishes were taken into the plan."),
    ),
    "was_taken": Text(
        "Ønskene står i versjon {number} av planen.",
        "Ønska står i versjon {number} av planen.",
        "The wishes stand in version {number} of the plan.",
    ),
    "wishes": Text("Ønskene", "Ønska", "The wishes"),
    "doctor": Text("Lege", "Lege", "Doctor"),
    "wants": Text("Vil", "Vil", "Wants"),
    "from": Text("Fra", "Frå", "From"),
    "to": Text("Til", "Til", "To"),
    "weekend": Text("hele helgen", "heile helga", "the whole weekend"),
    "patterns": Text("Vakttyper", "Vakttypar", "Kinds of duty"),
    "every": Text("alle", "alle", "all"),
    "weight": Text("Vekt", "Vekt", "Weight"),
    "competing": Text("Konkurrerer med", "Konkurrerer med", "Competes with"),
    "others": Text(
        ("{n} annen lege", "{n} andre leger"),
        ("{n} annan lege", "{n} andre legar"),
        ("{n} other doctor", "{n} other doctors"),
    ),
    "nobody": Text("ingen", "ingen", "nobody"),
    "none": Text(
        "Ingen ønsker er lagt inn ennå.",
        "Ingen ønske er lagde inn enno.",
        "No wishes have been stated.",
    ),
    "take_title": Text("Ta inn i planen", "Ta inn i planen", "Take into the plan"),
    "nothing_to_take": Text(
        "Når legene har lagt inn ønsker, tar du dem inn i planen her.",
        "Når legane har lagt inn ønske, tek du dei inn i planen her.",
        "When doctors have stated wishes, you take them into the plan here.",
    ),
    "take_text": Text(
        "Ønskene blir en ny versjon av planen, og runden er slutt.",
        "Ønska blir ein ny versjon av planen, og runden er slutt.",
        "The wishes become a new version of the plan, and the round ends.",
    ),
    "replace": Text(
        "Fjern ønskene som planen har av de samme legene fra før",
        "Fjern ønska som planen har av dei same legane frå før",
        "Take away the wishes that the plan has of the same doctors",
    ),
    "take": Text(
        ("Ta inn {n} ønske", "Ta inn {n} ønsker"),
        ("Ta inn {n} ønske", "Ta inn {n} ønske"),
        ("Take in {n} wish", "Take in {n} wishes"),
    ),
    "end_now": Text("Avslutt runden nå", "Avslutt runden no", "End the round now"),
    "change": Text("Endre runden", "Endre runden", "Change the round"),
}
