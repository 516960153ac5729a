"""`rettvakt shares`: everybody's fair share, step by step, before anything is solved."""

import json
import sys
from pathlib import Path
from textwrap import wrap

from api import library
from api.cli.console import BAD_INPUT, OK, err, out, plain
from api.cli.guard import reading
from api.cli.people import NotOneDoctorError, named
from constraints.fair_share import FairShare
from scheduler.writing.share_document import as_plain
from scheduler.writing.share_lines import HOW, ShareText, share_texts, sum_lines

_WIDEST = 100


def run(plan: Path, doctor: str | None, as_json: bool) -> int:
    """Print the calculation; gives the exit code."""
    with reading(plan):
        loaded = library.read(plan)
    problem = loaded.problem
    wanted = None
    if doctor is not None:
        try:
            wanted = named(problem.doctors, doctor).id
        except NotOneDoctorError as error:
            err.print(f"[bold red]{plain(error.problem)}[/] {plain(error.remedy)}")
            return BAD_INPUT
    rule = next(rule for rule in loaded.rules if isinstance(rule, FairShare))
    shares = rule.shares(problem)
    if as_json:
        own = [line for line in as_plain(problem, shares) if wanted in (None, line["doctor"])]
        sys.stdout.write(json.dumps(own, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        return OK
    width = min(out.width, _WIDEST)
    out.print(f"[bold]{plain(problem.title)}[/]: rettferdige andeler")
    _tell(HOW, "", width)
    out.print()
    for text in share_texts(problem, shares):
        if wanted in (None, text.doctor):
            _tell_doctor(text, width)
            out.print()
    if wanted is None:
        out.print("[bold]Til sammen[/]")
        for line in sum_lines(problem, shares):
            _tell(line, "  ", width)
    return OK


def _tell_doctor(text: ShareText, width: int) -> None:
    out.print(f"[bold]{plain(text.name)}[/]")
    if not text.measures:
        out.print("  Har ingen del i vaktene eller i det som kan pålegges.")
    for line in text.days:
        _tell(line, "  ", width)
    for measure in text.measures:
        out.print(f"  [bold]{measure.title}[/]")
        for line in (*measure.steps, measure.aim):
            _tell(line, "    ", width)


def _tell(text: str, indent: str, width: int) -> None:
    """The text in lines that fit the width, further lines further in."""
    further = f"{indent}  " if indent else ""
    for line in wrap(text, width, initial_indent=indent, subsequent_indent=further):
        out.print(plain(line))
