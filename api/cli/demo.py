"""`rettvakt demo`: the main job on the embedded mountain district."""

from pathlib import Path

from fixtures.files import fixture
from rich.markup import escape

from api import library
from api.cli.console import FINDINGS, OK, guarded, out
from api.cli.solve import solve_loaded


@guarded
def run(folder: Path, seconds: float, seed: int, workers: int | None) -> int:
    """Solve the example district and say where to look; gives the exit code.

    Holes are told, but do not make the demonstration fail.
    """
    out.print("Oppdiktede leger i et fjelldistrikt på seks kommuner, våren 2027.")
    code = solve_loaded(library.read(fixture("fjell")), folder, seconds, seed, workers)
    if code in (OK, FINDINGS):
        where = escape(str(folder))
        out.print(
            f"Se på [bold]{where}/rapport.html[/] (lovligheten), [bold]{where}/vaktplan.pdf[/] "
            f"(til veggen) og [bold]{where}/vaktplan.xlsx[/]."
        )
        return OK
    return code
