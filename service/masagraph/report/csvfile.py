"""CSV that a spreadsheet can open safely."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from masagraph.assessment.across_editions import AcrossEditions
from masagraph.assessment.findings import Assessment
from masagraph.assessment.matrix import Matrix

FINDING_COLUMNS = (
    "area", "area_name", "gss", "edition", "as_at", "data_version", "documents", "duty", "label",
    "modality", "severity", "topic", "outcome", "outcome_label", "description", "fault",
    "would_close", "question_to_ask", "locator", "locator_status", "words",
)  # fmt: skip
CHANGE_COLUMNS = (
    "area", "gss", "as_at", "data_version", "change", "from_duty", "from_outcome", "to_duty",
    "to_outcome", "altered", "statements_carried", "why", "modality", "from_label", "to_label",
)  # fmt: skip
_LONGEST = 2**31 - 1
_Quoting = Literal[0, 1]
"""``csv.QUOTE_MINIMAL`` or ``csv.QUOTE_ALL``."""


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV, for programs: every value as it is.

    Args:
        columns: the names of the columns.
        rows: the cells.
    """
    return _written(columns, rows, csv.QUOTE_MINIMAL)


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]], quoting: _Quoting) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=quoting)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def csv_for_excel(text: str) -> bytes:
    """Make CSV safe and readable for Excel and Power BI.

    With a byte-order mark, by which they know UTF-8, with line ends of their kind, with
    an apostrophe before every cell that would be read as a formula, and with every cell in
    quotation marks: a spreadsheet may take a semicolon, too, for the end of a cell.

    Args:
        text: CSV with a first line of column names.
    """
    csv.field_size_limit(_LONGEST)  # by default a cell of 131,072 characters is an error
    columns, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    guarded = ([_guard(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + _written(columns, guarded, csv.QUOTE_ALL).encode()


_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def _guard(cell: str) -> str:
    """Put an apostrophe before what would be read as a formula; a number is none."""
    formula = cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def assessments_csv(assessments: Iterable[Assessment]) -> str:
    """Write findings as CSV, one row an area and duty."""
    rows = (row for each in assessments for row in finding_rows(each))
    return to_csv(FINDING_COLUMNS, rows)


def finding_rows(assessment: Assessment) -> Iterable[tuple[str, ...]]:
    """Yield a row a duty, with the columns :data:`FINDING_COLUMNS`."""
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
            finding.question_to_ask or "",
            finding.source.locator,
            finding.source.locator_status,
            " | ".join(words.exact for words in finding.rests_on),
        )


def matrix_csv(matrix: Matrix) -> str:
    """Write a matrix as CSV, one row a duty, one column an area, then counts.

    The column of an area is headed by its GSS code and short name; ``tested`` is the
    denominator.
    """
    areas = [f"{a.area.gss} {a.area.slug}" for a in matrix.assessments]
    head = ("edition", "as_at", "data_version", "duty", "label", "modality", "topic")
    rows = (
        (
            row.first.source.edition,
            matrix.as_at.isoformat(),
            matrix.data_version,
            row.duty,
            row.first.label,
            row.first.modality,
            row.first.topic,
            *(finding.outcome for finding in row.findings),
            str(row.tested),
            *(str(row.counts.get(outcome, 0)) for outcome in matrix.outcomes),
        )
        for row in matrix.rows
    )
    return to_csv((*head, *areas, "tested", *matrix.outcomes), rows)


def areas_of_matrix_csv(matrix: Matrix) -> str:
    """Write one row an area of a matrix: what was read of it, and its counts, as they are.

    ``tested`` is the denominator.
    """
    head = ("area", "name", "gss", "edition", "as_at", "data_version", "documents", "titles",
            "tested")  # fmt: skip
    rows = (
        (
            made.area.slug,
            made.area.label,
            made.area.gss,
            matrix.edition,
            matrix.as_at.isoformat(),
            matrix.data_version,
            "; ".join(document.id for document in made.documents),
            "; ".join(document.title for document in made.documents),
            str(made.tested),
            *(str(made.counts[outcome]) for outcome in matrix.outcomes),
        )
        for made in matrix.assessments
    )
    return to_csv((*head, *matrix.outcomes), rows)


def areas_of_changes_csv(across: Iterable[AcrossEditions]) -> str:
    """Write one row an area: what was read of it, and how many changes alter what is shown."""
    head = ("area", "name", "gss", "from_edition", "to_edition", "as_at", "data_version",
            "documents", "titles", "altered", "changes")  # fmt: skip
    rows = (
        (
            each.area.slug,
            each.area.label,
            each.area.gss,
            each.before.edition,
            each.after.edition,
            each.after.as_at.isoformat(),
            each.after.data_version,
            "; ".join(document.id for document in each.after.documents),
            "; ".join(document.title for document in each.after.documents),
            str(sum(outcome.altered for outcome in each.outcomes)),
            str(len(each.outcomes)),
        )
        for each in across
    )
    return to_csv(head, rows)


def changes_csv(across: Iterable[AcrossEditions]) -> str:
    """Write what a change of edition alters as CSV, one row an area and change."""
    return to_csv(CHANGE_COLUMNS, change_rows(across))


def change_rows(across: Iterable[AcrossEditions]) -> Iterable[tuple[str, ...]]:
    """Yield a row an area and change, with the columns :data:`CHANGE_COLUMNS`."""
    return (
        (
            each.area.slug,
            each.area.gss,
            each.after.as_at.isoformat(),
            each.after.data_version,
            outcome.change.kind,
            outcome.change.older or "",
            outcome.before.outcome if outcome.before else "",
            outcome.change.newer or "",
            outcome.after.outcome if outcome.after else "",
            "true" if outcome.altered else "false",
            str(outcome.carried),
            outcome.change.why,
            about.modality if (about := outcome.after or outcome.before) else "",
            outcome.before.label if outcome.before else "",
            outcome.after.label if outcome.after else "",
        )
        for each in across
        for outcome in each.outcomes
    )
