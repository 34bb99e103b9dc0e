"""Findings narrowed down to an outcome, a strength or a topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from masagraph.assessment.findings import Finding
from masagraph.assessment.names import nearest
from masagraph.errors import UnknownName

GAPS = "gaps"
"""What stands for every outcome that is a gap."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """What of an assessment is wanted; an empty value leaves nothing out.

    Attributes:
        outcome: local name of an outcome, or ``gaps``.
        modality: ``Must``, ``Should`` or ``May``.
        topic: the short name of a topic.
    """

    outcome: str = ""
    modality: str = ""
    topic: str = ""

    def __bool__(self) -> bool:
        return bool(self.outcome or self.modality or self.topic)


@dataclass(frozen=True, slots=True)
class Choices:
    """What findings can be narrowed down to: pairs of a value and what people read."""

    outcomes: tuple[tuple[str, str], ...]
    modalities: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]


def choices(findings: Iterable[Finding]) -> Choices:
    """Return what findings can be narrowed down to: only what occurs."""
    found = list(findings)
    worst_first = sorted(found, key=lambda f: (not f.is_gap, -f.precedence))
    strengths = sorted({f.modality for f in found}, key=["Must", "Should", "May"].index)
    return Choices(
        (
            (GAPS, "All gaps"),
            *dict.fromkeys((f.outcome, f.outcome_label) for f in worst_first),
        ),
        tuple((name, name.lower()) for name in strengths),
        tuple(sorted({(f.topic, f.topic_label) for f in found}, key=lambda pair: pair[1])),
    )


def narrow(findings: Iterable[Finding], wanted: Narrow) -> tuple[Finding, ...]:
    """Return the findings that are wanted, in their order.

    Raises:
        UnknownName: for an outcome, a strength or a topic that none of them has.
    """
    found = tuple(findings)
    known = choices(found)
    for word, value, offered in (
        ("outcome", wanted.outcome, known.outcomes),
        ("modality", wanted.modality, known.modalities),
        ("topic", wanted.topic, known.topics),
    ):
        names = [name for name, _ in offered]
        if value and value not in names:
            raise UnknownName(
                f'no finding here has the {word} "{value[:100]}"', nearest(value[:100], names)
            )
    return tuple(
        finding
        for finding in found
        if (
            not wanted.outcome
            or wanted.outcome in (finding.outcome, GAPS if finding.is_gap else "")
        )
        and (not wanted.modality or wanted.modality == finding.modality)
        and (not wanted.topic or wanted.topic == finding.topic)
    )
