"""``masagraph query``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from masagraph.cli.context import (
    EndpointOption,
    ExcelOption,
    OutputOption,
    StoreOption,
    check_output,
    deliver,
    opened,
    place,
    put,
    say,
)
from masagraph.errors import BadValue, QueryError
from masagraph.report.csvfile import csv_for_excel
from masagraph.report.rows import rows_table
from masagraph.report.terminal import stdout_console
from masagraph.report.workbook_lists import rows_workbook
from masagraph.settings import read_settings
from masagraph.store.formats import Format as StoreFormat
from masagraph.store.formats import Limits, serialize_triples
from masagraph.store.opened import Opened
from masagraph.store.protocol import Answer, Rows, Truth


class Format(StrEnum):
    """Formats of the answer to a query."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    tsv = "tsv"
    xml = "xml"
    turtle = "turtle"
    ntriples = "ntriples"
    jsonld = "jsonld"
    rdfxml = "rdfxml"


def query_command(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A query file, or - to read it.")],
    output: Annotated[Format, typer.Option("--format", help="Form of the answer.")] = Format.table,
    out: OutputOption = None,
    excel: ExcelOption = False,
    store: StoreOption = None,
    endpoint: EndpointOption = None,
) -> None:
    """Run a SPARQL query. The default graph is the union of all graphs but earlier findings.

    Example: echo 'SELECT (COUNT(*) AS ?n) WHERE { ?d a masa:Duty }' | masagraph query -
    """
    check_output(output, out, excel)
    text = _read(file)
    source = opened(store, endpoint=endpoint)
    limit = read_settings().max_rows
    try:
        if output is Format.table:
            cut = _table(source.store.query(text, limit=limit))
        elif output is Format.xlsx:
            cut = _workbook(source, text, limit, out)
        else:
            choose = partial(_form, output.value)
            written = source.store.written(text, choose, limits=Limits(rows=limit))
            deliver(csv_for_excel(written.content.decode()) if excel else written.content, out)
            cut = written.truncated
    except QueryError as error:
        where = "the query read" if file == "-" else file
        raise type(error)(f"{where}: {error.what}", error.mend) from error
    if cut:
        say(f"The answer was cut at {limit} rows (MASAGRAPH_MAX_ROWS).")


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


def _table(answer: Answer) -> bool:
    """Print an answer for reading, and return whether it was cut."""
    if isinstance(answer, Truth):
        put("true" if answer.value else "false")
        return False
    if isinstance(answer, Rows):
        stdout_console().print(rows_table(answer.variables, answer.rows))
    else:
        put(serialize_triples(answer.triples, "turtle"))
    return answer.truncated


def _workbook(source: Opened, text: str, limit: int, out: Path | None) -> bool:
    """Write the rows of an answer as a workbook, and return whether it was cut."""
    answer = source.store.query(text, limit=limit)
    if not isinstance(answer, Rows):
        raise BadValue("this query's answer has no xlsx form", "Only rows have one.")
    made = rows_workbook(source, place(), text, answer.variables, answer.rows, answer.truncated)
    deliver(made.content, out)
    return made.cut


def _form(name: str, known: Sequence[StoreFormat]) -> StoreFormat:
    for form in known:
        if form.name == name:
            return form
    names = ", ".join(form.name for form in known)
    raise BadValue(f"this query's answer has no {name} form", f"Use {names} or table.")
