"""Findings in the order in which people read them: gaps first, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.assessment.findings import Finding


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one outcome.

    Attributes:
        outcome: local name of the outcome.
        label: what people read.
        findings: the findings, musts first.
        gap: whether they are gaps.
    """

    outcome: str
    label: str
    findings: tuple[Finding, ...]
    gap: bool


def by_outcome(findings: Sequence[Finding]) -> list[Group]:
    """Group findings by outcome: gaps with the worst first, then the rest, untested last."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.outcome, []).append(finding)
    ordered = sorted(
        groups.values(),
        key=lambda g: (g[0].outcome == "NotTested", not g[0].is_gap, -g[0].precedence),
    )
    return [
        Group(
            group[0].outcome,
            group[0].outcome_label,
            tuple(sorted(group, key=lambda f: (f.modality != "Must", f.topic, f.duty))),
            group[0].is_gap,
        )
        for group in ordered
    ]


def by_topic(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Group findings by topic: the topic with the worst outcome first, then by name.

    Returns:
        the name of each topic with its findings: worst outcomes first, musts before shoulds.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.modality != "Must", f.duty)):
        groups.setdefault(finding.topic_label, []).append(finding)
    for group in groups.values():
        group.sort(key=lambda finding: -finding.precedence)
    return sorted(groups.items(), key=lambda pair: (-pair[1][0].precedence, pair[0]))


def untested_reasons(findings: Sequence[Finding]) -> dict[str, int]:
    """Count the findings that were not tested, by the reason in words, most frequent first."""
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.outcome == "NotTested":
            counts[finding.description] = counts.get(finding.description, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
