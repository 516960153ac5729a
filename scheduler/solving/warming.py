"""Everything that the search has compiled, before anybody waits for it."""

import threading

from scheduler.solving.cool import warm_up
from scheduler.solving.model import EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.rebuilding import Rebuilder
from scheduler.solving.state import Index, State
from scheduler.solving.whole_courses import WholeCourses


def compile_all() -> None:
    """Compile what every search needs, and whole courses, which only large plans need.

    A new machine does so once, at set-up: it takes one or two minutes, and what comes of it is kept
    in the user's cache.
    """
    warm_up()
    # One doctor, two duties that somebody should have; at most one of them can be given.
    groups = {"doctors": [[2, 3]], "units": [[2], [3]]}
    model = Model(decisions=2, uppers=[0, 1, 1, 1, 2], groups=groups)
    model.definitions = [Definition(4, EXCESS, ((-1, 2), (-1, 3)), -2, 2)]  # what lacks a doctor
    model.demand(Constraint(((1, 2), (1, 3)), None, 1, TRUE, 0))
    model.steps = [Step(1, "", "", "", 1, terms=((1, 4),))]
    index = Index(model)
    state = State(index)
    stop = threading.Event()
    rebuilder = Rebuilder(index, 0)
    rebuilder.build(state, stop.is_set)
    courses = WholeCourses(index, 0, 1, stop)
    if courses.serves():
        state = State(index)
        courses.improve(state, until=lambda: 60.0, enough=lambda: 1, found=lambda _: None)
        courses.prove(state, until=lambda: 60.0, raised=lambda _: None, found=lambda _: None)
    stop.set()
    rebuilder.improve(state, stop.is_set)
