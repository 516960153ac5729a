"""All subjects that have pages: their words and their routes."""

from fastapi import APIRouter

from api.pages.about import texts as about
from api.pages.account import texts as account
from api.pages.audit import texts as audit
from api.pages.catalogue import Catalogue
from api.pages.doctor import texts as doctor
from api.pages.exemptions import texts as exemptions
from api.pages.fairness import texts as fairness
from api.pages.feeds import texts as feeds
from api.pages.frame import texts as frame
from api.pages.hearings import texts as hearings
from api.pages.jobs import texts as jobs
from api.pages.ledger import texts as ledger
from api.pages.manager import texts as manager
from api.pages.overview import texts as overview
from api.pages.parts import texts as parts
from api.pages.people import texts as people
from api.pages.plans import texts as plans
from api.pages.publishing import texts as publishing
from api.pages.repairs import texts as repairs
from api.pages.rosters import texts as rosters
from api.pages.rules import texts as rules
from api.pages.scenarios import texts as scenarios
from api.pages.settings import texts as settings
from api.pages.swaps import texts as swaps
from api.pages.wish_rounds import texts as wish_rounds
from api.pages.wishes import texts as wishes

CATALOGUE = Catalogue(
    {
        "about": about.TEXTS,
        "account": account.TEXTS,
        "doctor": doctor.TEXTS,
        "fairness": fairness.TEXTS,
        "feeds": feeds.TEXTS,
        "frame": frame.TEXTS,
        "hearings": hearings.TEXTS,
        "jobs": jobs.TEXTS,
        "manager": manager.TEXTS,
        "overview": overview.TEXTS,
        "plans": plans.TEXTS,
        "publishing": publishing.TEXTS,
        "repairs": repairs.TEXTS,
        "rosters": rosters.TEXTS,
        "audit": audit.TEXTS,
        "exemptions": exemptions.TEXTS,
        "ledger": ledger.TEXTS,
        "parts": parts.TEXTS,
        "people": people.TEXTS,
        "rules": rules.TEXTS,
        "scenarios": scenarios.TEXTS,
        "settings": settings.TEXTS,
        "swaps": swaps.TEXTS,
        "wish_rounds": wish_rounds.TEXTS,
        "wishes": wishes.TEXTS,
    }
)


def routers() -> list[APIRouter]:
    """The routes of all subjects; imported late, since they need the words."""
    from api.pages import static
    from api.pages.about import views as about_views
    from api.pages.account import views as account_views
    from api.pages.account import welcome
    from api.pages.audit import views as audit_views
    from api.pages.doctor import views as doctor_views
    from api.pages.exemptions import views as exemption_views
    from api.pages.fairness import views as fairness_views
    from api.pages.feeds import views as feed_views
    from api.pages.hearings import views as hearing_views
    from api.pages.jobs import views as job_views
    from api.pages.ledger import views as ledger_views
    from api.pages.manager import views as manager_views
    from api.pages.overview import system as system_views
    from api.pages.overview import views as overview_views
    from api.pages.parts import files as part_file_views
    from api.pages.parts import history as plan_history_views
    from api.pages.parts import person as person_views
    from api.pages.parts import views as part_views
    from api.pages.people import views as people_views
    from api.pages.plans import beginning as plan_beginning
    from api.pages.plans import views as plan_views
    from api.pages.publishing import views as publishing_views
    from api.pages.repairs import views as repair_views
    from api.pages.rosters import comparing as comparing_views
    from api.pages.rosters import duties as duty_views
    from api.pages.rosters import history as history_views
    from api.pages.rosters import moving as moving_views
    from api.pages.rosters import pinning as pinning_views
    from api.pages.rosters import views as roster_views
    from api.pages.rules import views as rule_views
    from api.pages.scenarios import forking
    from api.pages.scenarios import views as scenario_views
    from api.pages.settings import views as settings_views
    from api.pages.swaps import deals
    from api.pages.swaps import views as swap_views
    from api.pages.wish_rounds import views as wish_round_views
    from api.pages.wishes import views as wish_views

    return [
        static.router,
        account_views.router,
        welcome.router,
        overview_views.router,
        system_views.router,
        plan_beginning.router,
        plan_views.router,
        job_views.router,
        roster_views.router,
        duty_views.router,
        history_views.router,
        comparing_views.router,
        moving_views.router,
        pinning_views.router,
        publishing_views.router,
        fairness_views.router,
        repair_views.router,
        doctor_views.router,
        feed_views.router,
        wish_round_views.router,
        forking.router,
        scenario_views.router,
        scenario_views.comparisons,
        rule_views.router,
        people_views.router,
        part_views.router,
        plan_history_views.router,
        part_file_views.router,
        settings_views.router,
        person_views.router,
        ledger_views.router,
        exemption_views.router,
        audit_views.router,
        swap_views.router,
        deals.router,
        wish_views.router,
        about_views.router,
        hearing_views.router,
        manager_views.router,
    ]
