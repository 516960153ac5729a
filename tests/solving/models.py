"""Small random plain models for tests of evaluation and search."""

import random

from scheduler.solving.model import AT_LEAST, EXCESS, TRUE, Constraint, Definition, Model, Step


def random_model(seed: int, *, doctors: int = 3, units: int = 4) -> Model:
    """Doctors x units with demands, definitions over definitions, guards and two-sided limits."""
    chance = random.Random(seed)
    model = Model()
    definitions: list[Definition] = []
    constraints: list[Constraint] = []
    owner: dict[tuple[int, int], int] = {}
    for d in range(doctors):
        for u in range(units):
            if chance.random() < 0.8:
                model.uppers.append(1)
                owner[d, u] = len(model.uppers) - 1
    model.decisions = len(owner)
    variables = list(owner.values())

    def terms(count: int, low: int = 1, high: int = 3) -> tuple[tuple[int, int], ...]:
        picked = chance.sample(variables, min(count, len(variables)))
        return tuple((chance.randint(low, high), v) for v in sorted(picked))

    def define(kind: str, own: tuple[tuple[int, int], ...], threshold: int) -> int:
        high = sum(c * model.uppers[v] for c, v in own if c > 0)
        upper = 1 if kind == AT_LEAST else max(1, high - threshold)
        model.uppers.append(upper)
        var = len(model.uppers) - 1
        definitions.append(Definition(var, kind, own, threshold, upper))
        return var

    missing = []
    for u in range(units):
        own = [owner[d, u] for d in range(doctors) if (d, u) in owner]
        if own:
            constraints.append(Constraint(tuple((1, v) for v in own), None, 1, TRUE, 0))
            missing.append(define(EXCESS, tuple((-1, v) for v in own), -1))
    flags = [define(AT_LEAST, terms(3), chance.randint(1, 4)) for _ in range(3)]
    variables = [*variables, *flags]
    over = [define(EXCESS, terms(4, -1, 3), chance.randint(0, 2)) for _ in range(3)]
    plain = tuple((1, v) for v in sorted(chance.sample(over, 2)))  # clauses over numbers
    over.append(define(EXCESS, ((2, define(AT_LEAST, plain, 1)),), 0))
    constraints += [
        Constraint(
            terms(3), None, chance.randint(1, 3), chance.choice([TRUE, chance.choice(flags)]), 0
        )
        for _ in range(3)
    ]
    if chance.random() < 0.3:
        constraints.append(Constraint(terms(2), 1, None, TRUE, 0))
    model.definitions, model.constraints = definitions, constraints
    model.steps = [
        Step(1, "cover", "Udekket", "", 1, terms=tuple((chance.randint(1, 9), v) for v in missing)),
        Step(
            4,
            "worst_1",
            "Verst",
            "",
            1,
            worst=1,
            entries=tuple(
                (
                    tuple((chance.randint(1, 5), v) for (e, _), v in owner.items() if e == d),
                    chance.randint(-3, 3),
                )
                for d in range(doctors)
            ),
        ),
        Step(5, "wishes", "Ønsker", "", 1, terms=tuple((chance.randint(1, 4), v) for v in over)),
    ]
    model.steps.insert(
        2, Step(4, "worst_2", "Verst", "", 1, worst=2, entries=model.steps[1].entries)
    )
    model.groups = {
        "doctors": [
            own for d in range(doctors) if (own := [v for (e, _), v in owner.items() if e == d])
        ],
        "units": [
            own for u in range(units) if (own := [v for (_, w), v in owner.items() if w == u])
        ],
    }
    return model
