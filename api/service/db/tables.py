"""All tables, so that whoever needs the whole schema imports one name."""

from api.service.accounts import tables as accounts
from api.service.audit import tables as audit
from api.service.db.base import Base
from api.service.feeds import tables as feeds
from api.service.hearings import tables as hearings
from api.service.jobs import tables as jobs
from api.service.ledgers import tables as ledgers
from api.service.messages import tables as messages
from api.service.offers import tables as offers
from api.service.plans import tables as plans
from api.service.privacy import tables as privacy
from api.service.rosters import tables as rosters
from api.service.scenarios import tables as scenarios
from api.service.wishes import tables as wishes

SUBJECTS = (
    accounts,
    plans,
    rosters,
    jobs,
    feeds,
    messages,
    ledgers,
    wishes,
    scenarios,
    hearings,
    offers,
    audit,
    privacy,
)
METADATA = Base.metadata
