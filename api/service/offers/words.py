"""The words of messages about swaps in bokmål, nynorsk and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Lapse(StrEnum):
    """Why a deal came to nothing although nobody said no."""

    MOVED = "moved"
    SWAPPED = "swapped"
    BEGUN = "begun"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Saying:
    """One kind of message.

    Attributes:
        subject: of the mail, and the first line of the SMS.
        opening: before the duties.
        closing: after them; {address} is that of the service.
    """

    subject: str
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class SwapWords:
    """What messages about swaps say in one language; in braces what is filled in.

    Attributes:
        offered: to the one to whom a duty is offered ({giver}).
        asked: to those of a deal who have not answered.
        agreed: to coordinators who must approve it.
        refused, lapsed: to those whose deal came to nothing.
        gives, gets: before the duties of the reader.
        reason: why it was refused or lapsed.
        lapses: why, when nobody said no.
        no_replies: the last line.
    """

    offered: Saying
    asked: Saying
    agreed: Saying
    refused: Saying
    lapsed: Saying
    gives: str
    gets: str
    reason: str
    lapses: Mapping[Lapse, str]
    no_replies: str


BOKMAL = SwapWords(
    offered=Saying(
        "{giver} vil bytte vakt med deg",
        "{giver} spør om du kan ta dette:",
        "Svar i Rettvakt: {address}\n"
        "Der ser du også om byttet er lovlig, og hva det gjør med vaktkontoen din.",
    ),
    asked=Saying(
        "Et vaktbytte venter på svar fra deg",
        "Det er foreslått et vaktbytte som gjelder deg:",
        "Svar ja eller nei i Rettvakt: {address}\nIngenting er byttet før alle har sagt ja.",
    ),
    agreed=Saying(
        "Et vaktbytte venter på deg",
        "Leger er blitt enige om et vaktbytte. Det gjelder:",
        "Godkjenn eller avslå i Rettvakt: {address}\n"
        "Byttet blir kontrollert en gang til når du godkjenner det.",
    ),
    refused=Saying(
        "Vaktbyttet ble ikke noe av",
        "Et vaktbytte som du var med i, blir det ikke noe av. Vaktene er som før. Det gjaldt:",
        "Vaktene dine i Rettvakt: {address}",
    ),
    lapsed=Saying(
        "Vaktbyttet falt bort",
        "Et vaktbytte som du var med i, falt bort. Ingenting er byttet. Det gjaldt:",
        "Se hvilke vakter du har, og bytt på nytt om du vil: {address}",
    ),
    gives="Du gir fra deg",
    gets="Du får",
    reason="Begrunnelse: {reason}",
    lapses={
        Lapse.MOVED: "Vaktplanen er endret, og byttet passer ikke lenger.",
        Lapse.SWAPPED: "En av vaktene er med i en annen avtale om bytte.",
        Lapse.BEGUN: "En av vaktene begynte før byttet var fullført.",
        Lapse.ARCHIVED: "Vaktplanen er arkivert.",
    },
    no_replies="Ingen leser svar hit.",
)
NYNORSK = SwapWords(
    offered=Saying(
        "{giver} vil byte vakt med deg",
        "{giver} spør om du kan ta dette:",
        "Svar i Rettvakt: {address}\n"
        "Der ser du òg om bytet er lovleg, og kva det gjer med vaktkontoen din.",
    ),
    asked=Saying(
        "Eit vaktbyte ventar på svar frå deg",
        "Det er gjort framlegg om eit vaktbyte som gjeld deg:",
        "Svar ja eller nei i Rettvakt: {address}\nIngenting er bytt før alle har sagt ja.",
    ),
    agreed=Saying(
        "Eit vaktbyte ventar på deg",
        "Legar er blitt samde om eit vaktbyte. Det gjeld:",
        "Godkjenn eller avslå i Rettvakt: {address}\n"
        "Bytet blir kontrollert ein gong til når du godkjenner det.",
    ),
    refused=Saying(
        "Vaktbytet vart ikkje noko av",
        "Eit vaktbyte som du var med i, blir det ikkje noko av. Vaktene er som før. Det galdt:",
        "Vaktene dine i Rettvakt: {address}",
    ),
    lapsed=Saying(
        "Vaktbytet fall bort",
        "Eit vaktbyte som du var med i, fall bort. Ingenting er bytt. Det galdt:",
        "Sjå kva vakter du har, og byt på nytt om du vil: {address}",
    ),
    gives="Du gir frå deg",
    gets="Du får",
    reason="Grunngiving: {reason}",
    lapses={
        Lapse.MOVED: "Vaktplanen er endra, og bytet passar ikkje lenger.",
        Lapse.SWAPPED: "Ei av vaktene er med i ein annan avtale om byte.",
        Lapse.BEGUN: "Ei av vaktene tok til før bytet var fullført.",
        Lapse.ARCHIVED: "Vaktplanen er arkivert.",
    },
    no_replies="Ingen les svar hit.",
)
ENGLISH = SwapWords(
    offered=Saying(
        "{giver} wants to swap a duty with you",
        "{giver} asks whether you can take this:",
        "Answer in Rettvakt: {address}\n"
        "There you also see whether the swap is lawful and what it does to your account.",
    ),
    asked=Saying(
        "A swap waits for your answer",
        "A swap that concerns you has been proposed:",
        "Say yes or no in Rettvakt: {address}\nNothing is swapped until all have said yes.",
    ),
    agreed=Saying(
        "A swap waits for you",
        "Doctors have agreed to a swap. It concerns:",
        "Approve or refuse it in Rettvakt: {address}\n"
        "The swap is checked once more when you approve it.",
    ),
    refused=Saying(
        "The swap comes to nothing",
        "A swap that you took part in comes to nothing. The duties are as before. It concerned:",
        "Your duties in Rettvakt: {address}",
    ),
    lapsed=Saying(
        "The swap has lapsed",
        "A swap that you took part in has lapsed. Nothing was swapped. It concerned:",
        "See which duties you have, and swap again if you like: {address}",
    ),
    gives="You give",
    gets="You get",
    reason="Reason: {reason}",
    lapses={
        Lapse.MOVED: "The roster has changed, and the swap does not fit any more.",
        Lapse.SWAPPED: "One of the duties is part of another agreed swap.",
        Lapse.BEGUN: "One of the duties began before the swap was completed.",
        Lapse.ARCHIVED: "The roster is archived.",
    },
    no_replies="Nobody reads replies to this address.",
)
SWAP_WORDS: Mapping[str, SwapWords] = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}
