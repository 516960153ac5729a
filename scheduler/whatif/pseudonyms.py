"""Pseudonyms that are the same in every scenario, and not to be reckoned back from any."""

import hashlib
from collections.abc import Mapping, Sequence

from scheduler.domain.problem import Problem
from scheduler.writing.fairness.names import letters


def pseudonyms(problems: Sequence[Problem]) -> Mapping[str, str]:
    """«Lege A», «Lege B», … by doctor id, for all doctors of all problems.

    A doctor of the first problem has the same name whatever the others are, so that a scenario
    more moves nobody; those who only come in the others follow after. The order is that of
    digests over the first plan with all its days of birth, which nothing prints.
    """
    base = problems[0]
    secret = "\n".join(f"{doctor.id} {doctor.born}" for doctor in base.doctors)

    def digest(doctor: str) -> str:
        return hashlib.sha256(f"{base.content_hash}\n{secret}\n{doctor}".encode()).hexdigest()

    own = sorted((doctor.id for doctor in base.doctors), key=digest)
    others = {doctor.id for problem in problems[1:] for doctor in problem.doctors} - set(own)
    order = [*own, *sorted(others, key=digest)]
    return {doctor: f"Lege {letters(place)}" for place, doctor in enumerate(order)}
