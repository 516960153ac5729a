"""What the documentation says is so: examples run, commands exist, links lead somewhere."""

import ast
import re
import runpy
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from typer import Typer

from api import docs, library
from api.cli.console import tell_faults
from api.cli.main import app
from constraints.catalogue import ALL_RULES, VOCABULARY
from scheduler.domain.points import DEFAULT_RATES, HourClass
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan
from scheduler.reading.words import word
from scheduler.solving.result import Ending
from scheduler.writing import frames as written
from tests.support import doctor, duty, problem, roster, verify, worked_by

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "docs" / "examples"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda p: p.relative_to(ROOT)
)
REGISTERED = (*ALL_RULES, *VOCABULARY)
FENCED = re.MULTILINE | re.DOTALL


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name: str, kind: str) -> list[str]:
    """The fenced blocks of one kind in a page, indentation taken away."""
    found = re.findall(rf"^( *)```{kind}\n(.*?)^\1```$", _text(name), FENCED)
    return [dedent(block) for _, block in found]


# --- regelbok.md -------------------------------------------------------------------------------


def test_rulebook_page_is_up_to_date() -> None:
    assert docs.main(["--check"]) == 0, "run ./run docs"


def test_stale_rulebook_page_is_told_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / docs.IDS).write_text(_text(f"docs/{docs.IDS}"), encoding="utf-8")
    assert docs.main(["--check"], tmp_path) == 1
    assert "ikke oppdatert" in capsys.readouterr().err
    assert docs.main([], tmp_path) == 0
    assert docs.main(["--check"], tmp_path) == 0
    assert (tmp_path / docs.PAGE).read_text(encoding="utf-8") == _text(f"docs/{docs.PAGE}")
    (tmp_path / docs.PAGE).write_text("", encoding="utf-8")
    assert docs.main(["--check"], tmp_path) == 1


def test_unknown_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--chek"]) == 2
    assert "Bruk:" in capsys.readouterr().err


def test_rulebook_page_has_every_rule_source_and_setting() -> None:
    page = _text("docs/regelbok.md")
    for kind in REGISTERED:
        assert f'<a id="{kind.id}"></a>\n### {kind.title}\n' in page
        for citation in kind.citations:
            assert str(citation) in page
        for own in kind.parameters():
            assert f"| {own.title} | `{own.name}` |" in page
    for number in docs.rulebook().ids:
        assert f"| {number.replace('section', 'avsnitt')} | " in page


def test_tables_of_the_rulebook_page_are_whole() -> None:
    for line in _text("docs/regelbok.md").splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") in (3, 4, 6), line


# --- the plan file -----------------------------------------------------------------------------


def test_example_in_the_page_is_the_example_file() -> None:
    assert _blocks("docs/plan-format.md", "yaml") == [_text("docs/examples/plan.yaml")]


def test_example_plan_reads() -> None:
    plan = library.read(EXAMPLES / "plan.yaml")
    assert len(plan.problem.doctors) == 6
    assert len(plan.remarks) == 1  # the tail is short, for the example's sake


def test_every_part_of_the_format_is_described() -> None:
    page = _text("docs/plan-format.md")
    for name in set(Plan.model_fields) - {"format", "version", "time_zone"}:
        assert f"`{name}`" in page


def test_the_page_has_the_default_rates_of_burden_points() -> None:
    page = _text("docs/plan-format.md")
    columns = (DEFAULT_RATES.on_site, DEFAULT_RATES.home, DEFAULT_RATES.backup)
    for hours, *rates in zip(HourClass, *columns, strict=True):
        shown = " | ".join(f"{rate / 100:g}" for rate in rates)
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{hours.value}` |")]
        assert line.startswith(f"| `{hours.value}` | {word(hours)} | ")
        assert line.endswith(f" | {shown} |")


def test_faults_are_told_as_the_page_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = _text("docs/examples/plan.yaml")
    plan = plan.replace("born: 1964-02-20", "born: 20.02.1964")
    plan = plan.replace("doctor: siv, kind: holiday", "doctor: siv, kind: ferie")
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    with pytest.raises(PlanError) as told:
        library.read(tmp_path / "plan.yaml")
    tell_faults(told.value)
    assert capsys.readouterr().err in _text("docs/plan-format.md")


# --- the library -------------------------------------------------------------------------------


def test_example_program_solves_checks_and_gives_frames(
    capsys: pytest.CaptureFixture[str],
) -> None:
    program = runpy.run_path(str(EXAMPLES / "solve_and_check.py"))
    frames = program["main"](seconds=3.0)
    said = capsys.readouterr().out
    assert "Lovlig: True." in said
    assert "Nora Lyngstad" in said
    assert set(frames.assignments["pattern_id"]) == {"kveld", "natt", "helg", "sykehjem"}
    assert len(frames.burdens) == 6
    assert not frames.rules["breaches"].any()


def test_example_program_tells_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = runpy.run_path(str(EXAMPLES / "solve_and_check.py"))
    (tmp_path / "plan.yaml").write_text("title: Vår", encoding="utf-8")
    assert program["main"](tmp_path / "plan.yaml") is None
    assert "first_day" in capsys.readouterr().out


def test_snippets_of_the_library_page_run() -> None:
    names: dict[str, Any] = {}
    for block in _blocks("docs/library.md", "python"):
        here = block.replace('"plan.yaml"', repr(str(EXAMPLES / "plan.yaml")))
        exec(re.sub(r"seconds=\d+", "seconds=3", here), names)
    assert names["outcome"].ending is Ending.SOLVED
    assert len(names["nights"]) == 6
    assert set(names["weakest"].columns) >= {"rule", "least_margin"}
    assert names["case"].rule == "fair_share"


def test_library_page_has_every_column_of_the_frames() -> None:
    page = _text("docs/library.md")
    columns = {
        "assignments": written._ASSIGNMENTS,
        "burdens": written._BURDENS,
        "rules": written._RULES,
        "cases": written._CASES,
    }
    for name, own in columns.items():
        [row] = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
        named = re.findall(r"`(\w+)`", row.split("|")[3])
        assert named == list(own)


def test_glossary_names_what_the_code_has() -> None:
    code = " ".join(
        file.read_text(encoding="utf-8")
        for floor in ("scheduler", "constraints", "api")
        for file in (ROOT / floor).rglob("*.py")
    )
    words = set(re.findall(r"\w+", code))
    for line in _text("docs/glossary.md").splitlines():
        cells = line.split("|")
        if len(cells) == 6:
            for name in re.findall(r"`([\w.]+)`", cells[3]):
                assert set(name.split(".")) <= words, name


# --- how to add a rule -------------------------------------------------------------------------


def test_rule_of_the_architecture_page_keeps_its_promises() -> None:
    [source] = _blocks("docs/architecture.md", "python")
    assert ast.get_docstring(ast.parse(source))
    names: dict[str, Any] = {"__name__": "shifts_a_week"}
    exec(source, names)
    rule = names["ShiftsAWeek"]()
    kari = doctor("Kari")
    evenings = [duty(f"2027-03-0{day} 16:00", "22:00") for day in range(1, 6)]
    assert not verify(rule, worked_by(kari, *evenings[:4]))
    [case] = verify(rule, worked_by(kari, *evenings))
    assert rule.explain(problem([kari], evenings), case) == (
        "Kari har 5 vakter i uka; grensen er 4 vakter (kommunens egen innstilling)."
    )
    next_week = duty("2027-03-08 16:00", "22:00")
    assert not verify(rule, worked_by(kari, *evenings[:4], next_week))
    assert not verify(replace(rule, most=5), worked_by(kari, *evenings))
    before = [duty(f"2027-03-0{day} 16:00", "22:00", id=f"before/{day}") for day in range(1, 6)]
    own = duty("2027-03-06 16:00", "22:00")
    history = problem(
        [kari], [own], first_day=own.day, last_day=own.day, tail=[(kari, d) for d in before]
    )
    assert not verify(rule, roster(history, {}))
    assert len(verify(rule, roster(history, {"kari": [own]}))) == 1


# --- links and commands ------------------------------------------------------------------------


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def _anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {_anchor(own) for own in headings} | set(re.findall(r'<a id="(\w+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=FENCED)
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in _anchors(file), target


def _commands(group: Typer) -> set[str]:
    return {
        str(own.name or getattr(own.callback, "__name__", "")) for own in group.registered_commands
    }


def test_commands_of_the_pages_exist() -> None:
    groups = [own.typer_instance for own in app.registered_groups if own.typer_instance]
    told = "\n".join(_code(page) for page in PAGES)
    known = _commands(app) | {str(own.info.name) for own in groups}
    assert set(re.findall(r"`?rettvakt ([a-z]+)\b", told)) <= known
    for own in groups:
        inside = re.findall(rf"rettvakt {own.info.name} ([a-z-]+)", told)
        assert set(inside) <= _commands(own)


def test_every_command_is_told() -> None:
    readme = _text("README.md")
    for own in app.registered_commands:
        name = own.name or getattr(own.callback, "__name__", "")
        assert f"rettvakt {name}" in readme


def test_house_commands_of_the_pages_exist() -> None:
    known = set(re.findall(r"^  (\w+)  ", _text("run"), re.MULTILINE))
    told = {word for page in PAGES for word in re.findall(r"\./run ([a-z]+)\b", _code(page))}
    assert told <= known


def _code(page: Path) -> str:
    """What stands as code in a page."""
    text = page.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))


def test_changelog_names_only_rules_there_are() -> None:
    table = [line for line in _text("CHANGELOG.md").splitlines() if line.startswith("  | ")]
    named = {word for line in table for word in re.findall(r"`(\w+)`", line)}
    assert named <= {kind.id for kind in REGISTERED}


def test_decisions_are_numbered_and_have_their_three_parts() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for number, file in enumerate(files, 1):
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings[:3] == ["Context", "Decision", "Consequences"]


def test_numbers_have_titles() -> None:
    raw = yaml.safe_load(_text(f"docs/{docs.IDS}"))
    assert set(raw) == {"ids", "cases", "without_rule"}
    assert all(isinstance(title, str) and title for part in raw.values() for title in part.values())
