"""Answers to questions as people read them: what is always the same is told once."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.questions.answers import Answered
from masagraph.store.protocol import Term, text_of
from masagraph.vocab import BASE, curie

NOTHING = "No rows: the documents held say nothing of it."

_NUMBERS = {"integer", "decimal", "double"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: the words.
        iri: the name of what it tells of; empty where none is known.
        number: whether it is a number.
        also: what is told beside them: a name in short, a language, the kind of a value.
        language: the language that they are in, where that is known.
    """

    text: str
    iri: str = ""
    number: bool = False
    also: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Readable:
    """An answer for reading.

    Attributes:
        columns: the names of the columns that are left.
        rows: their cells; None where there is nothing.
        same: name and cell of each column that is the same in every row.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    same_columns: tuple[tuple[str, Cell], ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(heading(name) for name in self.columns)

    @property
    def same(self) -> tuple[tuple[str, Cell], ...]:
        """What is the same in every row: a heading and its cell."""
        return tuple((heading(name), cell) for name, cell in self.same_columns)


def readable(answered: Answered) -> Readable:
    """Return an answer for reading.

    A name that stands in the column ``…_name`` beside its IRI is told with it in one cell.
    """
    columns = answered.columns
    iris = {f"{name}_name": columns.index(name) for name in columns}
    named = {columns[iris[name]] for name in columns if name in iris}
    keep = [index for index, name in enumerate(columns) if name not in named]
    rows = [
        [_cell(row[index], row[iris[columns[index]]] if columns[index] in iris else None)
         for index in keep]
        for row in answered.rows
    ]  # fmt: skip
    alike = {
        place
        for place in range(len(keep))
        if len(rows) > 1 and len({row[place] for row in rows}) == 1
    }
    told = [(columns[keep[place]], rows[0][place]) for place in sorted(alike)]
    shown = [place for place in range(len(keep)) if place not in alike]
    return Readable(
        tuple(columns[keep[place]] for place in shown),
        tuple(tuple(row[place] for place in shown) for row in rows),
        tuple((name, cell) for name, cell in told if cell and cell.text),
    )


def heading(column: str) -> str:
    """Return the heading of a column.

    >>> heading("edition_claimed"), heading("area_name")
    ('edition claimed', 'area')
    """
    return column.removesuffix("_name").replace("_", " ")


def cell_text(term: Term) -> str:
    """Return what stands in a cell: a truth in words, a name of ours in short."""
    text = text_of(term)
    if text in ("true", "false"):
        return "yes" if text == "true" else "no"
    return curie(text) if text.startswith(BASE) else text


def _cell(term: Term | None, named: Term | None) -> Cell | None:
    if term is None:
        return None
    iri = named if isinstance(named, ox.NamedNode) else term
    number = isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS
    return Cell(cell_text(term), iri.value if isinstance(iri, ox.NamedNode) else "", number)
