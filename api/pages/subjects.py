"""All subjects that have pages: their words and their routes."""

from fastapi import APIRouter

from api.pages.about import texts as about
from api.pages.account import texts as account
from api.pages.catalogue import Catalogue
from api.pages.doctor import texts as doctor
from api.pages.feeds import texts as feeds
from api.pages.frame import texts as frame
from api.pages.hearings import texts as hearings
from api.pages.jobs import texts as jobs
from api.pages.manager import texts as manager
from api.pages.overview import texts as overview
from api.pages.plans import texts as plans
from api.pages.rosters import texts as rosters
from api.pages.swaps import texts as swaps
from api.pages.wishes import texts as wishes

CATALOGUE = Catalogue(
    {
        "about": about.TEXTS,
        "account": account.TEXTS,
        "doctor": doctor.TEXTS,
        "feeds": feeds.TEXTS,
        "frame": frame.TEXTS,
        "hearings": hearings.TEXTS,
        "jobs": jobs.TEXTS,
        "manager": manager.TEXTS,
        "overview": overview.TEXTS,
        "plans": plans.TEXTS,
        "rosters": rosters.TEXTS,
        "swaps": swaps.TEXTS,
        "wishes": wishes.TEXTS,
    }
)


def routers() -> list[APIRouter]:
    """The routes of all subjects; imported late, since they need the words."""
    from api.pages import static
    from api.pages.about import views as about_views
    from api.pages.account import views as account_views
    from api.pages.account import welcome
    from api.pages.doctor import views as doctor_views
    from api.pages.feeds import views as feed_views
    from api.pages.hearings import views as hearing_views
    from api.pages.jobs import views as job_views
    from api.pages.manager import views as manager_views
    from api.pages.overview import views as overview_views
    from api.pages.plans import views as plan_views
    from api.pages.rosters import views as roster_views
    from api.pages.swaps import deals
    from api.pages.swaps import views as swap_views
    from api.pages.wishes import views as wish_views

    return [
        static.router,
        account_views.router,
        welcome.router,
        overview_views.router,
        plan_views.router,
        job_views.router,
        roster_views.router,
        doctor_views.router,
        feed_views.router,
        swap_views.router,
        deals.router,
        wish_views.router,
        about_views.router,
        hearing_views.router,
        manager_views.router,
    ]
