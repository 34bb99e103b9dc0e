"""Many areas against one edition: a matrix of findings, with counts and denominators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from masagraph.assessment.findings import Assessment, Finding
from masagraph.assessment.names import Area


@dataclass(frozen=True, slots=True)
class Row:
    """One duty across areas.

    Attributes:
        duty: its name.
        findings: one finding an area, in the order of the matrix.
    """

    duty: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Any finding: what it says of the duty itself is the same in all."""
        return self.findings[0]

    @property
    def tested(self) -> int:
        """In how many areas the duty was tested: the denominator of its counts."""
        return sum(finding.outcome != "NotTested" for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many areas have each outcome that occurs, by local name."""
        return dict(Counter(finding.outcome for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Areas and duties of one edition on one date.

    Attributes:
        edition: the id of the edition chosen.
        remark: a line on the edition, if any.
        as_at: the date.
        data_version: the version of the data.
        assessments: one for each area with a document in view, by the name of the area.
        without_document: areas of the question with no document in view: in no count.
        outcomes: local names of all outcomes, in the order of precedence.
    """

    edition: str
    remark: str
    as_at: date
    data_version: str
    assessments: tuple[Assessment, ...]
    without_document: tuple[Area, ...]
    outcomes: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        """One row a duty, by topic, musts first."""
        by_duty: dict[str, list[Finding]] = {}
        for assessment in self.assessments:
            for finding in assessment.findings:
                by_duty.setdefault(finding.duty, []).append(finding)
        rows = [Row(duty, tuple(findings)) for duty, findings in by_duty.items()]
        return sorted(rows, key=lambda r: (r.first.topic, r.first.modality != "Must", r.duty))

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``compare --format json`` and the HTTP API give."""
        slugs = [assessment.area.slug for assessment in self.assessments]
        return {
            "edition": self.edition,
            "edition_remark": self.remark or None,
            "as_at": self.as_at.isoformat(),
            "data_version": self.data_version,
            "areas": [
                {
                    "area": assessment.area.slug,
                    "name": assessment.area.label,
                    "gss": assessment.area.gss,
                    "documents": [document.id for document in assessment.documents],
                    "tested": assessment.tested,
                    "counts": assessment.counts,
                }
                for assessment in self.assessments
            ],
            "without_document": [area.slug for area in self.without_document],
            "outcomes": list(self.outcomes),
            "duties": [
                {
                    "duty": row.duty,
                    "label": row.first.label,
                    "modality": row.first.modality,
                    "severity": row.first.severity,
                    "topic": row.first.topic,
                    "tested": row.tested,
                    "counts": row.counts,
                    "areas": {
                        slug: finding.outcome
                        for slug, finding in zip(slugs, row.findings, strict=True)
                    },
                }
                for row in self.rows
            ],
        }


def matrix(assessments: Sequence[Assessment]) -> Matrix:
    """Put assessments of one edition and date side by side.

    Args:
        assessments: at least one; those without a document are told apart.
    """
    first = assessments[0]
    held = sorted((a for a in assessments if a.documents), key=lambda a: a.area.label)
    without = sorted((a.area for a in assessments if not a.documents), key=lambda a: a.label)
    return Matrix(
        first.edition,
        first.remark,
        first.as_at,
        first.data_version,
        tuple(held),
        tuple(without),
        first.outcomes,
    )
