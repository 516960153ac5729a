"""What the log tells of, and the details of its entries."""

from collections.abc import Mapping

from api.pages.catalogue import Text

DETAILS: Mapping[str, Text] = {
    "thing_account": Text("Bruker", "Brukar", "Account"),
    "thing_cooperation": Text("Samarbeid", "Samarbeid", "Cooperation"),
    "thing_feed": Text("Kalenderadresse", "Kalenderadresse", "Calendar address"),
    "thing_job": Text("Beregning", "Utrekning", "Calculation"),
    "thing_ledger": Text("Bilag", "Bilag", "Ledger entry"),
    "thing_message": Text("Melding", "Melding", "Message"),
    "thing_plan": Text("Plan", "Plan", "Plan"),
    "thing_roster": Text("Vaktplan", "Vaktplan", "Roster"),
    "thing_scenarios": Text("Scenarier", "Scenario", "Scenarios"),
    "thing_swap": Text("Bytte", "Byte", "Swap"),
    "thing_swap_offer": Text("Byttetilbud", "Bytetilbod", "Swap offer"),
    "thing_swaps": Text("Regler for bytte", "Reglar for byte", "Rules for swaps"),
    "thing_token": Text(
        "Nøkkel for et annet program", "Nøkkel for eit anna program", "Token for another program"
    ),
    "thing_wish_round": Text("Ønskerunde", "Ønskerunde", "Wish round"),
    "detail_breaches": Text(
        ("{n} regelbrudd", "{n} regelbrudd"),
        ("{n} regelbrot", "{n} regelbrot"),
        ("{n} breach", "{n} breaches"),
    ),
    "detail_by": Text("avløst av {value}", "avløyst av {value}", "superseded by {value}"),
    "detail_count": Text(
        ("{n} innlogging", "{n} innlogginger"),
        ("{n} innlogging", "{n} innloggingar"),
        ("{n} login", "{n} logins"),
    ),
    "detail_digest": Text("kontrollsum {value}", "kontrollsum {value}", "digest {value}"),
    "detail_doctors": Text(
        ("{n} lege", "{n} leger"), ("{n} lege", "{n} legar"), ("{n} doctor", "{n} doctors")
    ),
    "detail_doctor": Text("lege: {value}", "lege: {value}", "doctor: {value}"),
    "detail_duty": Text("vakten {value}", "vakta {value}", "duty {value}"),
    "detail_former": Text("før: {value}", "før: {value}", "before: {value}"),
    "detail_former_doctor": Text(
        "lege før: {value}", "lege før: {value}", "doctor before: {value}"
    ),
    "detail_former_municipality": Text(
        "kommune før: {value}", "kommune før: {value}", "municipality before: {value}"
    ),
    "detail_holes": Text(
        ("{n} vakt uten lege", "{n} vakter uten lege"),
        ("{n} vakt utan lege", "{n} vakter utan lege"),
        ("{n} duty without a doctor", "{n} duties without a doctor"),
    ),
    "detail_issuer": Text(
        "innlogging hos {value}", "innlogging hos {value}", "login provider {value}"
    ),
    "detail_kind": Text("{value}", "{value}", "{value}"),
    "detail_language": Text("språk: {value}", "språk: {value}", "language: {value}"),
    "detail_most": Text(
        ("høyst {n} ønske hver", "høyst {n} ønsker hver"),
        ("høgst {n} ønske kvar", "høgst {n} ønske kvar"),
        ("at most {n} wish each", "at most {n} wishes each"),
    ),
    "detail_municipality": Text("kommune: {value}", "kommune: {value}", "municipality: {value}"),
    "detail_name": Text("«{value}»", "«{value}»", "“{value}”"),
    "detail_need_approval_yes": Text(
        "koordinatoren må godkjenne bytter",
        "koordinatoren må godkjenne byte",
        "swaps need the coordinator’s approval",
    ),
    "detail_need_approval_no": Text(
        "lovlige bytter trenger ingen godkjenning",
        "lovlege byte treng inga godkjenning",
        "lawful swaps need no approval",
    ),
    "detail_number": Text("forslag {value}", "forslag {value}", "option {value}"),
    "detail_of": Text("for {value}", "for {value}", "for {value}"),
    "detail_phone_yes": Text("med telefon", "med telefon", "with a telephone"),
    "detail_phone_no": Text("uten telefon", "utan telefon", "without a telephone"),
    "detail_plan": Text("planen {value}", "planen {value}", "plan {value}"),
    "detail_publication": Text(
        "publisering nr. {value}", "publisering nr. {value}", "publication no. {value}"
    ),
    "detail_role": Text("rolle: {value}", "rolle: {value}", "role: {value}"),
    "detail_roster": Text("vaktplanen {value}", "vaktplanen {value}", "roster {value}"),
    "detail_scopes": Text("rettigheter: {value}", "rettar: {value}", "rights: {value}"),
    "detail_title": Text("«{value}»", "«{value}»", "“{value}”"),
    "detail_version": Text("versjon {value}", "versjon {value}", "version {value}"),
    "detail_yes_yes": Text("svarte ja", "svara ja", "said yes"),
    "detail_yes_no": Text("svarte nei", "svara nei", "said no"),
}
