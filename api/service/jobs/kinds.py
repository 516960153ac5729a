"""All kinds of jobs. A new one is a file in `asking`, a file in `running`, and a name here."""

from collections.abc import Mapping

from api.service.jobs.asking.certify import CERTIFY
from api.service.jobs.asking.compare import COMPARE
from api.service.jobs.asking.explain import EXPLAIN
from api.service.jobs.asking.repair import REPAIR
from api.service.jobs.asking.solve import SOLVE
from api.service.jobs.kind import Kind

KINDS: Mapping[str, Kind] = {own.name: own for own in (SOLVE, REPAIR, COMPARE, CERTIFY, EXPLAIN)}
