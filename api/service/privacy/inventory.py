"""What each table holds about persons, and what becomes of it: the record of what is processed.

A table that is not named here makes a test fail. Whoever adds one says how a person is found in it
(`account`, `doctor`, `of`), which texts may name somebody, and whether a person's own rows are
deleted or only lose their texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a person's own rows when they are erased."""

    DELETED = "deleted"
    REPLACED = "replaced"  # the row stays; ids become the code, texts go
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Held:
    """One table.

    Attributes:
        account: columns with the id of the account that a row is about.
        doctor: columns with the doctor's id in the plans.
        texts: columns (text or JSON) that may name anybody; those that name the person go.
        labels: such columns where only the whole name or e-mail counts: a place may be called as
            somebody's surname.
        documents: columns with JSON as text: the doctor's id in them becomes the code, and texts
            in them that name the person go.
        own: columns whose text belongs to the person in the person's own rows, and goes with them.
        authors: columns with the name of an account as it was.
        about: columns that say «account/ID».
        only: column and values; only such rows are about the doctor, and deleted.
        secret: columns that are never exported.
        of: parent tables by column, up to one with `cooperation_id`; none where the table has it.
        under: such a column whose parent is the person's own row: then this one is too.
        fate: of the person's own rows.
        told: what it is, in bokmål, for whoever reads an export.
    """

    told: str
    fate: Fate = Fate.UNTOUCHED
    account: tuple[str, ...] = ()
    doctor: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    only: tuple[str, tuple[str, ...]] | None = None
    secret: tuple[str, ...] = ()
    of: tuple[tuple[str, str], ...] = ()
    under: str = ""


INVENTORY: Mapping[str, Held] = {
    "cooperation": Held("Samarbeid; sier ikke noe om personer", secret=("pseudonym_key",)),
    "account": Held(
        "Brukeren din",
        Fate.REPLACED,
        account=("id",),
        own=("name", "email", "password_hash"),
        doctor=("doctor",),
        secret=("password_hash",),
    ),
    "visit": Held(
        "Innlogginger",
        Fate.DELETED,
        account=("account_id",),
        secret=("secret_digest", "id_token", "provider_session"),
        of=(("account_id", "account"),),
    ),
    "identity": Held(
        "Kobling til innlogging hos kommunen eller HelseID",
        Fate.DELETED,
        account=("account_id",),
        of=(("account_id", "account"),),
    ),
    "pending_login": Held("Innlogginger som er i gang; sier ikke hvem"),
    "login_try": Held("Telling av forsøk på å logge inn; sier ikke hvem"),
    "api_token": Held(
        "Nøkler til maskiner",
        Fate.DELETED,
        account=("account_id",),
        secret=("secret_digest",),
        of=(("account_id", "account"),),
    ),
    "plan": Held("Planer; titlene kan nevne noen", labels=("title",)),
    "plan_version": Held(
        "Planer som du står i, med fravær, fritak og ønsker",
        Fate.REPLACED,
        texts=("note", "file_name"),
        authors=("author",),
        of=(("plan_id", "plan"),),
    ),
    "roster": Held("Vaktplaner; titlene kan nevne noen", labels=("title",)),
    "roster_version": Held(
        "Vaktene dine",
        Fate.REPLACED,
        texts=("note",),
        authors=("author",),
        of=(("roster_id", "roster"),),
    ),
    "publication": Held(
        "Publiseringer",
        texts=("signed",),
        authors=("author",),
        of=(("roster_id", "roster"),),
    ),
    "job": Held(
        "Jobber som du har bedt om",
        Fate.REPLACED,
        account=("author_id",),
        own=("author",),
        texts=("message", "details", "options"),
        authors=("author",),
        secret=("best",),
    ),
    "job_event": Held("Det jobbene fortalte underveis", texts=("data",), of=(("job_id", "job"),)),
    "job_part": Held(
        "Deler av jobber som ikke er ferdige",
        documents=("document",),
        of=(("job_id", "job"),),
    ),
    "job_result": Held(
        "Det jobbene kom fram til", documents=("document",), of=(("job_id", "job"),)
    ),
    "job_file": Held(
        "Filer fra jobber; slettes når noen som er med i planer, slettes", of=(("job_id", "job"),)
    ),
    "once_key": Held(
        "Nøkler mot at en bestilling blir utført to ganger",
        Fate.DELETED,
        account=("account_id",),
        of=(("account_id", "account"),),
    ),
    "feed": Held(
        "Kalenderadressene dine",
        Fate.DELETED,
        account=("account_id",),
        doctor=("subject",),
        only=("kind", ("doctor", "busy")),
        own=("label",),
        texts=("label",),
        secret=("secret_digest",),
    ),
    "feed_client": Held(
        "Kalenderprogrammer som leser adressene dine",
        Fate.DELETED,
        of=(("feed_id", "feed"),),
        under="feed_id",
    ),
    "feed_duty": Held(
        "Vaktene dine i kalenderen",
        Fate.REPLACED,
        doctor=("doctor",),
        of=(("plan_id", "plan"),),
    ),
    "message": Held(
        "Meldinger til deg",
        Fate.DELETED,
        account=("account_id",),
        texts=("subject", "body", "problem"),
    ),
    "message_contact": Held(
        "Språk og telefon for meldinger",
        Fate.DELETED,
        account=("account_id",),
        of=(("account_id", "account"),),
    ),
    "ledger_entry": Held(
        "Vaktkontoen; står så lenge som vaktplanene, og deretter uten navn",
        Fate.REPLACED,
        authors=("author",),
    ),
    "wish_round": Held("Ønskerunder; teksten kan nevne noen", texts=("text",)),
    "stated_wish": Held(
        "Ønskene dine i ønskerunder",
        Fate.DELETED,
        doctor=("doctor",),
        of=(("round_id", "wish_round"),),
    ),
    "scenario_set": Held(
        "Scenarier; kan nevne hvem som slutter eller krever fritak",
        texts=("title",),
        documents=("document", "told"),
        authors=("author",),
    ),
    "roster_comment": Held(
        "Merknadene dine til vaktplaner, med svar",
        Fate.REPLACED,
        account=("account_id",),
        doctor=("doctor",),
        texts=("body", "answer"),
        own=("author", "body", "answer"),
        authors=("author", "answered_by"),
    ),
    "swap_offer": Held(
        "Vakter du har tilbudt, eller er blitt tilbudt",
        Fate.REPLACED,
        doctor=("doctor", "to_doctor"),
        texts=("note",),
        own=("note",),
    ),
    "swap_deal": Held("Vaktbytter", texts=("reason",), authors=("decided_by",)),
    "swap_part": Held(
        "Vaktbytter du er med i",
        Fate.REPLACED,
        doctor=("doctor",),
        of=(("deal_id", "swap_deal"),),
    ),
    "swap_settings": Held("Hva samarbeidet vil med vaktbytter; sier ikke noe om personer"),
    "audit_entry": Held(
        "Det du har gjort, og det som er gjort med brukeren din",
        Fate.REPLACED,
        account=("account_id",),
        texts=("why", "details"),
        own=("actor",),
        about=("subject",),
    ),
    "erasure": Held(
        "Slettinger; sier ikke hvem",
        texts=("why",),
        authors=("author",),
        secret=("held",),
    ),
    "turn": Held("Når tjenesten sist ryddet; sier ikke noe om personer"),
}
