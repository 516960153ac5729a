"""All subjects that have pages: their words and their routes."""

from fastapi import APIRouter

from api.pages.account import texts as account
from api.pages.catalogue import Catalogue
from api.pages.doctor import texts as doctor
from api.pages.fairness import texts as fairness
from api.pages.feeds import texts as feeds
from api.pages.frame import texts as frame
from api.pages.jobs import texts as jobs
from api.pages.overview import texts as overview
from api.pages.plans import texts as plans
from api.pages.publishing import texts as publishing
from api.pages.repairs import texts as repairs
from api.pages.rosters import texts as rosters

CATALOGUE = Catalogue(
    {
        "account": account.TEXTS,
        "doctor": doctor.TEXTS,
        "fairness": fairness.TEXTS,
        "feeds": feeds.TEXTS,
        "frame": frame.TEXTS,
        "jobs": jobs.TEXTS,
        "overview": overview.TEXTS,
        "plans": plans.TEXTS,
        "publishing": publishing.TEXTS,
        "repairs": repairs.TEXTS,
        "rosters": rosters.TEXTS,
    }
)


def routers() -> list[APIRouter]:
    """The routes of all subjects; imported late, since they need the words."""
    from api.pages import static
    from api.pages.account import views as account_views
    from api.pages.account import welcome
    from api.pages.doctor import views as doctor_views
    from api.pages.fairness import views as fairness_views
    from api.pages.feeds import views as feed_views
    from api.pages.jobs import views as job_views
    from api.pages.overview import views as overview_views
    from api.pages.plans import views as plan_views
    from api.pages.publishing import views as publishing_views
    from api.pages.repairs import views as repair_views
    from api.pages.rosters import duties as duty_views
    from api.pages.rosters import history as history_views
    from api.pages.rosters import views as roster_views

    return [
        static.router,
        account_views.router,
        welcome.router,
        overview_views.router,
        plan_views.router,
        job_views.router,
        roster_views.router,
        duty_views.router,
        history_views.router,
        publishing_views.router,
        fairness_views.router,
        repair_views.router,
        doctor_views.router,
        feed_views.router,
    ]
