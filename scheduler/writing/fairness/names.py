"""Pseudonyms: the same in every report of one plan, and not to be reckoned back from it."""

import hashlib
from collections.abc import Mapping
from string import ascii_uppercase

from scheduler.domain.problem import Problem


def pseudonyms(problem: Problem) -> Mapping[str, str]:
    """«Lege A», «Lege B», ... by doctor id, in an order that says nothing of the names.

    The order is that of digests over the plan with the doctors' days of birth, which no
    report prints: names, ids and the plan's checksum do not suffice to find it.
    """
    secret = "\n".join(f"{doctor.id} {doctor.born}" for doctor in problem.doctors)

    def digest(doctor: str) -> str:
        text = f"{problem.content_hash}\n{secret}\n{doctor}"
        return hashlib.sha256(text.encode()).hexdigest()

    order = sorted((doctor.id for doctor in problem.doctors), key=digest)
    return {doctor: f"Lege {letters(place)}" for place, doctor in enumerate(order)}


def letters(place: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    word = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, len(ascii_uppercase))
        word = ascii_uppercase[letter] + word
    return word
