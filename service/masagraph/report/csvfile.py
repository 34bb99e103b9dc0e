"""CSV that a spreadsheet can open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from masagraph.assessment.findings import Assessment

_COLUMNS = (
    "area", "area_name", "gss", "edition", "as_at", "data_version", "documents", "duty", "label",
    "modality", "severity", "topic", "outcome", "outcome_label", "description", "fault",
    "would_close", "locator", "locator_status", "words",
)  # fmt: skip


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV.

    A cell that a spreadsheet would read as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guard(cell) for cell in row] for row in rows)
    return out.getvalue()


def _guard(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def assessments_csv(assessments: Iterable[Assessment]) -> str:
    """Write findings as CSV, one row an area and duty."""
    return to_csv(_COLUMNS, (row for each in assessments for row in _rows(each)))


def _rows(assessment: Assessment) -> Iterable[tuple[str, ...]]:
    area = assessment.area
    documents = "; ".join(document.id for document in assessment.documents)
    for finding in assessment.findings:
        yield (
            area.slug,
            area.label,
            area.gss,
            finding.source.edition,
            assessment.as_at.isoformat(),
            assessment.data_version,
            documents,
            finding.duty,
            finding.label,
            finding.modality,
            finding.severity,
            finding.topic,
            finding.outcome,
            finding.outcome_label,
            finding.description,
            finding.fault or "",
            finding.would_close or "",
            finding.source.locator,
            finding.source.locator_status,
            " | ".join(words.exact for words in finding.rests_on),
        )
