"""What a change of edition alters, areas side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.assessment.across_editions import AcrossEditions, ChangedOutcome, EditionChange
from masagraph.assessment.findings import Finding
from masagraph.assessment.names import Area
from masagraph.report.compared import NOT_TESTED, Column, labels_of
from masagraph.report.narrowed import Choices, Narrow, choices, narrow


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """What a change alters in one area.

    Attributes:
        before: local name of the outcome of the older duty; empty where it is none.
        after: the same of the newer.
        altered: whether they differ, or only one of the editions has the duty.
        carried: how many phrases stand behind both.
    """

    before: str
    after: str
    altered: bool
    carried: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of duties, and what it alters in each area, in the order of the columns.

    Attributes:
        change: what the newer edition did to the duty.
        older: label of the older duty, if any.
        newer: label of the newer, if any.
        modality: strength of the newer duty, else of the older.
        cells: one an area.
    """

    change: EditionChange
    older: str
    newer: str
    modality: str
    cells: tuple[ChangeCell, ...]

    @property
    def altered(self) -> int:
        """In how many areas it alters what is shown."""
        return sum(cell.altered for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of edition alters, areas side by side.

    Attributes:
        columns: the areas with a document in view, by name.
        without: the areas that were asked for and have none: in no count.
        kinds: the rows that are shown, by the name of the kind of change.
        rows: how many rows there are, those that alter nothing too.
        shown: how many of them are shown.
        altered: how many of the rows alter what is shown of an area, in the order of the columns.
        elsewhere: changes that touch no duty that was tested in an area, before or after.
        labels: the outcomes that occur, with what people read, by precedence.
        choices: what there is to narrow down to.
        remark: a line on the newer edition, if any.
    """

    columns: tuple[Column, ...]
    without: tuple[Area, ...]
    kinds: tuple[tuple[str, tuple[ChangeRow, ...]], ...]
    rows: int
    shown: int
    altered: tuple[int, ...]
    elsewhere: int
    labels: tuple[tuple[str, str], ...]
    choices: Choices
    remark: str


def changed(across: Sequence[AcrossEditions], wanted: Narrow, differ: bool) -> Changed:
    """Put what a change of edition alters side by side.

    Args:
        across: the areas; the same changes, in the same order, in each.
        wanted: a strength or a topic, when not all are wanted.
        differ: whether rows are left out that alter nothing in any area.

    Raises:
        UnknownName: for a strength or a topic that no duty has.
    """
    held = sorted((a for a in across if a.after.documents), key=lambda a: a.area.label)
    without = sorted((a.area for a in across if not a.after.documents), key=lambda a: a.label)
    first = [f for a in held[:1] for outcome in a.outcomes if (f := _about(outcome))]
    kept = {finding.duty for finding in narrow(first, wanted)} if first else set()
    touched = [
        outcomes
        for outcomes in zip(*(a.outcomes for a in held), strict=True)
        if (about := _about(outcomes[0])) and about.duty in kept
    ]
    rows = [_row(outcomes) for outcomes in touched if any(map(_tested, outcomes))]
    shown = [row for row in rows if row.altered or not differ]
    by_kind: dict[str, list[ChangeRow]] = {}
    for row in shown:
        by_kind.setdefault(row.change.label, []).append(row)
    sides = [s for outcomes in touched for o in outcomes for s in (o.before, o.after) if s]
    return Changed(
        columns=tuple(Column(a.area, a.after.documents) for a in held),
        without=tuple(without),
        kinds=tuple((kind, tuple(each)) for kind, each in by_kind.items()),
        rows=len(rows),
        shown=len(shown),
        altered=tuple(sum(row.cells[n].altered for row in rows) for n in range(len(held))),
        elsewhere=len(touched) - len(rows),
        labels=labels_of(across[0].after.outcomes, sides) if across else (),
        choices=choices(first),
        remark=across[0].after.remark if across else "",
    )


def _about(outcome: ChangedOutcome) -> Finding | None:
    return outcome.after or outcome.before


def _tested(outcome: ChangedOutcome) -> bool:
    return any(s and s.outcome != NOT_TESTED for s in (outcome.before, outcome.after))


def _row(outcomes: Sequence[ChangedOutcome]) -> ChangeRow:
    first = outcomes[0]
    about = _about(first)
    return ChangeRow(
        first.change,
        first.before.label if first.before else "",
        first.after.label if first.after else "",
        about.modality if about else "",
        tuple(
            ChangeCell(
                each.before.outcome if each.before else "",
                each.after.outcome if each.after else "",
                each.altered,
                each.carried,
            )
            for each in outcomes
        ),
    )
