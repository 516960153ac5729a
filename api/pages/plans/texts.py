"""Plans."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Planer", "Planar", "Plans"),
    "intro": Text(
        "En plan er det du vet på forhånd. Vaktplanene lages ut fra den.",
        "Ein plan er det du veit på førehand. Vaktplanane blir laga ut frå han.",
        "A plan is what you know beforehand. Rosters are made from it.",
    ),
    "new": Text("Last opp plan", "Last opp plan", "Upload a plan"),
    "none": Text("Ingen planer ennå", "Ingen planar enno", "No plans yet"),
    "none_text": Text(
        "Når koordinatoren har lastet opp en plan, står den her.",
        "Når koordinatoren har lasta opp ein plan, står han her.",
        "When the coordinator has uploaded a plan, it is listed here.",
    ),
    "begin": Text("Slik begynner du", "Slik byrjar du", "How to begin"),
    "name": Text("Plan", "Plan", "Plan"),
    "version": Text("Versjon", "Versjon", "Version"),
    "version_number": Text("Versjon {number}", "Versjon {number}", "Version {number}"),
    "created": Text("Laget", "Laga", "Made"),
    "file": Text("Arbeidsbok eller planfil", "Arbeidsbok eller planfil", "Workbook or plan file"),
    "file_hint": Text(
        "Excel (.xlsx), YAML eller JSON.",
        "Excel (.xlsx), YAML eller JSON.",
        "Excel (.xlsx), YAML or JSON.",
    ),
    "note": Text("Merknad", "Merknad", "Note"),
    "note_hint": Text(
        "Hva er nytt? Skriv aldri diagnoser.",
        "Kva er nytt? Skriv aldri diagnosar.",
        "What is new? Never write a diagnosis.",
    ),
    "upload": Text("Last opp", "Last opp", "Upload"),
    "choose_file": Text("Velg en fil.", "Vel ei fil.", "Choose a file."),
    "note_too_long": Text(
        "Merknaden kan ha høyst 1000 tegn, på én linje.",
        "Merknaden kan ha høgst 1000 teikn, på éi linje.",
        "The note may have 1000 characters at most, on one line.",
    ),
    "uploaded": Text("Planen er lagret.", "Planen er lagra.", "The plan is stored."),
    "not_stored": Text(
        "Planen er ikke lagret. Rett feilene i filen, og last den opp på nytt.",
        "Planen er ikkje lagra. Rett feila i fila, og last ho opp på nytt.",
        "The plan was not stored. Put the faults in the file right, then upload it again.",
    ),
    "period": Text("Periode", "Periode", "Period"),
    "doctors": Text("Leger", "Legar", "Doctors"),
    "duties": Text("Vakter og økter", "Vakter og økter", "Duties"),
    "municipalities": Text("Kommuner", "Kommunar", "Municipalities"),
    "municipality": Text("Kommune", "Kommune", "Municipality"),
    "employment": Text("Tilknytning", "Tilknyting", "Employment"),
    "patterns": Text("Vakttyper", "Vakttypar", "Kinds of duty"),
    "pattern": Text("Vakttype", "Vakttype", "Kind of duty"),
    "form": Text("Vaktform", "Vaktform", "Form"),
    "on_site": Text("tilstedevakt", "tilstadevakt", "on site"),
    "home": Text("hjemmevakt", "heimevakt", "at home"),
    "time": Text("Tid", "Tid", "Time"),
    "doctor": Text("Lege", "Lege", "Doctor"),
    "self_employed": Text(
        "Næringsdrivende fastlege", "Næringsdrivande fastlege", "Self-employed GP"
    ),
    "employed": Text("Fastlønnet fastlege", "Fastlønt fastlege", "Employed GP"),
    "locum": Text("Vikar", "Vikar", "Locum"),
    "lis1": Text("LIS1", "LIS1", "LIS1"),
    "hired": Text("Innleid vaktlege", "Innleigd vaktlege", "Hired duty doctor"),
    "remarks": Text("Verdt å vite", "Verdt å vite", "Worth knowing"),
    "make_roster": Text("Lag vaktplan", "Lag vaktplan", "Make a roster"),
    "seconds": Text(
        "Hvor lenge skal det letes?", "Kor lenge skal det leitast?", "How long to search?"
    ),
    "seconds_30": Text("30 sekunder", "30 sekund", "30 seconds"),
    "seconds_60": Text("1 minutt", "1 minutt", "1 minute"),
    "seconds_300": Text("5 minutter", "5 minutt", "5 minutes"),
    "seconds_1800": Text("30 minutter", "30 minutt", "30 minutes"),
    "rosters": Text(
        "Vaktplaner av denne planen", "Vaktplanar av denne planen", "Rosters of this plan"
    ),
    "no_rosters": Text(
        "Ingen vaktplan er laget ennå.", "Ingen vaktplan er laga enno.", "No roster has been made."
    ),
    "empty": Text("Start tomt", "Start tomt", "Start empty"),
    "empty_text": Text(
        "Det minste en plan må inneholde. Resten legger du til etterpå, en rad om gangen eller "
        "limt inn fra Excel.",
        "Det minste ein plan må innehalde. Resten legg du til etterpå, ei rad om gongen eller "
        "limt inn frå Excel.",
        "The least that a plan must say. You add the rest afterwards, row by row or pasted from "
        "Excel.",
    ),
    "new_title": Text("Navn på planen", "Namn på planen", "Name of the plan"),
    "title_hint": Text(
        "For eksempel «Våren 2027».", "Til dømes «Våren 2027».", "For example “Spring 2027”."
    ),
    "new_first_day": Text("Første dag", "Første dag", "First day"),
    "new_last_day": Text("Siste dag", "Siste dag", "Last day"),
    "new_municipality": Text("Kommune", "Kommune", "Municipality"),
    "new_inhabitants": Text("Innbyggere", "Innbyggjarar", "Inhabitants"),
    "new_place": Text("Legevaktens navn", "Namnet på legevakta", "Name of the legevakt"),
    "place_hint": Text(
        "For eksempel «Fjell legevakt».", "Til dømes «Fjell legevakt».", "Such as “Fjell legevakt”."
    ),
    "new_doctor": Text("Den første legen", "Den første legen", "The first doctor"),
    "doctor_hint": Text(
        "Navnet slik det skal stå i vaktplanen.",
        "Namnet slik det skal stå i vaktplanen.",
        "The name as it is to stand in the roster.",
    ),
    "new_born": Text("Født", "Fødd", "Born"),
    "new_employment": Text("Tilknytning", "Tilknyting", "Employment"),
    "new_shift": Text("Den første vakten", "Den første vakta", "The first duty"),
    "shift_hint": Text(
        "For eksempel «Legevakt kveld og natt». Den kommer hver dag, til du endrer den.",
        "Til dømes «Legevakt kveld og natt». Ho kjem kvar dag, til du endrar ho.",
        "Such as “Evening and night”. It comes every day, until you change it.",
    ),
    "new_presence": Text("Vaktform", "Vaktform", "Form of duty"),
    "new_start": Text("Begynner", "Byrjar", "Begins"),
    "new_end": Text("Slutter", "Sluttar", "Ends"),
    "do_begin": Text("Lag planen", "Lag planen", "Make the plan"),
    "begun": Text(
        "Planen er laget. Legg til resten av legene her, og så det andre.",
        "Planen er laga. Legg til resten av legane her, og så det andre.",
        "The plan is made. Add the other doctors here, then the rest.",
    ),
    "workbook": Text("Arbeidsboken", "Arbeidsboka", "The workbook"),
    "workbook_text": Text(
        "Alt i planen kan du få som arbeidsbok. Endre den i Excel, og last den opp som ny versjon.",
        "Alt i planen kan du få som arbeidsbok. Endre ho i Excel, og last ho opp som ny versjon.",
        "Have all of the plan as a workbook: change it in Excel, then upload it as a new version.",
    ),
    "get_workbook": Text("Last ned arbeidsboken", "Last ned arbeidsboka", "Download the workbook"),
    "history": Text("Versjoner", "Versjonar", "Versions"),
    "by": Text("av {author}", "av {author}", "by {author}"),
    "new_version": Text("Last opp ny versjon", "Last opp ny versjon", "Upload a new version"),
}
