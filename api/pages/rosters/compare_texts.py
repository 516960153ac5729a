"""Two rosters of a plan side by side."""

from collections.abc import Mapping

from api.pages.catalogue import Text

TEXTS: Mapping[str, Text] = {
    "compare": Text("Sammenlign vaktplaner", "Samanlikn vaktplanar", "Compare rosters"),
    "compare_last": Text(
        "Sammenlign med den forrige", "Samanlikn med den førre", "Compare with the one before"
    ),
    "compare_with": Text("Sammenlign med", "Samanlikn med", "Compare with"),
    "compare_this": Text("Denne", "Denne", "This one"),
    "compare_none": Text(
        "Planen har ingen annen vaktplan", "Planen har ingen annan vaktplan", "No other roster"
    ),
    "compare_none_text": Text(
        "Lag en vaktplan til av samme plan, så kan du se dem side om side her.",
        "Lag ein vaktplan til av same plan, så kan du sjå dei side om side her.",
        "Make another roster of the same plan to see them side by side here.",
    ),
    "compare_moved": Text(
        (
            "{n} vakt er besatt på en annen måte i den ene enn i den andre.",
            "{n} vakter er besatt på en annen måte i den ene enn i den andre.",
        ),
        (
            "{n} vakt er dekt på ein annan måte i den eine enn i den andre.",
            "{n} vakter er dekte på ein annan måte i den eine enn i den andre.",
        ),
        ("{n} duty is staffed otherwise.", "{n} duties are staffed otherwise."),
    ),
    "compare_plans": Text(
        "De er laget av hver sin versjon av planen, så noe av forskjellen kan komme derfra.",
        "Dei er laga av kvar sin versjon av planen, så noko av skilnaden kan kome derfrå.",
        "They were made of different versions of the plan, which may be part of the difference.",
    ),
    "compare_worth": Text("Hvor gode de er", "Kor gode dei er", "How good they are"),
    "compare_better": Text("bedre", "betre", "better"),
    "compare_order": Text(
        "Lavere tall er bedre, og det som står øverst, går foran det under. Tallene er fra "
        "letingen; det som er endret for hånd siden, er ikke med i dem. Hull og "
        "regelbrudd er alltid talt nå.",
        "Lågare tal er betre, og det som står øvst, går framfor det under. Tala er frå "
        "leitinga; det som er endra for hand sidan, er ikkje med i dei. Hol og "
        "regelbrot er alltid talde no.",
        "Lower is better, and what stands first goes first. The values are those of the search, "
        "without later changes by hand; holes and breaches are always counted now.",
    ),
    "compare_doctors": Text("Hva hver lege har", "Kva kvar lege har", "What each doctor has"),
    "compare_more": Text("Poeng mer", "Poeng meir", "More points"),
    "compare_was": Text("mot {value}", "mot {value}", "against {value}"),
}
