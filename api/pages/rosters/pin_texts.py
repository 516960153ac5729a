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
        "{who} er låst til vakten {duty}. Nye vaktplaner og reparasjoner holder på det. «Angre» "
        "tar låsen bort.",
        "{who} er låst til vakta {duty}. Nye vaktplanar og reparasjonar held på det. «Angre» tek "
        "låsen bort.",
        "{who} is locked to the duty {duty}. New rosters and repairs keep it. «Undo» takes the "
        "lock away.",
    ),
    "pinned_apart": Text(
        "{who} er låst til vakten {duty} i planen. Denne vaktplanen er laget av en eldre versjon "
        "av planen; låsen gjelder når du lager en ny. «Lås opp» på vakten tar den bort.",
        "{who} er låst til vakta {duty} i planen. Denne vaktplanen er laga av ein eldre versjon av "
        "planen; låsen gjeld når du lagar ein ny. «Lås opp» på vakta tek han bort.",
        "{who} is locked to the duty {duty} in the plan. This roster was made of an earlier "
        "version of the plan; the lock counts when you make a new one. «Unlock» on the duty takes "
        "it away.",
    ),
    "pinned_published": Text(
        "{who} er låst til vakten {duty} i planen. Vaktplanen er publisert og står som den er; "
        "låsen gjelder når du lager en ny. «Lås opp» på vakten tar den bort.",
        "{who} er låst til vakta {duty} i planen. Vaktplanen er publisert og står som han er; "
        "låsen gjeld når du lagar ein ny. «Lås opp» på vakta tek han bort.",
        "{who} is locked to the duty {duty} in the plan. This roster is published and stays as it "
        "is; the lock counts when you make a new one. «Unlock» on the duty takes it away.",
    ),
    "pinned_already": Text(
        "{who} er allerede låst til vakten {duty}.",
        "{who} er allereie låst til vakta {duty}.",
        "{who} is already locked to the duty {duty}.",
    ),
    "freed_together": Text(
        "{who} er ikke lenger låst til vakten {duty}.",
        "{who} er ikkje lenger låst til vakta {duty}.",
        "{who} is no longer locked to the duty {duty}.",
    ),
    "freed_apart": Text(
        "Låsen for {who}, {duty}, er tatt ut av planen. Denne vaktplanen er laget av en eldre "
        "versjon av planen, og «Funn» bygger ennå på den.",
        "Låsen for {who}, {duty}, er teken ut av planen. Denne vaktplanen er laga av ein eldre "
        "versjon av planen, og «Funn» byggjer enno på han.",
        "The lock of {who}, {duty}, is out of the plan. This roster was made of an earlier version "
        "of the plan, and «Findings» still go by that.",
    ),
    "freed_published": Text(
        "Låsen for {who}, {duty}, er tatt ut av planen. Vaktplanen er publisert og står som den "
        "er.",
        "Låsen for {who}, {duty}, er teken ut av planen. Vaktplanen er publisert og står som han "
        "er.",
        "The lock of {who}, {duty}, is out of the plan. This roster is published and stays as it "
        "is.",
    ),
    "freed_already": Text(
        "{who} er ikke låst til vakten {duty}.",
        "{who} er ikkje låst til vakta {duty}.",
        "{who} is not locked to the duty {duty}.",
    ),
    "restored_pins": Text(
        "Vaktplanen er igjen slik den var i versjon {number}, og låsene i planen er stilt tilbake.",
        "Vaktplanen er igjen slik han var i versjon {number}, og låsane i planen er stilte "
        "tilbake.",
        "The roster is again what it was in version {number}, and so are the plan’s locks.",
    ),
}
