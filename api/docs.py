"""`python -m api.docs [--check]`: writes docs/regelbok.md and docs/kalender.md.

The one is made of the catalogue of rules, the other of the help for subscribers to calendars.

With `--check` nothing is written, and the exit code is 1 if the file on disk is stale.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from api.rules import AUTHORITY, CONFIDENCE, shown_value, unit_word
from api.service.feeds.help import page as help_for_subscribers
from constraints.catalogue import ALL_RULES, RULE_SET, VOCABULARY
from scheduler.rule import Authority, Confidence, Parameter, Rule

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, IDS = "regelbok.md", "rulebook-ids.yaml"
CALENDARS = "kalender.md"

HEADINGS = {
    Authority.LAW: "Lov og forskrift",
    Authority.AGREEMENT: "Avtaler",
    Authority.MUNICIPALITY: "Kommunens egne regler",
    Authority.HEALTH: "Helse og vern",
    Authority.FAIRNESS: "Fordeling",
    Authority.WISH: "Ønsker og ro",
}

_SOFT = "Veier, kan settes som krav"

INTRODUCTION = """\
# Regelbok

<!-- Laget av «./run docs» fra reglene i constraints/. Rett der, ikke her. -->

Dette er alle reglene Rettvakt kan, i den rekkefølgen de blir forklart i rapporten: først lov og
forskrift, så avtaler, kommunens egne regler, helse, fordeling og ønsker. Regelsett {version}.

**Krav** betyr at en plan som bryter regelen, ikke er lovlig etter det regelsettet som gjelder.
**Veier** betyr at regelen trekker planen i en retning, eller gjør oppmerksom på noe, uten å hindre
den. En regel med både mål og grense står som krav: grensen binder, målet veier.

Innstillingene skrives i planen under `settings`, eller i arbeidsboken på arket «Regler». Ordene i
kolonnen «Område» er de som skal stå der. Det som er «fast», kan ikke endres.

## Hvor sikkert er det lest?

Hver kilde har en merkelapp. Er den noe annet enn «lest i teksten», skal kommunen bekrefte
innholdet før regelen brukes som rett. I setningene programmet skriver, står det da «må bekreftes
av kommunen».

| Merkelapp | Betyr |
|---|---|
{confidence}

En regel er ikke sikrere enn den svakeste av kildene sine.

## Spørsmål som ikke er avklart

Disse punktene fant vi ikke svar på i kildene. Der en regel avhenger av svaret, er den strengeste
lesningen valgt, eller feltet står åpent til kommunen fyller det ut.

1. **Hvor mange leger må en vaktordning minst ha (S-03)?** SFS 2305 har hatt bindende tall siden
   2024, men tallene er ikke funnet. Fyll dem ut i {rota_size}.
   Uten tall får planen en merknad, og regelen regnes aldri som oppfylt.
2. **Hva gjelder nå i SFS 2305 og ASA 4310 (S-01, A-01)?** Tekstene som er lest, hadde utløp
   31. desember 2025 og 1. juli 2025. Kontroller at reglene som bygger på dem, fortsatt gjelder.
3. **Må en lege med fullført LIS1 ha bakvakt (M-05)?** Lettelsen i akuttmedisinforskriften § 7
   gjaldt til 31. desember 2024. Om den er forlenget, vet vi ikke. Bakvakt er derfor et krav til
   kommunen sier noe annet i {backup_for_dependent}.
4. **Hva står i fastlegeforskriften § 33 fjerde ledd bokstav c (F-33.9)?** Ordlyden manglet i
   teksten vi hadde. {claimed_exemption} bygger på bestemmelsen
   den avløste: amming av barn under ett år.
5. **Hvor går grensene mellom vaktklassene, og hva er satsene (S-06)?** Ikke funnet. Klassen fylles
   ut for hver vakttype, og Rettvakt regner ikke ut lønn. Se {presence_class}. Utgiften til
   hjemmevakt regnes ut i {municipal_cost} når kommunen oppgir en sats.
"""


@dataclass(frozen=True)
class Rulebook:
    """The numbers that rules cite.

    Attributes:
        ids: number -> short title in bokmål.
        cases: number of an example case -> short title.
        without_rule: number -> why no rule carries it.
    """

    ids: Mapping[str, str]
    cases: Mapping[str, str]
    without_rule: Mapping[str, str]


def rulebook(folder: Path = DOCS) -> Rulebook:
    """The committed list of numbers.

    Raises:
        OSError: the folder has none (an installed wheel carries no documentation).
    """
    return Rulebook(**yaml.safe_load((folder / IDS).read_text(encoding="utf-8")))


def page(numbers: Rulebook) -> str:
    """The whole of regelbok.md."""
    parts = [_introduction(), "## Innhold\n", _contents(), ""]
    for authority in Authority:
        parts.append(f"## {HEADINGS[authority]}\n")
        parts += [_rule(kind()) for kind in ALL_RULES if kind.authority is authority]
    parts.append("## Regler som er av til planen tar dem i bruk\n")
    parts.append(
        "Alminnelige regler fra turnusplanlegging. De gjør ingenting før planen gir dem minst én "
        "verdi.\n"
    )
    parts += [_rule(kind()) for kind in VOCABULARY]
    parts += ["## Hvilken regel tar seg av hva\n", _by_number(numbers)]
    return "\n".join(parts)


def main(arguments: Sequence[str], folder: Path = DOCS) -> int:
    """Write the page, or check it; gives the exit code."""
    if set(arguments) - {"--check"}:
        print("Bruk: python -m api.docs [--check]", file=sys.stderr)
        return 2
    wanted = {PAGE: page(rulebook(folder)), CALENDARS: help_for_subscribers()}
    if "--check" in arguments:
        stale = [name for name, text in wanted.items() if not _is_written(folder / name, text)]
        for name in stale:
            print(f"docs/{name} er ikke oppdatert. Kjør ./run docs.", file=sys.stderr)
        return 1 if stale else 0
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"Skrevet: docs/{name}")
    return 0


def _is_written(target: Path, text: str) -> bool:
    return target.is_file() and target.read_text(encoding="utf-8") == text


def _introduction() -> str:
    rows = [
        f"| {CONFIDENCE[own]} | {meaning} |"
        for own, meaning in {
            Confidence.TEXT: "Lest i loven, forskriften eller de offisielle merknadene.",
            Confidence.SECONDARY: "Lest gjengitt hos andre, ikke i teksten selv.",
            Confidence.DERIVED: "Regnet ut av, eller lest ut av, noe som står der.",
            Confidence.UNVERIFIED: "Antatt. Ikke funnet igjen i noen kilde.",
            Confidence.POLICY: "Har ingen rettslig kilde. Kommunen eier verdien.",
        }.items()
    ]
    links = {kind.id: f"[{kind.title}](#{kind.id})" for kind in ALL_RULES}
    return INTRODUCTION.format(version=RULE_SET, confidence="\n".join(rows), **links)


def _contents() -> str:
    lines = []
    for authority in Authority:
        own = [kind for kind in ALL_RULES if kind.authority is authority]
        lines.append(f"- {HEADINGS[authority]}: {_links(own)}")
    lines.append(f"- Av til de tas i bruk: {_links(VOCABULARY)}")
    return "\n".join(lines)


def _links(kinds: Iterable[type[Rule]]) -> str:
    return " · ".join(f"[{kind.title}](#{kind.id})" for kind in kinds)


def _rule(rule: Rule) -> str:
    """One rule: what it is called, on whose word it stands, where it is read, its settings."""
    facts = [_force(rule), AUTHORITY[rule.authority], f"`{rule.id}`"]
    if rule.rulebook:
        facts.append(_in_norwegian(", ".join(rule.rulebook)))
    if rule.sfs_only:
        facts.append("gjelder ikke i Oslo")
    anchor, heading = f'<a id="{rule.id}"></a>', f"### {rule.title}\n"
    lines = [anchor, heading, " · ".join(facts) + "\n", "Kilder:\n"]
    for citation in rule.citations:
        url = getattr(citation, "url", None)
        shown = f"[{citation}]({url})" if url else str(citation)
        lines.append(f"- {shown} – {CONFIDENCE[citation.confidence]}")
    lines.append("")
    if rule.parameters():
        lines += [
            "| Innstilling | Navn i planen | Verdi | Område | Grunnlag |",
            "|---|---|---|---|---|",
            *(_setting(parameter) for parameter in rule.parameters()),
            "",
        ]
    return "\n".join(lines)


def _force(rule: Rule) -> str:
    """«Krav», «Veier», or both where the municipality chooses."""
    choices = {own.name: own.default for own in rule.parameters() if own.choices}
    if choices.get("applies") == "off":
        return "Av til kommunen slår den på"
    for name in ("strictness", "strength"):
        if name in choices:
            return "Krav, kan settes til å veie" if choices[name] == "hard" else _SOFT
    return "Krav" if rule.hard else "Veier"


def _setting(own: Parameter) -> str:
    value = _value(own.default)
    unit = f" {unit_word(own, own.default)}" if own.unit and own.default not in (None, {}) else ""
    basis = _in_norwegian(own.basis)
    return f"| {_cell(own.title)} | `{own.name}` | {value}{unit} | {_span(own)} | {basis} |"


def _in_norwegian(numbers: str) -> str:
    """Numbers of the rulebook as a Norwegian reads them."""
    return numbers.replace("policy", "kommunens valg").replace("section", "avsnitt")


def _value(value: object) -> str:
    return "ikke satt" if value is None or value == {} else _cell(shown_value(value))


def _span(own: Parameter) -> str:
    if own.fixed:
        return "fast"
    if own.choices:
        return _cell(", ".join(map(str, own.choices)))
    if own.low is not None and own.high is not None:
        return f"{shown_value(own.low)}–{shown_value(own.high)}"
    if isinstance(own.default, bool):
        return "ja, nei"
    return f"tabell, {own.unit}" if own.unit else "tabell"


def _cell(text: str) -> str:
    """Text that does not end a cell of a table."""
    return text.replace("|", "\\|")


def _by_number(numbers: Rulebook) -> str:
    """The table from the rulebook's number to rule files."""
    carriers: dict[str, list[type[Rule]]] = {}
    for kind in (*ALL_RULES, *VOCABULARY):
        for number in kind.rulebook:
            carriers.setdefault(number, []).append(kind)
    return "\n".join(
        [
            "Numrene går igjen i kode, tester og rapporter.\n",
            "| Nummer | Handler om | Regel |",
            "|---|---|---|",
            *_number_rows(numbers, carriers),
            "",
        ]
    )


def _number_rows(numbers: Rulebook, carriers: Mapping[str, list[type[Rule]]]) -> Iterator[str]:
    for number, title in numbers.ids.items():
        files = ", ".join(
            f"[{kind.id}.py](../constraints/{kind.id}.py)" for kind in carriers.get(number, ())
        )
        rule = files or numbers.without_rule.get(number, "")
        yield f"| {_in_norwegian(number)} | {title} | {rule} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
