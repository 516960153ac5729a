"""The own account in the ledger, and the own data."""

from api.pages.catalogue import Text

TEXTS = {
    "account": Text("Min konto", "Kontoen min", "My account"),
    "account_text": Text(
        "Vaktkontoen viser hvor mye mer eller mindre du har hatt enn den rettferdige andelen din, "
        "gjennom alle avsluttede perioder.",
        "Vaktkontoen viser kor mykje meir eller mindre du har hatt enn den rettferdige andelen "
        "din, gjennom alle avslutta periodar.",
        "The account shows how much more or less you have had than your fair share, over all "
        "closed periods.",
    ),
    "over": Text("{amount} over", "{amount} over", "{amount} over"),
    "under": Text("{amount} under", "{amount} under", "{amount} under"),
    "even": Text("i balanse", "i balanse", "even"),
    "strip": Text(
        "Du: {own}. Alle leger: fra {least} til {most}, midten {middle}.",
        "Du: {own}. Alle legar: frå {least} til {most}, midten {middle}.",
        "You: {own}. All doctors: from {least} to {most}, middle {middle}.",
    ),
    "spread": Text(
        "Alle leger: {least} til {most}, midten {middle}",
        "Alle legar: {least} til {most}, midten {middle}",
        "All doctors: {least} to {most}, middle {middle}",
    ),
    "legend": Text(
        "Ruten er deg, prikkene er alle leger uten navn. Streken er null: akkurat den "
        "rettferdige andelen.",
        "Ruta er deg, prikkane er alle legar utan namn. Streken er null: akkurat den "
        "rettferdige andelen.",
        "The diamond is you, the dots are all doctors without names. The line is zero: exactly "
        "the fair share.",
    ),
    "nothing": Text("Ingenting på kontoen ennå", "Ingenting på kontoen enno", "Nothing yet"),
    "nothing_text": Text(
        "Kontoen fylles når den første vaktplanen er avsluttet.",
        "Kontoen blir fylt når den første vaktplanen er avslutta.",
        "The account is filled when the first roster is closed.",
    ),
    "in_roster": Text("I «{title}»", "I «{title}»", "In “{title}”"),
    "you": Text("Du", "Du", "You"),
    "all": Text("Alle", "Alle", "All"),
    "range": Text("{least} til {most}", "{least} til {most}", "{least} to {most}"),
    "hidden": Text(
        "De andres tall vises ikke: Med så få leger kunne du ha regnet ut hva hver av dem har.",
        "Tala til dei andre blir ikkje viste: Med så få legar kunne du ha rekna ut kva kvar av "
        "dei har.",
        "The others' numbers are not shown: with so few doctors, you could reckon what each of "
        "them has.",
    ),
    "lines": Text("Kontoen linje for linje", "Kontoen linje for linje", "Line by line"),
    "day": Text("Dag", "Dag", "Day"),
    "what": Text("Hva", "Kva", "What"),
    "amount": Text("Beløp", "Beløp", "Amount"),
    "balance": Text("Saldo", "Saldo", "Balance"),
    "data": Text("Mine data", "Mine data", "My data"),
    "contact": Text("Kontakt", "Kontakt", "Contact"),
    "phone": Text("Mobil", "Mobil", "Mobile"),
    "phone_hint": Text(
        "Brukes til SMS når en vakt endres så sent at kalenderen ikke rekker å følge med. Tomt: "
        "ingen SMS.",
        "Blir brukt til SMS når ei vakt blir endra så seint at kalenderen ikkje rekk å følgje med. "
        "Tomt: ingen SMS.",
        "For SMS when a duty changes too late for your calendar to fetch it. Empty: no SMS.",
    ),
    "phone_wrong": Text(
        "Skriv et telefonnummer, for eksempel 900 00 000 eller +46 70 000 00 00.",
        "Skriv eit telefonnummer, til dømes 900 00 000 eller +46 70 000 00 00.",
        "Enter a telephone number, such as 900 00 000 or +46 70 000 00 00.",
    ),
    "language": Text(
        "Språk i e-post og SMS", "Språk i e-post og SMS", "Language of e-mail and SMS"
    ),
    "save": Text("Lagre", "Lagre", "Save"),
    "saved": Text("Lagret.", "Lagra.", "Saved."),
    "login": Text("Innlogging", "Innlogging", "Login"),
    "logged_in_as": Text(
        "Du er logget inn som {email}.", "Du er logga inn som {email}.", "Logged in as {email}."
    ),
    "logins": Text("Her er du logget inn", "Her er du logga inn", "Where you are logged in"),
    "login_since": Text("Logget inn {when}", "Logga inn {when}", "Logged in {when}"),
    "login_here": Text("Denne nettleseren", "Denne nettlesaren", "This browser"),
    "login_provider": Text(
        "Med kommunens innlogging",
        "Med innlogginga til kommunen",
        "With the municipality's login",
    ),
    "login_password": Text("Med passord", "Med passord", "With a password"),
    "end_login": Text("Logg ut", "Logg ut", "Log out"),
    "end_login_one": Text(
        "Logg ut (logget inn {when})",
        "Logg ut (logga inn {when})",
        "Log out (logged in {when})",
    ),
    "end_others": Text(
        "Logg ut alle andre steder", "Logg ut alle andre stader", "Log out everywhere else"
    ),
    "login_ended": Text("Innloggingen er avsluttet.", "Innlogginga er avslutta.", "Logged out."),
    "logins_ended": Text(
        "Du er logget ut alle andre steder.",
        "Du er logga ut alle andre stader.",
        "You are logged out everywhere else.",
    ),
    "tokens": Text(
        "Nøkler for andre programmer", "Nøklar for andre program", "Tokens for other programs"
    ),
    "used": Text("Sist brukt {when}", "Sist brukt {when}", "Last used {when}"),
    "unused": Text("Aldri brukt", "Aldri brukt", "Never used"),
    "end_token": Text("Avslutt", "Avslutt", "End"),
    "end_token_one": Text("Avslutt «{label}»", "Avslutt «{label}»", "End “{label}”"),
    "token_ended": Text("Nøkkelen er avsluttet.", "Nøkkelen er avslutta.", "The token is ended."),
    "export": Text("Det vi har om deg", "Det vi har om deg", "What is kept about you"),
    "export_text": Text(
        "Du kan laste ned alt Rettvakt har lagret om deg, som en fil andre programmer kan lese.",
        "Du kan laste ned alt Rettvakt har lagra om deg, som ei fil andre program kan lese.",
        "You can download all that Rettvakt keeps about you, as a file that programs can read.",
    ),
    "download": Text("Last ned mine data", "Last ned mine data", "Download my data"),
}
