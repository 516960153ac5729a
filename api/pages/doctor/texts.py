"""The doctor's own pages: duties, and why."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Mine vakter", "Vaktene mine", "My duties"),
    "printed": Text(
        "{name}, skrevet ut {day}. Vaktene kan være endret siden.",
        "{name}, skrive ut {day}. Vaktene kan vere endra sidan.",
        "{name}, printed on {day}. Duties may have changed since.",
    ),
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
    "about": Text("Hvorfor meg? Bytte?", "Kvifor meg? Byte?", "Why me? Swap?"),
    "past": Text(
        ("{n} tidligere vakt", "{n} tidligere vakter"),
        ("{n} tidlegare vakt", "{n} tidlegare vakter"),
        ("{n} past duty", "{n} past duties"),
    ),
    "hearing": Text(
        "«{title}» er på høring.", "«{title}» er på høyring.", "“{title}” is out for comment."
    ),
    "hearing_link": Text(
        "Si hva du mener om «{title}»", "Sei kva du meiner om «{title}»", "Comment on “{title}”"
    ),
    "gone": Text(
        "Denne vakten er ikke din lenger",
        "Denne vakta er ikkje di lenger",
        "This duty is no longer yours",
    ),
    "gone_since": Text(
        "Vakten gikk til en annen, eller falt bort, {when}. Kalenderen din henger etter: det som "
        "står i Rettvakt, gjelder.",
        "Vakta gjekk til ein annan, eller fall bort, {when}. Kalenderen din heng etter: det som "
        "står i Rettvakt, gjeld.",
        "The duty went to somebody else, or fell away, {when}. Your calendar is behind: what "
        "Rettvakt says holds.",
    ),
    "gone_text": Text(
        "Vaktplanen som vakten sto i, gjelder ikke lenger.",
        "Vaktplanen som vakta stod i, gjeld ikkje lenger.",
        "The roster that held the duty is no longer in force.",
    ),
    "held_by": Text("{name} har vakten", "{name} har vakta", "{name} has the duty"),
    "held_by_nobody": Text("Vakten mangler lege", "Vakta manglar lege", "The duty lacks a doctor"),
    "swap": Text("Tilby vakten til andre", "Tilby vakta til andre", "Offer the duty to others"),
    "why": Text("Hvorfor meg?", "Kvifor meg?", "Why me?"),
    "why_other": Text("Hvorfor denne legen?", "Kvifor denne legen?", "Why this doctor?"),
    "pinned": Text(
        "Koordinatoren har låst vakten til deg.",
        "Koordinatoren har låst vakta til deg.",
        "The coordinator has fixed the duty to you.",
    ),
    "wish_want": Text(
        "Du har ønsket deg denne vakten.",
        "Du har ønskt deg denne vakta.",
        "You have asked for this duty.",
    ),
    "wish_rather_not": Text(
        "Du har sagt at du helst ikke vil ha denne vakten.",
        "Du har sagt at du helst ikkje vil ha denne vakta.",
        "You have said that you would rather not have this duty.",
    ),
    "wish_cannot": Text(
        "Du har sagt at du ikke kan ha denne vakten.",
        "Du har sagt at du ikkje kan ha denne vakta.",
        "You have said that you cannot have this duty.",
    ),
    "others": Text("Hvem andre kunne tatt den?", "Kven andre kunne teke ho?", "Who else could?"),
    "others_can": Text("kan lovlig", "kan lovleg", "lawfully"),
    "others_with_exception": Text("med unntak", "med unntak", "with an exception"),
    "others_cannot": Text("kan ikke", "kan ikkje", "cannot"),
    "kept": Text(
        "Derfor kan du ikke uten videre bli kvitt den",
        "Derfor kan du ikkje utan vidare bli kvitt ho",
        "Why you cannot simply be rid of it",
    ),
    "with_and_without": Text(
        "Kontoen din uten og med vakten",
        "Kontoen din utan og med vakta",
        "Your account without and with the duty",
    ),
    "effect": Text(
        "Det gjør dette med kontoen din",
        "Det gjer dette med kontoen din",
        "What it does to your account",
    ),
    "measure": Text("Fordeles", "Blir fordelt", "Shared out"),
    "without": Text("Uten", "Utan", "Without"),
    "with": Text("Med", "Med", "With"),
    "before": Text("Før", "Før", "Before"),
    "after": Text("Etter", "Etter", "After"),
    "aim": Text("Mål", "Mål", "Aim"),
    "measure_points": Text("Belastningspoeng", "Belastningspoeng", "Burden points"),
    "measure_nights": Text("Netter", "Netter", "Nights"),
    "measure_weekends": Text("Helger", "Helger", "Weekends"),
    "measure_great_holidays": Text("Høytider", "Høgtider", "Great holidays"),
    "measure_ordered": Text("Pålagte timer", "Pålagde timar", "Ordered hours"),
    "measure_wishes": Text("Avslåtte ønsker", "Avslåtte ønske", "Refused wishes"),
    "applied": Text(
        ("{n} regel som gjaldt", "{n} regler som gjaldt"),
        ("{n} regel som galdt", "{n} reglar som galdt"),
        ("{n} rule that applied", "{n} rules that applied"),
    ),
    "measured": Text(
        "{measured} {unit}, grensen er {limit}",
        "{measured} {unit}, grensa er {limit}",
        "{measured} {unit}, the limit is {limit}",
    ),
    "outcome_kept": Text("Fulgt", "Følgd", "Kept"),
    "outcome_breach": Text("Brudd", "Brot", "Broken"),
    "outcome_hole": Text("Udekket", "Udekt", "Uncovered"),
    "outcome_exception": Text("Unntak", "Unntak", "Exception"),
    "outcome_notice": Text("Merk", "Merk", "Note"),
    "lawful": Text(
        "Ingen regel er til hinder.", "Ingen regel er til hinder.", "No rule stands against it."
    ),
    "lawful_exception": Text(
        "Lovlig, men med unntak fra en hovedregel.",
        "Lovleg, men med unntak frå ein hovudregel.",
        "Lawful, with an exception from a main rule.",
    ),
    "unlawful": Text("Reglene er til hinder.", "Reglane er til hinder.", "The rules forbid it."),
}
