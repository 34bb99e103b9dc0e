"""Tables for a terminal, readable in a hundred columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from masagraph.assessment.findings import Assessment, Finding, Words
from masagraph.assessment.view import Document
from masagraph.questions.answers import Answered
from masagraph.report.grouped import Group as Findings
from masagraph.report.grouped import by_outcome, untested_reasons
from masagraph.report.words import CAVEAT, dated, day, extent, locator, standing
from masagraph.store.protocol import Term, text_of
from masagraph.vocab import BASE, curie

WIDTH = 100
SHOWN = 3
"""How many phrases of a finding a table shows; explain shows all."""

NO_BREAK = "\u00a0"
_MARKS = {
    "Evidenced": "✓",
    "PartlyEvidenced": "◐",
    "Promised": "…",
    "OnlyRestated": "≈",
    "NotFoundInTextHeld": "?",
    "Missing": "✗",
    "OutOfDate": "†",
    "SourcesDiffer": "≠",
    "StatedNotInPlace": "✗",
    "DoesNotApply": "–",
    "NotTested": "·",
}


def mark(outcome: str) -> str:
    """Return the sign of an outcome: shape, not only colour, tells outcomes apart."""
    return _MARKS.get(outcome, "·")


def assessment_table(assessment: Assessment, seats: Answered | None, remark: str = "") -> Group:
    """Return the gap report of one area.

    Args:
        assessment: the assessment.
        seats: the answer to who leads and who is delegated, shown on top when given.
        remark: a line about the edition.
    """
    parts: list[RenderableType] = [_head(assessment)]
    if remark:
        parts.append(Text(remark, style="dim"))
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
        lines.add_row("Read:", Text(_document(document)))
    return lines


def _document(document: Document) -> str:
    return f"{document.title} [{document.id}], {extent(document)}; {dated(document)}"


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
        into.append(f"{cell['post']}{where}{status}{inferred}")
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
        return Text(finding.would_close or "")
    text = Text("\n").join(_quote(words) for words in finding.rests_on[:SHOWN])
    more = len(finding.rests_on) - SHOWN
    if more > 0:
        text.append(f"\nand {more} more", style="dim")
    for fault in finding.faults:
        if fault.values:
            text.append(f"\n! {fault.message} ({'; '.join(fault.values)})", style="italic")
    for note in finding.notes:
        text.append(f"\nNote: {note.message}", style="italic")
    return text


def _quote(words: Words) -> Text:
    return Text.assemble(f"“{words.exact}”", (f" {words.section}", "dim"))


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


def finding_text(assessment: Assessment, finding: Finding) -> Group:
    """Return one finding in full."""
    source = finding.source
    basis = {
        "TextSeen": "from the text itself",
        "Reproduction": "from texts that reproduce it",
        "Recalled": "recalled, not seen in a source",
    }
    place = locator(source.locator, source.locator_status)
    rows = [
        ("Duty", f"{finding.label} [{finding.duty}]"),
        ("It asks", f"{finding.definition} ({finding.modality.lower()})"),
        ("Source", f"{source.edition_label}, {place}; known {basis[source.content_basis]}"),
        ("Looked for", finding.looked_for),
        ("Outcome", f"{mark(finding.outcome)} {finding.outcome_label}"),
        ("As at", day(assessment.as_at)),
        ("Why", finding.description),
    ]
    rows += [("Read", _document(document)) for document in assessment.documents]
    rows += [("Rests on", _words_line(words)) for words in finding.rests_on]
    rows += [("Also found", _words_line(words)) for words in finding.also_found]
    rows += [
        ("Fault", f"{fault.message} [{fault.name}]{_values(fault.values)}")
        for fault in finding.faults
    ]
    rows += [("Note", f"{note.message}{_values(note.values)}") for note in finding.notes]
    if finding.would_close:
        rows.append(("Would close it", finding.would_close))
    if finding.shape:
        rows.append(("Shape", f"shape:{finding.shape}"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    previous = ""
    for label, value in rows:
        grid.add_row("" if label == previous else label, Text(value))
        previous = label
    return Group(
        Text(assessment.area.label, style="bold"),
        Padding(grid, (0, 0, 1, 0)),
        Text(CAVEAT, style="dim"),
        Text(f"Data {assessment.data_version}", style="dim"),
    )


def _words_line(words: Words) -> str:
    reviewed = "" if words.reviewed else "; not yet checked by a second reader"
    part = "" if words.wholly else ", in part"
    said = f"{standing(words.standing)}{part}{reviewed}"
    return f"“{words.exact}” {words.document}, {words.section} ({said})"


def _values(values: Sequence[str]) -> str:
    return f": {'; '.join(values)}" if values else ""


def rows_table(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> RenderableType:
    """Return rows as a table or, when they are too wide for one, as a block a row.

    IRIs are shortened.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns:
        table.add_column(name.replace("_", " "))
    for row in rows:
        table.add_row(*(Text(_cell(term)) for term in row))
    console = Console(width=WIDTH)
    if Measurement.get(console, console.options.update(width=10 * WIDTH), table).minimum <= WIDTH:
        return table
    blocks: list[RenderableType] = []
    for row in rows:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, term in zip(columns, row, strict=True):
            if term is not None:
                grid.add_row(name.replace("_", " "), Text(_cell(term)))
        blocks.append(Padding(grid, (0, 0, 1, 0)))
    return Group(*blocks)


def _readable(answered: Answered) -> tuple[list[str], list[list[Term | None]], list[str]]:
    """Return the columns and rows worth showing, and a line for each that is always the same.

    An IRI whose name stands in the column ``…_name`` beside it is left out.
    """
    keep, same = [], []
    for index, name in enumerate(answered.columns):
        values = {row[index] for row in answered.rows}
        if f"{name}_name" in answered.columns:
            continue
        if len(values) == 1 and len(answered.rows) > 1:
            value = _cell(next(iter(values)))
            same += [f"{name.replace('_', ' ')}: {value}"] if value else []
        else:
            keep.append(index)
    columns = [answered.columns[index] for index in keep]
    return columns, [[row[index] for index in keep] for row in answered.rows], same


def _cell(term: Term | None) -> str:
    text = text_of(term)
    if text in ("true", "false"):
        return "yes" if text == "true" else "no"
    return curie(text) if text.startswith(BASE) else text


def answer_table(answered: Answered) -> Group:
    """Return the answer to a stored question."""
    asked = ", ".join(f"{name} {curie(value)}" for name, value in answered.parameters.items())
    columns, rows, same = _readable(answered)
    parts: list[RenderableType] = [
        Text(answered.question.question, style="bold"),
        Text(f"{asked or 'all'}; data {answered.data_version}", style="dim"),
        Text("; ".join(same)),
        rows_table(columns, rows)
        if rows
        else Text("No rows: the documents held say nothing of it."),
    ]
    if answered.truncated:
        parts.append(Text(f"Cut after {len(answered.rows)} rows.", style="bold"))
    if answered.question.note:
        parts += [Text(""), Text(answered.question.note, style="dim")]
    return Group(*parts)


def stdout_console() -> Console:
    """Return a console for standard output, never wider than a hundred columns."""
    console = Console(highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console
