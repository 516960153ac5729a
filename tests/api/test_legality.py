from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.legality import EXEMPTION_BASIS, exemption_rows, legality, targets
from api.library import LoadedPlan
from constraints.catalogue import rule_set_version, rules_for
from scheduler.checking import check
from scheduler.domain.doctor import Competence, Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.problem import Account, Problem
from scheduler.domain.roster import Timetable
from scheduler.reading.plan import Plan
from scheduler.writing.report_html import to_html
from scheduler.writing.report_pdf import to_pdf
from tests.support import NIGHT, NURSING_HOME, doctor, duty, problem, roster

ABLE = Competence(
    specialist_from=date(2010, 1, 1),
    emergency_course_from=date(2020, 1, 1),
    violence_course_from=date(2020, 1, 1),
    radio_from=date(2020, 1, 1),
)
KARI, OLA, TOM = (doctor(name, competence=ABLE) for name in ("Kari", "Ola", "Tom"))
NIGHTS = tuple(
    duty(f"2027-04-{day:02} 23:00", f"2027-04-{day + 1:02} 08:00", NIGHT) for day in (5, 9, 13, 17)
)
SESSION = duty("2027-04-07 08:00", "12:00", NURSING_HOME)
PREGNANT = Exemption(
    "e1",
    "tom",
    ExemptionKind.PREGNANCY,
    ExemptionStatus.CLAIMED,
    claimed_from=date(2027, 2, 1),
    term=date(2027, 4, 25),
    birth=date(2027, 4, 12),
    reference="2027/12",
)
APPLIED = Exemption(
    "e2", "ola", ExemptionKind.DECISION, ExemptionStatus.APPLIED, interval=Span(date(2027, 4, 1))
)


def plan_of(*exemptions: Exemption, **more: Any) -> Problem:
    return problem(
        (KARI, OLA, TOM),
        (*NIGHTS, SESSION),
        first_day=date(2027, 4, 5),
        last_day=date(2027, 4, 18),
        exemptions=exemptions,
        **more,
    )


def loaded(own: Problem) -> LoadedPlan:
    plan = Plan.model_construct()  # type: ignore[call-arg]  # the report does not read it
    return LoadedPlan(plan, own, rules_for(own), ("En merknad.",))


def worked(own: Problem) -> Timetable:
    return roster(own, {"kari": [NIGHTS[0], NIGHTS[2], SESSION], "ola": [NIGHTS[1]]})


def test_everything_is_put_together() -> None:
    own = plan_of(PREGNANT)
    timetable = worked(own)
    found = legality(loaded(own), timetable.roster, check(timetable, rules_for(own)))
    assert found.rule_set == rule_set_version(own)
    assert found.remarks == ("En merknad.",)
    assert found.order_basis == "fastlegeforskriften § 32"
    assert {week.doctor for week in found.order_weeks} == {"kari", "ola", "tom"}
    assert sum(week.ordered for week in found.order_weeks) == 240
    assert set(found.discreet) == {
        "claimed_exemption",
        "recruitment_promise",
        "decided_exemption",
        "need_exemption",
    }
    assert set(found.discreet.values()) == {EXEMPTION_BASIS}


def test_targets_are_the_fair_shares_of_those_who_take_part() -> None:
    own = plan_of()
    found = targets(worked(own), rules_for(own))
    # Four nights of a point, and four hours that must be ordered of one of them.
    assert found["kari"].points == pytest.approx(4 / 3 + 4 / 3)
    assert found["kari"].ordered_points == 4
    assert found["ola"].ordered_points == 0
    assert found["kari"].nights == pytest.approx(4 / 3)
    assert found["kari"].great_holidays is None or found["kari"].great_holidays == 0
    # Two of the three nights worked touch a weekend, shared by three doctors.
    assert found["kari"].weekends == pytest.approx(1 / 3)


def test_the_balance_of_earlier_periods_is_carried() -> None:
    own = plan_of(ledger=(Account("kari", points=50),))
    found = targets(worked(own), rules_for(own))
    assert found["kari"].carried == pytest.approx(0.5)
    assert found["kari"].aim == pytest.approx(8 / 3 - 0.5)


def test_without_a_rule_of_fair_shares_there_are_no_targets() -> None:
    assert targets(worked(plan_of()), ()) == {}


def test_an_exemption_shows_its_days_in_the_period_and_nothing_of_its_kind() -> None:
    own = plan_of(PREGNANT)
    (row,) = exemption_rows(own, rules_for(own))
    assert (row.doctor, row.basis, row.reference) == ("Tom", EXEMPTION_BASIS, "2027/12")
    assert row.days == "05.04.2027–12.04.2027"
    assert row.in_force
    late = replace(PREGNANT, birth=None)
    own = plan_of(late)
    assert exemption_rows(own, rules_for(own))[0].days == "hele perioden"


def test_one_day_is_one_day() -> None:
    short = replace(PREGNANT, claimed_until=date(2027, 4, 5))
    own = plan_of(short)
    assert exemption_rows(own, rules_for(own))[0].days == "05.04.2027"


def test_an_application_is_shown_as_not_settled_and_history_not_at_all() -> None:
    over = replace(PREGNANT, id="e3", claimed_until=date(2027, 3, 1))
    own = plan_of(APPLIED, over)
    (row,) = exemption_rows(own, rules_for(own))
    assert (row.doctor, row.in_force, row.days) == ("Ola", False, "–")


def test_the_same_row_is_made_whatever_the_kind() -> None:
    decided = Exemption(
        "e1",
        "tom",
        ExemptionKind.DECISION,
        ExemptionStatus.GRANTED,
        decided_on=date(2027, 1, 1),
        interval=Span(date(2027, 2, 1), date(2027, 4, 12)),
        reference="2027/12",
    )
    rows = []
    for exemption in (PREGNANT, decided, replace(decided, kind=ExemptionKind.NEED)):
        own = plan_of(exemption)
        rows.append(exemption_rows(own, rules_for(own)))
    assert rows[0] == rows[1] == rows[2]


def test_papers_of_different_kinds_of_exemption_read_alike() -> None:
    """The grounds cannot be told apart in the page, but for the checksum of the plan."""
    decided = Exemption(
        "e1",
        "tom",
        ExemptionKind.DECISION,
        ExemptionStatus.GRANTED,
        decided_on=date(2027, 1, 1),
        interval=Span(date(2027, 2, 1), date(2027, 4, 12)),
        reference="2027/12",
    )
    pages = []
    for exemption in (PREGNANT, decided):
        own = plan_of(exemption)
        timetable = roster(own, {"tom": [NIGHTS[0]], "ola": [NIGHTS[1]]})
        report = check(timetable, rules_for(own))
        content = legality(loaded(own), timetable.roster, report)
        text = to_html(content)
        assert "Tom har fritak etter fastlegeforskriften § 33 i tiden for Natt" in text
        assert to_pdf(content).startswith(b"%PDF")
        for digest in (own.content_hash, own.content_hash[:12], rule_set_version(own)):
            text = text.replace(digest, "")
        pages.append(text)
    assert pages[0] == pages[1]


def test_the_day_a_doctor_turns_70_is_no_margin_of_a_roster_years_before() -> None:
    own = plan_of()
    old = tuple(replace(d, born=date(1958, 9, 3)) for d in own.doctors)  # 70 in September 2028
    plan = replace(own, doctors=old)
    timetable = worked(plan)
    report = check(timetable, rules_for(plan))
    [age] = [rule for rule in report.rules if rule.rule.id == "agreement_end"]
    assert age.closest  # the checker has measured the time that is left
    page = to_html(legality(loaded(plan), timetable.roster, report))
    assert "2028" not in page
    assert "fylte 70 år" not in page
