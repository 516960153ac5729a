"""Comments on a roster."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Høring: {title}", "Høyring: {title}", "Comments: {title}"),
    "short": Text("Høring", "Høyring", "Comments"),
    "intro": Text(
        "Si hva du mener før vaktplanen blir publisert. Bare koordinatoren leser det.",
        "Sei kva du meiner før vaktplanen blir publisert. Berre koordinatoren les det.",
        "Say what you think before the roster is published. Only the coordinator reads it.",
    ),
    "see": Text("Se vaktplanen", "Sjå vaktplanen", "See the roster"),
    "duty": Text("Gjelder", "Gjeld", "About"),
    "whole": Text("Hele vaktplanen", "Heile vaktplanen", "The whole roster"),
    "body": Text("Hva mener du?", "Kva meiner du?", "What do you think?"),
    "body_wrong": Text(
        "Skriv noe, høyst 4000 tegn.",
        "Skriv noko, høgst 4000 teikn.",
        "Write something, 4000 characters at most.",
    ),
    "send": Text("Send til koordinatoren", "Send til koordinatoren", "Send to the coordinator"),
    "sent": Text(
        "Koordinatoren har fått det.", "Koordinatoren har fått det.", "The coordinator has it."
    ),
    "yours": Text("Dette har du sagt", "Dette har du sagt", "What you have said"),
    "answer": Text("Svar fra {name}:", "Svar frå {name}:", "Answer from {name}:"),
    "waits": Text("Venter på svar", "Ventar på svar", "Waiting for an answer"),
    "settled": Text("Behandlet", "Behandla", "Settled"),
}
