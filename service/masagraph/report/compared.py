"""Areas by duties, as people read it: by topic, narrowed down, only what differs if wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from masagraph.assessment.findings import Finding
from masagraph.assessment.matrix import Matrix, Row
from masagraph.assessment.names import Area
from masagraph.assessment.view import Document
from masagraph.report.grouped import untested_reasons
from masagraph.report.narrowed import Choices, Narrow, choices, narrow

NOT_TESTED = "NotTested"
EVIDENCED = "Evidenced"
STRENGTHS = ("Must", "Should", "May")


@dataclass(frozen=True, slots=True)
class Column:
    """An area of a comparison.

    Attributes:
        area: the area.
        documents: what was read of it, oldest first.
        tested: how many of the duties that are compared were tested: the denominator.
        counts: how many of those have which outcome, by local name.
    """

    area: Area
    documents: tuple[Document, ...]
    tested: int = 0
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty, and its outcome in each area: local names, in the order of the columns."""

    duty: str
    label: str
    modality: str
    topic: str
    edition: str
    outcomes: tuple[str, ...]

    @property
    def tested(self) -> int:
        """In how many areas it was tested: the denominator."""
        return sum(outcome != NOT_TESTED for outcome in self.outcomes)

    @property
    def evidenced(self) -> int:
        """In how many areas it is evidenced."""
        return self.outcomes.count(EVIDENCED)

    @property
    def differs(self) -> bool:
        """Whether areas in which it was tested have different outcomes."""
        return len({outcome for outcome in self.outcomes if outcome != NOT_TESTED}) > 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Areas by duties.

    Attributes:
        columns: the areas with a document in view, by name.
        without: the areas that were asked for and have none: in no count.
        topics: the rows that are shown, by the name of their topic, musts first.
        rows: how many rows there are, those that do not differ too.
        shown: how many of them are shown.
        labels: the outcomes that occur in the rows, with what people read, by precedence.
        untested: duties that were tested in no area: their names and labels.
        reasons: why they were not, with how many for each.
        choices: what there is to narrow down to.
    """

    columns: tuple[Column, ...]
    without: tuple[Area, ...]
    topics: tuple[tuple[str, tuple[DutyRow, ...]], ...]
    rows: int
    shown: int
    labels: tuple[tuple[str, str], ...]
    untested: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, int], ...]
    choices: Choices


def compared(matrix: Matrix, wanted: Narrow, differ: bool) -> Compared:
    """Return a matrix as people read it.

    Args:
        matrix: the areas and duties.
        wanted: a strength or a topic, when not all are wanted; counts are then of those.
        differ: whether rows are left out in which all that was tested has one outcome.

    Raises:
        UnknownName: for a strength or a topic that no duty has.
    """
    all_rows = matrix.rows
    first = [row.first for row in all_rows]
    kept = {finding.duty for finding in narrow(first, wanted)} if first else set()
    rows = [row for row in all_rows if row.duty in kept]
    tested = sorted((row for row in rows if row.tested), key=_by_topic)
    untested = [row for row in rows if not row.tested]
    shown = [each for each in map(_duty_row, tested) if each.differs or not differ]
    return Compared(
        columns=tuple(
            Column(
                assessment.area,
                assessment.documents,
                *_counts(matrix, (row.findings[number] for row in tested)),
            )
            for number, assessment in enumerate(matrix.assessments)
        ),
        without=matrix.without_document,
        topics=tuple((topic, tuple(each)) for topic, each in groupby(shown, lambda r: r.topic)),
        rows=len(tested),
        shown=len(shown),
        labels=labels_of(matrix.outcomes, (f for row in tested for f in row.findings)),
        untested=tuple((row.duty, row.first.label) for row in untested),
        reasons=tuple(untested_reasons([row.first for row in untested]).items()),
        choices=choices(first),
    )


def labels_of(order: Sequence[str], findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """Return the outcomes that occur with what people read.

    Args:
        order: all outcomes, by precedence.
        findings: where to look.
    """
    labels = {finding.outcome: finding.outcome_label for finding in findings}
    return tuple((outcome, labels[outcome]) for outcome in order if outcome in labels)


def _by_topic(row: Row) -> tuple[str, int, str]:
    return row.first.topic_label, STRENGTHS.index(row.first.modality), row.duty


def _duty_row(row: Row) -> DutyRow:
    first = row.first
    return DutyRow(
        row.duty,
        first.label,
        first.modality,
        first.topic_label,
        first.source.edition,
        tuple(finding.outcome for finding in row.findings),
    )


def _counts(matrix: Matrix, findings: Iterable[Finding]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return how many findings of an area were tested, and how many have which outcome."""
    found = Counter(finding.outcome for finding in findings)
    counts = tuple((o, found[o]) for o in matrix.outcomes if o != NOT_TESTED and found[o])
    return sum(count for _, count in counts), counts
