"""``masagraph area``: a workbook for an area, and from a workbook to data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masagraph.assessment.check import with_draft
from masagraph.assessment.names import find_area, list_areas
from masagraph.cli.context import (
    AsAtOption,
    DataOption,
    EditionOption,
    StoreOption,
    check_output,
    date_or,
    deliver,
    opened,
    put,
    say,
)
from masagraph.dataset.files import RdfFile, read_folder
from masagraph.errors import BadValue, Place
from masagraph.resources import find_resources

if TYPE_CHECKING:
    from masagraph.authoring.imported import FaultyWorkbook

# What reads and writes workbooks and documents is imported when needed: all other commands would
# start later for it.

MOST_FAULTS = 50
"""Cells that are told of one workbook."""

area_app = typer.Typer(
    help="Write down an arrangement in a workbook, and take a workbook into data.",
    no_args_is_help=True,
)


ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Write anew a workbook or a text that is there.")
]


@area_app.command("template")
def template_command(
    area: Annotated[
        list[str],
        typer.Option("--area", metavar="AREA", show_default=False,
                     help="Short name or GSS code; several of a joint arrangement."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", metavar="FILE", help="The workbook to write.", show_default=False),
    ],
    filled: Annotated[
        bool, typer.Option("--filled", help="Write into it all that is held of the area.")
    ] = False,
    replace: ReplaceOption = False,
    edition: EditionOption = None,
    as_at: AsAtOption = None,
    store: StoreOption = None,
    data: DataOption = None,
) -> None:  # fmt: skip
    """Make a workbook for an area, with what the register knows of it and each duty as a question.

    Example: masagraph area template --area kent --output kent.xlsx

    Example: masagraph area template --area warwickshire --filled --output warwickshire.xlsx
    """
    from masagraph.authoring.template import make_template
    from masagraph.authoring.written import write_template

    if output.suffix.lower() != ".xlsx":
        raise BadValue(f"{output} is no name of a workbook", "End it in .xlsx.")
    check_output("xlsx", output)
    _check_free("--output", output, "what you filled in", replace)
    source = opened(store, data)
    known = list_areas(source.store)
    areas = [find_area(known, name) for name in dict.fromkeys(area)]
    files = list(_data_files([*source.extra_data, *(data or ())])) if filled else []
    made = make_template(
        source.store, files, areas, edition, date_or(as_at, source.data_date), filled,
        find_resources(),
    )  # fmt: skip
    deliver(write_template(made), output)
    say(f"Written: {output}. Begin with its first sheet, Read me.")


@area_app.command("draft")
def draft_command(
    area: Annotated[
        list[str],
        typer.Option("--area", metavar="AREA", show_default=False,
                     help="Short name or GSS code; several of a joint arrangement."),
    ],
    document: Annotated[
        Path,
        typer.Option("--document", metavar="FILE", show_default=False,
                     help="The document: a PDF, a Word document, a saved web page or a text."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", metavar="FILE.xlsx", help="The workbook to write.",
                     show_default=False),
    ],
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="FILE", show_default=False,
                     help="Write here the text as it was read, in which phrases can be found."),
    ] = None,
    replace: ReplaceOption = False,
    edition: EditionOption = None,
    as_at: AsAtOption = None,
    store: StoreOption = None,
    data: DataOption = None,
) -> None:  # fmt: skip
    """Read a document, and propose what it may say of each duty, in a workbook to be reviewed.

    Nothing is decided: each row is a proposal, and counts for nothing until you accept it.

    Example: masagraph area draft --area kent --document arrangements.pdf --output kent.xlsx
    """
    from masagraph.authoring.guard import read_file
    from masagraph.authoring.written import write_template
    from masagraph.drafting.draft import make_draft, tell_draft
    from masagraph.drafting.limits import MOST_BYTES

    if output.suffix.lower() != ".xlsx":
        raise BadValue(f"{output} is no name of a workbook", "End it in .xlsx.")
    check_output("xlsx", output)
    if text is not None:
        check_output("text", text)
    _check_files(document, output, text, replace)
    content = read_file(document, MOST_BYTES)
    source = opened(store, data)
    known = list_areas(source.store)
    areas = [find_area(known, name) for name in dict.fromkeys(area)]
    made = make_draft(
        source.store, content, str(document), areas, edition, date_or(as_at, source.data_date),
        find_resources(),
    )  # fmt: skip
    if text is not None:
        deliver(made.document.text.raw, text)
    deliver(write_template(made.filled), output)
    say(tell_draft(made).rstrip())
    say(
        f"Written: {output}. Review the sheet Documents, then Statements: "
        "only rows that you accept are taken."
    )


def _check_files(document: Path, output: Path, text: Path | None, replace: bool) -> None:
    """Refuse to write over what is there: the document, a workbook with decisions, or a text.

    Raises:
        BadValue: when two of the files are one, or one is there and may not be replaced.
    """
    files = {"the document": document, "--output": output}
    if text is not None:
        files["--text"] = text
    seen: dict[Path, str] = {}
    for name, file in files.items():
        other = seen.setdefault(file.resolve(), name)
        if other != name:
            lost = "the document" if other == "the document" else "one of the two"
            raise BadValue(
                f"{other} and {name} are one file, {file}, and {lost} would be lost",
                "Give each a name of its own.",
            )
    _check_free("--output", output, "the decisions in it", replace)
    if text is not None:
        _check_free("--text", text, "what stands in it", replace)


def _check_free(name: str, file: Path, lost: str, replace: bool) -> None:
    """Refuse to write over a file that is there.

    Raises:
        BadValue: when it is, and may not be replaced.
    """
    if file.is_file() and not replace:
        raise BadValue(
            f"{file} is there already, and {lost} would be lost",
            f"Choose another {name}, or add --replace to write it anew.",
        )


def _data_files(extra: Iterable[Path]) -> Iterable[RdfFile]:
    """Return the files of the shipped data and of further data folders."""
    for folder in dict.fromkeys([find_resources().folder("data"), *extra]):
        if folder.is_dir():
            yield from read_folder(folder, "data")


@area_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook.")],
    data: Annotated[
        Path,
        typer.Option("--data", metavar="DIR", help="Data folder to write to.", show_default=False),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Write anew what is there and says something else.")
    ] = False,
    text: Annotated[
        list[Path] | None,
        typer.Option("--text", metavar="FILE", show_default=False,
                     help="The text that was read: each phrase must stand in it."),
    ] = None,
    store: StoreOption = None,
) -> None:  # fmt: skip
    """Write the data of a workbook as Turtle files, and tell what was taken, left and why.

    Nothing is written unless all that is taken can be read and keeps the rules of data.

    Example: masagraph area import kent.xlsx --data mydata
    """
    from masagraph.authoring.checked import read_texts, read_workbook_file
    from masagraph.authoring.folder import write_files
    from masagraph.authoring.imported import FaultyWorkbook, import_workbook
    from masagraph.authoring.told import tell

    if data.exists() and not data.is_dir():
        raise BadValue(f"{data} is no folder", "Name a folder; it is made where it is not there.")
    source = opened(store)
    try:
        imported = import_workbook(
            read_workbook_file(file), str(file), source.store, find_resources(),
            read_texts(text or ()),
        )  # fmt: skip
    except FaultyWorkbook as error:
        raise told_faults(error, file, "Nothing was written.") from error
    with_draft(source.store, imported.files, find_resources())  # every name leads somewhere
    put(tell(imported, write_files(imported.files, data, replace)))
    say(f"To see what is found: masagraph build --data {data}")


def told_faults(error: FaultyWorkbook, file: Path, end: str) -> FaultyWorkbook | BadValue:
    """Tell each cell that cannot be taken, and return the error that ends the command."""
    if len(error.faults) == 1:
        return error
    for fault in error.faults[:MOST_FAULTS]:
        say(fault.line())
    number = len(error.faults)
    what = f"{number} cells or rows cannot be taken, and are told above. {end}"
    return BadValue(what.rstrip("."), "Mend them, and try again.", Place(file))
