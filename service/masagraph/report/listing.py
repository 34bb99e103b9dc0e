"""Lists of areas, duties, lines, seats and outcomes: the same columns in CSV and in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.duties import Duty
from masagraph.assessment.duty_outcomes import DutyOutcomes
from masagraph.assessment.lines import Line
from masagraph.assessment.names import Area
from masagraph.report.csvfile import to_csv


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a table, with the values as they are.

    Attributes:
        columns: the names of the columns.
        rows: the cells.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        """Return it as CSV; :func:`csv_for_excel` makes that safe for a spreadsheet."""
        return to_csv(self.columns, self.rows)


def areas_listing(areas: Iterable[Area], data_version: str) -> Listing:
    """Return one row an area."""
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
    return Listing(head, tuple(rows))


def lines_listing(found: Accountability, lines: Sequence[Line]) -> Listing:
    """Return one row a line.

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
    return Listing(head, tuple(rows))


def duties_listing(duties: Iterable[Duty], data_version: str) -> Listing:
    """Return one row a duty."""
    head = ("duty", "label", "edition", "modality", "deontic", "severity", "topic", "commencement",
            "has_test", "locator", "locator_status", "content_basis", "legal_basis", "definition",
            "question_to_ask", "iri", "data_version")  # fmt: skip
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
            duty.question_to_ask or "",
            duty.iri,
            data_version,
        )
        for duty in duties
    )
    return Listing(head, tuple(rows))


def outcomes_listing(duty: Duty, found: DutyOutcomes, data_version: str) -> Listing:
    """Return what a duty comes to, one row an area with a document in view."""
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
    return Listing(head, tuple(rows))


def _truth(value: bool) -> str:
    return "true" if value else "false"
