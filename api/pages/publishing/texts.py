"""Hearing and publication."""

from api.pages.catalogue import Text

_HEARD_NB = "Legene ser vaktplanen og kan kommentere den. Du leser og svarer her."
TEXTS = {
    "hearing_is_draft": Text(
        "Vaktplanen er et utkast. På høring kan legene lese den og kommentere vaktene sine.",
        "Vaktplanen er eit utkast. På høyring kan legane lese han og kommentere vaktene sine.",
        "The roster is a draft. In a hearing the doctors can read it and comment on their duties.",
    ),
    "hearing_is_hearing": Text(
        _HEARD_NB,
        "Legane ser vaktplanen og kan kommentere han. Du les og svarer her.",
        "The doctors see the roster and can comment on it. Read and answer here.",
    ),
    "hearing_is_published": Text(
        "Vaktplanen er publisert. Legene kan fortsatt kommentere den.",
        "Vaktplanen er publisert. Legane kan framleis kommentere han.",
        "The roster is published. The doctors can still comment on it.",
    ),
    "hearing_is_amended": Text(
        "Vaktplanen er endret etter publiseringen. Legene ser den versjonen som ble publisert.",
        "Vaktplanen er endra etter publiseringa. Legane ser den versjonen som vart publisert.",
        "The roster has changed since publication. The doctors see the version that was published.",
    ),
    "hearing_is_archived": Text(
        "Vaktplanen er arkivert. Ingen kan kommentere den lenger.",
        "Vaktplanen er arkivert. Ingen kan kommentere han lenger.",
        "The roster is archived. Nobody can comment on it any more.",
    ),
    "send_to_hearing": Text("Send på høring", "Send på høyring", "Send to hearing"),
    "end_hearing": Text("Avslutt høringen", "Avslutt høyringa", "End the hearing"),
    "go_on": Text("Gå til publisering", "Gå til publisering", "Go to publication"),
    "now_hearing": Text(
        "Vaktplanen er på høring. Legene kan lese den nå.",
        "Vaktplanen er på høyring. Legane kan lese han no.",
        "The roster is in hearing. The doctors can read it now.",
    ),
    "now_draft": Text(
        "Høringen er avsluttet. Vaktplanen er et utkast igjen.",
        "Høyringa er avslutta. Vaktplanen er eit utkast igjen.",
        "The hearing has ended. The roster is a draft again.",
    ),
    "now_archived": Text(
        "Vaktplanen er arkivert.", "Vaktplanen er arkivert.", "The roster is archived."
    ),
    "comments": Text("Kommentarer fra legene", "Kommentarar frå legane", "Comments by doctors"),
    "no_comments": Text("Ingen kommentarer ennå.", "Ingen kommentarar enno.", "No comments yet."),
    "comment_open": Text("venter på svar", "ventar på svar", "waits for an answer"),
    "comment_closed": Text("avsluttet", "avslutta", "settled"),
    "answer_of": Text("Svar fra {name}:", "Svar frå {name}:", "Answer by {name}:"),
    "answer_to": Text("Svar til {name}", "Svar til {name}", "Answer to {name}"),
    "answer_and_close": Text("Svar og avslutt", "Svar og avslutt", "Answer and settle"),
    "answer_only": Text("Bare svar", "Berre svar", "Answer only"),
    "open_again": Text("Åpne igjen", "Opne igjen", "Open again"),
    "answer_missing": Text(
        "Skriv et svar som kan leses, på høyst 4000 tegn.",
        "Skriv eit svar som kan lesast, på høgst 4000 teikn.",
        "Write an answer that can be read, of at most 4000 characters.",
    ),
    "answered": Text("Svaret er lagret.", "Svaret er lagra.", "The answer is stored."),
    "told": Text("Leger som får melding", "Legar som får melding", "Doctors who get a message"),
    "holes": Text("Vakter uten lege", "Vakter utan lege", "Duties without a doctor"),
    "breaches": Text("Regelbrudd", "Regelbrot", "Breaches"),
    "open_comments": Text("Ubesvarte kommentarer", "Kommentarar utan svar", "Unanswered comments"),
    "first": Text(
        "Dette er den første vaktplanen som publiseres for planen.",
        "Dette er den første vaktplanen som blir publisert for planen.",
        "This is the first roster to be published for the plan.",
    ),
    "again": Text(
        "Legene arbeider etter en vaktplan som er publisert før. Bare de som får andre vakter, får "
        "melding.",
        "Legane arbeider etter ein vaktplan som er publisert før. Berre dei som får andre vakter, "
        "får melding.",
        "The doctors work by a roster that was published before. Only those whose duties change "
        "get a message.",
    ),
    "supersedes": Text(
        "En annen vaktplan blir arkivert.",
        "Ein annan vaktplan blir arkivert.",
        "Another roster is archived.",
    ),
    "see_it": Text("Se den", "Sjå han", "See it"),
    "comments_wait": Text(
        (
            "{n} kommentar fra høringen venter på svar.",
            "{n} kommentarer fra høringen venter på svar.",
        ),
        (
            "{n} kommentar frå høyringa ventar på svar.",
            "{n} kommentarar frå høyringa ventar på svar.",
        ),
        ("{n} comment waits for an answer.", "{n} comments wait for an answer."),
    ),
    "to_hearing": Text("Til høringen", "Til høyringa", "To the hearing"),
    "lapse": Text(
        ("{n} åpent tilbud om vaktbytte faller bort.", "{n} åpne tilbud om vaktbytte faller bort."),
        ("{n} ope tilbod om vaktbyte fell bort.", "{n} opne tilbod om vaktbyte fell bort."),
        ("{n} open swap offer lapses.", "{n} open swap offers lapse."),
    ),
    "signed": Text(
        "Hvem står ansvarlig for bruddene, og hvorfor?",
        "Kven står ansvarleg for brota, og kvifor?",
        "Who answers for the breaches, and why?",
    ),
    "signed_hint": Text(
        "For eksempel «Kommuneoverlegen, ingen andre kunne ta natten».",
        "Til dømes «Kommuneoverlegen, ingen andre kunne ta natta».",
        "Such as “The chief medical officer, nobody else could take the night”.",
    ),
    "must_sign": Text(
        (
            "Vaktplanen har {n} regelbrudd. Skriv hvem som står ansvarlig, "
            "eller rett bruddet først.",
            "Vaktplanen har {n} regelbrudd. Skriv hvem som står ansvarlig, "
            "eller rett bruddene først.",
        ),
        (
            "Vaktplanen har {n} regelbrot. Skriv kven som står ansvarleg, eller rett brotet først.",
            "Vaktplanen har {n} regelbrot. Skriv kven som står ansvarleg, eller rett brota først.",
        ),
        (
            "The roster has {n} breach. Write who answers for it, or mend it first.",
            "The roster has {n} breaches. Write who answers for them, or mend them first.",
        ),
    ),
    "one_line": Text(
        "Skriv én linje på høyst 1000 tegn.",
        "Skriv éi linje på høgst 1000 teikn.",
        "Write one line of at most 1000 characters.",
    ),
    "note": Text("Merknad til loggen", "Merknad til loggen", "Note for the log"),
    "publish": Text(
        "Publiser versjon {number}", "Publiser versjon {number}", "Publish version {number}"
    ),
    "published": Text(
        "Vaktplanen er publisert. Kalenderne er oppdatert, og legene får melding.",
        "Vaktplanen er publisert. Kalendrane er oppdaterte, og legane får melding.",
        "The roster is published. Calendars are up to date, and the doctors get a message.",
    ),
    "who_is_told": Text(
        ("{n} lege får nye vakter", "{n} leger får nye vakter"),
        ("{n} lege får nye vakter", "{n} legar får nye vakter"),
        ("{n} doctor whose duties change", "{n} doctors whose duties change"),
    ),
    "not_told": Text(
        (
            "{n} lege får andre vakter, men ingen melding: Enten mangler legen bruker, eller så er "
            "vaktene over. Si fra selv.",
            "{n} leger får andre vakter, men ingen melding: Enten mangler de bruker, eller så er "
            "vaktene over. Si fra selv.",
        ),
        (
            "{n} lege får andre vakter, men inga melding: Anten manglar legen brukar, eller så er "
            "vaktene over. Sei frå sjølv.",
            "{n} legar får andre vakter, men inga melding: Anten manglar dei brukar, eller så er "
            "vaktene over. Sei frå sjølv.",
        ),
        (
            "{n} doctor gets other duties but no message: there is no account, or the duties are "
            "past. Tell them yourself.",
            "{n} doctors get other duties but no message: they have no account, or the duties are "
            "past. Tell them yourself.",
        ),
    ),
    "to_people": Text("Se brukerne", "Sjå brukarane", "See the accounts"),
    "message": Text("Melding", "Melding", "Message"),
    "gets_message": Text("får melding", "får melding", "gets a message"),
    "gets_none": Text(
        "ingen (har ikke bruker, eller vaktene er over)",
        "inga (har ikkje brukar, eller vaktene er over)",
        "none (no account, or the duties are past)",
    ),
    "gained": Text("Får", "Får", "Gets"),
    "lost": Text("Mister", "Mistar", "Loses"),
    "changed": Text("Beholder, men endret", "Beheld, men endra", "Keeps, but changed"),
    "nobody_told": Text(
        "Ingen får andre vakter.", "Ingen får andre vakter.", "Nobody's duties change."
    ),
    "to_confirm": Text(
        ("{n} ting å bekrefte", "{n} ting å bekrefte"),
        ("{n} ting å stadfeste", "{n} ting å stadfeste"),
        ("{n} thing to confirm", "{n} things to confirm"),
    ),
    "is_published": Text(
        "Den nyeste versjonen er publisert, og det er ingenting nytt å publisere.",
        "Den nyaste versjonen er publisert, og det er ikkje noko nytt å publisere.",
        "The newest version is published; there is nothing new to publish.",
    ),
    "is_archived": Text(
        "Vaktplanen er arkivert. Den kan ikke publiseres.",
        "Vaktplanen er arkivert. Han kan ikkje publiserast.",
        "The roster is archived and cannot be published.",
    ),
    "archive": Text("Arkiver vaktplanen", "Arkiver vaktplanen", "Archive the roster"),
}
