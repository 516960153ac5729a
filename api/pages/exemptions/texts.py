"""Exemptions."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Fritak", "Fritak", "Exemptions"),
    "intro": Text(
        "Alder over 60 år, siste del av svangerskapet og amming er rettigheter: De gjelder fra "
        "kravet er satt fram. Andre fritak gjelder når de er innvilget.",
        "Alder over 60 år, siste del av svangerskapet og amming er rettar: Dei gjeld frå kravet "
        "er sett fram. Andre fritak gjeld når dei er innvilga.",
        "Age over 60, late pregnancy and nursing are rights: they hold from the claim on. Other "
        "exemptions hold once they are granted.",
    ),
    "waiting": Text("Ikke avgjort", "Ikkje avgjort", "Not settled"),
    "nothing_waits": Text(
        "Ingen krav eller søknader venter.",
        "Ingen krav eller søknader ventar.",
        "No claim or application is waiting.",
    ),
    "others": Text("Andre fritak", "Andre fritak", "Other exemptions"),
    "new": Text("Nytt krav eller søknad", "Nytt krav eller søknad", "New claim or application"),
    "would_follow": Text(
        "Dette ville følge av kravet",
        "Dette ville følgje av kravet",
        "This would follow from the claim",
    ),
    "doctor": Text("Lege", "Lege", "Doctor"),
    "choose": Text("Velg lege", "Vel lege", "Choose a doctor"),
    "ground": Text("Grunnlag", "Grunnlag", "Ground"),
    "ground_hint": Text(
        "Bare grunnlaget. Skriv aldri diagnoser eller andre helseopplysninger.",
        "Berre grunnlaget. Skriv aldri diagnosar eller andre helseopplysningar.",
        "The ground alone. Never write a diagnosis or anything else about health.",
    ),
    "state": Text("Status", "Status", "Status"),
    "holds": Text("Fri fra legevakt", "Fri frå legevakt", "Free from duty"),
    "right": Text("Retten gjelder", "Retten gjeld", "The right lasts"),
    "reference": Text("Saksnummer", "Saksnummer", "Case number"),
    "reference_hint": Text(
        "I arkivet, for eksempel 2027/1234.",
        "I arkivet, til dømes 2027/1234.",
        "In the archive, such as 2027/1234.",
    ),
    "first": Text("Krevd fra", "Kravd frå", "Claimed from"),
    "first_hint": Text(
        "For en rettighet: i dag hvis feltet er tomt.",
        "For ein rett: i dag om feltet er tomt.",
        "For a right: today if the field is empty.",
    ),
    "last": Text("Krevd til og med", "Kravd til og med", "Claimed until"),
    "last_hint": Text(
        "Inntil videre hvis feltet er tomt.",
        "Inntil vidare om feltet er tomt.",
        "Until further notice if the field is empty.",
    ),
    "term": Text("Termin", "Termin", "Expected birth"),
    "term_hint": Text(
        "For svangerskap. Retten begynner tre måneder før.",
        "For svangerskap. Retten byrjar tre månader før.",
        "For pregnancy. The right begins three months before.",
    ),
    "hindered": Text(
        "Svangerskapet er til hinder for legevakt også før de tre siste månedene",
        "Svangerskapet er til hinder for legevakt også før dei tre siste månadene",
        "The pregnancy hinders duty before the last three months too",
    ),
    "birth": Text("Barnets fødselsdag", "Fødselsdagen til barnet", "The child's day of birth"),
    "birth_hint": Text(
        "For amming. Retten varer til barnet fyller ett år.",
        "For amming. Retten varer til barnet fyller eitt år.",
        "For nursing. The right lasts until the child is one year old.",
    ),
    "compute": Text("Regn ut datoene", "Rekn ut datoane", "Work out the dates"),
    "store": Text("Registrer kravet", "Registrer kravet", "Record the claim"),
    "of": Text("Fritak for {name}", "Fritak for {name}", "Exemption of {name}"),
    "decide": Text("Vedtak", "Vedtak", "Decision"),
    "outcome": Text("Utfall", "Utfall", "Outcome"),
    "decided_on": Text("Vedtaksdato", "Vedtaksdato", "Day of the decision"),
    "decided_by": Text("Hvem vedtok det?", "Kven vedtok det?", "Who decided?"),
    "decided_by_hint": Text(
        "For eksempel kommuneoverlegen i Fjell.",
        "Til dømes kommuneoverlegen i Fjell.",
        "Such as the chief medical officer of Fjell.",
    ),
    "valid_from": Text("Gjelder fra", "Gjeld frå", "Holds from"),
    "valid_until": Text("Gjelder til og med", "Gjeld til og med", "Holds until"),
    "as_asked": Text(
        "Som det ble bedt om, hvis feltet er tomt.",
        "Som det vart bede om, om feltet er tomt.",
        "As asked for, if the field is empty.",
    ),
    "store_decision": Text("Lagre vedtaket", "Lagre vedtaket", "Store the decision"),
    "was_decided": Text(
        "Vedtatt {day} av {who}, sak {reference}.",
        "Vedteke {day} av {who}, sak {reference}.",
        "Decided {day} by {who}, case {reference}.",
    ),
    "end": Text("Avslutt fritaket", "Avslutt fritaket", "End the exemption"),
    "end_text": Text(
        "Når legen trekker kravet, eller fritaket ikke gjelder lenger.",
        "Når legen trekkjer kravet, eller fritaket ikkje gjeld lenger.",
        "When the doctor withdraws the claim, or the exemption holds no longer.",
    ),
    "last_day": Text("Siste dag", "Siste dag", "Last day"),
    "do_end": Text("Avslutt", "Avslutt", "End"),
    "claimed": Text(
        "Kravet til {name} er registrert.",
        "Kravet til {name} er registrert.",
        "The claim of {name} is stored.",
    ),
    "decided": Text(
        "Vedtaket om {name} er lagret.",
        "Vedtaket om {name} er lagra.",
        "The decision about {name} is stored.",
    ),
    "ended": Text(
        "Fritaket til {name} er avsluttet.",
        "Fritaket til {name} er avslutta.",
        "The exemption of {name} is ended.",
    ),
    "no_days": Text("ingen dager", "ingen dagar", "no days"),
    "open": Text("inntil videre", "inntil vidare", "until further notice"),
    "from": Text("fra {day}", "frå {day}", "from {day}"),
    "until": Text("til og med {day}", "til og med {day}", "until {day}"),
    "expires": Text("Går ut snart", "Går ut snart", "Ends soon"),
    "kind_age": Text("Alder over 60 år", "Alder over 60 år", "Age over 60"),
    "kind_pregnancy": Text("Svangerskap", "Svangerskap", "Pregnancy"),
    "kind_nursing": Text("Amming", "Amming", "Nursing"),
    "kind_decision": Text("Vedtak etter søknad", "Vedtak etter søknad", "Decision on application"),
    "kind_need": Text(
        "Flere leger enn behovet", "Fleire legar enn behovet", "More doctors than needed"
    ),
    "kind_recruitment": Text(
        "Lovet ved ansettelsen", "Lova ved tilsetjinga", "Promised when hired"
    ),
    "status_claimed": Text("Krevd", "Kravd", "Claimed"),
    "status_applied": Text("Søkt", "Søkt", "Applied for"),
    "status_granted": Text("Innvilget", "Innvilga", "Granted"),
    "status_refused": Text("Avslått", "Avslått", "Refused"),
    "status_ended": Text("Avsluttet", "Avslutta", "Ended"),
    "short_not_gp": Text("Ikke fastlege", "Ikkje fastlege", "Not a GP"),
    "short_incomplete": Text("Mangler opplysninger", "Manglar opplysningar", "Incomplete"),
    "short_refused": Text("Avslag på en rett", "Avslag på ein rett", "A right refused"),
    "trouble_not_gp": Text(
        "Legen er ikke fastlege og har derfor ikke krav på fritak. Det må avtales.",
        "Legen er ikkje fastlege og har derfor ikkje krav på fritak. Det må avtalast.",
        "The doctor is no regular GP, and so has no right to exemption. It must be agreed.",
    ),
    "trouble_incomplete": Text(
        "Kravet mangler opplysninger og virker ikke ennå. Fyll ut datoene.",
        "Kravet manglar opplysningar og verkar ikkje enno. Fyll ut datoane.",
        "The claim lacks information and does not work yet. Fill in the dates.",
    ),
    "trouble_refused": Text(
        "Kravet er registrert som avslått, enda en rett til fritak ikke krever vedtak.",
        "Kravet er registrert som avslått, endå ein rett til fritak ikkje krev vedtak.",
        "The claim stands as refused, though a right to exemption needs no decision.",
    ),
}
