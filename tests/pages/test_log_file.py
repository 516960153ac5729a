"""The log, on its page and as a file."""

from datetime import UTC, datetime

from sqlalchemy import insert, update

from api.service.audit.tables import AuditEntry
from api.service.jobs.tables import Job
from tests.pages.site import Site
from tests.pages.test_access import _browser
from tests.service import databases

MANY = 5001


def test_the_file_has_every_entry_once_however_many_there_are() -> None:
    with databases.sqlite() as address:
        site = Site(address)
        row = {
            "cooperation_id": site.actors["coordinator"].cooperation,
            "at": datetime(2027, 3, 1, tzinfo=UTC),
            "actor": "Prøve",
            "action": "roster.changed",
            "subject": "roster/none",
            "details": {},
        }
        with site.service.database.writing() as session:
            session.execute(insert(AuditEntry), [row | {"why": f"nr {n}"} for n in range(MANY)])
        answer = _browser(site, "coordinator").get("/logg/fil.csv?om=roster/none")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Når;Hvem;")
    assert [line.split(";")[4] for line in lines[1:]] == [f"nr {n}" for n in reversed(range(MANY))]


def test_a_calculation_is_told_by_what_it_works_on() -> None:
    """And by what it does alone once that is gone."""
    with databases.sqlite() as address:
        site = Site(address)
        plan = site.plan(title="Fjell i mars")
        job = site["coordinator"].post("/solves", json={"plan": plan, "seconds": 30}).json()["id"]
        page = f"/logg?om=job/{job}"
        shown = _browser(site, "coordinator").get(page).text
        with site.service.database.writing() as session:
            session.execute(update(Job).where(Job.id == job).values(subject_id="gone"))
        later = _browser(site, "coordinator").get(page).text
    assert "Beregning: Vaktplan (Fjell i mars)" in shown
    assert "Beregning: Vaktplan" in later
    assert "Fjell i mars" not in later
