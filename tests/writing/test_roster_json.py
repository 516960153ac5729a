import json

from scheduler.domain.roster import Roster
from scheduler.writing.roster_json import to_document, to_json
from tests.writing.sample import nobody, sample


def test_the_document_names_the_problem_and_every_assignment() -> None:
    timetable = sample()
    document = to_document(timetable.roster)
    assert document["format"] == "rettvakt-roster"
    assert document["version"] == 1
    assert document["problem_hash"] == timetable.problem.content_hash
    assert document["plan"] is None
    assert document["assignments"][0] == {"duty": "bak/2027-03-28T15:00", "doctor": "ola"}
    assert len(document["assignments"]) == 6


def test_the_plan_is_carried_along() -> None:
    assert to_document(sample().roster, {"title": "Vår"})["plan"] == {"title": "Vår"}


def test_provenance_has_its_levels_and_null_for_what_was_never_found() -> None:
    made = json.loads(to_json(sample().roster))["provenance"]
    assert (made["solver"], made["seed"], made["seconds"]) == ("CP-SAT 9.15", 7, 41.25)
    assert made["levels"][0]["proven"] is True
    assert made["levels"][1]["bound"] is None


def test_the_order_of_assignments_does_not_matter() -> None:
    own = sample().roster
    turned = Roster(own.problem_hash, tuple(reversed(own.assignments)), own.provenance)
    assert to_json(turned) == to_json(own)


def test_text_is_readable_and_ends_in_a_newline() -> None:
    text = to_json(sample().roster, {"title": "Vår i Ødemark"})
    assert "Vår i Ødemark" in text
    assert text.endswith("}\n")


def test_an_empty_roster_has_an_empty_list() -> None:
    assert to_document(nobody().roster)["assignments"] == []
