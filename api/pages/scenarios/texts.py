"""Scenarios."""

from api.pages.catalogue import Text

TEXTS = {
    "done": Text(
        "Sammenligningen er ferdig.", "Samanlikninga er ferdig.", "The comparison is finished."
    ),
    "cut_off": Text(
        "For minst ett alternativ svarte ikke søket da det skulle avsluttes, og ble avbrutt. Der "
        "brukes den siste vaktplanen det ga fra seg.",
        "For minst eitt alternativ svara ikkje søket då det skulle avsluttast, og vart avbrote. "
        "Der blir den siste vaktplanen det gav frå seg, brukt.",
        "For at least one alternative the search did not answer when it was to end, and was cut "
        "off. The last roster that it handed on is used there.",
    ),
    "see": Text("Se sammenligningen", "Sjå samanlikninga", "See the comparison"),
    "title": Text("Scenarier", "Scenario", "Scenarios"),
    "intro": Text(
        "Hva om en lege slutter, eller kommunene deler natten? Alternativene løses og "
        "sammenlignes med planen slik den er.",
        "Kva om ein lege sluttar, eller kommunane deler natta? Alternativa blir løyste og "
        "samanlikna med planen slik han er.",
        "What if a doctor leaves, or the municipalities share the night? The alternatives are "
        "solved and compared with the plan as it is.",
    ),
    "question": Text("Spørsmål", "Spørsmål", "Question"),
    "by": Text("Laget av", "Laga av", "Made by"),
    "changed": Text("Endret", "Endra", "Changed"),
    "sharing": Text("Deling", "Deling", "Sharing"),
    "shared": Text("Delt med lederne", "Delt med leiarane", "Shared with the managers"),
    "private": Text("Ikke delt", "Ikkje delt", "Not shared"),
    "none": Text("Ingen scenarier ennå", "Ingen scenario enno", "No scenarios yet"),
    "none_text": Text(
        "Lag et alternativ her, eller last opp en scenariofil.",
        "Lag eit alternativ her, eller last opp ei scenariofil.",
        "Make an alternative here, or upload a scenario file.",
    ),
    "new": Text("Nytt alternativ", "Nytt alternativ", "New alternative"),
    "new_text": Text(
        "Alternativet er planen slik den er, med én ting endret. Planen selv blir ikke rørt.",
        "Alternativet er planen slik han er, med éin ting endra. Planen sjølv blir ikkje rørt.",
        "The alternative is the plan as it is with one thing changed. The plan itself stays.",
    ),
    "new_name": Text("Navn på alternativet", "Namn på alternativet", "Name of the alternative"),
    "name_hint": Text(
        "For eksempel «To leger færre i Fjell». Nevn ingen leger: Notatet kan bli delt.",
        "Til dømes «To legar færre i Fjell». Nemn ingen legar: Notatet kan bli delt.",
        "Such as “Two doctors fewer in Fjell”. Name no doctor: the memo may be shared.",
    ),
    "new_change": Text("Hva endres?", "Kva blir endra?", "What changes?"),
    "kind_doctors_join": Text(
        "Flere leger i en kommune", "Fleire legar i ein kommune", "More doctors"
    ),
    "kind_doctors_leave": Text(
        "Færre leger i en kommune", "Færre legar i ein kommune", "Fewer doctors"
    ),
    "kind_doctor_leaves": Text("En lege slutter", "Ein lege sluttar", "A doctor leaves"),
    "kind_municipality_leaves": Text(
        "En kommune går ut", "Ein kommune går ut", "A municipality leaves"
    ),
    "kind_all_claim_exemption": Text(
        "Alle som er gamle nok, krever fritak",
        "Alle som er gamle nok, krev fritak",
        "All who are old enough claim exemption",
    ),
    "new_municipality": Text("Kommune", "Kommune", "Municipality"),
    "new_number": Text("Antall leger", "Talet på legar", "Number of doctors"),
    "new_doctor": Text("Lege", "Lege", "Doctor"),
    "new_last_day": Text("Siste dag", "Siste dag", "Last day"),
    "last_day_hint": Text(
        "Tomt: legen er ikke med i perioden.",
        "Tomt: legen er ikkje med i perioden.",
        "Empty: not there at all in the period.",
    ),
    "new_claimed_from": Text("Krevd fra", "Kravd frå", "Claimed from"),
    "claimed_from_hint": Text(
        "Tomt: fra periodens første dag.",
        "Tomt: frå den første dagen i perioden.",
        "Empty: from the first day of the period.",
    ),
    "make": Text("Lag alternativet", "Lag alternativet", "Make the alternative"),
    "made": Text("«{name}» er lagret.", "«{name}» er lagra.", "“{name}” is stored."),
    "one_more": Text("Legg til et alternativ", "Legg til eit alternativ", "Add an alternative"),
    "full": Text(
        "En samling kan ha høyst {most} alternativer, og denne er full. Begynn på en ny samling.",
        "Ei samling kan ha høgst {most} alternativ, og denne er full. Byrj på ei ny samling.",
        "A set can have at most {most} alternatives, and this one is full. Begin a new set.",
    ),
    "start_another": Text("Begynn på en ny", "Byrj på ei ny", "Begin a new set"),
    "none_shared": Text(
        "Når koordinatoren deler scenarier, står de her.",
        "Når koordinatoren deler scenario, står dei her.",
        "Scenarios that the coordinator shares are listed here.",
    ),
    "upload": Text("Last opp scenarier", "Last opp scenario", "Upload scenarios"),
    "file": Text("Scenariofil", "Scenariofil", "Scenario file"),
    "file_hint": Text("YAML eller JSON.", "YAML eller JSON.", "YAML or JSON."),
    "stored": Text("Scenariene er lagret.", "Scenarioa er lagra.", "The scenarios are stored."),
    "deleted": Text("Scenariene er slettet.", "Scenarioa er sletta.", "The scenarios are deleted."),
    "now_shared": Text(
        "Lederne ser scenariene nå.", "Leiarane ser scenarioa no.", "The managers see them now."
    ),
    "not_shared": Text(
        "Lederne ser ikke scenariene lenger.",
        "Leiarane ser ikkje scenarioa lenger.",
        "The managers see them no longer.",
    ),
    "older_plan": Text(
        "Scenariene er kontrollert mot versjon {number} av planen. Sammenligningen bruker den "
        "nyeste.",
        "Scenarioa er kontrollerte mot versjon {number} av planen. Samanlikninga brukar den "
        "nyaste.",
        "The scenarios were judged against version {number} of the plan. A comparison uses the "
        "newest.",
    ),
    "seconds": Text(
        "Tid til hvert alternativ", "Tid til kvart alternativ", "Time for each alternative"
    ),
    "compare": Text("Sammenlign", "Samanlikn", "Compare"),
    "comparisons": Text("Sammenligninger", "Samanlikningar", "Comparisons"),
    "comparison": Text("Sammenligning", "Samanlikning", "Comparison"),
    "running": Text("Pågår", "Går føre seg", "Under way"),
    "download": Text("Last ned filen", "Last ned fila", "Download the file"),
    "share": Text("Del med lederne", "Del med leiarane", "Share with the managers"),
    "unshare": Text("Slutt å dele", "Slutt å dele", "Stop sharing"),
    "delete": Text("Slett", "Slett", "Delete"),
    "no_result": Text(
        "Sammenligningen har ikke noe resultat.",
        "Samanlikninga har ikkje noko resultat.",
        "The comparison has no result.",
    ),
    "to_job": Text("Til beregningen", "Til utrekninga", "To the calculation"),
    "in_short": Text("Kort sagt", "Kort sagt", "In short"),
    "side_by_side": Text("Side om side", "Side om side", "Side by side"),
    "measure": Text("Mål", "Mål", "Measure"),
    "lawful": Text("Lovlig", "Lovleg", "Lawful"),
    "certain": Text("Hvor sikkert det er", "Kor sikkert det er", "How certain it is"),
    "files": Text("Filer", "Filer", "Files"),
}
