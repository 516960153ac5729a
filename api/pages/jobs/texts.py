"""Jobs."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Beregninger", "Utrekningar", "Calculations"),
    "one": Text("Beregning", "Utrekning", "Calculation"),
    "none": Text("Ingen beregninger ennå", "Ingen utrekningar enno", "No calculations yet"),
    "none_text": Text(
        "Åpne en plan, og velg «Lag vaktplan».",
        "Opne ein plan, og vel «Lag vaktplan».",
        "Open a plan, then choose “Make a roster”.",
    ),
    "to_plans": Text("Til planene", "Til planane", "To the plans"),
    "kind": Text("Hva", "Kva", "What"),
    "about": Text("Gjelder", "Gjeld", "About"),
    "kind_solve": Text("Vaktplan", "Vaktplan", "Roster"),
    "kind_repair": Text("Noen er borte", "Nokon er borte", "Somebody is away"),
    "kind_compare": Text("Sammenligning", "Samanlikning", "Comparison"),
    "kind_certify": Text("Bevis", "Prov", "Proof"),
    "kind_explain": Text("Forklaring", "Forklaring", "Explanation"),
    "asked": Text("Bedt om", "Bede om", "Asked for"),
    "by": Text("Av", "Av", "By"),
    "state": Text("Status", "Status", "Status"),
    "state_queued": Text("i kø", "i kø", "waiting"),
    "state_running": Text("pågår", "pågår", "running"),
    "state_stopping": Text("stopper", "stoppar", "stopping"),
    "state_done": Text("ferdig", "ferdig", "done"),
    "state_failed": Text("mislyktes", "mislukkast", "failed"),
    "state_cancelled": Text("stoppet", "stoppa", "stopped"),
    "stop": Text(
        "Stopp og behold det beste", "Stopp og hald på det beste", "Stop and keep the best"
    ),
    "cancel": Text("Ta ut av køen", "Ta ut av køen", "Take out of the queue"),
    "stopping": Text(
        "Letingen stopper om litt. Den beste vaktplanen blir lagret.",
        "Leitinga stoppar om litt. Den beste vaktplanen blir lagra.",
        "The search stops in a moment. The best roster is stored.",
    ),
    "waits": Text("Venter på tur.", "Ventar på tur.", "Waiting for its turn."),
    "begins": Text("Leser planen.", "Les planen.", "Reading the plan."),
    "doing_construct": Text(
        "Legger en første vaktplan.", "Legg ein første vaktplan.", "Making a first roster."
    ),
    "doing_improve": Text("Forbedrer: {step}.", "Forbetrar: {step}.", "Improving: {step}."),
    "doing_prove": Text(
        "Beviser hvor godt det kan bli: {step}.",
        "Provar kor godt det kan bli: {step}.",
        "Proving how good it can be: {step}.",
    ),
    "seconds": Text(
        "{passed} av {all} sekunder", "{passed} av {all} sekund", "{passed} of {all} seconds"
    ),
    "time_up": Text(
        "Tiden er ute. Vaktplanen gjøres ferdig.",
        "Tida er ute. Vaktplanen blir gjord ferdig.",
        "Time is up. The roster is being finished.",
    ),
    "done": Text("Vaktplanen er ferdig.", "Vaktplanen er ferdig.", "The roster is finished."),
    "done_without_roster": Text(
        "Beregningen er ferdig.", "Utrekninga er ferdig.", "The calculation is finished."
    ),
    "cut_off": Text(
        "Søket svarte ikke da det skulle avsluttes, og ble avbrutt. Dette er den siste vaktplanen "
        "det ga fra seg.",
        "Søket svara ikkje då det skulle avsluttast, og vart avbrote. Dette er den siste "
        "vaktplanen det gav frå seg.",
        "The search did not answer when it was to end, and was cut off. This is the last roster "
        "that it handed on.",
    ),
    "open_roster": Text("Se vaktplanen", "Sjå vaktplanen", "See the roster"),
    "cancelled": Text("Beregningen ble stoppet.", "Utrekninga vart stoppa.", "It was stopped."),
    "failed": Text("Beregningen mislyktes.", "Utrekninga mislukkast.", "It failed."),
    "levels": Text(
        "Hvor god vaktplanen er nå", "Kor god vaktplanen er no", "How good the roster is now"
    ),
    "level_cover": Text("Udekket tid", "Udekt tid", "Uncovered time"),
    "level_ordered": Text("Pålagte timer", "Pålagde timar", "Ordered hours"),
    "level_health": Text(
        "Avvik i hvile og belastning", "Avvik i kvile og belastning", "Rest and load"
    ),
    "level_fairness": Text("Skjevhet i fordelingen", "Skeivskap i fordelinga", "Unfairness"),
    "level_wishes": Text(
        "Ønsker, kontinuitet og ro", "Ønske, kontinuitet og ro", "Wishes, continuity and calm"
    ),
    "level_fairness_worst_1": Text(
        "Mest over den rettferdige andelen sin",
        "Mest over den rettferdige andelen sin",
        "Furthest over the fair share",
    ),
    "level_fairness_worst_2": Text(
        "De to mest over, samlet", "Dei to mest over, samla", "The two furthest over, together"
    ),
    "level_fairness_worst_3": Text(
        "De tre mest over, samlet", "Dei tre mest over, samla", "The three furthest over, together"
    ),
    "unit_vektede_timer": Text("vektede timer", "vekta timar", "weighted hours"),
    "unit_timer": Text("timer", "timar", "hours"),
    "unit_poeng": Text("poeng", "poeng", "points"),
    "unit_kvadrerte_vakter": Text("kvadrerte vakter", "kvadrerte vakter", "squared duties"),
    "value": Text("Verdi", "Verdi", "Value"),
    "bound": Text("Kan ikke komme under", "Kan ikkje kome under", "Cannot be below"),
    "proven": Text("bevist best mulig", "prova best mogleg", "proven best possible"),
    "unproven": Text("ikke bevist", "ikkje prova", "not proven"),
    "level": Text("Mål", "Mål", "Aim"),
    "curves": Text("Slik har det gått", "Slik har det gått", "How it went"),
    "curves_text": Text(
        "Målene står i rekkefølge: et mål blir aldri gjort dårligere for å gjøre et senere bedre. "
        "Møtes de to strekene, er det bevist at det ikke kan bli bedre.",
        "Måla står i rekkjefølgje: eit mål blir aldri gjort dårlegare for å gjere eit seinare "
        "betre. Møtest dei to strekane, er det prova at det ikkje kan bli betre.",
        "The aims stand in order: none is ever made worse to make a later one better. Where the "
        "two lines meet, it is proven that it cannot be better.",
    ),
    "is_now": Text("pågår nå", "går føre seg no", "worked on now"),
    "line_value": Text("oppnådd", "oppnådd", "reached"),
    "line_bound": Text("kan ikke bli lavere", "kan ikkje bli lågare", "cannot be lower"),
    "axis_time": Text("{first}–{last} sekunder", "{first}–{last} sekund", "{first}–{last} seconds"),
    "as_numbers": Text("Tallene", "Tala", "The numbers"),
    "second": Text("Sekund", "Sekund", "Second"),
    "about_cover": Text(
        "Tid uten lege. Natt og tid uten noen lege i det hele tatt teller mest.",
        "Tid utan lege. Natt og tid utan nokon lege i det heile tel mest.",
        "Time without a doctor. Nights and time without any doctor weigh most.",
    ),
    "about_ordered": Text(
        "Timer som må pålegges ut over det som er avtalt eller tilbudt.",
        "Timar som må påleggjast ut over det som er avtalt eller tilbode.",
        "Hours that must be ordered beyond what is agreed or offered.",
    ),
    "about_health": Text(
        "Avvik fra hovedreglene om hvile og belastning.",
        "Avvik frå hovudreglane om kvile og belastning.",
        "Departures from the main rules of rest and load.",
    ),
    "about_fairness": Text(
        "Hvor mye leger ligger over den rettferdige andelen sin.",
        "Kor mykje legar ligg over den rettferdige andelen sin.",
        "How far doctors are over their fair share.",
    ),
    "about_wishes": Text(
        "Ønsker som ikke er oppfylt, få endringer og ro mellom vaktene.",
        "Ønske som ikkje er oppfylte, få endringar og ro mellom vaktene.",
        "Wishes not granted, few changes and days between duties.",
    ),
    "curve_of": Text(
        "{title}: fra {first} til {last}, nedre grense {bound}",
        "{title}: frå {first} til {last}, nedre grense {bound}",
        "{title}: from {first} to {last}, lower bound {bound}",
    ),
    "follows": Text(
        "Siden oppdaterer seg selv.",
        "Sida oppdaterer seg sjølv.",
        "This page updates itself.",
    ),
    "may_close": Text(
        "Du kan trygt lukke siden.", "Du kan trygt lukke sida.", "You may close the page safely."
    ),
    "reload": Text("Last siden på nytt", "Last sida på nytt", "Reload the page"),
}
