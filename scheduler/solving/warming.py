"""Everything that the search has compiled, before anybody waits for it."""

import threading

import numpy as np

from scheduler.solving.branching import links_without
from scheduler.solving.choosing import Prices, choose
from scheduler.solving.cool import warm_up
from scheduler.solving.covering import Covering
from scheduler.solving.distinct import Distinct
from scheduler.solving.fewest import covered
from scheduler.solving.generating import Generator
from scheduler.solving.labels import labels, narrow
from scheduler.solving.model import EXCESS, TRUE, Constraint, Definition, Model, Step
from scheduler.solving.occasions import Occasion
from scheduler.solving.rebuilding import Rebuilder
from scheduler.solving.state import Index, State
from scheduler.solving.taking_part import TakingPart
from scheduler.solving.tallies import Row
from scheduler.solving.weighing import Others
from scheduler.solving.whole_courses import WholeCourses
from scheduler.solving.windows import Windows


def compile_all() -> None:
    """Compile what every search needs, what its bounds do, and whole courses for large plans.

    A new machine does so once, at set-up: it takes one or two minutes, and what comes of it is kept
    in the user's cache.
    """
    warm_up()
    _weighed()
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
    generator = Generator.of(index.packed)
    if generator is not None:
        windows = Windows(generator, index.grid, 0)
        section = windows.section(state, 0, len(index.grid.day_at) - 1)
        windows.mixed(section, 0, lambda: 60.0)
        _cases(generator)
    stop.set()
    rebuilder.improve(state, stop.is_set)


def _cases(generator: Generator) -> None:
    """What a proof needs where it must look at cases, and a table of rows that grows."""
    for graph in generator.trellises:
        if graph is not None:
            prices = np.zeros(len(graph.heads), dtype=np.int64)
            walks = labels(graph, prices, np.zeros(len(graph.lows), dtype=np.int64), 0, 1000)
            if walks is not None:
                narrow(walks, prices, 0, links_without(graph, 0))
    rows = Distinct(1)
    for count in (1, 1000):
        rows.numbers(np.arange(count, dtype=np.int32).reshape(-1, 1))


def _weighed() -> None:
    """What a bound needs where occasions are weighed: one occasion of one doctor."""
    way, nothing = np.ones((1, 1), dtype=np.int64), np.zeros(1, dtype=np.int64)
    own, row = Occasion((2,), way, nothing, spared=True, near=(0, 0)), Row((2,), 1, 1)
    prices, used = np.zeros((2, 3), dtype=np.int64)
    parts, had = np.zeros((2, 1), dtype=np.int64)
    covering = Covering([own], [[row]])
    covering.cheapest(prices, parts, 0, used, had)
    taking = TakingPart([[own]], [np.arange(2, dtype=np.int64)], 0)
    taking.cheapest(parts, 0, 1, had)
    choose([own], covering.laid, taking.laid, Prices(prices, 0, 1, 0), 0, lambda: False)
    Others({2}, set(), [row]).cheapest(prices, used)
    covered(way[0], way[0], lambda: False)
