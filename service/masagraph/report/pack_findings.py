"""The findings of a pack: gaps by topic, what to press first, what is shown, in printed words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.assessment.findings import Fault, Finding, Words
from masagraph.report.grouped import by_outcome, by_topic
from masagraph.report.narrowed import choices
from masagraph.report.terminal import mark
from masagraph.report.words import locator, standing

PRESSED = 5
"""How many gaps the first page tells to press first."""

QUOTED = 3
"""How many phrases of a gap are printed; the page of gaps has them all."""

QUOTED_SHORT = 2
"""How many of a duty that is shown."""

LONG = 1_800
"""Characters of a gap that is let run on to the next page: it would not fit on one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase, and where it stands.

    Attributes:
        exact: the phrase.
        section: where in the document it stands.
        document: id of the document.
        standing: what the words are worth.
        remarks: that they bear on a part only, or differ from others.
    """

    exact: str
    section: str
    document: str
    standing: str
    remarks: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A duty that was tested, applies, and is not evidenced.

    Attributes:
        duty: its short name.
        label: its name.
        strength: must, should or may.
        asks: what the duty asks, in plain words.
        source: where in the law it stands, and whether that was verified.
        topic: the name of its topic.
        mark: the sign of the outcome.
        outcome: its local name.
        outcome_label: its name.
        description: what was found.
        looked_for: what was looked for.
        words: some of the words relied on.
        more: how many more there are.
        details: what else was found at fault, and notes.
        would_close: what would close it; empty where that is not told.
        question: a question to ask; empty for none.
        long: whether it may not fit on one page.
    """

    duty: str
    label: str
    strength: str
    asks: str
    source: str
    topic: str
    mark: str
    outcome: str
    outcome_label: str
    description: str
    looked_for: str
    words: tuple[Quote, ...]
    more: int
    details: tuple[str, ...]
    would_close: str
    question: str
    long: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """The gaps of one topic, worst outcomes first."""

    name: str
    label: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty that is evidenced, or does not apply."""

    duty: str
    label: str
    strength: str
    mark: str
    outcome: str
    outcome_label: str
    description: str
    words: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many duties have an outcome.

    Attributes:
        mark, outcome, label: its sign, local name and name.
        by_strength: how many of each strength, in the order of the pack's strengths.
        all: how many in all.
    """

    mark: str
    outcome: str
    label: str
    by_strength: tuple[int, ...]
    all: int


def gaps_by_topic(findings: Sequence[Finding]) -> tuple[Topic, ...]:
    """Return the gaps of an assessment by topic, that with the worst outcome first."""
    return tuple(
        Topic(gaps[0].topic, label, tuple(map(_gap, gaps)))
        for label, gaps in by_topic([finding for finding in findings if finding.is_gap])
    )


def to_press(findings: Sequence[Finding]) -> tuple[Gap, ...]:
    """Return the gaps to press first: musts before shoulds, then the worst outcomes."""
    gaps = [finding for finding in findings if finding.is_gap]
    gaps.sort(key=lambda f: (f.modality != "Must", -f.precedence, f.topic, f.duty))
    return tuple(map(_gap, gaps[:PRESSED]))


def what_is_shown(findings: Sequence[Finding]) -> tuple[Shown, ...]:
    """Return what is evidenced or does not apply, musts first."""
    shown = [f for f in findings if not f.is_gap and f.outcome != "NotTested"]
    shown.sort(key=lambda f: (f.outcome != "Evidenced", f.modality != "Must", f.topic, f.duty))
    return tuple(map(_shown, shown))


def strengths(findings: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
    """Return each strength of a tested duty, musts first, with how many were tested."""
    tested = Counter(f.modality for f in findings if f.outcome != "NotTested")
    return tuple((name, tested[name]) for name, _ in choices(findings).modalities if tested[name])


def counts(findings: Sequence[Finding]) -> tuple[OutcomeCount, ...]:
    """Return the outcomes of the tested duties, gaps with the worst first."""
    names = [name for name, _ in strengths(findings)]
    return tuple(
        OutcomeCount(
            mark(group.outcome),
            group.outcome,
            group.label,
            tuple(sum(f.modality == name for f in group.findings) for name in names),
            len(group.findings),
        )
        for group in by_outcome([f for f in findings if f.outcome != "NotTested"])
    )


def untested(findings: Sequence[Finding]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the duties that were not tested, by the reason."""
    reasons: dict[str, list[str]] = {}
    for finding in findings:
        if finding.outcome == "NotTested":
            reasons.setdefault(finding.description, []).append(finding.label)
    ordered = sorted(reasons.items(), key=lambda pair: -len(pair[1]))
    return tuple((reason, tuple(labels)) for reason, labels in ordered)


def _gap(finding: Finding) -> Gap:
    words = tuple(map(_quote, finding.rests_on[:QUOTED]))
    details = tuple(
        text for each in (*finding.faults, *finding.notes) if (text := _detail(each, finding))
    )
    printed = [finding.definition, finding.description, finding.looked_for, *details]
    printed += [quote.exact + quote.section for quote in words]
    return Gap(
        duty=finding.duty,
        label=finding.label,
        strength=finding.modality.lower(),
        asks=finding.definition,
        source=f"{finding.source.edition_label}, {_where(finding)}",
        topic=finding.topic_label,
        mark=mark(finding.outcome),
        outcome=finding.outcome,
        outcome_label=finding.outcome_label,
        description=finding.description,
        looked_for=finding.looked_for,
        words=words,
        more=len(finding.rests_on) - len(words),
        details=details,
        would_close=finding.would_close or "",
        question=finding.question_to_ask or "",
        long=sum(map(len, printed)) > LONG,
    )


def _where(finding: Finding) -> str:
    return locator(finding.source.locator, finding.source.locator_status)


def _detail(fault: Fault, finding: Finding) -> str:
    """Return what a fault points at; a note too where it points at nothing."""
    if not fault.values and fault not in finding.notes:
        return ""
    said = "" if fault.message == finding.description else fault.message
    return " ".join(filter(None, (said, "; ".join(fault.values))))


def _shown(finding: Finding) -> Shown:
    words = tuple(map(_quote, finding.rests_on[:QUOTED_SHORT]))
    return Shown(
        duty=finding.duty,
        label=finding.label,
        strength=finding.modality.lower(),
        mark=mark(finding.outcome),
        outcome=finding.outcome,
        outcome_label=finding.outcome_label,
        description=finding.description,
        words=words,
        more=len(finding.rests_on) - len(words),
    )


def _quote(words: Words) -> Quote:
    remarks = []
    if words.disputed:
        remarks.append("differs from other words")
    if not words.wholly:
        remarks.append("bears on part of it")
    return Quote(
        words.exact, words.section, words.document, standing(words.standing), "; ".join(remarks)
    )
