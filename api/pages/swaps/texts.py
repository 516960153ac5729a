"""Swaps."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Bytter", "Byte", "Swaps"),
    "waiting_approval": Text("Venter på deg", "Ventar på deg", "Waiting for you"),
    "waiting_answer": Text("Venter på svaret ditt", "Ventar på svaret ditt", "Waiting for you"),
    "open": Text("Åpne tilbud", "Opne tilbod", "Open offers"),
    "others": Text("Kolleger tilbyr", "Kollegaer tilbyr", "Colleagues offer"),
    "barred": Text("Bare som bytte", "Berre som byte", "Only as a swap"),
    "barred_text": Text(
        "Disse kan du ikke ta som de er, men kanskje bytte mot en av dine.",
        "Desse kan du ikkje ta som dei er, men kanskje byte mot ei av dine.",
        "You cannot take these as they are, but perhaps swap them for one of yours.",
    ),
    "mine": Text("Du tilbyr", "Du tilbyr", "You offer"),
    "none": Text("Ingen bytter", "Ingen byte", "No swaps"),
    "none_text": Text(
        "Vil du bytte bort en vakt, velg den blant vaktene dine og tilby den til andre.",
        "Vil du byte bort ei vakt, vel ho blant vaktene dine og tilby ho til andre.",
        "To be rid of a duty, choose it among your duties and offer it to others.",
    ),
    "none_decides": Text(
        "Når leger er enige om et bytte, står det her til du har godkjent det.",
        "Når legar er samde om eit byte, står det her til du har godkjent det.",
        "When doctors have agreed on a swap, it stands here until you have approved it.",
    ),
    "to_duties": Text("Til vaktene mine", "Til vaktene mine", "To my duties"),
    "how": Text(
        "Vil du tilby en vakt, velg den under «Mine vakter».",
        "Vil du tilby ei vakt, vel ho under «Vaktene mine».",
        "To offer a duty, choose it under “My duties”.",
    ),
    "deals": Text("Avtaler", "Avtalar", "Deals"),
    "all_wait": Text(
        "Avtalene på denne siden venter og står øverst.",
        "Avtalane på denne sida ventar og står øvst.",
        "The deals on this page are waiting, and stand at the top.",
    ),
    "settings": Text("Innstilling", "Innstilling", "Setting"),
    "need_approval": Text(
        "Koordinatoren må godkjenne hvert bytte",
        "Koordinatoren må godkjenne kvart byte",
        "The coordinator must approve every swap",
    ),
    "need_approval_hint": Text(
        "Ellers gjelder et bytte med en gang alle har sagt ja, så lenge det ikke trengs unntak fra "
        "en hovedregel.",
        "Elles gjeld eit byte med ein gong alle har sagt ja, så lenge det ikkje trengst unntak frå "
        "ein hovudregel.",
        "Else a swap takes effect once all have said yes, as long as no exception from a main rule "
        "is needed.",
    ),
    "save": Text("Lagre", "Lagre", "Save"),
    "settings_saved": Text(
        "Innstillingen er lagret.", "Innstillinga er lagra.", "The setting is saved."
    ),
    "and_until": Text(
        ("({n} vakt)", "({n} vakter samlet, til og med {last})"),
        ("({n} vakt)", "({n} vakter samla, til og med {last})"),
        ("({n} duty)", "({n} duties together, until {last})"),
    ),
    "nothing": Text("ingenting", "ingenting", "nothing"),
    "from": Text("Fra {name}", "Frå {name}", "From {name}"),
    "wants_return": Text(
        "ønsker en vakt tilbake", "ønskjer ei vakt tilbake", "wants a duty in return"
    ),
    "for_nothing": Text("gir den bort", "gir ho bort", "gives it away"),
    "to_one": Text("bare til én", "berre til éin", "to one person"),
    "state_open": Text("åpent", "ope", "open"),
    "state_taken": Text("under avtale", "under avtale", "being agreed"),
    "state_withdrawn": Text("trukket", "trekt", "withdrawn"),
    "state_declined": Text("avslått", "avslått", "declined"),
    "state_lapsed": Text("bortfalt", "bortfalle", "lapsed"),
    "state_expired": Text("utløpt", "gått ut", "expired"),
    "state_asked": Text("venter på svar", "ventar på svar", "waiting for an answer"),
    "state_agreed": Text("venter på godkjenning", "ventar på godkjenning", "waiting for approval"),
    "state_done": Text("gjennomført", "gjennomført", "done"),
    "state_refused": Text("avslått", "avslått", "refused"),
    "now_asked": Text(
        "Noen har ikke svart ennå. Vaktplanen er uendret.",
        "Nokon har ikkje svart enno. Vaktplanen er uendra.",
        "Somebody has not answered yet. The roster is unchanged.",
    ),
    "now_agreed": Text(
        "Alle har sagt ja. Koordinatoren må godkjenne før byttet gjelder.",
        "Alle har sagt ja. Koordinatoren må godkjenne før bytet gjeld.",
        "All have said yes. The coordinator must approve before the swap takes effect.",
    ),
    "now_done": Text(
        "Byttet gjelder. Vaktplanen er publisert på nytt, og de det angår, har fått beskjed.",
        "Bytet gjeld. Vaktplanen er publisert på nytt, og dei det gjeld, har fått beskjed.",
        "The swap is in effect. The roster is published anew, and those concerned have been told.",
    ),
    "now_refused": Text(
        "Byttet blir ikke noe av. Vaktplanen er uendret.",
        "Bytet blir ikkje noko av. Vaktplanen er uendra.",
        "The swap comes to nothing. The roster is unchanged.",
    ),
    "now_withdrawn": Text(
        "Byttet er trukket. Vaktplanen er uendret.",
        "Bytet er trekt. Vaktplanen er uendra.",
        "The swap is withdrawn. The roster is unchanged.",
    ),
    "now_lapsed": Text(
        "Byttet falt bort. Ingenting er byttet.",
        "Bytet fall bort. Ingenting er bytt.",
        "The swap lapsed. Nothing was swapped.",
    ),
    "offer_title": Text("Tilby en vakt", "Tilby ei vakt", "Offer a duty"),
    "to_whom": Text("Til hvem?", "Til kven?", "To whom?"),
    "to_all": Text(
        ("Alle ({n} kan ta den)", "Alle ({n} kan ta den)"),
        ("Alle ({n} kan ta ho)", "Alle ({n} kan ta ho)"),
        ("Everybody ({n} can take it)", "Everybody ({n} can take it)"),
    ),
    "only": Text("Bare {name}", "Berre {name}", "Only {name}"),
    "in_return": Text(
        "Jeg vil ha en vakt tilbake", "Eg vil ha ei vakt tilbake", "I want a duty in return"
    ),
    "note": Text("Hilsen (valgfri)", "Helsing (valfri)", "Message (optional)"),
    "note_hint": Text(
        "De som får tilbudet, kan lese den. Skriv ikke om helse.",
        "Dei som får tilbodet, kan lese ho. Skriv ikkje om helse.",
        "Those who get the offer can read it. Write nothing about health.",
    ),
    "note_wrong": Text(
        "Skriv høyst 1000 tegn på én linje.",
        "Skriv høgst 1000 teikn på éi linje.",
        "Write 1000 characters at most, on one line.",
    ),
    "offer_button": Text("Tilby vakten", "Tilby vakta", "Offer the duty"),
    "unable": Text(
        ("{n} kollega kan ikke ta den", "{n} kolleger kan ikke ta den"),
        ("{n} kollega kan ikkje ta ho", "{n} kollegaer kan ikkje ta ho"),
        ("{n} colleague cannot take it", "{n} colleagues cannot take it"),
    ),
    "offered": Text(
        "Vakten er tilbudt. Den er din til noen har tatt den.",
        "Vakta er tilboden. Ho er di til nokon har teke ho.",
        "The duty is offered. It is yours until somebody has taken it.",
    ),
    "not_yours": Text(
        "Du har ikke denne vakten lenger.",
        "Du har ikkje denne vakta lenger.",
        "You no longer have this duty.",
    ),
    "offer_of": Text("Tilbud fra {name}", "Tilbod frå {name}", "Offer from {name}"),
    "your_offer": Text("Tilbudet ditt", "Tilbodet ditt", "Your offer"),
    "can_take": Text(
        ("{n} kollega kan lovlig ta den.", "{n} kolleger kan lovlig ta den."),
        ("{n} kollega kan lovleg ta ho.", "{n} kollegaer kan lovleg ta ho."),
        ("{n} colleague can lawfully take it.", "{n} colleagues can lawfully take it."),
    ),
    "until": Text(
        "Tilbudet gjelder til {when}.",
        "Tilbodet gjeld til {when}.",
        "The offer stands until {when}.",
    ),
    "you_give": Text("Du gir tilbake", "Du gir tilbake", "You give in return"),
    "nothing_back": Text("Ingenting", "Ingenting", "Nothing"),
    "nothing_back_asked": Text(
        "{name} ønsker en vakt tilbake. Gir du ingenting, blir {name} spurt først.",
        "{name} ønskjer ei vakt tilbake. Gir du ingenting, blir {name} spurd først.",
        "{name} wants a duty in return. If you give nothing, {name} is asked first.",
    ),
    "try": Text("Se hva reglene sier", "Sjå kva reglane seier", "See what the rules say"),
    "verdict": Text("Hva reglene sier", "Kva reglane seier", "What the rules say"),
    "take": Text("Ta vakten", "Ta vakta", "Take the duty"),
    "swap_now": Text("Bytt", "Byt", "Swap"),
    "decline": Text("Nei takk", "Nei takk", "No, thank you"),
    "withdraw": Text("Trekk tilbudet", "Trekk tilbodet", "Withdraw the offer"),
    "rings": Text("Ringer som går opp", "Ringar som går opp", "Rings that work out"),
    "no_rings": Text(
        "Ingen ring går opp med tilbudene som ligger ute nå. Rettvakt ser etter på nytt hver gang "
        "du åpner siden.",
        "Ingen ring går opp med tilboda som ligg ute no. Rettvakt ser etter på nytt kvar gong du "
        "opnar sida.",
        "No ring works out with the offers that stand now. Rettvakt looks again each time you "
        "open the page.",
    ),
    "hands": Text("{giver} gir {taker}:", "{giver} gir {taker}:", "{giver} gives {taker}:"),
    "start_ring": Text("Foreslå denne ringen", "Foreslå denne ringen", "Propose this ring"),
    "ring_gone": Text(
        "Ringen går ikke opp lenger: et av tilbudene er borte.",
        "Ringen går ikkje opp lenger: eit av tilboda er borte.",
        "The ring no longer works out: one of the offers is gone.",
    ),
    "agreed_told": Text(
        "Svaret ditt er lagret. Under ser du hva som gjenstår.",
        "Svaret ditt er lagra. Under ser du kva som står att.",
        "Your answer is saved. Below you see what remains.",
    ),
    "done_told": Text("Vakten er din.", "Vakta er di.", "The duty is yours."),
    "told_withdrawn": Text("Tilbudet er trukket.", "Tilbodet er trekt.", "The offer is withdrawn."),
    "told_declined": Text("Du har takket nei.", "Du har takka nei.", "You have declined."),
    "deal": Text("Bytteavtale", "Byteavtale", "Swap deal"),
    "says_yes": Text("sier ja", "seier ja", "says yes"),
    "says_no": Text("sier nei", "seier nei", "says no"),
    "says_nothing": Text("har ikke svart", "har ikkje svart", "has not answered"),
    "gives": Text("Gir:", "Gir:", "Gives:"),
    "gets": Text("Får:", "Får:", "Gets:"),
    "decision_note": Text(
        "Melding til de andre (valgfri)",
        "Melding til dei andre (valfri)",
        "Message to the others (optional)",
    ),
    "approve": Text("Godkjenn", "Godkjenn", "Approve"),
    "refuse": Text("Avslå", "Avslå", "Refuse"),
    "yes": Text("Ja, bytt", "Ja, byt", "Yes, swap"),
    "no": Text("Nei takk", "Nei takk", "No, thank you"),
    "take_back": Text("Trekk meg fra avtalen", "Trekk meg frå avtalen", "Withdraw from the deal"),
    "say_which": Text("Velg ja eller nei.", "Vel ja eller nei.", "Choose yes or no."),
}
