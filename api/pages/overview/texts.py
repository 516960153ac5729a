"""The first page, and the beginning."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Oversikt", "Oversyn", "Overview"),
    "hello": Text("Hei, {name}", "Hei, {name}", "Hello, {name}"),
    "start_title": Text("Slik begynner du", "Slik byrjar du", "How to begin"),
    "start_text": Text(
        "Du har ingen planer ennå. En plan er det du vet på forhånd: leger, vakter, fravær og "
        "ønsker. Ut fra den lager Rettvakt en vaktplan.",
        "Du har ingen planar enno. Ein plan er det du veit på førehand: legar, vakter, fråvær og "
        "ønske. Ut frå han lagar Rettvakt ein vaktplan.",
        "You have no plans yet. A plan is what you know beforehand: doctors, duties, absences and "
        "wishes. From it Rettvakt makes a roster.",
    ),
    "example": Text("Prøv eksempelet", "Prøv dømet", "Try the example"),
    "example_text": Text(
        "Et oppdiktet fjelldistrikt med seks kommuner og 26 leger. Du ser en ferdig vaktplan om "
        "et halvt minutt.",
        "Eit oppdikta fjelldistrikt med seks kommunar og 26 legar. Du ser ein ferdig vaktplan om "
        "eit halvt minutt.",
        "An invented mountain district with six municipalities and 26 doctors. You see a finished "
        "roster in half a minute.",
    ),
    "example_note": Text("Eksempel", "Døme", "Example"),
    "upload": Text("Last opp arbeidsboken", "Last opp arbeidsboka", "Upload your workbook"),
    "upload_text": Text(
        "Har du fylt ut en arbeidsbok i Excel, leser Rettvakt den og forteller om noe må rettes.",
        "Har du fylt ut ei arbeidsbok i Excel, les Rettvakt ho og fortel om noko må rettast.",
        "If you have filled in a workbook in Excel, Rettvakt reads it and tells what must be put "
        "right.",
    ),
    "empty": Text("Start tomt", "Start tomt", "Start empty"),
    "empty_text": Text(
        "Skriv periode, kommune og én lege, og legg til resten her. Eller last ned en tom "
        "arbeidsbok med veiledning, og fyll den ut i Excel.",
        "Skriv periode, kommune og éin lege, og legg til resten her. Eller last ned ei tom "
        "arbeidsbok med rettleiing, og fyll ho ut i Excel.",
        "Enter period, municipality and one doctor, and add the rest here. Or download an empty "
        "workbook with guidance, and fill it in with Excel.",
    ),
    "download": Text("Last ned arbeidsbok", "Last ned arbeidsbok", "Download the workbook"),
    "attention": Text("Trenger oppmerksomhet", "Treng merksemd", "Needs attention"),
    "nothing": Text(
        "Ingenting venter på deg.", "Ingenting ventar på deg.", "Nothing is waiting for you."
    ),
    "holes": Text(
        (
            "«{title}» har {n} vakt uten lege.",
            "«{title}» har {n} vakter uten lege.",
        ),
        (
            "«{title}» har {n} vakt utan lege.",
            "«{title}» har {n} vakter utan lege.",
        ),
        (
            "“{title}” has {n} duty without a doctor.",
            "“{title}” has {n} duties without a doctor.",
        ),
    ),
    "breaches": Text(
        ("«{title}» bryter {n} regel.", "«{title}» bryter reglene {n} steder."),
        ("«{title}» bryt {n} regel.", "«{title}» bryt reglane {n} stader."),
        ("“{title}” breaks {n} rule.", "“{title}” breaks rules in {n} places."),
    ),
    "about": Text("«{title}»: {what}", "«{title}»: {what}", "“{title}”: {what}"),
    "running": Text("en beregning pågår.", "ei utrekning er i gang.", "a calculation is running."),
    "queued": Text(
        "en beregning står i kø.", "ei utrekning står i kø.", "a calculation is waiting."
    ),
    "failed": Text(
        "en beregning mislyktes {when}.",
        "ei utrekning mislukkast {when}.",
        "a calculation failed {when}.",
    ),
    "changed": Text("Endret siden sist", "Endra sidan sist", "What has changed"),
    "changed_since": Text("Vis endringer siden", "Vis endringar sidan", "Show changes since"),
    "since_yesterday": Text("I går", "I går", "Yesterday"),
    "since_last_visit": Text("Forrige innlogging", "Førre innlogging", "Your last login"),
    "since_week": Text("En uke", "Ei veke", "A week ago"),
    "since_moment": Text("Siden {when}.", "Sidan {when}.", "Since {when}."),
    "nothing_changed": Text("Ingenting er endret.", "Ingenting er endra.", "Nothing has changed."),
    "times": Text(("{n} gang", "{n} ganger"), ("{n} gong", "{n} gonger"), ("once", "{n} times")),
    "more_changed": Text(
        ("Og {n} ting til.", "Og {n} ting til."),
        ("Og {n} ting til.", "Og {n} ting til."),
        ("And {n} thing more.", "And {n} things more."),
    ),
    "older_too": Text(
        "Det er gjort mer enn det er plass til her.",
        "Det er gjort meir enn det er plass til her.",
        "More has been done than there is room for here.",
    ),
    "all_changes": Text("Se hele loggen", "Sjå heile loggen", "See the whole log"),
    "in_log": Text("logg", "logg", "log"),
    "latest_rosters": Text("Siste vaktplaner", "Siste vaktplanar", "Latest rosters"),
    "latest_plans": Text("Siste planer", "Siste planar", "Latest plans"),
    "all_rosters": Text("Alle vaktplaner", "Alle vaktplanar", "All rosters"),
    "all_plans": Text("Alle planer", "Alle planar", "All plans"),
    "no_rosters": Text(
        "Ingen vaktplaner ennå. Åpne en plan, og lag en.",
        "Ingen vaktplanar enno. Opne ein plan, og lag ein.",
        "No rosters yet. Open a plan and make one.",
    ),
    "system_title": Text("Systemansvarlig", "Systemansvarleg", "System administrator"),
    "system_text": Text(
        "Du lager samarbeid, og den første koordinatoren i hvert av dem. Koordinatoren lager "
        "resten av brukerne. Planer, vaktplaner og brukerne i et samarbeid ser du ikke.",
        "Du lagar samarbeid, og den første koordinatoren i kvart av dei. Koordinatoren lagar "
        "resten av brukarane. Planar, vaktplanar og brukarane i eit samarbeid ser du ikkje.",
        "You make cooperations, and the first coordinator of each. The coordinator makes the other "
        "accounts. Plans, rosters and the accounts of a cooperation are not for you to see.",
    ),
    "system_accounts": Text("Systemansvarlige", "Systemansvarlege", "System administrators"),
    "cooperations": Text("Samarbeid", "Samarbeid", "Cooperations"),
    "no_cooperations": Text("Ingen samarbeid ennå.", "Ingen samarbeid enno.", "None yet."),
    "made_on": Text("Laget", "Laga", "Made"),
    "new_cooperation": Text("Nytt samarbeid", "Nytt samarbeid", "New cooperation"),
    "name": Text(
        "Navn på samarbeidet eller kommunen",
        "Namn på samarbeidet eller kommunen",
        "Name of the cooperation or municipality",
    ),
    "make_cooperation": Text("Lag samarbeidet", "Lag samarbeidet", "Make the cooperation"),
    "cooperation_made": Text(
        "«{name}» er laget. Lag en koordinator for det.",
        "«{name}» er laga. Lag ein koordinator for det.",
        "“{name}” is made. Now make its coordinator.",
    ),
    "cooperation_taken": Text(
        "Et samarbeid har det navnet fra før.",
        "Eit samarbeid har det namnet frå før.",
        "A cooperation has that name already.",
    ),
    "new_coordinator": Text("Ny koordinator", "Ny koordinator", "New coordinator"),
    "coordinator_text": Text(
        "Passordet vises én gang, og må byttes ved første innlogging.",
        "Passordet blir vist éin gong, og må bytast ved første innlogging.",
        "The password is shown once and must be changed at the first login.",
    ),
    "in_cooperation": Text("I samarbeidet", "I samarbeidet", "In the cooperation"),
    "which_cooperation": Text(
        "Velg hvilket samarbeid.", "Vel kva samarbeid.", "Choose the cooperation."
    ),
}
