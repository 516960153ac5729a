"""The log as a file."""

from datetime import UTC, datetime

from sqlalchemy import insert

from api.service.audit.tables import AuditEntry
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
