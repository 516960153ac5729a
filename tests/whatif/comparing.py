"""Alternatives made up, and what stands in files of comparisons."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from api.whatif_solving import Search
from scheduler.domain.roster import LevelResult
from scheduler.writing.comparison.source import (
    Alternative,
    Comparison,
    Cost,
    DoctorFigures,
    Figures,
    LegalNote,
    TownFigures,
)

SEARCH = Search(seconds=1, seed=1, parallel=1)
SCENARIOS = {
    "format": "rettvakt-scenarios",
    "version": 1,
    "title": "Legevakten i Fjell og Dal",
    "question": "Hva om Dal får to leger til?",
    "plan": "plan.json",
    "hourly_cost": [
        {"hours": "day", "home": 100},
        {"hours": "evening", "home": 100},
        {"hours": "night", "home": 200},
    ],
    "scenarios": [
        {
            "id": "to-til",
            "name": "To leger til",
            "changes": [{"change": "doctors_join", "municipality": "dal", "number": 2}],
        },
        {
            "id": "fritak",
            "name": "Fritak",
            "from": "to-til",
            "changes": [{"change": "all_claim_exemption"}],
        },
    ],
}


def figures_of(comparison: Comparison, own: str) -> Figures:
    found = next(a for a in comparison.alternatives if a.id == own).figures
    assert found is not None
    return found


def town(name: str, doctors: int) -> TownFigures:
    return TownFigures(name, doctors, 10.0 * doctors, doctors, 0.0, 0.0, None)


def with_towns(named: Comparison, *sizes: dict[str, int]) -> Comparison:
    alternatives = []
    for own, towns_of in zip(named.alternatives, sizes, strict=False):
        assert own.figures
        figures = replace(own.figures, towns={t: town(t, n) for t, n in towns_of.items()})
        alternatives.append(replace(own, figures=figures))
    return replace(named, alternatives=tuple(alternatives))


def levels(cover: tuple[float, float], worst: tuple[float, float]) -> tuple[LevelResult, ...]:
    return (
        LevelResult("cover", "Udekket tid", *cover, proven=cover[0] == cover[1]),
        LevelResult("ordered", "Pålagte timer", 0, 0, proven=True),
        LevelResult("fairness_worst_1", "Mest over", *worst, proven=worst[0] == worst[1]),
    )


def made(name: str, worst: tuple[float, float], holes: int = 0) -> Alternative:
    line = DoctorFigures("fjell", 100, 90, 3, 1, 0, 40, 0, 5)
    figures = Figures(
        doctors={f"d{n}": line for n in range(6)},
        towns={"fjell": town("Fjell", 6)},
        needed_hours=200,
        covered_hours=200 - 8 * holes,
        holes=holes,
        lawful=True,
        exceptions=(),
        departures=0,
        cost=Cost(None, None),
        levels=levels((8.0 * holes, 8.0 * holes), worst),
    )
    return Alternative(
        name.casefold(), name, "", (), (), "", date(2027, 1, 1), date(2027, 2, 1), figures
    )


def comparison_of(*alternatives: Alternative) -> Comparison:
    return Comparison(
        title="Legevakten",
        question="Hva om?",
        plan_title="Plan",
        judged_on=date(2026, 11, 21),
        alternatives=alternatives,
        names={f"d{n}": f"Lege {n}" for n in range(6)},
        anonymous=False,
        rates=(),
        laws=(LegalNote("Hvile", "SFS 2305 pkt. 7.4", "må bekreftes av kommunen", False),),
        seconds=60,
        seed=1,
        solver="OR-Tools",
        rule_set="2026.2",
    )


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def cells_of(book: bytes) -> str:
    return " ".join(
        str(cell.value)
        for sheet in load_workbook(BytesIO(book))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
