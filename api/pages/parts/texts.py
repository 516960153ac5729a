"""The parts of a plan."""

from api.pages.catalogue import Text

TEXTS = {
    "title": Text("Innholdet i planen", "Innhaldet i planen", "What the plan holds"),
    "intro": Text(
        "Alt planen bygger på, del for del. Hver lagring blir en ny versjon, så alt kan angres.",
        "Alt planen byggjer på, del for del. Kvar lagring blir ein ny versjon, så alt kan angrast.",
        "All that the plan is built on, part by part. Every save makes a new version, so "
        "everything can be undone.",
    ),
    "part": Text("Del", "Del", "Part"),
    "rows": Text("Rader", "Rader", "Rows"),
    "what": Text("Hva som står der", "Kva som står der", "What it is"),
    "period": Text("Tittel og periode", "Tittel og periode", "Title and period"),
    "required": Text("må fylles ut", "må fyllast ut", "required"),
    "not_stored": Text(
        "Ingenting er lagret. Dette stemmer ikke:",
        "Ingenting er lagra. Dette stemmer ikkje:",
        "Nothing was stored. This is not right:",
    ),
    "add": Text("Legg til", "Legg til", "Add"),
    "add_to": Text("Legg til: {part}", "Legg til: {part}", "Add: {part}"),
    "new_row": Text("Ny rad", "Ny rad", "New row"),
    "paste": Text("Lim inn fra Excel", "Lim inn frå Excel", "Paste from Excel"),
    "undo": Text("Angre siste endring", "Angre siste endring", "Undo the last change"),
    "redo": Text("Gjør om", "Gjer om", "Redo"),
    "save": Text("Lagre", "Lagre", "Save"),
    "cancel": Text("Avbryt", "Avbryt", "Cancel"),
    "change": Text("Endre", "Endre", "Change"),
    "change_row": Text("Endre {name}", "Endre {name}", "Change {name}"),
    "remove": Text("Slett raden", "Slett rada", "Delete the row"),
    "search": Text("Finn rader", "Finn rader", "Find rows"),
    "do_search": Text("Søk", "Søk", "Search"),
    "rows_found": Text("{n} av {total}", "{n} av {total}", "{n} of {total}"),
    "before": Text("Forrige side", "Førre side", "Previous page"),
    "after": Text("Neste side", "Neste side", "Next page"),
    "page_of": Text(
        "Side {number} av {pages}", "Side {number} av {pages}", "Page {number} of {pages}"
    ),
    "no_match": Text("Ingen rader passer", "Ingen rader passar", "No row matches"),
    "no_match_text": Text(
        "Prøv færre eller kortere ord.",
        "Prøv færre eller kortare ord.",
        "Try fewer or shorter words.",
    ),
    "show_all": Text("Vis alle", "Vis alle", "Show all"),
    "empty": Text("Ingenting her ennå", "Ingenting her enno", "Nothing here yet"),
    "empty_text": Text(
        "Legg til en rad, eller lim inn mange fra et regneark.",
        "Legg til ei rad, eller lim inn mange frå eit rekneark.",
        "Add a row, or paste many from a spreadsheet.",
    ),
    "empty_read": Text(
        "Planen har ingen slike rader.",
        "Planen har ingen slike rader.",
        "The plan has no such rows.",
    ),
    "saved": Text(
        "Endringen er lagret som en ny versjon.",
        "Endringa er lagra som ein ny versjon.",
        "The change is stored as a new version.",
    ),
    "unchanged": Text(
        "Det sto slik fra før. Ingenting er endret.",
        "Det stod slik frå før. Ingenting er endra.",
        "The plan said so already. Nothing was changed.",
    ),
    "removed": Text(
        "Raden er slettet. Den kommer tilbake med «Angre siste endring».",
        "Rada er sletta. Ho kjem tilbake med «Angre siste endring».",
        "The row is deleted. “Undo the last change” brings it back.",
    ),
    "in_roster": Text(
        "I vaktplanen «{title}»", "I vaktplanen «{title}»", "In the roster “{title}”"
    ),
    "no_roster": Text(
        "Planen har ingen vaktplan ennå.", "Planen har ingen vaktplan enno.", "No roster yet."
    ),
    "not_in_roster": Text(
        "Vaktplanen er laget før legen kom med i planen.",
        "Vaktplanen er laga før legen kom med i planen.",
        "The roster was made before the doctor was in the plan.",
    ),
    "duties": Text(
        ("{n} vakt eller økt", "{n} vakter og økter"),
        ("{n} vakt eller økt", "{n} vakter og økter"),
        ("{n} duty", "{n} duties"),
    ),
    "access": Text("Bruker og kalender", "Brukar og kalender", "Account and calendar"),
    "no_account": Text(
        "Legen har ingen bruker, og kan ikke logge inn.",
        "Legen har ingen brukar, og kan ikkje logge inn.",
        "The doctor has no account and cannot log in.",
    ),
    "no_feed": Text(
        "Ingen kalender abonnerer på vaktene.",
        "Ingen kalender abonnerer på vaktene.",
        "No calendar subscribes to the duties.",
    ),
    "restore": Text("Gå tilbake hit", "Gå tilbake hit", "Go back to this"),
    "restore_one": Text(
        "Gå tilbake til versjon {number}",
        "Gå tilbake til versjon {number}",
        "Go back to version {number}",
    ),
    "restored": Text(
        "Planen er igjen slik den var i versjon {number}.",
        "Planen er igjen slik han var i versjon {number}.",
        "The plan is again as it was in version {number}.",
    ),
    "restored_note": Text(
        "Tilbake til versjon {number}", "Tilbake til versjon {number}", "Back to version {number}"
    ),
    "paste_title": Text("Lim inn fra regneark", "Lim inn frå rekneark", "Paste from a spreadsheet"),
    "paste_text": Text(
        "Kopier rader fra Excel, gjerne med overskriftene, og lim dem inn her. Du får se hva som "
        "blir lagt til, og alt som er galt, før noe lagres. Navn kan stå der planen bruker id-er.",
        "Kopier rader frå Excel, gjerne med overskriftene, og lim dei inn her. Du får sjå kva som "
        "blir lagt til, og alt som er gale, før noko blir lagra. Namn kan stå der planen brukar "
        "id-ar.",
        "Copy rows from Excel, best with their headings, and paste them here. You see what would "
        "be added, and everything that is wrong, before anything is stored. Names will do where "
        "the plan has ids.",
    ),
    "columns": Text("Kolonner:", "Kolonnar:", "Columns:"),
    "rows_here": Text("Rader fra regnearket", "Rader frå reknearket", "Rows of the spreadsheet"),
    "look": Text("Se hva det blir", "Sjå kva det blir", "See what it becomes"),
    "read_as": Text(
        "Slik er radene lest", "Slik er radene lesne", "This is how the rows were read"
    ),
    "no_header": Text(
        "Første linje er ikke overskrifter. Kolonnene er tatt i den rekkefølgen som står over.",
        "Første linje er ikkje overskrifter. Kolonnane er tekne i rekkjefølgja som står over.",
        "The first line holds no headings. The columns were taken in the order above.",
    ),
    "paste_faults": Text(
        ("Ingenting er lagret. {n} ting må rettes.", "Ingenting er lagret. {n} ting må rettes."),
        ("Ingenting er lagra. {n} ting må rettast.", "Ingenting er lagra. {n} ting må rettast."),
        ("Nothing was stored. {n} fault to fix.", "Nothing was stored. {n} faults to fix."),
    ),
    "will_add": Text(
        ("{n} rad blir lagt til", "{n} rader blir lagt til"),
        ("{n} rad blir lagd til", "{n} rader blir lagde til"),
        ("{n} row will be added", "{n} rows will be added"),
    ),
    "and_more": Text(
        ("og {n} rad til", "og {n} rader til"),
        ("og {n} rad til", "og {n} rader til"),
        ("and {n} more row", "and {n} more rows"),
    ),
    "store_rows": Text(
        ("Legg til {n} rad", "Legg til {n} rader"),
        ("Legg til {n} rad", "Legg til {n} rader"),
        ("Add {n} row", "Add {n} rows"),
    ),
    "pasted": Text(
        ("{n} rad er lagt til.", "{n} rader er lagt til."),
        ("{n} rad er lagd til.", "{n} rader er lagde til."),
        ("{n} row was added.", "{n} rows were added."),
    ),
    "pasted_note": Text(
        ("{n} rad limt inn: {part}", "{n} rader limt inn: {part}"),
        ("{n} rad limt inn: {part}", "{n} rader limte inn: {part}"),
        ("{n} row pasted: {part}", "{n} rows pasted: {part}"),
    ),
    "doctor_intro": Text(
        "Alt som gjelder denne legen: i planen, vaktplanen, vaktkontoen og kalenderen.",
        "Alt som gjeld denne legen: i planen, vaktplanen, vaktkontoen og kalenderen.",
        "All that counts for this doctor: in the plan, the roster, the ledger and the calendar.",
    ),
    "claim": Text("Registrer fritak", "Registrer fritak", "Record an exemption"),
    "fill_in": Text("Fyll ut «{field}».", "Fyll ut «{field}».", "Fill in “{field}”."),
    "cannot_be_used": Text(
        "Det som står i «{field}», kan ikke brukes. Rett det.",
        "Det som står i «{field}», kan ikkje brukast. Rett det.",
        "What stands in “{field}” cannot be used. Correct it.",
    ),
    "nothing": Text("Ingen rader.", "Ingen rader.", "No rows."),
}
