"""Gap reports in each of the forms that a command gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from masagraph.assessment.findings import Assessment
from masagraph.assessment.matrix import matrix
from masagraph.cli.context import csv_for, deliver, place, say
from masagraph.cli.paper import PAPER, packs
from masagraph.errors import BadValue
from masagraph.questions.seats import seats
from masagraph.report.csvfile import assessments_csv
from masagraph.report.gap_report import assessment_table
from masagraph.report.terminal import stdout_console
from masagraph.report.workbook_areas import areas_workbook
from masagraph.report.workbook_words import NOWHERE
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened


class ReportFormat(StrEnum):
    """Formats of a gap report."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    turtle = "turtle"
    html = "html"
    pdf = "pdf"


def show_reports(
    made: Sequence[Assessment],
    output: ReportFormat,
    named: bool,
    source: Opened,
    seats_too: bool,
    file: Path | None = None,
    excel: bool = False,
) -> None:
    """Write gap reports to a file or to standard output.

    Args:
        made: the assessments.
        output: the form.
        named: whether areas were named: JSON of one named area is no list.
        source: the open store.
        seats_too: whether who leads is told of all documents in view, and not of a choice.
        file: where to write; None for standard output.
        excel: whether CSV is made ready for Excel.
    """
    if output is ReportFormat.json:
        values = [assessment.as_json() for assessment in made]
        one = named and len(values) == 1
        text = json.dumps(values[0] if one else values, indent=2, ensure_ascii=False)
        deliver(f"{text}\n", file)
    elif output is ReportFormat.csv:
        deliver(csv_for(assessments_csv(made), excel), file)
    elif output is ReportFormat.xlsx:
        if not made:
            raise BadValue("no area has a document in view", "Name an area, or a later date.")
        where = place() if source.published else NOWHERE
        book = areas_workbook(source, matrix(made), where, chosen=not seats_too)
        deliver(book.content, file)
        if book.cut:
            say("The workbook was cut at a limit: its first sheet says where.")
    elif output.value in PAPER:
        deliver(packs(source, made, output), file)
    elif output is ReportFormat.turtle:
        triples = [triple for assessment in made for triple in assessment.triples]
        deliver(serialize_triples(triples, "turtle"), file)
    else:
        console = stdout_console()
        for number, assessment in enumerate(made):
            if number:
                console.rule()
            # The table of seats is of all documents in view, so not beside a choice of them.
            shown = seats(source, assessment.area.slug, assessment.as_at) if seats_too else None
            console.print(assessment_table(assessment, shown))
