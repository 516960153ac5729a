"""Where a part of a stored plan stands, in words: it has no file any more."""

from scheduler.reading.faults import Path
from scheduler.reading.fields import field_at
from scheduler.reading.plan import Plan
from scheduler.reading.sheets import all_sheets

_TITLES = {sheet.name: sheet.title for sheet in all_sheets()}
_BY_NUMBER = frozenset({"exemptions", "absences"})
"""Parts whose rows are told by number: who has an exemption or is away is not for everybody."""


class StoredPlaces:
    """Names places of a plan as the parts of it are called.

    Args:
        plan: as it is stored.
    """

    def __init__(self, plan: Plan) -> None:
        """Keep it."""
        self._plan = plan
        self._doctors = {doctor.id: doctor.name for doctor in plan.doctors}

    def name(self, path: Path) -> str:
        """«Ønsker, Kari Nordmann», «Vakttyper, Natt», «Fravær, rad 3», «Forrige plan»."""
        match path:
            case (str(part), int(row), *_) if part in _TITLES:
                return f"{_TITLES[part]}, {self._row(part, row)}"
            case (str(part), *_) if part in _TITLES:
                return _TITLES[part]
            case _:
                field = field_at(path)
                return f"Planen, «{field.title}»" if field else "Planen"

    def _row(self, part: str, row: int) -> str:
        rows = getattr(self._plan, part)
        if part not in _BY_NUMBER and row < len(rows):
            own = getattr(rows[row], "name", "") or self._doctors.get(
                getattr(rows[row], "doctor", "")
            )
            if own:
                return str(own)
        return f"rad {row + 1}"
