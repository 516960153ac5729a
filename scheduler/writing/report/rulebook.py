"""The rules one by one: what they demand, where it stands, what was found, what is set."""

from dataclasses import dataclass

from scheduler.checking import RuleReport
from scheduler.rule import Authority, Citation, Confidence
from scheduler.writing.legality import LegalityReport
from scheduler.writing.phrases import counted
from scheduler.writing.report.words import (
    AUTHORITIES,
    CONFIDENCES,
    allowed,
    amount,
    basis,
    confidence,
    rulebook_id,
    setting,
)

CONFIRM_FIRST = (Confidence.UNVERIFIED, Confidence.DERIVED, Confidence.SECONDARY)


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source, its address where one is known, and how surely it was read.

    Attributes:
        confidence: empty where the text says it already.
    """

    text: str
    url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Closest:
    """A kept case that was near the limit."""

    sentence: str
    margin: str


@dataclass(frozen=True, slots=True)
class RuleItem:
    """One rule.

    Attributes:
        binding: «ufravikelig» or what else it is.
        points: ids in the rulebook.
        checked: how often it was checked, in words.
        found: what was found, in words.
    """

    title: str
    binding: str
    points: str
    sources: tuple[SourceItem, ...]
    confidence: str
    checked: str
    found: str
    closest: tuple[Closest, ...]


@dataclass(frozen=True, slots=True)
class RuleChapter:
    """The rules that stand on one authority."""

    title: str
    rules: tuple[RuleItem, ...]


@dataclass(frozen=True, slots=True)
class SettingItem:
    """One setting in force."""

    title: str
    value: str
    allowed: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The settings of one rule, at least one."""

    rule: str
    items: tuple[SettingItem, ...]


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A rule that rests on a source that was not read in the primary text."""

    rule: str
    sources: tuple[SourceItem, ...]


def chapters(legality: LegalityReport) -> tuple[RuleChapter, ...]:
    """All rules by authority, from law to wish."""
    found = []
    for authority in Authority:
        own = [r for r in legality.report.rules if r.rule.authority is authority]
        if own:
            items = tuple(_rule(legality, rule) for rule in own)
            found.append(RuleChapter(AUTHORITIES[authority], items))
    return tuple(found)


def settings(legality: LegalityReport) -> tuple[RuleSettings, ...]:
    """Every setting of every rule that has any, in the order of the rules."""
    found = []
    for own in legality.report.rules:
        items = tuple(
            SettingItem(p.title, setting(p, getattr(own.rule, p.name)), allowed(p), basis(p))
            for p in own.rule.parameters()
        )
        if items:
            found.append(RuleSettings(own.rule.title, items))
    return tuple(found)


def unconfirmed(legality: LegalityReport) -> tuple[Unconfirmed, ...]:
    """The rules with a source to be confirmed, and only those sources."""
    found = []
    for own in legality.report.rules:
        weak = [c for c in own.rule.citations if c.confidence in CONFIRM_FIRST]
        if weak:
            found.append(Unconfirmed(own.rule.title, tuple(map(source_item, weak))))
    return tuple(found)


def own_settings(legality: LegalityReport) -> tuple[str, ...]:
    """Titles of the rules that rest on the municipality's own settings alone."""
    return tuple(
        own.rule.title
        for own in legality.report.rules
        if own.rule.citations and all(c.confidence is Confidence.POLICY for c in own.rule.citations)
    )


def _rule(legality: LegalityReport, own: RuleReport) -> RuleItem:
    rule = own.rule
    hushed = rule.id in legality.discreet
    return RuleItem(
        rule.title,
        "ufravikelig" if rule.hard else "veier eller opplyser",
        ", ".join(map(rulebook_id, rule.rulebook)),
        tuple(map(source_item, rule.citations)),
        confidence(rule.citations),
        "" if hushed else _checked(own.checked),
        "Funn om fritak vises samlet" if hushed else _found(own),
        () if hushed else tuple(_closest(legality, own)),
    )


def source_item(citation: Citation) -> SourceItem:
    """The source as it is printed, its address only where it can be followed."""
    url = getattr(citation, "url", None) or ""
    text, sure = str(citation), CONFIDENCES[citation.confidence]
    return SourceItem(
        text,
        url if url.startswith(("https://", "http://")) else "",
        "" if sure in text else sure,
    )


def _checked(times: int) -> str:
    if not times:
        return "ingenting å kontrollere i denne planen"
    return f"kontrollert {counted(times, 'gang', 'ganger')}"


def _found(own: RuleReport) -> str:
    told = [
        counted(len(cases), one, many)
        for cases, one, many in (
            (own.breaches, "brudd", "brudd"),
            (own.holes, "udekket", "udekket"),
            (own.from_main_rule, "unntak", "unntak"),
            (own.departures, "avvik", "avvik"),
            (own.notices, "å følge opp", "å følge opp"),
        )
        if cases
    ]
    return ", ".join(told) or ("ingen funn" if own.checked else "")


def _closest(legality: LegalityReport, own: RuleReport) -> list[Closest]:
    """The narrowest of what was kept; nothing that lies outside the period.

    When a doctor turns 70 in ten years is no margin of this roster, and tells a birthday.
    """
    period = legality.problem.period
    return [
        Closest(legality.sentence(case), amount(case.margin, case.unit))
        for case in own.closest
        if case.margin is not None and (case.when is None or case.when.overlaps(period))
    ]
