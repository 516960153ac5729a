"""Calendars."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Kalendere", "Kalendrar", "Calendars"),
    "intro": Text(
        "Abonner på vaktene, så følger de med når vaktplanen endres. Adressen er hemmelig: den som "
        "har den, kan lese vaktene.",
        "Abonner på vaktene, så følgjer dei med når vaktplanen blir endra. Adressa er hemmeleg: "
        "den som har ho, kan lese vaktene.",
        "Subscribe to the duties, and they follow when the roster changes. The address is secret: "
        "whoever has it can read the duties.",
    ),
    "new": Text("Ny kalenderadresse", "Ny kalenderadresse", "New calendar address"),
    "what": Text("Hva skal vises?", "Kva skal visast?", "What should it show?"),
    "kind_doctor": Text("Mine vakter", "Vaktene mine", "My duties"),
    "kind_busy": Text(
        "Bare at jeg er opptatt (til å dele med andre)",
        "Berre at eg er oppteken (til å dele med andre)",
        "Only that I am busy (for sharing)",
    ),
    "kind_district": Text("Alle vakter", "Alle vakter", "All duties"),
    "kind_place": Text("Vaktene på et sted", "Vaktene på ein stad", "The duties of a place"),
    "of_doctor": Text("Vaktene til {name}", "Vaktene til {name}", "The duties of {name}"),
    "of_busy": Text("Når {name} er opptatt", "Når {name} er oppteken", "When {name} is busy"),
    "label": Text("Hva kaller du den?", "Kva kallar du ho?", "What do you call it?"),
    "label_hint": Text(
        "For eksempel «telefonen».", "Til dømes «telefonen».", "For example “my phone”."
    ),
    "label_missing": Text(
        "Skriv et navn på høyst 100 tegn.",
        "Skriv eit namn på høgst 100 teikn.",
        "Enter a name of 100 characters at most.",
    ),
    "make": Text("Lag adresse", "Lag adresse", "Make the address"),
    "made": Text("Adressen er laget", "Adressa er laga", "The address is made"),
    "once": Text(
        "Den vises bare nå. Mister du den, lager du en ny.",
        "Ho blir vist berre no. Mistar du ho, lagar du ei ny.",
        "It is shown only now. If you lose it, make a new one.",
    ),
    "open": Text("Åpne i kalenderen", "Opne i kalenderen", "Open in the calendar"),
    "open_hint": Text(
        "Virker på iPhone, Mac og Android med ICSx⁵. For Google og Outlook: se under.",
        "Verkar på iPhone, Mac og Android med ICSx⁵. For Google og Outlook: sjå under.",
        "Works on iPhone, Mac and Android with ICSx⁵. For Google and Outlook: see below.",
    ),
    "open_in": Text("Åpne i {name}", "Opne i {name}", "Open in {name}"),
    "clients": Text(
        "Hvor raskt kommer en endring?",
        "Kor raskt kjem ei endring?",
        "How soon does a change come?",
    ),
    "address": Text("Adressen", "Adressa", "The address"),
    "help": Text("Slik gjør du", "Slik gjer du", "How to do it"),
    "delay": Text("Når er en endring der?", "Når er ei endring der?", "When is a change there?"),
    "force": Text("Hente med en gang?", "Hente med ein gong?", "Fetch at once?"),
    "copied": Text(
        "Kan du endre vaktene i kalenderen, har du tatt en kopi i stedet for å abonnere. Da følger "
        "de ikke med. Det som står her i Rettvakt, gjelder alltid.",
        "Kan du endre vaktene i kalenderen, har du teke ein kopi i staden for å abonnere. Då "
        "følgjer dei ikkje med. Det som står her i Rettvakt, gjeld alltid.",
        "If you can edit the duties in your calendar, you took a copy instead of subscribing, and "
        "they do not follow. What stands here in Rettvakt always holds.",
    ),
    "yours": Text("Adresser", "Adresser", "Addresses"),
    "none": Text("Ingen adresser ennå.", "Ingen adresser enno.", "No addresses yet."),
    "name": Text("Navn", "Namn", "Name"),
    "shows": Text("Viser", "Viser", "Shows"),
    "fetched": Text("Sist hentet", "Sist henta", "Last fetched"),
    "never": Text("aldri", "aldri", "never"),
    "current": Text("oppdatert", "oppdatert", "up to date"),
    "behind": Text(
        "har ikke hentet siste endring",
        "har ikkje henta siste endring",
        "has not fetched the last change",
    ),
    "silent": Text("henter ikke lenger", "hentar ikkje lenger", "fetches no longer"),
    "revoke": Text("Slett", "Slett", "Delete"),
    "revoke_one": Text("Slett «{label}»", "Slett «{label}»", "Delete “{label}”"),
    "action": Text("Handling", "Handling", "Action"),
    "revoked": Text(
        "Adressen er slettet og svarer ikke lenger.",
        "Adressa er sletta og svarar ikkje lenger.",
        "The address is deleted and answers no more.",
    ),
}
