"""``masagraph ask``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from masagraph.cli.context import (
    AsAtOption,
    ExcelOption,
    OutputOption,
    RowFormat,
    StoreOption,
    check_output,
    csv_for,
    deliver,
    opened,
    place,
    say,
)
from masagraph.errors import BadValue
from masagraph.questions.answers import Answered, answer
from masagraph.questions.catalogue import Question, describe, find_question, list_questions
from masagraph.report.csvfile import to_csv
from masagraph.report.rows import answer_table
from masagraph.report.terminal import stdout_console
from masagraph.report.workbook_lists import answer_workbook
from masagraph.resources import find_resources
from masagraph.settings import read_settings
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of


def ask_command(
    question: Annotated[
        str | None, typer.Argument(help="Name of a question. Default: list them.",
                                   show_default=False)
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter; may be repeated.",
                     show_default=False),
    ] = None,
    as_at: AsAtOption = None,
    output: Annotated[RowFormat, typer.Option("--format", help="Form of the answer.")]
    = RowFormat.table,
    file: OutputOption = None,
    excel: ExcelOption = False,
    store: StoreOption = None,
) -> None:  # fmt: skip
    """Ask a stored question, or list them.

    Example: masagraph ask leads-and-delegates --param area=warwickshire
    """
    check_output(output, file, excel)
    questions = list_questions(find_resources())
    if question is None:
        _list(questions, output, file, excel)
        return
    wanted = find_question(questions, question)
    given = _given(param or [])
    if as_at is not None:
        given["as_at"] = as_at
    source = opened(store)
    answered = answer(
        wanted, given, source.store, source.data_date, source.data_version, read_settings().max_rows
    )
    _show(source, answered, output, file, excel)


def _given(params: Sequence[str]) -> dict[str, str]:
    given = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name:
            raise BadValue(f'"{param}" is not a parameter', "Write it as NAME=VALUE.")
        given[name.strip()] = value.strip()
    return given


def _show(
    source: Opened, answered: Answered, output: RowFormat, file: Path | None, excel: bool
) -> None:
    if output is RowFormat.json:
        deliver(json.dumps(answered.as_json(), indent=2, ensure_ascii=False) + "\n", file)
    elif output is RowFormat.csv:
        rows = [[text_of(term) for term in row] for row in answered.rows]
        deliver(csv_for(to_csv(answered.columns, rows), excel), file)
    elif output is RowFormat.xlsx:
        deliver(answer_workbook(source, place(), answered).content, file)
    else:
        stdout_console().print(answer_table(answered))
    if answered.truncated and output is not RowFormat.table:
        say(f"The answer was cut after {len(answered.rows)} rows (MASAGRAPH_MAX_ROWS).")


def _list(questions: Sequence[Question], output: RowFormat, file: Path | None, excel: bool) -> None:
    if output is RowFormat.xlsx:
        raise BadValue("the list of questions has no xlsx form", "Use table, json or csv.")
    if output is RowFormat.json:
        text = json.dumps([describe(q) for q in questions], indent=2, ensure_ascii=False)
        deliver(f"{text}\n", file)
        return
    rows = [(q.name, q.title, ", ".join(q.audience), " ".join(_usage(q))) for q in questions]
    heads = ("name", "title", "audience", "parameters")
    if output is RowFormat.csv:
        deliver(csv_for(to_csv(heads, rows), excel), file)
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        table.add_column(head, no_wrap=head == "name")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    stdout_console().print(table)


def _usage(question: Question) -> list[str]:
    return [f"[{p.name}]" if p.optional or p.default else p.name for p in question.parameters]
