"""Names of people and districts as they fit on the wall."""

from collections import Counter
from collections.abc import Mapping

from scheduler.domain.problem import Problem
from scheduler.writing.phrases import listed

LONGEST = 60


def shown_names(problem: Problem) -> Mapping[str, str]:
    """Each doctor's name by id: on one line, cut where it is absurdly long, no two alike."""
    plain = {d.id: cut(" ".join(d.name.split()) or d.id) for d in problem.doctors}
    often = Counter(plain.values())
    return {key: f"{own} ({key})" if often[own] > 1 else own for key, own in plain.items()}


def district(problem: Problem) -> str:
    """The districts that the places serve, or else the municipalities."""
    districts = list(dict.fromkeys(p.district for p in problem.places if p.district))
    if districts:
        return listed(districts)
    towns = [town.name for town in problem.municipalities]
    if not towns:
        return ""
    return f"{listed(towns)} {'kommune' if len(towns) == 1 else 'kommuner'}"


def cut(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning with «…»."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
