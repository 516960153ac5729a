"""The rules of a plan."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Regler", "Reglar", "Rules"),
    "intro": Text(
        "Alt vaktplanen blir holdt opp mot, fra lov til ønske, med kilde og verdien som gjelder "
        "her.",
        "Alt vaktplanen blir halden opp mot, frå lov til ønske, med kjelde og verdien som gjeld "
        "her.",
        "All that a roster is held against, from law to wish, with its source and the value that "
        "holds here.",
    ),
    "some_unconfirmed": Text(
        (
            "{n} regel er ikke bekreftet: Ingen har lest den i selve teksten. Kommunen må "
            "kontrollere den.",
            "{n} regler er ikke bekreftet: Ingen har lest dem i selve teksten. Kommunen må "
            "kontrollere dem.",
        ),
        (
            "{n} regel er ikkje stadfesta: Ingen har lese han i sjølve teksten. Kommunen må "
            "kontrollere han.",
            "{n} reglar er ikkje stadfesta: Ingen har lese dei i sjølve teksten. Kommunen må "
            "kontrollere dei.",
        ),
        (
            "{n} rule is not confirmed: nobody has read it in the text itself. The municipality "
            "must check it.",
            "{n} rules are not confirmed: nobody has read them in the text itself. The "
            "municipality must check them.",
        ),
    ),
    "rule_set": Text("Regelsett {name}", "Regelsett {name}", "Rule set {name}"),
    "unconfirmed": Text("Ikke bekreftet", "Ikkje stadfesta", "Not confirmed"),
    "own": Text("Egen verdi", "Eigen verdi", "Own value"),
    "silent": Text("Ikke i bruk her", "Ikkje i bruk her", "Not in use here"),
    "hard": Text(
        "En vaktplan som bryter regelen, er ulovlig.",
        "Ein vaktplan som bryt regelen, er ulovleg.",
        "A roster that breaks the rule is unlawful.",
    ),
    "soft": Text(
        "Regelen teller med når vaktplanen lages, eller er bare til opplysning. Den "
        "forbyr ingenting.",
        "Regelen tel med når vaktplanen blir laga, eller er berre til opplysning. Han "
        "forbyr ingenting.",
        "The rule weighs when a roster is made, or only informs. It forbids nothing.",
    ),
    "sources": Text("Kilder", "Kjelder", "Sources"),
    "no_source": Text(
        "Regelen er et eget valg og står ikke i noen lov eller avtale.",
        "Regelen er eit eige val og står ikkje i noka lov eller avtale.",
        "The rule is a choice of one's own and stands in no law or agreement.",
    ),
    "confidence": Text("Hvor sikkert det er:", "Kor sikkert det er:", "How certain it is:"),
    "must_confirm": Text(
        "Ikke bekreftet: Kommunen må kontrollere kilden.",
        "Ikkje stadfesta: Kommunen må kontrollere kjelda.",
        "Not confirmed: the municipality must check the source.",
    ),
    "values": Text("Verdier", "Verdiar", "Values"),
    "no_values": Text(
        "Regelen har ingenting å stille inn.",
        "Regelen har ingenting å stille inn.",
        "The rule has nothing to set.",
    ),
    "setting": Text("Innstilling", "Innstilling", "Setting"),
    "in_force": Text("Gjelder her", "Gjeld her", "In force here"),
    "default": Text("Vanlig verdi", "Vanleg verdi", "Default"),
    "fixed": Text("satt i lov", "sett i lov", "set by law"),
    "set_own": Text("Sett egne verdier", "Set eigne verdiar", "Set own values"),
    "empty_is_default": Text(
        "Tomt felt betyr den vanlige verdien:",
        "Tomt felt tyder den vanlege verdien:",
        "An empty field means the default:",
    ),
    "use_default": Text("Den vanlige verdien", "Den vanlege verdien", "The default"),
    "between": Text("Fra {low} til {high}", "Frå {low} til {high}", "From {low} to {high}"),
    "table_hint": Text(
        "En linje for hver verdi: hvem eller hva den gjelder, og verdien sist, med semikolon "
        "mellom. For eksempel «Kari Nordmann; Natt; 3», eller «alle; Natt; 3». Rader fra Excel kan "
        "limes inn.",
        "Ei linje for kvar verdi: kven eller kva han gjeld, og verdien sist, med semikolon "
        "mellom. Til dømes «Kari Nordmann; Natt; 3», eller «alle; Natt; 3». Rader frå Excel kan "
        "limast inn.",
        "A line for each value: whom or what it is for, and the value last, with semicolons "
        "between. Such as “Kari Nordmann; Night; 3”, or “alle; Night; 3” for all. Rows from a "
        "spreadsheet can be pasted.",
    ),
    "no_line": Text(
        "Linje {number} må ha en verdi etter det den gjelder, og stå bare én gang.",
        "Linje {number} må ha ein verdi etter det han gjeld, og stå berre éin gong.",
        "Line {number} must have a value after what it is for, and stand once only.",
    ),
    "no_number": Text(
        "Skriv et tall, for eksempel 8 eller 0,5.",
        "Skriv eit tal, til dømes 8 eller 0,5.",
        "Write a number, such as 8 or 0.5.",
    ),
    "saved": Text(
        "Verdiene er lagret. De gjelder fra neste beregning.",
        "Verdiane er lagra. Dei gjeld frå neste utrekning.",
        "The values are stored. They hold from the next calculation on.",
    ),
    "reset": Text(
        "Bruk de vanlige verdiene igjen",
        "Bruk dei vanlege verdiane igjen",
        "Use the defaults again",
    ),
    "was_reset": Text(
        "Regelen har de vanlige verdiene igjen.",
        "Regelen har dei vanlege verdiane igjen.",
        "The rule has its defaults again.",
    ),
    "not_set": Text("ikke satt", "ikkje sett", "not set"),
    "yes": Text("ja", "ja", "yes"),
    "no": Text("nei", "nei", "no"),
    "table": Text(
        ("{n} verdi", "{n} verdier"), ("{n} verdi", "{n} verdiar"), ("{n} value", "{n} values")
    ),
}
