"""The plain model as a few long arrays: for the compiled loops, and for the way to the child.

Sums stand one after the other: sum n has the terms `begins[n]` to `begins[n + 1]`.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain, pairwise
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.model import (
    AT_LEAST,
    EXCESS,
    Constraint,
    Definition,
    Model,
    Step,
    Term,
    Terms,
)

Numbers = NDArray[np.int64]

NO_LIMIT = 1 << 60  # stands for «no limit»; far above every sum


_AT_A_TIME = 1 << 20  # bytes that are read together

_AS_THEY_CAME = (
    "uppers",
    "kinds",
    "thresholds",
    "defined",
    "lows",
    "highs",
    "guards",
    "reasons",
)
"""One number a variable or a sum: of these and of the sums a large model is made."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of terms, one after the other; from another process in less than 64 bits each."""

    begins: Numbers
    coefficients: Numbers
    variables: Numbers

    @classmethod
    def of(cls, rows: Sequence[Sequence[Term]]) -> "Sums":
        """The sums of these terms."""
        begins = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, rows), np.int64, len(rows)), out=begins[1:])
        flat = chain.from_iterable(chain.from_iterable(rows))
        both = np.fromiter(flat, np.int64, 2 * int(begins[-1])).reshape(-1, 2)
        return cls(begins, both[:, 0].copy(), both[:, 1].copy())

    def terms(self) -> Iterator[Terms]:
        """The terms of each sum; equal terms are one object, which saves half the memory."""
        known: dict[Term, Term] = {}
        terms = [
            known.setdefault(term, term)
            for term in zip(self.coefficients.tolist(), self.variables.tolist(), strict=True)
        ]
        for low, high in pairwise(self.begins.tolist()):
            yield tuple(terms[low:high])

    def every(self, fits: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of each sum whether all its terms fit; a sum without terms does.

        Args:
            fits: of each term of all sums.
        """
        found = np.ones(len(self.begins) - 1, dtype=np.bool_)
        told = np.flatnonzero(np.diff(self.begins))
        if len(told):
            found[told] = np.logical_and.reduceat(fits, self.begins[told])
        return found

    @property
    def owners(self) -> Numbers:
        """For each term the number of its sum."""
        return np.repeat(np.arange(len(self.begins) - 1), np.diff(self.begins))


@dataclass(frozen=True, slots=True)
class Packed:
    """A model as arrays; from another process most of them in less than 64 bits.

    Attributes:
        definitions: the sums; `kinds` (1 for at_least, 0 for excess), `thresholds`, `defined`.
        constraints: the sums; `lows` and `highs` (`NO_LIMIT` for none), `guards`, `reasons`.
        steps: the sums of the objective, empty for a `worst` one.
        entries: the sums that are compared, family after family.
        families: where each family's entries begin, and the end of the last.
        entry_constants: the constant part of each entry.
        tops: (k, family) of each step; k is 0 where it is a plain sum.
        doctors, units: the groups; sums whose coefficients are 1.
        days: the units' numbers, day by day.
        titles: what steps are called and counted in, as JSON.
    """

    decisions: int
    uppers: Numbers
    definitions: Sums
    kinds: Numbers
    thresholds: Numbers
    defined: Numbers
    constraints: Sums
    lows: Numbers
    highs: Numbers
    guards: Numbers
    reasons: Numbers
    steps: Sums
    step_constants: Numbers
    tops: Numbers
    entries: Sums
    entry_constants: Numbers
    families: Numbers
    groups: dict[str, Sums]
    titles: list[list[Any]]

    @property
    def size(self) -> int:
        """Number of variables, the two constants included."""
        return len(self.uppers)


def pack(model: Model) -> Packed:
    """The model as arrays."""
    families: list[tuple[tuple[Sequence[Term], int], ...]] = []
    tops: list[tuple[int, int]] = []
    for step in model.steps:
        if step.worst and step.entries not in families:
            families.append(step.entries)
        tops.append((step.worst, families.index(step.entries) if step.worst else 0))
    entries = [entry for family in families for entry in family]
    begins = [0]
    for family in families:
        begins.append(begins[-1] + len(family))
    return Packed(
        decisions=model.decisions,
        uppers=_array(model.uppers),
        definitions=Sums.of([d.terms for d in model.definitions]),
        kinds=_array(1 if d.kind == AT_LEAST else 0 for d in model.definitions),
        thresholds=_array(d.threshold for d in model.definitions),
        defined=_array(d.var for d in model.definitions),
        constraints=Sums.of([c.terms for c in model.constraints]),
        lows=_array(-NO_LIMIT if c.low is None else c.low for c in model.constraints),
        highs=_array(NO_LIMIT if c.high is None else c.high for c in model.constraints),
        guards=_array(c.only_if for c in model.constraints),
        reasons=_array(c.reason for c in model.constraints),
        steps=Sums.of([s.terms for s in model.steps]),
        step_constants=_array(s.constant for s in model.steps),
        tops=np.array(tops, dtype=np.int64).reshape(-1, 2),
        entries=Sums.of([terms for terms, _ in entries]),
        entry_constants=_array(constant for _, constant in entries),
        families=_array(begins),
        groups={
            name: Sums.of([tuple((1, v) for v in own) for own in groups])
            for name, groups in model.groups.items()
        },
        titles=[[s.level, s.key, s.title, s.unit, s.scale] for s in model.steps],
    )


def unpack(packed: Packed) -> Model:
    """The model that `pack` was given.

    It stays to the end of the process, so nobody shall look through it for cyclic garbage.
    """
    gc.disable()
    model = model_of(packed)
    gc.freeze()
    gc.enable()
    return model


def model_of(packed: Packed) -> Model:
    """The arrays as objects of Python."""
    definitions = [
        Definition(var, AT_LEAST if kind else EXCESS, terms, threshold, upper)
        for var, kind, terms, threshold, upper in zip(
            packed.defined.tolist(),
            packed.kinds.tolist(),
            packed.definitions.terms(),
            packed.thresholds.tolist(),
            packed.uppers[packed.defined].tolist(),
            strict=True,
        )
    ]
    constraints = [
        Constraint(
            terms,
            None if low == -NO_LIMIT else low,
            None if high == NO_LIMIT else high,
            guard,
            reason,
        )
        for terms, low, high, guard, reason in zip(
            packed.constraints.terms(),
            packed.lows.tolist(),
            packed.highs.tolist(),
            packed.guards.tolist(),
            packed.reasons.tolist(),
            strict=True,
        )
    ]
    return Model(
        decisions=packed.decisions,
        uppers=packed.uppers.tolist(),
        definitions=definitions,
        constraints=constraints,
        steps=steps_of(packed, Sums.terms),
        groups=groups_of(packed),
    )


def steps_of(packed: Packed, terms: Callable[[Sums], Iterable[Sequence[Term]]]) -> list[Step]:
    """The steps of the objective as objects of Python.

    Args:
        packed: the model.
        terms: makes the terms of each sum.
    """
    entries = list(zip(terms(packed.entries), packed.entry_constants.tolist(), strict=True))
    families = [tuple(entries[low:high]) for low, high in pairwise(packed.families.tolist())]
    return [
        Step(
            level,
            key,
            title,
            unit,
            scale,
            own,
            constant,
            worst,
            families[family] if worst else (),
        )
        for (level, key, title, unit, scale), own, constant, (worst, family) in zip(
            packed.titles,
            terms(packed.steps),
            packed.step_constants.tolist(),
            packed.tops.tolist(),
            strict=True,
        )
    ]


def groups_of(packed: Packed) -> dict[str, list[list[int]]]:
    """Which decisions belong together, as lists."""
    return {name: group_of(sums) for name, sums in packed.groups.items()}


def group_of(sums: Sums) -> list[list[int]]:
    """The variables of each sum."""
    if len(sums.begins) <= 1:
        return []
    return [own.tolist() for own in np.split(sums.variables, sums.begins[1:-1])]


def to_arrays(packed: Packed) -> tuple[dict[str, Any], Iterator[Numbers]]:
    """A head for JSON, and the arrays in the least width that holds them, one after the other.

    The head says how many bytes they are: `bytes`. The widest come first, so that each begins
    where a number of its width may begin.
    """
    widths = [(name, array, np.min_scalar_type(_widest(array))) for name, array in _arrays(packed)]
    widths.sort(key=lambda own: -own[2].itemsize)
    head: dict[str, Any] = {
        "decisions": packed.decisions,
        "titles": packed.titles,
        "arrays": [[name, width.str, list(array.shape)] for name, array, width in widths],
        "bytes": sum(array.size * width.itemsize for _, array, width in widths),
    }
    arrays = (array.astype(width, order="C", copy=False) for _, array, width in widths)
    return json.loads(json.dumps(head)), arrays


def to_bytes(packed: Packed) -> tuple[dict[str, Any], bytearray]:
    """The same with the arrays end to end."""
    head, arrays = to_arrays(packed)
    body = bytearray()
    for array in arrays:
        body += array.tobytes()
    return head, body


def from_stream(head: dict[str, Any], source: IO[bytes]) -> Packed:
    """The arrays that `to_arrays` gave, as they come from another process.

    Raises:
        EOFError: there are too few.
    """
    body = bytearray()
    while (lacking := head["bytes"] - len(body)) > 0:
        more = source.read(min(lacking, _AT_A_TIME))
        if not more:
            raise EOFError(f"model must have {head['bytes']} bytes, and lacks {lacking}")
        body += more
    return from_bytes(head, body)


def from_bytes(head: dict[str, Any], body: bytes | bytearray) -> Packed:
    """The arrays that `to_bytes` wrote."""
    found: dict[str, Numbers] = {}
    begin = 0
    for name, kind, shape in head["arrays"]:
        count = int(np.prod(shape))
        array = np.frombuffer(body, dtype=kind, count=count, offset=begin)
        begin += array.nbytes
        # What is large stays in the bytes it came in.
        large = "." in name or name in _AS_THEY_CAME
        found[name] = (array if large else array.astype(np.int64)).reshape(shape)
    single = {name: array for name, array in found.items() if "." not in name}
    sums = {
        name.removesuffix(".begins"): Sums(
            *(found[name.replace(".begins", f".{part.name}")] for part in fields(Sums))
        )
        for name in found
        if name.endswith(".begins")
    }
    own: dict[str, Any] = {**single, **{n: s for n, s in sums.items() if "/" not in n}}
    return Packed(
        decisions=head["decisions"],
        titles=head["titles"],
        groups={
            name.removeprefix("groups/"): rows
            for name, rows in sums.items()
            if name.startswith("groups/")
        },
        **own,
    )


def _array(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, np.int64)


def _widest(array: Numbers) -> int:
    """A negative number that needs as many bits as the array does, so that signs are kept."""
    return min(-int(array.max(initial=1)), int(array.min(initial=0))) - 1


def _arrays(packed: Packed) -> Iterator[tuple[str, Numbers]]:
    """Every array with its name; those of sums as «name.part», of groups as «groups/name.part»."""
    for own in fields(packed):
        value = getattr(packed, own.name)
        if isinstance(value, np.ndarray):
            yield own.name, value
        elif isinstance(value, Sums):
            yield from _parts(own.name, value)
    for name, sums in packed.groups.items():
        yield from _parts(f"groups/{name}", sums)


def _parts(name: str, sums: Sums) -> Iterator[tuple[str, Numbers]]:
    for part in fields(sums):
        yield f"{name}.{part.name}", getattr(sums, part.name)
