"""Rows of queries and answers to questions, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from masagraph.questions.answers import Answered
from masagraph.report.readable import NOTHING, cell_text, readable
from masagraph.report.terminal import WIDTH
from masagraph.store.protocol import Term
from masagraph.vocab import curie


def rows_table(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> RenderableType:
    """Return rows as a table or, when they are too wide for one, as a block a row.

    IRIs are shortened.
    """
    cells = [[term if term is None else cell_text(term) for term in row] for row in rows]
    return _table([name.replace("_", " ") for name in columns], cells)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str | None]]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell or "") for cell in row))
    console = Console(width=WIDTH)
    if Measurement.get(console, console.options.update(width=10 * WIDTH), table).minimum <= WIDTH:
        return table
    blocks: list[RenderableType] = []
    for row in rows:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for head, cell in zip(heads, row, strict=True):
            if cell is not None:
                grid.add_row(head, Text(cell))
        blocks.append(Padding(grid, (0, 0, 1, 0)))
    return Group(*blocks)


def answer_table(answered: Answered) -> Group:
    """Return the answer to a stored question."""
    asked = ", ".join(f"{name} {curie(value)}" for name, value in answered.parameters.items())
    shown = readable(answered)
    rows = [[cell.text if cell else None for cell in row] for row in shown.rows]
    parts: list[RenderableType] = [
        Text(answered.question.question, style="bold"),
        Text(f"{asked or 'all'}; data {answered.data_version}", style="dim"),
        Text("; ".join(f"{head}: {cell.text}" for head, cell in shown.same)),
        _table(shown.heads, rows) if rows else Text(NOTHING),
    ]
    if answered.truncated:
        parts.append(Text(f"Cut after {len(answered.rows)} rows.", style="bold"))
    if answered.question.note:
        parts += [Text(""), Text(answered.question.note, style="dim")]
    return Group(*parts)
