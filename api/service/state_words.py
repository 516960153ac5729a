"""What states are called where they stand in the way, in bokmål and English."""

from collections.abc import Mapping
from typing import Literal

Thing = Literal[
    "account",
    "deal",
    "duty",
    "exemption",
    "job",
    "message",
    "offer",
    "other-round",
    "roster",
    "round",
]
Said = tuple[str, str]

STATE_WORDS: Mapping[Thing, Mapping[str, Said]] = {
    "account": {
        "closed": ("Brukeren er stengt", "The account is closed"),
        "system": (
            "En systemansvarlig hører ikke til noe samarbeid",
            "A system administrator belongs to no cooperation",
        ),
    },
    "deal": {
        "asked": ("Ikke alle har svart på byttet ennå", "Not all have answered the swap yet"),
        "agreed": ("Alle har sagt ja til byttet", "All have said yes to the swap"),
        "done": ("Byttet er gjennomført", "The swap is done"),
        "refused": ("Byttet er avslått", "The swap is refused"),
        "withdrawn": ("Byttet er trukket", "The swap is withdrawn"),
        "lapsed": ("Byttet er falt bort", "The swap has lapsed"),
    },
    "duty": {"begun": ("Vakten har begynt", "The duty has begun")},
    "exemption": {
        "claimed": ("Fritaket er krevd", "The exemption is claimed"),
        "applied": ("Fritaket er søkt om", "The exemption is applied for"),
        "granted": ("Fritaket er innvilget", "The exemption is granted"),
        "refused": ("Fritaket er avslått", "The exemption is refused"),
        "ended": ("Fritaket er avsluttet", "The exemption has ended"),
    },
    "job": {
        "queued": ("Jobben står i kø", "The job waits"),
        "running": ("Jobben er i gang", "The job is running"),
        "stopping": ("Jobben er i ferd med å stoppe", "The job is stopping"),
        "done": ("Jobben er ferdig", "The job is done"),
        "failed": ("Jobben mislyktes", "The job failed"),
        "cancelled": ("Jobben er avbrutt", "The job was cancelled"),
    },
    "message": {"waiting": ("Meldingen venter på å bli sendt", "The message waits to be sent")},
    "offer": {
        "open": ("Tilbudet er åpent", "The offer is open"),
        "taken": ("Tilbudet er med i et avtalt bytte", "The offer is part of an agreed swap"),
        "done": ("Vakten er byttet", "The duty has been swapped"),
        "withdrawn": ("Tilbudet er trukket", "The offer is withdrawn"),
        "declined": ("Tilbudet er avslått", "The offer is declined"),
        "lapsed": ("Tilbudet er falt bort", "The offer has lapsed"),
    },
    "other-round": {
        "open": ("En annen ønskerunde er åpen", "Another wish round is open"),
        "past": (
            "Ønskene fra forrige runde er ikke tatt inn i planen",
            "The wishes of the former round are not in the plan yet",
        ),
        "closed": (
            "Ønskene fra forrige runde er ikke tatt inn i planen",
            "The wishes of the former round are not in the plan yet",
        ),
    },
    "roster": {
        "draft": ("Vaktplanen er et utkast", "The roster is a draft"),
        "hearing": ("Vaktplanen er på høring", "The roster is in hearing"),
        "published": ("Vaktplanen er publisert", "The roster is published"),
        "amended": (
            "Vaktplanen er publisert og endret siden",
            "The roster is published and was changed since",
        ),
        "archived": ("Vaktplanen er arkivert", "The roster is archived"),
    },
    "round": {
        "open": ("Ønskerunden er åpen", "The wish round is open"),
        "past": ("Fristen for ønskerunden er ute", "The deadline of the wish round is past"),
        "closed": ("Ønskerunden er lukket", "The wish round is closed"),
        "taken": ("Ønskene er tatt inn i planen", "The wishes are in the plan"),
    },
}
