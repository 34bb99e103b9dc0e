"""Areas by duties for paper: one table for so many areas as fit across a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from masagraph.assessment.matrix import Matrix, Row
from masagraph.report.grouped import untested_reasons
from masagraph.report.pdf import make_pdf
from masagraph.report.terminal import mark
from masagraph.report.words import CAVEAT, day

ABREAST = 12
"""Areas across one page."""

WORDED = 6
"""With so many areas, or fewer, each cell has room for the name of the outcome too."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The outcome of a duty in an area: its sign, local name and name."""

    mark: str
    outcome: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A duty with its outcomes.

    Attributes:
        strength: must, should or may.
        label: the name of the duty.
        cells: its outcome in each area of the part.
        evidenced: in how many of all areas it is evidenced.
        tested: in how many of all areas it was tested: the denominator.
    """

    strength: str
    label: str
    cells: tuple[Cell, ...]
    evidenced: int
    tested: int


@dataclass(frozen=True, slots=True)
class Part:
    """So many areas as stand side by side, with all duties by topic.

    Attributes:
        areas: the name of each area, and how much was read of it.
        topics: the name of each topic, with its duties.
    """

    areas: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class PrintedMatrix:
    """A matrix in printed words.

    Attributes:
        against: the editions by their names.
        remark: a line on the edition; empty for none.
        as_at: the date in words.
        data_version: the version of the data.
        held: how many areas are compared, and which have no document.
        legend: each outcome that occurs.
        worded: whether cells tell the name of the outcome too.
        parts: the tables, one after the other.
        untested: how many duties were tested in no area, and why.
        caveat: what counts are not.
    """

    against: str
    remark: str
    as_at: str
    data_version: str
    held: str
    legend: tuple[Cell, ...]
    worded: bool
    parts: tuple[Part, ...]
    untested: str
    caveat: str = "Areas hold documents of different kind, age and extent: no ranking. " + CAVEAT

    @property
    def title(self) -> str:
        """What stands on top."""
        return f"Areas compared against {self.against}"


def matrix_in_words(matrix: Matrix, areas_known: int | None) -> PrintedMatrix:
    """Return a matrix in printed words.

    Args:
        matrix: the matrix.
        areas_known: how many areas there are, when all were asked for.
    """
    rows = [row for row in matrix.rows if row.tested]
    found = {f.outcome: f.outcome_label for row in rows for f in row.findings}
    editions = dict.fromkeys(
        finding.source.edition_label for made in matrix.assessments for finding in made.findings
    )
    many = len(matrix.assessments)
    starts = range(0, many, ABREAST) if many > WORDED else range(min(many, 1))
    return PrintedMatrix(
        against=", ".join(editions) or matrix.edition,
        remark=matrix.remark,
        as_at=day(matrix.as_at),
        data_version=matrix.data_version,
        held=_held(matrix, areas_known),
        legend=tuple(_cell(o, found[o]) for o in matrix.outcomes if o in found),
        worded=many <= WORDED,
        parts=tuple(_part(matrix, rows, at) for at in starts),
        untested=_untested([row for row in matrix.rows if not row.tested]),
    )


def matrix_pdf(printed: PrintedMatrix, data_date: date) -> bytes:
    """Return a matrix as a PDF.

    Args:
        printed: the matrix.
        data_date: the date of the data, which is that of the PDF.

    Raises:
        PdfError: when it cannot be made.
    """
    return make_pdf(
        "matrix",
        {
            "title": f"{printed.title}, as at {printed.as_at}",
            "date": [data_date.year, data_date.month, data_date.day],
            "foot": f"Data {printed.data_version}. A gap in a document is not a gap in protection.",
            "matrix": {**asdict(printed), "title": printed.title},
        },
    )


def _cell(outcome: str, label: str) -> Cell:
    return Cell(mark(outcome), outcome, label)


def _held(matrix: Matrix, areas_known: int | None) -> str:
    held = len(matrix.assessments)
    text = f"{held} area{'s' if held != 1 else ''} with a document."
    if areas_known is not None:
        return f"{text} {areas_known - held} of {areas_known} areas have none and are left out."
    names = ", ".join(area.label for area in matrix.without_document)
    return text + (f" No document in view, so in no count: {names}." if names else "")


def _part(matrix: Matrix, rows: Iterable[Row], start: int) -> Part:
    areas = matrix.assessments[start : start + ABREAST]
    lines = [(row.first.topic_label, _line(row, start)) for row in rows]
    return Part(
        tuple((made.area.label, _read(len(made.documents))) for made in areas),
        tuple(
            (topic, tuple(line for _, line in same))
            for topic, same in groupby(lines, key=lambda pair: pair[0])
        ),
    )


def _read(documents: int) -> str:
    return f"{documents} document{'s' if documents != 1 else ''}"


def _line(row: Row, start: int) -> Line:
    return Line(
        row.first.modality.lower(),
        row.first.label,
        tuple(_cell(f.outcome, f.outcome_label) for f in row.findings[start : start + ABREAST]),
        row.counts.get("Evidenced", 0),
        row.tested,
    )


def _untested(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    reasons = untested_reasons([row.first for row in rows])
    parts = (f"{count}: {reason.rstrip('.')}" for reason, count in reasons.items())
    return f"Duties tested in no area: {len(rows)}. {'. '.join(parts)}."
