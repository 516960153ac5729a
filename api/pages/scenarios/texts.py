"""Scenarios."""

from api.pages.catalogue import Text

TEXTS = {
    "done": Text(
        "Sammenligningen er ferdig.", "Samanlikninga er ferdig.", "The comparison is finished."
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
        "Last opp en scenariofil.", "Last opp ei scenariofil.", "Upload a scenario file."
    ),
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
