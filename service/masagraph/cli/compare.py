"""``masagraph compare``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from masagraph.assessment.across_editions import AcrossEditions, across_editions, edition_changes
from masagraph.assessment.matrix import Matrix, matrix
from masagraph.assessment.names import (
    Area,
    Edition,
    choose_editions,
    find_area,
    list_areas,
)
from masagraph.cli.assessing import assess_each
from masagraph.cli.context import (
    AreasArgument,
    AsAtOption,
    DataOption,
    EditionOption,
    RowFormat,
    StoreOption,
    date_or,
    opened,
    put,
    say,
)
from masagraph.errors import BadValue
from masagraph.report.comparison import edition_table, matrix_table
from masagraph.report.csvfile import changes_csv, matrix_csv
from masagraph.report.terminal import stdout_console
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
    known = list_areas(source.store)
    wanted = [find_area(known, name) for name in dict.fromkeys(areas or ())]
    wanted = wanted or [area for area in known if area.has_document]
    if from_edition is not None and to_edition is not None:
        _across(source, wanted, (from_edition, to_edition), as_at, output)
        return
    day = date_or(as_at, source.data_date)
    chosen = choose_editions(source.store, edition, day)
    found = matrix(assess_each(source, wanted, chosen, day))
    _show_matrix(found, output, None if areas else len(known))


def _show_matrix(found: Matrix, output: RowFormat, known: int | None) -> None:
    if output is RowFormat.json:
        values = found.as_json()
        if known is not None:
            values["areas_known"] = known
        put(json.dumps(values, indent=2, ensure_ascii=False))
    elif output is RowFormat.csv:
        if found.remark:
            say(found.remark)
        put(matrix_csv(found))
    else:
        stdout_console().print(matrix_table(found, known))


def _across(
    source: Opened,
    wanted: Sequence[Area],
    names: tuple[str, str],
    as_at: str | None,
    output: RowFormat,
) -> None:
    day = date_or(as_at, source.data_date)
    before, after = (choose_editions(source.store, name, day) for name in names)
    pair: list[Edition] = [*before.editions, *after.editions]
    if len(pair) != len(names):
        raise BadValue("--from and --to take one edition each", "Name it, such as wt2018.")
    changes = edition_changes(source.store, *pair)
    found: list[AcrossEditions] = [
        across_editions(was, now, changes)
        for was, now in zip(
            assess_each(source, wanted, before, day),
            assess_each(source, wanted, after, day),
            strict=True,
        )
    ]
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
