"""What a coordinator does besides rosters: rounds, exemptions, the ledger, accounts, scenarios."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from api.service.jobs import kept
from api.service.jobs import store as jobs
from api.service.jobs.tables import Job
from tests.pages.browsing import Browsing
from tests.pages.site import Site
from tests.pages.test_access import _browser
from tests.pages.test_actions_rosters import fields
from tests.service import databases
from tests.service.jobs import done
from tests.service.test_job_kinds import ONE_MORE


class Office(Browsing):
    """A plan, and a browser of the coordinator."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.plan = site.plan()
        self.path = f"/planer/{self.plan}"
        self.browser = _browser(site, "coordinator")

    def document(self) -> dict[str, Any]:
        found = self.site["coordinator"].get(f"/plans/{self.plan}").json()
        version = f"/plans/{self.plan}/versions/{found['version']}/document"
        document: dict[str, Any] = self.site["coordinator"].get(version).json()
        return document


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One for all tests here."""
    with databases.sqlite() as address:
        yield Office(Site(address))


def test_a_claim_shows_its_dates_is_put_on_record_decided_and_ended(office: Office) -> None:
    path = f"{office.path}/fritak"
    form = fields(office.get(path), path)
    nobody = office.post(path, 422, **form, kind="age")
    assert 'href="#felt-doctor"' in nobody.text
    claim: dict[str, Any] = {**form, "doctor": "kari", "kind": "pregnancy", "term": "2027-06-01"}
    preview = unescape(office.post(path, 200, **claim).text)
    assert "1. mars" in preview
    assert not office.document().get("exemptions")
    listed = office.told(office.post(path, **claim, lagre="1"))
    key = re.search(rf'href="({path}/[^"]+)"', listed)
    assert key
    assert len(office.document()["exemptions"]) == 1
    office.post(path, 412, **claim, lagre="1")
    one = office.get(key[1])
    form = fields(one, f"{key[1]}/vedtak")
    assert 'id="feil-decided_by"' in office.post(f"{key[1]}/vedtak", 422, **form).text
    decision: dict[str, Any] = {
        "outcome": "granted",
        "decided_on": "2026-11-20",
        "decided_by": "Kommuneoverlegen",
        "reference": "2026/17",
    }
    office.told(office.post(f"{key[1]}/vedtak", **form, **decision))
    one = office.get(key[1])
    assert "2026/17" in one
    form = fields(one, f"{key[1]}/slutt")
    office.post(f"{key[1]}/slutt", 422, **form)
    office.told(office.post(f"{key[1]}/slutt", **form, last_day="2027-03-10"))
    office.get(key[1])
    unknown: dict[str, Any] = {
        **fields(office.get(path), path),
        "doctor": "ingen",
        "kind": "need",
    }
    office.post(path, 404, **unknown)
    office.post(path, 422, **unknown, lagre="1")
    wrong: dict[str, Any] = {
        **unknown,
        "doctor": "ola",
        "first": "2027-05-01",
        "last": "2027-04-01",
    }
    assert 'id="feil-last"' in office.post(path, 422, **wrong).text


def test_a_round_is_opened_changed_and_taken_in(office: Office) -> None:
    path = f"{office.path}/onskerunder"
    past = office.post(path, 422, deadline="2020-01-01T12:00", most="5")
    assert 'id="feil-deadline"' in past.text
    assert 'id="feil-deadline"' in office.post(path, 422, deadline="i morgen", most="5").text
    deadline = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    opened = office.post(path, deadline=deadline, most="5", text="Si ifra.")
    own = opened.headers["location"]
    assert "Si ifra." in office.told(opened)
    number = own.rpartition("/")[2]
    wish: dict[str, Any] = {"attitude": "want", "start": "2027-03-02"}
    stated = office.site["doctor"].post(f"/wish-rounds/{number}/wishes", json=wish)
    assert stated.status_code == 201, stated.text
    shown = office.get(own)
    assert deadline in shown
    form = fields(shown, own)
    assert "7" in office.told(office.post(own, **form, deadline=deadline, most="7", text=""))
    office.post(own, 412, **form, deadline=deadline, most="7")
    assert 'id="feil-most"' in office.post(own, 422, **form, deadline=deadline, most="x").text
    form = fields(office.get(own), f"{own}/slutt")
    office.told(office.post(f"{own}/slutt", **form))
    form = fields(office.get(own), f"{own}/ta-inn")
    office.told(office.post(f"{own}/ta-inn", **form))
    assert [one["doctor"] for one in office.document()["wishes"]] == ["kari"]
    office.post(f"{own}/ta-inn", 409, **{**form, "version": str(int(form["version"]) + 1)})


def test_a_period_is_closed_and_a_balance_put_right(office: Office) -> None:
    site = office.site
    duties = [own.id for own in site.loaded(office.plan).problem.duties]
    doctors = ("kari", "ola", "siv")
    roster = site.roster(office.plan, {own: doctors[n % 3] for n, own in enumerate(duties)})
    site._published(roster)
    form = fields(office.get("/vaktkonto"), "/vaktkonto/avslutninger")
    shown = office.told(office.post("/vaktkonto/avslutninger", **form, roster=roster))
    assert "Fjell, mars 2027" in shown
    office.post("/vaktkonto/avslutninger", 412, **form, roster=roster)
    form = fields(shown, "/vaktkonto/rettelser")
    office.post("/vaktkonto/avslutninger", 422, **form, roster=roster)
    bad = office.post(
        "/vaktkonto/rettelser",
        422,
        **form,
        doctor="kari",
        measure="nights",
        amount="mange",
        reason="",
    )
    assert 'id="feil-amount"' in bad.text
    assert 'id="feil-reason"' in bad.text
    right: dict[str, Any] = {
        "doctor": "kari",
        "measure": "nights",
        "amount": "−1,5",
        "reason": "Bytte",
    }
    office.told(office.post("/vaktkonto/rettelser", **form, **right))
    assert "Bytte" in office.get("/vaktkonto/leger/kari")
    office.get("/vaktkonto/kontroll")


def test_a_first_password_is_shown_once_and_opens_the_account(office: Office) -> None:
    wanted: dict[str, Any] = {"name": "Ola Bråten", "email": "ola@fjell.example", "role": "doctor"}
    assert 'id="feil-doctor"' in office.post("/brukere", 422, **wanted).text
    made = office.post("/brukere", 201, **wanted, doctor="ola")
    password = re.search(r"<code[^>]*>([^<]+)</code>", made.text)
    assert password
    assert password[1] not in office.get("/brukere")
    assert made.headers["cache-control"] == "no-store"
    assert 'id="feil-email"' in office.post("/brukere", 422, **wanted, doctor="ola").text
    browser = _browser(office.site, "")
    entered = browser.post(
        "/logg-inn",
        data={"email": wanted["email"], "password": unescape(password[1])},
        follow_redirects=False,
    )
    assert entered.status_code == 303, entered.text
    assert browser.get("/mine-vakter", follow_redirects=False).headers["location"] == "/passord"
    changing = re.search(r'href="(/brukere/\w+/rolle)"[^>]*Ola Bråten', office.get("/brukere"))
    assert changing
    form = fields(office.get(changing[1]), changing[1])
    assert 'id="feil-municipality"' in office.post(changing[1], 422, **form, role="manager").text
    form |= {"role": "manager", "municipality": "fjell"}
    office.told(office.post(changing[1], **form))
    office.post(changing[1], 412, **form)  # somebody else was quicker
    assert "Leder (Fjell)" in office.get("/brukere")
    shut = re.search(
        r'href="(/brukere/\w+/steng)" aria-label="Steng Ola Bråten"', office.get("/brukere")
    )
    assert shut
    asked = office.get(shut[1])
    assert "kan ikke åpnes igjen" in asked
    assert browser.get("/passord").status_code == 200  # nothing is done yet
    office.told(office.post(shut[1], **fields(asked, shut[1]), why="Sluttet"))
    assert browser.get("/passord", follow_redirects=False).headers["location"].startswith("/logg")


def test_a_setting_that_is_a_table_is_written_in_lines(office: Office) -> None:
    path = f"{office.path}/regler/pattern_maximum"
    form = fields(office.get(path), path)
    wrong = office.post(path, 422, **form, maxima="Kari Nordmann")
    assert "Linje 1 må ha en verdi" in unescape(wrong.text)
    assert "Kari Nordmann" in unescape(wrong.text)
    unknown = office.post(path, 422, **form, maxima="Kari Nordmann; Natt; mye")
    assert 'id="feil-maxima"' in unknown.text
    pattern = office.document()["patterns"][0]
    told = office.post(path, **form, maxima=f"Kari Nordmann; {pattern['name']}; 3")
    assert f"Kari Nordmann; {pattern['name']}; 3" in office.told(told)
    rules = office.document()["settings"]
    assert rules["pattern_maximum"] == {"maxima": {f"kari/{pattern['id']}": 3}}
    reset = f"{path}/nullstill"
    office.told(office.post(reset, **fields(office.get(path), reset)))


def test_how_old_balances_fade_is_set(office: Office) -> None:
    form = fields(office.get("/innstillinger"), "/innstillinger/vaktkonto")
    filled = {**form, "half_life": "12", "ceiling": "50", "wish_half_life": "12"}

    def refused(**changes: str) -> list[tuple[str, str]]:
        answer = office.post("/innstillinger/vaktkonto", 422, **{**filled, **changes})
        return re.findall(r'id="feil-(\w+)"[^>]*>([^<]+)<', unescape(answer.text))

    assert [field for field, _ in refused(half_life="mange")] == ["half_life"]
    [(field, told)] = refused(ceiling="20")
    assert field == "ceiling"
    assert told.startswith("Taket kan ikke brukes. Skriv prosent av andelen fra 50 til 1000")
    assert refused(wish_half_life=" ", half_life="") == [
        ("half_life", "Fyll ut «Måneder til en saldo er halvert»."),
        ("wish_half_life", "Fyll ut «Måneder til et avslått ønske teller halvt»."),
    ]
    office.told(office.post("/innstillinger/vaktkonto", **filled))
    page = office.get("/innstillinger")
    assert 'name="half_life" type="text" value="12"' in page
    [(_, told)] = refused(**fields(page, "/innstillinger/vaktkonto"))
    assert told.startswith("Slik er det allerede")


def test_the_setting_of_swaps_leads_back_to_where_it_was_saved(office: Office) -> None:
    action = "/avtaler/innstilling"
    for path in ("/innstillinger", "/bytter"):
        answer = office.post(action, **fields(office.get(path), action), need_approval="1")
        assert answer.headers["location"] == path
        assert "Innstillingen er lagret." in office.told(answer)


def test_tables_are_downloaded(office: Office) -> None:
    for path, word in (
        ("/vaktkonto/filer/csv", ";"),
        ("/logg/fil.csv", "Hvem;"),
        ("/brukere/fil.csv", "E-post;"),
    ):
        answer = office.browser.get(path)
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert word in answer.content.decode("utf-8-sig")


def test_a_system_administrator_makes_a_cooperation_and_its_coordinator(office: Office) -> None:
    browser = _browser(office.site, "system")

    def send(path: str, **data: str) -> tuple[int, str]:
        answer = browser.post(path, data=data, follow_redirects=False)
        return answer.status_code, unescape(answer.text)

    status, told = send("/samarbeid", navn="")
    assert status == 422
    assert "Fyll ut «Navn på samarbeidet eller kommunen»." in told
    assert send("/samarbeid", navn="Kystregionen legevakt")[0] == 303
    page = unescape(browser.get("/").text)
    assert "«Kystregionen legevakt» er laget." in page
    assert "har det navnet fra før" in send("/samarbeid", navn="Kystregionen legevakt")[1]
    own = re.search(r'value="([0-9a-f]{32})">Kystregionen legevakt', page)
    assert own
    form = {"name": "Liv Lie", "email": "liv@kyst.example"}
    path = "/samarbeid/koordinator"
    assert "Velg hvilket samarbeid." in send(path, **form, cooperation="")[1]
    assert "Liv Lie kan logge inn" in send(path, **form, cooperation=own[1])[1]
    assert "E-postadressen er i bruk." in send(path, **form, cooperation=own[1])[1]


def test_a_login_elsewhere_is_seen_and_ended_one_by_one_or_all_at_once(office: Office) -> None:
    elsewhere = [_browser(office.site, "coordinator") for _ in range(3)]
    shown = office.get("/mine-data")
    assert shown.count("Denne nettleseren") == 1
    one, *_ = re.findall(r'action="(/mine-data/innlogginger/\w+/slett)"', shown)
    office.told(office.post(one))  # the newest
    assert [own.get("/mine-data", follow_redirects=False).status_code for own in elsewhere] == [
        200,
        200,
        303,
    ]
    assert 'action="/mine-data/innlogginger/slett"' in shown
    assert "logget ut alle andre steder" in office.told(
        office.post("/mine-data/innlogginger/slett")
    )
    assert elsewhere[0].get("/mine-data", follow_redirects=False).status_code == 303


def test_a_job_that_failed_says_why_and_not_that_its_page_goes_on(office: Office) -> None:
    shown = office.told(started := office.post(f"{office.path}/beregn", seconds="10"))
    assert "Siden oppdaterer seg selv." not in shown  # unless its stream comes through
    assert "Du kan trygt lukke siden." in shown
    assert "Last siden på nytt" in shown
    job = started.headers["location"].removeprefix("/jobber/")
    with office.site.service.database.writing() as session:
        found = session.get_one(Job, job)
        found.state, found.message = "failed", "Planen kan ikke regnes ut."
        found.details = "Kari Nordmann er bundet til to vakter samtidig."
    shown = office.get(f"/jobber/{job}")
    assert "Planen kan ikke regnes ut. Kari Nordmann er bundet til to vakter samtidig." in shown
    assert "Du kan trygt lukke siden." not in shown


@pytest.mark.parametrize("cut_off", [True, False])
def test_a_search_that_was_cut_off_is_told_beside_its_roster(office: Office, cut_off: bool) -> None:
    roster = office.site.roster(office.plan)
    job = office.post(f"{office.path}/beregn", seconds="10").headers["location"]
    with office.site.service.database.writing() as session:
        found = session.get_one(Job, job.removeprefix("/jobber/"))
        jobs.end(session, found, jobs.DONE, result=roster, cut_off=cut_off)
    shown = office.get(job)
    assert "Vaktplanen er ferdig." in shown
    said = (
        "Søket svarte ikke da det skulle avsluttes, og ble avbrutt. Dette er den siste vaktplanen "
        "det ga fra seg."
    )
    assert (said in shown) == cut_off


@pytest.mark.parametrize("more", [True, False])
def test_a_finished_search_is_compared_only_where_the_plan_has_another_roster(
    office: Office, more: bool
) -> None:
    plan = office.site.plan()
    if more:
        office.site.roster(plan)
    roster = office.site.roster(plan)
    job = office.post(f"/planer/{plan}/beregn", seconds="10").headers["location"]
    with office.site.service.database.writing() as session:
        found = session.get_one(Job, job.removeprefix("/jobber/"))
        jobs.end(session, found, jobs.DONE, result=roster)
    shown = office.get(job)
    assert f'href="/vaktplaner/{roster}"' in shown
    assert (f'href="/vaktplaner/{roster}/sammenlign"' in shown) == more


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(9.6, "10 av 10 sekunder"), (120.0, "Tiden er ute. Vaktplanen gjøres ferdig.")],
)
def test_a_search_that_takes_longer_than_it_had_says_that_its_time_is_up(
    office: Office, seconds: float, said: str
) -> None:
    job = office.post(f"{office.path}/beregn", seconds="10").headers["location"]
    told = {"seconds": seconds, "step": "cover", "doing": "improve", "levels": []}
    with office.site.service.database.writing() as session:
        jobs.add_event(session, job.removeprefix("/jobber/"), "progress", told)
    shown = office.get(job)
    assert said in shown
    assert "120 av 10" not in shown


@pytest.mark.parametrize("cut_off", [True, False])
def test_a_comparison_tells_that_a_search_was_cut_off(office: Office, cut_off: bool) -> None:
    started = office.site["coordinator"].post(
        "/comparisons", json={"plan": office.plan, "scenarios": ONE_MORE}
    )
    job = started.json()["id"]
    with office.site.service.database.writing() as session:
        found = session.get_one(Job, job)
        document = {"title": "Flere leger", "question": "", "alternatives": []}
        document |= {part: [] for part in ("in_short", "certain", "remarks")}
        kept.keep_result(session, found, document, {})
        jobs.end(session, found, jobs.DONE, cut_off=cut_off)
    said = "For minst ett alternativ svarte ikke søket da det skulle avsluttes, og ble avbrutt."
    for page in (f"/jobber/{job}", f"/sammenligninger/{job}"):
        assert (said in office.get(page)) == cut_off


def test_an_alternative_too_many_or_without_a_readable_name_is_not_stored(office: Office) -> None:
    new = f"{office.path}/scenarier/nytt"
    kind = {"change": "all_claim_exemption"}
    for unreadable in ("To\u200bleger", "To\u00adleger"):
        assert 'id="feil-name"' in office.post(new, 422, name=unreadable, **kind).text
    twelve = [{"id": f"nr-{n}", "name": f"Nr. {n}", "changes": [kind]} for n in range(12)]
    stored = office.site["coordinator"].post(
        f"/plans/{office.plan}/scenarios", json={"title": "Mange", "scenarios": twelve}
    )
    assert stored.status_code == 201, stored.text
    own = stored.json()["id"]
    assert "Legg til et alternativ" not in office.get(f"{office.path}/scenarier/{own}")
    assert "høyst 12" in office.get(f"{new}?sett={own}")
    late = office.post(new, 422, name="Nr. 13", sett=own, version="1", **kind)
    assert "høyst 12" in unescape(late.text)


@pytest.mark.slow  # a comparison is solved, written and printed
def test_scenarios_are_uploaded_compared_and_found_from_the_job(office: Office) -> None:
    path = f"{office.path}/scenarier"
    office.post(path, 422)
    for content in (b"{", b"title: [", b"\xff\xfe"):
        files = {"file": ("scenarier.yaml", content)}
        answer = office.browser.post(path, files=files, follow_redirects=False)
        assert answer.status_code == 422, answer.text
    document = {"format": "rettvakt-scenarios", "version": 1, **ONE_MORE}
    files = {"file": ("scenarier.json", json.dumps(document).encode())}
    stored = office.browser.post(path, files=files, follow_redirects=False)
    assert stored.status_code == 303, unescape(stored.text)
    own = stored.headers["location"]
    assert "Én lege til" in office.told(stored)
    assert office.browser.get(f"{own}/fil").status_code == 200
    started = office.post(f"{own}/beregn", seconds="30")
    job = started.headers["location"].removeprefix("/jobber/")
    office.get(f"/sammenligninger/{job}")
    with office.site.service.database.writing() as session:
        found = session.get_one(Job, job)
        found.options = {**found.options, "seconds": 1.0}
    assert done(office.site, job)["state"] == "done"
    assert f'href="/sammenligninger/{job}"' in office.get(f"/jobber/{job}")
    shown = office.get(f"/sammenligninger/{job}")
    assert "Én lege til" in shown
    for file in re.findall(rf'href="(/sammenligninger/{job}/filer/[^"]+)"', shown):
        assert office.browser.get(file).status_code == 200
    form = fields(office.get(own), f"{own}/del")
    office.told(office.post(f"{own}/del", **form))
    form = fields(office.get(own), f"{own}/slett")
    office.told(office.post(f"{own}/slett", **form))


def test_two_calculations_are_told_apart_by_what_they_are_about(office: Office) -> None:
    titles = ("Påsken i Kárášjohka", "Sommeren i Deatnu")
    plans = [office.site.plan(title=title) for title in titles]
    for plan in plans:
        office.post(f"/planer/{plan}/beregn", seconds=10)
    listed, overview = office.get("/jobber"), office.get("/")
    for title in titles:
        assert f"<td>{title}</td>" in listed
        assert f"«{title}»: en beregning står i kø." in overview
    [newest, *_] = re.findall(r'href="(/jobber/[0-9a-f]+)"', listed)
    assert f"Vaktplan: {titles[1]}</h1>" in office.get(newest)
    for plan in re.findall(r'href="(/jobber/[0-9a-f]+)"', listed)[: len(plans)]:
        office.post(f"{plan}/stopp")


def test_doctors_of_an_older_plan_can_still_get_an_account(office: Office) -> None:
    """Who began the next plan has not lost the doctors of the one at work."""
    everybody = office.document()["doctors"]
    mine = {**everybody[0], "id": "elle", "name": "Elle Máret Čuovžajohka"}
    office.site.plan(title="Neste år", doctors=[mine], tail=[])
    listed = office.get("/brukere")
    older = listed.split('<optgroup label="Neste år">')[1]
    assert "Elle Máret Čuovžajohka</option>" in older.split("</optgroup>")[0]
    assert f">{everybody[1]['name']}</option>" in older.split("</optgroup>")[1]
    empty = office.post("/brukere", 422, name="", email="", role="auditor").text
    summary = re.findall(r'href="#felt-(\w+)"', empty)
    assert summary == ["name", "email"]  # in the order of the form
    filled = {"name": "Ola B", "email": "ola.b@fjell.no", "role": "doctor", "doctor": "ola"}
    office.post("/brukere", 201, **filled)
    assert f"({everybody[1]['name']})" in office.get("/brukere")
