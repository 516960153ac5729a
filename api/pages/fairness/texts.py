"""What a roster comes to: burden, legality, receipts."""

from api.pages.catalogue import Text

TEXTS = {
    "intro": Text(
        "Hvor belastet hver lege er i denne vaktplanen, sammenlignet med den rettferdige andelen.",
        "Kor belasta kvar lege er i denne vaktplanen, samanlikna med den rettferdige andelen.",
        "What each doctor bears in this roster, beside the fair share of it.",
    ),
    "who_bears": Text("Belastning per lege", "Belasting per lege", "Burden of each doctor"),
    "points_and_aim": Text("poeng fra målet", "poeng frå målet", "points from target"),
    "measure_points": Text("Poeng", "Poeng", "Points"),
    "measure_nights": Text("Netter", "Netter", "Nights"),
    "measure_weekends": Text("Helger", "Helger", "Weekends"),
    "measure_great_holidays": Text("Høytider", "Høgtider", "Great holidays"),
    "measure_ordered": Text("Pålagte timer", "Pålagde timar", "Ordered hours"),
    "aim": Text("mål {aim}", "mål {aim}", "target {aim}"),
    "how_to_read": Text(
        "Punktet viser hvor langt legen er fra målet, som er streken i midten: mer til høyre, "
        "mindre til venstre. Tallene står ved siden av.",
        "Punktet viser kor langt legen er frå målet, som er streken i midten: meir til høgre, "
        "mindre til venstre. Tala står ved sida av.",
        "The dot shows how far the doctor is from the target, the line in the middle: more to the "
        "right, less to the left. The numbers stand beside it.",
    ),
    "bound": Text(
        "Stiplet strek: det er bevist at den mest belastede ikke kan komme nærmere målet enn "
        "{points} poeng uten at noe viktigere blir dårligere.",
        "Stipla strek: det er prova at den mest belasta ikkje kan kome nærare målet enn {points} "
        "poeng utan at noko viktigare blir dårlegare.",
        "Dashed line: it is proven that whoever bears most cannot come closer to the target than "
        "{points} points without something more important becoming worse.",
    ),
    "no_rows": Text(
        "Du ser bare hvordan belastningen er fordelt, ikke hvem som har hva.",
        "Du ser berre korleis belastinga er fordelt, ikkje kven som har kva.",
        "You see how burdens are spread, not who bears them.",
    ),
    "spread": Text("Spredning", "Spreiing", "Spread"),
    "spread_hint": Text(
        "Minst, midt og mest er avstand fra målet. En strek betyr at så få er med at du kunne ha "
        "regnet ut hva hver av dem har.",
        "Minst, midt og mest er avstand frå målet. Ein strek tyder at så få er med at du kunne ha "
        "rekna ut kva kvar av dei har.",
        "Least, middle and most are distances from the target. A dash: so few take part that you "
        "could reckon what each of them has.",
    ),
    "what": Text("Hva", "Kva", "What"),
    "doctors": Text("Leger", "Legar", "Doctors"),
    "total": Text("Til sammen", "Til saman", "Total"),
    "least": Text("Minst", "Minst", "Least"),
    "middle": Text("Midt", "Midt", "Middle"),
    "most": Text("Mest", "Mest", "Most"),
    "reckoned": Text(
        "Slik er andelene regnet ut", "Slik er andelane rekna ut", "How the shares are reckoned"
    ),
    "legality_intro": Text(
        "Uavhengige kontroller har prøvd hver lege mot hver regel. Regelsett:",
        "Uavhengige kontrollar har prøvd kvar lege mot kvar regel. Regelsett:",
        "Independent checkers have judged every doctor by every rule. Rule set:",
    ),
    "is_lawful": Text("Ingen regelbrudd", "Ingen regelbrot", "No breaches"),
    "not_lawful": Text("Har regelbrudd", "Har regelbrot", "Has breaches"),
    "is_complete": Text("Alle vakter er fylt", "Alle vakter er fylte", "Every duty is filled"),
    "not_complete": Text("Har vakter uten lege", "Har vakter utan lege", "Has empty duties"),
    "by_doctor": Text("Lege for lege", "Lege for lege", "By doctor"),
    "by_rule": Text("Regel for regel", "Regel for regel", "By rule"),
    "several": Text("Det som gjelder flere", "Det som gjeld fleire", "What concerns several"),
    "has_findings": Text(
        ("{n} regel med funn", "{n} regler med funn"),
        ("{n} regel med funn", "{n} reglar med funn"),
        ("{n} rule with findings", "{n} rules with findings"),
    ),
    "all_kept": Text("alt er holdt", "alt er halde", "all kept"),
    "other_rules": Text("Andre regler, samlet", "Andre reglar, samla", "Other rules, together"),
    "outcome_breach": Text("brudd", "brot", "breach"),
    "outcome_hole": Text("vakter uten lege", "vakter utan lege", "duties without a doctor"),
    "outcome_exception": Text(
        "unntak fra hovedregelen", "unntak frå hovudregelen", "departure from the main rule"
    ),
    "outcome_notice": Text("merknad", "merknad", "notice"),
    "closest": Text("Nærmest grensen:", "Nærast grensa:", "Closest to the limit:"),
    "rule": Text("Regel", "Regel", "Rule"),
    "source": Text("Kilde", "Kjelde", "Source"),
    "checked": Text("Kontrollert", "Kontrollert", "Judged"),
    "exceptions": Text("Unntak", "Unntak", "Exceptions"),
    "notices": Text("Merknader", "Merknader", "Notices"),
    "remarks": Text("Merknader til planen", "Merknader til planen", "Remarks on the plan"),
    "receipts_intro": Text(
        "Hva som ble av hvert ønske, og hva som sto i veien for dem som ikke ble oppfylt.",
        "Kva som vart av kvart ønske, og kva som stod i vegen for dei som ikkje vart oppfylte.",
        "What became of each wish, and what stood against those that were refused.",
    ),
    "asked": Text("Ønsket", "Ønskte", "Asked for"),
    "answer": Text("Svar", "Svar", "Answer"),
    "stood_against": Text("Sto i veien", "Stod i vegen", "What stood against it"),
    "no_wishes": Text("Ingen ønsker i planen", "Ingen ønske i planen", "No wishes in the plan"),
    "no_wishes_text": Text(
        "Når legene har meldt ønsker, står svaret på hvert av dem her.",
        "Når legane har meldt ønske, står svaret på kvart av dei her.",
        "Once doctors have stated wishes, the answer to each is told here.",
    ),
}
