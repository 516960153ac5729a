"""The words that all pages share."""

from api.pages.catalogue import Text

TEXTS = {
    "as_table": Text("Last ned som tabell", "Last ned som tabell", "Download as a table"),
    "name": Text("Rettvakt", "Rettvakt", "Rettvakt"),
    "skip": Text("Hopp til innholdet", "Hopp til innhaldet", "Skip to the content"),
    "main_menu": Text("Hovedmeny", "Hovudmeny", "Main menu"),
    "more": Text("Mer", "Meir", "More"),
    "you_are_here": Text("Du er her:", "Du er her:", "You are here:"),
    "overview": Text("Oversikt", "Oversyn", "Overview"),
    "my_duties": Text("Mine vakter", "Vaktene mine", "My duties"),
    "plans": Text("Planer", "Planar", "Plans"),
    "rosters": Text("Vaktplaner", "Vaktplanar", "Rosters"),
    "jobs": Text("Beregninger", "Utrekningar", "Calculations"),
    "calendars": Text("Kalendere", "Kalendrar", "Calendars"),
    "ledger": Text("Vaktkonto", "Vaktkonto", "Ledger"),
    "people": Text("Brukere", "Brukarar", "People"),
    "log": Text("Logg", "Logg", "Log"),
    "log_out": Text("Logg ut", "Logg ut", "Log out"),
    "password": Text("Bytt passord", "Byt passord", "Change password"),
    "language": Text("Språk", "Språk", "Language"),
    "language_nb": Text("Bokmål", "Bokmål", "Bokmål"),
    "language_nn": Text("Nynorsk", "Nynorsk", "Nynorsk"),
    "language_en": Text("English", "English", "English"),
    "older": Text("Eldre", "Eldre", "Older"),
    "newest": Text("Nyeste", "Nyaste", "Newest"),
    "pages": Text("Sider", "Sider", "Pages"),
    "loading": Text("Henter …", "Hentar …", "Loading …"),
    "must_be_fixed": Text("Dette må rettes", "Dette må rettast", "Please put this right"),
    "place": Text("Hvor", "Kvar", "Where"),
    "what_stands": Text("Det som står der", "Det som står der", "What it says"),
    "what_is_wrong": Text("Hva som er galt", "Kva som er gale", "What is wrong"),
    "remedy": Text("Slik retter du det", "Slik rettar du det", "What to do"),
    "to_start": Text("Til forsiden", "Til framsida", "To the start page"),
    "problem_page_title": Text("Noe gikk galt", "Noko gjekk gale", "Something went wrong"),
    "problem_not_found": Text(
        "Siden finnes ikke, eller du har ikke tilgang til den. Adressen kan være skrevet feil, "
        "eller det den viste til, er slettet.",
        "Sida finst ikkje, eller du har ikkje tilgang til ho. Adressa kan vere skriven feil, "
        "eller det ho viste til, er sletta.",
        "The page does not exist, or you have no access to it. The address may be mistyped, or "
        "what it led to is gone.",
    ),
    "problem_forbidden": Text(
        "Brukeren din har ikke rett til dette. Be koordinatoren om hjelp.",
        "Brukaren din har ikkje rett til dette. Be koordinatoren om hjelp.",
        "Your account has no right to this. Ask the coordinator.",
    ),
    "problem_faults": Text(
        "Ingenting er lagret. Rett det som står under, og prøv igjen.",
        "Ingenting er lagra. Rett det som står under, og prøv igjen.",
        "Nothing was stored. Put right what is listed below, then try again.",
    ),
    "problem_invalid_request": Text(
        "Ingenting er lagret. Noe i skjemaet eller adressen kunne ikke brukes.",
        "Ingenting er lagra. Noko i skjemaet eller adressa kunne ikkje brukast.",
        "Nothing was stored. Something in the form or the address could not be used.",
    ),
    "problem_http": Text(
        "Adressen kan ikke brukes på denne måten. Gå til forsiden, og finn fram derfra.",
        "Adressa kan ikkje brukast på denne måten. Gå til framsida, og finn fram derifrå.",
        "The address cannot be used in this way. Go to the front page, and find your way from "
        "there.",
    ),
    "problem_stale": Text(
        "En annen har endret dette siden du åpnet siden. Last den på nytt, og gjør endringen om "
        "igjen.",
        "Ein annan har endra dette sidan du opna sida. Last ho på nytt, og gjer endringa om att.",
        "Somebody else has changed this since you opened the page. Load it again, then repeat your "
        "change.",
    ),
    "problem_cross_site": Text(
        "Forespørselen kom fra et annet nettsted og er stanset. Gjør endringen fra Rettvakts egne "
        "sider.",
        "Førespurnaden kom frå ein annan nettstad og er stansa. Gjer endringa frå sidene til "
        "Rettvakt.",
        "The request came from another site and was stopped. Make the change on Rettvakt's own "
        "pages.",
    ),
}
