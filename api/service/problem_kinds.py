"""The kinds of problem documents: how each is told, in bokmål and English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of problem is told.

    Attributes:
        status: of the answer.
        title, detail: bokmål and English; the detail is filled with the error's values.
    """

    status: int
    title: tuple[str, str]
    detail: tuple[str, str]


KINDS: Mapping[str, Kind] = {
    "not-found": Kind(
        404,
        ("Finnes ikke", "Not found"),
        (
            "Det du ba om, finnes ikke, eller du har ikke tilgang til det.",
            "What you asked for does not exist, or you have no access to it.",
        ),
    ),
    "stale": Kind(
        412,
        ("Endret av en annen", "Changed by somebody else"),
        (
            "Dette er endret siden du hentet det, og er nå i versjon {version}. "
            "Hent det på nytt, og gjør endringen om igjen.",
            "This was changed since you read it and is now version {version}. "
            "Read it again, then repeat your change.",
        ),
    ),
    "version-needed": Kind(
        428,
        ("Versjonen mangler", "The version is missing"),
        (
            'Send If-Match med versjonen du endrer, nå "{version}", '
            "så ingen skriver over andres arbeid.",
            'Send If-Match with the version that you change, now "{version}", so that nobody '
            "overwrites the work of others.",
        ),
    ),
    "forbidden": Kind(
        403,
        ("Ikke tilgang", "No access"),
        (
            "Brukeren din har ikke rett til dette ({right}). Be koordinatoren om hjelp.",
            "Your account has no right to this ({right}). Ask the coordinator.",
        ),
    ),
    "not-logged-in": Kind(
        401,
        ("Ikke innlogget", "Not logged in"),
        (
            "Logg inn, eller send et gyldig token (Authorization: Bearer).",
            "Log in, or send a valid token (Authorization: Bearer).",
        ),
    ),
    "login-needed": Kind(
        403,
        ("Krever innlogging", "Log in for this"),
        (
            "Passord og tokener endres bare av den som er logget inn, ikke med et token.",
            "Passwords and tokens are changed only by who is logged in, not with a token.",
        ),
    ),
    "still-rostered": Kind(
        409,
        ("Står i en plan som ikke er over", "Still in a plan that has not ended"),
        (
            "Legen står i planen «{title}», som ikke er over. Ta legen ut av planen først.",
            "The doctor is in the plan “{title}”, which has not ended. Take the doctor out of it "
            "first.",
        ),
    ),
    "provider-failed": Kind(
        502,
        ("Innloggingstjenesten svarer ikke som den skal", "The login provider failed"),
        (
            "Kommunens innloggingstjeneste svarte ikke, eller svaret kunne ikke godtas. Prøv igjen "
            "om litt. Varer det, så si fra til den som driver Rettvakt.",
            "The login provider did not answer, or its answer cannot be accepted. Try again in a "
            "while. If that does not help, tell whoever runs Rettvakt.",
        ),
    ),
    "login-refused": Kind(
        403,
        ("Du slipper ikke inn", "You may not come in"),
        (
            "Innloggingen lyktes, men den gir ikke tilgang til Rettvakt ({reason}). Be "
            "koordinatoren eller den som driver Rettvakt, om hjelp.",
            "You are logged in at the provider, but that opens nothing here ({reason}). Ask the "
            "coordinator or whoever runs Rettvakt.",
        ),
    ),
    "login-lost": Kind(
        400,
        ("Innloggingen må begynne på nytt", "The login must begin again"),
        (
            "Innloggingen ble ikke begynt i denne nettleseren, er brukt før eller tok for lang "
            "tid. Begynn på nytt.",
            "The login was not begun in this browser, has been used before or took too long. "
            "Begin again.",
        ),
    ),
    "passwords-off": Kind(
        403,
        ("Logg inn på en annen måte", "Log in another way"),
        (
            "Rettvakt bruker ikke egne passord her. Logg inn med kommunens innlogging.",
            "Rettvakt has no passwords of its own here. Log in with your organisation's login.",
        ),
    ),
    "provider-off": Kind(
        404,
        ("Ingen innloggingstjeneste", "No login provider"),
        (
            "Rettvakt er ikke koblet til noen innloggingstjeneste. Logg inn med e-post og passord.",
            "Rettvakt is connected to no login provider. Log in with e-mail and password.",
        ),
    ),
    "token-end": Kind(
        422,
        ("Nøkkelen kan ikke vare så lenge", "The token cannot last so long"),
        (
            "En nøkkel må slutte å gjelde i framtiden, og senest om {days} dager.",
            "A token must end in the future, and within {days} days.",
        ),
    ),
    "wrong-login": Kind(
        401,
        ("Feil e-post eller passord", "Wrong e-mail or password"),
        (
            "E-post og passord hører ikke sammen. Prøv igjen, eller be om et nytt passord.",
            "E-mail and password do not belong together. Try again, or ask for a new password.",
        ),
    ),
    "weak-password": Kind(
        422,
        ("Passordet kan ikke brukes", "The password cannot be used"),
        (
            "Passordet må ha minst {least} tegn, være et annet enn det forrige og ikke være lett å "
            "gjette. Flere ord som ikke hører sammen, er både sterkt og lett å huske.",
            "The password must have at least {least} characters, differ from the former one and be "
            "hard to guess. Several words that have nothing to do with each other will do.",
        ),
    ),
    "password-change-needed": Kind(
        403,
        ("Bytt passord først", "Change the password first"),
        (
            "Passordet ble satt av noen andre. Bytt det (PUT /api/v1/me/password) før du gjør "
            "noe annet.",
            "The password was set by somebody else. Change it (PUT /api/v1/me/password) before "
            "anything else.",
        ),
    ),
    "too-many-tries": Kind(
        429,
        ("For mange forsøk", "Too many tries"),
        (
            "Vent {seconds} sekunder før neste forsøk.",
            "Wait {seconds} seconds before the next try.",
        ),
    ),
    "cross-site": Kind(
        403,
        ("Forespørselen kommer fra et annet nettsted", "The request comes from another site"),
        (
            "Endringer må gjøres fra Rettvakts egne sider, eller med et token.",
            "Changes must be made from Rettvakt's own pages, or with a token.",
        ),
    ),
    "too-large": Kind(
        413,
        ("For stort", "Too large"),
        (
            "Det du sendte, er større enn {most} MB. Slett det som ikke hører til.",
            "What you sent is larger than {most} MB. Remove what does not belong there.",
        ),
    ),
    "taken": Kind(
        409,
        ("Finnes fra før", "Exists already"),
        ("«{value}» er i bruk. Velg noe annet.", "“{value}” is in use. Choose something else."),
    ),
    "wrong-state": Kind(
        409,
        ("Kan ikke gjøres nå", "Cannot be done now"),
        (
            "{standing}. Derfor kan ikke dette gjøres nå.",
            "{standing}, so this cannot be done now.",
        ),
    ),
    "last-one": Kind(
        409,
        ("Ingen andre har rollen", "Nobody else has the role"),
        (
            "Noen må ha denne rollen, og ingen andre har den. Gi den til en annen først.",
            "Somebody must have this role, and nobody else has it. Give it to another first.",
        ),
    ),
    "wishes-closed": Kind(
        409,
        ("Ønskerunden er slutt", "The wish round is over"),
        (
            "Ønsker kunne meldes til {deadline}, og runden er slutt. Snakk med koordinatoren hvis "
            "noe må endres.",
            "Wishes could be stated until {deadline}, and the round is over. Talk to the "
            "coordinator if something must be changed.",
        ),
    ),
    "too-many-wishes": Kind(
        409,
        ("Ikke plass til flere ønsker", "No room for more wishes"),
        (
            "Hver lege kan melde {most} ønsker i denne runden. Endre eller trekk et av dem du har.",
            "Each doctor may state {most} wishes in this round. Change or withdraw one of yours.",
        ),
    ),
    "breaches-not-signed": Kind(
        409,
        ("Planen bryter regler", "The roster breaks rules"),
        (
            "Planen har {breaches} regelbrudd. Rett dem, eller skriv i «signed» hvorfor den "
            "likevel publiseres og hvem som svarer for det.",
            "The roster has {breaches} breaches. Mend them, or write in “signed” why it is "
            "published all the same and who answers for it.",
        ),
    ),
    "too-many-jobs": Kind(
        429,
        ("For mange jobber", "Too many jobs"),
        (
            "Samarbeidet har alt {most} jobber i gang eller i kø. Vent til en er ferdig, "
            "eller stopp en.",
            "The cooperation has {most} jobs running or waiting. Wait until one is done, "
            "or stop one.",
        ),
    ),
    "already-offered": Kind(
        409,
        ("Alt tilbudt", "Already offered"),
        (
            "Vakten er alt lagt ut. Trekk det gamle tilbudet først, om du vil endre det.",
            "The duty is offered already. Withdraw that offer first if you want to change it.",
        ),
    ),
    "offer-gone": Kind(
        409,
        ("Tilbudet gjelder ikke lenger", "The offer has ended"),
        (
            "Byttetilbudet er ikke åpent lenger: en annen var raskere, eller det er trukket eller "
            "utløpt. Hent listen på nytt.",
            "The swap offer is no longer open: somebody was quicker, or it was withdrawn or has "
            "expired. Read the list again.",
        ),
    ),
    "swap-unlawful": Kind(
        409,
        ("Byttet er ikke lovlig", "The swap is not lawful"),
        (
            "Ingenting er byttet. {sentences}",
            "Nothing was swapped. In the rules' own words: {sentences}",
        ),
    ),
    "roster-being-changed": Kind(
        409,
        ("Vaktplanen er under endring", "The roster is being changed"),
        (
            "Vaktplanen har endringer som ikke er publisert. Byttet står, og kan fullføres når de "
            "er publisert.",
            "The roster has changes that are not published. The swap stands, and can be completed "
            "once they are.",
        ),
    ),
    "approval-needed": Kind(
        409,
        ("Byttet må godkjennes", "The swap needs approval"),
        (
            "Byttet venter på vaktplanleggeren, som er den som kan fullføre det.",
            "The swap waits for the coordinator, who alone can complete it.",
        ),
    ),
    "key-reused": Kind(
        422,
        ("Nøkkelen er brukt", "The key has been used"),
        (
            "Denne Idempotency-Key hører til en annen forespørsel. Lag en ny nøkkel.",
            "This Idempotency-Key belongs to another request. Make a new one.",
        ),
    ),
    "bad-cursor": Kind(
        422,
        ("Ukjent fortsettelse", "Unknown cursor"),
        (
            "«{value}» er ikke en fortsettelse som denne listen har gitt.",
            "“{value}” is no cursor that this list gave.",
        ),
    ),
    "faults": Kind(
        422,
        ("Noe må rettes", "Something must be put right"),
        (
            "Ingenting er lagret. Rett det som står i «faults», og send på nytt.",
            "Nothing was stored. Put right what “faults” names, then send it again.",
        ),
    ),
    "invalid-request": Kind(
        422,
        ("Forespørselen er ikke gyldig", "The request is not valid"),
        (
            "Ingenting er lagret. Rett det som står i «faults», og send på nytt.",
            "Nothing was stored. Put right what “faults” names, then send it again.",
        ),
    ),
    "http": Kind(
        400,
        ("Forespørselen kan ikke besvares", "The request cannot be answered"),
        ("{reason}", "{reason}"),
    ),
    "internal": Kind(
        500,
        ("Feil i Rettvakt", "A fault in Rettvakt"),
        (
            "Dette er en feil hos oss. Ingenting er lagret. Prøv igjen, og si fra om det "
            "gjentar seg.",
            "This is our fault. Nothing was stored. Try again, and tell us if it happens again.",
        ),
    ),
}
