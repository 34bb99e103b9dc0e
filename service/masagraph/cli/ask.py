"""``masagraph ask``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from masagraph.cli.context import AsAtOption, RowFormat, StoreOption, opened, put, say
from masagraph.errors import BadValue
from masagraph.questions.answers import Answered, answer
from masagraph.questions.catalogue import Question, describe, find_question, list_questions
from masagraph.report.csvfile import to_csv
from masagraph.report.rows import answer_table
from masagraph.report.terminal import stdout_console
from masagraph.resources import find_resources
from masagraph.settings import read_settings
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
    store: StoreOption = None,
) -> None:  # fmt: skip
    """Ask a stored question, or list them.

    Example: masagraph ask leads-and-delegates --param area=warwickshire
    """
    questions = list_questions(find_resources())
    if question is None:
        _list(questions, output)
        return
    wanted = find_question(questions, question)
    given = _given(param or [])
    if as_at is not None:
        given["as_at"] = as_at
    source = opened(store)
    answered = answer(
        wanted, given, source.store, source.data_date, source.data_version, read_settings().max_rows
    )
    _show(answered, output)


def _given(params: Sequence[str]) -> dict[str, str]:
    given = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name:
            raise BadValue(f'"{param}" is not a parameter', "Write it as NAME=VALUE.")
        given[name.strip()] = value.strip()
    return given


def _show(answered: Answered, output: RowFormat) -> None:
    if output is RowFormat.json:
        put(json.dumps(answered.as_json(), indent=2, ensure_ascii=False))
    elif output is RowFormat.csv:
        put(to_csv(answered.columns, [[text_of(t) for t in row] for row in answered.rows]))
    else:
        stdout_console().print(answer_table(answered))
    if answered.truncated and output is not RowFormat.table:
        say(f"The answer was cut after {len(answered.rows)} rows (MASAGRAPH_MAX_ROWS).")


def _list(questions: Sequence[Question], output: RowFormat) -> None:
    if output is RowFormat.json:
        put(json.dumps([describe(q) for q in questions], indent=2, ensure_ascii=False))
        return
    rows = [(q.name, q.title, ", ".join(q.audience), " ".join(_usage(q))) for q in questions]
    heads = ("name", "title", "audience", "parameters")
    if output is RowFormat.csv:
        put(to_csv(heads, rows))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        table.add_column(head, no_wrap=head == "name")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    stdout_console().print(table)


def _usage(question: Question) -> list[str]:
    return [f"[{p.name}]" if p.optional or p.default else p.name for p in question.parameters]
