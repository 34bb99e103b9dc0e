"""One finding in full, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from masagraph.assessment.corrections import Correction
from masagraph.assessment.findings import Assessment, Finding, Words
from masagraph.assessment.history import Step
from masagraph.report.terminal import mark
from masagraph.report.words import CAVEAT, basis, day, described, locator, standing

CORRECT = (
    "If this is wrong: docs/corrections.md tells how to say so. Name the document and the words."
)


def finding_text(
    assessment: Assessment,
    finding: Finding,
    elsewhere: Mapping[str, int] | None = None,
    corrected: Sequence[Correction] = (),
) -> Group:
    """Return one finding in full.

    Args:
        assessment: the assessment it is of.
        finding: the finding.
        elsewhere: numbers of arrangements by outcome, this one among them.
        corrected: what was said to be wrong of it, and decided, the newest first.
    """
    source = finding.source
    place = locator(source.locator, source.locator_status)
    rows = [
        ("Duty", f"{finding.label} [{finding.duty}]"),
        ("It asks", f"{finding.definition} ({finding.modality.lower()})"),
        ("Source", f"{source.edition_label}, {place}; known {basis(source.content_basis)}"),
        ("Looked for", finding.looked_for),
        ("Outcome", f"{mark(finding.outcome)} {finding.outcome_label}"),
        ("As at", day(assessment.as_at)),
        ("Why", finding.description),
    ]
    rows += [("Read", described(document)) for document in assessment.documents]
    found = (*finding.rests_on, *finding.also_found)
    rows += [("These differ", _words_line(words)) for words in found if words.disputed]
    rows += [("Rests on", _words_line(w)) for w in finding.rests_on if not w.disputed]
    rows += [("Also found", _words_line(w)) for w in finding.also_found if not w.disputed]
    rows += [
        ("Fault", f"{fault.message} [{fault.name}]{_values(fault.values)}")
        for fault in finding.faults
    ]
    rows += [("Note", f"{note.message}{_values(note.values)}") for note in finding.notes]
    if finding.would_close:
        rows.append(("Would close it", finding.would_close))
    if finding.question_to_ask:
        rows.append(("Question to ask", finding.question_to_ask))
    if finding.shape:
        rows.append(("Shape", f"shape:{finding.shape}"))
    if elsewhere:
        told = ", ".join(f"{label} {count}" for label, count in elsewhere.items())
        rows.append(("All areas", f"{told} (of {sum(elsewhere.values())} arrangements tested)"))
    rows += [("Corrections", _correction(each, assessment.area.iri)) for each in corrected]
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
        Text(CORRECT, style="dim"),
        Text(f"Data {assessment.data_version}", style="dim"),
    )


def history_text(
    assessment: Assessment,
    finding: Finding,
    told: Sequence[Step],
    corrected: Sequence[Correction] = (),
) -> Group:
    """Return how one outcome changed over the dates, oldest first; then what was corrected.

    Days on which something happened and the finding stayed as it was are told in one line.

    Args:
        assessment: the assessment it is of.
        finding: the finding.
        told: the days, each with the finding from then on.
        corrected: what was said to be wrong of it, and decided, the newest first.
    """
    head = Text.assemble(
        (assessment.area.label, "bold"),
        f": {finding.label} [{finding.duty}], to {day(assessment.as_at)}",
    )
    if not told:
        return Group(head, Text("No document is held by that date, so nothing was tested."))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("From", no_wrap=True)
    table.add_column("Outcome", ratio=3)
    table.add_column("What happened on that day", ratio=5)
    for step in told:
        events = Text("\n").join(Text(event) for event in step.day.events)
        found = step.finding
        outcome = (
            Text.assemble(
                f"{mark(found.outcome)} {found.outcome_label}",
                *(("\n" + fault.message, "dim") for fault in found.faults),
            )
            if step.changed
            else Text("as before", style="dim")
        )
        table.add_row(day(step.day.date), outcome, events)
    return Group(
        head,
        Text("Between these days nothing that is in view changes."),
        Text(""),
        table,
        Text(""),
        Text("Corrections, newest first:" if corrected else "Corrections: none recorded yet."),
        *(Text(f"  {_correction(each, assessment.area.iri)}") for each in corrected),
        Text(""),
        Text(CAVEAT, style="dim"),
        Text(f"Data {assessment.data_version}", style="dim"),
    )


def _correction(it: Correction, area: str) -> str:
    shown = f" In data of {day(it.in_data_from)} and later." if it.in_data_from else ""
    of = f" of {it.area_name}, which shares this" if it.area not in ("", area) else ""
    return (
        f"received {day(it.received)}, {it.standing} {day(it.decided)}. Said{of}: {it.claimed} "
        f"Changed: {it.changed} Why: {it.why}{shown}"
    )


def _words_line(words: Words) -> str:
    reviewed = "" if words.reviewed else "; not yet checked by a second reader"
    part = "" if words.wholly else ", in part"
    said = f"{standing(words.standing)}{part}{reviewed}"
    return f"“{words.exact}” {words.document}, {words.section} ({said})"


def _values(values: Sequence[str]) -> str:
    return f" ({'; '.join(values)})" if values else ""
