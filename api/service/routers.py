"""Every router below /api/v1, in the order in which the description lists them."""

from fastapi import APIRouter

from api.service.accounts import provider_routes, visit_routes
from api.service.accounts import routes as accounts
from api.service.advice import report_routes
from api.service.advice import routes as advice
from api.service.audit import routes as audit
from api.service.feeds import routes as feeds
from api.service.hearings import routes as hearings
from api.service.jobs import results as job_results
from api.service.jobs import routes as jobs
from api.service.jobs import wishes as job_wishes
from api.service.ledgers import posting_routes
from api.service.ledgers import routes as ledgers
from api.service.messages import routes as messages
from api.service.offers import deal_routes, offer_routes
from api.service.plans import (
    attention_routes,
    beginning_routes,
    exemption_routes,
    part_routes,
    rule_routes,
)
from api.service.plans import routes as plans
from api.service.privacy import routes as privacy
from api.service.rosters import export_routes, publication_routes
from api.service.rosters import routes as rosters
from api.service.rules import routes as rules
from api.service.scenarios import memo_routes as memos
from api.service.scenarios import routes as scenarios
from api.service.wishes import routes as wishes
from api.service.wishes import statement_routes

VERSIONED: tuple[APIRouter, ...] = (
    accounts.router,
    provider_routes.router,
    visit_routes.router,
    rules.router,
    plans.validations,
    plans.router,
    beginning_routes.router,
    attention_routes.router,
    part_routes.router,
    rule_routes.router,
    exemption_routes.router,
    posting_routes.openings,
    wishes.openings,
    scenarios.of_plan,
    rosters.router,
    publication_routes.router,
    export_routes.router,
    hearings.router,
    advice.router,
    report_routes.router,
    offer_routes.router,
    deal_routes.router,
    job_wishes.router,
    jobs.router,
    job_results.router,
    feeds.router,
    messages.router,
    scenarios.router,
    memos.router,
    wishes.router,
    statement_routes.router,
    ledgers.router,
    posting_routes.router,
    audit.router,
    privacy.router,
)
