"""Findings as the parts of a page: gaps first, what is shown, what was not tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from masagraph.assessment.findings import Finding
from masagraph.report.grouped import by_outcome, by_topic, untested_reasons
from masagraph.report.narrowed import choices


def in_parts(findings: Sequence[Finding], kept: Sequence[Finding]) -> dict[str, Any]:
    """Return what the template of findings is given.

    Args:
        findings: all findings of an assessment, for its denominators.
        kept: those to be shown.
    """
    tested = [finding for finding in kept if finding.outcome != "NotTested"]
    untested = [finding for finding in kept if finding.outcome == "NotTested"]
    return {
        "whole": (len(findings), sum(f.outcome != "NotTested" for f in findings)),
        "narrowed": len(tested),
        "counts": by_outcome(tested),
        "strengths": _strengths(findings, tested),
        "unread": not any(words.reviewed for f in kept for words in (*f.rests_on, *f.also_found)),
        "parts_of_page": [
            ("gaps", "Gaps", by_topic([f for f in tested if f.is_gap])),
            (
                "shown",
                "What is shown, or does not apply",
                by_topic([f for f in tested if not f.is_gap]),
            ),
        ],
        "untested": untested,
        "reasons": untested_reasons(untested),
    }


def _strengths(findings: Iterable[Finding], counted: Sequence[Finding]) -> dict[str, int]:
    """Return how many of the findings counted have each strength that occurs, musts first."""
    counts = Counter(finding.modality for finding in counted)
    return {name: counts[name] for name, _ in choices(findings).modalities}
