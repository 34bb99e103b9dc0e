"""Rows of queries and answers to questions, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from masagraph.questions.answers import Answered
from masagraph.report.terminal import WIDTH
from masagraph.store.protocol import Term, text_of
from masagraph.vocab import BASE, curie


def rows_table(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> RenderableType:
    """Return rows as a table or, when they are too wide for one, as a block a row.

    IRIs are shortened.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(term)) for term in row))
    console = Console(width=WIDTH)
    if Measurement.get(console, console.options.update(width=10 * WIDTH), table).minimum <= WIDTH:
        return table
    blocks: list[RenderableType] = []
    for row in rows:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, term in zip(columns, row, strict=True):
            if term is not None:
                grid.add_row(name.replace("_", " "), Text(_cell(term)))
        blocks.append(Padding(grid, (0, 0, 1, 0)))
    return Group(*blocks)


def _readable(answered: Answered) -> tuple[list[str], list[list[Term | None]], list[str]]:
    """Return the columns and rows worth showing, and a line for each that is always the same.

    An IRI whose name stands in the column ``…_name`` beside it is left out.
    """
    keep, same = [], []
    for index, name in enumerate(answered.columns):
        values = {row[index] for row in answered.rows}
        if f"{name}_name" in answered.columns:
            continue
        if len(values) == 1 and len(answered.rows) > 1:
            value = _cell(next(iter(values)))
            same += [f"{name.replace('_', ' ')}: {value}"] if value else []
        else:
            keep.append(index)
    columns = [answered.columns[index] for index in keep]
    return columns, [[row[index] for index in keep] for row in answered.rows], same


def _cell(term: Term | None) -> str:
    text = text_of(term)
    if text in ("true", "false"):
        return "yes" if text == "true" else "no"
    return curie(text) if text.startswith(BASE) else text


def answer_table(answered: Answered) -> Group:
    """Return the answer to a stored question."""
    asked = ", ".join(f"{name} {curie(value)}" for name, value in answered.parameters.items())
    columns, rows, same = _readable(answered)
    parts: list[RenderableType] = [
        Text(answered.question.question, style="bold"),
        Text(f"{asked or 'all'}; data {answered.data_version}", style="dim"),
        Text("; ".join(same)),
        rows_table(columns, rows)
        if rows
        else Text("No rows: the documents held say nothing of it."),
    ]
    if answered.truncated:
        parts.append(Text(f"Cut after {len(answered.rows)} rows.", style="bold"))
    if answered.question.note:
        parts += [Text(""), Text(answered.question.note, style="dim")]
    return Group(*parts)
