"""The audit log."""

from api.pages.audit.detail_texts import DETAILS
from api.pages.catalogue import Text

TEXTS = {
    **DETAILS,
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
    "only_this": Text("vis bare dette", "vis berre dette", "show this alone"),
    "all": Text("Vis alt", "Vis alt", "Show all"),
    "when": Text("Når", "Når", "When"),
    "who": Text("Hvem", "Kven", "Who"),
    "what": Text("Hva", "Kva", "What"),
    "subject": Text("Hva det gjelder", "Kva det gjeld", "About"),
    "why": Text("Hvorfor", "Kvifor", "Why"),
    "details": Text("Detaljer", "Detaljar", "Details"),
    "none": Text("Loggen er tom", "Loggen er tom", "The log is empty"),
    "none_text": Text(
        "Her kommer det som gjøres i samarbeidet.",
        "Her kjem det som blir gjort i samarbeidet.",
        "What is done in the cooperation comes here.",
    ),
    "account_created": Text("Opprettet en bruker", "Oppretta ein brukar", "Made an account"),
    "account_logged_in": Text("Logget inn", "Logga inn", "Logged in"),
    "account_closed": Text("Stengte en bruker", "Stengde ein brukar", "Closed an account"),
    "account_logins_ended": Text(
        "Logget ut andre steder", "Logga ut andre stader", "Logged out elsewhere"
    ),
    "account_role_changed": Text(
        "Endret rollen til en bruker", "Endra rolla til ein brukar", "Changed an account's role"
    ),
    "account_linked": Text(
        "Koblet en bruker til innlogging", "Kopla ein brukar til innlogging", "Linked an account"
    ),
    "account_password_changed": Text("Byttet passord", "Bytte passord", "Changed a password"),
    "account_password_reset": Text(
        "Laget et nytt passord for en bruker",
        "Laga eit nytt passord for ein brukar",
        "Reset a password",
    ),
    "comment_made": Text(
        "Skrev en kommentar i høringen", "Skreiv ein kommentar i høyringa", "Commented in a hearing"
    ),
    "comment_answered": Text(
        "Svarte på en kommentar", "Svara på ein kommentar", "Answered a comment"
    ),
    "comment_closed": Text("Avsluttet en kommentar", "Avslutta ein kommentar", "Closed a comment"),
    "contact_changed": Text(
        "Endret kontaktopplysninger", "Endra kontaktopplysningar", "Changed contact details"
    ),
    "cooperation_created": Text(
        "Opprettet et samarbeid", "Oppretta eit samarbeid", "Made a cooperation"
    ),
    "feed_created": Text(
        "Laget en kalenderadresse", "Laga ei kalenderadresse", "Made a calendar address"
    ),
    "feed_revoked": Text(
        "Slettet en kalenderadresse", "Sletta ei kalenderadresse", "Deleted a calendar address"
    ),
    "job_asked_for": Text("Startet en beregning", "Starta ei utrekning", "Started a calculation"),
    "job_option_chosen": Text("Valgte et forslag", "Valde eit forslag", "Chose an option"),
    "job_stopped": Text("Stoppet en beregning", "Stoppa ei utrekning", "Stopped a calculation"),
    "ledger_settings": Text(
        "Endret innstillingene for vaktkontoen",
        "Endra innstillingane for vaktkontoen",
        "Changed the settings of the ledger",
    ),
    "ledger_closing": Text("Avsluttet en periode", "Avslutta ein periode", "Closed a period"),
    "ledger_correction": Text("Rettet en saldo", "Retta ein saldo", "Corrected a balance"),
    "ledger_leaving": Text(
        "Gjorde opp saldoen til en som slutter",
        "Gjorde opp saldoen til ein som sluttar",
        "Settled the account of one who leaves",
    ),
    "ledger_reversal": Text("Reverserte et bilag", "Reverserte eit bilag", "Reversed an entry"),
    "message_resent": Text(
        "Sendte en melding på nytt", "Sende ei melding på nytt", "Sent a message again"
    ),
    "offer_made": Text("Tilbød en vakt", "Tilbaud ei vakt", "Offered a duty"),
    "offer_declined": Text(
        "Takket nei til et byttetilbud", "Takka nei til eit bytetilbod", "Declined an offer"
    ),
    "offer_withdrawn": Text("Trakk et byttetilbud", "Trekte eit bytetilbod", "Withdrew an offer"),
    "offer_lapsed": Text("Et byttetilbud falt bort", "Eit bytetilbod fall bort", "An offer lapsed"),
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
    "roster_hearing": Text(
        "Sendte en vaktplan på høring", "Sende ein vaktplan på høyring", "Sent a roster to hearing"
    ),
    "roster_draft": Text("Avsluttet en høring", "Avslutta ei høyring", "Ended a hearing"),
    "roster_archived": Text("Arkiverte en vaktplan", "Arkiverte ein vaktplan", "Archived a roster"),
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
    "swap_lapsed": Text("Et bytte falt bort", "Eit byte fall bort", "A swap lapsed"),
    "swaps_settings": Text(
        "Endret reglene for bytte", "Endra reglane for byte", "Changed the settings of swaps"
    ),
    "token_created": Text(
        "Laget en nøkkel for et annet program",
        "Laga ein nøkkel for eit anna program",
        "Made a token",
    ),
    "token_revoked": Text(
        "Avsluttet en nøkkel for et annet program",
        "Avslutta ein nøkkel for eit anna program",
        "Revoked a token",
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
