"""A certificate that is asked for: how good a roster is proven to be."""

from pydantic import Field

from api.service.accounts.actor import Actor
from api.service.jobs.asking.rosters import standing
from api.service.jobs.asking.solve import Number, Seconds, Seed
from api.service.jobs.kind import Kind, Placed
from api.service.service import Service
from api.service.shapes import Id, Shape, YesNo


class CertifyIn(Shape):
    """Which roster, and how long to try."""

    roster: Id
    version: Number | None = Field(
        None, description="Number of the roster's version; the newest if not given"
    )
    seconds: Seconds = 120.0
    seed: Seed = 1
    prices: YesNo = Field(
        False, description="Also price what can be let go; takes as long again at most"
    )
    better: YesNo = Field(
        False,
        description="Finish a better roster that is met on the way, as a draft; as long again",
    )


def place(service: Service, actor: Actor, wanted: CertifyIn) -> Placed:
    """The roster that stands."""
    stands = standing(service, actor, wanted.roster, wanted.version)
    rounds = 1 + wanted.prices + wanted.better
    seconds = min(wanted.seconds, service.settings.job_seconds / rounds)
    return Placed(
        stands.id,
        {
            **stands.told,
            "seconds": seconds,
            "seed": wanted.seed,
            "prices": wanted.prices,
            "better": wanted.better,
        },
        seconds * rounds,
    )


CERTIFY = Kind("certify", CertifyIn, place)
