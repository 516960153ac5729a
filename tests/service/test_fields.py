"""What of a person each role sees in each answer: endpoint × role × marker, each asserted.

Every GET endpoint of the OpenAPI document has a row in `access.seen`, and its requests are those of
`access.table`. Whoever adds an endpoint adds a row here; without one the first test fails and
says which.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdf
import pytest

from tests.api.plans import tiny
from tests.service.access.seen import SEEN
from tests.service.access.table import OPEN, READING, STILL
from tests.service.access.things import ROLES, Row, Things
from tests.service.running import running
from tests.service.world import V1, World

# What stands in the plan, rosters and accounts, and what it is called here.
MARKERS: Mapping[str, str] = {
    "born": "1971-07-19",
    "ground": "pregnancy",
    "term": "2027-09-09",
    "case": "SAK-8812",
    "absence": '"parental"',
    "wish": "rather_not",
    "limits": "no_nights",
    "note": "Ring mannen hennes først",
    "signed": "Avtalt på sykehuset",
    "name": "Kari Nordmann",  # of the municipality whose manager asks
    "other": "Ola Bråten",  # of another municipality
    "other_id": '"ola"',
    "email": "doctor@fjell.example",
    "label": "telefonen til Kari",
}

ASKED = [row for row in (*READING, *STILL) if row[0] == "GET"]


class MarkedWorld(World):
    """A world whose plans tell everything that is private."""

    def plan(self, **changes: Any) -> str:
        plan = tiny()
        kari, ola, siv = plan["doctors"]
        kari |= {"born": MARKERS["born"]}
        siv |= {"limits": {"no_nights": True}}
        plan["municipalities"].append({"id": "dal", "name": "Dal", "inhabitants": 2000})
        ola["municipality"] = "dal"
        plan["exemptions"] = [
            {
                "id": "f1",
                "doctor": "siv",
                "kind": "pregnancy",
                "status": "claimed",
                "claimed_from": "2027-03-12",
                "term": MARKERS["term"],
                "reference": MARKERS["case"],
            }
        ]
        plan["absences"] = [
            {"doctor": "siv", "kind": "parental", "start": "2027-03-02", "end": "2027-03-03"}
        ]
        plan["wishes"] = [
            {"id": "w1", "doctor": "siv", "attitude": "rather_not", "start": "2027-03-04"}
        ]
        answer = self["coordinator"].upload(
            "/plans", plan | changes, data={"note": MARKERS["note"]}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["plan"]["id"])


class MarkedThings(Things):
    """What the requests are about, with a signature and a label that are private too."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.with_parts(world)
        assert world["doctor"].get(f"/rosters/{self.published}").status_code == 200
        ends = world["coordinator"].post(f"/jobs/{self.job}/stop")  # so that its events end
        assert ends.status_code == 202
        own = {"kind": "doctor", "subject": "kari", "label": MARKERS["label"]}
        assert world["coordinator"].post("/feeds", json=own).status_code == 201
        signed = world.roster(self.plan, {self.duty: "kari"})
        answer = world["coordinator"].post(
            f"/rosters/{signed}/publications",
            json={"signed": MARKERS["signed"], "note": ""},
            headers={"If-Match": '"1"'},
        )
        assert answer.status_code == 201, answer.text


@pytest.fixture(scope="module")
def marked() -> Iterator[tuple[World, Things]]:
    """On SQLite: what is in an answer does not depend on the database."""
    with running("sqlite", MarkedWorld) as world:
        yield world, MarkedThings(world)


def test_every_endpoint_that_is_read_says_what_of_a_person_is_in_it() -> None:
    """A new GET endpoint needs a row in SEEN, and a request in `access.table`."""
    asked = {path for _, path, _, _ in ASKED} | {"/jobs/{job}/events"}
    opened = {path for method, path in OPEN if method == "GET" and path.startswith("/session")}
    assert set(SEEN) == asked | opened


def test_every_marker_is_somewhere() -> None:
    """Or that nobody sees it would prove nothing."""
    assert set().union(*(own for seen in SEEN.values() for own in seen.values())) == set(MARKERS)


@pytest.mark.parametrize("path", list(SEEN))
def test_each_role_sees_of_persons_what_the_table_says(
    marked: tuple[World, Things], path: str
) -> None:
    world, things = marked
    rows = [row for row in ASKED if row[1] == path]
    found: dict[str, set[str]] = {}
    for role in ROLES:
        seen: set[str] = set()
        for row in rows or [_plain(path, things)]:
            for address, request in _requests(row, things):
                seen |= _markers(_asked(world, role, address, request))
        if seen:
            found[role] = seen
    assert found == {role: own for role, own in SEEN[path].items() if own}


def _plain(path: str, things: Things) -> Row:
    """A request for what has no row in the table of roles among those that are read."""
    own = {"job": things.job} if "{job}" in path else {}
    return ("GET", path, lambda _: dict(own), ())


def _requests(row: Row, things: Things) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and request; of exports all kinds."""
    request = dict(row[2](things))
    kinds = ("xlsx", "csv", "pdf", "json", "report.html", "report.pdf")
    for kind in kinds if "{kind}" in row[1] else ("",):
        own, address = dict(request), row[1]
        for name in re.findall(r"\{(\w+)\}", row[1]):
            value = own.pop(name)
            address = address.replace(f"{{{name}}}", kind if name == "kind" else str(value))
        yield address, own


def _asked(world: World, role: str, address: str, request: dict[str, Any]) -> Any:
    options = {**request, "follow_redirects": False}
    if role == "nobody":
        return world.client().get(f"{V1}{address}", **options)
    if address == "/privacy/me":  # no token is let in
        return world.browser(role).get(address, **options)
    return world[role].get(address, **options)


def _markers(answer: Any) -> set[str]:
    """The markers in an answer, whatever kind of file it is."""
    if answer.status_code != 200:
        return set()
    text = _text(answer.content, answer.headers["content-type"])
    return {name for name, marker in MARKERS.items() if marker in text}


def _text(content: bytes, media: str) -> str:
    if media.startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    if media.startswith("application/json"):  # so that blanks do not hide a marker
        return json.dumps(json.loads(content), ensure_ascii=False)
    return content.decode("utf-8", "replace")
