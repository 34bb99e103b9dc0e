"""``masagraph check``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masagraph.assessment.assess import assess
from masagraph.assessment.check import areas_of_draft, with_draft
from masagraph.assessment.names import choose_editions
from masagraph.assessment.uploaded import Drafted
from masagraph.cli.area import told_faults
from masagraph.cli.context import (
    AsAtOption,
    EditionOption,
    ExcelOption,
    OutputOption,
    StoreOption,
    check_output,
    date_or,
    opened,
    say,
)
from masagraph.cli.gap_output import ReportFormat, show_reports
from masagraph.dataset.draft import read_draft
from masagraph.errors import BadValue
from masagraph.resources import find_resources
from masagraph.store.protocol import Store

if TYPE_CHECKING:
    from masagraph.authoring.imported import Imported


def check_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="A draft: a workbook, or Turtle, TriG or JSON-LD."),
    ],
    edition: EditionOption = None,
    as_at: AsAtOption = None,
    output: Annotated[
        ReportFormat, typer.Option("--format", help="Form of the report.")
    ] = ReportFormat.table,
    out: OutputOption = None,
    excel: ExcelOption = False,
    text: Annotated[
        list[Path] | None,
        typer.Option("--text", metavar="FILE", show_default=False,
                     help="The text that was read: each phrase must stand in it."),
    ] = None,
    store: StoreOption = None,
) -> None:  # fmt: skip
    """Assess a draft arrangement, before it is published. Nothing of it is stored or sent.

    Documents already held of the area are left out: the draft is judged by what it says.
    A workbook is asked the duties of its own edition, unless you choose another; one for
    several areas is told area by area.

    Example: masagraph check kent.xlsx

    Example: masagraph check arrangement.ttl page.ttl --edition wt2023
    """
    # Imported when needed, as what reads workbooks would make all commands start later.
    from masagraph.authoring.checked import is_workbook, with_proposals

    check_output(output, out, excel)
    source = opened(store)
    given, imported = _read(files, text or [], source.store)
    draft = with_draft(source.store, given.files, find_resources())
    areas, newest = areas_of_draft(draft, given.files, several=is_workbook(files[0]))
    day = date_or(as_at, max(given.as_at or source.data_date, newest))
    chosen = choose_editions(draft, edition or given.edition, day)
    version = f"{source.data_version} and a draft"
    made = [assess(draft, area, chosen, day, version) for area in areas]
    if imported is not None:
        made = [with_proposals(each, imported) for each in made]
    say("A draft: nothing of it was stored.")
    drafted = replace(source, store=draft, data_version=version, published=False)
    show_reports(made, output, True, drafted, True, out, excel)


def _read(files: list[Path], texts: list[Path], store: Store) -> tuple[Drafted, Imported | None]:
    """Read a draft: one workbook, or RDF files.

    Returns:
        its files; and the workbook, if it is one.

    Raises:
        BadValue: for a workbook beside other files, one with cells that cannot be taken, or a
            text without a workbook.
        DataError: for a file that cannot be read.
    """
    from masagraph.authoring.checked import draft_of, is_workbook, read_texts, read_workbook_file
    from masagraph.authoring.imported import FaultyWorkbook
    from masagraph.authoring.told import tell

    if not any(is_workbook(path) for path in files):
        if texts:
            raise BadValue("--text goes with a workbook", "Leave it out, or check a workbook.")
        return Drafted(read_draft(files)), None
    if len(files) > 1:
        raise BadValue(
            "a workbook is checked alone", "Check one workbook, or one or more RDF files."
        )
    (path,) = files
    try:
        imported, draft = draft_of(
            read_workbook_file(path), str(path), store, find_resources(), read_texts(texts)
        )
    except FaultyWorkbook as error:
        raise told_faults(error, path, "Nothing was checked.") from error
    say(tell(imported).rstrip())
    return Drafted(draft, imported.scope.edition, imported.scope.as_at), imported
