"""``masagraph assess``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from masagraph.assessment.assess import assess
from masagraph.assessment.engines import EngineName, engine_of
from masagraph.assessment.findings import Assessment
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.names import (
    Area,
    ChosenEditions,
    choose_editions,
    find_area,
    list_areas,
)
from masagraph.cli.context import (
    AreasArgument,
    AsAtOption,
    DataOption,
    EditionOption,
    EndpointOption,
    ExcelOption,
    OutputOption,
    StoreOption,
    check_output,
    date_or,
    opened,
    progress,
    put,
    say,
)
from masagraph.cli.gap_output import ReportFormat, show_reports
from masagraph.cli.paper import PAPER
from masagraph.errors import BadValue
from masagraph.report.gap_report import summary_table
from masagraph.report.terminal import stdout_console
from masagraph.store.opened import Opened


class FailOn(StrEnum):
    """From which severity a gap makes the command fail."""

    violation = "violation"
    warning = "warning"


_FAILS = {FailOn.violation: {"Violation"}, FailOn.warning: {"Violation", "Warning"}}


def assess_command(
    areas: AreasArgument = None,
    edition: EditionOption = None,
    as_at: AsAtOption = None,
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Read only this document; may be repeated.",
                     show_default=False),
    ] = None,
    output: Annotated[
        ReportFormat, typer.Option("--format", help="Form of the report.")
    ] = ReportFormat.table,
    engine: Annotated[
        EngineName | None,
        typer.Option(help="Test now, with this engine; without it what the build found is read.",
                     show_default=False),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit 1 when a gap is at least this severe.",
                     show_default=False),
    ] = None,
    file: OutputOption = None,
    excel: ExcelOption = False,
    store: StoreOption = None,
    data: DataOption = None,
    endpoint: EndpointOption = None,
) -> None:  # fmt: skip
    """Report the gaps of areas against an edition of the guidance.

    Example: masagraph assess warwickshire --edition wt2023

    Example: masagraph assess --format xlsx --output areas.xlsx

    Example: masagraph assess sefton --format pdf --output pack.pdf
    """
    check_output(output, file, excel)
    if document and output.value in PAPER:
        raise BadValue(
            "a pack tells of all documents in view", "Leave --document out, or take --format json."
        )
    source = opened(store, data, endpoint)
    day = date_or(as_at, source.data_date)
    known = list_areas(source.store)
    chosen = choose_editions(source.store, edition, day)
    wanted = [find_area(known, name) for name in areas or ()]
    if not wanted:
        wanted = [area for area in known if area.has_document]
    made = _each(source, wanted, chosen, day, document or None, output, engine)
    if not areas:
        made = [assessment for assessment in made if assessment.documents]
        if output is not ReportFormat.table:
            say(
                f"{len(known) - len(made)} of {len(known)} areas have no document and are left out."
            )
    if output is ReportFormat.table and not areas:
        if chosen.remark:
            say(chosen.remark)
        if not made:
            put(f"No area has a document in view on {day}; {len(known)} areas are known.")
        else:
            stdout_console().print(summary_table(made, len(known)))
    else:
        if chosen.remark and output in (
            ReportFormat.csv,
            ReportFormat.turtle,
        ):  # the others hold it
            say(chosen.remark)
        show_reports(made, output, bool(areas), source, not document, file, excel)
    if fail_on is not None and any(
        finding.is_gap and finding.severity in _FAILS[fail_on]
        for assessment in made
        for finding in assessment.findings
    ):
        raise typer.Exit(1)


def _each(
    source: Opened,
    wanted: Sequence[Area],
    chosen: ChosenEditions,
    day: date,
    documents: Sequence[str] | None,
    output: ReportFormat,
    engine: EngineName | None,
) -> list[Assessment]:
    """Assess areas, and show how many are done."""
    # What is stored for another day names that day; its triples are made anew.
    anew = output is ReportFormat.turtle or engine is not None
    runs = engine_of(engine) if engine else None
    made = []
    with progress() as tell:
        for number, area in enumerate(wanted):
            tell(f"assessing {area.label}", number, len(wanted))
            asked = (source.store, area, chosen, day, source.data_version, documents)
            made.append(assess(*asked, runs) if anew else assess_by_held(*asked))
    return made
