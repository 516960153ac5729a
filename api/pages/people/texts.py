"""Accounts."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Brukere", "Brukarar", "People"),
    "intro": Text(
        "Alle som kan logge inn, og hva de kan. En bruker som stenges, kan ikke åpnes igjen.",
        "Alle som kan logge inn, og kva dei kan. Ein brukar som blir stengd, kan ikkje opnast att.",
        "All who can log in, and what they may do. A closed account cannot be opened again.",
    ),
    "name": Text("Navn", "Namn", "Name"),
    "email": Text("E-post", "E-post", "E-mail"),
    "role": Text("Rolle", "Rolle", "Role"),
    "state": Text("Status", "Status", "Status"),
    "active": Text("I bruk", "I bruk", "In use"),
    "new": Text("Må bytte passord", "Må byte passord", "Must change password"),
    "is_closed": Text("Stengt", "Stengd", "Closed"),
    "close": Text("Steng", "Steng", "Close"),
    "close_one": Text("Steng {name}", "Steng {name}", "Close {name}"),
    "close_sure": Text("Stenge {name}?", "Stengje {name}?", "Close {name}?"),
    "close_text": Text(
        "Brukeren blir logget ut med en gang og kan ikke logge inn mer. Kalenderlenkene brukeren "
        "har laget til legers vakter, slutter å virke. En stengt bruker kan ikke åpnes igjen.",
        "Brukaren blir logga ut med ein gong og kan ikkje logge inn meir. Kalenderlenkjene "
        "brukaren har laga til vaktene til legar, sluttar å verke. Ein stengd brukar kan ikkje "
        "opnast att.",
        "The person is logged out at once and cannot log in any more. Calendar links that the "
        "person made to doctors' duties end. A closed account cannot be opened again.",
    ),
    "leave_open": Text("La være", "La vere", "Leave it open"),
    "closed": Text("Brukeren er stengt.", "Brukaren er stengd.", "The account is closed."),
    "change": Text("Endre rolle", "Endre rolle", "Change role"),
    "change_one": Text(
        "Endre rollen til {name}", "Endre rolla til {name}", "Change the role of {name}"
    ),
    "change_text": Text(
        "Den nye rollen gjelder med en gang, også der brukeren er logget inn. Nøkler mister det "
        "rollen ikke gir rett til. Kalenderlenkene brukeren har laget til legers vakter, slutter "
        "å virke.",
        "Den nye rolla gjeld med ein gong, òg der brukaren er logga inn. Nøklar mistar det rolla "
        "ikkje gir rett til. Kalenderlenkjene brukaren har laga til vaktene til legar, sluttar å "
        "verke.",
        "The new role counts at once, also where the person is logged in. Tokens lose what the "
        "role gives no right to. Calendar links that the person made to doctors' duties end.",
    ),
    "changed": Text("Rollen er endret.", "Rolla er endra.", "The role is changed."),
    "why": Text("Hvorfor? (valgfritt)", "Kvifor? (valfritt)", "Why? (optional)"),
    "add": Text("Ny bruker", "Ny brukar", "New account"),
    "make": Text("Opprett bruker", "Opprett brukar", "Make the account"),
    "doctor": Text("Lege i planen", "Lege i planen", "Doctor in the plan"),
    "doctor_hint": Text(
        "Bare for rollen lege.", "Berre for rolla lege.", "For the role of doctor alone."
    ),
    "municipality": Text("Kommune", "Kommune", "Municipality"),
    "municipality_hint": Text(
        "Bare for rollen leder.", "Berre for rolla leiar.", "For the role of manager alone."
    ),
    "which_doctor": Text(
        "Velg hvilken lege brukeren er.",
        "Vel kva lege brukaren er.",
        "Choose which doctor the account belongs to.",
    ),
    "which_municipality": Text(
        "Velg lederens kommune.",
        "Vel kommunen til leiaren.",
        "Choose the manager's municipality.",
    ),
    "taken": Text(
        "E-postadressen er i bruk.",
        "E-postadressa er i bruk.",
        "The e-mail address is in use.",
    ),
    "made": Text("{name} kan logge inn", "{name} kan logge inn", "{name} can log in"),
    "once": Text(
        "Gi passordet videre på en trygg måte. Det vises bare denne ene gangen, og må byttes ved "
        "første innlogging.",
        "Gi passordet vidare på ein trygg måte. Det blir vist berre denne eine gongen, og må "
        "bytast ved første innlogging.",
        "Pass the password on safely. It is shown this once, and must be changed at the first "
        "login.",
    ),
    "password": Text("Første passord", "Første passord", "First password"),
    "back": Text("Til brukerne", "Til brukarane", "To the accounts"),
    "role_system": Text("Systemansvarlig", "Systemansvarleg", "System administrator"),
    "role_coordinator": Text("Koordinator", "Koordinator", "Coordinator"),
    "role_doctor": Text("Lege", "Lege", "Doctor"),
    "role_manager": Text("Leder", "Leiar", "Manager"),
    "role_auditor": Text("Revisor", "Revisor", "Auditor"),
    "about_system": Text("oppretter samarbeid", "opprettar samarbeid", "makes cooperations"),
    "about_coordinator": Text(
        "lager planer og vaktplaner", "lagar planar og vaktplanar", "makes plans and rosters"
    ),
    "about_doctor": Text("ser og bytter egne vakter", "ser og byter eigne vakter", "own duties"),
    "about_manager": Text("ser egen kommune", "ser eigen kommune", "sees the own municipality"),
    "about_auditor": Text(
        "ser alt, endrer ingenting", "ser alt, endrar ingenting", "sees all, changes nothing"
    ),
}
