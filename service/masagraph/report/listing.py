"""Areas, duties, lines and outcomes as CSV, with the values as they are.

:func:`masagraph.report.csvfile.csv_for_excel` makes them safe for a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.duties import Duty
from masagraph.assessment.duty_outcomes import DutyOutcomes
from masagraph.assessment.lines import Line
from masagraph.assessment.names import Area
from masagraph.report.csvfile import to_csv


def areas_csv(areas: Iterable[Area], data_version: str) -> str:
    """Write areas as CSV."""
    head = ("area", "name", "gss", "has_document", "iri", "arrangement", "data_version")
    rows = (
        (
            area.slug,
            area.label,
            area.gss,
            _truth(area.has_document),
            area.iri,
            area.arrangement or "",
            data_version,
        )
        for area in areas
    )
    return to_csv(head, rows, guarded=False)


def lines_csv(found: Accountability, lines: Sequence[Line]) -> str:
    """Write lines of an area as CSV, one row a line.

    Args:
        found: the accountability of the area.
        lines: which of its lines.
    """
    head = ("area", "gss", "as_at", "data_version", "from", "from_iri", "kind", "to", "to_iri",
            "how_often", "remark", "document", "section", "words", "line")  # fmt: skip
    rows = (
        (
            found.area.slug,
            found.area.gss,
            found.as_at.isoformat(),
            found.data_version,
            line.start.name,
            line.start.iri,
            line.kind,
            line.end.name,
            line.end.iri,
            line.how_often or "",
            line.remark or "",
            line.document,
            " | ".join(dict.fromkeys(words.section for words in line.words)),
            " | ".join(words.exact for words in line.words),
            line.line,
        )
        for line in lines
    )
    return to_csv(head, rows, guarded=False)


def duties_csv(duties: Iterable[Duty], data_version: str) -> str:
    """Write duties as CSV, one row a duty."""
    head = ("duty", "label", "edition", "modality", "deontic", "severity", "topic", "commencement",
            "has_test", "locator", "locator_status", "content_basis", "legal_basis", "definition",
            "iri", "data_version")  # fmt: skip
    rows = (
        (
            duty.duty,
            duty.label,
            duty.source.edition,
            duty.modality,
            duty.deontic,
            duty.severity,
            duty.topic,
            duty.commencement,
            _truth(duty.has_test),
            duty.source.locator,
            duty.source.locator_status,
            duty.source.content_basis,
            duty.source.legal_basis,
            duty.definition,
            duty.iri,
            data_version,
        )
        for duty in duties
    )
    return to_csv(head, rows, guarded=False)


def outcomes_csv(duty: Duty, found: DutyOutcomes, data_version: str) -> str:
    """Write what a duty comes to as CSV, one row an area with a document in view."""
    head = ("duty", "label", "edition", "modality", "as_at", "data_version", "area", "name", "gss",
            "documents", "outcome", "outcome_label")  # fmt: skip
    rows = (
        (
            duty.duty,
            duty.label,
            duty.source.edition,
            duty.modality,
            found.as_at.isoformat(),
            data_version,
            each.area,
            each.name,
            each.gss,
            "; ".join(each.documents),
            each.outcome,
            each.outcome_label,
        )
        for each in found.found
    )
    return to_csv(head, rows, guarded=False)


def _truth(value: bool) -> str:
    return "true" if value else "false"
