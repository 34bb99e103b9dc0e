"""What every command needs: the store, the date, progress, and where output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from masagraph.assessment.names import parse_date
from masagraph.assessment.publish import Progress as Tell
from masagraph.errors import BadValue
from masagraph.questions.opening import open_or_build
from masagraph.report.csvfile import csv_for_excel
from masagraph.report.workbook_words import Place
from masagraph.settings import read_settings
from masagraph.store.opened import Opened
from masagraph.store.remote import open_endpoint

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="Folder of the store.", show_default=False),
]
DataOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--data", metavar="DIR", help="A further folder of data; may be repeated.",
        show_default=False,
    ),
]  # fmt: skip
EndpointOption = Annotated[
    str | None,
    typer.Option(
        "--endpoint", metavar="URL",
        help="A SPARQL 1.1 endpoint that holds the data, instead of a store.", show_default=False,
    ),
]  # fmt: skip
AreasArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[AREA]...", help="Short names or GSS codes. Default: all.", show_default=False
    ),
]
EditionOption = Annotated[
    str | None,
    typer.Option(metavar="ID", help="An edition such as wt2023, or in-force.", show_default=False),
]
AsAtOption = Annotated[
    str | None,
    typer.Option(
        "--as-at", metavar="DATE", help="Look as on this date. Default: the data's date.",
        show_default=False,
    ),
]  # fmt: skip


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FILE", help="Write to this file. Default: standard output.",
        show_default=False,
    ),
]  # fmt: skip
ExcelOption = Annotated[
    bool,
    typer.Option(
        "--excel", help="CSV for Excel: with a byte-order mark, and no cell read as a formula."
    ),
]

BINARY = ("xlsx", "pdf")
"""Forms that no terminal can show."""


class RowFormat(StrEnum):
    """Formats of rows."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


class MatrixFormat(StrEnum):
    """Formats of areas side by side."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    html = "html"
    pdf = "pdf"


def say(line: str) -> None:
    """Tell the user something on standard error."""
    typer.echo(line, err=True)


def put(text: str | bytes) -> None:
    """Write data to standard output, as it is."""
    if isinstance(text, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    else:
        typer.echo(text, nl=not text.endswith("\n"))


def check_output(form: str, file: Path | None, excel: bool = False) -> None:
    """Refuse a form that cannot go where it is meant to go, before any work is done.

    Args:
        form: the form of the output.
        file: the file that was named; None for standard output.
        excel: whether CSV was asked for as Excel reads it.

    Raises:
        BadValue: for a table in a file, for a file that cannot be, and for what no terminal
            can show.
    """
    if form == "table" and file is not None:
        raise BadValue("a table is for the terminal", "Add --format csv, json or xlsx.")
    if form in BINARY and file is None and sys.stdout.isatty():
        raise BadValue(f"a terminal cannot show {form}", f"Add --output FILE.{form}.")
    if file is not None and (file.is_dir() or not file.parent.is_dir()):
        raise BadValue(
            f"the file {file} cannot be written", "Name a file in a folder that is there."
        )
    if excel and form != "csv":
        raise BadValue("--excel is for --format csv", "Use it with that, or take --format xlsx.")


def deliver(content: str | bytes, file: Path | None) -> None:
    """Write data to a file, whole or not at all, or to standard output.

    A link is followed. What is no regular file, such as a device or a pipe, is written to
    as it stands: it must not be replaced by a file.

    Raises:
        BadValue: when the file cannot be written.
    """
    if file is None:
        put(content)
        return
    data = content if isinstance(content, bytes) else content.encode()
    file = file.resolve()
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(data)
            return
        part.write_bytes(data)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadValue(
            f"the file {file} cannot be written ({error.strerror})",
            "Name a file in a folder that is there, on a disk with space.",
        ) from error


def csv_for(text: str, excel: bool) -> str | bytes:
    """Return CSV as it is, or as Excel reads it safely."""
    return csv_for_excel(text) if excel else text


def place() -> Place:
    """Return where the service answers, by the settings: links in a workbook begin with it."""
    return Place(read_settings().base_url)


@contextmanager
def progress() -> Iterator[Tell]:
    """Show progress on standard error while work goes on, when a terminal is attached."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda what, done, of: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)


def opened(
    store: Path | None, data: list[Path] | None = None, endpoint: str | None = None
) -> Opened:
    """Open the store, and build it first when there is none.

    With further data folders the dataset is read into memory instead; no store is written.
    With an endpoint, that is asked instead of a store.

    Raises:
        BadValue: for an endpoint beside a store or data.
    """
    if endpoint is not None:
        if store is not None or data:
            raise BadValue(
                "--endpoint does not go with --store or --data", "Leave one of them out."
            )
        return open_endpoint(endpoint)
    return open_or_build(store, data or (), say, say, progress)


def date_or(text: str | None, default: date) -> date:
    """Read the ``--as-at`` option."""
    return default if text is None else parse_date(text)
