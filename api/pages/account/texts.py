"""Logging in, passwords, and the welcome."""

from api.pages.catalogue import Text

TEXTS = {
    "log_in": Text("Logg inn", "Logg inn", "Log in"),
    "email": Text("E-post", "E-post", "E-mail"),
    "password": Text("Passord", "Passord", "Password"),
    "forgotten": Text(
        "Glemt passordet? Be koordinatoren eller den som drifter Rettvakt, om et nytt.",
        "Gløymt passordet? Be koordinatoren eller den som driftar Rettvakt, om eit nytt.",
        "Forgotten your password? Ask the coordinator, or whoever runs Rettvakt, for a new one.",
    ),
    "log_in_by": Text(
        "Logg inn med {provider}", "Logg inn med {provider}", "Log in with {provider}"
    ),
    "or_by_password": Text("Eller med passord", "Eller med passord", "Or with a password"),
    "emergency": Text(
        "Logg inn med nødkontoen", "Logg inn med naudkontoen", "Log in with the emergency account"
    ),
    "passwords_off": Text(
        "Her logger ingen inn med passord, unntatt med nødkontoen.",
        "Her loggar ingen inn med passord, unnateke med naudkontoen.",
        "Nobody logs in with a password here, except with the emergency account.",
    ),
    "leaving": Text(
        "Du er fortsatt logget inn med {provider}. Logg ut der også, særlig på en delt maskin.",
        "Du er framleis logga inn med {provider}. Logg ut der òg, særleg på ei delt maskin.",
        "You are still logged in with {provider}. Log out there too, above all where others sit.",
    ),
    "leave": Text("Logg ut av {provider}", "Logg ut av {provider}", "Log out of {provider}"),
    "wrong_login": Text(
        "E-post og passord hører ikke sammen. Prøv igjen.",
        "E-post og passord høyrer ikkje saman. Prøv igjen.",
        "E-mail and password do not belong together. Try again.",
    ),
    "too_many_tries": Text(
        ("For mange forsøk. Vent {n} sekund.", "For mange forsøk. Vent {n} sekunder."),
        "For mange forsøk. Vent {n} sekund.",
        ("Too many tries. Wait {n} second.", "Too many tries. Wait {n} seconds."),
    ),
    "logged_out": Text("Du er logget ut.", "Du er logga ut.", "You are logged out."),
    "change_password": Text("Bytt passord", "Byt passord", "Change password"),
    "must_change": Text(
        "Passordet ditt ble laget av en annen. Velg ditt eget før du går videre.",
        "Passordet ditt vart laga av ein annan. Vel ditt eige før du går vidare.",
        "Your password was made by somebody else. Choose your own before you go on.",
    ),
    "old_password": Text("Passordet du har nå", "Passordet du har no", "Your present password"),
    "new_password": Text("Nytt passord", "Nytt passord", "New password"),
    "password_hint": Text(
        "Minst {least} tegn. En setning du husker, er bedre enn et vanskelig ord.",
        "Minst {least} teikn. Ei setning du hugsar, er betre enn eit vanskeleg ord.",
        "At least {least} characters. A sentence you remember beats a difficult word.",
    ),
    "wrong_old": Text(
        "Dette er ikke passordet du har nå.",
        "Dette er ikkje passordet du har no.",
        "This is not your present password.",
    ),
    "short_password": Text(
        "Passordet må ha minst {least} tegn. Det du skrev, har {n}.",
        "Passordet må ha minst {least} teikn. Det du skreiv, har {n}.",
        "The password must have at least {least} characters. Yours has {n}.",
    ),
    "same_password": Text(
        "Det nye passordet må være et annet enn det du har nå.",
        "Det nye passordet må vere eit anna enn det du har no.",
        "The new password must differ from your present one.",
    ),
    "easy_password": Text(
        "Passordet er langt nok, men for lett å gjette. Navn, gjentakelser og vanlige ord prøves "
        "først. Velg heller flere ord som ikke hører sammen.",
        "Passordet er langt nok, men for lett å gjette. Namn, gjentakingar og vanlege ord blir "
        "prøvde først. Vel heller fleire ord som ikkje høyrer saman.",
        "The password is long enough, but too easy to guess. Names, repetitions and common words "
        "are tried first. Choose several words that have nothing to do with each other.",
    ),
    "end_tokens": Text(
        "Avslutt også nøklene mine for andre programmer",
        "Avslutt også nøklane mine for andre program",
        "Also end my tokens for other programs",
    ),
    "password_changed": Text(
        "Passordet er byttet. Logg inn med det nye.",
        "Passordet er bytt. Logg inn med det nye.",
        "The password is changed. Log in with the new one.",
    ),
    "welcome": Text("Velkommen til Rettvakt", "Velkomen til Rettvakt", "Welcome to Rettvakt"),
    "welcome_text": Text(
        "Her lages vaktplaner for legevakt som følger reglene og fordeler vaktene rettferdig. "
        "Ingen har brukt denne installasjonen ennå. Gi samarbeidet et navn, og lag din egen bruker "
        "som koordinator.",
        "Her blir det laga vaktplanar for legevakt som følgjer reglane og fordeler vaktene "
        "rettferdig. Ingen har brukt denne installasjonen enno. Gi samarbeidet eit namn, og lag "
        "din eigen brukar som koordinator.",
        "Here rosters for out-of-hours care are made that keep the rules and share the duties "
        "fairly. Nobody has used this installation yet. Name your cooperation, and make your own "
        "account as its coordinator.",
    ),
    "cooperation": Text(
        "Navn på samarbeidet eller kommunen",
        "Namn på samarbeidet eller kommunen",
        "Name of the cooperation or municipality",
    ),
    "cooperation_hint": Text(
        "For eksempel «Fjellregionen legevakt».",
        "Til dømes «Fjellregionen legevakt».",
        "For example “Fjellregionen legevakt”.",
    ),
    "your_name": Text("Navnet ditt", "Namnet ditt", "Your name"),
    "begin": Text("Kom i gang", "Kom i gang", "Get started"),
    "code": Text("Oppstartskode", "Oppstartskode", "Set-up code"),
    "code_hint": Text(
        "Står i vinduet der «rettvakt serve» ble startet.",
        "Står i vindauget der «rettvakt serve» vart starta.",
        "It stands in the window where “rettvakt serve” was started.",
    ),
    "wrong_code": Text(
        "Koden stemmer ikke. Den blir ny hver gang tjenesten starter.",
        "Koden stemmer ikkje. Han blir ny kvar gong tenesta startar.",
        "The code is wrong. It is a new one each time the service starts.",
    ),
    "fill_in_cooperation": Text(
        "Skriv navnet på samarbeidet, høyst 200 tegn.",
        "Skriv namnet på samarbeidet, høgst 200 teikn.",
        "Enter the name of the cooperation, 200 characters at most.",
    ),
    "fill_in_name": Text(
        "Skriv navnet ditt, høyst 200 tegn.",
        "Skriv namnet ditt, høgst 200 teikn.",
        "Enter your name, 200 characters at most.",
    ),
    "fill_in_email": Text(
        "Skriv en e-postadresse, for eksempel kari@kommune.no.",
        "Skriv ei e-postadresse, til dømes kari@kommune.no.",
        "Enter an e-mail address, such as kari@kommune.no.",
    ),
}
