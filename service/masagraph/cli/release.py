"""``masagraph release``: the dataset as dated files, and what differs between two releases."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from masagraph.cli.context import (
    OutputOption,
    StoreOption,
    check_output,
    deliver,
    progress,
    say,
)
from masagraph.errors import BadValue
from masagraph.questions.opening import open_or_build
from masagraph.resources import find_resources

release_app = typer.Typer(
    help="Write the dataset as a dated release, or tell what differs between two.",
    no_args_is_help=True,
)


class DiffFormat(StrEnum):
    """Forms of what differs."""

    text = "text"
    json = "json"
    turtle = "turtle"


@release_app.command("export")
def export_command(
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="A new folder, or an empty one.")
    ],
    store: StoreOption = None,
) -> None:
    """Write a release: RDF, tables, a workbook, checksums, terms; the same bytes each time.

    Example: masagraph release export --output masagraph-release
    """
    # Imported when needed, as these commands alone need what they import.
    from masagraph.release.export import export
    from masagraph.release.folder import check_free

    check_free(output)
    opened = open_or_build(store, (), say, _refuse, progress)
    with progress() as tell:
        made = export(opened, find_resources(), output, tell)
    say(
        f"Wrote release {made.data_version} to {output}: {made.files:,} files, "
        f"{made.tables} tables, {made.graphs} graphs. Begin with README.md."
    )


@release_app.command("diff")
def diff_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of the older release.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of the newer release.")],
    output: Annotated[
        DiffFormat, typer.Option("--format", help="Form of what differs.")
    ] = DiffFormat.text,
    file: OutputOption = None,
) -> None:
    """Tell what changed between two releases: in the data, in outcomes and why, and in terms.

    Example: masagraph release diff releases/2026-11-22 releases/2027-02-01
    """
    from masagraph.release.diff import compare_releases
    from masagraph.release.diff_rdf import as_turtle
    from masagraph.release.diff_words import as_json, as_text
    from masagraph.release.reading import read_release

    check_output(output, file)
    found = compare_releases(read_release(old), read_release(new))
    write = {"text": as_text, "json": as_json, "turtle": as_turtle}[output.value]
    deliver(write(found), file)


@release_app.command("terms")
def terms_command(store: StoreOption = None) -> None:
    """Add the terms that are new to the list of those that were ever released.

    Example: masagraph release terms
    """
    from masagraph.release.terms import LIST, record_terms

    resources = find_resources()
    opened = open_or_build(store, (), say, _refuse, progress)
    added = record_terms(opened, resources, opened.data_date)
    say(f"{resources.folder('ontology') / LIST}: {added} terms added.")


def _refuse(_: str) -> None:
    """Refuse a store that is older than the files.

    Raises:
        BadValue: always.
    """
    raise BadValue(
        "the files have changed since the store was built, and a release is of one state",
        "Run: masagraph build",
    )
