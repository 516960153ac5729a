"""The audit log."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Logg", "Logg", "Log"),
    "intro": Text(
        "Hvem gjorde hva, når og hvorfor. Loggen kan ikke endres.",
        "Kven gjorde kva, når og kvifor. Loggen kan ikkje endrast.",
        "Who did what, when and why. The log cannot be changed.",
    ),
    "only": Text(
        "Bare det som gjelder {subject}.",
        "Berre det som gjeld {subject}.",
        "About {subject} alone.",
    ),
    "only_this": Text("Bare {subject}", "Berre {subject}", "{subject} alone"),
    "all": Text("Vis alt", "Vis alt", "Show all"),
    "when": Text("Når", "Når", "When"),
    "who": Text("Hvem", "Kven", "Who"),
    "what": Text("Hva", "Kva", "What"),
    "subject": Text("Hva det gjelder", "Kva det gjeld", "About"),
    "open": Text("Åpne", "Opne", "Open"),
    "why": Text("Hvorfor", "Kvifor", "Why"),
    "details": Text("Detaljer", "Detaljar", "Details"),
    "none": Text("Loggen er tom", "Loggen er tom", "The log is empty"),
    "none_text": Text(
        "Her kommer det som gjøres i samarbeidet.",
        "Her kjem det som blir gjort i samarbeidet.",
        "What is done in the cooperation comes here.",
    ),
    "account_created": Text("Opprettet en bruker", "Oppretta ein brukar", "Made an account"),
    "account_closed": Text("Stengte en bruker", "Stengde ein brukar", "Closed an account"),
    "account_linked": Text(
        "Koblet en bruker til innlogging", "Kopla ein brukar til innlogging", "Linked an account"
    ),
    "account_password_changed": Text("Byttet passord", "Bytte passord", "Changed a password"),
    "comment_made": Text(
        "Skrev en merknad i høring", "Skreiv ein merknad i høyring", "Commented in a hearing"
    ),
    "comment_answered": Text("Svarte på en merknad", "Svara på ein merknad", "Answered a comment"),
    "comment_closed": Text("Lukket en merknad", "Lukka ein merknad", "Closed a comment"),
    "cooperation_created": Text(
        "Opprettet et samarbeid", "Oppretta eit samarbeid", "Made a cooperation"
    ),
    "feed_created": Text("Laget en kalender", "Laga ein kalender", "Made a calendar"),
    "feed_revoked": Text("Stengte en kalender", "Stengde ein kalender", "Revoked a calendar"),
    "job_asked_for": Text("Startet en beregning", "Starta ei utrekning", "Started a calculation"),
    "job_option_chosen": Text("Valgte et forslag", "Valde eit forslag", "Chose an option"),
    "job_stopped": Text("Stoppet en beregning", "Stoppa ei utrekning", "Stopped a calculation"),
    "ledger_posted": Text("Førte i vaktkontoen", "Førte i vaktkontoen", "Posted in the ledger"),
    "message_resent": Text(
        "Sendte en melding på nytt", "Sende ei melding på nytt", "Sent a message again"
    ),
    "offer_made": Text("La ut en vakt for bytte", "La ut ei vakt for byte", "Offered a duty"),
    "offer_declined": Text("Avslo et bytte", "Avslo eit byte", "Declined an offer"),
    "offer_withdrawn": Text("Trakk et bytte", "Trekte eit byte", "Withdrew an offer"),
    "offer_lapsed": Text("Et bytte gikk ut", "Eit byte gjekk ut", "An offer lapsed"),
    "person_erased": Text(
        "Slettet personopplysninger", "Sletta personopplysningar", "Erased personal data"
    ),
    "person_exported": Text(
        "Hentet ut personopplysninger", "Henta ut personopplysningar", "Exported personal data"
    ),
    "plan_created": Text("Lastet opp en plan", "Lasta opp ein plan", "Uploaded a plan"),
    "plan_changed": Text("Endret en plan", "Endra ein plan", "Changed a plan"),
    "roster_created": Text("Laget en vaktplan", "Laga ein vaktplan", "Made a roster"),
    "roster_changed": Text("Endret en vaktplan", "Endra ein vaktplan", "Changed a roster"),
    "roster_published": Text(
        "Publiserte en vaktplan", "Publiserte ein vaktplan", "Published a roster"
    ),
    "roster_superseded": Text(
        "En vaktplan ble avløst", "Ein vaktplan vart avløyst", "A roster was superseded"
    ),
    "scenarios_created": Text("Lagret scenarier", "Lagra scenario", "Stored scenarios"),
    "scenarios_changed": Text("Endret scenarier", "Endra scenario", "Changed scenarios"),
    "scenarios_deleted": Text("Slettet scenarier", "Sletta scenario", "Deleted scenarios"),
    "scenarios_shared": Text("Delte scenarier", "Delte scenario", "Shared scenarios"),
    "scenarios_unshared": Text(
        "Sluttet å dele scenarier", "Slutta å dele scenario", "Stopped sharing scenarios"
    ),
    "swap_proposed": Text("Foreslo et bytte", "Føreslo eit byte", "Proposed a swap"),
    "swap_answered": Text("Svarte på et bytte", "Svara på eit byte", "Answered a swap"),
    "swap_agreed": Text("Ble enige om et bytte", "Vart samde om eit byte", "Agreed on a swap"),
    "swap_done": Text("Et bytte er gjennomført", "Eit byte er gjennomført", "A swap was made"),
    "swap_refused": Text("Avslo et bytte", "Avslo eit byte", "Refused a swap"),
    "swap_lapsed": Text("Et bytte gikk ut", "Eit byte gjekk ut", "A swap lapsed"),
    "swaps_settings": Text(
        "Endret reglene for bytte", "Endra reglane for byte", "Changed the settings of swaps"
    ),
    "token_created": Text("Laget et tilgangsmerke", "Laga eit tilgangsmerke", "Made a token"),
    "token_revoked": Text(
        "Trakk tilbake et tilgangsmerke", "Trekte tilbake eit tilgangsmerke", "Revoked a token"
    ),
    "wish_round_opened": Text("Åpnet en ønskerunde", "Opna ein ønskerunde", "Opened a wish round"),
    "wish_round_changed": Text(
        "Endret en ønskerunde", "Endra ein ønskerunde", "Changed a wish round"
    ),
    "wish_round_closed": Text(
        "Avsluttet en ønskerunde", "Avslutta ein ønskerunde", "Closed a wish round"
    ),
    "wish_round_taken_in": Text(
        "Tok inn ønsker i planen", "Tok inn ønske i planen", "Took wishes into the plan"
    ),
    "wish_stated": Text("La inn et ønske", "La inn eit ønske", "Stated a wish"),
    "wish_changed": Text("Endret et ønske", "Endra eit ønske", "Changed a wish"),
    "wish_withdrawn": Text("Trakk et ønske", "Trekte eit ønske", "Withdrew a wish"),
}
