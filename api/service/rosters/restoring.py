"""An earlier version of a roster stands again, and the pins of the plan go back with it.

To pin from the desk is a version of the roster on a version of the plan that differs in its pins
only. Whoever undoes that means the pin. What else the plan has learnt meanwhile stays.
"""

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import Versioned
from api.service.errors import StaleError
from api.service.plans import changing, parts
from api.service.plans.tables import PlanVersion
from api.service.rosters import store
from api.service.rosters.amendments import PINS, PinsApart
from api.service.rosters.asked import version_asked
from api.service.service import Service


def restore(
    service: Service, actor: Actor, versioned: Versioned, roster: str, number: int, *, note: str
) -> bool:
    """Let an earlier version stand again, with the pins that the plan had then.

    Args:
        service: where the roster is.
        actor: who does it; may write rosters.
        versioned: the roster that the caller has seen.
        roster: id.
        number: of the earlier version.
        note: why.

    Returns:
        False, and nothing is done, where pins are not what the plans of the two versions differ in,
        the plan has them so already, or the actor may not write plans.

    Raises:
        NotFoundError: there is no such roster or version.
        StaleError: somebody was quicker.
        StateError: the roster is archived.
        scheduler.reading.faults.PlanError: the plan as it is now cannot have the pins.
    """
    actor.need(Right.ROSTERS_WRITE)
    with service.database.reading() as session:
        now = version_asked(service, session, actor, roster, None)
        then = version_asked(service, session, actor, roster, number)
        versioned.check(now.found.version, now.found.moves)
        stands, stood = (session.get_one(PlanVersion, o.own.plan_version_id) for o in (now, then))
    has, had = PinsApart.of(stands), PinsApart.of(stood)
    pins_now, pins_then = has.pins, had.pins
    if Right.PLANS_WRITE not in actor.rights or pins_now == pins_then or has.rest != had.rest:
        return False

    def edit(document: parts.Document) -> parts.Edited:
        there = list(document.get(PINS, ()))
        if there == pins_now:
            return parts.Edited({**document, PINS: pins_then})
        kept = [own for own in there if own in pins_then or own not in pins_now]
        come = [own for own in pins_then if own not in pins_now and own not in there]
        return parts.Edited({**document, PINS: [*kept, *come]})

    own = changing.understood(service, actor, now.found.plan_id, lambda _: None, edit)
    if not own.changed:
        return False
    report = library.check(then.loaded, then.content)
    with service.database.writing() as session:
        _, made = changing.kept(session, actor, own, note=note)
        found = store.roster_of(session, actor, roster, to_change=True)
        versioned.check(found.version, found.moves)
        if found.version != now.own.number:
            raise StaleError(version=found.version)
        # Where the plan is what it was, the roster stands on its newest version.
        of_plan = made if made.digest == stood.digest else session.get_one(PlanVersion, stood.id)
        store.add_version(session, actor, found, of_plan, then.content, report, note=note)
    service.plans.keep(made.id, own.loaded)
    return True
