"""``masagraph quotes``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masagraph.cli.context import DataOption, put, say
from masagraph.dataset.files import read_folder
from masagraph.dataset.quotes import check_quotes
from masagraph.errors import BadValue
from masagraph.resources import find_resources
from masagraph.vocab import local_name


def quotes_command(
    sources: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder of the source texts, matched by SHA-256.")
    ],
    data: DataOption = None,
    show_all: Annotated[
        bool, typer.Option("--list", help="Show every phrase with the line on which it begins.")
    ] = False,
) -> None:
    """Find every quoted phrase again in the source documents.

    White space and the wrapping of lines are not compared. Exit 1, and a list, when a phrase
    is not there.

    Example: masagraph quotes --sources ../sources
    """
    folders = [find_resources().folder("data"), *(data or ())]
    for folder in folders:
        if not folder.is_dir():
            raise BadValue(f"there is no folder {folder}", "Give the path of a data folder.")
    files = [file for folder in folders for file in read_folder(folder, "data")]
    quotes = list(check_quotes(files, sources))
    lost = [quote for quote in quotes if not quote.found]
    for quote in lost:
        say(quote.problem())
    for quote in quotes:
        if show_all and quote.source is not None and quote.found:
            where = f"{quote.source.name}:{quote.line}"
            put(f"{where}: “{quote.exact}” ({local_name(quote.statement)})")
        if quote.times > 1:
            say(
                f"{quote.place}: the phrase “{quote.exact}” stands {quote.times} times in the text."
            )
    documents = len({quote.document for quote in quotes})
    put(f"{len(quotes) - len(lost)} of {len(quotes)} phrases found, in {documents} documents.")
    if lost:
        raise typer.Exit(1)
