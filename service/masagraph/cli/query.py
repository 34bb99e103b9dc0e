"""``masagraph query``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from masagraph.cli.context import StoreOption, opened, put, say
from masagraph.errors import BadValue, QueryError
from masagraph.report.rows import rows_table
from masagraph.report.terminal import stdout_console
from masagraph.settings import read_settings
from masagraph.store.formats import formats_for, serialize
from masagraph.store.protocol import Answer, Rows, Triples, Truth


class Format(StrEnum):
    """Formats of the answer to a query."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    xml = "xml"
    turtle = "turtle"
    ntriples = "ntriples"
    jsonld = "jsonld"
    rdfxml = "rdfxml"


def query_command(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A query file, or - to read it.")],
    output: Annotated[Format, typer.Option("--format", help="Form of the answer.")] = Format.table,
    store: StoreOption = None,
) -> None:
    """Run a SPARQL query. The default graph is the union of all graphs.

    Example: echo 'SELECT (COUNT(*) AS ?n) WHERE { ?d a masa:Duty }' | masagraph query -
    """
    text = _read(file)
    source = opened(store)
    try:
        answer = source.store.query(text, limit=read_settings().max_rows)
    except QueryError as error:
        where = "the query read" if file == "-" else file
        raise type(error)(f"{where}: {error.what}", error.mend) from error
    _show(answer, output)


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise BadValue(
            f"the query file {file} cannot be read ({error.strerror})",
            "Give the path of a file, or - to read the query from standard input.",
        ) from error
    except UnicodeDecodeError as error:
        raise BadValue(f"the query file {file} is not UTF-8", "Save it as UTF-8.") from error


def _show(answer: Answer, output: Format) -> None:
    name = output.value
    if output is Format.table:
        if isinstance(answer, Rows):
            stdout_console().print(rows_table(answer.variables, answer.rows))
        elif isinstance(answer, Truth):
            put("true" if answer.value else "false")
        else:
            put(serialize(answer, "turtle"))
    else:
        known = [form.name for form in formats_for(answer)]
        if name not in known:
            raise BadValue(
                f"this query's answer has no {name} form", f"Use {', '.join(known)} or table."
            )
        put(serialize(answer, name))
    if isinstance(answer, Rows | Triples) and answer.truncated:
        say(f"The answer was cut at {read_settings().max_rows} rows (MASAGRAPH_MAX_ROWS).")
