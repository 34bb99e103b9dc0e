"""``masagraph assess``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from masagraph.assessment.assess import assess
from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import Area, ChosenEditions, choose_editions, find_area, list_areas
from masagraph.cli.context import (
    AsAtOption,
    DataOption,
    StoreOption,
    date_or,
    opened,
    progress,
    put,
    say,
)
from masagraph.questions.seats import seats
from masagraph.report.csvfile import assessments_csv
from masagraph.report.gap_report import assessment_table, summary_table
from masagraph.report.terminal import stdout_console
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened


class Format(StrEnum):
    """Formats of a gap report."""

    table = "table"
    json = "json"
    csv = "csv"
    turtle = "turtle"


class FailOn(StrEnum):
    """From which severity a gap makes the command fail."""

    violation = "violation"
    warning = "warning"


_FAILS = {FailOn.violation: {"Violation"}, FailOn.warning: {"Violation", "Warning"}}


def assess_command(
    areas: Annotated[
        list[str] | None,
        typer.Argument(metavar="[AREA]...", help="Short names or GSS codes. Default: all.",
                       show_default=False),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(metavar="ID", help="An edition such as wt2023, or in-force.",
                     show_default=False),
    ] = None,
    as_at: AsAtOption = None,
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Read only this document; may be repeated.",
                     show_default=False),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="Form of the report.")] = Format.table,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit 1 when a gap is at least this severe.",
                     show_default=False),
    ] = None,
    store: StoreOption = None,
    data: DataOption = None,
) -> None:  # fmt: skip
    """Report the gaps of areas against an edition of the guidance.

    Example: masagraph assess warwickshire --edition wt2023
    """
    source = opened(store, data)
    day = date_or(as_at, source.data_date)
    known = list_areas(source.store)
    chosen = choose_editions(source.store, edition, day)
    wanted = [find_area(known, name) for name in areas or ()]
    if not wanted:
        wanted = [area for area in known if area.has_document]
    made = _assess_all(source, wanted, chosen, as_at, document)
    if not areas:
        made = [assessment for assessment in made if assessment.documents]
        if output is not Format.table:
            say(
                f"{len(known) - len(made)} of {len(known)} areas have no document and are left out."
            )
    if output is Format.table and not areas:
        if chosen.remark:
            say(chosen.remark)
        if not made:
            put(f"No area has a document in view on {day}; {len(known)} areas are known.")
        else:
            stdout_console().print(summary_table(made, len(known)))
    else:
        if chosen.remark and output in (Format.csv, Format.turtle):  # the others hold it
            say(chosen.remark)
        _show(made, output, bool(areas), source, seats_too=not document)
    if fail_on is not None and any(
        finding.is_gap and finding.severity in _FAILS[fail_on]
        for assessment in made
        for finding in assessment.findings
    ):
        raise typer.Exit(1)


def _assess_all(
    source: Opened,
    wanted: Sequence[Area],
    chosen: ChosenEditions,
    as_at: str | None,
    documents: list[str] | None,
) -> list[Assessment]:
    day = date_or(as_at, source.data_date)
    made = []
    with progress() as tell:
        for number, area in enumerate(wanted):
            tell(f"assessing {area.label}", number, len(wanted))
            made.append(
                assess(source.store, area, chosen, day, source.data_version, documents or None)
            )
    return made


def _show(
    made: Sequence[Assessment],
    output: Format,
    named: bool,
    source: Opened,
    seats_too: bool,
) -> None:
    if output is Format.json:
        values = [assessment.as_json() for assessment in made]
        one = named and len(values) == 1
        put(json.dumps(values[0] if one else values, indent=2, ensure_ascii=False))
    elif output is Format.csv:
        put(assessments_csv(made))
    elif output is Format.turtle:
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
