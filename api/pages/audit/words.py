"""What the log tells of, by name, and the details of an entry in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from api.pages.page import Page
from api.pages.subjects import CATALOGUE
from api.service.accounts.roles import Right
from api.service.accounts.tables import Account
from api.service.jobs.tables import Job
from api.service.jobs.titles import titles
from api.service.plans.tables import StoredPlan
from api.service.rosters.tables import StoredRoster
from api.service.scenarios.tables import ScenarioSet
from api.service.wishes.tables import WishRound

UNTOLD = frozenset({"comment", "wish", "erasure", "cooperation"})
"""Ids that say nothing to people; the API tells them."""
_REFERS = {"by": "roster", "roster": "roster", "plan": "plan"}
_COUNTS = frozenset({"holes", "breaches", "doctors", "most", "count"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry is about.

    Attributes:
        name: «Vaktplan: Fjell, mars 2027»; the kind alone where it has no name, or is gone.
        path: of its page; empty where it has none, or not for the reader.
    """

    name: str
    path: str


@dataclass
class Things:
    """The things that some entries are about, with the titles that they have now."""

    page: Page
    titles: dict[str, str] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, page: Page, session: Session, entries: Iterable[tuple[str, Mapping[str, Any]]]
    ) -> "Things":
        """Look up all at once.

        Args:
            page: who reads; only things of the own cooperation have titles.
            session: to read with.
            entries: subject and details of each.
        """
        wanted: set[str] = set()
        for subject, details in entries:
            wanted.add(subject)
            for key, kind in _REFERS.items():
                if key in details:
                    wanted.add(f"{kind}/{details[key]}")
        made = cls(page)
        made._take(session, "plan", StoredPlan, StoredPlan.title, wanted)
        made._take(session, "roster", StoredRoster, StoredRoster.title, wanted)
        made._take(session, "account", Account, Account.name, wanted)
        made._take_jobs(session, wanted)
        if Right.ROSTERS_WRITE in page.actor.rights:  # others see shared ones alone
            made._take(session, "scenarios", ScenarioSet, ScenarioSet.title, wanted)
        rounds = _ids(wanted, "wish-round")
        if rounds:
            query = select(WishRound.id, WishRound.plan_id).where(WishRound.id.in_(rounds))
            made.plans |= {f"wish-round/{own}": plan for own, plan in session.execute(query)}
        return made

    def _take(
        self,
        session: Session,
        kind: str,
        table: Any,
        title: InstrumentedAttribute[str],
        wanted: Iterable[str],
    ) -> None:
        ids = _ids(wanted, kind)
        if not ids:
            return
        query = select(table.id, title).where(
            table.id.in_(ids), table.cooperation_id == self.page.actor.cooperation
        )
        self.titles |= {f"{kind}/{own}": told for own, told in session.execute(query)}

    def _take_jobs(self, session: Session, wanted: Iterable[str]) -> None:
        """What a job does, and the plan or roster that it works on while that is there."""
        ids = _ids(wanted, "job")
        if not ids:
            return
        own = select(Job).where(Job.id.in_(ids), Job.cooperation_id == self.page.actor.cooperation)
        jobs = list(session.scalars(own))
        about = titles(session, jobs)
        for job in jobs:
            does = self.page.say(f"jobs.kind_{job.kind}")
            of = about.get(job.id, "")
            self.titles[f"job/{job.id}"] = f"{does} ({of})" if of else does

    def thing(self, subject: str) -> Thing:
        """What a subject is called, and where it is."""
        kind, _, id_ = subject.partition("/")
        key = f"audit.thing_{kind.replace('-', '_')}"
        if key not in CATALOGUE.texts:
            return Thing(subject, "")
        name = self.page.say(key)
        title = id_ if kind == "ledger" else self.titles.get(subject, "")
        return Thing(f"{name}: {title}" if title else name, self._path(kind, id_, subject))

    def _path(self, kind: str, id_: str, subject: str) -> str:
        rights = self.page.actor.rights
        if kind in ("plan", "roster"):
            return f"/{'planer' if kind == 'plan' else 'vaktplaner'}/{id_}"
        if kind == "ledger":
            return "/vaktkonto"
        if kind == "job" and Right.JOBS in rights:
            return f"/jobber/{id_}"
        if kind == "account" and Right.ACCOUNTS in rights:
            return "/brukere"
        if Right.ROSTERS_WRITE not in rights:
            return ""
        if kind == "wish-round" and subject in self.plans:
            return f"/planer/{self.plans[subject]}/onskerunder/{id_}"
        return {"swap-offer": f"/bytter/{id_}", "swap": f"/avtaler/{id_}"}.get(kind, "")

    def details(self, action: str, details: Mapping[str, Any]) -> list[str]:
        """The details of an entry, a few words each; what has no words as it stands."""
        return [
            self._detail(action, key, value)
            for key, value in details.items()
            if key not in UNTOLD and value not in (None, "", [])
        ]

    def _detail(self, action: str, key: str, value: Any) -> str:
        say = self.page.say
        if isinstance(value, bool):
            own = f"audit.detail_{key}_{'yes' if value else 'no'}"
            return say(own) if own in CATALOGUE.texts else f"{key}: {value}"
        own = f"audit.detail_{key}"
        if own not in CATALOGUE.texts:
            return f"{key}: {value}"
        if key in _COUNTS and isinstance(value, int):
            return say(own, n=value)
        return say(own, value=self._value(action, key, value))

    def _value(self, action: str, key: str, value: Any) -> str:
        if key in _REFERS:
            return self.titles.get(f"{_REFERS[key]}/{value}", str(value))
        said = {
            "kind": f"{action.partition('.')[0]}s.kind_{value}",
            "role": f"people.role_{value}",
            "former": f"people.role_{value}",
            "language": f"frame.language_{value}",
        }.get(key, "")
        if said in CATALOGUE.texts:
            return self.page.say(said).lower()
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _ids(wanted: Iterable[str], kind: str) -> set[str]:
    return {own.partition("/")[2] for own in wanted if own.startswith(f"{kind}/")}
