"""The answer to any query, as people read it: names with their labels, numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.report.readable import Cell
from masagraph.store.formats import GRAPHS, RESULTS, TRUTHS, Format, serialize_triples
from masagraph.store.protocol import Answer, Rows, Store, Term, Triples, text_of
from masagraph.vocab import curie
from masagraph.web.linked.labels import label_of

MOST_LETTERS = 400_000
"""Characters of all cells of a page; what comes after is in the files."""

MOST_IN_CELL = 2_000
"""Characters of one cell."""

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {
    XSD + name
    for name in (
        "integer", "decimal", "double", "float", "int", "long", "short", "byte",
        "nonNegativeInteger", "positiveInteger", "negativeInteger", "nonPositiveInteger",
        "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
PLAIN = {XSD + name for name in ("string", "boolean", "date", "dateTime", "gYear")}
"""Kinds of values that their text tells; the kind of any other is told beside it."""

OF_TRIPLES = ("subject", "property", "value")


@dataclass(frozen=True, slots=True)
class Result:
    """An answer for reading.

    Attributes:
        heads: what stands above the columns; none for a truth.
        rows: the cells; None where there is nothing.
        cut: whether there is more than is shown.
        truth: the answer to an ASK; None for another.
        turtle: the triples of a graph as Turtle; empty for another answer.
        formats: in which formats the whole answer can be had.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    cut: bool
    truth: bool | None
    turtle: str
    formats: tuple[Format, ...]


def read_result(store: Store, answer: Answer) -> Result:
    """Return an answer for reading.

    Args:
        store: where labels are looked up.
        answer: the answer, cut to what a page may show.
    """
    if isinstance(answer, Rows):
        rows, cut = _cells(store, answer.rows)
        return Result(answer.variables, rows, cut or answer.truncated, None, "", RESULTS)
    if isinstance(answer, Triples):
        triples = [(t.subject, t.predicate, t.object) for t in answer.triples]
        rows, cut = _cells(store, triples)
        turtle = serialize_triples(answer.triples[: len(rows)], "turtle").decode()
        return Result(OF_TRIPLES, rows, cut or answer.truncated, None, turtle, GRAPHS)
    return Result((), (), False, answer.value, "", TRUTHS)


def _cells(
    store: Store, rows: Sequence[Sequence[Term | None]]
) -> tuple[tuple[tuple[Cell | None, ...], ...], bool]:
    """Return the cells of as many rows as a page may hold, and whether some are left out."""
    seen: dict[Term, Cell] = {}
    shown: list[tuple[Cell | None, ...]] = []
    letters = 0
    for row in rows:
        for term in row:
            if term is not None and term not in seen:
                seen[term] = _cell(store, term)
        cells = tuple(None if term is None else seen[term] for term in row)
        letters += sum(len(cell.text) + len(cell.also) + 20 for cell in cells if cell)
        if letters > MOST_LETTERS and shown:
            return tuple(shown), True
        shown.append(cells)
    return tuple(shown), False


def _cell(store: Store, term: Term) -> Cell:
    if isinstance(term, ox.NamedNode):
        short, label = curie(term.value), label_of(store, term)
        return Cell(str(label), term.value, also=short) if label else Cell(short, term.value)
    if isinstance(term, ox.BlankNode):
        return Cell(f"_:{term.value[:8]}", also="no name")
    if isinstance(term, ox.Literal):
        text, kind = _short(term.value), term.datatype.value
        if term.language:
            return Cell(text, also=term.language, language=term.language)
        if kind in NUMBERS:
            return Cell(text, number=True)
        return Cell(text, also="" if kind in PLAIN else curie(kind))
    return Cell(_short(text_of(term)))


def _short(text: str) -> str:
    if len(text) <= MOST_IN_CELL:
        return text
    return f"{text[:MOST_IN_CELL]}… ({len(text):,} characters)"
