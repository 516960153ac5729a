"""What is kept about a person is known, and told to that person alone."""

import json

from api.service.db.tables import METADATA
from api.service.privacy.inventory import INVENTORY, Fate
from api.service.privacy.redacting import Person as Subject
from tests.service.tuva import MARKERS, Full, exported
from tests.service.world import World


def test_every_table_says_what_it_holds_about_persons() -> None:
    """Add a new table to api/service/privacy/inventory.py: how a person is found in it."""
    assert set(INVENTORY) == set(METADATA.tables)
    for name, held in INVENTORY.items():
        columns = METADATA.tables[name].c
        named = {
            *held.account,
            *held.doctor,
            *held.texts,
            *held.labels,
            *held.own,
            *held.authors,
            *held.about,
            *held.documents,
            *held.secret,
            *(column for column, _ in held.of),
        }
        assert named <= set(columns.keys()), name
        if held.fate is Fate.DELETED:
            assert held.account or held.doctor or held.under, name
        points_to = {key.column.table.name for column in columns for key in column.foreign_keys}
        if "account" in points_to:
            assert held.account, f"{name} points to an account"


def test_a_person_is_found_by_any_part_of_the_name_as_a_word() -> None:
    pattern = Subject(names=frozenset({"Siv Åsen"}), emails=frozenset({"siv@x.no"})).pattern
    assert pattern is not None
    for said in ("siv er syk", "Ring Åsen.", "svar fra SIV@X.NO", "(Siv)"):
        assert pattern.search(said), said
    for said in ("passivt", "Åsenveien", "sivil", ""):
        assert not pattern.search(said), said


def test_an_export_holds_all_about_the_person_and_no_other(full: Full) -> None:
    for answer in (
        full.tuva.get("/privacy/me"),
        full.world["coordinator"].get("/privacy/export", params={"account": full.account}),
    ):
        content = exported(answer)
        written = json.dumps(content, ensure_ascii=False)
        for marker in MARKERS:
            assert marker in written, marker
        for other in ("Kari", "Siv", "holiday", "Coordinator", "pseudonym_key", "argon2"):
            assert other not in written, other
        [published] = content["duties"]
        assert [own["duty"] for own in published["duties"]] == [full.duty]
        assert published["duties"][0]["start"].startswith("2024-03-")
        said = content["plans"][0]["said"]
        assert {"doctors", "exemptions", "absences", "wishes", "tail"} <= set(said)
        assert content["tables"]["message"]["rows"][0]["body"] == "Hei, Tuva Øksendal!"
        assert content["tables"]["message_contact"]["rows"][0]["phone"] == "+4790004711"
        assert content["tables"]["feed_client"]["rows"][0]["user_agent"] == "tuvas telefon"
        assert content["tables"]["stated_wish"]["rows"][0]["doctor"] == "tuva-o"
        assert content["tables"]["roster_comment"]["rows"][0]["answer"] == "Notert, Tuva"
        assert [own["event"] for own in content["ledger"]] == ["closing", "correction"]
        assert content["ledger"][1]["text"] == "Tuva tok én"


def test_a_system_administrator_is_told_what_there_is(small_world: World) -> None:
    content = exported(small_world.browser("system").get("/privacy/me"))
    assert content["tables"]["account"]["rows"][0]["email"] == "system@fjell.example"


def test_no_token_fetches_all_that_is_kept_about_its_owner(small_world: World) -> None:
    refused = small_world["doctor"].get("/privacy/me")  # though it has every right of a doctor
    assert refused.json()["type"] == "urn:rettvakt:problem:login-needed"
    content = exported(small_world.browser("doctor").get("/privacy/me"))
    assert content["tables"]["account"]["rows"][0]["email"] == "doctor@fjell.example"


def test_that_somebody_was_told_of_stands_in_the_log(small_world: World) -> None:
    doctor = small_world.actors["doctor"].account
    small_world["coordinator"].get("/privacy/export", params={"account": doctor})
    entries = small_world["coordinator"].get("/audit").json()["items"]
    assert (entries[0]["action"], entries[0]["subject"]) == ("person.exported", f"account/{doctor}")
