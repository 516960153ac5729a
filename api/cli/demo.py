"""`rettvakt demo`: the main job on the embedded mountain district."""

from pathlib import Path

from api import library
from api.cli.console import FINDINGS, OK, out, plain
from api.cli.solve import Search, solve_loaded
from fixtures.files import fixture


def run(folder: Path, seconds: float, seed: int, workers: int | None) -> int:
    """Solve the example district and say where to look; gives the exit code.

    Holes are told, but do not make the demonstration fail.
    """
    out.print("Oppdiktede leger i et fjelldistrikt på seks kommuner, våren 2027.")
    code = solve_loaded(library.read(fixture("fjell")), folder, Search(seconds, seed, workers))
    if code not in (OK, FINDINGS):
        return code
    out.print("Se på:")
    for name, what in {
        "rapport.html": "lovligheten, regel for regel",
        "fordeling.html": "hvor rettferdig planen er, lege for lege",
        "vaktplan.pdf": "planen til veggen",
        "vaktplan.xlsx": "planen i Excel",
    }.items():
        out.print(f"  [bold]{plain(folder / name)}[/] – {what}")
    return OK
