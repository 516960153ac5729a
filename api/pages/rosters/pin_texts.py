"""A duty that is locked to its doctor."""

from collections.abc import Mapping

from api.pages.catalogue import Text

TEXTS: Mapping[str, Text] = {
    "pin": Text("Lås til {name}", "Lås til {name}", "Lock to {name}"),
    "unpin": Text("Lås opp", "Lås opp", "Unlock"),
    "is_pinned": Text("låst", "låst", "locked"),
    "pin_sign": Text("X", "X", "X"),
    "pin_legend": Text(
        "Ramme: låst til legen", "Ramme: låst til legen", "Frame: locked to the doctor"
    ),
    "pinned_note": Text("Låst: {who}, {duty}", "Låst: {who}, {duty}", "Locked: {who}, {duty}"),
    "freed_note": Text(
        "Låst opp: {who}, {duty}", "Låst opp: {who}, {duty}", "Unlocked: {who}, {duty}"
    ),
    "pinned_together": Text(
        "{who} er låst til vakten {duty}. Nye vaktplaner og reparasjoner holder på det.",
        "{who} er låst til vakta {duty}. Nye vaktplanar og reparasjonar held på det.",
        "{who} is locked to the duty {duty}. New rosters and repairs keep it.",
    ),
    "pinned_apart": Text(
        "{who} er låst til vakten {duty} i planen. Denne vaktplanen er laget av en eldre versjon "
        "av planen; låsen gjelder når du lager en ny.",
        "{who} er låst til vakta {duty} i planen. Denne vaktplanen er laga av ein eldre versjon av "
        "planen; låsen gjeld når du lagar ein ny.",
        "{who} is locked to the duty {duty} in the plan. This roster was made of an earlier "
        "version of the plan; the lock counts when you make a new one.",
    ),
    "pinned_already": Text(
        "Planen har allerede den låsen.",
        "Planen har allereie den låsen.",
        "The plan has that lock already.",
    ),
    "freed_together": Text(
        "{who} er ikke lenger låst til vakten {duty}.",
        "{who} er ikkje lenger låst til vakta {duty}.",
        "{who} is no longer locked to the duty {duty}.",
    ),
    "freed_apart": Text(
        "Låsen for {who}, {duty}, er tatt ut av planen. Denne vaktplanen er laget av en eldre "
        "versjon, og viser den ennå.",
        "Låsen for {who}, {duty}, er teken ut av planen. Denne vaktplanen er laga av ein eldre "
        "versjon, og viser han enno.",
        "The lock of {who}, {duty}, is out of the plan. This roster was made of an earlier version "
        "and still shows it.",
    ),
    "freed_already": Text(
        "Planen har ingen slik lås.", "Planen har ingen slik lås.", "The plan has no such lock."
    ),
}
