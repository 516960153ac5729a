"""Rosters."""

from api.pages.catalogue import Text
from api.pages.rosters import compare_texts, duty_texts, moving_texts, pin_texts

TEXTS = {
    "too_wide": Text(
        "Hele perioden får ikke plass på ett ark. Velg «Fire uker» og skriv ut fire uker om "
        "gangen, eller last ned vaktplanen som «PDF til veggen».",
        "Heile perioden får ikkje plass på eitt ark. Vel «Fire veker» og skriv ut fire veker om "
        "gongen, eller last ned vaktplanen som «PDF til veggen».",
        "The whole period does not fit on a sheet. Choose “Four weeks” and print four weeks at a "
        "time, or download the roster as “PDF for the wall”.",
    ),
    **duty_texts.TEXTS,
    **moving_texts.TEXTS,
    **compare_texts.TEXTS,
    **pin_texts.TEXTS,
    "title": Text("Vaktplaner", "Vaktplanar", "Rosters"),
    "intro": Text(
        "En vaktplan sier hvem som har hvilken vakt.",
        "Ein vaktplan seier kven som har kva vakt.",
        "A roster says who has which duty.",
    ),
    "none": Text("Ingen vaktplaner ennå", "Ingen vaktplanar enno", "No rosters yet"),
    "none_text": Text(
        "Vaktplaner står her når de er laget.",
        "Vaktplanar står her når dei er laga.",
        "Rosters are listed here once they are made.",
    ),
    "none_published": Text(
        "Vaktplaner står her når de er publisert.",
        "Vaktplanar står her når dei er publiserte.",
        "Rosters are listed here once they are published.",
    ),
    "name": Text("Vaktplan", "Vaktplan", "Roster"),
    "state": Text("Status", "Status", "Status"),
    "state_draft": Text("utkast", "utkast", "draft"),
    "state_hearing": Text("på høring", "på høyring", "in hearing"),
    "state_published": Text("publisert", "publisert", "published"),
    "state_amended": Text(
        "endret etter publisering", "endra etter publisering", "changed since publication"
    ),
    "state_archived": Text("arkivert", "arkivert", "archived"),
    "holes": Text("Hull", "Hol", "Holes"),
    "breaches": Text("Regelbrudd", "Regelbrot", "Breaches"),
    "made": Text("Laget", "Laga", "Made"),
    "version": Text("Versjon {number}", "Versjon {number}", "Version {number}"),
    "full": Text("Alle vakter er fylt", "Alle vakter er fylte", "Every duty is filled"),
    "has_holes": Text(
        ("{n} vakt uten lege", "{n} vakter uten lege"),
        ("{n} vakt utan lege", "{n} vakter utan lege"),
        ("{n} duty without a doctor", "{n} duties without a doctor"),
    ),
    "lawful": Text("Ingen regelbrudd", "Ingen regelbrot", "No breaches"),
    "has_breaches": Text(
        ("{n} regelbrudd", "{n} regelbrudd"),
        ("{n} regelbrot", "{n} regelbrot"),
        ("{n} breach", "{n} breaches"),
    ),
    "to_plan": Text("Til planen", "Til planen", "To the plan"),
    "files": Text("Last ned", "Last ned", "Download"),
    "file_xlsx": Text("Excel", "Excel", "Excel"),
    "file_pdf": Text("PDF til veggen", "PDF til veggen", "PDF for the wall"),
    "file_csv": Text("CSV", "CSV", "CSV"),
    "file_ics": Text("Kalenderfil (ICS)", "Kalenderfil (ICS)", "Calendar file (ICS)"),
    "file_json": Text("Hele pakken (JSON)", "Heile pakken (JSON)", "The whole package (JSON)"),
    "file_report_html": Text("Lovlighetsrapport", "Lovlegheitsrapport", "Legality report"),
    "file_report_pdf": Text(
        "Lovlighetsrapport (PDF)", "Lovlegheitsrapport (PDF)", "Legality report (PDF)"
    ),
    "show": Text("Vis", "Vis", "Show"),
    "span_week": Text("Uke", "Veke", "Week"),
    "span_month": Text("Fire uker", "Fire veker", "Four weeks"),
    "span_period": Text("Hele perioden", "Heile perioden", "Whole period"),
    "earlier": Text("Tidligere", "Tidlegare", "Earlier"),
    "later": Text("Senere", "Seinare", "Later"),
    "week": Text("Uke {number}", "Veke {number}", "Week {number}"),
    "doctor": Text("Lege", "Lege", "Doctor"),
    "sum_shifts": Text("Vakter", "Vakter", "Duties"),
    "sum_nights": Text("Netter", "Netter", "Nights"),
    "sum_weekends": Text("Helger", "Helger", "Weekends"),
    "sum_points": Text("Poeng", "Poeng", "Points"),
    "holes_row": Text("Uten lege", "Utan lege", "No doctor"),
    "grid": Text(
        "Vaktplan, leger nedover og dager bortover",
        "Vaktplan, legar nedover og dagar bortover",
        "Roster, doctors down and days across",
    ),
    "legend": Text("Bokstavene", "Bokstavane", "The letters"),
    "red_days": Text("Røde dager og aftener", "Raude dagar og aftanar", "Public holidays and eves"),
    "look_night": Text("natt", "natt", "night"),
    "look_day": Text("tilstede", "til stades", "on site"),
    "look_home": Text("hjemme", "heime", "home"),
    "look_backup": Text("bakvakt", "bakvakt", "backup"),
    "look_municipal": Text("kommunal oppgave", "kommunal oppgåve", "municipal work"),
}
