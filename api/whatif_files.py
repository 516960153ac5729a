"""A comparison as files, and the rosters behind it."""

from collections.abc import Mapping

from api.outputs import PACKAGE, export_one
from api.whatif import LoadedScenarios
from api.whatif_solving import Solved
from scheduler.writing.comparison.source import Comparison

FOLDER = "alternativer"
NAME = "sammenligning"
ANONYMOUS = "sammenligning-uten-navn"


def comparison_files(comparison: Comparison) -> dict[str, bytes]:
    """The memo, the workbook, the JSON and the charts; the memo never names a doctor."""
    from scheduler.writing.comparison.charts import pictures
    from scheduler.writing.comparison.document import to_json
    from scheduler.writing.comparison.memo import to_memo
    from scheduler.writing.comparison.memo_html import to_memo_html
    from scheduler.writing.comparison.workbook import to_workbook

    name = ANONYMOUS if comparison.anonymous else NAME
    files = {
        "notat.pdf": to_memo(comparison),
        "notat.html": to_memo_html(comparison).encode(),
        f"{name}.xlsx": to_workbook(comparison),
        f"{name}.json": to_json(comparison).encode(),
    }
    for drawn in pictures(comparison, discreet=True):
        files[f"figur-{drawn.id}.svg"] = _alone(drawn.svg).encode()
    return files


def _alone(svg: str) -> str:
    """A drawing that can stand as a file of its own."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'


def roster_files(scenarios: LoadedScenarios, solved: Mapping[str, Solved]) -> dict[str, bytes]:
    """The package of every alternative, for those who keep the plan."""
    return {
        f"{FOLDER}/{own}/{PACKAGE}": export_one(scenarios.plans[own], made.roster, "json")
        for own, made in solved.items()
        if made.roster is not None
    }
