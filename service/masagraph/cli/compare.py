"""``masagraph compare``."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
    RowFormat,
    StoreOption,
    date_or,
    opened,
    progress,
    put,
    say,
)
from masagraph.errors import BadValue
from masagraph.report.comparison import edition_table, matrix_table
from masagraph.report.csvfile import changes_csv, matrix_csv
from masagraph.report.terminal import stdout_console


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
        RowFormat, typer.Option("--format", help="Form of the table.")
    ] = RowFormat.table,
    store: StoreOption = None,
    data: DataOption = None,
) -> None:  # fmt: skip
    """Set areas side by side; or tell what a change of edition alters, for which area and why.

    Example: masagraph compare sefton warwickshire --edition wt2023

    Example: masagraph compare --from wt2018 --to wt2023 sefton
    """
    if (from_edition is None) != (to_edition is None):
        raise BadValue("--from and --to go together", "Give both, or neither.")
    if from_edition is not None and edition is not None:
        raise BadValue("--edition does not go with --from and --to", "Leave one of them out.")
    source = opened(store, data)
    day = date_or(as_at, source.data_date)
    wanted = areas or []
    if from_edition is not None and to_edition is not None:
        with progress() as tell:
            across = compare_editions(source, wanted, (from_edition, to_edition), day, tell)
        _show_across(across, output)
        return
    with progress() as tell:
        found = compare(source, wanted, edition, day, tell)
    if output is RowFormat.json:
        values = compare_as_json(source, found, wanted)
        put(json.dumps(values, indent=2, ensure_ascii=False))
    elif output is RowFormat.csv:
        if found.remark:
            say(found.remark)
        put(matrix_csv(found))
    else:
        known = None if wanted else len(list_areas(source.store))
        stdout_console().print(matrix_table(found, known))


def _show_across(found: Sequence[AcrossEditions], output: RowFormat) -> None:
    if output is RowFormat.json:
        put(json.dumps([each.as_json() for each in found], indent=2, ensure_ascii=False))
    elif output is RowFormat.csv:
        put(changes_csv(found))
    else:
        console = stdout_console()
        for number, each in enumerate(found):
            if number:
                console.rule()
            console.print(edition_table(each))
