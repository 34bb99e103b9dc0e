"""``masagraph compare``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from masagraph.assessment.across_editions import AcrossEditions
from masagraph.assessment.comparing import compare, compare_as_json, compare_editions
from masagraph.assessment.names import list_areas
from masagraph.cli.context import (
    AreasArgument,
    AsAtOption,
    DataOption,
    EditionOption,
    EndpointOption,
    ExcelOption,
    MatrixFormat,
    OutputOption,
    StoreOption,
    check_output,
    csv_for,
    date_or,
    deliver,
    opened,
    place,
    progress,
    say,
)
from masagraph.cli.paper import PAPER, changed, compared
from masagraph.errors import BadValue
from masagraph.report.comparison import edition_table, matrix_table
from masagraph.report.csvfile import changes_csv, matrix_csv
from masagraph.report.terminal import stdout_console
from masagraph.report.workbook_areas import areas_workbook
from masagraph.report.workbook_lists import changes_workbook
from masagraph.store.opened import Opened


def compare_command(
    areas: AreasArgument = None,
    edition: EditionOption = None,
    from_edition: Annotated[
        str | None,
        typer.Option("--from", metavar="ID", help="The edition before, with --to.",
                     show_default=False),
    ] = None,
    to_edition: Annotated[
        str | None,
        typer.Option("--to", metavar="ID", help="The edition after, with --from.",
                     show_default=False),
    ] = None,
    as_at: AsAtOption = None,
    output: Annotated[
        MatrixFormat, typer.Option("--format", help="Form of the table.")
    ] = MatrixFormat.table,
    file: OutputOption = None,
    excel: ExcelOption = False,
    store: StoreOption = None,
    data: DataOption = None,
    endpoint: EndpointOption = None,
) -> None:  # fmt: skip
    """Set areas side by side; or tell what a change of edition alters, for which area and why.

    Example: masagraph compare sefton warwickshire --edition wt2023

    Example: masagraph compare --from wt2018 --to wt2023 sefton
    """
    check_output(output, file, excel)
    if (from_edition is None) != (to_edition is None):
        raise BadValue("--from and --to go together", "Give both, or neither.")
    if from_edition is not None and edition is not None:
        raise BadValue("--edition does not go with --from and --to", "Leave one of them out.")
    source = opened(store, data, endpoint)
    day = date_or(as_at, source.data_date)
    wanted = areas or []
    if from_edition is not None and to_edition is not None:
        with progress() as tell:
            across = compare_editions(source, wanted, (from_edition, to_edition), day, tell)
        _show_across(source, across, output, file, excel)
        return
    with progress() as tell:
        found = compare(source, wanted, edition, day, tell)
    if output is MatrixFormat.json:
        values = compare_as_json(source, found, wanted)
        deliver(json.dumps(values, indent=2, ensure_ascii=False) + "\n", file)
    elif output is MatrixFormat.csv:
        if found.remark:
            say(found.remark)
        deliver(csv_for(matrix_csv(found), excel), file)
    elif output is MatrixFormat.xlsx:
        deliver(areas_workbook(source, found, place()).content, file)
    elif output.value in PAPER:
        known = None if wanted else len(list_areas(source.store))
        deliver(compared(source, found, known, output), file)
    else:
        known = None if wanted else len(list_areas(source.store))
        stdout_console().print(matrix_table(found, known))


def _show_across(
    source: Opened,
    found: Sequence[AcrossEditions],
    output: MatrixFormat,
    file: Path | None,
    excel: bool,
) -> None:
    if output is MatrixFormat.json:
        text = json.dumps([each.as_json() for each in found], indent=2, ensure_ascii=False)
        deliver(f"{text}\n", file)
    elif output is MatrixFormat.csv:
        deliver(csv_for(changes_csv(found), excel), file)
    elif output is MatrixFormat.xlsx:
        deliver(changes_workbook(source, place(), found).content, file)
    elif output.value in PAPER:
        deliver(changed(source, found, output), file)
    else:
        console = stdout_console()
        for number, each in enumerate(found):
            if number:
                console.rule()
            console.print(edition_table(each))
