"""Engines, and which instances are measured together."""

ENGINES = (
    "rettvakt",
    "certify",
    "construct",
    "cp-sat-whole",
    "highs",
    "scip",
    "timefold",
    "greedy",
)
UNLIMITED = ("construct", "greedy")
"""Engines that do one thing and stop, whatever the limit."""

PEERS = ("cp-sat-whole", "highs", "scip", "timefold")
"""Other engines."""

SUITES = {
    "published": [f"published/{n}" for n in (1, 2, 3, 4, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23)],
    "table": [f"table/{size}" for size in ("8x13", "20x26", "40x52", "100x52")],
    "districts": [
        f"district/{size}" for size in ("8x13", "20x13", "20x26", "40x26", "40x52", "100x52")
    ],
    "growth": [
        f"district/{size}"
        for size in ("10x4", "10x13", "10x52", "40x4", "40x13", "100x4", "100x13", "200x13")
    ],
    "fixtures": [f"fixture/{name}" for name in ("oy", "fjell", "by", "region")],
    "made": [
        f"made/{size}"
        for size in ("18x28x3", "30x28x4", "40x56x5", "50x182x6", "80x84x10", "150x364x32")
    ],
}
"""Instances by the name under which they are asked for together."""


def instances(names: list[str]) -> list[str]:
    """Suites taken apart; other names are instances."""
    return [own for name in names for own in SUITES.get(name, [name])]
