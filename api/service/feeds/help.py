"""Help for subscribers, client by client, in bokmål; `docs/kalender.md` is made of it."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from api.service.feeds.clients import FAMILIES
from api.service.shapes import Shape

ALWAYS_RIGHT = (
    "Vaktplanen i Rettvakt er alltid den som gjelder. Kalenderen din henter den når den selv vil, "
    "og kan ligge etter."
)
COPY = (
    "Kan du flytte eller endre en vakt i kalenderen din, har du importert en kopi. Den blir aldri "
    "oppdatert. Slett kopien, og abonner i stedet."
)
SECRET = (
    "Adressen er hemmelig: Den som har den, kan lese kalenderen. Del den ikke med noen. "
    "Er den kommet på avveie, opphev den i Rettvakt og lag en ny."
)


class ClientHelp(Shape):
    """How to subscribe in one calendar."""

    id: str = Field(description="The family of clients, as in the list of feeds")
    name: str
    link: Literal["url", "webcal"] = Field(description="Which of the two addresses to use")
    dialogue: str = Field(
        "",
        description="Where the client itself asks whether to subscribe: `{url}` and `{webcal}` "
        "are to be replaced by the addresses, percent-encoded",
    )
    steps: list[str] = Field(description="What to do, in order")
    delay: str = Field(description="How long it takes before a change is there")
    force: str = Field(description="How to make it read at once")
    note: str = Field("", description="What else is worth knowing")


def _help(family: str, link: Literal["url", "webcal"], *steps: str, **told: str) -> ClientHelp:
    return ClientHelp(id=family, name=FAMILIES[family].name, link=link, steps=list(steps), **told)


HELP = (
    _help(
        "iphone",
        "webcal",
        "Åpne Rettvakt i Safari på telefonen, og trykk på lenken som begynner med webcal://.",
        "Trykk på «Abonner», og så på «Legg til».",
        "Gå til Innstillinger, Apper, Kalender, Kalenderkontoer og «Hent nye data». "
        "Velg «Hver time».",
        delay="Så ofte som telefonen henter nye data. Står den på «Automatisk», bare når den lader "
        "og har Wi-Fi.",
        force="Åpne Kalender, trykk på «Kalendere» og dra listen nedover.",
        note="Legger du kalenderen i iCloud på en Mac, kommer den på telefonen også.",
    ),
    _help(
        "google",
        "url",
        "Logg inn i Rettvakt på en PC, og lag adressen der. I appen på telefonen går det ikke.",
        "Trykk på «Åpne i Google Kalender», og svar ja til å legge til kalenderen.",
        "Skjer det ikke noe, åpne calendar.google.com.",
        "Trykk på plusstegnet ved «Andre kalendere», og velg «Fra nettadresse».",
        "Lim inn adressen som begynner med https://, og trykk på «Legg til kalender».",
        dialogue="https://calendar.google.com/calendar/r?cid={webcal}",
        delay="Vanligvis 8 til 24 timer, noen ganger lenger.",
        force="Det går ikke. Haster det, se i Rettvakt.",
        note="Etterpå vises vaktene i Google Kalender på telefonen også. Ser du dem ikke, slå på "
        "kalenderen i appens innstillinger.",
    ),
    _help(
        "icsx5",
        "webcal",
        "Installer ICSx⁵ fra F-Droid eller Google Play.",
        "Åpne Rettvakt på telefonen, og trykk på lenken som begynner med webcal://. Den åpnes i "
        "ICSx⁵.",
        "Velg navn og farge, og lagre. Sett «Synkroniseringsintervall» til én time.",
        delay="Så ofte som du har valgt. Fra fabrikken er det én gang i døgnet.",
        force="Åpne ICSx⁵, og dra listen nedover.",
        note="Bruker du DAVx⁵, setter du opp abonnementet i ICSx⁵ ved siden av. Uten ICSx⁵ må du "
        "gå veien om Google Kalender.",
    ),
    _help(
        "outlook-web",
        "url",
        "Trykk på «Åpne i Outlook på nettet», gi kalenderen et navn, og trykk på «Importer».",
        "Skjer det ikke noe, åpne kalenderen i Outlook på nettet, og velg «Legg til kalender».",
        "Velg «Abonner fra nettet», ikke «Last opp fra fil».",
        "Lim inn adressen som begynner med https://.",
        dialogue="https://outlook.office.com/calendar/0/addfromweb?url={url}",
        delay="Vanligvis omtrent 3 timer, men det kan ta mer enn et døgn.",
        force="Det går ikke. Haster det, se i Rettvakt.",
        note="Nye Outlook på PC bruker samme kalender.",
    ),
    _help(
        "outlook",
        "webcal",
        "Åpne kalenderen i klassisk Outlook på PC-en.",
        "Velg «Legg til kalender» og så «Fra Internett».",
        "Lim inn adressen som begynner med webcal://, og svar «Ja» på spørsmålet om å abonnere.",
        delay="Vanligvis noen timer, så lenge Outlook er åpent.",
        force="Velg «Send/motta» og «Oppdater alle mapper».",
    ),
    _help(
        "mac",
        "webcal",
        "Trykk på lenken som begynner med webcal:// i Rettvakt. Kalender åpnes.",
        "Trykk på «Abonner».",
        "Sett «Oppdater automatisk» til «Hver time».",
        delay="Så ofte som du har valgt, fra hvert femte minutt til én gang i uken.",
        force="Velg «Vis» og «Oppdater kalendere», eller trykk ⌘R.",
        note="Velg iCloud som plassering hvis du vil ha kalenderen på telefonen også.",
    ),
    _help(
        "thunderbird",
        "url",
        "Høyreklikk i listen over kalendere, og velg «Ny kalender».",
        "Velg «På nettverket», og lim inn adressen som begynner med https://. Brukernavn er ikke "
        "nødvendig.",
        "Trykk på «Finn kalendere» og så «Abonner».",
        delay="Vanligvis en halv time, så lenge Thunderbird er åpent.",
        force="Høyreklikk på kalenderen, og velg «Synkroniser».",
    ),
)


def page() -> str:
    """`docs/kalender.md`."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Vaktene i kalenderen din"
    yield ""
    yield "<!-- Laget av teksten i api/service/feeds/help.py. Rett der, ikke her. -->"
    yield ""
    yield "Rettvakt gir deg en adresse som kalenderen din kan abonnere på. Da kommer vaktene dine"
    yield "av seg selv, og når en vakt flyttes eller går til en annen, følger kalenderen etter."
    yield ""
    for told in (ALWAYS_RIGHT, COPY, SECRET):
        yield f"- {told}"
    yield ""
    yield "| Kalender | Bruk adressen | Når er en endring der? |"
    yield "|---|---|---|"
    for own in HELP:
        yield f"| {own.name} | `{_scheme(own)}` | {own.delay} |"
    yield ""
    yield "Har du flere enheter, lag en adresse til hver og gi den et navn. Da ser du i Rettvakt"
    yield "hva hver av dem har lest, og kan oppheve én uten at de andre stopper."
    for own in HELP:
        yield ""
        yield f"## {own.name}"
        yield ""
        for number, step in enumerate(own.steps, 1):
            yield f"{number}. {step}"
        yield ""
        yield f"**Når er en endring der?** {own.delay}"
        yield ""
        yield f"**Hente med en gang?** {own.force}"
        if own.note:
            yield ""
            yield own.note
    yield ""


def _scheme(own: ClientHelp) -> str:
    return "https://…" if own.link == "url" else "webcal://…"
