"""The gap report of one area, and the summary of several, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from masagraph.assessment.findings import Assessment, Finding, Words
from masagraph.questions.answers import Answered
from masagraph.report.grouped import Group as Findings
from masagraph.report.grouped import by_outcome, untested_reasons
from masagraph.report.terminal import NO_BREAK, mark
from masagraph.report.words import CAVEAT, day, described
from masagraph.store.protocol import text_of

SHOWN = 3
"""How many phrases of a finding a table shows; explain shows all."""


def assessment_table(assessment: Assessment, seats: Answered | None) -> Group:
    """Return the gap report of one area.

    Args:
        assessment: the assessment.
        seats: the answer to who leads and who is delegated, shown on top when given.
    """
    parts: list[RenderableType] = [_head(assessment)]
    if assessment.remark:
        parts.append(Text(assessment.remark, style="dim"))
    parts += [_documents(assessment), Text("")]
    if not assessment.documents:
        return Group(*parts)
    if seats is not None and seats.rows:
        parts += [Text("Who leads, as these documents say", style="bold"), _seats(seats), Text("")]
    parts += [_counts(assessment), Text("")]
    groups = by_outcome(assessment.findings)
    for group in groups:
        if group.outcome != "NotTested":
            parts += [_findings(group, assessment.tested), Text("")]
    parts.append(_untested(assessment))
    parts.append(Text(CAVEAT, style="dim"))
    parts.append(
        Text(f"More of one finding: masagraph explain {assessment.area.slug} DUTY", style="dim")
    )
    return Group(*parts)


def _head(assessment: Assessment) -> Text:
    editions = sorted({finding.source.edition_label for finding in assessment.findings})
    return Text.assemble(
        (assessment.area.label, "bold"),
        f" against {', '.join(editions)}, as at {day(assessment.as_at)}",
        (f"  (data {assessment.data_version})", "dim"),
    )


def _documents(assessment: Assessment) -> RenderableType:
    if not assessment.documents:
        return Text(
            "No document is held that describes these arrangements on that date, so nothing was "
            f"tested: all {len(assessment.findings)} duties are listed as not tested. "
            "That says nothing about the area."
        )
    lines = Table.grid(padding=(0, 1))
    lines.add_column(no_wrap=True)
    lines.add_column()
    for document in assessment.documents:
        lines.add_row("Read:", Text(described(document)))
    return lines


def _seats(seats: Answered) -> Table:
    """One row a partner: its lead and its delegate."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("Partner", "Lead", "Delegate"):
        table.add_column(heading, overflow="fold")
    partners: dict[str, dict[str, list[str]]] = {}
    for row in seats.rows:
        cell = {name: text_of(term) for name, term in zip(seats.columns, row, strict=True)}
        where = f", {cell['organisation']}" if cell["organisation"] else ""
        status = "" if cell["holder"] == "named" else f" ({cell['holder']})"
        side = "delegate" if cell["role"].startswith("delegated") else "lead"
        inferred = " (role inferred)" if cell["mapping"].startswith("inferred") else ""
        into = partners.setdefault(cell["partner"], {"lead": [], "delegate": []})[side]
        into.append(f"{cell['post']}{where}{status}{inferred}".strip())
    for partner, sides in partners.items():
        table.add_row(partner, *("\n".join(sides[s]) or "not shown" for s in ("lead", "delegate")))
    return table


def _counts(assessment: Assessment) -> Text:
    text = Text(f"{assessment.tested} duties tested of {len(assessment.findings)}: ", style="bold")
    parts = [
        f"{mark(group.outcome)} {group.label} {len(group.findings)}".replace(" ", NO_BREAK)
        for group in by_outcome(assessment.findings)
        if group.outcome != "NotTested"
    ]
    return text.append(" · ".join(parts), style="not bold")


def _findings(group: Findings, tested: int) -> Table:
    title = f"{mark(group.outcome)} {group.label} ({len(group.findings)} of {tested} tested)"
    table = Table(
        title=Text(title, style="bold"),
        title_justify="left",
        box=None,
        padding=(0, 2, 0, 0),
        header_style="dim",
        expand=True,
    )
    wordless = not any(finding.rests_on for finding in group.findings)
    table.add_column("", width=6, no_wrap=True)
    table.add_column("Duty", ratio=5)
    table.add_column("What would close it" if wordless else "Words relied on", ratio=6)
    for finding in group.findings:
        duty = Text.assemble(finding.label, (f"\n{finding.duty}", "dim"))
        table.add_row(finding.modality.lower(), duty, _support(finding, wordless))
    return table


def _support(finding: Finding, wordless: bool) -> Text:
    if wordless:
        return _notes(Text(finding.would_close or ""), finding)
    text = Text("\n").join(_quote(words) for words in finding.rests_on[:SHOWN])
    more = len(finding.rests_on) - SHOWN
    if more > 0:
        text.append(f"\nand {more} more", style="dim")
    for fault in finding.faults:
        if fault.values:
            text.append(f"\n! {fault.message} ({'; '.join(fault.values)})", style="italic")
    return _notes(text, finding)


def _notes(text: Text, finding: Finding) -> Text:
    for note in finding.notes:
        text.append(f"\nNote: {note.message}", style="italic")
    return text


def _quote(words: Words) -> Text:
    differs = "≠ " if words.disputed else ""
    return Text.assemble(f"{differs}“{words.exact}”", (f" {words.section}", "dim"))


def _untested(assessment: Assessment) -> Text:
    reasons = untested_reasons(assessment.findings)
    if not reasons:
        return Text("")
    parts = [f"{count}: {reason.rstrip('.')}" for reason, count in reasons.items()]
    return Text(f"Not tested: {sum(reasons.values())}. " + ". ".join(parts) + ".\n")


def summary_table(assessments: Sequence[Assessment], areas: int) -> Group:
    """Return one row an area with the counts of its outcomes, and how many areas have none."""
    first = assessments[0]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Area")
    table.add_column("Tested", justify="right")
    every = [finding for assessment in assessments for finding in assessment.findings]
    labels = {
        group.outcome: group.label for group in by_outcome(every) if group.outcome != "NotTested"
    }
    for outcome in labels:
        table.add_column(mark(outcome), justify="right")
    for assessment in sorted(assessments, key=lambda a: a.area.label):
        counts = assessment.counts
        table.add_row(
            assessment.area.label,
            str(assessment.tested),
            *(str(counts.get(outcome, 0)) for outcome in labels),
        )
    key = " · ".join(f"{mark(outcome)} {label}" for outcome, label in labels.items())
    held = len(assessments)
    return Group(
        Text(f"Edition {first.edition}, as at {day(first.as_at)} (data {first.data_version})"),
        Text(
            f"{held} areas with a document; {areas - held} of {areas} areas have none "
            "and are left out."
        ),
        Text(""),
        table,
        Text(""),
        Text(key),
        Text(
            "Areas hold documents of different kind, age and extent: counts are no ranking. "
            + CAVEAT,
            style="dim",
        ),
    )
