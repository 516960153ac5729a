"""All tables, so that whoever needs the whole schema imports one name."""

from api.service.accounts import tables as accounts
from api.service.audit import tables as audit
from api.service.db.base import Base
from api.service.feeds import tables as feeds
from api.service.hearings import tables as hearings
from api.service.jobs import tables as jobs
from api.service.messages import tables as messages
from api.service.offers import tables as offers
from api.service.plans import tables as plans
from api.service.rosters import tables as rosters

SUBJECTS = (
    accounts,
    plans,
    rosters,
    jobs,
    feeds,
    messages,
    audit,
    hearings,
    offers,
)
METADATA = Base.metadata
