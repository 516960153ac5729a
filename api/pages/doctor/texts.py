"""The doctor's own page."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Mine vakter", "Vaktene mine", "My duties"),
    "next": Text("Neste vakt", "Neste vakt", "Next duty"),
    "now": Text("Du har vakt nå", "Du har vakt no", "You are on duty now"),
    "until": Text("til kl. {time}", "til kl. {time}", "until {time}"),
    "coming": Text("Senere vakter", "Seinare vakter", "Later duties"),
    "none": Text("Ingen kommende vakter", "Ingen komande vakter", "No coming duties"),
    "none_text": Text(
        "Når en vaktplan med vakter for deg er publisert, står de her.",
        "Når ein vaktplan med vakter for deg er publisert, står dei her.",
        "When a roster with duties for you is published, they are listed here.",
    ),
    "calendar": Text(
        "Få vaktene i kalenderen", "Få vaktene i kalenderen", "Get your duties in a calendar"
    ),
    "count": Text(
        ("{n} vakt til og med {day}", "{n} vakter til og med {day}"),
        ("{n} vakt til og med {day}", "{n} vakter til og med {day}"),
        ("{n} duty until {day}", "{n} duties until {day}"),
    ),
}
