"""Gap reports in each of the forms that a command gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from masagraph.assessment.findings import Assessment
from masagraph.cli.context import put
from masagraph.questions.seats import seats
from masagraph.report.csvfile import assessments_csv
from masagraph.report.gap_report import assessment_table
from masagraph.report.terminal import stdout_console
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened


class ReportFormat(StrEnum):
    """Formats of a gap report."""

    table = "table"
    json = "json"
    csv = "csv"
    turtle = "turtle"


def show_reports(
    made: Sequence[Assessment],
    output: ReportFormat,
    named: bool,
    source: Opened,
    seats_too: bool,
) -> None:
    """Write gap reports to standard output.

    Args:
        made: the assessments.
        output: the form.
        named: whether areas were named: JSON of one named area is no list.
        source: the open store.
        seats_too: whether the table of who leads is shown.
    """
    if output is ReportFormat.json:
        values = [assessment.as_json() for assessment in made]
        one = named and len(values) == 1
        put(json.dumps(values[0] if one else values, indent=2, ensure_ascii=False))
    elif output is ReportFormat.csv:
        put(assessments_csv(made))
    elif output is ReportFormat.turtle:
        triples = [triple for assessment in made for triple in assessment.triples]
        put(serialize_triples(triples, "turtle"))
    else:
        console = stdout_console()
        for number, assessment in enumerate(made):
            if number:
                console.rule()
            # The table of seats is of all documents in view, so not beside a choice of them.
            shown = seats(source, assessment.area.slug, assessment.as_at) if seats_too else None
            console.print(assessment_table(assessment, shown))
