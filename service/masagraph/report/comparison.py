"""Areas side by side, and what a change of edition alters, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from masagraph.assessment.across_editions import AcrossEditions, ChangedOutcome
from masagraph.assessment.findings import Finding
from masagraph.assessment.matrix import Matrix, Row
from masagraph.report.grouped import untested_reasons
from masagraph.report.terminal import NO_BREAK, mark
from masagraph.report.words import CAVEAT, day

WIDEST = 8
"""With more areas than this the table shows counts only: a column an area would not fit."""


def matrix_table(matrix: Matrix, areas_known: int | None) -> Group:
    """Return areas by duties, with counts and denominators.

    Args:
        matrix: the areas and duties.
        areas_known: how many areas there are, when all were asked for.
    """
    labels = {
        finding.outcome: finding.outcome_label for row in matrix.rows for finding in row.findings
    }
    shown = [outcome for outcome in matrix.outcomes if outcome in labels]
    parts: list[RenderableType] = [
        Text(f"Edition {matrix.edition}, as at {day(matrix.as_at)} (data {matrix.data_version})"),
        Text(_held(matrix, areas_known)),
    ]
    if matrix.remark:
        parts.append(Text(matrix.remark, style="dim"))
    if matrix.assessments:
        parts += [Text(""), Text(_columns(matrix), style="bold"), Text("")]
        parts += [_rows(matrix, [o for o in shown if o != "NotTested"]), Text("")]
        parts.append(Text(_untested(matrix)))
        key = (f"{mark(outcome)} {labels[outcome]}".replace(" ", NO_BREAK) for outcome in shown)
        parts.append(Text(" · ".join(key)))
    parts.append(
        Text(
            "Areas hold documents of different kind, age and extent: counts are no ranking. "
            + CAVEAT,
            style="dim",
        )
    )
    return Group(*parts)


def _held(matrix: Matrix, areas_known: int | None) -> str:
    held = len(matrix.assessments)
    if areas_known is not None:
        return (
            f"{held} areas with a document; {areas_known - held} of {areas_known} areas have none "
            "and are left out."
        )
    names = ", ".join(area.label for area in matrix.without_document)
    return f"{held} areas with a document." + (
        f" No document in view, so in no count: {names}." if names else ""
    )


def _rows(matrix: Matrix, outcomes: Sequence[str]) -> Table:
    wide = len(matrix.assessments) > WIDEST
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column("Duty", overflow="fold")
    if not wide:
        for number in range(len(matrix.assessments)):
            table.add_column(str(number + 1), justify="center")
    table.add_column("Tested" if wide else "✓ of", justify="right", no_wrap=True)
    if wide:
        for outcome in outcomes:
            table.add_column(mark(outcome), justify="right")
    for row in matrix.rows:
        if not row.tested:
            continue
        cells = [Text(row.first.modality.lower())]
        cells.append(Text.assemble(row.first.label, (f"\n{row.duty}", "dim")))
        if not wide:
            cells += [Text(mark(finding.outcome)) for finding in row.findings]
        cells.append(Text(_share(row, wide)))
        if wide:
            cells += [Text(str(row.counts.get(outcome, ""))) for outcome in outcomes]
        table.add_row(*cells)
    return table


def _untested(matrix: Matrix) -> str:
    untested = [row for row in matrix.rows if not row.tested]
    reasons = untested_reasons([row.first for row in untested])
    parts = (f"{count}: {reason.rstrip('.')}" for reason, count in reasons.items())
    return f"Duties tested in no area: {len(untested)}. {'. '.join(parts)}".rstrip(". ") + ".\n"


def _columns(matrix: Matrix) -> str:
    """Say which area stands in which numbered column."""
    if len(matrix.assessments) > WIDEST:
        return "Counts of areas; the CSV and JSON forms have a column an area."
    names = (f"{n} {a.area.label}" for n, a in enumerate(matrix.assessments, 1))
    return " · ".join(name.replace(" ", NO_BREAK) for name in names)


def _share(row: Row, wide: bool) -> str:
    """The denominator; beside marks also how many of it are evidenced."""
    if wide or not row.tested:
        return str(row.tested)
    return f"{row.counts.get('Evidenced', 0)}/{row.tested}"


def edition_table(across: AcrossEditions) -> Group:
    """Return what a change of edition alters for one area, what is altered first."""
    before, after = across.before, across.after
    parts: list[RenderableType] = [
        Text.assemble(
            (across.area.label, "bold"),
            f": from {before.edition} to {after.edition}, as at {day(after.as_at)}",
            (f"  (data {after.data_version})", "dim"),
        )
    ]
    if after.remark:
        parts.append(Text(after.remark, style="dim"))
    if not after.documents:
        parts.append(Text("No document is in view on that date, so nothing was tested."))
        return Group(*parts)
    altered = [outcome for outcome in across.outcomes if outcome.altered]
    same = [outcome for outcome in across.outcomes if not outcome.altered]
    parts += [
        Text(f"{len(altered)} of {len(across.outcomes)} changes alter what is shown."),
        Text(""),
        _changes(altered),
        Text(""),
        Text(f"As before: {', '.join(_name(outcome) for outcome in same) or 'none'}.", style="dim"),
        Text(CAVEAT, style="dim"),
    ]
    return Group(*parts)


def _name(outcome: ChangedOutcome) -> str:
    return outcome.change.newer or outcome.change.older or ""


def _changes(outcomes: Sequence[ChangedOutcome]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("Change", no_wrap=True)
    table.add_column("Before", ratio=4, overflow="fold")
    table.add_column("After", ratio=4, overflow="fold")
    table.add_column("Why", ratio=5)
    for outcome in outcomes:
        change = outcome.change
        why, before = change.why, _side(outcome.before)
        if outcome.before and outcome.after and change.carries:
            why += f" {carried_words(outcome)}"
        elif outcome.before and outcome.after:
            before = Text.assemble("related only\n", before)
        table.add_row(change.label, before, _side(outcome.after), Text(why))
    return table


def _side(finding: Finding | None) -> Text:
    if finding is None:
        return Text("not a duty", style="dim")
    return Text.assemble(
        f"{mark(finding.outcome)} {finding.outcome_label}", (f"\n{finding.duty}", "dim")
    )


def carried_words(outcome: ChangedOutcome) -> str:
    """Say whether the words behind the older finding stand behind the newer one too."""
    if outcome.carried:
        return f"Words that stand behind both: {outcome.carried}."
    return "No words stand behind both."
