"""The grid by keys and pointer: lifted duties, undoing, and what the keys do."""

from collections.abc import Mapping

from api.pages.catalogue import Text

TEXTS: Mapping[str, Text] = {
    "undo": Text("Angre", "Angre", "Undo"),
    "redo": Text("Gjør om", "Gjer om", "Redo"),
    "how_to": Text(
        "Velg en vakt for å se hvem som kan ta den, eller dra den til en annen lege.",
        "Vel ei vakt for å sjå kven som kan ta ho, eller dra ho til ein annan lege.",
        "Choose a duty to see who can take it, or drag it to another doctor.",
    ),
    "how_to_read": Text(
        "Velg en vakt for å se hvem som kan ta den.",
        "Vel ei vakt for å sjå kven som kan ta ho.",
        "Choose a duty to see who can take it.",
    ),
    "keys": Text("Hurtigtaster", "Snøggtastar", "Keyboard shortcuts"),
    "keys_when": Text(
        "Tastene virker når en vakt i vaktplanen er valgt.",
        "Tastane verkar når ei vakt i vaktplanen er vald.",
        "The keys work while a duty in the roster is selected.",
    ),
    "keys_do": Text("Det som skjer", "Det som skjer", "What happens"),
    "key": Text("Tast", "Tast", "Key"),
    "key_arrows": Text("Piltaster", "Piltastar", "Arrow keys"),
    "key_ends": Text("Home, End", "Home, End", "Home, End"),
    "key_pages": Text("Page Up, Page Down", "Page Up, Page Down", "Page Up, Page Down"),
    "key_escape": Text("Esc", "Esc", "Esc"),
    "key_enter": Text("Enter", "Enter", "Enter"),
    "key_undo": Text("Ctrl + Z, Ctrl + Y", "Ctrl + Z, Ctrl + Y", "Ctrl + Z, Ctrl + Y"),
    "does_arrows": Text(
        "Til nærmeste vakt i den retningen",
        "Til næraste vakt i den retninga",
        "To the nearest duty in that direction",
    ),
    "does_ends": Text(
        "Til legens første eller siste vakt",
        "Til den første eller siste vakta til legen",
        "To the doctor's first or last duty",
    ),
    "does_pages": Text(
        "Til tidligere eller senere uker",
        "Til tidlegare eller seinare veker",
        "To earlier or later weeks",
    ),
    "does_hole": Text(
        "Til neste vakt uten lege (Shift: forrige)",
        "Til neste vakt utan lege (Shift: førre)",
        "To the next duty without a doctor (Shift: previous)",
    ),
    "does_enter": Text(
        "Åpner vakten og hvem som kan ta den",
        "Opnar vakta og kven som kan ta ho",
        "Opens the duty and who can take it",
    ),
    "does_move": Text(
        "Løfter vakten: piltastene velger lege eller bytte, Enter utfører, Esc avbryter",
        "Løftar vakta: piltastane vel lege eller byte, Enter utfører, Esc avbryt",
        "Lifts the duty: arrows choose a doctor or a swap, Enter does it, Esc cancels",
    ),
    "does_escape": Text("Lukker vakten", "Lukkar vakta", "Closes the duty"),
    "does_undo": Text("Angrer, gjør om", "Angrar, gjer om", "Undoes, redoes"),
    "does_help": Text("Viser denne listen", "Viser denne lista", "Shows this list"),
    "lift": Text("Flytt eller bytt …", "Flytt eller byt …", "Move or swap …"),
    "lifted": Text(
        "Du flytter {what}. Velg en lege, eller en vakt å bytte med.",
        "Du flyttar {what}. Vel ein lege, eller ei vakt å byte med.",
        "You are moving {what}. Choose a doctor, or a duty to swap with.",
    ),
    "lifted_hole": Text(
        "Du fyller {what}. Velg en lege.",
        "Du fyller {what}. Vel ein lege.",
        "You are filling {what}. Choose a doctor.",
    ),
    "judging": Text("Vurderer …", "Vurderer …", "Judging …"),
    "not_judged": Text(
        "Blir vurdert når du slipper.",
        "Blir vurdert når du slepper.",
        "Will be judged when you drop it.",
    ),
    "no_verdict": Text(
        "Vurderingen kom ikke fram. Du kan flytte likevel; alt blir vurdert før det lagres.",
        "Vurderinga kom ikkje fram. Du kan flytte likevel; alt blir vurdert før det blir lagra.",
        "The verdict did not arrive. You can go on; everything is judged before it is stored.",
    ),
    "changed_since": Text(
        "Noen andre har endret vaktplanen. Last siden på nytt, og prøv igjen.",
        "Nokon andre har endra vaktplanen. Last sida på nytt, og prøv igjen.",
        "Somebody else has changed the roster. Load the page again, then try once more.",
    ),
    "cancel_move": Text("Avbryt", "Avbryt", "Cancel"),
    "do_it": Text("Utfør", "Utfør", "Do it"),
    "do_give": Text("Gi vakten til {name}", "Gi vakta til {name}", "Give it to {name}"),
    "do_swap": Text(
        "Bytt med {name}, som har {duty}",
        "Byt med {name}, som har {duty}",
        "Swap with {name}, who has {duty}",
    ),
    "word_can": Text("Lovlig", "Lovleg", "Lawful"),
    "word_exception": Text(
        "Lovlig, men med unntak", "Lovleg, men med unntak", "Lawful, with exceptions"
    ),
    "word_breach": Text("Bryter en regel", "Bryt ein regel", "Breaks a rule"),
    "aim_short": Text("(mål {aim})", "(mål {aim})", "(target {aim})"),
    "confirm_swapped": Text(
        "{giver} gir fra seg vakten {duty} til {who}, og får {back}.",
        "{giver} gir frå seg vakta {duty} til {who}, og får {back}.",
        "{giver} gives {duty} to {who} and gets {back}.",
    ),
    "swapped_well": Text(
        "{giver} og {who} har byttet: {who} har nå {duty}, og {giver} har {back}.",
        "{giver} og {who} har bytt: {who} har no {duty}, og {giver} har {back}.",
        "{giver} and {who} have swapped: {who} now has {duty}, {giver} has {back}.",
    ),
    "swapped_with": Text(
        (
            "{giver} og {who} har byttet: {who} har nå {duty}, og {giver} har {back}. Det gir {n} "
            "unntak fra en hovedregel eller et ønske.",
            "{giver} og {who} har byttet: {who} har nå {duty}, og {giver} har {back}. Det gir {n} "
            "unntak fra hovedregler eller ønsker.",
        ),
        (
            "{giver} og {who} har bytt: {who} har no {duty}, og {giver} har {back}. Det gir {n} "
            "unntak frå ein hovudregel eller eit ønske.",
            "{giver} og {who} har bytt: {who} har no {duty}, og {giver} har {back}. Det gir {n} "
            "unntak frå hovudreglar eller ønske.",
        ),
        (
            "{giver} and {who} have swapped: {who} now has {duty}, {giver} has {back}. It brings "
            "{n} departure from a main rule or a wish.",
            "{giver} and {who} have swapped: {who} now has {duty}, {giver} has {back}. It brings "
            "{n} departures from main rules or wishes.",
        ),
    ),
    "swapped_unlawful": Text(
        (
            "{giver} og {who} har byttet: {who} har nå {duty}, og {giver} har {back}. Det gir {n} "
            "regelbrudd.",
            "{giver} og {who} har byttet: {who} har nå {duty}, og {giver} har {back}. Det gir {n} "
            "regelbrudd.",
        ),
        (
            "{giver} og {who} har bytt: {who} har no {duty}, og {giver} har {back}. Det gir {n} "
            "regelbrot.",
            "{giver} og {who} har bytt: {who} har no {duty}, og {giver} har {back}. Det gir {n} "
            "regelbrot.",
        ),
        (
            "{giver} and {who} have swapped: {who} now has {duty}, {giver} has {back}. It brings "
            "{n} breach.",
            "{giver} and {who} have swapped: {who} now has {duty}, {giver} has {back}. It brings "
            "{n} breaches.",
        ),
    ),
}
