"""``masagraph ask``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from masagraph.cli.context import (
    AsAtOption,
    EndpointOption,
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
from masagraph.errors import BadValue, UnknownName
from masagraph.questions.answers import Answered, answer
from masagraph.questions.catalogue import Question, find_question, list_questions
from masagraph.questions.columns import describe_in_full
from masagraph.report.csvfile import to_csv
from masagraph.report.rows import answer_table
from masagraph.report.terminal import stdout_console
from masagraph.report.workbook_lists import answer_workbook
from masagraph.resources import find_resources
from masagraph.settings import read_settings
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of

if TYPE_CHECKING:
    from masagraph.questions.finding import Found, Way

LIST_THEM = "To list all questions: masagraph ask"


def ask_command(
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUESTION]...", show_default=False,
                       help="Name of a question, or plain words. Default: list them."),
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
    endpoint: EndpointOption = None,
) -> None:  # fmt: skip
    """Ask a stored question by its name or in plain words, or list them.

    Example: masagraph ask leads-and-delegates --param area=warwickshire

    Example: masagraph ask "who scrutinises sefton"
    """
    check_output(output, file, excel)
    questions = list_questions(find_resources())
    words = " ".join(question or ()).strip()
    if not words:
        _list(questions, output, file, excel)
        return
    given = _given(param or [])
    if as_at is not None:
        given["as_at"] = as_at
    named = words in {each.name for each in questions} or _is_a_name(words)
    wanted = find_question(questions, words) if named else None
    source = opened(store, endpoint=endpoint)
    how: dict[str, Any] = {}
    if wanted is None:
        found = find_by_words(words, questions, source, given)
        how = found.as_json()
        if found.best is None and output is RowFormat.json:
            deliver(json.dumps(how, indent=2, ensure_ascii=False) + "\n", file)
        best = _best(found)
        wanted, given = best.question, best.parameters
    answered = answer(
        wanted, given, source.store, source.data_date, source.data_version, read_settings().max_rows
    )
    _show(source, answered, output, file, excel, how)


def _is_a_name(words: str) -> bool:
    """Tell whether what was typed is meant as a name: one word with a hyphen in it."""
    return len(words.split()) == 1 and "-" in words


def find_by_words(
    words: str, questions: Sequence[Question], source: Opened, given: Mapping[str, str]
) -> Found:
    """Find the question that words ask. What that needs is slow to load: no other command does."""
    from masagraph.questions.finding import find

    return find(words, questions, source, given)


def _best(found: Found) -> Way:
    """Return the question to ask, and say which it is, how to ask it again, and what is next.

    Raises:
        UnknownName: when no question seems to be meant, with the nearest and how to ask each.
    """
    if found.best is None:
        ways = "; ".join(way.command for way in found.ways)
        told = " ".join((*found.remarks, f"The nearest are: {ways}" if ways else LIST_THEM))
        raise UnknownName(f'"{found.asked[:100]}" was not run: {found.why_not}', told)
    for remark in found.remarks:
        say(remark)
    best, *others = found.ways
    say(f"{best.question.title}: {best.command}")
    for remark in best.not_taken:
        say(remark)
    for way in others:
        say(f"Or: {way.question.title}: {way.command}")
    return best


def _given(params: Sequence[str]) -> dict[str, str]:
    given = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name:
            raise BadValue(f'"{param}" is not a parameter', "Write it as NAME=VALUE.")
        given[name.strip()] = value.strip()
    return given


def _show(
    source: Opened, answered: Answered, output: RowFormat, file: Path | None, excel: bool,
    how: Mapping[str, Any],
) -> None:  # fmt: skip
    if output is RowFormat.json:
        told = {**how, **answered.as_json()}
        deliver(json.dumps(told, indent=2, ensure_ascii=False) + "\n", file)
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
        text = json.dumps([describe_in_full(q) for q in questions], indent=2, ensure_ascii=False)
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
